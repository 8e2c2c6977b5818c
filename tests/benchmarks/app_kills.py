"""Kills the app at random moments while it is typed at, and counts what is lost or wrong after.

    python tests/benchmarks/app_kills.py [KILLS [SEED]]

Prints the figures as JSON. Each app is forked from a process that has everything imported, runs in
a terminal of its own and goes on with the data of the one before. It gets the keys of two quizzes
in one write after its first screen, and is killed with SIGKILL at a moment of the time in which the
first app showed the first of them. A quiz is `shown` once its notice was painted; `cut` counts the
kills that left a half written file.
"""

import asyncio
import fcntl
import io
import json
import os
import pty
import random
import re
import resource
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from collections import Counter
from contextlib import redirect_stdout, suppress
from pathlib import Path
from zoneinfo import ZoneInfo

from coach.cli import run
from coach.service.service import Service
from coach.storage.files import TEMP_PREFIX, DamagedFile
from coach.storage.repository import Repository
from coach.ui.app import CoachApp

WORKERS = 3
SIZE = struct.pack("HHHH", 20, 60, 0, 0)
TOTAL = 999
SHOWN = re.compile(rb"logged: (\d+) of")


async def _warm_up() -> None:
    """Log a quiz in an app without a terminal: what that imports is there before the fork."""
    with tempfile.TemporaryDirectory() as name:
        service = Service(Path(name), ZoneInfo("Europe/Berlin"))
        service.load_sample()
        async with CoachApp(service).run_test(size=(60, 20)) as pilot:
            await pilot.press("p", "enter", "7", "slash", "9", "ctrl+s")
            await pilot.pause()
        assert service.history()


def _start(folder: Path) -> tuple[int, int]:
    """The process and the terminal of an app."""
    process, terminal = pty.fork()
    if process == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, SIZE)
        try:
            run(["--data-dir", str(folder)])
        finally:
            os._exit(1)
    return process, terminal


def _read(terminal: int, until: float, words: bytes | None = None) -> bytes:
    """What is painted until that time, or until the words are."""
    painted = b""
    with suppress(OSError):  # the end of a terminal that nobody has any more
        while (left := until - time.monotonic()) > 0 and not (words and words in painted):
            if select.select([terminal], [], [], left)[0]:
                painted += os.read(terminal, 65_536)
    return painted


def _killed(folder: Path, first: int, share: float, most: list[float]) -> list[int]:
    """The quizzes that an app showed as saved before it was killed, after a share of the `most`
    seconds; those are measured where they are not known yet."""
    process, terminal = _start(folder)
    _read(terminal, time.monotonic() + 60, b"Schedule")
    for n in range(first, first + 2):
        os.write(terminal, b"p\r%d/%d\x13" % (n, TOTAL))
    begin = time.monotonic()
    if most:
        painted = _read(terminal, begin + share * most[0])
    else:
        painted = _read(terminal, begin + 60, b"logged: ")
        most.append(1.2 * (time.monotonic() - begin))
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    painted += _read(terminal, time.monotonic() + 60)
    os.close(terminal)
    return [int(number) for number in SHOWN.findall(painted)]


def _work(kills: int, chance: random.Random) -> Counter[str]:
    """The figures of so many kills in one folder."""
    figures = Counter[str](kills=kills)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with redirect_stdout(io.StringIO()):
            run(["--data-dir", name, "exams", "track", "AZ-104"])
        there, most = 0, list[float]()
        for _ in range(kills):
            shown = _killed(folder, there, chance.random(), most)
            for half in folder.rglob(f"{TEMP_PREFIX}*"):
                figures["cut"] += 1
                half.unlink()
            try:
                repository = Repository(folder)
                entries = repository.load().practice.values()
                repository.journal()
            except DamagedFile:
                figures["broken"] += 1
                break
            stored = sorted(entry.correct for entry in entries)
            sound = all(entry.total == TOTAL and "storage" in entry.domain for entry in entries)
            figures["wrong"] += stored != list(range(len(stored))) or not sound
            figures["shown"] += len({n for n in shown if n >= there})
            figures["saved"] += len(stored) - there
            figures["lost"] += any(n not in stored for n in shown)
            there = len(stored)
    return figures


def main(kills: int = 1000, seed: int = 1) -> None:
    """Share the kills between workers, and print the figures of all."""
    os.environ.update(TERM="xterm-256color", COACH_NOW="2026-11-21T09:00", TZ="Europe/Berlin")
    for name in ("COLUMNS", "LINES", "COACH_DATA_DIR"):
        os.environ.pop(name, None)
    begin = time.monotonic()
    asyncio.run(_warm_up())
    pipes = []
    for worker in range(WORKERS):
        reader, writer = os.pipe()
        if os.fork() == 0:
            share = (kills + worker) // WORKERS  # these add up to all of them
            figures = _work(share, random.Random(f"{seed}-{worker}"))
            os.write(writer, json.dumps(figures).encode())
            os._exit(0)
        os.close(writer)
        pipes.append(reader)
    total = Counter[str](broken=0, wrong=0, lost=0)
    for reader in pipes:
        total.update(json.loads(os.fdopen(reader).read()))
        os.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    clock, processor = time.monotonic() - begin, used.ru_utime + used.ru_stime
    print(json.dumps({**total, "seconds": round(clock, 1), "processor": round(processor, 1)}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
