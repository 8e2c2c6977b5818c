"""Other copies of the records: the export that carries one, the check before it is merged, the
merge, and the conflict copies that file synchronisers leave beside the data file.

Of each record the later change wins. Every record, removed ones included, has a time of change
that is later than all it builds on. Taking the greatest version under one total order gives the
same result in whatever order and however often copies are merged.
"""

import re
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from coach.storage.backups import Backup
from coach.storage.files import DamagedFile, StorageError, read_failed, read_file, real
from coach.storage.journal import read_tombstone
from coach.storage.records import decode_facts, decode_tables
from coach.storage.schema import (
    CHANGED,
    RECORDS,
    SCHEMA,
    Document,
    Edits,
    Stored,
    Tables,
    applied,
    converted,
    encode_tables,
    migrate,
    parse_moment,
)
from coach.storage.validation import invalid_field

OWN = ("meta", "journal", "deleted", "set_aside")  # what a copy keeps to itself, or by name


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """How many records a merge brought in, changed and removed, and the backup made before it.

    `dropped` are the ids of reports that went because one copy removed their sitting later.
    """

    added: int
    changed: int
    removed: int
    dropped: tuple[str, ...] = ()
    backup: Backup | None = None


class _Version(NamedTuple):
    """One state of a record: a document, or the trace of its removal. The greater one wins.

    The order is by time of change; at the same time a record goes before its removal, lest
    something is lost, and a shorter document before a longer one, because old revisions are
    shortened without a change; then by content.
    """

    at: str
    is_there: bool
    shortness: int
    content: bytes
    document: Document


def _version(document: Document, *, removed: bool = False) -> _Version:
    at = document.get("at" if removed else CHANGED)
    moment = at if isinstance(at, str) and parse_moment(at) else ""
    content = msgspec.json.encode(document, order="sorted")
    return _Version(moment, not removed, -len(content), content, document)


def _newest(tables: Stored, table: str, key: str) -> _Version | None:
    document = tables.get(table, {}).get(key)
    trace = tables.get("deleted", {}).get(f"{table}/{key}")
    versions = [] if document is None else [_version(document)]
    versions += [] if trace is None else [_version(trace, removed=True)]
    return max(versions, default=None)


def merge_edits(stored: Stored, incoming: Stored) -> Edits:
    """The edits that turn `stored` into both together; empty where there is nothing new.

    `incoming` is checked: every document fits its table, every time of change is one. No report
    is left without its sitting.
    """
    edits: Edits = {}
    names = {(table, key) for table in incoming.keys() - OWN for key in incoming[table]}
    removed = (name.partition("/") for name in incoming.get("deleted", {}))
    for table, key in sorted(names.union((table, key) for table, _, key in removed)):
        trace = f"{table}/{key}"
        theirs, mine = _newest(incoming, table, key), _newest(stored, table, key)
        if theirs is None or (mine is not None and theirs <= mine):
            continue
        if not theirs.is_there:
            edits.setdefault("deleted", {})[trace] = theirs.document
            if key in stored.get(table, {}):
                edits.setdefault(table, {})[key] = None
        else:
            edits.setdefault(table, {})[key] = theirs.document
            if trace in stored.get("deleted", {}):
                edits.setdefault("deleted", {})[trace] = None
    _settle_orphans(edits, stored, incoming)
    return edits


def _settle_orphans(edits: Edits, stored: Stored, incoming: Stored) -> None:
    """Where one copy removed a sitting whose report the other corrected or added, the later of
    the two wins for both."""
    merged = applied(stored, edits)
    for key, report in merged.get("reports", {}).items():
        attempt = report["attempt"]
        name = f"attempts/{attempt}"
        removal = merged.get("deleted", {}).get(name)
        if attempt in merged.get("attempts", {}) or removal is None:
            continue
        known = (tables.get("attempts", {}).get(attempt) for tables in (stored, incoming))
        latest = max((_version(document) for document in known if document), default=None)
        changed = report.get(CHANGED, "")
        if latest and changed >= removal["at"]:
            document = {**latest.document, CHANGED: changed}
            edits.setdefault("attempts", {})[attempt] = document
            edits.setdefault("deleted", {})[name] = None
        elif changed < removal["at"]:
            gone = {"table": "reports", "id": key, "at": removal["at"], "was": {}}
            edits.setdefault("reports", {})[key] = None
            edits.setdefault("deleted", {})[f"reports/{key}"] = gone


def counted(edits: Edits, stored: Stored, incoming: Stored) -> Merged:
    """What the edits of a merge do to the records."""
    added = changed = removed = 0
    for table in edits.keys() & RECORDS.keys():
        for key, document in edits[table].items():
            known = key in stored.get(table, {})
            added += document is not None and not known
            changed += document is not None and known
            removed += document is None and known
    gone = (name for name, trace in edits.get("deleted", {}).items() if trace)
    dropped = tuple(
        sorted(
            name.removeprefix("reports/")
            for name in gone
            if name.startswith("reports/") and name not in incoming.get("deleted", {})
        )
    )
    return Merged(added=added, changed=changed, removed=removed, dropped=dropped)


FORMAT = "coach-export"
VERSION = 1
LARGEST_BYTES = 60 * 1024 * 1024  # 20,000 sessions and 100,000 quizzes are 48 MB
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


def export_bytes(tables: Stored, now: datetime) -> bytes:
    """All records by table and id with their times of change, what was removed, and the time of
    the export; tables and fields of a newer version included. As JSON, a field a line."""
    others = sorted(tables.keys() - RECORDS.keys() - {*OWN})
    there = {name: tables.get(name, {}) for name in (*RECORDS, *others, "deleted")}
    head = {"format": FORMAT, "version": VERSION, "exported": now.isoformat(), "schema": SCHEMA}
    text = msgspec.json.encode(head)[:-1] + b"," + encode_tables(there)[1:]
    return msgspec.json.format(text, indent=2)


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
        try:
            decode_facts(data)
        except DamagedFile as error:
            raise StorageError(f"it {error.wrong}") from error
        tables = decode_tables(data)
        tables = _shared(tables, tables["meta"]["file"]["schema"])
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


def _shared(tables: Tables, schema: int) -> Tables:
    """The tables that a merge looks at, in this version's shape."""
    if schema < SCHEMA:
        tables = migrate({**{table: {} for table in (*RECORDS, "journal")}, **tables}, schema)
    own = {*OWN} - {"deleted"}
    return {name: table for name, table in tables.items() if name not in own}


def _check(table: str, key: str, document: Document) -> None:
    where = f"{table} {key}"
    if table == "deleted":
        trace = read_tombstone(key, document)
        if trace is None or trace.table in OWN:
            raise StorageError(f"{where} does not name a record and when it was removed.")
        return
    if table in RECORDS:
        try:
            record: Any = converted(document, RECORDS[table])
        except msgspec.ValidationError as error:
            raise StorageError(f"{where}: {error}.") from error
        if record.id != key:
            raise StorageError(f"{where} carries the id {record.id}.")
        if fault := invalid_field(record):
            raise StorageError(f"{where}: {fault.field} {fault.text}.")
    changed = document.get(CHANGED)
    if changed is not None and parse_moment(changed) is None:
        raise StorageError(f"{where}: its time of change is no time that Coach writes.")
