"""The study plan: blocks, the numbered revisions that produced them, and both as they are shown."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple

import msgspec

from coach.model.attempt import Band
from coach.model.exam import ResourceKind
from coach.model.phrase import Phrase

Strategy = Literal["two-tier", "priority", "balanced"]
STRATEGIES: tuple[Strategy, ...] = ("two-tier", "priority", "balanced")
StrategySetting = Literal["auto", "two-tier", "priority", "balanced"]
STRATEGY_SETTINGS: tuple[StrategySetting, ...] = ("auto", *STRATEGIES)
Activity = Literal["learn", "lab", "practice", "scenario", "review", "assessment", "buffer"]
BlockStatus = Literal["planned", "done", "skipped", "missed"]
ChangeKind = Literal["added", "removed", "moved", "changed"]
FutureKind = Literal["fresh", "later", "fewer"]
FUTURES: tuple[FutureKind, ...] = ("fresh", "later", "fewer")
Basis = Literal["report", "self-rating", "weights"]
NIGHT = timedelta(hours=4)
"""After midnight, until when a study day goes on: what is not ticked by then is missed."""


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One study session. `start` carries an offset; its local wall time is what counts.

    `domain` is None for mixed work (assessment, buffer, mixed review). `also` names the further
    domains that a scenario combines. `status` is stored as planned, done or skipped; missed is
    what a planned block becomes once its study day is over. `moved` marks a move by hand, `spent`
    the minutes really studied where they differ from the planned ones. `makes_up` is the id of
    the missed block that this one makes good.
    """

    id: str
    exam: str
    start: datetime
    minutes: int
    domain: str | None
    topic: str | None
    activity: Activity
    also: tuple[str, ...] = ()
    status: BlockStatus = "planned"
    pinned: bool = False
    moved: bool = False
    spent: int | None = None
    makes_up: str | None = None

    @property
    def end(self) -> datetime:
        """When it is over, in UTC: elapsed minutes after the start, across a clock change too."""
        return self.start.astimezone(UTC) + timedelta(minutes=self.minutes)

    @property
    def studied_minutes(self) -> int:
        """The minutes really studied where they were given, else the planned ones."""
        return self.spent or self.minutes

    @property
    def day_end(self) -> datetime:
        """When its study day is over, at 04:00 after the evening it belongs to: from then on it is
        missed where it was neither done nor skipped."""
        morning = datetime.combine((self.start - NIGHT).date(), time(), self.start.tzinfo)
        return max(morning + timedelta(days=1) + NIGHT, self.end)

    def status_at(self, now: datetime) -> BlockStatus:
        """The status at a moment: planned turns into missed when the study day is over."""
        missed = self.status == "planned" and self.start < now and self.day_end <= now
        return "missed" if missed else self.status


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One coded reason, such as SHARE or FLAG, with its sentence."""

    code: str
    text: Phrase


class Because(NamedTuple):
    """A reason that has no words yet: `case` tells the sentences of one code apart."""

    code: str
    case: str
    values: Mapping[str, "Value"]


Value = str | float | date | tuple[object, ...] | Because | None


def because(code: str, case: str = "", **values: Value) -> Because:
    """A reason by its code, its case and what its sentence names."""
    return Because(code, case, values)


class Allocation(msgspec.Struct, frozen=True, kw_only=True):
    """What one domain gets. `share` is the exact fraction of the study time (0-1); it is `optional`
    where a strong domain has spare time only."""

    domain: str
    band: Band
    weight: float
    gap: int
    priority: float
    tier: int | None
    share: float
    minutes: int
    topics: tuple[str, ...] = ()
    optional: bool = False


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One difference between two revisions: the block before and after, and why."""

    kind: ChangeKind
    before: Block | None
    after: Block | None
    reason: Reason


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """One numbered plan of an exam: the fact that triggered it and what it changed.

    `study_minutes` is the time shared out to domains, `shortfall_minutes` the study time asked
    for that found no room. `strategy` is the rule that holds, `strategy_setting` what was chosen.
    `churn` is the fraction (0-1) of the blocks that were still open
    before which this revision changed. `reason` says why there is no plan, if there is none.
    """

    id: str
    exam: str
    number: int
    at: datetime
    strategy: Strategy
    strategy_setting: StrategySetting = "auto"
    trigger: Reason
    target: datetime | None
    study_minutes: int
    shortfall_minutes: int
    allocation: tuple[Allocation, ...] = ()
    changes: tuple[Change, ...] = ()
    churn: float = 0.0
    notes: tuple[Reason, ...] = ()
    reason: str | None = None


