"""What the screens show, letter by letter: the modes of seven data sets at five sizes, and more.

After an intended change run `COACH_SNAPSHOTS=write pytest tests/ui/test_snapshots.py` and read the
difference.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.service.service import Service
from coach.ui.app import CoachApp
from coach.ui.screens.schedule import ScheduleScreen
from tests.ui.data_sets import SETS, filled, three_reports
from tests.ui.waiting import front, on_screen, settled_text, wait_until

SNAPSHOTS = Path(__file__).parent / "snapshots"
SIZES = ((60, 20), (80, 24), (120, 40), (160, 50), (200, 60))
MODES = {"1": "timeline", "2": "heatmap", "3": "schedule"}
SHEETS = {
    "block": ("enter", "First step"),
    "move": ("m", "where it is"),
    "hours": ("a", "10h a week"),
    "plan": ("i", "Domains"),
    "changes": ("v", "added"),
    "strategy": ("s", "in use"),
    "done": ("r", "did it"),
    "preview": ("r enter", "accept"),
}


@pytest.mark.parametrize("fill", SETS, ids=lambda fill: fill.__name__)
async def test_the_modes_show_what_they_showed(  # INV-43
    tmp_path: Path, fill: Callable[[Service], None]
) -> None:
    app = CoachApp(filled(tmp_path, fill))
    shown = ""
    async with app.run_test(size=SIZES[0]) as pilot:
        for size in SIZES:
            await pilot.resize_terminal(*size)
            for key, mode in MODES.items():
                await pilot.press(key)
                await wait_until(pilot, lambda mode=mode: app.current_mode == mode)
                text = await settled_text(pilot, "1 Timeline")
                shown += f"{mode} {size[0]}x{size[1]} {'=' * 40}\n{text}\n"
    assert shown == kept(f"modes-{fill.__name__.replace('_', '-')}", shown)


@pytest.mark.parametrize("size", SIZES[:3], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_report_form_shows_what_it_showed(tmp_path: Path, size: tuple[int, int]) -> None:
    app = CoachApp(filled(tmp_path, three_reports))
    async with app.run_test(size=size) as pilot:
        await pilot.press("n")
        shown = await settled_text(pilot, "Exam date") + "\n"
    assert shown == kept(f"report-{size[0]}x{size[1]}", shown)


async def test_the_sheets_of_the_schedule_show_what_they_showed(tmp_path: Path) -> None:
    app = CoachApp(filled(tmp_path, three_reports))
    shown = {}
    async with app.run_test(size=SIZES[0]) as pilot:
        await pilot.press("3")
        await settled_text(pilot, "19:00")
        for name, (keys, mark) in SHEETS.items():
            await pilot.press(*keys.split())
            shown[name] = front((await settled_text(pilot, mark)).splitlines())
            await pilot.press("escape")
            await on_screen(pilot, ScheduleScreen)
    for name, text in shown.items():
        assert text == kept(f"schedule-{name}-60x20", text)


def kept(name: str, shown: str) -> str:
    """What was kept under that name; on request `shown` is kept first."""
    file = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("COACH_SNAPSHOTS") == "write":
        file.write_text(shown, encoding="utf-8")
    return file.read_text(encoding="utf-8")
