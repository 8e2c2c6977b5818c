"""Folders and files without the rights to write or read: one clear line, and nothing changes."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Coach, Ran

REPORT = ("report", "add", "az104", "--at", "2026-11-20T10:00", "--score", "640")
QUIZ = ("practice", "add", "AZ-104", "--domain", "2", "--correct", "7", "--total", "10")
LATER = ("report", "add", "az104", "--at", "2026-11-20T18:00", "--score", "650")
READING = (("retake",), ("timeline",), ("heatmap",), ("advice",), ("schedule",), ("hours",))
WRITING = (
    QUIZ, LATER, ("undo",), ("hours", "sun=10:00-11:00"), ("target", "2026-12-20"),
    ("strategy", "balanced"), ("exams", "add", "mine.toml"),
)  # fmt: skip
SCRIPT = Path(__file__).with_name("unprivileged.py")


def run(data: Path, *commands: tuple[str, ...]) -> list[Ran]:
    """Run command lines as a user for whom rights count."""
    lines = [["--data-dir", str(data), "--now", "2026-11-21T11:00", *line] for line in commands]
    done = subprocess.run(
        [sys.executable, str(SCRIPT)],
        input=json.dumps(lines), capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(SCRIPT.parents[2]), "TZ": "Europe/Berlin"},
    )  # fmt: skip
    return [Ran(*each) for each in json.loads(done.stdout)]


@pytest.fixture
def filled(coach: Coach, data: Path) -> Iterator[Path]:
    """A folder with a report and a backup, whose rights are given back after the test."""
    coach(*REPORT)
    coach("backup", "make")
    yield data
    for path in (data, *data.rglob("*")):
        path.chmod(0o700)


def contents(data: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}


def test_a_folder_without_the_right_to_write_is_read_and_kept(filled: Path) -> None:
    before = contents(filled)
    for folder in (filled, filled / "backups"):
        folder.chmod(0o500)

    for ran in run(filled, *READING):
        assert (ran.code, ran.err) == (0, "")
    for ran in run(filled, *WRITING[:-1], ("backup", "make")):
        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
        assert "Coach may not write in " in ran.err
    assert contents(filled) == before
    (doctor,) = run(filled, ("doctor", "--json"))
    assert [(p["record"], p["text"]) for p in doctor.json["problems"]] == [
        ("data folder", "cannot be written to, so nothing can be saved there."),
        ("backups", "cannot be written to, so nothing can be saved there."),
    ]


def test_a_file_without_the_right_to_read_is_named_by_every_command(filled: Path) -> None:
    (filled / "coach.json").chmod(0)

    for ran in run(filled, *READING, *WRITING, ("export", "json")):
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == f"coach: {filled}/coach.json could not be read: Permission denied.\n"
    doctor, fixed, restored = run(
        filled, ("doctor",), ("doctor", "--fix"), ("backup", "restore", "2026")
    )
    for ran in (doctor, fixed):
        assert ran.code == 1
        assert "Wrong: coach.json could not be read: Permission denied." in ran.out
    assert restored.code == 0
    assert run(filled, ("retake",))[0].code == 0


def test_a_folder_that_may_not_be_entered_is_named_and_doctor_answers(filled: Path) -> None:
    filled.chmod(0)

    for ran in run(filled, *READING, *WRITING, ("backup", "list")):
        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
        assert "Permission denied" in ran.err
    (doctor,) = run(filled, ("doctor", "--json"))
    assert {problem["record"] for problem in doctor.json["problems"]} >= {"coach.json", "backups"}


def test_backups_that_may_not_be_read_stop_no_save(filled: Path) -> None:
    (filled / "backups").chmod(0)

    quiz, listed, doctor = run(filled, QUIZ, ("backup", "list"), ("doctor", "--json"))

    assert quiz.code == 0
    assert (listed.code, listed.err.count("\n")) == (1, 1)
    assert [problem["record"] for problem in doctor.json["problems"]] == ["backups"]


def test_a_new_folder_where_none_may_be_made_is_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    (ran,) = run(tmp_path / "new" / "data", REPORT)
    tmp_path.chmod(0o700)

    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"coach: Coach may not write in {tmp_path}/new/data: nothing was saved.\n"
