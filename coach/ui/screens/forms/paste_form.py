"""The paste form: the text of a score report, or the file of one, read and shown before saving."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import TextArea

from coach.service.outcome import Done, Refused
from coach.service.refusal import Problem, Refusal
from coach.ui.screens.forms.form import FormScreen, Keys
from coach.ui.styles import styles
from coach.ui.widgets.forms.paste_box import MOST_CHARACTERS, PasteBox
from coach.ui.widgets.forms.report_found import DomainRead, ReportRead, found_rows
from coach.ui.widgets.line_view import RowsView
from coach.ui.widgets.rows import Row, Seg, wrap
from coach.wording import counted

if TYPE_CHECKING:
    from coach.exchange.report_records import ReadProblem
    from coach.service import Service
    from coach.service.importing import FoundDraft
    from coach.service.outcome import Outcome

PAUSE = 0.15
"""Seconds without a change before the text is read again."""
WELCOME = (
    "Paste the text of your score report here; any spelling of its labels will do. "
    "Or type the path of a file, or drop the file on the terminal: PDF, text, JSON or CSV.",
    "Names and candidate ids are left out. Nothing is saved before you say so.",
)


class PasteForm(FormScreen):
    """Reads as one types; `pasted` is there to begin with."""

    CSS_PATH = styles("form", "paste_form")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    HEADING = "Paste or import a report"
    KEYS: ClassVar[Keys] = (
        ("ctrl+s", "save"), ("ctrl+o", "open in the form"), ("pgdn", "scroll"), ("esc", "close"),
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "complete", show=False),
        Binding("pagedown", "scroll(5)", show=False, priority=True),
        Binding("pageup", "scroll(-5)", show=False, priority=True),
    ]

    def __init__(self, service: Service, pasted: str = "") -> None:
        super().__init__()
        self._service, self._pasted = service, pasted
        self._reports: tuple[ReportRead, ...] = ()
        self._problems: tuple[ReadProblem | Problem, ...] = ()
        self._due: Timer | None = None

    def compose_fields(self) -> ComposeResult:
        yield PasteBox()

    def compose_beside(self) -> ComposeResult:
        yield RowsView(id="paste-found")

    def on_mount(self) -> None:
        if self._pasted:
            self._box.take(self._pasted)
        self._read()

    def _enter_first(self) -> None:
        self._box.focus()

    @property
    def _box(self) -> PasteBox:
        return self.query_one(PasteBox)

    def draft(self) -> str:
        return self._box.text

    @property
    def changed(self) -> bool:
        return bool(self.draft().strip())

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Read again, once the typing pauses."""
        self._forget_timer()
        self._due = self.set_timer(PAUSE, self._read)

    def _forget_timer(self) -> None:
        if self._due is not None:
            self._due.stop()

    def on_paste_box_pasted(self) -> None:
        """Read a paste at once, and go to the first line that has to be corrected."""
        self._forget_timer()
        self._read()
        self._box.show_line(min(self._wrong_lines(), default=1))

    def on_paste_box_too_long(self, event: PasteBox.TooLong) -> None:
        self.status(
            f"{event.length:,} characters are too many for this box ({MOST_CHARACTERS:,} at most); "
            "save them as a file and type its path here.",
            "problem",
        )

    def _read(self) -> None:
        """Read the text as it stands, and show what it gives."""
        from coach.service.importing import review
        from coach.service.report_source import source_of

        self._reports, self._problems = (), ()
        if self.draft().strip():
            try:
                found, self._problems = review(self._service, *source_of(self.draft()))
                self._reports = tuple(self._report(each) for each in found)
            except Refusal as refusal:
                self._problems = refusal.problems
        self.query_one("#paste-found", RowsView).fill(self._rows)
        self._say()

    def _wrong_lines(self) -> list[int]:
        known = [*self._problems, *(p for read in self._reports for p in read.found.problems)]
        return [line for line in (getattr(entry, "line", None) for entry in known) if line]

    def _report(self, found: FoundDraft) -> ReportRead:
        """The report with what the catalogue says of its exam."""
        from coach.service.import_fitting import for_a_form

        draft = for_a_form(self._service, found.draft)
        try:
            exam = self._service.exam_detail(draft.exam)
            outline = self._service.outline_for(draft.exam, draft.at, draft.outline)
        except Refusal:
            return ReportRead(found, "", ())
        said = dict(draft.observations)
        names = [domain.name for domain in outline.domains] if outline else [*said]
        return ReportRead(
            found,
            exam.title,
            tuple(
                DomainRead(
                    name,
                    said.get(name, ""),
                    self._service.band_for(exam.code, said[name]) if name in said else None,
                )
                for name in names
            ),
        )

    def _rows(self, width: int) -> list[Row]:
        if self._reports or self._problems:
            return found_rows(self._reports, self._problems, width - 1)
        rows: list[Row] = []
        for sentence in WELCOME:
            rows += [*((Seg(line, "muted"),) for line in wrap(sentence, width - 1, 6)), ()]
        return rows

    def _say(self) -> None:
        """What saving would do, in one line."""
        ready = [read for read in self._reports if not read.found.problems]
        if not self.draft().strip():
            self.status("Paste a report to begin.", "muted")
        elif not ready:
            self.status(self._not_ready(), "problem")
        elif len(ready) < len(self._reports) or self._problems:
            self.status(f"{len(ready)} of {len(self._reports)} reports can be saved.", "problem")
        elif bandless := sum(read.bandless for read in ready):
            lacking = counted(bandless, "domain")
            self.status(f"Ready to save, {lacking} without a band.")
        else:
            self.status(f"Ready to save: {counted(len(ready), 'report')}.")

    def _not_ready(self) -> str:
        wrong = len(self._problems) + sum(len(read.found.problems) for read in self._reports)
        return f"{counted(wrong, 'problem')} to correct first."

    def submit(self) -> Outcome:
        from coach.service.importing import import_outcome
        from coach.service.report_source import source_of

        if not self.draft().strip():
            return Refused((Problem("file", "Paste a report first."),))
        try:
            return import_outcome(self._service, *source_of(self.draft()))
        except Refusal as refusal:
            return Refused(refusal.problems)

    def action_save(self) -> None:
        """Save what is ready and close; where nothing is, say so and stay."""
        outcome = self.submit()
        if isinstance(outcome, Done):
            self.dismiss(outcome)
        else:
            self._read()

    def action_complete(self) -> None:
        """Open a report in the form, the first one that cannot be saved as it is."""
        from coach.service.import_fitting import for_a_form
        from coach.ui.screens.forms.report_form import ReportForm

        known = [read for read in self._reports if read.title]
        wanted = [read for read in known if read.found.problems] or known
        if not wanted:
            self.status("Name the exam in the text first, for example: Exam: AZ-104.", "problem")
            return
        draft = for_a_form(self._service, wanted[0].found.draft)
        self.app.push_screen(ReportForm(self._service, draft.exam, draft=draft), self._completed)

    def _completed(self, done: Done | None) -> None:
        if done is not None:
            self.dismiss(done)

    def action_scroll(self, by: int) -> None:
        self.query_one("#paste-found", RowsView).scroll_relative(y=by, animate=False)
