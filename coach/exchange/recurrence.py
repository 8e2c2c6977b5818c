"""On which days an event repeats, by the rules of RFC 5545 (RRULE)."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
LENGTHS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}
UNDERSTOOD = {
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST",
}  # fmt: skip


class NotUnderstood(ValueError):
    """A rule that repeats more often than daily, or by parts that calendars hardly use."""


class Budget:
    """The steps that the rules of one file may take together; a file cannot make it endless."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def take(self) -> None:
        """Count one step; raises `NotUnderstood` where none is left."""
        self.left -= 1
        if self.left < 0:
            raise NotUnderstood


class Rule:
    """An RRULE of whole days. `parts` are its values by name, each a list.

    Raises `NotUnderstood` for another frequency or another part, `ValueError` for bad values.
    """

    def __init__(self, parts: Mapping[str, Sequence[Any]], first: date) -> None:
        given = {name.upper(): list(values) for name, values in parts.items()}
        self.first = first
        self.unit = str(given.get("FREQ", [""])[0]).upper()
        if self.unit not in LENGTHS or not given.keys() <= UNDERSTOOD:
            raise NotUnderstood
        self.interval = max(1, int(given.get("INTERVAL", [1])[0]))
        self.count = int(given["COUNT"][0]) if "COUNT" in given else None
        self.months = {int(month) for month in given.get("BYMONTH", ())}
        self.month_days = [int(day) for day in given.get("BYMONTHDAY", ())]
        self.positions = [int(position) for position in given.get("BYSETPOS", ())]
        self.days = [_weekday(str(text)) for text in given.get("BYDAY", ())]
        self.week_start = WEEKDAYS[str(given.get("WKST", ["MO"])[0]).upper()]

    def between(self, begin: date, end: date, budget: Budget) -> Iterator[date]:
        """The days of the rule from `begin` to `end`, both included, in order."""
        left = self.count
        for number in count(self._periods_before(begin) if left is None else 0):
            budget.take()
            period = self._period(number)
            if period is None or period[0] > end:
                return
            for day in self._chosen(period):
                if day < self.first:
                    continue
                if day > end or left == 0:
                    return
                left = None if left is None else left - 1
                if day >= begin:
                    yield day

    def _periods_before(self, begin: date) -> int:
        """Periods that surely end before `begin`."""
        return max(0, (begin - self.first).days // (LENGTHS[self.unit] * self.interval) - 1)

    def _period(self, number: int) -> list[date] | None:
        """All days of one period; None beyond the calendar."""
        step = number * self.interval
        try:
            if self.unit == "DAILY":
                return [self.first + timedelta(days=step)]
            if self.unit == "WEEKLY":
                into = (self.first.weekday() - self.week_start) % 7
                monday = self.first + timedelta(weeks=step, days=-into)
                return [monday + timedelta(days=day) for day in range(7)]
            if self.unit == "MONTHLY":
                years, month = divmod(self.first.month - 1 + step, 12)
                return _month(self.first.year + years, month + 1)
            return [d for month in range(1, 13) for d in _month(self.first.year + step, month)]
        except (OverflowError, ValueError):
            return None

    def _chosen(self, period: list[date]) -> list[date]:
        days = [day for day in period if self._fits(day)]
        if self.positions:
            size = len(days)
            places = {p - 1 if p > 0 else size + p for p in self.positions}
            days = [day for place, day in enumerate(days) if place in places]
        return days

    def _fits(self, day: date) -> bool:
        if self.months and day.month not in self.months:
            return False
        if self.month_days and not _numbered(day, self.month_days):
            return False
        if self.days:
            return any(self._is(day, weekday, nth) for weekday, nth in self.days)
        return bool(self.month_days) or self._like_the_first(day)

    def _is(self, day: date, weekday: int, nth: int) -> bool:
        """Whether a day is that weekday, and the `nth` of its month or year (0: any)."""
        if day.weekday() != weekday or nth == 0 or self.unit in ("DAILY", "WEEKLY"):
            return day.weekday() == weekday
        if self.unit == "YEARLY" and not self.months:
            at, size = day.timetuple().tm_yday, (date(day.year, 12, 31)).timetuple().tm_yday
        else:
            at, size = day.day, monthrange(day.year, day.month)[1]
        return nth == ((at - 1) // 7 + 1 if nth > 0 else -((size - at) // 7 + 1))

    def _like_the_first(self, day: date) -> bool:
        """Where nothing else is said, a rule repeats the day it began on."""
        if self.unit == "DAILY":
            return True
        if self.unit == "WEEKLY":
            return day.weekday() == self.first.weekday()
        if self.unit == "YEARLY" and not self.months and day.month != self.first.month:
            return False
        return day.day == self.first.day


def _weekday(text: str) -> tuple[int, int]:
    """`MO` or `-1FR` as the weekday's number and which one is meant."""
    return WEEKDAYS[text[-2:].upper()], int(text[:-2] or 0)


def _month(year: int, month: int) -> list[date]:
    return [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]


def _numbered(day: date, numbers: Sequence[int]) -> bool:
    size = monthrange(day.year, day.month)[1]
    return day.day in numbers or day.day - size - 1 in numbers
