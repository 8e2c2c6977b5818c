"""The own view form: what no report tells, and the person who sat the exam knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from coach.model.attempt import Reflection
from coach.service.drafts import ReflectionDraft
from coach.service.methods import METHODS
from coach.service.reflection import FORMATS, LACKING
from coach.ui import text
from coach.ui.screens.forms.exam_form import ExamForm
from coach.ui.screens.forms.form import Keys
from coach.ui.widgets.forms.tick_field import TickField, TickList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.model.attempt import Report
    from coach.service import Service
    from coach.service.outcome import Outcome


class OwnViewForm(ExamForm):
    """The person's view of a sitting: `which` is a report's id, or a code for its newest one.

    Raises `Refusal` where there is no such report.
    """

    def __init__(self, service: Service, which: str) -> None:
        self._report = service.reflected_report(which)
        super().__init__(service, self._report.exam)
        self._view = self._report.reflection or Reflection()
        self._places = _places(service, self._report, self._view)
        self._sat = service.state.facts.attempts[self._report.attempt].at

    @property
    def heading(self) -> str:
        return f"Your view of {text.day(self._sat)}"

    def compose_fields(self) -> ComposeResult:
        view = self._view
        yield TickField("hard", "Formats that felt hard", FORMATS, view.hard_formats)
        lacking = (view.lacking,) if view.lacking else ()
        yield TickField("lacking", "What seemed to be missing", LACKING, lacking, single=True)
        if self._places:
            yield Static("How you studied before it", classes="section", markup=False)
        for number, place in enumerate(self._places):
            yield TickField(f"method-{number}", place, METHODS, view.methods.get(place, ()))

    def on_mount(self) -> None:
        self.status("The advice takes it into account.", "muted")

    def _ticked(self, field: str) -> tuple[str, ...]:
        return self.query_one(f"#field-{field}", TickField).ticked

    def _methods(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for number, place in enumerate(self._places):
            if ticked := self._ticked(f"method-{number}"):
                yield place, ticked

    def draft(self) -> ReflectionDraft:
        return ReflectionDraft(
            report=self._report.id,
            hard_formats=self._ticked("hard"),
            lacking=self.value("lacking"),
            methods=tuple(self._methods()),
            clear=True,
        )

    def submit(self) -> Outcome:
        return self._service.reflect(self.draft(), self.seen)

    def keys(self, focused: Widget | None) -> Keys:
        if isinstance(focused, TickList):
            return (("arrows", "move"), ("space", "tick"), *self.KEYS[1:])
        return super().keys(focused)


def _places(service: Service, report: Report, view: Reflection) -> tuple[str, ...]:
    """The domains of the report's outline, and whatever else something is kept about."""
    outline = service.outline_for(report.exam, "", report.outline) if report.outline else None
    names = [domain.name for domain in outline.domains] if outline else []
    return tuple(dict.fromkeys((*names, *view.methods)))
