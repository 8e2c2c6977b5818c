"""What the planner is asked, and one exam's calendar while its plan is made."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from coach.model.attempt import Band
from coach.model.plan import Allocation, Because, Block, ChangeKind, Strategy, StrategySetting
from coach.model.settings import Hours, apart
from coach.planning.calendar import (
    DAY,
    LEAST,
    Availability,
    CapsLeft,
    Span,
    free_slots,
    monday,
    not_before,
    open_minutes,
    overlaps,
    seconds,
)
from coach.planning.split import spare_part
from coach.reading.priority import DomainReading, strategy_in_force

Item = TypeVar("Item")
# Percent. The default is for somebody who misses a block now and then (18 % of them at the rate
# below); the planning notes name no default for a user without a history, only 25 % against 30 %
# of misses, which a new user need not be charged with. The limits keep a plan both useful and
# forgiving (own).
BUFFER_PERCENT = 15
LOWEST, HIGHEST, STEP = 5, 30, 5
# In the simulation of the planning notes 25 % of buffers made good more than half of 30 % misses.
PERCENT_PER_MISS = 25 / 30
LOOK_BACK = timedelta(weeks=8)
ENOUGH = 10


def buffer_percent(blocks: Iterable[Block], now: datetime) -> int:
    """The part (percent) of a week that is to be buffer, in steps of 5.

    It follows from the blocks of the last eight weeks, of all exams: those that were not done
    against all. With fewer than ten of them it is the default.
    """
    earliest = now - LOOK_BACK
    recent = [
        block
        for block in blocks
        if earliest <= block.start <= now
        and block.activity != "buffer"
        and (block.status != "planned" or block.day_end <= now)
    ]
    if len(recent) < ENOUGH:
        return BUFFER_PERCENT
    missed = sum(block.status != "done" for block in recent)
    wanted = 100 * missed / len(recent) * PERCENT_PER_MISS
    return min(HIGHEST, max(LOWEST, STEP * round(wanted / STEP)))


class OtherTime(msgspec.Struct, frozen=True):
    """What a session of another exam takes, in seconds since 1970. It is `firm` where nothing that
    is planned here can change it."""

    start: int
    end: int
    firm: bool


class CompetingExam(msgspec.Struct, frozen=True, kw_only=True):
    """Another exam on the same calendar: until when, and how much it needs (minutes a week)."""

    end: datetime
    pace: int


class PlanRequest(msgspec.Struct, frozen=True, kw_only=True):
    """All facts that one exam's plan follows from.

    `start` is when the newest report came in: study from then on counts towards its shares.
    A first plan begins at `begin`, else at once. `end` is the moment to plan for, `exam_start` the
    booked appointment if there is one. `existing` holds the exam's blocks since `start` or since
    Monday of the week before, whichever is earlier, and all that lie ahead, in any order; `taken`
    the ids that no new block may use; `busy` is what else fills the calendar.
    `previous_bands` and `previous_shares` are those of the last plan by domain: while no share
    has changed, a plan is left alone; `previous_end` is what it led to: while the date stays, so
    does what was placed by it. `closed` is why there is nothing to plan (passed, retired).
    `rebuild` makes the plan as if there was none yet: nothing of it has begun. `fresh` plans anew
    all that lies ahead and was not put there by the user, by what was done.
    `buffer_percent` is the part of every week to keep free for missed blocks, at most.

    `coach.planning.replan` sets the rest: the `calendar` of the hours, the time of `others`, the
    `pace` (minutes a week) this exam claims beside its `competing`, and whether it also takes what
    they leave.
    """

    exam: str
    now: datetime
    zone: ZoneInfo
    domains: tuple[DomainReading, ...]
    strategy: StrategySetting
    hours: Hours
    start: datetime
    end: datetime
    revision: int
    exam_start: datetime | None = None
    begin: datetime | None = None
    existing: tuple[Block, ...] = ()
    busy: tuple[tuple[datetime, datetime], ...] = ()
    previous_bands: Mapping[str, Band] = {}
    previous_shares: Mapping[str, float] = {}
    previous_end: datetime | None = None
    closed: str | None = None
    rebuild: bool = False
    fresh: bool = False
    buffer_percent: int = BUFFER_PERCENT
    calendar: Availability | None = None
    others: tuple[OtherTime, ...] = ()
    taken: frozenset[str] = frozenset()
    competing: tuple[CompetingExam, ...] = ()
    pace: int = 1
    takes_rest: bool = True

    @property
    def limit(self) -> datetime:
        """The moment by which all study is over."""
        return self.exam_start or self.end


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A `Change` whose reason has no words yet."""

    kind: ChangeKind
    before: Block | None
    after: Block | None
    reason: Because


