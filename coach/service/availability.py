"""How much room for study there is, and where a block could go on its day."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import msgspec

from coach.exchange.plain import quoted
from coach.model.plan import ScheduleBlock
from coach.model.settings import DAY_MINUTES, WEEKDAYS, BusyTimes, CalendarRemark, Hours
from coach.planning.calendar import Availability, overlaps, seconds
from coach.wording import counted

MINUTE = timedelta(minutes=1)
BUSY_WEEKS = 4


def day_capacities(hours: Hours, days: Iterable[date], zone: ZoneInfo) -> tuple[int, ...]:
    """The minutes that each of the dates has room for."""
    return tuple(map(Availability(hours, zone).day_capacity, days))


def minutes_left(hours: Hours, now: datetime) -> int:
    """The minutes that today has room for from now on; `now` has the local zone."""
    assert isinstance(now.tzinfo, ZoneInfo)
    return Availability(hours, now.tzinfo).day_capacity(now.date(), seconds(now))


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
    where = f" in {names}" if names else ""
    once = f"of {'it' if number == 1 else 'them'} only the first time is kept."
    unknown = f"{counted(number, 'event')} in an unknown time zone ({names}) read in {zone}."
    texts = {
        "unknown-zone": unknown,
        "offset-only": f"Of the time zone {names} only the offset is known: summer time is not.",
        "too-often": f"{events} repeating too often to follow: {once}",
        "not-understood": f"{events} with an unusual repetition: {once}",
        "end-before-start": f"{events} with an end before the start left out.",
        "cut-off": f"The file is cut off (truncated){where}: what comes after that is not read.",
        "more-events": f"{events} left out: that is more than can be read of what is ahead.",
        "more-times": f"{counted(number, 'busy time')} left out: the first 1,000 are kept.",
    }
    return texts.get(remark.code, f"{events} could not be read.")


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

    def span(self, zone: tzinfo) -> tuple[int, int]:
        """Its start and end in seconds since 1970."""
        midnight = datetime.combine(self.day, time(), zone)
        start = seconds(midnight + timedelta(minutes=self.start))
        return start, start + self.minutes * 60

    def shifted(self, *, days: int = 0, minutes: int = 0, longer: int = 0) -> "Spot":
        """Another place nearby, on the same day where only the time changes."""
        return Spot(
            day=self.day + timedelta(days=days),
            start=min(max(self.start + minutes, 0), DAY_MINUTES - 15),
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
    start, end = spot.span(blocks[0].start.tzinfo or UTC) if blocks else (0, 0)
    return tuple(
        block
        for block in blocks
        if block.status == "planned" and seconds(block.start) < end and start < seconds(block.end)
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
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    calendar = Availability(hours, zone)
    for offset in range(days):
        day = spot.day + timedelta(days=offset)
        blocks, night = others(day), others(day + timedelta(days=1))
        for start in sorted(s for s in set(_starts(hours, zone, day, blocks)) if s < DAY_MINUTES):
            found = Spot(day, start, spot.minutes)
            later = offset or start > spot.start
            past = day == now.date() and start <= minute_of(now)
            clear = all(map(gives_way, in_the_way([*blocks, *night], found)))
            if later and not past and clear and calendar.is_free(*found.span(zone)):
                return found
    return None


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
    return Availability(hours, zone).is_free(*spot.span(zone))


def is_busy(hours: Hours, zone: ZoneInfo, spot: Spot) -> bool:
    """Whether a calendar that was read has something at that time."""
    return overlaps(Availability(hours, zone).busy, *spot.span(zone))


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
    """The hours of a day in its minutes: what is left of the evening before, and its own, which
    may go on past midnight."""
    found: list[Span] = []
    for back in (1, 0):
        begins = day - timedelta(days=back)
        for window in hours.windows.get(WEEKDAYS[begins.weekday()], ()):
            start, end = (minute - back * DAY_MINUTES for minute in window.span)
            if end > 0 and begins not in hours.off:
                found.append((max(start, 0), end))
    return found
