"""The one reader of dates as people type and print them; now and the zone are passed in."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

Lean = Literal["ahead", "back"]
"""Which day a text without a year or week means: the next one, or the one before."""

FIRST_YEAR, LAST_YEAR = 1990, 2100
LONGEST = 80
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WHEN_FORMS = (
    "a date and time such as 2026-11-20T10:00 or fri 19:00, "
    "or a date alone such as 2026-11-20, 20 Nov or +2w"
)

# Full width, invisible characters and the hyphens that typography has.
UNSTYLED: dict[int, int | str | None] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys((0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF)),
    **dict.fromkeys((0x2010, 0x2011, 0x2013, 0x2212), "-"),
}
_FLAGS = re.IGNORECASE | re.ASCII
_WORDS = {word: number for number, word in enumerate(
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1
)} | {"a": 1, "an": 1}  # fmt: skip
_NEARBY = {
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
    "day before yesterday": -2,
}
_DAYS_OF = {"d": 1, "w": 7}
_MINUTES_OF = {"h": 60, "min": 1}
# A year of two digits must not be the hour of a clock that follows.
_YEAR = r"(?P<year>\d{4}|'?\d{2}(?![.:h]\d|\s*(?:[ap]\.?m\b|h\b|uhr)))(?!\d)"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})"
_DATED = (
    rf"(?P<year>\d{{4}})\s?(?P<mark>[-/.年])\s?(?P<month>\d{{1,2}})\s?(?:(?P=mark)|月)\s?{_DAY}"
    r"(?!\d)日?",
    rf"{_MONTH}\s*{_DAY}(?:st|nd|rd|th)?(?![\d:]|\s*(?:[ap]\.?m\b|h\b))(?:[\s,]*{_YEAR})?",
    rf"{_DAY}(?:st|nd|rd|th|er|[.ºª])?[-/\s]*(?:of\s+|de\s+)?{_MONTH}(?:[-/\s,]*(?:de\s+)?{_YEAR})?",
)
_NUMBERS = (
    rf"(?P<one>\d{{1,2}})(?P<mark>[-/.])\s?(?P<two>\d{{1,2}})(?:(?P=mark)\s?{_YEAR}|(?![\d]))"
)
_WEEKDAY = (
    r"(?:(?P<which>next|last|this|on|past|coming)\s+)?"
    r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs?|ur)?(?:day)?\b\.?"
)
_SPAN = (
    r"(?P<lead>in\s+|[+-]\s?)?(?P<number>\d{1,4}|[a-z]{1,5}(?=\s))\s*"
    r"(?P<unit>d|w|mo|y|h|min)(?:ays?|ks?|eeks?|nths?|rs?|ears?|ours?|s|utes?)?\b"
    r"(?P<tail>\s+(?:ago|from\s+now|later))?"
)
_CLOCK = (
    r"(?:(?:at|um|@|t)\s*)?(?:(?P<word>noon|midday|midnight)|"
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<unit>h\b|uhr\b)?)"
)
_ZONE = r"\s*(?:(?P<zone>z\b|(?:utc|gmt)\b(?:\s*[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2}))?"
_BEGINNING = (
    rf"(?<![\w/.-])(?<!\b\d\s)(?:\d{{1,4}}\s?[-/.年]\s?\d|\d{{1,2}}(?:[a-z]{{2}}\b|[.ºª])?[-/\s]*[a-z]{{2}}|"
    rf"(?:{'|'.join((*(month[:3] for month in MONTHS), *WEEKDAYS))})[a-z]*)"
)
# Capitals right after a printed time are taken for a zone that only UTC and an offset make clear.
_UNCLEAR_ZONE = r"\s*\(?[A-Z]{2,5}\b\)?"


class Moment(Struct, frozen=True):
    """A time that was read: `at` in the user's zone, midnight where only a date was given."""

    at: datetime
    time_known: bool

    @property
    def value(self) -> datetime | date:
        """The time, or the day alone where only that is known."""
        return self.at if self.time_known else self.at.date()


class NotATime(Struct, frozen=True):
    """Why a text is no time, as what follows the text in a sentence."""

    reason: str = "is not a time"
    accepted: str = WHEN_FORMS

    @property
    def said(self) -> str:
        """What was wrong with it and what is accepted, in a row."""
        return f"{self.reason}; type {self.accepted}"


class Printed(Struct, frozen=True):
    """A date found in a report: `at` in ISO 8601, or why it is unclear; `end` is where it ends."""

    at: str
    problem: str
    end: int


