"""What the user set: the exams they track and the hours they have."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Literal, TypeVar

import msgspec

from coach.model.attempt import Band
from coach.model.plan import NIGHT, StrategySetting
from coach.model.policy import Terms

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Span = tuple[datetime, datetime]
Point = TypeVar("Point", int, datetime)
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 24 * 60
NIGHT_MINUTES = NIGHT // timedelta(minutes=1)


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """A span in local wall time that begins on its day; an `end` that is not later than `start`
    is one of the next morning, 00:00 midnight at the end of the day."""

    start: time
    end: time

    @property
    def span(self) -> tuple[int, int]:
        """Its minutes since the midnight before it; after the next one they go on above 1440."""
        low, high = (wall.hour * 60 + wall.minute for wall in (self.start, self.end))
        return low, high if high > low else high + DAY_MINUTES

    @property
    def is_valid(self) -> bool:
        """Whether it is plain time within one study day, which ends at `NIGHT`."""
        if self.start.tzinfo or self.end.tzinfo:
            return False
        low, high = self.span
        return high <= DAY_MINUTES or (low >= NIGHT_MINUTES and high <= DAY_MINUTES + NIGHT_MINUTES)


def overlapping(windows: Mapping[Weekday, Sequence[Window]]) -> Weekday | None:
    """The weekday with a window that begins before the one ahead of it is over, which may be of
    the day before; None where all are in order and apart."""
    week = [
        (day, low + n * DAY_MINUTES, high + n * DAY_MINUTES)
        for n, day in enumerate(WEEKDAYS)
        for low, high in (window.span for window in windows.get(day, ()))
    ]
    week += [(day, low + 7 * DAY_MINUTES, high) for day, low, high in week[:1]]
    return next((day for (_, _, end), (day, low, _) in pairwise(week) if low < end), None)


class CalendarRemark(msgspec.Struct, frozen=True, kw_only=True):
    """What could not be read of a calendar as it is written: how often, and some names of it."""

    code: str
    count: int
    names: tuple[str, ...] = ()


class BusyTimes(msgspec.Struct, frozen=True, kw_only=True):
    """When other things fill the user's time, as read from one calendar file at the time `read`.

    `spans` are in order and apart; what lies after `until` was not looked at. `whole_days` is
    whether events of whole days took them.
    """

    name: str
    read: datetime
    until: datetime
    spans: tuple[Span, ...] = ()
    whole_days: bool = True
    remarks: tuple[CalendarRemark, ...] = ()


def apart(spans: Iterable[tuple[Point, Point]]) -> tuple[tuple[Point, Point], ...]:
    """Times in order, those that touch or overlap as one."""
    result: list[tuple[Point, Point]] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


class Hours(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Weekly availability and days off; `windows` has only the weekdays with any time.

    All lengths are in minutes. A block takes `block_minutes` at most and three quarters of that
    at least; `break_minutes` lie between two blocks. No day has more study than `daily_minutes`
    and no week more than `weekly_minutes`, in all exams together; None is no cap. `spare_minutes`
    of every week are for strong areas, after the rest. Calendars have different names;
    `busy` is the one that earlier data have. `named` says that the week is one that the user named,
    even where it equals the default.
    """

    id: str = "hours"
    windows: dict[Weekday, tuple[Window, ...]]
    named: bool = False
    off: tuple[date, ...] = ()
    block_minutes: int = 60
    break_minutes: int = 0
    daily_minutes: int | None = None
    weekly_minutes: int | None = None
    spare_minutes: int = 0
    busy: BusyTimes | None = None
    calendars: tuple[BusyTimes, ...] = ()

    @property
    def week_minutes(self) -> int:
        """The minutes of the windows of a week, before caps, days off and busy times."""
        spans = (window.span for windows in self.windows.values() for window in windows)
        return sum(high - low for low, high in spans)

    @property
    def every_calendar(self) -> tuple[BusyTimes, ...]:
        """All calendars that were read, by different names."""
        return self.calendars if self.busy is None else (self.busy, *self.calendars)

    @cached_property
    def busy_spans(self) -> tuple[Span, ...]:
        """The busy times of all calendars, in order and apart."""
        return apart(span for calendar in self.every_calendar for span in calendar.spans)


def _evening() -> tuple[Window, ...]:
    return (Window(start=time(19, 0), end=time(20, 30)),)


DEFAULT_HOURS = Hours(
    windows={
        "mon": _evening(),
        "tue": _evening(),
        "wed": _evening(),
        "thu": _evening(),
        "sat": (Window(start=time(9, 0), end=time(13, 0)),),
    }
)


class ExportedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event as a calendar has it: the number of its version, and a digest of what it says."""

    sequence: int
    digest: str


class CalendarExport(msgspec.Struct, frozen=True, kw_only=True):
    """What was exported as a calendar: recent events by the id of their record.

    `person` is part of every event's name there, so that no two people's events are the same.
    """

    id: str = "ics"
    person: str
    events: dict[str, ExportedEvent] = {}


class OutlineMapping(msgspec.Struct, frozen=True, kw_only=True):
    """Which domain of one outline continues which of an earlier one, as the user sees it.

    `earlier` and `outline` are outline ids of one exam; `domains` maps a name in the first to a
    name in the second. Several may lead to one; a domain that nothing continues is missing.
    """

    earlier: str
    outline: str
    domains: dict[str, str]


class SelfRating(msgspec.Struct, frozen=True, kw_only=True):
    """The user's own bands of domains, and of topics, by name: no sitting and no report.

    `from_predecessor` is the code of the exam whose newest report the bands were taken from.
    """

    at: datetime
    bands: dict[str, Band] = {}
    topics: dict[str, Band] = {}
    from_predecessor: str | None = None


class Tracked(msgspec.Struct, frozen=True, kw_only=True):
    """An exam the user follows; its id is the exam's code.

    `target` is the date to plan for that the user set, None for automatic. `topics` keeps the
    user's own topic order by domain name, `mappings` how outlines continue each other, `terms`
    what was agreed with the vendor, `resources_done` the ids of study material that was worked
    through. `selected` marks the exam on screen, `rating` is what they think of their own level.
    """

    id: str
    target: datetime | None = None
    target_time_known: bool = True
    strategy: StrategySetting = "auto"
    topics: dict[str, tuple[str, ...]] = {}
    mappings: tuple[OutlineMapping, ...] = ()
    lessons: str = ""
    terms: Terms = Terms()
    resources_done: tuple[str, ...] = ()
    selected: bool = False
    rating: SelfRating | None = None
