"""Events as an iCalendar file (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import msgspec

from coach.exchange.plain import on_lines

PRODUCT = "-//Coach//Exam retake coach//EN"


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event. `start` and `end` are aware times, or `start` a plain date for a whole day.

    `sequence` has to rise with every change of the event under the same `uid`; `changed` is when
    it was changed last. `free` events leave the time open to others.
    """

    uid: str
    sequence: int
    changed: datetime
    start: datetime | date
    end: datetime | None
    summary: str
    description: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    cancelled: bool = False
    free: bool = False


def calendar_bytes(events: Iterable[Event], alarm_minutes: int | None = None) -> bytes:
    """The events as one calendar, with an alarm that many minutes before each if asked for.

    Times are in UTC: exact over every clock change, and shown in local time by any calendar.
    """
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for event in events:
        component = icalendar.Event()
        for name, value in _properties(event):
            component.add(name, value)
        if alarm_minutes is not None and not event.cancelled:
            alarm = icalendar.Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", on_lines(event.summary))
            alarm.add("trigger", timedelta(minutes=-alarm_minutes))
            component.add_component(alarm)
        calendar.add_component(component)
    data: bytes = calendar.to_ical()
    return data


def _properties(event: Event) -> list[tuple[str, object]]:
    start = event.start.astimezone(UTC) if isinstance(event.start, datetime) else event.start
    properties: list[tuple[str, object]] = [
        ("uid", event.uid),
        ("dtstamp", event.changed.astimezone(UTC)),
        ("last-modified", event.changed.astimezone(UTC)),
        ("sequence", event.sequence),
        ("dtstart", start),
        ("summary", on_lines(event.summary)),
        ("status", "CANCELLED" if event.cancelled else "CONFIRMED"),
        ("transp", "TRANSPARENT" if event.free else "OPAQUE"),
    ]
    if event.end is not None:
        properties.append(("dtend", event.end.astimezone(UTC)))
    if event.description:
        properties.append(("description", on_lines(event.description)))
    if event.url:
        properties.append(("url", event.url))
    if event.categories:
        properties.append(("categories", [on_lines(word) for word in event.categories]))
    return properties
