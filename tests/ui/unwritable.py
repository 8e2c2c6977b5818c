"""Uses the app on a folder that may not be written, as a user for whom rights count.

python unwritable.py FOLDER  prints what was seen, as JSON
"""

import asyncio
import json
import sys
from pathlib import Path

from textual.widgets import Input

from coach.ui.app import CoachApp
from coach.ui.screens.exam_forms import PracticeForm
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.your_data import YourData
from tests.cli.unprivileged import give_up_capabilities
from tests.ui import desk
from tests.ui.waiting import screen_text, wait_until

REFUSED = "may not write in"


async def use(folder: Path) -> dict[str, object]:
    """Tick a block, log a quiz and make a backup, none of which can be saved."""
    app = CoachApp(desk.service_in(folder))
    seen: dict[str, object] = {}
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        await pilot.press("space")
        await wait_until(pilot, lambda: "Tick this session as done?" in screen_text(app))
        await pilot.press("y")
        await wait_until(pilot, lambda: REFUSED in screen_text(app))
        seen["ticked"] = sum(block.status == "done" for block in app.state.facts.blocks.values())
        app.clear_notifications()
        await pilot.press("p")
        await wait_until(pilot, lambda: isinstance(app.screen, PracticeForm))
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press(*"7/10", "ctrl+s")
        await wait_until(pilot, lambda: REFUSED in screen_text(app))
        seen["form"] = type(app.screen).__name__
        seen["typed"] = [line.value for line in app.screen.query(Input)]
        await pilot.press("escape", "y")
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        await pilot.press("B")
        await wait_until(pilot, lambda: isinstance(app.screen, YourData))
        await pilot.press("m")
        await wait_until(pilot, lambda: REFUSED in screen_text(app))
        seen["data"] = type(app.screen).__name__
    return seen


if __name__ == "__main__":
    give_up_capabilities()
    print(json.dumps(asyncio.run(use(Path(sys.argv[1])))))
