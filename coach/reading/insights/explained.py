"""Adds to an insight what triggered it, the rule behind it, and what the plan makes of it."""

import msgspec

from coach.model.answers import DomainRow, Insight
from coach.reading.insights.context import InsightContext
from coach.reading.insights.rulebook import RULES
from coach.reading.wording import BAND_PHRASE, published_weight
from coach.wording import counted

_ABOUT_SCORES = {"score-up", "score-flat", "score-down", "same-score", "near-miss", "score-gap"}
_ABOUT_ATTEMPTS = {"last-attempt", "capped", "near-miss"}
_ABOUT_PRACTICE = {"practice-holds", "practice-weak"}


def explained(insight: Insight, context: InsightContext) -> Insight:
    """The insight with its facts, rule and plan."""
    rule, plan = RULES[insight.code]
    if "retired" in (context.status, context.verdict.status) and insight.code != "retired":
        plan = None  # A retired exam has no plan.
    rows = {row.name: row for row in context.heatmap.domains}
    domains = [_domain(rows[name], insight) for name in insight.domains if name in rows]
    facts = (*domains, *_scores(insight, context), *_attempts(insight, context))
    return msgspec.structs.replace(insight, facts=facts, rule=rule, plan=plan)


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
    return (f"Scores: {shown}; {context.exam.passing_score} passes",)


def _attempts(insight: Insight, context: InsightContext) -> tuple[str, ...]:
    if insight.code not in _ABOUT_ATTEMPTS:
        return ()
    verdict = context.verdict
    left = "no cap" if verdict.attempts_left is None else f"{verdict.attempts_left} left"
    return (f"{counted(verdict.attempts_used, 'sitting')} used, {left}",)
