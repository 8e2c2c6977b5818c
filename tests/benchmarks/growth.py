"""What growing data cost the command line and the app's memory: run me, I assert nothing.

    python tests/benchmarks/growth.py

Ten years of use as in `long_use.py`, and the largest: 20,000 blocks and 100,000 quizzes. Each
command runs in its own process; printed are the milliseconds on the clock and of the processor,
the least of five runs each, and the peak of its memory. The app's peak is that after its first
screen and after all three screens, a quiz and an undo.
"""

import asyncio
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import long_use
from long_use import NOW, ZONE

from coach.service.service import Service
from coach.storage.repository import Repository

QUIZ = ["practice", "add", "AZ-104", "--domain", "2", "--total", "100", "--correct"]
COMMANDS = ("retake", "doctor", "export json", "export csv", "export ics", "export markdown")


def _run(folder: Path, arguments: list[str]) -> tuple[float, float, int]:
    """Seconds on the clock and of the processor, and the peak in MB, of one command."""
    command = [sys.executable, "-m", "coach", "--now", NOW.isoformat(), "--data-dir", str(folder)]
    nothing = os.open(os.devnull, os.O_WRONLY)
    begin = time.perf_counter()
    process = os.posix_spawn(
        sys.executable,
        [*command, *arguments],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, nothing, 1), (os.POSIX_SPAWN_DUP2, nothing, 2)],
    )
    _, _, used = os.wait4(process, 0)
    os.close(nothing)
    return time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def _report(name: str, runs: list[tuple[float, float, int]]) -> None:
    clock, processor, peak = (min(run[n] for run in runs) for n in range(3))
    print(f"  {name:<18}{clock * 1000:8.0f} ms {processor * 1000:8.0f} ms {peak:6} MB")


async def _use(folder: Path) -> None:
    from coach.ui.app import CoachApp

    service = Service(folder, ZONE, lambda zone: NOW.astimezone(zone))
    async with CoachApp(service).run_test(size=(120, 40)) as pilot:
        first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        await pilot.press("1", "2", "3", "p", "2", "enter", "7", "enter", "9", "ctrl+s", "u")
        await pilot.pause()
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  app                {first} MB at its first screen, {after} MB after use")


def measure(folder: Path) -> None:
    """Print the figures of one size."""
    if os.fork() == 0:  # a child's peak begins with its parent's size, which is to stay small
        with Repository(folder, ZONE).transaction() as transaction:
            transaction.commit(long_use.history(), "fill", NOW)
        os._exit(0)
    os.wait()
    _run(folder, ["exams", "track", "AZ-104"])  # the first plan, the due backup, the bytecode
    print(f"{(folder / 'coach.json').stat().st_size / 2**20:.1f} MB", flush=True)
    _report("save", [_run(folder, [*QUIZ, str(n)]) for n in range(5)])
    for command in COMMANDS:
        _report(command, [_run(folder, command.split()) for _ in range(5)])
    sys.stdout.flush()
    if os.fork() == 0:
        os.execv(sys.executable, [sys.executable, __file__, str(folder)])
    os.wait()


def main() -> None:
    """Measure both sizes."""
    if len(sys.argv) > 1:
        asyncio.run(_use(Path(sys.argv[1])))
        return
    for blocks, practice in ((6_000, 4_000), (20_000, 100_000)):
        long_use.BLOCKS, long_use.PRACTICE = blocks, practice
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder))


if __name__ == "__main__":
    main()
