"""Why a block is there, and what the plan has to say about itself."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

import msgspec

from coach.model.plan import STRATEGIES, Because, Block, Change, Reason, Strategy, because
from coach.model.settings import Hours
from coach.planning.calendar import seconds, sizes
from coach.planning.content import CRITICAL, QUARTER_HOUR, mixed_topics, repetitions, study_topics
from coach.planning.diff import made_up
from coach.planning.draft_plan import BUFFER_PERCENT, DraftPlan, grouped, in_order, last_week
from coach.planning.split import NOTHING, Shares, has_idle, rounded, split, widest_difference
from coach.reading.priority import DomainReading, inverted, overtaken

# Own estimate of what a retake needs: 10 minutes for every point of weight x gap. A domain of
# 25 % asks for about 8 hours when it is below and 4 when it is near.
MINUTES_PER_POINT = 10
# Up to this part of the time the choice of strategy matters little: an error of 20 % in the shares
# costs almost nothing (planning notes, own derivation).
LITTLE = Fraction(1, 5)


def need_minutes(domains: Sequence[DomainReading]) -> int:
    """The estimated study time (minutes) that the weak domains ask for."""
    return round(sum(d.priority for d in domains) * MINUTES_PER_POINT)


def shortfall_minutes(domains: Sequence[DomainReading], study_minutes: int) -> int:
    """By how much the estimated need exceeds the study time of the plan."""
    return max(0, need_minutes(domains) - study_minutes)


def plan_notes(
    draft: DraftPlan, blocks: Sequence[Block], shares: Shares, minutes: Mapping[str, int],
    unplaced: Sequence[Block],
) -> Iterator[Because]:  # fmt: skip
    """The notes of one plan, the aim first; `minutes` is the study time of every domain."""
    request, domains = draft.request, draft.request.domains
    yield because("AIM")
    # What Coach chose itself it does not warn of.
    strategy = "priority" if request.strategy == "auto" else draft.strategy
    yield from warnings(domains, shares, strategy)
    if request.buffer_percent != BUFFER_PERCENT:
        yield because("BUFFER", "learned", percent=request.buffer_percent)
    if any(d.gap for d in domains):
        yield from _on_the_split(draft, sum(minutes.values()))
    yield from ways_out(draft, minutes)
    if unplaced:
        lost = sum(block.minutes for block in unplaced)
        yield because("MISSED", "unplaced", count=len(unplaced), minutes=lost)
    yield because("OWN-WORK")
    yield from week_warnings(draft, blocks)


def ways_out(draft: DraftPlan, minutes: Mapping[str, int]) -> Iterator[Because]:
    """What to do where the study time of the domains falls short of the estimated need; none where
    it does not."""
    domains, days = draft.request.domains, draft.days
    study_minutes = sum(minutes.values())
    short = shortfall_minutes(domains, study_minutes)
    if not short:
        return
    # The weak domains that get less than they need, the largest lack first.
    lacks = [(need_minutes([d]) - minutes.get(d.name, 0), d.name) for d in domains if d.gap]
    more = because("SHORT", "before", minutes=short)
    if days >= 7:
        more = because("SHORT", "weekly", minutes=-(-short // -(-days // 7)))
    yield because(
        "SHORT",
        need=study_minutes + short,
        room=because("SHORT", "room" if study_minutes else "no-room", minutes=study_minutes),
        later=-(-short // max(1, draft.usual_week)),
        more=more,
        lacks=tuple((name, lack) for lack, name in sorted(lacks, reverse=True) if lack > 0),
    )


def warnings(
    domains: Sequence[DomainReading], shares: Shares, strategy: Strategy
) -> Iterator[Because]:
    """Where the split deserves a second look."""
    if not any(d.gap for d in domains):
        yield because("CHECK")
        return
    if all(d.band == "unknown" for d in domains):
        spreads = strategy == "two-tier" and len(domains) > 1
        yield because("GENERIC", "two-tier" if spreads else "")
        return
    if strategy != "two-tier":
        return
    if inversion := overtaken(domains):
        most, behind = inversion
        yield because("INVERSION", most=_ranked(most), over=_ranked(*behind))
    above = (d for d in domains if not d.gap)
    strong = max(above, key=lambda d: shares[d.name], default=None)
    if strong and not has_idle(domains, "two-tier"):
        over = [d for d in domains if d.gap and shares[d.name] < shares[strong.name]]
        if over:
            yield because("MAINTENANCE", name=strong.name, over=_ranked(*over))
    if len(domains) > 1 and all(d.gap == 1 for d in domains):
        yield because("ALL-NEAR")


def _on_the_split(draft: DraftPlan, study_minutes: int) -> Iterator[Because]:
    """Which rule splits the time and why, where the order of the outline decides, and how much the
    choice matters."""
    domains, strategy = draft.request.domains, draft.strategy
    auto = draft.request.strategy == "auto"
    tiers = "tiers" if any(domain.tier == 2 for domain in domains) else "tier-1"
    pair = inverted(domains)
    if auto and strategy != "priority":
        yield because("AUTO", tiers)
    elif auto and pair and any(domain.band == "below" for domain in domains):
        yield because("AUTO", "inverted", more=_ranked(pair[0]), less=_ranked(pair[1]))
    elif auto:
        yield because("AUTO", "near")
    elif strategy == "two-tier":
        yield because("HEURISTIC", tiers)
    names: dict[Fraction, list[str]] = defaultdict(list)
    for domain in domains:
        if domain.gap:
            names[domain.priority].append(domain.name)
    for priority, tied in names.items():
        if len(tied) > 1:
            yield because("TIE", tied=tuple(tied), priority=float(priority))
    apart = widest_difference(domains, study_minutes, draft.spare)
    yield because("SPLIT", "little" if apart < LITTLE else "much", part=float(apart))


def _ranked(*domains: DomainReading) -> tuple[tuple[str, float], ...]:
    return tuple((domain.name, float(domain.priority)) for domain in domains)


class Comparison(msgspec.Struct, frozen=True):
    """What a strategy gives: minutes per domain in outline order, without those for mixed practice,
    and where it deserves a second look."""

    minutes: tuple[tuple[str, int], ...]
    warnings: tuple[Because, ...]


def compare(
    domains: Sequence[DomainReading], study_minutes: int, spare: Fraction = NOTHING
) -> dict[Strategy, Comparison]:
    """What every strategy would give. `spare` is the part (0-1) of the time for strong domains that
    would get nothing."""
    found = {}
    for strategy in STRATEGIES:
        shares = split(domains, strategy, study_minutes=study_minutes, spare=spare)
        names = [domain.name for domain in domains]
        whole = rounded([shares[name] for name in names], study_minutes)
        minutes = zip(names, whole, strict=True)
        found[strategy] = Comparison(tuple(minutes), (*warnings(domains, shares, strategy),))
    return found


def week_warnings(draft: DraftPlan, blocks: Iterable[Block]) -> Iterator[Because]:
    """Notes on the whole weeks ahead: days off or missed blocks may have used up their buffers,
    and the place of a lab."""
    weeks = grouped(blocks, draft.horizon.week_of)
    today = draft.horizon.calendar.day_of(draft.horizon.now)
    weak = [domain.name for domain in draft.request.domains if domain.gap]
    full: list[date] = []
    lacking: list[tuple[date, tuple[str, ...]]] = []
    for week in sorted(week for week in weeks if week > today):
        own, first = weeks[week], date.fromordinal(week)
        # Its share of catch-up time has room for a block and holds none.
        share = sum(block.minutes for block in own) * draft.request.buffer_percent // 100
        kept = any(block.activity == "buffer" for block in own)
        if not kept and share >= min(block.minutes for block in own):
            full.append(first)
        # A lab of their own, or another one's that they come into.
        with_lab = {block.domain for block in own if block.activity == "lab"}
        with_lab |= {name for block in own for name in block.also}
        if names := tuple(name for name in weak if name not in with_lab):
            lacking.append((first, names))
    if full:
        more = len(full) - 1
        yield because("TIGHT", "more" if more else "", week=full[0], more=more)
    if lacking:
        (first, names), more = lacking[0], len(lacking) - 1
        yield because("LABS", "more" if more else "", week=first, weak=names, more=more)


@dataclass(kw_only=True)
class Context:
    """The plan around a block.

    `blocks` are the exam's blocks since `start`, when the newest report came in, or without one
    (`reported`) since the exam was tracked; `end` is the moment planned for; `studied` are the
    domains with a share in the newest revision, `changes` its changes. A plan that was rebuilt is
    explained as a first one: the order in which its facts came in does not show.
    """

    domains: Sequence[DomainReading]
    strategy: Strategy
    hours: Hours
    buffer_percent: int
    blocks: Iterable[Block]
    start: datetime
    reported: bool
    now: datetime
    end: datetime
    studied: Collection[str]
    changes: Iterable[Change] = ()

    def __post_init__(self) -> None:
        self.readings = {domain.name: domain for domain in self.domains}
        self.sizes = sizes(self.hours)
        idle = has_idle(self.domains, self.strategy)
        self.spare = self.hours.spare_minutes if idle else 0
        limit = seconds(self.end)
        self.last_week = last_week(seconds(self.start), limit)
        told = (c for c in self.changes if c.kind != "added" and c.reason.code != "REBUILD")
        self.changed = {c.after.id: c.reason for c in told if c.after}
        ordered = in_order(self.blocks)
        self.by_id = {block.id: block for block in ordered}
        self.makes_up = {block.makes_up: block for block in ordered if block.makes_up}
        self.first = ordered[0].id if ordered else None
        # Every domain block's number in its domain, and the visits to its topic before it.
        self.counts: Counter[str] = Counter()
        self.number: dict[str, int] = {}
        for block in ordered:
            if block.domain is not None and block.status != "skipped":
                self.counts[block.domain] += 1
                self.number[block.id] = self.counts[block.domain]
        studied = [b for b in ordered if b.status_at(self.now) in ("done", "planned")]
        self.visits = repetitions(studied, self.domains, limit)
        self.mixed = mixed_topics(studied, self.domains)


def explain(block: Block, context: Context) -> tuple[Because | Reason, ...]:
    """The reasons for one block, at least two: what put it there first, its history last, where
    that of the newest revision is in words already."""
    reading = context.readings.get(block.domain or "")
    body = _without_domain(block, context) if reading is None else _study(block, reading, context)
    return (*body, *_history(block, context))


def _study(block: Block, reading: DomainReading, context: Context) -> Iterator[Because]:
    number = context.number.get(block.id)
    yield because(
        "SHARE",
        "session" if number else "sessions",
        name=reading.name,
        band=reading.band,
        weight=(reading.weight_low, reading.weight_high),
        number=number,
        count=context.counts[reading.name],
        total=context.counts.total(),
    )
    if not reading.gap:
        yield because("SPARE", minutes=context.spare) if context.spare else because("FLOOR")
    elif context.strategy != "two-tier":
        points = float(reading.priority)
        yield because("PRIORITY", priority=points, strategy=context.strategy)
    else:
        first = "below" if reading.band == "below" else "heaviest"
        yield because("TIER", "2" if reading.tier == 2 else first)
    if reading.foundation and reading.gap:
        yield because("FOUNDATION")
    if block.topic in reading.flagged:
        yield because("FLAG", topic=block.topic)
    elif reading.gap and block.topic in study_topics(reading)[:CRITICAL]:
        yield because("TOPIC", topic=block.topic, count=CRITICAL)
    if block.activity == "lab":
        yield because("SLOT", "long-lab" if block.minutes >= context.sizes.longest else "lab")
    elif block.activity == "scenario" and block.also:
        yield because("COMBINE", "also", also=block.also)
    elif block.minutes < context.sizes.shortest and reading.gap:
        yield because("SLOT", "short")
    yield from _gap(block, context)


def _gap(block: Block, context: Context) -> Iterator[Because]:
    """Days since the topic was last studied, against a gap that shrinks towards the exam."""
    visit = context.visits.get(block.id)
    if visit is not None:
        yield because(
            "GAP",
            "waits" if visit.waits else "early" if visit.early else "",
            topic=block.topic,
            ago=because("GAP", "days" if visit.days else "same-day", days=visit.days),
            good=visit.good,
            waits=visit.waits,
        )


def _without_domain(block: Block, context: Context) -> Iterator[Because]:
    if block.activity == "buffer":
        yield because("BUFFER")
        yield because("SHARE", "buffer", percent=context.buffer_percent)
    elif block.activity == "assessment":
        yield because("EXAM", "whole")
        yield because("LAST", "third")
    elif block.activity == "review":
        if block.topic is not None:
            yield because("FLAG", "strong", topic=block.topic)
        yield because("LAST", "" if seconds(block.start) >= context.last_week else "days")
        if block.topic is None:
            yield because("COMBINE", "review")
            yield from _parts(block, context)
    else:
        yield because("SHARE", "mixed")
        yield because("COMBINE", "practice")
        yield from _parts(block, context)


def _parts(block: Block, context: Context) -> Iterator[Because]:
    topics = tuple(topic for _, topic in context.mixed.get(block.id, ()))
    if topics:
        yield because("TOPICS", minutes=QUARTER_HOUR, topics=topics)


def _history(block: Block, context: Context) -> Iterator[Because | Reason]:
    if block.id == context.first and context.reported:
        yield because("FIRST")
    missed = context.by_id.get(block.makes_up or "")
    if missed is not None:
        yield made_up(missed)
    if block.status_at(context.now) == "missed" and block.activity != "buffer":
        # Its time is made up for, will be, or is let go.
        if (later := context.makes_up.get(block.id)) is not None:
            yield because("MISSED", "later", at=later.start)
        elif block.domain is None:
            yield because("MISSED", "mixed")
        elif block.domain not in context.studied:
            yield because("MISSED", "dropped", name=block.domain)
        else:
            yield because("MISSED", "waits")
    if block.pinned or block.moved:
        yield because("KEPT", "pinned" if block.pinned else "moved")
    reason = context.changed.get(block.id)
    if reason is not None and not (missed is not None and reason.code == "MISSED"):
        yield reason
