"""The user's weekly hours on the real calendar, and the free time in them as slots for blocks."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from coach.model.settings import DAY_MINUTES, WEEKDAYS, Hours

DAY = 86_400
# Minutes: more than any week has, where the user set no cap.
NO_CAP = 8 * DAY_MINUTES
EPOCH_DAY = date(1970, 1, 1).toordinal()
# Seconds since 1970 in UTC, start and end.
Span = tuple[int, int]


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970 of an aware datetime."""
    return _seconds(moment, moment.fold)


@lru_cache(maxsize=8192)
def _seconds(moment: datetime, fold: int) -> int:
    """Kept, as blocks are looked at many times. Without their fold the two moments with a wall time
    that comes twice would be equal."""
    return int(moment.timestamp())


class Availability:
    """The user's weekly windows on the real calendar of their zone."""

    def __init__(self, hours: Hours, zone: ZoneInfo) -> None:
        self.hours = hours
        self.zone = zone
        self._off = frozenset(day.toordinal() for day in hours.off)
        self._weekly = tuple(
            tuple(window.span for window in hours.windows.get(name, ())) for name in WEEKDAYS
        )
        self._past_midnight = any(high > DAY_MINUTES for spans in self._weekly for _, high in spans)
        self.sizes = sizes(hours)
        caps = hours.daily_minutes, hours.weekly_minutes
        self.daily, self.weekly = (NO_CAP if cap is None else cap for cap in caps)
        self._days: dict[int, tuple[Span, ...]] = {}

    def windows(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Windows that reach into start-end: start, end, ordinal of the study day."""
        for day in range(self.day_of(start), self.day_of(end - 1) + 1):
            for low, high in self.on(day):
                if high > start and low < end:
                    yield low, high, day

    def on(self, day: int) -> tuple[Span, ...]:
        """The windows of one date, () on a day off."""
        if day not in self._days:
            weekly = () if day in self._off else self._weekly[(day - 1) % 7]
            spans = (self._span(day, low, high) for low, high in weekly)
            self._days[day] = tuple((low, high) for low, high in spans if high > low)
        return self._days[day]

    def window_around(self, start: int, end: int) -> Span | None:
        """The window of the day that a block lies inside, None where there is none."""
        windows = self.on(self.day_of(start))
        return next(((low, high) for low, high in windows if low <= start and end <= high), None)

    @cached_property
    def busy(self) -> list[Span]:
        """What the calendars that were read have, in order and apart."""
        return [(seconds(start), seconds(end)) for start, end in self.hours.busy_spans]

    def is_free(self, start: int, end: int) -> bool:
        """Whether a time lies inside the hours and outside busy times."""
        return self.window_around(start, end) is not None and not overlaps(self.busy, start, end)

    def day_capacity(self, day: date, since: int = 0) -> int:
        """The minutes that a date has room for from that second on, as they pass when clocks
        change; 0 on a day off."""
        on_day = ((max(low, since), high) for low, high in self.on(day.toordinal()))
        free = sum(b - a for low, high in on_day for a, b in left_free(low, high, self.busy))
        return min(free // 60, self.daily)

    def week_capacity(self, start: date) -> int:
        """The minutes that the seven days from a Monday have room for."""
        if self.usual(start.toordinal(), self.busy):
            return self.usual_week()
        days = (self.day_capacity(start + timedelta(days=n)) for n in range(7))
        return min(sum(days), self.weekly)

    def usual_week(self) -> int:
        """Minutes of a week's windows within the caps, without days off and busy times."""
        days = (sum(high - low for low, high in spans) for spans in self._weekly)
        return min(sum(min(minutes, self.daily) for minutes in days), self.weekly)

    def shortest(self, window: int) -> int:
        """The shortest block (minutes) in a window of that many seconds: a window or a cap that has
        no room for an ordinary block still takes one that fills it."""
        least = min(self.sizes.shortest, window // 60, self.daily, self.weekly)
        return least // GRID * GRID

    def usual(self, week: int, busy: Sequence[Span]) -> bool:
        """Whether the week of that Monday has all its windows: no day off, no change of the clock,
        and nothing of what is busy, in order and apart."""
        if not self._off.isdisjoint(range(week, week + 7)) or overlaps(busy, *around(week)):
            return False
        return all(_offset_around(self.zone, day)[0] for day in range(week, week + 7))

    def study_week(self, buffer_percent: int) -> int:
        """Minutes of a usual week without the part that is kept free."""
        return self.usual_week() * (100 - buffer_percent) // 100

    def day_of(self, moment: int) -> int:
        """The ordinal of the date that a moment belongs to: the local one, or the one before it
        inside hours that go on past midnight."""
        offset, shift = _offset_around(self.zone, EPOCH_DAY + moment // DAY)
        day = EPOCH_DAY + (moment + shift) // DAY
        if offset is None:
            day = datetime.fromtimestamp(moment, self.zone).toordinal()
        if self._past_midnight and any(a <= moment < b for a, b in self.on(day - 1)):
            return day - 1
        return day

    def local(self, moment: int, day: int) -> datetime:
        """The moment with its local offset, as a plain fixed offset that survives storage."""
        return datetime.fromtimestamp(
            moment, _offset_around(self.zone, day)[0] or self._offset_at(moment)
        )

    def _span(self, day: int, low: int, high: int) -> Span:
        """Two wall times, in minutes since the midnight of a day, as moments.

        A time that a clock change leaves out becomes the change. Of a time that comes twice, a
        start is the later one and an end the earlier one, so that every moment in between shows
        a wall time inside the window; where both come twice, the later hour counts.
        """
        offset, shift = _offset_around(self.zone, day)
        if offset is not None:
            midnight = (day - EPOCH_DAY) * DAY - shift
            return midnight + low * 60, midnight + high * 60
        (first, start), (end, last) = self._moments(day, low), self._moments(day, high)
        return start, last if first < start else end

    def _moments(self, day: int, minute: int) -> Span:
        """The first and the last moment with this wall time."""
        plain = datetime.fromtimestamp((day - EPOCH_DAY) * DAY + minute * 60, UTC)
        wall = plain.replace(tzinfo=self.zone)
        first, last = seconds(wall), seconds(wall.replace(fold=1))
        if first <= last:
            return first, last
        # The minute between the two in which the clock changes.
        before, between = self._offset_at(last), range(last, first + 60, 60)
        change = bisect_left(between, True, key=lambda at: self._offset_at(at) != before)
        return between[change], between[change]

    def _offset_at(self, moment: int) -> timezone:
        return timezone(datetime.fromtimestamp(moment, self.zone).utcoffset() or timedelta(0))


@lru_cache(maxsize=4096)
def _offset_around(zone: ZoneInfo, day: int) -> tuple[timezone | None, int]:
    """The offset around a date, also in seconds; None where the clock changes near it. Kept, as
    the days of a plan stay the same from one to the next."""
    first, last = (
        datetime.combine(date.fromordinal(day + shift), time(0), zone).utcoffset() or timedelta(0)
        for shift in (-1, 2)
    )
    return (timezone(first) if first == last else None), int(first.total_seconds())


# The shortest window that is of any use (minutes), and the grid of block lengths (own).
LEAST = 20
GRID = 5
QUARTER_HOUR = 900


class FreeSlot(NamedTuple):
    """Room for one block. `at` is its start in seconds since 1970, `day` the ordinal of
    the date that it belongs to; `start` is the same moment with the local offset."""

    at: int
    minutes: int
    day: int
    start: datetime


class Sizes(msgspec.Struct, frozen=True):
    """How long blocks are, in minutes: the longest, the shortest, and the break after one."""

    longest: int
    shortest: int
    rest: int


def sizes(hours: Hours) -> Sizes:
    """A block is at least three quarters of the length that the user set (45-60 min, own)."""
    shortest = hours.block_minutes * 3 // 4 // GRID * GRID
    return Sizes(hours.block_minutes, shortest, hours.break_minutes)


class CapsLeft:
    """What the daily and weekly caps leave. Of the `light` days each takes one new block, and
    none once it is in `full`."""

    def __init__(self, calendar: Availability, light: frozenset[int] = frozenset()) -> None:
        self._light = light
        self.full: set[int] = set()
        self._caps = calendar.daily, calendar.weekly
        # Most users set no cap, and counting costs a fifth of a plan's time.
        self.capped = min(self._caps) < NO_CAP
        self._used: tuple[Counter[int], Counter[int]] = (Counter(), Counter())

    def within(self, day: int, minutes: int) -> int:
        """As many of the minutes as the caps leave of the date."""
        if not self.capped:
            return minutes
        keys = zip(self._caps, self._used, (day, monday(day)), strict=True)
        return min(minutes, *(cap - used[key] for cap, used, key in keys))

    def takes(self, day: int, minutes: int) -> bool:
        """Whether a block fits into the caps."""
        return self.within(day, minutes) == minutes

    def give(self, day: int, minutes: int) -> bool:
        """Counts a new block where there is room for it."""
        if day in self.full or not self.takes(day, minutes):
            return False
        self.use(day, minutes)
        self.full |= self._light & {day}
        return True

    def use(self, day: int, minutes: int) -> None:
        """Counts a block, whether it fits or not."""
        if self.capped:
            for used, key in zip(self._used, (day, monday(day)), strict=True):
                used[key] += minutes


def not_before(moment: datetime) -> int:
    """The first whole second that is not before an aware datetime."""
    return seconds(moment) + (1 if moment.microsecond else 0)


def monday(day: int) -> int:
    """The ordinal of the Monday of the week of a date's ordinal."""
    return day - (day - 1) % 7


def around(week: int) -> Span:
    """The week of a Monday in every zone, in seconds since 1970, and its nights."""
    return (week - 1 - EPOCH_DAY) * DAY, (week + 9 - EPOCH_DAY) * DAY


def overlaps(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether start-end overlaps any of the spans, which are in order and apart."""
    index = bisect_right(spans, start, key=itemgetter(1))
    return index < len(spans) and spans[index][0] < end


def left_free(low: int, high: int, spans: Sequence[Span]) -> Iterator[Span]:
    """What the spans, which are in order and apart, leave of low-high."""
    for start, end in spans[bisect_right(spans, low, key=itemgetter(1)) :]:
        if start >= high:
            break
        if start > low:
            yield low, start
        low = end
    if low < high:
        yield low, high


@lru_cache(maxsize=512)
def lengths(minutes: int, size: Sizes, least: int = 0) -> tuple[int, ...]:
    """How a stretch of free time divides into blocks, as few as possible.

    With blocks of 45-60 minutes and no breaks 90 gives 45 + 45, 240 gives four times 60, 75 gives
    one of 60. A rest that is too short for a block is left over, but for a short window or cap,
    which `least` minutes fill.
    """
    if minutes < size.shortest:
        return (minutes // GRID * GRID,) if LEAST <= least <= minutes else ()
    count = -(-(minutes + size.rest) // (size.longest + size.rest))
    each = ((minutes + size.rest) // count - size.rest) // GRID * GRID
    if each < size.shortest:
        count, each = count - 1, size.longest
    return (each,) * count


def free_slots(
    availability: Availability,
    start: int,
    end: int,
    busy: Sequence[Span] = (),
    left: CapsLeft | None = None,
) -> Iterator[FreeSlot]:
    """Every block that fits into the availability from `start` to `end`, in order of time.

    `busy` is in order and without overlaps. A block never spans a clock change that would push it
    out of its window. `left` counts what is given, so that the caps hold.
    """
    if end <= start:
        return
    size, left = availability.sizes, left or CapsLeft(availability)
    reached = 0
    for window_start, window_end, day in availability.windows(start, end):
        low = window_start if start <= window_start else -(-start // QUARTER_HOUR) * QUARTER_HOUR
        least = availability.shortest(window_end - window_start)
        for piece_start, piece_end in left_free(low, min(window_end, end), busy):
            at = max(piece_start, reached)
            # What is left over may hold a block too, and the next plan would put one there.
            while parts := lengths(left.within(day, (piece_end - at) // 60), size, least):
                for minutes in parts:
                    if left.give(day, minutes):
                        yield FreeSlot(at, minutes, day, availability.local(at, day))
                    at += (minutes + size.rest) * 60
                reached = at


def open_minutes(
    availability: Availability, start: int, end: int, busy: Sequence[Span]
) -> Counter[int]:
    """The minutes of all blocks that fit, by the Monday of their week. Weeks in which all is as
    usual are counted once."""
    minutes: Counter[int] = Counter()
    usual: int | None = None
    first, last = monday(availability.day_of(start)), monday(availability.day_of(end - 1))
    for week in range(first, last + 1, 7):
        low, high = around(week)
        plain = start < low and high < end and availability.usual(week, busy)
        if not plain or usual is None:
            slots = free_slots(availability, max(start, low), min(end, high), busy)
            minutes[week] = sum(slot.minutes for slot in slots if monday(slot.day) == week)
            usual = minutes[week] if plain else usual
        else:
            minutes[week] = usual
    return minutes
