"""The app as a whole: fresh data, trouble with the file, hurried keys, hostile text, leaving."""

import gc
import string
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from textual import events
from textual.color import Color
from textual.css import stylesheet
from textual.css.parse import parse
from textual.widgets import Input

from coach.service.drafts import PracticeDraft
from coach.service.practice import add_practice
from coach.service.service import Service
from coach.service.settings import select
from coach.ui import actions, theme
from coach.ui import app as app_module
from coach.ui.actions import key_table
from coach.ui.app import CoachApp
from coach.ui.screens.base import ModeScreen
from coach.ui.screens.confirm import Confirm
from coach.ui.screens.exam_forms import AttemptForm, PracticeForm
from coach.ui.screens.form import ShortForm
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.timeline import TimelineScreen
from coach.ui.screens.welcome import WelcomeScreen
from tests.ui import desk, samples
from tests.ui.waiting import mash, on_screen, screen_text, wait_until

README_KEYS = ("<!-- keys: begin -->", "<!-- keys: end -->")
LEAVE = ("q", "ctrl+q")
KEYS = sorted({key for entry in actions.ACTIONS for key in entry.keys} - set(LEAVE))
OTHER_KEYS = (
    *string.ascii_letters, *string.digits, "up", "down", "left", "right", "tab", "shift+tab",
    "enter", "space", "backspace", "delete", "home", "end", "pageup", "pagedown", "escape",
)  # fmt: skip


async def back(pilot):
    """Close whatever is open."""
    for _ in range(20):
        if len(pilot.app.screen_stack) == 1:
            return
        closing = "y" if isinstance(pilot.app.screen, Confirm) else "escape"
        await pilot.press(closing)
        await pilot.pause()
    raise AssertionError(f"still open: {pilot.app.screen}")


def test_the_key_table_of_the_readme_is_that_of_the_registry(request):
    readme = (request.config.rootpath / "README.md").read_text(encoding="utf-8")
    begin, end = README_KEYS
    table = readme.partition(begin)[2].partition(end)[0].strip()
    assert table == key_table()


async def test_the_other_screens_are_drawn_before_anybody_asks_for_them(tmp_path):
    service = desk.service_in(tmp_path)
    service.load_sample()
    app = CoachApp(service)

    def drawn():
        screens = [node for node in app._registry if isinstance(node, ModeScreen)]
        return {screen.NAME for screen in screens if screen._shown is app.state}

    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: drawn() == set(actions.SCREENS))
        assert isinstance(app.screen, ScheduleScreen)


@pytest.mark.parametrize("start", ["welcome", "timeline", "heatmap", "schedule"])
async def test_every_key_ten_times_on_every_screen(tmp_path, start):
    service = desk.service_in(tmp_path)
    if start != "welcome":
        service.load_sample()
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ModeScreen)
        for key in sorted({*KEYS, *OTHER_KEYS} - set(LEAVE)):
            if app.current_mode != start:
                await app.switch_mode(start)
            await mash(pilot, key)
            await back(pilot)
        assert app.is_running


