"""The paste forms: the text of a score report, or the file of one, and the outline of an exam; what
was read shows before saving."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import TextArea

from coach.model.attempt import Band, ImportedReport
from coach.model.material import OutlineDraft
from coach.service import exams, outline_import
from coach.service.importing import Remark
from coach.service.outcome import Outcome, Refused
from coach.service.refusal import Problem, Refusal
from coach.service.service import Service
from coach.ui import text
from coach.ui.screens.form import FormScreen
from coach.ui.styles import styles
from coach.ui.text import visible
from coach.ui.widgets.fields import TextField
from coach.ui.widgets.line_view import RowsView
from coach.ui.widgets.rows import LABEL, Row, Seg, fact, hanging, heading, paragraph
from coach.wording import counted, published_weight

MOST_UNREAD = 4
SAID = 15


class DomainRead(NamedTuple):
    """A domain, what the text says of it, and the band that follows; both empty where it is not
    named."""

    name: str
    said: str
    band: Band | None


class ReportRead(NamedTuple):
    """One report of a text, with the exam's title and the domains of its outline."""

    found: ImportedReport
    title: str
    domains: tuple[DomainRead, ...]

    @property
    def bandless(self) -> int:
        """How many domains the text says nothing about."""
        return sum(1 for domain in self.domains if domain.band is None)


def found_rows(reports: Sequence[ReportRead], problems: Sequence[Remark], width: int) -> list[Row]:
    """The rows of the view in `width` cells: problems first, because they have to be mended."""
    every = [*problems, *(problem for read in reports for problem in read.found.problems)]
    rows: list[Row] = []
    if every:
        rows += [heading("To correct"), *_remarks(every, width, "below"), ()]
    for number, read in enumerate(reports, 1):
        title = "What was read" if len(reports) == 1 else f"Report {number} of {len(reports)}"
        rows += [heading(title), *_report(read, width), ()]
    return rows


def _report(read: ReportRead, width: int) -> list[Row]:
    found = read.found
    rows = fact("Exam", f"{found.exam} {read.title}".strip(), width)
    rows += fact("Exam date", found.at.replace("T", " "), width)
    rows += fact("Score", found.score or found.result, width)
    rows += fact("Place", found.place, width)
    rows += [_domain(domain, width) for domain in read.domains]
    rows += fact("Flagged", "; ".join(found.flags), width)
    rows += _remarks(found.notes, width, "muted")
    return rows + _unread(read, width)


def _domain(domain: DomainRead, width: int) -> Row:
    band = domain.band or "unknown"
    said = domain.said if domain.band else "no band given"
    room = max(width - SAID - 4, 8)
    return (
        Seg(f" {text.BAND_LETTER[band]} ", f"cell-{band}"),
        Seg(f" {text.fit(domain.name, room)}", "ink" if domain.band else "muted"),
        Seg(text.fit(f" {said}", SAID), "muted" if domain.band else "faint"),
    )


def _remarks(remarks: Sequence[Remark], width: int, style: str) -> list[Row]:
    rows: list[Row] = []
    for remark in remarks:
        mark = Seg("! " if style == "below" else "· ", style)
        rows += hanging((mark,), remark.text, width, style)
    return rows


def _unread(read: ReportRead, width: int) -> list[Row]:
    """Lines that gave nothing, for a person to see that none of them matters."""
    names = [domain.name.casefold() for domain in read.domains]
    unread = [
        (number, line)
        for number, line in read.found.unread
        if not any(name in line.casefold() for name in names)
    ]
    rows = unused_rows(unread, width, "faint")
    if len(unread) > MOST_UNREAD:
        rows.append((Seg(" " * LABEL), Seg(f"and {len(unread) - MOST_UNREAD} more", "faint")))
    return rows


def unused_rows(lines: Sequence[tuple[int, str]], width: int, style: str) -> list[Row]:
    """The first lines that gave nothing, each with its number."""
    rows: list[Row] = []
    for number, line in lines[:MOST_UNREAD]:
        label = text.fit("" if rows else "Unused lines", LABEL)
        words = text.clip(f"{number}: {line}", width - LABEL)
        rows.append((Seg(label, "muted"), Seg(words, style)))
    return rows


MOST_CHARACTERS = 100_000


def harmless(pasted: str) -> str:
    """The text with its lines and tabs as they are, and every other control character visible."""
    lines = pasted.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("\t".join(visible(part) for part in line.split("\t")) for line in lines)


