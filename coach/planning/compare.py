"""What each strategy would give, and how far apart they are."""

from collections.abc import Sequence
from fractions import Fraction

from coach.model.plan import STRATEGIES, Reason, Strategy
from coach.planning.notes import warnings
from coach.planning.split import Share, split
from coach.reading.priority import DomainReading

DomainMinutes = tuple[str, int]


def compare(
    domains: Sequence[DomainReading], study_minutes: int
) -> tuple[tuple[Strategy, tuple[DomainMinutes, ...]], ...]:
    """Minutes per domain in outline order under every strategy.

    Rounded to whole minutes; what `two-tier` leaves for mixed practice belongs to no domain.
    """
    return tuple(
        (strategy, tuple((s.domain, round(s.share * study_minutes)) for s in shares))
        for strategy, shares in _splits(domains, study_minutes)
    )


def spread(domains: Sequence[DomainReading], study_minutes: int) -> Fraction:
    """The largest part (0-1) of the time on which two strategies differ."""
    rows = [shares for _, shares in _splits(domains, study_minutes)]
    return max((_apart(a, b) for a in rows for b in rows), default=Fraction(0))


def strategy_warnings(
    domains: Sequence[DomainReading], study_minutes: int
) -> tuple[tuple[Strategy, tuple[Reason, ...]], ...]:
    """Where each strategy deserves a second look: inverted tiers, all near, all above."""
    return tuple(
        (strategy, warnings(domains, shares, strategy))
        for strategy, shares in _splits(domains, study_minutes)
    )


def _splits(
    domains: Sequence[DomainReading], study_minutes: int
) -> list[tuple[Strategy, tuple[Share, ...]]]:
    return [(s, split(domains, s, study_minutes=study_minutes)[0]) for s in STRATEGIES]


def _apart(left: Sequence[Share], right: Sequence[Share]) -> Fraction:
    """Half of the summed differences: what would have to change hands."""
    pairs = zip(left, right, strict=True)
    return sum((max(Fraction(0), a.share - b.share) for a, b in pairs), Fraction(0))