class _Day(Struct, frozen=True):
    """The days a text may mean, the most likely first; `readings` where countries differ."""

    days: tuple[date, ...]
    end: int
    readings: tuple[date, ...] = ()


class _Clock(Struct, frozen=True):
    at: time
    offset: timezone | None
    end: int


def read_when(text: str, now: datetime, zone: ZoneInfo, lean: Lean = "ahead") -> Moment | NotATime:
    """Read a day, with or without a time of day, in ISO 8601 or an everyday form.

    What has no offset is local to `zone`. A form that two countries read differently is refused
    with both readings.
    """
    try:
        found = _iso(text.strip(), zone) or _everyday(plain(text), now.astimezone(zone), lean)
    except (ValueError, OverflowError):
        return NotATime()
    if isinstance(found, Moment) and not FIRST_YEAR <= found.at.year <= LAST_YEAR:
        return NotATime()
    return found


def echo(moment: Moment | NotATime) -> str:
    """A reading as a field shows it while one types: `= Fri 8 Jan 2027, 09:00`; both readings of
    what two countries read differently, nothing for what is not a time."""
    if isinstance(moment, NotATime):
        return "" if moment == NotATime() else moment.said
    day = f"= {moment.at:%a} {moment.at.day} {moment.at:%b %Y}"
    return f"{day}, {moment.at:%H:%M}" if moment.time_known else day


def plain(text: str) -> str:
    """The text without invisible characters, digits of full width as plain ones, spaces single."""
    return " ".join(text.translate(UNSTYLED).split()).strip(" ,")


def _iso(text: str, zone: ZoneInfo) -> Moment | None:
    if not (text.isascii() and text[:4].isdecimal()):
        return None
    try:
        return _moment(date.fromisoformat(text), None, zone)
    except ValueError:
        pass
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return Moment(_local(at, zone), time_known=True)


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    """The time in the zone; a wall time that a clock change skips is the instant after it."""
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC).astimezone(zone)


def _moment(day: date, clock: _Clock | None, zone: ZoneInfo) -> Moment:
    if clock is None:
        return Moment(datetime.combine(day, time(), zone), time_known=False)
    return Moment(_local(datetime.combine(day, clock.at, clock.offset), zone), time_known=True)


def _everyday(text: str, now: datetime, lean: Lean) -> Moment | NotATime:
    instant = _instant(text, now, lean)
    if instant or len(text) > LONGEST:
        return Moment(instant, time_known=True) if instant else NotATime()
    day, clock = _parts(text, now.date(), lean)
    if day is None and clock is None:
        return NotATime()
    if day and day.readings:
        first, second = day.readings
        return NotATime(f"may be {first} or {second}", "one of these")
    assert isinstance(now.tzinfo, ZoneInfo)
    days = day.days if day else (now.date(),)
    moments = [_moment(each, clock, now.tzinfo) for each in days]
    limit = now if clock else now.replace(hour=0, minute=0, second=0, microsecond=0)
    fits = [m for m in moments if (m.at >= limit if lean == "ahead" else m.at <= now)]
    return (fits or moments)[0]


def _parts(text: str, today: date, lean: Lean) -> tuple[_Day | None, _Clock | None]:
    """The day and the clock of the whole text in either order; (None, None) for any other."""
    day = _near_day(text, today, lean) or _calendar_day(text, today, lean)
    if day:
        rest = text[day.end :].lstrip(" ,")
        clock = _clock(rest) if rest else None
        return (day, clock) if not rest or (clock and clock.end == len(rest)) else (None, None)
    clock = _clock(text)
    # Alone, 9.10 may as well be a day.
    if clock is None or re.fullmatch(r"\d{1,2}\.\d{2}", text, _FLAGS):
        return None, None
    rest = re.sub(r"^[\s,]*(?:on\b\s*)?", "", text[clock.end :])
    if not rest:
        return None, clock
    day = _near_day(rest, today, lean) or _calendar_day(rest, today, lean)
    return (day, clock) if day and day.end == len(rest) else (None, None)


def _instant(text: str, now: datetime, lean: Lean) -> datetime | None:
    """`now`, or a span of hours or minutes from it."""
    if text.casefold() == "now":
        return now.replace(microsecond=0)
    found = re.fullmatch(_SPAN, text, _FLAGS)
    unit = found["unit"].casefold() if found else ""
    if found is None or unit not in _MINUTES_OF:
        return None
    number = _signed(found, lean)
    if number is None:
        return None
    at = now.astimezone(UTC) + timedelta(minutes=number * _MINUTES_OF[unit])
    return at.astimezone(now.tzinfo).replace(second=0, microsecond=0)


