"""The schedule over the real service: what a person sees is what is in the file."""

from datetime import timedelta

import pytest

from coach.service import Service
from coach.service.drafts import ReportDraft
from coach.ui.app import CoachApp
from coach.ui.screens.replan_preview import ChangesSheet, ReplanPreview
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.widgets.plan_board import PlanBoard
from tests.ui import samples
from tests.ui.waiting import screen_text, wait_until

SIZE = (120, 40)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.now = samples.NOW

    def __call__(self, zone):
        return self.now.astimezone(zone)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def service(tmp_path, clock):
    opened = Service(tmp_path, samples.ZONE, clock)
    opened.load_sample()
    return opened


def reopened(tmp_path, clock):
    return Service(tmp_path, samples.ZONE, clock)


def blocks(service):
    return {block.id: block for week in service.state.schedule.weeks for block in week.blocks}


def selected(app):
    return app.screen_stack[0].query_one(PlanBoard).entry.block


async def opened(pilot):
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ScheduleScreen))
    await wait_until(pilot, lambda: selected(pilot.app))


async def test_a_tick_is_in_the_file_and_can_be_taken_back(service, tmp_path, clock):
    app = CoachApp(service)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        name = selected(app).id
        await pilot.press("space")
        assert blocks(reopened(tmp_path, clock))[name].status == "done"
        await wait_until(pilot, lambda: selected(app).status == "done")
        await pilot.press("space")
        assert blocks(reopened(tmp_path, clock))[name].status == "planned"


async def test_three_days_missed_then_a_replan(service, tmp_path, clock):
    clock.now += timedelta(days=3)
    later = reopened(tmp_path, clock)
    before = later.state.schedule.revision
    app = CoachApp(later)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("r")
        await wait_until(pilot, lambda: isinstance(app.screen, ReplanPreview))
        await wait_until(pilot, lambda: "Makes up for the block missed" in screen_text(app))
        assert later.state.schedule.revision == before
        await pilot.press("enter")
        await wait_until(pilot, lambda: later.state.schedule.revision == before + 1)
        await wait_until(pilot, lambda: f"revision {before + 1}" in screen_text(app))


async def test_a_pinned_block_stays_through_a_replan(service, clock):
    app = CoachApp(service)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("right_square_bracket", "down", "P")
        pinned = selected(app)
        assert pinned.pinned
        clock.now += timedelta(days=3)
        await pilot.press("r")
        await wait_until(pilot, lambda: isinstance(app.screen, ReplanPreview))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        assert blocks(service)[pinned.id].start == pinned.start


async def test_an_exam_a_week_earlier_shows_what_it_changed(service):
    app = CoachApp(service)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        outcome = service.set_target("AZ-104", "2026-12-12T10:00")
        app.state = outcome.state
        await wait_until(pilot, lambda: "Sat 12 Dec 10:00" in screen_text(app))
        await pilot.press("v")
        await wait_until(pilot, lambda: isinstance(app.screen, ChangesSheet))
        await wait_until(pilot, lambda: f"Revision {outcome.revision}" in screen_text(app))
        assert f"{len(outcome.changes)} blocks" in screen_text(app)


async def test_a_new_report_in_the_week_changes_the_plan_with_reasons(service):
    app = CoachApp(service)
    bands = ("above", "above", "below", "below", "near")
    draft = ReportDraft(
        exam="AZ-104",
        at="2026-11-25T09:00",
        score="660",
        observations=tuple((str(number), band) for number, band in enumerate(bands, 1)),
    )
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        outcome = service.add_report(draft)
        assert outcome.changes
        app.state = outcome.state
        await pilot.press("v")
        await wait_until(pilot, lambda: isinstance(app.screen, ChangesSheet))
        await wait_until(pilot, lambda: f"Revision {outcome.revision}" in screen_text(app))
        assert f"{len(outcome.changes)} blocks" in screen_text(app)


async def test_painted_hours_move_the_plan(service, tmp_path, clock):
    app = CoachApp(service)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("a", "3", "enter")
        await wait_until(pilot, lambda: "you have 8 h" in screen_text(app))
        hours = reopened(tmp_path, clock).state.facts.hours
        assert list(hours.windows) == ["sat", "sun"]


async def test_a_block_is_moved_by_hand(service):
    app = CoachApp(service)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        name = selected(app).id
        await pilot.press("m", "t", *"2026-11-27 18:00", "enter")
        await wait_until(pilot, lambda: f"{selected(app).start:%a %H:%M}" == "Fri 18:00")
        assert selected(app).id == name


async def test_another_strategy_makes_another_plan(service):
    app = CoachApp(service)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("s", "down", "enter")
        await wait_until(pilot, lambda: service.state.schedule.strategy == "priority")
        await wait_until(pilot, lambda: "weight x gap" in screen_text(app))
