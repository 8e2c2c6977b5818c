"""Practice, appointments and the goal date by story: keys, mistakes, and text that is kept."""

import pytest
from textual.widgets import Input

from coach.ui.app import CoachApp
from coach.ui.screens.confirm import Confirm
from coach.ui.screens.exam_forms import AttemptForm, PracticeForm
from coach.ui.screens.form import ShortForm
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.widgets.fields import PickList
from tests.ui import desk, samples
from tests.ui.waiting import on_screen, screen_text, wait_until


@pytest.fixture
def app(tmp_path):
    return CoachApp(desk.failed_twice(tmp_path))


async def opened(pilot, key, kind):
    await on_screen(pilot, ScheduleScreen)
    await pilot.press(key)
    await on_screen(pilot, kind)
    await wait_until(pilot, lambda: pilot.app.focused is not None)


def fill(app, field, value):
    app.screen.query_one(f"#field-{field} Input", Input).value = value


def problem(app, field):
    return str(app.screen.query_one(f"#field-{field} .problem").content)


async def test_a_quiz_is_logged_with_the_keyboard_alone(app, size):
    async with app.run_test(size=size) as pilot:
        await opened(pilot, "p", PracticeForm)
        await pilot.press("3", "tab", *"7", "tab", *"10", "tab", *"mock", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        logged = next(p for p in app.state.facts.practice.values() if p.source == "mock")
        assert (logged.correct, logged.total) == (7, 10)
        assert logged.domain == samples.COMPUTE


async def test_arrows_walk_the_domains_and_then_the_fields(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "p", PracticeForm)
        await pilot.press("down", "down")
        assert app.screen.query_one(PickList).value == samples.COMPUTE
        await pilot.press("down", "down", "down")
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        assert app.screen.query_one(PickList).value == samples.MONITOR
        await pilot.press("up")
        await wait_until(pilot, lambda: isinstance(app.focused, PickList))


async def test_a_letter_and_the_next_field_are_drawn_alone(app, monkeypatch):
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, "p", PracticeForm)
        form, render, arranged, drawn = app.screen, app.screen.render, [], []
        form.screen_layout_refresh_signal.subscribe(form, arranged.append)
        monkeypatch.setattr(form, "render", lambda: drawn.append(form) or render())
        await pilot.press("tab", "7", "tab", "1")
        await wait_until(pilot, lambda: "7" in screen_text(app) and form.changed)
        assert (arranged, drawn) == ([], [])
        await pilot.resize_terminal(80, 24)
        await wait_until(pilot, lambda: arranged and drawn)


async def test_all_mistakes_show_beside_their_fields_and_nothing_is_lost(app, size):
    async with app.run_test(size=size) as pilot:
        await opened(pilot, "p", PracticeForm)
        before = app.state.facts
        fill(app, "correct", "nine")
        fill(app, "total", "0")
        fill(app, "at", "tomorrow")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: problem(app, "correct"))
        for field in ("correct", "total", "at"):
            assert problem(app, field)
        assert not problem(app, "source")
        values = [line.value for line in app.screen.query(Input)]
        assert values == ["nine", "0", "", "tomorrow"]
        assert app.state.facts is before


async def test_esc_asks_before_typed_text_is_lost(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "p", PracticeForm)
        await pilot.press("escape")
        await on_screen(pilot, ScheduleScreen)
        await opened(pilot, "p", PracticeForm)
        fill(app, "source", "mock")
        await pilot.press("escape")
        await on_screen(pilot, Confirm)
        await pilot.press("enter")
        await on_screen(pilot, PracticeForm)
        assert app.screen.query_one("#field-source Input", Input).value == "mock"
        await pilot.press("escape")
        await on_screen(pilot, Confirm)
        await pilot.press("y")
        await on_screen(pilot, ScheduleScreen)


async def test_an_interrupted_sitting_with_a_waiver(app, size):
    async with app.run_test(size=size) as pilot:
        await opened(pilot, "b", AttemptForm)
        await pilot.press("6", "tab", *"2026-11-20", "tab", "o", "tab", "tab", *"0123")
        await pilot.press("tab", "i", "tab", "y", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        stored = next(a for a in app.state.facts.attempts.values() if a.status == "interrupted")
        assert (stored.place, stored.case_number, stored.reason) == ("online", "0123", "internet")
        assert stored.waiver_granted
        assert not stored.time_known


async def test_a_booking_too_early_is_refused_beside_its_date(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "b", AttemptForm)
        fill(app, "at", "2026-11-23 10:00")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: problem(app, "at"))
        assert app.screen.query_one("#field-at Input", Input).value == "2026-11-23 10:00"
        await wait_until(pilot, lambda: app.focused is app.screen.query_one("#field-at Input"))


async def test_a_waiver_without_a_reason_is_refused(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "b", AttemptForm)
        fill(app, "at", "2026-11-20")
        await pilot.press("6")
        app.screen.query_one("#field-waiver Choice").focus()
        await pilot.press("y", "ctrl+s")
        await wait_until(pilot, lambda: "internet or equipment" in problem(app, "reason"))


@pytest.mark.parametrize("key", ["p", "b"])
async def test_hostile_text_stays_text(app, key, size):
    async with app.run_test(size=size) as pilot:
        await opened(pilot, key, PracticeForm if key == "p" else AttemptForm)
        for hostile in samples.HOSTILE:
            for line in app.screen.query(Input):
                line.value = hostile
            await pilot.press("ctrl+s")
            await wait_until(pilot, lambda: problem(app, "at"))
            assert "\x1b" not in screen_text(app)
        await pilot.press("escape", "y")
        await on_screen(pilot, ScheduleScreen)


async def test_a_goal_date_is_set_and_given_back(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "g", ShortForm)
        app.screen.query_one(Input).value = "18 dec"
        await wait_until(pilot, lambda: "= Fri 18 Dec 2026" in screen_text(app))
        await pilot.press("enter")
        await on_screen(pilot, ScheduleScreen)
        assert f"{app.state.head.target:%Y-%m-%d}" == "2026-12-18"
        await opened(pilot, "g", ShortForm)
        app.screen.query_one(Input).value = "soon"
        await pilot.press("enter")
        await wait_until(pilot, lambda: "is not a time" in screen_text(app))
        app.screen.query_one(Input).value = "auto"
        await pilot.press("enter")
        await on_screen(pilot, ScheduleScreen)
        assert f"{app.state.head.target:%Y-%m-%d}" == "2026-12-16"


async def test_the_form_of_an_exam_without_skills_asks_for_the_domain_by_name(tmp_path):
    service = desk.service_in(tmp_path)
    bare = next(
        row.code for row in service.find_exams() if not service.exam_detail(row.code).outlines
    )
    desk.done(service.select(bare))
    app = CoachApp(service)
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(pilot, "p", PracticeForm)
        assert not app.screen.query(PickList)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: problem(app, "domain"))
