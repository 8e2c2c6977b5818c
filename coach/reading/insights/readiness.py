"""Readiness: how much a report says, how far off the pass is, and when to sit again."""

import re
from functools import partial

from coach.model.answers import Insight, Retake
from coach.reading.insights.context import InsightContext
from coach.reading.insights.finding import finding
from coach.reading.practice import STEADY_RESULTS
from coach.reading.readiness import readiness
from coach.reading.wording import moment
from coach.wording import counted, listed

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
    return f"You may sit it again from {moment(verdict.certain_from)}{rule}."
