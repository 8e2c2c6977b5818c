"""The records of a backup take the place of those that are there. Pure: documents in, edits out."""

from coach.storage.tables import Document, Edits, Tables

OWN = ("meta", "journal")  # the number of the last save goes on, and so does what can be undone


def restoring(stored: Tables, backup: Tables) -> Edits:
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
