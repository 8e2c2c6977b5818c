"""What a save does besides: the journal of actions to undo, what a removed record leaves behind,
and old revisions of a plan that lose their details. Pure: documents in, edits out.
"""

from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

import msgspec

from coach.model.phrase import Phrase
from coach.storage.files import DamagedFile
from coach.storage.schema import (
    CHANGED,
    DETAILED_REVISIONS,
    Document,
    Edits,
    Stored,
    converted,
    last_change,
    moment,
    moment_after,
    packed_phrase,
    parse_moment,
)
from coach.storage.validation import DAY_MINUTES, FIRST_YEAR, LAST_YEAR


class RemovedFields(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of a removed block or attempt that cancel its event in a calendar."""

    exam: str = ""
    start: datetime | None = None
    at: datetime | None = None
    minutes: int | None = None
    time_known: bool = True
    status: str | None = None


class Tombstone(msgspec.Struct, frozen=True, kw_only=True):
    """Which record was removed, and when."""

    table: str
    id: str
    at: str
    was: RemovedFields = RemovedFields()


def read_tombstone(name: str, document: Document) -> Tombstone | None:
    """The trace stored under `name`, None where it is none that Coach could have written."""
    try:
        trace = msgspec.convert(document, Tombstone)
    except msgspec.ValidationError:
        return None
    times = [at for at in (trace.was.start, trace.was.at) if at is not None]
    sound = (
        name == f"{trace.table}/{trace.id}"
        and parse_moment(trace.at) is not None
        and all(at.tzinfo and FIRST_YEAR <= at.year <= LAST_YEAR for at in times)
        and 0 < (trace.was.minutes or 1) <= DAY_MINUTES
    )
    return trace if sound else None


def compact_revisions(edits: Edits, stored: Stored) -> dict[str, Document | None]:
    """The stored revisions whose changes go with a save that adds or changes revisions.

    Each exam keeps those of its newest `DETAILED_REVISIONS`. The documents keep their time of
    change, since nobody changed what they say.
    """
    if not edits.get("revisions"):
        return {}
    after = {**stored.get("revisions", {}), **edits["revisions"]}
    newest_first: dict[str, list[tuple[int, str]]] = {}
    for key, document in after.items():
        if document is not None:
            newest_first.setdefault(document["exam"], []).append((document["number"], key))
    old = (sorted(own, reverse=True)[DETAILED_REVISIONS:] for own in newest_first.values())
    shortened: dict[str, Document | None] = {}
    for _, key in (revision for revisions in old for revision in revisions):
        document = after[key]
        if document and document.get("changes"):
            shortened[key] = {**document, "changes": []}
    return shortened


OWN = ("meta", "journal")  # the number of the last save goes on, and so does what can be undone


def restore_edits(stored: Stored, backup: Stored) -> Edits:
    """The edits that turn `stored` into `backup`; empty where nothing differs.

    Times of change and traces of removals come back as they were, so that another copy of the
    data still passes on what was entered after the backup.
    """
    edits: Edits = {}
    for table in (stored.keys() | backup.keys()) - {*OWN}:
        before, after = stored.get(table, {}), backup.get(table, {})
        changes: dict[str, Document | None] = dict.fromkeys(before.keys() - after.keys())
        changes.update((key, made) for key, made in after.items() if before.get(key) != made)
        if changes:
            edits[table] = changes
    return edits


KEPT = 50
TOMBSTONE_DAYS = 365
# Of what was removed, the fields that cancel its event in a calendar. No texts: a note that was
# removed is gone.
KEPT_FIELDS = {
    "attempts": ("exam", "at", "time_known", "status"),
    "blocks": ("exam", "start", "minutes"),
}


class Entry(msgspec.Struct, frozen=True):
    """One action: when, what, and the documents before it, None for those it created.

    Once it is `undone`, `before` holds the documents that the undo replaced, for a redo.
    `merged` marks a merge with another copy, or a restored backup. Taking it back leaves no trace:
    a removal would be passed on to the copy that the records came from.
    """

    at: datetime
    label: Phrase
    before: dict[str, dict[str, dict[str, Any] | None]]
    merged: bool = False
    undone: bool = False


def journal_edit(
    edits: Edits, stored: Stored, number: int, label: str, at: datetime, *, merged: bool = False
) -> Edits:
    """The edit of the journal that enters an action under its number.

    The oldest action goes, and so do those that were undone: after a new one there is no redo.
    """
    before = _documents_of(edits, stored)
    what = packed_phrase(Phrase(label))
    entry = {"at": at.isoformat(), "label": what, "before": before, "merged": merged}
    known = stored.get("journal", {})
    newest_first = sorted(known, key=lambda key: (len(key), key), reverse=True)
    undone = list(takewhile(lambda key: known[key].get("undone"), newest_first))
    old = newest_first[len(undone) + KEPT - 1 :]
    return {"journal": {**dict.fromkeys((*undone, *old)), str(number): entry}}


def _documents_of(edits: Edits, stored: Stored) -> dict[str, dict[str, Document | None]]:
    return {
        table: {key: stored.get(table, {}).get(key) for key in documents}
        for table, documents in edits.items()
    }


def journal_entries(stored: Stored) -> dict[int, Entry]:
    """The actions by number; DamagedFile where the journal cannot be read."""
    try:
        return converted(stored.get("journal", {}), dict[int, Entry], str_keys=True)
    except msgspec.ValidationError as error:
        raise DamagedFile(f"is damaged: {error}.", "invalid", part="The journal") from error


def next_action(entries: dict[int, Entry], *, redo: bool) -> int | None:
    """The number of the action to undo, the newest; to `redo`, the one undone last."""
    numbers = [number for number, entry in entries.items() if entry.undone is redo]
    return (min if redo else max)(numbers, default=None)


def swap_edits(number: int, entry: Entry, stored: Stored, at: datetime) -> tuple[Edits, Edits]:
    """The edits that undo an action, or redo an undone one, and those of the journal.

    The documents are stamped anew, except those of a merge: to another copy of the data an undo
    is a change like others.
    """
    back: Edits = {
        table: {
            key: document
            if document is None or entry.merged
            else {**document, CHANGED: moment_after(at, last_change(stored, table, key))}
            for key, document in documents.items()
        }
        for table, documents in entry.before.items()
    }
    swapped = {
        **stored["journal"][str(number)],
        "before": _documents_of(back, stored),
        "undone": not entry.undone,
    }
    return back, {"journal": {str(number): swapped}}


def tombstones(edits: Edits, stored: Stored, at: datetime) -> Edits:
    """The edit of `deleted` that goes with the edits of records.

    What is removed enters it and what is there again leaves it, so that a merge with another
    copy can tell removed from unknown. After a year an entry goes: plans drop blocks every week.
    A copy that was away for longer can therefore bring a removed record back.
    """
    known = stored.get("deleted", {})
    changes: dict[str, Document | None] = {}
    for table, documents in edits.items():
        for key, document in documents.items():
            name = f"{table}/{key}"
            if document is None:
                removed = stored.get(table, {}).get(key, {})
                kept = (field for field in KEPT_FIELDS.get(table, ()) if field in removed)
                gone = moment_after(at, last_change(stored, table, key))
                was = {field: removed[field] for field in kept}
                changes[name] = {"table": table, "id": key, "at": gone, "was": was}
            elif name in known:
                changes[name] = None
    limit = moment(at - timedelta(days=TOMBSTONE_DAYS))
    for name, entry in known.items() if any(changes.values()) else ():
        removed_at = entry.get("at")
        if not isinstance(removed_at, str) or removed_at < limit:
            changes[name] = None
    return {"deleted": changes} if changes else {}
