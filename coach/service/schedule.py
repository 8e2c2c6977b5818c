"""The schedule document: stored blocks by week, each with its reasons, beside the last revision."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache, partial
from itertools import takewhile
from typing import NoReturn
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from coach.model import made_from
from coach.model.plan import (
    Allocation,
    Block,
    BlockStatus,
    Change,
    ChangeRow,
    PlannedWork,
    Reason,
    Revision,
    RevisionComparison,
    RevisionRow,
    Schedule,
    ScheduleBlock,
    StrategySetting,
    StrategySplit,
    Week,
    because,
)
from coach.policy.dates import midnight
from coach.reading.outlines import outline_in_force
from coach.service.exam_facts import ExamFacts
from coach.service.refusal import Problem, Refusal
from coach.storage.schema import DETAILED_REVISIONS
from coach.wording import reason_of

Build = Callable[[Block], ScheduleBlock]
LONGEST = timedelta(days=1)
"""No study session lasts longer."""


def monday(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def schedule(
    view: ExamFacts, start: date | None = None, weeks: int | None = None, *, explained: bool = True
) -> Schedule:
    """The plan from the week of `start` (default: this week) for `weeks` weeks (default: all).

    Without `explained` the blocks come without their reasons, which take most of the time.
    """
    revision = view.revision
    live = None if view.no_plan else revision
    reason = view.no_plan or (revision.reason if revision else "no plan yet: run a re-plan")
    build = partial(_explained if explained and live else block_row, view)
    shown = _weeks(view, start or view.world.now.date(), weeks, build) if live else ()
    if reason and not any(week.blocks for week in shown):
        shown = ()
    target = None if view.no_plan and view.reported else view.target
    allocation = _allocation(view, live) if live else ()
    return Schedule(
        exam=view.code,
        revision=revision.number if revision else 0,
        strategy=revision.strategy if revision and not revision.reason else view.strategy,
        strategy_setting=view.tracked.strategy,
        trigger=revision.trigger.text if revision else None,
        target=target.value if target else None,
        study_minutes=sum(share.minutes for share in allocation),
        shortfall_minutes=live.shortfall_minutes if live else 0,
        allocation=allocation,
        weeks=shown,
        changes=change_rows(view, revision.changes if revision else ()),
        churn=revision.churn if revision else 0.0,
        reason=reason,
        basis=view.basis,
        notes=(*live.notes, *_standing_notes(view)) if live else (),
        backlog=() if view.no_plan else backlog(view, build),
    )


def _standing_notes(view: ExamFacts) -> Iterator[Reason]:
    """What holds for the plan whatever it was made from: its outline, its age, and whose hours."""
    outline, newest = view.plan_outline, view.outline
    usual = newest if view.latest else outline_in_force(view.exam, view.world.now.date())[0]
    if outline is not None and outline != usual:
        named = (newest.as_of or newest.id) if view.latest and newest else None
        case = "report" if named else ""
        yield reason_of(because("OUTLINE", case, as_of=outline.as_of, newest=named))
    if view.age_line:
        yield Reason(code="AGE", text=view.age_line)
    if not view.facts.hours_named:
        yield reason_of(because("HOURS"))


def _allocation(view: ExamFacts, revision: Revision) -> tuple[Allocation, ...]:
    """The shares of the revision with the minutes that its blocks have now, after hand edits."""
    minutes: Counter[str | None] = Counter()
    # The blocks that the revision shared out: those not over when it was made, and what has been
    # done since the newest report.
    start = view.report_time
    for block in view.blocks_since(min(start, revision.at - LONGEST)):
        counts = block.end > revision.at or (block.status == "done" and block.start >= start)
        if counts and block.status != "skipped":
            minutes[block.domain] += block.minutes
    return tuple(replace(share, minutes=minutes[share.domain]) for share in revision.allocation)


def _weeks(view: ExamFacts, start: date, count: int | None, build: Build) -> tuple[Week, ...]:
    from coach.planning.calendar import Availability

    first = monday(start)
    calendar = Availability(view.facts.hours, view.world.zone)
    own = view.blocks_since(midnight(first, view.world.zone))
    by_week = _by_week(build(block) for block in own)
    beside = _by_week(block_row(view, block) for block in view.beside)
    ends = [first, *by_week]
    if view.target is not None and not (view.revision and view.revision.reason):
        ends.append(monday(view.target.at.date()))
    total = (max(ends) - first).days // 7 + 1 if count is None else count
    days = [first + timedelta(weeks=n) for n in range(max(total, 0))]
    return tuple(
        Week(
            start=day,
            capacity_minutes=calendar.week_capacity(day),
            blocks=tuple(by_week[day]),
            beside=tuple(beside[day]),
        )
        for day in days
    )


def _by_week(blocks: Iterable[ScheduleBlock]) -> dict[date, list[ScheduleBlock]]:
    """The blocks by the Monday of their week."""
    found: dict[date, list[ScheduleBlock]] = defaultdict(list)
    for block in blocks:
        found[monday(block.start.date())].append(block)
    return found


def backlog(view: ExamFacts, build: Build) -> tuple[ScheduleBlock, ...]:
    """The missed blocks since the newest report that wait for a block to make up for them."""
    since = view.blocks_since(view.report_time)
    made_up = {block.makes_up for block in since}
    begun = takewhile(lambda block: block.start <= view.world.now, since)
    return tuple(
        build(block)
        for block in begun
        if block.domain in view.studied
        and block.id not in made_up
        and shown_status(view, block) == "missed"
    )


def _explained(view: ExamFacts, block: Block) -> ScheduleBlock:
    """A block as shown, with the reasons for it and the material to use."""
    why = tuple(map(reason_of, view.why(block.id)))
    return replace(block_row(view, block), why=why, resource=view.material.get(block.id))


def block_row(view: ExamFacts, block: Block) -> ScheduleBlock:
    """A block as shown at `now`, without its reasons."""
    return _as_shown(block, shown_status(view, block), view.world.zone)


@lru_cache(maxsize=2048)
def _as_shown(block: Block, status: BlockStatus, zone: ZoneInfo) -> ScheduleBlock:
    """Kept, because most are the same ones in the next state."""
    start, end = block.start.astimezone(zone), block.end.astimezone(zone)
    return made_from(ScheduleBlock, block, start=start, end=end, status=status, why=())


def shown_status(view: ExamFacts, block: Block) -> BlockStatus:
    """The stored status; a planned block whose study day is over was missed, a buffer was not
    needed."""
    status = block.status_at(view.world.now)
    return "skipped" if status == "missed" and block.activity == "buffer" else status


@lru_cache(maxsize=2048)
def change_row(change: Change, zone: ZoneInfo) -> ChangeRow:
    """A change in the user's zone; kept, because a revision stays the same over many states."""
    block = change.after or change.before
    assert block is not None
    before, after = (
        made_from(PlannedWork, each, start=each.start.astimezone(zone)) if each else None
        for each in (change.before, change.after)
    )
    return ChangeRow(
        block=block.id,
        domain=block.domain,
        kind=change.kind,
        from_=before,
        to=after,
        reason=change.reason.text,
    )


