"""The schedule as people use it: keys in, what is saved and what is on screen out."""

from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from coach.model.plan import Reason, Revision, StrategySplit
from coach.service.outcome import Done, Refused
from coach.service.refusal import Problem
from coach.ui.app import CoachApp
from coach.ui.screens.form import ShortForm
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.schedule_sheets import (
    BlockDetail,
    ChangesSheet,
    DoneAfterAll,
    PlanSheet,
    ReplanPreview,
    StrategySheet,
)
from coach.ui.text import visible
from coach.ui.widgets.rows import headline
from coach.ui.widgets.schedule.board import PlanBoard
from tests.ui import plans, samples
from tests.ui.fakes import FakeService
from tests.ui.waiting import screen_lines, screen_text, wait_until

WIDE = (120, 40)
NARROW = (80, 24)


def done(plan, **fields):
    return Done(state=plans.state(plan), message="Saved.", **fields)


def board(app):
    return app.screen_stack[0].query_one(PlanBoard)


def selected(app):
    entry = board(app).entry
    return entry.block.id if entry else ""


async def opened(pilot):
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ScheduleScreen))
    await wait_until(pilot, lambda: selected(pilot.app) or pilot.app.screen.has_class("-empty"))


def refusing(service, name, *problems):
    service.answers[name] = Refused(tuple(Problem(field, text) for field, text in problems))


async def test_it_opens_on_today_with_the_next_block(size):
    app = CoachApp(FakeService())
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        assert selected(app) == "b0-3"
        await wait_until(pilot, lambda: "Wed 25" in screen_text(app))
        assert "today" in screen_text(app) or size[0] >= 100
        assert "1 missed" in screen_text(app)


async def test_space_ticks_and_the_tick_shows(size):
    service = FakeService(block_done=done(plans.changed(plans.FULL, "b0-3", status="done")))
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        before = screen_text(app).count("✓")
        await pilot.press("space")
        await wait_until(pilot, lambda: screen_text(app).count("✓") == before + 1)
        assert service.calls == [("block_done", ("b0-3",))]
        assert selected(app) == "b0-3"


@pytest.mark.parametrize(
    ("key", "call"),
    [
        ("x", ("block_skip", ("b0-3",))),
        ("P", ("block_pin", ("b0-3",))),
        ("plus", ("block_move", ("b0-3", "", "60"))),
        ("minus", ("block_move", ("b0-3", "", "30"))),
    ],
)
async def test_one_key_changes_the_selected_block(key, call):
    service = FakeService(**{call[0]: done(plans.FULL)})
    app = CoachApp(service)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press(key)
        assert service.calls == [call]


async def test_a_refused_change_says_why_and_changes_nothing():
    service = FakeService()
    refusing(service, "block_move", ("when", "[/x] overlaps."))
    app = CoachApp(service)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("plus")
        await wait_until(pilot, lambda: "when: [/x] overlaps." in screen_text(app))
        assert app.state is service.state


async def test_arrows_walk_by_block_day_and_week():
    app = CoachApp(FakeService())
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        for key, block in (
            ("down", "b0-4"),
            ("right", "b0-5"),
            ("right", "b0-6"),
            ("up", "b0-5"),
            ("right_square_bracket", "b1-0"),
            ("right_square_bracket", "b2-0"),
            ("left_square_bracket", "b1-0"),
            ("t", "b0-3"),
        ):
            await pilot.press(key)
            assert selected(app) == block, key


async def test_in_the_list_left_and_right_turn_the_week():
    app = CoachApp(FakeService())
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("right")
        assert selected(app) == "b1-0"
        await pilot.press("left", "left", "left")
        assert selected(app) == "b0-3"


async def test_the_selected_block_is_always_on_screen(size):
    app = CoachApp(FakeService(plans.state(plans.LONG)))
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        for _ in range(30):
            await pilot.press("down")
        entry = board(app).entry
        first = headline(entry.title).split()[0] if size[0] >= 100 else f"{entry.block.start:%H:%M}"
        await wait_until(pilot, lambda: f"█ {first}" in screen_text(app))


async def test_the_screen_follows_the_size_of_the_terminal():
    app = CoachApp(FakeService())
    async with app.run_test(size=(160, 50)) as pilot:
        await opened(pilot)
        await wait_until(pilot, lambda: "This plan" in screen_text(app))
        await pilot.resize_terminal(80, 24)
        await wait_until(pilot, lambda: "Wed 25 Nov · today" in screen_text(app))
        assert "This plan" not in screen_text(app)
        await pilot.resize_terminal(120, 40)
        await wait_until(pilot, lambda: "▸Wed 25" in screen_text(app))
        assert "This plan" not in screen_text(app)


