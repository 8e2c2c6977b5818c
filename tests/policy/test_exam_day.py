"""The checklist of the day of the exam: which appointment it is about, and what it knows of it."""

from datetime import date

import msgspec
import pytest

from coach.model.answers import ExamDay, ExamMoment
from coach.model.policy import DayStep, Notice
from coach.policy.exam_day import exam_day, exam_moment
from tests.policy.policy_desk import Desk, local


def on(desk: Desk) -> ExamDay:
    return exam_day(desk.candidate())


def moment(desk: Desk) -> ExamMoment | None:
    return exam_moment(desk.candidate())


def text(document: ExamDay, code: str) -> str:
    return next((step.text for step in document.steps if step.code == code), "")


def test_the_next_appointment_is_the_one_that_counts(desk: Desk) -> None:
    desk.sit("2026-11-20T10:00", "booked")
    desk.sit("2027-01-15T10:00", "booked")
    desk.sit("2026-12-15T10:00", "booked", place="centre")
    desk.sit("2026-12-01T10:00", "cancelled")
    found = on(desk)
    assert (local(found.at), found.place) == ("2026-12-15T10:00", "centre")
    # Nobody checks in from home at a test centre.
    assert text(found, "check-in") == ""


def test_a_day_without_a_time_stays_a_day(desk: Desk) -> None:
    desk.sit("2026-12-15", "booked")
    found = on(desk)
    assert found.at == date(2026, 12, 15)
    assert text(found, "change").endswith("until 2026-12-14.")


@pytest.mark.parametrize(
    ("now", "told"),
    [
        pytest.param("2026-12-14T10:00", True, id="last-minute"),
        pytest.param("2026-12-14T10:01", False, id="too-late"),
    ],
)
def test_rf_07_the_deadline_is_told_until_it_passes(desk: Desk, now: str, told: bool) -> None:
    desk.use(now=now).sit("2026-12-15T10:00", "booked")
    assert bool(text(on(desk), "change")) is told


def test_a_notice_of_ones_own_stands_before_the_vendors(desk: Desk) -> None:
    desk.agree(change_notice=Notice(amount=72, unit="hours")).sit("2026-12-15T10:00", "booked")
    (step,) = (step for step in on(desk).steps if step.code == "change")
    assert (step.text.endswith("until 2026-12-12 10:00."), step.source) == (True, "own")


def test_rw_07_only_where_a_wait_can_be_waived_a_case_matters(desk: Desk) -> None:
    assert "Pearson VUE" in text(on(desk), "contact-support")
    assert "case-number" in {step.code for step in on(desk).steps}
    other = on(desk.use("aws", vendor="AWS"))
    assert text(other, "contact-support") == (
        "Tell the test provider at once, and keep the case number."
    )
    assert "case-number" not in {step.code for step in other.steps}


def test_the_length_is_told_where_it_is_known(desk: Desk) -> None:
    assert text(on(desk), "length") == ""
    assert text(on(desk.use(duration_minutes=100)), "length").startswith("100 minutes")


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        pytest.param("2026-11-18T23:59", None, id="two-days-before"),
        pytest.param("2026-11-19T00:00", "day-before", id="the-day-before"),
        pytest.param("2026-11-20T00:00", "exam-day", id="its-first-minute"),
        pytest.param("2026-11-20T09:59", "exam-day", id="the-minute-before"),
        pytest.param("2026-11-20T10:00", "sitting", id="it-begins"),
        pytest.param("2026-11-20T11:39", "sitting", id="its-last-minute"),
        pytest.param("2026-11-20T11:40", "after", id="it-ends"),
        pytest.param("2026-11-21T03:59", "after", id="the-night-after"),
        pytest.param("2026-11-21T04:00", "result-due", id="the-day-after"),
        pytest.param("2026-12-20T10:00", "result-due", id="thirty-days"),
        pytest.param("2026-12-20T10:01", None, id="forgotten"),
    ],
)
def test_the_phase_of_a_booked_exam(desk: Desk, now: str, phase: str | None) -> None:
    desk.use(now=now, duration_minutes=100).sit("2026-11-20T10:00", "booked", place="online")
    found = moment(desk)
    assert (found.phase if found else None) == phase


def test_a_near_exam_names_time_place_check_in_and_last_change(desk: Desk) -> None:
    desk.use(now="2026-11-19T09:00").sit("2026-11-20T10:00", "booked", place="centre")
    found = moment(desk)
    assert found is not None
    assert (local(found.at), found.place) == ("2026-11-20T10:00", "centre")
    assert local(found.check_in) == "2026-11-20T09:30"
    assert local(found.change_until) == "2026-11-19T10:00"
    # The length is not known, so it counts as two hours; the profile has the report a day later.
    assert local(found.result_by) == "2026-11-21T10:00"
    assert moment(desk.use(now="2026-11-19T10:01")).change_until is None
    assert moment(desk.use(now="2026-11-20T12:00")).phase == "after"


def test_a_day_without_a_time_is_the_exam_day_to_its_end(desk: Desk) -> None:
    desk.use(now="2026-11-20T23:59").sit("2026-11-20", "booked")
    found = moment(desk)
    assert found is not None
    assert (found.phase, found.at, found.check_in) == ("exam-day", date(2026, 11, 20), None)
    assert moment(desk.use(now="2026-11-21T00:00")).phase == "after"


@pytest.mark.parametrize(
    ("status", "now", "phase"),
    [
        pytest.param("pending", "2026-11-20T15:00", "after", id="pending-hours-after"),
        pytest.param("pending", "2026-11-22T15:00", "result-due", id="pending-days-after"),
        pytest.param("delivered", "2026-11-22T15:00", "result-due", id="delivered-no-report"),
        pytest.param("beta", "2027-03-12T09:59", "result-due", id="beta-sixteen-weeks"),
        pytest.param("beta", "2027-03-12T10:01", None, id="beta-over"),
        pytest.param("no-show", "2026-11-20T15:00", None, id="no-show"),
        pytest.param("cancelled", "2026-11-20T15:00", None, id="cancelled"),
    ],
)
def test_while_a_result_is_out(desk: Desk, status: str, now: str, phase: str | None) -> None:
    desk.use(now=now).sit("2026-11-20T10:00", status)
    found = moment(desk)
    assert (found.phase if found else None) == phase


def test_a_result_or_a_later_sitting_ends_the_wait(desk: Desk) -> None:
    desk.use(now="2026-11-22T09:00").fail("2026-11-20T10:00")
    assert moment(desk) is None
    unread = Desk().use(now="2026-11-22T09:00")
    unread.score("2026-11-20T10:00", None)
    assert moment(unread) is None, "a report without a result is a report"
    other = Desk().use(now="2026-11-22T09:00")
    other.sit("2026-11-18T10:00", "pending")
    assert moment(other).phase == "result-due"
    assert moment(other.fail("2026-11-20T10:00")) is None


def test_the_day_of_the_next_exam_comes_before_a_result_that_is_out(desk: Desk) -> None:
    desk.use(now="2026-11-22T09:00").sit("2026-11-20T10:00", "pending")
    desk.sit("2026-11-23T10:00", "booked")
    assert moment(desk).phase == "day-before"


def test_what_the_vendor_says_stands_before_what_holds_anywhere(desk: Desk) -> None:
    assert "photo ID" in text(on(desk), "bring")
    step = DayStep(code="bring", phase="before", text="Two IDs.", source="official")
    desk.policy = msgspec.structs.replace(desk.policy, day_steps=(step,))
    assert text(on(desk), "bring") == "Two IDs."
    assert [s.code for s in on(desk).steps].count("bring") == 1
