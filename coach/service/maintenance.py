"""Use cases that look after the data: backups, restore, merge, and a file that is damaged."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from coach.catalogue import Catalogue
from coach.model import made_from
from coach.service.data_files import Contents, Copy, contents, merge_file, preview_merge
from coach.service.doctor import Checkup, Doctor
from coach.service.refusal import Problem, Refusal, refusing
from coach.storage.backups import Backup as Backup
from coach.storage.files import (
    Damage,
    DamagedFile,
    StorageError,
    catalogue_folder,
    move_aside,
    read_file,
    real,
)
from coach.storage.integrity_check import check_integrity
from coach.storage.merging import Merged, conflict_copies
from coach.storage.records import decode_facts
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


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """Why the data file cannot be used. `damage` is None where the system does not give it.

    `mendable` counts the faults that a repair would take away, 0 where it cannot. `backup` is the
    newest good one and `holds` what is in it.
    """

    text: str
    damage: Damage | None
    mendable: int = 0
    backup: Backup | None = None
    holds: Contents | None = None


class Maintenance:
    """Looks after one data folder. Every method raises `Refusal` where it cannot be done.

    `repository` is that of a service on the same folder, which then sees what was done.
    """

    def __init__(
        self,
        folder: Path,
        now: Callable[[], datetime],
        repository: Repository | None = None,
        waiting: Callable[[], None] | None = None,
    ) -> None:
        self.folder = folder
        self._now = now
        self._repository = repository or Repository(folder, now().tzinfo or UTC, waiting)

    def take_notices(self) -> tuple[str, ...]:
        """What happened to the data file besides and was not said yet, each one sentence."""
        return self._repository.take_notices()

    def backups(self) -> tuple[Backup, ...]:
        """The backups of the data file, newest first."""
        with refusing("backup"):
            return self._repository.backups.list()

    def make_backup(self) -> Backup:
        """Copy the data file as it is."""
        with refusing("backup"):
            backup = self._repository.backups.make(self._now(), "manual")
        if backup is None:
            raise Refusal(Problem("data", "there is nothing to back up yet."))
        return backup

    def restore_backup(self, name: str) -> Restored:
        """Bring back a backup by its name or the beginning of it; the state before is kept."""
        with refusing("backup"):
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
        # A bare name may be that of a copy beside the data file.
        beside = real(self._repository.file).parent / path.name
        located = beside if path.name == str(path) and not path.exists() else path
        return _imported(merge_file(self._repository, self._catalogue(), located, self._now()))

    def copies(self) -> tuple[Copy, ...]:
        """The copies of the data that a file synchroniser left beside it, and what each holds."""
        with refusing("data"):
            found = conflict_copies(self._repository.file)
        if not found:  # as nearly always; then no catalogue is read
            return ()
        catalogue = self._catalogue()
        return tuple(preview_merge(self._repository, catalogue, path) for path in found)

    def merge_copy(self, name: str) -> Imported:
        """Merge one of these copies by its name, and put its file out of the way."""
        with refusing("data"):
            found = {path.name: path for path in conflict_copies(self._repository.file)}
        if name not in found:
            raise Refusal(Problem("file", f"there is no copy {name} beside the data file."))
        now = self._now()
        merged = merge_file(self._repository, self._catalogue(), found[name], now)
        with refusing("file"):
            move_aside(found[name], now, "merged")
        return _imported(merged)

    def doctor(self, *, fix: bool = False) -> Checkup:
        """Check every record and file; with `fix` mend what needs no decision, after a backup."""
        with refusing("data"):
            return Doctor(self.folder, self._repository, self._now()).checkup(fix=fix)

    def trouble(self) -> Trouble | None:
        """What is wrong with the data file as it is at this moment, None where it is sound."""
        try:
            self._repository.load()
        except DamagedFile as error:
            backup = self._repository.backups.newest_good()
            return Trouble(
                text=error.fault,
                damage=error.damage,
                mendable=self._mendable() if error.damage != "missing" else 0,
                backup=backup,
                holds=self.contents(backup.name) if backup else None,
            )
        except StorageError as error:
            return Trouble(text=str(error), damage=None)
        return None

    def contents(self, backup: str) -> Contents | None:
        """What a backup holds, None where it cannot be used."""
        try:
            return contents(decode_facts(self._repository.backups.read(backup)))
        except StorageError:
            return None

    def start_empty(self) -> Path | None:
        """Begin a new data file; the damaged one is kept under the dated name returned."""
        with refusing("data"):
            return self._repository.set_aside(self._now())

    def _mendable(self) -> int:
        """How many faults a repair takes away, 0 where something would be left."""
        try:
            found = read_file(self._repository.file)
        except StorageError:
            return 0
        report = check_integrity(found[0]) if found else None
        return len(report.findings) if report and report.repaired is not None else 0

    def _catalogue(self) -> Catalogue:
        return Catalogue(catalogue_folder(self.folder))


def _imported(merged: Merged) -> Imported:
    counts = (merged.added, merged.changed, merged.removed)
    if not any(counts):
        message = "Nothing new: every record of the file is here already, or changed since."
    else:
        message = (
            f"Records: {merged.added} came in, {merged.changed} changed, {merged.removed} "
            "removed. `coach undo` takes all of it back; `coach replan` fits the plan to it."
        )
    if merged.dropped:
        reports = ", ".join(merged.dropped)
        message += f" Removed with their sitting, which another copy removed later: {reports}."
    backup = merged.backup.name if merged.backup else None
    return made_from(Imported, merged, backup=backup, message=message)
