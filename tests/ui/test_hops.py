"""How far a key is from what it does: the functions of the screens between the two are few."""

import sys
from pathlib import Path

import pytest

import coach.ui
from coach.service import blocks, practice, settings
from coach.service.service import Service
from coach.ui.screens.schedule import ScheduleScreen
from tests.ui import desk
from tests.ui.waiting import on_screen, wait_until

SCREENS = str(Path(coach.ui.__file__).parent)
MOST = 4
KEYS = [
    ("space y", blocks, "block_done"),
    ("x", blocks, "block_skip"),
    ("P", blocks, "block_pin"),
    ("plus", blocks, "block_move"),
    ("r", settings, "replan"),
    ("u", Service, "undo"),
    ("m right enter", blocks, "block_move"),
    ("a space ctrl+s", settings, "set_hours"),
    ("g enter", settings, "set_target"),
    ("p 8 slash 9 ctrl+s", practice, "add_practice_test"),
]


def way_here():
    """The functions of the screens that are under way, the newest first, without this file's.

    `on_event` is left out: it lets every event through in its order and knows no action.
    """
    frame = sys._getframe(2)
    while frame is not None:
        own = frame.f_code.co_filename.startswith(SCREENS)
        if own and frame.f_code.co_name != "on_event":
            yield f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name}"
        frame = frame.f_back


@pytest.mark.parametrize(("keys", "owner", "name"), KEYS, ids=[f"{k} {n}" for k, _, n in KEYS])
async def test_a_key_reaches_its_use_case_in_four_hops(tmp_path, monkeypatch, keys, owner, name):
    ways = []
    real = getattr(owner, name)

    def recorded(*arguments, **keywords):
        ways.append(tuple(way_here()))
        return real(*arguments, **keywords)

    app = desk.app_of(desk.failed_twice(tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: app.screen._planned)
        monkeypatch.setattr(owner, name, recorded)
        for key in keys.split():
            await pilot.press(key)
            await pilot.pause()
        await wait_until(pilot, lambda: ways)
    assert len(ways[-1]) <= MOST, " <- ".join(ways[-1])
