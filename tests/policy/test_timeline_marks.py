"""TL, UI-01: what to expect after a sitting, and the markers of the timeline."""

from datetime import date

import pytest

from coach.model.answers import Milestone, Recommended, Road
from coach.policy.milestones import milestones, result_milestones, road, waits
from coach.policy.retake import recommend
from tests.policy.policy_desk import Desk, local


def results(desk: Desk, passed: bool | None = None) -> dict[str, Milestone]:
    found = result_milestones(desk.attempts[-1], passed, desk.candidate())
    return {mark.kind: mark for mark in found}


@pytest.fixture
def seated(desk: Desk) -> Desk:
    """Sat from 10:00 to 11:40 on Friday 2026-11-20."""
    return desk.use(now="2026-11-20T12:00", duration_minutes=100)


def test_tl_01_at_a_centre_the_result_comes_at_the_end(seated: Desk):
    seated.sit("2026-11-20T10:00", "pending", place="centre")
    found = results(seated)
    assert local(found["result"].at) == "2026-11-20T11:40"
    assert "result-limit" not in found
    assert "preliminary" in found["result"].text, "TL-03"


def test_tl_02_online_within_24_hours(seated: Desk):
    seated.sit("2026-11-20T10:00", "pending", place="online")
    assert local(results(seated)["result-limit"].at) == "2026-11-21T11:40"


def test_tl_04_the_mail_some_hours_later(seated: Desk):
    seated.sit("2026-11-20T10:00", "pending")
    assert "alarm" not in results(seated)["report-mail"].text
    assert "alarm" in results(seated.use(now="2026-11-20T16:00"))["report-mail"].text


def test_tl_05_06_07_a_delay_is_no_fail(seated: Desk):
    seated.sit("2026-11-20T10:00", "pending", place="online")
    assert "does not mean a fail" not in results(seated)["result-limit"].text
    text = results(seated.use(now="2026-11-21T13:00"))["result-limit"].text
    assert "does not mean a fail" in text
    assert "noise" in text
    assert "looking away" in text


def test_tl_08_tl_09_look_in_spam_after_a_day(seated: Desk):
    seated.sit("2026-11-20T10:00", "pending")
    text = results(seated.use(now="2026-11-21T13:00"))["report-mail"].text
    assert "spam" in text
    assert "Microsoft" in text
    assert "subject names the certification and pass or fail" in text, "TL-09"


def test_tl_10_tl_15_the_learn_profile(seated: Desk):
    seated.sit("2026-11-20T10:00", "pending")
    found = results(seated)
    assert local(found["profile"].at) == "2026-11-21T11:40"
    assert local(found["profile-limit"].at) == "2026-11-22T11:40"
    assert "contact" not in found["profile-limit"].text
    assert "contact" in results(seated.use(now="2026-11-22T12:00"))["profile-limit"].text


def test_a_sitting_of_some_time_of_day_is_late_only_once_any_would_be(seated: Desk):
    seated.sit("2026-11-20", "pending")
    # At the latest it ended on Saturday at 01:40; two days later the profile should have it.
    found = results(seated.use(now="2026-11-23T01:30"))
    assert "contact" not in found["profile-limit"].text
    found = results(seated.use(now="2026-11-23T01:50"))
    assert "contact" in found["profile-limit"].text


def test_tl_11_official_lines_come_before_the_article(seated: Desk):
    seated.sit("2026-11-20T10:00", "pending", place="online")
    assert [(mark.kind, mark.source) for mark in results(seated).values()] == [
        ("result", "official"),
        ("report-mail", "article"),
        ("result-limit", "article"),
        ("profile", "official"),
        ("profile-limit", "article"),
    ]


def test_tl_12_14_19_the_certificate_after_a_pass(seated: Desk):
    seated.passed("2026-11-20T10:00")
    found = results(seated, passed=True)
    assert [found[k].at for k in ("certificate-from", "certificate-to")] == [
        date(2026, 11, 27),
        date(2026, 12, 4),
    ]
    assert "estimate" in found["certificate-from"].text
    assert found["certificate-from"].source == "article"
    assert "no score" in found["certificate-from"].text, "TL-14"
    assert "stands for the skill" in found["certificate-from"].text, "TL-19"


def test_tl_13_none_after_a_fail(seated: Desk):
    seated.fail("2026-11-20T10:00")
    assert set(results(seated, passed=False)) == {"profile", "profile-limit"}
    assert results(seated.use(now="2026-11-22T11:41"), passed=False) == {}


def test_tl_17_a_beta_result_takes_weeks(seated: Desk):
    seated.sit("2026-11-20T10:00", "beta")
    found = results(seated)
    assert [mark.at for mark in found.values()] == [date(2027, 1, 15), date(2027, 3, 12)]


def test_tl_18_the_route_to_the_report(seated: Desk):
    seated.sit("2026-11-20T10:00", "pending")
    text = results(seated)["profile"].text
    places = ("Learn profile", "Credentials", "Past exams", "provider", "View")
    assert sorted(text.index(place) for place in places) == [text.index(p) for p in places]


def test_a_day_without_a_time_gives_days(seated: Desk):
    seated.sit("2026-11-20", "pending", place="online")
    found = results(seated)
    assert found["result"].at == date(2026, 11, 20)
    assert found["profile-limit"].at == date(2026, 11, 22)


