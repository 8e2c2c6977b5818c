"""Practice, appointments and the goal date by story: keys, mistakes, and text that is kept."""

import pytest
from textual import events
from textual.widgets import Input

from coach.service.blocks import block_move
from coach.service.exams import detail, find
from coach.service.settings import select
from coach.ui.actions import SCREENS
from coach.ui.app import CoachApp
from coach.ui.screens.confirm import Confirm
from coach.ui.screens.exam_forms import AttemptForm, PracticeForm
from coach.ui.screens.form import ShortForm
from coach.ui.screens.schedule import ScheduleScreen
from tests.ui import desk, samples
from tests.ui.stories import form
from tests.ui.waiting import on_screen, screen_text, wait_until


@pytest.fixture
def app(tmp_path):
    return CoachApp(desk.failed_twice(tmp_path))


async def opened(pilot, key, kind):
    await on_screen(pilot, ScheduleScreen)
    await form(pilot, key, kind)


def fill(app, field, value):
    app.screen.query_one(f"#field-{field} Input", Input).value = value


def problem(app, field):
    return str(app.screen.query_one(f"#field-{field} .problem").content)


async def test_a_quiz_is_logged_with_the_keyboard_alone(app, size):
    async with app.run_test(size=size) as pilot:
        await opened(pilot, "p", PracticeForm)
        await pilot.press("down", "down", *"7/10", "down", "down", "down", "down")
        await pilot.press(*"mock", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        logged = next(p for p in app.state.facts.practice.values() if p.source == "mock")
        assert (logged.correct, logged.total, logged.test) == (7, 10, None)
        assert logged.domain == samples.COMPUTE


def logged_from(app, source):
    entries = [p for p in app.state.facts.practice.values() if p.source == source]
    assert len({entry.test for entry in entries}) == 1
    return [(entry.domain, entry.correct, entry.total, entry.percent) for entry in entries]


async def test_a_whole_practice_test_is_one_form_and_one_step_back(app, size):
    async with app.run_test(size=size) as pilot:
        await opened(pilot, "p", PracticeForm)
        await pilot.press(*"14/20", "enter", *"70%", "enter", "enter", "enter", "enter")
        await pilot.press(*"38/50", "enter", *"mock", "enter", *"yesterday", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        assert logged_from(app, "mock") == [
            (samples.IDENTITY, 14, 20, False),
            (samples.STORAGE, 70, 100, True),
            (None, 38, 50, False),
        ]
        await pilot.press("u")
        await wait_until(pilot, lambda: len(app.state.facts.practice) == 1)


async def test_a_practice_test_of_the_plan_leads_into_its_result_when_it_is_ticked(app):
    blocks = app.service.state.facts.blocks.values()
    test = next(block for block in blocks if block.activity == "assessment")
    desk.done(app.service.act(block_move, test.id, "today 10:00"))
    app.state = app.service.state
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("space")
        await on_screen(pilot, PracticeForm)
        assert app.state.facts.blocks[test.id].status == "done"
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press(*"7/10", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("p", "escape")
        await on_screen(pilot, ScheduleScreen)


async def test_a_pasted_list_fills_the_rows_and_names_what_it_could_not_read(app):
    pasted = "Storage: 8/10\nMonitor and maintain; 60%\nPoetry, 3/4\nnothing\nOverall 41/60"
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "p", PracticeForm)
        app.post_message(events.Paste(pasted))
        await wait_until(pilot, lambda: "Not understood: line 4 and Poetry." in screen_text(app))
        values = [line.value for line in app.screen.query(Input)]
        assert values == ["", "8/10", "", "", "60%", "41/60", "", ""]


async def test_a_letter_and_the_next_field_are_drawn_alone(app, monkeypatch):
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, "p", PracticeForm)
        # The other screens are made while nobody waits, which arranges all there is.
        await wait_until(pilot, lambda: set(SCREENS) <= set(app._screen_stacks))
        form, render, arranged, drawn = app.screen, app.screen.render, [], []
        form.screen_layout_refresh_signal.subscribe(form, arranged.append)
        monkeypatch.setattr(form, "render", lambda: drawn.append(form) or render())
        await pilot.press("7", "tab", "1")
        await wait_until(pilot, lambda: "7" in screen_text(app) and form.changed)
        assert (arranged, drawn) == ([], [])
        await pilot.resize_terminal(80, 24)
        await wait_until(pilot, lambda: arranged and drawn)


async def test_all_mistakes_show_beside_their_fields_and_nothing_is_lost(app, size):
    async with app.run_test(size=size) as pilot:
        await opened(pilot, "p", PracticeForm)
        before = app.state.facts
        await pilot.press(*"nine")
        fill(app, "overall", "6/0")
        fill(app, "at", "tomorrow")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: problem(app, "overall"))
        assert problem(app, "at")
        assert '"nine" is not one' in screen_text(app)
        assert not problem(app, "source")
        values = [line.value for line in app.screen.query(Input)]
        assert values == ["nine", "", "", "", "", "6/0", "", "tomorrow"]
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
        await pilot.press("n")
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
        await wait_until(pilot, lambda: "Earliest: 28 Nov 2026 10:00" in problem(app, "at"))
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


async def test_the_form_of_an_exam_without_skills_asks_for_the_result_alone(tmp_path):
    service = desk.service_in(tmp_path)
    world = service.state.world
    bare = next(row.code for row in find(world) if not detail(world, row.code).outlines)
    desk.done(service.act(select, bare))
    app = CoachApp(service)
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(pilot, "p", PracticeForm)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: problem(app, "overall"))
        await pilot.press(*"8/10", "ctrl+s")
        await wait_until(pilot, lambda: app.state.facts.practice)


async def test_on_the_smallest_screen_no_hint_of_an_appointment_is_cut(tmp_path):
    async with desk.app_of(desk.failed_twice(tmp_path)).run_test(size=(60, 20)) as pilot:
        await pilot.press("2", "b")
        await on_screen(pilot, AttemptForm)
        await wait_until(pilot, lambda: "day, time if known" in screen_text(pilot.app))
        shown = screen_text(pilot.app)
        assert "in your currency" in shown
        assert "from the provider" in shown


async def test_on_the_smallest_screen_no_hint_of_practice_is_cut(tmp_path):
    async with desk.app_of(desk.failed_twice(tmp_path)).run_test(size=(60, 20)) as pilot:
        await pilot.press("2", "p")
        await on_screen(pilot, PracticeForm)
        await wait_until(pilot, lambda: "14/20 or 70%; or paste a list." in screen_text(pilot.app))
        shown = screen_text(pilot.app)
        assert "a name, if you like" in shown
        assert "empty means now" in shown
