"""Domains by reports, and what they say."""

from typing import Literal

import msgspec

from coach.model.attempt import Band, Origin
from coach.model.documents.retake import Note, Source

Trend = Literal["improved", "declined", "stuck", "steady", "unknown"]
InsightKind = Literal["red-flag", "trend", "readiness", "rule", "tip"]
Severity = Literal["high", "medium", "low"]


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One domain in one report. `value` is a bar or percent, or the vendor's own word."""

    report: str
    band: Band
    origin: Origin | None
    value: int | str | None


class PracticeTotal(msgspec.Struct, frozen=True, kw_only=True):
    """Items right and asked in all logged practice of a domain."""

    correct: int
    total: int


class TopicMark(msgspec.Struct, frozen=True, kw_only=True):
    """A topic in the order of study, and whether a report flagged it."""

    name: str
    flagged: bool


class DomainRow(msgspec.Struct, frozen=True, kw_only=True):
    """One domain across the reports, oldest report first. `weight` sums to 100 over the rows."""

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


class Heatmap(msgspec.Struct, frozen=True, kw_only=True):
    """Domains by reports. `omitted` names reports on another outline, which share no row."""

    exam: str
    outline: str | None
    reports: tuple[str, ...]
    domains: tuple[DomainRow, ...]
    omitted: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


class Insight(msgspec.Struct, frozen=True, kw_only=True):
    """What the reports say: a coded finding, the domains behind it, and what to do."""

    code: str
    kind: InsightKind
    severity: Severity
    text: str
    domains: tuple[str, ...]
    action: str
    source: Source


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """The insights of one exam, most severe first."""

    exam: str
    insights: tuple[Insight, ...]
