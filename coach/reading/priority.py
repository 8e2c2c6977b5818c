"""One report read against its outline: band, gap, priority and tier of every domain, the weeks of
study it speaks for, and how it reads on another outline."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

import msgspec

from coach.model import made_from
from coach.model.answers import SELF_RATING, Source
from coach.model.attempt import Band, Observation, Report
from coach.model.exam import Domain, Exam, Outline, Weight
from coach.model.plan import Strategy, StrategySetting
from coach.model.settings import OutlineMapping, SelfRating
from coach.reading.bands import ABOVE_FROM, GAP, band_of
from coach.reading.outlines import folded, match_topic, outline_by_id, point_weights, subjects_of

TopicOrder = Mapping[str, tuple[str, ...]]
NO_ORDER: TopicOrder = {}
TopicLevels = Mapping[tuple[str, str], float]
NO_LEVELS: TopicLevels = {}
TIER_SHARE = {1: Fraction(7, 10), 2: Fraction(3, 10)}
"""The part of the study time that each tier gets where both have domains (article)."""


RATED_LEVEL: dict[Band, float] = {"below": 25.0, "near": 62.5, "above": 87.5}
"""The level (0-100) that a rated topic is taken to have: the middle of what a bar would show."""


class DomainReading(msgspec.Struct, frozen=True, kw_only=True):
    """One domain as one report shows it.

    `weight` is the point weight (all domains make 100), `priority` is weight x gap. `tier` is 1,
    2 or None. `topics` is the order of study: flagged ones, then the user's own order, then the
    outline's, in which practice moves weak topics forward and those that hold to the end;
    `flagged` names those the report listed. `foundation` says that others build on it.
    """

    name: str
    weight: Fraction
    weight_low: Weight | None
    weight_high: Weight | None
    band: Band
    gap: int
    priority: Fraction
    tier: int | None
    topics: tuple[str, ...] = ()
    flagged: tuple[str, ...] = ()
    foundation: bool = False


def foundations(exam: Exam, outline: Outline) -> frozenset[str]:
    """The domains of the outline on which others build, by the patterns of the catalogue."""
    names = {
        folded(pattern.domains[0])
        for pattern in exam.patterns
        if pattern.kind == "foundation" and pattern.outline in (None, outline.id)
    }
    return frozenset(domain.name for domain in outline.domains if folded(domain.name) in names)


def read_domains(
    outline: Outline,
    report: Report,
    *,
    topic_order: TopicOrder = NO_ORDER,
    topic_levels: TopicLevels = NO_LEVELS,
    policy: str = "microsoft",
    foundations: Collection[str] = (),
) -> tuple[DomainReading, ...]:
    """The report's domains in outline order; a domain that it does not show is unknown.

    Tier 1 is every below and the heaviest near, tier 2 the other nears, none above (article).
    Unknown counts as near, ties go by the lower bar, then by outline order (own). `topic_order`
    maps a domain name to the user's own order of its topics, `topic_levels` a domain and topic to
    a practice level.
    """
    bands = tuple(band_in(outline, report, domain.name, policy) for domain in outline.domains)
    weights = point_weights(outline)
    flags: dict[str, tuple[str, ...]] = {domain.name: () for domain in outline.domains}
    for match in dict.fromkeys(match_topic(outline, flag) for flag in report.flags):
        if match is not None:
            flags[match[0]] += (match[1],)
    tiers = _tiers(bands, weights, [seen_in(report, domain.name) for domain in outline.domains])
    return tuple(
        made_from(
            DomainReading,
            domain,
            weight=weight,
            band=band,
            gap=GAP[band],
            priority=weight * GAP[band],
            tier=tier,
            topics=_topics(domain, flags[domain.name], topic_order, topic_levels),
            flagged=flags[domain.name],
            foundation=domain.name in foundations,
        )
        for domain, weight, band, tier in zip(outline.domains, weights, bands, tiers, strict=True)
    )


def strategy_in_force(domains: Sequence[DomainReading], setting: StrategySetting) -> Strategy:
    """The rule that splits the hours. `auto` is two-tier but where that contradicts weight x gap:
    no domain is below, or one of tier 2 has more than one of tier 1 of its priority or more."""
    if setting != "auto":
        return setting
    weak = [domain for domain in domains if domain.gap]
    near_only = all(domain.gap == GAP["near"] for domain in weak)
    return "priority" if weak and (near_only or inverted(domains)) else "two-tier"


def inverted(domains: Sequence[DomainReading]) -> tuple[DomainReading, DomainReading] | None:
    """A domain of tier 2 that two tiers give more than one of tier 1 of its priority or more."""
    shares = tier_shares(domains)
    pairs = ((a, b) for a in domains if a.tier == 2 for b in domains if b.tier == 1)
    ahead = ((a, b) for a, b in pairs if shares[a.name] > shares[b.name])
    return next(((a, b) for a, b in ahead if b.priority >= a.priority), None)


def overtaken(
    domains: Sequence[DomainReading],
) -> tuple[DomainReading, tuple[DomainReading, ...]] | None:
    """The domain of tier 2 with the most time under two tiers, and those of tier 1 with less."""
    shares = tier_shares(domains)
    most = max((d for d in domains if d.tier == 2), key=lambda d: shares[d.name], default=None)
    if most is None:
        return None
    behind = tuple(d for d in domains if d.tier == 1 and shares[d.name] < shares[most.name])
    return (most, behind) if behind else None


def tier_shares(domains: Sequence[DomainReading]) -> dict[str, Fraction]:
    """The part (0-1) of the time that two tiers give each weak domain where both hold one."""
    whole = {tier: sum(d.priority for d in domains if d.tier == tier) for tier in TIER_SHARE}
    return {d.name: TIER_SHARE[d.tier] * d.priority / whole[d.tier] for d in domains if d.tier}


def read_report(
    exam: Exam,
    report: Report,
    *,
    topic_order: TopicOrder = NO_ORDER,
    topic_levels: TopicLevels = NO_LEVELS,
) -> tuple[DomainReading, ...]:
    """The report's domains on its own outline, () where the exam has no such outline."""
    outline = outline_by_id(exam, report.outline)
    if outline is None:
        return ()
    return read_domains(
        outline, report, topic_order=topic_order, topic_levels=topic_levels, policy=exam.policy
    )


