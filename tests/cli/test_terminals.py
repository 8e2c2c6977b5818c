"""Zones and encodings of the terminal that a command runs in."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "coach", "--data-dir", folder, *arguments],
        env={**os.environ, "COACH_NOW": "2026-11-28T09:00", **environment},
        capture_output=True,
        check=False,
    )


def test_a_zone_that_cannot_be_read_is_said_once_and_stands_in_doctor(tmp_path: Path) -> None:
    ran = run(tmp_path, "doctor", "--json", TZ="Mars/Base")
    told = 'TZ is "Mars/Base", which is no time zone: times are in UTC.'
    assert ran.stderr.decode() == f"coach: {told}\n"
    assert json.loads(ran.stdout)["about"]["zone"] == told


def test_a_rule_as_zone_gives_local_times(tmp_path: Path) -> None:
    ran = run(tmp_path, "retake", "AZ-104", "--json", TZ="CET-1CEST,M3.5.0,M10.5.0/3")
    assert json.loads(ran.stdout)["earliest"] == "2026-11-28T09:00:00+01:00"
    assert ran.stderr == b""


COMMANDS = (("schedule",), ("timeline",), ("advice",), ("exams", "show", "AZ-104"))


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a report whose note has what few encodings know."""
    folder = tmp_path_factory.mktemp("reported")
    run(
        folder, "report", "add", "AZ-104", "--at", "2026-11-20T10:00", "--score", "600",
        "--band", "1=below", "--note", "試験 – €",
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def whole(reported: Path) -> dict[tuple[str, ...], Any]:
    """The documents of the commands, with every character."""
    utf_8 = {"PYTHONIOENCODING": "utf-8"}
    return {each: json.loads(run(reported, *each, "--json", **utf_8).stdout) for each in COMMANDS}


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp437"])
def test_what_an_encoding_lacks_is_replaced(
    reported: Path, whole: dict[tuple[str, ...], Any], encoding: str
) -> None:
    for words in COMMANDS:
        ran = run(reported, *words, PYTHONIOENCODING=encoding)
        assert (ran.returncode, ran.stderr) == (0, b"")
        shown = run(reported, *words, "--json", PYTHONIOENCODING=encoding)
        assert json.loads(shown.stdout.decode(encoding)) == whole[words]