class PasteBox(TextArea):
    """Text to paste and to correct by hand. More than any report has is not taken in."""

    class TooLong(Message):
        """A paste that was left out, with its number of characters."""

        def __init__(self, length: int) -> None:
            super().__init__()
            self.length = length

    class Pasted(Message):
        """A paste is in the box."""

    def __init__(self) -> None:
        super().__init__(
            "", show_line_numbers=True, tab_behavior="focus", soft_wrap=True, id="paste-box"
        )

    def take(self, pasted: str) -> None:
        """Put a text in the place of the selection, or say that it is too long."""
        if len(pasted) + len(self.text) > MOST_CHARACTERS:
            self.post_message(self.TooLong(len(pasted)))
            return
        self.replace(harmless(pasted), *self.selection)
        self.post_message(self.Pasted())

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.take(event.text)

    def show_line(self, number: int) -> None:
        """Bring a line, counted from 1, into sight."""
        self.move_cursor((max(0, min(number, self.document.line_count) - 1), 0))


class Pasting(FormScreen):
    """A box to paste into, read again as one types, and what was read beside it."""

    CSS_PATH = styles("form", "paste_form")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    NAME = "pasted"
    WELCOME: ClassVar[tuple[str, ...]] = ()
    """What can be pasted, where nothing is read yet."""

    def __init__(self, service: Service) -> None:
        super().__init__()
        self._service = service

    def compose_fields(self) -> ComposeResult:
        yield PasteBox()

    def compose_beside(self) -> ComposeResult:
        yield RowsView(id="paste-found")

    def on_mount(self) -> None:
        self.look()

    @property
    def _box(self) -> PasteBox:
        return self.query_one(PasteBox)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        self.soon(self.look)

    def on_paste_box_pasted(self, event: PasteBox.Pasted) -> None:
        """Read a paste at once, and not a second time."""
        if self._due is not None:
            self._due.stop()
        self.look()

    def on_paste_box_too_long(self, event: PasteBox.TooLong) -> None:
        self.status(
            f"{event.length:,} characters are too many for this box ({MOST_CHARACTERS:,} at most); "
            "save them as a file and type its path here.",
            "problem",
        )

    def look(self) -> None:
        """Read the text as it stands, and show what it gives."""
        self.read()
        self.query_one("#paste-found", RowsView).fill(self._rows)

    def read(self) -> None:
        """Read the text as it stands, and say what saving would do."""
        raise NotImplementedError

    def found(self, width: int) -> list[Row]:
        """What was read in `width` cells, empty where nothing was."""
        raise NotImplementedError

    def _rows(self, width: int) -> list[Row]:
        begin = (paragraph(said, width - 1, "muted") for said in self.WELCOME)
        return self.found(width - 1) or [row for rows in begin for row in (*rows, ())]

    def action_scroll(self, by: int) -> None:
        self.query_one("#paste-found", RowsView).scroll_relative(y=by, animate=False)


class PasteForm(Pasting):
    """Reads as one types; `pasted` is there to begin with."""

    NAME = "paste"
    WELCOME = (
        "Paste the text of your score report here; any spelling of its labels will do. "
        "Or type the path of a file, or drop the file on the terminal: PDF, text, JSON or CSV.",
        "Names and candidate ids are left out. Nothing is saved before you say so.",
    )
    heading = "Paste or import a report"

    def __init__(self, service: Service, pasted: str = "") -> None:
        super().__init__(service)
        self._pasted = pasted
        self._reports: tuple[ReportRead, ...] = ()
        self._problems: tuple[Remark, ...] = ()

    def on_mount(self) -> None:
        if self._pasted:
            self._box.take(self._pasted)

    def enter_first(self) -> None:
        self._box.focus()

    def draft(self) -> str:
        return self._box.text

    @property
    def changed(self) -> bool:
        return bool(self.draft().strip())

    def on_paste_box_pasted(self, event: PasteBox.Pasted) -> None:
        """Read a paste at once, and go to the first line that has to be corrected."""
        event.prevent_default()
        super().on_paste_box_pasted(event)
        wrong = (getattr(problem, "line", None) for problem in self._wrong)
        self._box.show_line(min(filter(None, wrong), default=1))

    @property
    def _wrong(self) -> list[Remark]:
        """Everything that has to be corrected."""
        return [*self._problems, *(p for read in self._reports for p in read.found.problems)]

    def read(self) -> None:
        from coach.service.importing import review, source_of

        self._reports, self._problems = (), ()
        if self.draft().strip():
            try:
                found, self._problems = review(self._service, *source_of(self.draft()))
                self._reports = tuple(self._report(each) for each in found)
            except Refusal as refusal:
                self._problems = refusal.problems
        self._say()

    def _report(self, found: ImportedReport) -> ReportRead:
        """The report with what the catalogue says of its exam."""
        from coach.service.importing import for_a_form

        draft = for_a_form(self._service, found)
        try:
            world = self._service.state.world
            exam = exams.detail(world, draft.exam)
            outline = exams.outline_for(world, draft.exam, draft.at, draft.outline)
        except Refusal:
            return ReportRead(found, "", ())
        said = dict(draft.observations)
        names = [domain.name for domain in outline.domains] if outline else [*said]
        bands = {name: exams.band_for(world, exam.code, seen) for name, seen in said.items()}
        domains = (DomainRead(name, said.get(name, ""), bands.get(name)) for name in names)
        return ReportRead(found, exam.title, tuple(domains))

    def found(self, width: int) -> list[Row]:
        return found_rows(self._reports, self._problems, width)

    def _say(self) -> None:
        """What saving would do, in one line."""
        ready = [read for read in self._reports if not read.found.problems]
        if not self.draft().strip():
            self.status("Paste a report to begin.", "muted")
        elif not ready:
            self.status(f"{counted(len(self._wrong), 'problem')} to correct first.", "problem")
        elif len(ready) < len(self._reports) or self._problems:
            self.status(f"{len(ready)} of {len(self._reports)} reports can be saved.", "problem")
        elif bandless := sum(read.bandless for read in ready):
            self.status(f"Ready to save, {counted(bandless, 'domain')} without a band.")
        else:
            self.status(f"Ready to save: {counted(len(ready), 'report')}.")

    def submit(self) -> Outcome:
        from coach.service.importing import import_outcome, source_of

        if not self.draft().strip():
            return Refused((Problem("file", "Paste a report first.", ""),))
        try:
            return import_outcome(self._service, *source_of(self.draft()))
        except Refusal as refusal:
            return Refused(refusal.problems)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        self.look()

    def action_complete(self) -> None:
        """Open a report in the form, the first one that cannot be saved as it is."""
        from coach.service.importing import for_a_form

        known = [read for read in self._reports if read.title]
        wanted = [read for read in known if read.found.problems] or known
        if not wanted:
            self.status("Name the exam in the text first, for example: Exam: AZ-104.", "problem")
            return
        draft = for_a_form(self._service, wanted[0].found)
        self.host.open("report", draft.exam, draft, then=self.dismiss)


