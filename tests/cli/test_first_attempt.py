"""The road to a first attempt on the command line: track, rate, log a whole test, when to sit."""

import pytest

from tests.cli.conftest import Coach


def test_a_tracked_exam_has_a_plan_and_says_what_it_rests_on(coach: Coach) -> None:
    assert coach("exams", "track", "az104").out.startswith("AZ-104 is tracked.\nPlan 1: ")
    assert coach("schedule", "--json").json["basis"] == "weights"
    rated = coach("rate", "--band", "1=below", "--topic", "azure files=above", "--json").json
    assert rated["basis"] == "self-rating"
    assert rated["domains"][0] == {
        "name": "Manage Azure identities and governance",
        "band": "below",
    }
    document = coach("heatmap", "--json").json
    assert document["reports"] == []
    assert document["domains"][0]["cells"] == [
        {"report": "self-rating", "band": "below", "origin": "self-rating", "value": None}
        | {"mapped": []}
    ]
    assert "Self-rating" in coach("heatmap").out.splitlines()[1]
    assert coach("retake", "--json").json["attempts_used"] == 0
    assert coach("rate", "--clear").code == 0
    assert coach("rate", "--json").json["at"] is None


def test_the_first_plan_asks_for_the_hours_until_they_are_named(coach: Coach) -> None:
    asked = "Your study hours are not set; `coach hours` says when you study.\n"
    assert coach("exams", "track", "AZ-104").out.endswith(asked)
    (note,) = (n for n in coach("schedule", "--json").json["notes"] if n["code"] == "HOURS")
    assert "Mon-Thu 19:00-20:30 and Sat 09:00-13:00" in note["text"]
    coach("hours", "mon=19:00-20:30")
    assert all(n["code"] != "HOURS" for n in coach("schedule", "--json").json["notes"])
    assert asked not in coach("exams", "track", "SC-300").out


def test_an_exam_is_dropped_and_taken_back(coach: Coach) -> None:
    coach("exams", "track", "AZ-104")
    assert coach("exams", "untrack", "AZ-104", "--json").json["exam"] == "AZ-104"
    refused = coach("exams", "untrack", "AZ-104")
    assert (refused.code, refused.err) == (
        1,
        'coach: exam: "AZ-104" is not tracked; tracked are none.\n',
    )
    coach("undo")
    assert coach("schedule", "--json").json["basis"] == "weights"


def test_when_to_sit_stands_in_both_answers(coach: Coach) -> None:
    coach("report", "add", "AZ-104", "--at", "2026-11-20T10:00", "--score", "640", "--band",
          "1=below", "--fee", "165")  # fmt: skip
    forecast = coach("forecast", "--json").json
    advised = forecast["when_to_sit"]
    assert coach("retake", "--json").json["when_to_sit"] == advised
    assert advised["enough"] == 0.6
    weeks = advised["weeks"]
    # 24 hours after the first fail.
    assert weeks[0]["at"] == "2026-11-21"
    first = next(week for week in weeks if round(week["p"], 2) >= 0.6)
    assert (advised["at"], advised["hours"]) == (first["at"], first["hours"])
    assert all(week["fees"] == pytest.approx(165 * week["sittings"], abs=1) for week in weeks)
    assert f"in 10 from Sat {advised['at']} on" in coach("retake").out
    assert "When to sit: " in coach("forecast").out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--result", "1=14/20", "--overall", "80%"], 0, "80% overall and 1 domain."),
        (["--overall", "40/50"], 0, "40 of 50 overall."),
        (["--result", "1=14/20", "--result", "2=70%"], 0, "2 domains."),
        (["--overall", "50/40"], 1, "type right of asked such as 14/20"),
        (["--overall", "80%", "--domain", "1"], 2, "does not go with --result or --overall"),
        (["--domain", "1"], 2, "Missing option '--correct'"),
    ],
    ids=["both", "overall", "domains", "too-many", "mixed-up", "nothing"],
)
def test_a_whole_practice_test(coach: Coach, arguments, code, words) -> None:
    ran = coach("practice", "add", "AZ-104", *arguments)
    assert ran.code == code
    assert words in ran.out + ran.err


def test_a_practice_test_is_imported_from_a_list(coach: Coach, tmp_path) -> None:
    file = tmp_path / "test.csv"
    file.write_text("Domain;Result\n1;14/20\nstorage;70%\nOverall;41/50\n", encoding="utf-8")
    ran = coach("practice", "import", str(file), "--code", "AZ-104")
    assert "Practice test logged: 41 of 50 overall and 2 domains." in ran.out
    file.write_text("nothing here\n5\n", encoding="utf-8")
    refused = coach("practice", "import", str(file), "--code", "AZ-104")
    assert refused.code == 1
    assert "line 2 has no result" in refused.err
