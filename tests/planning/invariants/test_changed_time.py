"""Invariants 27, 32 and 33 of the planner: other hours, days off and dates.

33 holds as far as the rules of the product let it: `balanced` goes over to plain weight the more
hours there are; a plan that comes to five places has a practice assessment in one of them, and a
last week that comes to three a mixed review; and of several exams the last takes what the others
leave, so that an exam gets no less in all, though one of its domains may.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta

import msgspec
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coach.model.plan import Block
from coach.model.settings import WEEKDAYS, Hours, Weekday, Window
from coach.planning.draft_plan import PlanRequest, PlanResult
from coach.planning.replan import replan_all
from tests.planning.any_plans import any_plan, any_plans, any_requests
from tests.planning.plans import Plan, again, by_id, end_of, followed, replan

ANY = settings(max_examples=25, deadline=None)


@ANY
@given(any_requests(), st.integers(2, 40))
def test_inv_27_a_lost_day_changes_only_its_blocks_and_their_new_homes(
    requests: list[PlanRequest], distance: int
) -> None:
    off = (requests[0].now + timedelta(days=distance)).date()
    first = replan_all(requests)
    second = followed(requests, first, hours=without(requests[0].hours, off))
    lost = {b.id for plan in first for b in plan.blocks if b.start.date() == off}
    touched = {c.before.id for plan in second for c in plan.changes if c.before}
    assert lost <= touched
    assert len(touched) <= 2 * len(lost)


def without(hours: Hours, day: date) -> Hours:
    return msgspec.structs.replace(hours, off=tuple(sorted({*hours.off, day})))


@ANY
@given(any_plans(), st.lists(st.integers(-40, 20), min_size=3, max_size=3))
def test_inv_32_another_date_keeps_what_was_done_and_ends_the_plan(
    plans: list[Plan], days: list[int]
) -> None:
    asked = [moved_date(made, first, by) for (made, first), by in zip(plans, days, strict=False)]
    for made, plan in zip(asked, replan_all(asked), strict=True):
        assert all(by_id(plan)[block.id] == block for block in begun(made))
        ahead = [b for b in plan.blocks if b.status == "planned" and b.start >= made.now]
        assert all(end_of(block) <= made.end for block in ahead)


@ANY
@given(any_plan(), st.integers(-20, 20))
def test_inv_32_another_date_needs_no_reset(plan: Plan, days: int) -> None:
    """There is a plan wherever a new one could be made."""
    made = moved_date(*plan, days)
    reset = msgspec.structs.replace(made, existing=begun(made))
    assert replan(made).reason == replan(reset).reason


def moved_date(made: PlanRequest, first: PlanResult, days: int) -> PlanRequest:
    end = max(made.now, made.end + timedelta(days=days))
    return again(made, first, end=end, exam_start=end if made.exam_start else None)


def begun(made: PlanRequest) -> tuple[Block, ...]:
    return tuple(b for b in made.existing if b.status != "planned" or b.start < made.now)


@ANY
@given(any_requests(most=1), st.data())
def test_inv_33_more_time_takes_nothing_from_a_domain(
    requests: list[PlanRequest], data: st.DataObject
) -> None:
    """Spare time is so many minutes of a week, so it is a smaller part of more."""
    made = msgspec.structs.replace(
        requests[0],
        strategy=data.draw(st.sampled_from(["two-tier", "priority"])),
        hours=msgspec.structs.replace(requests[0].hours, spare_minutes=0),
    )
    first = replan(made)
    second = replan(again(made, first, hours=data.draw(more_hours(made.hours))))
    before = {row.domain: row.minutes for row in first.allocation}
    given_up: Counter[str | None] = Counter()
    for change in second.changes:
        if change.before and change.after and change.after.activity in ("assessment", "review"):
            given_up[change.before.domain] += change.before.minutes
    for row in second.allocation:
        assert row.minutes >= before.get(row.domain, 0) - given_up[row.domain]


@ANY
@given(any_requests(least=2), st.data())
def test_inv_33_more_time_takes_nothing_from_an_exam(
    requests: list[PlanRequest], data: st.DataObject
) -> None:
    """Without a weekly cap, which the pieces of another day may leave a little of."""
    hours = msgspec.structs.replace(requests[0].hours, weekly_minutes=None)
    requests = [msgspec.structs.replace(made, hours=hours) for made in requests]
    first = replan_all(requests)
    second = followed(requests, first, hours=data.draw(more_hours(hours)))
    for before, after in zip(first, second, strict=True):
        assert sum(b.minutes for b in after.blocks) >= sum(b.minutes for b in before.blocks)


@st.composite
def more_hours(draw: st.DrawFn, hours: Hours) -> Hours:
    """The hours with a window on one more day."""
    free = [day for day in WEEKDAYS if day not in hours.windows]
    assume(free)
    begin = draw(st.integers(0, 20))
    window = Window(start=time(begin), end=time(begin + draw(st.integers(1, 3))))
    more = {**hours.windows, draw(st.sampled_from(free)): (window,)}
    return msgspec.structs.replace(hours, windows=more)


@ANY
@given(any_plans(), st.data())
def test_inv_33_a_window_less_loads_no_other_day_beyond_the_caps(
    plans: list[Plan], data: st.DataObject
) -> None:
    """Where moves by hand went beyond a cap before, there is no more than that."""
    hours = plans[0][0].hours
    gone = data.draw(st.sampled_from(sorted(hours.windows)))
    fewer = msgspec.structs.replace(hours, windows=_without_day(hours, gone))
    first = [plan for _, plan in plans]
    second = followed([made for made, _ in plans], first, hours=fewer)
    for cap, period in (hours.daily_minutes, day_of), (hours.weekly_minutes, week_of):
        before, after = minutes_by(first, period), minutes_by(second, period)
        assert cap is None or all(after[key] <= max(cap, before[key]) for key in after)


def _without_day(hours: Hours, gone: Weekday) -> dict[Weekday, tuple[Window, ...]]:
    return {day: windows for day, windows in hours.windows.items() if day != gone}


def day_of(block: Block) -> object:
    return block.start.date()


def week_of(block: Block) -> object:
    return block.start.isocalendar()[:2]


def minutes_by(plans: Sequence[PlanResult], period: Callable[[Block], object]) -> Counter[object]:
    minutes: Counter[object] = Counter()
    for block in (block for plan in plans for block in plan.blocks):
        minutes[period(block)] += block.minutes
    return minutes
