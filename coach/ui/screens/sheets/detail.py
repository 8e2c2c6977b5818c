"""What the detail sheets of timeline and heatmap share: a title, rows of facts, and keys."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from coach.ui import text
from coach.ui.screens.sheets.sheet import Sheet, keys_line
from coach.ui.widgets.line_view import RowsView
from coach.ui.widgets.rows import Row

WIDTH = 76
BESIDE = 6
"""Columns of a sheet that frame and padding take from the text."""
AROUND = 6
"""Lines of a terminal that frame, padding and keys take from the text."""


class Detail(Sheet[str]):
    """Facts to read, which scroll. Closes with the id of the action asked for, or with None."""

    DEFAULT_CSS = """
    Detail RowsView, Detail RowList { background: $surface; }
    Detail .detail-rows { height: auto; max-height: 1fr; margin-bottom: 1; }
    """

    KEYS: tuple[tuple[str, str], ...] = ()

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as frame:
            frame.border_title = Content(text.visible(self._title))
            yield RowsView(classes="detail-rows")
            yield from self.more()
            yield Static(keys_line(*self.KEYS), classes="sheet-keys")

    def more(self) -> tuple[Widget, ...]:
        """Widgets between the facts and the keys."""
        return ()

    def rows(self, width: int) -> tuple[Row, ...]:
        """The facts in `width` cells."""
        raise NotImplementedError

    def redraw(self) -> None:
        view = self.query_one(RowsView)
        wanted = len(self.rows(min(self.size.width, WIDTH) - BESIDE))
        view.styles.height = max(1, min(wanted, self.room()))
        view.fill(lambda width: list(self.rows(width)))

    def room(self) -> int:
        """The most lines that the facts may take."""
        return self.size.height - AROUND

    def action_scroll(self, by: int) -> None:
        self.query_one(RowsView).scroll_relative(y=by, animate=False)
