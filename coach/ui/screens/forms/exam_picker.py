"""Find an exam by typing part of its code or title; tracked exams come first with their facts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from coach.model.documents import ExamRow, Head
from coach.ui import text
from coach.ui.screens.modal import Modal
from coach.ui.styles import styles
from coach.ui.widgets.head_line import facts_line
from coach.ui.widgets.line_input import LineInput
from coach.wording import counted

if TYPE_CHECKING:
    from coach.ui.app import CoachApp

MOST_QUERY = 200
LEVEL = 12


class ExamPicker(Modal[str]):
    """Closes with the code of an exam, or None."""

    CSS_PATH = styles("exam_picker")
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+w", "dismiss(None)", show=False),
        Binding("down", "step('cursor_down')", show=False),
        Binding("up", "step('cursor_up')", show=False),
        Binding("pagedown", "step('page_down')", show=False),
        Binding("pageup", "step('page_up')", show=False),
    ]

    def __init__(self, title: str = "Exams") -> None:
        super().__init__()
        self._title = title

    @property
    def _coach(self) -> CoachApp:
        return cast("CoachApp", self.app)

    @property
    def _options(self) -> OptionList:
        return self.query_one(OptionList)

    def compose(self) -> ComposeResult:
        with Vertical(id="picker") as frame:
            frame.border_title = self._title
            yield LineInput(placeholder="Type part of a code or title", max_length=MOST_QUERY)
            yield OptionList(markup=False, compact=True)
            yield Static("No exam of the catalogue fits.", id="picker-none", markup=False)
            yield Static(self._keys(), id="picker-keys")

    def _keys(self) -> Content:
        keys = (("↑↓", "choose"), ("enter", "take it"), ("esc", "close"))
        parts = [Content.assemble((k, "bold $primary"), (f" {v}", "$ink-muted")) for k, v in keys]
        return Content("   ").join(parts)

    def on_mount(self) -> None:
        self._options.can_focus = False
        self.call_after_refresh(self._show, "")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._show, self.query_one(Input).value)

    def _show(self, query: str) -> None:
        """Fill the list with what fits the query."""
        rows = self._coach.service.find_exams(query)
        tracked = {head.exam: head for head in self._coach.state.tracked}
        width = max(self._options.size.width - 4, 20)
        own = [row for row in rows if row.code in tracked]
        others = [row for row in rows if row.code not in tracked]
        options: list[Option | None] = []
        for row in own:
            prompt = self._tracked(row, tracked[row.code], width)
            options.append(Option(prompt, id=row.code))
        if own and others:
            options.append(None)
        options += [
            Option(exam_prompt(row, width, self._coach.state.now.date()), id=row.code)
            for row in others
        ]
        self._options.set_options(options)
        self._options.highlighted = 0 if rows else None
        self._options.display = bool(rows)
        self.query_one("#picker-none").display = not rows
        found = counted(len(rows), "exam")
        self.query_one("#picker").border_subtitle = found

    def _tracked(self, row: ExamRow, head: Head, width: int) -> Content:
        facts = facts_line(head, self._coach.state.now, min(width, 90) - 9)
        return exam_prompt(row, width, self._coach.state.now.date()) + "\n" + " " * 8 + facts

    def action_step(self, action: str) -> None:
        getattr(self._options, f"action_{action}")()

    def on_input_submitted(self) -> None:
        self._options.action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)


def exam_prompt(row: ExamRow, width: int, today: date) -> Content:
    """Code, title, level and what is special about an exam, in `width` cells."""
    tag = _tag(row, today)
    level = row.level or ""
    room = width - 11 - cell_len(tag) - max(len(level), LEVEL)
    return Content.assemble(
        (text.fit(row.code, 9), "bold $primary"),
        (text.fit(row.title, max(room, 8)), "$ink"),
        (f" {tag} ", "$heat-below-ink"),
        (level.rjust(LEVEL), "$ink-muted"),
    )


def _tag(row: ExamRow, today: date) -> str:
    """`beta`, or that and when an exam retires, with its successor."""
    after = f" → {text.visible(row.successor)}" if row.successor else ""
    if row.status == "retiring" and row.retires:
        return f"until {text.short_day(row.retires, today)}{after}"
    if row.status in ("retired", "retiring"):
        return f"{row.status}{after}"
    return "beta" if row.status == "beta" else ""
