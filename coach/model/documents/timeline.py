"""What happened, and what follows from it."""

from datetime import date, datetime

import msgspec

from coach.model.attempt import AttemptStatus, Place, ReportSource
from coach.model.documents.retake import Source


class TimelineAttempt(msgspec.Struct, frozen=True, kw_only=True):
    """One appointment. `number` counts delivered attempts and is None for any other; `source` is
    where its report was seen."""

    id: str
    number: int | None
    at: datetime | date
    status: AttemptStatus
    score: int | None
    passed: bool | None
    counted: bool
    fee: float | None
    place: Place | None
    case: str | None
    report: str | None
    note: str
    source: ReportSource | None = None


class Milestone(msgspec.Struct, frozen=True, kw_only=True):
    """A dated point or deadline: when, what kind, and the rule behind it."""

    at: datetime | date
    kind: str
    text: str
    source: Source


class WaitSpan(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from", "until": "to"}):
    """The wait that followed one counted attempt: from the sitting to the earliest next one,
    and the rule that set its end. `source` is None where the rule is not verified."""

    attempt: str
    from_: datetime | date
    until: datetime
    rule: str
    source: Source | None = None


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """All appointments of one exam, oldest first, with what follows from them. `lessons` is what
    the reports of a retired predecessor showed, as a note."""

    exam: str
    passing_score: int
    attempts: tuple[TimelineAttempt, ...]
    milestones: tuple[Milestone, ...]
    cost: float
    waits: tuple[WaitSpan, ...] = ()
    lessons: str | None = None
