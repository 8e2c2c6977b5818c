"""Two windows edited the same thing: both versions, and which one to keep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from coach.service.outcome import Refused
from coach.service.refusal import Difference
from coach.ui import text
from coach.ui.screens.sheet import ListDetail
from coach.ui.widgets.line_view import Listing, Way, way_listing
from coach.ui.widgets.rows import Row, Seg, paragraph, wrap

if TYPE_CHECKING:
    from coach.service.outcome import Refused
    from coach.ui.state_app import StateApp


HEAD = ("", "you saw", "theirs", "yours")
FIELD, MOST_FIELD, MOST_LINES = 8, 24, 4
STYLES = ("muted", "muted", "strong", "accent strong")


def stale_rows(refused: Refused, width: int) -> list[Row]:
    """What happened, and field by field what was seen, what is stored, and what was meant."""
    happened = paragraph(refused.problems[0].text, width)
    if not refused.differences:
        return happened
    return [*happened, (), *_table(refused.differences, width)]


def _table(differences: Sequence[Difference], width: int) -> list[Row]:
    cells = [(_name(row.field), row.seen, row.stored, row.mine) for row in differences]
    field = min(max(FIELD, *(len(name) + 2 for name, *_ in cells)), MOST_FIELD)
    column = (width - field) // 3
    rows = _lines(HEAD, field, column, ("muted",) * 4)
    for each in cells:
        rows += _lines(each, field, column, STYLES)
    return rows


def _lines(cells: Sequence[str], field: int, column: int, styles: Sequence[str]) -> list[Row]:
    """One field, each version wrapped in its column."""
    widths = (field, column, column, column)
    wrapped = [
        wrap(text.visible(cell), width - 2, MOST_LINES)
        for cell, width in zip(cells, widths, strict=True)
    ]
    return [
        tuple(
            Seg(text.fit(lines[number] if number < len(lines) else "", width), style)
            for lines, width, style in zip(wrapped, widths, styles, strict=True)
        )
        for number in range(max(map(len, wrapped)))
    ]


def _name(field: str) -> str:
    """A field for people: `domain:Storage` is that domain, `time_known` two words."""
    return field.removeprefix("domain:").replace("_", " ")


WAYS = (
    Way("theirs", "t", "Take theirs", "What the other window saved stays; yours is dropped."),
    Way("mine", "m", "Keep mine", "Yours is saved over it; u takes that back."),
)


class StaleEdit(ListDetail):
    """Closes with `mine`, `theirs`, or None to go back and look."""

    KEYS = (("↑↓", "choose"), ("enter", "take it"), ("esc", "back"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "answer('theirs')", show=False),
        Binding("m", "answer('mine')", show=False),
    ]

    def __init__(self, refused: Refused) -> None:
        super().__init__("Changed in another window")
        self._refused = refused

    def rows(self, width: int) -> tuple[Row, ...]:
        return tuple(stale_rows(self._refused, width))

    def listing(self, width: int, room: int) -> Listing:
        return way_listing(WAYS, width, room)

    def action_take(self) -> None:
        if way := self.chosen(WAYS):
            self.dismiss(way.id)

    def action_answer(self, answer: str) -> None:
        self.dismiss(answer)


def ask_which(
    app: StateApp, refused: Refused, keep: Callable[[], object], drop: Callable[[], object]
) -> None:
    """Show both versions over what is stored; `keep` saves the edit again, `drop` gives it up."""
    app.state = app.service.state
    rows = refused.differences
    if rows and all(row.mine == row.stored for row in rows):
        app.say("Another window did the same already.")
        drop()
        return

    def answered(answer: str | None) -> None:
        if answer is not None:
            (keep if answer == "mine" else drop)()

    app.push_screen(StaleEdit(refused), answered)
