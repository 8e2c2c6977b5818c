"""The one way to the stored records: load them, change them in a transaction, undo.

Reading decodes the file straight into records. TinyDB and the lock are imported by the first
save only, because a command that merely answers should start without them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from coach.model.facts import Facts
from coach.storage.backups import Backup, Backups, Restored
from coach.storage.decoding import decode_facts, decode_tables, schema_of
from coach.storage.errors import DamagedFile, StorageError
from coach.storage.files import (
    Stamp,
    locked,
    read_file,
    real,
    replace_file,
    stamp,
    sweep,
)
from coach.storage.journal import journal_entries, recorded, tombstones, undoing
from coach.storage.merging import Merged, counted, merging
from coach.storage.migrations import SCHEMA, migrate
from coach.storage.paths import backup_folder, data_file
from coach.storage.records import differences, edits_for, patched
from coach.storage.restoring import restoring
from coach.storage.shortening import shortening
from coach.storage.tables import Edits, Tables

if TYPE_CHECKING:
    from coach.storage.atomic import Database


class Repository:
    """The records in one data folder.

    Every method raises StorageError where the system refuses, and DamagedFile where the data
    file cannot be used; what is on disk is then what was there before.
    """

    def __init__(self, folder: Path) -> None:
        self.file = data_file(folder)
        self.backups = Backups(self.file, backup_folder(folder))
        self._facts = Facts()
        self._stamp: Stamp | None = None
        self._database: Database | None = None
        self._swept = False

    def load(self) -> Facts:
        """All records, read anew only where the file has changed. No file: no records.

        The first time, what a killed writer left is removed.
        """
        self._sweep()
        if self.changed():
            found = self._read()
            self._facts, self._stamp = (found[2], found[1]) if found else (Facts(), None)
        return self._facts

    def _read(self) -> tuple[bytes, Stamp, Facts] | None:
        """The data file as bytes and as records, None where there is none."""
        try:
            found = read_file(self.file)
            return (*found, decode_facts(found[0])) if found else None
        except DamagedFile as error:
            named = str(error).replace("The data file", f"The data file {self.file}", 1)
            raise DamagedFile(f"{named} {self._remedy(error)}".strip(), error.damage) from error

    def _remedy(self, error: DamagedFile) -> str:
        """What to do about a damaged file; a newer one is no damage."""
        if error.damage == "newer":
            return ""
        good = self.newest_good_backup()
        if good is None:
            return "There is no good backup: `coach doctor` says what can be done."
        restore = f"`coach backup restore {good.name}`"
        return f"The newest good backup is of {good.at:%Y-%m-%d %H:%M} UTC: {restore}."

    def documents(self) -> Tables:
        """Every table as documents of this version, with the times of change; not to be changed.

        No file: no tables.
        """
        found = self._read()
        if found is None:
            return {}
        tables = decode_tables(found[0])
        return migrate(tables, schema_of(tables))

    def changed(self) -> bool:
        """Whether the file on disk is another than the one that was loaded or saved last."""
        return stamp(self.file) != self._stamp

    def begin(self, facts: Facts, at: datetime) -> None:
        """Write the first records of a folder that nobody else has yet, such as sample data.

        Without other writers it takes no lock, and without a past there is nothing to undo, which
        spares a start the imports that only changes need.
        """
        edits = edits_for(differences(Facts(), facts), {}, at)
        meta = {"file": {"schema": SCHEMA, "revision": 1}}
        self._stamp = replace_file(self.file, msgspec.json.encode({**edits, "meta": meta}))
        self._facts = facts

    @contextmanager
    def transaction(self) -> "Iterator[Transaction]":
        """Keep other writers out, bring the records up to date, and offer to save new ones."""
        with locked(self.file):
            self.load()
            yield Transaction(self)

    def undo(self, at: datetime, expected: tuple[datetime, str] | None = None) -> str | None:
        """Take the last action back and return its label, None where there is none to undo.

        StorageError where it is another than `expected`, an entry of `journal`.
        """
        with locked(self.file):
            self.load()
            entries = journal_entries(self._stored(at))
            if not entries:
                return None
            number = max(entries)
            entry = entries[number]
            if expected not in (None, (entry.at, entry.label)):
                raise StorageError(f"Nothing was taken back: {entry.label} was saved meanwhile.")
            back, forgotten = undoing(number, entry, self._stored(at), at)
            traces = {} if entry.merged else tombstones(back, self._stored(at), at)
            self._save(patched(self._facts, back), {**back, **traces, **forgotten}, at)
            return entry.label

    def merge(self, incoming: Tables, at: datetime) -> Merged:
        """Take in what another copy has that is newer, as one action, after a backup.

        `incoming` is what `read_copy` gave. Nothing new: no write and no backup. StorageError
        where the backup or the merged records cannot be saved.
        """
        with locked(self.file):
            self.load()
            stored = self._stored(at)
            edits = merging(stored, incoming)
            count = counted(edits, stored)
            if not edits:
                return count
            backup = self.backups.make(at, "import")
            entry = recorded(
                edits, stored, _revision(stored) + 1, "records imported", at, merged=True
            )
            self._save_and_check({**edits, **entry}, at)
        return msgspec.structs.replace(count, backup=backup)

    def restore(self, name: str, at: datetime) -> Restored:
        """Bring a backup back as one action to undo, after a backup of the present state.

        That goes for a backup of what is there too: the next undo takes back nothing else.
        A data file that is damaged or gone has nothing to go back to: the backup takes its place.
        StorageError where the backup cannot be used or saved; the data is then as it was.
        """
        try:
            there = self._read()
        except StorageError:
            there = None
        if there is None:
            return self.backups.replace_damaged(name, at)
        name = self.backups.named(name)
        tables = decode_tables(self.backups.read_sound(name))
        with locked(self.file):
            self.load()
            stored = self._stored(at)
            edits = restoring(stored, migrate(tables, schema_of(tables)))
            kept = self.backups.make(at, "restore")
            entry = recorded(
                edits, stored, _revision(stored) + 1, "a backup restored", at, merged=True
            )
            self._save_and_check({**edits, **entry}, at)
        return Restored(name=name, kept=kept, aside=None)

    def journal(self) -> tuple[tuple[datetime, str], ...]:
        """The actions that can be undone, as time and label, newest first."""
        found = read_file(self.file)
        entries = journal_entries(decode_tables(found[0])) if found else {}
        return tuple((entries[n].at, entries[n].label) for n in sorted(entries, reverse=True))

    def set_aside(self, now: datetime) -> Path:
        """Move a data file that cannot be used to a name with the time, and return that.

        The next save begins a new one. `now` is in the user's zone.
        """
        with locked(self.file):
            return self.backups.move_aside(now)

    def repair(self, data: bytes, repaired: Tables, now: datetime) -> Backup | None:
        """Save mended tables in place of `data`, after a backup of it.

        StorageError where the file is another meanwhile, or cannot be saved.
        """
        with locked(self.file):
            found = read_file(self.file)
            if found is None or found[0] != data:
                raise StorageError(f"Another program changed {self.file}: nothing was repaired.")
            backup = self.backups.make(now, "doctor")
            self._open().replace(repaired)
            self._stamp = None
        return backup

    def newest_good_backup(self) -> Backup | None:
        """The newest backup that can be restored."""
        return self.backups.newest_good()

    def _commit(self, facts: Facts, label: str | None, at: datetime) -> None:
        changes = differences(self._facts, facts)
        if not changes:
            return
        if self.changed():  # by an editor or a synchroniser, which know no lock
            raise StorageError(
                f"Another program changed {self.file}: nothing was saved, try again."
            )
        stored = self._stored(at)
        edits = edits_for(changes, stored, at)
        entry = recorded(edits, stored, _revision(stored) + 1, label, at) if label else {}
        traces = tombstones(edits, stored, at)
        shortened = shortening(edits, stored)
        if shortened:
            edits = {**edits, "revisions": {**edits["revisions"], **shortened}}
            facts = patched(facts, {"revisions": shortened})
        self._save(facts, {**edits, **traces, **entry}, at)

    def _save(self, facts: Facts, edits: Edits, at: datetime) -> None:
        self.backups.make_if_due(at)
        database = self._open()
        stored = database.stored()
        meta = stored.get("meta", {}).get("file", {})
        meta = {**meta, "schema": SCHEMA, "revision": _revision(stored) + 1}
        saved = database.apply({**edits, "meta": {"file": meta}})
        self._facts, self._stamp = facts, saved

    def _save_and_check(self, edits: Edits, at: datetime) -> None:
        """Save records from elsewhere, which are checked as any file is: by reading them."""
        self._save(self._facts, edits, at)
        self._stamp = None
        self.load()

    def _stored(self, at: datetime) -> Tables:
        """The documents on disk, brought to this version's schema there first."""
        database = self._open()
        stored = database.stored()
        if stored and schema_of(stored) < SCHEMA:
            self.backups.make(at, "migration")
            database.replace(migrate(stored, schema_of(stored)))
        return database.stored()

    def _open(self) -> "Database":
        if self._database is None:
            from coach.storage.atomic import Database

            self._database = Database(self.file)
        return self._database

    def _sweep(self) -> None:
        if not self._swept:
            for folder in (real(self.file).parent, self.backups.folder):
                sweep(folder)
            self._swept = True


class Transaction:
    """What a use case sees while other writers are kept out."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    @property
    def facts(self) -> Facts:
        """The records as they are on disk."""
        return self._repository.load()

    def commit(self, facts: Facts, label: str | None, at: datetime) -> None:
        """Save the records of `facts` that differ, all in one write, as one action to undo.

        `label` says what was done, for the list of actions; None where there is nothing to undo,
        as for a choice of what to look at. `at` is the aware time of the change. No difference:
        no write. StorageError where it cannot be saved: the file is then as it was.
        """
        self._repository._commit(facts, label, at)


def _revision(stored: Tables) -> int:
    """The number of the last save, which no action in the journal is above."""
    number = stored.get("meta", {}).get("file", {}).get("revision")
    sound = number if type(number) is int and 0 <= number < 10**15 else 0
    journal = (key for key in stored.get("journal", {}) if key.isdecimal() and len(key) <= 15)
    return max((sound, *map(int, journal)))
