"""Sainte-Lague by its definitions: the planner's shares are measured against these."""

from collections.abc import Iterator, Sequence
from fractions import Fraction


def by_quotients(shares: Sequence[Fraction], seats: int) -> tuple[int, ...]:
    """Every seat in turn to the largest share / (2 x seats so far + 1); ties to the earlier."""
    counts = [0] * len(shares)
    for _ in range(seats):
        quotients = [share / (2 * n + 1) for share, n in zip(shares, counts, strict=True)]
        counts[quotients.index(max(quotients))] += 1
    return tuple(counts)


def least_error(shares: Sequence[Fraction], seats: int) -> Fraction:
    """The smallest sum of (count - quota)^2 / quota over all ways to give the seats away: what
    Sainte-Lague's method makes as small as can be."""
    return min(error(shares, counts) for counts in _all_counts(len(shares), seats))


def error(shares: Sequence[Fraction], counts: Sequence[int]) -> Fraction:
    seats = sum(counts)
    pairs = zip(shares, counts, strict=True)
    return sum(((n - share * seats) ** 2 / (share * seats) for share, n in pairs), Fraction(0))


def _all_counts(parties: int, seats: int) -> Iterator[tuple[int, ...]]:
    if parties == 1:
        yield (seats,)
        return
    for first in range(seats + 1):
        for rest in _all_counts(parties - 1, seats - first):
            yield (first, *rest)
