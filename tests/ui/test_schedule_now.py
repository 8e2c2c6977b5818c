"""What stands above the plan: the session of now, or the exam that is near."""

from datetime import datetime

import pytest
from msgspec.structs import replace

from coach.model.answers import ExamDay, ExamMoment
from coach.model.plan import ResourceLink, because
from coach.model.policy import DayStep
from coach.model.settings import DEFAULT_HOURS
from coach.service.reports import blank_draft
from coach.service.service import Service
from coach.ui.app import CoachApp
from coach.ui.screens.report_form import ReportForm
from coach.ui.widgets.rows import row_width
from coach.ui.widgets.schedule.board import PlanBoard
from coach.ui.widgets.schedule.frame import strip_rows
from coach.ui.widgets.schedule.plan_view import arrange
from coach.wording import phrased
from tests.ui import desk, plans, samples
from tests.ui.waiting import on_screen, screen_lines, screen_text, wait_until

LAB = ResourceLink(
    id="x-1",
    kind="lab",
    title="Lab 08: Manage virtual machines",
    url="https://example.org/08",
    minutes=50,
    source="official",
)
EXAM = samples.at(2026, 11, 26, 10)
NEAR = ExamMoment(
    exam="AZ-104",
    attempt="a4",
    phase="day-before",
    at=EXAM,
    place="centre",
    check_in=samples.at(2026, 11, 26, 9, 30),
    change_until=None,
    result_by=None,
)
CHANGE = phrased("Change until {}.", EXAM)
DAY = ExamDay(
    exam="AZ-104",
    at=EXAM,
    place="centre",
    steps=(
        DayStep(code="change", phase="before", text=CHANGE, source="own"),
        DayStep(code="bring", phase="before", text="Bring a valid photo ID.", source="own"),
        DayStep(code="notes", phase="after", text="Note hard topics.", source="own"),
    ),
)


def said(now=samples.NOW, plan=plans.FULL, width=78, **fields):
    state = plans.state(plan, now=now, **fields)
    rows = strip_rows(state, plan, arrange(plan, DEFAULT_HOURS, now), width, 4)
    assert len(rows) == 4
    assert all(row_width(row) <= width for row in rows)
    return plans.text_of(rows)


@pytest.mark.parametrize(
    ("now", "wide", "narrow"),
    [
        ((25, 18, 30), "Next today 19:00–19:45", "Next 19:00  Virtual machines"),
        ((25, 19, 10), "Now, until 19:45", "Now, until 19:45  Virtual machines"),
        ((25, 23, 0), "Over, not ticked:", "Over, not ticked:  "),
        ((24, 12, 0), "Next Wed 25 Nov 19:00–19:45", "Next Wed 25 Nov 19:00  "),
    ],
)
def test_the_strip_is_about_the_session_that_is_on_or_next(now, wide, narrow):
    at = samples.at(2026, 11, *now)
    assert wide in said(at, width=120)
    assert narrow in said(at)
    for width in (58, 78, 120):
        assert "machines" in said(at, width=width)
        assert "It went from above to near" in said(at, width=width)


def test_a_session_that_is_over_names_the_keys():
    assert "space ticks it, D with the minutes it took" in said(samples.at(2026, 11, 25, 23))


@pytest.mark.parametrize("width", [78, 120])
def test_the_strip_names_the_material(width):
    plan = plans.changed(plans.FULL, "b0-3", resource=LAB)
    assert "Use Lab 08: Manage virtual machines (lab, about 50 min)" in said(plan=plan, width=width)


@pytest.mark.parametrize("width", [58, 78, 120])
def test_the_day_before_it_is_about_the_exam(width):
    words = said(width=width, exam_moment=NEAR, exam_day=DAY)
    for line in (
        "Exam tomorrow",
        "Thu 26 Nov 10:00",
        "test centre",
        "Be there by 09:30. E shows the checklist.",
        "Bring a valid photo ID.",
    ):
        assert line in words
    assert "missed" not in words
    assert "Note hard topics" not in words
    assert "Change until 26 Nov 10:00." in said(width=78, exam_moment=NEAR, exam_day=DAY)


def test_on_its_day_and_online_the_check_in_begins_earlier():
    near = replace(NEAR, phase="exam-day", place="online")
    words = said(samples.at(2026, 11, 26, 8), exam_moment=near, exam_day=DAY)
    assert "Exam today" in words
    assert "Begin the check-in at 09:30." in words


