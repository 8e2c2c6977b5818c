"""XC: the same engine under other vendors' rules."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.policy.policy_desk import Desk, codes, local


@pytest.mark.parametrize(
    ("policy", "fails", "earliest", "rule"),
    [
        pytest.param("aws", "2026-11-20T10:00", "2026-12-04T10:00", "14-days", id="XC-12"),
        pytest.param("aws", "2026-01-01T10:00 2026-01-15T10:00 2026-02-01T10:00 2026-03-01T10:00 "
                     "2026-04-01T10:00 2026-05-01T10:00 2026-11-20T10:00", "2026-12-04T10:00",
                     "14-days", id="XC-12-no-cap"),
        pytest.param("comptia", "2007-09-02T10:00", "2007-09-02T10:00", "no-wait", id="XC-13"),
        pytest.param("comptia", "2007-08-01T10:00 2007-09-02T10:00", "2007-09-16T10:00", "14-days",
                     id="XC-13-second"),
        pytest.param("isc2", "2026-11-20T10:00", "2026-12-21T00:00", "30-days", id="XC-14"),
        pytest.param("isc2", "2026-01-05T10:00 2026-11-20T10:00", "2027-01-20T00:00", "60-days",
                     id="XC-14-second"),
        pytest.param("isc2", "2026-01-05T10:00 2026-03-01T10:00 2026-06-01T10:00 2026-09-15T10:00",
                     "2027-01-05T10:00", "cap-rolling", id="XC-14-four-in-a-year"),
        pytest.param("isc2", "2026-01-05T10:00 2026-03-01T10:00 2026-06-01T10:00 2026-09-15T10:00 "
                     "2027-01-05T10:00", "2027-04-06T00:00", "90-days", id="XC-14-rolling-on"),
        pytest.param("isc2", "2023-04-13T10:00 2024-06-28T10:00", "2024-07-29T00:00", "30-days",
                     id="rolling-an-old-fail-counts-for-no-wait"),
        pytest.param("isc2", "2025-08-10T10:00 2025-10-01T10:00 2026-11-20T10:00",
                     "2026-12-21T00:00", "30-days", id="rolling-two-old-fails"),
        pytest.param("isc2", "2025-08-10T10:00 2026-01-05T10:00 2026-11-20T10:00",
                     "2027-01-20T00:00", "60-days", id="rolling-one-of-two-old-fails"),
        pytest.param("isc2", "2025-11-20T10:00 2026-11-20T10:00", "2026-12-21T00:00", "30-days",
                     id="rolling-out-at-the-minute"),
        pytest.param("isc2", "2025-11-20T10:01 2026-11-20T10:00", "2027-01-20T00:00", "60-days",
                     id="rolling-in-by-a-minute"),
        pytest.param("isc2", "2025-12-01T10:00 2026-11-20T10:00", "2027-01-20T00:00", "60-days",
                     id="rolling-no-wait-ends-early"),
        pytest.param("isc2", "2025-11-20 2026-11-20T10:00", "2027-01-20T00:00", "60-days",
                     id="rolling-a-day-alone-counts-to-its-end"),
        pytest.param("google", "2026-01-01T10:00 2026-03-01T10:00 2026-11-20T10:00",
                     "2027-11-20T10:00", "365-days", id="XC-15"),
        pytest.param("google", "2025-01-01T10:00 2025-01-20T10:00 2025-04-01T10:00 "
                     "2026-04-02T10:00", "2027-04-02T10:00", "365-days", id="XC-15-four"),
        pytest.param("google", "2026-01-01T10:00 2026-01-20T10:00 2026-03-25T10:00 "
                     "2026-05-02T10:00", "2028-01-01T10:00", "cap-24-months", id="XC-15-cap"),
        pytest.param("cisco", "2026-11-20T10:00", "2026-11-26T00:00", "5-days", id="XC-16"),
        pytest.param("cisco", "2026-11-20", "2026-11-26T00:00", "5-days", id="XC-16-date"),
        pytest.param("cisco-lab", "2026-01-01T10:00 2026-02-01T10:00 2026-05-10T10:00 "
                     "2026-08-20T10:00 2026-11-20T10:00 2027-05-20T10:00", "2027-11-16T10:00",
                     "180-days", id="cisco-last-wait-repeats"),
        pytest.param("linux", "2026-11-20T10:00", "2026-11-20T10:00", "no-wait", id="XC-17"),
        pytest.param("applied-skills", "2026-11-20T10:00", "2026-11-23T10:00", "72-hours",
                     id="XC-18"),
        pytest.param("mos", "2026-11-19T10:00 2026-11-20T10:00", "2026-11-22T10:00", "48-hours",
                     id="XC-19"),
        pytest.param("pmi", "2026-01-05T10:00 2026-03-01T10:00 2026-11-20T10:00",
                     "2027-11-20T10:00", "cap-year", id="pmi-a-year-after-the-last"),
        pytest.param("ec-council", "2026-01-05T10:00", "2026-01-05T10:00", "no-wait",
                     id="ec-first"),
        pytest.param("ec-council", "2026-01-05T10:00 2026-01-06T10:00 2026-02-05T10:00 "
                     "2026-03-05T10:00 2026-04-05T10:00", "2027-01-05T10:00", "cap-12-months",
                     id="ec-cap"),
    ],
)  # fmt: skip
def test_earliest(desk: Desk, policy, fails, earliest, rule):
    dates = fails.split()
    desk.use(policy).fail(*dates)
    desk.now = desk.at(dates[-1]) + timedelta(hours=1)
    verdict = desk.retake()
    assert (local(verdict.earliest), verdict.rule) == (earliest, rule)
    assert verdict.certain_from == verdict.earliest


@pytest.mark.parametrize(
    ("policy", "left"), [("aws", None), ("comptia", None), ("isc2", 3), ("pmi", 2)]
)
def test_attempts_left(desk: Desk, policy, left):
    verdict = desk.use(policy).fail("2026-11-20T10:00").retake()
    assert (verdict.attempts_used, verdict.attempts_left) == (1, left)
    assert (verdict.window_start is None) == (left is None)


def test_a_rolling_window_lets_old_sittings_drop_out(desk: Desk):
    desk.use("isc2", now="2027-01-05T10:00")
    desk.fail("2026-01-05T10:00", "2026-03-01T10:00", "2026-06-01T10:00", "2026-09-15T10:00")
    verdict = desk.retake()
    assert (verdict.status, verdict.attempts_used, verdict.attempts_left) == ("open", 3, 1)
    assert local(verdict.window_start) == "2026-03-01T10:00"
    assert local(verdict.window_end) == "2027-03-01T10:00"


@pytest.mark.parametrize(
    ("scores", "earliest", "status"),
    [
        pytest.param([720, 640], "2026-11-21T10:00", "waiting", id="pass-entered-first"),
        pytest.param([640, 720], "2026-11-21T10:00", "waiting", id="fail-entered-first"),
    ],
)
def test_of_two_sittings_in_one_minute_the_fail_is_the_later(desk: Desk, scores, earliest, status):
    # Which came first cannot be known; the wait after the fail is the careful answer.
    desk.use("mos", now="2026-11-20T11:00")
    for score in scores:
        desk.score("2026-11-20T10:00", score)
    verdict = desk.retake()
    assert (local(verdict.earliest), verdict.status) == (earliest, status)


def test_xc_14_a_fifth_in_a_rolling_year_is_refused(desk: Desk):
    desk.use("isc2", now="2026-12-20T09:00")
    desk.fail("2026-01-05T10:00", "2026-03-01T10:00", "2026-06-01T10:00", "2026-09-15T10:00")
    assert desk.retake().status == "capped"
    assert desk.book("2027-01-05T09:59")["too-early"].text.startswith("1 minute too early")
    desk.fail("2026-12-19T10:00")
    assert "too-many-in-window" in codes(desk.retake())


@pytest.mark.parametrize(
    ("policy", "now", "status", "earliest"),
    [
        pytest.param("aws", "2026-11-21T09:00", "passed", "2028-11-20T10:00", id="aws-wait"),
        pytest.param("aws", "2028-11-20T10:00", "passed", "2028-11-20T10:00", id="aws-over"),
        pytest.param("cisco", "2026-11-21T09:00", "passed", "2027-05-19T10:00", id="cisco"),
        pytest.param("comptia", "2036-11-21T09:00", "passed", "-", id="comptia-consent"),
        pytest.param("google", "2026-11-21T09:00", "passed", "2029-09-21T10:00", id="google"),
        pytest.param("google", "2029-09-21T10:00", "passed", "2029-09-21T10:00", id="google-open"),
        pytest.param("mos", "2026-11-21T09:00", "passed", "2026-11-20T10:00", id="XC-19-mos"),
        pytest.param("isc2", "2036-11-21T09:00", "passed", "-", id="never-expires"),
    ],
)
def test_after_a_pass(desk: Desk, policy, now, status, earliest):
    verdict = desk.use(policy, now=now).passed("2026-11-20T10:00").retake()
    assert (verdict.status, local(verdict.earliest), verdict.rule) == (status, earliest, "passed")


def test_a_passed_exam_that_may_be_sat_again_can_be_booked(desk: Desk):
    desk.use("aws", now="2028-11-01T09:00").passed("2026-11-20T10:00")
    assert set(desk.book("2028-11-20T09:59")) == {"too-early"}
    assert desk.book("2028-11-20T10:00") == {}


def test_an_expired_certificate_opens_the_exam_again(desk: Desk):
    desk.use("google", now="2029-11-21T09:00").passed("2026-11-20T10:00")
    verdict = desk.retake()
    assert (verdict.status, verdict.rule) == ("open", "expired")
    assert local(verdict.earliest) == "2029-11-20T10:00"


@pytest.mark.parametrize("policy", ["aws", "mos"])
def test_rt_15_a_certificate_expires_whatever_a_pass_allows(desk: Desk, policy):
    desk.use(policy, now="2029-11-20T09:59").passed("2026-11-20T10:00")
    desk.policy = replace(desk.policy, validity_months={"associate": 36})
    assert desk.retake().status == "passed"
    verdict = desk.use(now="2029-11-20T10:00").retake()
    assert (verdict.status, verdict.rule) == ("open", "expired")
    assert local(verdict.earliest) == "2029-11-20T10:00"


def test_an_announced_exam_is_sat_from_its_first_day_on(desk: Desk):
    desk.use("aws", now="2026-11-30T23:59", available_from=date(2026, 12, 1))
    verdict = desk.retake()
    assert (verdict.status, verdict.rule) == ("waiting", "announced")
    assert local(verdict.earliest) == "2026-12-01T00:00"
    assert set(desk.book("2026-11-30T23:59")) == {"too-early"}
    verdict = desk.use(now="2026-12-01T00:00").retake()
    assert (verdict.status, verdict.rule) == ("open", "no-wait")


def test_a_pass_without_a_score(desk: Desk):
    desk.use("pmi").score("2026-11-20T10:00", None, passed=True)
    assert desk.retake().status == "passed"
    assert [sitting.passed for sitting in desk.sittings()] == [True]


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        pytest.param(["delivered"], "retake-included", id="XC-17"),
        pytest.param(["delivered", "no-show"], "retake-forfeited", id="XC-17-no-show"),
        pytest.param(["delivered", "delivered"], "retake-used", id="XC-17-used"),
    ],
)
def test_an_included_retake(desk: Desk, statuses, code):
    desk.use("linux")
    for day, status in enumerate(statuses, start=1):
        desk.sit(f"2026-11-{day:02}T10:00", status)
    assert [c for c in codes(desk.retake()) if c.startswith("retake-")] == [code]


def test_xc_17_the_deadline_is_named(desk: Desk):
    verdict = desk.use("linux").fail("2026-11-20T10:00").retake()
    text = next(note.text for note in verdict.notes if note.code == "retake-included")
    assert text == "The fee includes 1 retake, within 12 months of the purchase."


def test_xc_18_an_unverified_policy_says_so(desk: Desk):
    verdict = desk.use("applied-skills").fail("2026-11-20T10:00").retake()
    assert "policy-unverified" in codes(verdict)
    assert {note.source for note in verdict.notes} == {"own"}
    assert "policy-unverified" not in codes(desk.use("aws").retake())


def test_an_undated_policy_says_so(desk: Desk):
    assert "policy-old" in codes(desk.use("mos").retake())


def test_a_policy_says_itself_what_counts(desk: Desk):
    desk.use("applied-skills").sit("2026-11-20T10:00", "cancelled")
    verdict = desk.retake()
    assert (local(verdict.earliest), verdict.attempts_used) == ("2026-11-23T10:00", 1)
    assert [sitting.number for sitting in desk.sittings()] == [None]


def test_one_beta_sitting_and_never_another(desk: Desk):
    desk.use("beta", beta=True).score("2026-05-20T10:00", 600, status="beta")
    verdict = desk.retake()
    assert (verdict.status, verdict.rule, verdict.earliest) == ("capped", "one-beta-sitting", None)


def test_retirement_without_a_zone_ends_with_the_day_in_utc(desk: Desk):
    desk.use("aws", now="2026-12-01T00:59", retires=date(2026, 11, 30))
    assert desk.retake().status == "open"
    assert desk.use(now="2026-12-01T01:00").retake().status == "retired"


@pytest.mark.parametrize(
    "history",
    [
        pytest.param("", id="no-history"),
        pytest.param("fail", id="fail"),
        pytest.param("fail fail", id="two-fails"),
        pytest.param("pending", id="result-out"),
        pytest.param("interrupted", id="unsure"),
    ],
)
def test_an_unknown_rule_gives_no_date(desk: Desk, history: str):
    desk.use("unknown", vendor="Databricks")
    for day, what in enumerate(history.split(), start=1):
        if what == "fail":
            desk.fail(f"2026-11-{day:02}T10:00")
        else:
            desk.sit(f"2026-11-{day:02}T10:00", what)
    verdict = desk.retake()
    assert (verdict.status, verdict.rule) == ("unknown", "unknown")
    assert (verdict.earliest, verdict.certain_from, verdict.alternatives) == (None, None, ())
    assert (verdict.attempts_left, verdict.window_start, verdict.window_end) == (None, None, None)
    assert verdict.notes[0].text == (
        "Rule not known, ask the vendor (Databricks) when AZ-104 may be sat."
    )
    assert {note.source for note in verdict.notes} == {"own"}
    # What is not known is neither unverified nor old, and breaks no rule.
    assert {"policy-unverified", "policy-old", "impossible-gap"}.isdisjoint(codes(verdict))
    assert not any("Microsoft" in note.text for note in verdict.notes)


def test_an_unknown_rule_warns_of_a_booking_and_forbids_none(desk: Desk):
    desk.use("unknown", vendor="Databricks").fail("2026-11-20T10:00")
    found = desk.book("2026-11-22T10:00")
    assert found["unknown"].severity == "warning"
    assert desk.book("2026-11-20T09:00").keys() == {"past"}
    assert {kind for kind, _ in desk.marks()}.isdisjoint({"earliest", "expires", "profile"})


def test_an_unknown_rule_ends_with_the_exam_and_with_a_pass(desk: Desk):
    desk.use("unknown", vendor="Databricks", retires=date(2026, 11, 20))
    assert desk.retake().status == "retired"
    desk.use(retires=None).passed("2026-11-20T10:00")
    verdict = desk.retake()
    assert (verdict.status, verdict.rule, verdict.earliest) == ("passed", "passed", None)
    assert verdict.notes[0].text == (
        "Passed on 2026-11-20. Whether a passed exam may be sat again is not known; ask the vendor."
    )


def test_a_sitting_after_a_pass_of_unknown_consequence_breaks_no_rule(desk: Desk):
    desk.use("pass-unknown").passed("2026-10-20T10:00").fail("2026-11-20T10:00")
    verdict = desk.retake()
    assert (verdict.status, local(verdict.earliest)) == ("waiting", "2026-11-27T10:00")
    assert "sat-after-pass" not in codes(verdict)


def test_attempts_that_left_a_rolling_window_are_named(desk: Desk):
    desk.use("isc2").fail("2025-08-10T10:00", "2025-10-01T10:00", "2026-11-20T10:00")
    verdict = desk.retake()
    assert (verdict.attempts_used, verdict.attempts_left) == (1, 3)
    assert "window-rolled" in codes(verdict)
    assert "window-rolled" not in codes(Desk().use("isc2").fail("2026-11-20T10:00").retake())
