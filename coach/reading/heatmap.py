"""All reports of an exam side by side: domains by reports, with trend, priority and practice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from coach.wording import note

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
    reports: Sequence[Report],
    practice: Iterable[Practice] = (),
    *,
    topic_order: TopicOrder = NO_ORDER,
    mappings: Sequence[OutlineMapping] = (),
    on: date,
    since: datetime | None = None,
    failed_latest: bool = True,
    rating: SelfRating | None = None,
) -> Heatmap:
    """The heatmap of reports, oldest first, on the outline of the newest, else that of day `on`.

    A report on another outline joins by the user's mapping, else it stands in a group of its own.
    Gap and priority come from the newest report, the tier only where `failed_latest`. Practice
    from its sitting, `since`, sharpens its gaps. Without a report the bands of a `rating` count.
    """
    outline, notes = _outline(exam, reports, on)
    if outline is None:
        ids, guide = tuple(report.id for report in reports), study_guide(exam, None)
        return Heatmap(exam=exam.code, outline=None, reports=ids, domains=(), study_guide=guide)
    columns, others = _columns(outline, reports, mappings)
    own = [c.report for c in columns if c.report.outline == outline.id]
    rated = rated_report(exam, outline, rating) if rating and rating.bands else None
    shows = own[-1] if own else None if reports else rated
    entries = _by_domain(exam, outline, practice, mappings)
    rows = _rows(exam, outline, shows, columns, entries, topic_order, since, rating)
    if reports and not failed_latest:
        rows = tuple(replace(row, tier=None) for row in rows)
    return Heatmap(
        exam=exam.code,
        outline=outline.id,
        reports=tuple(column.report.id for column in columns),
        domains=rows,
        omitted=tuple(report.id for report in others),
        notes=(*notes, *_notes(columns, len(others), failed_latest, shows)),
        groups=tuple(_groups(exam, others)),
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
) -> tuple[list[_Column], list[Report]]:
    """The reports on this outline or mapped onto it by the user, and the others."""
    columns = [_Column(r, mapping_between(mappings, r.outline, outline.id)) for r in reports]
    here = [c for c in columns if c.report.outline == outline.id or c.renamed]
    return here, [column.report for column in columns if column not in here]


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
    return tuple(
        _row(exam, newest, columns, reading, practised.get(folded(reading.name), ()), since, levels)
        for reading in readings
    )


def _row(
    exam: Exam,
    newest: Report | None,
    columns: Sequence[_Column],
    reading: DomainReading,
    entries: Sequence[Practice],
    since: datetime | None,
    levels: TopicLevels,
) -> DomainRow:
    gap = reading.gap if newest else None
    cells = [_cell(exam, reading.name, column) for column in columns]
    trend = trend_of([cell.band for cell in cells])
    if newest and newest.id == SELF_RATING:
        cells += [Cell(report=SELF_RATING, band=reading.band, origin=SELF_RATING, value=None)]
    return made_from(
        DomainRow,
        reading,
        weight=float(reading.weight),
        cells=tuple(cells),
        trend=trend,
        gap=gap,
        priority=float(reading.priority) if newest else None,
        tier=reading.tier if newest else None,
        practice=practice_total(entries, since=since, gap=gap),
        topics=tuple(
            TopicMark(
                name=name, flagged=name in reading.flagged, level=levels.get((reading.name, name))
            )
            for name in reading.topics
        ),
        meaning=BAND_MEANING[reading.band][0] if newest else None,
        response=BAND_MEANING[reading.band][1] if newest else None,
        way=WAY[reading.band] if newest else None,
    )


def _cell(exam: Exam, domain: str, column: _Column) -> Cell:
    report = column.report
    names = column.names_of(domain) if column.renamed else (domain,)
    mapped = names if column.renamed else ()
    blank = Cell(report=report.id, band="unknown", origin=None, value=None, mapped=mapped)
    if len(names) > 1:
        return replace(blank, band=combined_band(exam, report, names))
    outline = outline_by_id(exam, report.outline)
    if outline is None or not names:
        return blank
    band = band_in(outline, report, names[0], exam.policy)
    seen = seen_in(report, names[0])
    if seen is None:
        return replace(blank, band=band)
    word = seen.word if seen.origin == "word" else None
    value = word if seen.value is None else seen.value
    return replace(blank, band=band, origin=seen.origin, value=value)


def _groups(exam: Exam, others: Sequence[Report]) -> Iterator[OutlineGroup]:
    groups: dict[str | None, list[Report]] = {}
    for report in others:
        groups.setdefault(report.outline, []).append(report)
    for name, reports in groups.items():
        outline = outline_by_id(exam, name)
        columns = tuple(_Column(report, {}) for report in reports)
        rows = _rows(exam, outline, None, columns, {}) if outline else ()
        yield OutlineGroup(outline=name, reports=tuple(r.id for r in reports), domains=rows)


def _notes(
    columns: Sequence[_Column], others: int, failed: bool, shows: Report | None
) -> Iterator[Note]:
    """What is to be known about reports on other outlines, and the bands that count."""
    mapped = sum(bool(column.renamed) for column in columns)
    if mapped:
        are = "is" if mapped == 1 else "are"
        text = "{:report} on another outline {} shown by your own mapping of the domains."
        yield note("outline-mapped", "own", text, mapped, are)
    if others:
        count = "One report is" if others == 1 else f"{others} reports are"
        text = "{} on another outline of this exam, so no domain trend runs across the change."
        yield note("outline-changed", "own", text, count)
    if failed and len(columns) + others == 1:
        text = "A trend needs a second report; one shows where you stand, not where it goes."
        yield note("one-report", "article", text)
    if shows is not None and shows.id == SELF_RATING:
        text = "The bands are your own rating, not a report; the first report takes its place."
        yield note("self-rating", "own", text)
    elif shows is not None and any(seen.value == 0 for seen in shows.observations):
        text = "A bar at zero is possible in a small domain and says little by itself."
        yield note("zero-bar", "official", text)
