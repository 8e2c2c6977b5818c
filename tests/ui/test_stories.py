"""Weeks lived by keyboard: the clock moves, the app stays open, and each key is one that a person
presses."""

from datetime import date, datetime, timedelta

import pytest
from textual import constants
from textual.widgets import Input

from coach.service.blocks import block_done
from coach.service.drafts import HoursDraft
from coach.service.service import Service
from coach.service.settings import set_hours
from coach.service.today import today
from coach.ui.app import CoachApp
from coach.ui.screens.confirm import Confirm
from coach.ui.screens.exam_forms import AttemptForm, PracticeForm, RatingForm
from coach.ui.screens.exams import ExamPicker
from coach.ui.screens.heatmap import HeatmapScreen
from coach.ui.screens.hours_editor import HoursEditor
from coach.ui.screens.report_form import ReportForm
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.schedule_sheets import DoneAfterAll, WaysOn
from coach.ui.screens.timeline import TimelineScreen
from coach.ui.screens.welcome import WelcomeScreen
from coach.ui.screens.your_data import UndoList
from coach.ui.widgets.schedule.board import PlanBoard
from tests.ui import desk
from tests.ui.stories import SIZES, form, statuses
from tests.ui.waiting import (
    front,
    on_screen,
    screen_lines,
    screen_text,
    settled_text,
    wait_until,
)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@SIZES
async def test_a_first_attempt_from_the_first_evening_to_the_pass(tmp_path, size):
    await first_attempt(tmp_path, size)


@pytest.mark.parametrize("colours", ["standard", "none"])
async def test_the_same_weeks_on_the_smallest_and_plainest_terminal(tmp_path, monkeypatch, colours):
    monkeypatch.setenv("COACH_ASCII", "1")
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "standard")
    if colours == "none":
        monkeypatch.setenv("NO_COLOR", "1")
    for shown in await first_attempt(tmp_path, (60, 20)):
        assert shown.isascii()
        assert shown.splitlines()[0].endswith("1 Timeline  2 Heatmap  3 Schedule")


