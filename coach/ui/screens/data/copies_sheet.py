"""The copies of the data that a file synchroniser left beside it, to be merged one by one."""

from collections.abc import Sequence

from coach.service.copies import Copy
from coach.ui import text
from coach.ui.screens.sheets.list_detail import ListDetail
from coach.ui.widgets.facts_rows import paragraph
from coach.ui.widgets.line_view import Listing
from coach.ui.widgets.rows import Row
from coach.ui.widgets.way_rows import Way, way_listing

_WHY = (
    "Two machines changed your data before the folder was in step, and the synchroniser kept both. "
    "Merging takes the later change of each record; nothing is lost, and u takes it back."
)


class CopiesSheet(ListDetail):
    """Closes with the name of the copy to merge, or with None."""

    KEYS = (("enter", "merge it"), ("↑↓", "choose"), ("esc", "close"))

    def __init__(self, copies: Sequence[Copy]) -> None:
        super().__init__("Other copies of your data")
        self._ways = [
            Way(copy.name, "·", text.visible(copy.name), text.visible(copy_words(copy)))
            for copy in copies
        ]

    def rows(self, width: int) -> tuple[Row, ...]:
        return tuple(paragraph(_WHY, width, "muted"))

    def listing(self, width: int, room: int) -> Listing:
        return way_listing(self._ways, width, room)

    def action_take(self) -> None:
        if way := self.chosen(self._ways):
            self.dismiss(way.id)


def copy_words(copy: Copy) -> str:
    """What a copy would bring."""
    if copy.problem is not None:
        return f"It cannot be merged: {copy.problem}"
    if not copy.is_new:
        return "It holds nothing new; merging puts it out of the way."
    parts = ((copy.added, "new"), (copy.changed, "changed"), (copy.removed, "removed"))
    return f"Records: {', '.join(f'{count} {word}' for count, word in parts if count)}."
