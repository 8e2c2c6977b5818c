"""A few ways to go on, each with its key and what it means."""

from collections.abc import Sequence
from typing import NamedTuple

from coach.ui.widgets.line_view import Listing
from coach.ui.widgets.rows import Row, Seg, wrap

KEY = 3
_LINES = 3


class Way(NamedTuple):
    """One way. `key` takes it at once; the texts are shown as they are."""

    id: str
    key: str
    label: str
    meaning: str


def way_rows(way: Way, width: int, *, terse: bool) -> list[Row]:
    """Key and label, with the meaning below; `terse`: beside the label, cut where it is long."""
    first = (Seg(way.key.ljust(KEY), "accent strong"), Seg(way.label, "strong"))
    if terse:
        return [(*first, Seg(f"  {way.meaning}", "muted"))]
    meaning = wrap(way.meaning, width - KEY, _LINES)
    return [first, *((Seg(" " * KEY), Seg(line, "muted")) for line in meaning)]


def way_listing(ways: Sequence[Way], width: int, room: int) -> Listing:
    """The ways in `width` cells, one line each where they would take more than `room` lines."""
    entries = [way_rows(way, width, terse=False) for way in ways]
    if sum(map(len, entries)) > room:
        entries = [way_rows(way, width, terse=True) for way in ways]
    return Listing([], entries)
