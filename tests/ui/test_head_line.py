"""The two lines above every screen: what survives on a narrow terminal, and each status."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from coach.model.answers import ExamMoment
from coach.ui.widgets.head_line import facts_line, top_line
from tests.ui import samples

HEAD = samples.HEAD


def facts(head, width, successor=None):
    return facts_line(head, samples.NOW, width, successor=successor).plain


def test_at_eighty_columns_every_fact_of_the_issue_is_there():
    line = facts(HEAD, 80)
    assert line == " 655 · you may sit from Fri 4 Dec 10:00 · 24 days left · week 3h of 9h 15m"


def test_at_sixty_columns_each_fact_that_is_left_has_its_words():
    assert facts(HEAD, 60) == " 655 · you may sit from Fri 4 Dec 10:00 · week 3h of 9h 15m"
    booked = facts_line(HEAD, samples.NOW, 60, booked=samples.at(2026, 12, 19, 10)).plain
    assert booked == " 655 · exam 19 Dec 10:00 · in 24 days · week 3h of 9h 15m"


def test_where_there_is_room_the_pass_mark_and_the_next_session_join():
    line = facts(HEAD, 200)
    for part in (
        "655, pass mark 700 (45 points short)",
        "Fri 4 Dec 10:00",
        "Sat 19 Dec, in 24 days",
        "this week ",
    ):
        assert part in line
    assert line.endswith("next 19:00 Access to storage")


def test_the_date_survives_to_the_last():
    assert facts(HEAD, 32) == " you may sit from 4 Dec 10:00"


@pytest.mark.parametrize(
    ("changed", "successor", "words"),
    [
        ({"status": "open"}, None, "you may sit now"),
        ({"status": "capped"}, None, "you may sit from Fri 4 Dec 10:00"),
        ({"status": "capped", "earliest": None, "certain_from": None}, None, "no attempt left"),
        ({"status": "passed", "score": 812, "passed": True}, None, "812, passed"),
        ({"status": "retired"}, "SC-500", "retired → SC-500"),
        ({"status": "retired"}, None, "retired"),
        ({"status": "pending"}, None, "result pending"),
        (
            {"certain_from": HEAD.earliest + timedelta(days=1)},
            None,
            "you may sit from Sat 5 Dec",
        ),
        (
            {"earliest": samples.at(2026, 12, 5), "certain_from": samples.at(2026, 12, 5)},
            None,
            "you may sit from Sat 5 Dec",
        ),
        ({"earliest": None, "certain_from": None}, None, "no date to sit it"),
        (
            {"status": "unknown", "earliest": None, "certain_from": None},
            None,
            "rule not known",
        ),
    ],
)
def test_each_status_has_its_own_words(changed, successor, words):
    assert words in facts(replace(HEAD, **changed), 80, successor).strip().split(" · ")


@pytest.mark.parametrize(
    ("booked", "words"),
    [
        (samples.at(2026, 12, 13, 10), "exam Sun 13 Dec 10:00"),
        (date(2026, 12, 13), "exam Sun 13 Dec"),
    ],
    ids=["with-time", "day-alone"],
)
@pytest.mark.parametrize("status", ["open", "waiting"])
def test_a_booking_stands_in_place_of_the_legal_date(booked, words, status):
    line = facts_line(replace(HEAD, status=status), samples.NOW, 120, booked=booked).plain
    assert words in line.strip().split("  ·  ")
    assert "may sit" not in line


def near(phase, **fields):
    at = {
        "day-before": samples.at(2026, 11, 26, 10),
        "exam-day": samples.at(2026, 11, 25, 20),
    }
    found = ExamMoment(
        exam="AZ-104",
        attempt="a1",
        phase=phase,
        at=at.get(phase, samples.at(2026, 11, 25, 16)),
        place=None,
        check_in=None,
        change_until=None,
        result_by=None,
    )
    return replace(found, **fields)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (near("day-before"), "Exam tomorrow 10:00"),
        (near("day-before", place="centre"), "Exam tomorrow 10:00, test centre"),
        (near("day-before", at=date(2026, 11, 26), place="online"), "Exam tomorrow, online"),
        (
            near("exam-day", place="centre", check_in=samples.at(2026, 11, 25, 19)),
            "Exam today 20:00, be there 19:00",
        ),
        (
            near("exam-day", place="online", check_in=samples.at(2026, 11, 25, 19)),
            "Exam today 20:00, check in 19:00",
        ),
        (near("exam-day", at=date(2026, 11, 25)), "Exam today"),
        (near("sitting"), "The exam is on"),
        (near("after"), "How did it go? n enters the result"),
        (near("result-due", result_by=date(2026, 11, 25)), "How did it go? n enters the result"),
        (near("result-due", result_by=date(2026, 12, 20)), "result due by 20 Dec"),
    ],
)
def test_an_exam_that_is_near_comes_first(moment, words):
    line = facts_line(HEAD, samples.NOW, 80, near=moment).plain
    assert line.strip().split(" · ")[0] == words
    assert "655" in line
    assert "may sit" not in line
    assert "days" not in line
    for width in range(20, 90, 7):
        shown = facts_line(HEAD, samples.NOW, width, near=moment, booked=moment.at).plain
        assert cell_len(shown) <= max(width, 22)


def test_a_score_that_passes_is_not_short_of_anything():
    line = facts(replace(HEAD, score=812, passed=True, status="passed"), 160)
    assert "812, passed (pass mark 700)" in line
    assert "short" not in line


def test_a_vendor_without_scores_says_failed():
    assert facts(replace(HEAD, score=None), 80).startswith(" failed · ")


def test_a_target_in_the_past_says_so():
    assert "goal date has passed" in facts(replace(HEAD, days_left=-3), 80)


@pytest.mark.parametrize("width", range(10, 220, 7))
def test_no_width_is_exceeded(width):
    for head in (HEAD, samples.OTHER_HEAD, replace(HEAD, title="x" * 500)):
        assert cell_len(facts(head, width)) <= max(width, 18)
        assert top_line(head, "timeline", width).cell_length <= max(width, 36)


@pytest.mark.parametrize("hostile", samples.HOSTILE)
def test_text_of_others_is_shown_as_it_is(hostile):
    topic = replace(HEAD.next, topic=hostile)
    line = facts(replace(HEAD, next=topic), 200)
    assert "\n" not in line
    assert "\x1b" not in line
    assert "\n" not in top_line(replace(HEAD, title=hostile), "timeline", 120).plain


def test_sample_data_is_told_at_every_width():
    for width in (60, 80, 120):
        assert "sample" in top_line(HEAD, "schedule", width, sample=True).plain
    assert "nothing here is kept" in top_line(HEAD, "schedule", 80, sample=True).plain
