"""The shape of the data file: tables of documents by id.

The file is one JSON object of tables, a table an object of documents by id. A document is its
record's fields and `_changed`, the moment of the last change (ISO 8601 in UTC), which is no part
of the record. Beside the tables of records there are:

    meta       one document, `file`: the schema's number and the number of the last save
    journal    the last actions by number, each with the documents as they were before it
    deleted    what was removed, by "table/id": table, id, and the moment
"""

from datetime import UTC, datetime
from typing import Any

import msgspec

from coach.model.attempt import Attempt, Report
from coach.model.plan import Block, Revision
from coach.model.settings import Hours, Tracked
from coach.model.study import Practice

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]
# What to do to each table: a document to set under an id, or None to remove the one there.
Edits = dict[str, dict[str, Document | None]]

CHANGED = "_changed"
RECORDS: dict[str, type[msgspec.Struct]] = {
    "tracked": Tracked,
    "attempts": Attempt,
    "reports": Report,
    "practice": Practice,
    "blocks": Block,
    "revisions": Revision,
    "settings": Hours,
}


def moment(at: datetime) -> str:
    """An aware time as stored: UTC with microseconds, so that texts sort as times do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
