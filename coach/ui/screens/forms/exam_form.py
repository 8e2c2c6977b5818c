"""A small form about one exam, which its title names."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from coach.ui import text
from coach.ui.screens.forms.form import FormScreen, Keys
from coach.ui.widgets.forms.fields import Choice
from coach.ui.widgets.forms.pick_list import PickList

if TYPE_CHECKING:
    from coach.service import Service


class ExamForm(FormScreen):
    """Asks for something about the exam `code`. Subclasses yield the fields."""

    DEFAULT_CLASSES = "-small"
    KEYS: ClassVar[Keys] = (("enter", "next"), ("ctrl+s", "save"), ("esc", "close"))
    PICKED: ClassVar[str] = "choose"
    """What a digit picks in a list of the form."""

    def __init__(self, service: Service, code: str) -> None:
        super().__init__()
        self._service, self._code = service, code

    @property
    def heading(self) -> str:
        """What the form is, before the exam's code."""
        return self.HEADING

    def on_mount(self) -> None:
        title = f"{self.heading} · {self._code}"
        self.query_one("#form").border_title = text.plain(title)

    def keys(self, focused: Widget | None) -> Keys:
        if isinstance(focused, PickList):
            return ((f"1–{focused.most}", self.PICKED), ("↑↓", "choose"), *self.KEYS)
        if isinstance(focused, Choice):
            return (("← →", "choose"), *self.KEYS)
        return (("↑↓", "field"), *self.KEYS)
