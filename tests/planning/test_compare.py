"""What each strategy would give."""

from fractions import Fraction

import pytest

from coach.planning.explain import compare
from coach.planning.split import widest_difference
from tests.planning.plans import readings


def test_minutes_under_every_strategy() -> None:
    # Two tiers: 186.67, 155.56, 77.78 and 180 minutes; the two largest remainders are rounded up.
    found = compare(readings("BBNN"), 600)
    assert {strategy: each.minutes for strategy, each in found.items()} == {
        "two-tier": (("IAM", 187), ("NET", 155), ("CSD", 78), ("OPS", 180)),
        "priority": (("IAM", 232), ("NET", 194), ("CSD", 97), ("OPS", 77)),
        "balanced": (("IAM", 232), ("NET", 194), ("CSD", 97), ("OPS", 77)),
    }


def test_spread_is_what_would_change_hands() -> None:
    # OPS: 3/10 under two-tier, 20/155 under priority; everyone else gains.
    assert widest_difference(readings("BBNN"), 600) == Fraction(3, 10) - Fraction(20, 155)


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        pytest.param("BBNN", "INVERSION", id="TR-10"),
        pytest.param("NNNN", "ALL-NEAR", id="FQ-03"),
    ],
)
def test_two_tier_is_questioned_where_it_is_weak(bands: str, code: str) -> None:
    found = compare(readings(bands), 600)
    assert code in [reason.code for reason in found["two-tier"].warnings]
    assert found["priority"].warnings == ()


def test_all_above_is_questioned_everywhere() -> None:
    found = compare(readings("AAAA"), 600).values()
    assert [[reason.code for reason in each.warnings] for each in found] == [["CHECK"]] * 3