async def test_the_minutes_that_it_really_took():
    service = FakeService(block_done=done(plans.FULL))
    app = CoachApp(service)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("D")
        await wait_until(pilot, lambda: isinstance(app.screen, ShortForm))
        await pilot.press("5", "0", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        assert service.calls == [("block_done", ("b0-3", "50"))]


async def test_a_move_that_is_refused_keeps_the_text_until_it_fits(size):
    service = FakeService()
    refusing(service, "block_move", ("when", "not a time."), ("block", "[odd]."))
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press("m", "t")
        await wait_until(pilot, lambda: isinstance(app.screen, ShortForm))
        assert "2026-11-25 19:00" in screen_text(app)
        await pilot.press(*"tomorrow", "ctrl+s")
        await wait_until(pilot, lambda: "when: not a time." in screen_text(app))
        assert "block: [odd]." in screen_text(app)
        assert "tomorrow" in screen_text(app)
        service.answers["block_move"] = done(plans.FULL)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        assert service.calls[-1] == ("block_move", ("b0-3", "tomorrow", "45"))
        assert len(app.screen_stack) == 1


async def test_escape_leaves_a_form_without_saving():
    service = FakeService()
    app = CoachApp(service)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("D", "escape")
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        assert service.calls == []


async def test_enter_explains_the_block_and_space_there_ticks_it(size):
    service = FakeService(block_done=done(plans.FULL))
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, BlockDetail))
        await wait_until(pilot, lambda: "Why now" in screen_text(app))
        assert "It went from" in screen_text(app)
        await pilot.press("space")
        await wait_until(pilot, lambda: service.calls == [("block_done", ("b0-3",))])


async def test_every_sheet_has_another_way_out_than_escape():
    split = StrategySplit(strategy="two-tier", chosen=True, minutes=(), warnings=())
    exam = SimpleNamespace(strategies=(split,), rehearsal=None)
    service = FakeService(preview_replan=done(plans.FULL), view=exam)
    service.state = replace(service.state, schedule=replace(plans.FULL, backlog=()))
    app = CoachApp(service)
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        for opening, closing in (
            ("enter", "q"),
            ("m", "m"),
            ("r", "q"),
            ("v", "v"),
            ("s", "s"),
        ):
            await pilot.press(opening)
            await wait_until(pilot, lambda: len(app.screen_stack) == 2)
            await pilot.press(closing)
            await wait_until(pilot, lambda: len(app.screen_stack) == 1)


async def test_a_replan_is_shown_first_and_saved_only_when_accepted(size):
    preview = done(plans.FULL, changes=plans.FULL.changes, churn=0.14, revision=5)
    service = FakeService(preview_replan=preview, replan=preview)
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press("r", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ReplanPreview))
        await wait_until(pilot, lambda: "Storage is below for the third time." in screen_text(app))
        assert "14 %" in screen_text(app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        assert service.calls == [("preview_replan", ("AZ-104",))]
        await pilot.press("r")
        await wait_until(pilot, lambda: isinstance(app.screen, ReplanPreview))
        await pilot.press("enter")
        await wait_until(pilot, lambda: service.calls[-1] == ("replan", ("AZ-104",)))


async def test_the_changes_of_the_last_plan_can_be_read():
    app = CoachApp(FakeService())
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("v")
        await wait_until(pilot, lambda: isinstance(app.screen, ChangesSheet))
        await wait_until(pilot, lambda: "Report of 20 November: 655" in screen_text(app))
        assert "Networking is above since the last report." in screen_text(app)


async def test_another_strategy_is_chosen_after_seeing_what_it_gives():
    splits = tuple(
        StrategySplit(
            strategy=name,
            chosen=name == "two-tier",
            minutes=((samples.STORAGE, minutes), (samples.IDENTITY, 600)),
            warnings=(),
        )
        for name, minutes in (("two-tier", 900), ("priority", 700), ("balanced", 500))
    )
    exam = SimpleNamespace(strategies=splits, rehearsal=None)
    service = FakeService(view=exam, set_strategy=done(plans.FULL))
    app = CoachApp(service)
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(pilot)
        await pilot.press("s")
        await wait_until(pilot, lambda: isinstance(app.screen, StrategySheet))
        await pilot.press("down", "down")
        await wait_until(pilot, lambda: "▸ balanced" in screen_text(app))
        await pilot.press("enter")
        await wait_until(
            pilot, lambda: service.calls[-1] == ("set_strategy", ("AZ-104", "balanced"))
        )


async def test_a_click_selects_and_a_second_click_opens():
    app = CoachApp(FakeService())
    async with app.run_test(size=NARROW) as pilot:
        await opened(pilot)
        assert await pilot.click("#plan-agenda", offset=(20, 4))
        await wait_until(pilot, lambda: selected(app) == "b0-5")
        assert await pilot.click("#plan-agenda", offset=(20, 4))
        await wait_until(pilot, lambda: isinstance(app.screen, BlockDetail))


async def test_a_click_on_the_panel_selects_a_missed_session_or_shows_the_plan():
    app = CoachApp(FakeService())
    async with app.run_test(size=(160, 50)) as pilot:
        await opened(pilot)
        lines = screen_lines(app)
        row = next(number for number, line in enumerate(lines) if "Missed" in line)
        assert await pilot.click(offset=(130, row + 1))
        await wait_until(pilot, lambda: board(app).entry.block.status == "missed")
        assert await pilot.click(offset=(130, row))
        await wait_until(pilot, lambda: isinstance(app.screen, PlanSheet))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=str)
