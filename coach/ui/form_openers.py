"""The forms and pickers that open over any screen, and what is done with what they give."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from coach.ui.screens.base import ModeScreen
from coach.ui.state_app import StateApp

if TYPE_CHECKING:
    from coach.service.outcome import Done


class FormOpeners(StateApp):
    """Opens each form; every one closes with the outcome of its use case, or None."""

    def _saved(self, outcome: Done | None, offer: str = "") -> None:
        """What a form closed with; its notice ends with the offer of what could be done next."""
        if outcome is not None:
            self.take(outcome, offer=offer)
        self.settle()

    def _pick(self, title: str, then: Callable[[str], object]) -> None:
        from coach.ui.screens.exams import ExamPicker

        def picked(code: str | None) -> None:
            if code is not None:
                then(code)

        self.push_screen(ExamPicker(title), picked)

    def _with_exam(self, question: str, then: Callable[[str], object]) -> None:
        """Go on with the exam on screen; where there is none, with one that is picked first."""
        if self.state.code is not None:
            then(self.state.code)
        else:
            self._pick(question, then)

    def action_report(self) -> None:
        """Enter a score report."""
        self._with_exam("Which exam did you sit?", self._open_report)

    def _open_report(self, code: str) -> None:
        from coach.ui.screens.report_form import ReportForm

        self.push_screen(ReportForm(self.service, code), self._reported)

    def _reported(self, outcome: Done | None) -> None:
        """What the form of a new report closed with: its domains come into view, since they say
        more than the score; after a fail it offers to say what no report tells."""
        if outcome is None:
            return
        failed = outcome.state.head is not None and outcome.state.head.passed is False
        self.take(outcome, offer="o keeps your own view of a sitting." if failed else "")
        self.switch_mode("heatmap")

    def action_edit_report(self, report_id: str) -> None:
        """Correct a stored report."""
        from coach.ui.screens.report_form import ReportForm

        self.push_screen(ReportForm(self.service, self.state.code, report_id), self._saved)

    def action_practice(self) -> None:
        """Log a quiz or lab result."""
        self._with_exam("Which exam did you practise for?", self._open_practice)

    def _open_practice(self, code: str) -> None:
        from coach.ui.screens.exam_forms import PracticeForm

        subject = self.screen.subject if isinstance(self.screen, ModeScreen) else None
        self.push_screen(PracticeForm(self.service, code, subject), self._saved)

    def action_booking(self) -> None:
        """Record an appointment without a report."""
        self._with_exam("Which exam is it for?", self._open_booking)

    def _open_booking(self, code: str) -> None:
        from coach.ui.screens.exam_forms import AttemptForm

        self.push_screen(AttemptForm(self.service, code), self._saved)

    def action_edit_attempt(self, attempt_id: str) -> None:
        """Correct a stored appointment that has no report."""
        from coach.ui.screens.exam_forms import AttemptForm

        form = AttemptForm(self.service, self.state.code or "", attempt_id)
        self.push_screen(form, self._saved)

    def action_target(self) -> None:
        """Ask for the date to plan for."""
        self._with_exam("Which exam is it for?", self._open_target)

    def _open_target(self, code: str) -> None:
        from coach.ui.screens.exam_forms import target_form

        self.push_screen(target_form(self.service, code), self._saved)

    def action_terms(self) -> None:
        """Ask for what was agreed with the vendor."""
        self._with_exam("Which exam is it for?", self._open_terms)

    def _open_terms(self, code: str) -> None:
        from coach.ui.screens.exam_forms import TermsForm

        self.push_screen(TermsForm(self.service, code), self._saved)

    def action_paste(self, pasted: str = "") -> None:
        """Read reports from a pasted text or a file."""
        from coach.ui.screens.paste_form import PasteForm

        self.push_screen(PasteForm(self.service, pasted), self._reported)

    def action_own_view(self) -> None:
        """Ask for the person's own view of the sitting under the cursor, else of the newest."""
        from coach.ui.screens.exam_forms import OwnViewForm

        if self.state.code is None:
            self.warn("There is no sitting yet; n enters the report of one.")
            return
        sitting = self.screen.sitting if isinstance(self.screen, ModeScreen) else None
        self.push_screen(OwnViewForm(self.service, sitting or self.state.code), self._saved)

    def action_exam(self) -> None:
        """Switch to another exam, or track a new one."""
        self._pick("Exams", self.open_exam)

    def open_exam(self, code: str) -> None:
        """Put that exam on screen."""
        if code != self.state.code:
            self.take(self.service.select(code), undoable=False)

    def action_card(self) -> None:
        """Show what an exam asks for, and what to do on its day."""
        self._with_exam("Which exam?", self._open_card)

    def _open_card(self, code: str) -> None:
        from coach.ui.screens.exams import ExamCard

        self.push_screen(ExamCard(self.service.exam_detail(code), self.service.view(code).exam_day))

    def track_successor(self) -> None:
        """Put the successor of a retired exam on screen, with a count of its own."""
        retake = self.state.retake
        if retake and retake.status == "retired" and retake.successor:
            self.take(self.service.track_successor(retake.exam))