async def first_attempt(folder, size):
    """Live those weeks; what was on screen at five moments."""
    clock, shown = desk.Clock(), []
    service = Service(folder, desk.ZONE, clock)
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, WelcomeScreen)
        await form(pilot, "e", ExamPicker)
        await pilot.press(*"az104", "enter")
        await on_screen(pilot, RatingForm)
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press(*"20 dec")
        await wait_until(pilot, lambda: "= Sun 20 Dec 2026" in screen_text(app))
        await pilot.press("enter", "b", "down", "n", "down", "n", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        assert service.view().schedule.basis == "self-rating"
        assert service.view().schedule.target == date(2026, 12, 20)
        # Nobody has said when there is time to study.
        await wait_until(pilot, lambda: "hours not set: a" in screen_text(app))
        await form(pilot, "a", HoursEditor)
        await pilot.press("ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: "hours not set" not in screen_text(app))
        shown.append(screen_text(app))

        first = min(service.state.facts.blocks.values(), key=lambda block: block.start)
        clock.now = first.end + timedelta(hours=2)
        await pilot.press("t", "space")
        await wait_until(pilot, lambda: service.state.facts.blocks[first.id].status == "done")
        shown.append(screen_text(app))
        await form(pilot, "p", PracticeForm)
        await pilot.press(*"7/10", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        await form(pilot, "b", AttemptForm)
        await pilot.press("tab")
        await pilot.press(*"18 dec 10:00", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: "18 Dec" in screen_text(app))
        shown.append(screen_text(app))

        clock.now = datetime(2026, 12, 18, 14, 0, tzinfo=desk.ZONE)
        await form(pilot, "n", ReportForm)
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        assert app.focused.value == "2026-12-18 10:00"
        await pilot.press("enter")
        await pilot.press(*"742", "ctrl+s")
        await on_screen(pilot, HeatmapScreen)
        shown.append(await settled_text(pilot, "742"))
        await pilot.press("1")
        await on_screen(pilot, TimelineScreen)
        shown.append(await settled_text(pilot, "PASSED"))
    assert service.view().retake.status == "passed"
    road = service.view().timeline.road
    assert (road.attempts, road.last_score, road.study_minutes) == (1, 742, first.minutes)
    return shown


@SIZES
async def test_a_report_of_the_wrong_exam_is_corrected_and_taken_back_and_redone(tmp_path, size):
    service = Service(tmp_path, desk.ZONE, desk.Clock())
    desk.report(service, "2026-11-20T10:00", 640)
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("1")
        await on_screen(pilot, TimelineScreen)
        await form(pilot, "c", ReportForm)
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press("up", "enter")
        await on_screen(pilot, ExamPicker)
        await pilot.press(*"az305", "enter")
        await on_screen(pilot, ReportForm)
        await wait_until(pilot, lambda: app.screen.draft().exam == "AZ-305")
        await pilot.press("ctrl+s")
        await on_screen(pilot, TimelineScreen)
        assert exams(service) == ["AZ-305"]
        await pilot.press("u", "y")
        await wait_until(pilot, lambda: exams(service) == ["AZ-104"])
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: exams(service) == ["AZ-305"])


def exams(service):
    return [report.exam for report in service.state.facts.reports.values()]


@SIZES
async def test_a_report_beside_the_keyboard_is_typed_with_an_everyday_date(tmp_path, size):
    service = Service(tmp_path, desk.ZONE, desk.Clock())
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, WelcomeScreen)
        await form(pilot, "n", ExamPicker)
        await pilot.press(*"az104", "enter")
        await on_screen(pilot, ReportForm)
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press(*"yesterday 10:00")
        await wait_until(pilot, lambda: "Sat 21 Nov" in screen_text(app))
        await pilot.press("down", *"640", *["down"] * 3, "b", "down", "n", "down", "n", "ctrl+s")
        await on_screen(pilot, HeatmapScreen)
        await pilot.press("1")
        await wait_until(pilot, lambda: "Sun 22 Nov 10:00" in screen_text(app))
        await pilot.press("3")
        await wait_until(pilot, lambda: "Mon 23 Nov 19:00" in screen_text(app))
    (attempt,) = service.state.facts.attempts.values()
    assert attempt.at == datetime(2026, 11, 21, 10, 0, tzinfo=desk.ZONE)
    # The first fail waits 24 hours.
    assert service.view().retake.earliest == datetime(2026, 11, 22, 10, 0, tzinfo=desk.ZONE)


@SIZES
@pytest.mark.parametrize("back", [date(2026, 12, 14), date(2027, 2, 22)], ids=str)
async def test_an_evening_is_ticked_late_and_idle_weeks_end_in_a_fresh_start(tmp_path, size, back):
    clock = desk.Clock()
    service = Service(tmp_path, desk.ZONE, clock)
    desk.report(service, "2026-11-21T10:00", 600, ("below", "below", "near", "near", "above"))
    blocks = sorted(service.state.facts.blocks.values(), key=lambda block: block.start)
    monday = [block for block in blocks if block.start.date() == date(2026, 11, 23)]
    tuesday = [block for block in blocks if block.start.date() == date(2026, 11, 24)]
    assert (len(monday), [block.start.hour for block in monday]) == (2, [19, 19])
    clock.now = datetime(2026, 11, 23, 20, 40, tzinfo=desk.ZONE)
    service = Service(tmp_path, desk.ZONE, clock)
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        assert "missed" not in screen_text(app)
        await pilot.press("space")
        await wait_until(pilot, lambda: statuses(service, monday) == ["done", "planned"])
        await pilot.press("t", "space")
        await wait_until(pilot, lambda: statuses(service, monday) == ["done", "done"])
        assert set(statuses(service, tuesday)) == {"planned"}

    clock.now = datetime(back.year, back.month, back.day, 9, 0, tzinfo=desk.ZONE)
    service = Service(tmp_path, desk.ZONE, clock)
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("r")
        await on_screen(pilot, DoneAfterAll)
        await pilot.press("enter")
        await on_screen(pilot, WaysOn)
        later = next(way for way in service.state.ways_on if way.kind == "later")
        assert later.target <= back + timedelta(weeks=9)
        await pilot.press("f")
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: service.state.ways_on == ())
        here = app.screen.query_one(PlanBoard)
        await wait_until(pilot, lambda: here.entry.block.start > clock.now)
        assert service.state.plan.backlog == ()
        assert statuses(service, monday) == ["done", "done"]
        await pilot.press("r")
        await wait_until(pilot, lambda: "Nothing moves" in screen_text(app))
    ahead = [block for block in service.state.facts.blocks.values() if block.start > clock.now]
    learned = {block.topic for block in monday if block.activity == "learn"}
    for block in sorted(ahead, key=lambda block: block.start):
        assert block.activity != "scenario" or block.topic in learned
        learned |= {block.topic} if block.activity in ("learn", "lab") else set()


