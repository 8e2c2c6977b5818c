"""Busy times from a calendar file (RFC 5545): what else fills the user's days."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import chain
from typing import Any

import msgspec

from coach.exchange.time_zones import CalendarZones
from coach.model.settings import CalendarRemark, Span, apart

LARGEST_FILE = 20_000_000
MOST_EVENTS = 60_000
# What is over costs no more than its lines; this counts what is ahead.
MOST_AHEAD = 10_000
MOST_SPANS = 1_000
MOST_LISTED = 20_000
MOST_NESTED = 20
NAMED = 3
NO_CALENDAR = "it is no calendar in the iCalendar format"
CUT_OFF = "it is cut off (truncated) before its first event ends"
OTHER_FILES = {
    b"PK\x03\x04": "it is a zip archive; unpack it and take the .ics file in it",
    b"\x1f\x8b": "it is a compressed file (gzip); unpack it first",
    b"%PDF": "it is a PDF document, no calendar",
    b"<": "it is a web page or XML, no calendar; download the .ics file itself",
    b"BEGIN:VCARD": "it holds contacts (vCard), no calendar",
}
NEEDED = {
    "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE",
    "DTSTAMP", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "ATTENDEE", "ORGANIZER",
    "SUMMARY", "FREEBUSY", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "X-WR-TIMEZONE", "X-WR-CALNAME",
}  # fmt: skip
_OWN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]+)?@coach")
_MOMENT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?([0-5]\d)(?::?([0-5]\d|60))?(?:\.\d+)?(Z)?)?"
)
_TZID = re.compile(r';TZID=("[^"]*"|.*?)(?=;[A-Z-]+=|$)', re.IGNORECASE)
_SHORT = re.compile(r"P(\d{1,2}D)?(T[\dHMS]{1,8})?")
# The longest time that a length of that form takes, with room to spare.
SHORT = timedelta(days=250)

Lines = dict[str, list[str]]


class UnreadableCalendar(ValueError):
    """A file that is no calendar; the text says what is wrong with it."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """The busy times of a file in UTC, in order and apart, none of them after `until`."""

    spans: tuple[Span, ...]
    until: datetime
    remarks: tuple[CalendarRemark, ...] = ()


class _Part:
    """A component of a calendar with its needed lines by name."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.lines: Lines = {}
        self.parts: list[_Part] = []

    def text(self, name: str) -> str:
        """The value of a property, empty where it is missing; the first where it is repeated."""
        return value_of(self.lines[name][0]) if name in self.lines else ""

    @property
    def replaces(self) -> str:
        """The line with the occurrence that it stands for, empty where it stands for none."""
        return self.lines.get("RECURRENCE-ID", ("",))[0]

    @property
    def sequence(self) -> int:
        number = self.text("SEQUENCE")
        return int(number) if number.isdecimal() else 0

    @property
    def named(self) -> str:
        summary = re.sub(r"\\(.)", r"\1", self.text("SUMMARY"))
        return (summary or self.text("UID") or "no name")[:60]


def value_of(line: str) -> str:
    """What follows the name and the parameters of a line."""
    if '"' not in line:
        return line.partition(":")[2].strip()
    return re.sub(r'^[^":]*(?:"[^"]*"[^":]*)*:', "", line, count=1).strip()


def zone_name(line: str) -> str:
    """The TZID of a line, empty where it has none."""
    found = _TZID.search(line.rpartition(":")[0])
    return found[1].strip('"') if found else ""


def busy_times(
    data: bytes, zone: tzinfo, begin: datetime, end: datetime, *, whole_days: bool = True
) -> Found:
    """When the events of a calendar file fill the time from `begin` to `end`.

    Repeated events are expanded. Whole days and times without a zone are days and times of
    `zone`; with `whole_days` off, events of whole days leave them free. Cancelled events,
    declined invitations, those that leave the time free and Coach's own do not count. Of more
    than 1,000 busy times the first 1,000 are kept. Raises `UnreadableCalendar` for a file that
    is no calendar or too large.
    """
    reading = _Reading(zone, begin, end, whole_days)
    spans = apart(reading.spans(_calendar(data, reading)))
    until = end
    if len(spans) > MOST_SPANS:
        until = spans[MOST_SPANS][0]
        reading.note("more-times", "", len(spans) - MOST_SPANS)
        spans = spans[:MOST_SPANS]
    return Found(spans=spans, until=until, remarks=reading.remarks())


