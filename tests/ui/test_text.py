"""Sentences of the product as a screen writes them."""

from datetime import UTC, date, datetime

import pytest

from coach.exchange.report_values import problem
from coach.ui import text
from coach.wording import phrased, published_weight

TODAY = date(2026, 11, 23)
FAILED, EVENING = date(2026, 11, 20), datetime(2026, 11, 24, 19, tzinfo=UTC)
NAMED = "[/x] {2026-01-01} on 20 Nov␛"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (phrased("report of {}, score {}", FAILED, 640), "report of 20 Nov, score 640"),
        (phrased("until {}, {}", FAILED, date(2027, 1, 1)), "until 20 Nov, 1 Jan 2027"),
        (problem("at", phrased("sat on {}", FAILED), 3).text, "line 3, at: sat on 20 Nov"),
        (phrased("{} overlaps it", EVENING), "24 Nov 19:00 overlaps it"),
        ("Written to ~/coach-2026-11-23.json.", "Written to ~/coach-2026-11-23.json."),
        (phrased("near and {:weight}", (20, 25)), "near and 20–25 %"),
        (published_weight(12.5, 17.5), "12.5–17.5 %"),
        (published_weight(30, 30), "30 %"),
        (phrased("{name} on {}\x1b", FAILED, name="[/x] {2026-01-01}"), NAMED),
    ],
)
def test_a_sentence_has_its_dates_as_on_screen(said: str, shown: str) -> None:
    assert text.shown(said, TODAY) == shown


def test_without_today_a_date_keeps_its_year() -> None:
    assert text.shown(phrased("report of {}", FAILED)) == "report of 20 Nov 2026"


@pytest.mark.parametrize(
    ("words", "said"), [("target 20 Nov", "Target 20 Nov."), ("Why not?", "Why not?")]
)
def test_words_become_a_sentence(words: str, said: str) -> None:
    assert text.sentence(words) == said


def test_an_exam_may_be_sat_from_a_day_on_not_from_midnight():
    assert text.allowed(datetime(2026, 11, 26, tzinfo=UTC), TODAY) == "Thu 26 Nov"
    assert text.allowed(datetime(2026, 11, 26, 0, 1, tzinfo=UTC), TODAY) == "Thu 26 Nov 00:01"
