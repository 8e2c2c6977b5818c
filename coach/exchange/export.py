"""Everything that is stored, as one JSON document."""

from datetime import date, datetime
from typing import Any

import msgspec

from coach.model.facts import Facts

FORMAT = "coach-export"
VERSION = 1


def export_json(facts: Facts, now: datetime) -> dict[str, Any]:
    """All records by table and id, with the time of the export; times keep their offset."""
    tables: dict[str, Any] = msgspec.to_builtins(facts, builtin_types=(datetime, date))
    return {"format": FORMAT, "version": VERSION, "exported": now, **tables}
