"""Two versions of what was edited in two windows, side by side."""

from collections.abc import Sequence

from coach.service.outcome import Refused
from coach.service.refusal import Difference
from coach.ui import text
from coach.ui.widgets.facts_rows import paragraph
from coach.ui.widgets.rows import Row, Seg, wrap

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
