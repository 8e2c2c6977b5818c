"""Six weeks of daily use by keyboard: ticks, half evenings, a quiz, two evenings missed, a practice
test, another split, a booking, and the exam."""

from contextlib import asynccontextmanager
from datetime import datetime

from textual.widgets import Input

from coach.service.service import Service
from coach.service.settings import select
from coach.ui.app import CoachApp
from coach.ui.screens.exam_forms import AttemptForm, PracticeForm
from coach.ui.screens.heatmap import HeatmapScreen
from coach.ui.screens.report_form import ReportForm
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.schedule_sheets import DoneAfterAll, StrategySheet, WaysOn
from tests.ui import desk
from tests.ui.stories import SIZES, form
from tests.ui.waiting import on_screen, screen_text, wait_until


class Life:
    """One person's data over the weeks."""

    def __init__(self, folder, size):
        self.folder, self.size, self.clock = folder, size, desk.Clock()
        self.service = Service(folder, desk.ZONE, self.clock)

    @asynccontextmanager
    async def opened(self, month, day, hour, minute=0):
        """The app, opened at that time of 2026."""
        year = 2026 if month > 6 else 2027
        self.clock.now = datetime(year, month, day, hour, minute, tzinfo=desk.ZONE)
        self.service = Service(self.folder, desk.ZONE, self.clock)
        app = CoachApp(self.service)
        async with app.run_test(size=self.size, notifications=True) as pilot:
            await on_screen(pilot, ScheduleScreen)
            yield pilot

    def of_day(self, day):
        """The study sessions of a day of November, earliest first, as they are stored."""
        blocks = sorted(self.service.state.facts.blocks.values(), key=lambda block: block.start)
        return [b for b in blocks if (b.start.month, b.start.day) == (11, day) and b.domain]

    def stands(self, day):
        return [block.status for block in self.of_day(day)]


@SIZES
async def test_six_weeks_from_a_fail_to_a_pass(tmp_path, size):
    life = Life(tmp_path, size)
    desk.report(life.service, "2026-11-21T10:00", 640, ("below", "near", "near", "near", "above"))
    async with life.opened(11, 23, 20, 40) as pilot:
        await pilot.press("space")
        await wait_until(pilot, lambda: life.stands(23) == ["done", "planned"])
        await pilot.press("t")
        await pilot.press("D")
        await wait_until(pilot, lambda: isinstance(pilot.app.focused, Input))
        await pilot.press("backspace", "backspace", "3", "0", "enter")
        await wait_until(pilot, lambda: life.stands(23) == ["done", "done"])
        assert life.of_day(23)[1].spent == 30
    async with life.opened(11, 24, 20, 40) as pilot:
        await pilot.press("x")
        await wait_until(pilot, lambda: life.stands(24) == ["skipped", "planned"])
        await pilot.press("t", "space")
        await wait_until(pilot, lambda: life.stands(24) == ["skipped", "done"])
        await form(pilot, "p", PracticeForm)
        await pilot.press("down", "down")
        await pilot.press(*"14/20", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
    # Wednesday, Thursday and Saturday go by without a word.
    async with life.opened(11, 30, 8) as pilot:
        assert "missed" in screen_text(pilot.app)
        await pilot.press("r")
        await on_screen(pilot, DoneAfterAll)
        await pilot.press("space", "p", "2", "0", "enter")
        await wait_until(pilot, lambda: life.stands(25) == ["done"])
        await on_screen(pilot, WaysOn)
        await pilot.press("f")
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: "written off" in screen_text(pilot.app))
        pilot.app.clear_notifications()
        await wait_until(pilot, lambda: "missed session" not in screen_text(pilot.app))
        assert life.of_day(26)[0].spent == 20
        assert life.stands(28) == ["skipped"] * 4
        await pilot.press("s")
        await on_screen(pilot, StrategySheet)
        await pilot.press("down", "down", "enter")
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: life.service.view().schedule.strategy == "priority")
        await form(pilot, "b", AttemptForm)
        await pilot.press("tab")
        await pilot.press(*"2 jan 10am")
        await wait_until(pilot, lambda: "= Sat 2 Jan 2027, 10:00" in screen_text(pilot.app))
        await pilot.press("ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: "exam Sat 2 Jan" in screen_text(pilot.app))
    async with life.opened(12, 19, 12) as pilot:
        await form(pilot, "p", PracticeForm)
        await pilot.press(*"14/20")
        await pilot.press("down", *"70%", *["down"] * 4, *"40/50", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        test = [q for q in life.service.state.facts.practice.values() if q.test]
        assert sorted((q.correct, q.total) for q in test) == [(14, 20), (40, 50), (70, 100)]
        desk.done(life.service.act(select, "SC-300"))
        desk.done(life.service.act(select, "AZ-104"))
    async with life.opened(1, 1, 18) as pilot:
        await wait_until(pilot, lambda: "Exam tomorrow" in screen_text(pilot.app))
    async with life.opened(1, 2, 14) as pilot:
        await wait_until(pilot, lambda: "How did it go?" in screen_text(pilot.app))
        await form(pilot, "n", ReportForm)
        await wait_until(pilot, lambda: isinstance(pilot.app.focused, Input))
        await pilot.press("enter", *"715", "ctrl+s")
        await on_screen(pilot, HeatmapScreen)
        await pilot.press("3")
        await wait_until(pilot, lambda: "go on with SC-300" in screen_text(pilot.app))
    road = life.service.view().timeline.road
    assert (road.attempts, road.first_score, road.last_score) == (2, 640, 715)
    # 45 and 30 minutes on Monday, 45 on Tuesday and on Wednesday, 20 on Thursday.
    assert road.study_minutes == 185
