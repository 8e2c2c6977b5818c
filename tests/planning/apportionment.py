"""Sainte-Lague by its definitions, and what the planner makes of it, to be measured by them."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from coach.model.plan import Strategy
from coach.planning.placement import FairTurns
from coach.planning.split import split
from coach.reading.priority import DomainReading


def shares_of(
    domains: Sequence[DomainReading], strategy: Strategy, minutes: int = 0
) -> list[Fraction]:
    """The planner's share of every domain, on a budget of that many minutes."""
    shares = split(domains, strategy, study_minutes=minutes)
    return [shares[domain.name] for domain in domains]


def turns(shares: Sequence[Fraction], slots: int) -> list[int]:
    """Whom the planner gives places of equal length in turn, as indices into the shares."""
    order = FairTurns(dict(enumerate(map(Fraction, shares))), {})  # type: ignore[arg-type]
    found = []
    for _ in range(slots):
        found.append(order.next(60))
        order.give(found[-1], 60)
    return found  # type: ignore[return-value]


def counts_in(shares: Sequence[Fraction], slots: int) -> tuple[int, ...]:
    """How many places the planner gives each."""
    order = turns(shares, slots)
    return tuple(order.count(index) for index in range(len(shares)))


def by_quotients(shares: Sequence[Fraction], slots: int) -> tuple[int, ...]:
    """Every slot in turn to the largest share / (2 x slots so far + 1); ties to the earlier."""
    counts = [0] * len(shares)
    for _ in range(slots):
        quotients = [share / (2 * n + 1) for share, n in zip(shares, counts, strict=True)]
        counts[quotients.index(max(quotients))] += 1
    return tuple(counts)


def least_error(shares: Sequence[Fraction], slots: int) -> Fraction:
    """The smallest sum of (count - quota)^2 / quota over all ways to give the slots away: what
    Sainte-Lague's method makes as small as can be."""
    return min(error(shares, counts) for counts in _all_counts(len(shares), slots))


def error(shares: Sequence[Fraction], counts: Sequence[int]) -> Fraction:
    slots = sum(counts)
    pairs = zip(shares, counts, strict=True)
    return sum(((n - share * slots) ** 2 / (share * slots) for share, n in pairs), Fraction(0))


def _all_counts(parties: int, slots: int) -> Iterator[tuple[int, ...]]:
    if parties == 1:
        yield (slots,)
        return
    for first in range(slots + 1):
        for rest in _all_counts(parties - 1, slots - first):
            yield (first, *rest)
