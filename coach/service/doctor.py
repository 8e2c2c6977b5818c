"""The check-up of a data folder: what is wrong with its records and files, and mending it.

The texts name records, fields and files, never what a person wrote: they can be passed on.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from coach.catalogue import Catalogue
from coach.service.checkup import oddities
from coach.service.copies import looked_at, taken_in
from coach.service.health import about
from coach.service.refusal import Refusal
from coach.storage.backups import Backup
from coach.storage.copies import conflict_copies
from coach.storage.decoding import decode_facts
from coach.storage.errors import DamagedFile, StorageError
from coach.storage.examination import Examination, Finding, examine
from coach.storage.files import can_write, is_private, move_aside, read_file
from coach.storage.paths import catalogue_folder, log_file
from coach.storage.repository import Repository

FIX = "`coach doctor --fix`"


class Checkup(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with the data, and what was mended. `ok`: nothing is wrong any more.

    `backup` is the one made before mending; `about` says what a bug report should: versions,
    sizes and numbers.
    """

    ok: bool
    problems: tuple[Finding, ...]
    fixed: tuple[Finding, ...] = ()
    backup: str | None = None
    about: dict[str, str] = {}


class Doctor:
    """Looks at one data folder as it is at the moment `now`."""

    def __init__(self, folder: Path, repository: Repository, now: datetime) -> None:
        self._folder = folder
        self._repository = repository
        self._backups = repository.backups
        self._catalogue = Catalogue(catalogue_folder(folder))
        self._now = now

    def checkup(self, *, fix: bool) -> Checkup:
        """Find every problem; with `fix` mend what needs no decision, after a backup."""
        before = after = self._problems()
        backup = None
        if fix and before:
            backup = self._mend()
            after = self._problems()
        left = {*after}
        return Checkup(
            ok=not after,
            problems=after,
            fixed=tuple(finding for finding in before if finding not in left),
            backup=backup.name if backup else None,
            about=about(self._repository, self._now),
        )

    def _problems(self) -> tuple[Finding, ...]:
        return (*self._of_records(), *self._of_files(), *self._of_copies())

    def _of_records(self) -> Iterator[Finding]:
        try:
            found = read_file(self._repository.file)
        except StorageError as error:
            yield self._unreadable(error)
            return
        if found is None:
            yield from self._missing()
            return
        examination = examine(found[0])
        for finding in examination.findings:
            yield finding if finding.fix else msgspec.structs.replace(finding, fix=self._way_out())
        if examination.repaired is not None:
            facts = decode_facts(msgspec.json.encode(examination.repaired))
            yield from oddities(facts, self._catalogue, self._now)

    def _unreadable(self, error: StorageError) -> Finding:
        """A data file that the system does not give, or that is something else."""
        fault = str(error).removeprefix(f"{self._repository.file} ").replace(_home(), "~")
        damaged = isinstance(error, DamagedFile)
        fix = self._way_out() if damaged else "Make sure that your user may read and write it."
        return _found("coach.json", fault, fix)

    def _missing(self) -> Iterator[Finding]:
        good = self._repository.newest_good_backup()
        if good is not None:
            fix = f"`coach backup restore {good.name}` brings the newest of them back."
            yield _found("coach.json", "is not there, although there are backups of it.", fix)

    def _way_out(self) -> str:
        """What mending does with a file that cannot be repaired record by record."""
        good = self._repository.newest_good_backup()
        then = f"brings back {good.name}, the newest good backup" if good else "begins anew"
        return f"{FIX} keeps the file under another name and {then}."

    def _of_files(self) -> Iterator[Finding]:
        for problem in self._catalogue.problems:
            place, _, text = problem.partition(": ")
            name, _, line = place.partition(", ")
            fix = "Correct the file, or take it out of the catalogue folder."
            yield _found(name, f"{line}: {text}" if line else text, fix)
        for name, folder in (("data folder", self._folder), ("backups", self._backups.folder)):
            if not can_write(folder):
                fix = "Make sure that your user may read and write there."
                yield _found(name, "cannot be written to, so nothing can be saved there.", fix)
        for path in self._open_to_others():
            text = "can be read by other users of this machine."
            yield _found(path.name, text, f"{FIX} takes their rights away.")

    def _of_copies(self) -> Iterator[Finding]:
        """The copies of a synchroniser by number, because their names may hold a person's."""
        for number, path in enumerate(self._copies(), 1):
            copy = looked_at(self._repository, self._catalogue, path)
            record = f"conflict copy {number}"
            if copy.problem is not None:
                text = "was left by a file synchroniser and cannot be merged."
                fix = "`coach import` with its name says why."
            else:
                text = "of the data was left by a file synchroniser"
                text += "." if copy.is_new else "; it holds nothing new."
                fix = f"{FIX} merges it, and keeps its file under another name."
            yield _found(record, text, fix)

    def _copies(self) -> tuple[Path, ...]:
        try:
            return conflict_copies(self._repository.file)
        except StorageError:  # a folder that cannot be listed is found as one
            return ()

    def _open_to_others(self) -> tuple[Path, ...]:
        """What Coach made for its user alone and others may read by now."""
        file = self._repository.file
        own = (
            file,
            *_listed(file.parent, f"{file.name}.*"),
            *_listed(self._backups.folder, "*.gz"),
            log_file(self._folder),
        )
        return tuple(path for path in own if not is_private(path))

    def _mend(self) -> Backup | None:
        backup = self._mend_file()
        for path in self._copies():
            try:
                taken_in(self._repository, self._catalogue, path, self._now)
            except Refusal:  # its finding stays
                continue
            move_aside(path, self._now, "merged")
        for path in self._open_to_others():
            path.chmod(0o600)
        return backup

    def _mend_file(self) -> Backup | None:
        try:
            found = read_file(self._repository.file)
        except DamagedFile:
            self._replace()
            return None
        except StorageError:  # rights are for the person to give
            return None
        examination = examine(found[0]) if found else None
        if found is None or examination is None:
            return None
        if examination.repaired is not None and examination.findings:
            return self._repository.repair(found[0], examination.repaired, self._now)
        if _is_hopeless(examination):
            self._replace()
        return None

    def _replace(self) -> None:
        """Bring back the newest good backup, or begin anew; the file itself is kept either way."""
        good = self._repository.newest_good_backup()
        if good is None:
            self._repository.set_aside(self._now)
        else:
            self._backups.replace_damaged(good.name, self._now)


def _listed(folder: Path, pattern: str) -> tuple[Path, ...]:
    """The files of a folder by name; one that cannot be listed is found as such."""
    try:
        return tuple(folder.glob(pattern))
    except OSError:
        return ()


def _is_hopeless(examination: Examination) -> bool:
    """Whether nothing of the file can be read; one of a newer version is sound."""
    return any(not finding.fix for finding in examination.findings)


def _found(record: str, text: str, fix: str) -> Finding:
    return Finding(record=record, field=None, text=text, fix=fix)


def _home() -> str:
    return os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where there is none
