"""How long reading and saving take, and how large the file gets: run me, I assert nothing.

    python tests/benchmarks/storage.py [RECORDS...]

Times are milliseconds, median (best) of many runs. `save` is one acknowledged action that changes
one block, with the lock, the journal and the flush to the disk; `first save` is that in a fresh
process, with the imports it needs.
"""

import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from coach.model.attempt import Attempt
from coach.model.facts import Facts
from coach.model.plan import Block, Practice
from coach.storage.repository import Repository

START = datetime(2026, 1, 5, 19, 0, tzinfo=UTC)
FIRST = """
import sys, time
begin = time.perf_counter()
from pathlib import Path
from coach.storage.repository import Repository
imported = time.perf_counter()
repository = Repository(Path(sys.argv[1]))
facts = repository.load()
loaded = time.perf_counter()
if len(sys.argv) > 2:
    import msgspec
    from datetime import UTC, datetime
    with repository.transaction() as transaction:
        block = msgspec.structs.replace(facts.blocks["b0"], minutes=int(sys.argv[2]))
        changed = msgspec.structs.replace(facts, blocks={**facts.blocks, "b0": block})
        transaction.commit(changed, "first", datetime(2026, 3, 1, tzinfo=UTC))
done = time.perf_counter()
print(imported - begin, loaded - imported, done - loaded, "tinydb" in sys.modules)
"""


def history(records: int) -> Facts:
    """Facts of roughly the mixture that years of use leave: 60 % blocks, 40 % practice."""
    blocks = {f"b{i}": _block(i) for i in range(records * 6 // 10)}
    practice = {f"p{i}": _practice(i) for i in range(records * 4 // 10)}
    attempts = {f"a{i}": _attempt(i) for i in range(min(50, records // 20))}
    return Facts(blocks=blocks, practice=practice, attempts=attempts)


def _block(i: int) -> Block:
    return Block(
        id=f"b{i}",
        exam="AZ-104",
        start=START + timedelta(hours=12 * i),
        minutes=60,
        domain="Implement and manage virtual networking",
        topic="Private endpoints and service endpoints",
        activity="lab",
        status="done",
    )


def _practice(i: int) -> Practice:
    domain = "Implement and manage virtual networking"
    at = START + timedelta(hours=12 * i)
    return Practice(id=f"p{i}", exam="AZ-104", domain=domain, correct=7, total=10, at=at)


def _attempt(i: int) -> Attempt:
    return Attempt(id=f"a{i}", exam="AZ-104", at=START + timedelta(days=30 * i), status="delivered")


def _timed(action: Callable[[int], object], runs: int) -> str:
    times = []
    for run in range(runs):
        begin = time.perf_counter()
        action(run)
        times.append((time.perf_counter() - begin) * 1000)
    return f"{statistics.median(times):8.2f} ({min(times):.2f})"


def _save(repository: Repository, run: int) -> None:
    with repository.transaction() as transaction:
        facts = transaction.facts
        block = msgspec.structs.replace(facts.blocks["b1"], minutes=10 + run)
        changed = msgspec.structs.replace(facts, blocks={**facts.blocks, "b1": block})
        transaction.commit(changed, "tick", START)


def _replan(repository: Repository, run: int) -> None:
    with repository.transaction() as transaction:
        facts = transaction.facts
        blocks = dict(facts.blocks)
        for i in range(100):
            blocks[f"b{i}"] = msgspec.structs.replace(blocks[f"b{i}"], minutes=100 + run)
        transaction.commit(msgspec.structs.replace(facts, blocks=blocks), "re-plan", START)


def _fresh_process(folder: Path, *arguments: str) -> list[str]:
    command = [sys.executable, "-c", FIRST, str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def measure(records: int, folder: Path) -> None:
    """Print the figures for one size of history."""
    repository = Repository(folder)
    begin = time.perf_counter()
    with repository.transaction() as transaction:
        transaction.commit(history(records), "fill", START)
    filled = (time.perf_counter() - begin) * 1000
    size = repository.file.stat().st_size / 1024
    print(f"{records} records, {size:.0f} KB")
    print(f"  save all at once    {filled:8.2f}")
    print(f"  load                {_timed(lambda _: Repository(folder).load(), 20)}")
    print(f"  save                {_timed(lambda run: _save(repository, run), 60)}")
    print(f"  save of 100 blocks  {_timed(lambda run: _replan(repository, run), 30)}")
    print(f"  undo                {_timed(lambda _: repository.undo(START), 20)}")
    print(f"  file with journal   {repository.file.stat().st_size / 1024:8.0f} KB")
    print(f"  backup              {_timed(lambda _: repository.backups.make(START, 'bench'), 5)}")
    imports, load, _, tinydb = _fresh_process(folder)
    print(
        f"  fresh process: imports {float(imports) * 1000:.1f}, load {float(load) * 1000:.1f}",
        end="",
    )
    print(f", TinyDB imported: {tinydb}")
    first = min(float(_fresh_process(folder, str(5 + i))[2]) for i in range(5))
    print(f"  first save          {first * 1000:8.2f} (best; with a due backup)")
    tracemalloc.start()
    other = Repository(folder)
    other.load()
    loaded = tracemalloc.get_traced_memory()[0]
    _save(other, 0)
    saved = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    print(f"  memory: {loaded / 2**20:.1f} MB loaded, {saved / 2**20:.1f} MB after a save")


def main() -> None:
    """Measure the sizes named on the command line, by default 1,000 and 10,000 records."""
    for records in [int(argument) for argument in sys.argv[1:]] or [1000, 10000]:
        with tempfile.TemporaryDirectory() as folder:
            measure(records, Path(folder))


if __name__ == "__main__":
    main()
