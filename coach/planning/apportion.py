"""Exact shares into whole blocks by Sainte-Lague, and the order of study that follows from it.

The divisor method is house monotone: one more block never takes a block away from a domain.
Its order of seats is a timetable whose every beginning is the fair split of that many blocks.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm


def sainte_lague(shares: Sequence[Fraction], seats: int) -> tuple[int, ...]:
    """The number of seats of every share; ties go to the earlier share.

    Each count lies within 1/2 + share x (n - 2) / 2 of share x seats for n positive shares
    that sum to 1.
    """
    counts = [0] * len(shares)
    for index in study_order(shares, seats):
        counts[index] += 1
    return tuple(counts)


def study_order(shares: Sequence[Fraction], seats: int) -> tuple[int, ...]:
    """Which share gets seat 1, 2, ... as indices into `shares`; () where no share is positive."""
    steps = inverse(shares)
    if not steps:
        return ()
    claims = dict(steps)
    order = []
    for _ in range(seats):
        index = min(claims, key=lambda i: (claims[i], i))
        order.append(index)
        claims[index] += 2 * steps[index]
    return tuple(order)


def inverse(shares: Sequence[Fraction]) -> dict[int, int]:
    """For every positive share an integer in proportion to 1 / share, by index.

    Comparing (2 x count + 1) x inverse is the divisor rule in whole numbers, exact and fast.
    """
    positive = {index: share for index, share in enumerate(shares) if share > 0}
    numerators = lcm(*(share.numerator for share in positive.values()))
    return {i: numerators // s.numerator * s.denominator for i, s in positive.items()}
