"""One registry of actions: no key means two things, and everything shown comes from it."""

from datetime import datetime
from pathlib import Path

import pytest
from rich.cells import cell_len

from coach.ui import actions, navigation
from coach.ui.app import CoachApp
from coach.ui.screens.exams import ExamCard
from coach.ui.screens.heatmap import HeatmapScreen
from coach.ui.screens.help import HelpScreen
from coach.ui.screens.hours_editor import PRESETS
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.sheet import KeyRow
from coach.ui.screens.timeline import TimelineScreen
from coach.ui.widgets.head_line import KeyBar, bar_content, fitting
from tests.ui import desk
from tests.ui.data_sets import filled, none, self_rating
from tests.ui.waiting import screen_lines, screen_text, wait_until

SCREENS = {"timeline": TimelineScreen, "heatmap": HeatmapScreen, "schedule": ScheduleScreen}


@pytest.fixture
def service(tmp_path):
    return desk.failed_twice(tmp_path)


@pytest.mark.parametrize("screen", actions.SCREENS)
def test_no_key_of_a_screen_means_two_things(screen):
    keys = [key for entry in actions.on(screen) for key in entry.keys]
    everywhere = [key for entry in actions.on(actions.EVERYWHERE) for key in entry.keys]
    assert sorted(set(keys + everywhere)) == sorted(keys + everywhere)


def test_inv_43_every_action_has_a_key_and_a_sentence_for_the_help():
    for entry in actions.ACTIONS:
        assert entry.keys, entry.id
        assert entry.label, entry.id
        assert entry.help.endswith("."), entry.id


def test_no_key_is_bound_outside_the_registry():
    folder = Path(actions.__file__).parent
    elsewhere = [path for path in folder.rglob("*.py") if path != Path(actions.__file__)]
    assert len(elsewhere) > 40
    assert [path.name for path in elsewhere if "Binding(" in path.read_text("utf-8")] == []


def test_the_grid_of_hours_has_a_key_for_each_ready_made_week():
    digits = {key for key in actions.WIDGETS["hours"] if key.isdigit()}
    assert digits == {str(number) for number in range(len(PRESETS))}


def test_ids_are_unique():
    ids = [entry.id for entry in actions.ACTIONS]
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("screen", actions.SCREENS)
def test_every_action_is_handled_by_its_screen_or_the_app(screen):
    opened = {*navigation.ROUTES, *navigation.MODES}
    for entry in (*actions.on(screen), *actions.on(actions.EVERYWHERE)):
        method = f"action_{entry.id}"
        handled = hasattr(SCREENS[screen], method) or hasattr(CoachApp, method)
        assert handled or entry.id in opened, entry.id


@pytest.mark.parametrize("screen", actions.SCREENS)
@pytest.mark.parametrize("width", [20, 40, 60, 80, 99, 100, 160])
def test_the_key_bar_fits_and_always_offers_help(screen, width):
    line = bar_content(actions.key_bar(screen), width)
    assert cell_len(line.plain) <= width
    assert line.plain.endswith("? Help")
    if width < 100:
        shown = [e for e in actions.key_bar(screen) if f"{e.shown} {e.label}" in line.plain]
        assert len(shown) <= 6


@pytest.mark.parametrize("screen", actions.SCREENS)
async def test_help_lists_every_key_of_the_screen_first(service, screen, size):  # INV-43
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await pilot.press(actions.action(screen).keys[0])
        await wait_until(pilot, lambda: app.current_mode == screen)
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await wait_until(pilot, lambda: actions.on(screen)[0].label in screen_text(app))
        listing = app.screen.listing(70, 40)
        told = "\n".join("".join(seg.text for seg in row) for e in listing.entries for row in e)
        for entry in actions.ACTIONS:
            if actions.WELCOME not in entry.screens:
                assert entry.label in told
        assert told.strip().startswith(f"{actions.action(screen).label} screen")
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: len(app.screen_stack) == 1)


@pytest.mark.parametrize("screen", actions.SCREENS)
@pytest.mark.parametrize("fill", [none, self_rating], ids=lambda fill: fill.__name__)
async def test_every_key_of_the_bar_does_something_without_a_report(tmp_path, fill, screen):
    app = CoachApp(filled(tmp_path, fill))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(actions.action(screen).keys[0])
        await wait_until(pilot, lambda: app.current_mode == screen)
        offered = fitting(app.screen.query_one(KeyBar)._offered, 120, 9)
        for entry in offered:
            if entry.id in ("quit", "today"):
                continue
            before = screen_text(app)
            await pilot.press(entry.keys[0])
            await wait_until(pilot, lambda seen=before: screen_text(app) != seen)
            while len(app.screen_stack) > 1:
                await pilot.press("escape")


@pytest.mark.parametrize(
    ("hour", "key"), [(8, "E This exam"), (11, "E This exam"), (13, "n New report")]
)
async def test_on_the_day_of_the_exam_the_key_bar_begins_with_what_it_asks_for(
    service, tmp_path, hour, key
):
    later = desk.service_in(tmp_path, datetime(2026, 12, 16, hour, 0, tzinfo=desk.ZONE))
    app = CoachApp(later)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: screen_lines(app)[-1].startswith(f" {key} "))
        for label in ("Done", "Skip", "Move", "Re-plan"):
            assert label not in screen_lines(app)[-1]


async def test_a_click_on_the_key_bar_and_on_a_tab_runs_the_action(service):
    app = CoachApp(service)
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: app.screen.query(KeyBar))
        line = screen_text(app).splitlines()[0]
        await pilot.click("#head-line", offset=(line.index("Heatmap"), 0))
        await wait_until(pilot, lambda: app.current_mode == "heatmap")
        bar = screen_text(app).splitlines()[-1]
        await pilot.click("#key-bar", offset=(bar.index("Help"), 0))
        await wait_until(pilot, lambda: isinstance(app.screen, HelpScreen))


async def test_help_is_searched_and_does_what_is_chosen(service):
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: app.screen.query(KeyBar))
        await pilot.press("question_mark", "slash", *"fees entered")
        await wait_until(pilot, lambda: "Whom it is made for" not in screen_text(app))
        await pilot.press("escape", "slash", *"whom it is made")
        await wait_until(pilot, lambda: "Timeline screen" not in screen_text(app))
        await pilot.press("enter", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ExamCard))


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("fail", "New report"),
        ("book the exam", "Booking"),
        ("postpone", "Move"),
        ("holiday", "Hours"),
        ("export", "Your data"),
    ],
)
async def test_help_is_found_by_everyday_words(service, words, label):
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: app.screen.query(KeyBar))
        await pilot.press("question_mark", "slash", *words)
        await wait_until(pilot, lambda: "Redo" not in screen_text(app))
        assert label in screen_text(app)


async def test_a_click_on_a_key_presses_it_and_one_beside_a_sheet_closes_it(service):
    app = CoachApp(service)
    async with app.run_test(size=(110, 36)) as pilot:
        await wait_until(pilot, lambda: app.screen.query(KeyBar))
        for place in ("close", "beside"):
            await pilot.press("E")
            await wait_until(pilot, lambda: isinstance(app.screen, ExamCard))
            await wait_until(pilot, lambda: app.screen.query_one(KeyRow).region.height)
            if place == "beside":
                await pilot.click(offset=(2, 2))
            else:
                before = len("o open   y copy address   ")
                await pilot.click(KeyRow, offset=(before, 0))
            await wait_until(pilot, lambda: len(app.screen_stack) == 1)
