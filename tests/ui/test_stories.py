"""Weeks lived by keyboard: the clock moves, the app stays open, and each key is one that a person
presses."""

from datetime import datetime, timedelta

import pytest
from textual.widgets import Input

from coach.service import Service
from coach.ui.app import CoachApp
from coach.ui.screens.exam_forms import AttemptForm, PracticeForm, RatingForm
from coach.ui.screens.exams import ExamPicker
from coach.ui.screens.heatmap import HeatmapScreen
from coach.ui.screens.report_form import ReportForm
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.timeline import TimelineScreen
from coach.ui.screens.welcome import WelcomeScreen
from tests.ui import desk
from tests.ui.waiting import on_screen, screen_text, wait_until

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


class Clock:
    """A clock that stands until it is moved."""

    now = desk.NOW

    def __call__(self, zone):
        return self.now.astimezone(zone)


async def form(pilot, key, kind):
    await pilot.press(key)
    await on_screen(pilot, kind)
    await wait_until(pilot, lambda: pilot.app.focused is not None)


async def typed(pilot, text):
    await pilot.press(*("space" if letter == " " else letter for letter in text))


@SIZES
async def test_a_first_attempt_from_the_first_evening_to_the_pass(tmp_path, size):
    clock = Clock()
    service = Service(tmp_path, desk.ZONE, clock)
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, WelcomeScreen)
        await form(pilot, "e", ExamPicker)
        await typed(pilot, "az104")
        await pilot.press("enter")
        await on_screen(pilot, ScheduleScreen)
        await form(pilot, "R", RatingForm)
        await pilot.press("b", "down", "n", "down", "n", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        assert service.view().schedule.basis == "self-rating"

        first = min(service.state.facts.blocks.values(), key=lambda block: block.start)
        clock.now = first.end + timedelta(hours=2)
        await pilot.press("t", "space")
        await wait_until(pilot, lambda: service.state.facts.blocks[first.id].status == "done")
        await form(pilot, "p", PracticeForm)
        await typed(pilot, "7/10")
        await pilot.press("ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        await form(pilot, "b", AttemptForm)
        await pilot.press("tab")
        await typed(pilot, "18 dec 10:00")
        await pilot.press("ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: "Fri 18 Dec" in screen_text(app))

        clock.now = datetime(2026, 12, 18, 14, 0, tzinfo=desk.ZONE)
        await form(pilot, "n", ReportForm)
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        assert app.focused.value == "2026-12-18 10:00"
        await pilot.press("enter")
        await typed(pilot, "742")
        await pilot.press("ctrl+s")
        await on_screen(pilot, HeatmapScreen)
    assert service.view().retake.status == "passed"
    road = service.view().timeline.road
    assert (road.attempts, road.last_score, road.study_minutes) == (1, 742, first.minutes)


@SIZES
async def test_a_report_of_the_wrong_exam_is_corrected_and_taken_back_and_redone(tmp_path, size):
    service = Service(tmp_path, desk.ZONE, Clock())
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
        await typed(pilot, "az305")
        await pilot.press("enter")
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
