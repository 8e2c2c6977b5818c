"""Records to documents and back, with the fields that a newer version added kept."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

import msgspec

from coach.model.attempt import Attempt
from coach.model.facts import Facts
from coach.model.settings import Tracked
from coach.storage.errors import DamagedFile, StorageError
from coach.storage.sanity import impossible
from coach.storage.tables import (
    CHANGED,
    RECORDS,
    Document,
    Edits,
    Tables,
    last_change,
    moment_after,
)

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


def edits_for(changes: Differences, stored: Tables, at: datetime) -> Edits:
    """The differences as documents with the time of the change; StorageError where a field
    cannot be saved."""
    return {
        table: {
            key: None
            if record is None
            else {
                **_encode_over(table, record, stored.get(table, {}).get(key)),
                CHANGED: moment_after(at, last_change(stored, table, key)),
            }
            for key, record in records.items()
        }
        for table, records in changes.items()
    }


def with_partners(edits: Edits, stored: Tables, at: datetime) -> Edits:
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
    attempts, tracked = {}, {}
    for key, attempt in facts.attempts.items():
        if not attempt.time_known and (at := _midnight(attempt.at, zone)) != attempt.at:
            attempts[key] = msgspec.structs.replace(attempt, at=at)
    for key, entry in facts.tracked.items():
        if entry.target is not None and not entry.target_time_known:
            target = _midnight(entry.target, zone)
            if target != entry.target:
                tracked[key] = msgspec.structs.replace(entry, target=target)
    if not attempts and not tracked:
        return facts
    return msgspec.structs.replace(
        facts, attempts={**facts.attempts, **attempts}, tracked={**facts.tracked, **tracked}
    )


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


def _encode_over(table: str, record: msgspec.Struct, stored: Document | None) -> Document:
    document = _encode(table, record)
    if stored is None:
        return document
    known = _encode(table, _decode(table, stored))
    merged: Document = _keep_unknown(document, known, stored)
    return merged


def _encode(table: str, record: msgspec.Struct) -> Document:
    """A record as a document that is proved to read back, so that no save can write a file
    which the next start would refuse."""
    try:
        document: Document = msgspec.json.decode(msgspec.json.encode(_with_day(record)))
        fault = impossible(msgspec.convert(document, RECORDS[table]))
    except (UnicodeEncodeError, msgspec.MsgspecError) as error:
        raise StorageError(f"This cannot be saved in {table}: {error}.") from error
    if fault is not None:
        raise StorageError(f"This cannot be saved in {table}: {fault.field} {fault.text}.")
    return document


def _with_day(record: msgspec.Struct) -> msgspec.Struct:
    """The record with midnight in UTC for a day without a time, which is no moment: it is the same
    day wherever it is read."""
    if isinstance(record, Attempt) and not record.time_known:
        return msgspec.structs.replace(record, at=_midnight(record.at, UTC))
    if isinstance(record, Tracked) and record.target and not record.target_time_known:
        return msgspec.structs.replace(record, target=_midnight(record.target, UTC))
    return record


def _decode(table: str, document: Document) -> msgspec.Struct:
    try:
        return msgspec.convert(document, RECORDS[table])
    except msgspec.ValidationError as error:
        raise DamagedFile(f"A record in {table} is damaged: {error}.", "invalid") from error


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
