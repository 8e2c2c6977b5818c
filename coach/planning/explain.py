"""Why a block is there, and what the plan has to say about itself."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction

from coach.model.plan import STRATEGIES, Block, Change, Reason, Strategy
from coach.model.settings import Hours
from coach.planning.calendar import monday, seconds, sizes
from coach.planning.content import CRITICAL, QUARTER_HOUR, mixed_topics, repetitions, study_topics
from coach.planning.draft_plan import BUFFER_PERCENT, LAST_WEEK, DraftPlan
from coach.planning.split import NOTHING, Share, has_idle, rounded, split, spread
from coach.reading.priority import DomainReading, inverted
from coach.wording import counted, day_and_time, duration, listed, percent, published_weight

# Own estimate of what a retake needs: 10 minutes for every point of weight x gap. A domain of
# 25 % asks for about 8 hours when it is below and 4 when it is near.
MINUTES_PER_POINT = 10
# Up to this part of the time the choice of strategy matters little: an error of 20 % in the shares
# costs almost nothing (planning notes, own derivation).
LITTLE = Fraction(1, 5)

AIM = Reason(
    code="AIM",
    text="The aim is to be competent in every area, not perfect in one.",
)
OWN_WORK = Reason(
    code="OWN-WORK",
    text="Practise with labs, documentation and official questions; leaked questions break the "
    "exam agreement and teach nothing you can use.",
)


def need_minutes(domains: Sequence[DomainReading]) -> int:
    """The estimated study time (minutes) that the weak domains ask for."""
    return round(sum(d.priority for d in domains) * MINUTES_PER_POINT)


def shortfall_minutes(domains: Sequence[DomainReading], study_minutes: int) -> int:
    """By how much the estimated need exceeds the study time of the plan."""
    return max(0, need_minutes(domains) - study_minutes)


def plan_notes(
    domains: tuple[DomainReading, ...],
    strategy: Strategy,
    shares: Sequence[Share],
    *,
    minutes: Mapping[str, int],
    days: int,
    pace: int,
    unplaced: Sequence[Block],
    buffer_percent: int,
    spare: Fraction,
    auto: bool,
) -> tuple[Reason, ...]:
    """The notes of one plan, the aim first. `auto` says that Coach chose the strategy.

    `minutes` is the study time of every domain, `days` what is left until the date, `pace` the
    minutes of study that one week more would bring, `spare` the part (0-1) for strong domains.
    """
    study_minutes = sum(minutes.values())
    # What Coach chose itself it does not warn of.
    notes = [AIM, *warnings(domains, shares, "priority" if auto else strategy)]
    if buffer_percent != BUFFER_PERCENT:
        text = f"{buffer_percent} % of every week is kept free, by what you got done of late."
        notes.append(Reason(code="BUFFER", text=text))
    if any(d.gap for d in domains):
        notes += _on_the_split(domains, strategy, spread(domains, study_minutes, spare), auto=auto)
    notes += ways_out(domains, minutes, days=days, pace=pace)
    if unplaced:
        lost = sum(block.minutes for block in unplaced)
        text = f"{counted(len(unplaced), 'session')} you missed ({duration(lost)}) found no room."
        notes.append(Reason(code="MISSED", text=text))
    return (*notes, OWN_WORK)


def ways_out(
    domains: Sequence[DomainReading], minutes: Mapping[str, int], *, days: int, pace: int
) -> tuple[Reason, ...]:
    """What to do where the study time falls short of the estimated need; none where it does not.

    The arguments are those of `plan_notes`.
    """
    study_minutes = sum(minutes.values())
    short = shortfall_minutes(domains, study_minutes)
    if not short:
        return ()
    # The weak domains that get less than they need, the largest lack first.
    lacks = [(need_minutes([d]) - minutes.get(d.name, 0), d.name) for d in domains if d.gap]
    thin = (f"{name} ({duration(lack)} less)" for lack, name in sorted(lacks)[::-1] if lack > 0)
    later = counted(-(-short // max(1, pace)), "week")
    more = f"{duration(short)} before then"
    if days >= 7:
        more = f"{duration(-(-short // -(-days // 7)))} a week"
    room = f"room for {duration(study_minutes)}" if study_minutes else "no room"
    text = (
        f"By Coach's own estimate this needs {duration(study_minutes + short)}, and there is "
        f"{room}: move the date by {later}, add {more}, or accept less time for {listed(thin)}."
    )
    return (Reason(code="SHORT", text=text),)


def warnings(
    domains: Sequence[DomainReading], shares: Sequence[Share], strategy: Strategy
) -> tuple[Reason, ...]:
    """Where the split deserves a second look."""
    if not any(d.gap for d in domains):
        text = (
            "Every domain is above, so the plan is mixed practice by weight. "
            "After a failed sitting that is unlikely: check the bands."
        )
        return (Reason(code="CHECK", text=text),)
    if all(d.band == "unknown" for d in domains):
        text = (
            "No domain has a band, so this plan is generic: it reads all as near until a report "
            "or a rating of your own says more."
        )
        if strategy == "two-tier" and len(domains) > 1:
            text += " The priority strategy spreads the time by weight."
        return (Reason(code="GENERIC", text=text),)
    if strategy != "two-tier":
        return ()
    found = [_inversion(domains, shares), _maintenance(domains, shares)]
    if len(domains) > 1 and all(d.gap == 1 for d in domains):
        text = (
            "Every domain is near, and tier 1 holds a single one: "
            "the priority strategy spreads the time by weight."
        )
        found.append(Reason(code="ALL-NEAR", text=text))
    return tuple(note for note in found if note)


def _inversion(domains: Sequence[DomainReading], shares: Sequence[Share]) -> Reason | None:
    rows = list(zip(domains, shares, strict=True))
    second = max((r for r in rows if r[0].tier == 2), key=lambda r: r[1].share, default=None)
    first = min((r for r in rows if r[0].tier == 1), key=lambda r: r[1].share, default=None)
    if second is None or first is None or second[1].share <= first[1].share:
        return None
    over = [d for d, s in rows if d.tier == 1 and s.share < second[1].share]
    text = (
        f"Tier 2 has few domains, so {_ranked(second[0])} gets more time than "
        f"{listed(_ranked(domain) for domain in over)}. The priority strategy avoids this."
    )
    return Reason(code="INVERSION", text=text)


def _maintenance(domains: Sequence[DomainReading], shares: Sequence[Share]) -> Reason | None:
    rows = list(zip(domains, shares, strict=True))
    strong = max((row for row in rows if not row[0].gap), key=lambda r: r[1].share, default=None)
    if strong is None or has_idle(domains, "two-tier"):
        return None
    over = [d for d, s in rows if d.gap and s.share < strong[1].share]
    if not over:
        return None
    text = (
        f"A quarter of the time keeps strong areas fresh, so {strong[0].name} gets more of it than "
        f"{listed(_ranked(domain) for domain in over)}. The priority strategy avoids this."
    )
    return Reason(code="MAINTENANCE", text=text)


def _on_the_split(
    domains: Sequence[DomainReading], strategy: Strategy, apart: Fraction, *, auto: bool
) -> Iterator[Reason]:
    """Which rule splits the time and why, where the order of the outline decides, and how much the
    choice matters."""
    parts = f"75 % for tier 1 {'as' if auto else 'where'} tier 2 is empty"
    if any(domain.tier == 2 for domain in domains):
        parts = "70 % for tier 1 and 30 % for tier 2"
    why, pair = "no domain is below", inverted(domains)
    if pair and any(domain.band == "below" for domain in domains):
        why = f"two tiers would give {_ranked(pair[0])} more time than {_ranked(pair[1])}"
    if auto and strategy == "priority":
        text = f"Split chosen by Coach: priority holds, because {why}."
        yield Reason(code="AUTO", text=text)
    elif auto:
        text = f"Split chosen by Coach: two-tier holds: {parts}, a study heuristic from an article."
        yield Reason(code="AUTO", text=text)
    elif strategy == "two-tier":
        text = f"{parts} is a study heuristic from an article, not a vendor's rule."
        yield Reason(code="HEURISTIC", text=text)
    names: dict[Fraction, list[str]] = defaultdict(list)
    for domain in domains:
        if domain.gap:
            names[domain.priority].append(domain.name)
    for priority, tied in names.items():
        if len(tied) > 1:
            text = f"{listed(tied)} have the same priority ({float(priority):.1f}): they stand in "
            yield Reason(code="TIE", text=f"{text}the order of the outline.")
    matters = "little here" if apart < LITTLE else "here, so compare them"
    text = f"The three strategies differ on {percent(float(apart))} of the study time: "
    yield Reason(code="SPLIT", text=f"{text}the choice matters {matters}.")


def _ranked(domain: DomainReading) -> str:
    return f"{domain.name} (priority {float(domain.priority):.1f})"


DomainMinutes = tuple[str, int]


def compare(
    domains: Sequence[DomainReading], study_minutes: int, spare: Fraction = NOTHING
) -> tuple[tuple[Strategy, tuple[DomainMinutes, ...]], ...]:
    """Minutes per domain in outline order under every strategy.

    What `two-tier` leaves for mixed practice belongs to no domain. `spare` is the part (0-1) of the
    time for strong domains that would get nothing.
    """
    names = [domain.name for domain in domains]
    return tuple(
        (
            strategy,
            tuple(zip(names, rounded([s.share for s in shares], study_minutes), strict=True)),
        )
        for strategy, shares in _splits(domains, study_minutes, spare)
    )


def strategy_warnings(
    domains: Sequence[DomainReading], study_minutes: int, spare: Fraction = NOTHING
) -> tuple[tuple[Strategy, tuple[Reason, ...]], ...]:
    """Where each strategy deserves a second look: inverted tiers, all near, all above."""
    return tuple(
        (strategy, warnings(domains, shares, strategy))
        for strategy, shares in _splits(domains, study_minutes, spare)
    )


def _splits(
    domains: Sequence[DomainReading], study_minutes: int, spare: Fraction
) -> list[tuple[Strategy, tuple[Share, ...]]]:
    return [(s, split(domains, s, study_minutes=study_minutes, spare=spare)[0]) for s in STRATEGIES]


def week_warnings(draft: DraftPlan, blocks: Iterable[Block]) -> tuple[Reason, ...]:
    """Notes on the whole weeks ahead: days off or missed blocks may have used up their buffers,
    and the place of a lab."""
    day_of = draft.horizon.calendar.day_of
    weeks: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        weeks[monday(day_of(seconds(block.start)))].append(block)
    today = day_of(draft.horizon.now)
    ahead = {week: weeks[week] for week in sorted(weeks) if week > today}
    return (*_without_buffer(ahead, draft.request.buffer_percent), *_without_lab(draft, ahead))


def _without_buffer(weeks: Mapping[int, Sequence[Block]], percent: int) -> Iterator[Reason]:
    """Weeks whose share of catch-up time has room for a block and holds none."""
    full = []
    for week, blocks in weeks.items():
        share = sum(block.minutes for block in blocks) * percent // 100
        short = min((block.minutes for block in blocks), default=share + 1)
        if share >= short and all(block.activity != "buffer" for block in blocks):
            full.append(week)
    if full:
        text = (
            f"No time is kept free for missed sessions in the week of {date.fromordinal(full[0])}"
        )
        if more := len(full) - 1:
            text += f" and {counted(more, 'later one')}"
        yield Reason(code="TIGHT", text=f"{text}: what you miss there waits for another week.")


def _without_lab(draft: DraftPlan, weeks: Mapping[int, Sequence[Block]]) -> Iterator[Reason]:
    weak = [domain.name for domain in draft.request.domains if domain.gap]
    lacking = []
    for week, blocks in weeks.items():
        # A lab of their own, or another one's that they come into.
        with_lab = {block.domain for block in blocks if block.activity == "lab"}
        with_lab |= {name for block in blocks for name in block.also}
        if names := [name for name in weak if name not in with_lab]:
            lacking.append((week, names))
    if lacking:
        week, names = lacking[0]
        text = f"The week of {date.fromordinal(week)} has no lab for {listed(names)}"
        if more := len(lacking) - 1:
            text += f"; {counted(more, 'later week')} {'lacks' if more == 1 else 'lack'} one too"
        yield Reason(code="LABS", text=f"{text}.")


class Context:
    """The plan around a block.

    `blocks` are the exam's blocks since `start`, when the newest report came in, or without one
    (`reported`) since the exam was tracked; `end` is the moment planned for; `studied` are the
    domains with a share in the newest revision, `changes` its changes. A plan that was rebuilt is
    explained as a first one: the order in which its facts came in does not show.
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
        reported: bool,
        now: datetime,
        end: datetime,
        studied: Iterable[str],
        changes: Iterable[Change] = (),
    ) -> None:
        self.now = now
        self.reported = reported
        self.studied = frozenset(studied)
        self.domains = {domain.name: domain for domain in domains}
        self.strategy = strategy
        self.sizes = sizes(hours)
        self.buffer_percent = buffer_percent
        self.spare = hours.spare_minutes if has_idle(domains, strategy) else 0
        self.limit = seconds(end)
        long = self.limit - seconds(start) >= 2 * LAST_WEEK
        self.last_week = self.limit - LAST_WEEK if long else self.limit
        told = (c for c in changes if c.kind != "added" and c.reason.code != "REBUILD")
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
        studied = [b for b in ordered if b.status_at(self.now) in ("done", "planned")]
        self.visits = repetitions(studied, self.domains.values(), self.limit)
        self.mixed = mixed_topics(studied, self.domains.values())


