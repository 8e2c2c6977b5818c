"""What was saved is told apart from what was refused, wherever the answer goes."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from coach.service.service import Service
from tests.cli.conftest import Coach

OWN_EXAM = """
code = "XY-100"
title = "Own"
policy = "microsoft"
[[outline]]
id = "1"
as_of = 2026-01-01
source = "me"
confidence = "own"
[[outline.domain]]
name = "Everything"
weight_low = 100
weight_high = 100
topics = ["One", "Two"]
"""
QUIZ = ("practice", "add", "AZ-104", "--domain", "1", "--correct", "14", "--total", "20")
NOW = "2026-11-21T09:00"


def shell(data: Path, line: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `line` with "$@" as the whole command."""
    command = [sys.executable, "-m", "coach", "--data-dir", str(data), "--now", NOW, *arguments]
    return subprocess.run(
        ["sh", "-c", line, "sh", *command], capture_output=True, text=True, check=False
    )


def quizzes(data: Path) -> int:
    return len(json.loads((data / "coach.json").read_bytes()).get("practice", {}))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('"$@" >/dev/full', "coach: the answer could not be written: No space left on device; "
         "what was asked is done.\n"),
        ('"$@" >&-', "coach: the answer could not be written: Bad file descriptor; "
         "what was asked is done.\n"),
        ('"$@" >&- 2>&-', ""),
        ('"$@" --json >/dev/full', None),
    ],
    ids=["full", "closed", "all closed", "full, as json"],
)  # fmt: skip
def test_a_save_whose_answer_is_lost_has_a_code_of_its_own(
    tmp_path: Path, line: str, told: str | None
) -> None:
    ran = shell(tmp_path, line, *QUIZ)

    assert ran.returncode == 3
    assert told is None or ran.stderr == told
    assert "Traceback" not in ran.stderr
    assert ran.stderr.count("\n") <= 1
    assert quizzes(tmp_path) == 1


def test_a_refusal_stays_one_where_its_answer_is_lost(tmp_path: Path) -> None:
    ran = shell(tmp_path, '"$@" --json >/dev/full', *QUIZ[:-1], "0")

    assert ran.returncode == 1
    assert ran.stderr.startswith("coach: total: ")
    assert not (tmp_path / "coach.json").exists()


def test_version_into_a_full_device_is_no_traceback(tmp_path: Path) -> None:
    ran = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m coach --version >/dev/full"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (3, "")


def test_an_interrupt_is_one_quiet_line(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "coach", "report", "import", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "COACH_DATA_DIR": str(tmp_path)},
    ) as command:
        # The command reads its input until it is interrupted, whenever that comes.
        assert command.stdin is not None
        command.stdin.write(b"x" * 200_000)  # more than a pipe holds: by now it is being read
        command.stdin.flush()
        command.send_signal(signal.SIGINT)
        _, told = command.communicate()

    assert (command.returncode, told) == (130, b"coach: interrupted.\n")


# Interrupts itself when a module is about to be imported.
INTERRUPTED_AT = """
import os, sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), {number})

sys.meta_path.insert(0, Interrupting())
from coach.__main__ import main
main()
"""


@pytest.mark.parametrize(
    "module", ["enum", "coach.cli", "coach.cli.commands", "click", "coach.storage.files"]
)
def test_an_interrupt_while_a_command_starts_is_one_quiet_line(tmp_path: Path, module: str) -> None:
    script = INTERRUPTED_AT.format(module=module, number=int(signal.SIGINT))
    ran = subprocess.run(
        [sys.executable, "-c", script, "exams", "--json"],
        capture_output=True,
        check=False,
        env={**os.environ, "COACH_DATA_DIR": str(tmp_path)},
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, b"", b"coach: interrupted.\n")


