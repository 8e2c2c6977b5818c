"""Two copies of the records become one: of each record the later change wins.

Every record, removed ones included, has a time of change that is later than all it builds on.
Taking the greatest version under one total order gives the same result in whatever order and
however often copies are merged.
"""

import msgspec

from coach.storage.backups import Backup
from coach.storage.tables import CHANGED, RECORDS, Document, Edits, Tables, applied, parse_moment

OWN = ("meta", "journal", "deleted", "set_aside")  # what a copy keeps to itself, or by name


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """How many records a merge brought in, changed and removed, and the backup made before it."""

    added: int
    changed: int
    removed: int
    backup: Backup | None = None


class _Version:
    """One state of a record: a document, or the trace of its removal.

    The order is by time of change; at the same time a record goes before its removal, lest
    something is lost, and a shorter document before a longer one, because old revisions are
    shortened without a change; then by content.
    """

    def __init__(self, document: Document, *, removed: bool) -> None:
        self.document = document
        self.removed = removed
        at = document.get("at" if removed else CHANGED)
        self.order = (at if isinstance(at, str) and parse_moment(at) else "", not removed)

    def beats(self, other: "_Version | None") -> bool:
        """Whether this version wins over the other; equal ones do not."""
        if other is None:
            return True
        if self.order != other.order:
            return self.order > other.order
        mine, theirs = self.text(), other.text()
        return (-len(mine), mine) > (-len(theirs), theirs)

    def text(self) -> bytes:
        """The content in one order of its fields."""
        return msgspec.json.encode(self.document, order="sorted")


def merging(stored: Tables, incoming: Tables) -> Edits:
    """The edits that turn `stored` into both together; empty where there is nothing new.

    `incoming` is checked: every document fits its table, every time of change is one. No report
    is left without its sitting.
    """
    edits: Edits = {}
    for name in sorted(_names(incoming)):
        mine = _version(stored, *name)
        theirs = _version(incoming, *name)
        if theirs is not None and theirs.beats(mine):
            _take(edits, stored, name, theirs)
    _settle_orphans(edits, stored, incoming)
    return edits


def _settle_orphans(edits: Edits, stored: Tables, incoming: Tables) -> None:
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
        versions = [_Version(document, removed=False) for document in known if document]
        changed = report.get(CHANGED, "")
        if versions and changed >= removal["at"]:
            latest = max(versions, key=lambda version: (version.order, version.text()))
            document = {**latest.document, CHANGED: changed}
            edits.setdefault("attempts", {})[attempt] = document
            edits.setdefault("deleted", {})[name] = None
        elif changed < removal["at"]:
            gone = {"table": "reports", "id": key, "at": removal["at"], "was": {}}
            edits.setdefault("reports", {})[key] = None
            edits.setdefault("deleted", {})[f"reports/{key}"] = gone


def counted(edits: Edits, stored: Tables) -> Merged:
    """What the edits of a merge do to the records."""
    added = changed = removed = 0
    for table in edits.keys() & RECORDS.keys():
        for key, document in edits[table].items():
            known = key in stored.get(table, {})
            added += document is not None and not known
            changed += document is not None and known
            removed += document is None
    return Merged(added=added, changed=changed, removed=removed)


def _names(tables: Tables) -> set[tuple[str, str]]:
    """Table and id of all that is there or was removed."""
    there = {(table, key) for table in tables.keys() - OWN for key in tables[table]}
    removed = (key.partition("/") for key in tables.get("deleted", {}))
    return there | {(table, key) for table, _, key in removed}


def _version(tables: Tables, table: str, key: str) -> _Version | None:
    document = tables.get(table, {}).get(key)
    trace = tables.get("deleted", {}).get(f"{table}/{key}")
    there = None if document is None else _Version(document, removed=False)
    gone = None if trace is None else _Version(trace, removed=True)
    if there is None or gone is None:
        return there or gone
    return gone if gone.beats(there) else there


def _take(edits: Edits, stored: Tables, name: tuple[str, str], winner: _Version) -> None:
    table, key = name
    trace = f"{table}/{key}"
    if winner.removed:
        edits.setdefault("deleted", {})[trace] = winner.document
        if key in stored.get(table, {}):
            edits.setdefault(table, {})[key] = None
        return
    edits.setdefault(table, {})[key] = winner.document
    if trace in stored.get("deleted", {}):
        edits.setdefault("deleted", {})[trace] = None
