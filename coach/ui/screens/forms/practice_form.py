"""The practice form: a quiz or lab result in one domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from coach.service.drafts import PracticeDraft
from coach.ui import text
from coach.ui.screens.forms.exam_form import ExamForm
from coach.ui.widgets.forms.fields import TextField
from coach.ui.widgets.forms.pick_list import PickField

if TYPE_CHECKING:
    from coach.service import Service
    from coach.service.outcome import Outcome


class PracticeForm(ExamForm):
    """A result of `code`; `domain` is chosen to begin with."""

    HEADING = "Log practice"
    PICKED = "domain"

    def __init__(self, service: Service, code: str, domain: str | None = None) -> None:
        super().__init__(service, code)
        self._domain = domain
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
        yield TextField("at", "When", width=22, hint="2026-11-20 10:00; empty means now")

    def draft(self) -> PracticeDraft:
        return PracticeDraft(
            exam=self._code,
            domain=self.value("domain"),
            correct=self.value("correct"),
            total=self.value("total"),
            source=self.value("source"),
            at=self.value("at"),
        )

    def submit(self) -> Outcome:
        return self._service.add_practice(self.draft())


def _share(weight: float) -> str:
    return f"{text.number(weight)} %"
