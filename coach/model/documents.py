"""The answers that people and scripts read: the documents behind `--json` and the screens.

A field that does not apply is None, never missing; a list may be empty, never None. Times carry
an offset. A sitting entered without a time of day shows a plain date.
"""

from datetime import date, datetime
from typing import Literal

import msgspec

from coach.model.attempt import AttemptStatus, Band, Origin, Place
from coach.model.exam import Confidence
from coach.model.plan import Activity, Allocation, BlockStatus, ChangeKind, Reason, Strategy

Source = Literal["official", "article", "own"]
RetakeStatus = Literal["open", "waiting", "capped", "passed", "retired", "pending"]
ExamStatus = Literal["active", "beta", "retiring", "retired"]
Trend = Literal["improved", "declined", "stuck", "steady", "unknown"]
InsightKind = Literal["red-flag", "trend", "readiness", "rule", "tip"]
Severity = Literal["high", "medium", "low"]


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A coded remark and where it comes from."""

    code: str
    text: str
    source: Source


class Alternative(msgspec.Struct, frozen=True, kw_only=True, rename={"condition": "if"}):
    """The earliest moment under a condition, such as "if the interrupted sitting counts"."""

    when: datetime | None
    condition: str


class Recommended(
    msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from", "until": "to"}
):
    """The window in which a retake makes sense, the rule it comes from, and that rule's source."""

    from_: date
    until: date
    basis: str
    source: Source = "article"


class Retake(msgspec.Struct, frozen=True, kw_only=True):
    """When an exam may be sat again, which rule says so, and when it should be.

    `earliest` is None when there is none; `certain_from` differs from it only where a time of
    day is unknown. `attempts_left` is None under a policy without a cap.
    """

    exam: str
    status: RetakeStatus
    earliest: datetime | None
    certain_from: datetime | None
    rule: str
    attempts_used: int
    attempts_left: int | None
    window_start: datetime | None
    window_end: datetime | None
    recommended: Recommended | None
    retires: date | None
    successor: str | None
    alternatives: tuple[Alternative, ...] = ()
    notes: tuple[Note, ...] = ()


class TimelineAttempt(msgspec.Struct, frozen=True, kw_only=True):
    """One appointment. `number` counts delivered attempts and is None for any other."""

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
    """All appointments of one exam, oldest first, with what follows from them."""

    exam: str
    passing_score: int
    attempts: tuple[TimelineAttempt, ...]
    milestones: tuple[Milestone, ...]
    cost: float
    waits: tuple[WaitSpan, ...] = ()


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


class ScheduleBlock(msgspec.Struct, frozen=True, kw_only=True):
    """One study session with the coded reasons for it."""

    id: str
    start: datetime
    end: datetime
    minutes: int
    domain: str | None
    topic: str | None
    activity: Activity
    also: tuple[str, ...]
    status: BlockStatus
    pinned: bool
    why: tuple[Reason, ...]
    spent: int | None = None


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """One week from its Monday; `capacity_minutes` is the availability in it."""

    start: date
    capacity_minutes: int
    blocks: tuple[ScheduleBlock, ...]


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """One change of the last revision in words: where the block was and where it is."""

    block: str
    domain: str | None
    kind: ChangeKind
    from_: str | None
    to: str | None
    reason: str


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """The plan of one exam. Where there is none, `weeks` is empty and `reason` says why."""

    exam: str
    revision: int
    strategy: Strategy
    trigger: str | None
    target: datetime | date | None
    study_minutes: int
    shortfall_minutes: int
    allocation: tuple[Allocation, ...]
    weeks: tuple[Week, ...]
    changes: tuple[ChangeRow, ...]
    churn: float
    reason: str | None
    notes: tuple[Reason, ...] = ()


class StrategySplit(msgspec.Struct, frozen=True, kw_only=True):
    """What one strategy gives each domain, in whole minutes, and what speaks against it."""

    strategy: Strategy
    chosen: bool
    minutes: tuple[tuple[str, int], ...]
    warnings: tuple[Reason, ...]


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
    """One edition of an exam's skills."""

    id: str
    as_of: date | None
    source: str
    confidence: Confidence
    note: str | None
    domains: tuple[DomainDetail, ...]


class ExamDetail(ExamRow, frozen=True, kw_only=True):
    """One exam in full, the outline in force first."""

    certification: str | None
    vendor: str
    passing_score: int
    duration_minutes: int | None
    note: str | None
    outlines: tuple[OutlineDetail, ...]


class NextBlock(msgspec.Struct, frozen=True, kw_only=True):
    """The session that comes next."""

    id: str
    start: datetime
    minutes: int
    domain: str | None
    topic: str | None
    activity: Activity


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The line above every screen: where one exam stands.

    `score` is the latest one; `days_left` counts calendar days to `target`. The minutes are
    those of the current week, Monday to Sunday.
    """

    exam: str
    title: str
    status: RetakeStatus
    score: int | None
    passing_score: int
    passed: bool | None
    earliest: datetime | None
    certain_from: datetime | None
    target: datetime | date | None
    days_left: int | None
    done_minutes: int
    planned_minutes: int
    next: NextBlock | None
