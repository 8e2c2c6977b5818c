"""RT, RF, FQ: planned appointments, their deadlines and what was spent."""

from datetime import date, timedelta

import pytest

from coach.model.answers import Recommended
from coach.policy.terms import cancel_status, change_deadline, cost, fee_lost
from tests.policy.policy_desk import POLICIES, Desk, local

WINDOW = Recommended(from_=date(2026, 12, 4), until=date(2026, 12, 11), basis="2-3 weeks")


@pytest.mark.parametrize(
    ("fails", "plan", "refusal"),
    [
        pytest.param("2026-11-20T10:00", "2026-11-21T09:59", "1 minute too early", id="RT-02"),
        pytest.param("2026-11-20T10:00", "2026-11-21T10:00", None, id="RT-03"),
        pytest.param("2026-11-20T10:00", "2026-11-21T09:00", "1 hour too early", id="FQ-15"),
        pytest.param("2026-11-01T10:00 2026-11-20T10:00", "2026-12-03T10:00", "1 day too early",
                     id="RT-06"),
        pytest.param("2026-11-01T10:00 2026-11-20T10:00", "2026-12-04T09:58",
                     "2 minutes too early", id="RT-06-minutes"),
        pytest.param("2026-11-01T10:00 2026-11-20T10:00", "2026-12-02T07:30",
                     "2 days 2 hours 30 minutes too early", id="RT-06-mixed"),
        pytest.param("2026-10-01T10:00 2026-10-16T10:00", "2026-10-24T10:00", "6 days too early",
                     id="RT-06-clock-change"),
        pytest.param("2026-10-24T02:30", "2026-10-25T02:29", "1 minute too early",
                     id="RT-02-repeated-hour"),
        pytest.param("2026-11-01T10:00 2026-11-20T10:00", "2026-12-03", "1 day too early",
                     id="RT-06-date"),
        pytest.param("2026-11-01T10:00 2026-11-20T10:00", "2026-12-04", None, id="RT-06-day"),
    ],
)  # fmt: skip
def test_too_early_is_refused_to_the_minute(desk: Desk, fails, plan, refusal):
    desk.fail(*fails.split())
    desk.now = desk.attempts[-1].at + timedelta(hours=1)
    found = desk.book(plan)
    if refusal is None:
        assert not any(finding.severity == "refused" for finding in found.values())
    else:
        assert set(found) == {"too-early"}
        assert found["too-early"].text.startswith(refusal + ". Earliest: ")
        assert found["too-early"].severity == "refused"
        assert "-hour rule" in found["too-early"].text or "-day rule" in found["too-early"].text


def test_a_clear_booking_has_no_remark(desk: Desk):
    assert desk.fail("2026-11-18T10:00").book("2026-11-30T10:00") == {}


def test_a_day_on_which_only_a_part_is_legal(desk: Desk):
    found = desk.fail("2026-11-01T10:00", "2026-11-20T10:00").book("2026-12-04")
    assert "2026-12-04 10:00" in found["from-time"].text


def test_a_day_that_is_not_certain(desk: Desk):
    desk.fail("2026-11-01", "2026-11-20")
    assert set(desk.book("2026-12-04T08:00")) == {"time-unknown"}
    assert desk.book("2026-12-05T08:00") == {}
    assert set(desk.book("2026-12-03T23:59")) == {"too-early"}


def test_a_booking_in_the_past_is_refused(desk: Desk):
    found = desk.book("2026-11-21T08:59")
    assert set(found) == {"past"}
    assert found["past"].text == "2026-11-21 08:59 has passed; type a time that is still to come."
    assert desk.book("2026-11-20")["past"].text.startswith("2026-11-20 has passed; ")
    assert desk.book("2026-11-21T09:00") == {}
    assert desk.book("2026-11-21") == {}


def test_a_booking_of_more_than_five_years_ahead_is_refused(desk: Desk):
    assert "too-far" not in desk.book("2031-11-21T09:00")
    found = desk.book("2031-11-21T09:01")["too-far"]
    assert found.severity == "refused"
    assert found.text == "2031-11-21 is too far away; type a date within 5 years from now."
    assert "too-far" in desk.book("2031-11-22")


def test_a_booking_after_retirement_is_refused(desk: Desk):
    desk.use(retires=date(2026, 12, 31), successor="AZ-105")
    assert desk.book("2027-01-01T06:59") == {}
    assert "AZ-105" in desk.book("2027-01-01T07:00")["retired"].text


def test_a_booking_after_a_pass_needs_an_expired_certificate(desk: Desk):
    desk.passed("2026-10-01T10:00")
    assert desk.book("2026-12-01T10:00")["passed"].severity == "refused"
    assert desk.book("2027-10-01T10:00")["conditional"].severity == "warning"