def _calendar(data: bytes, reading: "_Reading") -> _Part:
    """All of a file's calendars as one part."""
    root, last = _parts(_text(data), reading)
    calendars = [part for part in root.parts if part.kind == "VCALENDAR"]
    if not calendars:
        raise UnreadableCalendar(NO_CALENDAR)
    if last is not root:
        if not any(calendar.parts for calendar in calendars):
            raise UnreadableCalendar(CUT_OFF)
        reading.note("cut-off", last.named if last.kind == "VEVENT" else "")
    whole = _Part("VCALENDAR")
    for calendar in calendars:
        whole.parts += calendar.parts
        whole.lines = {**calendar.lines, **whole.lines}
    return whole


def _text(data: bytes) -> str:
    """The text of a file with its folded lines joined; lines end at CRLF or LF only."""
    if len(data) > LARGEST_FILE:
        raise UnreadableCalendar(f"it is larger than {LARGEST_FILE // 1_000_000} MB")
    for start, reason in OTHER_FILES.items():
        if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(start):
            raise UnreadableCalendar(reason)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = re.sub(r"\r?\n[ \t]", "", data.decode(encoding, "replace"))
    if text.upper().count("BEGIN:VEVENT") > MOST_EVENTS:
        raise UnreadableCalendar(f"it has more than {MOST_EVENTS:,} events; export the next year")
    return text


def _parts(text: str, reading: "_Reading") -> tuple[_Part, _Part]:
    """A part that holds all others, and the last that was open when the text ended."""
    root = _Part("")
    stack = [root]
    for line in text.split("\n"):
        name = line.partition(":")[0].partition(";")[0].upper()
        if name == "BEGIN":
            kind = value_of(line).upper()
            # A part within one of its own kind: the outer one lacks its end.
            if stack[-1].kind == kind:
                reading.lost(stack.pop())
            if len(stack) > MOST_NESTED:
                raise UnreadableCalendar(NO_CALENDAR)
            stack.append(_Part(kind))
        elif name == "END":
            kind = value_of(line).upper()
            if stack[-1].kind == kind or any(part.kind == kind for part in stack[1:]):
                while stack[-1].kind != kind:
                    reading.lost(stack.pop())
                closed = stack.pop()
                stack[-1].parts.append(closed)
        elif name in NEEDED:
            stack[-1].lines.setdefault(name, []).append(line.rstrip("\r"))
    root.parts += [part for part in stack if part.kind == "VCALENDAR"]
    return root, stack[-1]


