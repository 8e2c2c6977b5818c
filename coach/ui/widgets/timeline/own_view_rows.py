"""What a person said about a sitting, as rows of facts."""

from coach.model.attempt import Reflection
from coach.ui import text
from coach.ui.widgets.facts_rows import fact, heading
from coach.ui.widgets.rows import Row


def own_view_rows(view: Reflection, width: int) -> list[Row]:
    """The rows under a heading of their own, at most `width` cells each."""
    rows: list[Row] = [(), heading("Your own view")]
    rows += fact("Felt hard", _words(view.hard_formats), width)
    rows += fact("Missing", text.spoken(view.lacking or ""), width)
    for name, methods in view.methods.items():
        rows += fact("Studied", f"{name}: {_words(methods)}", width)
    return rows


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(map(text.spoken, words))
