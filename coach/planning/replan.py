"""Plans from the facts with the fewest changes, of several exams on one calendar."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain, count
from zlib import crc32

from msgspec.structs import replace

from coach.model import made_from
from coach.model.plan import Allocation, Because, Block, because
from coach.planning.calendar import Availability, not_before, seconds
from coach.planning.content import CRITICAL, Writer, study_topics
from coach.planning.diff import Causes, churn, differences
from coach.planning.draft_plan import (
    CompetingExam,
    DraftPlan,
    OtherTime,
    PlanRequest,
    PlanResult,
    Slot,
    in_order,
    is_held,
    span,
)
from coach.planning.explain import need_minutes, plan_notes, shortfall_minutes, ways_out
from coach.planning.placement import assign_domains, relocate
from coach.planning.reserved_slots import assign_roles, complete_roles
from coach.planning.split import NOTHING, Shares, has_idle, split


def plan_exam(draft: DraftPlan) -> PlanResult:
    """The plan of one exam that follows from its calendar; the same facts give the same plan.

    What is done, skipped or past is untouched; pinned blocks, blocks moved by hand and the next
    48 hours stay where they are legal. A block keeps its id when it moves or changes content.
    The draft is laid out for one plan: its places are filled here.
    """
    domains = draft.request.domains
    if reason := no_plan(draft):
        return _without_plan(draft, reason)
    assign_roles(draft)
    # All the time there is: what was done since the report and every place ahead.
    minutes = sum(b.minutes for b in draft.past("done")) + sum(s.minutes for s in draft.slots)
    shares = split(domains, draft.strategy, study_minutes=minutes, spare=draft.spare)
    positive = {name: share for name, share in shares.items() if share}
    unplaced = relocate(draft, positive)
    complete_roles(draft)
    # A week begins with the highest priority, the first among equals.
    top = max(domains, key=lambda d: (d.priority, d.weight if not d.gap else 0)).name
    assign_domains(draft, positive, top)
    after, codes = _written(draft)
    return _result(draft, after, codes, shares, unplaced)


def no_plan(draft: DraftPlan) -> Because | None:
    """Why nothing can be planned, None where something can."""
    request, horizon = draft.request, draft.horizon
    if request.closed:
        return because("CLOSED", why=request.closed)
    if not request.domains:
        return because("NO-PLAN", "areas")
    if not any(request.hours.windows.values()) and not draft.slots:
        return because("NO-PLAN", "hours")
    if horizon.limit <= horizon.now:
        return because("NO-PLAN", "past")
    if not draft.slots:
        return because("NO-PLAN", "full")
    return None


def _without_plan(draft: DraftPlan, reason: Because) -> PlanResult:
    request = draft.request
    changes = differences(draft.open, (), Causes(request, {}, {}, closed=reason))
    # The ways out where there is time in a week, but none of it before the date.
    told = request.closed is None and draft.usual_week > 0 and draft.days >= 0
    return PlanResult(
        blocks=in_order(draft.begun()),
        changes=changes,
        churn=churn(changes, draft.open),
        strategy=draft.strategy,
        shortfall_minutes=0 if request.closed else need_minutes(request.domains),
        notes=tuple(ways_out(draft, {})) if told else (),
        reason=reason,
    )


def _written(draft: DraftPlan) -> tuple[list[Block], dict[str, str]]:
    """The blocks of all slots, and the cause of what is new in them by block id."""
    contents = Writer(draft).write(draft.slots)
    ids = _new_ids(draft.request)
    before = {b.start: b.id for b in draft.open if draft.request.fresh and not is_held(b)}
    blocks, codes = [], {}
    for index, slot in enumerate(draft.slots):
        old, content = slot.block, contents.get(index)
        if content is not None:
            again = old.makes_up if old and slot.cause == "ORDER" else None
            block = made_from(
                Block,
                content,
                id=old.id if old else before.get(slot.start) or next(ids),
                exam=draft.request.exam,
                start=slot.start,
                minutes=slot.minutes,
                makes_up=slot.makes_up.id if slot.makes_up else again,
            )
        else:
            assert old is not None
            same = span(old) == (slot.at, slot.end)
            block = old if same else replace(old, start=slot.start, minutes=slot.minutes)
        blocks.append(block)
        codes[block.id] = CODES.get(slot.cause, slot.cause)
    codes.update((name, "SHARED") for name in draft.released)
    limit = draft.horizon.limit
    codes.update((b.id, "PAST" if span(b)[1] > limit else "GONE") for b in draft.lost)
    if draft.request.fresh:
        codes.update((block.id, "FRESH") for block in draft.open)
    if draft.request.rebuild:
        codes.update((block.id, "REBUILD") for block in draft.open)
    return blocks, codes


CODES = {"ROOM": "ADDED", "SLOT": "MOVED"}


def _new_ids(request: PlanRequest) -> Iterator[str]:
    """Ids that follow from the exam, the revision and the number of the block; a plan that is made
    anew has those of a first one."""
    own = {block.id for block in request.existing}
    taken = set(request.taken - own if request.rebuild else request.taken | own)
    revision = 1 if request.rebuild else request.revision
    for number in count(1):
        text = f"{request.exam}|{revision}|{number}"
        name = f"{crc32(text.encode()):08x}"
        if name not in taken:
            taken.add(name)
            yield name


def _result(
    draft: DraftPlan,
    after: list[Block],
    codes: Mapping[str, str],
    shares: Shares,
    unplaced: Sequence[Block],
) -> PlanResult:
    request = draft.request
    allocation = _allocation(draft, after, shares)
    causes = Causes(request, codes, {row.domain: row for row in allocation})
    upcoming = [block for block in after if span(block)[0] >= draft.horizon.now]
    changes = differences(draft.open, upcoming, causes)
    minutes = {row.domain: row.minutes for row in allocation}
    study_minutes = sum(minutes.values())
    return PlanResult(
        blocks=in_order([*draft.history, *after]),
        changes=changes,
        churn=churn(changes, draft.open),
        allocation=allocation,
        strategy=draft.strategy,
        study_minutes=study_minutes,
        shortfall_minutes=shortfall_minutes(request.domains, study_minutes),
        notes=tuple(plan_notes(draft, after, shares, minutes, unplaced)),
    )


def _allocation(draft: DraftPlan, after: Sequence[Block], shares: Shares) -> tuple[Allocation, ...]:
    minutes: Counter[str | None] = Counter()
    for block in [*draft.past("done"), *after]:
        minutes[block.domain] += block.minutes
    idle = has_idle(draft.request.domains, draft.strategy)
    of_domains = 1 - shares.get(None, NOTHING)
    return tuple(
        made_from(
            Allocation,
            d,
            domain=d.name,
            weight=float(d.weight),
            priority=float(d.priority),
            share=float(shares[d.name] / of_domains),
            minutes=minutes[d.name],
            topics=study_topics(d)[:CRITICAL] if d.gap else (),
            optional=idle and not d.gap and shares[d.name] > 0,
        )
        for d in draft.request.domains
    )


WEEK = timedelta(weeks=1)


def replan_all(requests: Sequence[PlanRequest]) -> tuple[PlanResult, ...]:
    """One plan for every request, in the given order, without overlaps between them.

    A week's room goes to the exams still ahead in proportion to the pace each one needs: its
    estimated study time over the weeks from its report to its date, so the near and the weak
    ones get more. The last exam also takes what is left over.
    """

    def urgency(index: int) -> tuple[int, int, str]:
        request = requests[index]
        return seconds(request.limit), -need_minutes(request.domains), request.exam

    order = sorted(range(len(requests)), key=urgency)
    asked = _claims([requests[index] for index in order])
    drafts = [DraftPlan(request, room=False) for request in asked]
    offers = [_offers(draft) for draft in drafts]
    filled = [_kept(draft, offered) for draft, offered in zip(drafts, offers, strict=True)]
    taken = {block.id for request in asked for block in request.existing}.union(
        *(request.taken for request in asked)
    )
    results: list[PlanResult] = []
    for number, (first, offered) in enumerate(zip(drafts, offers, strict=True)):
        others = (times for other, times in enumerate(filled) if other != number)
        draft = first.with_others(tuple(chain.from_iterable(others)), frozenset(taken))
        _keep_to_share(draft, offered)
        results.append(plan_exam(draft))
        filled[number] = _times(results[number].blocks, draft.request.now)
        taken.update(block.id for block in results[number].blocks)
    return tuple(results[order.index(index)] for index in range(len(requests)))


def pace(request: PlanRequest) -> int:
    """Minutes a week that an exam needs between its report and its date (own estimate)."""
    days = (request.limit - request.start) // timedelta(days=1)
    return max(1, need_minutes(request.domains) * 7 // max(1, days))


def _claims(requests: Sequence[PlanRequest]) -> list[PlanRequest]:
    """The requests with their competing; only the last exam takes what the others leave."""
    active = {
        number: CompetingExam(end=request.limit, pace=pace(request))
        for number, request in enumerate(requests)
        if request.closed is None and request.domains
    }
    last = max(active, default=None)
    calendars = {id(r.hours): Availability(r.hours, r.zone) for r in requests}
    return [
        replace(
            request,
            calendar=calendars[id(request.hours)],
            competing=tuple(active[n] for n in active if number in active and n != number),
            pace=pace(request),
            takes_rest=last in (None, number),
        )
        for number, request in enumerate(requests)
    ]


def _kept(draft: DraftPlan, offered: set[str]) -> tuple[OtherTime, ...]:
    """What an exam does not give up before its turn: the others cannot have that time."""
    held = [slot.block for slot in draft.slots if slot.block and slot.block.id not in offered]
    blocks = draft.begun() if no_plan(draft) else [*draft.history, *held]
    return _times(blocks, draft.request.now)


def _times(blocks: Sequence[Block], now: datetime) -> tuple[OtherTime, ...]:
    """What fills the calendar, or has filled it in a week that is not over."""
    begun, since = not_before(now), seconds(now - WEEK)
    return tuple(
        OtherTime(start, end, block.status != "planned" or start < begun or is_held(block))
        for block in blocks
        for start, end in (span(block),)
        if end > since
    )


def _offers(draft: DraftPlan) -> set[str]:
    """Ids of the blocks that are more than this exam's share of their week.

    The exam that takes the rest offers everything in such a week: it keeps what nobody wants.
    """
    offered: set[str] = set()
    longest = draft.horizon.sizes.longest
    for slots, over in _weeks(draft):
        loose = [slot for slot in slots if slot.block and not slot.fixed]
        if over > longest:
            # One minute less: what is given up at exactly half a block would be taken again.
            chosen = loose if draft.request.takes_rest else _evenly(loose, over - 1, longest)
            offered |= {slot.block.id for slot in chosen if slot.block}
    return offered


def _keep_to_share(draft: DraftPlan, offered: set[str]) -> None:
    """Gives up what was offered, and takes no more free time than this exam's share."""
    if draft.request.takes_rest:
        offered = offered & {block.id for block in draft.lost}
    draft.released = offered
    draft.lost = [block for block in draft.lost if block.id not in offered]
    draft.slots = [s for s in draft.slots if not (s.block and s.block.id in offered)]
    if not draft.request.takes_rest:
        kept: set[Slot] = set()
        for slots, over in _weeks(draft):
            free = [slot for slot in slots if not slot.block]
            kept.update(_evenly(free, -over, draft.horizon.sizes.longest))
        draft.slots = [s for s in draft.slots if s.block or s in kept]


def _weeks(draft: DraftPlan) -> Iterator[tuple[list[Slot], int]]:
    """Every week's places, and by how many minutes this exam's blocks exceed its share."""
    if not draft.request.competing:
        return
    quotas, past = draft.quotas, draft.past_by_week()
    for week, slots in draft.by_week().items():
        used = sum(b.minutes for b in past[week]) + sum(s.minutes for s in slots if s.block)
        yield slots, used - quotas[week]


def _evenly(slots: Sequence[Slot], minutes: int, longest: int) -> list[Slot]:
    """Places for that many minutes, spread evenly over the week.

    It stops when less than half of a long block is left, whatever the places are like, so that
    asking again for the rest gives nothing.
    """
    count = min(len(slots), -(-max(0, minutes) // longest))
    spread = [slots[(2 * j + 1) * len(slots) // (2 * count)] for j in range(count)]
    chosen: list[Slot] = []
    for slot in [*spread, *(slot for slot in slots if slot not in spread)]:
        if 2 * minutes < longest:
            break
        chosen.append(slot)
        minutes -= slot.minutes
    return chosen
