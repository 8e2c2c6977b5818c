"""After a gap: what was missed, and three ways on, side by side."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec
from msgspec.structs import replace

from coach.model.plan import FUTURES, Block, FutureKind
from coach.planning.calendar import Availability
from coach.planning.content import CRITICAL
from coach.planning.draft_plan import PlanRequest, PlanResult
from coach.planning.replan import replan_all

ASK_FROM = 3
WEEK = timedelta(weeks=1)


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """What was missed and has no make-up yet, and the catch-up time ahead (minutes)."""

    missed: tuple[Block, ...]
    minutes: int
    catch_up: int
    idle: bool

    @property
    def asks(self) -> bool:
        """Whether it is time to ask which of these were done after all."""
        return len(self.missed) >= ASK_FROM or (bool(self.missed) and self.idle)

    @property
    def overflows(self) -> bool:
        """Whether more was missed than catch-up time holds."""
        return self.asks and self.minutes > self.catch_up


class Future(msgspec.Struct, frozen=True, kw_only=True):
    """One way on: the facts to plan with, the plan, and what it costs.

    `study_minutes` is the study still ahead, `given_up` the missed sessions that are written off,
    `left_out` the topics that get no time any more, `more_minutes` what a week more would hold
    everything.
    """

    kind: FutureKind
    request: PlanRequest
    result: PlanResult
    study_minutes: int
    given_up: tuple[Block, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    more_minutes: int = 0


def gap_of(request: PlanRequest) -> Gap:
    """What one exam's plan has missed since its newest report."""
    now = request.now
    names = {domain.name for domain in request.domains}
    made_up = {block.makes_up for block in request.existing}
    missed = tuple(
        block
        for block in request.existing
        if block.start >= request.start
        and block.status_at(now) == "missed"
        and block.domain in names
        and block.id not in made_up
    )
    buffers = (b for b in request.existing if b.activity == "buffer" and b.start >= now)
    done = (b.start for b in request.existing if b.status == "done")
    last = max(done, default=request.start)
    return Gap(
        missed=missed,
        minutes=sum(block.minutes for block in missed),
        catch_up=sum(block.minutes for block in buffers),
        idle=now - last >= WEEK,
    )


def futures(requests: Sequence[PlanRequest], at: int) -> tuple[Future, ...]:
    """The three ways on for the exam at that index, the others planned beside it."""
    return tuple(future(requests, at, kind) for kind in FUTURES)


def future(requests: Sequence[PlanRequest], at: int, kind: FutureKind) -> Future:
    """One way on. `fresh` keeps the date and plans anew from what was done, `later` moves the date
    by the weeks that hold what was missed, `fewer` keeps to the critical topics of each domain."""
    asked = requests[at]
    gap = gap_of(asked)
    changed = on_the_way(asked, kind)
    left_out: tuple[tuple[str, str], ...] = ()
    if kind == "fewer":
        left_out = tuple((d.name, t) for d in asked.domains if d.gap for t in d.topics[CRITICAL:])
    every = [changed if index == at else other for index, other in enumerate(requests)]
    result = replan_all(every)[at]
    ahead = (b for b in result.blocks if b.domain and b.start >= asked.now and b.status != "done")
    weeks = max(1, -(-(asked.limit - asked.now) // WEEK))
    return Future(
        kind=kind,
        request=changed,
        result=result,
        study_minutes=sum(block.minutes for block in ahead),
        given_up=() if kind == "later" else gap.missed,
        left_out=left_out,
        more_minutes=-(-gap.minutes // weeks) if kind == "fewer" else 0,
    )


def on_the_way(request: PlanRequest, kind: FutureKind) -> PlanRequest:
    """What is asked of the planner on one way on: another date, or that what was missed is let go
    and what lies ahead is planned anew, of fewer topics with the critical ones alone."""
    if kind == "later":
        weeks = weeks_more(request)
        booked = request.exam_start and request.exam_start + weeks
        return replace(request, end=request.end + weeks, exam_start=booked)
    existing = tuple(
        replace(block, status="skipped") if block.status_at(request.now) == "missed" else block
        for block in request.existing
    )
    domains = request.domains
    if kind == "fewer":
        domains = tuple(replace(d, topics=d.topics[:CRITICAL]) if d.gap else d for d in domains)
    return replace(request, existing=existing, domains=domains, fresh=True)


def weeks_more(request: PlanRequest) -> timedelta:
    """How much later a date has to be to leave room for all that was missed."""
    week = Availability(request.hours, request.zone).study_week(request.buffer_percent)
    return max(1, -(-gap_of(request).minutes // max(1, week))) * WEEK
