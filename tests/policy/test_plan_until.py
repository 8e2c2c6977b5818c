"""The day a plan runs to without a booking or a target."""

from datetime import date

import pytest

from coach.model.answers import Recommended
from coach.policy.retake import plan_until

WINDOW = Recommended(from_=date(2026, 12, 11), until=date(2026, 12, 18), basis="one domain below")


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 20), date(2026, 12, 18)),
        (date(2026, 12, 17), date(2026, 12, 18)),
        # A Friday, the Monday after, and the Sunday that ends that week.
        (date(2026, 12, 18), date(2027, 1, 3)),
        (date(2026, 12, 21), date(2027, 1, 10)),
        (date(2026, 12, 27), date(2027, 1, 10)),
    ],
)
def test_it_ends_with_the_window_or_two_weeks_on(today: date, expected: date) -> None:
    assert plan_until(WINDOW.until, today) == expected


def test_a_plan_after_the_window_ends_with_the_exam() -> None:
    assert plan_until(WINDOW.until, date(2026, 12, 21), date(2027, 1, 5)) == date(2027, 1, 5)
    assert plan_until(WINDOW.until, date(2026, 12, 21), date(2027, 1, 31)) == date(2027, 1, 10)
