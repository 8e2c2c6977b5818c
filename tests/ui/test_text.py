"""Sentences of the product as a screen writes them."""

from datetime import date

import pytest

from coach.ui import text

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("report of 2026-11-20, score 640", "report of 20 Nov, score 640"),
        ("between 2026-12-18 and 2027-01-01.", "between 18 Dec and 1 Jan 2027."),
        ("2026-11-24 19:00 overlaps it", "24 Nov 19:00 overlaps it"),
        ("Written to ~/coach-2026-11-23.json.", "Written to ~/coach-2026-11-23.json."),
        ("near and 20-25 % of the exam, 12.5-17.5 %", "near and 20–25 % of the exam, 12.5–17.5 %"),
        ("AZ-104 is 30 % done", "AZ-104 is 30 % done"),
        ("2026-11-20T10:00, 2026-13-41", "2026-11-20T10:00, 2026-13-41"),
        ("[/x] on 2026-11-20\x1b", "[/x] on 20 Nov␛"),
    ],
)
def test_a_sentence_has_its_dates_as_on_screen(said: str, shown: str) -> None:
    assert text.told(said, TODAY) == shown


def test_without_today_a_date_keeps_its_year() -> None:
    assert text.told("report of 2026-11-20") == "report of 20 Nov 2026"


@pytest.mark.parametrize(
    ("words", "said"), [("target 20 Nov", "Target 20 Nov."), ("Why not?", "Why not?")]
)
def test_words_become_a_sentence(words: str, said: str) -> None:
    assert text.sentence(words) == said
