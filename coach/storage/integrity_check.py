"""Looks at the data file record by record, and makes a copy of it that can be read.

The texts name tables, ids and fields, never what a field says: a person should be able to pass
them on.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from coach.model.facts import Facts
from coach.storage.files import DamagedFile
from coach.storage.journal import journal_entries, read_tombstone
from coach.storage.records import (
    check_sound,
    decode_facts,
    decode_loosely,
    decode_tables,
    duplicated_ids,
)
from coach.storage.schema import (
    CHANGED,
    RECORDS,
    SCHEMA,
    Document,
    Tables,
    converted,
    migrate,
    parse_moment,
)
from coach.storage.validation import invalid_field

# A value that was quoted in a message of the decoder.
_QUOTED = re.compile(r" '.*'", re.DOTALL)
_PATH = re.compile(r" - at `\$\.?(.*)`$")


class Finding(msgspec.Struct, frozen=True):
    """One thing that is wrong: the record as table/id or a file's name, the field if it is one,
    and what to do about it."""

    record: str
    field: str | None
    text: str
    fix: str


class IntegrityReport(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a data file. `repaired` are its tables as they should be, None where
    nothing is wrong or the file cannot be repaired record by record; `facts` the records of the
    file as it is or repaired. `actions` can be taken back, where nothing is wrong."""

    findings: tuple[Finding, ...]
    repaired: Tables | None = None
    facts: Facts | None = None
    actions: int | None = None


def check_integrity(data: bytes) -> IntegrityReport:
    """Every fault of a data file's own; whether records fit each other is not looked at, but
    for reports without their attempt."""
    try:
        if (report := _all_well(data)) is not None:
            return report
        twice = duplicated_ids(data)
        tables = decode_loosely(data)
    except DamagedFile as error:
        return _hopeless("cannot be read as a whole: " + error.reason)
    stays = "keeps the last of them; the backup it makes has them all."
    findings = [_found(f"{table}/{key}", "is there twice.", stays) for table, key in twice]
    findings += _no_objects(tables)
    schema = tables.get("meta", {}).get("file", {}).get("schema")
    if type(schema) is int and schema > SCHEMA:
        text = f"has version {schema}, this Coach reads up to {SCHEMA}."
        return IntegrityReport(findings=(Finding("meta/file", "schema", text, "Update Coach."),))
    if type(schema) is not int or schema < 1:
        text = "does not say which version the file has."
        findings.append(_found("meta/file", text, f"takes it for version {SCHEMA}.", "schema"))
        tables.setdefault("meta", {}).setdefault("file", {})["schema"] = schema = SCHEMA
    tables = migrate(tables, schema)
    for table in RECORDS:
        for key in list(tables.get(table, {})):
            findings += _record(tables, table, key)
    findings += (*_orphans(tables), *_bookkeeping(tables))
    try:
        facts = check_sound(msgspec.json.encode(tables))
    except (DamagedFile, UnicodeEncodeError) as error:
        return _hopeless("cannot be mended: " + error.reason)
    if not findings:
        # Such as for a field that is there twice, of which the reader takes the first.
        try:
            check_sound(data)
        except DamagedFile as error:
            fault = "cannot be read as it is: " + _QUOTED.sub("", error.reason)
            findings.append(_found("coach.json", fault, "writes it anew."))
    return IntegrityReport(findings=tuple(findings), repaired=tables, facts=facts)


def _all_well(data: bytes) -> IntegrityReport | None:
    """The answer for a file in which nothing is to be found, None where something may be;
    DamagedFile where it cannot be read at all."""
    try:
        facts, tables = decode_facts(data), decode_tables(data)
        actions = journal_entries(tables).values()
    except DamagedFile:
        return None
    changed = {
        document.get(CHANGED) for table in RECORDS for document in tables.get(table, {}).values()
    }
    removed = tables.get("deleted", {}).items()
    sound = (
        len(facts.reports) == len(tables.get("reports", {}))
        and all(at is None or parse_moment(at) for at in changed)
        and all(read_tombstone(name, trace) for name, trace in removed)
    )
    left = sum(not action.undone for action in actions)
    return IntegrityReport(findings=(), facts=facts, actions=left) if sound else None


