"""The report form: a sitting, its score, and what the report showed for each domain."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from coach.model.answers import Retake
from coach.model.material import ExamDetail
from coach.service import exams, reports
from coach.service.drafts import ReportDraft
from coach.service.outcome import Done, Outcome, Refused
from coach.service.refusal import Problem
from coach.service.service import Service
from coach.ui import actions, text
from coach.ui.host import host_of
from coach.ui.screens.form import SAVE_CLOSE, FormScreen
from coach.ui.screens.sheet import Keys
from coach.ui.styles import styles
from coach.ui.widgets.band_field import BandInput, DomainField, TopicFlag
from coach.ui.widgets.fields import PLACES, SOURCES, Choice, Control, Field, TextField, WhenField
from coach.ui.widgets.line_view import PlanLines
from coach.ui.widgets.rows import Page, Row, Seg, hanging, paragraph
from coach.ui.widgets.schedule.change_rows import change_rows, outcome_page
from coach.ui.widgets.schedule.plan_view import arrange
from coach.wording import counted

LABEL = 12


def missing_rows(
    problems: Sequence[Problem], labels: Mapping[str, str], width: int
) -> tuple[Row, ...]:
    """What the report still needs before its effect can be shown, by the labels of its fields."""
    rows: list[Row] = [(Seg("Still needed", "title"),), ()]
    for problem in problems:
        label = labels.get(problem.field)
        words = text.shown(problem.said if label else problem.text)
        said = f"{label}: {words}" if label else text.sentence(words)
        rows += hanging((Seg("· ", "faint"),), said, width, "muted")
    return tuple(rows)


def preview_rows(done: Done, width: int) -> tuple[Row, ...]:
    """The dates that would follow from the report, and the plan's changes with their reasons."""
    view = done.state.view(done.exam or "")
    rows = [*_dates(view.retake, done), ()]
    schedule = view.schedule
    if not schedule.weeks:
        reason = schedule.reason or "There is no plan for this exam."
        return (*rows, *paragraph(reason, width, "muted"))
    plan = arrange(schedule, done.state.facts.hours, done.state.now)
    return (*rows, *change_rows(outcome_page(done, view.code, plan), plan, width))


def _dates(retake: Retake, done: Done) -> list[Row]:
    today = done.state.now.date()
    rows: list[Row] = [(Seg("If you save this", "title"),), ()]
    if retake.certain_from:
        rows.append(_fact("You may sit", text.allowed(retake.certain_from, today)))
    elif retake.status == "passed":
        return [*rows, _fact("Result", "passed")]
    else:
        unknown = retake.status == "unknown"
        rows.append(_fact("You may sit", "rule not known" if unknown else retake.status))
    if retake.earliest and retake.certain_from != retake.earliest:
        rows.append(_fact("Perhaps", f"from {text.allowed(retake.earliest, today)}"))
    if window := retake.recommended:
        rows.append(_fact("Best time", text.days(window.from_, window.until, today)))
    if retake.attempts_left is not None:
        rows.append(_fact("Left", counted(retake.attempts_left, "attempt")))
    return rows


def _fact(label: str, value: str) -> Row:
    return (Seg(label.ljust(LABEL), "muted"), Seg(value, "ink"))


