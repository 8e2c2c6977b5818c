"""Gaps between visits to a topic: they follow from the time left to the exam."""

from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import given, settings

from coach.planning.availability import seconds
from coach.planning.explain import explain
from coach.planning.request import PlanRequest
from coach.planning.spacing import good_days, least_days
from tests.planning.plans import NOW, any_request, readings, replan, request, study
from tests.planning.test_explain import context

END = seconds(NOW + timedelta(weeks=12))


@pytest.mark.parametrize(
    ("weeks", "good", "least"), [(0, 1, 0), (1, 2, 1), (3, 4, 2), (5, 6, 3), (8, 10, 5)]
)
def test_gap_by_weeks_to_the_exam(weeks: int, good: int, least: int) -> None:
    at = END - weeks * 7 * 86_400
    assert (good_days(at, END), least_days(at, END)) == (good, least)


@settings(max_examples=120, deadline=None)
@given(any_request())
def test_invariant_20_a_topic_comes_back_too_soon_only_where_all_would(made: PlanRequest) -> None:
    """Where a visit is too soon, every topic of the domain was seen as lately; and it says so."""
    result = replan(made)
    limit = seconds(made.exam_start or made.end)
    topics = {d.name: d.topics for d in made.domains}
    seen: dict[str, dict[str, int]] = defaultdict(dict)
    for block in study(result.blocks):
        day, own = block.start.date().toordinal(), seen[str(block.domain)]
        least = least_days(seconds(block.start), limit)
        if day - own.get(str(block.topic), -9999) < least:
            assert all(day - own.get(t, -9999) < least for t in topics[str(block.domain)])
            texts = [r.text for r in explain(block, context(made, result)) if r.code == "GAP"]
            assert ["early" in text for text in texts] == [True]
        own[str(block.topic)] = day


def test_a_topic_seen_three_days_ago_waits_eight_weeks_before_the_exam() -> None:
    made = request(weeks=8, domains=readings("BAAA"))
    visits = [b for b in replan(made).blocks if b.domain == "IAM"][:5]
    # A good gap is nine days there, four at least: on Tuesday the critical topics of Saturday are
    # three days old, on Wednesday four.
    assert [(b.start.day, b.topic) for b in visits] == [
        (21, "IAM 1"), (21, "IAM 2"), (21, "IAM 3"), (24, "IAM 4"), (25, "IAM 1"),
    ]  # fmt: skip
