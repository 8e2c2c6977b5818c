"""The plan as a whole: its warnings can be read in full, with the ways out, at every size."""

import pytest
from msgspec.structs import replace

from coach.model.plan import Reason
from coach.model.settings import DEFAULT_HOURS
from coach.service.outcome import Done
from coach.ui.app import CoachApp
from coach.ui.screens.schedule import ScheduleScreen
from coach.ui.screens.schedule_sheets import DoneAfterAll, PlanSheet, plan_sheet_rows
from coach.ui.widgets.rows import row_width
from coach.ui.widgets.schedule.board import PlanBoard
from coach.ui.widgets.schedule.frame import panel_rows, strip_rows
from coach.ui.widgets.schedule.plan_view import arrange
from tests.ui import plans, samples
from tests.ui.fakes import FakeService
from tests.ui.waiting import screen_text, wait_until

AIM = Reason(code="AIM", text="Competent in every area.")
SHORT = Reason(
    code="SHORT",
    text="This needs 44h and there is room for 40h: move the date by 1 week, add 1h a week, "
    "or accept that Networking stays thin.",
)
INVERSION = Reason(code="INVERSION", text="Compute gets more time than Identity [/x].")
WARNED = replace(plans.HALF_MISSED, notes=(AIM, SHORT, INVERSION))
VIEW = arrange(WARNED, DEFAULT_HOURS, plans.MIDWEEK)


@pytest.mark.parametrize("width", [48, 70])
def test_warnings_come_first_in_full_with_the_key_that_leads_out(width):
    rows = plan_sheet_rows(WARNED, VIEW, 0, width)
    assert all(row_width(row) <= width for row in rows)
    words = " ".join(plans.text_of(rows).split())
    assert words.startswith("! This needs 44h and there is room for 40h")
    assert "or accept that Networking stays thin. g moves the date, a adds hours." in words
    assert "Identity [/x]. s shows what each strategy gives." in words
    assert words.endswith("Competent in every area.")


def test_the_whole_backlog_is_listed():
    words = plans.text_of(plan_sheet_rows(WARNED, VIEW, 0, 70))
    assert "5 sessions, 4h 45m" in words
    assert words.count("Mon 23 Nov 19:45") == 1


def test_the_panel_warns_in_short_and_names_the_key():
    words = plans.text_of(panel_rows(VIEW, WARNED, 0, 33))
    assert "! This needs 44h" in words
    assert "i shows it all" in words
    assert "Competent" not in words
    assert "i shows it all" not in plans.text_of(panel_rows(VIEW, plans.FULL, 0, 33))


@pytest.mark.parametrize("width", [58, 79, 120])
def test_the_strip_counts_what_was_missed_and_the_warnings(width):
    def said(view, plan):
        return plans.text_of(strip_rows(samples.STATE, plan, view, width, 5))

    assert "5 missed" in said(VIEW, WARNED)
    assert "(4h 45m): r" in said(VIEW, WARNED)
    assert "2 warnings: i" in said(replace(VIEW, missed=()), WARNED)
    assert "warning" not in said(VIEW, plans.FULL)


async def test_the_ways_out_are_a_key_away(size):
    service = FakeService(plans.state(WARNED), preview_replan=Done(state=samples.STATE, message=""))
    app = CoachApp(service)
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: app.screen.query_one(PlanBoard).entry)
        await pilot.press("i")
        await wait_until(pilot, lambda: isinstance(app.screen, PlanSheet))
        await wait_until(pilot, lambda: "This needs 44h" in screen_text(app))
        await pilot.press("i")
        await wait_until(pilot, lambda: isinstance(app.screen, ScheduleScreen))
        await pilot.press("i", "r")
        await wait_until(pilot, lambda: isinstance(app.screen, DoneAfterAll))
        await pilot.press("enter")
        await wait_until(pilot, lambda: service.calls == [("preview_replan", ("AZ-104",))])
