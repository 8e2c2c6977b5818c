"""Readings, requests and plans built by hand for the planner's tests."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import strategies as st

from coach.model.attempt import Band
from coach.model.plan import STRATEGIES, Block
from coach.model.settings import DEFAULT_HOURS, WEEKDAYS, Hours, Window
from coach.planning.request import PlanRequest, PlanResult
from coach.planning.together import replan_all
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


@st.composite
def any_domains(draw: st.DrawFn, letters: str = "BNA") -> tuple[DomainReading, ...]:
    weights = draw(st.lists(st.integers(5, 40), min_size=1, max_size=6))
    bands = draw(st.text(letters, min_size=len(weights), max_size=len(weights)))
    return named(bands, weights)


@st.composite
def any_hours(draw: st.DrawFn) -> Hours:
    windows = {}
    for day in draw(st.sets(st.sampled_from(WEEKDAYS), min_size=1)):
        begin = draw(st.integers(0, 80))
        length = draw(st.integers(2, min(16, 95 - begin)))
        low, high = (time(*divmod(quarter * 15, 60)) for quarter in (begin, begin + length))
        windows[day] = (Window(start=low, end=high),)
    return Hours(windows=windows)


@st.composite
def whole_hours(draw: st.DrawFn) -> Hours:
    """Windows of whole hours in the evening, so that all blocks are equally long."""
    days = draw(st.dictionaries(st.sampled_from(WEEKDAYS), st.integers(1, 4), min_size=1))
    return Hours(
        windows={
            day: (Window(start=time(18), end=time(18 + length)),) for day, length in days.items()
        }
    )


@st.composite
def any_moment(draw: st.DrawFn) -> datetime:
    """A quarter of an hour between September and April, with both changes of the clock."""
    quarters = draw(st.integers(0, 4 * 24 * 240))
    return datetime(2026, 9, 1, tzinfo=BERLIN) + timedelta(minutes=15 * quarters)


@st.composite
def any_exam(draw: st.DrawFn, now: datetime, letters: str = "BNA") -> dict[str, Any]:
    """What belongs to one exam: its date, its reading and how its time is split."""
    booked = draw(st.booleans())
    end = now + timedelta(weeks=draw(st.integers(1, 9)), hours=draw(st.integers(0, 30)))
    return {
        "end": end,
        "exam_start": end if booked else None,
        "domains": draw(any_domains(letters)),
        "strategy": draw(st.sampled_from(STRATEGIES)),
    }


@st.composite
def any_room(draw: st.DrawFn, now: datetime) -> dict[str, Any]:
    """What all exams share: hours with all that belongs to them, what fills the calendar beside
    study, and the part of a week that is kept free."""
    starts = draw(st.lists(st.integers(0, 30 * 24 * 4), max_size=8))
    spans = ((now + timedelta(minutes=15 * at), timedelta(minutes=75)) for at in sorted(starts))
    off = draw(st.sets(st.integers(0, 40), max_size=3))
    hours = msgspec.structs.replace(
        draw(any_hours()),
        off=tuple(now.date() + timedelta(days=days) for days in sorted(off)),
        block_minutes=draw(st.sampled_from([30, 45, 60, 90, 120])),
        break_minutes=draw(st.sampled_from([0, 5, 15])),
        daily_minutes=draw(st.sampled_from([None, None, 20, 60, 100])),
        weekly_minutes=draw(st.sampled_from([None, None, 45, 150])),
        spare_minutes=draw(st.sampled_from([0, 20, 60])),
    )
    return {
        "hours": hours,
        "busy": tuple((start, start + length) for start, length in spans),
        "buffer_percent": draw(st.sampled_from([5, 15, 30])),
    }


@st.composite
def any_request(draw: st.DrawFn, letters: str = "BNA") -> PlanRequest:
    """A first plan on weekly windows alone."""
    now = draw(any_moment())
    return request(now=now, hours=draw(any_hours()), **draw(any_exam(now, letters)))


@st.composite
def any_requests(draw: st.DrawFn, least: int = 1, most: int = 3) -> list[PlanRequest]:
    """First plans of one or several exams on one calendar."""
    now = draw(any_moment())
    room = draw(any_room(now))
    exams = draw(st.lists(any_exam(now, "BNAU"), min_size=least, max_size=most))
    return [
        request(now=now, exam=f"EX-{number}", **room, **facts) for number, facts in enumerate(exams)
    ]


MARKS: Mapping[str, dict[str, Any]] = {
    "done": {"status": "done"},
    "partly done": {"status": "done", "spent": 15},
    "skipped": {"status": "skipped"},
    "pinned": {"pinned": True},
    "moved": {"moved": True},
}


@st.composite
def any_plans(draw: st.DrawFn, least: int = 1, most: int = 3) -> list[Plan]:
    """Plans of one or several exams some days later: blocks are ticked, skipped, pinned, moved,
    and the rest of what is past was missed."""
    requests = draw(any_requests(least, most))
    now = requests[0].now + timedelta(hours=draw(st.integers(0, 24 * 6)))
    plans = zip(requests, replan_all(requests), strict=True)
    return [
        (
            msgspec.structs.replace(made, now=now),
            msgspec.structs.replace(first, blocks=draw(_marked(first.blocks, now))),
        )
        for made, first in plans
    ]


@st.composite
def _marked(draw: st.DrawFn, blocks: Sequence[Block], now: datetime) -> tuple[Block, ...]:
    """Most marks are among the first blocks, past ones or of the next two days."""
    marks = draw(st.dictionaries(st.integers(0, 30), st.sampled_from(sorted(MARKS)), max_size=12))
    marked = list(blocks)
    for at, mark in marks.items():
        if at >= len(marked) or (mark == "moved" and marked[at].start <= now):
            continue
        block = msgspec.structs.replace(marked[at], **MARKS[mark])
        if mark == "moved":
            quarters = draw(st.integers(-8, 8))
            start = max(now, block.start + timedelta(minutes=15 * quarters))
            block = msgspec.structs.replace(block, start=start)
        marked[at] = block
    return tuple(marked)


@st.composite
def any_plan(draw: st.DrawFn) -> Plan:
    """The plan of one exam some days later."""
    (plan,) = draw(any_plans(most=1))
    return plan


# New windows are the least likely news, because they move every block.
SETTINGS = ("off", "block_minutes", "break_minutes", "daily_minutes", "weekly_minutes") * 2


@st.composite
def any_news(draw: st.DrawFn, least: int = 1, most: int = 3) -> list[PlanRequest]:
    """What the planner is asked after new facts: some of what belongs to the room of all, another
    reading, date or strategy for some of the exams. `existing` holds the plans so far."""
    plans = draw(any_plans(least, most))
    now = plans[0][0].now
    room = draw(any_room(now))
    changed = draw(st.sets(st.sampled_from((*SETTINGS, "windows")), min_size=1, max_size=2))
    new = {name: getattr(room["hours"], name) for name in changed}
    room["hours"] = msgspec.structs.replace(plans[0][0].hours, **new)
    told = {name: room[name] for name in draw(st.sets(st.sampled_from(sorted(room))))}
    facts = [draw(st.just({}) | any_exam(now, "BNAU") | _date_in(plan)) for plan in plans]
    return [again(*plan, **told, **own) for plan, own in zip(plans, facts, strict=True)]


def _date_in(plan: Plan) -> st.SearchStrategy[dict[str, Any]]:
    """A sitting that is booked while a block of the plan lies there."""
    ends = [b.start + timedelta(minutes=20) for b in plan[1].blocks if b.start > plan[0].now]
    return st.sampled_from(ends or [plan[0].end]).map(lambda at: {"end": at, "exam_start": at})
