"""XC-09, XC-17, RF-07: what one candidate agreed with the vendor, as dates."""

from datetime import date

import pytest

from coach.model.answers import Recommended
from coach.model.policy import Notice
from coach.policy.terms import change_deadline
from tests.policy.policy_desk import Desk, codes, local

WINDOW = Recommended(from_=date(2026, 12, 4), until=date(2026, 12, 11), basis="2-3 weeks")


def text(desk: Desk, code: str, window: Recommended | None = None) -> str | None:
    return next((note.text for note in desk.retake(window).notes if note.code == code), None)


# Accommodations


def test_xc_09_accommodations_take_up_to_20_days(desk: Desk):
    desk.fail("2026-11-20T10:00").agree(accommodations="2026-11-20")
    assert "2026-12-10" in (text(desk, "accommodations") or "")
    assert ("accommodations", "2026-12-10") in desk.marks()
    assert desk.book("2026-12-09T23:00")["accommodations"].severity == "warning"
    assert desk.book("2026-12-10T08:00") == {}


def test_xc_09_once_the_20_days_are_over_nothing_is_said(desk: Desk):
    desk.agree(accommodations="2026-11-01").use(now="2026-11-21T09:00")
    assert text(desk, "accommodations") is None
    assert text(desk.agree(accommodations="2026-11-02"), "accommodations") is not None


# Vouchers


@pytest.mark.parametrize(
    ("notice", "when", "deadline"),
    [
        pytest.param(Notice(amount=72, unit="hours"), "2026-12-05T10:00", "2026-12-02T10:00",
                     id="RF-07-72-hours"),
        pytest.param(Notice(amount=24, unit="hours"), "2026-10-25T10:00", "2026-10-24T11:00",
                     id="RF-07-elapsed"),
        # Saturday the 5th: Fri 4, Thu 3, Wed 2, Tue 1, Mon 30, Fri 27.
        pytest.param(Notice(amount=6, unit="business-days"), "2026-12-05T10:00",
                     "2026-11-27T10:00", id="RF-07-6-business-days"),
        # Wednesday the 28th: Tue 27, Mon 26, Fri 23, before the clocks went back.
        pytest.param(Notice(amount=3, unit="business-days"), "2026-10-28T10:00",
                     "2026-10-23T10:00", id="RF-07-same-local-time"),
    ],
)  # fmt: skip
def test_a_voucher_has_a_deadline_of_its_own(desk: Desk, notice, when, deadline):
    booked = desk.agree(change_notice=notice).sit(when, "booked", place="centre")
    assert local(change_deadline(booked, desk.policy, desk.zone)) == deadline


def test_the_deadline_of_a_voucher_is_marked_as_ones_own(desk: Desk):
    desk.agree(change_notice=Notice(amount=72, unit="hours")).sit("2026-12-05T10:00", "booked")
    assert ("change-deadline", "2026-12-02T10:00") in desk.marks()


def test_a_booking_without_a_time_has_a_day_as_its_deadline(desk: Desk):
    desk.sit("2026-12-05", "booked")
    assert ("change-deadline", "2026-12-04") in desk.marks()


@pytest.mark.parametrize(
    ("expires", "says"),
    [
        ("2026-11-20", "expired on 2026-11-20"),
        ("2026-11-21", "before you may sit it again"),
        ("2026-12-03", "before the best time"),
        ("2026-12-04", "inside the best time"),
        ("2026-12-10", "inside the best time"),
        ("2026-12-11", "has to be used by 2026-12-11"),
    ],
)
def test_a_voucher_that_expires(desk: Desk, expires, says):
    desk.fail("2026-11-10T10:00", "2026-11-19T10:00").agree(voucher_expires=expires)
    window = None if expires < "2026-12" else WINDOW
    assert says in (text(desk, "voucher-expires", window) or "")
    assert (("voucher-expires", expires) in desk.marks()) == (expires >= "2026-11-21")


def test_a_booking_after_the_voucher_is_warned_of(desk: Desk):
    desk.agree(voucher_expires="2026-12-10")
    assert "2026-12-10" in desk.book("2026-12-11T00:00")["voucher-expired"].text
    assert desk.book("2026-12-10T23:59") == {}


def test_after_a_pass_no_term_matters(desk: Desk):
    desk.passed("2026-11-20T10:00").agree(voucher_expires="2026-12-10", accommodations="2026-11-20")
    assert not {"voucher-expires", "accommodations"} & set(codes(desk.retake()))
    assert not {"voucher-expires", "accommodations"} & set(dict(desk.marks()))


# Retakes that come with the fee


def test_xc_17_an_included_retake_lasts_12_months_from_the_purchase(desk: Desk):
    desk.use("linux").agree(purchased="2026-01-15").fail("2026-11-20T10:00")
    assert text(desk, "retake-included") == "The fee includes 1 retake until 2027-01-15."
    assert ("included-retake-to", "2027-01-15") in desk.marks()
    assert "2027-01-15" in desk.book("2027-01-16T10:00")["included-retake-lapsed"].text
    assert set(desk.book("2027-01-15T10:00")) == set()


def test_xc_17_a_purchase_on_a_leap_day_lasts_to_the_first_of_march(desk: Desk):
    desk.use("linux", now="2028-03-01T09:00").agree(purchased="2028-02-29")
    assert "2029-03-01" in (text(desk, "retake-included") or "")


def test_xc_17_a_lapsed_retake_is_said(desk: Desk):
    desk.use("linux").agree(purchased="2025-11-20").fail("2026-11-01T10:00")
    assert "2026-11-20" in (text(desk, "retake-lapsed") or "")
    assert "retake-included" not in codes(desk.retake())


