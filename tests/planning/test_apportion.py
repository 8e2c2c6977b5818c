"""Whole blocks by Sainte-Lague against an independent statement of the rule."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.planning.apportion import sainte_lague, study_order


def normal(parts: list[int]) -> list[Fraction]:
    return [Fraction(part, sum(parts)) for part in parts]


SHARES = st.lists(st.integers(1, 50), min_size=1, max_size=8).map(normal)
SEATS = st.integers(0, 60)


@pytest.mark.parametrize(
    ("parts", "seats", "expected"),
    [
        ([53, 24, 23], 7, (3, 2, 2)),
        ([60, 28, 12], 10, (6, 3, 1)),
        ([1, 1], 3, (2, 1)),
        ([0, 1], 2, (0, 2)),
        ([3, 1], 0, (0, 0)),
    ],
)
def test_seats(parts: list[int], seats: int, expected: tuple[int, ...]) -> None:
    assert sainte_lague(normal(parts), seats) == expected


def test_order_interleaves_and_breaks_ties_by_outline_order() -> None:
    # Quotients of 1/2, 1/4, 1/4: 1/2 1/6 1/10 1/14 against twice 1/4 1/12.
    assert study_order(normal([2, 1, 1]), 8) == (0, 1, 2, 0, 0, 1, 2, 0)


def test_no_share_no_order() -> None:
    assert study_order([Fraction(0)], 3) == ()


@given(SHARES, SEATS)
def test_the_rule_of_the_divisors(shares: list[Fraction], seats: int) -> None:
    """Nobody's next quotient beats a quotient that got a seat."""
    counts = sainte_lague(shares, seats)
    won = [s / (2 * n - 1) for s, n in zip(shares, counts, strict=True) if n]
    lost = [s / (2 * n + 1) for s, n in zip(shares, counts, strict=True)]
    assert not won or min(won) >= max(lost)


@given(SHARES, SEATS)
def test_invariant_08_counts_are_the_blocks(shares: list[Fraction], seats: int) -> None:
    assert sum(sainte_lague(shares, seats)) == seats


@given(SHARES, SEATS)
def test_invariant_09_and_11_every_prefix_is_fair(shares: list[Fraction], seats: int) -> None:
    order = study_order(shares, seats)
    for length in range(seats + 1):
        for index, share in enumerate(shares):
            bound = Fraction(1, 2) + share * (len(shares) - 2) / 2
            assert abs(order[:length].count(index) - share * length) <= bound


@given(SHARES, SEATS)
def test_invariant_10_one_more_block_takes_none_away(shares: list[Fraction], seats: int) -> None:
    before, after = sainte_lague(shares, seats), sainte_lague(shares, seats + 1)
    assert all(a <= b for a, b in zip(before, after, strict=True))