def _signed(found: re.Match[str], lean: Lean) -> int | None:
    word = found["number"].casefold()
    number = int(word) if word.isdecimal() else _WORDS.get(word)
    if number is None:
        return None
    lead, tail = (found["lead"] or "").strip(), (found["tail"] or "").strip().casefold()
    if lead == "-" or tail == "ago":
        return None if lead.casefold() == "in" else -number
    return -number if lean == "back" and not lead and not tail else number


def _near_day(text: str, today: date, lean: Lean) -> _Day | None:
    """A day named by how far it is from today."""
    if found := re.match(r"the\s+|", text, _FLAGS):
        text, cut = text[found.end() :], found.end()
    for words, days in _NEARBY.items():
        if found := re.match(rf"{words}\b", text, _FLAGS):
            return _Day((today + timedelta(days=days),), cut + found.end())
    if found := re.match(r"(next|last)\s+(week|month|year)\b", text, _FLAGS):
        sign = 1 if found[1].casefold() == "next" else -1
        return _Day((_shifted(today, sign, found[2][0].casefold()),), cut + found.end())
    if found := re.match(_WEEKDAY, text, _FLAGS):
        return _weekday(found, text, today, lean, cut)
    found = re.match(_SPAN, text, _FLAGS)
    number = _signed(found, lean) if found else None
    if found is None or number is None or found["unit"].casefold() in _MINUTES_OF:
        return None
    unit = found["unit"].casefold()[0]
    return _Day((_shifted(today, number, unit),), cut + found.end())


