"""When repeated events take place, by recurring-ical-events, within bounds no rule can leave.

The library reads the whole of RFC 5545 but follows a rule for as long as it goes on. Here each
rule starts near the time that is asked for, ends behind it, and pays for every step.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from math import lcm
from operator import attrgetter
from typing import Any

import icalendar
import msgspec
from dateutil import rrule
from recurring_ical_events import EventAdapter, Occurrence, Series

# Steps of a day's rule, about 6 µs each, that one rule and all rules of a file may take.
MOST_STEPS, ALL_STEPS = 60_000, 250_000
RESULT_STEPS = 8
MOST_VALUES = 800
SECONDS = {
    "YEARLY": 365 * 86_400, "MONTHLY": 28 * 86_400, "WEEKLY": 7 * 86_400, "DAILY": 86_400,
    "HOURLY": 3_600, "MINUTELY": 60, "SECONDLY": 1,
}  # fmt: skip
STEPS = {"YEARLY": 30, "MONTHLY": 5, "WEEKLY": 3}
DAYS = {"YEARLY": 366, "MONTHLY": 31, "WEEKLY": 7}
NUMBERS = (
    "BYSETPOS", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYHOUR", "BYMINUTE", "BYSECOND",
)  # fmt: skip
KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "RSCALE", "SKIP", *NUMBERS}
WEEKDAYS = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), rrule.weekdays, strict=True))

Moment = date | datetime


class TooOften(ValueError):
    """A rule that repeats more often than can be followed."""


class NotUnderstood(ValueError):
    """A rule with parts that RFC 5545 does not have, or with values that it excludes."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One version of an event, or of one of its occurrences (`replaces`; with `future` of all
    that follow too). Times have a zone; `extra` and `left_out` are its RDATE and EXDATE."""

    uid: str
    name: str
    sequence: int
    start: Moment
    end: Moment
    busy: bool
    rules: tuple[str, ...] = ()
    extra: tuple[Any, ...] = ()
    left_out: tuple[Moment, ...] = ()
    replaces: Moment | None = None
    future: bool = False


class Budget:
    """The steps that the rules of one file may take together."""

    def __init__(self) -> None:
        self.left = ALL_STEPS

    def take(self, steps: int) -> None:
        """Pay for steps; raises `TooOften` where they are more than are left."""
        if steps > MOST_STEPS:
            raise TooOften
        self.left -= steps
        if self.left < 0:
            raise TooOften


def occurrences(
    versions: Sequence[Event], begin: datetime, end: datetime, budget: Budget
) -> Iterator[tuple[Moment, Moment, Event]]:
    """When one event takes place between two times, and the version that says so.

    `versions` share a UID. Raises `TooOften` or `NotUnderstood` for its rules.
    """
    budget.take(len(versions))
    for found in _Series([_Adapter(event, budget) for event in versions]).between(begin, end):
        budget.take(RESULT_STEPS)
        yield found.start, found.end, found.event


class _Adapter(EventAdapter):  # type: ignore[misc]
    """An event as the library asks for it."""

    def __init__(self, event: Event, budget: Budget) -> None:
        component = icalendar.Event()
        component.add("dtstart", event.start)
        component.add("dtend", event.end)
        if event.replaces is not None:
            ranged = {"RANGE": "THISANDFUTURE"} if event.future else {}
            component.add("recurrence-id", event.replaces, parameters=ranged)
        super().__init__(component)
        self.event, self.budget = event, budget

    uid = property(attrgetter("event.uid"))
    sequence = property(attrgetter("event.sequence"))
    rrules = property(attrgetter("event.rules"))
    rdates = property(attrgetter("event.extra"))
    exdates = property(attrgetter("event.left_out"))

    def has_recurrence_rules(self) -> bool:
        return bool(self.event.rules or self.event.extra or self.event.left_out)


class _Occurrence(Occurrence):  # type: ignore[misc]
    """An occurrence that knows its version of the event."""

    def __init__(self, adapter: _Adapter, *args: Any, **kwargs: Any) -> None:
        super().__init__(adapter, *args, **kwargs)
        self.event = adapter.event


class _Series(Series):  # type: ignore[misc]
    """The versions of one event, with rules that end."""

    def occurrence(self, adapter: _Adapter, start: Any = None, end: Any = None) -> _Occurrence:
        return _Occurrence(adapter, start, end)

    class RecurrenceRules(Series.RecurrenceRules):  # type: ignore[misc]
        """The rules of the event itself."""

        def __init__(self, core: _Adapter) -> None:
            super().__init__(core)
            rules = [rule for rule in self.rrules if isinstance(rule, _Rule)]
            # The first time is an occurrence whether its rule has it or not, and COUNT counts it.
            counted = [rule for rule in rules if rule.count is not None]
            if counted and not any(rule.has_its_start() for rule in rules):
                counted[0].count_the_start()

        def create_rule_with_start(self, rule_string: str) -> "_Rule":
            return _Rule(rule_string, self.start, self.core.budget)


class _PastEnd(Exception):
    """A rule has come to the end of the time asked for."""


class _Interval(int):
    """An interval that ends the search of a rule after so many steps.

    A rule that never matches again would be followed to the year 9999. Every step adds the
    interval to the year, month, week, day or less; so the interval is what can count them.
    """

    left: int

    def __radd__(self, other: int) -> int:
        self.left -= 1
        if self.left < 0:
            raise _PastEnd
        return other + int(self)

    def __mul__(self, other: int) -> int:
        self.left -= 1
        if self.left < 0:
            raise _PastEnd
        return int(self) * other


class _Rule:
    """An RRULE as the library asks for it: `until`, and what lies `between` two times."""

    def __init__(self, text: str, start: datetime, budget: Budget) -> None:
        self.start, self.budget = start, budget
        pairs = (pair.strip().partition("=") for pair in text.upper().split(";") if pair.strip())
        parts = {
            name.strip(): ",".join(dict.fromkeys(value.strip().split(",")))
            for name, _, value in pairs
            if not name.strip().startswith("X-")
        }
        calendar, skip = parts.get("RSCALE", "GREGORIAN"), parts.get("SKIP", "OMIT")
        if not parts.keys() <= KNOWN or (calendar, skip) != ("GREGORIAN", "OMIT"):
            raise NotUnderstood(text)
        self.frequency = parts.get("FREQ", "")
        if self.frequency not in SECONDS:
            raise NotUnderstood(text)
        try:
            self.until = _until(parts.get("UNTIL"), start)
            self.interval = max(1, int(parts.get("INTERVAL", "1")))
            self.count = int(parts["COUNT"]) if int(parts.get("COUNT", "0")) > 0 else None
            self.chosen = _chosen(parts)
        except (ValueError, KeyError) as error:
            raise NotUnderstood(text) from error
        self.seconds = SECONDS[self.frequency]

    def has_its_start(self) -> bool:
        """Whether the first time is one of the rule."""
        self.budget.take(STEPS.get(self.frequency, 1) + self._times_a_day() // 10)
        return next(self._values(self.start, self.start, None), None) == self.start

    def count_the_start(self) -> None:
        """Count the first time as one of COUNT, though the rule has it not."""
        if self.count is not None:
            self.count -= 1

    def between(self, after: datetime, before: datetime, inc: bool) -> Iterator[datetime]:
        """The times of the rule from `after` to `before`, both included."""
        last = before if self.until is None else min(before, self.until)
        if last < self.start:
            return
        count, times_a_day = self.count, self._times_a_day()
        periods = self._periods(self.start, last)
        if count is not None and count >= periods * DAYS.get(self.frequency, 1) * times_a_day:
            count = None  # more times than there can be until then
        start = self._nearer(after) if count is None else self.start
        periods = self._periods(start, last)
        places = len(self.chosen.get("bysetpos", ())) * DAYS.get(self.frequency, 1) // 100
        steps = STEPS.get(self.frequency, 1) + places
        self.budget.take(periods * steps + times_a_day // 10)
        for value in self._values(start, last, count):
            if value > last:
                return
            if value >= after:
                yield value
            else:
                self.budget.take(1)

    def _values(self, start: datetime, last: datetime, count: int | None) -> Iterator[datetime]:
        """The times from `start` to `last` and a few more, without those that COUNT excludes."""
        # A longer interval leads behind the end as well, but month by month.
        longest = int((last - start).total_seconds() // self.seconds) + 2
        interval = _Interval(min(self.interval, longest))
        interval.left = self._periods(start, last)
        try:
            yield from rrule.rrule(
                getattr(rrule, self.frequency), start, interval=interval, count=count, **self.chosen
            )
        except _PastEnd:
            return
        except ValueError as error:  # values that exclude each other
            raise NotUnderstood(str(error)) from error

    def _periods(self, start: datetime, last: datetime) -> int:
        """Steps after which the rule is behind `last` for sure."""
        seconds = max(0.0, (last - start).total_seconds())
        return int(seconds // (self.seconds * self.interval)) + 2

    def _times_a_day(self) -> int:
        times = 1
        for name in ("byhour", "byminute", "bysecond"):
            times *= max(1, len(self.chosen.get(name, ())))
        return times

    def _nearer(self, after: datetime) -> datetime:
        """The last start at or before `after` from which the rule goes on just the same."""
        gap = (after - self.start).total_seconds()
        if self.frequency in ("YEARLY", "MONTHLY"):
            # Four years, so that the 29th of February is met again.
            months = lcm(48, self.interval * (12 if self.frequency == "YEARLY" else 1))
            years = int(gap // (366 * 86_400)) // (months // 12) * (months // 12)
            try:
                return self.start.replace(year=self.start.year + max(0, years))
            except ValueError:
                return self.start
        length = self.seconds * self.interval
        # One more period back: zones shift the wall clock that the rule counts on.
        steps = int((gap - 86_400) // length) - 1
        return self.start + timedelta(seconds=max(0, steps) * length)


def _chosen(parts: dict[str, str]) -> dict[str, Any]:
    """The parts that choose among the times, by the names of dateutil."""
    chosen: dict[str, Any] = {}
    for name in NUMBERS:
        if parts.get(name):
            values = parts[name].split(",")
            if len(values) > MOST_VALUES:
                raise TooOften(name)
            chosen[name.lower()] = [int(value) for value in values]
    if parts.get("BYDAY"):
        days = [(each.strip()[-2:], each.strip()[:-2]) for each in parts["BYDAY"].split(",")]
        chosen["byweekday"] = [
            WEEKDAYS[day](int(nth)) if nth and int(nth) else WEEKDAYS[day] for day, nth in days
        ]
    if "WKST" in parts:
        chosen["wkst"] = WEEKDAYS[parts["WKST"]]
    return chosen


def _until(text: str | None, start: datetime) -> datetime | None:
    """The last moment of a rule: without a zone it is in that of the start, and a date means
    the whole of that day."""
    if not text:
        return None
    day = datetime.strptime(text[:8], "%Y%m%d").date()  # noqa: DTZ007
    zone: tzinfo | None = start.tzinfo
    if zone is None:
        return datetime.combine(day, time())
    if len(text) == 8:
        return datetime.combine(day, time(23, 59, 59), zone)
    clock = datetime.strptime(text[8:15], "T%H%M%S").time()  # noqa: DTZ007
    return datetime.combine(day, clock, UTC if text.endswith("Z") else zone)
