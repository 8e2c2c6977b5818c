"""Red flags, combinations of bands that tend to fail an exam again until they are fixed, and rules:
what retirement, the attempts that are left and the tiers mean for this exam."""

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from msgspec.structs import replace

from coach.model.answers import Insight
from coach.model.exam import RETIRES_SOON_DAYS
from coach.reading.insights.context import InsightContext, finding, source_of
from coach.reading.outlines import folded, match_topic
from coach.reading.priority import TIER_SHARE, DomainReading
from coach.wording import exact_time, listed, published_weight

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
    before = rule(replace(context, history=context.history[:-1])) if found else None
    if found is None or before is None or not set(before.domains) & set(found.domains):
        return found
    text = f"{found.text} The report before showed the same: a persistent pattern."
    return replace(found, severity="high", text=text)


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


_rule = partial(finding, "rule")
LONGEST_WINDOW_DAYS = 42


def retired(context: InsightContext) -> Insight | None:
    """The exam has ended, or ends before another sitting is legal [RET-01-04]."""
    exam = context.exam
    ended = context.status == "retired"
    if context.verdict.status == "passed" or not (ended or context.verdict.status == "retired"):
        return None
    on = f" on {exam.retires}" if exam.retires else ""
    text = f"{exam.code} retired{on}; it can no longer be sat."
    if not ended:
        text = f"{exam.code} retires{on}, before another sitting is allowed."
    action = "Your reports stay readable; there is nothing left to book for this exam."
    if exam.successor:
        action = f"Look at {exam.successor}, its successor: a new exam with a fresh count."
    return _rule("retired", "high", text, action, source=source_of(exam.retires_confidence))


def retires_soon(context: InsightContext) -> Insight | None:
    """The exam ends within three months [RET-05, FQ-21]."""
    exam = context.exam
    gone = context.status == "retired" or context.verdict.status in ("retired", "passed")
    if gone or exam.retires is None:
        return None
    days = (exam.retires - context.now.date()).days
    if days > RETIRES_SOON_DAYS:
        return None
    # Retirement follows the clock of another zone, so its last hours may be on the next day here.
    near = {0: "today", 1: "tomorrow"}
    left = near.get(days, f"in {days} days") if days >= 0 else "within hours"
    action = f"Plan a sitting on or before {exam.retires}."
    if exam.successor:
        action += f" After it only {exam.successor} is left, a new exam with a fresh count."
    return _rule(
        "retires-soon",
        "high" if days <= LONGEST_WINDOW_DAYS else "medium",
        f"{exam.code} retires {left}, on {exam.retires}.",
        action,
        source=source_of(exam.retires_confidence),
    )


def last_attempt(context: InsightContext) -> Insight | None:
    """One sitting is left in the window [RT-12, RT-18]."""
    verdict = context.verdict
    if verdict.attempts_left != 1 or verdict.status in ("retired", "passed"):
        return None
    text = "One sitting is left under the vendor's rule."
    if verdict.window_end:
        until = exact_time(verdict.window_end)
        text = f"One sitting is left until {until}; a further fail closes the exam until then."
    text += context.unverified
    return _rule(
        "last-attempt",
        "high",
        text,
        "Use it when practice holds in every weak domain, not before.",
        source=context.vendor_rule,
    )


def capped(context: InsightContext) -> Insight | None:
    """All sittings of the window are used [RT-07-09]."""
    if context.verdict.status != "capped":
        return None
    opens = context.verdict.certain_from
    text = "All sittings of this window are used."
    text += f" The next one is possible from {exact_time(opens)}." if opens else ""
    text += context.unverified
    action = "Use the time to learn in another way than before; there is no date to chase."
    return _rule("capped", "medium", text, action, source=context.vendor_rule)


def tier_inversion(context: InsightContext) -> Insight | None:
    """Under two tiers a tier 2 domain gets more time than one of tier 1 [TR-10]."""
    domains = context.failed.domains if context.failed else ()
    shares = _two_tier_shares(domains)
    second = [d for d in domains if d.tier == 2]
    if context.strategy != "two-tier" or not second:
        return None
    most = max(second, key=lambda d: shares[d.name])
    behind = [d for d in domains if d.tier == 1 and shares[d.name] < shares[most.name]]
    if not behind:
        return None
    text = (
        f"Tier 2 holds few domains, so {_shown([most], shares)} gets more time than "
        f"{_shown(behind, shares)} in tier 1."
    )
    return _rule(
        code="tier-inversion",
        severity="low",
        text=text,
        domains=(most.name, *(d.name for d in behind)),
        action="To split by weight and gap alone, switch to the strategy `priority`.",
        source="own",
    )


def _two_tier_shares(domains: tuple[DomainReading, ...]) -> dict[str, Fraction]:
    totals = {
        tier: sum((d.priority for d in domains if d.tier == tier), Fraction(0)) for tier in (1, 2)
    }
    return {
        d.name: TIER_SHARE[d.tier] * d.priority / totals[d.tier]
        for d in domains
        if d.tier and totals[d.tier]
    }


def _shown(domains: list[DomainReading], shares: dict[str, Fraction]) -> str:
    return listed(
        f"{domain.name} (priority {float(domain.priority):.0f}, "
        f"{float(100 * shares[domain.name]):.0f} % of the time)"
        for domain in domains
    )
