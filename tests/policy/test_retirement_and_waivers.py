"""RET, RW: what retirement ends, and what a waiver lifts."""

from datetime import date, timedelta

import pytest

from coach.model.answers import Recommended
from coach.model.exam import LanguageEnd
from coach.policy.dates import exam_status, expiry, renewal_window, retirement_moment
from coach.policy.retake import recommend
from tests.policy.policy_desk import Desk, codes, local

AI_102 = {"code": "AI-102", "retires": date(2026, 6, 30), "successor": "AI-103"}
AZ_500 = {"code": "AZ-500", "retires": date(2026, 8, 31), "successor": "SC-500"}


def test_ret_01_a_retake_before_the_last_day(desk: Desk):
    desk.use(now="2026-06-25T12:00", **AI_102).fail("2026-06-25T10:00")
    verdict = desk.retake()
    assert (verdict.status, local(verdict.earliest)) == ("waiting", "2026-06-26T10:00")
    assert (verdict.retires, verdict.successor) == (date(2026, 6, 30), "AI-103")
    assert "retires-soon" in codes(verdict)


@pytest.mark.parametrize(("minutes", "told"), [(0, True), (1, False)])
def test_a_retirement_in_90_days_is_told(desk: Desk, minutes: int, told: bool):
    candidate = desk.use(**AI_102).candidate()
    now = candidate.last_minute - timedelta(days=90, minutes=minutes)
    desk.use(now=local(now.astimezone(candidate.zone)))
    assert ("retires-soon" in codes(desk.retake())) == told


def test_a_language_that_ends_before_the_exam_is_named_and_the_exam_goes_on(desk: Desk):
    ends = (
        LanguageEnd(languages=("Korean",), retires=date(2027, 1, 31)),
        LanguageEnd(languages=("Italian", "German"), retires=date(2026, 12, 31)),
    )
    desk.use(now="2027-01-01T12:00", language_ends=ends)
    verdict = desk.retake()
    assert (verdict.status, verdict.retires) == ("open", None)
    assert [note.text for note in verdict.notes if note.code == "language-ends"] == [
        "The Italian and German versions ended on 2026-12-31.",
        "The Korean version ends on 2027-01-31.",
    ]


def test_ret_02_the_wait_outlasts_the_exam(desk: Desk):
    desk.use(now="2026-06-21T12:00", **AI_102).fail("2026-06-01T10:00", "2026-06-20T10:00")
    verdict = desk.retake()
    assert (verdict.status, verdict.rule) == ("retired", "retired")
    assert (verdict.earliest, verdict.certain_from) == (None, None)
    note = next(n for n in verdict.notes if n.code == "retires-before-earliest")
    assert "2026-07-04 10:00" in note.text
    assert "AI-103" in verdict.notes[0].text


def test_ret_03_a_retired_exam_is_refused_and_the_successor_named(desk: Desk):
    verdict = desk.use(**AZ_500).retake()
    assert (verdict.status, verdict.rule, verdict.earliest) == ("retired", "retired", None)
    assert verdict.successor == "SC-500"
    finding = desk.book("2026-12-01T10:00")["retired"]
    assert finding.severity == "refused"
    assert "SC-500" in finding.text


@pytest.mark.parametrize(
    ("now", "status"),
    [("2026-09-01T06:59", "retiring"), ("2026-09-01T07:00", "retired")],
    ids=["RET-03-last-minute", "RET-03-over"],
)
def test_the_day_ends_in_us_central_time(desk: Desk, now, status):
    desk.use(now=now, **AZ_500)
    assert exam_status(desk.exam, desk.policy, desk.now) == status
    assert desk.retake().status == ("open" if status == "retiring" else "retired")


def test_ret_04_a_successor_starts_with_five(desk: Desk):
    desk.use(**AI_102).fail("2026-01-05T10:00", "2026-02-05T10:00")
    desk.use(code="AI-103", retires=None, successor=None)
    assert desk.retake().attempts_left == 5


