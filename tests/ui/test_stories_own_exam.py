"""An exam that the catalogue lacks, from its page on the clipboard to the second attempt: nobody
pretends to know its rule, and nothing of another vendor's is assumed."""

from datetime import date, datetime

import pytest
from textual.widgets import Input

from coach.service import outline_import
from coach.service.reports import add_report
from coach.service.service import Service
from coach.ui.app import CoachApp
from coach.ui.screens.exam_forms import AttemptForm, RatingForm
from coach.ui.screens.exams import ExamPicker
from coach.ui.screens.heatmap import HeatmapScreen
from coach.ui.screens.paste_form import OutlineForm, PasteBox
from coach.ui.screens.report_form import ReportForm
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.timeline import TimelineScreen
from coach.ui.screens.welcome import WelcomeScreen
from tests.ui import desk
from tests.ui.stories import SIZES, form
from tests.ui.waiting import on_screen, screen_text, settled_text, wait_until

PAGE = """\
Certified Tester Foundation Level (CTFL)

1. Fundamentals of Testing - 40%
   1.1 What is Testing?
   1.2 Testing Principles
2. Test Techniques - 35%
   2.1 Black-Box Techniques
   2.2 White-Box Techniques
3. Test Tools - 25%
   3.1 Tool Support
"""


async def added(pilot, text):
    """The exam CTFL, looked for in vain and added from that text."""
    await on_screen(pilot, WelcomeScreen)
    await form(pilot, "e", ExamPicker)
    await pilot.press(*"ctfl")
    await wait_until(pilot, lambda: "Add CTFL" in screen_text(pilot.app))
    await pilot.press("enter")
    await on_screen(pilot, OutlineForm)
    await wait_until(pilot, lambda: isinstance(pilot.app.focused, PasteBox))
    pilot.app.screen.query_one(PasteBox).take(text)
    await wait_until(pilot, lambda: "Ready to save: 3 domains." in screen_text(pilot.app))
    await pilot.press("shift+tab", "shift+tab")
    await pilot.press(*"ISTQB", "ctrl+s")
    await on_screen(pilot, RatingForm)
    await wait_until(pilot, lambda: pilot.app.focused is not None)


@SIZES
async def test_an_exam_from_pasted_text_is_planned_sat_and_planned_again(tmp_path, size):
    clock = desk.Clock()
    service = Service(tmp_path, desk.ZONE, clock)
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await added(pilot, PAGE)
        await wait_until(pilot, lambda: "rule not known" in screen_text(app))
        await pilot.press(*"8 jan")
        await pilot.press("down", "n", "down", "b", "down", "a", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        await form(pilot, "b", AttemptForm)
        await pilot.press("tab")
        await pilot.press(*"8 jan 9am", "ctrl+s")
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: "Fri 8 Jan" in screen_text(app))
    view = service.view()
    assert view.schedule.basis == "self-rating"
    most = max(view.schedule.allocation, key=lambda share: share.minutes)
    assert most.domain == "Test Techniques"  # 35 % twice is more than 40 % once
    assert (view.retake.status, view.retake.earliest) == ("unknown", None)

    clock.now = datetime(2027, 1, 8, 13, 0, tzinfo=desk.ZONE)
    service = Service(tmp_path, desk.ZONE, clock)
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, ScheduleScreen)
        await wait_until(pilot, lambda: "How did it go?" in screen_text(app))
        await form(pilot, "n", ReportForm)
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        assert app.focused.value == "2027-01-08 09:00"
        assert "no pass mark is known" in screen_text(app)
        assert "Microsoft" not in screen_text(app)
        await pilot.press("down", *"61", "down", "f")
        await wait_until(pilot, lambda: "[fail]" in screen_text(app))
        await pilot.press(*["down"] * 3, "n", "down", "b", "down", "a", "ctrl+s")
        await on_screen(pilot, HeatmapScreen)
        await pilot.press("1")
        await on_screen(pilot, TimelineScreen)
        shown = await settled_text(pilot, "ask the vendor")
        assert "may sit now" not in shown
        assert "GOAL DATE" not in shown
    view = service.view()
    (attempt,) = view.timeline.attempts
    assert (attempt.score, attempt.passed, view.timeline.passing_score) == (61, False, None)
    assert (view.retake.status, view.retake.earliest, view.retake.attempts_left) == (
        "unknown", None, None,
    )  # fmt: skip
    assert [note.text for note in view.retake.notes if "Microsoft" in note.text] == []
    assert view.schedule.basis == "report"
    ahead = [b for b in service.state.facts.blocks.values() if b.start > clock.now]
    assert {block.status for block in ahead} == {"planned"}
    assert min(block.start for block in ahead).date() == date(2027, 1, 9)


@SIZES
async def test_a_rule_that_nobody_knows_is_refused_and_what_was_pasted_stays(tmp_path, size):
    service = Service(tmp_path, desk.ZONE, desk.Clock())
    app = CoachApp(service)
    async with app.run_test(size=size, notifications=True) as pilot:
        await on_screen(pilot, WelcomeScreen)
        await form(pilot, "e", ExamPicker)
        await pilot.press(*"ctfl", "enter")
        await on_screen(pilot, OutlineForm)
        await wait_until(pilot, lambda: isinstance(app.focused, PasteBox))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "no domain with a percentage" in screen_text(app))
        app.screen.query_one(PasteBox).take(PAGE)
        await pilot.press("shift+tab")
        await pilot.press(*"istqb", "ctrl+s")
        await wait_until(pilot, lambda: "is no rule that is known" in screen_text(app))
        assert isinstance(app.screen, OutlineForm)
        assert app.screen.query_one(PasteBox).text.strip() == PAGE.strip()
        assert service.state.code is None


@pytest.mark.parametrize(("typed_result", "passed"), [("pass", True), ("fail", False), ("", None)])
def test_without_a_pass_mark_the_result_says_what_a_score_cannot(tmp_path, typed_result, passed):
    from coach.service.drafts import ReportDraft

    service = Service(tmp_path, desk.ZONE, desk.Clock())
    desk.done(service.extend_catalogue(outline_import.save, PAGE, "CTFL", "ISTQB", None))
    draft = ReportDraft(exam="CTFL", at="2026-11-20T10:00", score="61", result=typed_result)
    desk.done(service.act(add_report, draft))
    (attempt,) = service.view("CTFL").timeline.attempts
    assert attempt.passed is passed
