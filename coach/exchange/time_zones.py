"""Time zones by the names and rules that systems and calendar programs write for them."""

import io
import os
import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from coach.exchange.plain import quoted

# POSIX leaves the rule out where it is that of the United States.
DEFAULT_RULE = ",M3.2.0,M11.1.0"
# Texts, since a start asks for none of them.
_POSIX = (
    r"(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)[+-]?\d{1,2}(?::\d\d){0,2}"
    r"(?P<summer>(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)(?:[+-]?\d{1,2}(?::\d\d){0,2})?)?"
    r"(?P<rule>,[^,]+,[^,]+)?"
)
_OFFSET = r"(?i)\(?(?:GMT|UTC)?\s*([+\-−]\d{1,2})(?::?([0-5]\d))?(?=\)|$)\)?\s*(.*)"
_PLACES = r"[,;&/]| and |\bTime\b.*"
# Outlook names these zones by what the people who live there call them.
SPOKEN = {
    "atlantic": "America/Halifax",
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
    "alaska": "America/Anchorage",
    "arizona": "America/Phoenix",
    "hawaii": "Pacific/Honolulu",
    "newfoundland": "America/St_Johns",
    "coordinated universal": "UTC",
}
# A zone of a calendar may list this many changes; the longest public ones have about 100.
MOST_PARTS = 400
MOST_RULES = 100
MOST_ZONES = 200

Parts = Sequence[tuple[str, Mapping[str, str]]]


def system_zone(value: str) -> ZoneInfo | None:
    """The zone that a TZ variable means, None where the system could not read it either.

    Accepted are a name, a file, both with or without a colon before them, and a rule as POSIX
    has it (`CET-1CEST,M3.5.0,M10.5.0/3`); an empty value is UTC.
    """
    value = value.removeprefix(":").strip()
    if not value:
        return ZoneInfo("UTC")
    try:
        if not value.startswith("/"):
            return ZoneInfo(value)
        path = Path(value)
        # A file among the system's zones has a name of its own.
        for each in (path, path.resolve()):
            name = str(each).partition("/zoneinfo/")[2]
            if name and each.exists():
                return ZoneInfo(re.sub("^(posix|right)/", "", name))
        with path.open("rb") as stream:
            return ZoneInfo.from_file(stream, key=str(path))
    except (OSError, ValueError, LookupError):
        pass
    rule = re.fullmatch(_POSIX, value)
    if rule is None:
        return None
    if rule["summer"] and not rule["rule"]:
        value += DEFAULT_RULE
    try:
        return _zone((), ((timedelta(), False),), value, value)
    except ValueError:
        return None


def unreadable_zone() -> str | None:
    """A sentence on a TZ variable that means no zone; the system takes UTC then, and so do we."""
    value = os.environ.get("TZ", "")
    if system_zone(value) is not None:
        return None
    return f"TZ is {quoted(value)}, which is no time zone: times are in UTC."


def _zone(
    changes: Sequence[tuple[int, int]],
    kinds: Sequence[tuple[timedelta, bool]],
    rule: str,
    name: str,
) -> ZoneInfo:
    """A zone from its changes (Unix time, index of the kind), the kinds (offset, summer time)
    and the POSIX rule that holds after the last change; raises `ValueError` for a bad rule."""
    head = struct.Struct(">4sc15x6l")
    kind_bytes = b"".join(
        struct.pack(">lbb", int(offset.total_seconds()), summer, 0) for offset, summer in kinds
    )
    data = (
        head.pack(b"TZif", b"2", 0, 0, 0, 0, 0, 0)
        + head.pack(b"TZif", b"2", 0, 0, 0, len(changes), len(kinds), 4)
        + struct.pack(f">{len(changes)}q", *(at for at, _ in changes))
        + bytes(kind for _, kind in changes)
        + kind_bytes
        + b"TZ \x00"
        + f"\n{rule}\n".encode("ascii")
    )
    return ZoneInfo.from_file(io.BytesIO(data), key=name)


