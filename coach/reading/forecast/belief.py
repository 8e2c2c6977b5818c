"""From evidence to a belief about the level: how likely each part of the questions is to be known.

Abilities are logits: one over all domains, normally spread, and one of each domain normally spread
around it. Both lie on one grid, so all sums are over a few hundred points. A report's bands and
practice tell of the domains, a score of the whole. The whole is the weighted sum of the domains,
normal for a given general ability. Sums are exactly rounded, so that neither the order of entry
nor that of the domains matters.
"""

from collections import Counter
from math import erfc, exp, exp2, fsum, hypot, log, sqrt

from coach.model.attempt import Band
from coach.reading.forecast.assumptions import (
    BAND_DOUBT,
    BAND_HALF_WIDTH,
    DOMAIN_SPREAD,
    GENERAL_SPREAD,
    HALF_LIFE_DAYS,
    LEARNING_RATES,
    PASS_LEVEL,
    SCORE_ERROR,
    SITTING_ERROR,
    SOURCE_QUESTIONS,
)
from coach.reading.forecast.evidence import Evidence, SeenPractice, SeenReport

STEP = 0.15  # logits
GENERAL_STEPS, DOMAIN_STEPS = 10, 7  # to either side: three standard deviations
LEAST_VARIANCE = 1e-4  # a normal narrower than the levels below would fall between them
LEVELS = tuple(n / 100 for n in range(5, 100))
"""The levels of the whole that a belief is about: parts of the questions known."""
_MIDDLE = log(PASS_LEVEL / (1 - PASS_LEVEL))
_DOMAIN_LEVELS = tuple(
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

Belief = tuple[float, ...]
"""How likely each of `LEVELS` is; 1 in all."""


def belief(evidence: Evidence) -> Belief:
    """What the evidence says about the level at the newest report; without any, the prior."""
    spread = _by_general_ability(evidence)
    likely = [_of_scores(evidence, level) for level in LEVELS]
    top = max(likely)
    weights = [
        exp(score - top) * fsum(chance * _normal(level, mean, var) for chance, mean, var in spread)
        for level, score in zip(LEVELS, likely, strict=True)
    ]
    whole = fsum(weights)
    return tuple(weight / whole for weight in weights)


def below(z: float) -> float:
    """The chance of a standard normal under `z`."""
    return erfc(-z / sqrt(2)) / 2


def _normal(x: float, mean: float, variance: float) -> float:
    return exp(-((x - mean) ** 2) / (2 * variance)) / sqrt(variance)


def _by_general_ability(evidence: Evidence) -> list[tuple[float, float, float]]:
    """Of each general ability how likely it is, and mean and variance of the whole given it."""
    domains = [
        (share, _of_domain(evidence, name, share)) for name, share in evidence.shares.items()
    ]
    found = []
    for n in range(2 * GENERAL_STEPS + 1):
        parts = [(share, *_around(n, likely)) for share, likely in domains]
        prior = -((STEP * (n - GENERAL_STEPS) / GENERAL_SPREAD) ** 2) / 2
        found.append(
            (
                fsum((prior, *(log(mass) for _, mass, _, _ in parts))),
                fsum(share * mean for share, _, mean, _ in parts),
                max(fsum(share**2 * var for share, _, _, var in parts), LEAST_VARIANCE),
            )
        )
    top = max(chance for chance, _, _ in found)
    return [(exp(chance - top), mean, var) for chance, mean, var in found]


def _around(n: int, likely: list[float]) -> tuple[float, float, float]:
    """The likelihood of one domain given the general ability `n`, and mean and variance of its
    level."""
    mass = first = second = 0.0
    for chance, level, spread in zip(likely[n:], _DOMAIN_LEVELS[n:], _DEVIATIONS, strict=False):
        part = chance * spread
        mass += part
        first += part * level
        second += part * level * level
    mean = first / mass
    return mass, mean, second / mass - mean * mean


def _of_domain(evidence: Evidence, name: str, share: float) -> list[float]:
    """The likelihood of what was seen of a domain at each of its levels, up to a factor."""
    doubt = hypot(SITTING_ERROR / sqrt(share), BAND_DOUBT)
    asked = Counter[str]()
    own = [entry for entry in evidence.practice if entry.domain == name]
    for entry in own:
        asked[entry.source] += entry.total
    seen = [(r.bands[name], r) for r in evidence.reports if r.bands.get(name) in _LIMITS]
    logs = [
        fsum(
            (
                *(_faded(report) * _of_band(band, level, doubt) for band, report in seen),
                *(_of_practice(entry, asked[entry.source], level) for entry in own),
            )
        )
        for level in _DOMAIN_LEVELS
    ]
    top = max(logs)
    return [exp(value - top) for value in logs]


def _faded(result: SeenReport | SeenPractice) -> float:
    """How much a result counts for its age."""
    return exp2(-result.days / HALF_LIFE_DAYS)


def _of_band(band: Band, level: float, doubt: float) -> float:
    low, high = _LIMITS[band]
    return log(below((high - level) / doubt) - below((low - level) / doubt))


def _of_practice(entry: SeenPractice, asked: int, level: float) -> float:
    """Right and wrong answers at the level that the hours since the report have made of it."""
    right = min(entry.correct, entry.total)
    missing = log(1 - level) - _USUAL_RATE * entry.hours
    worth = _faded(entry) / (1 + asked / SOURCE_QUESTIONS)
    return worth * (right * log(1 - exp(missing)) + (entry.total - right) * missing)


def _of_scores(evidence: Evidence, level: float) -> float:
    """The log likelihood of all scores, or results without one, at a level of the whole."""
    return fsum(_faded(report) * _of_result(report, level) for report in evidence.reports)


def _of_result(report: SeenReport, level: float) -> float:
    ahead = (level - PASS_LEVEL) / SITTING_ERROR
    if report.points is None:
        return log(below(ahead if report.passed else -ahead))
    return -((report.points / SCORE_ERROR - ahead) ** 2) / 2
