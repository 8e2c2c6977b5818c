"""Hours for study: a week to paint, and below it days off, blocks, caps and a busy calendar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Label, Static

from coach.model.settings import Hours
from coach.service.drafts import HoursDraft
from coach.ui import text
from coach.ui.screens.modal import AskingModal
from coach.ui.screens.sheets.sheet import keys_line
from coach.ui.styles import styles
from coach.ui.widgets.line_input import LineInput
from coach.ui.widgets.schedule.hours_fields import FIELDS, HoursField, values_of
from coach.ui.widgets.schedule.hours_grid import HoursGrid
from coach.ui.widgets.schedule.hours_paint import PRESETS, total, windows_text

if TYPE_CHECKING:
    from coach.service.outcome import Outcome
    from coach.service.refusal import Problem

GRID_KEYS = (
    ("space", "paint"),
    ("b", "brush"),
    ("c", "copy day"),
    ("tab", "fields"),
    ("enter", "save"),
)
FIELD_KEYS = (("tab", "next"), ("↑↓", "fields"), ("enter", "save"), ("esc", "cancel"))


class HoursEditor(AskingModal):
    """Closes with what was done, or None. What was painted and typed stays until accepted."""

    CSS_PATH = styles("sheet")
    QUESTION = "Discard these hours?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", show=False),
        Binding("ctrl+s", "save", show=False),
        Binding("escape,q", "leave", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, hours: Hours, today: int, save: Callable[[HoursDraft], Outcome]) -> None:
        super().__init__()
        self._hours, self._today, self._save = hours, today, save
        self._opened_with: HoursDraft | None = None
        self._problem = ""

    def compose(self) -> ComposeResult:
        values = values_of(self._hours)
        with Vertical(id="sheet", classes="hours") as frame:
            frame.border_title = "Hours for study"
            yield HoursGrid(self._hours, self._today)
            yield Static(_presets(), classes="sheet-presets")
            for row in FIELDS:
                with Horizontal(classes="hours-row"):
                    for field in row:
                        yield Label(field.label, markup=False)
                        yield LineInput(
                            values[field.name],
                            id=f"hours-{field.name}",
                            classes="hours-short" if field.short else "hours-long",
                            select_on_focus=field.short,
                            max_length=2000,
                        )
            yield Static(id="hours-hint", markup=False)
            yield Static(id="hours-keys", classes="sheet-keys")

    def on_mount(self) -> None:
        self._opened_with = self._draft()
        self._show_total()

    def on_hours_grid_changed(self) -> None:
        self._show_total()

    def _show_total(self) -> None:
        grid = self.query_one(HoursGrid)
        brush = "brush down  ·  " if grid.brush_down else ""
        self.query_one("#sheet").border_subtitle = f"{brush}{total(grid.week)} a week"

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._hint()
        keys = GRID_KEYS if isinstance(self.focused, HoursGrid) else FIELD_KEYS
        self.query_one("#hours-keys", Static).update(keys_line(*keys))

    def on_input_changed(self) -> None:
        self._problem = ""
        self._hint()

    def _hint(self) -> None:
        """What was wrong with what was typed, else what the field in focus takes."""
        field = self._field_in_focus()
        hint = text.plain(field.hint(self._hours) if field else "", "$ink-faint")
        if self._problem:
            hint = text.plain(self._problem, "$heat-below-ink")
        self.query_one("#hours-hint", Static).update(hint)

    def _field_in_focus(self) -> HoursField | None:
        name = (self.focused.id or "") if self.focused else ""
        fields = (field for row in FIELDS for field in row)
        return next((field for field in fields if name == f"hours-{field.name}"), None)

    def _typed(self, name: str) -> str:
        return self.query_one(f"#hours-{name}", LineInput).value.strip()

    def _draft(self) -> HoursDraft:
        """Everything painted and typed."""
        busy = self._typed("busy")
        return HoursDraft(
            windows=windows_text(self._hours, self.query_one(HoursGrid).week),
            off=tuple(self._typed("off").replace(",", " ").split()),
            clear=True,
            block=self._typed("block"),
            breaks=self._typed("breaks"),
            daily=self._typed("daily"),
            weekly=self._typed("weekly"),
            spare=self._typed("spare"),
            busy="" if busy.casefold() == "none" else busy,
            no_busy=busy.casefold() == "none",
        )

    def on_input_submitted(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Hand everything over, an emptied week after asking: 0 does not only end up in fields."""
        if any(spans for _, spans in self._draft().windows) or not any(
            self._hours.windows.values()
        ):
            self._keep()
        else:
            from coach.ui.screens.confirm import Confirm

            details = "There is no plan without hours: every block ahead is removed."
            question = Confirm("Save an empty week?", details, "Save", "Go on")
            self.app.push_screen(question, lambda sure: self._keep() if sure else None)

    def _keep(self) -> None:
        """Save it; where it is refused, say why and keep what was typed."""
        self.close_with(self._save(self._draft()), self._keep)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Go to the first field that is wrong, with one sentence for each wrong field."""
        first = {problem.field: problem.text for problem in reversed(problems)}
        wrong = [field.name for row in FIELDS for field in row if field.name in first]
        if wrong:
            self.query_one(f"#hours-{wrong[0]}", LineInput).focus()
        names = sorted(first, key=lambda name: wrong.index(name) if name in wrong else -1)
        self._problem = " ".join(first[name] for name in names)
        self._hint()

    @property
    def changed(self) -> bool:
        return self._draft() != self._opened_with


def _presets() -> Content:
    return keys_line(*((str(index), name) for index, (name, _) in enumerate(PRESETS)))
