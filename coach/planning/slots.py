"""Weekly availability as free slots: local wall times, whole blocks, nothing on a day off."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import msgspec

from coach.model.settings import WEEKDAYS, Hours, Window

# Block lengths in minutes: the default range, and the shortest window that is of any use (own).
SHORTEST, LONGEST, LEAST = 45, 60, 20
GRID = 5
DAY = 86_400
EPOCH_DAY = date(1970, 1, 1).toordinal()
# Seconds since 1970 in UTC, start and end.
Span = tuple[int, int]


class Slot(msgspec.Struct, frozen=True):
    """Room for one block. `at` is its start in seconds since 1970, `day` the local date's
    ordinal; `start` is the same moment with the local offset."""

    at: int
    minutes: int
    day: int
    start: datetime

    @property
    def end(self) -> int:
        return self.at + self.minutes * 60

    @property
    def week(self) -> int:
        """The ordinal of the Monday."""
        return monday(self.day)


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970 of an aware datetime."""
    return int(moment.timestamp())


def not_before(moment: datetime) -> int:
    """The first whole second that is not before an aware datetime."""
    return seconds(moment) + (1 if moment.microsecond else 0)


def monday(day: int) -> int:
    """The ordinal of the Monday of the week of a date's ordinal."""
    return day - (day - 1) % 7


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order of time, those that touch or overlap as one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        elif end > start:
            result.append((start, end))
    return result


def lengths(minutes: int) -> tuple[int, ...]:
    """How a stretch of free time divides into blocks of 45-60 minutes, as few as possible.

    90 gives 45 + 45, 240 gives four times 60, 75 gives one of 60. A rest that is too short for a
    block is left over as a break.
    """
    if minutes < SHORTEST:
        return ()
    count = -(-minutes // LONGEST)
    each = minutes // count // GRID * GRID
    if each < SHORTEST:
        count, each = count - 1, LONGEST
    return (each,) * count


def free_slots(
    hours: Hours,
    start: datetime,
    end: datetime,
    zone: ZoneInfo,
    busy: Sequence[tuple[datetime, datetime]] = (),
) -> tuple[Slot, ...]:
    """Every block that fits into the availability from `start` to `end`, in order of time.

    Window times are wall times of `zone`. A block never spans a clock change that would push it
    out of its window, and never overlaps anything in `busy`.
    """
    spans = merged((seconds(a), seconds(b)) for a, b in busy)
    return tuple(open_slots(Availability(hours, zone), not_before(start), seconds(end), spans))


def open_slots(
    availability: "Availability", start: int, end: int, busy: Sequence[Span]
) -> Iterator[Slot]:
    """`free_slots` in seconds; `busy` is in order and without overlaps."""
    if end <= start:
        return
    index = 0
    for window_start, window_end, day in availability.windows(start, end):
        low = max(window_start, -(-start // 900) * 900 if start > window_start else 0)
        high = min(window_end, end)
        least = min(SHORTEST, (window_end - window_start) // 60)
        while index < len(busy) and busy[index][1] <= low:
            index += 1
        for piece_start, piece_end in _pieces(low, high, busy, index):
            yield from _slots(piece_start, piece_end, day, least, availability)


def _pieces(low: int, high: int, busy: Sequence[Span], index: int) -> Iterator[Span]:
    while index < len(busy) and busy[index][0] < high:
        if busy[index][0] > low:
            yield low, busy[index][0]
        low = max(low, busy[index][1])
        index += 1
    if low < high:
        yield low, high


def _slots(
    start: int, end: int, day: int, least: int, availability: "Availability"
) -> Iterator[Slot]:
    room = (end - start) // 60
    if LEAST <= least <= room < SHORTEST:
        parts: tuple[int, ...] = (room // GRID * GRID,)
    else:
        parts = lengths(room)
    for minutes in parts:
        yield Slot(start, minutes, day, availability.local(start, day))
        start += minutes * 60


class Availability:
    """The user's weekly windows on the real calendar of their zone."""

    def __init__(self, hours: Hours, zone: ZoneInfo) -> None:
        self.zone = zone
        self._off = frozenset(day.toordinal() for day in hours.off)
        self._weekly = tuple(tuple(_apart(hours.windows.get(name, ()))) for name in WEEKDAYS)
        self._days: dict[int, tuple[Span, ...]] = {}
        self._offsets: dict[int, tuple[timezone | None, int]] = {}

    def windows(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Windows that reach into start-end: start, end, ordinal of the local date."""
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

    def holds(self, start: int, end: int) -> bool:
        """Whether a block lies inside one window of its day."""
        return any(low <= start and end <= high for low, high in self.on(self.day_of(start)))

    def day_of(self, moment: int) -> int:
        """The ordinal of the local date of a moment."""
        guess = EPOCH_DAY + moment // DAY
        offset, shift = self._offset(guess)
        if offset is not None:
            return EPOCH_DAY + (moment + shift) // DAY
        return datetime.fromtimestamp(moment, self.zone).toordinal()

    def local(self, moment: int, day: int) -> datetime:
        """The moment with its local offset, as a plain fixed offset that survives storage."""
        return datetime.fromtimestamp(moment, self._offset(day)[0] or self._offset_at(moment))

    def _span(self, day: int, low: int, high: int) -> Span:
        """Two wall times of one day, in minutes, as moments.

        A time that a clock change leaves out becomes the change. Of a time that comes twice, a
        start is the later one and an end the earlier one, so that every moment in between shows
        a wall time inside the window; where both come twice, the later hour counts.
        """
        offset, shift = self._offset(day)
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
        return (first, last) if first <= last else (self._change(last, first),) * 2

    def _change(self, low: int, high: int) -> int:
        """The minute between two moments in which the clock changes."""
        first = self._offset_at(low)
        while high - low > 60:
            middle = (low + high) // 120 * 60
            low, high = (middle, high) if self._offset_at(middle) == first else (low, middle)
        return high

    def _offset_at(self, moment: int) -> timezone:
        return timezone(datetime.fromtimestamp(moment, self.zone).utcoffset() or timedelta(0))

    def _offset(self, day: int) -> tuple[timezone | None, int]:
        """The offset around a date, also in seconds; None where the clock changes near it."""
        if day not in self._offsets:
            first, last = (self._midnight(day + shift) for shift in (-1, 2))
            shift = int(first.utcoffset(None).total_seconds())
            self._offsets[day] = (first if first == last else None), shift
        return self._offsets[day]

    def _midnight(self, day: int) -> timezone:
        midnight = datetime.combine(date.fromordinal(day), time(0), self.zone)
        return timezone(midnight.utcoffset() or timedelta(0))


def _apart(windows: Sequence[Window]) -> Iterator[Span]:
    """Windows in minutes of the day, in order, cut where they overlap."""
    reached = 0
    for window in sorted(windows, key=lambda w: (w.start, w.end)):
        low = max(window.start.hour * 60 + window.start.minute, reached)
        high = window.end.hour * 60 + window.end.minute or 24 * 60
        if high > low:
            yield low, high
            reached = high


def overlaps(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether start-end overlaps any of the spans, which are in order and apart."""
    index = bisect_right(spans, (start, end))
    if index and spans[index - 1][1] > start:
        return True
    return index < len(spans) and spans[index][0] < end
