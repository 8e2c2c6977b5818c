"""The terms form: what was agreed with the vendor, as far as a date of the exam depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from textual.app import ComposeResult

from coach.service.drafts import TermsDraft
from coach.ui.screens.forms.exam_form import ExamForm
from coach.ui.styles import styles
from coach.ui.widgets.forms.fields import TextField

if TYPE_CHECKING:
    from coach.service import Service
    from coach.service.outcome import Outcome

WORDS = {
    "purchased": ("Ordered on", "day of the order"),
    "voucher_expires": ("Voucher until", "its last day"),
    "change_notice": ("Change notice", "72 hours, or 6 business days"),
    "accommodations": ("Accommodations", "day of the request"),
    "eligible_from": ("Approved on", "by the vendor"),
    "renewed_until": ("Renewed until", "of the certificate"),
}
"""The label of each term, and what it means."""


class TermsForm(ExamForm):
    """Shows the terms on which a date of the exam depends, and those that are stored."""

    CSS_PATH = styles("form", "terms_form")
    HEADING = "Terms"

    def __init__(self, service: Service, code: str) -> None:
        super().__init__(service, code)
        self._begun = service.terms_draft(code)
        self._asked = service.terms_fields(code)

    def compose_fields(self) -> ComposeResult:
        for name in self._asked:
            label, hint = WORDS[name]
            yield TextField(name, label, getattr(self._begun, name), hint=hint, width=18)

    def on_mount(self) -> None:
        self.status("Days as 2026-12-31, or empty.", "muted")

    def draft(self) -> TermsDraft:
        typed = {name: self.value(name) for name in self._asked}
        return msgspec.structs.replace(self._begun, **typed)

    def submit(self) -> Outcome:
        return self._service.set_terms(self._code, self.draft(), self.seen)
