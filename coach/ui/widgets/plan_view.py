"""The plan arranged for the eye: weeks of days, sums per domain, letters and tones.

`arrange` runs once per state; a cursor key only reads from its result. Nothing here draws.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec

from coach.model.attempt import Band
from coach.model.documents import Schedule, ScheduleBlock, Week
from coach.model.plan import Activity
from coach.model.settings import WEEKDAYS, Hours, Window
from coach.ui.text import duration, visible

TONES = 6
ACTIVITY_WORD: dict[Activity, str] = {
    "learn": "learn",
    "lab": "lab",
    "practice": "quiz",
    "scenario": "scenario",
    "review": "review",
    "assessment": "exam",
    "buffer": "buffer",
}
ACTIVITY_MARK: dict[Activity, str] = {
    "learn": "≡",
    "lab": "▲",
    "practice": "?",
    "scenario": "◆",
    "review": "↻",
    "assessment": "■",
    "buffer": "○",
}
MIXED: dict[Activity, str] = {
    "learn": "Mixed study",
    "lab": "Mixed lab",
    "practice": "Mixed practice",
    "scenario": "Mixed scenario",
    "review": "Mixed review",
    "assessment": "Practice exam",
    "buffer": "Free for missed blocks",
}
_COMMON = (
    "a an and for in of on or the to using with azure microsoft "
    "manage implement deploy configure design develop maintain monitor plan prepare provide "
    "secure build create describe identify integrate optimize perform protect"
)


class Entry(msgspec.Struct, frozen=True):
    """One block as it is shown. `tone` is 1 to 6 for a domain, 0 for mixed work."""

    block: ScheduleBlock
    letter: str
    tone: int
    title: str

    @property
    def minutes(self) -> int:
        """What the block takes, or took."""
        return self.block.minutes if self.block.spent is None else self.block.spent


class Load(msgspec.Struct, frozen=True):
    """Minutes by status; skipped blocks take no time."""

    planned: int = 0
    done: int = 0
    missed: int = 0

    @property
    def total(self) -> int:
        """All minutes that the blocks take or would have taken."""
        return self.planned + self.done + self.missed


class Day(msgspec.Struct, frozen=True):
    """One calendar day. `capacity` is the minutes of its windows, 0 on a day off."""

    date: date
    entries: tuple[Entry, ...]
    capacity: int
    load: Load
    off: bool

    @property
    def overbooked(self) -> bool:
        """Whether work that is still to do exceeds the hours of the day."""
        return bool(self.load.planned) and self.load.total > self.capacity


class WeekView(msgspec.Struct, frozen=True):
    """Monday to Sunday. `domains` has the load of each domain in `PlanView.domains` order."""

    start: date
    days: tuple[Day, ...]
    capacity: int
    load: Load
    domains: tuple[Load, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The blocks of the week in order of time."""
        return tuple(entry for day in self.days for entry in day.entries)


class DomainSum(msgspec.Struct, frozen=True):
    """One domain over the whole plan. `share` is 0-1 of the study time, `goal` its minutes."""

    name: str
    letter: str
    tone: int
    band: Band
    tier: int | None
    share: float
    goal: float
    load: Load


class PlanView(msgspec.Struct, frozen=True):
    """The whole plan. `order` is every block id by time, `place` its week and day (0-6).

    `missed` is the backlog: what was missed and has no place of its own again.
    """

    weeks: tuple[WeekView, ...]
    domains: tuple[DomainSum, ...]
    today: date
    now: datetime
    order: tuple[str, ...]
    place: dict[str, tuple[int, int]]
    entry: dict[str, Entry]
    missed: tuple[Entry, ...]
    busy: frozenset[int]

    @property
    def current(self) -> int:
        """The index of the week that holds today, else of the nearest one; 0 without weeks."""
        past = [index for index, week in enumerate(self.weeks) if week.start <= self.today]
        return past[-1] if past else 0

    @property
    def next_block(self) -> str | None:
        """The first block still to do, else the last one of all."""
        for name in self.order:
            block = self.entry[name].block
            if block.status == "planned" and block.end > self.now:
                return name
        return self.order[-1] if self.order else None


def letters(names: Sequence[str]) -> tuple[str, ...]:
    """One letter for each domain: the first free one of the telling words of its name.

    Words that several domains share, and plain verbs, come last; a digit where all is taken.
    """
    words = [visible(name).lower().split() for name in names]
    seen = [word for line in words for word in set(line)]
    taken: set[str] = set()
    return tuple(_letter(line, seen, taken, index) for index, line in enumerate(words))


