"""Why a block is there: coded reasons, each built from facts of the plan."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from coach.model.plan import Block, Change, Reason, Strategy
from coach.model.settings import Hours
from coach.planning.availability import seconds
from coach.planning.board import status_at
from coach.planning.content import CRITICAL, study_topics
from coach.planning.horizon import LAST_WEEK
from coach.planning.slots import sizes
from coach.planning.split import has_idle
from coach.planning.visits import visits
from coach.reading.priority import DomainReading
from coach.reading.wording import published_weight
from coach.wording import counted, day_and_time, duration


class Context:
    """The plan around a block.

    `blocks` are the exam's blocks since `start`, when the newest report came in; `end` is the
    moment planned for; `studied` are the domains with a share in the newest revision, `changes`
    its changes. A plan that was made afresh is explained as a first one: the order in which its
    facts came in does not show.
    """

    def __init__(
        self,
        *,
        domains: Sequence[DomainReading],
        strategy: Strategy,
        hours: Hours,
        buffer_percent: int,
        blocks: Iterable[Block],
        start: datetime,
        now: datetime,
        end: datetime,
        studied: Iterable[str],
        changes: Iterable[Change] = (),
    ) -> None:
        self.now = seconds(now)
        self.studied = frozenset(studied)
        self.domains = {domain.name: domain for domain in domains}
        self.strategy = strategy
        self.sizes = sizes(hours)
        self.buffer_percent = buffer_percent
        self.spare = hours.spare_minutes if has_idle(domains, strategy) else 0
        self.limit = seconds(end)
        long = self.limit - seconds(start) >= 2 * LAST_WEEK
        self.last_week = self.limit - LAST_WEEK if long else self.limit
        told = (c for c in changes if c.kind != "added" and c.reason.code != "AFRESH")
        self.changed = {c.after.id: c.reason for c in told if c.after}
        ordered = sorted(blocks, key=lambda b: (seconds(b.start), b.id))
        self.by_id = {block.id: block for block in ordered}
        self.makes_up = {block.makes_up: block for block in ordered if block.makes_up}
        self.first = ordered[0].id if ordered else None
        self._index(ordered)

    def _index(self, ordered: Sequence[Block]) -> None:
        """Every domain block's number in its domain, and the visits to its topic before it."""
        self.counts: Counter[str] = Counter()
        self.number: dict[str, int] = {}
        for block in ordered:
            if block.domain is None or block.status == "skipped":
                continue
            self.counts[block.domain] += 1
            self.number[block.id] = self.counts[block.domain]
        self.total = self.counts.total()
        studied = (b for b in ordered if status_at(b, self.now) in ("done", "planned"))
        self.visits = visits(studied, self.domains.values(), self.limit)


def explain(block: Block, context: Context) -> tuple[Reason, ...]:
    """The reasons for one block, at least two: what put it there first, its history last."""
    reading = context.domains.get(block.domain or "")
    body = _without_domain(block, context) if reading is None else _study(block, reading, context)
    return tuple(Reason(code=code, text=text) for code, text in (*body, *_history(block, context)))


Row = tuple[str, str]


def _study(block: Block, reading: DomainReading, context: Context) -> Iterator[Row]:
    yield _share(block, reading, context)
    yield _tier(reading, context)
    if block.topic in reading.flagged:
        yield (
            "FLAG",
            f"{block.topic} was marked as needing improvement: it is a core task of the role.",
        )
    elif reading.gap and block.topic in study_topics(reading)[:CRITICAL]:
        yield "TOPIC", f"{block.topic} is one of the first {CRITICAL} topics to master here."
    yield from _slot(block, reading, context)
    yield from _gap(block, context)


def _share(block: Block, reading: DomainReading, context: Context) -> Row:
    count, total = context.counts[reading.name], context.total
    weight = published_weight(reading.weight_low, reading.weight_high)
    number = context.number.get(block.id)
    place = f"; this is number {number}" if number else ""
    band = "not shown, so read as near" if reading.band == "unknown" else reading.band
    return (
        "SHARE",
        f"{reading.name} is {band} and {weight} of the exam: {count} of {total} blocks{place}.",
    )


