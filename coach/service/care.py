"""Use cases that look after the data: backups, restore, merge, check-up.

They work where the data file does not: none of them needs the records to be readable.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import time_ns

import msgspec

from coach.catalogue import Catalogue
from coach.exchange.plain import quoted
from coach.service.checkup import oddities
from coach.service.refusal import Problem, Refusal
from coach.storage.backups import Backup
from coach.storage.copies import LARGEST_BYTES, conflict_copies, read_copy
from coach.storage.decoding import decode_facts
from coach.storage.errors import StorageError
from coach.storage.examination import Examination, Finding, examine
from coach.storage.files import is_private, litter, read_file
from coach.storage.merging import Merged, merging
from coach.storage.paths import catalogue_folder
from coach.storage.repository import Repository
from coach.storage.tables import Tables


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


class Checkup(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with the data, and what was mended. `ok`: nothing is wrong any more."""

    ok: bool
    problems: tuple[Finding, ...]
    fixed: tuple[Finding, ...] = ()
    backup: str | None = None


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
            backups = self._repository.backups
            done = backups.restore(backups.named(name), self._now())
        message = f"Restored {done.name}."
        if done.aside is not None:
            message += f" The damaged file is kept as {done.aside.name}."
        elif done.kept is not None:
            message += f" The state before: `coach backup restore {done.kept.name}`."
        return Restored(
            restored=done.name,
            kept=done.kept.name if done.kept else None,
            aside=str(done.aside) if done.aside else None,
            message=message,
        )

    def import_file(self, path: Path) -> Imported:
        """Merge an export or another copy of the data file; one action to undo."""
        data = _read(self._located(path))
        with _refusing("file", f"{path.name}: "):
            copy = read_copy(data)
        catalogue = Catalogue(catalogue_folder(self._folder))
        for code in sorted(copy.get("tracked", {})):
            if catalogue.exam(code) is None:
                raise Refusal(
                    Problem(
                        "file",
                        f"file: {path.name} tracks {quoted(code)}, which is not in the catalogue "
                        "here; add that exam first with `coach exams add FILE.toml`.",
                    )
                )
        with _refusing("data"):
            return _imported(self._repository.merge(copy, self._now()))

    def _located(self, path: Path) -> Path:
        """A bare name may be that of a copy beside the data file."""
        beside = self._folder / path.name
        return beside if path.name == str(path) and not path.exists() else path

    def doctor(self, *, fix: bool = False) -> Checkup:
        """Check every record and file; with `fix` mend what needs no decision, after a backup."""
        with _refusing("data"):
            before = self._problems()
            if not fix or not before:
                return Checkup(ok=not before, problems=before)
            backup = self._mend()
            after = self._problems()
        left = {*after}
        return Checkup(
            ok=not after,
            problems=after,
            fixed=tuple(finding for finding in before if finding not in left),
            backup=backup.name if backup else None,
        )

    def _problems(self) -> tuple[Finding, ...]:
        return (*self._of_records(), *self._of_files())

    def _of_records(self) -> Iterator[Finding]:
        try:
            found = read_file(self._repository.file)
        except StorageError:
            yield _found("coach.json", "cannot be opened.", "Look at the rights of the file.")
            return
        if found is None:
            return
        examination = examine(found[0])
        for finding in examination.findings:
            yield finding if finding.fix else msgspec.structs.replace(finding, fix=self._way_out())
        if examination.repaired is not None:
            facts = decode_facts(msgspec.json.encode(examination.repaired))
            yield from oddities(facts, Catalogue(catalogue_folder(self._folder)), self._now())

    def _way_out(self) -> str:
        good = self._repository.newest_good_backup()
        if good is None:
            return "There is no good backup; a copy of the file from elsewhere is needed."
        return f"`coach backup restore {good.name}` brings back the newest good backup."

    def _of_files(self) -> Iterator[Finding]:
        for problem in Catalogue(catalogue_folder(self._folder)).problems:
            place, _, text = problem.partition(": ")
            name, _, line = place.partition(", ")
            fix = "Correct the file, or take it out of the catalogue folder."
            yield _found(name, f"{line}: {text}" if line else text, fix)
        for path in self._litter():
            text = "is left over from a save that was cut short."
            yield _found(path.name, text, "`coach doctor --fix` removes it.")
        for path in self._open_to_others():
            text = "can be read by other users of this machine."
            yield _found(path.name, text, "`coach doctor --fix` takes their rights away.")
        for path in conflict_copies(self._repository.file):
            yield self._conflict(path)

    def _conflict(self, path: Path) -> Finding:
        text = "is another copy of the data, left by a file synchroniser."
        try:
            new = merging(self._repository.documents(), read_copy(_read(path)))
        except (StorageError, Refusal):
            return _found(path.name, text, f'`coach import "{path.name}"` says what it holds.')
        if not new:
            return _found(path.name, f"{text} It holds nothing new.", "Delete it.")
        fix = f'`coach import "{path.name}"` merges it; delete it then.'
        return _found(path.name, text, fix)

    def _litter(self) -> tuple[Path, ...]:
        folders = (self._folder, self._repository.backups.folder)
        return tuple(path for folder in folders for path in litter(folder, time_ns()))

    def _open_to_others(self) -> tuple[Path, ...]:
        folder = self._repository.backups.folder
        backups = [folder / backup.name for backup in self._repository.backups.list()]
        return tuple(
            p for p in (self._repository.file, *backups) if p.exists() and not is_private(p)
        )

    def _mend(self) -> Backup | None:
        backup = self._mend_records()
        for path in self._litter():
            path.unlink(missing_ok=True)
        for path in self._open_to_others():
            path.chmod(0o600)
        return backup

    def _mend_records(self) -> Backup | None:
        found = read_file(self._repository.file)
        examination: Examination | None = examine(found[0]) if found else None
        if found is None or examination is None or not examination.findings:
            return None
        repaired: Tables | None = examination.repaired
        if repaired is None:
            return None
        return self._repository.repair(found[0], repaired, self._now())


def _found(record: str, text: str, fix: str) -> Finding:
    return Finding(record=record, field=None, text=text, fix=fix)


@contextmanager
def _refusing(field: str, prefix: str = "") -> Iterator[None]:
    """Turn what storage or the system refuses into a refusal of that field."""
    try:
        yield
    except (StorageError, OSError) as error:
        raise Refusal(Problem(field, f"{field}: {prefix}{error}")) from error


def _read(path: Path) -> bytes:
    """The bytes of a regular file, one more than accepted at the most."""
    try:
        if not path.is_file():
            reason = "is no file" if path.exists() else "is not there"
            raise Refusal(Problem("file", f"file: {path} {reason}."))
        with path.open("rb") as stream:
            return stream.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refusal(Problem("file", f"file: {path} could not be read: {reason}.")) from error


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
