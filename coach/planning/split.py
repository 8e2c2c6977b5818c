"""How the study time is divided between domains, as exact fractions."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from coach.model.plan import STRATEGIES, Strategy
from coach.reading.priority import TIER_SHARE, DomainReading

TIER_1_ALONE = Fraction(3, 4)
MAINTENANCE = 1 - TIER_1_ALONE
# Own estimates for `balanced`: what an exam holds at least, the least a strong domain keeps
# (of its weight) and the most one domain takes while another is weak too.
CONTENT_HOURS = 40
FLOOR = Fraction(1, 20)
CEILING = Fraction(1, 2)
# Parts (0-1) of the study time by domain, that of mixed practice under None.
Shares = Mapping[str | None, Fraction]
# The most that spare time takes of the study time (own).
SPARE = Fraction(1, 2)
NOTHING, WHOLE = Fraction(0), Fraction(1)


def split(
    domains: Sequence[DomainReading],
    strategy: Strategy,
    *,
    study_minutes: int = 0,
    spare: Fraction = NOTHING,
) -> dict[str | None, Fraction]:
    """The share of every domain in outline order, and under None what is left for mixed practice.

    They add up to 1. Only `two-tier` leaves a mixed part: a quarter, where tier 2 is empty and no
    domain is above. `study_minutes` is the whole budget; only `balanced` looks at it. The `spare`
    part (0-1) goes to strong domains that would get nothing. Sources: two-tier and spare time
    article, the other two own.
    """
    if strategy == "two-tier":
        parts = _two_tier(domains)
    elif not any(d.gap for d in domains):
        parts = _by_weight(domains)
    elif strategy == "priority":
        parts = _scaled([d.priority for d in domains])
    else:
        parts = _balanced(domains, study_minutes)
    if has_idle(domains, strategy):
        strong = [NOTHING if d.gap else d.weight for d in domains]
        parts = _sum([part * (1 - spare) for part in parts], _scaled(strong, spare))
    shares: dict[str | None, Fraction] = {
        domain.name: part for domain, part in zip(domains, parts, strict=True)
    }
    if domains and sum(parts) < 1:
        shares[None] = 1 - sum(parts, NOTHING)
    return shares


def has_idle(domains: Sequence[DomainReading], strategy: Strategy) -> bool:
    """Whether there are strong domains that get nothing but spare time."""
    gaps = {domain.gap for domain in domains}
    fed = strategy == "balanced" or not any(domain.tier == 2 for domain in domains)
    return 0 in gaps and len(gaps) > 1 and (strategy == "priority" or not fed)


def spare_part(spare_minutes: int, week_minutes: int) -> Fraction:
    """The part (0-1) of the study time that the spare minutes of a week of study are."""
    return min(SPARE, Fraction(spare_minutes, max(1, week_minutes)))


def rounded(shares: Sequence[Fraction], units: int) -> tuple[int, ...]:
    """Shares of that many units in whole units, by largest remainder, ties in the given order.

    What is shown adds up to the shared part of the budget.
    """
    exact = [share * units for share in shares]
    whole = [part.numerator // part.denominator for part in exact]
    left = round(sum(exact, NOTHING)) - sum(whole)
    order = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for index in order[:left]:
        whole[index] += 1
    return tuple(whole)


@lru_cache(maxsize=64)
def widest_difference(
    domains: tuple[DomainReading, ...], study_minutes: int, spare: Fraction = NOTHING
) -> Fraction:
    """The largest part (0-1) of the time on which two strategies differ."""
    rows = [split(domains, s, study_minutes=study_minutes, spare=spare) for s in STRATEGIES]
    most = NOTHING
    for left, right in combinations(rows, 2):
        # What would have to change hands; time for mixed practice is nobody's.
        apart = [left[domain.name] - right[domain.name] for domain in domains]
        more = sum((part for part in apart if part > 0), NOTHING)
        most = max(most, more, more - sum(apart, NOTHING))
    return most


def _two_tier(domains: Sequence[DomainReading]) -> list[Fraction]:
    first = [d.priority if d.tier == 1 else NOTHING for d in domains]
    second = [d.priority if d.tier == 2 else NOTHING for d in domains]
    above = [d.weight if d.tier is None else NOTHING for d in domains]
    if not any(first):
        return _scaled(above)
    if any(second):
        return _sum(_scaled(first, TIER_SHARE[1]), _scaled(second, TIER_SHARE[2]))
    if any(above):
        return _sum(_scaled(first, TIER_1_ALONE), _scaled(above, MAINTENANCE))
    return _scaled(first, TIER_1_ALONE)


def _by_weight(domains: Sequence[DomainReading]) -> list[Fraction]:
    return _scaled([d.weight for d in domains])


def _balanced(domains: Sequence[DomainReading], study_minutes: int) -> list[Fraction]:
    """Weight x gap, tilted towards plain weight the more hours there are for the content."""
    tilt = tilt_of(domains, study_minutes)
    parts = _scaled([d.weight * (d.gap + tilt) for d in domains])
    weights = _by_weight(domains)
    # Parts below their floor are lifted to it; the others give in proportion.
    least = [NOTHING if d.gap else FLOOR * w for d, w in zip(domains, weights, strict=True)]
    rows = list(zip(parts, least, strict=True))
    kept = sum((part for part, floor in rows if part >= floor), NOTHING)
    room = 1 - sum((floor for part, floor in rows if part < floor), NOTHING)
    parts = [floor if part < floor else part * room / kept for part, floor in rows]
    # The largest is cut to the ceiling, or to its weight where that is more.
    top = max(range(len(parts)), key=lambda i: parts[i])
    ceiling, rest = max(CEILING, weights[top]), 1 - parts[top]
    if parts[top] <= ceiling or sum(1 for d in domains if d.gap) < 2:
        return parts
    return [ceiling if i == top else p * (1 - ceiling) / rest for i, p in enumerate(parts)]


def tilt_of(domains: Sequence[DomainReading], study_minutes: int) -> Fraction:
    """0-2: how far `balanced` moves from weight x gap to weight, by hours against content (own).

    None while there is at most half an hour for each hour of content, all of it from one hour on.
    """
    content = max(CONTENT_HOURS, sum(len(d.topics) for d in domains))
    ratio = Fraction(study_minutes, 60 * content)
    return 2 * min(WHOLE, max(NOTHING, (ratio - Fraction(1, 2)) * 2))


def _scaled(parts: Sequence[Fraction], total: Fraction = WHOLE) -> list[Fraction]:
    whole = sum(parts, NOTHING)
    return [part * total / whole for part in parts]


def _sum(left: list[Fraction], right: list[Fraction]) -> list[Fraction]:
    return [a + b for a, b in zip(left, right, strict=True)]