def explain(block: Block, context: Context) -> tuple[Reason, ...]:
    """The reasons for one block, at least two: what put it there first, its history last."""
    reading = context.domains.get(block.domain or "")
    body = _without_domain(block, context) if reading is None else _study(block, reading, context)
    return tuple(Reason(code=code, text=text) for code, text in (*body, *_history(block, context)))


Row = tuple[str, str]


def _study(block: Block, reading: DomainReading, context: Context) -> Iterator[Row]:
    yield _share(block, reading, context)
    yield _tier(reading, context)
    if reading.foundation and reading.gap:
        yield "FOUNDATION", "Other areas build on this one, so it comes early in a week."
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
    count, number = context.counts[reading.name], context.number.get(block.id)
    weight = published_weight(reading.weight_low, reading.weight_high)
    place = f"{count} of {context.total} sessions"
    if number:
        place = f"session {number} of {count} on this domain"
    band = "not known, so read as near" if reading.band == "unknown" else reading.band
    return "SHARE", f"{reading.name} is {band} and {weight} of the exam: {place}."


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
            "The session is long enough for a lab. "
            if block.minutes >= context.sizes.longest
            else ""
        )
        yield "SLOT", f"{size}Every weak domain has a lab each week, because doing shows more."
    elif block.activity == "scenario" and block.also:
        yield "COMBINE", f"Also covers {' and '.join(block.also)}; exam questions combine them."
    elif block.minutes < context.sizes.shortest and reading.gap:
        yield "SLOT", "The session is short, so it is practice from memory."


