"""How good past forecasts were: each beside its result, and the mean of their squared errors."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from math import fsum

import msgspec

from coach.model.plan import Forecast

LEAST_GRADED = 3
"""Fewer results than this say nothing about a forecaster (own)."""
COIN_TOSS = 0.25
"""The Brier score of always saying 5 in 10."""
CLEARLY = 0.05
"""By how much a mean has to differ from that of a coin toss to be called better or worse (own)."""


class Graded(msgspec.Struct, frozen=True, kw_only=True):
    """One forecast and the result of the sitting that it was made for."""

    forecast: Forecast
    sat: datetime
    passed: bool

    @property
    def error(self) -> float:
        """The squared difference (0-1) to the result: the Brier score of one forecast."""
        return (self.forecast.p - self.passed) ** 2


def graded(
    forecasts: Iterable[Forecast], results: Iterable[tuple[datetime, bool]]
) -> tuple[Graded, ...]:
    """The forecasts of one exam that have a result, oldest first.

    A result is when it was sat and whether it was a pass. Of the forecasts made before that sitting
    and after the one before it, it grades the one for the nearest date.
    """
    made = sorted(forecasts, key=lambda forecast: (forecast.made, forecast.id), reverse=True)
    found = []
    before: datetime | None = None
    for sat, passed in sorted(results):
        own = [f for f in made if f.made < sat and (before is None or f.made >= before)]
        if own:
            nearest = min(own, key=lambda forecast: abs(forecast.target - sat))
            found.append(Graded(forecast=nearest, sat=sat, passed=passed))
        before = sat
    return tuple(found)


def brier(past: Sequence[Graded]) -> float | None:
    """The mean squared error (0-1, lower is better), None with too few results to say."""
    if len(past) < LEAST_GRADED:
        return None
    return fsum(each.error for each in past) / len(past)


def verdict(past: Sequence[Graded]) -> str | None:
    """What the past forecasts are worth in a sentence, None with too few results to say."""
    score = brier(past)
    if score is None:
        return None
    expected = int(fsum(each.forecast.p for each in past) + 0.5)
    passed = sum(each.passed for each in past)
    if abs(score - COIN_TOSS) < CLEARLY:
        worth = "about as good as tossing a coin"
    else:
        worth = f"{'better' if score < COIN_TOSS else 'worse'} than tossing a coin"
    return (
        f"In {len(past)} guesses with a result Coach expected about {expected} passes and there "
        f"were {passed}; on the whole it was {worth} (Brier score {100 * score:.0f} of 100; 0 is "
        "perfect, a coin toss has 25)."
    )
