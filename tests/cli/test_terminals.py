"""Zones and encodings of the terminal that a command runs in."""

import json
import os
import subprocess
import sys
from pathlib import Path

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


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp437"])
def test_what_an_encoding_lacks_is_replaced(tmp_path: Path, encoding: str) -> None:
    run(
        tmp_path, "report", "add", "AZ-104", "--at", "2026-11-20T10:00", "--score", "600",
        "--band", "1=below", "--note", "試験 – €", PYTHONIOENCODING=encoding,
    )  # fmt: skip
    for words in (["schedule"], ["timeline"], ["advice"], ["exams", "show", "AZ-104"]):
        ran = run(tmp_path, *words, PYTHONIOENCODING=encoding)
        assert (ran.returncode, ran.stderr) == (0, b"")
        shown = run(tmp_path, *words, "--json", PYTHONIOENCODING=encoding)
        whole = run(tmp_path, *words, "--json", PYTHONIOENCODING="utf-8")
        assert json.loads(shown.stdout.decode(encoding)) == json.loads(whole.stdout)