def _gap(block: Block, context: Context) -> Iterator[Row]:
    """Days since the topic was last studied, against a gap that shrinks towards the exam."""
    visit = context.visits.get(block.id)
    if visit is None:
        return
    ago = f"{counted(visit.days, 'day')} before" if visit.days else "earlier the same day"
    good = counted(visit.good, "day")
    text = f"{block.topic} was last studied {ago}; this far from the exam about {good} is good."
    if visit.waits:
        text += (
            f" It comes before {visit.waits} has had its turn: sessions keep their topics when a "
        )
        text += "plan changes."
    elif visit.early:
        text += " It comes back early, as every topic here would."
    yield "GAP", text


def _without_domain(block: Block, context: Context) -> Iterator[Row]:
    if block.activity == "buffer":
        yield "BUFFER", "Kept free: a session you miss moves here first."
        yield "SHARE", f"About {context.buffer_percent} % of every week is kept free like this."
    elif block.activity == "assessment":
        yield "EXAM", "A whole practice exam shows how ready you are before the date."
        yield "LAST", "It lies in the last third of the plan, and never in the final 48 hours."
    elif block.activity == "review":
        if block.topic is not None:
            yield (
                "FLAG",
                f"{block.topic} was marked as needing improvement in an area that is "
                "strong otherwise: one light task.",
            )
        last = seconds(block.start) >= context.last_week
        late = "The last week leans to mixed review."
        yield "LAST", late if last else "The last days before the exam stay light."
        if block.topic is None:
            yield "COMBINE", "Mixed review keeps every area fresh at the same time."
            yield from _parts(block, context)
    else:
        yield "SHARE", "No tier 2 and no strong area: a quarter of the time is mixed practice."
        yield "COMBINE", "Questions on all areas in turn, as in the exam."
        yield from _parts(block, context)


