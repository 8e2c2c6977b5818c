"""Where a block could go on its day: inside the hours, clear of other blocks and of busy times.

Times are minutes of a local day; whether a place is taken at last, saving it decides.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from coach.model.documents import ScheduleBlock
from coach.model.settings import WEEKDAYS, Hours

MIDNIGHT = 24 * 60
MINUTE = timedelta(minutes=1)
Span = tuple[int, int]


class Spot(msgspec.Struct, frozen=True):
    """A place for a block: a day, the minute of that day it starts at, and its minutes."""

    day: date
    start: int
    minutes: int

    @property
    def end(self) -> int:
        """The minute of the day it ends at."""
        return self.start + self.minutes

    def shifted(self, *, days: int = 0, minutes: int = 0, longer: int = 0) -> "Spot":
        """Another place nearby, on the same day where only the time changes."""
        return Spot(
            day=self.day + timedelta(days=days),
            start=min(max(self.start + minutes, 0), MIDNIGHT - 15),
            minutes=min(max(self.minutes + longer, 15), 480),
        )


def spot_of(block: ScheduleBlock, now: datetime) -> Spot:
    """Where the block is; one that has passed begins at its time of day, today or tomorrow."""
    minute, day = minute_of(block.start), block.start.date()
    if block.start < now:
        day = now.date() + timedelta(days=minute <= minute_of(now))
    return Spot(day, minute, block.minutes)


def minute_of(moment: datetime) -> int:
    """The minute of its own day."""
    return moment.hour * 60 + moment.minute


def in_the_way(blocks: Sequence[ScheduleBlock], spot: Spot) -> tuple[ScheduleBlock, ...]:
    """Those blocks of its day, still to do, that take some of the same time."""
    return tuple(
        block
        for block in blocks
        if block.status == "planned"
        and minute_of(block.start) < spot.end
        and spot.start < minute_of(block.start) + block.minutes
    )


def gives_way(block: ScheduleBlock) -> bool:
    """Whether a block is time kept free, which others may take."""
    return block.activity == "buffer"


def next_free(
    hours: Hours,
    now: datetime,
    others: Callable[[date], Sequence[ScheduleBlock]],
    spot: Spot,
    days: int = 60,
) -> Spot | None:
    """The first place after `spot` and after `now` inside the hours that is clear; None where
    `days` days have none. `others` gives the other blocks of a day, `now` has the local zone."""
    zone = _zone(now)
    for offset in range(days):
        day = spot.day + timedelta(days=offset)
        blocks = others(day)
        for start in sorted(set(_starts(hours, zone, day, blocks))):
            found = Spot(day, start, spot.minutes)
            later = offset or start > spot.start
            past = day == now.date() and start <= minute_of(now)
            clear = all(map(gives_way, in_the_way(blocks, found)))
            if later and not past and clear and is_free(hours, zone, found):
                return found
    return None


def _zone(now: datetime) -> ZoneInfo:
    assert isinstance(now.tzinfo, ZoneInfo)
    return now.tzinfo


def _starts(
    hours: Hours, zone: ZoneInfo, day: date, blocks: Sequence[ScheduleBlock]
) -> Iterator[int]:
    """Where a block could begin: with a window, a buffer, or when something else is over."""
    yield from (start for start, _ in windows(hours, day))
    yield from (end for _, end in busy_times(hours, day, zone))
    for block in blocks:
        start = minute_of(block.start)
        yield start + block.minutes
        if gives_way(block):
            yield start


def is_free(hours: Hours, zone: ZoneInfo, spot: Spot) -> bool:
    """Whether a place lies inside the hours and outside busy times."""
    inside = any(low <= spot.start and spot.end <= high for low, high in windows(hours, spot.day))
    return inside and not is_busy(hours, zone, spot)


def is_busy(hours: Hours, zone: ZoneInfo, spot: Spot) -> bool:
    """Whether the calendar that was read has something at that time."""
    taken = busy_times(hours, spot.day, zone)
    return any(start < spot.end and spot.start < end for start, end in taken)


def busy_times(hours: Hours, day: date, zone: ZoneInfo) -> list[Span]:
    """What the calendar that was read has on a day."""
    if hours.busy is None:
        return []
    first = datetime.combine(day, time(), zone)
    last = first + timedelta(days=1)
    return [
        (_since(max(start, first), first), _since(min(end, last), first))
        for start, end in hours.busy.spans
        if start < last and first < end
    ]


def _since(moment: datetime, midnight: datetime) -> int:
    return int((moment.astimezone(midnight.tzinfo) - midnight) / MINUTE)


def windows(hours: Hours, day: date) -> list[Span]:
    """The hours of a day, none on a day off."""
    if day in hours.off:
        return []
    return [
        (_minute(window.start), _minute(window.end) or MIDNIGHT)
        for window in hours.windows.get(WEEKDAYS[day.weekday()], ())
    ]


def _minute(wall: time) -> int:
    return wall.hour * 60 + wall.minute
