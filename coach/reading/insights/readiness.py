"""Readiness: how much a report says, how far off the pass is, when to sit again, and tips that hold
whatever the bands are."""

import re
from functools import partial

from coach.model.answers import Insight, Retake
from coach.model.attempt import Lacking, QuestionFormat, Reflection, ReportSource
from coach.reading.insights.context import InsightContext, finding, source_of
from coach.reading.outlines import current_name
from coach.reading.practice import STEADY_RESULTS
from coach.reading.priority import readiness, unmatched_flags
from coach.wording import counted, exact_time, listed

NEAR_MISS_POINTS = 20
"""A fail by at most this many points is a near miss (own)."""
_readiness = partial(finding, "readiness")


def report_missing(context: InsightContext) -> Insight | None:
    """A fail without any band: the report, or its outline, comes before any plan [RS-01, RS-02]."""
    if context.failed is None or any(d.band != "unknown" for d in context.failed.domains):
        return None
    if context.outline is None:
        return _readiness(
            "no-outline",
            "high",
            f"No outline of {context.exam.code} is known, so there are no domains to read.",
            "Add the outline from the vendor's study guide with `coach exams add FILE.toml`.",
            source="own",
        )
    return _readiness(
        "report-missing",
        "high",
        "No domain of this report has a band, so the plan can only follow the published weights.",
        "First get the score report from your exam history, and enter its domains.",
    )


def unknown_bands(context: InsightContext) -> Insight | None:
    """Some domains of the newest report have no band [RP-05, PR-07]."""
    domains = context.failed.domains if context.failed else ()
    unknown = tuple(domain.name for domain in domains if domain.band == "unknown")
    if not unknown or len(unknown) == len(domains):
        return None
    return _readiness(
        "unknown-bands",
        "medium",
        f"No band for {listed(unknown)}; until then Coach counts this as near target.",
        "Read the bar on the report and add it.",
        unknown,
        source="own",
    )


def all_above_failed(context: InsightContext) -> Insight | None:
    """Every domain is above and the exam was failed: the entry is questioned [TR-15, XC-02]."""
    domains = context.failed.domains if context.failed else ()
    if not domains or any(domain.band != "above" for domain in domains):
        return None
    return _readiness(
        "all-above-failed",
        "medium",
        "Every domain is above target and the result is a fail. Long bars and a fail can go "
        "together, but a slip in the entry is more likely.",
        "Check the bands against the report; if they are right, practise a mix of all domains.",
        tuple(domain.name for domain in domains),
        source="own",
    )


def near_miss(context: InsightContext) -> Insight | None:
    """First fail, few points short, nothing below: the quick second try suits [RT-16]."""
    if not _is_near_miss(context):
        return None
    return _readiness(
        "near-miss",
        "low",
        f"{counted(context.shortfall or 0, 'point')} short with no domain below target: a quick "
        f"second try suits a result like this. {_legal(context.verdict, context)}",
        "Go over the details of the near domains, then decide on the date.",
    )


def window(context: InsightContext) -> Insight | None:
    """The legal and the recommended date, apart, and a word on rushing [RT-17, FQ-10-17]."""
    recommended = context.verdict.recommended
    if context.failed is None or recommended is None or _is_near_miss(context):
        return None
    below = sum(domain.band == "below" for domain in context.failed.domains)
    earliest = context.verdict.certain_from
    early = earliest is not None and earliest.date() < recommended.from_
    one_day = recommended.from_ == recommended.until
    span = f"from {recommended.from_} on"
    span = span if one_day else f"{recommended.from_} to {recommended.until}"
    action = "Book a date from that day on." if one_day else "Book a date inside this window."
    if early:
        action += " An earlier one is allowed but not advised: rushing tends to repeat the result."
    return _readiness(
        "window",
        "medium" if below >= 2 else "low",
        f"{_legal(context.verdict, context)} Recommended is {span}. {recommended.basis}",
        action,
        source=readiness(context.failed.domains)[2],
    )


def score_gap(context: InsightContext) -> Insight | None:
    """How many points the newest fail lacks on the scale [LM-01, LM-10, SC-16]."""
    if context.shortfall is None or context.shortfall <= 0:
        return None
    return _readiness(
        "score-gap",
        "low",
        f"{counted(context.shortfall, 'point')} short of {context.exam.passing_score} on the "
        "scale, which cannot be turned into a number of questions.",
        "Judge by the domains: the same score can hide different gaps.",
        source=context.vendor_says,
    )


def practice_holds(context: InsightContext) -> Insight | None:
    """Weak domains whose last practice results since the report are all good [IM-05, IM-06]."""
    if context.failed is None:
        return None
    ready = tuple(
        row.name
        for row in context.heatmap.domains
        if row.gap and row.practice.status == "competent"
    )
    if not ready:
        return None
    return _readiness(
        "practice-holds",
        "low",
        f"The last {STEADY_RESULTS} practice results since the report are good in {listed(ready)}.",
        "Keep it warm with mixed scenarios and move time to the other weak domains.",
        ready,
        source="own",
    )


def practice_weak(context: InsightContext) -> Insight | None:
    """Domains that the report shows above and practice since then does not [IM-06]."""
    if context.failed is None:
        return None
    rows = tuple(
        row
        for row in context.heatmap.domains
        if row.gap == 0 and row.practice.status == "needs practice"
    )
    if not rows:
        return None
    return _readiness(
        "practice-weak",
        "low",
        f"Above target on the report, yet practice since is weaker: "
        f"{listed(row.name for row in rows)}.",
        "Look at what went wrong there; the band stays until a report says otherwise.",
        tuple(row.name for row in rows),
        source="own",
    )