def _shifted(day: date, number: int, unit: str) -> date:
    """The day so many days, weeks, months or years away; the last of a month where it is short."""
    if unit in _DAYS_OF:
        return day + timedelta(days=number * _DAYS_OF[unit])
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "y" else 1)
    first = date(months // 12, months % 12 + 1, 1)
    following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def _weekday(found: re.Match[str], text: str, today: date, lean: Lean, cut: int) -> _Day | None:
    """A weekday alone, or before a date that has to fall on it."""
    number = WEEKDAYS.index(found["weekday"].casefold())
    rest = text[found.end() :]
    gap = len(rest) - len(rest.lstrip(" ,"))
    dated = None if found["which"] else _calendar_day(rest[gap:], today, lean)
    if dated:
        days = tuple(day for day in dated.days if day.weekday() == number)
        readings = tuple(day for day in dated.readings if day.weekday() == number)
        if len(readings) == 1:
            days, readings = readings, ()
        end = cut + found.end() + gap + dated.end
        return _Day(days, end, readings) if days or readings else None
    which = (found["which"] or "").casefold()
    back = which in ("last", "past") or (lean == "back" and which not in ("next", "coming", "this"))
    first = (today.weekday() - number) % 7 if back else (number - today.weekday()) % 7
    if not first and which in ("next", "last", "past"):
        first = 7
    step = -1 if back else 1
    days = tuple(today + timedelta(days=step * (first + 7 * week)) for week in (0, 1))
    return _Day(days[: 1 if which in ("next", "last") else 2], cut + found.end())


def _calendar_day(text: str, today: date | None, lean: Lean = "back") -> _Day | None:
    """The day of the calendar that a text begins with; without today it needs its year."""
    for pattern in _DATED:
        if (found := re.match(pattern, text, _FLAGS)) and (month := _month(found["month"])):
            days = _days(found["year"], month, int(found["day"]), today, lean)
            return _Day(days, found.end()) if days else None
    found = re.match(_NUMBERS, text, _FLAGS)
    if found is None:
        return None
    one, two, mark, year = int(found["one"]), int(found["two"]), found["mark"], found["year"]
    end = found.end()
    if not year and (mark == "-" or (mark == "." and text[end : end + 1] != ".")):
        return None
    orders = [(one, two)] if mark == "." else [(one, two), (two, one)]
    readings = [_days(year, month, day, today, lean) for day, month in orders]
    if mark == "-" and year and len(year) == 2:
        readings.append(_days(found["one"].zfill(2), two, int(year), today, lean))
    distinct = [days for n, days in enumerate(readings) if days and days not in readings[:n]]
    if not distinct:
        return None
    end += not year and mark == "."
    if len(distinct) > 1:
        return _Day((), end, (distinct[0][0], distinct[1][0]))
    return _Day(distinct[0], end)


def _month(text: str) -> int:
    """The number of a month given as digits, a name or its first three letters; 0 for others."""
    if text.isdecimal():
        return int(text)
    word = text.casefold()
    return next((n for n, name in enumerate(MONTHS, 1) if name.startswith(word)), 0)


def _days(
    year: str | None, month: int, day: int, today: date | None, lean: Lean
) -> tuple[date, ...]:
    """The day, of the years around today where none is given; empty where there is none."""
    if year:
        number = int(year.lstrip("'"))
        years = [number if len(year) == 4 else 2000 + number]
    elif today:
        # 29 February may be eight years away.
        years = [today.year + (n if lean == "ahead" else -n) for n in range(9)]
    else:
        return ()
    days = []
    for number in years:
        try:
            days.append(date(number, month, day))
        except ValueError:
            continue
    if not year and today:
        days = [d for d in days if (d >= today if lean == "ahead" else d <= today)][:2]
    return tuple(days)


def _clock(text: str) -> _Clock | None:
    """The time of day that a text begins with."""
    found = re.match(_CLOCK + _ZONE, text, _FLAGS)
    if found is None or not (found["word"] or found["minute"] or found["half"] or found["unit"]):
        return None
    hour = {"midnight": 0}.get((found["word"] or "").casefold(), 12)
    if found["hour"]:
        hour = int(found["hour"])
        if found["half"]:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    minute, second = int(found["minute"] or 0), int(found["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    offset = _offset(found["zone"]) if found["zone"] else None
    return _Clock(time(hour, minute, second), offset, found.end())


def _offset(zone: str) -> timezone:
    found = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", zone)
    if found is None:
        return UTC
    delta = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-delta if found[1] == "-" else delta)


def read_clock(text: str) -> time | None:
    """A time of day and nothing else; an hour alone will do."""
    text = plain(text)
    found = _clock(f"{text}h" if text.isdecimal() else text)
    whole = found and found.end == len(text) + text.isdecimal() and found.offset is None
    return found.at if found and whole else None


def is_weekday(text: str) -> bool:
    """Whether a text is a weekday and nothing else, in full or short: `mon`, `Thurs`, `friday`."""
    found = re.fullmatch(_WEEKDAY, text.strip(), _FLAGS)
    return bool(found and not found["which"])


def printed_date(text: str) -> Printed | None:
    """The date with its year, and the time where there is one, that a text of a report begins
    with; None where it begins with none.

    A time in an abbreviated zone other than UTC is left out: the abbreviation does not say
    which zone is meant.
    """
    weekday = re.match(rf"{_WEEKDAY}[\s,]*|", text, _FLAGS)
    start = weekday.end() if weekday else 0
    day = _calendar_day(text[start:], None)
    if day is None:
        return None
    start += day.end
    if day.readings:
        first, second = day.readings
        return Printed("", f"may be {first} or {second}; write it as one of these", start)
    if not FIRST_YEAR <= day.days[0].year <= LAST_YEAR:
        return None
    clock, length = printed_clock(text[start:])
    # Digits right after a date may be the rest of its year or day.
    whole = re.search(r"\d{4}$|^\d{4}\D.*\D\d\d$", text[start - day.end : start])
    if not length and not whole and re.match(r"\s?\d", text[start:]):
        return None
    return Printed(f"{day.days[0]}{clock}", "", start + length)


def printed_clock(text: str) -> tuple[str, int]:
    """A time of day as `THH:MM` with its offset, and where it ends; empty where there is none
    that can be used."""
    lead = re.match(r"\s*(?:[,(|–-]\s*|at\s+|t(?=\d))?", text, _FLAGS)
    start = lead.end() if lead else 0
    found = _clock(text[start:])
    if found is None:
        return "", 0
    end = start + found.end
    if found.offset is None and (unclear := re.match(_UNCLEAR_ZONE, text[end:])):
        return "", end + unclear.end()
    at = f"{found.at:%H:%M}"
    if found.offset is None:
        return f"T{at}", end
    offset = datetime.combine(date(2000, 1, 1), found.at, found.offset).isoformat()[-6:]
    return f"T{at}{offset}", end


def printed_dates(text: str) -> Iterator[Printed]:
    """Every date in a line of a report."""
    end = 0
    for found in re.finditer(_BEGINNING, text, _FLAGS):
        place = found.start()
        printed = printed_date(text[place : place + LONGEST]) if place >= end else None
        if printed:
            yield printed
            end = place + printed.end