@pytest.mark.parametrize("phase", ["after", "result-due"])
def test_after_it_one_question_with_its_key(phase):
    near = replace(NEAR, phase=phase, check_in=None, result_by=samples.at(2026, 11, 27, 11))
    words = said(samples.at(2026, 11, 26, 13), exam_moment=near)
    assert "How did it go?" in words
    assert "n enters the result; date and place are filled in." in words
    assert "The report is due by Fri 27 Nov 11:00." in words


async def test_the_key_after_the_exam_opens_the_form_with_date_and_place(tmp_path, size):
    clock = [samples.NOW]
    service = Service(tmp_path, samples.ZONE, lambda zone: clock[0].astimezone(zone))
    service.load_sample()
    booked = service.state.booked
    clock[0] = booked.replace(hour=booked.hour + 3)
    app = CoachApp(Service(tmp_path, samples.ZONE, lambda zone: clock[0].astimezone(zone)))
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: "n enters the result" in screen_text(app))
        await pilot.press("n")
        await on_screen(pilot, ReportForm)
        draft = app.service.ask(blank_draft, "AZ-104")
        assert (draft.at, draft.place) == (f"{booked:%Y-%m-%d %H:%M}", "centre")
        await wait_until(pilot, lambda: draft.at in screen_text(app))


async def test_the_chosen_week_comes_to_the_top_of_the_list(tmp_path):
    service = Service(tmp_path, samples.ZONE, lambda zone: samples.NOW.astimezone(zone))
    service.load_sample()
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: app.screen.query_one(PlanBoard).entry)
        first = 6
        for week in (3, 4, 5):
            await pilot.press("right_square_bracket")
            await wait_until(pilot, lambda n=week: f"Week {n} of 5" in screen_lines(app)[first])
        await pilot.press("left_square_bracket")
        await wait_until(pilot, lambda: "Week 4 of 5" in screen_lines(app)[first])
        await pilot.press("t")
        await wait_until(pilot, lambda: "today" in screen_lines(app)[first])


async def test_without_a_plan_the_day_of_the_exam_is_about_the_exam(tmp_path):
    service = desk.service_in(tmp_path, datetime(2026, 11, 19, 8, 0, tzinfo=desk.ZONE))
    desk.booking(service, "2026-11-19T20:00")
    assert service.state.plan is not None
    assert not service.state.plan.weeks
    app = CoachApp(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Exam today: Thu 19 Nov 20:00" in screen_text(app))
        assert "No plan yet" not in screen_text(app)
        keys = screen_lines(app)[-1]
        assert "Hours" in keys
        assert not any(word in keys for word in ("Done", "Details", "Skip", "Move", "Today"))


@pytest.mark.parametrize(
    ("width", "told"),
    [
        (200, f"{samples.COMPUTE} is near target and 20–25 % of the exam: session 3 of"),
        (86, "Compute is near target and 20–25 % of the exam: session 3 of 12 on this domain."),
        (58, "Compute is near target and 20–25 % of the exam."),
    ],
)
def test_a_reason_that_is_too_long_is_told_in_short_and_not_cut(monkeypatch, width, told):
    state = plans.state(plans.FULL)
    values = {"name": samples.COMPUTE, "band": "near", "weight": (20, 25), "number": 3, "count": 12}
    reason = because("SHARE", "session", **values)
    monkeypatch.setattr(samples.SampleState, "why", lambda state, block: (reason,))
    view = arrange(plans.FULL, DEFAULT_HOURS, samples.NOW)
    shown = plans.text_of(strip_rows(state, plans.FULL, view, width, 3))
    assert told in shown
    assert "…" not in shown


def test_a_reason_is_not_cut_at_the_colon_of_a_name(monkeypatch):
    state = plans.state(plans.FULL)
    reason = because("FLAG", "strong", topic="Storage: access keys")
    monkeypatch.setattr(samples.SampleState, "why", lambda state, block: (reason,))
    view = arrange(plans.FULL, DEFAULT_HOURS, samples.NOW)
    shown = plans.text_of(strip_rows(state, plans.FULL, view, 58, 3))
    assert "Storage: access keys was marked" in shown
