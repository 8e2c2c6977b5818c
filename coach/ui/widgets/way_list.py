"""A few ways to go on, each with its key and what it means; one of them under the cursor."""

from collections.abc import Sequence
from typing import NamedTuple

from coach.ui.widgets.line_view import Listing, RowList
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


class WayList(RowList):
    """The ways; `way` is the one under the cursor."""

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._ways: Sequence[Way] = ()
        self._room = 0

    def show(self, ways: Sequence[Way], room: int) -> None:
        """Draw these ways, in one line each where they would take more than `room` lines."""
        self._ways, self._room = ways, room
        self.rearrange()

    @property
    def way(self) -> Way | None:
        """The way under the cursor."""
        return self._ways[self.cursor] if self.cursor < len(self._ways) else None

    def lay_out(self, width: int, height: int) -> Listing:
        entries = [way_rows(way, width, terse=False) for way in self._ways]
        if sum(map(len, entries)) > self._room:
            entries = [way_rows(way, width, terse=True) for way in self._ways]
        return Listing([], entries)
