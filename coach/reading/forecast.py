"""A guess at passing: a level read from the evidence, hours that raise it, a sitting that measures
it with an error. The same evidence gives the same numbers, in whatever order it was entered."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import erfc, exp, exp2, fsum, hypot, log, sqrt

import msgspec

from coach.model.attempt import Band

# Every number that a forecast rests on, with where it is from. "Simulation" is a study with made-up
# candidates of an associate exam of 56 questions; such numbers describe no real people. "Own" is
# Coach's choice where nothing is known. A change of any of them, or of how they are used, is a new
# `MODEL`.
MODEL = "2"

PASS_LEVEL = 0.66
"""The part of the questions that a pass takes (simulation; vendors publish none)."""
QUESTIONS = 56
"""Questions of a sitting (simulation)."""
SITTING_ERROR = sqrt(PASS_LEVEL * (1 - PASS_LEVEL) / QUESTIONS)
"""How far the part that is right lies from the level, as a standard deviation near the mark."""
SCALE = 999
"""Points from end to end of the scale that scores are compared on, from 1 to 1,000."""
SCORE_ERROR = 66
"""The same error in points of a scale of 1,000, near the passing score (simulation)."""

GENERAL_SPREAD = 0.50
DOMAIN_SPREAD = 0.38
"""Standard deviations of the ability over all domains and of one domain around it, in logits.
Together they make levels spread by 0.14 near the mark and domains agree at 0.63 (simulation). The
middle candidate stands at the mark: half of all pass the first time (simulation)."""

BAND_HALF_WIDTH = 0.10
"""Near is a domain level within this of the pass level (own): then a band agrees with the true
level 6 times in 10, as in the simulation."""
BAND_DOUBT = 0.05
"""How far a vendor's limits of the bands may lie elsewhere (own)."""

SOURCE_QUESTIONS = 27
"""What practice from one source in one domain is worth at most, in questions of the exam: a vendor
is easier or harder than the exam by 0.09 of a level (own, after practice tests that explain a fifth
to a half of the differences between exam results)."""

FORM_ERROR = 0.09
"""How much easier or harder than the exam a whole practice test is, as a standard deviation of the
level (own, as for practice from one source). Tests from one bank share it; those of different
banks do not, so that two that agree say more than one bank twice."""

HALF_LIFE_DAYS = 60
"""After so many days before the newest report, an older result counts half (own)."""

LEARNING_RATES = (0.003, 0.005, 0.007, 0.009, 0.012)
"""The part of what is missing that an hour of study closes, each as likely as the others (own):
with them the pass rates after 16 to 64 hours are within 8 points of those of the simulation."""

BASE_RATE = 0.5
SHRINKAGE = 0.1
"""The part of a forecast that is the base rate (own): with a prior that is too hopeful, the
simulation forecast 75 of 100 and 54 passed. Half is the lower end of what other professions tell
of second attempts, 50 to 66 of 100. So nothing is ever certain, or hopeless."""

RANGE = (0.05, 0.95)
"""The ends of the range, where the belief has them: in simulation the true chance then lies in it
for 73 to 87 of 100 candidates, and for 50 to 64 between 10 and 90 % of the belief (simulation)."""


class SeenReport(msgspec.Struct, frozen=True, kw_only=True):
    """One report: `points` above the passing score on a scale of 1,000, None where the vendor
    prints no score; the bands by domain; `days` before the newest report."""

    points: float | None
    passed: bool
    bands: dict[str, Band] = {}
    days: float = 0.0


class SeenPractice(msgspec.Struct, frozen=True, kw_only=True):
    """One practice result: `hours` of study after the newest report, or `days` before it."""

    domain: str
    correct: int
    total: int
    source: str = ""
    hours: float = 0.0
    days: float = 0.0


