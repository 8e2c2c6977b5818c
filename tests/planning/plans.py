"""Readings, requests and plans built by hand for the planner's tests."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from coach.model.attempt import Band
from coach.model.plan import Block
from coach.model.settings import DEFAULT_HOURS, Hours, Window
from coach.planning.draft_plan import PlanRequest, PlanResult
from coach.planning.replan import replan_all
from coach.reading.priority import DomainReading

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=BERLIN)
BANDS: dict[str, Band] = {"B": "below", "N": "near", "A": "above", "U": "unknown"}
GAPS = {"B": 2, "N": 1, "A": 0, "U": 1}
F500 = {"IAM": 30, "NET": 25, "CSD": 25, "OPS": 20}
TOPICS = 5
# A request and the plan that came of it.
Plan = tuple[PlanRequest, PlanResult]


def readings(bands: str, weights: dict[str, int] = F500, **flags: str) -> tuple[DomainReading, ...]:
    """Domains in outline order, tiers by the seed's rule worked out here on its own."""
    rows = list(zip(weights, weights.values(), bands, strict=True))
    heaviest = max((w for _, w, band in rows if GAPS[band] == 1), default=0)
    lead = next((n for n, w, band in rows if GAPS[band] == 1 and w == heaviest), None)
    return tuple(
        DomainReading(
            name=name,
            weight=Fraction(weight),
            weight_low=weight,
            weight_high=weight,
            band=BANDS[band],
            gap=GAPS[band],
            priority=Fraction(weight * GAPS[band]),
            tier=_tier(GAPS[band], lead=name == lead),
            topics=_topics(name, flags.get(name)),
            flagged=(flags[name],) if name in flags else (),
        )
        for name, weight, band in rows
    )


def _tier(gap: int, *, lead: bool) -> int | None:
    if gap == 0:
        return None
    return 1 if gap == 2 or lead else 2


def _topics(name: str, flag: str | None) -> tuple[str, ...]:
    own = tuple(f"{name} {number}" for number in range(1, TOPICS + 1))
    return (flag, *own) if flag else own


def request(bands: str = "BNNA", *, weeks: float = 4, **facts: Any) -> PlanRequest:
    """A request made on 21 November 2026, 09:00 in Berlin, with 10 hours a week."""
    now = facts.get("now", NOW)
    start = facts.get("start", now)
    given = {
        "exam": "AZ-500",
        "now": now,
        "zone": BERLIN,
        "domains": readings(bands),
        "strategy": "two-tier",
        "hours": DEFAULT_HOURS,
        "start": start,
        "end": start + timedelta(weeks=weeks),
        "revision": 1,
    }
    return PlanRequest(**(given | facts))


def hours(*, off: tuple[Any, ...] = (), **windows: str) -> Hours:
    """`hours(mon="19:00-20:30", sat="09:00-13:00")`."""
    spans = {day: text.split("-") for day, text in windows.items()}
    return Hours(
        windows={
            day: (Window(start=time.fromisoformat(a), end=time.fromisoformat(b)),)
            for day, (a, b) in spans.items()
        },  # type: ignore[arg-type]
        off=off,
    )


def replan(asked: PlanRequest) -> PlanResult:
    """The plan of an exam that has the calendar to itself."""
    (result,) = replan_all([asked])
    return result


def again(made: PlanRequest, result: PlanResult, **facts: Any) -> PlanRequest:
    """The next request: the plan exists, and these facts have changed."""
    given = {
        "existing": result.blocks,
        "revision": made.revision + 1,
        "previous_bands": {row.domain: row.band for row in result.allocation},
        "previous_shares": {row.domain: row.share for row in result.allocation},
        "previous_end": made.exam_start or made.end,
    }
    return msgspec.structs.replace(made, **(given | facts))


def only_missed(result: PlanResult, missed: Block) -> PlanResult:
    """The plan in which all else of that day was done."""
    done = (
        msgspec.structs.replace(b, status="done")
        if b != missed and b.start.date() == missed.start.date()
        else b
        for b in result.blocks
    )
    return msgspec.structs.replace(result, blocks=tuple(done))


def followed(
    requests: Sequence[PlanRequest], results: Sequence[PlanResult], **facts: Any
) -> tuple[PlanResult, ...]:
    """The plans that come next, after these facts for all exams."""
    pairs = zip(requests, results, strict=True)
    return replan_all([again(made, result, **facts) for made, result in pairs])


def end_of(block: Block) -> datetime:
    return block.start + timedelta(minutes=block.minutes)


def moment(block: Block) -> datetime:
    return block.start.astimezone(UTC)


def study(blocks: Iterable[Block]) -> list[Block]:
    return [block for block in blocks if block.domain is not None]


def counts(blocks: Iterable[Block]) -> Counter[str]:
    """How many study blocks every domain has."""
    return Counter(str(block.domain) for block in study(blocks))


def by_id(result: PlanResult) -> dict[str, Block]:
    return {block.id: block for block in result.blocks}


def clash(block: Block, other: Block) -> bool:
    """Whether two blocks share any time."""
    return block.start < end_of(other) and other.start < end_of(block)


def week_of(block: Block) -> tuple[int, int]:
    return block.start.isocalendar()[:2]


def in_labs(result: PlanResult) -> dict[tuple[int, int], set[str]]:
    """The domains that have a lab or come into one, by week."""
    weeks: dict[tuple[int, int], set[str]] = {week_of(block): set() for block in result.blocks}
    for block in result.blocks:
        if block.activity == "lab":
            weeks[week_of(block)] |= {str(block.domain), *block.also}
    return weeks


def named(bands: str, weights: Sequence[int]) -> tuple[DomainReading, ...]:
    """Domains D1, D2, ... whose weights are scaled to 100."""
    names = {f"D{number}": weight for number, weight in enumerate(weights, 1)}
    whole = sum(weights)
    return tuple(
        msgspec.structs.replace(d, weight=d.weight * 100 / whole, priority=d.priority * 100 / whole)
        for d in readings(bands, names)
    )
