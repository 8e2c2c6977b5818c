"""After a gap: what was missed, and the three ways on."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.model.plan import FUTURES, FutureKind
from coach.planning.draft_plan import PlanRequest
from coach.planning.futures import future, futures, gap_of, on_the_way
from tests.planning.any_plans import any_plans
from tests.planning.plans import NOW, Plan, again, replan, request


def idle(days: int) -> PlanRequest:
    """A plan of six weeks that nobody followed for that many days."""
    made = request("BNNA", weeks=6)
    return again(made, replan(made), now=NOW + timedelta(days=days))


def test_a_gap_is_what_was_missed_and_has_no_make_up() -> None:
    asked = idle(10)
    gap = gap_of(asked)
    over = [b for b in asked.existing if b.day_end <= asked.now and b.domain]
    assert gap.missed == tuple(over)
    assert gap.minutes == sum(block.minutes for block in over)
    assert (gap.asks, gap.overflows) == (True, True)
    later = again(asked, replan(asked))
    assert len(gap_of(later).missed) < len(over)


@pytest.mark.parametrize(("days", "asks"), [(1, True), (0, False)])
def test_it_is_asked_about_from_three_missed_sessions_on(days: int, asks: bool) -> None:
    """Saturday has four blocks."""
    gap = gap_of(idle(days))
    assert gap.asks == asks
    assert [replace(gap, missed=gap.missed[:n]).asks for n in (2, 3)] == [False, asks]


def test_a_week_without_a_tick_is_idle() -> None:
    asked = idle(10)
    week = asked.start + timedelta(weeks=1)
    assert gap_of(replace(asked, now=week)).idle
    assert not gap_of(replace(asked, now=week - timedelta(minutes=1))).idle


def test_each_way_on_says_its_hours_and_what_is_given_up() -> None:
    asked = idle(14)
    fresh, later, fewer = futures([asked], 0)
    gap = gap_of(asked)
    assert fresh.given_up == fewer.given_up == gap.missed
    assert later.given_up == ()
    assert fresh.request.end == asked.end == fewer.request.end
    assert later.request.end > asked.end
    assert later.study_minutes > fresh.study_minutes
    # Topics 4 and 5 of the three weak domains.
    assert [topic[-1] for _, topic in fewer.left_out] == ["4", "5"] * 3
    kept = {b.topic for b in fewer.result.blocks if b.start >= asked.now}
    assert not kept & {topic for _, topic in fewer.left_out}
    # Four weeks are left.
    assert fewer.more_minutes == -(-gap.minutes // 4)


@pytest.mark.parametrize("days", [14, 84])
def test_a_later_date_gives_what_was_missed_usual_weeks(days: int) -> None:
    """Of ten hours a week 15 % are kept free, however long the gap was."""
    asked = idle(days)
    weeks = -(-gap_of(asked).minutes // (600 * 85 // 100))
    assert future([asked], 0, "later").request.end == asked.end + timedelta(weeks=weeks)


@pytest.mark.parametrize("kind", FUTURES)
def test_a_way_on_is_settled(kind: FutureKind) -> None:
    """The same question again has nothing more to say."""
    chosen = future([idle(14)], 0, kind)
    after = again(replace(chosen.request, fresh=False), chosen.result)
    assert replan(after).changes == ()


@settings(max_examples=25)
@given(any_plans(most=2), st.integers(3, 12))
def test_after_a_fresh_start_nothing_is_missed_and_nothing_comes_before_its_learning(
    plans: list[Plan], days: int
) -> None:
    """But for what the user pinned or moved."""
    requests = [again(made, first, now=made.now + timedelta(days=days)) for made, first in plans]
    requests = [
        replace(made, end=max(made.end, made.now + timedelta(weeks=2))) for made in requests
    ]
    result = future(requests, 0, "fresh").result
    now = requests[0].now
    assert all(block.status_at(now) != "missed" for block in result.blocks)
    ahead = [b for b in result.blocks if b.status == "planned" and not (b.pinned or b.moved)]
    for block in ahead:
        before = [b for b in ahead if b.start < block.start and b.domain == block.domain]
        if block.activity == "learn" and block.topic:
            assert all(b.topic != block.topic or b.activity == "learn" for b in before)


def test_done_work_and_pins_outlive_a_fresh_start() -> None:
    asked = idle(14)
    kept = tuple(
        replace(block, status="done") if number < 3 else replace(block, pinned=number == 30)
        for number, block in enumerate(asked.existing)
    )
    result = replan(on_the_way(replace(asked, existing=kept), "fresh"))
    after = {block.id: block for block in result.blocks}
    assert [after[b.id] for b in (*kept[:3], kept[30])] == [*kept[:3], kept[30]]
