"""A folder that may not be written, a disk without room: one line, and nothing typed is lost."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import Input

from coach.ui.app import CoachApp
from coach.ui.screens.exam_forms import PracticeForm
from coach.ui.screens.schedule import ScheduleScreen
from tests.ui import desk
from tests.ui.waiting import screen_text, wait_until

SCRIPT = Path(__file__).with_name("unwritable.py")


@pytest.fixture
def unwritable(tmp_path):
    """A folder with two reports and no right to write, which is given back after the test."""
    desk.failed_twice(tmp_path)
    folders = (tmp_path, tmp_path / "backups")
    for folder in folders:
        folder.chmod(0o500)
    yield tmp_path
    for folder in folders:
        folder.chmod(0o700)


def test_in_a_folder_that_may_not_be_written_the_app_says_so_and_keeps_what_was_typed(unwritable):
    before = (unwritable / "coach.json").read_bytes()
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(unwritable)],
        capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(SCRIPT.parents[2])},
    )  # fmt: skip
    assert json.loads(done.stdout) == {
        "ticked": 0,
        "form": "PracticeForm",
        "typed": ["7/10", *[""] * 7],
        "data": "YourData",
    }
    assert (unwritable / "coach.json").read_bytes() == before


@pytest.fixture
def no_room(tmp_path):
    """No file may grow beyond half of the data file while the test lasts."""
    desk.failed_twice(tmp_path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = (tmp_path / "coach.json").stat().st_size // 2
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_without_room_the_form_stays_and_saves_once_there_is_some(tmp_path, no_room):
    app = CoachApp(desk.service_in(tmp_path))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        await pilot.press("p")
        await wait_until(pilot, lambda: isinstance(app.screen, PracticeForm))
        await pilot.press(*"7/10")
        before, limits = (tmp_path / "coach.json").read_bytes(), resource.RLIMIT_FSIZE
        room = resource.getrlimit(limits)
        no_room()
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "could not be saved" in screen_text(app))
        assert [line.value for line in app.screen.query(Input)] == ["7/10", *[""] * 7]
        assert (tmp_path / "coach.json").read_bytes() == before
        resource.setrlimit(limits, room)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
    assert len(desk.service_in(tmp_path).state.facts.practice) == 2