def passed(context: InsightContext) -> Insight | None:
    """The newest report is a pass: the story ends here [MU-24, SC-14, SC-17]."""
    if context.latest is None or not context.latest.passed:
        return None
    return _readiness(
        "passed",
        "low",
        f"Passed on {context.latest.at:%Y-%m-%d}. Any passing score gives the same certification.",
        "Nothing is left to do: this certification does not expire."
        if context.exam.level == "fundamentals"
        else "The next step is keeping the certification current.",
        source=context.vendor_says,
    )


def _is_near_miss(context: InsightContext) -> bool:
    bands = {domain.band for domain in context.failed.domains} if context.failed else set()
    return (
        context.verdict.attempts_used == 1
        and context.verdict.status in ("open", "waiting")
        and context.shortfall is not None
        and 0 < context.shortfall <= NEAR_MISS_POINTS
        and "below" not in bands
        and "near" in bands
    )


def _legal(verdict: Retake, context: InsightContext) -> str:
    wait = re.match(r"(\d+)-.*(hour|day)s$", verdict.rule)
    rule = f" ({wait[1]}-{wait[2]} rule{context.unverified_mark})" if wait else ""
    if verdict.status == "unknown":
        return "Whether you may sit it again is not known; ask the vendor."
    if verdict.certain_from is None:
        return "No further sitting is possible."
    if verdict.certain_from <= context.now:
        return f"You may sit it again now{rule}."
    return f"You may sit it again from {exact_time(verdict.certain_from)}{rule}."


FORMAT_PRACTICE: dict[QuestionFormat, str] = {
    "multiple-choice": "for every wrong option, say when it would be the right one",
    "multiple-response": "decide on each option by itself before you count how many are asked for",
    "case-study": "read the requirements of a case first, then its questions, then the rest",
    "drag-and-drop": "write the order or the pairs from memory before you look at the choices",
    "build-list": "do the steps in a lab and write them down in order, without the documentation",
    "scenario": "underline each requirement and name the option that fails it",
    "simulation": "do the task in the product against the clock, once by hand and once by command",
}
_LACKING: dict[Lacking, tuple[str, str]] = {
    "concepts": (
        "concepts seemed to be missing",
        "Read first and explain each service in your own words; build once that holds.",
    ),
    "practice": (
        "practice seemed to be missing",
        "Trade reading for labs: build each critical topic of the weak domains by hand.",
    ),
    "both": (
        "concepts and practice both seemed to be missing",
        "Take each critical topic in two steps, reading and then a lab, before the next one.",
    ),
    "frameworks": (
        "frameworks and compliance seemed to be missing, not the handling of the product",
        "Trade labs for reading: the framework's terms, who is responsible, and which control "
        "answers which requirement.",
    ),
}
_tip = partial(finding, "tip", source="own")


def lacking(context: InsightContext) -> Insight | None:
    """What seemed to be missing shifts between reading and labs [LM-06-08]."""
    view = _view(context)
    if view is None or view.lacking is None:
        return None
    said, action = _LACKING[view.lacking]
    weak = tuple(d.name for d in context.failed.domains if d.gap) if context.failed else ()
    text = f"By your own account {said}; a report does not tell concepts from practice."
    return _tip("own-view", "medium", text, action, weak)


def hard_formats(context: InsightContext) -> Insight | None:
    """Formats that felt hard ask for practice in that format [LM-05, LM-09]."""
    view = _view(context)
    if view is None or not view.hard_formats:
        return None
    names = listed(name.replace("-", " ") for name in view.hard_formats)
    ways = "; ".join(f"{f.replace('-', ' ')}: {FORMAT_PRACTICE[f]}" for f in view.hard_formats)
    text = f"By your own account these formats felt hard: {names}. A report does not show formats."
    return _tip("hard-formats", "low", text, f"Practise in them. {_sentence(ways)}")


def _view(context: InsightContext) -> Reflection | None:
    return context.failed.report.reflection if context.failed else None


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


_advice = partial(finding, "tip")
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
            return _advice("foundation", "medium", pattern.text, pattern.action, domains, source)
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
    return _advice(
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
    return _advice(
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
    return _advice(
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
            return _advice("hands-on", "low", pattern.text, pattern.action, weak, source)
    return None


def practice_assessment(context: InsightContext) -> Insight | None:
    """A whole practice exam shows whether the plan works [RS-07, RS-12]."""
    if context.failed is None:
        return None
    offered = ", if it is still offered," if context.status == "retired" else ""
    microsoft = context.exam.vendor == "Microsoft"
    which = "Microsoft's free practice assessment" if microsoft else "A practice exam"
    return _advice(
        "practice-assessment",
        "low",
        f"{which}{offered} shows whether the weak domains hold before you pay for a sitting.",
        "Take it in the last third of the plan, and not in the last two days.",
    )


def no_dumps(context: InsightContext) -> Insight | None:
    """Leaked questions train memory, not skill [RS-09, RS-10]."""
    if context.failed is None:
        return None
    return _advice(
        "no-dumps",
        "low",
        "Collections of leaked questions break the exam rules and train memory; the exam asks "
        "for skill.",
        "Build the thing in a lab and explain to yourself why each choice is right.",
    )