_SET_ASIDE = "sets the record aside within the file."


def _found(record: str, text: str, mending: str, field: str | None = None) -> Finding:
    return Finding(record, field, text, f"`coach doctor --fix` {mending}")


def _hopeless(text: str) -> IntegrityReport:
    finding = Finding("coach.json", None, text, "")
    return IntegrityReport(findings=(finding,))


def _no_objects(tables: Tables) -> Iterator[Finding]:
    """Take out what is in the place of a document and is none."""
    for table, documents in tables.items():
        for key in [key for key, value in documents.items() if not isinstance(value, dict)]:
            del documents[key]
            yield _found(f"{table}/{key}", "is no object with fields.", "takes it out.")


def _record(tables: Tables, table: str, key: str) -> Iterator[Finding]:
    """Mend one record field by field until it reads; set it aside where that does not help."""
    record = f"{table}/{key}"
    document = tables[table][key]
    if isinstance(document.get("id"), str) and document["id"] != key:
        yield _renamed(record, key, document)
    while (fault := _fault(table, document)) is not None:
        field, text = fault
        mended = _mend(table, document, field)
        yield _found(record, text, mended or _SET_ASIDE, field or None)
        if mended is None:
            tables.setdefault("set_aside", {})[record] = tables[table].pop(key)
            return
    found: Any = converted(document, RECORDS[table])
    if found.id != key:  # one that stands for a missing id
        yield _renamed(record, key, document)
    if CHANGED in document and parse_moment(document[CHANGED]) is None:
        del document[CHANGED]
        forgets = "forgets it; the next change sets it again."
        yield _found(record, "is no time that Coach writes.", forgets, CHANGED)


def _renamed(record: str, key: str, document: Document) -> Finding:
    document["id"] = key
    gives = "gives it the id it is stored under."
    return _found(record, "is not the id it is stored under.", gives, "id")


def _fault(table: str, document: Document) -> tuple[str, str] | None:
    """The first field that is wrong, empty for the record as a whole, and the fault."""
    try:
        fault = invalid_field(converted(document, RECORDS[table]))
    except msgspec.ValidationError as error:
        message = str(error)
        path = _PATH.search(message)
        text = _QUOTED.sub("", message[: path.start()] if path else message)
        missing = re.search(r"missing required field `(\w+)`", message)
        field = path[1] if path else missing[1] if missing else ""
        return field, f"{text[0].lower()}{text[1:]}."
    return None if fault is None else (fault.field, f"{fault.text}.")


def _mend(table: str, document: Document, path: str) -> str | None:
    """Take an entry out of its list, or set a field that may be left out back to its default;
    what was done, None where neither is possible."""
    name, _, rest = path.partition("[")
    name = name.partition(".")[0]
    index = rest.partition("]")[0]
    value = document.get(name)
    if isinstance(value, list) and index.isdigit() and int(index) < len(value):
        del value[int(index)]
        return "takes this entry out."
    required = {field.name for field in msgspec.structs.fields(RECORDS[table]) if field.required}
    if name in document and name not in required:
        del document[name]
        return "empties this field."
    return None


def _orphans(tables: Tables) -> Iterator[Finding]:
    attempts = tables.get("attempts", {})
    for key, report in list(tables.get("reports", {}).items()):
        if report["attempt"] not in attempts:
            tables.setdefault("set_aside", {})[f"reports/{key}"] = tables["reports"].pop(key)
            text = "belongs to an attempt that is not there, so it is not shown."
            yield _found(f"reports/{key}", text, _SET_ASIDE, "attempt")


def _bookkeeping(tables: Tables) -> Iterator[Finding]:
    try:
        journal_entries(tables)
    except DamagedFile:
        tables["journal"] = {}
        text = "cannot be read, so nothing can be undone."
        yield _found("journal", text, "starts the list of actions anew.")
    for name, trace in list(tables.get("deleted", {}).items()):
        if read_tombstone(name, trace) is None:
            del tables["deleted"][name]
            text = "does not name a removed record and its time."
            yield _found(f"deleted/{name}", text, "takes it out.")
