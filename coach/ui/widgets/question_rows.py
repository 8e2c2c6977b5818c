"""A question about scores and reports as rows: closed, or open with its answer and its source."""

from coach.model.documents import Question
from coach.ui import text
from coach.ui.text import SOURCE_WORD
from coach.ui.widgets.facts_rows import paragraph
from coach.ui.widgets.rows import Row, Seg

INDENT = "  "


def question_rows(entry: Question, width: int, *, opened: bool) -> list[Row]:
    """The rows of one question, at most `width` cells each."""
    if not opened:
        return [(Seg(text.clip(entry.question, width)),)]
    room = width - len(INDENT)
    source = f"Source: {SOURCE_WORD[entry.source]}"
    return [
        *paragraph(entry.question, width, "strong"),
        *((Seg(INDENT), *row) for row in paragraph(entry.answer, room)),
        *((Seg(INDENT), *row) for row in paragraph(source, room, "muted")),
    ]
