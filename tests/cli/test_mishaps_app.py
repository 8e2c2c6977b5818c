"""The app ends like a command: bytes that are no text do not end it, an error is one line."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from coach.ui.app import CoachApp
from coach.ui.terminal import ThemedApp
from tests.cli.conftest import Coach


def wait_for(screen: int, words: bytes) -> None:
    """Read what the app paints until it holds the words; an app that has ended raises."""
    shown = b""
    while words not in shown:
        shown += os.read(screen, 65_536)


def test_a_paste_of_bytes_that_are_no_text_does_not_end_the_app(tmp_path: Path) -> None:
    screen, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "coach", "--data-dir", str(tmp_path)],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "TERM": "xterm-256color"},
    ) as app:
        os.close(terminal)
        wait_for(screen, b"Timeline")
        os.write(screen, b"\x1b[200~Score \xff 640\x1b[201~")
        wait_for(screen, "Score \N{REPLACEMENT CHARACTER} 640".encode())
        app.kill()
    os.close(screen)


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


def opened(data: Path, screen: int, terminal: int, *, hangup: bool) -> "subprocess.Popen[bytes]":
    """The app in a terminal of its own, painted; `hangup` says whether it hears of its end."""
    app = subprocess.Popen(
        [sys.executable, "-c", LEADER, str(data), str(int(hangup))],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(terminal)
    wait_for(screen, b"Timeline")
    return app


LEADER = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
if sys.argv[2] == "0":
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
os.execv(sys.executable, [sys.executable, "-m", "coach", "--data-dir", sys.argv[1]])
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_the_app_and_gives_the_terminal_back(
    tmp_path: Path, number: signal.Signals
) -> None:
    screen, terminal = pty.openpty()
    with opened(tmp_path, screen, terminal, hangup=True) as app:
        app.send_signal(number)
        wait_for(screen, b"\x1b[?1049l")  # back from the screen of its own
        assert app.wait() == 0
    os.close(screen)


@pytest.mark.parametrize("hangup", [True, False], ids=["hangup", "nohup"])
def test_an_app_whose_terminal_is_gone_ends(tmp_path: Path, hangup: bool) -> None:
    screen, terminal = pty.openpty()
    with opened(tmp_path, screen, terminal, hangup=hangup) as app:
        os.close(screen)
        app.wait(timeout=60)
