"""Processes that save: beside others, killed on the way, or on a disk that gets full.

add FOLDER WHO N     add N records of one's own
die FOLDER CALL      one action, killed at its CALL-th call of the system; 2 is printed if not
fill FOLDER MEANS    save until the disk is full, then with room again, and print what happened;
                     MEANS is limit (of a file's size) or mount (a small file system of its own)
"""

import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from coach.model.facts import Facts
from coach.model.plan import Practice
from coach.storage.files import StorageError
from coach.storage.repository import Repository

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CHANGING = ("open", "write", "fsync", "utime", "mkdir", "replace", "unlink", "close")


def state(number: int) -> dict[str, Practice]:
    """The practice after that many actions: it grows, changes and shrinks a lot."""
    practice = {}
    # Every record is written anew within 20 actions, so older ones leave nothing.
    for action in range(max(1, number - 40), number + 1):
        size = 5_000 if action % 3 == 0 else action % 7
        practice[f"p{action % 20}"] = _practice(f"p{action % 20}", "x" * size)
        if action % 4 == 0:
            practice.pop(f"p{(action - 1) % 20}", None)
    return practice


def _practice(key: str, source: str) -> Practice:
    return Practice(id=key, exam="X", domain="D", correct=1, total=2, at=NOON, source=source)


def commit(repository: Repository, practice: dict[str, Practice], number: int) -> None:
    """Save one action."""
    with repository.transaction() as transaction:
        facts = msgspec.structs.replace(transaction.facts, practice=practice)
        transaction.commit(facts, str(number), NOON)


def acknowledge(text: str) -> None:
    """Tell the parent at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def add(repository: Repository, who: str, count: int) -> None:
    """Add records while others do, each found by its own id."""
    for number in range(count):
        with repository.transaction() as transaction:
            record = _practice(f"{who}-{number}", "")
            practice = {**transaction.facts.practice, record.id: record}
            facts: Facts = msgspec.structs.replace(transaction.facts, practice=practice)
            transaction.commit(facts, record.id, NOON)


def intercept(
    call: int, action: Callable[[], Any], names: tuple[str, ...] = CHANGING
) -> Callable[[], None]:
    """Run `action` before the `call`-th of these calls of the system, counted from 1; what is
    returned takes this back."""
    originals = {name: getattr(os, name) for name in names}
    seen = 0

    def counted(original: Callable[..., Any]) -> Callable[..., Any]:
        def replacement(*arguments: Any, **options: Any) -> Any:
            nonlocal seen
            seen += 1
            if seen == call:
                action()
            return original(*arguments, **options)

        return replacement

    for name, original in originals.items():
        setattr(os, name, counted(original))

    def restore() -> None:
        for name, original in originals.items():
            setattr(os, name, original)

    return restore


def die(repository: Repository, call: int) -> None:
    """Save action 2 over action 1, and be killed on the way."""
    commit(repository, state(1), 1)
    repository.backups.make(NOON, "warm")
    restore = intercept(call, lambda: os.kill(os.getpid(), signal.SIGKILL))
    commit(repository, state(2), 2)
    restore()
    acknowledge("2")


LIMIT = 300_000
"""Bytes of a file, or of the whole small file system."""


def small_disk(folder: Path, means: str) -> tuple[str, Callable[[], None]]:
    """Let the files in a folder grow no further than `LIMIT`: by which means that is done, and
    what makes room again."""
    if means == "mount":
        try:
            mount(folder, f"size={2 * LIMIT}")
        except OSError:
            return small_disk(folder, "limit")
        ballast = folder / "ballast"
        ballast.write_bytes(b"x" * LIMIT)
        return means, ballast.unlink
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, most))
    return means, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def mount(folder: Path, options: str) -> None:
    """Put a file system in memory on a folder, for this process alone; OSError if not allowed."""
    user, mounts = 0x10000000, 0x00020000
    library = ctypes.CDLL(None, use_errno=True)
    private = 1 << 18 | 1 << 14  # MS_PRIVATE and MS_REC: nothing of this is seen outside
    owner = os.geteuid()
    if owner != 0 and library.unshare(user) == 0:
        Path("/proc/self/uid_map").write_text(f"0 {owner} 1")
    if (
        library.unshare(mounts)
        or library.mount(None, b"/", None, private, None)
        or library.mount(b"none", os.fsencode(folder), b"tmpfs", 0, options.encode())
    ):
        raise OSError(ctypes.get_errno(), "no file system of one's own")


def fill(folder: Path, means: str) -> None:
    """Save ever longer records until that is refused, twice; then with room again."""
    folder.mkdir(parents=True, exist_ok=True)
    used, make_room = small_disk(folder, means)
    repository = Repository(folder)
    saved, refusals = 0, []
    while len(refusals) < 2:
        practice = {f"p{n}": _practice(f"p{n}", "x" * 10_000) for n in range(saved + 1)}
        try:
            commit(repository, practice, saved + 1)
            saved += 1
        except StorageError as error:
            refusals.append(str(error))
    found = Repository(folder).load().practice
    left = [path.name for path in folder.rglob(".coach-*")]
    make_room()
    commit(repository, practice, saved + 1)
    again = len(Repository(folder).load().practice)
    print(json.dumps({
        "means": used, "saved": saved, "found": len(found), "refusals": refusals, "left": left,
        "again": again,
    }))  # fmt: skip


if __name__ == "__main__":
    task, folder, *arguments = sys.argv[1:]
    if task == "add":
        add(Repository(Path(folder)), arguments[0], int(arguments[1]))
    elif task == "fill":
        fill(Path(folder), arguments[0])
    else:
        die(Repository(Path(folder)), int(arguments[0]))
