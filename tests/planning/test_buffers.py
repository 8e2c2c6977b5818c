"""The buffer of a week: a default, later what the user's own completion asks for."""

from collections import Counter
from datetime import timedelta

import msgspec
import pytest
from hypothesis import assume, given, settings

from coach.model.plan import Block
from coach.planning.draft_plan import PlanRequest, buffer_percent
from coach.planning.replan import replan_all
from coach.wording import written
from tests.planning.any_plans import any_requests
from tests.planning.plans import NOW, again, replan, request, week_of
from tests.planning.validity import FROZEN


def blocks(done: int, missed: int, days_ago: int = 3, activity: str = "lab") -> list[Block]:
    return [
        Block(
            id=str(number), exam="AZ-500", start=NOW - timedelta(days=days_ago), minutes=45,
            domain="IAM", topic=None, activity=activity,  # type: ignore[arg-type]
            status="done" if number < done else ("skipped", "planned")[number % 2],
        )
        for number in range(done + missed)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("done", "missed", "percent"),
    [
        (0, 0, 15),
        (0, 9, 15),  # too few to say anything
        (10, 0, 5),  # never without any
        (8, 2, 15),  # 20 % missed: 16.7 %
        (7, 3, 25),  # 30 % missed: 25 %
        (6, 4, 30),  # 33.3 %, and no more than 30
        (0, 10, 30),
    ],
)
def test_percent_by_what_was_done(done: int, missed: int, percent: int) -> None:
    assert buffer_percent(blocks(done, missed), NOW) == percent


def test_only_study_of_the_last_eight_weeks_counts() -> None:
    assert buffer_percent(blocks(0, 20, days_ago=57), NOW) == 15
    assert buffer_percent(blocks(0, 20, days_ago=-1), NOW) == 15
    assert buffer_percent(blocks(0, 20, activity="buffer"), NOW) == 15


@pytest.mark.parametrize(("percent", "count"), [(5, 0), (15, 2), (25, 3), (30, 4)])
def test_buffers_of_a_full_week(percent: int, count: int) -> None:
    # 600 minutes: as many blocks of 45 as 30, 90, 150 and 180 minutes have room for.
    result = replan(request(buffer_percent=percent))
    weeks = Counter(week_of(b) for b in result.blocks if b.activity == "buffer")
    assert weeks[2026, 49] == count


def test_a_new_percentage_alone_changes_nothing() -> None:
    made = request()
    first = replan(made)
    second = replan(again(made, first, buffer_percent=30))
    assert second.changes == ()
    assert [written(n) for n in second.notes if n.code == "BUFFER"] == [
        "30 % of every week is kept free, by what you got done of late."
    ]
    assert not [n for n in first.notes if n.code == "BUFFER"]
    moved = replan(again(made, first, end=made.end + timedelta(weeks=2), buffer_percent=30))
    new = [b for b in moved.blocks if b.start.isocalendar()[1] == 52]
    assert len([b for b in new if b.activity == "buffer"]) == 4
    assert msgspec.structs.replace(made, buffer_percent=30) != made


@settings(max_examples=60, deadline=None)
@given(any_requests())
def test_catch_up_time_is_never_more_than_its_part_of_a_week(requests: list[PlanRequest]) -> None:
    for made, result in zip(requests, replan_all(requests), strict=True):
        every, kept = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
        for block in result.blocks:
            every[week_of(block)] += block.minutes
            kept[week_of(block)] += block.minutes if block.activity == "buffer" else 0
        assert all(100 * kept[w] <= made.buffer_percent * minutes for w, minutes in every.items())


@settings(max_examples=60, deadline=None)
@given(any_requests(most=1))
def test_catch_up_time_is_study_where_the_week_before_needed_none(
    requests: list[PlanRequest],
) -> None:
    """All of the first week was done; what the next 48 hours hold stays."""
    (made,) = requests
    first = replan(made)
    assume(first.blocks)
    begun = first.blocks[0].start
    monday = begun.date() + timedelta(days=7 - begun.weekday())
    now = begun.replace(year=monday.year, month=monday.month, day=monday.day, hour=0, minute=0)
    done = tuple(
        msgspec.structs.replace(b, status="done") if b.start < now and b.activity != "buffer" else b
        for b in first.blocks
    )
    assume(any(b.status == "done" for b in done) and any(b.start >= now for b in done))
    later = replan(again(made, first, existing=done, now=now))
    left = [b for b in later.blocks if b.activity == "buffer" and b.start >= now + FROZEN]
    assert all(week_of(b) > now.isocalendar()[:2] for b in left)
