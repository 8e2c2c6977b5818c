"""The sheet that opens over the schedule: a frame with a title, rows that scroll, and its keys."""

from typing import ClassVar, Generic, TypeVar

from textual._path import CSSPathType
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from coach.ui.screens.modal import Modal
from coach.ui.styles import styles
from coach.ui.widgets.plan_lines import PlanLines
from coach.ui.widgets.rows import Page

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
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
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
