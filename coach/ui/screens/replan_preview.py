"""What a re-plan would change, to accept or to turn down, and what earlier ones did change."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from coach.ui.screens.sheet import Sheet
from coach.ui.widgets.change_rows import ChangePage, change_rows
from coach.ui.widgets.plan_view import PlanView
from coach.ui.widgets.rows import Page


class ReplanPreview(Sheet[bool]):
    """Closes with True to accept the changes."""

    KEYS = (("enter", "accept"), ("k", "keep the plan as it is"), ("↑↓", "scroll"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", show=False),
        Binding("k", "close", show=False),
    ]
    HEADING = "Re-plan: what would change"

    def __init__(self, page: ChangePage, view: PlanView) -> None:
        super().__init__()
        self._page, self._view = page, view

    def page(self, width: int) -> Page:
        return Page((), change_rows(self._page, self._view, width))

    def action_accept(self) -> None:
        self.dismiss(True)


class ChangesSheet(Sheet[None]):
    """The changes of each kept revision, newest first on screen."""

    KEYS = (("← →", "other revisions"), ("↑↓", "scroll"), ("v", "close"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v,enter", "close", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
    ]

    def __init__(self, pages: Sequence[ChangePage], view: PlanView) -> None:
        super().__init__()
        self._pages, self._view = pages, view
        self._at = len(pages) - 1

    def page(self, width: int) -> Page:
        return Page((), change_rows(self._pages[self._at], self._view, width))

    def redraw(self) -> None:
        frame = self.query_one("#sheet")
        frame.border_title = self._pages[self._at].title
        frame.border_subtitle = f"{self._at + 1} of {len(self._pages)}"
        super().redraw()

    def action_turn(self, by: int) -> None:
        self._at = min(max(self._at + by, 0), len(self._pages) - 1)
        self.redraw()
