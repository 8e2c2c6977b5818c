"""The forecast command: a guess in a range, and why there is none."""

from tests.cli.conftest import Coach

REPORT = ("report", "add", "AZ-104", "--at", "2026-11-20T10:00", "--score", "640")


def test_it_says_a_range_what_it_rests_on_and_how_far_it_can_be_trusted(coach: Coach) -> None:
    coach(*REPORT)
    coach("practice", "add", "--domain", "2", "--correct", "9", "--total", "10")
    coach("target", "AZ-104", "2026-12-11")
    said = coach("forecast").out
    guess = coach("forecast", "--json").json["guess"]

    assert said.startswith(f"AZ-104: chance to pass on Fri 2026-12-11: {guess['words']}  (")
    assert "It rests on 1 report and 1 practice result, with 0 hours studied and " in said
    assert "Your result will be checked against it" in said
    assert 0 < guess["low"] < guess["p"] < guess["high"] < 1
    assert not any(mark in said for mark in ("%", "cannot pass", "0."))


def test_its_document_keeps_every_field(coach: Coach) -> None:
    coach(*REPORT)
    assert set(coach("forecast", "--json").json) == {
        "exam", "model", "target", "guess", "basis", "dates", "kept", "past", "brier", "verdict",
        "notes", "reason", "when_to_sit",
    }  # fmt: skip


def test_a_first_sitting_has_the_guess_of_anyone(coach: Coach) -> None:
    coach("attempt", "add", "AZ-104", "--at", "2026-12-11T10:00", "--status", "booked")
    assert "No result of yours yet, so this is where anyone starts" in coach("forecast").out
    assert coach("forecast", "--json").json["basis"]["prior"] is True


def test_a_result_stands_beside_what_was_said(coach: Coach) -> None:
    coach(*REPORT)
    coach("target", "AZ-104", "2026-12-11")
    coach(
        "report", "add", "AZ-104", "--at", "2026-12-11T10:00", "--score", "720",
        now="2026-12-11T18:00",
    )  # fmt: skip
    said = coach("forecast", now="2026-12-11T18:00").out.splitlines()
    assert said[0] == "AZ-104: no estimate; passed: no sitting is ahead"
    assert said[1].startswith("Fri 2026-12-11: on Sat 2026-11-21 it said ")
    assert said[1].endswith(" for Fri 2026-12-11; you passed")


def test_an_exam_without_a_date_has_none(coach: Coach) -> None:
    found = coach("forecast", "AZ-104", "--json").json
    assert (found["guess"], found["dates"], found["past"]) == (None, [], [])
    assert found["reason"].startswith("no date to estimate for")
