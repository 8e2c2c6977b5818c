"""What logged practice comes to: a smoothed level, where it goes, and whether it holds.

All rules are Coach's own:
- level: right items over items asked, each result counting FADE of the one after it, as if one
  right and one wrong item had come before the first;
- trend: the level against the one three results before; 5 points make a difference;
- a result is good from 75 % on, where a bar is read as above; three good ones in a row since the
  newest report make a domain competent;
- sharpened gap: the band speaks for as much as 20 items; 75 % right is a gap of 0, 50 % of 1,
  25 % of 2.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from coach.model.answers import PracticeStatus, PracticeTotal, PracticeTrend
from coach.model.plan import Practice
from coach.reading.bands import ABOVE_FROM, NEAR_FROM

STEADY_RESULTS = 3
FADE = 0.7
TREND_POINTS = 5
BAND_ITEMS = 20
WIDEST_GAP = 2


def practice_total(
    entries: Sequence[Practice], *, since: datetime | None = None, gap: int | None = None
) -> PracticeTotal:
    """What the results of one domain come to.

    `since` is when the newest report was sat and `gap` the gap of its band; None without one.
    """
    ordered = sorted(entries, key=lambda entry: (entry.at, entry.id))
    recent = [entry for entry in ordered if since is None or entry.at >= since]
    levels = levels_of(ordered)
    streak = good_in_a_row(recent)
    return PracticeTotal(
        correct=sum(entry.correct for entry in ordered),
        total=sum(entry.total for entry in ordered),
        results=len(ordered),
        level=levels[-1] if levels else None,
        levels=levels,
        trend=_trend(levels),
        status=_status(recent, streak, gap),
        streak=streak,
        gap=_sharpened(recent, gap),
    )


def levels_of(ordered: Sequence[Practice]) -> tuple[float, ...]:
    """The level (0-100) after each result, the oldest first."""
    right = asked = 0.0
    levels = []
    for entry in ordered:
        right, asked = right * FADE + entry.correct, asked * FADE + entry.total
        levels.append(round(100 * (right + 1) / (asked + 2), 1))
    return tuple(levels)


def topic_levels(entries: Iterable[Practice]) -> dict[tuple[str, str], float]:
    """The level of each domain and topic that has results of its own."""
    topics: dict[tuple[str, str], list[Practice]] = {}
    named = (entry for entry in entries if entry.topic is not None)
    for entry in sorted(named, key=lambda entry: (entry.at, entry.id)):
        assert entry.topic is not None
        topics.setdefault((entry.domain, entry.topic), []).append(entry)
    return {place: levels_of(own)[-1] for place, own in topics.items()}


def good_in_a_row(ordered: Sequence[Practice]) -> int:
    """How many results at the end are good."""
    streak = 0
    for entry in reversed(ordered):
        if 100 * entry.correct < ABOVE_FROM * entry.total:
            break
        streak += 1
    return streak


def _trend(levels: Sequence[float]) -> PracticeTrend:
    if len(levels) < 2:
        return "unknown"
    change = levels[-1] - levels[-min(len(levels), STEADY_RESULTS + 1)]
    if abs(change) < TREND_POINTS:
        return "flat"
    return "rising" if change > 0 else "falling"


def _status(recent: Sequence[Practice], streak: int, gap: int | None) -> PracticeStatus | None:
    """None where neither the newest report nor practice since says anything against it."""
    if streak >= STEADY_RESULTS:
        return "competent"
    return "needs practice" if gap or streak < len(recent) else None


def _sharpened(recent: Sequence[Practice], gap: int | None) -> float | None:
    if gap is None or not recent:
        return None
    right = asked = 0.0
    for entry in recent:
        right, asked = right * FADE + entry.correct, asked * FADE + entry.total
    step = ABOVE_FROM - NEAR_FROM
    shown = min(WIDEST_GAP, max(0.0, (ABOVE_FROM - 100 * right / asked) / step))
    return round((BAND_ITEMS * gap + asked * shown) / (BAND_ITEMS + asked), 2)
