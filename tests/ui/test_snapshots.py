"""What the screens show of the sample data, letter by letter, at three sizes.

After an intended change run `COACH_SNAPSHOTS=write pytest tests/ui/test_snapshots.py` and read the
difference.
"""

import os
from datetime import datetime
from pathlib import Path

import pytest

from coach.ui.app import CoachApp
from coach.ui.screens.schedule import ScheduleScreen
from tests.ui.desk import ZONE, service_in
from tests.ui.waiting import front, on_screen, settled_text

SNAPSHOTS = Path(__file__).parent / "snapshots"
SIZES = ((60, 20), (80, 24), (120, 40))
KEYS = {"timeline": "1", "heatmap": "2", "schedule": "3", "report": "n"}
SHEETS = {
    "block": ("enter", "Why now"),
    "move": ("m", "where it is"),
    "hours": ("a", "10h a week"),
    "plan": ("i", "Domains"),
    "changes": ("v", "added"),
    "strategy": ("s", "in use"),
    "done": ("r", "did it"),
    "preview": ("r", "accept"),
}
MARKS = {"timeline": "668", "heatmap": "631", "schedule": "19:00", "report": "Exam date"}
NOW = datetime(2026, 11, 19, 18, 30, tzinfo=ZONE)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", KEYS)
async def test_the_screen_shows_what_it_showed(  # INV-43
    tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    service = service_in(tmp_path, NOW)
    service.load_sample()
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await pilot.press(KEYS[name])
        shown = await settled_text(pilot, MARKS[name]) + "\n"
    assert shown == kept(f"{name}-{size[0]}x{size[1]}", shown)


async def test_the_sheets_of_the_schedule_show_what_they_showed(tmp_path: Path) -> None:
    service = service_in(tmp_path, NOW)
    service.load_sample()
    app = CoachApp(service)
    shown = {}
    async with app.run_test(size=SIZES[0]) as pilot:
        await pilot.press("3")
        await settled_text(pilot, MARKS["schedule"])
        for name, (key, mark) in SHEETS.items():
            await pilot.press(key)
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
