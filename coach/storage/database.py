"""TinyDB on an atomic file. Imported only to write: reading does without TinyDB."""

from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from coach.storage.files import Written, read_file, replace_file
from coach.storage.records import stored_tables
from coach.storage.schema import Stored, encode_tables


class AtomicStorage(Storage):
    """The tables as one JSON file that is replaced as a whole; `written` is what came of that."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.written: Written | None = None

    def read(self) -> dict[str, Any] | None:
        """The tables, None where there is no file; DamagedFile where they cannot be read."""
        found = read_file(self._path)
        return dict(stored_tables(found[0])) if found else None

    def write(self, data: Stored) -> None:
        """Save the tables in place of all that is there."""
        self.written = replace_file(self._path, encode_tables(data))


class RecordTable(Table):
    """A table whose document ids are our own record ids."""

    document_id_class = str  # type: ignore[assignment]


class Database(TinyDB):
    """The data file as a TinyDB."""

    table_class = RecordTable

    def __init__(self, path: Path) -> None:
        super().__init__(path, storage=AtomicStorage)

    def replace(self, tables: Stored) -> Written:
        """Save these tables in place of all that is there; StorageError where that fails, and the
        file is then as it was.

        TinyDB itself would decode every document of a table that it changes, and write each table
        on its own.
        """
        storage = cast(AtomicStorage, self.storage)
        storage.write(tables)
        assert storage.written is not None
        return storage.written
