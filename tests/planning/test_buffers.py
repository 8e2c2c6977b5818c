"""The buffer of a week: a default, later what the user's own completion asks for."""

from collections import Counter
from datetime import timedelta

import msgspec
import pytest

from coach.model.plan import Block
from coach.planning.draft_plan import buffer_percent
from tests.planning.plans import NOW, again, replan, request, week_of


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
    assert [n.text for n in second.notes if n.code == "BUFFER"] == [
        "30 % of every week is kept free, by what you got done of late."
    ]
    assert not [n for n in first.notes if n.code == "BUFFER"]
    moved = replan(again(made, first, end=made.end + timedelta(weeks=2), buffer_percent=30))
    new = [b for b in moved.blocks if b.start.isocalendar()[1] == 52]
    assert len([b for b in new if b.activity == "buffer"]) == 4
    assert msgspec.structs.replace(made, buffer_percent=30) != made
