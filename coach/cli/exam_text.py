"""Exams in words: a list of them, the card of one, and the checklist of its day."""

from collections.abc import Sequence

from coach.cli.text import WEIGHTS, table, when
from coach.exchange.plain import printable
from coach.model.documents import ExamDetail, ExamRow
from coach.service.view import ExamView

PHASES = {"before": "Before", "during": "During", "trouble": "If something fails", "after": "After"}


def exams(rows: Sequence[ExamRow]) -> str:
    """The catalogue, one line an exam."""
    if not rows:
        return "No exam of the catalogue fits; `coach exams` lists all."
    return "\n".join(
        table(
            (
                row.code,
                row.title,
                row.level or "",
                row.status,
                f"until {row.retires}" if row.retires else "",
                f"then {row.successor}" if row.successor else "",
            )
            for row in rows
        )
    )


def exam(detail: ExamDetail) -> str:
    """The card of one exam, then its outlines."""
    lines = [f"{detail.code} {printable(detail.title)} ({detail.vendor}, {_life(detail)})"]
    lines += [printable(detail.certification)] if detail.certification else []
    lines += [f"For {printable(detail.audience)}"] if detail.audience else []
    lines += [sitting] if (sitting := _sitting(detail)) else []
    lines += [_pass_mark(detail), *([printable(detail.note)] if detail.note else [])]
    lines += [WEIGHTS] if detail.outlines else []
    lines.append("A file of your own changes any of this: `coach exams add FILE.toml`.")
    for outline in detail.outlines:
        dated = f"as of {outline.as_of}" if outline.as_of else "undated"
        lines += ["", f"Outline {outline.id}, {dated}, {outline.confidence}"]
        lines += [printable(outline.study_guide)] if outline.study_guide else []
        lines += table(
            (domain.name, f"{domain.weight_low}-{domain.weight_high} %", f"{domain.weight:.1f}")
            for domain in outline.domains
        )
    return "\n".join(lines)


def _life(detail: ExamDetail) -> str:
    when = f" {detail.retires}" if detail.retires else ""
    successor = f", successor {detail.successor}" if detail.successor else ""
    return f"{detail.status}{when}{successor}"


def _sitting(detail: ExamDetail) -> str:
    """How it is sat, as far as that is known: proctored, 100 minutes."""
    known = {True: "proctored", False: "not proctored", None: ""}[detail.proctored]
    length = f"{detail.duration_minutes} minutes" if detail.duration_minutes else ""
    words = ", ".join(filter(None, (known, length)))
    return f"{words[:1].upper()}{words[1:]}"


def _pass_mark(detail: ExamDetail) -> str:
    """The pass mark with its age and source where the vendor's page was read."""
    mark = f"Pass mark {detail.passing_score} on a scale of {detail.score_low} to "
    mark += f"{detail.score_high}"
    if detail.pass_mark_source is None:
        return f"{mark}; check it on the vendor's page"
    dated = f"as of {detail.pass_mark_as_of}" if detail.pass_mark_as_of else "undated"
    return f"{mark}, {dated}, {printable(detail.pass_mark_source)}"


def exam_day(view: ExamView) -> str:
    """The checklist of the next appointment, each step with its source."""
    document = view.exam_day
    where = {"centre": " at a test centre", "online": " online", None: ""}[document.place]
    booked = f"{when(document.at)}{where}" if document.at else "no appointment is booked"
    lines = [f"{document.exam}, exam day: {booked}"]
    for phase, heading in PHASES.items():
        steps = [step for step in document.steps if step.phase == phase]
        lines += ["", heading] if steps else []
        lines += [f"  {printable(step.text)} [{step.source}]" for step in steps]
    return "\n".join(lines)
