"""Kills writers at random moments, and counts what is broken or lost afterwards.

    python tests/storage/storage_kills.py            writes the figures to storage_kills.txt
    python tests/storage/storage_kills.py coach 300  prints them for one storage, as JSON
    python tests/storage/storage_kills.py stock 300 1  the same, until one file is broken

Each writer is forked from this process, goes on where the file stands, and says each action that is
saved; it is killed with SIGKILL at a random moment. `stock` is TinyDB's own JSONStorage, which is
handed the same records.
"""

import json
import os
import random
import select
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any, Protocol

import msgspec
from tinydb.storages import JSONStorage

import coach.storage.database  # noqa: F401 - what a save imports is there before the fork
from coach.storage.files import TEMP_PREFIX, DamagedFile
from coach.storage.repository import Repository
from tests.storage.storage_writer import commit, state

KILLS = 1000
LONGEST = 0.015
"""Seconds after the first saved action within which a writer is killed: some ten saves."""
REPORT = Path(__file__).with_suffix(".txt")


class Saver(Protocol):
    """A storage under test: saves the state after an action, and says which one is there."""

    def save(self, number: int) -> None:
        """Save the records as they are after that many actions."""

    def found(self) -> int | None:
        """The action whose state is there, None where the file cannot be used."""


class Coach:
    """Coach's own storage, with its lock, journal and atomic file."""

    def __init__(self, folder: Path) -> None:
        self.repository = Repository(folder)

    def save(self, number: int) -> None:
        commit(self.repository, state(number), number)

    def found(self) -> int | None:
        try:
            facts, journal = self.repository.load(), self.repository.journal()
        except DamagedFile:
            return None
        number = int(journal[0][1]) if journal else 0
        return number if facts.practice == state(number) else None


class Stock:
    """What TinyDB uses unless told otherwise: the file is overwritten in place."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.file = folder / "stock.json"
        self.storage: JSONStorage | None = None

    def save(self, number: int) -> None:
        self.storage = self.storage or JSONStorage(self.file, encoding="utf-8")
        self.storage.write(self._tables(number))

    def found(self) -> int | None:
        try:
            tables = json.loads(self.file.read_text("utf-8")) if self.file.exists() else None
        except ValueError:
            self.file.unlink()
            return None
        number = tables["meta"]["number"] if tables else 0
        return number if not tables or tables == self._tables(number) else None

    def _tables(self, number: int) -> dict[str, dict[str, Any]]:
        return {"practice": msgspec.to_builtins(state(number)), "meta": {"number": number}}


SAVERS: dict[str, type[Coach] | type[Stock]] = {"coach": Coach, "stock": Stock}


def killed(saver: Saver, begin: int, seconds: float) -> int:
    """Fork a writer that goes on after action `begin`; the last action it said was saved."""
    told, say = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(told)
        while True:
            begin += 1
            saver.save(begin)
            os.write(say, f"{begin}\n".encode())
    os.close(say)
    said = os.read(told, 100)
    select.select([], [], [], seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(told, "rb") as stream:
        said += stream.read()
    return int(said.split()[-1])


def run(name: str, kills: int, until_broken: int = 0) -> dict[str, object]:
    """The figures of so many kills."""
    chance = random.Random(name)
    counts = {"kills": 0, "acknowledged": 0, "broken": 0, "lost": 0, "left over": 0}
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "data"
        begin = 0
        while counts["kills"] < kills and not 0 < until_broken <= counts["broken"]:
            last = killed(SAVERS[name](folder), begin, chance.uniform(0, LONGEST))
            found = SAVERS[name](folder).found()
            counts["kills"] += 1
            counts["acknowledged"] += last - begin
            counts["broken"] += found is None
            counts["lost"] += last - begin if found is None else max(0, last - found)
            assert found is None or found <= last + 1
            begin = found or 0
            left = list(folder.glob(TEMP_PREFIX + "*"))
            counts["left over"] += len(left)
            for path in left:
                os.utime(path, (0, 0))
        SAVERS[name](folder).found()
        counts["left over at the end"] = len(list(folder.glob(TEMP_PREFIX + "*")))
    return {"storage": name, **counts}


def write_report() -> None:
    """Run both storages and keep the figures beside this file."""
    rows = [run(name, KILLS) for name in SAVERS]
    lines = ["  ".join(f"{value!s:>{len(key)}}" for key, value in row.items()) for row in rows]
    text = f"""Writers killed with SIGKILL at a random moment; python tests/storage/storage_kills.py

{"  ".join(rows[0])}
{chr(10).join(lines)}

acknowledged: saves that were reported as done. broken: the file afterwards could not be used.
lost: acknowledged saves that were not there. left over: temporary files, gone at the next start.
"""
    REPORT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        write_report()
    else:
        print(json.dumps(run(sys.argv[1], *map(int, sys.argv[2:]))))
