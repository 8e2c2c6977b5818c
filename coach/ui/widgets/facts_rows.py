"""Rows that pair a label with a value, and headings over them: the text of detail views."""

from coach.ui import text
from coach.ui.widgets.rows import Row, Seg, wrap

LABEL = 14
MOST_LINES = 40


def heading(title: str) -> Row:
    """A heading over the rows that follow."""
    return (Seg(title, "heading strong"),)


def fact(label: str, value: str, width: int, style: str = "ink") -> list[Row]:
    """A label and its value, wrapped beside it; no row at all without a value."""
    if not value:
        return []
    lines = wrap(text.visible(value), width - LABEL, MOST_LINES)
    labels = [text.fit(label, LABEL), *[" " * LABEL] * (len(lines) - 1)]
    return [
        (Seg(name, "muted"), Seg(line, style)) for name, line in zip(labels, lines, strict=True)
    ]


def paragraph(words: str, width: int, style: str = "ink") -> list[Row]:
    """Wrapped text; no row at all for an empty one."""
    if not words:
        return []
    return [(Seg(line, style),) for line in wrap(text.visible(words), width, MOST_LINES)]
