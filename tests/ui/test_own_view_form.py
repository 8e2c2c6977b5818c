"""A person's own view of a sitting, by story: just after a fail, from the history, corrected."""

import pytest

from coach.model.attempt import Reflection
from coach.service import exams
from coach.service.attempts import remove
from coach.service.drafts import ReflectionDraft
from coach.service.reflection import reflect, reflected_report
from coach.ui.app import CoachApp
from coach.ui.navigation import select_exam
from coach.ui.screens.confirm import Confirm, WhichVersion
from coach.ui.screens.exam_forms import OwnViewForm, RatingForm
from coach.ui.screens.heatmap import HeatmapScreen
from coach.ui.screens.report_form import ReportForm
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.timeline import TimelineScreen
from coach.ui.screens.timeline_sheets import AttemptDetail
from coach.ui.widgets.fields import TickField, TickList
from tests.ui import desk, samples
from tests.ui.waiting import mash, on_screen, screen_text, wait_until


@pytest.fixture
def service(tmp_path):
    return desk.failed_twice(tmp_path)


@pytest.fixture
def app(service):
    return CoachApp(service)


async def opened(pilot, key="o"):
    await pilot.press(key)
    await on_screen(pilot, OwnViewForm)
    await wait_until(pilot, lambda: isinstance(pilot.app.focused, TickList))


def view_of(service, number):
    """What is kept about the report of that number, oldest first."""
    return service.ask(reflected_report, service.state.heatmap.reports[number]).reflection


def title(app):
    return str(app.screen.query_one("#form").border_title)


async def test_the_newest_sitting_is_told_about_with_the_keyboard_alone(app, service, size):
    async with app.run_test(size=size) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await opened(pilot)
        assert "Sat 14 Nov 2026 · AZ-104" in title(app)
        await pilot.press("c", "space", "left", "space", "down", "p", "space", "down", "l", "space")
        await pilot.press("ctrl+s")
        await on_screen(pilot, ScheduleScreen)
    assert view_of(service, -1) == Reflection(
        hard_formats=("multiple-response", "case-study"),
        lacking="practice",
        methods={samples.IDENTITY: ("labs",)},
    )
    codes = [insight.code for insight in service.state.advice.insights]
    assert {"own-view", "hard-formats"} <= set(codes)


async def test_an_attempt_of_the_history_shows_its_view_and_opens_it(app, service, size):
    async with app.run_test(size=size) as pilot:
        await pilot.press("1")
        await on_screen(pilot, TimelineScreen)
        await pilot.press("end", "enter")
        await on_screen(pilot, AttemptDetail)
        await wait_until(pilot, lambda: "how it felt" in screen_text(app))
        await opened(pilot)
        assert "Mon 5 Oct 2026" in title(app)
        await pilot.press("space", "ctrl+s")
        await on_screen(pilot, TimelineScreen)
        assert view_of(service, 0) == Reflection(hard_formats=("multiple-choice",))
        assert view_of(service, 1) is None
        await pilot.press("enter")
        await on_screen(pilot, AttemptDetail)
        await pilot.press("pagedown", "pagedown")
        await wait_until(pilot, lambda: "Felt hard     multiple choice" in screen_text(app))


async def test_a_failed_sitting_just_entered_is_asked_about_once_in_its_notice(service):
    app = CoachApp(service)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("n")
        await on_screen(pilot, ReportForm)
        for field, value in (("at", "2026-11-21 10:00"), ("score", "688")):
            app.screen.query_one(f"#field-{field} Input").value = value
        await pilot.press("ctrl+s")
        await on_screen(pilot, HeatmapScreen)
        await wait_until(pilot, lambda: "o keeps how a sitting felt" in screen_text(app))
        await opened(pilot)
        assert "Sat 21 Nov 2026" in title(app)
        app.clear_notifications()
        await pilot.press("space", "ctrl+s")
        await on_screen(pilot, HeatmapScreen)
        await wait_until(pilot, lambda: "is kept" in screen_text(app))
        assert "o keeps how a sitting felt" not in screen_text(app)


async def test_a_passed_sitting_is_not_asked_about(service):
    app = CoachApp(service)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.press("n")
        await on_screen(pilot, ReportForm)
        for field, value in (("at", "2026-11-21 10:00"), ("score", "720")):
            app.screen.query_one(f"#field-{field} Input").value = value
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "u undoes it" in screen_text(app))
        assert "how it felt" not in screen_text(app)


