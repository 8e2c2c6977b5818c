"""Red flags, combinations of bands that tend to fail an exam again until they are fixed, and rules:
what retirement, the attempts that are left and the tiers mean for this exam."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from coach.model.answers import Insight
from coach.model.exam import RETIRES_SOON_DAYS
from coach.reading.insights.context import InsightContext, source_of
from coach.reading.outlines import folded, match_topic
from coach.reading.priority import DomainReading, overtaken, tier_shares
from coach.wording import listed, phrased, published_weight

LONGEST_WINDOW_DAYS = 42


def heaviest_below(context: InsightContext) -> Insight | None:
    """The heaviest domain of the outline in use, or one of those that tie, is below [RD-01-03]."""
    most = max((domain.weight for domain in context.domains), default=None)
    hit = [d for d in context.domains if d.weight == most and d.band == "below"]
    if not hit:
        return None
    names = tuple(domain.name for domain in hit)
    base = any(domains[0].name in names for _, domains in context.patterns("foundation"))
    return context.found(
        "heaviest-below",
        names,
        names=listed(names),
        are="are" if len(hit) > 1 else "is",
        them="them" if len(hit) > 1 else "it",
        weight=published_weight(hit[0].weight_low, hit[0].weight_high),
        base=" The other domains build on it." if base else "",
    )


def several_below(context: InsightContext) -> Insight | None:
    """Two or more domains are below [RD-04, RD-05, EX-10]."""
    below = [domain.name for domain in context.domains if domain.band == "below"]
    if len(below) < 2:
        return None
    return context.found("several-below", below, count=len(below), all=len(context.domains))


def resource_level(context: InsightContext) -> Insight | None:
    """Domains that overlap are all below, as the catalogue says for this exam [RD-06, RD-07]."""
    for pattern, domains in context.patterns("resource-level"):
        if all(domain.band == "below" for domain in domains):
            return context.of_pattern("resource-level", pattern, (d.name for d in domains))
    return None


def operations_only(context: InsightContext) -> Insight | None:
    """One domain is above and every other one near or below [RD-08, RD-09, RD-17]."""
    for pattern, (strong, *_) in context.patterns("operations-only"):
        others = [
            domain.band in ("below", "near") for domain in context.domains if domain != strong
        ]
        if strong.band == "above" and others and all(others):
            return context.of_pattern("operations-only", pattern, [strong.name])
    return None


def all_near(context: InsightContext) -> Insight | None:
    """Every domain is near and the exam was failed [RD-10-12]."""
    if not context.domains or any(domain.band != "near" for domain in context.domains):
        return None
    return context.found("all-near", (domain.name for domain in context.domains))


def raised(
    rule: Callable[[InsightContext], Insight | None], context: InsightContext
) -> Insight | None:
    """What `rule` finds, of high severity where the report before showed the same [RD-13]."""
    found = rule(context)
    before = rule(replace(context, history=context.history[:-1])) if found else None
    if found is None or before is None or not set(before.domains) & set(found.domains):
        return found
    text = phrased("{} The report before showed the same: a persistent pattern.", found.text)
    return replace(found, severity="high", text=text)


def persistent_flag(context: InsightContext) -> Insight | None:
    """A topic that the newest report lists was listed by an earlier one too [RD-13]."""

    def topic_of(flag: str) -> tuple[str | None, str]:
        return (match_topic(context.outline, flag) if context.outline else None) or (None, flag)

    newest = map(topic_of, context.failed.report.flags if context.failed else ())
    earlier = {
        folded(topic_of(flag)[1]) for past in context.history[:-1] for flag in past.report.flags
    }
    again = {topic: domain for domain, topic in newest if folded(topic) in earlier}
    if not again:
        return None
    domains = dict.fromkeys(filter(None, again.values()))
    return context.found("persistent-flag", domains, topics=listed(again))


def retired(context: InsightContext) -> Insight | None:
    """The exam has ended, or ends before another sitting is legal [RET-01-04]."""
    exam, ended = context.exam, context.status == "retired"
    if context.verdict.status == "passed" or not (ended or context.verdict.status == "retired"):
        return None
    on = phrased(" on {}", exam.retires) if exam.retires else ""
    gone = "retired{}; it can no longer be sat"
    return context.found(
        "retired",
        case="with a successor" if exam.successor else "",
        source=source_of(exam.retires_confidence),
        exam=exam.code,
        retires=phrased(gone if ended else "retires{}, before another sitting is allowed", on),
        successor=exam.successor,
    )


def retires_soon(context: InsightContext) -> Insight | None:
    """The exam ends within three months [RET-05, FQ-21]."""
    exam = context.exam
    gone = context.status == "retired" or context.verdict.status in ("retired", "passed")
    days = (exam.retires - context.now.date()).days if exam.retires else RETIRES_SOON_DAYS + 1
    if gone or days > RETIRES_SOON_DAYS:
        return None
    # Retirement follows the clock of another zone, so its last hours may be on the next day here.
    near = {0: "today", 1: "tomorrow"}
    after = f" After it only {exam.successor} is left, a new exam with its own attempt limit."
    return context.found(
        "retires-soon",
        severity="high" if days <= LONGEST_WINDOW_DAYS else None,
        source=source_of(exam.retires_confidence),
        exam=exam.code,
        left=near.get(days, f"in {days} days") if days >= 0 else "within hours",
        day=exam.retires,
        after=after if exam.successor else "",
    )


def last_attempt(context: InsightContext) -> Insight | None:
    """One sitting is left in the window [RT-12, RT-18]."""
    verdict, until = context.verdict, "under the vendor's rule"
    if verdict.attempts_left != 1 or verdict.status in ("retired", "passed"):
        return None
    if verdict.window_end:
        closed = "until {}; a further fail closes the exam until then"
        until = phrased(closed, verdict.window_end)
    return context.found("last-attempt", until=until, **_of_the_vendor(context))


def capped(context: InsightContext) -> Insight | None:
    """All sittings of the window are used [RT-07-09]."""
    if context.verdict.status != "capped":
        return None
    opens = context.verdict.certain_from
    next_one = phrased(" The next one is possible from {}.", opens) if opens else ""
    return context.found("capped", opens=next_one, **_of_the_vendor(context))


def _of_the_vendor(context: InsightContext) -> dict[str, Any]:
    """What follows from the retake rules is official where a page of the vendor was read."""
    unverified = bool(context.unverified_mark)
    said = " The rule is unverified." if unverified else ""
    return {"source": "own" if unverified else "official", "unverified": said}


def tier_inversion(context: InsightContext) -> Insight | None:
    """Under two tiers a tier 2 domain gets more time than one of tier 1 [TR-10]."""
    found = overtaken(context.domains) if context.strategy == "two-tier" else None
    if found is None:
        return None
    (most, behind), shares = found, tier_shares(context.domains)

    def shown(domain: DomainReading) -> str:
        part = f"{float(100 * shares[domain.name]):.0f} % of the time"
        return f"{domain.name} (priority {float(domain.priority):.0f}, {part})"

    names = (most.name, *(d.name for d in behind))
    return context.found(
        "tier-inversion", names, most=listed([shown(most)]), behind=listed(map(shown, behind))
    )
