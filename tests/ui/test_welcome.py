"""The first minutes: an empty folder, four ways in, and what each leads to."""

from pathlib import Path

import pytest
from textual.widgets import Input

from coach.ui.app import CoachApp
from coach.ui.screens.exam_forms import RatingForm
from coach.ui.screens.exams import ExamPicker
from coach.ui.screens.heatmap import HeatmapScreen
from coach.ui.screens.paste_form import PasteBox, PasteForm
from coach.ui.screens.report_form import ReportForm
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.timeline import TimelineScreen
from coach.ui.screens.welcome import WelcomeScreen
from tests.ui import desk
from tests.ui.test_rating_form import notices
from tests.ui.waiting import on_screen, screen_text, wait_until

REPORT = """\
Exam AZ-104
Date: 2026-11-20 10:00
Score: 640
"""


@pytest.fixture
def app(tmp_path):
    def sample():
        service = desk.service_in(tmp_path / "sample")
        service.load_sample()
        return service

    return CoachApp(desk.service_in(tmp_path / "own"), demo_factory=sample)


async def welcomed(pilot):
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, WelcomeScreen))


async def test_ui_07_the_ways_in_are_on_screen_at_every_size(app, size):
    async with app.run_test(size=size) as pilot:
        await welcomed(pilot)
        await wait_until(pilot, lambda: "Look around" in screen_text(app))
        text = screen_text(app)
        for words in (
            "Enter a score report",
            "Paste or import a report",
            "Plan a first attempt",
            "nothing is kept",
            "? Help",
        ):
            assert words in text


async def test_e_plans_a_first_attempt_and_a_retired_exam_offers_no_goal(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await welcomed(pilot)
        await pilot.press("e")
        await wait_until(pilot, lambda: isinstance(app.screen, ExamPicker))
        await pilot.press(*"sc300", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, RatingForm))
        assert app.state.plan.weeks
        await pilot.press("escape", "e", *"az500", "enter")
        await wait_until(pilot, lambda: "AZ-500 is tracked." in " ".join(notices(app)))
        assert not isinstance(app.screen, RatingForm)


async def test_n_asks_for_the_exam_and_opens_the_form(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await welcomed(pilot)
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(app.screen, ExamPicker))
        await pilot.press(*"sc300", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ReportForm))
        await wait_until(pilot, lambda: "SC-300" in screen_text(app))


async def test_rp_06_a_first_report_leads_to_its_domains(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await welcomed(pilot)
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(app.screen, ExamPicker))
        await pilot.press(*"az104", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ReportForm))
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press(*"2026-11-20", "down", *"640", "ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, HeatmapScreen))
        await wait_until(pilot, lambda: "640" in screen_text(app))
        assert app.state.code == "AZ-104"
        await pilot.press("u")
        await wait_until(pilot, lambda: "Undo this?" in screen_text(app))
        await pilot.press("y")
        await welcomed(pilot)


async def test_v_reads_a_report_from_a_file(app, tmp_path):
    Path(tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await welcomed(pilot)
        await pilot.press("v")
        await wait_until(pilot, lambda: isinstance(app.screen, PasteForm))
        app.screen.query_one(PasteBox).take(str(tmp_path / "report.txt"))
        await wait_until(pilot, lambda: "Ready to save" in screen_text(app))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, HeatmapScreen))
        assert app.state.head.score == 640


def done(app):
    return sum(block.status == "done" for block in app.service.state.facts.blocks.values())


async def test_d_opens_sample_data_that_leaves_ones_own_alone(app, tmp_path):
    async with app.run_test(size=(80, 24)) as pilot:
        await welcomed(pilot)
        await pilot.press("d")
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        await wait_until(pilot, lambda: "sample data" in screen_text(app))
        before = done(app)
        await pilot.press("space")
        await wait_until(pilot, lambda: "Tick this session as done?" in screen_text(app))
        await pilot.press("y")
        await wait_until(pilot, lambda: done(app) == before + 1)
        assert not (tmp_path / "own" / "coach.json").exists()
        await app.run_action("sample")
        await welcomed(pilot)
        assert "sample data, nothing" not in screen_text(app)


async def test_the_ways_can_be_walked_and_clicked(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await welcomed(pilot)
        await pilot.press("up", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))


async def test_a_click_takes_a_way(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await welcomed(pilot)
        await pilot.click("Ways", offset=(6, 2))
        await wait_until(pilot, lambda: isinstance(app.screen, PasteForm))


async def test_the_three_screens_can_be_seen_empty(app):
    async with app.run_test(size=(60, 20)) as pilot:
        await welcomed(pilot)
        await pilot.press("1")
        await wait_until(pilot, lambda: isinstance(app.screen, TimelineScreen))
        await wait_until(pilot, lambda: "No attempt yet" in screen_text(app))


async def test_a_form_over_sample_data_goes_with_them(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, WelcomeScreen)
        await pilot.press("d")
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("p")
        await wait_until(pilot, lambda: len(app.screen_stack) == 2)
        await app.run_action("sample")
        await on_screen(pilot, WelcomeScreen)
        assert len(app.screen_stack) == 1


async def test_without_sample_data_the_key_says_where_it_is(tmp_path):
    app = CoachApp(desk.service_in(tmp_path))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await welcomed(pilot)
        await pilot.press("d")
        await wait_until(pilot, lambda: "coach demo" in screen_text(app))
