"""The bytes of a data file to records, records to documents and back, with the fields that a newer
version added kept; a sentence about what is wrong where that fails.
"""

import codecs
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, TypeVar

import msgspec

from coach.model.attempt import Attempt
from coach.model.facts import Facts
from coach.model.settings import Tracked
from coach.storage.files import DamagedFile, StorageError, damaged
from coach.storage.journal import journal_entries
from coach.storage.schema import (
    CHANGED,
    RECORDS,
    SCHEMA,
    Document,
    Edits,
    Packed,
    Stored,
    Tables,
    converted,
    last_change,
    migrate,
    moment_after,
    packed_phrase,
    unpacked_phrase,
)
from coach.storage.validation import invalid_field

_ERRORS = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_CHUNK = 1 << 20
T = TypeVar("T")


class _Key:
    """A table's key that equals no other, so that a duplicated id is not swallowed."""

    def __init__(self, text: str) -> None:
        self.text = text


class _Meta(msgspec.Struct):
    schema: int
    revision: object = 0


class Loaded(msgspec.Struct, frozen=True):
    """A data file: its records, the number of the save that wrote it, 0 where it has none, and
    its tables as they lie in it."""

    facts: Facts
    revision: int
    tables: Stored


def check_sound(data: bytes) -> Facts:
    """Everything in a data file that no reader of it refuses any part of, the journal included;
    DamagedFile where one does."""
    facts = decode_facts(data)
    journal_entries(decode_tables(data))
    return facts


def decode_facts(data: bytes) -> Facts:
    """Every record in a data file; DamagedFile where it is not one that this version can read."""
    return load_facts(data).facts


def load_facts(data: bytes) -> Loaded:
    """The same with the number of the last save."""
    tables = stored_tables(data)
    meta = _meta(tables)
    schema = meta.schema
    try:
        if schema == SCHEMA:
            facts = msgspec.json.decode(data, type=Facts, dec_hook=unpacked_phrase)
        else:
            facts = converted(migrate(decode_tables(data), schema), Facts)
    except _ERRORS as error:
        raise damaged(_first_fault(data) or str(error)) from error
    for table in RECORDS:
        for key, record in getattr(facts, table).items():
            if record.id != key:
                raise damaged(f"{table} {key} carries the id {record.id}")
            if fault := invalid_field(record):
                raise damaged(f"{table} {key}: {fault.field} {fault.text}")
    return Loaded(_without_orphans(facts), sound_revision(meta.revision), tables)


def sound_revision(number: object) -> int:
    """The number of a save as it is stored, 0 where it is none that Coach could have written."""
    return number if type(number) is int and 0 <= number < 10**15 else 0


def _without_orphans(facts: Facts) -> Facts:
    """The facts without reports whose attempt is not there.

    Two copies can make one: the attempt is removed here, its report corrected there. It stays in
    the file, where `coach doctor` finds it, and no rule has to expect it.
    """
    if all(report.attempt in facts.attempts for report in facts.reports.values()):
        return facts
    kept = {key: r for key, r in facts.reports.items() if r.attempt in facts.attempts}
    return msgspec.structs.replace(facts, reports=kept)


def decode_tables(data: bytes) -> Tables:
    """The tables as plain documents; DamagedFile where the file is no JSON of tables."""
    return _decoded(data, Tables)


def decode_loosely(data: bytes) -> dict[str, dict[str, Any]]:
    """The tables with whatever is in them; DamagedFile where the file is no JSON of tables."""
    return _decoded(data, dict[str, dict[str, Any]])


