"""The one way to the stored records: load them, change them in a transaction, undo.

Reading decodes the file straight into records. TinyDB and the lock are imported by the first
save only, because a command that merely answers should start without them.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import msgspec

from coach.model.facts import Facts
from coach.storage.backups import Backup, Backups, Restored
from coach.storage.files import (
    DATA_FILE,
    LOCK_SECONDS,
    DamagedFile,
    Stamp,
    StorageError,
    Written,
    backup_folder,
    data_file,
    lock_file,
    locked,
    read_file,
    real,
    replace_file,
    stamp,
    sweep,
)
from coach.storage.journal import (
    compact_revisions,
    journal_edit,
    journal_entries,
    next_action,
    restore_edits,
    swap_edits,
    tombstones,
)
from coach.storage.merging import Merged, counted, merge_edits
from coach.storage.records import (
    Differences,
    Loaded,
    check_sound,
    decode_tables,
    differences,
    edits_for,
    load_facts,
    localised,
    patched,
    schema_of,
    sound_revision,
    with_partners,
)
from coach.storage.schema import (
    SCHEMA,
    Document,
    Edits,
    Stored,
    Tables,
    applied,
    encode_tables,
    migrate,
    unpacked,
)


class Repository:
    """The records in one data folder.

    Every method raises StorageError where the system refuses, and DamagedFile where the data
    file cannot be used; what is on disk is then what was there before. What happened besides,
    such as a file that went back to an older state, is in `notices` until it is taken.

    A day without a time comes out as midnight in `zone`. `waiting` is called where another writer
    lets a save wait for long enough to be noticed; after `patience` seconds the save is refused.
    """

    def __init__(
        self, folder: Path, zone: tzinfo = UTC, waiting: Callable[[], None] | None = None
    ) -> None:
        self.file = data_file(folder)
        self.backups = Backups(self.file, backup_folder(folder))
        self._waiting = waiting
        self.patience = LOCK_SECONDS
        self._zone = zone
        self._notices: list[str] = []
        self._facts = Facts()
        self._tables: Stored = {}
        self._revision = 0
        self._stamp: Stamp | None = None
        self._loaded = self._swept = False

    def load(self) -> Facts:
        """All records, read anew only where the file has changed. No file: no records.

        The first time, what a killed writer left is removed.
        """
        if not self._swept:
            for folder in (real(self.file).parent, self.backups.folder):
                sweep(folder)
            self._swept = True
        if self.changed() or not self._loaded:
            # Asked first: a save meanwhile can only make the file newer than that.
            highest = self._highest_revision()
            found = self._read()
            if found is None:
                self._facts, self._stamp, self._revision = Facts(), None, 0
                self._tables = {}
            else:
                _, stamp, loaded = found
                self._notice_step_back(loaded.revision, highest)
                self._facts = localised(loaded.facts, self._zone)
                self._stamp, self._revision = stamp, loaded.revision
                self._tables = loaded.tables
            self._loaded = True
        return self._facts

    def take_notices(self) -> tuple[str, ...]:
        """What the user should hear and has not yet."""
        taken, self._notices = tuple(self._notices), []
        return taken

    def _read(self) -> tuple[bytes, Stamp, Loaded] | None:
        """The data file as bytes and as records, None where there never was one."""
        try:
            found = read_file(self.file)
            if found is not None:
                return (*found, load_facts(found[0]))
            # A file that must have been there is damage, and nobody's first day.
            backups: tuple[Backup, ...] = ()
            with suppress(StorageError):
                backups = self.backups.list()
            if backups or self._stamp is not None:
                raise DamagedFile("is gone.", "missing")
            return None
        except DamagedFile as error:
            named = f"{error.part} {self.file}" if error.part == DATA_FILE else error.part
            error.args = (f"{named} {error.wrong} {self._remedy(error)}".strip(),)
            raise

    def _notice_step_back(self, found: int, highest: int) -> None:
        """Say that the file went back to an older save, and keep the newer state if it is known."""
        newest = max(highest, self._revision)
        if found > highest:
            self._remember(found)
        if found >= newest:
            return
        self._remember(found)
        said = f"The data file went back to an older state: save {found}, after save {newest}."
        kept = "`coach backup list` shows what is kept."
        if self._revision > found and self._stamp is not None:
            # The clock of the service is not asked here: the state is as old as its file was.
            at = datetime.fromtimestamp(self._stamp.modified_ns / 1e9, UTC)
            try:
                tables = self._tables or self._new_tables(self._facts, at, self._revision)
                backup = self.backups.keep(encode_tables(tables), at, "newer")
                kept = f"The newer one is kept: `coach backup restore {backup.name}`."
            except StorageError as error:
                kept = f"The newer one could not be kept: {error}"
        self._notices.append(f"{said} {kept}")

    def _new_tables(self, facts: Facts, at: datetime, revision: int) -> Stored:
        edits = edits_for(differences(Facts(), facts), {}, at)
        return applied({"meta": {"file": {"schema": SCHEMA, "revision": revision}}}, edits)

    def _highest_revision(self) -> int:
        """The number of the newest save that was ever seen here, 0 where that is not known. It is
        kept in the lock file, which stays where the data file is replaced."""
        try:
            return sound_revision(int(lock_file(self.file).read_bytes()[:20]))
        except (OSError, ValueError):
            return 0

    def _remember(self, revision: int) -> None:
        with suppress(OSError):  # it only serves a later warning
            flags = os.O_WRONLY | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
            descriptor = os.open(lock_file(self.file), flags)
            try:
                os.write(descriptor, b"%d\n" % revision)
            finally:
                os.close(descriptor)

    def _remedy(self, error: DamagedFile) -> str:
        """What to do about a damaged file; a newer one is no damage."""
        if error.damage == "newer":
            return ""
        good = self.backups.newest_good()
        if good is None:
            return "There is no good backup: `coach doctor` says what can be done."
        restore = f"`coach backup restore {good.name}`"
        return f"The newest good backup is of {good.at:%Y-%m-%d %H:%M} UTC: {restore}."

    def documents(self) -> Stored:
        """Every table as documents of this version, with the times of change.

        No file: no tables.
        """
        self.load()
        schema = schema_of(self._tables)
        return self._tables if schema == SCHEMA else migrate(unpacked(self._tables), schema)

    def changed(self) -> bool:
        """Whether the file on disk is another than the one that was loaded or saved last."""
        return stamp(self.file) != self._stamp

    @property
    def facts(self) -> Facts:
        """The records that were loaded or saved last."""
        return self._facts

    def begin(self, facts: Facts, at: datetime) -> None:
        """Write the first records of a folder that nobody else has yet, such as sample data.

        Without other writers it takes no lock, and without a past there is nothing to undo, which
        spares a start the imports that only changes need; nothing is lost that somebody entered,
        so it does not wait for the disk either.
        """
        self._write_new(facts, at, 1, lasting=False)

    def _write_new(
        self, facts: Facts, at: datetime, revision: int, *, lasting: bool = True
    ) -> None:
        tables = self._new_tables(facts, at, revision)
        written = replace_file(self.file, encode_tables(tables), lasting=lasting)
        self._took(facts, tables, written)

    def _took(self, facts: Facts, tables: Stored, written: Written) -> None:
        """Hold what was saved; from here on nothing may fail."""
        self._facts, self._tables, self._stamp = facts, tables, written.stamp
        self._revision = revision = _last_save(tables)
        if written.warning:
            self._notices.append(written.warning)
        self._remember(revision)

    @contextmanager
    def transaction(self) -> "Iterator[Transaction]":
        """Keep other writers out, bring the records up to date, and offer to save new ones."""
        with locked(self.file, self._waiting, self.patience):
            self.load()
            yield Transaction(self)

    def undo(
        self, at: datetime, expected: tuple[datetime, str] | None = None, *, redo: bool = False
    ) -> str | None:
        """Take the last action back and return its label, None where there is none to undo.

        With `redo`, do again the action that was taken back last. StorageError where the action
        is another than `expected`, an entry of `journal`.
        """
        with locked(self.file, self._waiting, self.patience):
            self.load()
            stored = self._stored(at)
            entries = journal_entries(stored)
            number = next_action(entries, redo=redo)
            if number is None:
                return None
            entry = entries[number]
            if expected not in (None, (entry.at, entry.label)):
                raise StorageError(f"Nothing was taken back: {entry.label} was saved meanwhile.")
            back, swapped = swap_edits(number, entry, stored, at)
            traces = {} if entry.merged else tombstones(back, stored, at)
            facts = localised(patched(self._facts, back), self._zone)
            self._save(facts, {**back, **traces, **swapped}, stored, at)
            return entry.label

    def merge(
        self, incoming: Stored, at: datetime, settle: Callable[[Facts], Facts] | None = None
    ) -> Merged:
        """Take in what another copy has that is newer, as one action, after a backup.

        `incoming` is what `read_copy` gave; `settle` makes the merged records fit each other, such
        as sessions at one time. Nothing new: no write and no backup. StorageError where the backup
        or the merged records cannot be saved.
        """
        with locked(self.file, self._waiting, self.patience):
            self.load()
            stored = self._stored(at)
            edits = merge_edits(stored, incoming)
            count = counted(edits, stored, incoming)
            if not edits:
                return count
            merged = self._checked(edits, stored)
            settled = settle(merged) if settle else merged
            if settled is not merged:
                edits = _with_further(edits, differences(merged, settled), stored, at)
                merged = self._checked(edits, stored)
            backup = self._take_over(merged, edits, stored, at, "import", "records imported")
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
            done = self.backups.replace_damaged(name, at)
            self._remember(0)
            self._stamp, self._revision = None, 0
            return done
        name = self.backups.named(name)
        tables = decode_tables(self.backups.read_sound(name))
        with locked(self.file, self._waiting, self.patience):
            self.load()
            stored = self._stored(at)
            edits = restore_edits(stored, migrate(tables, schema_of(tables)))
            facts = self._checked(edits, stored)
            kept = self._take_over(facts, edits, stored, at, "restore", "a backup restored")
        return Restored(name=name, kept=kept, aside=None)

    def journal(self) -> tuple[tuple[datetime, str], ...]:
        """The actions that can be undone, as time and label, newest first."""
        entries = journal_entries(self.documents())
        newest_first = (entries[number] for number in sorted(entries, reverse=True))
        return tuple((entry.at, entry.label) for entry in newest_first if not entry.undone)

    def undo_removes(self, table: str) -> bool:
        """Whether the next undo takes a record of that table away."""
        entries = journal_entries(self.documents())
        number = next_action(entries, redo=False)
        return number is not None and None in entries[number].before.get(table, {}).values()

    def set_aside(self, now: datetime, facts: Facts | None = None) -> Path | None:
        """Begin a new data file with these records, or none, in place of one that cannot be used.

        That one is kept: returned is the dated name, None where there was no file. `now` is in
        the user's zone.
        """
        with locked(self.file, self._waiting, self.patience):
            aside, _ = self.backups.keep_present(now)
            newest = max(self._highest_revision(), self._revision)
            self._write_new(facts or Facts(), now, newest + 1)
        return aside

    def repair(self, data: bytes, repaired: Tables, now: datetime) -> Backup | None:
        """Save mended tables in place of `data`, after a backup of it.

        StorageError where the file is another meanwhile, or cannot be saved.
        """
        tables: Tables = {**repaired, "meta": {"file": _next_meta(repaired)}}
        facts = localised(check_sound(msgspec.json.encode(tables)), self._zone)
        with locked(self.file, self._waiting, self.patience):
            found = read_file(self.file)
            if found is None or found[0] != data:
                raise StorageError(f"Another program changed {self.file}: nothing was repaired.")
            backup = self.backups.make(now, "doctor")
            self._write(facts, tables)
        return backup

    def _take_over(
        self, facts: Facts, edits: Edits, stored: Stored, at: datetime, reason: str, label: str
    ) -> Backup | None:
        """Save records from elsewhere as one action, after the backup that is returned."""
        backup = self.backups.make(at, reason)
        entry = journal_edit(edits, stored, _revision(stored) + 1, label, at, merged=True)
        self._save(facts, {**edits, **entry}, stored, at)
        return backup

    def _save(self, facts: Facts, edits: Edits, stored: Stored, at: datetime) -> None:
        tables = applied(stored, {**edits, "meta": {"file": _next_meta(stored)}})
        self.backups.make_if_due(at)
        self._write_over_loaded(facts, tables)

    def _write_over_loaded(self, facts: Facts, tables: Stored) -> None:
        if self.changed():  # by an editor or a synchroniser, which know no lock
            raise StorageError(
                f"Another program changed {self.file}: nothing was saved, try again."
            )
        self._write(facts, tables)

    def _write(self, facts: Facts, tables: Stored) -> None:
        from coach.storage.database import Database

        self._took(facts, tables, Database(self.file).replace(tables))

    def _checked(self, edits: Edits, stored: Stored) -> Facts:
        """The records after edits from elsewhere, which are checked as any file is: by reading
        them."""
        tables = applied(stored, {**edits, "meta": {"file": _next_meta(stored)}})
        try:
            return localised(check_sound(encode_tables(tables)), self._zone)
        except DamagedFile as error:
            raise StorageError(f"Nothing was changed. {error}") from error

    def _stored(self, at: datetime) -> Stored:
        """The documents that were loaded, brought to this version's schema on disk first."""
        schema = schema_of(self._tables)
        if schema < SCHEMA:
            self.backups.make(at, "migration")
            self._write_over_loaded(self._facts, migrate(unpacked(self._tables), schema))
        return self._tables


