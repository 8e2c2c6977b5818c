"""Trends: what changed in the domains and the score from one report of an exam to the next."""

from functools import partial

from coach.model.answers import DomainRow, Insight, Trend
from coach.model.attempt import Band
from coach.reading.bands import BAND_PHRASE, GAP
from coach.reading.insights.context import (
    InsightContext,
    change_of_method,
    finding,
    in_words,
    methods_used,
)
from coach.wording import counted, duration, listed

_trend = partial(finding, "trend")


def improved(context: InsightContext) -> Insight | None:
    """A domain rose: what was done there worked, so carry it to the rest [MU-02-04]."""
    rows = _rows(context, "improved")
    if not rows:
        return None
    names = _names(rows)
    behind = [row.name for row in context.heatmap.domains if row.gap and row not in rows]
    ways = in_words(methods_used(context, names))
    worked = f"What you did there worked: {ways}." if ways else "What you did there worked."
    if context.little_study is not None:
        return _trend(
            "improved",
            "low",
            f"{_moves(rows)}. With {duration(context.little_study)} of study by the plan this "
            "may be chance or work of another kind.",
            "Put in the planned hours before you judge the method, the weak domains first.",
            names,
        )
    onto = f" with {listed(behind)}" if behind else ""
    how = f": {ways}" if ways else ""
    return _trend(
        "improved", "low", f"{_moves(rows)}. {worked}", f"Study the same way{onto}{how}.", names
    )


def declined(context: InsightContext) -> Insight | None:
    """A domain fell [MU-05, MU-06]."""
    rows = _rows(context, "declined")
    if not rows:
        return None
    text = (
        f"{_moves(rows)}. Either the study there was less effective this time, or the questions "
        "put weight on other parts of the domain."
    )
    action = "Check which parts you left out, and practise those before the ones you know."
    return _trend("declined", "medium", text, action, _names(rows))


def stuck_near(context: InsightContext) -> Insight | None:
    """A domain is near again: the basics are there, depth is not [MU-07, MU-08]."""
    rows = _rows(context, "stuck", "near")
    if not rows:
        return None
    text = f"Near target again: {listed(_names(rows))}. The basics are there and depth is missing."
    action = "Build configurations that use several services together instead of reading on."
    return _trend("stuck-near", "medium", text + _skipped(rows), action, _names(rows))


def persistent_weakness(context: InsightContext) -> Insight | None:
    """A domain is below again [MU-16, MU-23]."""
    rows = _rows(context, "stuck", "below")
    if not rows:
        return None
    text = (
        f"Below target again: {listed(_names(rows))}. A lasting weakness, and the first use of "
        f"your time.{_skipped(rows)}"
    )
    action = "Give it the most time, and begin with a lab rather than with reading."
    return _trend("persistent-weakness", "high", text, action, _names(rows))


def steady_strength(context: InsightContext) -> Insight | None:
    """A domain is above again: upkeep is enough [MU-15]."""
    rows = _rows(context, "steady")
    if not rows:
        return None
    text = f"Above target again: {listed(_names(rows))}. A strength you can rely on."
    action = "A short review now and then is enough; put the time where points are missing."
    return _trend("steady-strength", "low", text + _skipped(rows), action, _names(rows))


def outline_changed(context: InsightContext) -> Insight | None:
    """The outline changed between reports, which cuts the domain trends [MU-20]."""
    note = next((n for n in context.heatmap.notes if n.code == "outline-changed"), None)
    if context.failed is None or note is None:
        return None
    action = (
        "Compare scores across the change, and domains only since it; or say which domain "
        "continues which, with `m` on the Heatmap or `coach mapping`."
    )
    return _trend(note.code, "low", note.text, action, source=note.source)


def _rows(context: InsightContext, trend: Trend, band: Band | None = None) -> tuple[DomainRow, ...]:
    """The domains with this trend, none after a pass; `band` is the one of the newest report
    that shows the domain."""
    if context.failed is None:
        return ()
    rows = (row for row in context.heatmap.domains if row.trend == trend)
    return tuple(row for row in rows if band is None or _known(row)[-1] == band)


def _known(row: DomainRow) -> list[Band]:
    return [cell.band for cell in row.cells if cell.band != "unknown"]


def _names(rows: tuple[DomainRow, ...]) -> tuple[str, ...]:
    return tuple(row.name for row in rows)


def _moves(rows: tuple[DomainRow, ...]) -> str:
    moves = (
        f"{row.name} {'rose' if GAP[now] < GAP[before] else 'fell'} from {BAND_PHRASE[before]} "
        f"to {BAND_PHRASE[now]}"
        for row in rows
        for before, now in [_known(row)[-2:]]
    )
    return listed(moves)


def _skipped(rows: tuple[DomainRow, ...]) -> str:
    skipped = max((len(row.cells) - len(_known(row)) for row in rows), default=0)
    return f" ({counted(skipped, 'report')} without a band passed over.)" if skipped else ""


FLAT_POINTS = 20
"""A change of score up to this many points says nothing (own)."""


def score_change(context: InsightContext) -> Insight | None:
    """The newest score against the one before it, on the same exam [MU-09-14, MU-18]."""
    if context.failed is None or len(context.scores) < 2:
        return None
    before, newest = context.scores[-2:]
    if abs(newest - before) <= FLAT_POINTS:
        return _flat(context)
    little = context.little_study
    if newest > before and little is not None:
        return _trend(
            "score-up",
            "low",
            f"The score rose from {before} to {newest} after {duration(little)} of study by the "
            "plan: that says little about the way you study.",
            "Put in the planned hours before you judge the method, the weak domains first.",
        )
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
