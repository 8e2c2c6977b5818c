"""The records, and nothing else: no rules, no files, no clock."""

from typing import Any, TypeVar

import msgspec

Kind = TypeVar("Kind", bound=msgspec.Struct)


def made_from(kind: type[Kind], record: msgspec.Struct, **own: Any) -> Kind:
    """A record of `kind` with the fields that it shares with another record, and its `own`."""
    common = (set(kind.__struct_fields__) & set(record.__struct_fields__)) - own.keys()
    return kind(**{name: getattr(record, name) for name in common}, **own)
