"""Two windows on the same data: the one that saves second sees both versions and chooses."""

import re

import msgspec
import pytest
from textual.widgets import Input

from coach.service.attempts import add_attempt, edit_attempt, remove
from coach.service.blocks import block_done
from coach.service.drafts import AttemptDraft, HoursDraft
from coach.service.reports import edit_report, report_draft
from coach.service.settings import set_hours, set_target
from coach.ui.app import CoachApp
from coach.ui.screens.confirm import WhichVersion
from coach.ui.screens.exam_forms import AttemptForm
from coach.ui.screens.form import ShortForm
from coach.ui.screens.heatmap import HeatmapScreen
from coach.ui.screens.heatmap_sheets import DomainDetail
from coach.ui.screens.hours_editor import HoursEditor
from coach.ui.screens.report_form import ReportForm
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.timeline import TimelineScreen
from coach.ui.widgets.heatmap.domain_sheet import DomainList
from tests.ui import desk, samples
from tests.ui.waiting import on_screen, screen_text, wait_until


@pytest.fixture
def app(tmp_path):
    return CoachApp(desk.failed_twice(tmp_path))


@pytest.fixture
def other(app, tmp_path):
    """The second window."""
    return desk.service_in(tmp_path)


def newest(service):
    """The newest report and its sitting's place in the data."""
    facts = service.state.facts
    return max(facts.reports.values(), key=lambda report: facts.attempts[report.attempt].at)


def corrected(service, **fields):
    """Correct the newest report in that window."""
    report = newest(service)
    draft = msgspec.structs.replace(service.ask(report_draft, report.id), **fields)
    desk.done(service.act(edit_report, report.id, draft))


async def change_newest(pilot, score):
    """Open the newest report in the app and type another score."""
    await on_screen(pilot, ScheduleScreen)
    await pilot.press("1")
    await on_screen(pilot, TimelineScreen)
    await pilot.press("down", "c")
    await on_screen(pilot, ReportForm)
    pilot.app.screen.query_one("#field-score Input", Input).value = score


def next_block(service):
    return service.state.head.next.id


async def test_both_versions_of_a_report_stand_side_by_side(app, other, size):
    async with app.run_test(size=size) as pilot:
        await change_newest(pilot, "650")
        corrected(other, score="655", place="centre")
        await pilot.press("ctrl+s")
        await on_screen(pilot, WhichVersion)
        await wait_until(pilot, lambda: "theirs" in screen_text(app))
        assert re.search(r"score +668 +655 +650 ", screen_text(app))
        await pilot.press("escape")
        await on_screen(pilot, ReportForm)
        assert app.screen.query_one("#field-score Input", Input).value == "650"


async def test_keep_mine_saves_over_theirs_and_u_takes_it_back(app, other):
    async with app.run_test(size=(80, 24)) as pilot:
        await change_newest(pilot, "650")
        corrected(other, score="655")
        await pilot.press("ctrl+s")
        await on_screen(pilot, WhichVersion)
        await pilot.press("m")
        await on_screen(pilot, TimelineScreen)
        await wait_until(pilot, lambda: newest(app).score == 650)
        await pilot.press("u")
        await wait_until(pilot, lambda: newest(app).score == 655)


async def test_take_theirs_is_what_enter_does_and_drops_mine(app, other):
    async with app.run_test(size=(80, 24)) as pilot:
        await change_newest(pilot, "650")
        corrected(other, score="655")
        await pilot.press("ctrl+s")
        await on_screen(pilot, WhichVersion)
        await pilot.press("enter")
        await on_screen(pilot, TimelineScreen)
        await wait_until(pilot, lambda: "655" in screen_text(app))
        assert newest(app).score == 655


async def test_a_form_stays_on_what_it_was_opened_on_when_the_focus_comes_back(app, other):
    async with app.run_test(size=(80, 24)) as pilot:
        await change_newest(pilot, "650")
        corrected(other, score="655")
        app.look_again()
        await pilot.press("ctrl+s")
        await on_screen(pilot, WhichVersion)


async def test_a_tick_on_an_old_picture_does_not_take_the_others_tick_back(app, other):
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        block = next_block(other)
        desk.done(other.act(block_done, block))
        await pilot.press("space")
        await wait_until(pilot, lambda: "Tick this session as done?" in screen_text(app))
        await pilot.press("y")
        await wait_until(pilot, lambda: "did the same" in screen_text(app))
        assert app.state.facts.blocks[block].status == "done"
        await pilot.press("space")
        await wait_until(pilot, lambda: app.state.facts.blocks[block].status == "planned")


