"""`coach import`: two machines share their records, and one undo takes it back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.cli import run
from tests.cli.conftest import Coach, Ran

REPORT = (
    "report", "add", "az104", "--at", "2026-11-20T10:00", "--score", "640",
    "--band", "1=near", "--band", "2=below", "--band", "3=near", "--band", "4=above",
    "--band", "5=near",
)  # fmt: skip
QUIZ = ("practice", "add", "AZ-104", "--domain", "2", "--correct", "7", "--total", "10")


@pytest.fixture
def laptop(coach: Coach, capsys: Any, tmp_path: Path) -> Callable[..., Ran]:
    """A second machine."""

    def call(*arguments: str, now: str = "2026-11-21T09:00") -> Ran:
        code = run(["--data-dir", str(tmp_path / "laptop"), "--now", now, *arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call


@pytest.fixture
def sent(tmp_path: Path) -> Callable[[Coach], str]:
    """Export one machine's records to a file and return its name."""

    def send(machine: Coach) -> str:
        file = tmp_path / f"sent-{len(list(tmp_path.iterdir()))}.json"
        assert machine("export", "json", "-o", str(file)).code == 0
        return str(file)

    return send


def records(machine: Coach) -> dict[str, Any]:
    document = machine("export", "json").json
    del document["exported"]
    return document


def test_inv_41_an_export_makes_an_equal_copy(coach: Coach, laptop: Coach, sent: Any) -> None:
    coach(*REPORT)
    coach(*QUIZ)
    done = laptop("import", sent(coach), "--json")
    assert done.code == 0
    tables = ["tracked", "attempts", "reports", "practice", "blocks", "revisions", "forecasts"]
    count = sum(len(records(coach)[table]) for table in tables)
    assert (done.json["added"], done.json["changed"], done.json["removed"]) == (count, 0, 0)
    assert records(laptop) == records(coach)
    for command in ("retake", "timeline", "heatmap", "advice", "forecast", "schedule"):
        assert laptop(command, "--json").out == coach(command, "--json").out


def test_importing_twice_changes_nothing(
    coach: Coach, laptop: Coach, sent: Any, tmp_path: Path
) -> None:
    coach(*REPORT)
    file = sent(coach)
    laptop("import", file)
    before = (tmp_path / "laptop" / "coach.json").read_bytes()
    again = laptop("import", file)
    assert again.code == 0
    assert "Nothing new" in again.out
    assert (tmp_path / "laptop" / "coach.json").read_bytes() == before


def test_both_ways_make_both_equal(coach: Coach, laptop: Coach, sent: Any) -> None:
    coach(*REPORT)
    laptop("import", sent(coach))
    coach(*QUIZ, now="2026-11-22T09:00")
    first = next(iter(records(laptop)["blocks"]))
    laptop("block", "done", first, now="2026-11-22T10:00")
    mine, theirs = sent(coach), sent(laptop)
    coach("import", theirs)
    laptop("import", mine)
    assert records(coach) == records(laptop)
    assert len(records(coach)["practice"]) == 1
    assert records(coach)["blocks"][first]["status"] == "done"


def test_a_removal_travels_and_counts(coach: Coach, laptop: Coach, sent: Any) -> None:
    report = coach(*REPORT, "--json").json["report"]
    laptop("import", sent(coach))
    coach("report", "remove", report, now="2026-11-22T09:00")
    done = laptop("import", sent(coach), "--json", now="2026-11-22T10:00").json
    assert done["removed"] >= 2
    assert records(laptop)["reports"] == {}
    assert records(laptop) == records(coach)


def test_one_undo_takes_the_whole_import_back(coach: Coach, laptop: Coach, sent: Any) -> None:
    coach(*REPORT)
    laptop(*QUIZ)
    before = records(laptop)
    file = sent(coach)
    added = laptop("import", file, "--json").json["added"]
    assert added > 0
    assert laptop("undo").code == 0
    assert records(laptop) == before
    assert laptop("import", file, "--json").json["added"] == added


def test_a_backup_goes_before(coach: Coach, laptop: Coach, sent: Any) -> None:
    coach(*REPORT)
    laptop(*QUIZ)
    before = records(laptop)
    name = laptop("import", sent(coach), "--json").json["backup"]
    assert laptop("backup", "list", "--json").json["backups"][0]["reason"] == "import"
    assert laptop("backup", "restore", name).code == 0
    assert records(laptop) == before


def test_the_plan_can_be_made_to_fit_after_a_merge(coach: Coach, laptop: Coach, sent: Any) -> None:
    coach(*REPORT)
    laptop(*REPORT[:-10], "--band", "1=below", now="2026-11-21T12:00")
    coach("report", "remove", next(iter(records(coach)["reports"])))
    coach("import", sent(laptop))
    assert coach("replan").code == 0
    for command in ("retake", "timeline", "heatmap", "advice", "schedule"):
        assert coach(command).code == 0


