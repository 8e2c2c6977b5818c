"""A small form over the schedule: a few texts, saved by one use case, problems beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from coach.ui import text
from coach.ui.screens.modal import AskingModal
from coach.ui.screens.sheets.sheet import keys_line
from coach.ui.styles import styles
from coach.ui.widgets.line_input import LineInput
from coach.ui.widgets.schedule.view import Entry

if TYPE_CHECKING:
    from coach.service import Service
    from coach.service.outcome import Outcome
    from coach.service.refusal import Problem


MOST_TEXT = 1000
"""Characters of one text; the path of a file is long at times."""


class Field(NamedTuple):
    """One text of the form. `name` is the field that a problem refers to."""

    name: str
    label: str
    value: str
    hint: str


def minutes_form(entry: Entry, service: Service) -> SmallForm:
    """Asks for the minutes that a block really took."""
    name = entry.block.id
    field = Field("minutes", "Minutes it took", str(entry.minutes), "A whole number.")
    return SmallForm("Done in", (field,), lambda minutes: service.block_done(name, minutes))


def move_form(entry: Entry, service: Service) -> SmallForm:
    """Asks for another time, or another length, of a block."""
    name = entry.block.id
    start = f"{entry.block.start:%Y-%m-%d %H:%M}"
    fields = (
        Field("when", "When", start, "A date and time; a date alone keeps the time of day."),
        Field("minutes", "Minutes", str(entry.block.minutes), "How long it should take."),
    )
    return SmallForm("Move", fields, lambda when, minutes: service.block_move(name, when, minutes))


class SmallForm(AskingModal):
    """Closes with what was done, or None. What was typed stays until it is accepted."""

    CSS_PATH = styles("sheet")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]
    DEFAULT_CLASSES = "sheet-form"

    def __init__(self, title: str, fields: Sequence[Field], save: Callable[..., Outcome]) -> None:
        super().__init__()
        self._title, self._fields, self._save = title, fields, save

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as frame:
            frame.border_title = self._title
            for field in self._fields:
                yield Static(field.label, classes="field-label", markup=False)
                yield LineInput(
                    field.value,
                    id=f"field-{field.name}",
                    max_length=MOST_TEXT,
                    compact=False,
                    select_on_focus=True,
                )
                yield Static(classes="problem", id=f"problem-{field.name}", markup=False)
                yield Static(field.hint, classes="field-hint", markup=False)
            yield Static(classes="problem", id="problem-other", markup=False)
            yield Static(
                keys_line(("enter", "save"), ("tab", "next"), ("esc", "cancel")),
                classes="sheet-keys",
            )

    @property
    def changed(self) -> bool:
        return self._values() != [field.value for field in self._fields]

    def _values(self) -> list[str]:
        return [self.query_one(f"#field-{field.name}", Input).value for field in self._fields]

    def on_input_submitted(self) -> None:
        self.close_with(self._save(*self._values()), self.on_input_submitted)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        names = [field.name for field in self._fields]
        for name in (*names, "other"):
            found = [
                problem.text
                for problem in problems
                if (problem.field if problem.field in names else "other") == name
            ]
            place = self.query_one(f"#problem-{name}", Static)
            place.update(text.visible(" ".join(found)))
            place.set_class(bool(found), "-shown")
