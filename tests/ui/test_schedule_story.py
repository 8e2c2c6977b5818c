"""The schedule over the real service: what a person sees is what is in the file."""

from datetime import timedelta

import pytest

from coach.service.drafts import ReportDraft
from coach.service.reports import add_report
from coach.service.schedule import compare_revisions
from coach.service.service import Service
from coach.service.settings import select, set_strategy, set_target
from coach.ui.app import CoachApp
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.schedule_sheets import ChangesSheet, DoneAfterAll, ReplanPreview, WaysOn
from coach.ui.widgets.schedule.board import PlanBoard
from coach.wording import written
from tests.ui import desk, samples
from tests.ui.waiting import screen_lines, screen_text, wait_until

SIZE = (120, 40)


@pytest.fixture
def clock():
    return desk.Clock(samples.NOW)


@pytest.fixture
def service(tmp_path, clock):
    opened = Service(tmp_path, samples.ZONE, clock)
    opened.load_sample()
    return opened


def reopened(tmp_path, clock):
    return Service(tmp_path, samples.ZONE, clock)


def blocks(service, document="schedule"):
    weeks = getattr(service.view(), document).weeks
    return {block.id: block for week in weeks for block in week.blocks}


def selected(app):
    return app.screen_stack[0].query_one(PlanBoard).entry.block


def pinned_row(app, block):
    """Whether the list shows the block at its time with the mark of a pin."""
    rows = (row.split() for row in screen_lines(app) if f" {block.start:%H:%M} " in row)
    return any({"pin", "P"} & set(row[-3:]) for row in rows)


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
        await pilot.press("space", "down")
        await wait_until(pilot, lambda: selected(app).id != name)
        await pilot.press("u")
        await wait_until(pilot, lambda: selected(app).id == name)
        assert selected(app).status == "planned"


async def test_three_days_missed_then_a_replan_that_is_kept_off_taken_and_undone(
    service, tmp_path, clock, size
):
    clock.now += timedelta(days=3)
    later = reopened(tmp_path, clock)
    before = later.view().schedule.revision
    missed = len(later.state.plan.backlog)
    app = CoachApp(later)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        for key in ("escape", "enter"):
            await pilot.press("r")
            await wait_until(pilot, lambda: isinstance(app.screen, (DoneAfterAll, WaysOn)))
            if isinstance(app.screen, DoneAfterAll):
                await pilot.press("enter")
                await wait_until(pilot, lambda: isinstance(app.screen, WaysOn))
            await pilot.press("c")
            await wait_until(pilot, lambda: isinstance(app.screen, ReplanPreview))
            await wait_until(pilot, lambda: "Makes up for the session missed" in screen_text(app))
            assert "Catch-up" in screen_text(app)
            assert later.view().schedule.revision == before
            await pilot.press(key)
            await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        assert later.view().schedule.revision == before + 1
        assert len(later.state.plan.backlog) < missed
        await pilot.press("u")
        await wait_until(pilot, lambda: later.view().schedule.revision == before)
        assert len(app.state.plan.backlog) == missed


async def test_a_session_that_was_not_ticked_in_time_is_ticked_later(
    service, tmp_path, clock, size
):
    clock.now += timedelta(days=7)
    later = reopened(tmp_path, clock)
    missed = [block.id for block in later.state.plan.backlog]
    app = CoachApp(later)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press("left_square_bracket")
        while selected(app).id not in missed:
            await pilot.press("down")
        name = selected(app).id
        await pilot.press("space")
        await wait_until(pilot, lambda: "Tick this session as done?" in screen_text(app))
        await pilot.press("y")
        assert blocks(reopened(tmp_path, clock), "plan")[name].status == "done"
        await wait_until(pilot, lambda: selected(app).status == "done")
        assert name not in {block.id for block in app.state.plan.backlog}


async def test_a_pinned_block_stays_through_a_replan(service, clock):
    app = CoachApp(service)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("right_square_bracket", "down", "P")
        pinned = selected(app)
        assert pinned.pinned
        clock.now += timedelta(days=3)
        await pilot.press("r", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, WaysOn))
        await pilot.press("c")
        await wait_until(pilot, lambda: isinstance(app.screen, ReplanPreview))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        assert blocks(service)[pinned.id].start == pinned.start
        for narrower in ((80, 24), (60, 20)):
            await pilot.resize_terminal(*narrower)
            await wait_until(pilot, lambda: pinned_row(app, pinned))
            assert selected(app).id == pinned.id


