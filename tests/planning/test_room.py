"""The room for study: block length, breaks, caps and busy times, in first plans and later ones."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise

import msgspec
import pytest

from coach.model.plan import Block
from coach.model.settings import DEFAULT_HOURS, Hours
from coach.planning.calendar import Sizes, lengths
from coach.planning.replan import replan_all
from tests.planning.plans import (
    BERLIN,
    NOW,
    again,
    end_of,
    hours,
    readings,
    replan,
    request,
)


def week(**changes: object) -> Hours:
    return msgspec.structs.replace(DEFAULT_HOURS, **changes)


def shown(blocks: tuple[Block, ...], day: int) -> list[str]:
    return [f"{b.start:%H:%M}+{b.minutes}" for b in blocks if b.start.day == day]


@pytest.mark.parametrize(
    ("minutes", "longest", "rest", "blocks"),
    [
        (240, 60, 10, (50, 50, 50, 50)),  # 50 + 10 + 50 + 10 + 50 + 10 + 50 = 230
        (90, 60, 10, (60,)),  # two of 40 would be too short
        (240, 90, 0, (80, 80, 80)),
        (240, 90, 15, (70, 70, 70)),
        (90, 30, 0, (30, 30, 30)),
        (60, 90, 0, ()),
    ],
)
def test_lengths_with_breaks(
    minutes: int, longest: int, rest: int, blocks: tuple[int, ...]
) -> None:
    assert lengths(minutes, Sizes(longest, longest * 3 // 4 // 5 * 5, rest)) == blocks


@pytest.mark.parametrize(
    ("changes", "saturday", "monday"),
    [
        ({}, ["09:00+60", "10:00+60", "11:00+60", "12:00+60"], ["19:00+45", "19:45+45"]),
        ({"break_minutes": 10}, ["09:00+50", "10:00+50", "11:00+50", "12:00+50"], ["19:00+60"]),
        ({"block_minutes": 90}, ["09:00+80", "10:20+80", "11:40+80"], ["19:00+90"]),
        ({"daily_minutes": 90}, ["09:00+45", "09:45+45"], ["19:00+45", "19:45+45"]),
        ({"daily_minutes": 30}, ["09:00+30"], ["19:00+30"]),
    ],
)
def test_a_first_plan_keeps_to_the_settings(
    changes: dict[str, int], saturday: list[str], monday: list[str]
) -> None:
    blocks = replan(request(hours=week(**changes))).blocks
    assert shown(blocks, 28) == saturday
    assert shown(blocks, 30) == monday


def test_the_weekly_cap_holds_for_all_exams_together() -> None:
    capped = week(weekly_minutes=300)
    near = request("BNNA", weeks=4, exam="AZ-500", hours=capped)
    far = request("NNAA", weeks=8, exam="AZ-104", hours=capped)
    results = replan_all([near, far])
    weeks: Counter[tuple[int, int]] = Counter()
    for block in (block for result in results for block in result.blocks):
        weeks[block.start.isocalendar()[:2]] += block.minutes
    assert all(result.blocks for result in results)
    # 300 minutes hold five hours or six blocks of 45.
    assert max(weeks.values()) <= 300
    assert min(list(weeks.values())[1:-1]) >= 255


def test_a_new_meeting_moves_its_blocks_and_only_those() -> None:
    made = request()
    first = replan(made)
    tuesday = datetime(2026, 12, 1, 19, 30, tzinfo=BERLIN)
    busy = ((tuesday, tuesday + timedelta(minutes=30)),)
    second = replan(again(made, first, busy=busy))
    lost = {b.id for b in first.blocks if b.start.date() == tuesday.date()}
    assert len(lost) == 2
    moved = {c.before.id for c in second.changes if c.before and c.kind == "moved"}
    assert moved == lost
    assert all(b.start.date() != tuesday.date() for b in second.blocks)
    assert replan(again(made, second, busy=busy)).changes == ()


def test_a_meeting_in_the_next_48_hours_moves_what_lies_there() -> None:
    made = request()
    first = replan(made)
    start = first.blocks[0].start
    busy = ((start, start + timedelta(minutes=15)),)
    second = replan(again(made, first, busy=busy))
    assert all(end_of(b) <= start or busy[0][1] <= b.start for b in second.blocks)


def test_a_new_block_length_divides_the_time_anew() -> None:
    made = request()
    first = replan(made)
    second = replan(again(made, first, hours=week(block_minutes=90)))
    assert {b.minutes for b in second.blocks} == {80, 90}
    assert {b.minutes for b in replan(again(made, second)).blocks} == {45, 60}


def test_a_short_window_off_the_five_minute_grid_keeps_its_block() -> None:
    made = request(hours=hours(sat="09:00-09:44", mon="19:00-20:00"))
    first = replan(made)
    assert "09:00+40" in shown(first.blocks, 28)
    assert replan(again(made, first)).changes == ()


def test_a_lower_cap_moves_only_what_is_too_much() -> None:
    made = request()
    first = replan(made)
    second = replan(again(made, first, hours=week(daily_minutes=120)))
    saturday = [b for b in first.blocks if b.start.day == 28]
    kept = {b.id for b in second.blocks if b.start.day == 28}
    assert kept == {b.id for b in saturday[:2]}


def test_two_exams_keep_the_break_between_them() -> None:
    spaced = week(break_minutes=15)
    results = replan_all([
        request("BNNA", exam="AZ-500", hours=spaced), request("NNAA", exam="AZ-104", hours=spaced),
    ])  # fmt: skip
    blocks = sorted((b for r in results for b in r.blocks), key=lambda b: b.start)
    assert all(end_of(a) + timedelta(minutes=15) <= b.start for a, b in pairwise(blocks))
    assert {d.name for d in readings("BNNA")} >= {b.domain for b in blocks if b.domain}
    assert blocks[0].start >= NOW