@pytest.mark.parametrize(
    ("weeks", "earliest", "retires", "expected"),
    [
        pytest.param((4, 6), "2026-11-21", None, "2026-12-18 2027-01-01", id="FQ-11"),
        pytest.param((2, 3), "2026-11-21", None, "2026-12-04 2026-12-11", id="FQ-12"),
        pytest.param((3, 4), "2026-11-21", None, "2026-12-11 2026-12-18", id="FQ-13"),
        pytest.param((2, 3), "2026-12-04", None, "2026-12-04 2026-12-11", id="FQ-16"),
        pytest.param((2, 3), "2027-02-10", None, "2027-02-10 2027-02-10", id="never-before-legal"),
        pytest.param((4, 6), "2026-11-21", "2026-12-25", "2026-12-18 2026-12-25", id="FQ-21"),
        pytest.param((4, 6), "2026-11-21", "2026-12-10", "2026-12-10 2026-12-10", id="RET-05"),
        pytest.param((4, 6), "2026-12-10", "2026-12-10", "2026-12-10 2026-12-10", id="last-day"),
        pytest.param((4, 6), "2026-12-11", "2026-12-10", None, id="too-late"),
        pytest.param((4, 6), None, None, None, id="no-legal-date"),
    ],
)
def test_recommended_window(weeks, earliest, retires, expected):
    found = recommend(
        date(2026, 11, 20),
        weeks,
        "basis",
        earliest=date.fromisoformat(earliest) if earliest else None,
        retires=date.fromisoformat(retires) if retires else None,
    )
    assert (f"{found.from_} {found.until}" if found else None) == expected


def test_fq_22_weeks_count_from_the_day_of_the_report():
    found = recommend(date(2026, 11, 22), (2, 3), "b", earliest=date(2026, 11, 21), retires=None)
    assert found == Recommended(
        from_=date(2026, 12, 6), until=date(2026, 12, 13), basis="b", weeks=(2, 3)
    )


def test_ret_05_retirement_inside_the_window_warns_and_names_the_latest_day(desk: Desk):
    desk.use(retires=date(2026, 12, 10)).fail("2026-11-20T08:00")
    window = Recommended(from_=date(2026, 12, 10), until=date(2026, 12, 10), basis="4-6 weeks")
    verdict = desk.retake(window)
    assert verdict.recommended == window
    assert "retires-in-window" in codes(verdict)
    assert "2026-12-10" in desk.book("2026-12-05T10:00", recommended=window)["fits-retirement"].text


def test_fq_10_legal_and_recommended_dates_are_both_shown(desk: Desk):
    window = Recommended(from_=date(2026, 12, 4), until=date(2026, 12, 11), basis="2-3 weeks")
    verdict = desk.fail("2026-11-20T10:00").retake(window)
    assert (local(verdict.earliest), verdict.recommended) == ("2026-11-21T10:00", window)
    assert desk.passed("2026-11-20T12:00").retake(window).recommended is None


def test_ret_07_a_credential_stays_until_it_expires(desk: Desk):
    desk.use(**AZ_500).passed("2026-08-01T10:00")
    passed_at = desk.attempts[0].at
    assert desk.retake().status == "passed"
    assert local(expiry(passed_at, desk.exam, desk.policy, desk.zone)) == "2027-08-01T10:00"
    assert renewal_window(passed_at, desk.exam, desk.policy, desk.zone) is None
    assert desk.retake().alternatives == ()


def test_an_expired_pass_of_a_retired_exam_gives_no_retake(desk: Desk):
    desk.use(now="2027-08-02T09:00", **AZ_500).passed("2026-08-01T10:00")
    assert (desk.retake().status, desk.retake().earliest) == ("retired", None)


def test_ex_06_renewal_ends_with_the_exam(desk: Desk):
    desk.use(**AI_102).passed("2025-12-01T10:00")
    window = renewal_window(desk.attempts[0].at, desk.exam, desk.policy, desk.zone)
    assert [local(moment) for moment in window] == ["2026-06-01T10:00", "2026-07-01T06:59"]


def test_xc_10_validity_and_renewal(desk: Desk):
    passed_at = desk.at("2026-11-20T10:00")
    assert local(expiry(passed_at, desk.exam, desk.policy, desk.zone)) == "2027-11-20T10:00"
    window = renewal_window(passed_at, desk.exam, desk.policy, desk.zone)
    assert [local(moment) for moment in window] == ["2027-05-20T10:00", "2027-11-20T10:00"]


