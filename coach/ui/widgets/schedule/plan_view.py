"""The plan as it is shown: weeks of days, sums per domain, names and tones. Only values."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

import msgspec

from coach.model.attempt import Band
from coach.model.plan import NIGHT, Activity, ResourceLink, Schedule, ScheduleBlock, Week
from coach.model.settings import WEEKDAYS, Hours
from coach.service.availability import day_capacities
from coach.ui.text import clip, visible
from coach.ui.theme import DOMAINS
from coach.ui.widgets.rows import SHORTEST, headline, short_names
from coach.wording import duration

_ACTIVITIES: dict[Activity, tuple[str, str, str]] = {
    "learn": ("learn", "≡", "Mixed study"),
    "lab": ("lab", "▲", "Mixed lab"),
    "practice": ("quiz", "?", "Mixed practice"),
    "scenario": ("scenario", "◆", "Mixed scenario"),
    "review": ("review", "↻", "Mixed review"),
    "assessment": ("exam", "■", "Practice exam"),
    "buffer": ("catch-up", "○", "Catch-up time"),
}
"""The word, the mark, and the title where there is neither topic nor domain."""
ACTIVITY_WORD = {activity: word for activity, (word, _, _) in _ACTIVITIES.items()}
ACTIVITY_MARK = {activity: mark for activity, (_, mark, _) in _ACTIVITIES.items()}
MIXED = {activity: title for activity, (_, _, title) in _ACTIVITIES.items()}


class Entry(msgspec.Struct, frozen=True):
    """One block as it is shown. `short` names its domain, `tone` is 1 to 12 for a domain, 0 for
    mixed work, which has no short name; a thinner stripe tells a thirteenth domain from the first.

    `beside` marks a block of another exam; its short name is that exam's code.
    """

    block: ScheduleBlock
    short: str
    tone: int
    title: str
    beside: bool = False
    stripe: str = "▌"

    @property
    def minutes(self) -> int:
        """What the block takes, or took."""
        return self.block.minutes if self.block.spent is None else self.block.spent


class Load(msgspec.Struct, frozen=True):
    """Minutes by status; skipped blocks take no time."""

    planned: int = 0
    done: int = 0
    missed: int = 0

    def __add__(self, other: "Load") -> "Load":
        both = (self.planned + other.planned, self.done + other.done, self.missed + other.missed)
        return Load(*both)

    @property
    def total(self) -> int:
        """All minutes that the blocks take or would have taken."""
        return self.planned + self.done + self.missed


class Day(msgspec.Struct, frozen=True):
    """One calendar day with the blocks of every exam. `capacity` is the minutes of its windows,
    0 on a day off."""

    date: date
    entries: tuple[Entry, ...]
    capacity: int
    load: Load
    off: bool

    @property
    def excess(self) -> int:
        """The minutes by which work that is still to do exceeds the hours of the day; what comes
        before 04:00 takes those of the evening before."""
        own = load_of(
            each for each in self.entries if (each.block.start - NIGHT).date() == self.date
        )
        return max(own.total - self.capacity, 0) if own.planned else 0

    @property
    def overbooked(self) -> bool:
        """Whether that is any."""
        return self.excess > 0


class WeekView(msgspec.Struct, frozen=True):
    """Monday to Sunday, as it is in `source`.

    `domains` has the load of each domain in `PlanView.domains` order, `beside` what other exams
    take, by code.
    """

    source: Week
    days: tuple[Day, ...]
    load: Load
    domains: tuple[Load, ...]
    beside: tuple[tuple[str, Load], ...]

    @property
    def start(self) -> date:
        """Its Monday."""
        return self.source.start

    @property
    def capacity(self) -> int:
        """The minutes of availability in it."""
        return self.source.capacity_minutes

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The blocks of the week in order of time, those of other exams too."""
        return tuple(entry for day in self.days for entry in day.entries)


class DomainSum(msgspec.Struct, frozen=True):
    """One domain over the whole plan. `share` is 0-1 of the study time, `goal` its minutes;
    `optional` says that it is spare time."""

    name: str
    short: str
    tone: int
    stripe: str
    band: Band
    tier: int | None
    share: float
    goal: float
    load: Load
    optional: bool = False


class PlanView(msgspec.Struct, frozen=True):
    """The whole plan. `order` is every block id by time, `place` its week and day (0-6).

    `missed` is the backlog: what was missed and has no place of its own again. `names` has the
    domains and `hours` what it was arranged for.
    `target` and `booked` are dates or moments: the end of the plan, and the appointment.
    """

    weeks: tuple[WeekView, ...]
    domains: tuple[DomainSum, ...]
    today: date
    now: datetime
    order: tuple[str, ...]
    place: dict[str, tuple[int, int]]
    entry: dict[str, Entry]
    missed: tuple[Entry, ...]
    names: tuple[str, ...]
    hours: Hours
    target: date | None
    booked: date | None

    @property
    def current(self) -> int:
        """The index of the week that holds today, else of the nearest one; 0 without weeks."""
        past = [index for index, week in enumerate(self.weeks) if week.start <= self.today]
        return past[-1] if past else 0

    @property
    def goes_on(self) -> bool:
        """Whether there is a block still ahead."""
        return any(_to_do(e) and e.block.end > self.now for e in self.entry.values())

    @property
    def next_block(self) -> str | None:
        """The block that is on; else the first still to do, which may be one of today that is not
        ticked yet; else the last one of all. Catch-up time that is over is nothing to do."""
        to_do = [name for name in self.order if _to_do(self.entry[name])]
        blocks = [(name, self.entry[name].block) for name in to_do]
        to_do = [n for n, block in blocks if block.activity != "buffer" or block.end > self.now]
        on = (name for name, block in blocks if block.start <= self.now < block.end)
        return next(on, (to_do or self.order[-1:] or (None,))[0])


