"""What people ask about scores and reports: type to narrow the list down, arrows open an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Input

from coach.ui.screens.sheets.list_detail import ListDetail
from coach.ui.styles import styles
from coach.ui.widgets.facts_rows import paragraph
from coach.ui.widgets.filled_list import FilledList
from coach.ui.widgets.line_input import LineInput
from coach.ui.widgets.line_view import Listing, RowList
from coach.ui.widgets.question_rows import question_rows
from coach.ui.widgets.rows import Row

if TYPE_CHECKING:
    from coach.service import Service

MOST_QUERY = 200
MOST_LINES = 22
"""Lines of the list on the largest terminal."""


class Questions(ListDetail):
    """Closes with None. The question under the cursor stands with its answer."""

    CSS_PATH = styles("sheet", "questions")
    AUTO_FOCUS = "Input"
    BELOW = 2
    KEYS = (("↑↓", "open an answer"), ("esc", "close"))

    def __init__(self, service: Service) -> None:
        super().__init__("Questions")
        self._service = service
        self._found = service.faq().questions

    def more(self) -> tuple[Widget, ...]:
        hint = "Type a word, such as score"
        return (LineInput(placeholder=hint, max_length=MOST_QUERY), *super().more())

    @property
    def _list(self) -> FilledList:
        return self.query_one(FilledList)

    def rows(self, width: int) -> tuple[Row, ...]:
        words = "What people ask about scores and reports."
        if not self._found:
            words = "No question holds these words; fewer of them find more."
        return tuple(paragraph(words, width, "muted"))

    def listing(self, width: int, room: int) -> Listing:
        chosen = min(self._list.cursor, len(self._found) - 1)
        rows = [
            question_rows(entry, width, opened=number == chosen)
            for number, entry in enumerate(self._found)
        ]
        return Listing([], rows)

    def redraw(self) -> None:
        """The list keeps its height, whatever the length of an answer."""
        super().redraw()
        room = self._list.styles.max_height
        self._list.styles.height = min(int(room.value), MOST_LINES) if room else MOST_LINES

    def on_input_changed(self, event: Input.Changed) -> None:
        self._found = self._service.faq(event.value).questions
        self._list.cursor = 0
        self.redraw()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self._list.rearrange()
        self._list.reveal()

    def action_scroll(self, by: int) -> None:
        self._list.cursor += by

    def action_take(self) -> None:
        """The answer is open already."""
