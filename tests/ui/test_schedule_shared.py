"""Two exams in one week, weeks that have passed, and the reasons beside the week."""

import pytest
from msgspec.structs import replace

from coach.model.plan import Reason
from coach.model.settings import DEFAULT_HOURS
from coach.service.outcome import Done
from coach.ui.app import CoachApp, notice
from coach.ui.widgets.rows import row_width
from coach.ui.widgets.schedule.block_rows import why_rows
from coach.ui.widgets.schedule.board import PlanBoard
from coach.ui.widgets.schedule.frame import panel_rows
from coach.ui.widgets.schedule.plan_view import arrange, week_sum
from coach.ui.widgets.schedule.week_layout import week_layout
from tests.ui import plans, samples
from tests.ui.fakes import FakeService
from tests.ui.waiting import screen_text, wait_until

VIEW = arrange(plans.SHARED, DEFAULT_HOURS, samples.NOW)


def test_what_another_exam_takes_fills_the_day_and_not_the_week_of_this_one():
    alone = arrange(plans.FULL, DEFAULT_HOURS, samples.NOW)
    wednesday = VIEW.weeks[0].days[2]
    assert wednesday.load.planned == alone.weeks[0].days[2].load.planned + 45
    assert VIEW.weeks[0].load == alone.weeks[0].load
    assert week_sum(VIEW.weeks[0]) == week_sum(alone.weeks[0])
    assert [(exam, load.total) for exam, load in VIEW.weeks[0].beside] == [("AZ-500", 45)]
    assert VIEW.domains == alone.domains


def test_the_panel_has_a_line_for_the_other_exam():
    line = next(
        line
        for line in plans.text_of(panel_rows(VIEW, plans.SHARED, 0, 33)).split("\n")
        if "AZ-500" in line
    )
    assert line.split() == ["·", "AZ-500", "45", "min", "3h"]


def test_the_next_block_is_one_of_the_exam_on_screen():
    ticked = plans.changed(plans.SHARED, "b0-3", status="done")
    ticked = plans.changed(ticked, "b0-4", status="done")
    assert arrange(ticked, DEFAULT_HOURS, samples.NOW).next_block == "b0-5"


def test_a_week_that_did_not_change_is_taken_over():
    after = plans.changed(plans.SHARED, "b1-0", status="done")
    view = arrange(after, DEFAULT_HOURS, samples.NOW, VIEW)
    assert [new is old for new, old in zip(view.weeks, VIEW.weeks, strict=True)] == [
        True, False, True, True,
    ]  # fmt: skip
    assert view == arrange(after, DEFAULT_HOURS, samples.NOW)


async def test_whose_block_it_is_can_be_read_and_it_can_be_ticked_here(size):
    state = plans.state(plans.SHARED)
    service = FakeService(state, block_done=Done(state=state, message="Saved."))
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: app.screen.query_one(PlanBoard).entry)
        await wait_until(pilot, lambda: "AZ-500" in screen_text(app))
        await pilot.press("down", "down")
        assert app.screen.query_one(PlanBoard).entry.block.id == "o0"
        await pilot.press("space")
        assert service.calls == [("block_done", ("o0",))]


@pytest.mark.parametrize("height", [0, 4, 5, 6, 8, 30])
def test_the_reasons_fit_the_rows_that_are_left(height):
    entry = VIEW.entry["b0-3"]
    reasons = (
        Reason(code="SHARE", text="Storage takes 43 % of the time, as the only below."),
        Reason(code="X", text="[/x] " * 40),
    )
    rows = why_rows(entry, reasons, None, VIEW, 30, height)
    assert len(rows) <= height
    assert all(row_width(row) <= 30 for row in rows)
    assert ("43 %" in plans.text_of(rows)) == (height > 4)
    assert ("[/x]" in plans.text_of(rows)) == (height > 8)


async def test_the_reason_follows_the_selection():
    app = CoachApp(FakeService())
    async with app.run_test(size=(160, 50)) as pilot:
        await wait_until(pilot, lambda: "It went from above to near" in screen_text(app))
        await pilot.press("down")
        await wait_until(pilot, lambda: "Storage takes 43 %" in screen_text(app))


async def test_a_plan_that_begins_later_keeps_the_week_on_screen():
    app = CoachApp(FakeService())
    async with app.run_test(size=(160, 50)) as pilot:
        await wait_until(pilot, lambda: "Week 1 of 4" in screen_text(app))
        await pilot.press("right_square_bracket")
        await wait_until(pilot, lambda: "30 Nov – 6 Dec" in screen_text(app))
        later = replace(plans.FULL, weeks=plans.FULL.weeks[1:])
        app.service.state = app.state = plans.state(later)
        await wait_until(pilot, lambda: "Week 1 of 3" in screen_text(app))
        assert "30 Nov – 6 Dec" in screen_text(app)


def test_today_has_a_mark_that_needs_no_colour():
    heads = plans.text_of(week_layout(VIEW, 0, 80, 30).head)
    assert "▸Wed 25" in heads
    assert heads.count("▸") == 1


def test_a_save_names_the_other_exams_that_it_planned_anew():
    state = plans.state(plans.SHARED)
    outcome = Done(state=state, message="Hours saved.", saved=True, others=(("AZ-500", 3),))
    assert notice(outcome, undoable=True) == (
        "Hours saved. Also re-planned: AZ-500 (3 changes). u undoes it."
    )
