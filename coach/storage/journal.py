"""The journal of actions: what to undo, and in which order. Pure: documents in, edits out."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from coach.storage.errors import DamagedFile
from coach.storage.tables import CHANGED, Document, Edits, Tables, moment

KEPT = 50
TOMBSTONE_DAYS = 365


class Entry(msgspec.Struct, frozen=True):
    """One action: when, what, and the documents before it, None for those it created."""

    at: datetime
    label: str
    before: dict[str, dict[str, dict[str, Any] | None]]


def recorded(edits: Edits, stored: Tables, number: int, label: str, at: datetime) -> Edits:
    """The edit of the journal that enters an action under its number and drops the oldest."""
    before = {
        table: {key: stored.get(table, {}).get(key) for key in documents}
        for table, documents in edits.items()
    }
    journal: dict[str, Document | None] = {
        str(number): {"at": at.isoformat(), "label": label, "before": before}
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


def undoing(number: int, entry: Entry, changed: str) -> tuple[Edits, Edits]:
    """The edits that bring back the documents before an action, and those that forget it.

    The documents are stamped anew: to another copy of the data an undo is a change like others.
    """
    back: Edits = {
        table: {
            key: None if document is None else {**document, CHANGED: changed}
            for key, document in documents.items()
        }
        for table, documents in entry.before.items()
    }
    return back, {"journal": {str(number): None}}


def tombstones(edits: Edits, stored: Tables, at: datetime) -> Edits:
    """The edit of `deleted` that goes with the edits of records.

    What is removed enters it and what is there again leaves it, so that a merge with another
    copy can tell removed from unknown. After a year an entry goes: plans drop blocks every week.
    """
    known = stored.get("deleted", {})
    changes: dict[str, Document | None] = {}
    for table, documents in edits.items():
        for key, document in documents.items():
            name = f"{table}/{key}"
            if document is None:
                changes[name] = {"table": table, "id": key, "at": moment(at)}
            elif name in known:
                changes[name] = None
    limit = moment(at - timedelta(days=TOMBSTONE_DAYS))
    if any(changes.values()):
        changes.update((name, None) for name, entry in known.items() if entry["at"] < limit)
    return {"deleted": changes} if changes else {}