async def test_a_skip_of_what_the_other_window_ticked_asks(app, other, size):
    async with app.run_test(size=size) as pilot:
        await on_screen(pilot, ScheduleScreen)
        block = next_block(other)
        desk.done(other.act(block_done, block))
        await pilot.press("x")
        await on_screen(pilot, WhichVersion)
        await wait_until(pilot, lambda: "skipped" in screen_text(app))
        await pilot.press("t")
        await on_screen(pilot, ScheduleScreen)
        assert app.state.facts.blocks[block].status == "done"


async def test_a_sitting_that_the_other_window_removed_is_not_removed_twice(app, other):
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("1")
        await on_screen(pilot, TimelineScreen)
        await pilot.press("down", "d")
        await wait_until(pilot, lambda: "Remove this sitting?" in screen_text(app))
        desk.done(other.act(remove, newest(other).id))
        await pilot.press("y")
        await on_screen(pilot, WhichVersion)
        await wait_until(pilot, lambda: "removed by another Coach" in screen_text(app))
        await pilot.press("enter")
        await on_screen(pilot, TimelineScreen)
        assert len(app.state.facts.reports) == 1


async def test_a_goal_date_that_both_set_is_asked_about(app, other):
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("g")
        await on_screen(pilot, ShortForm)
        desk.done(other.act(set_target, "AZ-104", "2026-12-20"))
        app.screen.query_one(Input).value = "2026-12-18"
        await pilot.press("enter")
        await on_screen(pilot, WhichVersion)
        await wait_until(pilot, lambda: "20 Dec 2026" in screen_text(app))
        assert "2026-12" not in screen_text(app)
        await pilot.press("m")
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: f"{app.state.head.target:%Y-%m-%d}" == "2026-12-18")


async def test_hours_that_both_set_are_asked_about(app, other):
    desk.done(other.act(set_hours, HoursDraft(windows=(("mon", "18:00-19:00"),))))
    app.service.refresh()
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("a")
        await on_screen(pilot, HoursEditor)
        desk.done(other.act(set_hours, HoursDraft(windows=(("mon", "17:00-19:00"),))))
        app.screen.query_one("#hours-off", Input).value = "2026-12-24"
        await pilot.press("ctrl+s")
        await on_screen(pilot, WhichVersion)
        await pilot.press("t")
        await on_screen(pilot, ScheduleScreen)
        assert not app.state.facts.hours.off


async def test_u_does_not_take_back_what_the_other_window_just_saved(app, other):
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        desk.practice(other, "1", 3, 4)
        await pilot.press("u")
        await wait_until(pilot, lambda: "Another window saved" in screen_text(app))
        assert len(app.state.facts.practice) == 2
        await pilot.press("u")
        await wait_until(pilot, lambda: len(app.state.facts.practice) == 1)


async def test_hostile_notes_of_both_stay_text(app, other, size):
    async with app.run_test(size=size) as pilot:
        await change_newest(pilot, "650")
        for hostile in samples.HOSTILE[:-1]:
            corrected(other, note=hostile)
            await pilot.press("ctrl+s")
            await on_screen(pilot, WhichVersion)
            await wait_until(pilot, lambda: "note" in screen_text(app))
            assert "\x1b" not in screen_text(app)
            await pilot.press("escape")
            await on_screen(pilot, ReportForm)


async def test_a_booking_is_corrected_on_what_the_form_was_opened_on(app, other):
    draft = AttemptDraft(exam="AZ-104", at="2026-12-20T10:00", status="booked", fee="165")
    booked = desk.done(app.service.act(add_attempt, draft)).attempt
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await on_screen(pilot, TimelineScreen)
        app.open("edit_attempt", booked)
        await on_screen(pilot, AttemptForm)
        other.refresh()
        desk.done(other.act(edit_attempt, booked, msgspec.structs.replace(draft, fee="99")))
        app.catch_up()
        app.screen.query_one("#field-fee Input", Input).value = "120"
        await pilot.press("ctrl+s")
        await on_screen(pilot, WhichVersion)
        await wait_until(pilot, lambda: re.search(r"fee +165 +99 +120", screen_text(app)))


async def test_a_flag_in_a_domain_shows_both_versions_and_follows_theirs(app, other):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await on_screen(pilot, HeatmapScreen)
        await pilot.press("enter")
        await on_screen(pilot, DomainDetail)
        topic = app.screen.query_one(DomainList).topic
        corrected(other, flags=(topic, "Conditional Access"))
        await pilot.press("f")
        await on_screen(pilot, WhichVersion)
        await pilot.press("t")
        await on_screen(pilot, DomainDetail)
        await wait_until(pilot, lambda: " flagged" in screen_text(app))
        assert newest(app).flags == (topic, "Conditional Access")