async def test_a_click_on_what_waits_above_the_plan_does_what_its_key_does(size):
    app = CoachApp(FakeService())
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        lines = screen_lines(app)
        row = next(number for number, line in enumerate(lines) if "missed session" in line)
        assert await pilot.click(offset=(lines[row].index("missed session"), row))
        await wait_until(pilot, lambda: isinstance(app.screen, DoneAfterAll))


async def test_a_click_on_a_later_week_turns_to_it():
    app = CoachApp(FakeService())
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        lines = screen_lines(app)
        (row,) = [number for number, line in enumerate(lines) if line.startswith("       Week 3")]
        assert await pilot.click(offset=(30, row))
        await wait_until(pilot, lambda: "Week 3 of 4" in screen_text(app))
        assert selected(app) == "b2-0"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (samples.EMPTY, ("No plan yet", "choose your exam")),
        (
            plans.state(plans.NONE, heatmap=None),
            ("There is no report yet.", "n  enter a score report"),
        ),
        (
            plans.state(replace(plans.NONE, reason="no study hours are set")),
            ("No study hours are set.", "a  set the hours you have", "g  set another date"),
        ),
        (
            plans.state(
                replace(plans.NONE, notes=(Reason(code="SHORT", text="Move the date, or"),)),
            ),
            ("Move the date, or", "g  set another date"),
        ),
        (
            plans.state(
                replace(plans.NONE, reason="the exam is passed"),
                retake=replace(samples.RETAKE, status="passed", earliest=None),
            ),
            ("Passed: nothing to plan", "The exam is passed.", "go on with AZ-500"),
        ),
        (
            plans.state(
                replace(plans.NONE, reason="the exam is retired"),
                retake=replace(samples.RETAKE, status="retired", successor="SC-500"),
            ),
            ("This exam is retired", "track SC-500"),
        ),
    ],
)
async def test_without_a_plan_it_says_why_and_what_to_press(state, words):
    app = CoachApp(FakeService(state))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("3")
        await opened(pilot)
        for word in words:
            await wait_until(pilot, lambda word=word: word in screen_text(app))
        await pilot.press("space", "x", "P", "m", "D", "plus", "enter", "r", "v", "t", "down")
        assert app.service.calls == []
        assert isinstance(app.screen, ScheduleScreen)


async def test_a_plan_that_vanishes_and_comes_back_is_drawn_afresh():
    app = CoachApp(FakeService())
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        app.state = plans.state(plans.NONE)
        await wait_until(pilot, lambda: "There is no report yet." in screen_text(app))
        app.service.state = app.state = plans.state(plans.EMPTY_WEEK)
        await wait_until(
            pilot, lambda: selected(app) == app.screen.query_one(PlanBoard).view.next_block
        )
        await pilot.press("left_square_bracket")
        await wait_until(pilot, lambda: "Nothing is planned in this week." in screen_text(app))


def made_because(words):
    return Revision(
        id="r",
        exam="AZ-104",
        number=4,
        at=samples.NOW,
        strategy="two-tier",
        trigger=Reason(code="report", text=words),
        target=None,
        study_minutes=0,
        shortfall_minutes=0,
    )


async def test_text_of_others_is_shown_as_it_is(size):
    app = CoachApp(FakeService())
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        for hostile in samples.HOSTILE:
            plan = plans.changed(plans.FULL, "b0-3", topic=hostile)
            facts = replace(samples.STATE.facts, revisions={"r": made_because(hostile)})
            app.service.state = app.state = plans.state(plan, facts=facts)
            await pilot.press("enter")
            await wait_until(pilot, lambda: "First step" in screen_text(app))
            assert not hostile.isascii() or visible(hostile)[:8] in screen_text(app)
            assert "\x1b" not in screen_text(app)
            while "Reason for this plan" not in screen_text(app):
                await pilot.press("down")
            assert "\x1b" not in screen_text(app)
            await pilot.press("escape", "v")
            await wait_until(pilot, lambda: isinstance(app.screen, ChangesSheet))
            await pilot.press("v")


async def test_it_is_drawn_in_every_theme():
    app = CoachApp(FakeService())
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        for theme in ("coach-light", "ansi-dark", "ansi-light", "nord"):
            app.theme = theme
            await wait_until(pilot, lambda: "Wed 25" in screen_text(app))
            week = app.screen.query_one("#plan-week")
            assert any(segment.style for segment in week.render_line(5))
