"""From evidence to a belief about the level: how likely each part of the questions is to be known.

Abilities are logits: one over all domains, normally spread, and one of each domain normally spread
around it. A report's bands and practice tell of the domains, a score of the whole. The whole is the
weighted sum of the domains, normal for a given general ability, so a belief is a sum over a grid of
that one. Sums are exactly rounded: neither the order of entry nor that of the domains matters.
"""

from collections.abc import Sequence
from math import exp, fsum, log

from coach.reading.forecast.assumptions import (
    GENERAL_SPREAD,
    PASS_LEVEL,
    SCORE_ERROR,
    SITTING_ERROR,
)
from coach.reading.forecast.domains import GENERAL_STEPS, STEP, below, faded, parts_of
from coach.reading.forecast.evidence import Evidence, SeenReport

LEVELS = tuple(n / 100 for n in range(5, 100))
"""The levels of the whole that a belief is about: parts of the questions known."""
_LEAST_VARIANCE = 1e-4  # a normal narrower than the levels would fall between them

Belief = tuple[float, ...]
"""How likely each of `LEVELS` is; 1 in all."""


def belief(evidence: Evidence) -> Belief:
    """What the evidence says about the level at the newest report; without any, the prior."""
    spread = _by_general_ability(evidence)
    likely = [_of_scores(evidence, level) + _of_whole(spread, level) for level in LEVELS]
    whole = _log_sum(likely)
    return tuple(exp(value - whole) for value in likely)


def _by_general_ability(evidence: Evidence) -> list[tuple[float, float, float]]:
    """Of each general ability its log likelihood, and mean and variance of the whole given it."""
    domains = [(share, parts_of(evidence, name, share)) for name, share in evidence.shares.items()]
    found = []
    for n in range(2 * GENERAL_STEPS + 1):
        parts = [(share, domain[n]) for share, domain in domains]
        prior = -((STEP * (n - GENERAL_STEPS) / GENERAL_SPREAD) ** 2) / 2
        variance = fsum(share**2 * part.variance for share, part in parts)
        found.append(
            (
                fsum((prior, *(part.likely for _, part in parts))),
                fsum(share * part.mean for share, part in parts),
                max(variance, _LEAST_VARIANCE),
            )
        )
    return found


def _of_whole(spread: list[tuple[float, float, float]], level: float) -> float:
    """The log likelihood of a level of the whole by what was seen of its domains."""
    return _log_sum(
        [
            likely - (level - mean) ** 2 / (2 * variance) - log(variance) / 2
            for likely, mean, variance in spread
        ]
    )


def _of_scores(evidence: Evidence, level: float) -> float:
    """The log likelihood of all scores, or results without one, at a level of the whole."""
    return fsum(faded(report) * _of_result(report, level) for report in evidence.reports)


def _of_result(report: SeenReport, level: float) -> float:
    ahead = (level - PASS_LEVEL) / SITTING_ERROR
    if report.points is None:
        return log(below(ahead if report.passed else -ahead))
    return -((report.points / SCORE_ERROR - ahead) ** 2) / 2


def _log_sum(logs: Sequence[float]) -> float:
    """The logarithm of the sum of what these are logarithms of."""
    top = max(logs)
    return top + log(fsum(exp(value - top) for value in logs))