def _decoded(data: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(data, type=kind, dec_hook=lambda _, text: _Key(text))
    except _ERRORS as error:
        raise _unreadable(data, error) from error


def stored_tables(data: bytes) -> dict[str, Packed]:
    """The tables as they lie in a file, undecoded; DamagedFile where it is no JSON of tables, or
    holds an id twice."""
    _check_text(data)
    tables = _decoded(data, dict[str, dict[str, msgspec.Raw]])
    # An id that is there twice is one in `tables`. Asking each id for it takes three times as long
    # as seeing that Coach would write this very file.
    if msgspec.json.encode(tables) != data:
        for table, key in duplicated_ids(data):
            raise damaged(f"{table} {key} is there twice")
    return {name: Packed(table) for name, table in tables.items()}


def schema_of(tables: Stored) -> int:
    """The schema's number of decoded tables, this version's where there are none."""
    number: int = tables["meta"]["file"]["schema"] if tables else SCHEMA
    return number


def duplicated_ids(data: bytes) -> tuple[tuple[str, str], ...]:
    """Table and id of every record that is there more than once; DamagedFile as above."""
    tables = _decoded(data, dict[str, dict[_Key, msgspec.Raw]])
    found, seen = [], set()
    for name in ((table, key.text) for table, keys in tables.items() for key in keys):
        if name in seen:
            found.append(name)
        seen.add(name)
    return tuple(found)


def _meta(tables: Mapping[str, Packed]) -> _Meta:
    """What the file says of itself, once its version and the tables beside the records are found
    sound."""
    for table in tables.keys() - RECORDS.keys():
        for key, document in tables[table].raw.items():
            if bytes(memoryview(document)[:1]) != b"{":
                raise damaged(f"{table} {key} is no object")
    try:
        found = msgspec.json.decode(tables["meta"].raw["file"], type=_Meta)
    except (KeyError, *_ERRORS) as error:
        raise damaged("it does not say which version it has") from error
    if not 1 <= found.schema <= SCHEMA:
        version = f"version {found.schema}, this Coach reads up to {SCHEMA}"
        raise DamagedFile(f"has {version}: update Coach.", "newer")
    return found


def _check_text(data: bytes) -> None:
    """DamagedFile where the bytes are no text: what is skipped unread is never looked at."""
    if data.isascii():  # as most files are
        return
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), _CHUNK):
        end = start + _CHUNK
        try:
            decoder.decode(data[start:end], final=end >= len(data))
        except UnicodeDecodeError as error:
            raise _unreadable(data, error) from error


def _first_fault(data: bytes) -> str | None:
    """The first record that breaks the format, by table and id, with the field and the fault."""
    for table, documents in decode_tables(data).items():
        for key, document in documents.items() if table in RECORDS else ():
            try:
                converted(document, RECORDS[table])
            except msgspec.ValidationError as error:
                return f"{table} {key}: {error}"
    return None


def _unreadable(data: bytes, error: Exception) -> DamagedFile:
    fault = "it is no text in utf-8" if isinstance(error, UnicodeDecodeError) else str(error)
    if isinstance(error, RecursionError):  # each Python says it in other words
        fault = "it is nested too deeply"
    if not data.strip(b"\0"):  # what a power cut leaves on some disks
        fault = "it holds nothing but zeros" if data else "it is empty"
    return damaged(fault, "unreadable")


Differences = dict[str, dict[str, msgspec.Struct | None]]


def differences(old: Facts, new: Facts) -> Differences:
    """By table and id, the records of `new` that `old` has not or has otherwise, and None for
    those it lost."""
    result: Differences = {}
    for table in RECORDS:
        before: dict[str, msgspec.Struct] = getattr(old, table)
        after: dict[str, msgspec.Struct] = getattr(new, table)
        if before is after:
            continue
        changes: dict[str, msgspec.Struct | None] = {
            key: record
            for key, record in after.items()
            if (known := before.get(key)) is not record and known != record
        }
        changes.update((key, None) for key in before if key not in after)
        if changes:
            result[table] = changes
    return result


def edits_for(changes: Differences, stored: Stored, at: datetime) -> Edits:
    """The differences as documents with the time of the change; StorageError where a field
    cannot be saved."""
    edits: Edits = {}
    for table, records in changes.items():
        documents = edits.setdefault(table, {})
        for key, record in records.items():
            if record is None:
                documents[key] = None
                continue
            document, known = _encode(table, record), stored.get(table, {}).get(key)
            if known is not None:
                understood = _encode(table, _decode(table, known))
                document = _keep_unknown(document, understood, known)
            changed = moment_after(at, last_change(stored, table, key))
            documents[key] = {**document, CHANGED: changed}
    return edits


