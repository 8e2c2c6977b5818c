"""Dates through the command line: the RT, RET, RW, RF, TL and XC behaviours, by their ids."""

from typing import Any

import pytest

from tests.cli.conftest import Coach

FIVE = ("2026-02-10T10:00", "2026-02-12T10:00", "2026-03-01T10:00", "2026-04-02T10:00",
        "2026-05-20T10:00")  # fmt: skip
LEAP = ("2028-02-29T10:00", "2028-03-02T10:00", "2028-04-02T10:00", "2028-05-02T10:00",
        "2028-06-02T10:00")  # fmt: skip
SIXTH = ("2026-01-05T10:00", "2026-03-05T10:00", "2026-05-05T10:00", "2026-07-05T10:00",
         "2027-01-01T10:00")  # fmt: skip
NOW = "2026-11-21T09:00"
EXAM = "AZ-104"


def sit(coach: Coach, *whens: str, code: str = EXAM, score: int = 600, now: str = NOW) -> None:
    for at in whens:
        ran = coach("report", "add", code, "--at", at, "--score", str(score), now=now)
        assert ran.code == 0, ran.err


def attempt(coach: Coach, at: str, status: str, *more: str, code: str = EXAM) -> None:
    ran = coach("attempt", "add", code, "--at", at, "--status", status, *more)
    assert ran.code == 0, ran.err


def codes(document: Any) -> set[str]:
    return {note["code"] for note in document["notes"]}


