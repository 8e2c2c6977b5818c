"""The score from one report of an exam to the next."""

from functools import partial

from coach.model.answers import Insight
from coach.reading.insights.context import InsightContext
from coach.reading.insights.finding import finding
from coach.reading.insights.methods import change_of_method

FLAT_POINTS = 20
"""A change of score up to this many points says nothing (own)."""
_trend = partial(finding, "trend")


def score_change(context: InsightContext) -> Insight | None:
    """The newest score against the one before it, on the same exam [MU-09-14, MU-18]."""
    if context.failed is None or len(context.scores) < 2:
        return None
    before, newest = context.scores[-2:]
    if abs(newest - before) <= FLAT_POINTS:
        return _flat(context)
    if newest > before:
        return _trend(
            "score-up",
            "low",
            f"The score rose from {before} to {newest}: the way you study works and needs more "
            "time.",
            "Keep the method and put the time into the domains that are still weak.",
        )
    text = f"The score fell from {before} to {newest}: more of the same is unlikely to help."
    return _trend("score-down", "medium", text, change_of_method(context))


def _flat(context: InsightContext) -> Insight:
    scores = context.scores
    run = 0
    for score in reversed(scores):
        if abs(score - scores[-1]) > FLAT_POINTS:
            break
        run += 1
    shown = " to ".join(str(score) for score in scores[-run:])
    text = f"The score is flat: {shown}, within {FLAT_POINTS} points."
    change = change_of_method(context)
    if run < 3:
        return _trend("score-flat", "medium", text, change)
    stronger = f" That makes {run} sittings with the same result, so the method is the question."
    return _trend("score-flat", "high", text + stronger, change)


def same_score(context: InsightContext) -> Insight | None:
    """The same score twice is normal [MU-22]."""
    if context.failed is None or len(context.scores) < 2:
        return None
    before, newest = context.scores[-2:]
    if before != newest:
        return None
    return _trend(
        "same-score",
        "low",
        f"{newest} twice is no error in the report: two sittings can end on the same score.",
        "Take it as a reason to learn in another way.",
        source=context.vendor_says,
    )
