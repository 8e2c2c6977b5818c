"""Moving a block by keys: where it goes, what stands in its way, and what is saved."""

from datetime import date, datetime, time
from functools import partial

import pytest
from msgspec.structs import replace

from coach.model.settings import DEFAULT_HOURS, BusyTimes, Hours, Window
from coach.service.availability import Spot, busy_times, gives_way, in_the_way, spot_of
from coach.service.availability import next_free as next_free_time
from coach.service.outcome import Done, Refused
from coach.service.refusal import Problem
from coach.ui.app import CoachApp
from coach.ui.screens.move import MoveSheet, day_of, move_rows, others_on, why_not
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.widgets.rows import row_width
from coach.ui.widgets.schedule.board import PlanBoard
from coach.ui.widgets.schedule.plan_view import arrange
from coach.wording import phrased
from tests.ui import plans, samples
from tests.ui.fakes import FakeService
from tests.ui.waiting import screen_text, wait_until

VIEW = arrange(plans.FULL, DEFAULT_HOURS, samples.NOW)
MOVED = VIEW.entry["b0-3"]  # Wed 25 Nov 19:00, 45 minutes; it is Wed 18:30
WEDNESDAY, THURSDAY, SATURDAY = date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 28)


def clashes(spot):
    taken = in_the_way(others_on(VIEW, MOVED, spot.day), spot)
    return tuple(block for block in taken if not gives_way(block))


def next_free(view, moved, spot, days=60):
    return next_free_time(view.hours, view.now, partial(others_on, view, moved), spot, days)


def test_a_place_stays_inside_its_day_and_the_lengths_that_are_accepted():
    spot = Spot(WEDNESDAY, 19 * 60, 45)
    assert spot.shifted(days=1, minutes=-60, longer=15) == Spot(THURSDAY, 18 * 60, 60)
    assert spot.shifted(minutes=600) == Spot(WEDNESDAY, 23 * 60 + 45, 45)
    assert spot.shifted(minutes=-6000, longer=-60) == Spot(WEDNESDAY, 0, 15)
    assert spot.shifted(longer=6000).minutes == 480


def test_a_missed_block_starts_from_the_next_time_it_could_be():
    missed = VIEW.entry["b0-1"]  # Mon 19:45
    assert spot_of(missed.block, samples.NOW) == Spot(WEDNESDAY, 19 * 60 + 45, 45)
    assert spot_of(missed.block, samples.at(2026, 11, 25, 20)) == Spot(THURSDAY, 19 * 60 + 45, 45)
    assert spot_of(MOVED.block, samples.NOW) == Spot(WEDNESDAY, 19 * 60, 45)


def test_a_clash_is_with_what_is_still_to_do_and_never_with_a_buffer():
    assert [block.id for block in clashes(Spot(WEDNESDAY, 20 * 60, 45))] == ["b0-4"]
    assert clashes(Spot(WEDNESDAY, 18 * 60, 90)) == ()
    monday_of_done_and_missed = Spot(date(2026, 11, 23), 19 * 60, 90)
    assert clashes(monday_of_done_and_missed) == ()
    buffer = Spot(SATURDAY, 12 * 60, 45)
    assert clashes(buffer) == ()


def test_the_next_free_place_lies_inside_the_hours_and_may_be_a_buffer():
    # Wed is full, Thu has 19:00-20:00 taken of 19:00-20:30, Sat is full up to the buffer at 12:00.
    assert next_free(VIEW, MOVED, spot_of(MOVED.block, samples.NOW)) == Spot(SATURDAY, 12 * 60, 45)
    short = Spot(WEDNESDAY, 19 * 60, 30)
    assert next_free(VIEW, MOVED, short) == Spot(THURSDAY, 20 * 60, 30)
    assert next_free(VIEW, MOVED, Spot(WEDNESDAY, 0, 480), days=30) is None


@pytest.mark.parametrize(
    ("hour", "minute", "after", "found"),
    [
        pytest.param(19, 59, 0, Spot(THURSDAY, 20 * 60, 30), id="a-minute-ahead"),
        pytest.param(20, 0, 0, Spot(SATURDAY, 12 * 60, 30), id="begins-now"),
        pytest.param(9, 0, 20 * 60 - 1, Spot(THURSDAY, 20 * 60, 30), id="a-minute-after-the-place"),
        pytest.param(9, 0, 20 * 60, Spot(SATURDAY, 12 * 60, 30), id="is-the-place"),
    ],
)
def test_the_next_free_place_is_after_now_and_after_the_place_it_had(hour, minute, after, found):
    now = samples.at(2026, 11, 26, hour, minute)
    others = partial(others_on, VIEW, MOVED)
    assert next_free_time(VIEW.hours, now, others, Spot(THURSDAY, after, 30)) == found


LATE = Hours(windows={"wed": (Window(start=time(22), end=time(2)),)})


@pytest.mark.parametrize(
    ("after", "found"),
    [
        pytest.param(Spot(WEDNESDAY, 0, 240), Spot(WEDNESDAY, 22 * 60, 240), id="over-midnight"),
        pytest.param(Spot(WEDNESDAY, 22 * 60, 60), Spot(THURSDAY, 0, 60), id="the-night"),
        pytest.param(Spot(WEDNESDAY, 0, 241), None, id="too-long"),
    ],
)
def test_a_free_place_may_lie_in_the_night(after, found):
    assert next_free_time(LATE, samples.NOW, lambda day: (), after, 7) == found


