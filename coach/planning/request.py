"""What the planner is asked, and what it answers."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from coach.model.attempt import Band
from coach.model.plan import Allocation, Block, Change, Reason, Strategy
from coach.model.settings import Hours
from coach.planning.buffers import BUFFER_PERCENT
from coach.reading.priority import DomainReading


class Rival(msgspec.Struct, frozen=True, kw_only=True):
    """Another exam on the same calendar: until when, and how much it needs (minutes a week)."""

    end: datetime
    pace: int


class PlanRequest(msgspec.Struct, frozen=True, kw_only=True):
    """All facts that one exam's plan follows from.

    `start` is when the newest report came in: study from then on counts towards its shares.
    `end` is the moment to plan for, `exam_start` the booked appointment if there is one.
    `existing` holds the exam's blocks since `start` or since Monday, whichever is earlier, and all
    that lie ahead, in any order; `taken`
    the ids that no new block may use; `busy` is what else fills the calendar.
    `previous_bands` and `previous_shares` are those of the last plan by domain: while no share
    has changed, a plan is left alone; `previous_end` is what it led to: while the date stays, so
    does what was placed by it. `closed` is why there is nothing to plan (passed, retired).
    `afresh` makes the plan as if there was none yet: nothing of it has begun.
    `buffer_percent` is the part of every week to keep free for missed blocks.

    `coach.planning.together` sets the rest: the times (`others`) of other exams' blocks, the
    `pace` (minutes a week) this exam claims beside its `rivals`, and whether it also takes what
    they leave.
    """

    exam: str
    now: datetime
    zone: ZoneInfo
    domains: tuple[DomainReading, ...]
    strategy: Strategy
    hours: Hours
    start: datetime
    end: datetime
    revision: int
    exam_start: datetime | None = None
    existing: tuple[Block, ...] = ()
    busy: tuple[tuple[datetime, datetime], ...] = ()
    previous_bands: Mapping[str, Band] = {}
    previous_shares: Mapping[str, float] = {}
    previous_end: datetime | None = None
    closed: str | None = None
    afresh: bool = False
    buffer_percent: int = BUFFER_PERCENT
    others: tuple[tuple[datetime, datetime], ...] = ()
    taken: frozenset[str] = frozenset()
    rivals: tuple[Rival, ...] = ()
    pace: int = 1
    takes_rest: bool = True


class PlanResult(msgspec.Struct, frozen=True, kw_only=True):
    """The new plan: every block of the exam, history untouched, in order of time.

    `changes` leads from the blocks before to `blocks`. `churn` is the fraction (0-1) of the
    blocks still open before that it moves, changes or removes; added blocks do not count.
    `study_minutes` counts blocks with a domain since `start`, done or still to come;
    `shortfall_minutes` what the estimated need exceeds it by. `reason` says why there is no plan.
    """

    blocks: tuple[Block, ...]
    changes: tuple[Change, ...] = ()
    churn: float = 0.0
    allocation: tuple[Allocation, ...] = ()
    study_minutes: int = 0
    shortfall_minutes: int = 0
    notes: tuple[Reason, ...] = ()
    reason: str | None = None
