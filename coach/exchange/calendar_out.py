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
        changed, start = event.changed.astimezone(UTC), event.start
        properties = {
            "uid": event.uid,
            "dtstamp": changed,
            "last-modified": changed,
            "sequence": event.sequence,
            "dtstart": start.astimezone(UTC) if isinstance(start, datetime) else start,
            "summary": on_lines(event.summary),
            "status": "CANCELLED" if event.cancelled else "CONFIRMED",
            "transp": "TRANSPARENT" if event.free else "OPAQUE",
            "dtend": event.end and event.end.astimezone(UTC),
            "description": on_lines(event.description),
            "url": event.url,
            "categories": [on_lines(word) for word in event.categories],
        }
        for name, value in properties.items():
            if value not in (None, "", []):
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