BUSY = BusyTimes(
    name="work.ics",
    read=samples.NOW,
    until=samples.at(2027, 3, 1),
    spans=(
        (samples.at(2026, 11, 26, 20), samples.at(2026, 11, 26, 23)),
        (samples.at(2026, 11, 28, 12), samples.at(2026, 11, 30, 8)),
    ),
)
WITH_BUSY = arrange(plans.FULL, replace(DEFAULT_HOURS, busy=BUSY), samples.NOW)


def test_the_next_free_place_is_none_that_the_calendar_has_taken():
    # Thu from 20:00 and Sat from 12:00 are busy, Sun has no hours; Mon and Tue are full.
    short = Spot(WEDNESDAY, 19 * 60, 30)
    found = next_free(WITH_BUSY, MOVED, short)
    assert found is not None
    assert found.day > SATURDAY
    assert busy_times(WITH_BUSY.hours, SATURDAY, samples.ZONE) == [(12 * 60, 24 * 60)]
    assert busy_times(WITH_BUSY.hours, date(2026, 11, 30), samples.ZONE) == [(0, 8 * 60)]
    assert busy_times(WITH_BUSY.hours, WEDNESDAY, samples.ZONE) == []


def test_a_busy_time_is_named_and_may_still_be_chosen():
    shown = plans.text_of(move_rows(MOVED, Spot(THURSDAY, 20 * 60, 30), "", WITH_BUSY, 70))
    assert "your calendar is busy then" in shown
    assert "hours 19:00–20:30, busy 20:00–23:00" in shown


def test_a_booked_exam_is_named_and_its_time_may_still_be_chosen():
    spot = Spot(THURSDAY, 20 * 60, 30)
    shown = plans.text_of(move_rows(MOVED, spot, "", WITH_BUSY, 70, "AZ-305"))
    assert "AZ-305 is booked then" in shown
    assert "your calendar is busy then" not in shown


def test_a_day_outside_the_plan_has_its_hours():
    assert day_of(VIEW, date(2027, 3, 1)).capacity == 90
    assert day_of(VIEW, date(2027, 3, 5)).capacity == 0


@pytest.mark.parametrize("width", [48, 70])
def test_the_sheet_shows_from_where_to_where_and_what_is_in_the_way(width):
    taken = phrased(
        "{} overlaps [/x] at 19:45", datetime(2026, 11, 25, 20, tzinfo=samples.NOW.tzinfo)
    )
    problem = Problem("when", taken, None, "type a free time")
    words = why_not(Refused((problem,)))
    rows = move_rows(MOVED, Spot(WEDNESDAY, 20 * 60, 45), words, VIEW, width)
    assert all(row_width(row) <= width for row in rows)
    shown = plans.text_of(rows)
    assert "from  Wed 25 Nov 19:00, 45 min" in shown
    assert "to    Wed 25 Nov 20:00, 45 min" in shown
    words = " ".join(shown.split())
    assert "! 25 Nov 20:00 overlaps [/x] at 19:45; f finds a free place." in words
    assert "hours 19:00–20:30" in shown
    assert "! ▌ 19:45" in shown
    assert "▸ ▌ 20:00" in shown


@pytest.mark.parametrize(
    ("spot", "words"),
    [
        (spot_of(MOVED.block, samples.NOW), "where it is"),
        (Spot(THURSDAY, 19 * 60, 90), "free, inside your hours"),
        (Spot(THURSDAY, 18 * 60, 45), "free, outside your hours"),
        (Spot(SATURDAY, 12 * 60, 45), "catch-up time gives way"),
        (Spot(date(2026, 11, 27), 18 * 60, 45), "no study hours"),
    ],
)
def test_it_says_what_kind_of_place_it_is(spot, words):
    assert words in plans.text_of(move_rows(MOVED, spot, "", VIEW, 70))


async def test_keys_move_the_block_and_nothing_is_saved_before_enter(size):
    service = FakeService(block_move=Done(state=samples.STATE, message="Moved."))
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: app.screen.query_one(PlanBoard).entry)
        await pilot.press("m", "right", "right", "up", "pageup", "plus")
        await wait_until(pilot, lambda: "Fri 27 Nov 17:45, 1h" in screen_text(app))
        assert {name for name, _ in service.calls} == {"preview_block_move"}
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        saved = ("b0-3", "2026-11-27 17:45", "60", samples.STATE)
        assert service.calls[-1] == ("block_move", saved)


async def test_a_place_that_is_taken_is_told_and_the_sheet_stays_at_any_size():
    refused = Refused((Problem("when", "it overlaps [odd] at 19:45."),))
    service = FakeService(preview_block_move=refused, block_move=refused)
    app = CoachApp(service)
    async with app.run_test(size=(60, 20)) as pilot:
        await wait_until(pilot, lambda: app.screen.query_one(PlanBoard).entry)
        await pilot.press("m", "down")
        await wait_until(pilot, lambda: "overlaps [odd] at 19:45" in screen_text(app))
        await pilot.resize_terminal(1, 1)
        await pilot.resize_terminal(60, 20)
        await pilot.press("enter")
        assert isinstance(app.screen, MoveSheet)
        await pilot.press("m")
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))


async def test_the_days_of_the_week_stand_apart_on_the_smallest_screen():
    async with CoachApp(FakeService()).run_test(size=(60, 20)) as pilot:
        await wait_until(pilot, lambda: pilot.app.screen.query_one(PlanBoard).entry)
        await pilot.press("m")
        await wait_until(pilot, lambda: "▸We 25  Th 26" in screen_text(pilot.app))
