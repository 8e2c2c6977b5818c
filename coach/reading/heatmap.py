"""All reports of an exam side by side: domains by reports, with trend and priority."""

from collections.abc import Iterable, Sequence
from datetime import date

from coach.model.attempt import Band, Observation, Report
from coach.model.documents import (
    Cell,
    DomainRow,
    Heatmap,
    Note,
    PracticeTotal,
    TopicMark,
    Trend,
)
from coach.model.exam import Exam, Outline
from coach.model.study import Practice
from coach.reading.bands import GAP, band_of
from coach.reading.outlines import outline_by_id, outline_in_force
from coach.reading.priority import NO_ORDER, DomainReading, TopicOrder, read_domains
from coach.reading.subjects import folded


def trend_of(bands: Sequence[Band]) -> Trend:
    """The newest known band against the known one before it, oldest first; unknown is passed
    over. Unknown with fewer than two known."""
    known = [band for band in bands if band != "unknown"]
    if len(known) < 2:
        return "unknown"
    before, newest = GAP[known[-2]], GAP[known[-1]]
    if newest != before:
        return "improved" if newest < before else "declined"
    return "steady" if newest == 0 else "stuck"


def heatmap(
    exam: Exam,
    reports_oldest_first: Sequence[Report],
    practice: Iterable[Practice] = (),
    *,
    topic_order: TopicOrder = NO_ORDER,
    on: date,
    failed_latest: bool = True,
) -> Heatmap:
    """The heatmap on the outline of the newest report, else the one in force on `on`.

    Reports on another outline are omitted with a note: their domains share no row. Gap and
    priority come from the newest report in the map and are None where there is none; the tier
    only where `failed_latest`.
    """
    outline, notes = _outline(exam, reports_oldest_first, on)
    if outline is None:
        ids = tuple(report.id for report in reports_oldest_first)
        return Heatmap(exam=exam.code, outline=None, reports=ids, domains=())
    columns = tuple(report for report in reports_oldest_first if report.outline == outline.id)
    omitted = tuple(r.id for r in reports_oldest_first if r.outline != outline.id)
    totals = _practice_totals(exam, practice)
    newest = columns[-1] if columns else _blank(exam, outline)
    return Heatmap(
        exam=exam.code,
        outline=outline.id,
        reports=tuple(report.id for report in columns),
        domains=tuple(
            _row(exam, reading, columns, totals, failed_latest)
            for reading in read_domains(
                outline, newest, topic_order=topic_order, vendor=exam.vendor
            )
        ),
        omitted=omitted,
        notes=(*notes, *_changed(omitted), *_zero_bars(newest)),
    )


def _blank(exam: Exam, outline: Outline) -> Report:
    return Report(id="", attempt="", exam=exam.code, outline=outline.id)


def _outline(
    exam: Exam, reports: Sequence[Report], on: date
) -> tuple[Outline | None, tuple[Note, ...]]:
    outline = outline_by_id(exam, reports[-1].outline) if reports else None
    notes: tuple[Note, ...] = ()
    if outline is None:
        outline, later = outline_in_force(exam, on)
        notes = (later,) if later else ()
    if outline and outline.confidence == "article":
        text = outline.note or "The weights of this outline come from an article."
        notes += (Note(code="outline-article", text=text, source="article"),)
    return outline, notes


def _row(
    exam: Exam,
    reading: DomainReading,
    columns: tuple[Report, ...],
    practice: dict[str, PracticeTotal],
    failed: bool,
) -> DomainRow:
    cells = tuple(_cell(exam, reading.name, report) for report in columns)
    return DomainRow(
        name=reading.name,
        weight=float(reading.weight),
        weight_low=reading.weight_low,
        weight_high=reading.weight_high,
        cells=cells,
        trend=trend_of([cell.band for cell in cells]),
        gap=reading.gap if columns else None,
        priority=float(reading.priority) if columns else None,
        tier=reading.tier if columns and failed else None,
        practice=practice.get(folded(reading.name), PracticeTotal(correct=0, total=0)),
        topics=tuple(
            TopicMark(name=name, flagged=name in reading.flagged) for name in reading.topics
        ),
    )


def _cell(exam: Exam, domain: str, report: Report) -> Cell:
    seen = _seen(domain, report)
    if seen is None:
        return Cell(report=report.id, band="unknown", origin=None, value=None)
    word = seen.word if seen.origin == "word" else None
    value = word if seen.value is None else seen.value
    return Cell(report=report.id, band=band_of(seen, exam.vendor), origin=seen.origin, value=value)


def _seen(domain: str, report: Report) -> Observation | None:
    wanted = folded(domain)
    matching = [seen for seen in report.observations if folded(seen.domain) == wanted]
    return matching[-1] if matching else None


def _practice_totals(exam: Exam, practice: Iterable[Practice]) -> dict[str, PracticeTotal]:
    totals: dict[str, PracticeTotal] = {}
    for entry in practice:
        if entry.exam == exam.code:
            key = folded(entry.domain)
            so_far = totals.get(key, PracticeTotal(correct=0, total=0))
            totals[key] = PracticeTotal(
                correct=so_far.correct + entry.correct, total=so_far.total + entry.total
            )
    return totals


def _changed(omitted: tuple[str, ...]) -> tuple[Note, ...]:
    if not omitted:
        return ()
    count = "One report is" if len(omitted) == 1 else f"{len(omitted)} reports are"
    text = f"{count} on another outline of this exam, so no domain trend runs across the change."
    return (Note(code="outline-changed", text=text, source="own"),)


def _zero_bars(newest: Report) -> tuple[Note, ...]:
    if not any(seen.value == 0 for seen in newest.observations):
        return ()
    text = "A bar at zero is possible in a small domain and says little by itself."
    return (Note(code="zero-bar", text=text, source="official"),)