class _Reading:
    """Reads one file against the user's zone and the time that matters."""

    def __init__(self, zone: tzinfo, begin: datetime, end: datetime, whole_days: bool) -> None:
        self.zone = self.floating = zone
        self.begin, self.end = begin.astimezone(UTC), end.astimezone(UTC)
        self.whole_days = whole_days
        self.zones = CalendarZones({}, begin, end)
        self.notes: dict[str, tuple[int, dict[str, None]]] = {}

    def note(self, code: str, name: str, number: int = 1) -> None:
        """Count something to tell the user, with its name."""
        count, names = self.notes.get(code, (0, {}))
        if name and len(names) < NAMED:
            names[name] = None
        self.notes[code] = (count + number, names)

    def lost(self, part: _Part) -> None:
        """Count a part without an end."""
        if part.kind in ("VEVENT", "VFREEBUSY"):
            self.note("unreadable", part.named)

    def remarks(self) -> tuple[CalendarRemark, ...]:
        """What was counted, one remark of a kind."""
        return tuple(
            CalendarRemark(code=code, count=count, names=tuple(names))
            for code, (count, names) in self.notes.items()
        )

    def spans(self, calendar: _Part) -> Iterator[Span]:
        """The busy times, in any order, cut to the time that matters."""
        rules = {
            part.text("TZID"): [
                (each.kind, {name: value_of(lines[0]) for name, lines in each.lines.items()})
                for each in part.parts
            ]
            for part in calendar.parts
            if part.kind == "VTIMEZONE"
        }
        self.zones = CalendarZones(rules, self.begin, self.end)
        self.floating = self.zones.named(calendar.text("X-WR-TIMEZONE")) or self.zone
        busy = [part for part in calendar.parts if part.kind == "VFREEBUSY"]
        events = [part for part in calendar.parts if part.kind == "VEVENT"]
        periods = chain.from_iterable(map(self._of_periods, busy))
        for start, end in chain(periods, self._of_events(events, calendar.text("X-WR-CALNAME"))):
            cut = max(start, self.begin), min(end, self.end)
            if cut[0] < cut[1]:
                yield cut
        for name in sorted(self.zones.guessed):
            self.note("offset-only", name)

    def _of_periods(self, part: _Part) -> Iterator[Span]:
        for line in part.lines.get("FREEBUSY", ()):
            if re.search("FBTYPE=FREE", line, re.IGNORECASE):
                continue
            for text in line.rpartition(":")[2].split(",")[:MOST_LISTED]:
                try:
                    start, end = self._period(text, line)
                    yield self._utc(start), self._utc(end)
                except (ValueError, TypeError, OverflowError):
                    self.note("unreadable", part.named)

    def _of_events(self, events: list[_Part], calendar_name: str) -> Iterator[Span]:
        from coach.exchange.recurrence import Budget, NotUnderstood, TooOften, occurrences

        owner = _owner(events, calendar_name)
        budget = Budget()
        # The library asks in whole days, whatever the zone; what lies outside is cut.
        begin, end = self.begin - timedelta(days=2), self.end + timedelta(days=2)
        for versions in self._ahead(events):
            read = [event for event in (self._event(each, owner) for each in versions) if event]
            simple = all(not (e.rules or e.extra or e.replaces) for e in read)
            try:
                found: Iterable[Any] = (
                    [(event.start, event.end, event) for event in read]
                    if simple
                    else list(occurrences(read, begin, end, budget))
                )
            except (TooOften, NotUnderstood, TypeError, OverflowError, AttributeError) as error:
                code = "too-often" if isinstance(error, TooOften) else "not-understood"
                self.note(code, versions[0].named)
                found = [(event.start, event.end, event) for event in read[:1]]
            for start, finish, event in found:
                whole = not isinstance(start, datetime)
                if event.busy and (self.whole_days or not whole):
                    try:
                        yield self._utc(start), self._utc(finish)
                    except OverflowError:
                        self.note("unreadable", event.name)

    def _ahead(self, events: list[_Part]) -> Iterator[list[_Part]]:
        """The newest versions of each event by UID, without those that are over."""
        newest: dict[tuple[str, str], tuple[tuple[int, str, int], _Part]] = {}
        for number, part in enumerate(events):
            version = part.sequence, part.text("DTSTAMP"), number
            key = part.text("UID") or f"\n{number}", part.replaces
            if key not in newest or newest[key][0] < version:
                newest[key] = version, part
        groups: dict[str, list[_Part]] = {}
        for (uid, _), (_, part) in newest.items():
            groups.setdefault(uid, []).append(part)
        past = f"{self.begin - timedelta(days=2):%Y%m%d}"
        long_past = f"{self.begin - SHORT:%Y%m%d}"
        ahead = 0
        for parts in groups.values():
            if all(_last_day(part, past, long_past) < past for part in parts):
                continue
            kept = [part for part in parts if not _over(part, long_past)]
            ahead += len(kept)
            if ahead > MOST_AHEAD:
                self.note("more-events", kept[0].named if kept else "", len(kept))
            elif kept:
                yield kept

    def _event(self, part: _Part, owner: set[str]) -> Any:
        """One version of an event, None where it cannot be read or has no length."""
        from coach.exchange.recurrence import Event

        try:
            zone = self._zone_of(part.lines["DTSTART"][0])
            name = zone_name(part.lines["DTSTART"][0])
            if name and self.zones.named(name) is None:
                self.note("unknown-zone", name)
            start, end = self._times(part, zone)
            # A calendar in a zone of its own repeats by its clock, though it writes UTC.
            moved = self.floating is not self.zone and "RRULE" in part.lines
            if moved and isinstance(start, datetime) and start.tzinfo is UTC:
                start = start.astimezone(self.floating)
                end = _timed(end, self.floating).astimezone(self.floating)
            if self._utc(end) < self._utc(start):
                self.note("end-before-start", part.named)
                return None
            moment = self._moment(part.replaces, zone) if part.replaces else None
            if moment and not isinstance(moment, datetime) and isinstance(start, datetime):
                moment = datetime.combine(moment, start.timetz())
            return Event(
                uid=part.text("UID"),
                name=part.named,
                sequence=part.sequence,
                start=start,
                end=end,
                busy=_fills(part, owner),
                rules=tuple(value_of(line) for line in part.lines.get("RRULE", ())),
                extra=tuple(self._listed(part, "RDATE", zone)),
                left_out=tuple(self._listed(part, "EXDATE", zone)),
                replaces=moment,
                future="RANGE=THISANDFUTURE" in part.replaces.upper(),
            )
        except (ValueError, TypeError, LookupError, OverflowError):
            self.note("unreadable", part.named)
            return None

    def _times(self, part: _Part, zone: tzinfo) -> tuple[date, date]:
        """Start and end of an event, both days or both times."""
        start = self._moment(part.lines["DTSTART"][0], zone)
        if "DTEND" in part.lines:
            end = self._moment(part.lines["DTEND"][0], zone)
            if isinstance(start, datetime) or isinstance(end, datetime):
                return _timed(start, zone), _timed(end, zone)
            return start, max(end, start + timedelta(days=1)) if end == start else end
        if "DURATION" not in part.lines:
            return start, start if isinstance(start, datetime) else start + timedelta(days=1)
        length = _length(part.text("DURATION"))
        if not isinstance(start, datetime) and not length.seconds:
            return start, start + (length or timedelta(days=1))
        begin = _timed(start, zone)
        return begin, (begin.astimezone(UTC) + length).astimezone(begin.tzinfo)

    def _listed(self, part: _Part, name: str, zone: tzinfo) -> Iterator[Any]:
        """The times of RDATE or EXDATE that may matter: moments, days, or periods."""
        near = timedelta(days=400)
        low, high = f"{self.begin - near:%Y%m%d}", f"{self.end + near:%Y%m%d}"
        count = 0
        for line in part.lines.get(name, ()):
            head = line.rpartition(":")[0]
            for text in line.rpartition(":")[2].split(","):
                if not low <= text.strip()[:8] <= high:
                    continue
                count += 1
                if count > MOST_LISTED:
                    raise ValueError(name)
                if "/" in text:
                    yield self._period(text, line)
                else:
                    yield self._moment(f"{head}:{text}", zone)

    def _period(self, text: str, line: str) -> tuple[datetime, datetime]:
        """A period: a start with an end or with a length."""
        first, _, second = text.partition("/")
        zone = self._zone_of(line)
        start = _timed(self._moment(f":{first}", zone), zone)
        if second.lstrip("+-").startswith("P"):
            return start, start + _length(second)
        return start, _timed(self._moment(f":{second}", zone), zone)

    def _moment(self, line: str, zone: tzinfo) -> date:
        """The day or time of a line; without a zone of its own it is in `zone`."""
        match = _MOMENT.fullmatch(line.rpartition(":")[2].strip())
        # A time with colons: what comes before it are parameters.
        match = match or re.search(rf":{_MOMENT.pattern}$", line.strip())
        if match is None:
            raise ValueError(line)
        year, month, day = int(match[1]), int(match[2]), int(match[3])
        if match[4] is None:
            return date(year, month, day)
        clock = int(match[4]), int(match[5]), min(59, int(match[6] or 0))
        zone = UTC if match[7] else self._zone_of(line) if ";TZID=" in line.upper() else zone
        return datetime(year, month, day, *clock, tzinfo=zone)

    def _zone_of(self, line: str) -> tzinfo:
        """The zone that a line names, the calendar's or the user's where it names none."""
        return self.zones.named(zone_name(line)) or self.floating

    def _utc(self, value: date) -> datetime:
        """A time in UTC; a day begins at the user's midnight."""
        return _timed(value, self.zone).astimezone(UTC)


