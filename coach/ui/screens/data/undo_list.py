"""What was done when, newest first; the newest can be taken back, one after the other."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType

from coach.ui import text
from coach.ui.screens.sheets.list_detail import ListDetail
from coach.ui.widgets.data.backup_words import moments
from coach.ui.widgets.facts_rows import paragraph
from coach.ui.widgets.line_view import Listing
from coach.ui.widgets.rows import Row, Seg, wrap

if TYPE_CHECKING:
    from coach.ui.app import CoachApp


MOST_LINES = 3
"""Lines of one action."""


class UndoList(ListDetail):
    """Closes with None; `u` takes the newest entry back and shows the one before."""

    KEYS = (("u", "take the newest back"), ("↑↓", "look"), ("esc", "close"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", show=False),
        Binding("U", "close", show=False),
    ]

    def __init__(self) -> None:
        super().__init__("What was done")
        self._done: tuple[tuple[datetime, str], ...] = ()

    @property
    def _coach(self) -> CoachApp:
        return cast("CoachApp", self.app)

    def on_mount(self) -> None:
        self._done = self._coach.history()
        super().on_mount()

    def rows(self, width: int) -> tuple[Row, ...]:
        words = "The last fifty things that were saved; u takes them back one after the other."
        if not self._done:
            words = "Nothing to take back. The last fifty things that are saved stand here."
        return tuple(paragraph(words, width, "muted"))

    def listing(self, width: int, room: int) -> Listing:
        now = self._coach.state.now
        made = moments((at for at, _ in self._done), now)
        entries = zip(made, self._done, strict=True)
        return Listing([], [done_rows(at, label, now.date(), width) for at, (_, label) in entries])

    def action_undo(self) -> None:
        """Take back the newest entry as it stands here."""
        if self._done:
            self._coach.take_back(self._done[0])
            self._done = self._coach.history()
            self.redraw()

    def action_take(self) -> None:
        """Enter takes nothing back: it must not happen by habit."""


def done_rows(at: str, label: str, today: date, width: int) -> list[Row]:
    """One action in `width` cells: when, and what."""
    words = text.told(label[:1].upper() + label[1:], today)
    first, *rest = wrap(words, width - len(at), MOST_LINES)
    return [(Seg(at, "muted"), Seg(first)), *((Seg(" " * len(at)), Seg(line)) for line in rest)]
