"""The checklist of the day of the exam: which appointment it is about, and what it knows of it."""

from datetime import date

import pytest

from coach.model.answers import ExamDay
from coach.model.policy import Notice
from coach.policy.exam_day import exam_day
from tests.policy.policy_desk import Desk, local


def on(desk: Desk) -> ExamDay:
    return exam_day(desk.exam, desk.policy, desk.attempts, now=desk.now, zone=desk.zone)


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
