"""One block in full: why now, how to work, the first step, and what happened to it."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from coach.ui.screens.sheets.sheet import Sheet
from coach.ui.widgets.rows import Page
from coach.ui.widgets.schedule.block_rows import Told, block_rows
from coach.ui.widgets.schedule.view import Entry, PlanView


class BlockDetail(Sheet[str]):
    """Closes with the id of the action that was asked for, or with None."""

    HEADING = "Block"
    KEYS = (
        ("space", "done"),
        ("x", "skip"),
        ("m", "move"),
        ("P", "pin"),
        ("enter", "close"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "close", show=False),
        Binding("space", "ask('done')", show=False),
        Binding("D", "ask('done_minutes')", show=False),
        Binding("x", "ask('skip')", show=False),
        Binding("m", "ask('move')", show=False),
        Binding("P", "ask('pin')", show=False),
    ]

    def __init__(self, entry: Entry, told: Told, view: PlanView) -> None:
        super().__init__()
        self._content = (entry, told, view)

    def page(self, width: int) -> Page:
        return Page((), block_rows(*self._content, width))

    def action_ask(self, action: str) -> None:
        self.dismiss(action)