def _letter(words: list[str], seen: list[str], taken: set[str], index: int) -> str:
    common = _COMMON.split()
    telling = [word for word in words if word not in common and seen.count(word) == 1]
    initials = "".join(word[0] for word in words)
    candidates = [*(word[0] for word in telling), *"".join(telling), *initials, *"".join(words)]
    free = (letter.upper() for letter in candidates if letter.isascii() and letter.isalpha())
    chosen = next((letter for letter in free if letter not in taken), str(index + 1))
    taken.add(chosen)
    return chosen


def window_minutes(windows: Iterable[Window]) -> int:
    """Minutes in windows of one day; an end of 00:00 is the midnight that ends the day."""
    return sum(
        (window.end.hour * 60 + window.end.minute or 1440)
        - window.start.hour * 60
        - window.start.minute
        for window in windows
    )


def load_of(entries: Iterable[Entry]) -> Load:
    """The minutes of these blocks by status."""
    sums = {"planned": 0, "done": 0, "missed": 0, "skipped": 0}
    for entry in entries:
        sums[entry.block.status] += entry.minutes
    return Load(planned=sums["planned"], done=sums["done"], missed=sums["missed"])


def week_sum(week: WeekView) -> str:
    """Done against planned study of a week, buffers left out: `1 h 30 of 9 h done`."""
    study = load_of(entry for entry in week.entries if entry.block.activity != "buffer")
    if not study.total:
        return "nothing planned"
    if not study.done:
        return f"{duration(study.total)} planned"
    return f"{duration(study.done)} of {duration(study.total)} done"


def arrange(schedule: Schedule, hours: Hours, now: datetime) -> PlanView:
    """The view of a plan; `now` is in the user's zone, like the times of the blocks."""
    names = [row.domain for row in schedule.allocation]
    marks = dict(zip(names, letters(names), strict=True))
    tones = {name: index % TONES + 1 for index, name in enumerate(names)}
    weeks = tuple(_week(week, hours, names, marks, tones) for week in schedule.weeks)
    entries = [entry for week in weeks for entry in week.entries]
    place = {
        entry.block.id: (number, index)
        for number, week in enumerate(weeks)
        for index, day in enumerate(week.days)
        for entry in day.entries
    }
    return PlanView(
        weeks=weeks,
        domains=_domains(schedule, entries, marks, tones),
        today=now.date(),
        now=now,
        order=tuple(entry.block.id for entry in entries),
        place=place,
        entry={entry.block.id: entry for entry in entries},
        missed=tuple(_entry(block, marks, tones) for block in schedule.backlog),
        busy=frozenset(
            index
            for week in weeks
            for index, day in enumerate(week.days)
            if day.entries or hours.windows.get(WEEKDAYS[index])
        ),
    )


def _week(
    week: Week, hours: Hours, names: list[str], marks: dict[str, str], tones: dict[str, int]
) -> WeekView:
    by_day: list[list[Entry]] = [[] for _ in WEEKDAYS]
    for block in sorted(week.blocks, key=lambda block: block.start):
        offset = (block.start.date() - week.start).days
        by_day[min(max(offset, 0), 6)].append(_entry(block, marks, tones))
    days = tuple(
        _day(week.start + timedelta(days=index), tuple(entries), hours)
        for index, entries in enumerate(by_day)
    )
    everything = [entry for day in days for entry in day.entries]
    return WeekView(
        start=week.start,
        days=days,
        capacity=week.capacity_minutes,
        load=load_of(everything),
        domains=tuple(
            load_of(entry for entry in everything if entry.block.domain == name) for name in names
        ),
    )


def _day(day: date, entries: tuple[Entry, ...], hours: Hours) -> Day:
    windows = hours.windows.get(WEEKDAYS[day.weekday()], ())
    off = day in hours.off
    return Day(
        date=day,
        entries=entries,
        capacity=0 if off else window_minutes(windows),
        load=load_of(entries),
        off=off,
    )


def _entry(block: ScheduleBlock, marks: dict[str, str], tones: dict[str, int]) -> Entry:
    if block.domain is None:
        letter = "".join(marks.get(name, "") for name in block.also) or "·"
        return Entry(block, letter, 0, visible(block.topic or MIXED[block.activity]))
    title = visible(block.topic or block.domain)
    return Entry(block, marks.get(block.domain, "?"), tones.get(block.domain, 0), title)


def _domains(
    schedule: Schedule, entries: list[Entry], marks: dict[str, str], tones: dict[str, int]
) -> tuple[DomainSum, ...]:
    return tuple(
        DomainSum(
            name=row.domain,
            letter=marks[row.domain],
            tone=tones[row.domain],
            band=row.band,
            tier=row.tier,
            share=row.share,
            goal=row.share * schedule.study_minutes,
            load=load_of(entry for entry in entries if entry.block.domain == row.domain),
        )
        for row in schedule.allocation
    )