@pytest.fixture
def left(coach: Coach, data: Path) -> tuple[Path, Path]:
    """Two copies that a synchroniser left: one of before a quiz, and one with it."""
    coach(*REPORT)
    first = (data / "coach.json").read_bytes()
    coach(*QUIZ)
    old = data / "coach (Anna's conflicted copy 2026-11-21).json"
    new = data / "coach.sync-conflict-20261121-090000-ABCDEFG.json"
    old.write_bytes(first)
    new.write_bytes((data / "coach.json").read_bytes())
    (data / "coach.json").write_bytes(first)  # as the synchroniser chose
    for path in (old, new, data / "coach.json"):
        path.chmod(0o600)
    return old, new


def test_conflict_copies_are_named_at_every_start(coach: Coach, left: tuple[Path, Path]) -> None:
    ran = coach("retake", "--json")
    assert ran.code == 0
    assert "`coach doctor --fix`" in ran.err
    assert ran.json["exam"] == "AZ-104"


def test_doctor_merges_conflict_copies_and_keeps_their_files(
    coach: Coach, data: Path, left: tuple[Path, Path]
) -> None:
    problems = coach("doctor", "--json").json["problems"]
    assert [(p["record"], "nothing new" in p["text"]) for p in problems] == [
        ("conflict copy 1", True), ("conflict copy 2", False),
    ]  # fmt: skip
    contents = {path.name: path.read_bytes() for path in left}

    mended = coach("doctor", "--fix", "--json", now="2026-11-22T10:00")

    assert (mended.code, mended.json["fixed"]) == (0, problems)
    assert len(records(coach)["practice"]) == 1
    for path in left:
        kept = path.with_name(f"{path.name}.merged-20261122-100000")
        assert not path.exists()
        assert kept.read_bytes() == contents[path.name]
    ran = coach("retake")
    assert (ran.code, ran.err) == (0, "")
    assert coach("undo").code == 0
    assert records(coach)["practice"] == {}


def test_a_conflict_copy_is_merged_by_its_name(coach: Coach, left: tuple[Path, Path]) -> None:
    for path in left:
        assert coach("import", path.name).code == 0
    assert len(records(coach)["practice"]) == 1
    problems = coach("doctor", "--json").json["problems"]
    assert all("holds nothing new" in problem["text"] for problem in problems)


def test_a_conflict_copy_that_cannot_be_read_stays(coach: Coach, data: Path) -> None:
    coach(*REPORT)
    copy = data / "coach.sync-conflict-20261121-090000-ABCDEFG.json"
    copy.write_bytes(b"half a fi")
    ran = coach("doctor", "--fix", "--json")
    (problem,) = ran.json["problems"]
    assert (ran.code, problem["record"]) == (1, "conflict copy 1")
    assert "cannot be merged" in problem["text"]
    assert copy.read_bytes() == b"half a fi"


REFUSED: dict[str, bytes] = {
    "not json": b"hello",
    "binary": bytes(range(256)),
    "empty": b"",
    "a list": b"[]",
    "a calendar": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    "deep": b"[" * 100_000,
    "future version": b'{"format": "coach-export", "version": 9, "schema": 1}',
    "future schema": b'{"format": "coach-export", "version": 1, "schema": 9}',
    "wrong types": b'{"format": "coach-export", "version": 1, "attempts": {"a": {"id": 5}}}',
    "escape in a name": b'{"format": "coach-export", "version": 1, "\\u001b[2J": [1]}',
    "unknown exam tracked": (
        b'{"format": "coach-export", "version": 1,'
        b' "tracked": {"\\u001b]0;x": {"id": "\\u001b]0;x"}}}'
    ),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_what_is_no_export_is_refused_in_one_line(
    coach: Coach, data: Path, tmp_path: Path, content: bytes
) -> None:
    coach(*REPORT)
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    file = tmp_path / "x.json"
    file.write_bytes(content)
    ran = coach("import", str(file))
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert ran.err.startswith("coach: file: x.json")
    assert ran.err.rstrip("\n").isprintable()
    assert before == {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}


def test_a_file_that_is_not_there_or_no_file_is_named(
    coach: Coach, data: Path, tmp_path: Path
) -> None:
    for path in (tmp_path / "missing.json", tmp_path, Path("/dev/zero")):
        ran = coach("import", str(path))
        assert (ran.code, ran.err.count("\n")) == (1, 1)
        assert str(path) in ran.err
    assert not data.exists()


def test_the_exam_of_the_other_machine_has_to_be_known(coach: Coach, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    document = {"format": "coach-export", "version": 1, "tracked": {"XY-1": {"id": "XY-1"}}}
    file.write_text(json.dumps(document))
    ran = coach("import", str(file))
    assert ran.code == 1
    assert "coach exams add FILE.toml" in ran.err
