"""Tips: a few pieces of advice that hold whatever the bands are."""

from functools import partial

from coach.model.answers import Insight
from coach.model.attempt import ReportSource
from coach.reading.insights.context import InsightContext, source_of
from coach.reading.insights.finding import finding
from coach.reading.outlines import current_name
from coach.reading.priority import unmatched_flags
from coach.wording import listed

_tip = partial(finding, "tip")
_ELSEWHERE: dict[ReportSource | None, str] = {
    "screen": "What the screen shows after the exam is preliminary until the report arrives.",
    "pdf": "The report was read from its PDF.",
}


def foundation(context: InsightContext) -> Insight | None:
    """A domain under the others is below and others are weak too: begin there [DM-09, DM-10]."""
    for pattern, (base, *named) in context.patterns("foundation"):
        others = named or (context.failed.domains if context.failed else ())
        weak = [d.name for d in others if d != base and d.band in ("below", "near")]
        if base.band == "below" and weak:
            domains = (base.name, *weak)
            source = source_of(pattern.source)
            return _tip("foundation", "medium", pattern.text, pattern.action, domains, source)
    return None


def flagged(context: InsightContext) -> Insight | None:
    """Topics that the report lists as needing improvement [NI-04, NI-05, NI-09]."""
    domains = context.failed.domains if context.failed else ()
    hit = [domain for domain in domains if domain.flagged]
    if not hit:
        return None
    topics = [topic for domain in hit for topic in domain.flagged]
    core = "These are core tasks" if len(topics) > 1 else "This is a core task"
    each = "each of these domains with its listed topic" if len(hit) > 1 else "the domain with it"
    return _tip(
        "flagged-topics",
        "medium",
        f"Listed as needing improvement: {listed(topics)}. {core} of the role, and more than a "
        "single wrong answer stands behind such a line.",
        f"Begin {each}: read on it, then work a scenario.",
        tuple(domain.name for domain in hit),
    )


def flags_without_domain(context: InsightContext) -> Insight | None:
    """Listed topics that belong to no domain of the outline."""
    if context.failed is None or context.outline is None:
        return None
    lost = [current_name(f) for f in unmatched_flags(context.outline, context.failed.report)]
    if not lost:
        return None
    return _tip(
        "flags-without-domain",
        "low",
        f"No domain of the outline is known to hold {listed(lost)}, so no block follows from it.",
        "Flag the topic that comes closest instead, or study it beside the plan.",
        source="own",
    )


def profile_copy(context: InsightContext) -> Insight | None:
    """The copy in the profile may say more than the screen or the PDF [RP-11, TL-03]."""
    source = context.failed.report.source if context.failed else None
    if source not in _ELSEWHERE or context.exam.vendor != "Microsoft":
        return None
    return _tip(
        "profile-copy",
        "low",
        _ELSEWHERE[source],
        "Compare it with the copy in your Learn profile, which may say more about the domains.",
    )


def hands_on(context: InsightContext) -> Insight | None:
    """An exam that asks for applied work more than for names [EX-04, TP-02-04]."""
    for pattern, domains in context.patterns("hands-on"):
        weak = tuple(domain.name for domain in domains if domain.gap)
        if weak:
            source = source_of(pattern.source)
            return _tip("hands-on", "low", pattern.text, pattern.action, weak, source)
    return None


def practice_assessment(context: InsightContext) -> Insight | None:
    """A whole practice exam shows whether the plan works [RS-07, RS-12]."""
    if context.failed is None:
        return None
    offered = ", if it is still offered," if context.status == "retired" else ""
    microsoft = context.exam.vendor == "Microsoft"
    which = "Microsoft's free practice assessment" if microsoft else "A practice exam"
    return _tip(
        "practice-assessment",
        "low",
        f"{which}{offered} shows whether the weak domains hold before you pay for a sitting.",
        "Take it in the last third of the plan, and not in the last two days.",
    )


def no_dumps(context: InsightContext) -> Insight | None:
    """Leaked questions train memory, not skill [RS-09, RS-10]."""
    if context.failed is None:
        return None
    return _tip(
        "no-dumps",
        "low",
        "Collections of leaked questions break the exam rules and train memory; the exam asks "
        "for skill.",
        "Build the thing in a lab and explain to yourself why each choice is right.",
    )
