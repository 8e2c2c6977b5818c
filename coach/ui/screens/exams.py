"""The exam picker, and the card of one exam."""

from datetime import date
from functools import partial

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from coach.descriptions import NO_SHARES, OWN_FILE, PHASES, SHARES, exam_facts
from coach.model.answers import ExamDay
from coach.model.material import ExamDetail, ExamRow, Resources
from coach.service import exams
from coach.ui import actions, text
from coach.ui.screens.modal import Modal
from coach.ui.screens.sheet import KeyRow, Sheet
from coach.ui.styles import styles
from coach.ui.text import SOURCE_WORD
from coach.ui.widgets.fields import LineInput
from coach.ui.widgets.head_line import facts_line
from coach.ui.widgets.rows import Row, Seg, fact, hanging, heading, paragraph
from coach.wording import counted, published_weight

MOST_QUERY = 200
LEVEL = 12
MOST_SHOWN = 24
"""Cells of what was looked for in vain."""


class ExamPicker(Modal[str]):
    """Closes with the code of an exam, or None."""

    NAME = "picker"
    CSS_PATH = styles("exam_picker")
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]  # noqa: RUF012

    def __init__(self, title: str = "Exams") -> None:
        super().__init__()
        self._title = title

    @property
    def _options(self) -> OptionList:
        return self.query_one(OptionList)

    def compose(self) -> ComposeResult:
        with Vertical(id="picker") as frame:
            frame.border_title = self._title
            yield LineInput(placeholder="Type part of a code or title", max_length=MOST_QUERY)
            yield OptionList(markup=False, compact=True)
            yield Static(id="picker-none", markup=False)
            yield KeyRow(actions.row("picker"), id="picker-keys")

    def on_mount(self) -> None:
        self._options.can_focus = False
        self.call_after_refresh(self._show, "")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._show, self.query_one(Input).value)

    def _show(self, query: str) -> None:
        """Fill the list with what fits the query."""
        query = query.lstrip("/ ")  # elsewhere a slash begins a search
        rows = exams.find(self.host.service.state.world, query)
        tracked = {head.exam: head for head in self.host.state.tracked}
        width, now = max(self._options.size.width - 4, 20), self.host.state.now
        own = [row for row in rows if row.code in tracked]
        others = [row for row in rows if row.code not in tracked]
        options: list[Option | None] = []
        for row in own:
            booked = self.host.state.view(row.code).exam_day.at
            facts = facts_line(tracked[row.code], now, min(width, 90) - 10, booked=booked)
            prompt = exam_prompt(row, width, now.date()) + "\n" + " " * 9 + facts
            options.append(Option(prompt, id=row.code))
        if own and others:
            options.append(None)
        options += [Option(exam_prompt(row, width, now.date()), id=row.code) for row in others]
        self._options.set_options(options)
        self._options.highlighted = 0 if rows else None
        self._options.display = bool(rows)
        none = self.query_one("#picker-none", Static)
        none.display = not rows
        none.update(_nothing_fits(query))
        self.query_one("#picker").border_subtitle = counted(len(rows), "exam")

    def action_step(self, action: str) -> None:
        getattr(self._options, f"action_{action}")()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the exam, or offer to add the one that nothing fits."""
        if self._options.highlighted is not None:
            self._options.action_select()
        elif event.value.strip():
            self.host.open(
                "outline", _code_of(event.value), then=lambda outcome: self.dismiss(outcome.exam)
            )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)


def _code_of(query: str) -> str:
    """What was typed as a code, an empty text where it is words."""
    typed = query.strip()
    return "" if " " in typed else typed.upper()


def _nothing_fits(query: str) -> Content:
    what = text.clip(_code_of(query), MOST_SHOWN) or "this exam"
    asked = text.clip(query.strip(), MOST_SHOWN)
    return Content("\n").join(
        [
            text.plain(f"No exam of the catalogue fits “{asked}”.", "$ink-muted"),
            Content(""),
            Content.assemble(("enter", "bold $primary"), (f"  Add {what}", "bold $ink")),
            Content.styled("       Paste the outline from the vendor's page.", "$ink-muted"),
        ]
    )


def exam_prompt(row: ExamRow, width: int, today: date) -> Content:
    """Code, title, level and what is special about an exam, in `width` cells."""
    tag = _tag(row, today)
    tag = f" {tag} " if tag else " "
    level, code = row.level or "", f"{text.visible(row.code):<9} "
    room = width - cell_len(code) - cell_len(tag) - max(len(level), LEVEL)
    return Content.assemble(
        (code, "bold $ink"),
        (text.fit(row.title, max(room, 8)), "$ink"),
        (tag, "$heat-below-ink"),
        (level.rjust(LEVEL), "$ink-muted"),
    )


def _tag(row: ExamRow, today: date) -> str:
    """`beta`, or that and when an exam retires, with its successor."""
    after = f" → {text.visible(row.successor)}" if row.successor else ""
    if row.status == "retiring" and row.retires:
        return f"until {text.short_day(row.retires, today)}{after}"
    if row.status in ("retired", "retiring"):
        return f"{row.status}{after}"
    return "beta" if row.status == "beta" else ""


def exam_card_rows(
    detail: ExamDetail, day: ExamDay, material: Resources | None, age: str | None, width: int
) -> list[Row]:
    """The rows of the sheet, at most `width` cells each; what is not known is left out."""
    rows = paragraph(detail.title, width, "strong")
    for label, value in exam_facts(detail, text.dated, text.day):
        rows += fact(label, value, width) if label else paragraph(value, width, "faint")
    rows += fact("Age", age or "", width, "warn")
    for phase, title in PHASES.items():
        steps = [step for step in day.steps if step.phase == phase]
        rows += [(), heading(title)] if steps else []
        for step in steps:
            rows += fact(SOURCE_WORD[step.source], step.text, width)
    return [*rows, *_shares(detail, width), *_material(material, width)]


def _shares(detail: ExamDetail, width: int) -> list[Row]:
    """The published shares of the outline in force; a form may differ from them."""
    if not detail.outlines:
        return []
    rows: list[Row] = [(), heading("What it asks for")]
    for domain in detail.outlines[0].domains:
        share = f" {text.shown(published_weight(domain.weight_low, domain.weight_high))}"
        name = text.fit(domain.name, width - len(share))
        rows.append((Seg(name, "ink"), Seg(share, "muted")))
    said = SHARES if detail.outlines[0].weighted else NO_SHARES
    return [*rows, *paragraph(f"{said} {OWN_FILE}", width, "muted")]


def _material(material: Resources | None, width: int) -> list[Row]:
    """The official material under its domains, with what was worked through."""
    rows: list[Row] = []
    listed = material.resources if material else ()
    for domain in dict.fromkeys(row.domain for row in listed):
        rows += [(), heading(text.clip(f"Material: {domain or 'the whole exam'}", width))]
        for row in listed:
            if row.domain == domain:
                mark = Seg("✓ ", "done-mark") if row.done else Seg("· ", "muted")
                rows += hanging((mark,), row.title, width)
    return rows + paragraph((material and material.age) or "", width, "warn")


class ExamCard(Sheet[str]):
    """Facts only; closes with None."""

    NAME = "card"

    def __init__(
        self, detail: ExamDetail, day: ExamDay, material: Resources, age: str | None
    ) -> None:
        source = detail.pass_mark_source or ""
        host, _, path = source.partition("/")
        address = f"https://{source}" if path and "." in host and " " not in source else ""
        rows = partial(exam_card_rows, detail, day, material, age)
        super().__init__(detail.code, rows, address)
