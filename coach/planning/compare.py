"""What each strategy would give, and what speaks against it."""

from collections.abc import Sequence
from fractions import Fraction

from coach.model.plan import STRATEGIES, Reason, Strategy
from coach.planning.notes import warnings
from coach.planning.split import NOTHING, Share, rounded, split
from coach.reading.priority import DomainReading

DomainMinutes = tuple[str, int]


def compare(
    domains: Sequence[DomainReading], study_minutes: int, spare: Fraction = NOTHING
) -> tuple[tuple[Strategy, tuple[DomainMinutes, ...]], ...]:
    """Minutes per domain in outline order under every strategy.

    What `two-tier` leaves for mixed practice belongs to no domain. `spare` is the part (0-1) of the
    time for strong domains that would get nothing.
    """
    return tuple(
        (strategy, _minutes(shares, study_minutes))
        for strategy, shares in _splits(domains, study_minutes, spare)
    )


def _minutes(shares: Sequence[Share], study_minutes: int) -> tuple[DomainMinutes, ...]:
    whole = rounded([share.share for share in shares], study_minutes)
    return tuple((share.domain, part) for share, part in zip(shares, whole, strict=True))


def strategy_warnings(
    domains: Sequence[DomainReading], study_minutes: int, spare: Fraction = NOTHING
) -> tuple[tuple[Strategy, tuple[Reason, ...]], ...]:
    """Where each strategy deserves a second look: inverted tiers, all near, all above."""
    return tuple(
        (strategy, warnings(domains, shares, strategy))
        for strategy, shares in _splits(domains, study_minutes, spare)
    )


def _splits(
    domains: Sequence[DomainReading], study_minutes: int, spare: Fraction
) -> list[tuple[Strategy, tuple[Share, ...]]]:
    return [(s, split(domains, s, study_minutes=study_minutes, spare=spare)[0]) for s in STRATEGIES]
