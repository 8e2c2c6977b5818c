"""A field that offers its options line by line, chosen by digit, arrows or a click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from coach.ui import text
from coach.ui.widgets.forms.fields import Field

Option = tuple[str, str, str]
"""What is handed over, what is shown, and a remark on the right."""
NUMBER = 4


class PickList(Widget, can_focus=True):
    """Options in lines, one of them chosen. Up at the first and down at the last move on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn", show=False),
        Binding("enter", "screen.next", show=False),
    ]
    DEFAULT_CSS = """
    PickList { height: auto; width: 1fr; max-width: 74; background: $surface; }
    """

    chosen: reactive[int] = reactive(0)

    def __init__(self, options: Sequence[Option], value: str = "") -> None:
        super().__init__()
        self._options = options
        values = [option for option, _, _ in options]
        self.set_reactive(PickList.chosen, values.index(value) if value in values else 0)

    @property
    def value(self) -> str:
        """What the chosen line hands over."""
        return self._options[self.chosen][0]

    @property
    def most(self) -> int:
        """The largest digit that picks a line."""
        return min(len(self._options), 9)

    def render(self) -> Content:
        return Content("\n").join(self._line(index) for index in range(len(self._options)))

    def _line(self, index: int) -> Content:
        _, name, remark = self._options[index]
        width = self.size.width
        here = index == self.chosen
        room = max(width - NUMBER - cell_len(remark) - 2, 0)
        line = Content.assemble(
            ("▌" if here and self.has_focus else " ", "$primary"),
            (f"{index + 1} ", "bold $primary" if self.has_focus else "$ink-faint"),
            ("● " if here else "  ", "$primary"),
            (text.fit(name, room), "bold $ink" if here else "$ink-muted"),
            (remark, "$ink-muted"),
            " ",
        )
        return line.stylize_before("on $cursor") if here and self.has_focus else line

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._options)

    def watch_chosen(self) -> None:
        self.post_message(Field.Changed())

    def action_turn(self) -> None:
        self.chosen = (self.chosen + 1) % len(self._options)

    def on_key(self, event: events.Key) -> None:
        """A digit picks its line; arrows move inside the list before they leave it."""
        if event.character and event.character in "123456789":
            index = int(event.character) - 1
        elif event.key in ("up", "down"):
            index = self.chosen + (1 if event.key == "down" else -1)
            if not 0 <= index < len(self._options):
                return
        else:
            return
        event.stop()
        event.prevent_default()
        self.chosen = min(index, len(self._options) - 1)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset and offset.y < len(self._options):
            self.chosen = offset.y


class PickField(Field):
    """A list of options beside its label."""

    def __init__(self, field: str, label: str, options: Sequence[Option], value: str = "") -> None:
        super().__init__(field, label)
        self._options, self._initial = options, value

    def compose_control(self) -> ComposeResult:
        yield PickList(self._options, self._initial)

    @property
    def value(self) -> str:
        return self.query_one(PickList).value

    def enter(self) -> None:
        self.query_one(PickList).focus()