# The fails, the clock, and: status, earliest, rule, attempts left.
EARLIEST = {
    "RT-01": (("2026-11-20T10:00",), NOW, "waiting", "2026-11-21T10:00:00+01:00", "24-hours", 4),
    "RT-03": (
        ("2026-11-20T10:00",), "2026-11-21T10:00", "open", "2026-11-21T10:00:00+01:00",
        "24-hours", 4,
    ),
    "RT-04-19": (
        ("2026-11-01T10:00", "2026-11-20T10:00"), NOW, "waiting", "2026-12-04T10:00:00+01:00",
        "14-days", 3,
    ),
    "RT-05-third": (
        ("2026-10-01T10:00", "2026-11-01T10:00", "2026-11-20T10:00"), NOW, "waiting",
        "2026-12-04T10:00:00+01:00", "14-days", 2,
    ),
    "RT-05-fourth": (
        ("2026-09-01T10:00", "2026-10-01T10:00", "2026-11-01T10:00", "2026-11-20T10:00"), NOW,
        "waiting", "2026-12-04T10:00:00+01:00", "14-days", 1,
    ),
    "RT-07-08-09": (FIVE, NOW, "capped", "2027-02-10T10:00:00+01:00", "cap-12-months", 0),
    "RT-10-first": (FIVE[:1], NOW, "open", "2026-02-11T10:00:00+01:00", "24-hours", 4),
    "RT-10-second": (FIVE[:2], NOW, "open", "2026-02-26T10:00:00+01:00", "14-days", 3),
    "RT-10-third": (FIVE[:3], NOW, "open", "2026-03-15T10:00:00+01:00", "14-days", 2),
    "RT-10-fourth": (FIVE[:4], NOW, "open", "2026-04-16T10:00:00+02:00", "14-days", 1),
    "RT-20": (
        SIXTH, "2027-01-02T09:00", "waiting", "2027-01-15T10:00:00+01:00", "14-days", 0,
    ),
    "RT-22": (FIVE[::-1], NOW, "capped", "2027-02-10T10:00:00+01:00", "cap-12-months", 0),
    "RT-26": (("2026-10-24T10:00",), NOW, "open", "2026-10-25T09:00:00+01:00", "24-hours", 4),
    "RT-27": (
        ("2026-10-01T10:00", "2026-10-20T10:00"), NOW, "open", "2026-11-03T10:00:00+01:00",
        "14-days", 3,
    ),
    "RT-28": (
        LEAP, "2028-06-10T09:00", "capped", "2029-03-01T10:00:00+01:00", "cap-12-months", 0,
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("fails", "now", "status", "earliest", "rule", "left"), EARLIEST.values(), ids=EARLIEST
)
def test_the_earliest_date(
    coach: Coach, fails: tuple[str, ...], now: str, status: str, earliest: str, rule: str, left: int
) -> None:
    sit(coach, *fails, now=now)
    retake = coach("retake", "--json", now=now).json
    assert retake["status"] == status
    assert retake["earliest"] == retake["certain_from"] == earliest
    assert retake["rule"] == rule
    assert (retake["attempts_used"], retake["attempts_left"]) == (len(fails), left)
    assert rule in codes(retake)


# The fails, the booking, and the words of the refusal; None where it is accepted.
BOOKED = {
    "RT-02": (("2026-11-20T10:00",), "2026-11-21T09:59", "1 minute too early"),
    "RT-03": (("2026-11-20T10:00",), "2026-11-21T10:00", None),
    "RT-06": (("2026-11-01T10:00", "2026-11-20T10:00"), "2026-12-03T10:00", "1 day too early"),
    "RT-04-exact": (("2026-11-01T10:00", "2026-11-20T10:00"), "2026-12-04T10:00", None),
    "RT-08": (FIVE, "2027-02-09T10:00", "too early"),
    "RT-08-exact": (FIVE, "2027-02-10T10:00", None),
    "FQ-15": (("2026-11-20T10:00",), "2026-11-21T09:30", "too early"),
}


@pytest.mark.parametrize("command", ["attempt", "target"])
@pytest.mark.parametrize(("fails", "at", "refusal"), BOOKED.values(), ids=BOOKED)
def test_a_date_before_the_legal_one_is_refused(
    coach: Coach, command: str, fails: tuple[str, ...], at: str, refusal: str | None
) -> None:
    sit(coach, *fails)
    booking = ("attempt", "add", EXAM, "--at", at, "--status", "booked")
    ran = coach(*booking) if command == "attempt" else coach("target", EXAM, at)
    assert ran.code == (0 if refusal is None else 1)
    assert (refusal or "") in ran.err
    stored = [row["status"] for row in coach("timeline", "--json").json["attempts"]]
    assert ("booked" in stored) is (command == "attempt" and refusal is None)


def test_rt_11_attempts_left_with_the_end_of_the_window(coach: Coach) -> None:
    sit(coach, *FIVE[:3])
    retake = coach("retake", "--json").json
    note = next(note for note in retake["notes"] if note["code"] == "attempts-left")
    assert note["text"].startswith("2 of 5")
    assert "2027-02-10" in note["text"]
    assert retake["window_start"] == "2026-02-10T10:00:00+01:00"
    assert retake["window_end"] == "2027-02-10T10:00:00+01:00"


def test_rt_12_and_18_the_last_attempt_is_pointed_out(coach: Coach) -> None:
    sit(coach, *FIVE[:4])
    assert "last-attempt" in codes(coach("retake", "--json").json)
    insights = coach("advice", "--json").json["insights"]
    assert next(i for i in insights if i["code"] == "last-attempt")["severity"] == "high"
    ran = coach("attempt", "add", EXAM, "--at", "2026-12-10T10:00", "--status", "booked")
    assert "last attempt" in ran.out
    assert "2027-02-10" in ran.out


def test_rt_13_the_limit_is_per_exam(coach: Coach) -> None:
    sit(coach, *FIVE)
    other = coach("retake", "SC-300", "--json").json
    assert (other["status"], other["attempts_used"], other["attempts_left"]) == ("open", 0, 5)


def test_rt_14_no_retake_after_a_pass(coach: Coach) -> None:
    sit(coach, "2026-10-01T10:00", score=720)
    retake = coach("retake", "--json").json
    assert (retake["status"], retake["rule"], retake["earliest"]) == ("passed", "passed", None)
    assert retake["recommended"] is None
    ran = coach("attempt", "add", EXAM, "--at", "2026-12-01T10:00", "--status", "booked")
    assert ran.code == 1


def test_rt_15_a_retake_after_the_certification_has_expired(coach: Coach) -> None:
    sit(coach, "2025-10-01T10:00", score=720)
    retake = coach("retake", "--json").json
    assert (retake["status"], retake["rule"]) == ("open", "expired")
    attempt(coach, "2026-12-01T10:00", "booked")


NEAR = ("--band", "1=near", "--band", "2=near", "--band", "3=near", "--band", "4=near",
        "--band", "5=near")  # fmt: skip
BELOW = ("--band", "1=below", "--band", "2=below", "--band", "3=below")
LAST = ("report", "add", EXAM, "--at", "2026-11-20T10:00", "--score")


def test_rt_16_a_near_miss_hears_of_the_quick_second_try(coach: Coach) -> None:
    coach(*LAST, "690", *NEAR)
    insights = {i["code"]: i for i in coach("advice", "--json").json["insights"]}
    assert "24-hour" in insights["near-miss"]["text"]


def test_rt_17_a_weak_result_hears_of_it_as_legal_only(coach: Coach) -> None:
    coach(*LAST, "480", *BELOW)
    insights = {i["code"]: i for i in coach("advice", "--json").json["insights"]}
    assert "near-miss" not in insights
    assert "not advised" in insights["window"]["action"]


def test_rt_21_no_history_means_any_time(coach: Coach) -> None:
    retake = coach("retake", EXAM, "--json").json
    assert (retake["status"], retake["rule"]) == ("open", "no-wait")
    assert (retake["window_start"], retake["window_end"], retake["recommended"]) == (None,) * 3
    assert "You may sit it  any time  (No attempt yet)" in coach("retake", EXAM).out


def test_rt_23_and_24_impossible_histories_are_flagged_and_stored(coach: Coach) -> None:
    sit(coach, "2026-11-20T08:00", "2026-11-20T18:00")
    assert "impossible-gap" in codes(coach("retake", "--json").json)
    sit(coach, *(f"2026-0{month}-10T10:00" for month in (1, 3, 5, 7)))
    assert "too-many-in-window" in codes(coach("retake", "--json").json)
    assert len(coach("timeline", "--json").json["attempts"]) == 6


def test_rt_25_a_date_without_a_time(coach: Coach) -> None:
    sit(coach, "2026-11-20")
    retake = coach("retake", "--json").json
    assert retake["earliest"].startswith("2026-11-21")
    assert retake["certain_from"].startswith("2026-11-22")
    assert coach("timeline", "--json").json["attempts"][0]["at"] == "2026-11-20"


def test_rt_29_a_no_show_is_not_an_attempt(coach: Coach) -> None:
    sit(coach, "2026-11-01T10:00", "2026-11-20T10:00")
    attempt(coach, "2026-11-10T10:00", "no-show", "--fee", "165")
    retake = coach("retake", "--json").json
    assert retake["attempts_used"] == 2
    assert "fee-lost" in codes(retake)
    assert coach("timeline", "--json").json["cost"] == 165


@pytest.mark.parametrize("status", ["interrupted", "revoked"])
def test_rt_30_an_uncertain_sitting_gives_both_dates(coach: Coach, status: str) -> None:
    attempt(coach, "2026-11-20T10:00", status)
    retake = coach("retake", "--json").json
    assert [other["if"] for other in retake["alternatives"]] == [
        f"the {status} sitting counts",
        f"the {status} sitting does not count",
    ]
    assert retake["alternatives"][0]["when"] == "2026-11-21T10:00:00+01:00"


def test_rt_31_removing_an_attempt_moves_the_later_dates(coach: Coach) -> None:
    sit(coach, "2026-09-01T10:00", "2026-10-01T10:00", "2026-11-20T10:00")
    second = coach("timeline", "--json").json["attempts"][1]
    assert second["number"] == 2
    assert coach("attempt", "remove", second["id"]).code == 0
    retake = coach("retake", "--json").json
    assert (retake["attempts_used"], retake["earliest"]) == (2, "2026-12-04T10:00:00+01:00")
    assert coach("report", "remove", coach("timeline", "--json").json["attempts"][0]["report"])
    assert coach("retake", "--json").json["rule"] == "24-hours"


def test_rt_32_the_rule_is_named_with_its_source(coach: Coach) -> None:
    sit(coach, "2026-11-01T10:00", "2026-11-20T10:00")
    first = coach("retake", "--json").json["notes"][0]
    assert first["text"].startswith("14-day rule after attempt 2")
    assert first["source"] == "official"


AI = "AI-102"


def test_ret_01_the_last_day_of_a_retiring_exam(coach: Coach) -> None:
    sit(coach, "2026-06-25T10:00", code=AI, now="2026-06-25T18:00")
    retake = coach("retake", "--json", now="2026-06-25T18:00").json
    assert retake["earliest"] == "2026-06-26T10:00:00+02:00"
    assert (retake["retires"], retake["successor"]) == ("2026-06-30", "AI-103")
    assert retake["recommended"]["to"] <= "2026-06-30"
    assert "retires-in-window" in codes(retake)


def test_ret_02_a_wait_longer_than_the_exam_lives(coach: Coach) -> None:
    now = "2026-06-20T18:00"
    sit(coach, "2026-06-01T10:00", "2026-06-20T10:00", code=AI, now=now)
    retake = coach("retake", "--json", now=now).json
    assert (retake["status"], retake["earliest"], retake["rule"]) == ("retired", None, "retired")
    note = next(n for n in retake["notes"] if n["code"] == "retires-before-earliest")
    assert "2026-07-04" in note["text"]
    schedule = coach("schedule", "--json", now=now).json
    assert schedule["weeks"] == []
    assert "retire" in schedule["reason"]


def test_ret_03_and_06_a_retired_exam_is_read_and_not_planned(coach: Coach) -> None:
    now = "2024-03-01T18:00"
    coach("report", "add", "AZ-500", "--at", "2024-03-01T10:00", "--score", "640", "--outline",
          "seed", "--band", "1=below", now=now)  # fmt: skip
    assert coach("schedule", "--json", now=now).json["weeks"]
    retake = coach("retake", "--json").json
    assert (retake["status"], retake["rule"], retake["earliest"]) == ("retired", "retired", None)
    assert retake["successor"] == "SC-500"
    assert coach("target", "AZ-500", "2026-12-01").code == 1
    schedule = coach("schedule", "--json").json
    assert (schedule["weeks"], schedule["allocation"]) == ([], [])
    assert "SC-500" in schedule["reason"]
    assert len(coach("timeline", "--json").json["attempts"]) == 1
    assert len(coach("heatmap", "--json").json["domains"]) == 4
    assert "retired" in {i["code"] for i in coach("advice", "--json").json["insights"]}


def test_ret_04_the_successor_has_a_fresh_count(coach: Coach) -> None:
    sit(coach, *FIVE[:4], code=AI)
    assert coach("retake", "AI-103", "--json").json["attempts_left"] == 5


def marks(coach: Coach, *code: str, now: str = NOW) -> dict[str, Any]:
    found = coach("timeline", *code, "--json", now=now).json["milestones"]
    return {mark["kind"]: mark for mark in found}


def test_ret_07_an_earned_credential_stays_until_its_expiry(coach: Coach) -> None:
    sit(coach, "2026-08-01T10:00", code="AZ-500", score=720)
    found = marks(coach)
    assert found["expires"]["at"] == "2027-08-01"
    assert "no longer offered" in found["expires"]["text"]
    assert "renewal-from" not in found


# Reason, case number, and the note that answers.
WAIVERS = {
    "RW-01": ("internet", "123456", "waiver-possible"),
    "RW-02": ("equipment", "123456", "waiver-possible"),
    "RW-03-04-05": ("other", "123456", "waiver-not-eligible"),
    "RW-06": ("internet", "", "waiver-needs-case"),
}


@pytest.mark.parametrize(("reason", "case", "code"), WAIVERS.values(), ids=WAIVERS)
def test_who_may_ask_for_a_waiver(coach: Coach, reason: str, case: str, code: str) -> None:
    attempt(coach, "2026-11-20T10:00", "interrupted", "--reason", reason, "--case", case)
    retake = coach("retake", "--json").json
    assert code in codes(retake)
    texts = " ".join(n["text"] for n in retake["notes"] if n["code"].startswith("waiver"))
    assert " will " not in texts, "RW-10"
    assert coach("timeline", "--json").json["attempts"][0]["case"] == (case or None), "RW-08"
    assert (f"case {case}" in coach("timeline").out) is bool(case), "RW-08"


def test_rw_09_a_granted_waiver_lifts_the_wait_and_not_the_cap(coach: Coach) -> None:
    sit(coach, "2026-10-01T10:00")
    attempt(coach, "2026-11-20T10:00", "delivered", "--reason", "internet", "--case", "123456",
            "--waiver-granted")  # fmt: skip
    retake = coach("retake", "--json").json
    assert (retake["status"], retake["rule"]) == ("open", "waived")
    assert retake["earliest"] <= "2026-11-21T09:00:00+01:00"
    sit(coach, *FIVE[:3])
    assert coach("retake", "--json").json["status"] == "capped"


def test_rw_11_without_an_incident_no_waiver_is_spoken_of(coach: Coach) -> None:
    sit(coach, "2026-11-20T10:00")
    assert not {c for c in codes(coach("retake", "--json").json) if c.startswith("waiver")}


def test_rf_01_to_03_fees_add_up(coach: Coach) -> None:
    for at in FIVE[:3]:
        coach("report", "add", EXAM, "--at", at, "--score", "600", "--fee", "165")
    attempt(coach, "2026-06-01T10:00", "no-show", "--fee", "82.50")
    sit(coach, "2026-07-01T10:00")
    timeline = coach("timeline", "--json").json
    assert timeline["cost"] == 577.5
    assert [row["fee"] for row in timeline["attempts"]] == [165, 165, 165, 82.5, None]


def test_rf_04_05_06_07_a_booking_hears_of_practice_cost_and_deadline(coach: Coach) -> None:
    coach("report", "add", EXAM, "--at", "2026-11-20T10:00", "--score", "640", "--fee", "165")
    ran = coach("attempt", "add", EXAM, "--at", "2026-12-05T10:00", "--status", "booked")
    assert "No practice" in ran.out, "RF-04"
    assert "Fees so far: 165." in ran.out, "RF-06"
    found = marks(coach)
    assert found["booked"]["at"] == "2026-12-05T10:00:00+01:00"
    assert found["change-deadline"]["at"] == "2026-12-04T10:00:00+01:00"


def test_fq_14_a_booking_before_the_window_is_warned_about(coach: Coach) -> None:
    coach(*LAST, "600", *BELOW)
    ran = coach("attempt", "add", EXAM, "--at", "2026-12-01T10:00", "--status", "booked")
    assert ran.code == 0
    assert "Before the best time" in ran.out


def test_rf_08_a_late_cancellation_costs_the_fee(coach: Coach) -> None:
    attempt(coach, "2026-11-20T10:00", "late-cancelled", "--fee", "165")
    attempt(coach, "2026-11-25T10:00", "cancelled", "--fee", "99")
    assert coach("timeline", "--json").json["cost"] == 165


def test_tl_01_to_10_result_times_of_an_online_sitting(coach: Coach) -> None:
    attempt(coach, "2026-11-20T10:00", "pending", "--place", "online")
    found = marks(coach)
    # AZ-104 lasts 100 minutes, so it ended at 11:40.
    assert found["result"]["at"] == "2026-11-20T11:40:00+01:00"
    assert found["result"]["source"] == "official"
    assert found["result-limit"]["at"] == "2026-11-21T11:40:00+01:00"
    assert found["profile"]["at"] == "2026-11-21T11:40:00+01:00"
    assert found["profile-limit"]["at"] == "2026-11-22T11:40:00+01:00"
    late = marks(coach, now="2026-11-21T13:00")["result-limit"]["text"]
    assert "does not mean a fail" in late
    assert "noise" in late


def test_tl_12_and_xc_10_dates_after_a_pass(coach: Coach) -> None:
    sit(coach, "2026-11-20T10:00", score=720)
    found = marks(coach)
    assert found["certificate-from"]["at"] == "2026-11-27"
    assert found["certificate-to"]["at"] == "2026-12-04"
    assert "estimate" in found["certificate-from"]["text"]
    assert found["expires"]["at"] == "2027-11-20"
    assert found["renewal-from"]["at"] == "2027-05-20"


def test_tl_13_no_certificate_after_a_fail(coach: Coach) -> None:
    sit(coach, "2026-11-20T10:00")
    assert not {kind for kind in marks(coach) if kind.startswith(("certificate", "expires"))}


def test_tl_16_a_pending_result_shows_both_outcomes(coach: Coach) -> None:
    attempt(coach, "2026-11-20T10:00", "pending")
    retake = coach("retake", "--json").json
    assert retake["status"] == "pending"
    assert {other["if"]: other["when"] for other in retake["alternatives"]} == {
        "the result is a fail": "2026-11-21T10:00:00+01:00",
        "the result is a pass": None,
    }


def test_tl_17_a_beta_sitting_has_no_retake_date(coach: Coach) -> None:
    attempt(coach, "2026-11-20T10:00", "beta")
    retake = coach("retake", "--json").json
    assert (retake["earliest"], retake["attempts_used"]) == (None, 0)
    assert "beta-uncertain" in codes(retake)
    assert coach("timeline", "--json").json["attempts"][0]["number"] is None


def test_xc_11_fundamentals_never_expire(coach: Coach) -> None:
    sit(coach, "2026-11-20T10:00", code="AZ-900", score=720)
    assert "expires" not in marks(coach)


def test_a_sitting_with_another_offset_is_shown_in_local_time(coach: Coach) -> None:
    sit(coach, "2026-11-20T04:00-05:00")
    assert coach("timeline", "--json").json["attempts"][0]["at"] == "2026-11-20T10:00:00+01:00"
    assert coach("retake", "--json").json["earliest"] == "2026-11-21T10:00:00+01:00"


def test_the_clock_may_be_a_date_alone(coach: Coach) -> None:
    sit(coach, "2026-11-19T10:00", now="2026-11-20")
    assert coach("retake", "--json", now="2026-11-20").json["status"] == "waiting"


def test_numbers_count_delivered_attempts_only(coach: Coach) -> None:
    attempt(coach, "2026-01-10T10:00", "no-show")
    sit(coach, "2026-02-10T10:00", "2026-03-10T10:00")
    attempt(coach, "2026-02-20T10:00", "cancelled")
    rows = coach("timeline", "--json").json["attempts"]
    assert [(row["status"], row["number"]) for row in rows] == [
        ("no-show", None), ("delivered", 1), ("cancelled", None), ("delivered", 2),
    ]  # fmt: skip


def test_a_report_completes_the_sitting_that_waits_for_it(coach: Coach) -> None:
    for status in ("booked", "pending", "delivered"):
        now = "2026-11-10T09:00" if status == "booked" else NOW
        at = {"booked": "2026-11-12", "pending": "2026-11-14", "delivered": "2026-11-16"}[status]
        coach("attempt", "add", EXAM, "--at", f"{at}T10:00", "--status", status, now=now)
        sit(coach, f"{at}T10:00")
    rows = coach("timeline", "--json").json["attempts"]
    assert [(row["number"], row["status"], row["score"]) for row in rows] == [
        (1, "delivered", 600), (2, "delivered", 600), (3, "delivered", 600),
    ]  # fmt: skip


def test_im_10_the_same_appointment_twice_is_refused(coach: Coach) -> None:
    attempt(coach, "2026-12-15T10:00", "booked")
    again = coach("attempt", "add", EXAM, "--at", "2026-12-15T10:00", "--status", "booked")
    assert again.code == 1
    assert "already stored" in again.err
