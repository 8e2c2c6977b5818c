"""The bytes of a data file to `Facts`, or a sentence about what is wrong with them."""

import codecs
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from coach.model.facts import Facts
from coach.storage.errors import DamagedFile
from coach.storage.journal import journal_entries
from coach.storage.migrations import SCHEMA, migrate
from coach.storage.sanity import impossible
from coach.storage.tables import RECORDS, Tables

_ERRORS = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_CHUNK = 1 << 20


class _Key:
    """A table's key that equals no other, so that a duplicated id is not swallowed."""

    def __init__(self, text: str) -> None:
        self.text = text


class _Meta(msgspec.Struct):
    schema: int
    revision: object = 0


class Loaded(NamedTuple):
    """A data file: its records, and the number of the save that wrote it, 0 where it has none."""

    facts: Facts
    revision: int


_Outline = dict[str, dict[_Key, msgspec.Raw]]


def _key(kind: type[Any], text: str) -> _Key:
    return _Key(text)


_OUTLINE = msgspec.json.Decoder(_Outline, dec_hook=_key)
_META = msgspec.json.Decoder(_Meta)
_TABLES = msgspec.json.Decoder(Tables)
_LOOSE = msgspec.json.Decoder(dict[str, dict[str, Any]])
_FACTS = msgspec.json.Decoder(Facts)


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
    meta = _meta(data)
    schema = meta.schema
    try:
        if schema == SCHEMA:
            facts = _FACTS.decode(data)
        else:
            facts = msgspec.convert(migrate(decode_tables(data), schema), Facts)
    except _ERRORS as error:
        raise _invalid(_first_fault(data) or str(error)) from error
    for table in RECORDS:
        for key, record in getattr(facts, table).items():
            if record.id != key:
                raise _invalid(f"{table} {key} carries the id {record.id}")
            if fault := impossible(record):
                raise _invalid(f"{table} {key}: {fault.field} {fault.text}")
    return Loaded(_without_orphans(facts), sound_revision(meta.revision))


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
    try:
        return _TABLES.decode(data)
    except _ERRORS as error:
        raise _unreadable(data, error) from error


def decode_loosely(data: bytes) -> dict[str, dict[str, Any]]:
    """The tables with whatever is in them; DamagedFile where the file is no JSON of tables."""
    try:
        return _LOOSE.decode(data)
    except _ERRORS as error:
        raise _unreadable(data, error) from error


def schema_of(tables: Tables) -> int:
    """The schema's number of tables that were decoded before."""
    number: int = tables["meta"]["file"]["schema"]
    return number


def duplicated_ids(data: bytes) -> tuple[tuple[str, str], ...]:
    """Table and id of every record that is there more than once; DamagedFile as above."""
    return tuple(_twice(_outline(data)))


def _twice(outline: _Outline) -> Iterator[tuple[str, str]]:
    for table, documents in outline.items():
        seen: set[str] = set()
        for key in documents:
            if key.text in seen:
                yield table, key.text
            seen.add(key.text)


def _outline(data: bytes) -> _Outline:
    try:
        return _OUTLINE.decode(data)
    except _ERRORS as error:
        raise _unreadable(data, error) from error


def _meta(data: bytes) -> _Meta:
    """What the file says of itself, once its text, tables, ids and version are found sound."""
    _check_text(data)
    outline = _outline(data)
    for table, key_twice in _twice(outline):
        raise _invalid(f"{table} {key_twice} is there twice")
    for table in outline.keys() - RECORDS.keys():
        for key, document in outline[table].items():
            if bytes(document)[:1] != b"{":
                raise _invalid(f"{table} {key.text} is no object")
    meta = {key.text: document for key, document in outline.get("meta", {}).items()}
    try:
        found = _META.decode(meta["file"])
    except (KeyError, *_ERRORS) as error:
        raise _invalid("it does not say which version it has") from error
    if not 1 <= found.schema <= SCHEMA:
        version = f"version {found.schema}, this Coach reads up to {SCHEMA}"
        raise DamagedFile(f"The data file has {version}: update Coach.", "newer")
    return found


def _check_text(data: bytes) -> None:
    """DamagedFile where the bytes are no text: what is skipped unread is never looked at."""
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
                msgspec.convert(document, RECORDS[table])
            except msgspec.ValidationError as error:
                return f"{table} {key}: {error}"
    return None


def _unreadable(data: bytes, error: Exception) -> DamagedFile:
    fault = "it is no text in utf-8" if isinstance(error, UnicodeDecodeError) else str(error)
    if not data.strip(b"\0"):  # what a power cut leaves on some disks
        fault = "it holds nothing but zeros" if data else "it is empty"
    return DamagedFile(f"The data file is damaged: {fault}.", "unreadable")


def _invalid(fault: str) -> DamagedFile:
    return DamagedFile(f"The data file is damaged: {fault}.", "invalid")
