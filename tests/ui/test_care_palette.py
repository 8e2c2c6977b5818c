"""The palette finds every action by its name, and the help names every key at every size."""

import pytest

from coach.ui import actions
from coach.ui.app import CoachApp
from coach.ui.palette import NOT_OFFERED, CoachCommands
from coach.ui.screens.schedule import ScheduleScreen
from tests.ui import desk
from tests.ui.waiting import screen_text, wait_until

BY_NAME = [
    entry.label
    for entry in actions.ACTIONS
    if entry.id not in NOT_OFFERED and actions.WELCOME not in entry.screens
]
WITHOUT_A_KEY = [
    "Make a backup",
    "Export your data",
    "Merge another copy in",
    "Light, dark, high contrast",
]


async def test_every_action_is_found_by_its_name(tmp_path):
    app = CoachApp(desk.failed_twice(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        provider = CoachCommands(app.screen)
        for label in (*BY_NAME, *WITHOUT_A_KEY):
            found = [str(hit.text) async for hit in provider.search(label)]
            assert any(name.startswith(label) for name in found), label


@pytest.mark.parametrize("label", WITHOUT_A_KEY[:3])
async def test_what_has_no_key_opens_from_the_palette(tmp_path, label):
    app = CoachApp(desk.failed_twice(tmp_path))
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        await pilot.press("ctrl+p", *label.replace(" ", "").lower())
        await wait_until(pilot, lambda: label in screen_text(app))
        await pilot.press("enter")
        opened = "Backup made" if label.startswith("Make") else label
        await wait_until(pilot, lambda: opened in screen_text(app))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("holiday", "Hours"),
        ("reschedule", "Re-plan"),
        ("exam day", "This exam"),
        ("drop exam", "Drop this exam"),
        ("open lab", "Details"),
        ("xyzzy", "Nothing is called xyzzy"),
    ],
)
async def test_everyday_words_find_their_action(tmp_path, words, name):
    app = CoachApp(desk.failed_twice(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        found = [str(hit.match_display) async for hit in CoachCommands(app.screen).search(words)]
        assert any(shown.startswith(name) for shown in found), found