def rated_report(exam: Exam, outline: Outline, rating: SelfRating | None) -> Report:
    """A self-rating in the shape of a report, so that it is read like one; without a rating every
    domain is unknown. It is never stored and counts nowhere as a report."""
    bands = rating.bands.items() if rating else ()
    seen = (Observation(domain=name, origin=SELF_RATING, word=band) for name, band in bands)
    return Report(
        id=SELF_RATING, attempt="", exam=exam.code, outline=outline.id, observations=tuple(seen)
    )


def with_rated_topics(
    outline: Outline, rating: SelfRating | None, levels: TopicLevels
) -> TopicLevels:
    """The practice levels, and for topics without practice the levels that a self-rating means."""
    if rating is None or not rating.topics:
        return levels
    rated = {
        (domain.name, topic): RATED_LEVEL[rating.topics[topic]]
        for domain in outline.domains
        for topic in domain.topics
        if rating.topics.get(topic, "unknown") != "unknown"
    }
    return {**rated, **levels}


def carried_over(exam: Exam, report: Report, outline: Outline) -> dict[str, Band]:
    """The bands that a report suggests for the domains of another exam's outline, by name: those
    of the domains that `suggested` pairs with them; what is unknown is left out."""
    earlier = outline_by_id(exam, report.outline)
    pairs = suggested(earlier, outline) if earlier else {}
    found: dict[str, Band] = {}
    for domain in outline.domains:
        names = [old for old, new in pairs.items() if new == domain.name]
        band = combined_band(exam, report, names) if names else "unknown"
        if band != "unknown":
            found[domain.name] = band
    return found


def unmatched_flags(outline: Outline, report: Report) -> tuple[str, ...]:
    """The report's flags that belong to no domain of the outline, as they were given."""
    return tuple(flag for flag in report.flags if match_topic(outline, flag) is None)


def seen_in(report: Report, domain: str) -> Observation | None:
    """What a report showed for a domain, None where it showed nothing."""
    wanted = folded(domain)
    matching = [seen for seen in report.observations if folded(seen.domain) == wanted]
    return matching[-1] if matching else None


def band_in(outline: Outline, report: Report, domain: str, policy: str) -> Band:
    """The band of a domain on a report.

    CompTIA prints no bands but every objective with a wrong answer: a domain with one of those
    is near at most, and one without is above while every objective has its domain (own).
    """
    seen = seen_in(report, domain)
    band = band_of(seen, policy) if seen else "unknown"
    if policy != "comptia" or not report.flags or band in ("below", "near"):
        return band
    matches = [match_topic(outline, flag) for flag in report.flags]
    if any(match is not None and match[0] == domain for match in matches):
        return "near"
    return band if None in matches else "above"