def _tier(reading: DomainReading, context: Context) -> Row:
    if not reading.gap and context.spare:
        spare = duration(context.spare)
        return (
            "SPARE",
            f"Optional: you set {spare} of a week aside for strong areas, after the rest.",
        )
    if not reading.gap:
        return "FLOOR", "A strong area gets a light review, so that it does not fade."
    if context.strategy != "two-tier":
        points = f"{float(reading.priority):g}"
        return "PRIORITY", f"Weight x gap is {points}; strategy {context.strategy} goes by it."
    if reading.tier == 2:
        return "TIER", "Tier 2: near, and not the heaviest of the near ones."
    cause = "it is below" if reading.band == "below" else "it is the heaviest of the near ones"
    return "TIER", f"Tier 1, because {cause}."


def _slot(block: Block, reading: DomainReading, context: Context) -> Iterator[Row]:
    if block.activity == "lab":
        size = (
            "The slot is long enough for a lab. " if block.minutes >= context.sizes.longest else ""
        )
        yield "SLOT", f"{size}Every weak domain has a lab each week, because doing shows more."
    elif block.activity == "scenario" and block.also:
        yield "COMBINE", f"Brings in {' and '.join(block.also)}: the exam mixes its areas."
    elif block.minutes < context.sizes.shortest and reading.gap:
        yield "SLOT", "The slot is short, so it is practice from memory."


def _gap(block: Block, context: Context) -> Iterator[Row]:
    """Days since the topic was last studied, against a gap that shrinks towards the exam."""
    visit = context.visits.get(block.id)
    if visit is None:
        return
    ago = f"{counted(visit.days, 'day')} before" if visit.days else "earlier the same day"
    good = counted(visit.good, "day")
    text = f"{block.topic} was last studied {ago}; this far from the exam about {good} is good."
    if visit.waits:
        text += f" It comes before {visit.waits} has had its turn: blocks keep their topics when a "
        text += "plan changes."
    elif visit.early:
        text += " It comes back early, as every topic here would."
    yield "GAP", text


def _without_domain(block: Block, context: Context) -> Iterator[Row]:
    if block.activity == "buffer":
        yield "BUFFER", "Kept free: a block you miss moves here first."
        yield "SHARE", f"About {context.buffer_percent} % of every week is kept free like this."
    elif block.activity == "assessment":
        yield "EXAM", "A whole practice exam shows how ready you are before the date."
        yield "LAST", "It lies in the last third of the plan, and never in the final 48 hours."
    elif block.activity == "review":
        yield from _review(block, context)
    else:
        yield "SHARE", "No tier 2 and no strong area: a quarter of the time is mixed practice."
        yield "COMBINE", "Questions on all areas in turn, as in the exam."


def _review(block: Block, context: Context) -> Iterator[Row]:
    if block.topic is not None:
        yield (
            "FLAG",
            f"{block.topic} was marked as needing improvement in an area that is "
            "strong otherwise: one light task.",
        )
    if seconds(block.start) >= context.last_week:
        yield "LAST", "The last week leans to mixed review, with no new topics."
    else:
        yield "LAST", "The last days before the exam stay light."
    if block.topic is None:
        yield "COMBINE", "Mixed review keeps every area fresh at the same time."


def _history(block: Block, context: Context) -> Iterator[Row]:
    if block.id == context.first:
        yield "FIRST", "Begin by reading your report once more, area by area."
    missed = context.by_id.get(block.makes_up or "")
    if missed is not None:
        yield "MISSED", f"Makes up for the block missed on {day_and_time(missed.start)}."
    if status_at(block, context.now) == "missed" and block.activity != "buffer":
        yield "MISSED", _after_a_miss(block, context)
    if block.pinned:
        yield "KEPT", "You pinned it: re-planning leaves it here."
    elif block.moved:
        yield "KEPT", "You moved it here: re-planning leaves it."
    reason = context.changed.get(block.id)
    if reason is not None and not (missed is not None and reason.code == "MISSED"):
        yield reason.code, reason.text


def _after_a_miss(block: Block, context: Context) -> str:
    """What becomes of a missed block: its time is made up for, will be, or is let go."""
    if (later := context.makes_up.get(block.id)) is not None:
        return f"Missed; the block on {day_and_time(later.start)} makes up for it."
    if block.domain is None:
        return "Missed; work on all areas together is let go."
    if block.domain not in context.studied:
        return f"Missed; {block.domain} has no share of the time any more, so it is let go."
    return "Missed; re-planning gives its time a buffer, else a free place where there is one."
