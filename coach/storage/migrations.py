"""From the tables of an older version to those of this one, one numbered step at a time."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from coach.storage.tables import Tables

Step = Callable[[Tables], Tables]

SCHEMA = 1
# STEPS[n] turns tables of schema n into tables of schema n + 1. A step may change its argument.
# The documents in `journal` have the shape of their time: a step converts them or clears them.
STEPS: Mapping[int, Step] = MappingProxyType({})


def migrate(
    tables: Tables, schema: int, *, steps: Mapping[int, Step] = STEPS, newest: int = SCHEMA
) -> Tables:
    """The tables of `schema` as tables of `newest`."""
    for number in range(schema, newest):
        tables = steps[number](tables)
    tables["meta"]["file"]["schema"] = newest
    return tables
