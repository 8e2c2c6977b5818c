"""Weekly hours as a grid to paint, and the days off as a line of text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from coach.model.settings import Hours
from coach.service.drafts import HoursDraft
from coach.service.outcome import Done, Refused
from coach.ui import text
from coach.ui.screens.sheet import keys_line
from coach.ui.screens.stale_edit import ask_which
from coach.ui.widgets.hours_grid import HoursGrid
from coach.ui.widgets.hours_paint import PRESETS, off_text, total, windows_text
from coach.ui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from coach.service.outcome import Outcome
    from coach.ui.app import CoachApp


class HoursEditor(ModalScreen[Done]):
    """Closes with what was done, or None. What was painted and typed stays until accepted."""

    CSS_PATH = "plan.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", show=False),
        Binding("escape,q", "dismiss(None)", show=False),
    ]

    def __init__(self, hours: Hours, today: int, save: Callable[[HoursDraft], Outcome]) -> None:
        super().__init__()
        self._hours, self._today, self._save = hours, today, save

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet", classes="hours") as frame:
            frame.border_title = "Hours for study"
            yield HoursGrid(self._hours, self._today)
            yield Static(_presets(), classes="sheet-presets")
            yield Static(
                "Days off, such as 2026-12-24 or 2026-12-24..2026-12-26",
                classes="field-label",
                markup=False,
            )
            yield LineInput(off_text(self._hours.off), id="hours-off", max_length=2000)
            yield Static(classes="problem", id="hours-problem", markup=False)
            yield Static(
                keys_line(
                    ("space", "paint"),
                    ("shift+↑↓", "more"),
                    ("tab", "days off"),
                    ("enter", "save"),
                    ("esc", "cancel"),
                ),
                classes="sheet-keys",
            )

    def on_mount(self) -> None:
        self._show_total()

    def on_hours_grid_changed(self) -> None:
        self._show_total()

    def _show_total(self) -> None:
        grid = self.query_one(HoursGrid)
        self.query_one("#sheet").border_subtitle = f"{total(grid.week)} a week"

    def on_input_submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Hand everything over; where it is refused, say why and keep it."""
        grid = self.query_one(HoursGrid)
        typed = self.query_one("#hours-off", Input).value.replace(",", " ").split()
        windows = windows_text(self._hours, grid.week)
        outcome = self._save(HoursDraft(windows=windows, off=tuple(typed), clear=True))
        if isinstance(outcome, Refused) and outcome.stale:
            app = cast("CoachApp", self.app)
            ask_which(app, outcome, self.action_save, partial(self.dismiss, None))
        elif isinstance(outcome, Refused):
            place = self.query_one("#hours-problem", Static)
            place.update(text.visible(outcome.text))
            place.add_class("-shown")
        else:
            self.dismiss(outcome)


def _presets() -> Content:
    return keys_line(*((str(index), name) for index, (name, _) in enumerate(PRESETS)))