def test_xc_11_fundamentals_never_expire(desk: Desk):
    desk.use(level="fundamentals")
    assert expiry(desk.now, desk.exam, desk.policy, desk.zone) is None
    assert renewal_window(desk.now, desk.exam, desk.policy, desk.zone) is None


def test_exam_status(desk: Desk):
    assert exam_status(desk.exam, desk.policy, desk.now) == "active"
    assert retirement_moment(desk.exam, desk.policy) is None
    assert exam_status(desk.use(beta=True).exam, desk.policy, desk.now) == "beta"


def test_a_sitting_after_retirement_is_flagged(desk: Desk):
    desk.use(**AZ_500).fail("2026-09-10T10:00")
    assert "sat-after-retirement" in codes(desk.retake())


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"reason": "internet", "case_number": "C1"}, "waiver-possible", id="RW-01"),
        pytest.param({"reason": "equipment", "case_number": "C1"}, "waiver-possible", id="RW-02"),
        pytest.param({"reason": "other", "case_number": "C1"}, "waiver-not-eligible", id="RW-03"),
        pytest.param({"reason": "other"}, "waiver-not-eligible", id="RW-04"),
        pytest.param(
            {"reason": "other", "case_number": "C1", "waiver_granted": True},
            "waiver-not-eligible",
            id="RW-05",
        ),
        pytest.param({"reason": "internet"}, "waiver-needs-case", id="RW-06"),
        pytest.param({}, None, id="RW-11"),
    ],
)
def test_who_may_ask_for_a_waiver(desk: Desk, fields, code):
    desk.score("2026-11-20T10:00", 600, **fields)
    verdict = desk.retake()
    notes = [note for note in verdict.notes if note.code.startswith("waiver")]
    assert [note.code for note in notes] == ([code] if code else [])
    assert verdict.rule == "24-hours"
    assert not any(" will " in note.text for note in notes), "RW-10"


def test_rw_08_the_case_number_is_shown(desk: Desk):
    desk.score("2026-11-20T10:00", 600, reason="internet", case_number="12345678")
    assert any("12345678" in note.text for note in desk.retake().notes)


GRANTED = {"reason": "internet", "case_number": "12345678", "waiver_granted": True}


def test_rw_09_a_granted_waiver_lifts_the_wait(desk: Desk):
    desk.fail("2026-11-01T10:00").score("2026-11-20T10:00", 600, **GRANTED)
    verdict = desk.retake()
    assert (verdict.status, verdict.rule) == ("open", "waived")
    assert verdict.earliest == verdict.certain_from == desk.now
    assert (verdict.attempts_used, verdict.attempts_left) == (2, 3)
    assert "12345678" in verdict.notes[0].text


def test_rw_09_but_never_the_cap(desk: Desk):
    desk.fail("2026-02-10T10:00", "2026-02-12T10:00", "2026-03-01T10:00", "2026-04-02T10:00")
    desk.score("2026-11-20T10:00", 600, **GRANTED)
    verdict = desk.retake()
    assert (verdict.status, verdict.rule) == ("capped", "cap-12-months")
    assert local(verdict.earliest) == "2027-02-10T10:00"


@pytest.mark.parametrize("status", ["delivered", "interrupted"])
def test_a_waiver_needs_no_report(desk: Desk, status):
    desk.sit("2026-11-20T10:00", status, **GRANTED)
    verdict = desk.retake()
    assert (verdict.status, verdict.rule, verdict.earliest) == ("open", "waived", desk.now)


def test_a_waiver_lifts_one_wait_only(desk: Desk):
    desk.score("2026-11-10T10:00", 600, **GRANTED)
    verdict = desk.fail("2026-11-10T18:00").retake()
    assert (local(verdict.earliest), verdict.rule) == ("2026-11-24T18:00", "14-days")
    assert "impossible-gap" not in codes(verdict)


def test_other_vendors_know_no_waiver(desk: Desk):
    desk.use("aws").score("2026-11-20T10:00", 600, **GRANTED)
    verdict = desk.retake()
    assert verdict.rule == "14-days"
    assert not any(code.startswith("waiver") for code in codes(verdict))
