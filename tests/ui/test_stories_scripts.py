"""A study day on the command line, in scripts and in the shell's completion, with two exams."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NOW = "2026-11-23T18:00"
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


@pytest.fixture
def environment(tmp_path: Path, size: tuple[int, int]) -> dict[str, str]:
    """A shell of that size, on data of its own, that finds `coach`."""
    command = tmp_path / "bin" / "coach"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m coach "$@"\n')
    command.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{command.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "COACH_DATA_DIR": str(tmp_path / "data"),
        "COACH_NOW": NOW,
        "TZ": "Europe/Berlin",
        "COLUMNS": str(size[0]),
        "LINES": str(size[1]),
    }


def shell(environment: dict[str, str], script: str, program: str = "bash") -> str:
    """What a script prints; each command of it has to succeed, and none waits for a person."""
    ran = subprocess.run(
        [program, "-c", script],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


TWO_EXAMS = """set -e
coach report add az104 --at 'sat 10:00' --score 640 --band 1=below --band 2=near >/dev/null
coach report add SC-300 --at yesterday --score 600 --band 1=below --band 2=near >/dev/null
coach hours mon=19-20:30 'tue=7-8:30pm' >/dev/null
"""


@SIZES
def test_a_day_of_two_exams_in_scripts(environment: dict[str, str]) -> None:
    told = shell(environment, TWO_EXAMS + "coach today; coach today --json; coach retake")
    words, _, rest = told.partition("{\n")
    for exam in ("AZ-104", "SC-300"):
        assert f"{exam}  today " in words or f"{exam}  Tue 24 Nov" in words
    document, end = json.JSONDecoder().raw_decode("{\n" + rest)
    assert {each["exam"] for each in document["exams"]} == {"AZ-104", "SC-300"}
    # Without a code the exam is meant that was selected last, and the answer names it.
    assert ("{\n" + rest)[end:].strip().startswith("SC-300: ")

    first = document["exams"][0]
    status = shell(environment, "coach today --format '{exam} {time} {title}'; coach today --all")
    line, _, every = status.partition("\n")
    assert line == f"{first['exam']} {first['at'][11:16]} {first['title']}"
    assert "AZ-104" in every

    late = {**environment, "COACH_NOW": "2026-11-24T20:40"}
    (one, *_) = json.loads(shell(late, "coach today --json"))["unticked"]
    shell(late, f"coach block done {one['id'][:4]} >/dev/null")
    left = json.loads(shell(late, "coach today --json"))["unticked"]
    assert one["id"] not in [block["id"] for block in left]
    assert "done" in shell(late, "coach undo")
    assert "done" in shell(late, "coach redo")


@SIZES
@pytest.mark.parametrize("arguments", ["", "demo"])
def test_without_a_terminal_the_app_ends_with_one_sentence(
    environment: dict[str, str], arguments: str
) -> None:
    script = f"coach {arguments} 2>&1; echo $?"
    *said, code = shell(environment, script).splitlines()
    assert (said, code) == (
        ["coach: the app needs a terminal; `coach today` and `coach --help` do not."], "2",
    )  # fmt: skip


@SIZES
def test_bash_completes_commands_codes_and_ids(
    environment: dict[str, str],
) -> None:
    def completed(*words: str) -> list[str]:
        quoted = " ".join(f"'{word}'" for word in words)
        return shell(
            environment,
            f'eval "$(coach completion bash)"; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; '
            '_coach_completion coach; printf "%s\\n" "${COMPREPLY[@]}"',
        ).splitlines()

    shell(environment, TWO_EXAMS)
    assert completed("coach", "to") == ["today"]
    assert completed("coach", "retake", "sc3") == ["SC-300"]
    ids = completed("coach", "block", "done", "")
    assert len(ids) > 3
    assert all(len(each) == 8 for each in ids)


@SIZES
@pytest.mark.parametrize("program", ["zsh", "fish"])
def test_other_shells_read_their_completion(environment: dict[str, str], program: str) -> None:
    script = shell(environment, f"coach completion {program}")
    assert f"{program}_complete" in script
    if shutil.which(program):
        shell(environment, f"coach completion {program} | {program} -n", program="bash")
