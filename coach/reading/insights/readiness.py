"""Readiness: how much a report says, how far off the pass is, when to sit again, and tips that hold
whatever the bands are."""

import re

from coach.model.answers import Insight
from coach.model.attempt import QuestionFormat
from coach.reading.insights.context import InsightContext
from coach.reading.outlines import current_name
from coach.reading.practice import STEADY_RESULTS
from coach.reading.priority import readiness, unmatched_flags
from coach.wording import capital, counted, listed, phrased, spoken

NEAR_MISS_POINTS = 20
"""A fail by at most this many points is a near miss (own)."""
FORMAT_PRACTICE: dict[QuestionFormat, str] = {
    "multiple-choice": "for every wrong option, say when it would be the right one",
    "multiple-response": "decide on each option by itself before you count how many are asked for",
    "case-study": "read the requirements of a case first, then its questions, then the rest",
    "drag-and-drop": "write the order or the pairs from memory before you look at the choices",
    "build-list": "do the steps in a lab and write them down in order, without the documentation",
    "scenario": "underline each requirement and name the option that fails it",
    "simulation": "do the task in the product against the clock, once by hand and once by command",
}


def report_missing(context: InsightContext) -> Insight | None:
    """A fail without any band: the report, or its outline, comes before any plan [RS-01, RS-02]."""
    if context.failed is None or any(d.band != "unknown" for d in context.domains):
        return None
    code = "report-missing" if context.outline else "no-outline"
    return context.found(code, exam=context.exam.code)


def unknown_bands(context: InsightContext) -> Insight | None:
    """Some domains of the newest report have no band [RP-05, PR-07]."""
    unknown = [domain.name for domain in context.domains if domain.band == "unknown"]
    if not unknown or len(unknown) == len(context.domains):
        return None
    return context.found("unknown-bands", unknown, names=listed(unknown))


def all_above_failed(context: InsightContext) -> Insight | None:
    """Every domain is above and the exam was failed: the entry is questioned [TR-15, XC-02]."""
    if not context.domains or any(domain.band != "above" for domain in context.domains):
        return None
    return context.found("all-above-failed", (domain.name for domain in context.domains))


def near_miss(context: InsightContext) -> Insight | None:
    """First fail, few points short, nothing below: the quick second try suits [RT-16]."""
    if not _is_near_miss(context):
        return None
    points = counted(context.shortfall or 0, "point")
    return context.found("near-miss", points=points, allowed=_allowed(context))


def window(context: InsightContext) -> Insight | None:
    """The legal and the recommended date, apart, and a word on rushing [RT-17, FQ-10-17]."""
    recommended, earliest = context.verdict.recommended, context.verdict.certain_from
    if context.failed is None or recommended is None or _is_near_miss(context):
        return None
    early = earliest is not None and earliest.date() < recommended.from_
    one_day = recommended.from_ == recommended.until
    below = sum(domain.band == "below" for domain in context.domains)
    rush = " An earlier one is allowed but not advised: rushing tends to repeat the result."
    return context.found(
        "window",
        severity="medium" if below >= 2 else None,
        source=readiness(context.domains)[2],
        allowed=_allowed(context),
        span=phrased("from {} on" if one_day else "{} to {}", recommended.from_, recommended.until),
        basis=recommended.basis,
        when="from that day on" if one_day else "in this time",
        early=rush if early else "",
    )


def score_gap(context: InsightContext) -> Insight | None:
    """How many points the newest fail lacks on the scale [LM-01, LM-10, SC-16]."""
    if context.shortfall is None or context.shortfall <= 0:
        return None
    points, mark = counted(context.shortfall, "point"), context.exam.passing_score
    return context.found("score-gap", source=context.vendor_says, points=points, mark=mark)


def practice_holds(context: InsightContext) -> Insight | None:
    """Weak domains whose last practice results since the report are all good [IM-05, IM-06]."""
    rows = context.heatmap.domains if context.failed else ()
    ready = [row.name for row in rows if row.gap and row.practice.status == "competent"]
    if not ready:
        return None
    return context.found("practice-holds", ready, results=STEADY_RESULTS, names=listed(ready))


def practice_weak(context: InsightContext) -> Insight | None:
    """Domains that the report shows above and practice since then does not [IM-06]."""
    rows = context.heatmap.domains if context.failed else ()
    names = [r.name for r in rows if r.gap == 0 and r.practice.status == "needs practice"]
    return context.found("practice-weak", names, names=listed(names)) if names else None


def passed(context: InsightContext) -> Insight | None:
    """The newest report is a pass: the story ends here [MU-24, SC-14, SC-17]."""
    if context.latest is None or not context.latest.passed:
        return None
    case, ended = "for good" if context.exam.level == "fundamentals" else "", context.expires
    if ended is not None and ended <= context.now:
        case = "expired"
    on, until = context.latest.at.date(), ended and ended.date()
    return context.found("passed", case=case, source=context.vendor_says, day=on, expired=until)


