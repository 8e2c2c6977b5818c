"""What a key costs: run me, I assert nothing.

    python tests/benchmarks/keys.py

On sample data, on a plan of 26 weeks and after ten years of use, at 160x50. Figures are
milliseconds of processor time, median (best) of several presses, until the app is idle again; a
key without effect is subtracted, because the harness that presses it costs as much. A tick holds
all that belongs to it: lock, journal, write and flush to the disk.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import long_use

from coach.service.service import Service
from coach.service.settings import set_target
from coach.storage.repository import Repository

PRESSES = 15
PAINTED = 0.05
"""Seconds after which a key's change has been drawn; waiting takes no processor time."""
KEYS = {
    "tick": ("space", "space"),
    "pin": ("P", "P"),
    "cursor, same week": ("down", "up"),
    "cursor, next day": ("right", "left"),
    "week turn": ("right_square_bracket", "left_square_bracket"),
    "to Timeline": ("1", "3"),
    "to Heatmap": ("2", "3"),
    "to Schedule": ("3", "2"),
}
"""The key that is measured, and the one that is pressed before it to make room for it."""
IDLE = ("f12", "f12")


def sample(folder: Path) -> Service:
    """The sample data, a minute later at each look."""
    service = Service(folder, long_use.ZONE, long_use.Clock())
    service.load_sample()
    return service


def half_a_year(folder: Path) -> Service:
    """The sample data with a plan of 26 weeks."""
    service = sample(folder)
    service.act(set_target, "AZ-104", "2027-05-22T10:00")
    return service


def ten_years(folder: Path) -> Service:
    """Ten years of records, and a plan."""
    repository = Repository(folder)
    with repository.transaction() as transaction:
        transaction.commit(long_use.history(), "ten years", long_use.NOW)
    clock = long_use.Clock()
    service = Service(folder, long_use.ZONE, clock)
    long_use._report(service)
    clock.now += timedelta(days=2)  # a day with sessions: a tick of another day's asks first
    service.refresh()
    return service


async def measured(service: Service) -> dict[str, str]:
    """The cost of each key."""
    from coach.ui.app import CoachApp

    app = CoachApp(service)
    found = {}
    async with app.run_test(size=(160, 50)) as pilot:

        async def cost(keys: tuple[str, str]) -> list[float]:
            times = []
            for _ in range(PRESSES):
                await pilot.press(keys[1])
                await pilot.pause(PAINTED)
                begin = time.process_time()
                await pilot.press(keys[0])
                await pilot.pause(PAINTED)
                times.append((time.process_time() - begin) * 1000)
            return times

        idle = min(await cost(IDLE))
        await pilot.press("1", "2", "3")
        for name, keys in KEYS.items():
            times = await cost(keys)
            found[name] = f"{statistics.median(times) - idle:7.1f} ({min(times) - idle:.1f})"
    return found


def main() -> None:
    """Print the figures."""
    makers: tuple[Callable[[Path], Service], ...] = (sample, half_a_year, ten_years)
    print(f"{'':20}" + "".join(f"{make.__name__.replace('_', ' '):>18}" for make in makers))
    columns = []
    for make in makers:
        with tempfile.TemporaryDirectory() as name:
            columns.append(asyncio.run(measured(make(Path(name)))))
    for key in KEYS:
        print(f"{key:20}" + "".join(f"{column[key]:>18}" for column in columns))


if __name__ == "__main__":
    main()
