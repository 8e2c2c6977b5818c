"""Whether forecasts come true, and how long one takes.

Run from the project's root: python tests/benchmarks/forecast.py
Candidates are made up from the forecast's own assumptions; those who fail a first sitting study a
while, log some practice, and sit again. Printed by sixths of the forecasts: what was forecast of
100, what came true, and the mean width of the range; then the same with candidates who are weaker
than assumed, where the forecast is too hopeful. The Brier score of always saying 5 in 10 is 0.25.
"""

import sys
from math import exp, log
from pathlib import Path
from random import Random
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[2]))

from coach.model.attempt import Band
from coach.reading.forecast import (
    BAND_HALF_WIDTH,
    DOMAIN_SPREAD,
    GENERAL_SPREAD,
    LEARNING_RATES,
    PASS_LEVEL,
    QUESTIONS,
    SCORE_ERROR,
    SITTING_ERROR,
    Evidence,
    SeenPractice,
    SeenReport,
    belief,
    chance,
)

SHARES = {"a": 0.22, "b": 0.18, "c": 0.22, "d": 0.20, "e": 0.18}
CANDIDATES = 3000
HOURS = (0, 20, 40, 60)
MIDDLE = log(PASS_LEVEL / (1 - PASS_LEVEL))
Levels = dict[str, float]
Case = tuple[float, bool, float]


def right(chances: Random, level: float, asked: int) -> int:
    return sum(chances.random() < level for _ in range(asked))


def sitting(chances: Random, levels: Levels) -> SeenReport:
    """A sitting of 56 questions: its score, and the band of each domain from the same answers."""
    parts = {}
    for name, share in SHARES.items():
        asked = round(QUESTIONS * share)
        parts[name] = right(chances, levels[name], asked) / asked
    whole = sum(SHARES[name] * part for name, part in parts.items())
    points = (whole - PASS_LEVEL) / SITTING_ERROR * SCORE_ERROR
    return SeenReport(
        points=points, passed=points >= 0, bands={name: band(part) for name, part in parts.items()}
    )


def band(part: float) -> Band:
    if abs(part - PASS_LEVEL) <= BAND_HALF_WIDTH:
        return "near"
    return "below" if part < PASS_LEVEL else "above"


def practised(chances: Random, levels: Levels) -> tuple[SeenPractice, ...]:
    """Up to four quizzes, each of a vendor who is easier or harder than the exam."""
    entries = []
    for number in range(chances.randrange(5)):
        name = chances.choice(tuple(SHARES))
        level = min(max(levels[name] + chances.gauss(0, 0.09), 0.02), 0.98)
        entries.append(
            SeenPractice(
                domain=name, correct=right(chances, level, 12), total=12, source=f"{number}"
            )
        )
    return tuple(entries)


def cases(chances: Random, shift: float) -> list[Case]:
    """Forecast, result and width of each candidate who failed; `shift` is in logits."""
    found: list[Case] = []
    while len(found) < CANDIDATES:
        general = chances.gauss(MIDDLE + shift, GENERAL_SPREAD)
        levels = {
            name: 1 / (1 + exp(-general - chances.gauss(0, DOMAIN_SPREAD))) for name in SHARES
        }
        report = sitting(chances, levels)
        if report.passed:
            continue
        evidence = Evidence(shares=SHARES, reports=(report,), practice=practised(chances, levels))
        hours, rate = chances.choice(HOURS), chances.choice(LEARNING_RATES)
        guess = chance(belief(evidence), hours)
        left = exp(-rate * hours)
        again = sitting(chances, {name: 1 - (1 - level) * left for name, level in levels.items()})
        found.append((guess.p, again.passed, guess.high - guess.low))
    return sorted(found)


def report(name: str, found: list[Case]) -> None:
    size = len(found) // 6
    print(f"{name}: of 100, by sixths")
    print("  forecast  came true  width of the range")
    for sixth in (found[n * size : (n + 1) * size] for n in range(6)):
        p, passed, width = (100 * sum(column) / size for column in zip(*sixth, strict=True))
        print(f"  {p:8.0f}  {passed:9.0f}  {width:18.0f}")
    brier = sum((p - passed) ** 2 for p, passed, _ in found) / len(found)
    print(f"  Brier score {brier:.3f}\n")


def times() -> None:
    chances = Random(3)
    levels = dict.fromkeys(SHARES, 0.6)
    for reports, entries in ((1, 0), (2, 4), (5, 40)):
        quizzes = [
            SeenPractice(domain=chances.choice(tuple(SHARES)), correct=8, total=12, hours=n)
            for n in range(entries)
        ]
        evidence = Evidence(
            shares=SHARES,
            reports=tuple(sitting(chances, levels) for _ in range(reports)),
            practice=tuple(quizzes),
        )
        spent = []
        for _ in range(30):
            start = perf_counter()
            chance(belief(evidence), 40)
            spent.append(perf_counter() - start)
        middle = 1000 * sorted(spent)[len(spent) // 2]
        print(f"{reports} reports and {entries} practice results: {middle:.1f} ms a forecast")


def main() -> None:
    report("as assumed", cases(Random(1), 0.0))
    report("weaker than assumed", cases(Random(2), -0.25))
    times()


if __name__ == "__main__":
    main()