@pytest.mark.parametrize("status", ["booked", "no-show", "cancelled", "interrupted", "revoked"])
def test_no_result_without_a_finished_sitting(seated: Desk, status):
    seated.sit("2026-11-20T10:00", status)
    assert results(seated) == {}


def test_other_vendors_have_no_known_times(seated: Desk):
    seated.use("aws", vendor="AWS").sit("2026-11-20T10:00", "pending")
    assert results(seated) == {}


def test_ui_01_all_markers_in_order(desk: Desk):
    desk.fail("2026-10-01T10:00", "2026-10-12T10:00").use(retires=date(2027, 3, 31))
    desk.sit("2026-12-05T10:00", "booked", place="centre")
    window = Recommended(from_=date(2026, 11, 23), until=date(2026, 12, 7), basis="6-8 weeks")
    assert desk.marks(window) == [
        ("window-start", "2026-10-01T10:00"),
        ("earliest", "2026-10-26T10:00"),
        ("recommended-from", "2026-11-23"),
        ("change-deadline", "2026-12-04T10:00"),
        ("booked", "2026-12-05T10:00"),
        ("recommended-to", "2026-12-07"),
        ("retires", "2027-03-31"),
        ("window-end", "2027-10-01T10:00"),
    ]


def test_the_recommended_marks_name_the_source_of_their_rule(desk: Desk):
    window = recommend(
        date(2026, 11, 20),
        (3, 4),
        "One below.",
        earliest=date(2026, 11, 21),
        retires=None,
        source="own",
    )
    desk.fail("2026-11-20T08:00")
    found = milestones(desk.retake(window), desk.candidate())
    marks = [(m.at, m.source) for m in found if m.kind.startswith("recommended")]
    assert marks == [(date(2026, 12, 11), "own"), (date(2026, 12, 18), "own")]


def test_markers_of_a_pass(desk: Desk):
    desk.use(now="2026-11-25T09:00").passed("2026-11-20T10:00")
    assert desk.marks() == [
        ("certificate-from", "2026-11-27"),
        ("certificate-to", "2026-12-04"),
        ("renewal-from", "2027-05-20"),
        ("expires", "2027-11-20"),
    ]


def test_an_old_pass_expects_no_certificate(desk: Desk):
    kinds = [kind for kind, _ in desk.passed("2026-08-01T10:00").marks()]
    assert "certificate-to" not in kinds
    assert "expires" in kinds


def test_ex_06_a_retired_exam_offers_no_renewal(desk: Desk):
    desk.use(retires=date(2026, 6, 30)).passed("2025-12-01T10:00")
    assert "renewal-from" not in [kind for kind, _ in desk.marks()]


def test_an_empty_history_has_no_markers(desk: Desk):
    assert desk.marks() == []


def test_an_uncertain_time_has_two_markers(desk: Desk):
    marks = dict(desk.fail("2026-11-19").marks())
    assert marks["earliest"] == "2026-11-20"
    assert marks["certain-from"] == "2026-11-21"


def test_a_past_booking_is_no_marker(desk: Desk):
    desk.sit("2026-11-20T10:00", "booked")
    assert desk.marks() == []


def test_waits_between_the_sittings(desk: Desk):
    desk.fail("2026-10-01T10:00", "2026-10-12T10:00").sit("2026-10-20T10:00", "no-show")
    desk.fail("2026-11-01").passed("2026-11-20T10:00")
    found = waits(desk.candidate())
    assert [(local(w.from_), local(w.until), w.rule) for w in found] == [
        ("2026-10-01T10:00", "2026-10-02T10:00", "24-hours"),
        ("2026-10-12T10:00", "2026-10-26T10:00", "14-days"),
        ("2026-11-01", "2026-11-16T00:00", "14-days"),
    ]
    assert {w.source for w in found} == {"official"}


def test_no_wait_has_no_span_and_an_unverified_rule_no_source(desk: Desk):
    desk.fail("2026-10-01T10:00")
    desk.use("comptia")
    assert waits(desk.candidate()) == ()
    desk.use("applied-skills")
    found = waits(desk.candidate())
    assert [w.source for w in found] == [None]


def test_the_road_to_a_pass_in_numbers(desk: Desk):
    desk.score("2026-08-01T10:00", 540, fee=165.0)
    desk.sit("2026-09-01T10:00", "no-show", fee=165.0)
    desk.sit("2026-09-05T10:00", "cancelled", fee=165.0)
    desk.score("2026-10-01T10:00", 655, fee=165.0)
    assert road(desk.sittings(), 600, desk.zone) is None
    desk.score("2026-11-20T10:00", 712, fee=99.0)
    desk.sit("2026-12-20T10:00", "booked", fee=165.0)
    assert road(desk.sittings(), 2400, desk.zone) == Road(
        first_on=date(2026, 8, 1),
        passed_on=date(2026, 11, 20),
        attempts=3,
        study_minutes=2400,
        fees=594.0,
        first_score=540,
        last_score=712,
    )


def test_a_road_without_scores(desk: Desk):
    desk.score("2026-11-20T10:00", None, passed=True)
    found = road(desk.sittings(), 0, desk.zone)
    assert found is not None
    assert (found.attempts, found.first_score, found.last_score) == (1, None, None)
