"""How much room for study there is, and where a block could go on its day."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from coach.exchange.plain import quoted
from coach.model.answers import ScheduleBlock
from coach.model.settings import WEEKDAYS, BusyTimes, CalendarRemark, Hours, Window
from coach.wording import counted

MINUTE = timedelta(minutes=1)
BUSY_WEEKS = 4


def day_capacity(hours: Hours, day: date, zone: ZoneInfo) -> int:
    """The minutes that a date has room for, 0 on a day off."""
    if day in hours.off:
        return 0
    windows = hours.windows.get(WEEKDAYS[day.weekday()], ())
    free = sum(_free(hours, window, day, zone) for window in windows)
    return free if hours.daily_minutes is None else min(free, hours.daily_minutes)


def week_capacity(hours: Hours, monday: date, zone: ZoneInfo) -> int:
    """The minutes that the week from `monday` has room for."""
    free = sum(day_capacity(hours, monday + timedelta(days=n), zone) for n in range(7))
    return free if hours.weekly_minutes is None else min(free, hours.weekly_minutes)


def busy_minutes_a_week(calendar: BusyTimes) -> int:
    """What a calendar took of a week when it was read: the mean of the four weeks after that."""
    until = calendar.read + BUSY_WEEKS * timedelta(weeks=1)
    taken = (min(end, until) - max(start, calendar.read) for start, end in calendar.spans)
    return sum((max(length, timedelta()) for length in taken), timedelta()) // MINUTE // BUSY_WEEKS


def remark_text(remark: CalendarRemark, zone: ZoneInfo) -> str:
    """A sentence on what of a calendar could not be read as it is written."""
    number, names = remark.count, ", ".join(quoted(name) for name in remark.names)
    which = f" ({names}{' and others' if number > len(remark.names) else ''})" if names else ""
    events = f"{counted(number, 'event')}{which}"
    them = "it" if number == 1 else "them"
    match remark.code:
        case "unknown-zone":
            return f"{counted(number, 'event')} in an unknown time zone ({names}) read in {zone}."
        case "offset-only":
            return f"Of the time zone {names} only the offset is known: summer time is not."
        case "too-often":
            return f"{events} repeating too often to follow: of {them} only the first time is kept."
        case "not-understood":
            return f"{events} with an unusual repetition: of {them} only the first time is kept."
        case "end-before-start":
            return f"{events} with an end before the start left out."
        case "cut-off":
            where = f" in {names}" if names else ""
            return f"The file is cut off (truncated){where}: what comes after that is not read."
        case "more-events":
            return f"{events} left out: that is more than can be read of what is ahead."
        case "more-times":
            return f"{counted(number, 'busy time')} left out: the first 1,000 are kept."
    return f"{events} could not be read."


def usual_week(hours: Hours) -> int:
    """The minutes of the windows of a week without days off, busy times and caps."""
    return sum(_length(span) for spans in hours.windows.values() for span in spans)


def _length(window: Window) -> int:
    low, high = window.span
    return high - low


def _free(hours: Hours, window: Window, day: date, zone: ZoneInfo) -> int:
    """The minutes of a window on one date, as they pass when clocks change, without busy times."""
    last = day if window.end > window.start else day + timedelta(days=1)
    low = datetime.combine(day, window.start, zone).astimezone(UTC)
    high = datetime.combine(last, window.end, zone).astimezone(UTC)
    taken = sum(
        (min(high, end) - max(low, start)) // MINUTE
        for start, end in hours.busy_spans
        if start < high and low < end
    )
    return (high - low) // MINUTE - taken


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
    """Whether a calendar that was read has something at that time."""
    taken = busy_times(hours, spot.day, zone)
    return any(start < spot.end and spot.start < end for start, end in taken)


def busy_times(hours: Hours, day: date, zone: ZoneInfo) -> list[Span]:
    """What the calendars that were read have on a day."""
    first = datetime.combine(day, time(), zone)
    last = first + timedelta(days=1)
    return [
        (_since(max(start, first), first), _since(min(end, last), first))
        for start, end in hours.busy_spans
        if start < last and first < end
    ]


def _since(moment: datetime, midnight: datetime) -> int:
    return int((moment.astimezone(midnight.tzinfo) - midnight) / MINUTE)


def windows(hours: Hours, day: date) -> list[Span]:
    """The hours of a day, none on a day off."""
    if day in hours.off:
        return []
    return [window.span for window in hours.windows.get(WEEKDAYS[day.weekday()], ())]
