"""The exams that are known."""

from datetime import date
from typing import Literal

import msgspec

from coach.model.exam import Confidence

ExamStatus = Literal["active", "beta", "retiring", "retired"]


class ExamRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the catalogue."""

    code: str
    title: str
    level: str | None
    status: ExamStatus
    retires: date | None
    successor: str | None


class DomainDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A domain with its published range and the point weight that Coach derives from it."""

    name: str
    weight: float
    weight_low: int
    weight_high: int
    topics: tuple[str, ...]


class OutlineDetail(msgspec.Struct, frozen=True, kw_only=True):
    """One edition of an exam's skills. `study_guide` is the address of the vendor's own page."""

    id: str
    as_of: date | None
    source: str
    confidence: Confidence
    note: str | None
    domains: tuple[DomainDetail, ...]
    study_guide: str | None = None


class ExamDetail(ExamRow, frozen=True, kw_only=True):
    """One exam in full, the outline in force first.

    `pass_mark_source` says where the pass mark is from and `pass_mark_as_of` how old that is, both
    None where it is not known; `proctored` is None where that is not known.
    """

    certification: str | None
    vendor: str
    passing_score: int
    duration_minutes: int | None
    note: str | None
    outlines: tuple[OutlineDetail, ...]
    score_low: int = 1
    score_high: int = 1000
    pass_mark_source: str | None = None
    pass_mark_as_of: date | None = None
    proctored: bool | None = None
    audience: str | None = None