def _to_do(entry: Entry) -> bool:
    return not entry.beside and entry.block.status == "planned"


def load_of(entries: Iterable[Entry]) -> Load:
    """The minutes of these blocks by status."""
    sums = {"planned": 0, "done": 0, "missed": 0, "skipped": 0}
    for entry in entries:
        sums[entry.block.status] += entry.minutes
    return Load(sums["planned"], sums["done"], sums["missed"])


def week_sum(week: WeekView) -> str:
    """Done against planned study of a week, unused buffers left out: `1 h 30 of 9 h done`."""
    own = (entry for entry in week.entries if not entry.beside)
    study = load_of(e for e in own if e.block.activity != "buffer" or e.block.status == "done")
    if not study.total:
        return "nothing planned"
    if not study.done:
        return f"{duration(study.total)} planned"
    return f"{duration(study.done)} of {duration(study.total)} done"


def arrange(
    schedule: Schedule,
    hours: Hours,
    now: datetime,
    before: PlanView | None = None,
    booked: date | None = None,
) -> PlanView:
    """The view of a plan; `now` is in the user's zone, like the times of the blocks.

    Weeks that are as they were in the view `before` are taken over from it.
    """
    names = tuple(row.domain for row in schedule.allocation)
    styles, zone = _styles(names), cast("ZoneInfo", now.tzinfo)
    alike = before is not None and (before.names, before.hours) == (names, hours)
    kept = {week.start: week for week in before.weeks} if before and alike else {}
    weeks = tuple(_week(week, hours, zone, styles, kept.get(week.start)) for week in schedule.weeks)
    entries = [entry for week in weeks for entry in week.entries]
    days = [(n, i, day) for n, week in enumerate(weeks) for i, day in enumerate(week.days)]
    return PlanView(
        weeks=weeks,
        domains=_domains(schedule, weeks, styles),
        today=now.date(),
        now=now,
        order=tuple(entry.block.id for entry in entries),
        place={entry.block.id: (n, i) for n, i, day in days for entry in day.entries},
        entry={entry.block.id: entry for entry in entries},
        missed=tuple(_entry(block, styles) for block in schedule.backlog),
        names=names,
        hours=hours,
        target=schedule.target,
        booked=booked,
    )


Styles = dict[str, tuple[str, int, str]]
"""Short name, tone and stripe of each domain."""


def _styles(names: Sequence[str]) -> Styles:
    pairs = zip(names, short_names(names), strict=True)
    return {
        name: (short, index % DOMAINS + 1, "▌" if index < DOMAINS else "▎")
        for index, (name, short) in enumerate(pairs)
    }


def _week(
    week: Week, hours: Hours, zone: ZoneInfo, styles: Styles, before: WeekView | None
) -> WeekView:
    if before is not None and before.source == week:
        return before
    days = [week.start + timedelta(days=index) for index in range(7)]
    capacities = day_capacities(hours, days, zone)
    by_day: list[list[Entry]] = [[] for _ in WEEKDAYS]
    entries = [_entry(block, styles) for block in week.blocks]
    others = [Entry(b, visible(b.exam), 0, _title(b), beside=True) for b in week.beside]
    for entry in sorted((*entries, *others), key=lambda entry: entry.block.start):
        offset = (entry.block.start.date() - week.start).days
        by_day[min(max(offset, 0), 6)].append(entry)
    return WeekView(
        source=week,
        days=tuple(
            Day(day, tuple(found), capacity, load_of(found), day in hours.off)
            for day, found, capacity in zip(days, by_day, capacities, strict=True)
        ),
        load=load_of(entries),
        domains=tuple(
            load_of(entry for entry in entries if entry.block.domain == name) for name in styles
        ),
        beside=tuple(
            (exam, load_of(entry for entry in others if entry.short == exam))
            for exam in dict.fromkeys(entry.short for entry in others)
        ),
    )


def _entry(block: ScheduleBlock, styles: Styles) -> Entry:
    if block.domain is None:
        return Entry(block, "", 0, _title(block))
    unknown = (clip(block.domain, SHORTEST), 0, "▌")
    short, tone, stripe = styles.get(block.domain, unknown)
    return Entry(block, short, tone, _title(block), stripe=stripe)


def _title(block: ScheduleBlock) -> str:
    return headline(visible(block.topic or block.domain or MIXED[block.activity]))


def _domains(
    schedule: Schedule, weeks: Sequence[WeekView], styles: Styles
) -> tuple[DomainSum, ...]:
    return tuple(
        DomainSum(
            row.domain,
            *styles[row.domain],
            band=row.band,
            tier=row.tier,
            share=row.share,
            goal=row.share * schedule.study_minutes,
            load=sum((week.domains[index] for week in weeks), Load()),
            optional=row.optional,
        )
        for index, row in enumerate(schedule.allocation)
    )


_KIND = {"lab": "lab", "learn": "learning path", "assessment": "practice assessment"}


def material_forms(material: ResourceLink) -> tuple[str, ...]:
    """The title with its kind, its length and which part of it comes now; shorter ones after it."""
    facts = [_KIND[material.kind]]
    if material.minutes:
        facts.append(f"about {duration(material.minutes)}")
    part = f"part {material.part} of {material.parts}" if material.parts > 1 else ""
    full = f"{material.title} ({', '.join(filter(None, (*facts, part)))})"
    return (full, f"{material.title}, {part}", material.title) if part else (full, material.title)
