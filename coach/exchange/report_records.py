"""What reading a file of score reports gives: the reports as texts, and what could not be read."""

from typing import Literal

import msgspec

MOST_REPORTS = 500
MOST_DOMAINS = 100
MOST_FLAGS = 100

Result = Literal["", "pass", "fail"]
SINGLE = ("exam", "at", "score", "place", "outline", "fee", "source", "note")
"""The fields of a report that have one value, by the names that JSON and CSV give them."""


class ImportProblem(msgspec.Struct, frozen=True, kw_only=True):
    """A remark on a file: the line it is about where known, the field, and a sentence."""

    line: int | None
    field: str
    text: str


class ImportedReport(msgspec.Struct, frozen=True, kw_only=True):
    """One report as read: every value still a text.

    `domains` pairs a name with a band or bar; `result` and `passing` are what the report itself
    says of passing. `where` names the report in a sentence where a file holds several. `lines`
    pairs a field with its line; a domain's field is `domain:` and its name. `unread` holds the
    lines of a text that may still name its exam, `lost` those with a band, a percent or a number
    that was not understood. A report with `problems` is not to be stored.
    """

    exam: str = ""
    at: str = ""
    score: str = ""
    place: str = ""
    outline: str = ""
    fee: str = ""
    source: str = ""
    note: str = ""
    flags: tuple[str, ...] = ()
    domains: tuple[tuple[str, str], ...] = ()
    result: Result = ""
    passing: str = ""
    where: str = ""
    lines: tuple[tuple[str, int], ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    lost: tuple[tuple[int, str], ...] = ()
    problems: tuple[ImportProblem, ...] = ()


Reading = tuple[tuple[ImportedReport, ...], tuple[ImportProblem, ...]]
"""The reports of a file, and the problems that belong to none of them."""


def problem(field: str, text: str, line: int | None = None, where: str = "") -> ImportProblem:
    """A problem whose sentence begins with the place and the field: `line 7, score: ...`."""
    place = where if line is None else f"line {line}"
    named = f"{field.partition(':')[0]}: {text}"
    return ImportProblem(line=line, field=field, text=f"{place}, {named}" if place else named)


def line_of(report: ImportedReport, field: str) -> int | None:
    """The line a field of a report was read from, None where that is not known."""
    return dict(report.lines).get(field)
