"""The booking form: an appointment without a report, from booked to interrupted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from coach.service.drafts import AttemptDraft
from coach.ui.screens.forms.exam_form import ExamForm
from coach.ui.widgets.forms.fields import PLACES, ChoiceField, TextField
from coach.ui.widgets.forms.pick_list import PickField

if TYPE_CHECKING:
    from coach.service import Service
    from coach.service.outcome import Outcome

STATUSES = (
    ("booked", "Booked", "lies ahead"),
    ("pending", "Sat, result to come", "counts once the report is there"),
    ("cancelled", "Cancelled in time", "does not count"),
    ("late-cancelled", "Cancelled too late", "the fee is lost"),
    ("no-show", "Missed", "the fee is lost"),
    ("interrupted", "Interrupted", "may count, ask with a case number"),
    ("revoked", "Revoked", "result taken back"),
    ("beta", "Beta exam", "counts apart"),
)
REASONS = (("", "none"), ("internet", "internet"), ("equipment", "equipment"), ("other", "other"))
WAIVER = (("", "no"), ("yes", "yes, granted"))
WHEN_HINT = "2026-11-20 10:00, or the date alone"
CASE_HINT = "of the test provider, after a failure"


class AttemptForm(ExamForm):
    """A new appointment for the exam `code`, or a stored one to correct."""

    PICKED = "status"

    def __init__(self, service: Service, code: str, attempt_id: str | None = None) -> None:
        super().__init__(service, code)
        self._attempt_id = attempt_id
        self._begun = (
            service.attempt_draft(attempt_id)
            if attempt_id
            else AttemptDraft(exam=code, at="", status="booked")
        )

    def compose_fields(self) -> ComposeResult:
        begun = self._begun
        waiver = "yes" if begun.waiver_granted else ""
        yield PickField("status", "Status", STATUSES, begun.status)
        yield TextField("at", "When", begun.at, width=22, hint=WHEN_HINT)
        yield ChoiceField("place", "Place", PLACES, begun.place)
        yield TextField("fee", "Fee", begun.fee, width=22, hint="a number, in your currency")
        yield TextField("case", "Case no.", begun.case_number, width=22, hint=CASE_HINT)
        yield ChoiceField("reason", "Reason", REASONS, begun.reason)
        yield ChoiceField("waiver", "Waiver", WAIVER, waiver)
        yield TextField("note", "Note", begun.note)

    @property
    def heading(self) -> str:
        return "Correct an appointment" if self._attempt_id else "Appointment"

    def draft(self) -> AttemptDraft:
        return AttemptDraft(
            exam=self._code,
            at=self.value("at"),
            status=self.value("status"),
            place=self.value("place"),
            fee=self.value("fee"),
            case_number=self.value("case"),
            reason=self.value("reason"),
            waiver_granted=bool(self.value("waiver")),
            note=self.value("note"),
        )

    def submit(self) -> Outcome:
        if self._attempt_id:
            return self._service.edit_attempt(self._attempt_id, self.draft(), self.seen)
        return self._service.add_attempt(self.draft())