class Transaction:
    """What a use case sees while other writers are kept out."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    @property
    def facts(self) -> Facts:
        """The records as they are on disk."""
        return self._repository.facts

    def commit(self, facts: Facts, label: str | None, at: datetime) -> bool:
        """Save the records of `facts` that differ, all in one write, as one action to undo, and
        say whether there were any.

        `label` says what was done, for the list of actions; None where there is nothing to undo,
        as for a choice of what to look at. `at` is the aware time of the change. No difference:
        no write. StorageError where it cannot be saved: the file is then as it was.
        """
        repository = self._repository
        changes = differences(repository.facts, facts)
        if not changes:
            return False
        stored = repository._stored(at)
        edits = with_partners(edits_for(changes, stored, at), stored, at)
        entry = journal_edit(edits, stored, _revision(stored) + 1, label, at) if label else {}
        traces = tombstones(edits, stored, at)
        shortened = compact_revisions(edits, stored)
        if shortened:
            edits = {**edits, "revisions": {**edits["revisions"], **shortened}}
            facts = patched(facts, {"revisions": shortened})
        repository._save(facts, {**edits, **traces, **entry}, stored, at)
        return True


def _with_further(edits: Edits, changes: Differences, stored: Stored, at: datetime) -> Edits:
    """The edits of a merge with further changes to the merged records."""
    tables = applied(stored, edits)
    further = edits_for(changes, tables, at)
    further = {**further, **tombstones(further, tables, at)}
    return {
        table: {**edits.get(table, {}), **further.get(table, {})}
        for table in (*edits, *(further.keys() - edits.keys()))
    }


def _next_meta(stored: Stored) -> Document:
    """What the next save says of the file."""
    meta = stored.get("meta", {}).get("file", {})
    return {**meta, "schema": SCHEMA, "revision": _revision(stored) + 1}


def _revision(stored: Stored) -> int:
    """The number of the last save, which no action in the journal is above."""
    journal = (key for key in stored.get("journal", {}) if key.isdecimal() and len(key) <= 15)
    return max((_last_save(stored), *map(int, journal)))


def _last_save(stored: Stored) -> int:
    return sound_revision(stored.get("meta", {}).get("file", {}).get("revision"))
