"""Chances as people count them, natural frequencies without decimals, and what they rest on."""

from coach.model.answers import ForecastBasis
from coach.model.exam import Exam
from coach.reading.forecast.assumptions import SCALE, SCORE_ERROR
from coach.reading.forecast.chance import Chance
from coach.wording import counted, listed


def of_ten(chance: Chance) -> tuple[int, int, int]:
    """Low, chance and high as so many of 10, never none and never all."""
    low, about, high = (
        min(9, max(1, int(10 * p + 0.5))) for p in (chance.low, chance.p, chance.high)
    )
    return low, about, high


def odds(chance: Chance) -> str:
    """`about 5 in 10, between 2 and 8`."""
    low, about, high = of_ten(chance)
    within = f", between {low} and {high}" if low < high else ""
    return f"about {about} in 10{within}"


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


def noise(exam: Exam, score: int) -> str:
    """How far one score and one band lie from the true level (simulation)."""
    error = round(SCORE_ERROR * (exam.score_high - exam.score_low) / SCALE)
    low, high = max(score - error, exam.score_low), min(score + error, exam.score_high)
    return (
        f"A score of {score} could have been {low} to {high} on another form of the exam, and a "
        "band agrees with the true level about 6 times in 10, in a simulation."
    )