def _tiers(
    bands: Sequence[Band], weights: Sequence[Fraction], seen: Sequence[Observation | None]
) -> tuple[int | None, ...]:
    # Where no bar was read it is taken to be higher than any.
    bars = [101 if each is None or each.value is None else each.value for each in seen]
    near = [number for number, band in enumerate(bands) if GAP[band] == GAP["near"]]
    heaviest = max(near, key=lambda number: (weights[number], -bars[number]), default=None)
    tiers = {"below": 1, "above": None}
    return tuple(
        tiers.get(band, 1 if number == heaviest else 2) for number, band in enumerate(bands)
    )


def _topics(
    domain: Domain, flagged: tuple[str, ...], order: TopicOrder, levels: TopicLevels
) -> tuple[str, ...]:
    def rank(topic: str) -> float:
        # Untried topics stand between those that practice shows weak and those that hold.
        level = levels.get((domain.name, topic))
        if level is None:
            return ABOVE_FROM
        return level if level < ABOVE_FROM else ABOVE_FROM + 1

    rest = sorted(domain.topics, key=rank)
    return tuple(dict.fromkeys((*flagged, *order.get(domain.name, ()), *rest)))


_BAND: dict[int, Band] = {2: "below", 1: "near", 0: "above"}


def mapping_between(
    mappings: Sequence[OutlineMapping], earlier: str | None, outline: str
) -> dict[str, str]:
    """The pairs that lead from one outline to another, {} where the user gave none."""
    for mapping in mappings:
        if (mapping.earlier, mapping.outline) == (earlier, outline):
            return mapping.domains
    return {}


def suggested(earlier: Outline, outline: Outline) -> dict[str, str]:
    """Pairs to propose: domains of the same name, else the only two on the same subject (own)."""
    same = {folded(domain.name): domain.name for domain in outline.domains}
    pairs = {d.name: same[folded(d.name)] for d in earlier.domains if folded(d.name) in same}
    old = [d.name for d in earlier.domains if d.name not in pairs]
    new = [d.name for d in outline.domains if d.name not in pairs.values()]
    for name in old:
        subject = subjects_of(name)[:1]
        rivals = [other for other in old if subjects_of(other)[:1] == subject]
        fits = [other for other in new if subject and subject[0] in subjects_of(other)]
        if len(fits) == len(rivals) == 1:
            pairs[name] = fits[0]
    return {d.name: pairs[d.name] for d in earlier.domains if d.name in pairs}


def combined_band(exam: Exam, report: Report, names: Sequence[str]) -> Band:
    """One band for several domains of a report: their gaps by weight, halves to the worse; unknown
    where one of them is (own)."""
    outline = outline_by_id(exam, report.outline)
    if outline is None:
        return "unknown"
    keys = (folded(domain.name) for domain in outline.domains)
    weights = dict(zip(keys, point_weights(outline), strict=True))
    gaps = whole = Fraction(0)
    for name in names:
        band = band_in(outline, report, name, exam.policy)
        weight = weights.get(folded(name))
        if band == "unknown" or weight is None:
            return "unknown"
        gaps, whole = gaps + GAP[band] * weight, whole + weight
    return _BAND[int(gaps / whole + Fraction(1, 2))]


Weeks = tuple[int, int]


def readiness(domains: Sequence[DomainReading]) -> tuple[Weeks, str, Source]:
    """Weeks from the report date (least, most), why, and where the rule comes from.

    Two or more below 4-6 (article); one below 3-4 (own); none below 2-3 (article where most
    domains are near, own where the report leaves that open). Unknown counts as near.
    """
    below = sum(domain.band == "below" for domain in domains)
    near = sum(domain.band == "near" for domain in domains)
    above = sum(domain.band == "above" for domain in domains)
    if below >= 2:
        return (4, 6), f"{below} domains are below: 4 to 6 weeks from the report.", "article"
    if below == 1:
        return (3, 4), "One domain is below: 3 to 4 weeks from the report.", "own"
    if domains and above == len(domains):
        text = "Every domain reads above, so check the bands: 2 to 3 weeks of mixed practice."
        return (2, 3), text, "own"
    if not near:
        text = "The weak domains are not known and count as near: 2 to 3 weeks from the report."
        return (2, 3), text, "own"
    text = "No domain is below: 2 to 3 weeks from the report."
    return (2, 3), text, "article" if near >= above else "own"