class PlanResult(msgspec.Struct, frozen=True, kw_only=True):
    """The new plan: every block of the exam, history untouched, in order of time.

    `changes` leads from the blocks before to `blocks`. `churn` is the fraction (0-1) of the
    blocks still open before that it moves, changes or removes; added blocks do not count.
    `strategy` is the rule that split the time. `study_minutes` counts blocks with a domain since
    `start`, done or still to come; `shortfall_minutes` what the estimated need exceeds it by.
    `reason` says why there is no plan.
    """

    blocks: tuple[Block, ...]
    changes: tuple[Difference, ...] = ()
    churn: float = 0.0
    strategy: Strategy = "two-tier"
    allocation: tuple[Allocation, ...] = ()
    study_minutes: int = 0
    shortfall_minutes: int = 0
    notes: tuple[Because, ...] = ()
    reason: Because | None = None


HOUR = 3600
FROZEN = 48 * HOUR
# No practice assessment in the final 48 hours; mixed review in the last week, which only a plan
# of two weeks or more has.
NO_ASSESSMENT = 48 * HOUR
LAST_WEEK = 7 * DAY


def last_week(start: int, limit: int) -> int:
    """When the week of mixed review before `limit` begins, `limit` itself in a short plan."""
    return limit - LAST_WEEK if limit - start >= 2 * LAST_WEEK else limit


class Horizon:
    """The request's dates in seconds since 1970, and its calendar.

    `moved` says that the plan led to another date before, or that there was none.
    """

    def __init__(self, request: PlanRequest) -> None:
        self.calendar = request.calendar or Availability(request.hours, request.zone)
        self.sizes = self.calendar.sizes
        self.now = not_before(request.now)
        self.start = min(seconds(request.start), self.now)
        self.begin = not_before(request.begin) if request.begin else self.now
        self.limit = seconds(request.limit)
        self.moved = request.previous_end is None or seconds(request.previous_end) != self.limit
        self.frozen = self.now + FROZEN
        self.last_third = self.limit - (self.limit - self.start) // 3
        self.last_third_ahead = self.limit - (self.limit - self.now) // 3
        self.assessments_end = self.limit - NO_ASSESSMENT
        self.last_week = last_week(self.start, self.limit)
        last = self.calendar.day_of(self.limit - 1)
        # Days with one light review at most: the exam's day and its eve, or the last day.
        self.light = frozenset((last,) if request.exam_start is None else (last - 1, last))

    def day_of(self, block: Block) -> int:
        """The ordinal of the date that a block belongs to."""
        return self.calendar.day_of(seconds(block.start))

    def week_of(self, block: Block) -> int:
        """The Monday of its week."""
        return monday(self.day_of(block))

    def assessable(self, start: int, end: int) -> bool:
        """Whether a practice assessment may lie here."""
        return start >= self.last_third and end <= self.assessments_end


Role = Literal["study", "buffer", "assessment", "review"]
# A domain's name; None is mixed practice.
Domain = str | None
# The domain of a study slot that none has yet.
EMPTY = ""


class Slot:
    """One place in the calendar and what happens there.

    `block` is the block that holds the place, None where it is free. `fixed` slots keep their
    content. `fresh` means that the content is to be made; `cause` is the code of the reason.
    """

    __slots__ = ("at", "block", "cause", "day", "domain", "end", "fixed", "fresh", "makes_up",
                 "minutes", "role", "start", "week")  # fmt: skip

    def __init__(self, at: int, minutes: int, day: int, start: datetime) -> None:
        self.at = at
        self.minutes = minutes
        self.end = at + minutes * 60
        self.day = day
        self.week = monday(day)
        self.start = start
        self.block: Block | None = None
        self.fixed = False
        self.role: Role = "study"
        self.domain: Domain = EMPTY
        self.fresh = True
        self.cause = "ROOM"
        self.makes_up: Block | None = None

    @property
    def vacant(self) -> bool:
        """Whether this is a study slot without a domain."""
        return self.role == "study" and self.domain == EMPTY

    @property
    def held(self) -> bool:
        """Whether it stays as it is: the next 48 hours, and what the user fixed."""
        return self.fixed or (self.block is not None and is_held(self.block))

    @property
    def catches_up(self) -> bool:
        """Whether it makes up for a missed session."""
        planned = self.block is not None and self.block.makes_up is not None
        return planned or self.makes_up is not None

    def vacate(self, cause: str) -> None:
        """Takes the content away; the place and the block's identity stay."""
        self.role, self.domain, self.fresh, self.cause = "study", EMPTY, True, cause

    def become(self, role: Role, cause: str) -> None:
        """Gives the place to work without a domain."""
        self.role, self.domain, self.fresh, self.cause = role, None, True, cause