def _length(text: str) -> timedelta:
    """A DURATION."""
    from icalendar import vDuration

    length: timedelta = vDuration.from_ical(text)  # type: ignore[no-untyped-call]
    return length


def _timed(value: date, zone: tzinfo) -> datetime:
    """A time as it is, a day as its midnight."""
    return value if isinstance(value, datetime) else datetime.combine(value, time(), zone)


def _last_day(part: _Part, past: str, long_past: str) -> str:
    """A day, as `YYYYMMDD`, after which an event surely takes no time; all nines for none."""
    never = "99999999"
    if "RDATE" in part.lines:
        return never
    days = [part.lines[name][0].rpartition(":")[2].strip()[:8] for name in ("DTSTART", "DTEND")
            if name in part.lines]  # fmt: skip
    if not days or not all(day.isdecimal() and len(day) == 8 for day in days):
        return never
    if "DURATION" in part.lines and (
        not _SHORT.fullmatch(part.text("DURATION")) or days[0] >= long_past
    ):
        return never
    for line in part.lines.get("RRULE", ()):
        until = re.search(r"UNTIL=(\d{8})", line.upper())
        # The last time of a rule may be as long as the first.
        if until is None or days[-1] >= past or days[-1] > f"{int(days[0]) + 1}":
            return never
        days.append(until[1])
    return max(days)