async def test_one_thing_is_missing_at_a_time_and_all_can_be_taken_back(app, service):
    old = ReflectionDraft(lacking="concepts", methods=(("1", ("labs", "reading")),))
    desk.done(service.act(reflect, old))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        lacking, identity = app.screen.query(TickField)[1:3]
        assert lacking.ticked == ("concepts",)
        assert identity.ticked == ("reading", "labs")
        await pilot.press("down", "right", "space")
        assert lacking.ticked == ("practice",)
        await pilot.press("space", "down", "space", "l", "space", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
    assert view_of(service, -1) is None


async def test_what_is_kept_about_a_topic_stays(app, service):
    topic = "Manage Microsoft Entra users and groups"
    desk.done(service.act(reflect, ReflectionDraft(methods=((topic, ("videos",)),))))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("space", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
    assert view_of(service, -1).methods == {topic: ("videos",)}


async def test_esc_asks_before_ticks_are_lost(app, service):
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("escape")
        await on_screen(pilot, ScheduleScreen)
        await opened(pilot)
        await pilot.press("space", "escape")
        await on_screen(pilot, Confirm)
        await pilot.press("n")
        await on_screen(pilot, OwnViewForm)
        assert app.screen.query(TickField).first().ticked == ("multiple-choice",)
        await pilot.press("escape", "y")
        await on_screen(pilot, ScheduleScreen)
    assert view_of(service, -1) is None


async def test_a_refusal_keeps_the_ticks(app, service):
    """Another window took the sitting out while the form was open."""
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        other = desk.service_in(service.folder)
        desk.done(other.act(remove, other.state.heatmap.reports[-1]))
        await pilot.press("space", "ctrl+s")
        await on_screen(pilot, WhichVersion)
        await pilot.press("escape")
        await on_screen(pilot, OwnViewForm)
        assert app.screen.query(TickField).first().ticked == ("multiple-choice",)


async def test_a_view_that_another_window_kept_is_shown_in_words(app, service):
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        other = desk.service_in(service.folder)
        desk.done(other.act(reflect, ReflectionDraft(lacking="both", methods=(("2", ("labs",)),))))
        await pilot.press("down", "p", "space", "ctrl+s")
        await on_screen(pilot, WhichVersion)
        await wait_until(pilot, lambda: "both" in screen_text(app))
        assert "Reflection" not in screen_text(app)


async def test_without_a_sitting_there_is_nothing_to_tell(tmp_path):
    service = desk.service_in(tmp_path)
    app = CoachApp(service)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("o")
        await wait_until(pilot, lambda: "There is no sitting yet" in screen_text(app))
        app.clear_notifications()
        select_exam(app, "AZ-104")
        await on_screen(pilot, RatingForm)
        await pilot.press("escape")
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("o")
        await wait_until(pilot, lambda: "AZ-104 has none yet" in screen_text(app))


HOSTILE_EXAM = """
code = "XY-100"
title = "[/x] [bold]not markup[/bold]"

[[outline]]
id = "2026-01-15"
as_of = 2026-01-15
source = "mine"
confidence = "own"

[[outline.domain]]
name = "[/x] [bold]not markup[/bold]"
weight_low = 60
weight_high = 60

[[outline.domain]]
name = "\N{PILE OF POO} שלום שלום שלום שלום שלום שלום שלום שלום שלום שלום שלום שלום שלום שלום"
weight_low = 40
weight_high = 40
"""


async def test_hostile_names_stay_text_under_any_key(tmp_path, size):
    service = desk.service_in(tmp_path)
    file = tmp_path / "XY-100.toml"
    file.write_text(HOSTILE_EXAM, encoding="utf-8")
    desk.done(service.extend_catalogue(exams.add, file))
    desk.report(service, "2026-11-14T10:00", 600, ("below", "near"), exam="XY-100")
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await wait_until(pilot, lambda: "[/x] [bold]not markup" in screen_text(app))
        for key in ("space", "right", "s", "left", "m", "tab"):
            await mash(pilot, key)
        assert isinstance(app.screen, OwnViewForm)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: len(app.screen_stack) == 1)
