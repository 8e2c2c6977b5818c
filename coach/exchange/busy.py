"""Busy times from a calendar file (RFC 5545): what else fills the user's days."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

import msgspec

from coach.exchange.recurrence import Budget, NotUnderstood, Rule

LARGEST_FILE = 10_000_000
MOST_EVENTS = 10_000
MOST_SPANS = 1_000
MOST_STEPS = 500_000
NEEDED = {
    "BEGIN", "END", "PRODID", "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE",
    "RECURRENCE-ID", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS",
    "TZID", "TZOFFSETFROM", "TZOFFSETTO",
}  # fmt: skip
NO_CALENDAR = "it is no calendar in the iCalendar format"
_OWN = re.compile(r"[0-9a-f]{8}@coach")

Times = tuple[datetime, datetime]


class UnreadableCalendar(ValueError):
    """A file that is no calendar; the text says what is wrong with it."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The busy times of a file in UTC, in order and apart, none of them after `until`.

    `remarks` are sentences on what was left out.
    """

    spans: tuple[Times, ...]
    until: datetime
    remarks: tuple[str, ...] = ()


def busy_times(data: bytes, zone: tzinfo, begin: datetime, end: datetime) -> Found:
    """When the events of a calendar file fill the time from `begin` to `end`.

    Repeated events are expanded. Whole days and times without a zone are days and times of
    `zone`. Cancelled events, those that leave the time free and Coach's own do not count. Of more
    than 1,000 busy times the first 1,000 are kept. Raises `UnreadableCalendar` for a file that
    is no calendar or too large.
    """
    reading = _Reading(zone, begin, end)
    spans = _apart(reading.spans(_events(data)))
    until = end
    if len(spans) > MOST_SPANS:
        until = spans[MOST_SPANS][0]
        spans = spans[:MOST_SPANS]
    return Found(spans=tuple(spans), until=until, remarks=tuple(reading.remarks()))


def _events(data: bytes) -> list[Any]:
    import icalendar

    if len(data) > LARGEST_FILE:
        raise UnreadableCalendar(f"it is larger than {LARGEST_FILE // 1_000_000} MB")
    text = _needed(data.decode("utf-8-sig", "replace"))
    if len(re.findall("^BEGIN:VEVENT", text, re.MULTILINE | re.IGNORECASE)) > MOST_EVENTS:
        raise UnreadableCalendar(f"it has more than {MOST_EVENTS} events")
    try:
        calendars = icalendar.Calendar.from_ical(text, multiple=True)
    # The library fails on damaged files in ways that it does not list.
    except Exception as error:
        raise UnreadableCalendar(NO_CALENDAR) from error
    if not any(calendar.name == "VCALENDAR" for calendar in calendars):
        raise UnreadableCalendar(NO_CALENDAR)
    return [event for calendar in calendars for event in calendar.walk("VEVENT")]


def _needed(text: str) -> str:
    """The lines that say when events are; texts and attachments may be large and are not read."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    lines = (line.strip() for line in unfolded.splitlines())
    return "\r\n".join(
        line for line in lines if re.split("[;:]", line, maxsplit=1)[0].upper() in NEEDED
    )


def _apart(spans: Iterable[Times]) -> list[Times]:
    """Times in order, those that touch or overlap as one."""
    result: list[Times] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


