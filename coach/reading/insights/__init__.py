"""Coded advice from an exam's reports; each rule is a small function of the context."""

from collections.abc import Callable
from functools import partial

from coach.model.answers import Insight, Severity
from coach.reading.insights import readiness, red_flags, trends
from coach.reading.insights.context import InsightContext, ReadReport

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
    return tuple(sorted((i for i in found if i), key=lambda insight: _SEVERITY[insight.severity]))
