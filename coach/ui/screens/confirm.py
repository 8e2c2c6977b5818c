"""One question, or one thing to know."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from coach.ui import text
from coach.ui.screens.modal import Modal
from coach.ui.styles import styles


class Confirm(Modal[bool]):
    """Closes with True for yes. `yes` is the word for it; an empty one leaves only a notice."""

    CSS_PATH = styles("form")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", show=False),
        Binding("n,escape,enter,q", "answer(False)", show=False),
    ]

    def __init__(self, question: str, details: str, yes: str = "", no: str = "Keep") -> None:
        super().__init__()
        self._question, self._details = question, details
        self._yes, self._no = yes, no

    def compose(self) -> ComposeResult:
        with Vertical(id="question") as frame:
            frame.border_title = Content(text.visible(self._question))
            yield Static(text.shown_lines(self._details), markup=False)
            yield Static(self._keys(), id="question-keys")

    def _keys(self) -> Content:
        if not self._yes:
            return Content.assemble(("enter", "bold $primary"), (" close", "$ink-muted"))
        return Content.assemble(
            ("y", "bold $primary"),
            (f" {self._yes.lower()}   ", "$ink-muted"),
            ("n", "bold $primary"),
            (f" {self._no.lower()}", "$ink-muted"),
        )

    def action_answer(self, answer: bool) -> None:
        self.dismiss(answer and bool(self._yes))