@pytest.mark.parametrize("opening", ["p", "b", "e", "g", "a", "m", "question_mark", "ctrl+p"])
async def test_every_key_ten_times_in_every_form(tmp_path, opening):
    service = desk.service_in(tmp_path)
    service.load_sample()
    app = CoachApp(service)
    async with app.run_test(size=(60, 20)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press(opening)
        await wait_until(pilot, lambda: len(app.screen_stack) == 2)
        form = type(app.screen)
        for key in (*KEYS, "tab", "shift+tab", "up", "down", "home", "end", "backspace", "ctrl+s"):
            await mash(pilot, key)
            while not isinstance(app.screen, form):
                await back(pilot)
                app.switch_mode("schedule")
                await pilot.press(opening)
        await back(pilot)
        assert app.is_running


async def test_what_another_copy_saved_shows_with_the_next_action(tmp_path):
    app = CoachApp(desk.failed_twice(tmp_path))
    other = desk.service_in(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        desk.report(other, "2026-11-21T10:00", 690)
        await pilot.press("1")
        await on_screen(pilot, TimelineScreen)
        await wait_until(pilot, lambda: "690" in screen_text(app))


async def test_what_another_copy_saved_shows_when_the_terminal_gets_the_focus(tmp_path):
    app = CoachApp(desk.failed_twice(tmp_path))
    other = desk.service_in(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        desk.report(other, "2026-11-21T10:00", 690)
        app.post_message(events.AppFocus())
        await wait_until(pilot, lambda: "690" in screen_text(app))


async def test_a_new_day_shows_with_the_next_action(tmp_path):
    clock = desk.Clock()
    service = Service(tmp_path, desk.ZONE, clock)
    service.load_sample()
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: "Sun 22 Nov · today" in screen_text(app))
        clock.now += timedelta(days=1)
        await pilot.press("t")
        await wait_until(pilot, lambda: "Mon 23 Nov · today" in screen_text(app))


async def test_a_key_that_leaves_a_screen_draws_only_the_one_it_leads_to(tmp_path, monkeypatch):
    clock = desk.Clock()
    service = Service(tmp_path, desk.ZONE, clock)
    service.load_sample()
    drawn = []
    monkeypatch.setattr(ScheduleScreen, "show", lambda self, state: drawn.append(state.now))
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        begin = clock.now
        clock.now += timedelta(minutes=1)
        await pilot.press("1")
        await on_screen(pilot, TimelineScreen)
        assert app.state.now == begin + timedelta(minutes=1)
        assert drawn == [begin]
        await pilot.press("3")
        await wait_until(pilot, lambda: len(drawn) == 2)
        assert drawn[1] == begin + timedelta(minutes=1)


async def test_what_another_copy_saved_shows_without_a_key(tmp_path, monkeypatch):
    monkeypatch.setattr(app_module, "LOOK_AGAIN", 0.01)
    app = CoachApp(desk.failed_twice(tmp_path))
    other = desk.service_in(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        desk.report(other, "2026-11-21T10:00", 690)
        await wait_until(pilot, lambda: "690" in screen_text(app))


async def test_a_new_day_shows_without_a_key(tmp_path, monkeypatch):
    monkeypatch.setattr(app_module, "LOOK_AGAIN", 0.01)
    clock = desk.Clock()
    service = Service(tmp_path, desk.ZONE, clock)
    service.load_sample()
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Sun 22 Nov · today" in screen_text(app))
        clock.now += timedelta(days=1)
        await wait_until(pilot, lambda: "Mon 23 Nov · today" in screen_text(app))


async def test_an_app_left_alone_draws_nothing_while_nothing_is_due(tmp_path):
    clock = desk.Clock()
    service = Service(tmp_path, desk.ZONE, clock)
    service.load_sample()
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        before = app.state
        clock.now += timedelta(minutes=5)
        app.look_again()
        assert app.state is before


async def test_an_outside_change_waits_for_an_open_form_and_no_text_is_lost(tmp_path):
    app = CoachApp(desk.failed_twice(tmp_path))
    other = desk.service_in(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("b")
        await on_screen(pilot, AttemptForm)
        app.screen.query_one("#field-at Input", Input).value = "2026-12-24"
        desk.report(other, "2026-11-21T10:00", 690)
        app.look_again()
        app.post_message(events.AppFocus())
        await pilot.pause()
        assert len(app.state.facts.reports) == 2
        assert app.screen.query_one("#field-at Input", Input).value == "2026-12-24"
        await pilot.press("escape", "y")
        await on_screen(pilot, ScheduleScreen)
        app.look_again()
        await wait_until(pilot, lambda: "690" in screen_text(app))


async def test_a_save_tells_what_it_did_and_u_takes_it_back(tmp_path):
    app = CoachApp(desk.failed_twice(tmp_path))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("p")
        await on_screen(pilot, PracticeForm)
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press(*"3/12", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: "u undoes it." in screen_text(app))
        assert "3 of 12 in Manage Azure" in screen_text(app)
        assert len(app.state.facts.practice) == 2
        await pilot.press("u")
        await wait_until(pilot, lambda: len(app.state.facts.practice) == 1)
        await wait_until(pilot, lambda: "Undone:" in screen_text(app))
        assert "u undoes it." not in screen_text(app)


async def test_the_goal_date_stays_as_set_or_automatic_after_any_form(tmp_path, size):
    app = CoachApp(desk.failed_twice(tmp_path))
    async with app.run_test(size=size) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("p")
        await on_screen(pilot, PracticeForm)
        await pilot.press("escape")
        await on_screen(pilot, ScheduleScreen)
        chosen = "2026-12-10 10:00"
        for shown in ("auto", chosen, chosen):
            await pilot.press("g")
            await on_screen(pilot, ShortForm)
            field = app.screen.query_one("#field-target", Input)
            assert field.value == shown
            assert "report." in screen_text(app)
            field.value = chosen
            await pilot.press("enter")
            await on_screen(pilot, ScheduleScreen)


async def test_keys_after_the_one_that_quits_open_nothing(tmp_path):
    app = CoachApp(desk.failed_twice(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        for key in "qen":
            app.post_message(events.Key(key, key))
        await wait_until(pilot, lambda: app.return_code is not None)
        await pilot.pause()
        assert isinstance(app.screen, ScheduleScreen)


async def test_undo_with_nothing_to_take_back_says_so_and_is_no_error(tmp_path):
    app = CoachApp(desk.service_in(tmp_path))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await on_screen(pilot, WelcomeScreen)
        await pilot.press("u")
        await wait_until(pilot, lambda: "Nothing to undo" in screen_text(app))
        assert [toast.severity for toast in app._notifications] == ["information"]


async def test_ctrl_q_asks_before_typed_text_is_lost(tmp_path):
    app = CoachApp(desk.failed_twice(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("b")
        await on_screen(pilot, AttemptForm)
        app.screen.query_one("#field-at Input", Input).value = "2026-12-24"
        await pilot.press("ctrl+q")
        await on_screen(pilot, Confirm)
        await pilot.press("n")
        await on_screen(pilot, AttemptForm)
        assert app.screen.query_one("#field-at Input", Input).value == "2026-12-24"
        await pilot.press("ctrl+q", "y")
        await wait_until(pilot, lambda: not app.is_running)


async def test_the_palette_runs_an_action_and_goes_to_an_exam(tmp_path):
    service = desk.failed_twice(tmp_path)
    desk.done(service.act(select, "SC-300"))
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("ctrl+p")
        await wait_until(pilot, lambda: len(app.screen_stack) == 2)
        await pilot.press(*"gotoaz")
        await wait_until(pilot, lambda: "Go to AZ-104" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.state.code == "AZ-104")
        await pilot.press("ctrl+p")
        await wait_until(pilot, lambda: len(app.screen_stack) == 2)
        await pilot.press(*"closer")
        await wait_until(pilot, lambda: "Closer (timeline)" in screen_text(app))
        await pilot.press("enter")
        await on_screen(pilot, TimelineScreen)


async def test_each_style_sheet_is_read_once(tmp_path, monkeypatch):
    read = []

    def counted(scope, css, read_from, **options):
        read.append(Path(read_from[0]).name)
        return parse(scope, css, read_from, **options)

    monkeypatch.setattr(stylesheet, "parse", counted)
    app = CoachApp(desk.failed_twice(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        assert app.has_class("-dark-mode")
        assert app.screen.styles.background == Color.parse(app.theme_variables["background"])
        await pilot.press("1")
        await on_screen(pilot, TimelineScreen)
        await pilot.press("b")
        await on_screen(pilot, AttemptForm)
        own = Counter(name for name in read if name.endswith(".tcss"))
        assert own.keys() >= {"app.tcss", "form.tcss", "schedule.tcss", "timeline.tcss"}
        assert set(own.values()) == {1}
        app.theme = theme.LIGHT.name
        await wait_until(pilot, lambda: read.count("schedule.tcss") == 2)


@pytest.mark.parametrize("name", [theme.LIGHT.name, "ansi-dark", "ansi-light", "nord"])
async def test_every_theme_draws_every_screen(tmp_path, name):
    service = desk.service_in(tmp_path)
    service.load_sample()
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        app.theme = name
        for key in ("1", "2", "3", "e", "escape", "p", "escape", "question_mark", "escape", "n"):
            await pilot.press(key)
        await wait_until(pilot, lambda: "AZ-104" in screen_text(app))


WITHOUT_COLOURS = {
    ("1",): "YOU MAY SIT",
    ("1", "enter"): "at a test centre",
    ("3",): "Sat",
    ("3", "enter"): "Why now",
    ("3", "a"): "a week",
    ("3", "v"): "added",
    ("n",): "Score",
    ("question_mark",): "Schedule screen",
}


async def test_inv_43_without_colours_all_marks_stay(tmp_path, monkeypatch):  # UI-03
    monkeypatch.setenv("NO_COLOR", "1")
    app = CoachApp(desk.failed_twice(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await wait_until(pilot, lambda: "B 48" in screen_text(app))
        for keys, mark in WITHOUT_COLOURS.items():
            await pilot.press(*keys)
            await wait_until(pilot, lambda mark=mark: mark in screen_text(app))
            await pilot.press("escape")


async def test_hostile_records_break_no_screen(tmp_path, size):
    service = desk.failed_twice(tmp_path)
    for hostile in samples.HOSTILE[:-1]:
        desk.done(service.act(add_practice, _practice(hostile)))
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        for key in ("1", "enter", "enter", "2", "enter", "enter", "3", "enter", "enter", "e"):
            await pilot.press(key)
            assert "\x1b" not in screen_text(app)
        await pilot.press(*"[/x]")
        await back(pilot)


def _practice(source):
    return PracticeDraft(exam="AZ-104", domain="1", correct="1", total="2", source=source)


async def test_collection_is_on_after_the_first_paint(tmp_path):
    gc.disable()
    try:
        app = CoachApp(desk.failed_twice(tmp_path))
        async with app.run_test(size=(60, 20)) as pilot:
            await wait_until(pilot, gc.isenabled)
    finally:
        gc.enable()
        gc.unfreeze()
