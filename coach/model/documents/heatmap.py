"""Domains by reports, and what they say."""

from typing import Literal

import msgspec

from coach.model.attempt import Band, Origin
from coach.model.documents.retake import Note, Source
from coach.model.plan import Activity

Trend = Literal["improved", "declined", "stuck", "steady", "unknown"]
InsightKind = Literal["red-flag", "trend", "readiness", "rule", "tip"]
Severity = Literal["high", "medium", "low"]
PracticeTrend = Literal["rising", "flat", "falling", "unknown"]
PracticeStatus = Literal["needs practice", "competent"]


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One domain in one report. `value` is a bar or percent, or the vendor's own word.

    `mapped` names the domains of an earlier outline that the user's mapping reads it from; from
    several of them only a band follows, without origin and value.
    """

    report: str
    band: Band
    origin: Origin | None
    value: int | str | None
    mapped: tuple[str, ...] = ()


class PracticeTotal(msgspec.Struct, frozen=True, kw_only=True):
    """Items right and asked in all logged practice of a domain, and what they come to.

    `level` is a smoothed percentage (0-100) of right items, `levels` the same after each result,
    oldest first: a sparkline. `trend` says where it has been going. `status` follows from the
    results since the newest report; `streak` counts the good ones in a row at their end, and
    three make it competent. `gap` (0-2) is the gap of the newest band sharpened by the results
    since; it stands beside the band's own gap and changes nothing else.
    """

    correct: int
    total: int
    results: int = 0
    level: float | None = None
    levels: tuple[float, ...] = ()
    trend: PracticeTrend = "unknown"
    status: PracticeStatus | None = None
    streak: int = 0
    gap: float | None = None


class TopicMark(msgspec.Struct, frozen=True, kw_only=True):
    """A topic in the order of study, and whether a report flagged it.

    `level` is the smoothed percentage (0-100) of right items in practice logged for it.
    """

    name: str
    flagged: bool
    level: float | None = None


class DomainRow(msgspec.Struct, frozen=True, kw_only=True):
    """One domain across the reports, oldest report first. `weight` sums to 100 over the rows.

    `meaning` and `response` say what the newest band stands for and what to do about it, `way`
    is the way of working that suits it; all three are None without a report.
    """

    name: str
    weight: float
    weight_low: int
    weight_high: int
    cells: tuple[Cell, ...]
    trend: Trend
    gap: int | None
    priority: float | None
    tier: int | None
    practice: PracticeTotal
    topics: tuple[TopicMark, ...]
    meaning: str | None = None
    response: str | None = None
    way: Activity | None = None


class ReportSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What one report comes to: its weak domains by priority, the strong ones, those without a band
    in neither, and the next thing to do, None where nothing follows. `own_view` asks for the
    person's own view of a fail."""

    weak: tuple[str, ...]
    strong: tuple[str, ...]
    next: str | None
    own_view: bool


class OutlineGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Reports on another outline, with rows of their own. A gap, priority and tier are those of
    the newest report of all, so these rows have none."""

    outline: str | None
    reports: tuple[str, ...]
    domains: tuple[DomainRow, ...]


class Heatmap(msgspec.Struct, frozen=True, kw_only=True):
    """Domains by reports. `omitted` names reports on another outline, which share no row: they
    stand in `groups`, one for each such outline, the oldest first. `study_guide` is the address
    of the vendor's own list of what the exam asks, None where none is known."""

    exam: str
    outline: str | None
    reports: tuple[str, ...]
    domains: tuple[DomainRow, ...]
    omitted: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    groups: tuple[OutlineGroup, ...] = ()
    study_guide: str | None = None


class MappedDomain(msgspec.Struct, frozen=True, kw_only=True):
    """A domain of an earlier outline, the one that continues it, and what Coach would suggest."""

    name: str
    to: str | None
    suggested: str | None


class OutlineMap(msgspec.Struct, frozen=True, kw_only=True):
    """How the domains of the outline `earlier` continue in `outline`."""

    earlier: str
    outline: str
    domains: tuple[MappedDomain, ...]


class Mappings(msgspec.Struct, frozen=True, kw_only=True):
    """The user's mappings onto the outline of the newest report, one for each other outline
    that a report is on."""

    exam: str
    outline: str | None
    maps: tuple[OutlineMap, ...]


class Insight(msgspec.Struct, frozen=True, kw_only=True):
    """What the reports say: a coded finding, the domains behind it, and what to do.

    `facts` are the bands, weights and scores that triggered it, `rule` says when it applies, and
    `plan` what the plan makes of it, None where the plan takes no notice.
    """

    code: str
    kind: InsightKind
    severity: Severity
    text: str
    domains: tuple[str, ...]
    action: str
    source: Source
    facts: tuple[str, ...] = ()
    rule: str | None = None
    plan: str | None = None


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """The insights of one exam, most severe first. `study_guide` is the address of the vendor's
    own list of what the exam asks, None where none is known."""

    exam: str
    insights: tuple[Insight, ...]
    study_guide: str | None = None
