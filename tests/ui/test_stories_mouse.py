"""A week lived with the mouse alone: tabs, sessions, the key bar, and sheets with their keys."""

from datetime import datetime

from textual import events

from coach.service.service import Service
from coach.ui.app import CoachApp
from coach.ui.screens.heatmap import HeatmapScreen
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.schedule_sheets import BlockDetail, DoneAfterAll, ReplanPreview
from coach.ui.screens.timeline import TimelineScreen
from coach.ui.widgets.line_view import RowsView
from tests.ui import desk
from tests.ui.stories import SIZES, statuses
from tests.ui.waiting import on_screen, screen_lines, wait_until


async def click(pilot, words, last=False, beside=1):
    """Click on those words as they stand on the screen, or so many cells beside their beginning."""

    def places():
        lines = enumerate(screen_lines(pilot.app))
        return [(line.index(words) + beside, row) for row, line in lines if words in line]

    await wait_until(pilot, places)
    x, y = places()[-1 if last else 0]
    widget, region = pilot.app.screen.get_widget_at(x, y)
    await pilot.click(widget, offset=(x - region.x, y - region.y))


async def wheel(pilot, kind):
    """Turn the wheel over the middle of the screen."""
    size = pilot.app.size
    middle = {"x": size.width // 2, "y": size.height // 2}
    pilot.app.post_message(
        kind(
            None, **middle, delta_x=0, delta_y=0, button=0, shift=False, meta=False, ctrl=False,
            screen_x=middle["x"], screen_y=middle["y"],
        )
    )  # fmt: skip
    await pilot.pause()


@SIZES
async def test_a_monday_evening_and_the_tabs_by_mouse(tmp_path, size):
    clock = desk.Clock()
    service = Service(tmp_path, desk.ZONE, clock)
    desk.report(service, "2026-11-21T10:00", 640, ("below", "near", "near", "near", "above"))
    clock.now = datetime(2026, 11, 23, 20, 40, tzinfo=desk.ZONE)
    service = Service(tmp_path, desk.ZONE, clock)
    first, second = sorted(service.state.facts.blocks.values(), key=lambda b: b.start)[:2]
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        for words, screen in (
            ("1 Timeline", TimelineScreen),
            ("2 Heatmap", HeatmapScreen),
            ("3 Schedule", ScheduleScreen),
        ):
            await click(pilot, words)
            await on_screen(pilot, screen)
        await click(pilot, "space Done")
        await wait_until(pilot, lambda: statuses(service, [first, second]) == ["done", "planned"])

        # A click selects a session, a second one opens it; the sheet's own keys are buttons.
        await click(pilot, "19:45", beside=9)
        await click(pilot, "19:45", beside=9)
        await on_screen(pilot, BlockDetail)
        rows = app.screen.query_one(RowsView)
        if rows.max_scroll_y:
            await wheel(pilot, events.MouseScrollDown)
            await wait_until(pilot, lambda: rows.scroll_offset.y > 0)
            await wheel(pilot, events.MouseScrollUp)
            await wait_until(pilot, lambda: rows.scroll_offset.y == 0)
        await click(pilot, "space done", last=True)
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: statuses(service, [first, second]) == ["done", "done"])


@SIZES
async def test_what_was_missed_is_settled_by_mouse_and_a_click_outside_closes(tmp_path, size):
    clock = desk.Clock()
    service = Service(tmp_path, desk.ZONE, clock)
    desk.report(service, "2026-11-21T10:00", 640, ("below", "near", "near", "near", "above"))
    first, second = sorted(service.state.facts.blocks.values(), key=lambda b: b.start)[:2]
    clock.now = datetime(2026, 11, 26, 9, 0, tzinfo=desk.ZONE)
    service = Service(tmp_path, desk.ZONE, clock)
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("r")
        await on_screen(pilot, DoneAfterAll)
        await pilot.click(offset=(0, 0))
        await on_screen(pilot, ScheduleScreen)
        await pilot.press("r")
        await on_screen(pilot, DoneAfterAll)
        await click(pilot, "Mon 23 Nov 19:45")
        await click(pilot, "enter rest not")
        await wait_until(pilot, lambda: statuses(service, [first, second]) == ["planned", "done"])
        await on_screen(pilot, ReplanPreview)
        await click(pilot, "esc ", last=True)
        await on_screen(pilot, ScheduleScreen)
