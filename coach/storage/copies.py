"""Other copies of the records: the export that carries one, the check before it is merged, and
the conflict copies that file synchronisers leave beside the data file."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from coach.storage.decoding import decode_facts, decode_tables
from coach.storage.errors import DamagedFile, StorageError, read_failed
from coach.storage.files import read_file, real
from coach.storage.merging import OWN
from coach.storage.migrations import SCHEMA, migrate
from coach.storage.sanity import impossible
from coach.storage.tables import CHANGED, RECORDS, Document, Tables, parse_moment
from coach.storage.traces import read_trace

FORMAT = "coach-export"
VERSION = 1
LARGEST_BYTES = 64 * 1024 * 1024
HEAD = ("format", "version", "exported", "schema")
# What stands between the file's own name and its ending, by who puts it there.
_MARKS = "|".join((
    r" ?\([^/]+\)",  # Dropbox, Nextcloud, Google Drive, Seafile, Box
    r" \d+",  # iCloud
    r"\.sync-conflict-[^/]+",  # Syncthing
    r"[ _.-].*conflict[^/]*",  # older Nextcloud, Synology, Resilio
    r"-[A-Za-z0-9][A-Za-z0-9-]*",  # OneDrive: the name of the computer
    r" - [^/]+",  # Windows
))  # fmt: skip


class _Top(msgspec.Struct):
    format: object = None
    meta: object = None


_TOP = msgspec.json.Decoder(_Top)


def export_document(tables: Tables, now: datetime) -> dict[str, Any]:
    """All records by table and id with their times of change, what was removed, and the time of
    the export; tables and fields of a newer version included."""
    records = {table: tables.get(table, {}) for table in RECORDS}
    others = {name: tables[name] for name in tables.keys() - RECORDS.keys() - {*OWN}}
    head = {"format": FORMAT, "version": VERSION, "exported": now, "schema": SCHEMA}
    return {**head, **records, **others, "deleted": tables.get("deleted", {})}


def read_copy(data: bytes) -> Tables:
    """The records of an export or of a data file, checked; StorageError with one sentence where
    it is neither, or any part of it cannot be used."""
    if len(data) > LARGEST_BYTES:
        raise StorageError(f"it is larger than {LARGEST_BYTES // 1024**2} MB.")
    try:
        document = msgspec.json.decode(data, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise StorageError(f"it is no export of Coach: {error}.") from error
    if document.get("format") == FORMAT:
        tables = _of_export(document)
    elif "meta" in document:
        tables = _of_data_file(data)
    else:
        raise StorageError("it is neither an export of Coach nor a data file.")
    for table, documents in tables.items():
        for key, record in documents.items():
            _check(table, key, record)
    return tables


def conflict_copies(file: Path) -> tuple[Path, ...]:
    """The copies of the data file that a synchroniser put beside it, by name.

    An export that lies there is none of them, nor is a file of another kind.
    """
    target = real(file)
    stem, suffix = re.escape(target.stem), re.escape(target.suffix)
    # rclone puts its mark behind the ending.
    named = re.compile(rf"{stem}(?:{_MARKS}){suffix}|{stem}{suffix}\.conflict\d+", re.IGNORECASE)
    try:
        found = sorted(path for path in target.parent.iterdir() if named.fullmatch(path.name))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise read_failed(error, target.parent) from error
    return tuple(path for path in found if path.is_file() and _is_data(path))


def _is_data(path: Path) -> bool:
    """Whether a file is a data file; of a damaged one its name decides."""
    try:
        found = read_file(path)
        top = _TOP.decode(found[0]) if found else _Top()
    except (StorageError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return "conflict" in path.name.casefold()
    return top.meta is not None and top.format != FORMAT


def _of_export(document: dict[str, Any]) -> Tables:
    schema = document.get("schema", 1)
    for name, number, newest in (
        ("version", document.get("version"), VERSION),
        ("schema", schema, SCHEMA),
    ):
        if type(number) is not int or number < 1:
            raise StorageError(f"its {name} is no number that Coach gives.")
        if number > newest:
            raise StorageError(f"it comes from a newer Coach ({name} {number}): update Coach.")
    rest = {name: table for name, table in document.items() if name not in HEAD}
    try:
        tables = msgspec.convert(rest, Tables)
    except msgspec.ValidationError as error:
        raise StorageError(f"it is damaged: {error}.") from error
    return _shared({**tables, "meta": {"file": {"schema": schema}}}, schema)


def _of_data_file(data: bytes) -> Tables:
    try:
        decode_facts(data)
    except DamagedFile as error:
        text = str(error).replace("The data file", "it", 1)
        raise StorageError(text) from error
    tables = decode_tables(data)
    return _shared(tables, tables["meta"]["file"]["schema"])


def _shared(tables: Tables, schema: int) -> Tables:
    """The tables that a merge looks at, in this version's shape."""
    if schema < SCHEMA:
        tables = migrate({**{table: {} for table in (*RECORDS, "journal")}, **tables}, schema)
    own = {*OWN} - {"deleted"}
    return {name: table for name, table in tables.items() if name not in own}


def _check(table: str, key: str, document: Document) -> None:
    where = f"{table} {key}"
    if table == "deleted":
        trace = read_trace(key, document)
        if trace is None or trace.table in OWN:
            raise StorageError(f"{where} does not name a record and when it was removed.")
        return
    if table in RECORDS:
        _check_record(where, key, document, RECORDS[table])
    changed = document.get(CHANGED)
    if changed is not None and parse_moment(changed) is None:
        raise StorageError(f"{where}: its time of change is no time that Coach writes.")


def _check_record(where: str, key: str, document: Document, kind: type[msgspec.Struct]) -> None:
    try:
        record: Any = msgspec.convert(document, kind)
    except msgspec.ValidationError as error:
        raise StorageError(f"{where}: {error}.") from error
    if record.id != key:
        raise StorageError(f"{where} carries the id {record.id}.")
    if fault := impossible(record):
        raise StorageError(f"{where}: {fault.field} {fault.text}.")
