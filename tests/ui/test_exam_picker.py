"""The exam picker: find by part of a code or title, tracked exams first, and take one."""

import pytest
from textual.widgets import Input, OptionList

from coach.ui.app import CoachApp
from coach.ui.screens.exams import ExamPicker
from coach.ui.screens.paste_form import OutlineForm, PasteBox
from coach.ui.screens.report_form import ReportForm
from tests.ui import desk, samples
from tests.ui.waiting import screen_text, wait_until


@pytest.fixture
def service(tmp_path):
    service = desk.failed_twice(tmp_path)
    desk.report(service, "2026-11-02T10:00", 610, ("below", "near"), exam="SC-300")
    return service


def codes(app):
    return [option.id for option in app.screen.query_one(OptionList).options if option.id]


async def opened(pilot):
    await pilot.press("e")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ExamPicker))
    await wait_until(pilot, lambda: len(codes(pilot.app)) > 60)


async def test_tracked_exams_come_first_with_their_facts(service, size):
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        assert codes(app)[:2] == ["AZ-104", "SC-300"]
        await wait_until(pilot, lambda: "668" in screen_text(app) and "610" in screen_text(app))


async def test_switch_to_another_tracked_exam_with_the_arrows(service, size):
    shown = service.state.code
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press(*(["down"] if shown == "AZ-104" else []), "enter")
        await wait_until(pilot, lambda: app.state.code not in (None, shown))
        await wait_until(pilot, lambda: app.state.code in screen_text(app).splitlines()[0])


@pytest.mark.parametrize(
    ("typed", "first"),
    [("104", "AZ-104"), ("/az500", "AZ-500"), ("SECURITY TECH", "AZ-500"), ("dp-700", "DP-700")],
)
async def test_part_of_a_code_or_title_finds_the_exam(service, typed, first):
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        app.screen.query_one(Input).value = typed
        await wait_until(pilot, lambda: codes(app)[0] == first)
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.state.code == first)


async def test_an_exam_tracked_anew_is_kept(service, tmp_path):
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press(*"az305", "enter")
        await wait_until(pilot, lambda: app.state.code == "AZ-305")
    assert desk.service_in(tmp_path).state.code == "AZ-305"


async def test_nothing_found_says_so_and_escape_changes_nothing(service, size):
    before = service.state.code
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        for hostile in samples.HOSTILE:
            app.screen.query_one(Input).value = hostile
            await wait_until(pilot, lambda: not codes(app) or codes(app)[0] == "AZ-104")
            await wait_until(pilot, lambda: codes(app) or "Add " in screen_text(app))
            assert "\x1b" not in screen_text(app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: len(app.screen_stack) == 1)
        assert app.state.code == before


async def test_arrows_and_pages_far_beyond_the_ends(service):
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press(*["up"] * 12, *["pagedown"] * 12, *["down"] * 12, *["pageup"] * 12)
        assert app.screen.query_one(OptionList).highlighted is not None


async def test_closing_twice_leaves_the_form_below_alone(service):
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(app.screen, ReportForm))
        await wait_until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press("up", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, ExamPicker))
        picker = app.screen
        picker.dismiss("AZ-500")
        picker.dismiss("SC-300")
        await wait_until(pilot, lambda: isinstance(app.screen, ReportForm))
        await wait_until(pilot, lambda: app.screen.draft().exam == "AZ-500")


OUTLINE = """Hive care (40-50%)
Inspect a hive
Treat against mites
Honey (50-60%)
Extract honey
"""


async def test_an_exam_that_nothing_fits_is_added_from_its_outline_and_planned(service, size):
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        app.screen.query_one(Input).value = "xy-300"
        await wait_until(pilot, lambda: "Add XY-300" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, OutlineForm))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "no domain with a percentage" in screen_text(app))
        app.screen.query_one(PasteBox).take(OUTLINE)
        await wait_until(pilot, lambda: "Ready to save: 2 domains" in screen_text(app))
        for part in ("40–50 %", "Hive care", "2 topics", "90–110 %"):
            assert part in screen_text(app)
        app.screen.query_one("#field-policy Input", Input).value = "guesswork"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: app.screen.query(".problem.-shown"))
        assert app.screen.draft()[0] == OUTLINE
        app.screen.query_one("#field-policy Input", Input).value = ""
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: app.state.code == "XY-300")
        assert app.state.retake.status == "unknown"
        planned = {b.domain for week in app.state.plan.weeks for b in week.blocks}
        assert {"Hive care", "Honey"} <= planned


async def test_a_booked_exam_says_so_in_the_picker(service):
    app = CoachApp(service)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await wait_until(pilot, lambda: "exam Wed 16 Dec 10:00" in screen_text(app))
