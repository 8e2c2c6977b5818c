"""Use cases that look after the data: backups, restore, merge, check-up.

They work where the data file does not: none of them needs the records to be readable.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from coach.catalogue import Catalogue
from coach.service.copies import Copy, looked_at, taken_in
from coach.service.doctor import Checkup, Doctor
from coach.service.refusal import Problem, Refusal
from coach.storage.backups import Backup as Backup
from coach.storage.copies import conflict_copies
from coach.storage.errors import StorageError
from coach.storage.files import move_aside, real
from coach.storage.merging import Merged
from coach.storage.paths import catalogue_folder
from coach.storage.repository import Repository


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """The backup that was brought back, and where the state before is kept."""

    restored: str
    kept: str | None
    aside: str | None
    message: str


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """How many records a merge brought in, changed and removed."""

    added: int
    changed: int
    removed: int
    backup: str | None
    message: str


class Care:
    """The care of one data folder. Every method raises `Refusal` where it cannot be done."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._now = now
        self._repository = Repository(folder)

    def backups(self) -> tuple[Backup, ...]:
        """The backups of the data file, newest first."""
        with _refusing("backup"):
            return self._repository.backups.list()

    def make_backup(self) -> Backup:
        """Copy the data file as it is."""
        with _refusing("backup"):
            backup = self._repository.backups.make(self._now(), "manual")
        if backup is None:
            raise Refusal(Problem("data", "data: there is nothing to back up yet."))
        return backup

    def restore_backup(self, name: str) -> Restored:
        """Bring back a backup by its name or the beginning of it; the state before is kept."""
        with _refusing("backup"):
            done = self._repository.restore(name, self._now())
        message = f"Restored {done.name}."
        if done.aside is not None:
            message += f" The damaged file is kept as {done.aside.name}."
        elif done.kept is not None:
            message += " `coach undo` takes it back."
        return Restored(
            restored=done.name,
            kept=done.kept.name if done.kept else None,
            aside=str(done.aside) if done.aside else None,
            message=message,
        )

    def import_file(self, path: Path) -> Imported:
        """Merge an export or another copy of the data file; one action to undo."""
        return _imported(
            taken_in(self._repository, self._catalogue(), self._located(path), self._now())
        )

    def copies(self) -> tuple[Copy, ...]:
        """The copies of the data that a file synchroniser left beside it, and what each holds."""
        with _refusing("data"):
            found = conflict_copies(self._repository.file)
        if not found:  # as nearly always; then no catalogue is read
            return ()
        catalogue = self._catalogue()
        return tuple(looked_at(self._repository, catalogue, path) for path in found)

    def merge_copy(self, name: str) -> Imported:
        """Merge one of these copies by its name, and put its file out of the way."""
        with _refusing("data"):
            found = {path.name: path for path in conflict_copies(self._repository.file)}
        if name not in found:
            raise Refusal(Problem("file", f"file: there is no copy {name} beside the data file."))
        now = self._now()
        merged = taken_in(self._repository, self._catalogue(), found[name], now)
        with _refusing("file"):
            move_aside(found[name], now, "merged")
        return _imported(merged)

    def doctor(self, *, fix: bool = False) -> Checkup:
        """Check every record and file; with `fix` mend what needs no decision, after a backup."""
        with _refusing("data"):
            return Doctor(self._folder, self._repository, self._now()).checkup(fix=fix)

    def _catalogue(self) -> Catalogue:
        return Catalogue(catalogue_folder(self._folder))

    def _located(self, path: Path) -> Path:
        """A bare name may be that of a copy beside the data file."""
        beside = real(self._repository.file).parent / path.name
        return beside if path.name == str(path) and not path.exists() else path


@contextmanager
def _refusing(field: str) -> Iterator[None]:
    """Turn what storage or the system refuses into a refusal of that field."""
    try:
        yield
    except (StorageError, OSError) as error:
        raise Refusal(Problem(field, f"{field}: {error}")) from error


def _imported(merged: Merged) -> Imported:
    counts = (merged.added, merged.changed, merged.removed)
    if not any(counts):
        message = "Nothing new: every record of the file is here already, or changed since."
    else:
        message = (
            f"Records: {merged.added} came in, {merged.changed} changed, {merged.removed} "
            "removed. `coach undo` takes all of it back; `coach replan` fits the plan to it."
        )
    return Imported(
        added=merged.added,
        changed=merged.changed,
        removed=merged.removed,
        backup=merged.backup.name if merged.backup else None,
        message=message,
    )
