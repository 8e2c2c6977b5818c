"""What a belief and hours of study come to at a sitting: the chance to pass, and its range."""

from math import exp, fsum

import msgspec

from coach.reading.forecast.assumptions import (
    BASE_RATE,
    LEARNING_RATES,
    PASS_LEVEL,
    RANGE,
    SHRINKAGE,
    SITTING_ERROR,
)
from coach.reading.forecast.belief import LEVELS, Belief
from coach.reading.forecast.domains import below

DECIMALS = 4
"""Of a chance; more would say what machines differ in, not what is known."""


class Chance(msgspec.Struct, frozen=True, kw_only=True):
    """How likely a pass is, and where 8 of 10 thinkable candidates like this lie; all 0-1."""

    p: float
    low: float
    high: float


def chance(belief: Belief, hours: float) -> Chance:
    """The chance after so many hours since the newest report, over levels and learning rates.

    An hour takes the same share of what is missing from every domain: which sensible split is
    studied changes little. More hours never lower any of the three.
    """
    cases = sorted(
        (below((1 - (1 - level) * exp(-rate * hours) - PASS_LEVEL) / SITTING_ERROR), likely)
        for rate in LEARNING_RATES
        for level, likely in zip(LEVELS, belief, strict=True)
    )
    p = fsum(passing * likely for passing, likely in cases) / len(LEARNING_RATES)
    low, high = (_quantile(cases, part * len(LEARNING_RATES)) for part in RANGE)
    return Chance(p=_shrunk(p), low=_shrunk(min(low, p)), high=_shrunk(max(high, p)))


def _quantile(cases: list[tuple[float, float]], mass: float) -> float:
    for passing, likely in cases:
        mass -= likely
        if mass <= 0:
            return passing
    return cases[-1][0]


def _shrunk(p: float) -> float:
    return round(SHRINKAGE * BASE_RATE + (1 - SHRINKAGE) * min(p, 1.0), DECIMALS)
