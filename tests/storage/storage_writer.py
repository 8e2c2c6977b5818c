"""A process that saves and says so, to be killed by test_storage_crash.py.

    walk FOLDER          add, change and remove practice for ever, each a numbered action
    add FOLDER WHO N     add N records of one's own
    die FOLDER CALL      one action, killed at its CALL-th call of the system

After each save the number of the action is written to standard output.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from coach.model.facts import Facts
from coach.model.study import Practice
from coach.storage.repository import Repository

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CHANGING = ("open", "write", "fsync", "utime", "mkdir", "replace", "unlink", "close")


def state(number: int) -> dict[str, Practice]:
    """The practice after that many actions: it grows, changes and shrinks a lot."""
    practice = {}
    # Every record is written anew within 20 actions, so older ones leave nothing.
    for action in range(max(1, number - 40), number + 1):
        size = 20_000 if action % 3 == 0 else action % 7
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


def walk(repository: Repository) -> None:
    """Go on from the action that was saved last."""
    journal = repository.journal()
    number = int(journal[0][1]) if journal else 0
    while True:
        number += 1
        commit(repository, state(number), number)
        acknowledge(str(number))


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


if __name__ == "__main__":
    task, folder, *arguments = sys.argv[1:]
    if task == "walk":
        walk(Repository(Path(folder)))
    elif task == "add":
        add(Repository(Path(folder)), arguments[0], int(arguments[1]))
    else:
        die(Repository(Path(folder)), int(arguments[0]))
