"""The questions that the app asks before it goes on: yes or no, and which of two versions."""

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from coach.service.outcome import Refused
from coach.ui import text
from coach.ui.screens.modal import Modal
from coach.ui.screens.sheet import KeyRow, Way, WaySheet
from coach.ui.styles import styles
from coach.ui.widgets.rows import Row, Seg, paragraph, wrap


class Confirm(Modal[bool]):
    """Closes with True for yes. `yes` is the word for it; an empty one leaves only a notice."""

    NAME = "confirm"
    CSS_PATH = styles("form")

    def __init__(self, question: str, details: str, yes: str = "", no: str = "Keep") -> None:
        super().__init__()
        self._question, self._details = question, details
        self._yes, self._no = yes, no

    def compose(self) -> ComposeResult:
        with Vertical(id="question") as frame:
            frame.border_title = Content(text.visible(self._question))
            yield Static(text.shown_lines(self._details), markup=False)
            answers = (("y", self._yes.lower()), ("n", self._no.lower())) if self._yes else ()
            yield KeyRow((*answers, ("esc", "close")), id="question-keys")

    def action_answer(self, answer: bool) -> None:
        self.dismiss(answer and bool(self._yes))


HEAD = ("", "you saw", "theirs", "yours")
FIELD, MOST_FIELD, MOST_LINES = 8, 24, 4
STYLES = ("muted", "muted", "ink", "ink strong")


def stale_rows(refused: Refused, width: int) -> list[Row]:
    """What happened, and field by field what was seen, what is stored, and what was meant."""
    rows = paragraph(refused.problems[0].text, width)
    cells = [
        # `domain:Storage` is that domain, `time_known` two words.
        (row.field.removeprefix("domain:").replace("_", " "), row.seen, row.stored, row.mine)
        for row in refused.differences
    ]
    if not cells:
        return rows
    field = min(max(FIELD, *(len(name) + 2 for name, *_ in cells)), MOST_FIELD)
    column = (width - field) // 3
    rows += [(), *_lines(HEAD, field, column, ("muted",) * 4)]
    for each in cells:
        rows += _lines(each, field, column, STYLES)
    return rows


def _lines(cells: Sequence[str], field: int, column: int, styles: Sequence[str]) -> list[Row]:
    """One field, each version wrapped in its column."""
    widths = (field, column, column, column)
    wrapped = [
        wrap(text.shown(cell), width - 2, MOST_LINES)
        for cell, width in zip(cells, widths, strict=True)
    ]
    return [
        tuple(
            Seg(text.fit(lines[number] if number < len(lines) else "", width), style)
            for lines, width, style in zip(wrapped, widths, styles, strict=True)
        )
        for number in range(max(map(len, wrapped)))
    ]


class WhichVersion(WaySheet):
    """Closes with `mine`, `theirs`, or None to go back and look."""

    NAME = "versions"
    ways = (
        Way("theirs", "t", "Take theirs", "What the other window saved stays; yours is dropped."),
        Way("mine", "m", "Keep mine", "Yours is saved over it; u takes that back."),
    )

    def __init__(self, refused: Refused) -> None:
        super().__init__("Changed in another window", partial(stale_rows, refused))
