"""A night shift and two exams by keyboard: one evening lasts until 04:00."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from coach.service.drafts import HoursDraft
from coach.service.service import Service
from coach.service.settings import select, set_hours
from coach.ui.app import CoachApp
from coach.ui.screens.schedule import ScheduleScreen
from tests.ui import desk
from tests.ui.waiting import on_screen, screen_text, wait_until

MONDAY_NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=desk.ZONE)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_a_night_with_two_exams_is_ticked_before_its_morning(tmp_path, size):
    clock = desk.Clock()
    service = Service(tmp_path, desk.ZONE, clock)
    desk.report(service, "2026-11-20T10:00", 640)
    desk.done(service.act(select, "AZ-305"))
    desk.done(service.act(set_hours, HoursDraft(windows=(("mon", "22:00-02:00"),))))
    night = sorted(
        (
            block
            for block in service.state.facts.blocks.values()
            if MONDAY_NIGHT <= block.start < MONDAY_NIGHT + timedelta(days=1)
        ),
        key=lambda block: block.start,
    )
    assert night[0].start == MONDAY_NIGHT
    assert night[-1].end <= MONDAY_NIGHT + timedelta(hours=4)
    assert all(one.end <= other.start for one, other in pairwise(night))
    assert {block.exam for block in night} == {"AZ-104", "AZ-305"}

    clock.now = MONDAY_NIGHT + timedelta(hours=5)
    first = next(block for block in night if block.exam == service.view().code)
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        assert "missed" not in screen_text(app).lower()
        await pilot.press("t", "space")
        await wait_until(pilot, lambda: service.state.facts.blocks[first.id].status == "done")
