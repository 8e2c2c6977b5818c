"""Words of our own that keep the dates and ranges in them as values."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple


class Range(NamedTuple):
    """A share between two others, in percent."""

    low: float
    high: float


Part = str | date | Range


class Phrase(str):
    """Words as scripts read them, `report of 2026-11-20`, and the same in `parts`, in which a date,
    a time or a range is a value that a screen writes its own way."""

    parts: tuple[Part, ...]

    def __new__(cls, *parts: Part) -> "Phrase":
        if len(parts) == 1 and type(parts[0]) is str:  # nearly all that a data file holds
            phrase = super().__new__(cls, parts[0])
        else:
            parts = tuple(inner for part in parts if part != "" for inner in _parts_of(part))
            phrase = super().__new__(cls, "".join(map(_in_scripts, parts)))
        phrase.parts = parts
        return phrase

    def join(self, phrases: Iterable[str]) -> "Phrase":
        """The phrases in a row, as `str.join` does it, with the values of each."""
        first, *rest = (*phrases, "")
        return Phrase(first, *(part for phrase in rest[:-1] for part in (self, phrase)))


def _parts_of(part: Part) -> tuple[Part, ...]:
    return part.parts if isinstance(part, Phrase) else (part,)


def _in_scripts(part: Part) -> str:
    if isinstance(part, Range):
        return f"{part.low:g}-{part.high:g} %"
    return f"{part:%Y-%m-%d %H:%M}" if isinstance(part, datetime) else f"{part}"
