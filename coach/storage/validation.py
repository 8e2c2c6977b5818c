"""Values that have the right type and still cannot be: every rule that reads records may rely on
none being there.

The ranges are wide. They keep out what arithmetic on dates and shares cannot digest; whether a
score fits its exam is for `coach doctor` to say.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from coach.model.attempt import Attempt, Report
from coach.model.plan import Block, Forecast, Practice, Revision
from coach.model.settings import BusyTimes, CalendarExport, Hours, Tracked, overlapping

FIRST_YEAR, LAST_YEAR = 1900, 2200
DAY_MINUTES = 24 * 60
LARGEST = 10_000_000
LONGEST_NOTICE = 2160
TERM_DAYS = ("purchased", "voucher_expires", "accommodations", "eligible_from", "renewed_until")


class Fault(Struct, frozen=True):
    """What is wrong with one field. `field` may lead into a list: `observations[0].value`."""

    field: str
    text: str


def invalid_field(record: object) -> Fault | None:
    """The first value of a record that cannot be, None where all can."""
    check = _CHECKS.get(type(record))
    return next(iter(check(record)), None) if check else None


# These answer with a tuple: most of the thousands that a start asks for are empty.
def _moment(field: str, at: datetime | None) -> tuple[Fault, ...]:
    if at is not None and at.tzinfo is None:
        return (Fault(field, "is a time without an offset from UTC"),)
    return _day(field, at)


def _day(field: str, day: date | None) -> tuple[Fault, ...]:
    if day is None or FIRST_YEAR <= day.year <= LAST_YEAR:
        return ()
    return (Fault(field, f"is not between the years {FIRST_YEAR} and {LAST_YEAR}"),)


def _number(field: str, value: float | None, low: int, high: int = LARGEST) -> tuple[Fault, ...]:
    if value is None or low <= value <= high:
        return ()
    return (Fault(field, f"is not between {low} and {high}"),)


def _tracked(record: Tracked) -> Iterator[Fault]:
    yield from _moment("target", record.target)
    terms = record.terms
    for name in TERM_DAYS:
        yield from _day(f"terms.{name}", getattr(terms, name))
    if terms.change_notice is not None:
        amount = terms.change_notice.amount
        yield from _number("terms.change_notice.amount", amount, 0, LONGEST_NOTICE)


def _report(record: Report) -> Iterator[Fault]:
    yield from _number("score", record.score, 0)
    yield from _day("received", record.received)
    for n, seen in enumerate(record.observations):
        yield from _number(f"observations[{n}].value", seen.value, 0, 100)


def _block(record: Block) -> tuple[Fault, ...]:
    minutes = _number("minutes", record.minutes, 1, DAY_MINUTES)
    return _moment("start", record.start) + minutes + _number("spent", record.spent, 0, DAY_MINUTES)


def _revision(record: Revision) -> Iterator[Fault]:
    yield from _moment("at", record.at)
    yield from _moment("target", record.target)
    for field in ("number", "study_minutes", "shortfall_minutes", "churn"):
        yield from _number(field, getattr(record, field), 0)
    for n, share in enumerate(record.allocation):
        yield from _number(f"allocation[{n}].share", share.share, 0, 1)
        yield from _number(f"allocation[{n}].minutes", share.minutes, 0)
    for n, change in enumerate(record.changes):
        if change.before is None and change.after is None:
            yield Fault(f"changes[{n}]", "names no session")
        for block in filter(None, (change.before, change.after)):
            for fault in _block(block):
                yield Fault(f"changes[{n}].{fault.field}", fault.text)


def _hours(record: Hours) -> Iterator[Fault]:
    for day, spans in record.windows.items():
        if not all(span.is_valid for span in spans):
            yield Fault("windows", f"has a span on {day} that does not end after it starts")
    if clash := overlapping(record.windows):
        yield Fault("windows", f"has spans on {clash} that overlap or are out of order")
    for n, day_off in enumerate(record.off):
        yield from _day(f"off[{n}]", day_off)
    yield from _number("block_minutes", record.block_minutes, 20, DAY_MINUTES)
    yield from _number("break_minutes", record.break_minutes, 0, DAY_MINUTES)
    yield from _number("spare_minutes", record.spare_minutes, 0, 7 * DAY_MINUTES)
    for field in ("daily_minutes", "weekly_minutes"):
        yield from _number(field, getattr(record, field), 1)
    if record.busy is not None:
        yield from _busy("busy", record.busy)
    for n, calendar in enumerate(record.calendars):
        yield from _busy(f"calendars[{n}]", calendar)


def _forecast(record: Forecast) -> Iterator[Fault]:
    for field in ("target", "made"):
        yield from _moment(field, getattr(record, field))
    for field in ("p", "low", "high"):
        yield from _number(field, getattr(record, field), 0, 1)
    for field in ("reports", "practice", "done_minutes", "planned_minutes"):
        yield from _number(field, getattr(record, field), 0)


def _busy(place: str, busy: BusyTimes) -> Iterator[Fault]:
    for field in ("read", "until"):
        yield from _moment(f"{place}.{field}", getattr(busy, field))
    for n, at in enumerate(at for span in busy.spans for at in span):
        yield from _moment(f"{place}.spans[{n // 2}][{n % 2}]", at)


# Most records are blocks and practice: these checks are the quick ones.
_CHECKS: dict[type, Callable[[Any], Iterable[Fault]]] = {
    Tracked: _tracked,
    Attempt: lambda record: _moment("at", record.at) + _number("fee", record.fee, 0),
    Report: _report,
    Practice: lambda record: (
        _moment("at", record.at)
        + _number("correct", record.correct, 0)
        + _number("total", record.total, 1)
    ),
    Block: _block,
    Revision: _revision,
    Hours: _hours,
    Forecast: _forecast,
    CalendarExport: lambda record: (
        fault
        for key, event in record.events.items()
        for fault in _number(f"events.{key}.sequence", event.sequence, 0, 2**31 - 1)
    ),
}