def with_partners(edits: Edits, stored: Stored, at: datetime) -> Edits:
    """The edits with a new time of change for the other half of each sitting that they change.

    A sitting and its report are one fact: where another copy removes both and this one corrects
    either of them later, a merge has to keep both.
    """
    attempts, reports = edits.get("attempts", {}), edits.get("reports", {})
    if not attempts and not reports:
        return edits
    result = {**edits, "attempts": {**attempts}, "reports": {**reports}}
    for key, report in {**stored.get("reports", {}), **reports}.items():
        pair = {"reports": key, "attempts": report["attempt"]} if report else {}
        changed = [table for table, name in pair.items() if name in edits.get(table, {})]
        for table in pair.keys() - changed if changed else ():
            document = stored.get(table, {}).get(pair[table])
            if document is not None:
                later = moment_after(at, document.get(CHANGED))
                result[table][pair[table]] = {**document, CHANGED: later}
    return {table: documents for table, documents in result.items() if documents}


def localised(facts: Facts, zone: tzinfo) -> Facts:
    """The facts with every day that has no time as midnight of that day in `zone`."""
    tables: dict[str, dict[str, msgspec.Struct]] = {}
    for table in ("attempts", "tracked"):
        records: dict[str, msgspec.Struct] = getattr(facts, table)
        here = ((key, record, _on_its_day(record, zone)) for key, record in records.items())
        moved = {key: there for key, record, there in here if there != record}
        if moved:
            tables[table] = {**records, **moved}
    return msgspec.structs.replace(facts, **tables) if tables else facts


def _on_its_day(record: msgspec.Struct, zone: tzinfo) -> msgspec.Struct:
    """The record with midnight in `zone` for a day without a time."""
    if isinstance(record, Attempt) and not record.time_known:
        return msgspec.structs.replace(record, at=_midnight(record.at, zone))
    if isinstance(record, Tracked) and record.target and not record.target_time_known:
        return msgspec.structs.replace(record, target=_midnight(record.target, zone))
    return record


def day_of(at: datetime) -> date:
    """The day that a moment without a known time stands for: the one whose midnight it is, in its
    own offset or in the zone, at most half a day from UTC, in which it was entered."""
    if at.time() == time():
        return at.date()
    return (at.astimezone(UTC) + timedelta(hours=12)).date()


def _midnight(at: datetime, zone: tzinfo) -> datetime:
    return datetime.combine(day_of(at), time(), zone)


def patched(facts: Facts, edits: Mapping[str, Mapping[str, Document | None]]) -> Facts:
    """`facts` after the edits of its tables; DamagedFile where a document is no record."""
    tables: dict[str, dict[str, msgspec.Struct]] = {}
    for table in edits.keys() & RECORDS.keys():
        records = dict(getattr(facts, table))
        for key, document in edits[table].items():
            if document is None:
                records.pop(key, None)
            else:
                records[key] = _decode(table, document)
        tables[table] = records
    return msgspec.structs.replace(facts, **tables)


def _encode(table: str, record: msgspec.Struct) -> Document:
    """A record as a document that is proved to read back, so that no save can write a file
    which the next start would refuse."""
    try:
        # A day without a time is no moment: it is the same day wherever it is read.
        text = msgspec.json.encode(_on_its_day(record, UTC), enc_hook=packed_phrase)
        document: Document = msgspec.json.decode(text)
        fault = invalid_field(converted(document, RECORDS[table]))
    except (UnicodeEncodeError, msgspec.MsgspecError) as error:
        raise StorageError(f"This cannot be saved in {table}: {error}.") from error
    if fault is not None:
        raise StorageError(f"This cannot be saved in {table}: {fault.field} {fault.text}.")
    return document


def _decode(table: str, document: Document) -> msgspec.Struct:
    try:
        return converted(document, RECORDS[table])
    except msgspec.ValidationError as error:
        wrong, part = f"is damaged: {error}.", f"A record in {table}"
        raise DamagedFile(wrong, "invalid", part=part, reason=f"{error}.") from error


def _keep_unknown(new: Any, known: Any, stored: Any) -> Any:
    """`new` with what `stored` has beyond `known`, its part that this version understands."""
    if new == known:
        return stored
    if isinstance(new, dict) and isinstance(known, dict) and isinstance(stored, dict):
        beyond = {key: value for key, value in stored.items() if key not in known}
        kept = {
            key: _keep_unknown(value, known[key], stored[key])
            if key in known and key in stored
            else value
            for key, value in new.items()
        }
        return {**beyond, **kept}
    if isinstance(new, list) and isinstance(known, list) and isinstance(stored, list):
        return [stored[known.index(item)] if item in known else item for item in new]
    return new
