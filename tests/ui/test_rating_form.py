"""A person's own level, by story: an exam tracked anew, its successor, and one that is dropped."""

import re
from datetime import date

import pytest
from textual.widgets import Input

from coach.model.answers import SELF_RATING
from coach.service.settings import select
from coach.ui.app import CoachApp
from coach.ui.screens.confirm import Confirm
from coach.ui.screens.exam_forms import RatingForm
from coach.ui.screens.exams import ExamPicker
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.welcome import WelcomeScreen
from coach.ui.widgets.band_field import BandInput, DomainField, TopicFlag
from coach.ui.widgets.heatmap.grid import HeatGrid
from tests.ui import desk
from tests.ui.waiting import on_screen, screen_text, wait_until

NEAR_CELL = re.compile(r"Storage .*?\b(N|near)\b", re.DOTALL)
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


async def opened(pilot):
    await pilot.press("R")
    await on_screen(pilot, RatingForm)
    await wait_until(pilot, lambda: isinstance(pilot.app.focused, BandInput))


def typed(app):
    return [row.value for row in app.screen.query(DomainField)]


def bands(service, code):
    return [row.band for row in service.view(code).rating.domains]


@SIZES
async def test_an_exam_tracked_anew_is_rated_by_keys_and_its_plan_follows(tmp_path, size):
    service = desk.service_in(tmp_path)
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, WelcomeScreen)
        await pilot.press("e")
        await on_screen(pilot, ExamPicker)
        await pilot.press(*"az104", "enter")
        # The goal date and the own level are asked for; the plan is there without an answer.
        await on_screen(pilot, RatingForm)
        await wait_until(pilot, lambda: "Goal date" in screen_text(app))
        await pilot.press("escape")
        await on_screen(pilot, ScheduleScreen)
        assert service.view().schedule.basis == "weights"
        await opened(pilot)
        assert "Goal date" not in screen_text(app)
        await pilot.press("b", "down", "n", "down", "a", "down", "a", "minus", "down", "n")
        await pilot.press("backspace")
        assert typed(app) == ["below", "near", "above", "", ""]
        await pilot.press("ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        assert service.view().schedule.basis == "self-rating"
        assert bands(service, "AZ-104") == ["below", "near", "above", "unknown", "unknown"]
        await pilot.press("2")
        await wait_until(pilot, lambda: app.current_mode == "heatmap")
        await wait_until(pilot, lambda: app.screen.query_one(HeatGrid).head is not None)
        assert app.screen.query_one(HeatGrid).head.report == SELF_RATING
        await wait_until(pilot, lambda: NEAR_CELL.search(screen_text(app)))
        await pilot.press("c")  # what the marked column shows, and here that is the rating
        await on_screen(pilot, RatingForm)
        await pilot.press("escape")
        await opened(pilot)
        assert typed(app) == ["below", "near", "above", "", ""]
        await wait_until(pilot, lambda: "Your rating of Sun 22 Nov 2026" in screen_text(app))


def notices(app):
    return [notification.message for notification in app._notifications]


@SIZES
async def test_the_form_is_skipped_with_escape_on_every_screen(tmp_path, size):
    service = desk.service_in(tmp_path)
    desk.done(service.act(select, "AZ-104"))
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        for key, mode in (("1", "timeline"), ("2", "heatmap"), ("3", "schedule")):
            await pilot.press(key)
            await wait_until(pilot, lambda mode=mode: app.current_mode == mode)
            await opened(pilot)
            await pilot.press("escape")
            await wait_until(pilot, lambda: len(app.screen_stack) == 1)
    assert service.view().rating.at is None


async def test_a_goal_date_that_cannot_be_read_is_refused_beside_it(tmp_path):
    service = desk.service_in(tmp_path)
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, WelcomeScreen)
        await pilot.press("e")
        await on_screen(pilot, ExamPicker)
        await pilot.press(*"az104", "enter")
        await on_screen(pilot, RatingForm)
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press(*"soon", "enter", "b", "ctrl+s")
        await wait_until(pilot, lambda: "1 field to correct" in screen_text(app))
        assert service.view().rating.at is None
        assert typed(app)[0] == "below"
        await pilot.press(*4 * ["backspace"], *"20", "space", *"dec", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
    # The goal and the level are one action.
    assert service.view().schedule.target == date(2026, 12, 20)
    desk.done(service.undo())
    assert (service.view().rating.at, service.view().schedule.basis) == (None, "weights")
    assert service.view().schedule.target != date(2026, 12, 20)


async def test_a_weak_topic_is_rated_by_keys_and_taken_back(tmp_path):
    service = desk.service_in(tmp_path)
    desk.done(service.act(select, "AZ-104"))
    app = CoachApp(service)
    first = service.view("AZ-104").outline.domains[0].topics[0]
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        for kept in ([(first, "below")], []):
            await opened(pilot)
            await pilot.press("f")
            await wait_until(pilot, lambda: isinstance(app.focused, TopicFlag))
            await pilot.press("space", "ctrl+s")
            await on_screen(pilot, ScheduleScreen)
            assert [(row.name, row.band) for row in service.view("AZ-104").rating.topics] == kept


async def test_a_bar_is_kept_as_its_band_and_what_is_none_is_refused_beside_it(tmp_path):
    service = desk.service_in(tmp_path)
    desk.done(service.act(select, "AZ-104"))
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await opened(pilot)
        await pilot.press(*"80", "down", *"500", "ctrl+s")
        await wait_until(pilot, lambda: '"500" for' in screen_text(app))
        await pilot.press("n", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
    assert bands(service, "AZ-104")[:2] == ["above", "near"]


async def test_a_successor_begins_with_the_report_of_the_exam_before_it(tmp_path):
    service = desk.service_in(tmp_path)
    desk.report(service, "2026-02-03T10:00", 600, ("below", "near", "above", "near"), "AZ-500")
    desk.done(service.act(select, "SC-500"))
    offered = {row.name: row.band for row in service.view("SC-500").rating.offered}
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await opened(pilot)
        await wait_until(pilot, lambda: "Taken from your AZ-500 report." in screen_text(app))
        rows = app.screen.query(DomainField)
        assert {row.domain.name: row.value for row in rows if row.value} == offered
        await pilot.press("ctrl+s")
        await on_screen(pilot, ScheduleScreen)
    rating = service.view("SC-500").rating
    assert rating.from_predecessor == "AZ-500"
    assert {row.name: row.band for row in rating.domains if row.band != "unknown"} == offered


async def test_after_a_report_weak_topics_are_asked_about_and_come_first(tmp_path):
    service = desk.service_in(tmp_path)
    desk.report(service, "2026-11-20T10:00", 640, ("below", "near", "near", "near", "above"))
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        first = topics(service)
        await opened(pilot)
        await wait_until(pilot, lambda: "Bands follow your report" in screen_text(app))
        await pilot.press("f")
        await wait_until(pilot, lambda: isinstance(app.focused, TopicFlag))
        await pilot.press("down", "down", "space", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
    assert topics(service) == (first[2], *first[:2], *first[3:])
    assert service.view().schedule.basis == "report"


def topics(service):
    """The topics of the first domain in the order of study."""
    return service.view().schedule.allocation[0].topics


async def test_an_exam_is_dropped_from_the_palette_after_asking_and_comes_back(tmp_path):
    service = desk.service_in(tmp_path)
    desk.done(service.act(select, "AZ-104"))
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("ctrl+p", *"dropthis")
        await wait_until(pilot, lambda: "Drop this exam" in screen_text(app))
        await pilot.press("enter")
        await on_screen(pilot, Confirm)
        assert "AZ-104" in service.state.facts.tracked
        await pilot.press("y")
        await on_screen(pilot, WelcomeScreen)
        assert service.state.facts.tracked == {}
        await pilot.press("u")
        await on_screen(pilot, ScheduleScreen)
    assert "AZ-104" in service.state.facts.tracked
