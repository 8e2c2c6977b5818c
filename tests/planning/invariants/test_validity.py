"""Invariants 1 to 7: a schedule that can be kept.

They hold for what the planner places and leaves. A block that the user pinned or moved stays where
it was put, also outside the hours and upon another one. The waits, the cap and the passes of
invariant 7 are measured in `tests/policy`, by an oracle that walks to the date.
"""

import re
from collections import Counter
from collections.abc import Sequence, Set
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.model.plan import Block
from coach.planning.draft_plan import PlanRequest, PlanResult
from coach.planning.replan import replan_all
from coach.policy.retake import plan_until, recommend
from coach.wording import written
from tests.planning.any_plans import any_exam, any_news, any_requests, any_room
from tests.planning.plans import again, by_id, replan, request
from tests.planning.validity import (
    FROZEN,
    clear_of,
    free_intervals,
    inside,
    light_days,
    limit_of,
    loose,
    minutes_by_day,
    monday_of,
)

Plans = list[tuple[PlanRequest, PlanResult]]
NO_CAP = 7 * 24 * 60
NO_REST = timedelta(0)


@settings(max_examples=80)
@given(any_requests() | any_news())
def test_inv_01_to_05_on_first_plans_and_on_later_ones(requests: list[PlanRequest]) -> None:
    plans = list(zip(requests, replan_all(requests), strict=True))
    inv_01_blocks_lie_in_the_hours_and_beside_what_is_busy(plans)
    inv_02_blocks_keep_apart_and_within_the_caps(plans)
    inv_03_nothing_lies_in_the_past_or_after_the_date_and_its_eve_is_light(plans)
    inv_04_the_plan_is_full_and_says_what_is_short(plans)
    inv_05_no_block_is_lost_without_a_word(plans)


def inv_01_blocks_lie_in_the_hours_and_beside_what_is_busy(plans: Plans) -> None:
    for made, result in plans:
        for block in loose(made, result):
            assert inside(block, made.hours, made.zone)
            assert clear_of(block, made.busy)


def inv_02_blocks_keep_apart_and_within_the_caps(plans: Plans) -> None:
    """In all exams together."""
    hours, zone = plans[0][0].hours, plans[0][0].zone
    rest = timedelta(minutes=hours.break_minutes)
    placed = sorted((b for plan in plans for b in loose(*plan)), key=lambda b: b.start)
    assert all(a.end + rest <= b.start for a, b in pairwise(placed))
    every = [block for _, result in plans for block in result.blocks]
    ids = {block.id for block in placed}
    others = [(b.start, b.end) for b in every if b.id not in ids]
    # What the user put somewhere, and what has been, needs no break beside what is there already.
    there = {(b.id, b.start) for made, _ in plans for b in made.existing}
    for block in placed:
        assert clear_of(block, others, rest if (block.id, block.start) not in there else NO_REST)
    days, weeks = spent(every, zone)
    for day in minutes_by_day(placed, zone):
        assert days[day] <= (hours.daily_minutes or NO_CAP)
        assert weeks[monday_of(day)] <= (hours.weekly_minutes or NO_CAP)


def spent(blocks: Sequence[Block], zone: ZoneInfo) -> tuple[Counter[date], Counter[date]]:
    """The minutes of every day and of every week."""
    days, weeks = minutes_by_day(blocks, zone), Counter[date]()
    for day, minutes in days.items():
        weeks[monday_of(day)] += minutes
    return days, weeks


def inv_03_nothing_lies_in_the_past_or_after_the_date_and_its_eve_is_light(plans: Plans) -> None:
    """The next 48 hours stay, even where they have become an eve."""
    for made, result in plans:
        before = {block.id: block for block in made.existing}
        for block in result.blocks:
            assert block.start >= made.now or block == before[block.id]
            if block.status == "planned" and block.start >= made.now:
                assert block.end <= limit_of(made)
        light: Counter[date] = Counter()
        for block in loose(made, result):
            day = block.start.astimezone(made.zone).date()
            stays = block.id in before and block.start < made.now.astimezone(UTC) + FROZEN
            if day in light_days(made) and not stays:
                assert block.activity == "review"
                light[day] += 1
        assert max(light.values(), default=0) <= 1


