"""Whole blocks and their order by Sainte-Lague, against independent statements of the rule."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.planning.apportionment import by_quotients, counts_in, error, least_error, turns


def normal(parts: list[int]) -> list[Fraction]:
    return [Fraction(part, sum(parts)) for part in parts]


SHARES = st.lists(st.integers(1, 50), min_size=1, max_size=8).map(normal)
SEATS = st.integers(0, 60)


@pytest.mark.parametrize(
    ("parts", "slots", "expected"),
    [
        ([53, 24, 23], 7, (3, 2, 2)),
        ([60, 28, 12], 10, (6, 3, 1)),
        ([1, 1], 3, (2, 1)),
        ([3, 1], 0, (0, 0)),
    ],
)
def test_seats(parts: list[int], slots: int, expected: tuple[int, ...]) -> None:
    assert counts_in(normal(parts), slots) == expected


def test_order_interleaves_and_breaks_ties_by_outline_turns() -> None:
    # Quotients of 1/2, 1/4, 1/4: 1/2 1/6 1/10 1/14 against twice 1/4 1/12.
    assert turns(normal([2, 1, 1]), 8) == [0, 1, 2, 0, 0, 1, 2, 0]


@given(SHARES, SEATS)
def test_seat_by_seat_it_is_the_rule_of_the_divisors(shares: list[Fraction], slots: int) -> None:
    assert counts_in(shares, slots) == by_quotients(shares, slots)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=4).map(normal), st.integers(1, 9))
def test_no_other_way_to_give_the_seats_is_closer(shares: list[Fraction], slots: int) -> None:
    """The exact definition, over every way there is."""
    assert error(shares, counts_in(shares, slots)) == least_error(shares, slots)