def test_fq_14_and_17_before_the_recommended_window(desk: Desk):
    desk.fail("2026-11-20T10:00")
    finding = desk.book("2026-12-03T10:00", recommended=WINDOW)["before-recommended"]
    assert finding.severity == "warning"
    assert "repeat" in finding.text
    assert "lengthen" in finding.text
    assert desk.book("2026-12-04T08:00", recommended=WINDOW) == {}


def test_rt_12_the_last_attempt_names_its_consequence(desk: Desk):
    desk.fail("2026-02-10T10:00", "2026-02-12T10:00", "2026-03-01T10:00", "2026-04-02T10:00")
    assert "2027-02-10" in desk.book("2026-12-01T10:00")["last-attempt"].text
    assert "2027-02-15" in desk.book("2027-02-01T10:00")["last-attempt"].text
    assert "last-attempt" not in desk.book("2027-02-10T10:00")


def test_rf_04_no_practice(desk: Desk):
    assert desk.book("2026-12-01T10:00", practice=0)["no-practice"].severity == "warning"
    assert desk.book("2026-12-01T10:00", practice=1) == {}


def test_rf_06_a_second_booking_shows_the_cost_so_far(desk: Desk):
    desk.fail("2026-11-18T10:00", fee=165.0)
    finding = desk.book("2026-12-01T10:00")["cost-so-far"]
    assert (finding.severity, "165" in finding.text) == ("info", True)


def test_a_second_appointment_is_pointed_out(desk: Desk):
    desk.sit("2026-12-10T10:00", "booked")
    assert "2026-12-10 10:00" in desk.book("2026-12-01T10:00")["already-booked"].text


def test_a_booking_while_the_result_is_out(desk: Desk):
    desk.sit("2026-11-20T08:00", "pending")
    assert set(desk.book("2026-11-30T10:00")) == {"result-pending"}
    assert set(desk.book("2026-11-21T10:00")) == {"result-pending"}


def test_rf_01_to_03_what_was_spent(desk: Desk):
    desk.fail("2026-11-01T10:00", fee=165.0)
    assert cost(desk.attempts) == 165.0, "RF-01"
    no_show = desk.sit("2026-11-10T10:00", "no-show", fee=165.0)
    assert (cost(desk.attempts), fee_lost(no_show)) == (330.0, True), "RF-02"
    desk.fail("2026-11-18T10:00", fee=165.0).fail("2026-11-19T10:00", fee=0.0)
    assert cost(desk.attempts) == 495.0, "RF-03"


@pytest.mark.parametrize(
    ("status", "spent"),
    [
        *((s, 165.0) for s in ("booked", "pending", "delivered", "no-show", "late-cancelled")),
        *((s, 165.0) for s in ("interrupted", "revoked", "beta")),
        ("cancelled", 0.0),
    ],
)
def test_cost_by_status(desk: Desk, status, spent):
    desk.sit("2026-11-01T10:00", status, fee=165.0)
    desk.sit("2026-11-02T10:00", status)
    assert cost(desk.attempts) == spent


def test_no_attempts_cost_nothing():
    assert cost([]) == 0.0


@pytest.mark.parametrize(
    ("policy", "when", "place", "deadline"),
    [
        pytest.param("microsoft", "2026-12-05T10:00", "centre", "2026-12-04T10:00", id="RF-07"),
        pytest.param("microsoft", "2026-12-05T10:00", None, "2026-12-04T10:00", id="RF-07-place"),
        pytest.param("microsoft", "2026-10-25T10:00", "online", "2026-10-24T11:00", id="RF-07-dst"),
        pytest.param("google", "2026-12-05T10:00", "centre", "2026-12-02T10:00", id="google"),
        pytest.param("google", "2026-12-05T10:00", "online", "2026-12-04T10:00", id="google-home"),
        pytest.param("google", "2026-12-05T10:00", None, "2026-12-02T10:00", id="strictest"),
        pytest.param("aws", "2026-12-05T10:00", "centre", "-", id="none"),
    ],
)
def test_change_deadline(desk: Desk, policy, when, place, deadline):
    attempt = desk.sit(when, "booked", place=place)
    assert local(change_deadline(attempt, POLICIES[policy], desk.zone)) == deadline


def test_rf_08_a_late_change_loses_the_fee(desk: Desk):
    booked = desk.sit("2026-12-05T10:00", "booked", fee=165.0)
    deadline = desk.at("2026-12-04T10:00")
    assert cancel_status(booked, deadline, desk.policy, desk.zone) == "cancelled"
    late = cancel_status(booked, deadline + timedelta(minutes=1), desk.policy, desk.zone)
    assert late == "late-cancelled"
    assert (
        cancel_status(booked, desk.at("2026-12-05T09:00"), POLICIES["aws"], desk.zone)
        == "cancelled"
    )
