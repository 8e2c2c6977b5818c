"""TinyDB on an atomic file. Imported only to write: reading does without TinyDB."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from coach.storage.files import Stamp, Written, read_file, replace_file, stamp
from coach.storage.records import stored_tables
from coach.storage.tables import Document, Edits, Stored, edited, encode_tables


class AtomicStorage(Storage):
    """The tables as one JSON file that is replaced as a whole.

    What was read or written last is kept and given out again while the file on disk is the same;
    it begins with `known`, which somebody else read. It is forgotten when a write fails, because
    TinyDB has changed it by then.
    """

    def __init__(self, path: Path, known: tuple[Stored | None, Stamp | None]) -> None:
        super().__init__()
        self._path = path
        self._tables, self._stamp = known
        self._warning: str | None = None
        self._batching = False
        self._unsaved = False

    def read(self) -> dict[str, Any] | None:
        """The tables, None where there is no file; DamagedFile where they cannot be read."""
        if self._unsaved or (self._tables is not None and stamp(self._path) == self._stamp):
            return None if self._tables is None else dict(self._tables)
        found = read_file(self._path)
        self._tables = stored_tables(found[0]) if found else None
        self._stamp = found[1] if found else None
        return None if self._tables is None else dict(self._tables)

    def write(self, data: Stored) -> None:
        """Save the tables, or keep them for the end of the batch."""
        self._tables = data
        self._unsaved = True
        if not self._batching:
            self._save()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Collect all writes into one; an exception inside drops them all."""
        self._batching = True
        try:
            yield
            if self._unsaved:
                self._save()
        finally:
            self._batching = False
            if self._unsaved:
                self._forget()

    @property
    def cached(self) -> Stored | None:
        """What was read or written last, None where that failed."""
        return self._tables

    @property
    def written(self) -> Written:
        """What came of the last write; there must have been one."""
        assert self._stamp is not None
        return Written(self._stamp, self._warning)

    def _save(self) -> None:
        try:
            written = replace_file(self._path, encode_tables(self._tables or {}))
            self._stamp, self._warning = written.stamp, written.warning
            self._unsaved = False
        finally:
            if self._unsaved:
                self._forget()

    def _forget(self) -> None:
        self._tables = self._stamp = None
        self._unsaved = False


class RecordTable(Table):
    """A table whose document ids are our own record ids."""

    document_id_class = str  # type: ignore[assignment]

    def apply(self, edits: Mapping[str, Document | None]) -> None:
        """Set each document under its id, or remove it where None is given."""

        # TinyDB has no call for many documents under given ids, and those that it has decode
        # every document of the table; this does what they all end in.
        tables: dict[str, Any] = self._storage.read() or {}
        tables[self.name] = edited(tables.get(self.name, {}), edits)
        self._storage.write(tables)
        self.clear_cache()


class Database(TinyDB):
    """The data file as a TinyDB."""

    table_class = RecordTable

    def __init__(
        self, path: Path, known: tuple[Stored | None, Stamp | None] = (None, None)
    ) -> None:
        super().__init__(path, known, storage=AtomicStorage)
        self._file = cast(AtomicStorage, self.storage)

    def stored(self) -> Stored:
        """Every table as it is on disk."""
        return self._file.read() or {}

    def apply(self, edits: Edits) -> Written:
        """Save edits of several tables in one write.

        StorageError where that fails; the file is then as it was.
        """
        with self._file.batch():
            for name, documents in edits.items():
                cast(RecordTable, self.table(name)).apply(documents)
        return self._file.written

    def replace(self, tables: Stored) -> Written:
        """Save these tables in place of all that is there."""
        self._file.write(tables)
        return self._file.written

    def cached(self) -> Stored:
        """The tables that were read or written last, whatever is on disk by now."""
        return self._file.cached or {}
