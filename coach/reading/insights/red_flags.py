"""Red flags: combinations of bands that tend to fail an exam again until they are fixed."""

from collections.abc import Callable
from functools import partial

import msgspec

from coach.model.answers import Insight
from coach.reading.insights.context import InsightContext, source_of
from coach.reading.insights.finding import finding
from coach.reading.outlines import match_topic
from coach.reading.subjects import folded
from coach.reading.wording import published_weight
from coach.wording import listed

_flag = partial(finding, "red-flag")


def heaviest_below(context: InsightContext) -> Insight | None:
    """The heaviest domain of the outline in use, or one of those that tie, is below [RD-01-03]."""
    if context.failed is None or not context.failed.domains:
        return None
    most = max(domain.weight for domain in context.failed.domains)
    hit = [d for d in context.failed.domains if d.weight == most and d.band == "below"]
    if not hit:
        return None
    names = tuple(domain.name for domain in hit)
    plural = len(hit) > 1
    weight = published_weight(hit[0].weight_low, hit[0].weight_high)
    text = (
        f"{listed(names)} {'are' if plural else 'is'} below target, and no domain of this outline "
        f"weighs more ({weight}): this costs the most points."
    )
    if any(domains[0].name in names for _, domains in context.patterns("foundation")):
        text += " The other domains build on it."
    return _flag(
        code="heaviest-below",
        severity="high",
        text=text,
        domains=names,
        action=f"Make {'them' if plural else 'it'} the main focus, before anything else.",
        source="article",
    )


def several_below(context: InsightContext) -> Insight | None:
    """Two or more domains are below [RD-04, RD-05, EX-10]."""
    domains = context.failed.domains if context.failed else ()
    below = tuple(domain.name for domain in domains if domain.band == "below")
    if len(below) < 2:
        return None
    return _flag(
        code="several-below",
        severity="high",
        text=(
            f"{len(below)} of {len(domains)} domains are below target. That speaks of groundwork "
            "still to do rather than of a few missing details."
        ),
        domains=below,
        action="Spend time hands-on with the core services before you book the next sitting.",
        source="article",
    )


def resource_level(context: InsightContext) -> Insight | None:
    """Domains that overlap are all below, as the catalogue says for this exam [RD-06, RD-07]."""
    for pattern, domains in context.patterns("resource-level"):
        if all(domain.band == "below" for domain in domains):
            return _flag(
                code="resource-level",
                severity="medium",
                text=pattern.text,
                domains=tuple(domain.name for domain in domains),
                action=pattern.action,
                source=source_of(pattern.source),
            )
    return None


def operations_only(context: InsightContext) -> Insight | None:
    """One domain is above and every other one near or below [RD-08, RD-09, RD-17]."""
    for pattern, domains in context.patterns("operations-only"):
        strong = domains[0]
        others = [d for d in context.failed.domains if d != strong] if context.failed else []
        weak = bool(others) and all(other.band in ("below", "near") for other in others)
        if strong.band == "above" and weak:
            return _flag(
                code="operations-only",
                severity="medium",
                text=pattern.text,
                domains=(strong.name,),
                action=pattern.action,
                source=source_of(pattern.source),
            )
    return None


def all_near(context: InsightContext) -> Insight | None:
    """Every domain is near and the exam was failed [RD-10-12]."""
    domains = context.failed.domains if context.failed else ()
    if not domains or any(domain.band != "near" for domain in domains):
        return None
    return _flag(
        code="all-near",
        severity="medium",
        text=(
            "Every domain is near target: broad knowledge that lacks the depth for the harder "
            "scenarios."
        ),
        domains=tuple(domain.name for domain in domains),
        action=(
            "Practise scenarios and labs that combine several services; going over the basics "
            "again adds little."
        ),
        source="article",
    )


def raised(
    rule: Callable[[InsightContext], Insight | None], context: InsightContext
) -> Insight | None:
    """What `rule` finds, of high severity where the report before showed the same [RD-13]."""
    found = rule(context)
    before = rule(msgspec.structs.replace(context, history=context.history[:-1])) if found else None
    if found is None or before is None or not set(before.domains) & set(found.domains):
        return found
    text = f"{found.text} The report before showed the same: a persistent pattern."
    return msgspec.structs.replace(found, severity="high", text=text)


def persistent_flag(context: InsightContext) -> Insight | None:
    """A topic that the newest report lists was listed by an earlier one too [RD-13]."""
    if context.failed is None:
        return None
    newest = [_topic(context, flag) for flag in context.failed.report.flags]
    earlier = {
        folded(_topic(context, flag)[1])
        for past in context.history[:-1]
        for flag in past.report.flags
    }
    again = {topic: domain for domain, topic in newest if folded(topic) in earlier}
    if not again:
        return None
    return _flag(
        code="persistent-flag",
        severity="high",
        text=f"Listed as needing improvement again: {listed(again)}.",
        domains=tuple(dict.fromkeys(domain for domain in again.values() if domain)),
        action="Put it first in its domain and work on it in a lab until it holds.",
        source="article",
    )


def _topic(context: InsightContext, flag: str) -> tuple[str | None, str]:
    found = match_topic(context.outline, flag) if context.outline else None
    return found or (None, flag)