class SeenTest(msgspec.Struct, frozen=True, kw_only=True):
    """One whole practice test: the `part` of its questions that was right (0-1)."""

    part: float
    questions: int
    source: str = ""
    hours: float = 0.0
    days: float = 0.0


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of a candidate; `shares` has the weight of each domain, 1 in all.

    Results of domains that are not among them say nothing.
    """

    shares: dict[str, float]
    reports: tuple[SeenReport, ...] = ()
    practice: tuple[SeenPractice, ...] = ()
    tests: tuple[SeenTest, ...] = ()


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


class Part(msgspec.Struct, frozen=True):
    """One domain given a general ability: the log likelihood of what was seen, and mean and
    variance of its level."""

    likely: float
    mean: float
    variance: float


def parts_of(evidence: Evidence, name: str, share: float) -> list[Part]:
    """A domain at each general ability, the lowest first."""
    # The log likelihood of all that was seen of a domain at each of its levels.
    doubt = hypot(SITTING_ERROR / sqrt(share), BAND_DOUBT)
    bands = [(r.bands[name], faded(r)) for r in evidence.reports if r.bands.get(name) in _LIMITS]
    pools = _pooled([entry for entry in evidence.practice if entry.domain == name])
    kinds = {band for band, _ in bands}

    def at(level: float) -> float:
        # Years of reports show three bands: each is worked out once for a level.
        of_band = {band: _of_band(band, level, doubt) for band in kinds}
        told = (worth * of_band[band] for band, worth in bands)
        return fsum((*told, *(_of_answers(*pool, level) for pool in pools)))

    seen = [at(level) for level in _LEVELS]
    return [_around(n, seen) for n in range(2 * GENERAL_STEPS + 1)]


_ROOT = sqrt(2)


def below(z: float) -> float:
    """The chance of a standard normal under `z`."""
    return erfc(-z / _ROOT) / 2


def faded(result: SeenReport | SeenPractice | SeenTest) -> float:
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


def _of_band(band: Band, level: float, doubt: float) -> float:
    low, high = [(limit - level) / doubt for limit in _LIMITS[band]]
    if low > 0:  # the lower tail is the exact one
        low, high = -high, -low
    return log(below(high) - below(low))


def _pooled(own: Sequence[SeenPractice]) -> list[tuple[int, float, float]]:
    """Hours of study before them, in steps, and what right and wrong answers are worth."""
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


LEVELS = tuple(n / 100 for n in range(5, 100))
"""The levels of the whole that a belief is about: parts of the questions known."""
_LEAST_VARIANCE = 1e-4  # a normal narrower than the levels would fall between them

Belief = tuple[float, ...]
"""How likely each of `LEVELS` is; 1 in all."""


def belief(evidence: Evidence) -> Belief:
    """What the evidence says about the level at the newest report; without any, the prior."""
    spread = _by_general_ability(evidence)
    likely = [
        fsum((_of_scores(evidence, level), _of_whole(spread, level), _of_tests(evidence, level)))
        for level in LEVELS
    ]
    whole = _log_sum(likely)
    return tuple(exp(value - whole) for value in likely)


def _by_general_ability(evidence: Evidence) -> list[tuple[float, float, float]]:
    """Of each general ability the height in logs, the mean and twice the variance of the normal
    that the whole is given it."""
    domains = [(share, parts_of(evidence, name, share)) for name, share in evidence.shares.items()]
    found = []
    for n in range(2 * GENERAL_STEPS + 1):
        parts = [(share, domain[n]) for share, domain in domains]
        prior = -((STEP * (n - GENERAL_STEPS) / GENERAL_SPREAD) ** 2) / 2
        variance = fsum([share**2 * part.variance for share, part in parts])
        variance = max(variance, _LEAST_VARIANCE)
        likely = fsum((prior, *(part.likely for _, part in parts)))
        mean = fsum([share * part.mean for share, part in parts])
        found.append((likely - log(variance) / 2, mean, 2 * variance))
    return found


def _of_whole(spread: list[tuple[float, float, float]], level: float) -> float:
    """The log likelihood of a level of the whole by what was seen of its domains."""
    return _log_sum([height - (level - mean) ** 2 / twice for height, mean, twice in spread])


def _of_scores(evidence: Evidence, level: float) -> float:
    """The log likelihood of all scores, or results without one, at a level of the whole."""
    ahead, found = (level - PASS_LEVEL) / SITTING_ERROR, []
    for report in evidence.reports:
        if report.points is None:
            likely = log(below(ahead if report.passed else -ahead))
        else:
            likely = -((report.points / SCORE_ERROR - ahead) ** 2) / 2
        found.append(faded(report) * likely)
    return fsum(found)


def _of_tests(evidence: Evidence, level: float) -> float:
    """The log likelihood of all whole practice tests: each a score of the level that study has made
    of this one, on a form of unknown difficulty."""
    banks = Counter(test.source for test in evidence.tests)
    found = []
    for test in evidence.tests:
        reached = 1 - (1 - level) * exp(-_USUAL_RATE * test.hours)
        form = banks[test.source] * FORM_ERROR**2
        variance = form + PASS_LEVEL * (1 - PASS_LEVEL) / test.questions
        found.append(-faded(test) * (test.part - reached) ** 2 / (2 * variance))
    return fsum(found)


def _log_sum(logs: Sequence[float]) -> float:
    """The logarithm of the sum of what these are logarithms of."""
    top = max(logs)
    return top + log(fsum([exp(value - top) for value in logs]))


DECIMALS = 4
"""Of a chance; more would say what machines differ in, not what is known."""


class Chance(msgspec.Struct, frozen=True, kw_only=True):
    """How likely a pass is, and where 9 of 10 thinkable candidates like this lie; all 0-1."""

    p: float
    low: float
    high: float


def chance(belief: Belief, hours: float) -> Chance:
    """The chance after so many hours since the newest report, over levels and learning rates.

    An hour takes the same share of what is missing from every domain: which sensible split is
    studied changes little. More hours never lower any of the three.
    """
    cases = sorted(zip(_passing(hours), belief * len(LEARNING_RATES), strict=True))
    p = fsum(passing * likely for passing, likely in cases) / len(LEARNING_RATES)
    shown = SHRINKAGE * BASE_RATE + (1 - SHRINKAGE) * min(p, 1.0)
    low, high = (_quantile(cases, part * len(LEARNING_RATES)) for part in RANGE)
    return Chance(
        p=round(shown, DECIMALS),
        low=round(min(low, shown), DECIMALS),
        high=round(max(high, shown), DECIMALS),
    )


def needed(belief: Belief, hours: Sequence[float]) -> tuple[float, ...]:
    """How likely each of several sittings is needed, with so many hours of study before it: 1 for
    the first, then how likely all before it are failed."""
    cases = list(belief * len(LEARNING_RATES))
    found = []
    for each in hours:
        found.append(fsum(cases) / len(LEARNING_RATES))
        cases = [left * (1 - p) for left, p in zip(cases, _passing(each), strict=True)]
    return tuple(found)


@lru_cache(maxsize=128)
def _passing(hours: float) -> tuple[float, ...]:
    """The chance to pass after so many hours, by learning rate and level."""
    return tuple(
        below((1 - (1 - level) * exp(-rate * hours) - PASS_LEVEL) / SITTING_ERROR)
        for rate in LEARNING_RATES
        for level in LEVELS
    )


def _quantile(cases: list[tuple[float, float]], mass: float) -> float:
    for passing, likely in cases:
        mass -= likely
        if mass <= 0:
            return passing
    return cases[-1][0]