def outline_rows(draft: OutlineDraft, width: int) -> list[Row]:
    """What a pasted outline gives in `width` cells: domains with their weights and topics, and the
    lines that were left out."""
    rows: list[Row] = [heading("What was read")]
    for domain in draft.domains:
        weight = text.shown(published_weight(domain.weight_low, domain.weight_high))
        title = (Seg(f"{weight:<9}", "muted"), Seg(text.clip(domain.name, width - 9), "strong"))
        rows += [title, (Seg(" " * 9), Seg(counted(len(domain.topics), "topic"), "muted"))]
    weights = ((domain.weight_low or 0, domain.weight_high or 0) for domain in draft.domains)
    low, high = (sum(filter(None, w)) for w in zip(*weights, strict=True))
    total = text.shown(published_weight(low, high))
    rows.append((Seg(f"{total:<9}in all", "muted"),))
    unused = [(lost.line, lost.text) for lost in draft.not_understood]
    return rows + unused_rows(unused, width, "muted")


class OutlineForm(Pasting):
    """Makes an exam of one's own from the outline of its vendor; `code` is what was looked for."""

    NAME = "outline"
    WELCOME = (
        "Paste the list of skills from the vendor's page. A line with a percentage is a domain, "
        "the lines under it are its topics; bullets, numbers and tables are read.",
        "It is kept as a file of your own.",
    )
    heading = "Add an exam"

    def __init__(self, service: Service, code: str) -> None:
        super().__init__(service)
        self._code = code

    def compose_fields(self) -> ComposeResult:
        yield TextField("code", "Code", self._code, width=18, hint="such as XY-100")
        yield TextField("vendor", "Vendor", width=18, hint="whose exam it is")
        yield TextField("policy", "Retakes", width=18, hint="rule such as aws; empty: not known")
        yield PasteBox()

    def enter_first(self) -> None:
        if self._code:
            self._box.focus()
        else:
            super().enter_first()

    def draft(self) -> tuple[str, ...]:
        fields = (self.value(name) for name in ("code", "vendor", "policy"))
        return (self._box.text, *fields)

    def read(self) -> None:
        self._outline = outline_import.read_outline(self._box.text)
        if self._outline.domains:
            self.status(f"Ready to save: {counted(len(self._outline.domains), 'domain')}.")
        else:
            self.status("Paste an outline to begin.", "muted")

    def found(self, width: int) -> list[Row]:
        return outline_rows(self._outline, width) if self._outline.domains else []

    def submit(self) -> Outcome:
        pasted, code, vendor, policy = (typed.strip() for typed in self.draft())
        given = (pasted, code or None, vendor or None, policy or None)
        return self._service.extend_catalogue(outline_import.save, *given)
