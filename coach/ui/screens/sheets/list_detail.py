"""A sheet of facts over a list to choose from, which scrolls in the lines that the facts leave."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from coach.ui.screens.sheets.detail import BESIDE, WIDTH, Detail
from coach.ui.widgets.filled_list import FilledList
from coach.ui.widgets.line_view import Listing, RowList

AROUND = 7
"""Lines of a terminal that are neither for the facts nor for the list."""
FEWEST = 3
"""Lines that the list gets at least."""
Entry = TypeVar("Entry")


class ListDetail(Detail):
    """Subclasses say what is in the list, and what enter takes."""

    AUTO_FOCUS = "FilledList"
    BELOW: ClassVar[int] = 0
    """Lines below the list."""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "take", show=False)]

    def more(self) -> tuple[Widget, ...]:
        return (FilledList(classes="detail-rows"),)

    def listing(self, width: int, room: int) -> Listing:
        """The list in `width` cells; it has `room` lines at the most."""
        raise NotImplementedError

    def action_take(self) -> None:
        """Do what enter does with the entry under the cursor."""
        raise NotImplementedError

    def chosen(self, entries: Sequence[Entry]) -> Entry | None:
        """That of the entries which the cursor is on."""
        cursor = self.query_one(FilledList).cursor
        return entries[cursor] if cursor < len(entries) else None

    def redraw(self) -> None:
        """Draw the facts, and the list in the lines that they leave."""
        width = min(self.size.width, WIDTH) - BESIDE
        around = AROUND + self.BELOW
        room = max(self.size.height - around - len(self.rows(width)), FEWEST)
        entries = self.query_one(FilledList)
        entries.styles.max_height = room
        entries.fill(lambda width: self.listing(width, room))
        super().redraw()

    def room(self) -> int:
        return self.size.height - AROUND - self.BELOW - FEWEST

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        self.action_take()
