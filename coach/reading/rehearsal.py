"""A rehearsal of plans: candidates who could have had this report follow them, in simulation.

Every number about people is an assumption: masteries by topic that grow with study and fade with
time. The same report and plans give the same answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import cos, exp, fsum, log, pi, sqrt
from typing import NamedTuple

from coach.model.attempt import Band
from coach.reading.forecast import PASS_LEVEL, QUESTIONS, SCALE, below

CANDIDATES, TRIES = 30, 240
MIDDLE, GENERAL, DOMAIN, TOPIC = 0.45, 0.80, 0.55, 0.80
GUESS, CEILING, STEEPNESS = 0.22, 0.96, 0.9
FORM = 0.015
BAND_WORTH = 0.7
THINGS = 40
"""So many things are to be known for an exam; an outline with fewer topics lumps them together."""
RATE, RELEARN, NEW_STABILITY, OLD_STABILITY = 0.28, 0.85, 4.0, 60.0
DECAY = 0.1542
FACTOR = 0.9 ** (-1 / DECAY) - 1
GROWTH, GROWTH_POWER, GROWTH_BY_LOSS = exp(1.8722) * 6, -0.1666, 0.796
LIMITS: dict[Band, tuple[float, float]] = {
    "below": (-9.0, PASS_LEVEL - 0.12),
    "near": (PASS_LEVEL - 0.12, PASS_LEVEL + 0.06),
    "above": (PASS_LEVEL + 0.06, 9.0),
}


class Visit(NamedTuple):
    """One session: where in the outline, how many days from now, how many hours."""

    domain: str
    topic: str | None
    day: float
    hours: float


class Road(NamedTuple):
    """The sessions of one plan in order, and the day of its sitting."""

    visits: Sequence[Visit]
    end: float


class Subject(NamedTuple):
    """One domain: its share of the exam (0-1), its topics, and its newest band."""

    share: float
    topics: Sequence[str | None]
    band: Band


def rehearse(
    subjects: Mapping[str, Subject], points: float | None, roads: Sequence[Road]
) -> list[tuple[float, float]]:
    """Of each road the chance (0-1) to pass at its end, and the standard error of its difference
    to the first one. `points` are those of the newest report above the passing score."""
    chances = _chances()
    rows = []
    for logits in _believed(subjects, points, chances):
        start = {
            (name, topic): 1 / (1 + exp(-logit - TOPIC * next(chances)))
            for (name, subject), logit in zip(subjects.items(), logits, strict=True)
            for topic in subject.topics
        }
        rows.append([_chance(subjects, start, road) for road in roads])
    found = []
    for place in range(len(roads)):
        differences = [row[place] - row[0] for row in rows]
        mean = fsum(differences) / len(rows)
        error = sqrt(fsum((d - mean) ** 2 for d in differences)) / len(rows)
        found.append((fsum(row[place] for row in rows) / len(rows), error))
    return found


def _believed(
    subjects: Mapping[str, Subject], points: float | None, chances: Iterator[float]
) -> list[list[float]]:
    """Abilities by domain (logits) of candidates who fit the report, by weighted resampling."""
    rows, fits = [], []
    for _ in range(TRIES):
        general = MIDDLE + GENERAL * next(chances)
        logits = [general + DOMAIN * next(chances) for _ in subjects]
        rows.append(logits)
        fits.append(_fit(list(subjects.values()), logits, points))
    top = max(fits)
    worth = [exp(fit - top) for fit in fits]
    step = fsum(worth) / CANDIDATES
    picked: list[list[float]] = []
    reached = -step / 2
    for logits, each in zip(rows, worth, strict=True):
        reached += each
        while reached > 0 and len(picked) < CANDIDATES:
            picked.append(logits)
            reached -= step
    return picked


def _fit(subjects: Sequence[Subject], logits: Sequence[float], points: float | None) -> float:
    """How well abilities explain the report: a log likelihood."""
    parts = [GUESS + (CEILING - GUESS) / (1 + exp(-STEEPNESS * logit)) for logit in logits]
    shares = [subject.share for subject in subjects]
    fit = 0.0
    if points is not None:
        seen = PASS_LEVEL * (1 + points / (0.7 * SCALE))
        whole = fsum(share * part for share, part in zip(shares, parts, strict=True))
        error = _error(shares, parts)
        fit = -(((seen - whole) / error) ** 2) / 2 - log(error)
    for subject, part in zip(subjects, parts, strict=True):
        if subject.band in LIMITS and subject.share:
            error = sqrt(part * (1 - part) / (subject.share * QUESTIONS))
            low, high = (below((limit - part) / error) for limit in LIMITS[subject.band])
            fit += BAND_WORTH * log(max(1e-6, high - low))
    return fit


def _chance(
    subjects: Mapping[str, Subject], start: Mapping[tuple[str, str | None], float], road: Road
) -> float:
    """The chance of one candidate who follows a road."""
    lumped = min(1.0, len(start) / THINGS)
    known = {place: (mastery, OLD_STABILITY, 0.0) for place, mastery in start.items()}
    for name, topic, day, hours in road.visits:
        place = (name, topic)
        if place in known:
            known[place] = _studied(known[place], day, hours * lumped)
    shares, parts = [], []
    for name, subject in subjects.items():
        left = 0.0
        for topic in subject.topics:
            mastery, stability, last = known[name, topic]
            left += mastery * _kept(road.end - last, stability)
        shares.append(subject.share)
        parts.append(GUESS + (CEILING - GUESS) * left / len(subject.topics))
    whole = fsum(share * part for share, part in zip(shares, parts, strict=True))
    return below((whole - PASS_LEVEL) / _error(shares, parts))


def _studied(
    known: tuple[float, float, float], day: float, hours: float
) -> tuple[float, float, float]:
    """Mastery, stability (days) and day of a topic after a session."""
    mastery, stability, last = known
    held = _kept(day - last, stability)
    now = mastery * held
    again = RELEARN * (mastery - now) * min(1.0, 1.5 * hours)
    after = min(0.999, now + again + (1 - (1 - RATE) ** hours) * (1 - mastery))
    grown = 1 + GROWTH * stability**GROWTH_POWER * (exp(GROWTH_BY_LOSS * (1 - held)) - 1)
    new = (after - now) * max(NEW_STABILITY, 0.3 * stability)
    return after, (now * stability * grown + new) / max(after, 1e-9), day


def _kept(days: float, stability: float) -> float:
    """The part of what was known that is still there."""
    return float((1 + FACTOR * max(days, 0.0) / stability) ** -DECAY)


def _error(shares: Sequence[float], parts: Sequence[float]) -> float:
    spread = fsum(share * part * (1 - part) for share, part in zip(shares, parts, strict=True))
    return sqrt(spread / QUESTIONS + FORM**2)


def _chances() -> Iterator[float]:
    """Standard normal numbers, always the same ones."""
    state = 7
    while True:
        uniform = []
        for _ in range(2):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            uniform.append(((state >> 11) + 0.5) / 2**53)
        yield sqrt(-2 * log(uniform[0])) * cos(2 * pi * uniform[1])
