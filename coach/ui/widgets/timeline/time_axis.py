"""The horizontal axis of time: which moments are in view, and where the ticks go.

Moments are POSIX seconds, so a change of the clock neither stretches nor hides an hour; ticks
fall on the calendar of the user's zone.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from coach.ui.text import MONTHS

DAY = 86_400.0
SHORTEST = DAY
LONGEST = 5 * 366 * DAY


class View(NamedTuple):
    """The span of time in sight, in POSIX seconds; `start` < `end`."""

    start: float
    end: float

    @property
    def length(self) -> float:
        """Seconds in sight."""
        return self.end - self.start

    def column(self, moment: float, width: int) -> int:
        """The column of `width` that holds a moment; outside 0..width-1 where out of sight."""
        return int((moment - self.start) / self.length * width // 1)

    def zoomed(self, factor: float, anchor: float) -> "View":
        """`factor` times the span (from one day to about five years), the anchor staying put."""
        length = min(LONGEST, max(SHORTEST, self.length * factor))
        start = anchor - (anchor - self.start) * (length / self.length)
        return View(start, start + length)

    def panned(self, fraction: float) -> "View":
        """Moved by a fraction of its length, later where positive."""
        step = self.length * fraction
        return View(self.start + step, self.end + step)

    def showing(self, moment: float) -> "View":
        """The same view where the moment is in sight, else centred on it."""
        if self.start <= moment < self.end:
            return self
        return View(moment - self.length / 2, moment + self.length / 2)


def fitted(near: list[float], far: list[float]) -> View:
    """A view of all `near` moments (at least one), with a margin.

    Each of the `far` moments joins it only where the span grows by less than half.
    """
    first, last = min(near), max(near)
    last = max(last, first + 7 * DAY)
    for moment in sorted(far):
        if last < moment <= last + (last - first) / 2:
            last = moment
    margin = (last - first) * 0.05
    return View(first - margin, last + 2 * margin)


class Tick(NamedTuple):
    """A mark on the axis and its label, empty where there is no room for one."""

    column: int
    label: str


class _Unit(NamedTuple):
    """One spacing of ticks: `size` hours, days, weeks, months or years."""

    kind: str
    size: int
    seconds: float
    label_width: int


_UNITS = (
    *(_Unit("hour", size, size * 3600.0, 6) for size in (1, 2, 3, 6, 12)),
    *(_Unit("day", size, size * DAY, 6) for size in (1, 2)),
    *(_Unit("week", size, size * 7 * DAY, 6) for size in (1, 2)),
    *(_Unit("month", size, size * 30.44 * DAY, 8) for size in (1, 2, 3, 6)),
    _Unit("year", 1, 365.25 * DAY, 4),
    _Unit("year", 2, 730.5 * DAY, 4),
)


def ticks(view: View, width: int, zone: ZoneInfo) -> list[Tick]:
    """Ticks at the finest calendar unit whose labels stay apart on `width` columns.

    The first label names the larger unit as well (the day of an hour, the year of a month), and
    so does each one where that unit changes.
    """
    unit = next((unit for unit in _UNITS if _roomy(unit, view, width)), _UNITS[-1])
    moments = [at for at in _moments(unit, view, zone) if view.start <= at.timestamp() < view.end]
    placed: list[Tick] = []
    room_from, previous = 0, None
    for at in moments:
        column = view.column(at.timestamp(), width)
        label = _label(unit, at, previous)
        if column < room_from or column + len(label) > width:
            placed.append(Tick(column, ""))
            continue
        placed.append(Tick(column, label))
        room_from, previous = column + len(label) + 1, at
    return placed


def _roomy(unit: _Unit, view: View, width: int) -> bool:
    return unit.seconds / view.length * width >= unit.label_width + 2


def _moments(unit: _Unit, view: View, zone: ZoneInfo) -> Iterator[datetime]:
    at = datetime.fromtimestamp(view.start, zone)
    if unit.kind == "hour":
        yield from _hours(unit.size, at.date(), view, zone)
        return
    day = _first(unit, at.date())
    while (moment := datetime.combine(day, time(), zone)).timestamp() < view.end:
        yield moment
        day = _next(unit, day)


def _hours(size: int, day: date, view: View, zone: ZoneInfo) -> Iterator[datetime]:
    while datetime.combine(day, time(), zone).timestamp() < view.end:
        marks = [datetime.combine(day, time(hour), zone) for hour in range(0, 24, size)]
        yield from (mark for mark in marks if _exists(mark))
        day += timedelta(days=1)


def _exists(mark: datetime) -> bool:
    """Whether the clocks of that day show this time: one skipped in spring is no tick."""
    return mark.astimezone(UTC).astimezone(mark.tzinfo).hour == mark.hour


def _first(unit: _Unit, day: date) -> date:
    if unit.kind == "week":
        return day - timedelta(days=(day.toordinal() - 1) % (7 * unit.size))
    if unit.kind == "month":
        return date(day.year, (day.month - 1) // unit.size * unit.size + 1, 1)
    if unit.kind == "year":
        return date(day.year - day.year % unit.size, 1, 1)
    return day - timedelta(days=day.toordinal() % unit.size)


def _next(unit: _Unit, day: date) -> date:
    if unit.kind == "month":
        months = day.year * 12 + day.month - 1 + unit.size
        return date(months // 12, months % 12 + 1, 1)
    if unit.kind == "year":
        return date(day.year + unit.size, 1, 1)
    return day + timedelta(days=unit.size * (7 if unit.kind == "week" else 1))


def _label(unit: _Unit, at: datetime, previous: datetime | None) -> str:
    month = MONTHS[at.month - 1]
    new_year = previous is None or previous.year != at.year
    if unit.kind == "year":
        return str(at.year)
    if unit.kind == "month":
        return f"{month} {at.year}" if new_year else month
    day = f"{at.day} {month} {at.year}" if new_year else f"{at.day} {month}"
    if unit.kind == "hour":
        new_day = previous is None or previous.date() != at.date()
        return day if new_day and at.hour == 0 else f"{at.hour:02}:00"
    return day
