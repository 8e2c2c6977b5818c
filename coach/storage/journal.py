"""The journal of actions: what to undo, and in which order. Pure: documents in, edits out."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from coach.storage.errors import DamagedFile
from coach.storage.tables import (
    CHANGED,
    Document,
    Edits,
    Tables,
    last_change,
    moment,
    moment_after,
)

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

    `merged` marks a merge with another copy, or a restored backup. Taking it back leaves no trace:
    a removal would be passed on to the copy that the records came from.
    """

    at: datetime
    label: str
    before: dict[str, dict[str, dict[str, Any] | None]]
    merged: bool = False


def recorded(
    edits: Edits, stored: Tables, number: int, label: str, at: datetime, *, merged: bool = False
) -> Edits:
    """The edit of the journal that enters an action under its number and drops the oldest."""
    before = {
        table: {key: stored.get(table, {}).get(key) for key in documents}
        for table, documents in edits.items()
    }
    journal: dict[str, Document | None] = {
        str(number): {"at": at.isoformat(), "label": label, "before": before, "merged": merged}
    }
    old = sorted(stored.get("journal", {}), key=lambda key: (len(key), key))
    journal.update((key, None) for key in old[: max(0, len(old) + 1 - KEPT)])
    return {"journal": journal}


def journal_entries(stored: Tables) -> dict[int, Entry]:
    """The actions by number; DamagedFile where the journal cannot be read."""
    try:
        return msgspec.convert(stored.get("journal", {}), dict[int, Entry], str_keys=True)
    except msgspec.ValidationError as error:
        raise DamagedFile(f"The journal is damaged: {error}.", "invalid") from error


def undoing(number: int, entry: Entry, stored: Tables, at: datetime) -> tuple[Edits, Edits]:
    """The edits that bring back the documents before an action, and those that forget it.

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
    return back, {"journal": {str(number): None}}


def tombstones(edits: Edits, stored: Tables, at: datetime) -> Edits:
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
                changes[name] = _tombstone(table, key, stored, at)
            elif name in known:
                changes[name] = None
    limit = moment(at - timedelta(days=TOMBSTONE_DAYS))
    if any(changes.values()):
        changes.update((name, None) for name, entry in known.items() if _is_old(entry, limit))
    return {"deleted": changes} if changes else {}


def _tombstone(table: str, key: str, stored: Tables, at: datetime) -> Document:
    removed = stored.get(table, {}).get(key, {})
    was = {field: removed[field] for field in KEPT_FIELDS.get(table, ()) if field in removed}
    changed = moment_after(at, last_change(stored, table, key))
    return {"table": table, "id": key, "at": changed, "was": was}


def _is_old(entry: Document, limit: str) -> bool:
    at = entry.get("at")
    return not isinstance(at, str) or at < limit