class _Reading:
    """Reads the events of one file against the user's zone and the time that matters."""

    def __init__(self, zone: tzinfo, begin: datetime, end: datetime) -> None:
        self.zone = zone
        self.begin, self.end = begin.astimezone(UTC), end.astimezone(UTC)
        self.budget = Budget(MOST_STEPS)
        self.unreadable = self.once = 0

    def spans(self, events: Iterable[Any]) -> Iterator[Times]:
        """The busy times, in any order, cut to the time that matters."""
        events = list(events)
        replaced = self._replaced(events)
        for event in events:
            if not _fills(event):
                continue
            try:
                yield from self._cut(self._of(event, replaced[_uid(event)]))
            except (ValueError, TypeError, AttributeError, LookupError, OverflowError):
                self.unreadable += 1

    def remarks(self) -> Iterator[str]:
        if self.unreadable:
            yield f"{_count(self.unreadable)} could not be read."
        if self.once:
            yield f"{_count(self.once)} with an unusual repetition: only the first time is kept."

    def _replaced(self, events: Iterable[Any]) -> defaultdict[str, set[datetime | date]]:
        """By UID the occurrences that another event of the file stands for."""
        found: defaultdict[str, set[datetime | date]] = defaultdict(set)
        for event in (event for event in events if "RECURRENCE-ID" in event):
            with suppress(ValueError, TypeError, AttributeError, OverflowError):
                found[_uid(event)].add(self._moment(event["RECURRENCE-ID"].dt))
        return found

    def _of(self, event: Any, replaced: set[datetime | date]) -> Iterator[Times]:
        """The times of one event, those that may matter at least."""
        start, length = event["DTSTART"].dt, self._length(event)
        single = "RECURRENCE-ID" in event
        left_out = set() if single else replaced | set(self._listed(event, "EXDATE"))
        for each in [start] if single else self._repeated(event, start, length):
            moment = self._moment(each)
            if not left_out & {moment, _day(each)}:
                timed = isinstance(each, datetime)
                yield moment, moment + length if timed else self._moment(each + length)

    def _repeated(self, event: Any, start: date, length: timedelta) -> list[date]:
        """The starts of an event as it writes them itself."""
        extra = list(self._listed(event, "RDATE"))
        if "RRULE" not in event:
            return [start, *extra]
        begin = (self.begin - length).date() - timedelta(days=1)
        end = self.end.date() + timedelta(days=1)
        try:
            parts = event["RRULE"]
            days = list(Rule(parts, _day(start)).between(begin, end, self.budget))
        except NotUnderstood:
            self.once += 1
            return [start, *extra]
        starts: list[date] = days
        if isinstance(start, datetime):
            starts = [datetime.combine(day, start.timetz()) for day in days]
        until = self._until(parts)
        return [each for each in starts if self._moment(each) < until] + extra

    def _until(self, parts: Any) -> datetime:
        """The moment from which a rule repeats no more: UNTIL itself is still a time of it."""
        last = next(iter(parts.get("UNTIL", ())), None)
        if last is None:
            return self.end
        whole = not isinstance(last, datetime)
        return self._moment(last) + timedelta(days=1 if whole else 0, seconds=0 if whole else 1)

    def _listed(self, event: Any, name: str) -> Iterator[date]:
        """EXDATE or RDATE: moments, or dates for whole days."""
        values = event.get(name, [])
        for dates in values if isinstance(values, list) else [values]:
            for entry in dates.dts:
                value = entry.dt[0] if isinstance(entry.dt, tuple) else entry.dt
                yield self._moment(value) if isinstance(value, datetime) else value

    def _length(self, event: Any) -> timedelta:
        """How long an event is: without an end a whole day, or no time at all."""
        start = event["DTSTART"].dt
        whole = not isinstance(start, datetime)
        if "DTEND" in event:
            end = event["DTEND"].dt
            return end - start if whole else self._moment(end) - self._moment(start)
        if "DURATION" in event:
            length: timedelta = event["DURATION"].dt
            return length
        return timedelta(days=1 if whole else 0)

    def _moment(self, value: date) -> datetime:
        """A time in UTC; a date begins at midnight, and without a zone the user's is meant."""
        if not isinstance(value, datetime):
            value = datetime.combine(value, time())
        return (value if value.tzinfo else value.replace(tzinfo=self.zone)).astimezone(UTC)

    def _cut(self, times: Iterable[Times]) -> list[Times]:
        cut = [(max(start, self.begin), min(end, self.end)) for start, end in times]
        return [(start, end) for start, end in cut if start < end]


def _fills(event: Any) -> bool:
    """Whether an event takes the user's time, and is not one that Coach wrote."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED" or _OWN.fullmatch(_uid(event)):
        return False
    free = {str(event.get(name, "")).upper() for name in ("TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")}
    return not free & {"TRANSPARENT", "FREE"}


def _uid(event: Any) -> str:
    return str(event.get("UID", ""))


def _day(value: date) -> date:
    """The date of a start in its own zone."""
    return value.date() if isinstance(value, datetime) else value


def _count(number: int) -> str:
    return f"{number} event{'s' if number != 1 else ''}"
