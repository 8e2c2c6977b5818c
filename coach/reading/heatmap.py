"""All reports of an exam side by side: domains by reports, with trend, priority and practice."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from coach.model import made_from
from coach.model.answers import (
    SELF_RATING,
    Cell,
    DomainRow,
    Heatmap,
    Note,
    OutlineGroup,
    TopicMark,
    Trend,
)
from coach.model.attempt import Band, Report
from coach.model.exam import Exam, Outline
from coach.model.plan import Practice
from coach.model.settings import OutlineMapping, SelfRating
from coach.reading.bands import BAND_MEANING, GAP, WAY
from coach.reading.outlines import folded, outline_by_id, outline_in_force, study_guide
from coach.reading.practice import practice_total, topic_levels
from coach.reading.priority import (
    NO_ORDER,
    DomainReading,
    TopicLevels,
    TopicOrder,
    band_in,
    combined_band,
    mapping_between,
    rated_report,
    read_domains,
    seen_in,
    with_rated_topics,
)
from coach.wording import counted

Practised = Mapping[str, Sequence[Practice]]


class _Column(msgspec.Struct, frozen=True):
    """One report, and what its domains are called on the outline of the map."""

    report: Report
    renamed: dict[str, str]

    def names_of(self, domain: str) -> tuple[str, ...]:
        return tuple(old for old, new in self.renamed.items() if folded(new) == folded(domain))


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
    mappings: Sequence[OutlineMapping] = (),
    on: date,
    since: datetime | None = None,
    failed_latest: bool = True,
    rating: SelfRating | None = None,
) -> Heatmap:
    """The heatmap on the outline of the newest report, else the one in force on `on`.

    A report on another outline joins by the user's mapping; without one it stands in a group of
    its own, with a note: its domains share no row. Gap and priority come from the newest report
    and are None where there is none; the tier only where `failed_latest`. `since` is when that
    report was sat: practice from then on sharpens its gaps. Without any report the bands of a
    `rating` stand in a cell of their own, with the gaps that follow; it has no trend.
    """
    outline, notes = _outline(exam, reports_oldest_first, on)
    if outline is None:
        ids = tuple(report.id for report in reports_oldest_first)
        guide = study_guide(exam, None)
        return Heatmap(exam=exam.code, outline=None, reports=ids, domains=(), study_guide=guide)
    columns = _columns(outline, reports_oldest_first, mappings)
    shown = {column.report.id for column in columns}
    others = tuple(report for report in reports_oldest_first if report.id not in shown)
    own = [c.report for c in columns if c.report.outline == outline.id]
    shows = own[-1] if own else None
    if rating and rating.bands and not reports_oldest_first:
        shows = rated_report(exam, outline, rating)
    entries = _by_domain(exam, outline, practice, mappings)
    rows = _rows(exam, outline, shows, columns, entries, topic_order, since, rating)
    if reports_oldest_first and not failed_latest:
        rows = tuple(replace(row, tier=None) for row in rows)
    mapped = _mapped(tuple(c.report.id for c in columns if c.renamed))
    first = _first(reports_oldest_first, failed_latest)
    return Heatmap(
        exam=exam.code,
        outline=outline.id,
        reports=tuple(column.report.id for column in columns),
        domains=rows,
        omitted=tuple(report.id for report in others),
        notes=(*notes, *mapped, *_changed(others), *first, *_of_bands(shows)),
        groups=_groups(exam, others),
        study_guide=study_guide(exam, outline),
    )


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


def _columns(
    outline: Outline, reports: Sequence[Report], mappings: Sequence[OutlineMapping]
) -> tuple[_Column, ...]:
    """The reports on this outline, and those on another that the user mapped onto it."""
    columns = (
        _Column(report, mapping_between(mappings, report.outline, outline.id)) for report in reports
    )
    return tuple(c for c in columns if c.report.outline == outline.id or c.renamed)


def _by_domain(
    exam: Exam,
    outline: Outline,
    practice: Iterable[Practice],
    mappings: Sequence[OutlineMapping],
) -> Practised:
    """The practice of this exam by folded domain name, that of a mapped domain under the new."""
    renamed = {
        folded(old): new
        for mapping in mappings
        if mapping.outline == outline.id
        for old, new in mapping.domains.items()
    }
    own = {folded(domain.name) for domain in outline.domains}
    entries: dict[str, list[Practice]] = {}
    for entry in practice:
        if entry.exam == exam.code and entry.domain is not None:
            name = folded(entry.domain)
            key = name if name in own else folded(renamed.get(name, name))
            entries.setdefault(key, []).append(entry)
    return entries


def _rows(
    exam: Exam,
    outline: Outline,
    newest: Report | None,
    columns: Sequence[_Column],
    practised: Practised,
    topic_order: TopicOrder = NO_ORDER,
    since: datetime | None = None,
    rating: SelfRating | None = None,
) -> tuple[DomainRow, ...]:
    blank = Report(id="", attempt="", exam=exam.code, outline=outline.id)
    levels = topic_levels(entry for entries in practised.values() for entry in entries)
    readings = read_domains(
        outline,
        newest or blank,
        topic_order=topic_order,
        topic_levels=with_rated_topics(outline, rating, levels),
        policy=exam.policy,
    )
    rows = []
    for reading in readings:
        entries = practised.get(folded(reading.name), ())
        gap = reading.gap if newest else None
        cells = tuple(_cell(exam, reading.name, column) for column in columns)
        rows.append(
            made_from(
                DomainRow,
                reading,
                weight=float(reading.weight),
                cells=(*cells, *_own_cells(newest, reading)),
                trend=trend_of([cell.band for cell in cells]),
                gap=gap,
                priority=float(reading.priority) if newest else None,
                tier=reading.tier if newest else None,
                practice=practice_total(entries, since=since, gap=gap),
                topics=_topics(reading, levels),
                meaning=BAND_MEANING[reading.band][0] if newest else None,
                response=BAND_MEANING[reading.band][1] if newest else None,
                way=WAY[reading.band] if newest else None,
            )
        )
    return tuple(rows)


def _own_cells(newest: Report | None, reading: DomainReading) -> tuple[Cell, ...]:
    if newest is None or newest.id != SELF_RATING:
        return ()
    return (Cell(report=SELF_RATING, band=reading.band, origin=SELF_RATING, value=None),)


def _topics(reading: DomainReading, levels: TopicLevels) -> tuple[TopicMark, ...]:
    return tuple(
        TopicMark(
            name=name, flagged=name in reading.flagged, level=levels.get((reading.name, name))
        )
        for name in reading.topics
    )


def _cell(exam: Exam, domain: str, column: _Column) -> Cell:
    report = column.report
    names = column.names_of(domain) if column.renamed else (domain,)
    mapped = names if column.renamed else ()
    if len(names) > 1:
        band = combined_band(exam, report, names)
        return Cell(report=report.id, band=band, origin=None, value=None, mapped=mapped)
    outline = outline_by_id(exam, report.outline)
    if outline is None or not names:
        return Cell(report=report.id, band="unknown", origin=None, value=None, mapped=mapped)
    band = band_in(outline, report, names[0], exam.policy)
    seen = seen_in(report, names[0])
    if seen is None:
        return Cell(report=report.id, band=band, origin=None, value=None, mapped=mapped)
    word = seen.word if seen.origin == "word" else None
    return Cell(
        report=report.id,
        band=band,
        origin=seen.origin,
        value=word if seen.value is None else seen.value,
        mapped=mapped,
    )


def _groups(exam: Exam, others: Sequence[Report]) -> tuple[OutlineGroup, ...]:
    groups: dict[str | None, list[Report]] = {}
    for report in others:
        groups.setdefault(report.outline, []).append(report)
    return tuple(_group(exam, outline, reports) for outline, reports in groups.items())


def _group(exam: Exam, outline_id: str | None, reports: Sequence[Report]) -> OutlineGroup:
    outline = outline_by_id(exam, outline_id)
    columns = tuple(_Column(report, {}) for report in reports)
    return OutlineGroup(
        outline=outline_id,
        reports=tuple(report.id for report in reports),
        domains=_rows(exam, outline, None, columns, {}) if outline else (),
    )


def _mapped(ids: Sequence[str]) -> tuple[Note, ...]:
    if not ids:
        return ()
    text = (
        f"{counted(len(ids), 'report')} on another outline "
        f"{'is' if len(ids) == 1 else 'are'} shown by your own mapping of the domains."
    )
    return (Note(code="outline-mapped", text=text, source="own"),)


def _changed(others: Sequence[Report]) -> tuple[Note, ...]:
    if not others:
        return ()
    count = "One report is" if len(others) == 1 else f"{len(others)} reports are"
    text = f"{count} on another outline of this exam, so no domain trend runs across the change."
    return (Note(code="outline-changed", text=text, source="own"),)


def _first(reports: Sequence[Report], failed: bool) -> tuple[Note, ...]:
    if len(reports) != 1 or not failed:
        return ()
    text = "A trend needs a second report; one shows where you stand, not where it goes."
    return (Note(code="one-report", text=text, source="article"),)


def _of_bands(shows: Report | None) -> tuple[Note, ...]:
    """What is to be known about the bands that count."""
    if shows is not None and shows.id == SELF_RATING:
        text = "The bands are your own rating, not a report; the first report takes its place."
        return (Note(code="self-rating", text=text, source="own"),)
    if shows is None or not any(seen.value == 0 for seen in shows.observations):
        return ()
    text = "A bar at zero is possible in a small domain and says little by itself."
    return (Note(code="zero-bar", text=text, source="official"),)