class CalendarZones:
    """The zones of one calendar file by name; `rules` are its own, as (name, property) parts.

    `begin` and `end` bound the time that matters. `guessed` collects names of which only the
    offset is known.
    """

    def __init__(self, rules: Mapping[str, Parts], begin: datetime, end: datetime) -> None:
        self.rules = rules if len(rules) <= MOST_RULES else {}
        self.years = begin.year - 2, end.year + 1
        self.guessed: set[str] = set()
        self._known: dict[str, tzinfo | None] = {}

    def named(self, name: str) -> tzinfo | None:
        """The zone of a TZID, None where nothing says which one is meant."""
        if name not in self._known and len(self._known) < MOST_ZONES:
            self._known[name] = self._find(name) if name else None
        return self._known.get(name)

    def _find(self, name: str) -> tzinfo | None:
        from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

        clean = name.strip().strip('"')
        path = clean.strip("/").split("/")
        for start in range(len(path) if clean.startswith("/") else 1):
            if found := _iana("/".join(path[start:])):
                return found
        if name in self.rules:
            try:
                return _of_parts(self.rules[name], self.years, name)
            except (ValueError, TypeError, LookupError, OverflowError, struct.error):
                pass
        if clean.casefold() == "tzone://microsoft/utc":
            return UTC
        windows = {key.casefold(): value for key, value in WINDOWS_TO_OLSON.items()}
        if clean.casefold() in windows:
            return _iana(windows[clean.casefold()])
        return self._by_offset(clean, name)

    def _by_offset(self, clean: str, name: str) -> tzinfo | None:
        """`GMT+01:00`, or `(UTC+01:00) Amsterdam, Berlin` as Outlook shows zones."""
        offset = re.fullmatch(_OFFSET, clean)
        if offset is None:
            return None
        hours, minutes = int(offset[1].replace("−", "-")), int(offset[2] or 0)
        if abs(hours) > 14:
            return None
        shift = timedelta(hours=hours, minutes=-minutes if offset[1][0] != "+" else minutes)
        if offset[3]:
            if found := _of_places(offset[3], shift):
                return found
            self.guessed.add(name)
        return timezone(shift)


@cache
def _names() -> Mapping[str, str]:
    """The names of all zones by their small letters: asking for them walks the system's files."""
    return {name.casefold(): name for name in sorted(available_timezones())}


def _iana(name: str) -> ZoneInfo | None:
    key = _names().get(name.casefold())
    return ZoneInfo(key) if key else None


def _of_places(text: str, standard: timedelta) -> ZoneInfo | None:
    """The zone of the first place of a list whose standard time has that offset."""
    cities = {small.rpartition("/")[2]: name for small, name in _names().items()}
    for place in (each.strip() for each in re.split(_PLACES, text)):
        key = SPOKEN.get(place.casefold()) or cities.get(place.casefold().replace(" ", "_"))
        if key is not None:
            zone = ZoneInfo(key)
            if standard in {datetime(2026, month, 1, tzinfo=zone).utcoffset() for month in (1, 7)}:
                return zone
    return None


def _of_parts(parts: Parts, years: tuple[int, int], name: str) -> ZoneInfo:
    """A zone from the STANDARD and DAYLIGHT parts of a VTIMEZONE; raises `ValueError` where
    they say nothing, or more than any zone has."""
    if not parts or len(parts) > MOST_PARTS:
        raise ValueError(name)
    kinds: list[tuple[timedelta, bool]] = []
    found: dict[int, int] = {}
    before: tuple[int, timedelta] | None = None
    for part, properties in parts:
        was, now = (_offset(properties[key]) for key in ("TZOFFSETFROM", "TZOFFSETTO"))
        kind = now, part == "DAYLIGHT"
        if kind not in kinds:
            kinds.append(kind)
        for local in _onsets(properties, years):
            at = int((local.replace(tzinfo=UTC) - was).timestamp())
            found[at] = kinds.index(kind)
            before = min(before or (at, was), (at, was))
    if before is None:
        raise ValueError(name)
    kinds.append((before[1], False))
    changes = [(before[0] - 1, len(kinds) - 1), *sorted(found.items())]
    return _zone(changes, kinds, "", name)


def _onsets(properties: Mapping[str, str], years: tuple[int, int]) -> Iterable[datetime]:
    """When a part of a zone begins to hold, in the local time before."""
    from dateutil.rrule import rrulestr

    first = _local(properties["DTSTART"])
    rule = properties.get("RRULE", "").upper()
    yield first
    yield from (_local(value) for value in properties.get("RDATE", "").split(",") if value)
    if not rule:
        return
    if "FREQ=YEARLY" not in rule or re.search("COUNT|BYSETPOS|BYHOUR|BYMIN|BYSEC", rule):
        raise ValueError(rule)
    until = re.search(r"UNTIL=(\d{8})", rule)
    last = datetime(min(years[1], int(until[1][:4]) if until else years[1]), 12, 31)  # noqa: DTZ001
    rule = re.sub(r";?UNTIL=[^;]*", "", rule).strip(";")
    # The 1st to the 28th are in every year; a rule without BYDAY repeats the date itself.
    start = first.replace(year=max(first.year, years[0])) if first.day < 29 else first
    for onset in rrulestr(rule, dtstart=start).between(start, last, inc=True):
        if not until or f"{onset:%Y%m%d}" <= until[1]:
            yield onset


def _local(value: str) -> datetime:
    """A time as a part of a zone writes it."""
    return datetime.strptime(f"{value.strip().rstrip('Z')}T000000"[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007


def _offset(value: str) -> timedelta:
    match = re.fullmatch(r"([+-])(\d\d):?(\d\d)(\d\d)?", value.strip())
    if match is None:
        raise ValueError(value)
    hours, minutes, seconds = int(match[2]), int(match[3]), int(match[4] or 0)
    return timedelta(hours=hours, minutes=minutes, seconds=seconds) * (-1 if match[1] == "-" else 1)
