"""RT: the next legal date of a Microsoft exam, the rule behind it and the notes."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.policy.policy_desk import Desk, codes, local

FIVE = ("2026-02-10T10:00", "2026-02-12T10:00", "2026-03-01T10:00", "2026-04-02T10:00")
FIVE += ("2026-05-20T10:00",)


def row(test_id: str, fails: str, earliest: str, rule: str, *more: str) -> object:
    return pytest.param(fails.split(), earliest, rule, id="-".join((test_id, *more)))


@pytest.mark.parametrize(
    ("fails", "earliest", "rule"),
    [
        row("RT-01", "2026-11-20T10:00", "2026-11-21T10:00", "24-hours"),
        row("RT-04", "2026-11-01T10:00 2026-11-20T10:00", "2026-12-04T10:00", "14-days"),
        row("RT-05", "2026-10-01T10:00 2026-10-20T10:00 2026-11-20T10:00", "2026-12-04T10:00",
            "14-days", "third"),
        row("RT-05", "2026-09-01T10:00 2026-10-01T10:00 2026-10-20T10:00 2026-11-20T10:00",
            "2026-12-04T10:00", "14-days", "fourth"),
        row("RT-08", " ".join(FIVE), "2027-02-10T10:00", "cap-12-months"),
        row("RT-10", " ".join(FIVE[:1]), "2026-02-11T10:00", "24-hours", "1"),
        row("RT-10", " ".join(FIVE[:2]), "2026-02-26T10:00", "14-days", "2"),
        row("RT-10", " ".join(FIVE[:3]), "2026-03-15T10:00", "14-days", "3"),
        row("RT-10", " ".join(FIVE[:4]), "2026-04-16T10:00", "14-days", "4"),
        row("RT-20", "2026-01-05T10:00 2026-02-01T10:00 2026-03-01T10:00 2026-04-01T10:00 "
            "2027-01-01T10:00", "2027-01-15T10:00", "14-days"),
        row("RT-20", "2026-01-05T10:00 2026-02-01T10:00 2026-03-01T10:00 2026-04-01T10:00 "
            "2026-12-22T10:00", "2027-01-05T10:00", "cap-12-months", "tie"),
        row("RT-26", "2026-10-24T10:00", "2026-10-25T09:00", "24-hours", "autumn"),
        row("RT-26", "2026-03-28T10:00", "2026-03-29T11:00", "24-hours", "spring"),
        row("RT-27", "2026-10-01T10:00 2026-10-20T10:00", "2026-11-03T10:00", "14-days"),
        row("RT-27", "2026-03-01T10:00 2026-03-15T02:30", "2026-03-29T03:30", "14-days", "gap"),
        row("RT-28", "2028-02-29T10:00 2028-03-02T10:00 2028-04-01T10:00 2028-05-01T10:00 "
            "2028-06-01T10:00", "2029-03-01T10:00", "cap-12-months"),
        row("sixth-opens-a-window", " ".join((*FIVE, "2027-02-10T10:00")), "2027-02-11T10:00",
            "24-hours"),
        row("sixth-then-seventh", " ".join((*FIVE, "2027-02-10T10:00", "2027-02-12T10:00")),
            "2027-02-26T10:00", "14-days"),
        row("anniversary-keeps-14-days", "2026-01-10T10:00 2027-01-05T10:00", "2027-01-19T10:00",
            "14-days"),
        row("after-anniversary-keeps-14-days", "2026-01-10T10:00 2026-02-05T10:00 "
            "2027-03-01T10:00", "2027-03-15T10:00", "14-days"),
        row("too-early-sixth-stays-in-window", " ".join((*FIVE, "2026-06-20T10:00")),
            "2027-02-10T10:00", "cap-12-months"),
        row("same-moment-twice", "2026-11-20T10:00 2026-11-20T10:00", "2026-12-04T10:00",
            "14-days"),
        row("exactly-on-the-anniversary", "2025-02-10T10:00 2026-02-10T10:00",
            "2026-02-24T10:00", "14-days"),
    ],
)  # fmt: skip
def test_earliest(desk: Desk, fails, earliest, rule):
    desk.fail(*fails)
    desk.now = desk.at(fails[-1]) + timedelta(hours=1)
    verdict = desk.retake()
    assert (local(verdict.earliest), verdict.rule) == (earliest, rule)
    assert verdict.certain_from == verdict.earliest
    assert verdict.status == ("capped" if rule == "cap-12-months" else "waiting")


def test_open_from_the_minute_on(desk: Desk):
    desk.fail("2026-11-20T10:00").use(now="2026-11-21T09:59")
    assert desk.retake().status == "waiting"
    desk.use(now="2026-11-21T10:00")
    assert desk.retake().status == "open"


@pytest.mark.parametrize(
    ("now", "status"),
    [
        ("2026-10-25T02:15+02:00", "waiting"),
        ("2026-10-25T02:30+02:00", "open"),
        ("2026-10-25T02:15+01:00", "open"),
    ],
    ids=["RT-26-before", "RT-26-due", "RT-26-after"],
)
def test_the_repeated_hour_of_a_clock_change(desk: Desk, now, status):
    desk.fail("2026-10-24T02:30")
    desk.now = desk.at(now).astimezone(desk.zone)
    verdict = desk.retake()
    assert verdict.earliest.isoformat() == "2026-10-25T02:30:00+02:00"
    assert verdict.status == status


@pytest.mark.parametrize(
    ("fails", "now", "used", "left", "start", "end"),
    [
        pytest.param(FIVE, "2026-11-21T09:00", 5, 0, FIVE[0], "2027-02-10T10:00", id="RT-07"),
        pytest.param(FIVE[:3], "2026-03-02T09:00", 3, 2, FIVE[0], "2027-02-10T10:00", id="RT-11"),
        pytest.param(FIVE, "2027-02-10T09:59", 5, 0, FIVE[0], "2027-02-10T10:00", id="last-minute"),
        pytest.param(FIVE, "2027-02-10T10:00", 0, 5, None, None, id="window-over"),
        pytest.param(FIVE[:3], "2027-02-10T10:00", 0, 5, None, None, id="unused-window-over"),
        pytest.param((), "2026-11-21T09:00", 0, 5, None, None, id="none"),
        pytest.param(
            (*FIVE, "2027-02-10T10:00"), "2027-02-11T09:00", 1, 4, "2027-02-10T10:00",
            "2028-02-10T10:00", id="new-window",
        ),
        pytest.param(
            (*FIVE, "2026-06-20T10:00"), "2026-06-21T09:00", 6, 0, FIVE[0], "2027-02-10T10:00",
            id="RT-24-six",
        ),
    ],
)  # fmt: skip
def test_attempts_and_window(desk: Desk, fails, now, used, left, start, end):
    verdict = desk.fail(*fails).use(now=now).retake()
    assert (verdict.attempts_used, verdict.attempts_left) == (used, left)
    assert (local(verdict.window_start), local(verdict.window_end)) == (start or "-", end or "-")


def test_rt_09_counted_from_the_first_not_the_last(desk: Desk):
    verdict = desk.fail(*FIVE).retake()
    assert not local(verdict.earliest).startswith("2027-05-20")


def test_rt_13_the_limit_is_per_exam(desk: Desk):
    desk.fail(*FIVE, exam="AZ-500")
    verdict = desk.retake()
    assert (verdict.status, verdict.rule, verdict.attempts_left) == ("open", "no-wait", 5)


def test_rt_14_no_retake_after_a_pass(desk: Desk):
    verdict = desk.passed("2026-10-01T10:00").retake()
    assert (verdict.status, verdict.rule, verdict.earliest) == ("passed", "passed", None)
    assert verdict.certain_from is None
    assert [local(a.when) for a in verdict.alternatives] == ["2027-10-01T10:00"]
    assert set(desk.book("2026-12-01T10:00")) == {"passed"}


def test_rt_15_unless_the_certification_has_expired(desk: Desk):
    verdict = desk.passed("2025-10-01T10:00").retake()
    assert (verdict.status, verdict.rule) == ("open", "expired")
    assert local(verdict.earliest) == "2026-10-01T10:00"
    assert (verdict.attempts_used, verdict.attempts_left) == (0, 5)


def test_a_pass_in_fundamentals_never_reopens(desk: Desk):
    verdict = desk.use(level="fundamentals").passed("2015-10-01T10:00").retake()
    assert (verdict.status, verdict.earliest, verdict.alternatives) == ("passed", None, ())


def test_fails_before_a_pass_do_not_lengthen_the_ladder_after_it(desk: Desk):
    desk.fail("2024-09-01T10:00", "2024-09-20T10:00").passed("2024-10-10T10:00")
    verdict = desk.fail("2026-11-20T10:00").retake()
    assert (local(verdict.earliest), verdict.rule) == ("2026-11-21T10:00", "24-hours")
    assert verdict.attempts_used == 1


def test_a_fail_after_a_pass_that_still_holds_is_flagged_and_the_pass_stands(desk: Desk):
    verdict = desk.passed("2026-10-01T10:00").fail("2026-11-01T10:00").retake()
    assert (verdict.status, verdict.rule, verdict.earliest) == ("passed", "passed", None)
    assert "sat-after-pass" in codes(verdict)


def test_rt_19_after_the_second_fail_never_24_hours(desk: Desk):
    verdict = desk.fail("2026-11-01T10:00", "2026-11-20T10:00").retake()
    assert not any("24-hour" in note.text for note in verdict.notes)


def test_rt_21_without_history_any_time(desk: Desk):
    verdict = desk.retake()
    assert (verdict.status, verdict.rule, verdict.earliest) == ("open", "no-wait", desk.now)
    assert [note.text for note in verdict.notes] == ["No attempt yet, so no wait."]


def test_rt_22_entry_order_does_not_matter(desk: Desk):
    before = desk.fail(*FIVE[:4]).retake()
    desk.attempts.reverse()
    desk.reports.reverse()
    assert desk.retake() == before


def test_a_record_given_twice_counts_once(desk: Desk):
    before = desk.fail(*FIVE[:2]).retake()
    desk.attempts.append(desk.attempts[0])
    desk.reports.append(desk.reports[0])
    assert desk.retake() == before


@pytest.mark.parametrize(
    ("fails", "flagged"),
    [
        pytest.param("2026-11-18T08:00 2026-11-18T18:00", ["impossible-gap"], id="RT-23"),
        pytest.param("2026-11-18T08:00 2026-11-19T07:59", ["impossible-gap"], id="RT-23-minute"),
        pytest.param("2026-11-18T08:00 2026-11-19T08:00", [], id="RT-23-exact"),
        pytest.param("2026-11-01T08:00 2026-11-03T08:00 2026-11-17T07:00", ["impossible-gap"],
                     id="RT-23-14-days"),
        pytest.param("2026-11-18 2026-11-18", ["impossible-gap"], id="RT-23-same-day"),
        pytest.param("2026-11-18 2026-11-19", [], id="RT-23-next-day"),
        pytest.param("2026-11-18T20:00 2026-11-19", [], id="RT-23-day-after-a-time"),
        pytest.param(" ".join((*FIVE, "2026-06-20T10:00")), ["too-many-in-window"], id="RT-24"),
        pytest.param(" ".join((*FIVE, "2027-02-10T09:59")), ["too-many-in-window"],
                     id="RT-24-minute"),
        pytest.param(" ".join((*FIVE, "2027-02-10T10:00")), [], id="RT-24-exact"),
        pytest.param("2026-01-05T10:00 2026-02-01T10:00 2026-03-01T10:00 2026-04-01T10:00 "
                     "2027-01-01T10:00 2027-01-10T10:00", ["impossible-gap"], id="RT-20-early"),
    ],
)  # fmt: skip
def test_impossible_histories_are_flagged_and_kept(desk: Desk, fails, flagged):
    verdict = desk.fail(*fails.split()).use(now="2027-03-01T09:00").retake()
    checks = ("impossible-gap", "too-many-in-window", "sat-after-pass")
    assert [code for code in codes(verdict) if code in checks] == flagged


@pytest.mark.parametrize(
    ("fails", "earliest", "certain"),
    [
        pytest.param(["2026-11-20"], "2026-11-21T00:00", "2026-11-22T00:00", id="RT-25"),
        pytest.param(["2026-11-01", "2026-11-20"], "2026-12-04T00:00", "2026-12-05T00:00",
                     id="RT-25-14-days"),
        pytest.param(["2026-10-25"], "2026-10-26T00:00", "2026-10-27T00:00", id="RT-25-long-day"),
        pytest.param(["2026-03-29"], "2026-03-30T00:00", "2026-03-31T00:00", id="RT-25-short-day"),
        pytest.param([t[:10] for t in FIVE], "2027-02-10T00:00", "2027-02-11T00:00",
                     id="RT-25-cap"),
        pytest.param(["2026-11-01", "2026-11-20T10:00"], "2026-12-04T10:00", "2026-12-04T10:00",
                     id="RT-25-only-the-last-matters"),
    ],
)  # fmt: skip
def test_a_date_without_a_time(desk: Desk, fails, earliest, certain):
    verdict = desk.fail(*fails).retake()
    assert (local(verdict.earliest), local(verdict.certain_from)) == (earliest, certain)
    assert ("time-unknown" in codes(verdict)) == (earliest != certain)


def test_a_day_stays_that_day_after_a_move_to_another_zone(desk: Desk):
    desk.fail("2026-11-20")
    desk.zone = ZoneInfo("America/New_York")
    assert desk.retake().earliest == desk.at("2026-11-21T00:00")


def test_24_hours_are_the_same_moment_in_every_zone(desk: Desk):
    in_berlin = desk.fail("2026-11-20T10:00").retake().earliest
    desk.zone = ZoneInfo("Asia/Tokyo")
    in_tokyo = desk.retake().earliest
    assert in_tokyo == in_berlin
    assert local(in_tokyo) == "2026-11-21T18:00"


@pytest.mark.parametrize("status", ["no-show", "late-cancelled"])
def test_rt_29_a_missed_appointment_is_no_attempt(desk: Desk, status):
    desk.fail("2026-11-01T10:00", "2026-11-18T10:00")
    before = desk.retake()
    desk.sit("2026-11-10T10:00", status, fee=165.0)
    verdict = desk.retake()
    assert (verdict.earliest, verdict.attempts_used) == (before.earliest, before.attempts_used)
    assert {f"{status}-not-counted", "fee-lost"} <= set(codes(verdict))
    assert [s.number for s in desk.sittings()] == [1, None, 2]


@pytest.mark.parametrize("status", ["interrupted", "revoked"])
def test_rt_30_both_dates_of_an_unsure_sitting(desk: Desk, status):
    desk.sit("2026-11-20T22:00", status)
    verdict = desk.retake()
    assert [(local(a.when), a.condition) for a in verdict.alternatives] == [
        ("2026-11-21T22:00", f"the {status} sitting counts"),
        ("2026-11-21T09:00", f"the {status} sitting does not count"),
    ]
    assert (local(verdict.earliest), verdict.status) == ("2026-11-21T22:00", "waiting")
    assert verdict.attempts_used == 0
    assert f"{status}-uncertain" in codes(verdict)


def test_rt_30_after_a_fail_the_ladder_depends_on_it(desk: Desk):
    desk.fail("2026-11-18T10:00").sit("2026-11-20T10:00", "interrupted")
    verdict = desk.retake()
    assert [local(a.when) for a in verdict.alternatives] == ["2026-12-04T10:00", "2026-11-19T10:00"]
    assert (local(verdict.earliest), verdict.rule) == ("2026-12-04T10:00", "14-days")
    assert "conditional" in desk.book("2026-11-25T10:00")


def test_an_interrupted_sitting_before_a_fail_leaves_two_dates(desk: Desk):
    desk.sit("2026-11-01T10:00", "interrupted")
    desk.fail("2026-11-20T10:00")
    found = [(local(a.when), a.condition) for a in desk.retake().alternatives]
    # The second fail waits 14 days, the first one 24 hours.
    assert found == [
        ("2026-12-04T10:00", "the interrupted sitting counts"),
        ("2026-11-21T10:00", "the interrupted sitting does not count"),
    ]


def test_an_old_unsure_sitting_that_changes_nothing_is_silent(desk: Desk):
    desk.sit("2024-01-10T10:00", "interrupted")
    verdict = desk.passed("2024-03-01T10:00").fail("2026-11-20T10:00").retake()
    assert verdict.alternatives == ()


def test_rt_31_deleting_an_attempt_shifts_the_ladder_back(desk: Desk):
    desk.fail("2026-11-01T10:00", "2026-11-03T10:00", "2026-11-20T10:00")
    assert local(desk.retake().earliest) == "2026-12-04T10:00"
    del desk.attempts[:2]
    assert local(desk.retake().earliest) == "2026-11-21T10:00"


@pytest.mark.parametrize(
    ("fails", "text"),
    [
        pytest.param(FIVE[:1], "24-hour rule after attempt 1.", id="RT-32-24-hours"),
        pytest.param(FIVE[:2], "14-day rule after attempt 2.", id="RT-32"),
        pytest.param(FIVE, "5 attempts in 12 months, counted from the first one; the count began "
                     "on 2026-02-10.", id="RT-32-cap"),
    ],
)  # fmt: skip
def test_rt_32_the_rule_behind_the_date_is_named(desk: Desk, fails, text):
    note = desk.fail(*fails).retake().notes[0]
    assert note.text == text
    assert note.source == "official"


def test_rt_33_a_sitting_in_the_future_is_flagged(desk: Desk):
    assert "future-sitting" in codes(desk.fail("2026-12-01T10:00").retake())


def test_rt_12_and_18_the_last_attempt_has_a_note_with_its_consequence(desk: Desk):
    verdict = desk.fail(*FIVE[:4]).use(now="2026-04-10T09:00").retake()
    last = next(note for note in verdict.notes if note.code == "last-attempt")
    assert "2027-02-10" in last.text
    assert "last-attempt" not in codes(Desk().fail(*FIVE[:3]).use(now="2026-03-02T09:00").retake())


def test_the_kept_14_days_are_said(desk: Desk):
    desk.fail("2026-01-10T10:00", "2027-01-05T10:00").use(now="2027-01-06T09:00")
    assert "longer-wait-kept" in codes(desk.retake())
    assert "longer-wait-kept" not in codes(Desk().fail(*FIVE[:2]).retake())


def test_a_strict_rolling_reading_is_warned_of(desk: Desk):
    desk.fail(*FIVE, "2027-02-10T10:00").use(now="2027-02-10T12:00")
    note = next(n for n in desk.retake().notes if n.code == "rolling-warning")
    assert "2027-02-12 10:00" in note.text
    assert "rolling-warning" not in codes(Desk().fail(*FIVE).retake())


def test_tl_16_a_pending_result_shows_both_outcomes(desk: Desk):
    desk.fail("2026-11-01T10:00").sit("2026-11-20T10:00", "pending")
    verdict = desk.retake()
    assert verdict.status == "pending"
    assert [(local(a.when), a.condition) for a in verdict.alternatives] == [
        ("2026-12-04T10:00", "the result is a fail"),
        ("-", "the result is a pass"),
    ]
    assert verdict.attempts_used == 2


def test_a_delivered_sitting_without_a_report_awaits_its_result(desk: Desk):
    desk.sit("2026-11-20T10:00")
    verdict = desk.retake()
    assert (verdict.status, local(verdict.earliest)) == ("pending", "2026-11-21T10:00")
    desk.fail("2026-11-21T08:00")
    assert desk.retake().status == "waiting"


def test_tl_17_a_beta_sitting_gives_no_date(desk: Desk):
    desk.use(beta=True).sit("2026-11-10T10:00", "beta")
    verdict = desk.retake()
    assert (verdict.status, verdict.earliest, verdict.attempts_used) == ("pending", None, 0)
    assert "beta-uncertain" in codes(verdict)


def test_a_failed_beta_sitting_does_not_count_once_the_exam_is_live(desk: Desk):
    desk.score("2026-05-10T10:00", 600, status="beta")
    verdict = desk.retake()
    assert (verdict.status, verdict.rule, verdict.attempts_used) == ("open", "no-wait", 0)
    assert "beta-uncertain" in codes(verdict)
    assert desk.use(beta=True).retake().earliest is None


def test_a_passed_beta_sitting_is_a_pass(desk: Desk):
    desk.score("2026-05-10T10:00", 705, status="beta")
    assert desk.retake().status == "passed"


def test_the_result_of_a_revoked_sitting_is_void(desk: Desk):
    desk.score("2026-11-20T22:00", 800, status="revoked")
    assert desk.retake().status == "waiting"


def test_a_booking_that_has_passed_asks_for_its_result(desk: Desk):
    desk.sit("2026-11-20T10:00", "booked")
    verdict = desk.retake()
    assert (verdict.rule, "result-missing" in codes(verdict)) == ("no-wait", True)
    assert "result-missing" not in codes(desk.use(now="2026-11-20T09:59").retake())


def test_the_policy_shows_its_age(desk: Desk):
    assert "policy-old" not in codes(desk.use(now="2027-09-01T09:00").retake())
    assert "policy-old" in codes(desk.use(now="2027-09-02T09:00").retake()), "XC-07"
