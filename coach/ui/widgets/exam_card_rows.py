"""The card of an exam in rows: what it is, whom it is for, its pass mark, and its day."""

from coach.model.documents import ExamDay, ExamDetail
from coach.ui import text
from coach.ui.text import SOURCE_WORD
from coach.ui.widgets.facts_rows import fact, heading, paragraph
from coach.ui.widgets.rows import Row, Seg

_PHASE = {
    "before": "Before the exam",
    "during": "During the exam",
    "trouble": "If something fails",
    "after": "After the exam",
}
SHARES = "Target shares: a single form may differ a little."
OWN_FILE = "A file of your own changes any of this: coach exams add FILE.toml."
_PROCTORED = {True: "proctored", False: "not proctored", None: ""}


def exam_card_rows(detail: ExamDetail, day: ExamDay, width: int) -> list[Row]:
    """The rows of the sheet, at most `width` cells each; what is not known is left out."""
    length = f"{detail.duration_minutes} minutes" if detail.duration_minutes else ""
    rows = paragraph(detail.title, width, "strong")
    rows += fact("Leads to", detail.certification or "", width)
    rows += fact("Made for", detail.audience or "", width)
    rows += fact("Sat", ", ".join(filter(None, (_PROCTORED[detail.proctored], length))), width)
    rows += fact("Status", _life(detail), width)
    rows += fact("Pass mark", _pass_mark(detail), width)
    rows += paragraph(detail.pass_mark_source or "", width, "faint")
    rows += fact("Note", detail.note or "", width)
    for phase, title in _PHASE.items():
        steps = [step for step in day.steps if step.phase == phase]
        rows += [(), heading(title)] if steps else []
        for step in steps:
            rows += fact(SOURCE_WORD[step.source], text.told(step.text), width)
    return [*rows, *_shares(detail, width)]


def _life(detail: ExamDetail) -> str:
    when = f" {text.dated(detail.retires)}" if detail.retires else ""
    successor = f", successor {detail.successor}" if detail.successor else ""
    return f"{detail.status}{when}{successor}"


def _pass_mark(detail: ExamDetail) -> str:
    mark = f"{detail.passing_score} on a scale of {detail.score_low} to {detail.score_high}"
    if detail.pass_mark_source is None:
        return f"{mark}; check it on the vendor's page"
    as_of = detail.pass_mark_as_of
    dated = f"as of {text.dated(as_of)}" if as_of else "undated"
    return f"{mark}, {dated}"


def _shares(detail: ExamDetail, width: int) -> list[Row]:
    """The published shares of the outline in force; a form may differ from them."""
    if not detail.outlines:
        return []
    rows: list[Row] = [(), heading("What it asks for")]
    for domain in detail.outlines[0].domains:
        share = f" {text.share(domain.weight_low, domain.weight_high)}"
        name = text.fit(domain.name, width - len(share))
        rows.append((Seg(name, "ink"), Seg(share, "muted")))
    return [*rows, *paragraph(f"{SHARES} {OWN_FILE}", width, "muted")]