def _over(part: _Part, long_past: str) -> bool:
    """Whether an occurrence of its own is long over, and the one it stands for too."""
    line = part.replaces
    return (
        bool(line)
        and "RANGE" not in line.upper()
        and line.rpartition(":")[2].strip()[:8] < long_past
        and _last_day(part, long_past, long_past) < long_past
    )


def _fills(part: _Part, owner: set[str]) -> bool:
    """Whether an event takes the user's time, and is not one that Coach wrote."""
    if part.text("STATUS").upper() == "CANCELLED" or _OWN.fullmatch(part.text("UID")):
        return False
    free = {part.text(name).upper() for name in ("TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")}
    if free & {"TRANSPARENT", "FREE"}:
        return False
    answers = _attendees(part)
    organizer = part.text("ORGANIZER").casefold()
    own = (answers.keys() & owner or answers.keys()) - {organizer}
    return not own or any(answers[each] != "DECLINED" for each in own)


def _attendees(part: _Part) -> Mapping[str, str]:
    """Who is invited, with what they answered."""
    found: dict[str, str] = {}
    for line in part.lines.get("ATTENDEE", ()):
        answer = re.search(r";PARTSTAT=\"?([A-Z-]+)", line.upper())
        found[value_of(line).casefold()] = answer[1] if answer else "NEEDS-ACTION"
    return found


def _owner(events: Iterable[_Part], calendar_name: str) -> set[str]:
    """The addresses that may be the user's: the one the calendar is named after, else those
    that are invited to every event with invitations."""
    invited = [set(_attendees(part)) for part in events if "ATTENDEE" in part.lines]
    if not invited:
        return set()
    named = f"mailto:{calendar_name}".casefold()
    if any(named in each for each in invited):
        return {named}
    return set.intersection(*invited)
