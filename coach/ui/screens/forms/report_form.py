"""The report form: a sitting, its score, and what the report showed for each domain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from coach.service.drafts import ReportDraft
from coach.service.outcome import Done, Refused
from coach.ui import text
from coach.ui.screens.forms.form import FormScreen, Keys
from coach.ui.styles import styles
from coach.ui.widgets.forms.domain_field import BandInput, DomainField, TopicFlag
from coach.ui.widgets.forms.exam_field import ExamField
from coach.ui.widgets.forms.fields import PLACES, SOURCES, Choice, ChoiceField, Field, TextField
from coach.ui.widgets.forms.report_preview import missing_rows, preview_rows
from coach.ui.widgets.plan_lines import PlanLines
from coach.ui.widgets.rows import Page

if TYPE_CHECKING:
    from coach.model.documents import ExamDetail
    from coach.service import Service
    from coach.service.outcome import Outcome
    from coach.service.refusal import Problem

PAUSE = 0.15
"""Seconds without a change before the effect is computed again."""
WHOLE_REPORT = 3
"""Pasted lines from which a text is taken for a whole report."""
RECEIVED_HINT = "if on a later day"
FLAGS_HINT = "Microsoft lists none; other vendors may"
NOTE_HINT = "topics and what was unclear, no questions"


class ReportForm(FormScreen):
    """A new report of the exam `code`, begun from `draft`, or a stored one to correct."""

    CSS_PATH = styles("form", "report_form")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "look", show=False),
    ]

    def __init__(
        self,
        service: Service,
        code: str | None = None,
        report_id: str | None = None,
        draft: ReportDraft | None = None,
    ) -> None:
        super().__init__()
        self._begun = draft is not None
        if draft is None:
            draft = (
                service.new_report_draft(code or "")
                if report_id is None
                else service.report_draft(report_id)
            )
        self._service, self._draft, self._report_id = service, draft, report_id
        self._exam: ExamDetail = service.exam_detail(draft.exam)
        self._outline = service.outline_for(draft.exam, draft.at, draft.outline)
        self._typed = dict(draft.observations)
        self._flags = draft.flags
        self._due: Timer | None = None

    def compose_fields(self) -> ComposeResult:
        draft = self._draft
        yield ExamField(self._exam, fixed=self._report_id is not None)
        yield TextField("at", "Sat at", draft.at, width=20, hint="2026-11-20 10:00, or the date")
        yield TextField("score", "Score", draft.score, width=20, hint=self._passing())
        yield ChoiceField("place", "Place", PLACES, draft.place)
        yield TextField("fee", "Fee paid", draft.fee, width=20, hint="in your own currency")
        yield self._outline_field(draft.outline)
        yield Static(self._heading(), classes="section", id="report-showed", markup=False)
        with Vertical(id="report-domains"):
            yield from self._rows()
        yield TextField("flags", "More flags", "; ".join(self._other_flags()), hint=FLAGS_HINT)
        yield TextField("received", "Received", draft.received, width=20, hint=RECEIVED_HINT)
        yield ChoiceField("source", "Seen on", SOURCES, draft.source)
        yield TextField("note", "Note", draft.note, hint=NOTE_HINT)

    def compose_beside(self) -> ComposeResult:
        yield PlanLines("report-preview")

    def on_mount(self) -> None:
        self.query_one("#form").border_title = (
            "Correct a report" if self._report_id else "New report"
        )
        self.call_after_refresh(self._preview)

    @property
    def changed(self) -> bool:
        return self._begun or super().changed

    def _passing(self) -> str:
        return f"{self._exam.passing_score} passes"

    def _outline_field(self, chosen: str = "") -> ChoiceField:
        """The editions to choose from; without a choice the date decides."""
        options = [("", "by date"), *((entry.id, entry.id) for entry in self._exam.outlines)]
        field = ChoiceField("outline", "Skills", options, chosen)
        field.display = len(self._exam.outlines) > 1
        return field

    def first_field(self) -> Field:
        return self.query_one("#field-at", Field)

    def _domains(self) -> Iterator[DomainField]:
        yield from self.query(DomainField)

    def _rows(self) -> list[DomainField]:
        """One row per domain of the edition in use."""
        read = partial(self._service.band_for, self._exam.code)
        return [
            DomainField(number, domain, self._typed.get(domain.name, ""), self._flags, read)
            for number, domain in enumerate(self._outline.domains if self._outline else (), 1)
        ]

    async def _show_domains(self) -> None:
        """The rows of the edition in use; what was typed stays with its domain."""
        at, chosen = self.value("at"), self.value("outline")
        outline = self._service.outline_for(self._exam.code, at, chosen)
        if outline == self._outline:
            return
        self._keep_typed()
        self._outline = outline
        place = self.query_one("#report-domains", Vertical)
        async with self.batch():
            await place.remove_children()
            await place.mount(*self._rows())
        self.query_one("#report-showed", Static).update(self._heading())

    def _heading(self) -> str:
        if self._outline is None:
            return "No skill areas are known for this exam"
        day = self._outline.as_of
        return "What the report showed" + (f", skills of {text.dated(day)}" if day else "")

    def _keep_typed(self) -> None:
        for row in self._domains():
            self._typed[row.domain.name] = row.value
            topics = {topic.casefold() for topic in row.domain.topics}
            others = (flag for flag in self._flags if flag.casefold() not in topics)
            self._flags = (*others, *row.flags)

    def _other_flags(self) -> list[str]:
        """Flags that are no topic of the edition in use: they are edited as text."""
        domains = self._outline.domains if self._outline else ()
        known = {topic.casefold() for domain in domains for topic in domain.topics}
        return [flag for flag in self._draft.flags if flag.casefold() not in known]

    def draft(self) -> ReportDraft:
        rows = list(self._domains())
        others = [topic.strip() for topic in self.value("flags").split(";")]
        return msgspec.structs.replace(
            self._draft,
            exam=self._exam.code,
            at=self.value("at"),
            score=self.value("score"),
            outline=self.value("outline"),
            observations=tuple((row.domain.name, row.value) for row in rows if row.value),
            flags=(*(flag for row in rows for flag in row.flags), *filter(None, others)),
            place=self.value("place"),
            fee=self.value("fee"),
            received=self.value("received"),
            source=self.value("source"),
            note=self.value("note"),
        )

    def submit(self) -> Outcome:
        if self._report_id is None:
            return self._service.add_report(self.draft())
        return self._service.edit_report(self._report_id, self.draft(), self.seen)

    def on_paste(self, event: events.Paste) -> None:
        """Several lines can be a whole report, except in the note."""
        note = self.query_one("#field-note")
        if len(event.text.splitlines()) < WHOLE_REPORT or note.has_focus_within:
            return
        from coach.ui.screens.forms.paste_form import PasteForm

        event.prevent_default()
        self.app.push_screen(PasteForm(self._service, event.text), self._pasted)

    def _pasted(self, done: Done | None) -> None:
        if done is not None:
            self.dismiss(done)

    async def on_field_changed(self) -> None:
        """Look again at what the report would change, once the typing pauses."""
        if self._due is not None:
            self._due.stop()
        self._due = self.set_timer(PAUSE, self._look_again)

    async def _look_again(self) -> None:
        await self._show_domains()
        self._preview()

    def _preview(self) -> None:
        outcome = self._service.preview_report(self.draft(), self._report_id)
        lines = self.query_one(PlanLines)
        if isinstance(outcome, Refused):
            problems = outcome.problems
            lines.fill(lambda width, _: Page((), missing_rows(problems, width)))
            self._still_wrong(problems)
            return
        lines.fill(lambda width, _: Page((), preview_rows(outcome, width)))
        self.complain(())
        self.status(f"Ready to save: {text.changes(outcome.changes)}")

    def _still_wrong(self, problems: Sequence[Problem]) -> None:
        """Problems show beside their fields once saving was tried, and then follow the typing."""
        if self._refused:
            self.complain(problems)
        else:
            self.status("Type the date, the score and the bands.", "muted")

    def action_look(self) -> None:
        """Bring the effect up to date; where there is no room beside, show it instead."""
        self._preview()
        if not self.has_class("-narrow"):
            return
        self.toggle_class("-looking")
        if self._looking:
            self.set_focus(None)
        else:
            self.first_field().enter()
        self.show_keys()

    @property
    def _looking(self) -> bool:
        """Whether the preview stands in the place of the fields."""
        return self.has_class("-looking") and self.has_class("-narrow")

    def action_next(self) -> None:
        if self._looking:
            self.query_one(PlanLines).scroll_relative(y=1, animate=False)
        else:
            super().action_next()

    def action_previous(self) -> None:
        if self._looking:
            self.query_one(PlanLines).scroll_relative(y=-1, animate=False)
        else:
            super().action_previous()

    def action_leave(self) -> None:
        if self._looking:
            self.action_look()
        else:
            super().action_leave()

    async def on_exam_field_picked(self, event: ExamField.Picked) -> None:
        """Another exam: its domains replace these; what fits stays."""
        self._exam = self._service.exam_detail(event.code)
        self.query_one(ExamField).show(self._exam)
        await self.query_one("#field-outline").remove()
        await self.query_one("#form-fields").mount(self._outline_field(), before="#report-showed")
        await self._look_again()

    def keys(self, focused: Widget | None) -> Keys:
        save = ("ctrl+s", "save")
        if self._looking:
            return (("↑↓", "scroll"), ("ctrl+r", "back to the fields"), save)
        if isinstance(focused, BandInput):
            return (("b n a", "band"), ("0–100", "bar"), ("f", "topics"), ("?", "clear"), save)
        if isinstance(focused, TopicFlag):
            return (("space", "flag"), ("↑↓", "move"), save, ("esc", "close"))
        if isinstance(focused, Choice):
            return (("← →", "choose"), ("↑↓", "field"), save, ("esc", "close"))
        return (("↑↓", "field"), ("ctrl+r", "preview"), save, ("esc", "close"))