@SIZES
async def test_a_retired_exam_hands_its_report_to_the_successor(tmp_path, size):
    clock = desk.Clock()
    service = Service(tmp_path, desk.ZONE, clock)
    clock.now = datetime(2026, 8, 20, 9, 0, tzinfo=desk.ZONE)
    desk.report(service, "2026-08-19T10:00", 640, ("below", "near", "near", "above"), "AZ-500")
    clock.now = datetime(2026, 11, 22, 9, 0, tzinfo=desk.ZONE)
    service = Service(tmp_path, desk.ZONE, clock)  # three months later
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: "retired" in screen_text(app))
        await pilot.press("1", "s")
        await wait_until(pilot, lambda: service.state.code == "SC-500")
        await form(pilot, "R", RatingForm)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: service.view("SC-500").schedule.basis == "self-rating")
    assert service.view("SC-500").retake.attempts_used == 0
    assert any(block.exam == "SC-500" for block in service.state.facts.blocks.values())


@SIZES
async def test_the_days_around_a_booked_exam_end_in_a_new_date_and_a_new_plan(tmp_path, size):
    desk.failed_twice(tmp_path)
    clock = desk.Clock()
    clock.now = datetime(2026, 12, 15, 18, 0, tzinfo=desk.ZONE)
    evening = await opened(Service(tmp_path, desk.ZONE, clock), size, "Exam tomorrow 10:00")
    assert "Exam tomorrow 10:00, test centre" in evening
    assert "Be there by 09:30" in evening
    clock.now = datetime(2026, 12, 16, 7, 30, tzinfo=desk.ZONE)
    morning = await opened(Service(tmp_path, desk.ZONE, clock), size, "exam 10:00")
    assert "Exam today 10:00, be there 09:30" in morning
    assert "may sit" not in evening + morning

    clock.now = datetime(2026, 12, 16, 14, 0, tzinfo=desk.ZONE)
    service = Service(tmp_path, desk.ZONE, clock)
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: "How did it go?" in screen_text(app))
        await form(pilot, "n", ReportForm)
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        assert app.focused.value == "2026-12-16 10:00"
        await pilot.press("enter")
        await pilot.press(*"690", "ctrl+s")
        await on_screen(pilot, HeatmapScreen)
        await wait_until(pilot, lambda: "690" in screen_text(app))
        assert "How did it go?" not in screen_text(app)
    # From the second fail on, fourteen days; the booking became the third of five attempts.
    assert service.view().retake.earliest == datetime(2026, 12, 30, 10, 0, tzinfo=desk.ZONE)
    assert service.view().retake.attempts_used == 3
    ahead = [block for block in service.state.facts.blocks.values() if block.start > clock.now]
    assert {block.status for block in ahead} == {"planned"}


