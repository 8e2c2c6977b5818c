"""Rules: what retirement, the attempts that are left and the tiers mean for this exam."""

from fractions import Fraction
from functools import partial

from coach.model.answers import Insight
from coach.model.exam import RETIRES_SOON_DAYS
from coach.reading.insights.context import InsightContext, source_of
from coach.reading.insights.finding import finding
from coach.reading.priority import TIER_SHARE, DomainReading
from coach.reading.wording import moment
from coach.wording import listed

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
        until = moment(verdict.window_end)
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
    text += f" The next one is possible from {moment(opens)}." if opens else ""
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