def test_a_crash_without_arguments_is_one_sentence(
    coach: Coach, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from coach.cli import run

    def fail(*arguments: object, **options: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setenv("COACH_DATA_DIR", str(data))
    monkeypatch.setattr(Service, "__init__", fail)
    for stream in (sys.stdin, sys.stdout):  # without a terminal nothing is opened
        monkeypatch.setattr(stream, "isatty", lambda: True)

    assert run([]) == 1
    told = f"an error inside Coach (RuntimeError); details are in {data / 'coach.log'}."
    assert capsys.readouterr().err == f"coach: {told}\n"
    assert "boom" in (data / "coach.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    ["coach.json", ".coach.json.lock", "preferences.json", "coach.log", "catalogue/exams/X.toml",
     "backups/mine", ".coach-export.json", "coach.json.damaged-1"],
)  # fmt: skip
def test_an_export_never_replaces_what_is_coachs_own(coach: Coach, data: Path, name: str) -> None:
    coach(*QUIZ)
    (data / "catalogue" / "exams").mkdir(parents=True)
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}

    ran = coach("export", "csv", "-o", str(data / name), "--force")

    assert ran.code == 1
    assert ran.err == (
        f"coach: output: {data / name} belongs to Coach's own data; name another file.\n"
    )
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


def test_an_export_replaces_another_file_only_when_told_to(coach: Coach, tmp_path: Path) -> None:
    coach(*QUIZ)
    file = tmp_path / "thesis.csv"
    file.write_text("mine")

    refused = coach("export", "csv", "-o", str(file))
    assert refused.code == 1
    assert "is there already" in refused.err
    assert file.read_text() == "mine"
    assert coach("export", "csv", "-o", str(file), "--force").code == 0
    assert file.read_text() != "mine"


@pytest.mark.parametrize(
    "words",
    [("report", "import"), ("practice", "import"), ("import",), ("exams", "add"),
     ("hours", "--busy")],
    ids=" ".join,
)  # fmt: skip
def test_a_pipe_or_device_given_as_a_file_is_refused(
    coach: Coach, tmp_path: Path, words: tuple[str, ...]
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for name in (str(pipe), "/dev/zero"):
        ran = coach(*words, name)
        assert ran.code in (1, 2)
        assert ran.err.count("\n") >= 1
        assert "inside Coach" not in ran.err


def test_places_are_valid_json_whatever_their_bytes(tmp_path: Path) -> None:
    data = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\x1b[31m\xe2\x80\xae")
    ran = shell(Path(data), '"$@"', "locate", "--json")

    assert json.loads(ran.stdout)["data"].startswith(str(tmp_path))
    assert ran.stdout.isascii()


def test_what_changed_nothing_is_not_said_to_be_saved(coach: Coach) -> None:
    coach("hours", "mon=19:00-21:00")
    coach(*QUIZ)
    again = coach("hours", "mon=19:00-21:00")

    assert "saved" not in again.out
    assert "Nothing changed" in again.out


def test_a_command_says_that_the_file_went_back(coach: Coach, data: Path) -> None:
    coach(*QUIZ)
    old = (data / "coach.json").read_bytes()
    coach(*QUIZ)
    (data / "coach.json").write_bytes(old)

    assert "went back to an older state" in coach("timeline", "AZ-104").err
    assert coach("timeline", "AZ-104").err == ""


def test_a_block_of_an_exam_that_is_gone_is_refused_and_not_saved(
    coach: Coach, data: Path, tmp_path: Path
) -> None:
    toml = tmp_path / "mine.toml"
    toml.write_text(OWN_EXAM, encoding="utf-8")
    assert coach("exams", "add", str(toml)).code == 0
    assert coach("report", "add", "XY-100", "--at", "2026-11-20T10:00", "--score", "600").code == 0
    (data / "catalogue" / "exams" / "XY-100.toml").unlink()
    before = (data / "coach.json").read_bytes()
    key = next(iter(json.loads(before)["blocks"]))

    ran = coach("block", "done", key)

    assert ran.code == 1
    assert "XY-100" in ran.err
    assert "inside Coach" not in ran.err
    assert (data / "coach.json").read_bytes() == before
