"""The box that a score report is pasted into: lines with their numbers, harmless whatever comes."""

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from coach.ui.text import visible

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
