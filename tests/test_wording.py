"""Names and counts in a sentence."""

from datetime import UTC, date, datetime

import pytest

from coach.model.phrase import Phrase
from coach.model.plan import Because, Reason, because
from coach.wording import capital, counted, listed, phrased, reason_of, written


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["Networking", "Compute, storage"], "Networking; Compute, storage"),
        (["Identity and access", "Networking"], "Identity and access; Networking"),
    ],
)
def test_listed(names: list[str], expected: str) -> None:
    assert listed(names) == expected


def test_words_are_as_scripts_read_them_and_keep_their_values() -> None:
    day, at = date(2026, 11, 20), datetime(2026, 12, 2, 19, 45, tzinfo=UTC)
    inner = phrased("report of {}", day)
    said = phrased("{name}: {}, then {at}, {:retake}.", inner, 2, name="{AZ}", at=at)

    assert said == "{AZ}: report of 2026-11-20, then 2026-12-02 19:45, 2 retakes."
    assert [part for part in said.parts if not isinstance(part, str)] == [day, at]
    assert said.parts[:4] == ("{AZ}", ": ", "report of ", day)


def test_phrases_in_a_row_keep_their_values() -> None:
    day = date(2026, 11, 20)

    assert Phrase("; ").join([phrased("on {}", day), "done"]).parts == ("on ", day, "; ", "done")
    assert Phrase("; ").join([]) == "; ".join([]) == ""
    assert Phrase("; ").join(["A"]) == "A"
    assert capital(phrased("on {}", day)).parts == ("On ", day)
    assert (capital(""), capital(phrased("{} on", day))) == ("", "2026-11-20 on")


def test_counted() -> None:
    assert [counted(number, "point") for number in (0, 1, 2)] == ["0 points", "1 point", "2 points"]


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (because("FIRST"), "Begin by reading your report once more, area by area."),
        (
            because("REST", at=datetime(2026, 12, 2, 19, 45, tzinfo=UTC)),
            "Holds the rest of the session of 2 Dec 19:45.",
        ),
        (
            because(
                "SHARE", "sessions", name="{A}", band="unknown", weight=(20, 25), count=3, total=9
            ),
            "{A} is not known, so read as near target and 20-25 % of the exam: 3 of 9 sessions.",
        ),
        (
            because("INVERSION", most=(("A", 20.0),), over=(("B", 25.0), ("C", 22.5))),
            "Tier 2 has few domains, so A (priority 20.0) gets more time than B (priority 25.0) "
            "and C (priority 22.5). The priority strategy avoids this.",
        ),
        (
            because("MISSED", "unplaced", count=1, minutes=65),
            "1 session you missed (1h 05m) found no room.",
        ),
        (
            because("LABS", "more", week=date(2026, 12, 7), weak=("A", "B"), more=2),
            "The week of 2026-12-07 has no lab for A and B; 2 later weeks lack one too.",
        ),
        (
            because(
                "SHARE",
                "own",
                domain="A",
                moved=because("BAND", "fell", old="near", new="below"),
                part=because("PART", "new", share=0.384, old=0.2),
                gained=because("GAINED", "more", count=1),
            ),
            "A fell from near to below and now has 38 % of the time (20 % before): 1 more session.",
        ),
    ],
)
def test_a_reason_is_written_with_its_values(reason: Because, expected: str) -> None:
    assert written(reason) == expected
    assert reason_of(reason) == Reason(code=reason.code, text=expected)


def test_a_stored_reason_keeps_its_words() -> None:
    stored = Reason(code="SHARE", text="As an older version wrote it.")
    assert reason_of(stored) == stored