def change_rows(view: ExamFacts, changes: Iterable[Change]) -> tuple[ChangeRow, ...]:
    """Changes as they are told outside."""
    return tuple(change_row(change, view.world.zone) for change in changes)


def strategies(view: ExamFacts, minutes: int) -> tuple[StrategySplit, ...]:
    """What each strategy would give on that study time, with its warnings."""
    from coach.planning.calendar import Availability
    from coach.planning.draft_plan import buffer_percent
    from coach.planning.explain import Comparison, compare
    from coach.planning.split import spare_part

    hours = view.facts.hours
    kept = buffer_percent(view.facts.blocks.values(), view.world.now)
    week = Availability(hours, view.world.zone).study_week(kept)
    spare = spare_part(hours.spare_minutes, week)
    found = compare(view.plan_domains, minutes, spare)
    auto = replace(found[view.strategy], warnings=())
    every: list[tuple[StrategySetting, Comparison]] = [("auto", auto), *found.items()]
    return tuple(
        StrategySplit(
            strategy=strategy,
            chosen=strategy == view.tracked.strategy,
            minutes=split.minutes,
            warnings=tuple(map(reason_of, split.warnings)),
        )
        for strategy, split in every
    )


def compare_revisions(view: ExamFacts, one: int, other: int) -> RevisionComparison:
    """What re-planning changed from the earlier revision to the later one, in either order.

    A block that several revisions changed is one row: as it was before the first of them and
    after the last. Raises `Refusal` where a revision is unknown, or so old that it only keeps
    its summary.
    """
    from coach.planning.diff import composed

    kept = {revision.number: revision for revision in view.revisions}
    first, last = sorted((one, other))
    if missing := [number for number in (first, last) if number not in kept]:
        known = f"{min(kept)} to {max(kept)}" if kept else "none"
        _refuse(f"{missing[0]} is no version of the plan of {view.code}; kept are {known}.")
    between = [kept[number] for number in sorted(kept) if first < number <= last]
    emptied = sorted(kept, reverse=True)[DETAILED_REVISIONS:]
    if emptied and first < emptied[0]:
        _refuse(f"version {first} has only its summary left; type {emptied[0]} or a later one.")
    return RevisionComparison(
        exam=view.code,
        from_=_row(view, kept[first]),
        to=_row(view, kept[last]),
        between=tuple(_row(view, revision) for revision in between),
        changes=change_rows(view, composed(revision.changes for revision in between)),
    )


def _row(view: ExamFacts, revision: Revision) -> RevisionRow:
    return made_from(
        RevisionRow,
        revision,
        at=view.local(revision.at),
        trigger=revision.trigger.text,
        target=revision.target and view.local(revision.target),
    )


def _refuse(text: str) -> NoReturn:
    raise Refusal(Problem("compare", f"{text}"))