async def test_an_exam_a_week_earlier_shows_what_it_changed(service, size):
    done = {name for name, block in blocks(service, "plan").items() if block.status == "done"}
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        before = service.view().schedule.revision
        await pilot.press("g", *"2026-12-12 10:00", "enter")
        await wait_until(pilot, lambda: service.view().schedule.revision == before + 1)
        plan = service.state.plan
        assert f"{plan.target:%Y-%m-%d %H:%M}" == "2026-12-12 10:00"
        assert max(block.end for week in plan.weeks for block in week.blocks) <= plan.target
        assert done <= blocks(service, "plan").keys()
        await pilot.press("v")
        await wait_until(pilot, lambda: isinstance(app.screen, ChangesSheet))
        await wait_until(pilot, lambda: f"Version {before + 1}" in screen_text(app))
        assert f"{len(plan.changes)} sessions" in screen_text(app)


async def test_any_two_plans_are_compared_by_keys(service, size):
    service.act(set_target, "AZ-104", "2026-12-12T10:00")
    service.act(set_strategy, "AZ-104", "priority")
    last = service.view().schedule.revision
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press("v", "c")
        await wait_until(pilot, lambda: f"compare version {last} with" in screen_text(app))
        await pilot.press("left", "left")
        await wait_until(pilot, lambda: f"From version {last - 2} to {last}" in screen_text(app))
        found = compare_revisions(service.view(), last - 2, last)
        assert f"{len(found.changes)} sessions" in screen_text(app)
        assert "Target 12 Dec; strategy priority." in " ".join(screen_text(app).split())
        await pilot.press("c")
        await wait_until(pilot, lambda: f"Version {last - 2}, " in screen_text(app))


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
        outcome = service.act(add_report, draft)
        assert outcome.changes
        app.state = outcome.state
        await pilot.press("v")
        await wait_until(pilot, lambda: isinstance(app.screen, ChangesSheet))
        await wait_until(pilot, lambda: f"Version {outcome.revision}" in screen_text(app))
        for narrower in ((120, 40), (80, 24), (60, 20)):
            await pilot.resize_terminal(*narrower)
            await wait_until(pilot, lambda: f"{len(outcome.changes)} sessions" in screen_text(app))
        await pilot.press("v")
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        await wait_until(pilot, lambda: " 660 · " in screen_text(app))


async def test_painted_hours_move_the_plan(service, tmp_path, clock):
    app = CoachApp(service)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        await pilot.press("a", "3", "ctrl+s")
        await wait_until(pilot, lambda: "you have 8h" in screen_text(app))
        hours = reopened(tmp_path, clock).state.facts.hours
        assert list(hours.windows) == ["sat", "sun"]


async def test_a_block_is_moved_by_hand(service):
    app = CoachApp(service)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot)
        name = selected(app).id
        board = app.screen.query_one(PlanBoard)
        week = board.week
        await pilot.press("m", "t", *"2026-12-04 18:00", "enter", "enter")
        await wait_until(pilot, lambda: f"{selected(app).start:%a %H:%M}" == "Fri 18:00")
        assert (selected(app).id, board.week) == (name, week + 1)
        await pilot.press("u")
        await wait_until(pilot, lambda: board.week == week)
        assert selected(app).id == name


async def test_another_strategy_makes_another_plan(service):
    app = CoachApp(service)
    async with app.run_test(size=(160, 50)) as pilot:
        await opened(pilot)
        await pilot.press("s", "down", "down", "enter")
        await wait_until(pilot, lambda: service.view().schedule.strategy == "priority")
        await wait_until(pilot, lambda: "by priority" in screen_text(app))


async def test_two_exams_in_one_week_show_whose_block_is_whose(service, size):
    draft = ReportDraft(
        exam="AI-103", at="2026-11-24T09:00", score="610", observations=(("1", "below"),)
    )
    service.act(add_report, draft)
    service.act(select, "AZ-104")
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        while not app.screen.query_one(PlanBoard).entry.beside:
            await pilot.press("down")
        await wait_until(pilot, lambda: "AI-103" in screen_text(app))
        block = selected(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "AI-103" in screen_text(app))
        await wait_until(pilot, lambda: "First step" in screen_text(app))
        await pilot.press("enter", "space")
        if block.start.date() != samples.NOW.date():
            await wait_until(pilot, lambda: "Tick this session as done?" in screen_text(app))
            await pilot.press("y")
        await wait_until(pilot, lambda: service.state.facts.blocks[block.id].status == "done")
        assert app.state.code == "AZ-104"


async def test_the_details_of_a_block_say_why_it_is_there(service, size):
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        reason = service.state.why(selected(app).id)[0]
        await pilot.press("enter")
        await wait_until(pilot, lambda: written(reason)[:30] in screen_text(app))
