"""What the reports say, in words: heatmap, advice and mapping."""

from collections.abc import Mapping, Sequence

from coach.cli.text import BAND_WORDS, WEIGHTS, notes, table
from coach.exchange.plain import printable
from coach.model.documents import Cell, DomainRow, Mappings, OutlineMap, PracticeTotal
from coach.service.view import ExamView


def heatmap(view: ExamView) -> str:
    """Domains by reports, newest report last; the bands are the user's reading."""
    document = view.heatmap
    if not document.domains:
        return f"{document.exam}: no outline is known, so there are no domains to show"
    dates = {attempt.report: f"{attempt.at:%Y-%m-%d}" for attempt in view.timeline.attempts}
    title = f"{document.exam}, outline {document.outline}; bands are your reading of the report"
    lines = [title, *_grid(document.domains, document.reports, dates), WEIGHTS]
    for group in document.groups:
        lines += [
            "",
            f"On outline {group.outline or 'unknown'}, which shares no row with the above",
        ]
        lines += _grid(group.domains, group.reports, dates)
    return "\n".join([*lines, *notes(document.notes)])


def _grid(
    domains: Sequence[DomainRow], reports: Sequence[str], dates: Mapping[str | None, str]
) -> list[str]:
    days = (dates[report] for report in reports)
    header = ("Domain", "Weight", *days, "Trend", "Gap", "Priority", "Tier", "Practice")
    return table([header, *(_row(domain) for domain in domains)])


def _row(row: DomainRow) -> tuple[str, ...]:
    return (
        row.name,
        f"{row.weight:.1f} ({row.weight_low}-{row.weight_high})",
        *map(_cell, row.cells),
        row.trend,
        _gap(row),
        "-" if row.priority is None else f"{row.priority:.1f}",
        "-" if row.tier is None else str(row.tier),
        _practice(row.practice),
    )


def _cell(cell: Cell) -> str:
    value = "" if cell.value is None else f" {cell.value}"
    return f"{BAND_WORDS[cell.band]}{value}{' (mapped)' if cell.mapped else ''}"


def _gap(row: DomainRow) -> str:
    if row.gap is None:
        return "-"
    sharper = row.practice.gap
    return str(row.gap) if sharper is None else f"{row.gap} (practice: {sharper:.1f})"


def _practice(done: PracticeTotal) -> str:
    if not done.total:
        return done.status or "-"
    words = [f"{done.correct}/{done.total}, level {done.level:.0f}"]
    words += [done.trend] if done.trend != "unknown" else []
    words += [done.status] if done.status else []
    return ", ".join(words)


def advice(view: ExamView) -> str:
    """Insights, most severe first, each with what to do."""
    document = view.advice
    lines = [f"{document.exam}: what the reports say"]
    for insight in document.insights:
        lines.append(f"[{insight.severity}] {printable(insight.text)} [{insight.source}]")
        lines.append(f"    -> {printable(insight.action)}")
    if not document.insights:
        lines = [f"{document.exam}: no findings"]
    if document.study_guide:
        lines.append(f"What the exam asks: {printable(document.study_guide)}")
    return "\n".join(lines)


def mapping(document: Mappings) -> str:
    """Each domain of an earlier outline with the one that continues it."""
    if not document.maps:
        return f"{document.exam}: every report is on one outline, so there is nothing to map"
    return "\n".join(line for one in document.maps for line in _pairs(one))


def _pairs(one: OutlineMap) -> list[str]:
    lines = [f"Outline {one.earlier} to {one.outline}"]
    for domain in one.domains:
        hint = f" (suggested: {domain.suggested})" if domain.suggested else ""
        lines.append(printable(f"  {domain.name} -> {domain.to or 'nothing' + hint}"))
    return lines
