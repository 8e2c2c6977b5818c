"""Practice results: level, trend, status and the sharpened gap, with values worked out by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.model.plan import Practice
from coach.reading.practice import practice_total, topic_levels, whole_tests

SAT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
Result = tuple[int, int]


def _logged(*results: Result, first_hour: int = 1, topic: str | None = None) -> list[Practice]:
    """One result an hour, from an hour after the sitting on."""
    return [
        Practice(
            id=f"p{hour}",
            exam="AZ-500",
            domain="Secure networking",
            correct=correct,
            total=total,
            at=SAT + timedelta(hours=hour),
            topic=topic,
        )
        for hour, (correct, total) in enumerate(results, first_hour)
    ]


def test_the_level_forgets_slowly() -> None:
    # (8+1)/(10+2); (5.6+9+1)/(7+10+2); (10.22+8+1)/(11.9+10+2).
    total = practice_total(_logged((8, 10), (9, 10), (8, 10)))
    assert total.levels == (75.0, 82.1, 80.4)
    assert total.level == 80.4
    assert (total.correct, total.total, total.results) == (25, 30, 3)


def test_one_lucky_item_is_not_mastery() -> None:
    assert practice_total(_logged((1, 1))).level == 66.7  # (1+1)/(1+2)


def test_the_order_is_that_of_time_and_not_of_entry() -> None:
    entries = _logged((2, 10), (9, 10), (8, 10))
    assert practice_total(entries[::-1]) == practice_total(entries)


@pytest.mark.parametrize(
    ("results", "trend"),
    [
        pytest.param([], "unknown", id="none"),
        pytest.param([(5, 10)], "unknown", id="one"),
        pytest.param([(5, 10), (9, 10)], "rising", id="up"),  # 50.0 to 71.1
        pytest.param([(9, 10), (5, 10)], "falling", id="down"),  # 83.3 to 64.7
        pytest.param([(8, 10), (8, 10)], "flat", id="same"),  # 75.0 to 76.8
        pytest.param([(5, 10), (1, 1)], "rising", id="five-points"),  # 50.0 to 55.0
        # 16.7, 33.5, then three more at the top: against the one three before, 52.4 to 85.3.
        pytest.param([(1, 10), (9, 10), (9, 10), (9, 10), (9, 10)], "rising", id="three-back"),
    ],
)
def test_where_the_level_goes(results: list[Result], trend: str) -> None:
    assert practice_total(_logged(*results)).trend == trend


@pytest.mark.parametrize(
    ("results", "gap", "status", "streak"),
    [
        pytest.param([(8, 10), (9, 10), (8, 10)], 2, "competent", 3, id="IM-05"),
        pytest.param([(3, 4), (3, 4), (3, 4)], 1, "competent", 3, id="75-percent-is-good"),
        pytest.param([(74, 100), (9, 10), (9, 10)], 1, "needs practice", 2, id="74-is-not"),
        pytest.param([(9, 10), (9, 10)], 2, "needs practice", 2, id="two-are-too-few"),
        pytest.param([(9, 10), (9, 10), (9, 10), (7, 10)], 2, "needs practice", 0, id="a-slip"),
        pytest.param([], 2, "needs practice", 0, id="weak-and-unpractised"),
        pytest.param([], 0, None, 0, id="strong-and-unpractised"),
        pytest.param([], None, None, 0, id="no-report-no-practice"),
        pytest.param([(9, 10)], 0, None, 1, id="strong-and-good-so-far"),
        pytest.param([(5, 10)], 0, "needs practice", 0, id="strong-on-paper-only"),
        pytest.param([(5, 10)], None, "needs practice", 0, id="before-any-report"),
    ],
)
def test_the_status(results: list[Result], gap: int | None, status: str, streak: int) -> None:
    total = practice_total(_logged(*results), since=SAT, gap=gap)
    assert (total.status, total.streak) == (status, streak)


def test_a_result_of_the_minute_of_the_sitting_is_one_since_then() -> None:
    total = practice_total(_logged((9, 10), (9, 10), (9, 10), first_hour=0), since=SAT, gap=2)
    assert (total.status, total.streak) == ("competent", 3)


@pytest.mark.parametrize(("share", "whole"), [(0.8, 1), (0.79, 0)])
def test_domains_with_four_fifths_of_the_exam_are_a_whole_test(share: float, whole: int) -> None:
    (result,) = _logged((8, 10))
    assert len(whole_tests([replace(result, test="t")], {"Secure networking": share})) == whole


def test_results_from_before_the_sitting_make_no_one_competent() -> None:
    before = _logged((9, 10), (9, 10), (9, 10), first_hour=-9)
    total = practice_total(before, since=SAT, gap=2)
    assert (total.status, total.streak, total.gap) == ("needs practice", 0, None)
    assert len(total.levels) == 3


@pytest.mark.parametrize(
    ("gap", "result", "sharpened"),
    [
        pytest.param(2, (10, 20), 1.5, id="below-and-half-right"),  # (20x2 + 20x1) / 40
        pytest.param(1, (15, 20), 0.5, id="near-and-75-percent"),  # (20x1 + 20x0) / 40
        pytest.param(1, (20, 20), 0.5, id="no-less-than-nothing"),
        pytest.param(0, (5, 20), 1.0, id="above-and-a-quarter-right"),  # (20x0 + 20x2) / 40
        pytest.param(0, (0, 20), 1.0, id="no-more-than-two"),
        pytest.param(2, (0, 60), 2.0, id="both-agree"),
        pytest.param(2, (45, 60), 0.5, id="many-items-count-more"),  # (20x2 + 60x0) / 80
    ],
)
def test_practice_sharpens_the_gap(gap: int, result: Result, sharpened: float) -> None:
    assert practice_total(_logged(result), since=SAT, gap=gap).gap == sharpened


def test_without_a_report_there_is_no_gap_to_sharpen() -> None:
    assert practice_total(_logged((9, 10))).gap is None


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30))), st.integers(0, 2))
def test_any_results_stay_on_their_scales(results: list[Result], gap: int) -> None:
    entries = _logged(*((min(right, asked), asked) for right, asked in results))
    total = practice_total(entries, since=SAT, gap=gap)
    assert all(0 < level < 100 for level in total.levels)
    assert len(total.levels) == total.results == len(results)
    assert (total.gap is None) == (not results)
    assert total.gap is None or 0 <= total.gap <= 2


@given(st.integers(0, 2), st.integers(1, 40), st.data())
def test_more_right_never_widens_the_gap(gap: int, asked: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, asked - 1))
    less, more = (
        practice_total(_logged((n, asked)), since=SAT, gap=gap) for n in (right, right + 1)
    )
    assert less.gap is not None
    assert more.gap is not None
    assert more.gap <= less.gap


def test_a_topic_has_a_level_of_its_own() -> None:
    entries = _logged((8, 10), topic="Azure Firewall") + _logged((1, 10), first_hour=5)
    assert topic_levels(entries) == {("Secure networking", "Azure Firewall"): 75.0}