def inv_04_the_plan_is_full_and_says_what_is_short(plans: Plans) -> None:
    """No block fits any more before the last date, but for light days, the frozen 48 hours and the
    time before a plan begins.

    The shortfall is what ten minutes a point of weight x gap exceed the study time by.
    """
    for made, result in plans:
        need = round(sum(d.priority for d in made.domains) * 10)
        assert result.shortfall_minutes == max(0, need - result.study_minutes)
    made, result = max(plans, key=lambda plan: limit_of(plan[0]))
    # Of exams on one date any may be the one that takes what is left.
    last = (light_days(m) for m, _ in plans if limit_of(m) == limit_of(made))
    light: set[date] = set().union(*last)
    every = [block for _, result in plans for block in result.blocks]
    later = any(made.existing for made, _ in plans)
    start = made.now.astimezone(UTC) + FROZEN if later else made.now
    start = max(start, made.begin or start)
    if not result.reason:
        assert room_left(made, every, start, light) == []


def room_left(
    made: PlanRequest, blocks: Sequence[Block], start: datetime, light: Set[date]
) -> list[datetime]:
    """Where one more session would fit; the first quarter of an hour is for getting there."""
    caps = [made.hours.daily_minutes or NO_CAP, made.hours.weekly_minutes or NO_CAP]
    days, weeks = spent(blocks, made.zone)
    found = []
    for (low, high), (begin, end) in free_intervals(made, blocks, start):
        day = low.astimezone(made.zone).date()
        # Three quarters of a block, or all of a window or cap that has no room for it.
        least = min(made.hours.block_minutes * 3 // 4, (end - begin).seconds // 60, *caps)
        least = max(20, least // 5 * 5)
        free = (high - low).seconds // 60 - (15 if low == start else 0)
        left = min(free, caps[0] - days[day], caps[1] - weeks[monday_of(day)])
        if left >= least and day not in light:
            found.append(low)
    return found


def inv_05_no_block_is_lost_without_a_word(plans: Plans) -> None:
    """Study and shortfall are the need, to the minute; what goes is a change with its reason; and
    a missed block is made up for once or named."""
    for made, result in plans:
        after, before = by_id(result), {block.id: block for block in made.existing}
        gone = {c.before.id: c.reason for c in result.changes if c.before and not c.after}
        assert before.keys() - after.keys() == gone.keys()
        assert all(written(reason) for reason in gone.values())
        if result.reason:
            continue
        names = {domain.name for domain in made.domains}
        studied = [b for b in result.blocks if b.domain in names and counts_for(made, b)]
        assert result.study_minutes == sum(block.minutes for block in studied)
        need = round(sum(d.priority for d in made.domains) * 10)
        assert result.study_minutes + result.shortfall_minutes == max(need, result.study_minutes)
        missed_blocks_are_made_up_for_or_named(made, result)


def counts_for(made: PlanRequest, block: Block) -> bool:
    """Whether a block is study since the report: done, or not over yet."""
    if block.status == "done":
        return block.start >= made.start
    return block.status == "planned" and not is_missed(made, block)


def is_missed(made: PlanRequest, block: Block) -> bool:
    """Whether its study day, which lasts until four in the morning, is over."""
    if block.status != "planned":
        return False
    evening = block.start - timedelta(hours=4)
    morning = evening.replace(hour=4, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return made.now >= morning and made.now >= block.end


def missed_blocks_are_made_up_for_or_named(made: PlanRequest, result: PlanResult) -> None:
    shared = {row.domain for row in result.allocation if row.share}
    missed = {
        block.id: block
        for block in made.existing
        if is_missed(made, block) and block.start >= made.start and block.domain in shared
    }
    made_up = [block.makes_up for block in result.blocks if block.makes_up]
    assert len(made_up) == len(set(made_up))
    left = [block for key, block in missed.items() if key not in made_up]
    named = [written(note) for note in result.notes if note.code == "MISSED"]
    found = [re.match(r"(\d+) sessions? you missed \((?:(\d+)h ?)?(\d+)?", text) for text in named]
    told = [tuple(int(part or 0) for part in match.groups()) for match in found if match]
    total = sum(block.minutes for block in left)
    assert told == ([(len(left), *divmod(total, 60))] if left else [])


@settings(max_examples=30)
@given(any_news(), st.data())
def test_inv_05_a_place_found_for_a_missed_block_is_not_lost_later(
    requests: list[PlanRequest], data: st.DataObject
) -> None:
    """Once more, with other dates: they take places from blocks that make up for missed ones."""
    later = []
    for made, result in zip(requests, replan_all(requests), strict=True):
        facts = data.draw(st.just({}) | any_exam(made.now, "BNAU"))
        later.append(again(made, result, **facts))
    for made, result in zip(later, replan_all(later), strict=True):
        if not result.reason:
            missed_blocks_are_made_up_for_or_named(made, result)


# Clocks go back and forward on these days; the zone without changes has Berlin's winter time.
CHANGES = date(2026, 10, 25), date(2027, 3, 28)
STILL = ZoneInfo("Etc/GMT-1")


@st.composite
def around_a_change(draw: st.DrawFn) -> tuple[PlanRequest, dict[str, Any]]:
    """A first plan across a change of the clock, and news some days later."""
    change = draw(st.sampled_from(CHANGES))
    quarters = draw(st.integers(0, 20 * 24 * 4))
    now = datetime(change.year, change.month, change.day, tzinfo=request().zone)
    now -= timedelta(minutes=15 * quarters)
    made = request(now=now, **draw(any_room(now)), **draw(any_exam(now)))
    later = now + timedelta(days=draw(st.integers(0, 9)))
    end = made.end + timedelta(weeks=draw(st.integers(-1, 2)))
    room = draw(any_room(later))
    news = {"now": later, "end": end, "exam_start": made.exam_start and end, "busy": room["busy"]}
    # The frozen 48 hours are elapsed ones, so they reach to another wall time across a change.
    assume(not any(later.date() <= day <= later.date() + timedelta(days=2) for day in CHANGES))
    return made, news


def on_wall(value: Any, zone: ZoneInfo) -> Any:
    """The same wall times in another zone."""
    if isinstance(value, tuple):
        return tuple(on_wall(part, zone) for part in value)
    return value.replace(tzinfo=zone) if isinstance(value, datetime) else value


def in_zone(facts: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    return {name: on_wall(value, zone) for name, value in facts.items()}


def wall_times(result: PlanResult) -> list[tuple[datetime, int]]:
    """When blocks begin and how long they are, without the days on which the clock changes."""
    found = [(block.start.replace(tzinfo=None), block.minutes) for block in result.blocks]
    return [row for row in found if row[0].date() not in CHANGES]


@settings(max_examples=40)
@given(around_a_change())
def test_inv_06_a_clock_change_moves_no_wall_time_and_no_length(
    plan: tuple[PlanRequest, dict[str, Any]],
) -> None:
    """A plan across the change has the wall times of the same plan where no clock changes."""
    made, news = plan
    dates = {"now": made.now, "start": made.start, "end": made.end, "busy": made.busy,
             "exam_start": made.exam_start, "begin": made.begin}  # fmt: skip
    still = replace(made, zone=STILL, **in_zone(dates, STILL))
    for _ in ("first", "later"):
        here, there = replan(made), replan(still)
        assert wall_times(here) == wall_times(there)
        for block in here.blocks:
            assert block.start.utcoffset() == block.start.astimezone(made.zone).utcoffset()
            assert block.end - block.start == timedelta(minutes=block.minutes)
        made, still = again(made, here, **news), again(still, there, **in_zone(news, STILL))


DAYS = st.integers(0, 60)


@settings(max_examples=60)
@given(DAYS, DAYS, st.none() | DAYS, DAYS, st.sampled_from([(4, 6), (3, 4), (2, 3)]))
def test_inv_07_the_day_planned_for_is_a_legal_one(
    report: int, wait: int, ends: int | None, passed: int, weeks: tuple[int, int]
) -> None:
    """Not before the legal day, and not after the exam's last one, however late it is."""
    first = date(2026, 11, 1)
    reported = first + timedelta(days=report)
    legal, today = reported + timedelta(days=wait), reported + timedelta(days=passed)
    retires = None if ends is None else first + timedelta(days=ends)
    window = recommend(reported, weeks, "basis", earliest=legal, retires=retires)
    if retires is not None and legal > retires:
        assert window is None
        return
    assert window is not None
    days = [legal, window.from_, window.until, plan_until(window.until, today, retires)]
    assert days[:3] == sorted(days[:3])
    assert legal <= days[3]
    assert max(days) <= (retires or date.max)
