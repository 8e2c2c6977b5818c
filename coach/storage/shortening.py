"""Keeps the file from growing for ever: old revisions of a plan lose their list of changes."""

from coach.storage.tables import DETAILED_REVISIONS, Document, Edits, Tables


def shortening(edits: Edits, stored: Tables) -> dict[str, Document | None]:
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
