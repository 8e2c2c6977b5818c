"""The plan as it is shown: weeks of days, sums per domain, letters and tones. Only values."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from coach.model.attempt import Band
from coach.model.documents import ScheduleBlock, Week
from coach.model.plan import Activity
from coach.model.settings import Hours
from coach.wording import duration

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


class Entry(msgspec.Struct, frozen=True):
    """One block as it is shown. `tone` is 1 to 6 for a domain, 0 for mixed work.

    `beside` marks a block of another exam; its letter is that exam's code.
    """

    block: ScheduleBlock
    letter: str
    tone: int
    title: str
    beside: bool = False

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
    """One calendar day with the blocks of every exam. `capacity` is the minutes of its windows,
    0 on a day off."""

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
    letter: str
    tone: int
    band: Band
    tier: int | None
    share: float
    goal: float
    load: Load
    optional: bool = False


class PlanView(msgspec.Struct, frozen=True):
    """The whole plan. `order` is every block id by time, `place` its week and day (0-6).

    `missed` is the backlog: what was missed and has no place of its own again. `busy` has the
    weekdays (0-6) that ever have study, `names` the domains and `hours` what it was arranged for.
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
    names: tuple[str, ...]
    hours: Hours

    @property
    def current(self) -> int:
        """The index of the week that holds today, else of the nearest one; 0 without weeks."""
        past = [index for index, week in enumerate(self.weeks) if week.start <= self.today]
        return past[-1] if past else 0

    @property
    def goes_on(self) -> bool:
        """Whether there is a block still to do."""
        return any(self._ahead(entry) for entry in self.entry.values())

    @property
    def next_block(self) -> str | None:
        """The first block still to do, else the last one of all."""
        last = self.order[-1] if self.order else None
        return next((name for name in self.order if self._ahead(self.entry[name])), last)

    def _ahead(self, entry: Entry) -> bool:
        block = entry.block
        return not entry.beside and block.status == "planned" and block.end > self.now


def load_of(entries: Iterable[Entry]) -> Load:
    """The minutes of these blocks by status."""
    sums = {"planned": 0, "done": 0, "missed": 0, "skipped": 0}
    for entry in entries:
        sums[entry.block.status] += entry.minutes
    return Load(planned=sums["planned"], done=sums["done"], missed=sums["missed"])


def week_sum(week: WeekView) -> str:
    """Done against planned study of a week, unused buffers left out: `1 h 30 of 9 h done`."""
    own = (entry for entry in week.entries if not entry.beside)
    study = load_of(e for e in own if e.block.activity != "buffer" or e.block.status == "done")
    if not study.total:
        return "nothing planned"
    if not study.done:
        return f"{duration(study.total)} planned"
    return f"{duration(study.done)} of {duration(study.total)} done"
