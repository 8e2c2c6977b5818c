"""The plan by week, its changes, and the line above every screen."""

from datetime import date, datetime

import msgspec

from coach.model.documents.retake import RetakeStatus
from coach.model.plan import Activity, Allocation, BlockStatus, ChangeKind, Reason, Strategy


class ScheduleBlock(msgspec.Struct, frozen=True, kw_only=True):
    """One study session of `exam` with the coded reasons for it. `makes_up` is the missed block
    whose place it takes."""

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
    makes_up: str | None = None
    exam: str = ""


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """One week from its Monday; `capacity_minutes` is the availability in it.

    `beside` has the blocks of other tracked exams, which share the calendar.
    """

    start: date
    capacity_minutes: int
    blocks: tuple[ScheduleBlock, ...]
    beside: tuple[ScheduleBlock, ...] = ()


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """One change of the last revision: when the block started, when it starts, and why.

    `before` and `after` say in words what was and what is there; each is None beside its time.
    """

    block: str
    domain: str | None
    kind: ChangeKind
    from_: datetime | None
    to: datetime | None
    reason: str
    before: str | None
    after: str | None


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """The plan of one exam. Where there is none, `weeks` is empty and `reason` says why.

    `backlog` has the missed blocks since the newest report that wait for a block to make up for
    them: those of a domain without a share, and work on all domains together, are let go.
    """

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
    backlog: tuple[ScheduleBlock, ...] = ()


class RevisionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One kept revision in a line: when it was made, and the fact that triggered it."""

    number: int
    at: datetime
    trigger: str
    strategy: Strategy
    target: datetime | None
    study_minutes: int
    churn: float


class RevisionComparison(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """What led from one revision of a plan to a later one: the revisions `between` them, the
    later one last, and the change of every block from before the first to after the last."""

    exam: str
    from_: RevisionRow
    to: RevisionRow
    between: tuple[RevisionRow, ...]
    changes: tuple[ChangeRow, ...]


class StrategySplit(msgspec.Struct, frozen=True, kw_only=True):
    """What one strategy gives each domain, in whole minutes, and what speaks against it."""

    strategy: Strategy
    chosen: bool
    minutes: tuple[tuple[str, int], ...]
    warnings: tuple[Reason, ...]


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