class Practice(msgspec.Struct, frozen=True, kw_only=True):
    """One quiz or lab result: `correct` of `total` items right in one domain or one topic of it,
    or in all domains together, where `domain` is None. The results of one whole practice test have
    the same id in `test`. `percent` marks a result that was given as such, of 100."""

    id: str
    exam: str
    domain: str | None
    correct: int
    total: int
    at: datetime
    source: str = ""
    topic: str | None = None
    test: str | None = None
    percent: bool = False


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """The chance to pass an exam at the date that is planned for, as guessed at `made`.

    Stored once for each date, before the result, and never changed; the result grades it. `p` is
    the chance, `low` and `high` the ends of its range, all 0-1. `model` is the version of the
    rules behind it; `reports` and `practice` count the results it rests on, the minutes are those
    studied since the newest report and those planned from then on.
    """

    id: str
    exam: str
    target: datetime
    made: datetime
    model: str
    p: float
    low: float
    high: float
    reports: int = 0
    practice: int = 0
    done_minutes: int = 0
    planned_minutes: int = 0


class WayOn(msgspec.Struct, frozen=True, kw_only=True):
    """One way on after a gap: the study ahead until `target` and the chance (0-1) to pass then, in
    simulation; what is written off (`lost`, sessions and their minutes), the topics left out, and
    what more a week would hold everything."""

    kind: FutureKind
    target: date
    study_minutes: int
    chance: float
    lost: int
    lost_minutes: int
    left_out: tuple[str, ...]
    more_minutes: int


class ResourceLink(msgspec.Struct, frozen=True, kw_only=True):
    """The official material of a session; `part` of `parts` where it takes several sessions."""

    id: str
    kind: ResourceKind
    title: str
    url: str
    minutes: int | None
    source: str
    part: int = 1
    parts: int = 1


class PlannedWork(msgspec.Struct, frozen=True, kw_only=True):
    """When a block is, how long it is (minutes), and what is done there."""

    start: datetime
    minutes: int
    domain: str | None
    topic: str | None
    activity: Activity


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """One change of a plan: what was there, what is there, and why."""

    block: str
    domain: str | None
    kind: ChangeKind
    from_: PlannedWork | None
    to: PlannedWork | None
    reason: str


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
    resource: ResourceLink | None = None


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """One week from its Monday; `capacity_minutes` is the availability in it.

    `beside` has the blocks of other tracked exams, which share the calendar.
    """

    start: date
    capacity_minutes: int
    blocks: tuple[ScheduleBlock, ...]
    beside: tuple[ScheduleBlock, ...] = ()


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """The plan of one exam. Where there is none, `weeks` is empty and `reason` says why.

    `backlog` has the missed blocks since the newest report that wait for a block to make up for
    them: those of a domain without a share, and work on all domains together, are let go. `basis`
    is what the hours are shared out by.
    """

    exam: str
    revision: int
    strategy: Strategy
    strategy_setting: StrategySetting
    trigger: str | None
    target: datetime | date | None
    study_minutes: int
    shortfall_minutes: int
    allocation: tuple[Allocation, ...]
    weeks: tuple[Week, ...]
    changes: tuple[ChangeRow, ...]
    churn: float
    reason: str | None
    basis: Basis
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

    strategy: StrategySetting
    chosen: bool
    minutes: tuple[tuple[str, int], ...]
    warnings: tuple[Reason, ...]