@SIZES
async def test_a_night_shared_by_two_exams_is_one_evening_until_four(tmp_path, size):
    clock = desk.Clock()
    service = Service(tmp_path, desk.ZONE, clock)
    nights = tuple((day, "22:00-02:00" if day == "mon" else "") for day in WEEKDAYS)
    desk.done(service.act(set_hours, HoursDraft(windows=nights, clear=True)))
    desk.report(service, "2026-11-21T10:00", 640, ("below", "near"))
    desk.report(service, "2026-11-20T10:00", 640, ("below", "near"), "SC-300")
    blocks = sorted(service.state.facts.blocks.values(), key=lambda block: block.start)
    night = [block for block in blocks if block.start.date() <= date(2026, 11, 24)]
    assert [block.start.hour for block in night] == [22, 23, 0, 1]
    assert {block.exam for block in night} == {"AZ-104", "SC-300"}

    clock.now = datetime(2026, 11, 24, 1, 50, tzinfo=desk.ZONE)
    service = Service(tmp_path, desk.ZONE, clock)
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: "Now, until 02:00" in screen_text(app))
        assert "missed" not in screen_text(app)
        await pilot.press("space")
        await wait_until(pilot, lambda: statuses(service, night[3:]) == ["done"])
        assert {*statuses(service, night[:3] + blocks[4:])} == {"planned"}

    clock.now = datetime(2026, 11, 24, 3, 50, tzinfo=desk.ZONE)
    late = await opened(Service(tmp_path, desk.ZONE, clock), size, "space Done")
    assert "missed" not in late
    clock.now = datetime(2026, 11, 24, 4, 10, tzinfo=desk.ZONE)
    assert "missed" in await opened(Service(tmp_path, desk.ZONE, clock), size, "space Done")


async def opened(service, size, mark):
    """What the app shows on being opened, with `mark` on it."""
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        return await settled_text(pilot, mark)


@SIZES
async def test_a_missed_session_that_finds_no_room_is_written_off_and_asked_about_no_more(
    tmp_path, size
):
    clock = desk.Clock()
    service = Service(tmp_path, desk.ZONE, clock)
    desk.report(service, "2026-11-21T10:00", 640, ("below", "near", "near", "near", "above"))
    desk.report(service, "2026-11-20T10:00", 600, ("below", "near", "near", "near"), "SC-300")
    hours = (("mon", "19:00-20:30"), ("wed", "19:00-20:30"))
    desk.done(service.act(set_hours, HoursDraft(windows=hours)))
    monday = next(
        block
        for block in sorted(service.state.facts.blocks.values(), key=lambda block: block.start)
        if block.exam == "SC-300"
    )
    assert monday.start.date() == date(2026, 11, 23)

    clock.now = datetime(2026, 11, 25, 18, 0, tzinfo=desk.ZONE)
    service = Service(tmp_path, desk.ZONE, clock)
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: "1 missed" in screen_text(app))
        # The cursor waits at the next session, whatever planning moved meanwhile.
        (tonight,) = (
            block
            for block in service.state.facts.blocks.values()
            if block.exam == "SC-300" and block.start.date() == date(2026, 11, 25)
        )
        assert app.screen.query_one(PlanBoard).entry.block.id == tonight.id
        await pilot.press("r")
        await on_screen(pilot, DoneAfterAll)
        await pilot.press("enter")
        await on_screen(pilot, WaysOn)
        assert len(service.state.ways_on) == 3
        for way in service.state.ways_on:
            assert f"In simulation {round(10 * way.chance)} in 10" in screen_text(app)
        await pilot.press("f")
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: "1 missed" not in screen_text(app))
        assert statuses(service, [monday]) == ["skipped"]
        await pilot.press("r")
        await wait_until(pilot, lambda: "Nothing moves" in screen_text(app))
        assert "accept" not in screen_text(app)


