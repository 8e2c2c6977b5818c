"""How things are written on screen: safe text, dates, durations, numbers. One place for all.

Text that a person typed or a file brought is never markup: it enters a widget only through
`plain` (as `Content`) or `visible` (as a string for a line that is drawn cell by cell).
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Literal

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from coach.model.answers import Source
from coach.model.phrase import Part, Phrase, Range
from coach.model.plan import ChangeRow
from coach.wording import capital, counted

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
BAND_LETTER = {"below": "B", "near": "N", "above": "A", "unknown": "?"}
Origin = Source | Literal["unverified"]
SOURCE_WORD: dict[Origin, str] = {
    "official": "official",
    "article": "article",
    "own": "Coach's own",
    "unverified": "unverified",
}
_EIGHTHS = " ▏▎▍▌▋▊▉"
_DIRECTION_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_VISIBLE = {
    **{code: chr(0x2400 + code) for code in range(32)},
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), "\ufffd"),
    **dict.fromkeys(map(ord, _DIRECTION_MARKS), "\ufffd"),
    **dict.fromkeys(map(ord, "\n\r\t"), " "),
    0x7F: "\u2421",
}


def visible(text: str) -> str:
    """The text in one line, with control and direction characters made visible."""
    return text.translate(_VISIBLE)


def plain(text: str, style: str = "") -> Content:
    """Text that is shown exactly as it is, never read as markup, in one style."""
    return Content.styled(visible(text), style)


def cells(text: str) -> int:
    """How many cells a text takes that is safe to show."""
    return len(text) if text.isascii() else cell_len(text)


def fit(text: str, width: int) -> str:
    """The text in exactly `width` cells: padded on the right, or cut with an ellipsis."""
    text = visible(text)
    if width <= 0:
        return ""
    if cells(text) > width:
        return set_cell_size(text, width - 1) + "…"
    return set_cell_size(text, width)


def clip(text: str, width: int) -> str:
    """The text in at most `width` cells, cut with an ellipsis where it is longer."""
    text = visible(text)
    return text if cells(text) <= width else fit(text, width)


def day(value: date, today: date | None = None) -> str:
    """`Sat 21 Nov`, with the year where it is not that of `today` (or no `today` is given)."""
    text = f"{WEEKDAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]}"
    return text if today is not None and value.year == today.year else f"{text} {value.year}"


def recent_day(value: date, today: date) -> str:
    """`today`, `yesterday`, else the day."""
    near = {today.toordinal(): "today", today.toordinal() - 1: "yesterday"}
    return near.get(value.toordinal()) or day(value, today)


def dated(value: date) -> str:
    """`17 Apr 2026`."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def short_day(value: date, today: date | None = None) -> str:
    """`21 Nov`, with the year where it is not that of `today`."""
    text = f"{value.day} {MONTHS[value.month - 1]}"
    return text if today is not None and value.year == today.year else f"{text} {value.year}"


def shown(words: str, today: date | None = None) -> str:
    """The words in one line, dates and ranges as on screen: `report of 20 Nov`, `20–25 %`."""
    parts = words.parts if isinstance(words, Phrase) else (words,)
    return visible("".join(_part(part, today) for part in parts))


def _part(part: Part, today: date | None) -> str:
    if isinstance(part, Range):
        return f"{part.low:g}–{part.high:g} %"
    if isinstance(part, datetime):
        return f"{short_day(part, today)} {clock(part)}"
    return short_day(part, today) if isinstance(part, date) else part


def sentence(words: str) -> str:
    """The words with a capital first and a full stop last."""
    words = words.strip()
    return capital(words) + ("" if words.endswith((".", "?", "!")) else ".")


def clock(value: datetime) -> str:
    """The time of day, `19:00`."""
    return f"{value.hour:02}:{value.minute:02}"


def moment(value: date, today: date | None = None) -> str:
    """`Sat 21 Nov 10:00`; a plain date has no time of day to show."""
    if isinstance(value, datetime):
        return f"{day(value, today)} {clock(value)}"
    return day(value, today)


def allowed(value: datetime, today: date | None = None) -> str:
    """When an exam may be sat: a day where it is the start of one, since nobody sits it then."""
    return moment(value if value.time() != time() else value.date(), today)


def span(start: datetime, end: datetime) -> str:
    """`19:00–20:30`."""
    return f"{clock(start)}–{clock(end)}"


def days(first: date, last: date, today: date | None = None) -> str:
    """`23–29 Nov`, `30 Nov – 6 Dec`; with the year where it is not that of `today`."""
    end = f"{last.day} {MONTHS[last.month - 1]}"
    if today is None or last.year != today.year:
        end = f"{end} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{first.day} {MONTHS[first.month - 1]} – {end}"


def number(value: float) -> str:
    """At most one decimal, and none where it would be zero: `22.5`, `20`."""
    return f"{value:.1f}".removesuffix(".0")


def in_days(amount: int) -> str:
    """Calendar days from today in words: `today`, `tomorrow`, `in 12 days`, `3 days ago`."""
    if amount < 0:
        return "yesterday" if amount == -1 else f"{-amount} days ago"
    return ("today", "tomorrow")[amount] if amount < 2 else f"in {amount} days"


def bar(fraction: float, width: int) -> str:
    """A bar of at most `width` cells in eighths, without the empty rest. `fraction` is 0-1."""
    eighths = round(max(0.0, min(1.0, fraction)) * width * 8)
    full, rest = divmod(eighths, 8)
    return "█" * full + (_EIGHTHS[rest] if rest else "")


def changes(rows: Sequence[ChangeRow]) -> str:
    """What a save does to the plan: `6 sessions change`, `47 new sessions`."""
    if not rows:
        return "the plan stays"
    if all(row.kind == "added" for row in rows):
        return counted(len(rows), "new session")
    return f"{counted(len(rows), 'session')} {'changes' if len(rows) == 1 else 'change'}"


def shown_lines(text: str) -> Content:
    """Text of our own in several lines, shown as it is."""
    return Content("\n".join(visible(line) for line in text.splitlines()))
