"""What a re-plan would change, to accept or to turn down."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from coach.ui.screens.sheets.sheet import Sheet
from coach.ui.widgets.rows import Page
from coach.ui.widgets.schedule.change_rows import ChangePage, change_rows
from coach.ui.widgets.schedule.view import PlanView


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