class ExamLine(Control):
    """Code and title; Enter, space or a letter opens the picker."""

    BINDINGS: ClassVar[list[BindingType]] = actions.widget_bindings("exam")
    DEFAULT_CSS = """
    ExamLine { height: 1; width: 1fr; }
    ExamLine:focus { background: $cursor; }
    """

    exam: reactive[ExamDetail] = reactive[ExamDetail](None)  # type: ignore[arg-type]

    class Picked(Message):
        """Another exam was chosen."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    def __init__(self, exam: ExamDetail) -> None:
        super().__init__()
        self.set_reactive(ExamLine.exam, exam)

    @property
    def value(self) -> str:
        return self.exam.code

    def render(self) -> Content:
        line = Content.assemble(
            " ",
            (text.visible(self.exam.code), "bold $ink"),
            "  ",
            (text.visible(self.exam.title), "$ink"),
        )
        return line.truncate(self.size.width, ellipsis=True)

    def action_pick(self) -> None:
        host_of(self).open("exam", "Exam of this report", then=self._picked)

    def _picked(self, code: str) -> None:
        if code != self.exam.code:
            self.post_message(self.Picked(code))

    def on_click(self) -> None:
        self.action_pick()


WHOLE_REPORT = 3
"""Pasted lines from which a text is taken for a whole report."""
WHEN_HINT = "20 Nov 10:00, or a day"
RECEIVED_HINT = "if on a later day"
RESULTS = (("", "-"), ("pass", "pass"), ("fail", "fail"))
FLAGS_HINT = "as the report names them; semicolons between them"
NO_FLAGS_HINT = "Microsoft lists none; other vendors may"
TYPED = ["at", "score", "result", "outline", "place", "fee", "received", "source", "note"]
"""The fields that are texts of the draft as they are."""
BAND_KEYS = (("b n a", "band"), ("0–100", "bar"), ("f", "topics"), ("-", "clear"))
NOTE_HINT = "topics and what was unclear, no questions"


class ReportForm(FormScreen):
    """A new report of the exam `code`, begun from `draft`, or a stored one to correct."""

    CSS_PATH = styles("form", "report_form")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    NAME = "report"
    KEYS: ClassVar[Mapping[type, Keys]] = {
        BandInput: (*BAND_KEYS, *SAVE_CLOSE),
        TopicFlag: (("space", "flag"), ("↑↓", "move"), *SAVE_CLOSE),
        Choice: (("← →", "choose"), ("↑↓", "field"), *SAVE_CLOSE),
    }
    OTHER_KEYS = (("↑↓", "field"), ("ctrl+r", "preview"), *SAVE_CLOSE)

    def __init__(
        self,
        service: Service,
        code: str | None = None,
        report_id: str | None = None,
        draft: ReportDraft | None = None,
    ) -> None:
        super().__init__()
        self.heading = "Correct a report" if report_id else "New report"
        self._begun = draft is not None
        if draft is None:
            draft = (
                service.ask(reports.report_draft, report_id)
                if report_id
                else service.ask(reports.blank_draft, code or "")
            )
        self._service, self._draft, self._report_id = service, draft, report_id
        world = service.state.world
        self._exam: ExamDetail = exams.detail(world, draft.exam)
        self._outline = exams.outline_for(world, draft.exam, draft.at, draft.outline)
        self._typed = dict(draft.observations)
        self._flags = draft.flags

    def compose_fields(self) -> ComposeResult:
        draft = self._draft
        yield Field("exam", "Exam", ExamLine(self._exam))
        mark = self._exam.passing_score
        passing = "no pass mark is known" if mark is None else f"pass mark {mark}"
        yield WhenField("at", "Exam date", draft.at, hint=WHEN_HINT, lean="back")
        yield TextField("score", "Score", draft.score, width=20, hint=passing)
        yield self._result_field(draft.result)
        yield Field("place", "Place", Choice(PLACES, draft.place))
        yield TextField("fee", "Fee paid", draft.fee, width=20, hint="in your own currency")
        yield self._outline_field(draft.outline)
        yield Static(self._heading(), classes="section", id="report-showed", markup=False)
        with Vertical(id="report-domains"):
            yield from self._rows()
        others = "; ".join(self._other_flags())
        flags_hint = NO_FLAGS_HINT if self._exam.vendor == "Microsoft" else FLAGS_HINT
        yield TextField("flags", "Other flagged topics", others, hint=flags_hint)
        yield WhenField("received", "Received", draft.received, hint=RECEIVED_HINT, lean="back")
        yield Field("source", "Report source", Choice(SOURCES, draft.source))
        yield TextField("note", "Note", draft.note, hint=NOTE_HINT)

    def compose_beside(self) -> ComposeResult:
        yield PlanLines("report-preview")

    def on_mount(self) -> None:
        self.call_after_refresh(self._preview)

    @property
    def changed(self) -> bool:
        return self._begun or super().changed

    def _result_field(self, chosen: str) -> Field:
        """Whether it was a pass, where a report may tell no more."""
        field = Field("result", "Result", Choice(RESULTS, chosen))
        field.display = self._exam.vendor != "Microsoft" or bool(chosen)
        return field

    def _outline_field(self, chosen: str = "") -> Field:
        """The editions to choose from; without a choice the date decides."""
        options = [("", "by date"), *((entry.id, entry.id) for entry in self._exam.outlines)]
        field = Field("outline", "Skills", Choice(options, chosen))
        field.display = len(self._exam.outlines) > 1
        return field

    def first_field(self) -> Field:
        return self.query_one("#field-at", Field)

    def _rows(self) -> list[DomainField]:
        """One row per domain of the edition in use."""
        read = partial(exams.band_for, self._service.state.world, self._exam.code)
        return [
            DomainField(number, domain, self._typed.get(domain.name, ""), self._flags, read)
            for number, domain in enumerate(self._outline.domains if self._outline else (), 1)
        ]

    async def _show_domains(self) -> None:
        """The rows of the edition in use; what was typed stays with its domain."""
        at, chosen = self.value("at"), self.value("outline")
        outline = exams.outline_for(self._service.state.world, self._exam.code, at, chosen)
        if outline == self._outline:
            return
        for row in self.query(DomainField):
            self._typed[row.domain.name] = row.value
            topics = {topic.casefold() for topic in row.domain.topics}
            others = (flag for flag in self._flags if flag.casefold() not in topics)
            self._flags = (*others, *row.flags)
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

    def _other_flags(self) -> list[str]:
        """Flags that are no topic of the edition in use: they are edited as text."""
        domains = self._outline.domains if self._outline else ()
        known = {topic.casefold() for domain in domains for topic in domain.topics}
        return [flag for flag in self._draft.flags if flag.casefold() not in known]

    def draft(self) -> ReportDraft:
        rows = self.query(DomainField)
        others = [topic.strip() for topic in self.value("flags").split(";")]
        return msgspec.structs.replace(
            self._draft,
            exam=self._exam.code,
            observations=tuple((row.domain.name, row.value) for row in rows if row.value),
            flags=(*(flag for row in rows for flag in row.flags), *filter(None, others)),
            **self.values(*TYPED),
        )

    def submit(self) -> Outcome:
        if self._report_id is None:
            return self._service.act(reports.add_report, self.draft())
        edited = (self._report_id, self.draft())
        return self._service.act_on(self.seen, reports.edit_report, *edited)

    def on_paste(self, event: events.Paste) -> None:
        """Several lines can be a whole report, except in the note."""
        note = self.query_one("#field-note")
        if len(event.text.splitlines()) < WHOLE_REPORT or note.has_focus_within:
            return
        event.prevent_default()
        self.host.open("paste", event.text, then=self.dismiss)

    def on_field_changed(self) -> None:
        """Look again at what the report would change."""
        self.soon(self._look_again)

    async def _look_again(self) -> None:
        await self._show_domains()
        self._preview()

    def _preview(self) -> None:
        if self._report_id is None:
            outcome = self._service.preview(reports.add_report, self.draft())
        else:
            edited = (self._report_id, self.draft())
            outcome = self._service.preview(reports.edit_report, *edited)
        lines = self.query_one(PlanLines)
        if isinstance(outcome, Refused):
            problems = outcome.problems
            labels = {field.field: field.label for field in self.query(Field)}
            lines.fill(lambda width, _: Page((), missing_rows(problems, labels, width)))
            # Problems show beside their fields once saving was tried, and then follow the typing.
            if self._refused:
                self.complain(problems)
            else:
                self.status("Type date, score and bands.", "muted")
            return
        lines.fill(lambda width, _: Page((), preview_rows(outcome, width)))
        self.complain(())
        self.status(f"Ready to save: {text.changes(outcome.changes)}")

    def action_look(self) -> None:
        """Bring the effect up to date; where there is no room hanging, show it instead."""
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

    async def on_exam_line_picked(self, event: ExamLine.Picked) -> None:
        """Another exam: its domains replace these; what fits stays."""
        self._exam = exams.detail(self._service.state.world, event.code)
        self.query_one(ExamLine).exam = self._exam
        result = self.query_one("#field-result", Field)
        result.display = self._exam.vendor != "Microsoft" or bool(result.value)
        await self.query_one("#field-outline").remove()
        await self.query_one("#form-fields").mount(self._outline_field(), before="#report-showed")
        await self._look_again()

    def keys(self) -> Keys:
        if self._looking:
            return (("↑↓", "scroll"), ("ctrl+r", "back to the fields"), SAVE_CLOSE[0])
        return super().keys()
