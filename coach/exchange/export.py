"""Documents as JSON text."""

import json
import re
from datetime import date, datetime

import msgspec

# JSON leaves these as they are, but a terminal takes them for commands, or shows a text in
# another order or with parts that nobody sees.
_UNSEEN = re.compile(r"[^\x20-\x7e\n]")


def json_text(document: object, *, ascii_only: bool = False) -> str:
    """A document as JSON; times are ISO 8601 with an offset, days without one."""
    plain = msgspec.to_builtins(document, builtin_types=(datetime, date), enc_hook=str)
    text = json.dumps(
        plain, ensure_ascii=ascii_only, indent=2, default=lambda value: value.isoformat()
    )
    return unseen_escaped(text)


def unseen_escaped(text: str) -> str:
    """JSON with an escape in place of each character that a terminal would not show as it is."""
    return _UNSEEN.sub(
        lambda found: found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1], text
    )
