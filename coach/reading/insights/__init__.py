"""Coded advice from an exam's reports; each rule is a small function of the context."""

from collections.abc import Callable
from functools import partial

from coach.model.answers import Insight, Severity
from coach.reading.insights import own_view, readiness, red_flags, rules, scores, tips, trends
from coach.reading.insights.context import InsightContext, ReadReport
from coach.reading.insights.explained import explained

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
    rules.retired,
    *(partial(red_flags.raised, rule) for rule in _PATTERNS),
    red_flags.persistent_flag,
    rules.retires_soon,
    rules.last_attempt,
    rules.capped,
    readiness.report_missing,
    readiness.all_above_failed,
    readiness.unknown_bands,
    trends.persistent_weakness,
    trends.declined,
    trends.stuck_near,
    scores.score_change,
    trends.improved,
    trends.steady_strength,
    scores.same_score,
    trends.outline_changed,
    readiness.passed,
    readiness.near_miss,
    readiness.window,
    readiness.practice_holds,
    readiness.practice_weak,
    readiness.score_gap,
    rules.tier_inversion,
    tips.foundation,
    own_view.lacking,
    tips.flagged,
    tips.flags_without_domain,
    tips.profile_copy,
    own_view.hard_formats,
    tips.hands_on,
    tips.practice_assessment,
    tips.no_dumps,
)


def insights(context: InsightContext) -> tuple[Insight, ...]:
    """All that applies, most severe first and in a fixed order within a severity."""
    found = (rule(context) for rule in _RULES)
    ordered = sorted((i for i in found if i is not None), key=lambda i: _SEVERITY[i.severity])
    return tuple(explained(insight, context) for insight in ordered)
