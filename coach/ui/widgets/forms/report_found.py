"""What was read of a pasted report: its values, each domain with its band, and every problem."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from coach.model.attempt import Band
from coach.ui import text
from coach.ui.widgets.facts_rows import LABEL, fact, heading, paragraph
from coach.ui.widgets.rows import Row, Seg

if TYPE_CHECKING:
    from coach.exchange.report_records import ReadProblem
    from coach.service.importing import FoundDraft
    from coach.service.refusal import Problem

    Remark = ReadProblem | Problem

MOST_UNREAD = 4
SAID = 15


class DomainRead(NamedTuple):
    """A domain, what the text says of it, and the band that follows; both empty where it is not
    named."""

    name: str
    said: str
    band: Band | None


class ReportRead(NamedTuple):
    """One report of a text, with the exam's title and the domains of its outline."""

    found: "FoundDraft"
    title: str
    domains: tuple[DomainRead, ...]

    @property
    def bandless(self) -> int:
        """How many domains the text says nothing about."""
        return sum(1 for domain in self.domains if domain.band is None)


def found_rows(
    reports: Sequence[ReportRead], problems: Sequence["Remark"], width: int
) -> list[Row]:
    """The rows of the view in `width` cells: problems first, because they have to be mended."""
    every = [*problems, *(problem for read in reports for problem in read.found.problems)]
    rows: list[Row] = []
    if every:
        rows += [heading("To correct"), *_remarks(every, width, "below"), ()]
    for number, read in enumerate(reports, 1):
        title = "What was read" if len(reports) == 1 else f"Report {number} of {len(reports)}"
        rows += [heading(title), *_report(read, width), ()]
    return rows


def _report(read: ReportRead, width: int) -> list[Row]:
    draft = read.found.draft
    rows = fact("Exam", f"{draft.exam} {read.title}".strip(), width)
    rows += fact("Sat at", draft.at.replace("T", " "), width)
    rows += fact("Score", draft.score or draft.result, width)
    rows += fact("Place", draft.place, width)
    rows += [_domain(domain, width) for domain in read.domains]
    rows += fact("Flagged", "; ".join(draft.flags), width)
    rows += _remarks(read.found.notes, width, "muted")
    return rows + _unread(read, width)


def _domain(domain: DomainRead, width: int) -> Row:
    band = domain.band or "unknown"
    said = domain.said if domain.band else "no band given"
    room = max(width - SAID - 4, 8)
    return (
        Seg(f" {text.BAND_LETTER[band]} ", f"cell-{band}"),
        Seg(f" {text.fit(domain.name, room)}", "ink" if domain.band else "muted"),
        Seg(text.fit(f" {said}", SAID), "muted" if domain.band else "faint"),
    )


def _remarks(remarks: Sequence["Remark"], width: int, style: str) -> list[Row]:
    rows: list[Row] = []
    for remark in remarks:
        first, *rest = paragraph(remark.text, width - 2, style)
        rows += [(Seg("! " if style == "below" else "· ", style), *first)]
        rows += [(Seg("  "), *row) for row in rest]
    return rows


def _unread(read: ReportRead, width: int) -> list[Row]:
    """Lines that gave nothing, for a person to see that none of them matters."""
    names = [domain.name.casefold() for domain in read.domains]
    unread = [
        (number, line)
        for number, line in read.found.report.unread
        if not any(name in line.casefold() for name in names)
    ]
    rows: list[Row] = []
    for index, (number, line) in enumerate(unread[:MOST_UNREAD]):
        words = text.clip(f"{number}: {line}", width - LABEL)
        rows.append(
            (Seg(text.fit("" if index else "Unused lines", LABEL), "muted"), Seg(words, "faint"))
        )
    if len(unread) > MOST_UNREAD:
        rows.append((Seg(" " * LABEL), Seg(f"and {len(unread) - MOST_UNREAD} more", "faint")))
    return rows
