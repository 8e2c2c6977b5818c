"""Moving a block by keys: the day, the time and the length, with what stands in the way."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType

from coach.service.free_time import Spot, next_free, spot_of
from coach.service.outcome import Done, Refused
from coach.ui.screens.data.stale_edit import ask_which
from coach.ui.screens.sheets.sheet import Sheet
from coach.ui.widgets.rows import Page
from coach.ui.widgets.schedule.move_rows import clock, move_rows, others_on
from coach.ui.widgets.schedule.view import Entry, PlanView

if TYPE_CHECKING:
    from coach.service import Service
    from coach.ui.app import CoachApp


class MoveSheet(Sheet[Done]):
    """Closes with what was done, or None. Nothing is saved before Enter."""

    HEADING = "Move"
    KEYS = (
        ("←→", "day"),
        ("↑↓", "time"),
        ("+ -", "length"),
        ("f", "free"),
        ("t", "type"),
        ("enter", "move"),
        ("m", "close"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "shift(-1, 0, 0)", show=False),
        Binding("right", "shift(1, 0, 0)", show=False),
        Binding("left_square_bracket", "shift(-7, 0, 0)", show=False),
        Binding("right_square_bracket", "shift(7, 0, 0)", show=False),
        Binding("up", "shift(0, -15, 0)", show=False),
        Binding("down", "shift(0, 15, 0)", show=False),
        Binding("pageup", "shift(0, -60, 0)", show=False),
        Binding("pagedown", "shift(0, 60, 0)", show=False),
        Binding("plus,equals_sign", "shift(0, 0, 15)", show=False),
        Binding("minus", "shift(0, 0, -15)", show=False),
        Binding("f", "free", show=False),
        Binding("t", "type", show=False),
        Binding("enter", "move", show=False),
        Binding("m", "close", show=False),
    ]

    def __init__(self, entry: Entry, view: PlanView, service: Service) -> None:
        super().__init__()
        self._entry, self._view, self._service = entry, view, service
        self._seen = service.state
        self._spot = spot_of(entry.block, view.now)
        self._problem = ""

    def page(self, width: int) -> Page:
        return Page((), move_rows(self._entry, self._spot, self._problem, self._view, width))

    def on_mount(self) -> None:
        self._go(self._spot)

    def action_shift(self, days: int, minutes: int, longer: int) -> None:
        """Another day, another time, another length."""
        self._go(self._spot.shifted(days=days, minutes=minutes, longer=longer))

    def action_free(self) -> None:
        """The next free place inside the hours."""
        view = self._view
        others = partial(others_on, view, self._entry)
        found = next_free(view.hours, view.now, others, self._spot)
        if found is not None:
            self._go(found)
        else:
            self._problem = "There is no free place of that length in your hours."
            self.redraw()

    def _go(self, spot: Spot) -> None:
        """Show that place, and why the block cannot go there if it cannot."""
        self._spot = spot
        outcome = self._service.preview_move(*self._draft)
        self._problem = outcome.text if isinstance(outcome, Refused) else ""
        self.redraw()

    @property
    def _draft(self) -> tuple[str, str, str]:
        spot = self._spot
        return self._entry.block.id, f"{spot.day} {clock(spot.start)}", str(spot.minutes)

    def action_move(self) -> None:
        """Save the move; where it is refused, the sheet stays and says why."""
        outcome = self._service.block_move(*self._draft, seen=self._seen)
        if isinstance(outcome, Refused) and outcome.stale:
            self._seen = self._service.state
            app = cast("CoachApp", self.app)
            ask_which(app, outcome, self.action_move, self.action_close)
        elif isinstance(outcome, Refused):
            self._problem = outcome.text
            self.redraw()
        else:
            self.dismiss(outcome)

    def action_type(self) -> None:
        """Type the date and time instead."""
        from coach.ui.screens.forms.move_form import move_form

        def typed(outcome: Done | None) -> None:
            if outcome is not None:
                self.dismiss(outcome)

        self.app.push_screen(move_form(self._entry, self._service), typed)