def test_xc_17_on_its_last_day_a_retake_has_not_lapsed(desk: Desk):
    desk.use("linux").agree(purchased="2025-11-21").fail("2026-11-01T10:00")
    assert "2026-11-21" in (text(desk, "retake-included") or "")


def test_xc_17_a_no_show_takes_the_date_off_the_timeline(desk: Desk):
    desk.use("linux").agree(purchased="2026-01-15").sit("2026-11-20T10:00", "no-show")
    assert "included-retake-to" not in dict(desk.marks())
    assert "retake-forfeited" in codes(desk.retake())


def test_an_included_retake_within_60_days_of_the_first_fail(desk: Desk):
    desk.use("adobe")
    assert "60 days of the first fail" in (text(desk, "retake-included") or "")
    desk.fail("2026-11-20T10:00")
    assert text(desk, "retake-included") == "The fee includes 1 retake until 2027-01-19."
    assert "included-retake-lapsed" in desk.book("2027-01-20T10:00")
    desk.fail("2026-11-21T08:00")
    assert "retake-used" in codes(desk.retake())


def test_rf_03_what_a_retake_costs(desk: Desk):
    desk.use("pmi").fail("2026-11-20T10:00", fee=405.0)
    assert "reduced" in (text(desk, "retake-fee") or "")
    assert "reduced" in desk.book("2026-12-01T10:00")["cost-so-far"].text
    assert text(Desk().fail("2026-11-20T10:00"), "retake-fee") is None


# The approval that a cap counts from


@pytest.mark.parametrize(
    ("fails", "now", "used", "left", "start", "end", "earliest"),
    [
        pytest.param("", "2026-11-21T09:00", 0, 3, "2026-06-01T00:00", "2027-06-01T00:00",
                     "2026-11-21T09:00", id="before-any"),
        pytest.param("2026-07-01T10:00", "2026-11-21T09:00", 1, 2, "2026-06-01T00:00",
                     "2027-06-01T00:00", "2026-07-01T10:00", id="first"),
        pytest.param("2026-07-01T10:00 2026-08-01T10:00 2026-09-01T10:00", "2026-11-21T09:00", 3, 0,
                     "2026-06-01T00:00", "2027-09-01T10:00", "2027-09-01T10:00", id="full"),
        pytest.param("2026-03-01T10:00 2026-07-01T10:00", "2026-11-21T09:00", 1, 2,
                     "2026-06-01T00:00", "2027-06-01T00:00", "2026-07-01T10:00",
                     id="an-earlier-approval-does-not-count"),
        pytest.param("2026-01-05T10:00 2026-02-05T10:00 2026-03-05T10:00", "2026-11-21T09:00", 0, 3,
                     "2026-06-01T00:00", "2027-06-01T00:00", "2026-06-01T00:00",
                     id="a-new-approval-ends-the-year-of-waiting"),
        pytest.param("2026-07-01T10:00", "2027-06-01T00:00", 0, 3, "-", "-", "2026-07-01T10:00",
                     id="over"),
        pytest.param("2026-07-01T10:00", "2027-05-31T23:59", 1, 2, "2026-06-01T00:00",
                     "2027-06-01T00:00", "2026-07-01T10:00", id="last-minute"),
    ],
)  # fmt: skip
def test_attempts_count_from_the_approval(desk: Desk, fails, now, used, left, start, end, earliest):
    desk.use("pmi", now=now).agree(eligible_from="2026-06-01").fail(*fails.split())
    verdict = desk.retake()
    assert (verdict.attempts_used, verdict.attempts_left) == (used, left)
    assert (local(verdict.window_start), local(verdict.window_end)) == (start, end)
    assert local(verdict.earliest) == earliest


def test_without_an_approval_the_first_attempt_stands_in_and_that_is_said(desk: Desk):
    verdict = desk.use("pmi").fail("2026-07-01T10:00").retake()
    assert local(verdict.window_start) == "2026-07-01T10:00"
    assert "approval-unknown" in codes(verdict)
    assert "approval-unknown" not in codes(Desk().use("pmi").retake())


def test_the_end_of_an_approval(desk: Desk):
    desk.use("pmi").agree(eligible_from="2026-01-10")
    assert "2027-01-10" in (text(desk, "approval-ends") or "")
    assert ("approval-ends", "2027-01-10") in desk.marks()
    assert desk.book("2027-01-10T08:00")["approval-over"].severity == "warning"
    assert "approval-over" not in desk.book("2027-01-09T08:00")
    assert "approval-over" in codes(desk.use(now="2027-01-10T00:00").retake())


# Renewals


def test_rt_15_a_renewed_certificate_keeps_the_exam_closed(desk: Desk):
    desk.passed("2025-10-01T10:00").agree(renewed_until="2027-10-01")
    verdict = desk.retake()
    assert (verdict.status, verdict.rule, verdict.earliest) == ("passed", "passed", None)
    assert [local(a.when) for a in verdict.alternatives] == ["2027-10-01T00:00"]
    marks = dict(desk.marks())
    assert (marks["renewal-from"], marks["expires"]) == ("2027-04-01", "2027-10-01")
    assert desk.use(now="2027-10-01T00:00").retake().rule == "expired"


def test_a_renewal_does_not_reach_back_to_an_earlier_certificate(desk: Desk):
    desk.passed("2022-10-01T10:00").fail("2024-02-01T10:00").passed("2025-10-01T10:00")
    desk.agree(renewed_until="2027-10-01")
    assert "sat-after-pass" not in codes(desk.retake())


def test_a_renewal_before_the_first_expiry_changes_nothing(desk: Desk):
    desk.passed("2026-10-01T10:00").agree(renewed_until="2026-12-01")
    assert [local(a.when) for a in desk.retake().alternatives] == ["2027-10-01T10:00"]