@SIZES
async def test_undo_asks_before_it_reaches_into_yesterday_and_redo_brings_all_back(tmp_path, size):
    clock = desk.Clock()
    service = Service(tmp_path, desk.ZONE, clock)
    desk.report(service, "2026-11-21T10:00", 640, ("below", "near", "near", "near", "above"))
    blocks = sorted(service.state.facts.blocks.values(), key=lambda block: block.start)
    for day, evening in ((23, blocks[:2]), (24, blocks[2:4])):
        clock.now = datetime(2026, 11, day, 20, 40, tzinfo=desk.ZONE)
        service = Service(tmp_path, desk.ZONE, clock)
        for block in evening:
            desk.done(service.act(block_done, block.id))

    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("u", "u")  # today's are taken back without a question
        await wait_until(pilot, lambda: done(service, blocks) == blocks[:2])
        await pilot.press("u")
        await on_screen(pilot, Confirm)
        assert "Mon 23 Nov" in screen_text(app)
        await pilot.press("n")
        await on_screen(pilot, ScheduleScreen)
        assert done(service, blocks) == blocks[:2]
        await pilot.press("u", "y")
        await wait_until(pilot, lambda: done(service, blocks) == blocks[:1])
        await pilot.press("U")
        await on_screen(pilot, UndoList)
        await pilot.press("/")
        await pilot.press(*"21 nov")
        await wait_until(pilot, lambda: "= Sat 21 Nov 2026" in screen_text(app))
        # The report has that day in its name.
        await wait_until(pilot, lambda: "session:" not in front(screen_lines(app)))
        await pilot.press("escape", "/")
        await pilot.press(*"mon")  # yesterday
        await wait_until(pilot, lambda: "= Mon 23 Nov 2026" in screen_text(app))
        await wait_until(pilot, lambda: "yesterday 20:40" in front(screen_lines(app)))
        await pilot.press("escape", "escape")
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("ctrl+r", "ctrl+r", "ctrl+r")
        await wait_until(pilot, lambda: done(service, blocks) == blocks[:4])
        # Something new is no past any more that redo could bring back.
        await pilot.press("u")
        await wait_until(pilot, lambda: len(done(service, blocks)) == 3)
        await pilot.press("P", "ctrl+r")
        await wait_until(pilot, lambda: "othing to redo" in screen_text(app))


def done(service, blocks):
    return [block for block in blocks if service.state.facts.blocks[block.id].status == "done"]


CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//tests//EN
BEGIN:VEVENT
UID:1
DTSTART;TZID=Europe/Berlin:20261123T230000
DTEND;TZID=Europe/Berlin:20261123T234500
RRULE:FREQ=WEEKLY
SUMMARY:Handover
END:VEVENT
END:VCALENDAR
"""


@SIZES
async def test_two_exams_on_nights_painted_around_a_calendar(tmp_path, size):
    clock = desk.Clock()
    service = Service(tmp_path / "data", desk.ZONE, clock)
    desk.report(service, "2026-11-21T10:00", 640, ("below", "near"))
    desk.report(service, "2026-11-20T10:00", 640, ("below", "near"), "SC-300")
    (tmp_path / "work.ics").write_text(CALENDAR)
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await form(pilot, "a", HoursEditor)
        # Monday 21:00 to 24:00, and on to 02:00 of Tuesday; the cursor begins on Sunday 19:00.
        await pilot.press("0", *["left"] * 6, *["down"] * 4, "b", *["down"] * 5, "b")
        await pilot.press("right", *["pageup"] * 12, "b", *["down"] * 3, "b")
        await wait_until(pilot, lambda: "5h a week" in screen_text(app))
        app.screen.query_one("#hours-busy", Input).value = str(tmp_path / "work.ics")
        await pilot.press("ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: "work.ics" in screen_text(app))
    ahead = sorted(service.state.facts.blocks.values(), key=lambda block: block.start)
    night = [block for block in ahead if block.start.date() <= date(2026, 11, 24)]
    meeting = datetime(2026, 11, 23, 23, 0, tzinfo=desk.ZONE)
    assert {block.exam for block in night} == {"AZ-104", "SC-300"}
    assert all(b.end <= meeting or b.start >= meeting + timedelta(minutes=45) for b in night)
    assert max(block.end for block in night) == datetime(2026, 11, 24, 2, 0, tzinfo=desk.ZONE)

    clock.now = datetime(2026, 11, 24, 1, 55, tzinfo=desk.ZONE)
    service = Service(tmp_path / "data", desk.ZONE, clock)
    tonight = today(service.state)
    assert {each.exam for each in tonight.exams} == {"AZ-104", "SC-300"}
    assert [block.id for block in tonight.unticked] == [block.id for block in night[:-1]]
