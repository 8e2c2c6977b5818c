"""Trends: what changed from one report of an exam to the next."""

from coach.model.attempt import Band
from coach.model.documents import DomainRow, Insight, Severity, Trend
from coach.reading.bands import GAP
from coach.reading.insights.context import InsightContext
from coach.reading.wording import BAND_PHRASE, counted, listed

FLAT_POINTS = 20
"""A change of score up to this many points says nothing (own)."""
CHANGE = (
    "Change how you learn: labs instead of reading, or a course or study partner instead of "
    "studying alone."
)


def improved(context: InsightContext) -> Insight | None:
    """A domain rose: what was done there worked [MU-02-04]."""
    rows = _rows(context, "improved")
    if not rows:
        return None
    behind = [row.name for row in context.heatmap.domains if row.gap and row not in rows]
    onto = f" with {listed(behind)}" if behind else ""
    return _trend(
        "improved",
        "low",
        rows,
        f"{_moves(rows)}. What you did there worked.",
        f"Study the same way{onto}.",
    )


def declined(context: InsightContext) -> Insight | None:
    """A domain fell [MU-05, MU-06]."""
    rows = _rows(context, "declined")
    text = (
        f"{_moves(rows)}. Either the study there was less effective this time, or the questions "
        "put weight on other parts of the domain."
    )
    action = "Check which parts you left out, and practise those before the ones you know."
    return _trend("declined", "medium", rows, text, action) if rows else None


def stuck_near(context: InsightContext) -> Insight | None:
    """A domain is near again: the basics are there, depth is not [MU-07, MU-08]."""
    rows = _rows(context, "stuck", "near")
    text = f"Near target again: {_names(rows)}. The basics are there and depth is missing."
    action = "Build configurations that use several services together instead of reading on."
    return _trend("stuck-near", "medium", rows, text + _skipped(rows), action) if rows else None


def persistent_weakness(context: InsightContext) -> Insight | None:
    """A domain is below again [MU-16, MU-23]."""
    rows = _rows(context, "stuck", "below")
    text = (
        f"Below target again: {_names(rows)}. A lasting weakness, and the first use of your time."
    )
    action = "Give it the most time, and begin with a lab rather than with reading."
    text += _skipped(rows)
    return _trend("persistent-weakness", "high", rows, text, action) if rows else None


def steady_strength(context: InsightContext) -> Insight | None:
    """A domain is above again: upkeep is enough [MU-15]."""
    rows = _rows(context, "steady")
    text = f"Above target again: {_names(rows)}. A strength you can rely on."
    action = "A short review now and then is enough; put the time where points are missing."
    return _trend("steady-strength", "low", rows, text + _skipped(rows), action) if rows else None


def score_change(context: InsightContext) -> Insight | None:
    """The newest score against the one before it, on the same exam [MU-09-14, MU-18]."""
    if context.failed is None or len(context.scores) < 2:
        return None
    before, newest = context.scores[-2:]
    if abs(newest - before) <= FLAT_POINTS:
        return _flat(context.scores)
    if newest > before:
        return _insight(
            "score-up",
            "low",
            f"The score rose from {before} to {newest}: the way you study works and needs more "
            "time.",
            "Keep the method and put the time into the domains that are still weak.",
        )
    text = f"The score fell from {before} to {newest}: more of the same is unlikely to help."
    return _insight("score-down", "medium", text, CHANGE)


def _flat(scores: tuple[int, ...]) -> Insight:
    run = 0
    for score in reversed(scores):
        if abs(score - scores[-1]) > FLAT_POINTS:
            break
        run += 1
    shown = " to ".join(str(score) for score in scores[-run:])
    text = f"The score is flat: {shown}, within {FLAT_POINTS} points."
    if run < 3:
        return _insight("score-flat", "medium", text, CHANGE)
    stronger = f" That makes {run} sittings with the same result, so the method is the question."
    return _insight("score-flat", "high", text + stronger, CHANGE)


def same_score(context: InsightContext) -> Insight | None:
    """The same score twice is normal [MU-22]."""
    if context.failed is None or len(context.scores) < 2:
        return None
    before, newest = context.scores[-2:]
    if before != newest:
        return None
    return Insight(
        code="same-score",
        kind="trend",
        severity="low",
        text=f"{newest} twice is no error in the report: two sittings can end on the same score.",
        domains=(),
        action="Take it as a reason to learn in another way.",
        source="official",
    )


def outline_changed(context: InsightContext) -> Insight | None:
    """The outline changed between reports, which cuts the domain trends [MU-20]."""
    note = next((n for n in context.heatmap.notes if n.code == "outline-changed"), None)
    if context.failed is None or note is None:
        return None
    action = "Compare scores across the change, and domains only since it."
    return Insight(
        code=note.code,
        kind="trend",
        severity="low",
        text=note.text,
        domains=(),
        action=action,
        source=note.source,
    )


def _rows(context: InsightContext, trend: Trend, band: Band | None = None) -> tuple[DomainRow, ...]:
    """The domains with this trend, none after a pass; `band` is the one of the newest report
    that shows the domain."""
    if context.failed is None:
        return ()
    rows = (row for row in context.heatmap.domains if row.trend == trend)
    return tuple(row for row in rows if band is None or _known(row)[-1] == band)


def _known(row: DomainRow) -> list[Band]:
    return [cell.band for cell in row.cells if cell.band != "unknown"]


def _names(rows: tuple[DomainRow, ...]) -> str:
    return listed(row.name for row in rows)


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
    if not skipped:
        return ""
    return f" ({counted(skipped, 'report')} without a band passed over.)"


def _trend(
    code: str, severity: Severity, rows: tuple[DomainRow, ...], text: str, action: str
) -> Insight:
    return _insight(code, severity, text, action, tuple(row.name for row in rows))


def _insight(
    code: str, severity: Severity, text: str, action: str, domains: tuple[str, ...] = ()
) -> Insight:
    return Insight(
        code=code,
        kind="trend",
        severity=severity,
        text=text,
        domains=domains,
        action=action,
        source="article",
    )
