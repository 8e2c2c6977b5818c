"""The app ends like a command: bytes that are no text do not end it, an error is one line."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from coach.storage.files import LOCK_SECONDS, data_file, locked
from coach.ui.app import CoachApp
from coach.ui.terminal import ThemedApp
from tests.cli.conftest import Coach
from tests.terminal_app import app_in_terminal

KILLER = Path(__file__).parents[1] / "benchmarks" / "app_kills.py"


def test_a_paste_of_bytes_that_are_no_text_does_not_end_the_app(tmp_path: Path) -> None:
    with app_in_terminal(tmp_path) as app:
        app.screen.write(b"\x1b[200~Score \xff 640\x1b[201~")
        app.wait_for("Score \N{REPLACEMENT CHARACTER} 640".encode())


def test_an_error_in_the_app_is_logged_and_said_in_one_line(
    coach: Coach, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: CoachApp) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("coach.cli.app.lacks_terminal", lambda: False)
    monkeypatch.setattr(ThemedApp, "get_driver_class", lambda self: HeadlessDriver)
    monkeypatch.setattr(CoachApp, "on_ready", fail)
    ran = coach()
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines() == [
        f"coach: an error inside Coach (RuntimeError); details are in {data / 'coach.log'}."
    ]
    assert "RuntimeError: boom" in (data / "coach.log").read_text(encoding="utf-8")


def test_a_lock_that_is_held_is_said_at_once_and_costs_nothing_that_was_typed(
    data: Path, coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_NOW", "2026-11-21T09:00")
    coach("exams", "track", "AZ-104")
    with app_in_terminal(data) as app:
        with locked(data_file(data)):
            begin = time.monotonic()
            app.screen.write(b"p7/9\x13")
            app.wait_for(b"Another Coach is writing")
            assert time.monotonic() - begin < LOCK_SECONDS
        app.screen.write(b"\x13")
        app.wait_for(b"Practice logged: 7 of 9")


def test_100_kills_while_it_is_typed_at_lose_nothing_that_was_shown_as_saved() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(
        [sys.executable, str(KILLER), "100"], env=environment, check=True, capture_output=True
    )
    figures = json.loads(ran.stdout)
    assert (figures["kills"], figures["broken"], figures["wrong"], figures["lost"]) == (
        100,
        0,
        0,
        0,
    )
    assert figures["saved"] >= figures["shown"] > 0  # or none was killed after a save


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_the_app_and_gives_the_terminal_back(
    tmp_path: Path, number: signal.Signals
) -> None:
    with app_in_terminal(tmp_path) as app:
        app.process.send_signal(number)
        app.wait_for(b"\x1b[?1049l")  # back from the screen of its own
        assert app.process.wait(timeout=60) == 0


def test_ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_back(
    data: Path, coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_NOW", "2026-11-21T09:00")
    coach("exams", "track", "AZ-104")
    with app_in_terminal(data) as app:
        app.screen.write(b"\x1a")
        app.wait_for(b"\x1b[?1049l")
        _, status = os.waitpid(app.process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        app.process.send_signal(signal.SIGCONT)
        app.process.send_signal(signal.SIGCONT)
        app.wait_for(b"Timeline")
        app.screen.write(b"\x03")
        app.wait_for(b"to quit")


@pytest.mark.parametrize("nohup", [False, True], ids=["hangup", "nohup"])
def test_an_app_whose_terminal_is_gone_ends(tmp_path: Path, nohup: bool) -> None:
    with app_in_terminal(tmp_path, nohup=nohup) as app:
        app.screen.close()
        app.process.wait(timeout=60)
