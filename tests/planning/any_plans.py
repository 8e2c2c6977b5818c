"""Requests and plans of all kinds, for the properties of the planner."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

import msgspec
from hypothesis import strategies as st

from coach.model.plan import STRATEGY_SETTINGS, Block
from coach.model.settings import WEEKDAYS, Hours, Window
from coach.planning.draft_plan import PlanRequest
from coach.planning.replan import replan_all
from coach.reading.priority import DomainReading
from tests.planning.plans import BERLIN, Plan, again, named, request


@st.composite
def any_domains(draw: st.DrawFn, letters: str = "BNA") -> tuple[DomainReading, ...]:
    weights = draw(st.lists(st.integers(5, 40), min_size=1, max_size=6))
    bands = draw(st.text(letters, min_size=len(weights), max_size=len(weights)))
    return named(bands, weights)


@st.composite
def _maybe_on_a_base(draw: st.DrawFn, letters: str) -> tuple[DomainReading, ...]:
    """Domains of which the catalogue may say that the others build on one."""
    domains = draw(any_domains(letters))
    base = draw(st.none() | st.integers(0, len(domains) - 1))
    return tuple(
        msgspec.structs.replace(domain, foundation=number == base)
        for number, domain in enumerate(domains)
    )


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
        "domains": draw(_maybe_on_a_base(letters)),
        "strategy": draw(st.sampled_from(STRATEGY_SETTINGS)),
    }


@st.composite
def any_room(draw: st.DrawFn, now: datetime) -> dict[str, Any]:
    """What all exams share: hours with all that belongs to them, what fills the calendar beside
    study, the part of a week that is kept free, and when plans begin."""
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
        "begin": draw(st.none() | st.integers(0, 96).map(lambda h: now + timedelta(hours=h))),
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
