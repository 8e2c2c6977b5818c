"""What was seen of one domain: how well it fits each ability, by bands and by practice.

Abilities are logits on a grid around the pass level. All likelihoods are logarithms, up to a
constant, so that years of results underflow nowhere.
"""

from collections import Counter
from collections.abc import Iterable
from math import erfc, exp, exp2, fsum, hypot, log, sqrt
from typing import NamedTuple

from coach.model.attempt import Band
from coach.reading.forecast.assumptions import (
    BAND_DOUBT,
    BAND_HALF_WIDTH,
    DOMAIN_SPREAD,
    HALF_LIFE_DAYS,
    LEARNING_RATES,
    PASS_LEVEL,
    SITTING_ERROR,
    SOURCE_QUESTIONS,
)
from coach.reading.forecast.evidence import Evidence, SeenPractice, SeenReport

STEP = 0.15  # logits
GENERAL_STEPS, DOMAIN_STEPS = 10, 7  # to either side: three standard deviations
HOURS_STEP = 5  # results within so many hours of study are taken together
_MIDDLE = log(PASS_LEVEL / (1 - PASS_LEVEL))
_LEVELS = tuple(
    1 / (1 + exp(-_MIDDLE - STEP * n))
    for n in range(-GENERAL_STEPS - DOMAIN_STEPS, GENERAL_STEPS + DOMAIN_STEPS + 1)
)
_DEVIATIONS = tuple(
    exp(-((STEP * n / DOMAIN_SPREAD) ** 2) / 2) for n in range(-DOMAIN_STEPS, DOMAIN_STEPS + 1)
)
_LIMITS: dict[Band, tuple[float, float]] = {
    "below": (-9.0, PASS_LEVEL - BAND_HALF_WIDTH),
    "near": (PASS_LEVEL - BAND_HALF_WIDTH, PASS_LEVEL + BAND_HALF_WIDTH),
    "above": (PASS_LEVEL + BAND_HALF_WIDTH, 9.0),
}
_USUAL_RATE = sorted(LEARNING_RATES)[len(LEARNING_RATES) // 2]


class Part(NamedTuple):
    """One domain given a general ability: the log likelihood of what was seen, and mean and
    variance of its level."""

    likely: float
    mean: float
    variance: float


def parts_of(evidence: Evidence, name: str, share: float) -> list[Part]:
    """A domain at each general ability, the lowest first."""
    seen = _seen(evidence, name, share)
    return [_around(n, seen) for n in range(2 * GENERAL_STEPS + 1)]


def below(z: float) -> float:
    """The chance of a standard normal under `z`."""
    return erfc(-z / sqrt(2)) / 2


def faded(result: SeenReport | SeenPractice) -> float:
    """How much a result counts for its age (0-1)."""
    return exp2(-result.days / HALF_LIFE_DAYS)


def _around(n: int, seen: list[float]) -> Part:
    """The domain given the general ability number `n`."""
    window = seen[n : n + len(_DEVIATIONS)]
    top = max(window)
    mass = first = second = 0.0
    for likely, level, spread in zip(window, _LEVELS[n:], _DEVIATIONS, strict=False):
        weight = exp(likely - top) * spread
        mass += weight
        first += weight * level
        second += weight * level * level
    mean = first / mass
    return Part(top + log(mass), mean, max(second / mass - mean * mean, 0.0))


def _seen(evidence: Evidence, name: str, share: float) -> list[float]:
    """The log likelihood of all that was seen of a domain at each of its levels."""
    doubt = hypot(SITTING_ERROR / sqrt(share), BAND_DOUBT)
    bands = [(r.bands[name], faded(r)) for r in evidence.reports if r.bands.get(name) in _LIMITS]
    pools = _pooled([entry for entry in evidence.practice if entry.domain == name])
    kinds = {band for band, _ in bands}

    def at(level: float) -> float:
        # Years of reports show three bands: each is worked out once for a level.
        of_band = {band: _of_band(band, level, doubt) for band in kinds}
        told = (worth * of_band[band] for band, worth in bands)
        return fsum((*told, *(_of_answers(*pool, level) for pool in pools)))

    return [at(level) for level in _LEVELS]


def _of_band(band: Band, level: float, doubt: float) -> float:
    low, high = ((limit - level) / doubt for limit in _LIMITS[band])
    if low > 0:  # the lower tail is the exact one
        low, high = -high, -low
    return log(below(high) - below(low))


def _pooled(own: Iterable[SeenPractice]) -> list[tuple[int, float, float]]:
    """Hours of study before them, in steps, and what right and wrong answers are worth."""
    own = tuple(own)
    asked = Counter[str]()
    for entry in own:
        asked[entry.source] += entry.total
    right: dict[int, list[float]] = {}
    wrong: dict[int, list[float]] = {}
    for entry in own:
        worth = faded(entry) / (1 + asked[entry.source] / SOURCE_QUESTIONS)
        correct = min(entry.correct, entry.total)
        hours = HOURS_STEP * round(entry.hours / HOURS_STEP)
        right.setdefault(hours, []).append(worth * correct)
        wrong.setdefault(hours, []).append(worth * (entry.total - correct))
    return [(hours, fsum(right[hours]), fsum(wrong[hours])) for hours in right]


def _of_answers(hours: int, right: float, wrong: float, level: float) -> float:
    """Answers given at the level that the hours since the newest report have made of it."""
    missing = log(1 - level) - _USUAL_RATE * hours
    return right * log(1 - exp(missing)) + wrong * missing
