"""The app in a terminal of its own, as a person runs it."""

import io
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Whatever runs the tests may ignore signals, and a program that it starts would inherit that.
LEADER = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
    signal.signal(number, signal.SIG_DFL)
if sys.argv[2] == "nohup":
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
os.execv(sys.executable, [sys.executable, "-m", "coach", "--data-dir", sys.argv[1]])
"""


@dataclass
class TerminalApp:
    process: "subprocess.Popen[bytes]"
    screen: io.FileIO

    def read(self) -> bytes:
        """What the app painted by now, waiting a tenth of a second for it."""
        return self.screen.read(65_536) if select.select([self.screen], [], [], 0.1)[0] else b""

    def wait_for(self, words: bytes) -> None:
        """Read until the words are painted."""
        shown, until = b"", time.monotonic() + 60
        while words not in shown:
            assert time.monotonic() < until, f"{words!r} did not come, but {shown[-2000:]!r}"
            shown += self.read()


@contextmanager
def app_in_terminal(data: Path, *, nohup: bool = False) -> Iterator[TerminalApp]:
    """The app, its first screen painted; `nohup` keeps the end of its terminal from it."""
    screen, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", LEADER, str(data), "nohup" if nohup else ""],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "32"},
        start_new_session=True,
    ) as process:
        os.close(terminal)
        app = TerminalApp(process, io.FileIO(screen, "r+"))
        try:
            app.wait_for(b"Timeline")
            yield app
        finally:
            process.kill()
            app.screen.close()
