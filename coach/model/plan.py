"""The study plan: blocks, and the numbered revisions that produced them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple

import msgspec

from coach.model.attempt import Band
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
