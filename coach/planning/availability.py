"""The user's weekly windows on the real calendar: wall times become moments, per local date."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from coach.model.settings import WEEKDAYS, Hours, Window

DAY = 86_400
EPOCH_DAY = date(1970, 1, 1).toordinal()
# Seconds since 1970 in UTC, start and end.
Span = tuple[int, int]


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970 of an aware datetime."""
    return int(moment.timestamp())


class Availability:
    """The user's weekly windows on the real calendar of their zone."""

    def __init__(self, hours: Hours, zone: ZoneInfo) -> None:
        self.hours = hours
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

    def window_around(self, start: int, end: int) -> Span | None:
        """The window of the day that a block lies inside, None where there is none."""
        windows = self.on(self.day_of(start))
        return next(((low, high) for low, high in windows if low <= start and end <= high), None)

    def usual_week(self) -> int:
        """Minutes of a week's windows within the caps, without days off and busy times."""
        full = 7 * DAY // 60
        daily, weekly = (
            full if cap is None else cap
            for cap in (self.hours.daily_minutes, self.hours.weekly_minutes)
        )
        days = (sum(high - low for low, high in spans) for spans in self._weekly)
        return min(weekly, sum(min(daily, minutes) for minutes in days))

    def study_week(self, buffer_percent: int) -> int:
        """Minutes of a usual week without the part that is kept free."""
        return self.usual_week() * (100 - buffer_percent) // 100

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
