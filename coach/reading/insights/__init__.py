"""Coded advice from an exam's reports; each rule is a small function of the context."""

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from coach.model.answers import DomainRow, Insight, Severity
from coach.reading.bands import BAND_PHRASE
from coach.reading.insights import readiness, red_flags, trends
from coach.reading.insights.context import InsightContext, ReadReport
from coach.wording import counted, published_weight

_ABOUT_SCORES = {"score-up", "score-flat", "score-down", "same-score", "near-miss", "score-gap"}
_ABOUT_ATTEMPTS = {"last-attempt", "capped", "near-miss"}
_ABOUT_PRACTICE = {"practice-holds", "practice-weak"}


def explained(insight: Insight, context: InsightContext) -> Insight:
    """The insight with its facts, rule and plan."""
    rule = context.rules[insight.code]
    plan = rule.plan
    if "retired" in (context.status, context.verdict.status) and insight.code != "retired":
        plan = None  # A retired exam has no plan.
    rows = {row.name: row for row in context.heatmap.domains}
    domains = [_domain(rows[name], insight) for name in insight.domains if name in rows]
    facts = (*domains, *_scores(insight, context), *_attempts(insight, context))
    return replace(insight, facts=facts, rule=rule.applies, plan=plan)


def _domain(row: DomainRow, insight: Insight) -> str:
    weight = published_weight(row.weight_low, row.weight_high)
    bands = ", then ".join(_cell_words(row)) or "no band"
    said = f"{row.name}: {bands}; weight {weight}"
    if insight.code in _ABOUT_PRACTICE:
        return f"{said}; practice level {row.practice.level:.0f} of 100"
    return said if row.priority is None else f"{said}, priority {row.priority:.0f}"


def _cell_words(row: DomainRow) -> list[str]:
    words = []
    for cell in row.cells:
        value = "" if cell.value is None else f" ({cell.value})"
        words.append(f"{BAND_PHRASE[cell.band]}{value}")
    return words


def _scores(insight: Insight, context: InsightContext) -> tuple[str, ...]:
    if insight.code not in _ABOUT_SCORES or not context.scores:
        return ()
    shown = ", then ".join(str(score) for score in context.scores)
    mark = context.exam.passing_score
    passes = "no pass mark is published" if mark is None else f"{mark} passes"
    return (f"Scores: {shown}; {passes}",)


def _attempts(insight: Insight, context: InsightContext) -> tuple[str, ...]:
    if insight.code not in _ABOUT_ATTEMPTS:
        return ()
    verdict = context.verdict
    left = "no cap" if verdict.attempts_left is None else f"{verdict.attempts_left} left"
    return (f"{counted(verdict.attempts_used, 'sitting')} used, {left}",)


__all__ = ["InsightContext", "ReadReport", "insights"]

_SEVERITY: dict[Severity, int] = {"high": 0, "medium": 1, "low": 2}
# Patterns of one report; the same one on the report before makes it persistent.
_PATTERNS = (
    red_flags.heaviest_below,
    red_flags.several_below,
    red_flags.resource_level,
    red_flags.operations_only,
    red_flags.all_near,
)
# The order within a severity: what to fix first stands first.
_RULES: tuple[Callable[[InsightContext], Insight | None], ...] = (
    red_flags.retired,
    *(partial(red_flags.raised, rule) for rule in _PATTERNS),
    red_flags.persistent_flag,
    red_flags.retires_soon,
    red_flags.last_attempt,
    red_flags.capped,
    readiness.report_missing,
    readiness.all_above_failed,
    readiness.unknown_bands,
    trends.persistent_weakness,
    trends.declined,
    trends.stuck_near,
    trends.score_change,
    trends.improved,
    trends.steady_strength,
    trends.same_score,
    trends.outline_changed,
    readiness.passed,
    readiness.near_miss,
    readiness.window,
    readiness.practice_holds,
    readiness.practice_weak,
    readiness.score_gap,
    red_flags.tier_inversion,
    readiness.foundation,
    readiness.lacking,
    readiness.flagged,
    readiness.flags_without_domain,
    readiness.profile_copy,
    readiness.hard_formats,
    readiness.hands_on,
    readiness.practice_assessment,
    readiness.no_dumps,
)


def insights(context: InsightContext) -> tuple[Insight, ...]:
    """All that applies, most severe first and in a fixed order within a severity."""
    found = (rule(context) for rule in _RULES)
    ordered = sorted((i for i in found if i is not None), key=lambda i: _SEVERITY[i.severity])
    return tuple(explained(insight, context) for insight in ordered)
