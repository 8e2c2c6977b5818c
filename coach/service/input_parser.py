"""Reads typed texts into values and collects every problem instead of stopping at the first."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from zoneinfo import ZoneInfo

from coach.dates import WHEN_FORMS, Lean, Moment, NotATime, is_weekday, plain, read_clock, read_when
from coach.exchange.plain import quoted
from coach.model.attempt import Attempt, Place
from coach.model.plan import NIGHT
from coach.model.policy import Notice
from coach.model.settings import WEEKDAYS, Weekday, Window
from coach.policy.booking import Finding
from coach.policy.dates import span
from coach.service.refusal import Problem, Refusal
from coach.wording import spoken

Choice = TypeVar("Choice", bound=str)

_HALF = re.compile(r"[ap]\.?m", re.IGNORECASE)
PLACES: tuple[Place, ...] = ("centre", "online")
LONGEST_TEXT = 5_000
LARGEST_FEE = Decimal(100_000)
LONGEST_HOLIDAY_DAYS = 366


def when_text(attempt: Attempt, zone: ZoneInfo) -> str:
    """When an attempt was, as text that `read_when` reads back to the same moment.

    The offset is there only where the clock shows that time twice.
    """
    start = span(attempt, zone)[0]
    if not attempt.time_known:
        return f"{start:%Y-%m-%d}"
    shown = start if start.fold else start.replace(tzinfo=None)
    precision = "auto" if start.second or start.microsecond else "minutes"
    return shown.isoformat(sep=" ", timespec=precision)


def notice_text(notice: Notice) -> str:
    """A notice as it is typed: `72 hours`, `6 business days`."""
    return f"{notice.amount} {spoken(notice.unit)}"


def parse_window(text: str) -> Window | None:
    """Read a span such as `19:00-20:30` or `7-8:30pm`; `24:00` or `00:00` may end it, or a time of
    the next morning up to 04:00."""
    first, _, last = (part.strip() for part in plain(text).partition("-"))
    start, end = read_clock(first), time() if last in ("24:00", "24") else read_clock(last)
    if start is None or end is None:
        return None
    if _HALF.search(last) and not _HALF.search(first) and start.hour < 12:
        afternoon = start.replace(hour=start.hour + 12)
        start = afternoon if afternoon < end or end <= start else start
    window = Window(start=start, end=end)
    whole = not start.second and not end.second
    return window if whole and window.is_valid else None


def window_text(window: Window) -> str:
    """A span as it is typed; one up to midnight ends at 24:00."""
    end = "24:00" if window.end == time() else f"{window.end:%H:%M}"
    return f"{window.start:%H:%M}-{end}"


def in_spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """The first and the last of the days that follow one another."""
    spans: list[tuple[date, date]] = []
    for day in sorted(days):
        if spans and day - spans[-1][1] == timedelta(days=1):
            spans[-1] = spans[-1][0], day
        else:
            spans.append((day, day))
    return spans


def days_text(days: Iterable[date]) -> str:
    """Days off as they are typed: single days and spans, separated by commas."""
    return ", ".join(
        f"{first}" if first == last else f"{first}..{last}" for first, last in in_spans(days)
    )


class InputParser:
    """Turns the texts of one draft into values; `finish` raises what could not be read."""

    def __init__(self, now: datetime, zone: ZoneInfo) -> None:
        self.now = now
        self.zone = zone
        self.problems: list[Problem] = []

    def refuse(
        self, field: str, what: str, label: str | None = None, *, accepted: str = ""
    ) -> None:
        """Note one problem and go on."""
        self.problems.append(Problem(field, what, label, accepted))

    def finish(self) -> None:
        """Raise `Refusal` with all problems noted so far, if there are any."""
        if self.problems:
            raise Refusal(*self.problems)

    def moment(self, field: str, text: str, lean: Lean = "ahead") -> Moment | None:
        """A date with or without a time."""
        if not text.strip():
            self.refuse(field, "missing", accepted=f"type {WHEN_FORMS}")
            return None
        found = read_when(text, self.now, self.zone, lean)
        if isinstance(found, Moment):
            return found
        self.refuse(field, f"{quoted(text)} {found.reason}", accepted=f"type {found.accepted}")
        return None

    def day(self, field: str, text: str, lean: Lean = "ahead") -> date | None:
        """A day without a time, None for an empty text."""
        if not text.strip():
            return None
        found = read_when(text, self.now, self.zone, lean)
        if isinstance(found, Moment) and not found.time_known:
            return found.at.date()
        if isinstance(found, Moment) or found == NotATime():
            found = NotATime("is not a day", "for example 2026-12-31 or 31 Dec")
        self.refuse(field, f"{quoted(text)} {found.reason}", accepted=f"type {found.accepted}")
        return None

    def allowed(self, field: str, findings: Iterable[Finding]) -> tuple[str, ...]:
        """Refuse what the findings on an appointment forbid; the texts of their warnings."""
        found = tuple(findings)
        for finding in found:
            if finding.severity == "refused":
                self.refuse(field, finding.text)
        return tuple(finding.text for finding in found if finding.severity == "warning")

    def whole(self, field: str, text: str, low: int, high: int) -> int | None:
        """A whole number from `low` to `high`."""
        text = text.strip()
        if text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high:
            return int(text)
        wrong = f"{quoted(text)} is not accepted" if text else "missing"
        self.refuse(field, wrong, accepted=f"type a whole number from {low} to {high}")
        return None

    def money(self, field: str, text: str) -> float | None:
        """An amount with at most two decimals, None for an empty text."""
        text = text.strip()
        if not text:
            return None
        try:
            amount = Decimal(text)
        except InvalidOperation:
            amount = Decimal(-1)
        exponent = amount.as_tuple().exponent
        if not (isinstance(exponent, int) and exponent >= -2 and 0 <= amount <= LARGEST_FEE):
            accepted = "type a number such as 165 or 82.50"
            self.refuse(field, f"{quoted(text)} is not an amount", accepted=accepted)
            return None
        return float(amount)

    def choice(
        self, field: str, text: str, accepted: Iterable[Choice], *, needed: bool = False
    ) -> Choice | None:
        """One of `accepted`, in any case and with spaces for its hyphens; None for an empty text,
        refused where one is `needed`."""
        word = "-".join(text.casefold().split())
        options = tuple(accepted)
        if needed and not word:
            self.refuse(field, "missing", accepted=f"type one of {', '.join(options)}")
        if not word:
            return None
        if word in options:
            return options[options.index(word)]
        self.refuse(field, f"{quoted(text)} is not one of the accepted {', '.join(options)}.")
        return None

    def place(self, text: str) -> Place | None:
        """Where an exam is sat, in either spelling."""
        word = "centre" if text.strip().casefold() == "center" else text
        return self.choice("place", word, PLACES)

    def line(self, field: str, text: str) -> str:
        """Free text, at most `LONGEST_TEXT` characters."""
        if len(text) > LONGEST_TEXT:
            self.refuse(field, f"{len(text)} characters are too many; up to {LONGEST_TEXT}.")
        return text.strip()

    def windows(self, weekday: str, text: str) -> tuple[Weekday, tuple[Window, ...]] | None:
        """A weekday with its spans, comma-separated, in order."""
        word = weekday.strip().casefold()
        day = next((d for d in WEEKDAYS if d == word[:3] and is_weekday(word)), None)
        if day is None:
            self.refuse("weekday", f"{quoted(weekday)} is not one of {', '.join(WEEKDAYS)}.")
            return None
        spans = []
        for part in filter(None, (part.strip() for part in text.split(","))):
            span = parse_window(part)
            if span is None:
                examples = "type for example 19:00-20:30, or 22:00-02:00"
                accepted = f"{examples}, up to {NIGHT.seconds // 3600:02}:00 of the next morning"
                self.refuse(day, f"{quoted(part)} is not a span", accepted=accepted)
                return None
            spans.append(span)
        spans.sort(key=lambda span: span.start)
        return day, tuple(spans)

    def days(self, field: str, text: str) -> tuple[date, ...]:
        """One date, or a span of dates such as `2026-12-24..2026-12-26`."""
        first, dots, last = text.strip().partition("..")
        start = self.day(field, first)
        if start is None:
            if not first.strip():
                self.refuse(field, "missing", accepted="type a day such as 2026-12-24")
            return ()
        follows = InputParser(datetime.combine(start, time(), self.zone), self.zone)
        end = follows.day(field, last) if dots else start
        if end is None or not timedelta() <= end - start <= timedelta(days=LONGEST_HOLIDAY_DAYS):
            self.refuse(
                field,
                f"{quoted(text)} is not a day or a span of up to a year",
                accepted="type for example 2026-12-24 or 2026-12-24..2026-12-26",
            )
            return ()
        return tuple(start + timedelta(days=n) for n in range((end - start).days + 1))
