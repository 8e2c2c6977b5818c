"""What a bug report should say about an installation and its data: versions, sizes, numbers."""

import os
import platform
from datetime import datetime
from importlib.metadata import version

from coach import __version__
from coach.storage.errors import StorageError
from coach.storage.files import read_file
from coach.storage.migrations import SCHEMA
from coach.storage.repository import Repository
from coach.storage.tables import RECORDS

LIBRARIES = ("textual", "tinydb", "msgspec")


def about(repository: Repository, now: datetime) -> dict[str, str]:
    """Each as a name and a short text; nothing that a person entered."""
    return {
        "coach": f"{__version__}, file version {SCHEMA}",
        "python": f"{platform.python_version()} on {platform.system()}",
        "libraries": ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        "terminal": os.environ.get("TERM", "none"),
        "file": _file(repository),
        "records": _records(repository),
        "backups": _backups(repository, now),
    }


def _file(repository: Repository) -> str:
    try:
        found = read_file(repository.file)
    except StorageError:
        return "cannot be read"
    link = ", behind a link" if repository.file.is_symlink() else ""
    return f"{len(found[0])} bytes{link}" if found else "none"


def _records(repository: Repository) -> str:
    try:
        facts = repository.load()
        undoable = len(repository.journal())
    except StorageError:
        return "cannot be read"
    counts = [f"{table} {len(getattr(facts, table))}" for table in RECORDS]
    return ", ".join([*counts, f"actions to undo {undoable}"])


def _backups(repository: Repository, now: datetime) -> str:
    try:
        backups = repository.backups.list()
    except StorageError:
        return "cannot be read"
    if not backups:
        return "none"
    hours = (now - backups[0].at).total_seconds() / 3600
    size = sum(backup.bytes for backup in backups)
    return f"{len(backups)} of {size} bytes in all, the newest {hours:.1f} hours old"
