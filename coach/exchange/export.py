"""Documents as JSON text."""

import json
from datetime import date, datetime

import msgspec

# JSON leaves these as they are, but a terminal takes them for commands.
_CONTROL = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}


def json_text(document: object) -> str:
    """A document as JSON; times are ISO 8601 with an offset, days without one."""
    plain = msgspec.to_builtins(document, builtin_types=(datetime, date))
    text = json.dumps(plain, ensure_ascii=False, indent=2, default=_iso)
    return text.translate(_CONTROL)


def _iso(value: datetime | date) -> str:
    return value.isoformat()