def _parts(block: Block, context: Context) -> Iterator[Row]:
    topics = [topic for _, topic in context.mixed.get(block.id, ())]
    if topics:
        yield "TOPICS", f"About {QUARTER_HOUR} minutes each: {listed(topics)}."


def _history(block: Block, context: Context) -> Iterator[Row]:
    if block.id == context.first and context.reported:
        yield "FIRST", "Begin by reading your report once more, area by area."
    missed = context.by_id.get(block.makes_up or "")
    if missed is not None:
        if missed.status == "done":
            yield "REST", f"Holds the rest of the session of {day_and_time(missed.start)}."
        else:
            yield "MISSED", f"Makes up for the session missed on {day_and_time(missed.start)}."
    if block.status_at(context.now) == "missed" and block.activity != "buffer":
        # Its time is made up for, will be, or is let go.
        fate = "re-planning gives it catch-up time, else a free place where there is one"
        if (later := context.makes_up.get(block.id)) is not None:
            fate = f"the session on {day_and_time(later.start)} makes up for it"
        elif block.domain is None:
            fate = "work on all areas together is let go"
        elif block.domain not in context.studied:
            fate = f"{block.domain} gets no time any more, so it is let go"
        yield "MISSED", f"Missed; {fate}."
    if block.pinned:
        yield "KEPT", "You pinned it: re-planning leaves it here."
    elif block.moved:
        yield "KEPT", "You moved it here: re-planning leaves it."
    reason = context.changed.get(block.id)
    if reason is not None and not (missed is not None and reason.code == "MISSED"):
        yield reason.code, reason.text
