"""Documents as JSON text, and everything that is stored as one document."""

import json
from datetime import date, datetime
from typing import Any

import msgspec

from coach.model.facts import Facts

FORMAT = "coach-export"
VERSION = 1


def json_text(document: object) -> str:
    """A document as JSON; times are ISO 8601 with an offset, days without one."""
    plain = msgspec.to_builtins(document, builtin_types=(datetime, date))
    return json.dumps(plain, ensure_ascii=False, indent=2, default=_iso)


def _iso(value: datetime | date) -> str:
    return value.isoformat()


def export_document(facts: Facts, now: datetime) -> dict[str, Any]:
    """All records by table and id, with the time of the export."""
    tables = {field: getattr(facts, field) for field in facts.__struct_fields__}
    return {"format": FORMAT, "version": VERSION, "exported": now, **tables}
