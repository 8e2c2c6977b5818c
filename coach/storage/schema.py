"""The shape of the data file: tables of documents by id.

The file is one JSON object of tables, a table an object of documents by id. A document is its
record's fields and `_changed`, the moment of the last change (ISO 8601 in UTC), which is no part
of the record. A phrase that names days is a list of its parts, a day among them as `{"day": ...}`.
Beside the tables of records there are:

    meta       one document, `file`: the schema's number and the number of the last save
    journal    the last actions by number, each with the documents as they were before it
    deleted    what was removed, by "table/id": table, id, the moment, and `was`: the fields
               that an exported calendar needs to cancel the event
    set_aside  what `coach doctor --fix` took out because it could not be read, by "table/id"

Of a plan's revisions the newest `DETAILED_REVISIONS` of each exam keep their list of changes;
those of older ones are emptied, or the file would grow for ever. A hundred is a year with two new
plans a week, at about 8 KB each.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

from coach.model.attempt import Attempt, Report
from coach.model.phrase import Phrase
from coach.model.plan import Block, Forecast, Practice, Revision
from coach.model.settings import CalendarExport, Hours, Tracked
from coach.storage.files import StorageError, damaged
from coach.storage.validation import FIRST_YEAR, LAST_YEAR

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]
# The same as it lies in the file, for reading: most of its documents are never looked at.
Stored = Mapping[str, Mapping[str, Document]]
# What to do to each table: a document to set under an id, or None to remove the one there.
Edits = dict[str, dict[str, Document | None]]

Step = Callable[[Tables], Tables]
Kind = TypeVar("Kind")

SCHEMA = 2
# STEPS[n] turns tables of schema n into tables of schema n + 1. A step may change its argument.
# The documents in `journal` have the shape of their time: a step converts them or clears them.
STEPS: Mapping[int, Step] = MappingProxyType(
    {
        1: lambda tables: tables,  # its phrases were plain texts, which are read as they are
    }
)
CHANGED = "_changed"
DETAILED_REVISIONS = 100
TICK = timedelta(seconds=1)
RECORDS: dict[str, type[msgspec.Struct]] = {
    "tracked": Tracked,
    "attempts": Attempt,
    "reports": Report,
    "practice": Practice,
    "blocks": Block,
    "revisions": Revision,
    "settings": Hours,
    "forecasts": Forecast,
    "calendars": CalendarExport,
}


def packed_phrase(phrase: Phrase) -> str | list[object]:
    """A phrase as it is stored: its words, or its parts where there are days among them."""
    if not any(type(part) is date for part in phrase.parts):
        return str(phrase)
    return [
        {"day": part.isoformat()} if type(part) is date else str(Phrase(part))
        for part in phrase.parts
    ]


def unpacked_phrase(_: type, stored: Any) -> Phrase:
    """A stored phrase; ValueError where it is none."""
    if isinstance(stored, str):
        return Phrase(stored)
    try:
        return Phrase(*(p if isinstance(p, str) else date.fromisoformat(p["day"]) for p in stored))
    except (KeyError, TypeError) as error:
        raise ValueError("Expected a text, or a list of texts and days") from error


def converted(document: object, kind: type[Kind], *, str_keys: bool = False) -> Kind:
    """A document as a record; ValidationError where it is none."""
    return msgspec.convert(document, kind, str_keys=str_keys, dec_hook=unpacked_phrase)


class Packed(Mapping[str, Document]):
    """Documents by id, kept as the bytes they are stored as; each is decoded when asked for."""

    def __init__(self, raw: dict[str, msgspec.Raw]) -> None:
        self.raw = raw

    def __getitem__(self, key: str) -> Document:
        try:
            return _DOCUMENT.decode(self.raw[key])
        except msgspec.MsgspecError as error:  # such as a number out of range that no field has
            raise damaged(f"{key}: {error}") from error

    def __contains__(self, key: object) -> bool:
        return key in self.raw

    def __iter__(self) -> Iterator[str]:
        return iter(self.raw)

    def __len__(self) -> int:
        return len(self.raw)


_DOCUMENT = msgspec.json.Decoder(Document)


def applied(tables: Stored, edits: Edits) -> Stored:
    """The tables after the edits; those given stay as they are. StorageError where a text cannot
    be saved."""
    return {**tables, **{name: edited(tables.get(name, {}), edits[name]) for name in edits}}


def edited(table: Mapping[str, Document], edits: Mapping[str, Document | None]) -> Packed:
    """The same for one table."""
    raw = dict(_packed(table).raw)
    for key, document in edits.items():
        if document is None:
            raw.pop(key, None)
        else:
            raw[key] = msgspec.Raw(_encoded(document))
    return Packed(raw)


def encode_tables(tables: Stored) -> bytes:
    """The content of a data file; StorageError where a text cannot be saved."""
    return _encoded({name: _packed(table).raw for name, table in tables.items()})


def unpacked(tables: Stored) -> Tables:
    """The tables with every document decoded, to be changed."""
    return {name: dict(table) for name, table in tables.items()}


def _packed(table: Mapping[str, Document]) -> Packed:
    return table if isinstance(table, Packed) else edited(Packed({}), table)


def _encoded(value: object) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError as error:
        raise StorageError("A text holds a character that cannot be saved.") from error


def moment(at: datetime) -> str:
    """An aware time as stored: UTC with microseconds, so that texts sort as times do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def parse_moment(text: object) -> datetime | None:
    """A stored time, None where it is none that `moment` could have written."""
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    if at is None or at.tzinfo is None or not FIRST_YEAR <= at.year <= LAST_YEAR:
        return None
    return at if moment(at) == text else None


def moment_after(at: datetime, known: object) -> str:
    """The time of a change made at `at` to what was changed at `known`: a second later at least.

    A merge takes the later change, so one that builds on another has to be later, whatever the
    clocks say. Whole seconds apart they also number the versions of an exported event.
    """
    text = moment(at)
    before = parse_moment(known)
    return text if before is None else max(text, moment(before + TICK))


def last_change(stored: Stored, table: str, key: str) -> object:
    """When a record was changed or removed last, as stored; None where it never was there."""
    document = stored.get(table, {}).get(key)
    if document is not None:
        return document.get(CHANGED)
    return stored.get("deleted", {}).get(f"{table}/{key}", {}).get("at")


def migrate(
    tables: Tables, schema: int, *, steps: Mapping[int, Step] = STEPS, newest: int = SCHEMA
) -> Tables:
    """The tables of `schema` as tables of `newest`."""
    for number in range(schema, newest):
        tables = steps[number](tables)
    tables["meta"]["file"]["schema"] = newest
    return tables
