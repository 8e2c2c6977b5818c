"""What the sheets share: a frame with a title, rows that scroll, a list to choose from, keys."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual._path import CSSPathType
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from coach.ui import text
from coach.ui.screens.modal import Modal
from coach.ui.styles import styles
from coach.ui.widgets.line_view import Listing, PlanLines, RowList, RowsView
from coach.ui.widgets.rows import Page, Row

T = TypeVar("T")
WIDTH, MARGINS = 76, 6
"""Columns of a sheet at most, and how many of them frame and padding take."""
NARROWEST = 20
"""Columns that rows are made for at least; in a smaller terminal they are cut."""
FRAME = 8
"""Rows of a terminal that frame, padding and keys take from the text."""


def keys_line(*keys: tuple[str, str]) -> Content:
    """The keys of a sheet and what they do."""
    parts: list[Content] = []
    for key, label in keys:
        parts.append(Content.assemble((key, "bold $primary"), (f" {label}", "$ink-muted")))
    return Content("   ").join(parts)


class Sheet(Modal[T], Generic[T]):
    """Rows to read, with keys to scroll and to close. Subclasses say what is in it."""

    CSS_PATH: ClassVar[CSSPathType | None] = styles("sheet")
    AUTO_FOCUS = ""
    HEADING = ""
    KEYS: tuple[tuple[str, str], ...] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as frame:
            frame.border_title = self.HEADING
            yield PlanLines("sheet-lines").add_class("sheet-lines")
            yield Static(keys_line(*self.KEYS), classes="sheet-keys")

    def on_mount(self) -> None:
        self.redraw()

    def on_resize(self) -> None:
        self.redraw()

    def page(self, width: int) -> Page:
        """The rows of the sheet, at most `width` cells each."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Show the rows of the sheet, which is as high as they need where the terminal is."""
        lines = self.query_one(PlanLines)
        rows = self._laid_out(min(self.size.width, WIDTH) - MARGINS).body
        lines.styles.height = max(min(len(rows), self.size.height - FRAME), 3)
        lines.fill(lambda width, _: self._laid_out(width))

    def _laid_out(self, width: int) -> Page:
        return self.page(max(width, NARROWEST))

    def action_scroll(self, by: int) -> None:
        self.query_one(PlanLines).scroll_relative(y=by, animate=False)

    def action_close(self) -> None:
        self.dismiss(None)


DETAIL_WIDTH = 76
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
        wanted = len(self.rows(min(self.size.width, DETAIL_WIDTH) - BESIDE))
        view.styles.height = max(1, min(wanted, self.room()))
        view.fill(lambda width: list(self.rows(width)))

    def room(self) -> int:
        """The most lines that the facts may take."""
        return self.size.height - AROUND

    def action_scroll(self, by: int) -> None:
        self.query_one(RowsView).scroll_relative(y=by, animate=False)


class FilledList(RowList):
    """Shows what `fill` gave it; `cursor` is the number of the entry."""

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._build: Callable[[int], Listing] = lambda width: Listing([], [])

    def fill(self, build: Callable[[int], Listing]) -> None:
        """Show what `build(width)` gives, now and after every change of size."""
        self._build = build
        self.rearrange()

    def lay_out(self, width: int, height: int) -> Listing:
        return self._build(width)


LIST_DETAIL_AROUND = 7
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
        width = min(self.size.width, DETAIL_WIDTH) - BESIDE
        around = LIST_DETAIL_AROUND + self.BELOW
        room = max(self.size.height - around - len(self.rows(width)), FEWEST)
        entries = self.query_one(FilledList)
        entries.styles.max_height = room
        entries.fill(lambda width: self.listing(width, room))
        super().redraw()

    def room(self) -> int:
        return self.size.height - LIST_DETAIL_AROUND - self.BELOW - FEWEST

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        self.action_take()
