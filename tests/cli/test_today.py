"""`coach today`, completion, a missing terminal, and commands that leave the code out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

NOW = "2026-11-28T09:00"
Result = subprocess.CompletedProcess[str]


def run(data: Path, *arguments: str, now: str = NOW, **environ: str) -> Result:
    """One command in a process of its own, with no terminal."""
    return subprocess.run(
        [sys.executable, "-m", "coach", "--data-dir", str(data), "--now", now, *arguments],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "TZ": "Europe/Berlin", "COACH_DATA_DIR": str(data), **environ},
    )


@pytest.fixture
def failed(tmp_path: Path) -> Path:
    """A fail of two weeks ago, with a plan."""
    done = run(
        tmp_path, *("report", "add", "AZ-104", "--at", "2026-11-14T10:00", "--score", "640"),
        *("--band", "1=below", "--band", "2=near", "--band", "3=near", "--band", "4=above"),
        now="2026-11-14T15:00",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_nobody_is_told_nothing_ahead(tmp_path: Path) -> None:
    document = json.loads(run(tmp_path, "today", "--json").stdout)
    assert document == {
        "now": "2026-11-28T09:00:00+01:00",
        "exams": [],
        "unticked": [],
        "week": {"done_minutes": 0, "planned_minutes": 0},
        "deadline": None,
    }
    assert run(tmp_path, "today", "--format", "{text}").stdout == "\n"


def test_the_session_that_is_next_and_what_is_not_ticked(failed: Path) -> None:
    document = json.loads(run(failed, "today", "--json", now="2026-11-28T13:30").stdout)
    (exam,) = document["exams"]
    assert (exam["exam"], exam["kind"]) == ("AZ-104", "session")
    assert exam["resource"]["title"] == "AZ-104: Implement and manage storage in Azure"
    assert exam["at"].startswith("2026-11-30T19:00")
    # Saturday has sessions from 09:00 to 13:00; none was ticked.
    assert {block["start"][:10] for block in document["unticked"]} == {"2026-11-28"}
    assert document["week"]["planned_minutes"] > 0


def test_sessions_of_days_before_are_missed_and_can_be_rescheduled(tmp_path: Path) -> None:
    """The default hours: two of 45 minutes on Monday to Thursday, of which catch-up time is none
    to miss."""
    run(tmp_path, "exams", "track", "AZ-104", now="2026-11-22T10:00")
    assert "missed" not in run(tmp_path, "today", now="2026-11-23T21:00").stdout
    told = run(tmp_path, "today", now="2026-11-24T08:00").stdout
    assert "2 missed sessions (1h 30m); see `coach replan`\n" in told
    run(tmp_path, "replan", now="2026-11-24T08:00")
    assert "missed" not in run(tmp_path, "today", now="2026-11-24T08:01").stdout


def test_the_day_of_the_exam_comes_first(failed: Path) -> None:
    booked = ("attempt", "add", "AZ-104", "--at", "2026-12-04T10:00", "--status", "booked")
    assert run(failed, *booked, "--place", "centre").returncode == 0
    (deadline,) = [json.loads(run(failed, "today", "--json").stdout)["deadline"]]
    assert deadline["at"].startswith("2026-12-03T10:00")
    (exam,) = json.loads(run(failed, "today", "--json", now="2026-12-04T08:00").stdout)["exams"]
    assert (exam["kind"], exam["at"][:16]) == ("exam-day", "2026-12-04T10:00")
    assert exam["text"] == "The exam is today at 10:00 at a test centre; be there by 09:30."
    (exam,) = json.loads(run(failed, "today", "--json", now="2026-12-04T15:00").stdout)["exams"]
    assert (exam["kind"], exam["text"]) == (
        "result-due",
        "How did the exam of today 10:00 go? Enter its report once it is there.",
    )


@pytest.mark.parametrize(
    ("template", "told"),
    [
        pytest.param("{exam} {kind}", "AZ-104 session\n", id="fields"),
        pytest.param("{{{exam:.2}}}", "{AZ}\n", id="braces-and-widths"),
    ],
)
def test_a_template_is_one_line(failed: Path, template: str, told: str) -> None:
    assert run(failed, "today", "--format", template).stdout == told


@pytest.mark.parametrize("template", ["{what}", "{", "{exam.upper}", "{}", "{exam:{kind}}"])
def test_a_template_that_cannot_be_filled_in_is_refused(failed: Path, template: str) -> None:
    refused = run(failed, "today", "--format", template)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "are accepted: exam, kind" in refused.stderr


def test_without_a_terminal_the_app_says_one_sentence(tmp_path: Path) -> None:
    for arguments in ((), ("demo",)):
        told = run(tmp_path, *arguments)
        assert (told.returncode, told.stdout, told.stderr.count("\n")) == (2, "", 1)
        assert "needs a terminal" in told.stderr


def test_the_exam_selected_is_meant_where_several_are_tracked(failed: Path) -> None:
    add = ("report", "add", "AZ-305", "--at", "2026-11-20T10:00", "--score", "640")
    assert run(failed, *add).returncode == 0
    assert run(failed, "retake").stdout.startswith("AZ-305: ")


def complete(data: Path, line: str, shell: str = "bash") -> list[str]:
    words = line.split(" ")
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    told = run(data, _COACH_COMPLETE=f"{shell}_complete", COACH_NOW=NOW, **asked)
    assert told.stderr == ""
    return [each.partition(",")[2] for each in told.stdout.splitlines()]


def test_completion_knows_commands_codes_domains_and_ids(failed: Path) -> None:
    assert "today" in complete(failed, "coach to")
    assert complete(failed, "coach retake az10") == ["AZ-104"]
    found = complete(failed, "coach practice add AZ-104 --domain Manage")
    assert found == [r"Manage\ Azure\ identities\ and\ governance"]
    assert complete(failed, "coach report add AZ-104 --band Monitor") == [
        r"Monitor\ and\ maintain\ Azure\ resources="
    ]
    (report,) = complete(failed, "coach report edit ")
    assert len(report) == 8
    assert len(complete(failed, "coach block done ")) > 3


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_of_each_shell_is_printed(tmp_path: Path, shell: str) -> None:
    assert f"_COACH_COMPLETE={shell}_complete" in run(tmp_path, "completion", shell).stdout


def test_a_pass_tells_the_road_in_numbers(failed: Path) -> None:
    passed = ("report", "add", "AZ-104", "--at", "2026-11-27T10:00", "--score", "712")
    assert run(failed, *passed, "--fee", "165").returncode == 0
    told = run(failed, "timeline").stdout
    road = "Passed: 2 attempts, from 640 to 712, fees 165, 2026-11-14 to 2026-11-27"
    assert road in told
    document = json.loads(run(failed, "timeline", "--json").stdout)
    assert document["road"]["last_score"] == 712
    assert {"renewal-from", "expires"} <= {mark["kind"] for mark in document["milestones"]}
