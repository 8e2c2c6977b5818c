"""TinyDB on an atomic file. Imported only to write: reading does without TinyDB."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from coach.storage.files import Stamp, StorageError, Written, read_file, replace_file, stamp
from coach.storage.records import decode_tables
from coach.storage.tables import Document, Edits, Tables


class AtomicStorage(Storage):
    """The tables as one JSON file that is replaced as a whole.

    What was read or written last is kept and given out again while the file on disk is the same,
    so the documents in it must never be changed in place. It is forgotten when a write fails,
    because TinyDB has changed it by then.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._tables: Tables | None = None
        self._stamp: Stamp | None = None
        self._warning: str | None = None
        self._batching = False
        self._unsaved = False

    def read(self) -> Tables | None:
        """The tables, None where there is no file; DamagedFile where they cannot be read."""
        if self._unsaved or (self._tables is not None and stamp(self._path) == self._stamp):
            return self._tables
        found = read_file(self._path)
        self._tables = decode_tables(found[0]) if found else None
        self._stamp = found[1] if found else None
        return self._tables

    def write(self, data: Tables) -> None:
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
    def cached(self) -> Tables | None:
        """What was read or written last, None where that failed."""
        return self._tables

    @property
    def written(self) -> Written:
        """What came of the last write; there must have been one."""
        assert self._stamp is not None
        return Written(self._stamp, self._warning)

    def _save(self) -> None:
        try:
            self._stamp, self._warning = replace_file(self._path, encode_tables(self._tables))
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

        def updater(table: dict[Any, Mapping[str, Any]]) -> None:
            for key, document in edits.items():
                if document is None:
                    table.pop(key, None)
                else:
                    table[key] = document

        # TinyDB has no public call for many documents under given ids; this is the method that
        # its own calls end in, and it copies the table once instead of once for each document.
        self._update_table(updater)


class Database(TinyDB):
    """The data file as a TinyDB."""

    table_class = RecordTable

    def __init__(self, path: Path) -> None:
        super().__init__(path, storage=AtomicStorage)

    def stored(self) -> Tables:
        """Every table as it is on disk; not to be changed."""
        return cast(Tables, self.storage.read() or {})

    def apply(self, edits: Edits) -> Written:
        """Save edits of several tables in one write.

        StorageError where that fails; the file is then as it was.
        """
        storage = cast(AtomicStorage, self.storage)
        with storage.batch():
            for name, documents in edits.items():
                cast(RecordTable, self.table(name)).apply(documents)
        return storage.written

    def replace(self, tables: Tables) -> Written:
        """Save these tables in place of all that is there."""
        storage = cast(AtomicStorage, self.storage)
        storage.write(tables)
        return storage.written

    def cached(self) -> Tables | None:
        """The tables that were read or written last, whatever is on disk by now."""
        return cast(AtomicStorage, self.storage).cached


def encode_tables(tables: Tables | None) -> bytes:
    """The content of a data file; StorageError where a text cannot be saved."""
    try:
        return msgspec.json.encode(tables)
    except UnicodeEncodeError as error:
        raise StorageError("A text holds a character that cannot be saved.") from error
