"""A line of text to type in, which shows what it holds without obeying it."""

from typing import Any

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from coach.ui.text import visible


class _Visible(Highlighter):
    """Makes control and direction characters visible; nothing is coloured."""

    def highlight(self, text: Text) -> None:
        text.plain = visible(text.plain)


class LineInput(Input):
    """An input on one line of the screen that keeps escape codes from the terminal."""

    # Its own length moves nothing else, so typing draws this line and arranges no screen.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))

    def __init__(self, value: str = "", **arguments: Any) -> None:
        arguments = {"select_on_focus": False, "compact": True, **arguments}
        super().__init__(value, highlighter=_Visible(), **arguments)

    def _on_paste(self, event: events.Paste) -> None:
        """Several lines are for the form to decide about, which the event goes up to."""
        if len(event.text.strip().splitlines()) > 1:
            event.prevent_default()
