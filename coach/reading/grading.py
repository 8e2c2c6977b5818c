"""Chances as people count them, what they rest on, and how good past forecasts were."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from math import fsum

import msgspec

from coach.model.exam import Exam
from coach.model.forecasts import ForecastBasis
from coach.model.plan import Forecast
from coach.reading.forecast import PASS_LEVEL, SCALE, SCORE_ERROR, Chance, SeenTest
from coach.wording import counted, listed, percent


def of_ten(chance: Chance) -> tuple[int, int, int]:
    """Low, chance and high as so many of 10, never none and never all."""
    low, about, high = (
        min(9, max(1, int(10 * p + 0.5))) for p in (chance.low, chance.p, chance.high)
    )
    return low, about, high


def results(reports: int, practice: int) -> str:
    """`2 reports and 1 practice result`."""
    counts = ((reports, "report"), (practice, "practice result"))
    return listed(counted(n, noun) for n, noun in counts if n) or "no result of yours yet"


def rests_on(basis: ForecastBasis) -> str:
    """The evidence and the study behind a guess in a sentence."""
    studied = counted(round(basis.hours_done), "hour")
    study = f"{studied} studied and {basis.hours_planned:.0f} planned"
    if basis.prior:
        return f"No result of yours yet, so this is where anyone starts; {study}."
    since = " since the newest report" if basis.reports else ""
    return f"It rests on {basis.results}, with {study}{since}."


def tests_say(tests: Sequence[SeenTest]) -> str | None:
    """What the newest whole practice tests add, oldest first, in a sentence; None without one."""
    if not tests:
        return None
    *before, newest = tests
    if newest.part < PASS_LEVEL:
        return f"The newest practice test, {percent(newest.part)} right, is under the mark."
    if not before or before[-1].part < PASS_LEVEL:
        return (
            f"The newest practice test, {percent(newest.part)} right, is above the mark; a second "
            "one in a row, from another bank, would say more."
        )
    if before[-1].source == newest.source:
        return (
            "Two practice tests in a row are above the mark, both of one bank, whose questions "
            "you may know by now; one of another bank would say more."
        )
    return "Two practice tests in a row are above the mark: no sign before a sitting says more."


def noise(exam: Exam, score: int) -> str:
    """How far one score and one band lie from the true level (simulation)."""
    lowest, highest = exam.scale
    error = round(SCORE_ERROR * (highest - lowest) / SCALE)
    low, high = max(score - error, lowest), min(score + error, highest)
    return (
        f"A score of {score} could have been {low} to {high} on another form of the exam, and a "
        "band agrees with the true level about 6 times in 10, in a simulation."
    )


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
