"""What the screens around the data show, letter by letter, at two sizes.

After an intended change run `COACH_SNAPSHOTS=write pytest tests/ui/test_care_snapshots.py` and read
the difference.
"""

import os
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from textual.widgets import Input

from coach.service.reports import edit_report, report_draft
from coach.ui.app import CoachApp
from tests.ui import desk
from tests.ui.waiting import front, screen_text, settled_text, wait_until

SNAPSHOTS = Path(__file__).parent / "snapshots"
SIZES = ((60, 20), (80, 24))


@pytest.fixture
def app(tmp_path):
    """Two reports at 09:00, in a backup of 10:00; looked at eleven."""
    desk.failed_twice(tmp_path)
    desk.service_in(tmp_path, desk.NOW + timedelta(hours=1)).maintenance().make_backup()
    return CoachApp(desk.service_in(tmp_path, desk.NOW + timedelta(hours=2)))


async def undo_list(pilot, folder):
    await pilot.press("U")
    return "take the newest back"


async def restore_question(pilot, folder):
    await pilot.press("B")
    await wait_until(pilot, lambda: "all is well" in screen_text(pilot.app))
    await pilot.press("enter")
    return "Now there is"


async def broken_data(pilot, folder):
    (folder / "coach.json").write_bytes(b'{"meta": {"file": {"sch')
    await pilot.press("t")
    return "Leave"


async def stale_edit(pilot, folder):
    other = desk.service_in(folder)
    await pilot.press("1", "down", "c")
    await wait_until(pilot, lambda: pilot.app.screen.query_one("#field-score Input"))
    pilot.app.screen.query_one("#field-score Input", Input).value = "650"
    report = next(r for r in other.state.facts.reports.values() if r.score == 668)
    draft = msgspec.structs.replace(other.ask(report_draft, report.id), score="655", place="centre")
    desk.done(other.act(edit_report, report.id, draft))
    await pilot.press("ctrl+s")
    return "Keep mine"


STORIES = (undo_list, restore_question, broken_data, stale_edit)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__.replace("_", "-"))
async def test_the_screen_shows_what_it_showed(app, tmp_path, story, size):
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: "Schedule" in screen_text(app))
        mark = await story(pilot, tmp_path)
        shown = front((await settled_text(pilot, mark)).splitlines())
    file = SNAPSHOTS / f"{story.__name__.replace('_', '-')}-{size[0]}x{size[1]}.txt"
    if os.environ.get("COACH_SNAPSHOTS") == "write":
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")
