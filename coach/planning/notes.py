"""What the plan has to say about itself: its aim, its limits, and what did not fit."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from coach.model.plan import Block, Reason, Strategy
from coach.planning.buffers import BUFFER_PERCENT
from coach.planning.split import Share, has_idle, spread
from coach.reading.priority import DomainReading
from coach.wording import counted, duration, listed, percent

# Own estimate of what a retake needs: 10 minutes for every point of weight x gap. A domain of
# 25 % asks for about 8 hours when it is below and 4 when it is near.
MINUTES_PER_POINT = 10
# Up to this part of the time the choice of strategy matters little: an error of 20 % in the shares
# costs almost nothing (planning notes, own derivation).
LITTLE = Fraction(1, 5)

AIM = Reason(
    code="AIM",
    text="The aim is to be competent in every area, not perfect in one.",
)
OWN_WORK = Reason(
    code="OWN-WORK",
    text="Practise with labs, documentation and official questions; leaked questions break the "
    "exam agreement and teach nothing you can use.",
)


def need_minutes(domains: Sequence[DomainReading]) -> int:
    """The estimated study time (minutes) that the weak domains ask for."""
    return round(sum(d.priority for d in domains) * MINUTES_PER_POINT)


def shortfall_minutes(domains: Sequence[DomainReading], study_minutes: int) -> int:
    """By how much the estimated need exceeds the study time of the plan."""
    return max(0, need_minutes(domains) - study_minutes)


def plan_notes(
    domains: Sequence[DomainReading],
    strategy: Strategy,
    shares: Sequence[Share],
    *,
    minutes: Mapping[str, int],
    days: int,
    pace: int,
    unplaced: Sequence[Block],
    buffer_percent: int,
    spare: Fraction,
) -> tuple[Reason, ...]:
    """The notes of one plan, the aim first.

    `minutes` is the study time of every domain, `days` what is left until the date, `pace` the
    minutes of study that one week more would bring, `spare` the part (0-1) for strong domains.
    """
    study_minutes = sum(minutes.values())
    notes = [AIM, *warnings(domains, shares, strategy)]
    if buffer_percent != BUFFER_PERCENT:
        text = f"{buffer_percent} % of every week is kept free, by what you got done of late."
        notes.append(Reason(code="BUFFER", text=text))
    if any(d.gap for d in domains):
        notes += [_heuristic(domains)] if strategy == "two-tier" else []
        notes += _ties(domains)
        notes.append(_choice(spread(domains, study_minutes, spare)))
    notes += ways_out(domains, minutes, days=days, pace=pace)
    if unplaced:
        lost = sum(block.minutes for block in unplaced)
        text = f"{counted(len(unplaced), 'block')} you missed ({duration(lost)}) found no room."
        notes.append(Reason(code="MISSED", text=text))
    return (*notes, OWN_WORK)


def ways_out(
    domains: Sequence[DomainReading], minutes: Mapping[str, int], *, days: int, pace: int
) -> tuple[Reason, ...]:
    """What to do where the study time falls short of the estimated need; none where it does not.

    The arguments are those of `plan_notes`.
    """
    study_minutes = sum(minutes.values())
    short = shortfall_minutes(domains, study_minutes)
    return (_short(_thin(domains, minutes), short, study_minutes, days, pace),) if short else ()


def warnings(
    domains: Sequence[DomainReading], shares: Sequence[Share], strategy: Strategy
) -> tuple[Reason, ...]:
    """Where the split deserves a second look."""
    if not any(d.gap for d in domains):
        text = (
            "Every domain is above although the exam was failed: check the entry. "
            "Until then the plan is mixed practice by weight."
        )
        return (Reason(code="CHECK", text=text),)
    if all(d.band == "unknown" for d in domains):
        text = (
            "No domain has a band, so this plan is generic: it reads all as near until you add the "
            "bands from your report."
        )
        if strategy == "two-tier" and len(domains) > 1:
            text += " The priority strategy spreads the time by weight."
        return (Reason(code="GENERIC", text=text),)
    if strategy != "two-tier":
        return ()
    found = [_inversion(domains, shares), _maintenance(domains, shares)]
    if len(domains) > 1 and all(d.gap == 1 for d in domains):
        text = (
            "Every domain is near, and tier 1 holds a single one: "
            "the priority strategy spreads the time by weight."
        )
        found.append(Reason(code="ALL-NEAR", text=text))
    return tuple(note for note in found if note)


def _inversion(domains: Sequence[DomainReading], shares: Sequence[Share]) -> Reason | None:
    rows = list(zip(domains, shares, strict=True))
    second = max((r for r in rows if r[0].tier == 2), key=lambda r: r[1].share, default=None)
    first = min((r for r in rows if r[0].tier == 1), key=lambda r: r[1].share, default=None)
    if second is None or first is None or second[1].share <= first[1].share:
        return None
    over = [d for d, s in rows if d.tier == 1 and s.share < second[1].share]
    text = (
        f"Tier 2 has few domains, so {_ranked(second[0])} gets more time than "
        f"{listed(_ranked(domain) for domain in over)}. The priority strategy avoids this."
    )
    return Reason(code="INVERSION", text=text)


def _maintenance(domains: Sequence[DomainReading], shares: Sequence[Share]) -> Reason | None:
    rows = list(zip(domains, shares, strict=True))
    strong = max((row for row in rows if not row[0].gap), key=lambda r: r[1].share, default=None)
    if strong is None or has_idle(domains, "two-tier"):
        return None
    over = [d for d, s in rows if d.gap and s.share < strong[1].share]
    if not over:
        return None
    text = (
        f"A quarter of the time keeps strong areas fresh, so {strong[0].name} gets more of it than "
        f"{listed(_ranked(domain) for domain in over)}. The priority strategy avoids this."
    )
    return Reason(code="MAINTENANCE", text=text)


def _heuristic(domains: Sequence[DomainReading]) -> Reason:
    """Where the split comes from, by the one of its two forms that applies."""
    parts = "75 % for tier 1 where tier 2 is empty"
    if any(domain.tier == 2 for domain in domains):
        parts = "70 % for tier 1 and 30 % for tier 2"
    text = f"{parts} is a study heuristic from an article, not a vendor's rule."
    return Reason(code="HEURISTIC", text=text)


def _ties(domains: Sequence[DomainReading]) -> Iterator[Reason]:
    """Weak domains of the same priority, for which the order of the outline decides."""
    names: dict[Fraction, list[str]] = {}
    for domain in domains:
        if domain.gap:
            names.setdefault(domain.priority, []).append(domain.name)
    for priority, tied in names.items():
        if len(tied) > 1:
            text = f"{listed(tied)} have the same priority ({float(priority):.1f}): they stand in "
            yield Reason(code="TIE", text=f"{text}the order of the outline.")


def _choice(apart: Fraction) -> Reason:
    text = f"The three strategies differ on {percent(float(apart))} of the study time: "
    text += "the choice matters "
    text += "little here." if apart < LITTLE else "here, so compare them."
    return Reason(code="SPLIT", text=text)


def _thin(domains: Sequence[DomainReading], minutes: Mapping[str, int]) -> str:
    """The weak domains that get less than they need, the largest lack first."""
    lacks = [(need_minutes([d]) - minutes.get(d.name, 0), d.name) for d in domains if d.gap]
    lacking = [(lack, name) for lack, name in sorted(lacks, reverse=True) if lack > 0]
    return listed(f"{name} ({duration(lack)} less)" for lack, name in lacking)


def _short(thin: str, short: int, study_minutes: int, days: int, pace: int) -> Reason:
    later = counted(-(-short // max(1, pace)), "week")
    weeks = -(-days // 7)
    more = (
        f"{duration(-(-short // weeks))} a week" if days >= 7 else f"{duration(short)} before then"
    )
    room = f"room for {duration(study_minutes)}" if study_minutes else "no room"
    text = (
        f"By Coach's own estimate this needs {duration(study_minutes + short)}, and there is "
        f"{room}: move the date by {later}, add {more}, "
        f"or accept what stays thin: {thin}."
    )
    return Reason(code="SHORT", text=text)


def _ranked(domain: DomainReading) -> str:
    return f"{domain.name} (priority {float(domain.priority):.1f})"
