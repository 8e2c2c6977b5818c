"""Dates and times as score reports print them, read into ISO 8601 texts."""

import re
from datetime import date

import msgspec

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)

_FLAGS = re.IGNORECASE | re.ASCII
_WEEKDAY = re.compile(
    r"\s*(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?", _FLAGS
)
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)", _FLAGS
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})(?!\d)", _FLAGS
)
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?[-\s]+(?:of\s+)?(?P<month>[a-z]{3,9})\.?,?[-\s]+"
    r"(?P<year>\d{4})(?!\d)",
    _FLAGS,
)
_NUMBERS = re.compile(r"(?P<one>\d{1,2})([-/.])(?P<two>\d{1,2})\2(?P<year>\d{4})(?!\d)", _FLAGS)
# Capitals right after a time are taken for a time zone, which only UTC and an offset make clear.
_CLOCK = re.compile(
    r"(?:\s*(?:,|at|t|[-–(|])\s*|\s+)?"
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"\s*(?P<zone>z\b|(?:utc|gmt)?\s*[+-]\d{2}:?\d{2}|(?-i:\(?[A-Z]{2,5}\b\)?))?",
    _FLAGS,
)


class ReadTime(msgspec.Struct, frozen=True):
    """A date that was found: `at` in ISO 8601, empty where a problem says why it is unclear."""

    at: str
    problem: str = ""


def read_time(text: str) -> ReadTime | None:
    """The date, and the time of day where there is one, that a text begins with; None where it
    begins with no date.

    ISO 8601, month names, and numbers such as 11/20/2026 where only one order of day and month
    makes a date. A time in an abbreviated zone other than UTC is left out: the abbreviation
    does not say which zone is meant.
    """
    start = _WEEKDAY.match(text)
    text = text[start.end() :] if start else text
    for pattern in (_YEAR_FIRST, _MONTH_FIRST, _DAY_FIRST):
        if found := pattern.match(text):
            day = _day(found["year"], _month(found["month"]), found["day"])
            return ReadTime(f"{day}{read_clock(text[found.end() :])}") if day else None
    if found := _NUMBERS.match(text):
        return _from_numbers(found, read_clock(text[found.end() :]))
    return None


def find_times(text: str) -> list[ReadTime]:
    """Every date in a line of text."""
    starts = [found.start() for found in re.finditer(r"(?<![\w/.-])\w", text)]
    times: list[ReadTime] = []
    for start in starts:
        if found := read_time(text[start : start + 80]):
            times.append(found)
    return times


def read_clock(text: str) -> str:
    """A time of day as `THH:MM` with its offset, empty where there is none that can be used."""
    found = _CLOCK.match(text)
    if found is None or not (found["minute"] or found["half"]):
        return ""
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    offset = _offset(found["zone"] or "")
    return "" if offset is None or hour > 23 or minute > 59 else f"T{hour:02}:{minute:02}{offset}"


def _offset(zone: str) -> str | None:
    bare = zone.casefold().strip("()").replace(" ", "").removeprefix("utc").removeprefix("gmt")
    if not zone:
        return ""
    if bare in ("", "z"):
        return "+00:00"
    if not re.fullmatch(r"[+-]\d{2}:?\d{2}", bare):
        return None
    return f"{bare[:3]}:{bare[-2:]}"


def _from_numbers(found: re.Match[str], clock: str) -> ReadTime | None:
    year, one, two = found["year"], int(found["one"]), int(found["two"])
    readings = dict.fromkeys(
        day for day in (_day(year, one, two), _day(year, two, one)) if day is not None
    )
    days = [day.isoformat() for day in readings]
    if len(days) == 2:
        text = f"may be {days[0]} or {days[1]}; write it as one of these"
        return ReadTime("", f'"{found[0]}" {text}.')
    return ReadTime(f"{days[0]}{clock}") if days else None


def _month(text: str) -> int:
    """The number of a month given as digits, a name or the beginning of one; 0 for others."""
    if text.isdecimal():
        return int(text)
    word = text.casefold()
    return next((n for n, name in enumerate(MONTHS, 1) if name.startswith(word)), 0)


def _day(year: str, month: int, day: str | int) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None
