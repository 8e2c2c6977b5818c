"""What logged practice comes to: a smoothed level, where it goes, and whether it holds.

All rules are Coach's own:
- level: right items over items asked, each result counting FADE of the one after it, as if one
  right and one wrong item had come before the first;
- trend: the level against the one three results before; 5 points make a difference;
- a result is good from 75 % on, where a bar is read as above; three good ones in a row since the
  newest report make a domain competent;
- sharpened gap: the band speaks for as much as 20 items; 75 % right is a gap of 0, 50 % of 1,
  25 % of 2;
- a result in percent counts as 20 items; a practice test without an overall result speaks for the
  whole exam where its domains have 80 % of the weight.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import attrgetter

from msgspec import Struct

from coach.model.answers import PracticeStatus, PracticeTotal, PracticeTrend
from coach.model.plan import Practice
from coach.reading.bands import ABOVE_FROM, NEAR_FROM

STEADY_RESULTS = 3
FADE = 0.7
TREND_POINTS = 5
BAND_ITEMS = 20
WIDEST_GAP = 2
PERCENT_ITEMS = 20
NEARLY_ALL = 0.8


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
        correct=round(sum(items_of(entry)[0] for entry in ordered)),
        total=round(sum(items_of(entry)[1] for entry in ordered)),
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
    return tuple(round(100 * (right + 1) / (asked + 2), 1) for right, asked in _faded(ordered))


def _faded(ordered: Sequence[Practice]) -> Iterator[tuple[float, float]]:
    """Right items and items asked after each result, those of the ones before it fading."""
    right = asked = 0.0
    for entry in ordered:
        items = items_of(entry)
        right, asked = right * FADE + items[0], asked * FADE + items[1]
        yield right, asked


def items_of(entry: Practice) -> tuple[float, float]:
    """Right items and items asked; a result in percent counts as one of `PERCENT_ITEMS` items."""
    if not entry.percent:
        return entry.correct, entry.total
    return entry.correct * PERCENT_ITEMS / entry.total, PERCENT_ITEMS


class WholeTest(Struct, frozen=True):
    """One practice test over all domains: the `part` of its items that was right (0-1)."""

    at: datetime
    part: float
    items: float
    source: str
    ids: frozenset[str]


def whole_tests(entries: Iterable[Practice], shares: Mapping[str, float]) -> list[WholeTest]:
    """The tests that speak for the whole exam, oldest first: those with an overall result, and
    those with a result for nearly every domain by weight. `shares` has the weights, 1 in all."""
    groups: dict[str, list[Practice]] = {}
    for entry in entries:
        if entry.test is not None or entry.domain is None:
            groups.setdefault(entry.test or entry.id, []).append(entry)
    found = (_whole(group, shares) for group in groups.values())
    return sorted((test for test in found if test), key=lambda test: (test.at, min(test.ids)))


def _whole(group: Sequence[Practice], shares: Mapping[str, float]) -> WholeTest | None:
    overall = next((entry for entry in group if entry.domain is None), None)
    rows = [(shares.get(entry.domain or "", 0.0), *items_of(entry)) for entry in group]
    covered = sum(share for share, _, _ in rows)
    if overall is not None:
        items = items_of(overall)[1]
        if overall.percent:
            items = max(items, sum(asked for share, _, asked in rows if share))
        part = overall.correct / overall.total
    elif covered >= NEARLY_ALL:
        items = sum(asked for share, _, asked in rows if share)
        part = sum(share * right / asked for share, right, asked in rows) / covered
    else:
        return None
    ids = frozenset(entry.id for entry in group)
    return WholeTest(group[0].at, part, items, group[0].source, ids)


def topic_levels(entries: Iterable[Practice]) -> dict[tuple[str, str], float]:
    """The level of each domain and topic that has results of its own."""
    topics: dict[tuple[str, str], list[Practice]] = {}
    for entry in entries:
        if entry.domain is not None and entry.topic is not None:
            topics.setdefault((entry.domain, entry.topic), []).append(entry)
    order = attrgetter("at", "id")
    return {place: levels_of(sorted(own, key=order))[-1] for place, own in topics.items()}


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
    *_, (right, asked) = _faded(recent)
    step = ABOVE_FROM - NEAR_FROM
    shown = min(WIDEST_GAP, max(0.0, (ABOVE_FROM - 100 * right / asked) / step))
    return round((BAND_ITEMS * gap + asked * shown) / (BAND_ITEMS + asked), 2)