def is_held(block: Block) -> bool:
    """Whether the user fixed the block's place."""
    return block.pinned or block.moved


def role_of(block: Block) -> Role:
    """What a block is for; domain None with practice is study of all domains together."""
    if block.domain is None and block.activity in ("buffer", "assessment", "review"):
        return block.activity
    return "study"


class DraftPlan:
    """All places of one exam. `slots` are in order of time and do not overlap, except where the
    user moved or pinned blocks onto each other. `first` says that nothing planned ahead stays, so
    that the order is free. Without `room` there are no free ones among the places."""

    def __init__(self, request: PlanRequest, *, room: bool = True) -> None:
        self.request = request
        self.strategy = strategy_in_force(request.domains, request.strategy)
        self.horizon = Horizon(request)
        self.history: list[Block] = []
        self.open: list[Block] = []
        self.lost: list[Block] = []
        self.released: set[str] = set()
        self.slots: list[Slot] = []
        self.first = True
        self._caps = CapsLeft(self.horizon.calendar, self.horizon.light)
        # What was done whole: nothing has to make up for it any more.
        done = (b for b in request.existing if b.status == "done" and not rest_of(b))
        self._done = frozenset(block.id for block in done)
        self._read()
        if room:
            self._add_free()

    def of(self, role: Role) -> list[Slot]:
        """The places of one role, in order of time."""
        return [slot for slot in self.slots if slot.role == role]

    def begun(self) -> list[Block]:
        """History and what is running: all that stays where nothing can be planned any more."""
        ahead = {block.id for block in self.open}
        return [block for block in self.request.existing if block.id not in ahead]

    @cached_property
    def since_start(self) -> list[Block]:
        """What is past, done or skipped since the start of the plan."""
        return [block for block in self.history if seconds(block.start) >= self.horizon.start]

    def past(self, status: str) -> list[Block]:
        """Those of them that have this status."""
        return [b for b in self.since_start if b.status_at(self.request.now) == status]

    @property
    def days(self) -> int:
        """The days until the date, begun ones included."""
        return -(-(self.horizon.limit - self.horizon.now) // DAY)

    @property
    def usual_week(self) -> int:
        """The minutes of study that one usual week more would bring to this exam."""
        request = self.request
        whole = request.pace + sum(other.pace for other in request.competing)
        return self.horizon.calendar.study_week(request.buffer_percent) * request.pace // whole

    @property
    def spare(self) -> Fraction:
        """The part (0-1) of the study time for strong domains that would get nothing."""
        week = self.horizon.calendar.study_week(self.request.buffer_percent)
        return spare_part(self.request.hours.spare_minutes, week)

    def by_week(self) -> defaultdict[int, list[Slot]]:
        """The places by their week's Monday."""
        return grouped(self.slots, lambda slot: slot.week)

    def past_by_week(self) -> defaultdict[int, list[Block]]:
        """What is past, done or skipped since the start of the plan, by the week's Monday."""
        return grouped(self.since_start, self.horizon.week_of)

    def with_others(self, others: tuple[OtherTime, ...], taken: frozenset[str]) -> "DraftPlan":
        """The draft with the free places that the others leave, read anew where they are in the way
        of its own."""
        self.request = replace(self.request, others=others, taken=taken)
        hard, firm = self._of_others()
        spans = apart([*hard, *firm])
        loose = (s for s in self.slots if s.block and s.at >= self.horizon.now)
        clash = (overlaps(spans, s.at, s.end) for s in loose if s.block and not is_held(s.block))
        if self._caps.capped or any(clash):
            return DraftPlan(self.request)
        self._hard += hard
        self._firm += firm
        self._add_free()
        return self

    @cached_property
    def quotas(self) -> Counter[int]:
        """The minutes of every week, by its Monday, that are this exam's share."""
        request, horizon = self.request, self.horizon
        busy = apart((seconds(a), seconds(b)) for a, b in request.busy)
        minutes = open_minutes(horizon.calendar, horizon.start, horizon.limit, busy)
        ends = [(horizon.calendar.day_of(seconds(r.end) - 1), r.pace) for r in request.competing]
        for week in minutes:
            claimed = request.pace + sum(rate for end, rate in ends if end >= week)
            minutes[week] = minutes[week] * request.pace // claimed
        return minutes

    def _of_others(self) -> tuple[list[Span], list[Span]]:
        """What other exams may still give up, with the breaks around it, and what they have."""
        hard: list[Span] = []
        firm: list[Span] = []
        for other in self.request.others:
            spread = self._use(other.start, other.end)
            if other.firm:
                firm.append((other.start, other.end))
            else:
                hard.append(spread)
        return hard, firm

    def _read(self) -> None:
        held: list[Block] = []
        loose: list[Block] = []
        lists = {"history": self.history, "held": held, "loose": loose, "lost": self.lost}
        self._hard, self._firm = self._of_others()
        self._hard += [(seconds(a), seconds(b)) for a, b in self.request.busy]
        for block in in_order(self.request.existing):
            start, end = span(block)
            kind = self._kind(block, start, end)
            if kind in ("history", "held"):
                self._use(start, end)
                self._firm.append((start, end))
            lists[kind].append(block)
            if kind != "history" and start >= self.horizon.now:
                self.open.append(block)
        if self.request.rebuild or self.request.fresh:
            loose, self.lost = [], []
        # A block keeps its place where it overlaps nothing. Breaks are kept between what the
        # planner places: beside a block that the user put somewhere only a new place has one.
        taken = apart([*self._hard, *self._firm])
        for block in held:
            self._hold(block, self.horizon.day_of(block), fixed=True)
        reached = 0
        for block in loose:
            start, end = span(block)
            day = self.horizon.calendar.day_of(start)
            if start >= reached and self._legal(block, (start, end), day, taken):
                self._hold(block, day, fixed=start < self.horizon.frozen)
                reached = self._use(start, end)[1]
            else:
                self.lost.append(block)
        self.first = not self.slots or self.request.fresh
        self.slots.sort(key=lambda slot: (slot.at, slot.block.id if slot.block else ""))

    def _kind(self, block: Block, start: int, end: int) -> str:
        over = end <= self.horizon.now and block.day_end <= self.request.now
        if block.status != "planned" or over:
            return "history"
        if start < self.horizon.now:
            return "held"
        if end > self.horizon.limit:
            return "lost"
        return "held" if is_held(block) else "loose"

    def _legal(self, block: Block, place: Span, day: int, taken: Sequence[Span]) -> bool:
        horizon, (start, end) = self.horizon, place
        window = horizon.calendar.window_around(start, end)
        if window is None or overlaps(taken, start, end):
            return False
        least = horizon.calendar.shortest(window[1] - window[0])
        if not least <= block.minutes <= horizon.sizes.longest:
            return False
        if not self._caps.takes(day, block.minutes):
            return False
        if start < horizon.frozen or day not in horizon.light:
            return True
        alone = all(slot.day != day for slot in self.slots)
        return alone and role_of(block) == "review"

    def _use(self, start: int, end: int) -> Span:
        """Counts study towards the caps; returns its time with the breaks around it."""
        if self._caps.capped:
            self._caps.use(self.horizon.calendar.day_of(start), (end - start) // 60)
        return self._with_break(start, end)

    def _with_break(self, start: int, end: int) -> Span:
        rest = self.horizon.sizes.rest * 60
        return start - rest, end + rest

    def _hold(self, block: Block, day: int, *, fixed: bool) -> None:
        slot = Slot(seconds(block.start), block.minutes, day, block.start)
        slot.block, slot.fixed, slot.fresh = block, fixed, False
        slot.role, slot.domain = role_of(block), block.domain
        if not fixed and block.makes_up in self._done:
            slot.vacate("DONE")
        self.slots.append(slot)

    def _add_free(self) -> None:
        """Free slots; a plan of which something stays gets none inside its frozen 48 hours."""
        horizon = self.horizon
        kept = [*self._firm, *((slot.at, slot.end) for slot in self.slots)]
        taken = apart([*self._hard, *(self._with_break(*span) for span in kept)])
        begin = max(horizon.begin, horizon.now if self.first else horizon.frozen)
        days = {slot.day for slot in self.slots}.union(map(horizon.day_of, self.history))
        self._caps.full = days & horizon.light
        free = free_slots(horizon.calendar, begin, horizon.limit, taken, self._caps)
        self.slots += [Slot(*place) for place in free]
        self.slots.sort(key=lambda slot: (slot.at, slot.block.id if slot.block else ""))


def grouped(items: Iterable[Item], key: Callable[[Item], int]) -> defaultdict[int, list[Item]]:
    """Items by what the key says of each, in order of first appearance."""
    groups: defaultdict[int, list[Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def rest_of(block: Block) -> int:
    """The minutes of a session that was cut short, 0 where it is not worth another."""
    rest = 0 if block.spent is None or block.domain is None else block.minutes - block.spent
    return rest if rest >= LEAST else 0


def span(block: Block) -> Span:
    """Start and end of a block in seconds since 1970."""
    start = seconds(block.start)
    return start, start + block.minutes * 60


def in_order(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks in order of time."""
    return tuple(sorted(blocks, key=lambda block: (seconds(block.start), block.id)))
