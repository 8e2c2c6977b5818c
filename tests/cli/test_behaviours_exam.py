"""The card of an exam and the checklist of its day, through the command line: EX, SC, LM, RW."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Coach

PAGE = "learn.microsoft.com/credentials/certifications/exam-scoring-reports"

# The exam, and what its card says.
CARDS = {
    "EX-01": ("AI-102", "Microsoft Certified: Azure AI Engineer Associate"),
    "EX-02-03": ("AI-102", "Format     proctored, 100 minutes"),
    "EX-05": ("AI-102", "Status     retired 2026-06-30, successor AI-103"),
    "EX-09": ("AZ-500", "Microsoft Certified: Azure Security Engineer Associate"),
    "EX-11": (
        "AZ-104",
        f"Pass mark  700 on a scale of 1 to 1000, as of 2025-05-27\n           {PAGE}",
    ),
    "EX-11-editable": ("AZ-104", "A file of your own changes any of this: `coach exams add FILE"),
    "EX-12": ("AZ-104", "Weights are target shares that the vendor publishes"),
    "LM-04": ("AZ-104", "a single form may differ a little"),
    "EX-13": (
        "AI-102",
        "Made for   engineers who build, deploy, secure and run AI solutions on Azure",
    ),
    "no-page-was-read": ("CISSP", "on a scale of 0 to 1000; check it on the vendor's page"),
    "undated": (
        "SAA-C03",
        "Pass mark  720 on a scale of 100 to 1000, undated\n           aws.amazon.com/",
    ),
}


@pytest.mark.parametrize(("code", "line"), CARDS.values(), ids=CARDS)
def test_what_the_card_says(coach: Coach, code: str, line: str) -> None:
    shown = coach("exams", "show", code).out
    assert line in shown
    assert "number of questions" not in shown, "EX-12"


def test_the_card_as_a_document(coach: Coach) -> None:
    card = coach("exams", "show", "AI-102", "--json").json
    assert (card["proctored"], card["duration_minutes"]) == (True, 100)
    assert (card["score_low"], card["score_high"], card["passing_score"]) == (1, 1000, 700)
    assert (card["pass_mark_source"], card["pass_mark_as_of"]) == (PAGE, "2025-05-27")
    assert card["audience"].startswith("engineers who build")


def test_ex_11_a_pass_mark_of_ones_own_has_no_source_of_the_vendor(
    coach: Coach, tmp_path: Path
) -> None:
    file = tmp_path / "XY-100.toml"
    file.write_text(
        'code = "XY-100"\ntitle = "An exam"\npassing_score = 720\naudience = "testers"\n'
        '[[outline]]\n[[outline.domain]]\nname = "One"\nweight_low = 100\nweight_high = 100\n'
    )
    assert coach("exams", "add", str(file)).code == 0
    card = coach("exams", "show", "XY-100", "--json").json
    assert (card["passing_score"], card["pass_mark_source"]) == (720, None)
    assert card["audience"] == "testers"


def steps(coach: Coach, *code: str) -> dict[str, Any]:
    return {step["code"]: step for step in coach("checklist", *code, "--json").json["steps"]}


# The step, when it is due, words of it.
STEPS = {
    "SC-09": ("partial-credit", "during", "each right part can give points"),
    "SC-10": ("answer-all", "during", "a wrong answer costs nothing"),
    "SC-11": ("answer-all", "during", "Answer every question"),
    "SC-12": ("unscored", "during", "some are not scored yet, and nobody can tell which"),
    "SC-13": ("unscored", "during", "Take every question seriously"),
    "RW-06": ("case-number", "trouble", "without it a waiver of the wait is unlikely"),
    "RW-07": ("contact-support", "trouble", "contact Pearson VUE's support at once"),
    "RW-10": ("case-number", "trouble", "you may ask for one"),
    "WQ-04": ("notes", "after", "never the questions"),
}


@pytest.mark.parametrize(("code", "phase", "words"), STEPS.values(), ids=STEPS)
def test_the_checklist_of_the_day(coach: Coach, code: str, phase: str, words: str) -> None:
    step = steps(coach, "AZ-104")[code]
    assert (step["phase"], step["source"]) == (phase, "official")
    assert words in step["text"]
    assert f"  {step['text']} [official]" in coach("checklist", "AZ-104").out


def test_the_checklist_begins_with_the_appointment(coach: Coach) -> None:
    assert "no appointment is booked" in coach("checklist", "AZ-104").out
    booking = ("--at", "2026-12-15T10:00", "--status", "booked", "--place", "online")
    coach("attempt", "add", "AZ-104", *booking)
    shown = coach("checklist").out.splitlines()
    assert shown[:4] == [
        "AZ-104, exam day: Tue 2026-12-15 10:00 online",
        "",
        "Before the exam",
        "  A change or cancellation keeps the fee until 2026-12-14 10:00. [official]",
    ]
    assert shown[4].startswith("  Online: begin the check-in early")


def test_another_vendor_has_no_rules_of_microsoft(coach: Coach) -> None:
    found = steps(coach, "SAA-C03")
    assert set(found) == {"check-in", "bring", "length", "contact-support", "notes"}
    assert {step["source"] for step in found.values()} == {"own"}
    assert found["length"]["text"].startswith("130 minutes are listed")
