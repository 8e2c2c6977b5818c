"""What results make of past forecasts: which one a result grades, and what the grades are worth."""

from datetime import UTC, datetime, timedelta

import pytest

from coach.model.plan import Forecast
from coach.reading.grading import brier, graded, verdict

DAY = datetime(2026, 3, 1, 10, tzinfo=UTC)


def made(day: int, p: float, *, target: int = 99) -> Forecast:
    return Forecast(
        id=f"{day}",
        exam="AZ-104",
        target=DAY + timedelta(days=target),
        made=DAY + timedelta(days=day),
        model="1",
        p=p,
        low=0.05,
        high=0.95,
    )


def sat(day: int, *, passed: bool) -> tuple[datetime, bool]:
    return DAY + timedelta(days=day), passed


@pytest.mark.parametrize(
    ("forecasts", "results", "pairs"),
    [
        pytest.param([], [sat(9, passed=True)], [], id="no guess"),
        pytest.param([made(1, 0.4)], [], [], id="no result yet"),
        pytest.param([made(9, 0.4)], [sat(9, passed=True)], [], id="made when it began"),
        pytest.param(
            [made(5, 0.7), made(1, 0.4)], [sat(9, passed=True)], [("5", True)], id="the last one"
        ),
        pytest.param(
            [made(1, 0.4, target=10), made(2, 0.7, target=7), made(3, 0.7, target=20)],
            [sat(9, passed=True)],
            [("1", True)],
            id="the one for the nearest date",
        ),
        pytest.param(
            [made(1, 0.4), made(10, 0.6)],
            [sat(20, passed=True), sat(9, passed=False)],
            [("1", False), ("10", True)],
            id="one for each sitting",
        ),
        pytest.param(
            [made(1, 0.4)],
            [sat(9, passed=False), sat(20, passed=True)],
            [("1", False)],
            id="none of a result before",
        ),
    ],
)
def test_a_result_grades_the_guess_for_its_date(forecasts, results, pairs):
    found = graded(forecasts, results)

    assert [(each.forecast.id, each.passed) for each in found] == pairs


def grades(*given: tuple[float, bool]):
    return graded(
        [made(10 * n, p) for n, (p, _) in enumerate(given)],
        [sat(10 * n + 5, passed=passed) for n, (_, passed) in enumerate(given)],
    )


def test_two_results_say_nothing_about_the_forecasts():
    past = grades((0.8, True), (0.3, False))

    assert brier(past) is None
    assert verdict(past) is None


@pytest.mark.parametrize(
    ("given", "score", "words"),
    [
        # 0.04 + 0.09 + 0.36 = 0.49
        (
            [(0.8, True), (0.3, False), (0.6, False)],
            0.49 / 3,
            "In 3 guesses with a result Coach expected about 2 passes and there were 1; on the "
            "whole it was better than tossing a coin "
            "(Brier score 16 of 100; 0 is perfect, a coin toss has 25).",
        ),
        # 3 x 0.25
        (
            [(0.5, True)] * 3,
            0.25,
            "In 3 guesses with a result Coach expected about 2 passes and there were 3; on the "
            "whole it was about as good as tossing a coin "
            "(Brier score 25 of 100; 0 is perfect, a coin toss has 25).",
        ),
        # 3 x 0.64
        (
            [(0.8, False)] * 3,
            0.64,
            "In 3 guesses with a result Coach expected about 2 passes and there were 0; on the "
            "whole it was worse than tossing a coin "
            "(Brier score 64 of 100; 0 is perfect, a coin toss has 25).",
        ),
    ],
)
def test_the_mean_squared_error_and_what_it_is_worth(given, score, words):
    past = grades(*given)

    assert brier(past) == pytest.approx(score)
    assert verdict(past) == words
