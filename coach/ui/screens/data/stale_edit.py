"""Two windows edited the same thing: both versions, and which one to keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from coach.ui.screens.sheets.list_detail import ListDetail
from coach.ui.widgets.data.stale_rows import stale_rows
from coach.ui.widgets.line_view import Listing
from coach.ui.widgets.rows import Row
from coach.ui.widgets.way_rows import Way, way_listing

if TYPE_CHECKING:
    from coach.service.outcome import Refused
    from coach.ui.state_app import StateApp

WAYS = (
    Way("theirs", "t", "Take theirs", "What the other window saved stays; yours is dropped."),
    Way("mine", "m", "Keep mine", "Yours is saved over it; u takes that back."),
)


class StaleEdit(ListDetail):
    """Closes with `mine`, `theirs`, or None to go back and look."""

    KEYS = (("↑↓", "choose"), ("enter", "take it"), ("esc", "back"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "answer('theirs')", show=False),
        Binding("m", "answer('mine')", show=False),
    ]

    def __init__(self, refused: Refused) -> None:
        super().__init__("Changed in another window")
        self._refused = refused

    def rows(self, width: int) -> tuple[Row, ...]:
        return tuple(stale_rows(self._refused, width))

    def listing(self, width: int, room: int) -> Listing:
        return way_listing(WAYS, width, room)

    def action_take(self) -> None:
        if way := self.chosen(WAYS):
            self.dismiss(way.id)

    def action_answer(self, answer: str) -> None:
        self.dismiss(answer)


def ask_which(
    app: StateApp, refused: Refused, keep: Callable[[], object], drop: Callable[[], object]
) -> None:
    """Show both versions over what is stored; `keep` saves the edit again, `drop` gives it up."""
    app.state = app.service.state
    rows = refused.differences
    if rows and all(row.mine == row.stored for row in rows):
        app.say("Another window did the same already.")
        drop()
        return

    def answered(answer: str | None) -> None:
        if answer is not None:
            (keep if answer == "mine" else drop)()

    app.push_screen(StaleEdit(refused), answered)
