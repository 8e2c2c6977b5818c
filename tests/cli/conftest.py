"""Runs the command line in this process, on a folder and at a time of its own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from coach.cli import run


class Ran(msgspec.Struct, frozen=True):
    """What one command line left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


Coach = Callable[..., Ran]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def coach(data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Coach:
    """`coach("retake", "AZ-104", now="2026-11-21T09:00")`: run it and keep what it printed."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.delenv("COACH_DATA_DIR", raising=False)
    monkeypatch.delenv("COACH_NOW", raising=False)

    def call(*arguments: str, now: str = "2026-11-21T09:00") -> Ran:
        code = run(["--data-dir", str(data), "--now", now, *arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call