def _is_near_miss(context: InsightContext) -> bool:
    bands = {domain.band for domain in context.domains}
    return (
        context.verdict.attempts_used == 1
        and context.verdict.status in ("open", "waiting")
        and context.shortfall is not None
        and 0 < context.shortfall <= NEAR_MISS_POINTS
        and "below" not in bands
        and "near" in bands
    )


def _allowed(context: InsightContext) -> str:
    verdict = context.verdict
    wait = re.match(r"(\d+)-.*(hour|day)s$", verdict.rule)
    rule = f" ({wait[1]}-{wait[2]} rule{context.unverified_mark})" if wait else ""
    if verdict.status == "unknown":
        return "Whether you may sit it again is not known; ask the vendor."
    if verdict.certain_from is None:
        return "No further sitting is possible."
    if verdict.certain_from <= context.now:
        return f"You may sit it again now{rule}."
    return phrased("You may sit it again from {}{}.", verdict.certain_from, rule)


def lacking(context: InsightContext) -> Insight | None:
    """What seemed to be missing shifts between reading and labs [LM-06-08]."""
    view = context.failed.report.reflection if context.failed else None
    if view is None or view.lacking is None:
        return None
    case = "" if view.lacking == "concepts" else view.lacking
    return context.found("own-view", (d.name for d in context.domains if d.gap), case)


def hard_formats(context: InsightContext) -> Insight | None:
    """Formats that felt hard ask for practice in that format [LM-05, LM-09]."""
    view = context.failed.report.reflection if context.failed else None
    if view is None or not view.hard_formats:
        return None
    names = {spoken(name): FORMAT_PRACTICE[name] for name in view.hard_formats}
    ways = "; ".join(f"{name}: {way}" for name, way in names.items())
    return context.found("hard-formats", names=listed(names), ways=capital(ways))


def foundation(context: InsightContext) -> Insight | None:
    """A domain under the others is below and others are weak too: begin there [DM-09, DM-10]."""
    for pattern, (base, *named) in context.patterns("foundation"):
        others = named or context.domains
        weak = [d.name for d in others if d != base and d.band in ("below", "near")]
        if base.band == "below" and weak:
            return context.of_pattern("foundation", pattern, (base.name, *weak))
    return None


def flagged(context: InsightContext) -> Insight | None:
    """Topics that the report lists as needing improvement [NI-04, NI-05, NI-09]."""
    hit = [domain for domain in context.domains if domain.flagged]
    if not hit:
        return None
    topics = [topic for domain in hit for topic in domain.flagged]
    each = "each of these domains with its listed topic" if len(hit) > 1 else "the domain with it"
    return context.found(
        "flagged-topics",
        (domain.name for domain in hit),
        topics=listed(topics),
        core="These are core tasks" if len(topics) > 1 else "This is a core task",
        each=each,
    )


def flags_without_domain(context: InsightContext) -> Insight | None:
    """Listed topics that belong to no domain of the outline."""
    if context.failed is None or context.outline is None:
        return None
    lost = [current_name(f) for f in unmatched_flags(context.outline, context.failed.report)]
    return context.found("flags-without-domain", topics=listed(lost)) if lost else None


def profile_copy(context: InsightContext) -> Insight | None:
    """The copy in the profile may say more than the screen or the PDF [RP-11, TL-03]."""
    source = context.failed.report.source if context.failed else None
    if source not in ("screen", "pdf") or context.exam.vendor != "Microsoft":
        return None
    return context.found("profile-copy", case="pdf" if source == "pdf" else "")


def hands_on(context: InsightContext) -> Insight | None:
    """An exam that asks for applied work more than for names [EX-04, TP-02-04]."""
    for pattern, domains in context.patterns("hands-on"):
        weak = [domain.name for domain in domains if domain.gap]
        if weak:
            return context.of_pattern("hands-on", pattern, weak)
    return None


def practice_assessment(context: InsightContext) -> Insight | None:
    """A whole practice exam shows whether the plan works [RS-07, RS-12]."""
    if context.failed is None:
        return None
    offered = ", if it is still offered," if context.status == "retired" else ""
    microsoft = context.exam.vendor == "Microsoft"
    which = "Microsoft's free practice assessment" if microsoft else "A practice exam"
    return context.found("practice-assessment", which=f"{which}{offered}")


def no_dumps(context: InsightContext) -> Insight | None:
    """Leaked questions train memory, not skill [RS-09, RS-10]."""
    return context.found("no-dumps") if context.failed else None
