"""The practice form: a quiz or lab result in one domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from coach.service.drafts import PracticeDraft
from coach.ui import text
from coach.ui.screens.form import FormScreen, Keys
from coach.ui.widgets.fields import Field, TextField
from coach.ui.widgets.pick_list import PickField, PickList

if TYPE_CHECKING:
    from coach.service import Service
    from coach.service.outcome import Outcome


class PracticeForm(FormScreen):
    """A result of `code`; `domain` is chosen to begin with."""

    HEADING = "Log practice"
    KEYS: ClassVar[Keys] = (("enter", "next"), ("ctrl+s", "save"), ("esc", "close"))

    def __init__(self, service: Service, code: str, domain: str | None = None) -> None:
        super().__init__()
        self._service, self._code, self._domain = service, code, domain
        outlines = service.exam_detail(code).outlines
        self._domains = outlines[0].domains if outlines else ()

    def compose_fields(self) -> ComposeResult:
        if self._domains:
            options = [
                (domain.name, domain.name, _share(domain.weight)) for domain in self._domains
            ]
            yield PickField("domain", "Domain", options, self._domain or "")
        else:
            yield TextField("domain", "Domain", self._domain or "")
        yield TextField("correct", "Correct", width=12, hint="questions or tasks you got right")
        yield TextField("total", "Of", width=12, hint="asked in all")
        yield TextField("source", "Source", width=34, hint="a name, if you like")
        yield TextField("at", "When", width=22, hint="2026-11-20 10:00; empty means just now")

    def on_mount(self) -> None:
        self.query_one("#form").border_title = text.plain(f"Log practice · {self._code}")
        self.add_class("-small")

    def _value(self, field: str) -> str:
        return self.query_one(f"#field-{field}", Field).value

    def draft(self) -> PracticeDraft:
        return PracticeDraft(
            exam=self._code,
            domain=self._value("domain"),
            correct=self._value("correct"),
            total=self._value("total"),
            source=self._value("source"),
            at=self._value("at"),
        )

    def submit(self) -> Outcome:
        return self._service.add_practice(self.draft())

    def keys(self, focused: Widget | None) -> Keys:
        if isinstance(focused, PickList):
            last = len(self._domains)
            return ((f"1–{min(last, 9)}", "domain"), ("↑↓", "choose"), *self.KEYS)
        return (("↑↓", "field"), *self.KEYS)


def _share(weight: float) -> str:
    return f"{text.number(weight)} %"
