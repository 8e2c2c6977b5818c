"""The exam of a form: shown with its title, changed with the exam picker."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from coach.model.documents import ExamDetail
from coach.ui import text
from coach.ui.widgets.forms.fields import Field


class ExamLine(Widget, can_focus=True):
    """Code and title; Enter, space or a letter opens the picker."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "pick", show=False)]

    class Asked(Message):
        """Another exam is wanted."""

    def __init__(self, exam: ExamDetail) -> None:
        super().__init__()
        self.exam = exam

    def render(self) -> Content:
        line = Content.assemble(
            " ",
            (text.visible(self.exam.code), "bold $primary"),
            "  ",
            (text.visible(self.exam.title), "$ink"),
        )
        return line.truncate(self.size.width, ellipsis=True)

    def action_pick(self) -> None:
        self.post_message(self.Asked())

    def on_click(self) -> None:
        self.action_pick()


class ExamField(Field):
    """The exam, which is fixed where a stored record is corrected."""

    DEFAULT_CSS = """
    ExamLine { height: 1; width: 1fr; }
    ExamLine:focus { background: $cursor; }
    """

    class Picked(Message):
        """Another exam was chosen."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    def __init__(self, exam: ExamDetail, *, fixed: bool = False) -> None:
        super().__init__("exam", "Exam")
        self._exam, self._fixed = exam, fixed

    def compose_control(self) -> ComposeResult:
        line = ExamLine(self._exam)
        line.can_focus = not self._fixed
        yield line

    @property
    def value(self) -> str:
        return self._exam.code

    def enter(self) -> None:
        self.query_one(ExamLine).focus()

    def show(self, exam: ExamDetail) -> None:
        """Show another exam."""
        self._exam = exam
        line = self.query_one(ExamLine)
        line.exam = exam
        line.refresh()

    def on_exam_line_asked(self) -> None:
        if self._fixed:
            return
        from coach.ui.screens.forms.exam_picker import ExamPicker

        self.app.push_screen(ExamPicker("Exam of this report"), self._picked)

    def _picked(self, code: str | None) -> None:
        if code and code != self._exam.code:
            self.post_message(self.Picked(code))
