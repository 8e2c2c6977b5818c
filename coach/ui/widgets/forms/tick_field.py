"""A field of words to tick: one line with the ticked ones, all of them below while it is in use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from coach.ui import text
from coach.ui.widgets.forms.fields import Field

INDENT = 2
NOTHING = "not said"


class TickList(Widget, can_focus=True):
    """Words to tick with space, reached by left and right or by their first letter.

    Where `single` is true, a tick takes the place of the one before.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False),
        Binding("right", "move(1)", show=False),
        Binding("space", "tick", show=False),
        Binding("enter", "screen.next", show=False),
    ]
    DEFAULT_CSS = """
    TickList { height: auto; width: 1fr; background: $surface; }
    """

    ticked: reactive[tuple[str, ...]] = reactive((), layout=True)
    here: reactive[int] = reactive(0)

    def __init__(
        self, label: str, options: Sequence[str], ticked: Sequence[str], *, single: bool
    ) -> None:
        super().__init__()
        self._label, self._options, self._single = label, options, single
        self.set_reactive(TickList.ticked, self._ordered(ticked))

    def render(self) -> Content:
        lines = [self._summary(self.size.width)]
        if self.has_focus:
            lines += [self._line(numbers) for numbers in self._wrapped(self.size.width)]
        return Content("\n").join(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1 + (len(self._wrapped(width)) if self.has_focus else 0)

    def _summary(self, width: int) -> Content:
        said = ", ".join(text.spoken(word) for word in self.ticked)
        shown = text.clip(said or NOTHING, width // 2)
        name = text.fit(self._label, max(width - INDENT - len(shown) - 1, 0))
        return Content.assemble(
            ("▌ " if self.has_focus else "  ", "$primary"),
            (name, "bold $ink" if self.has_focus else "$ink-muted"),
            (f" {shown}", "bold $primary" if said else "$ink-faint"),
        )

    def _wrapped(self, width: int) -> list[list[int]]:
        """The numbers of the words in each line."""
        lines: list[list[int]] = [[]]
        room = width - INDENT
        for number, word in enumerate(self._options):
            taken = len(word) + 2
            if lines[-1] and taken > room:
                lines.append([])
                room = width - INDENT
            lines[-1].append(number)
            room -= taken
        return lines

    def _line(self, numbers: Sequence[int]) -> Content:
        return Content.assemble(" " * INDENT, *(self._word(number) for number in numbers))

    def _word(self, number: int) -> Content:
        word = self._options[number]
        # Brackets and the underline tell it without colour.
        if word in self.ticked:
            part = Content.styled(f"[{text.spoken(word)}]", "bold $background on $primary")
        else:
            part = Content.styled(f" {text.spoken(word)} ", "$ink on $track")
        if number == self.here:
            part = part.stylize("underline", 1, -1)
        return part.stylize(Style.from_meta({"tick": number}))

    def watch_ticked(self) -> None:
        self.post_message(Field.Changed())

    def action_move(self, by: int) -> None:
        self.here = (self.here + by) % len(self._options)

    def action_tick(self) -> None:
        """Tick the word under the cursor, or take its tick back."""
        word = self._options[self.here]
        kept = () if self._single else self.ticked
        wanted = {*kept, word} if word not in self.ticked else {*kept} - {word}
        self.ticked = self._ordered(wanted)

    def _ordered(self, words: Collection[str]) -> tuple[str, ...]:
        return tuple(option for option in self._options if option in words)

    def on_key(self, event: events.Key) -> None:
        """A first letter goes to the next word that begins with it."""
        order = [*range(self.here + 1, len(self._options)), *range(self.here + 1)]
        for number in order:
            if event.character and self._options[number].startswith(event.character):
                self.here = number
                event.stop()
                return

    def on_focus(self) -> None:
        self.refresh(layout=True)
        self.call_after_refresh(self.scroll_visible, animate=False)

    def on_blur(self) -> None:
        self.refresh(layout=True)

    def on_click(self, event: events.Click) -> None:
        number = event.style.meta.get("tick")
        if number is not None:
            self.here = number
            self.action_tick()


class TickField(Field):
    """A tick list under its own label, with its problem."""

    def __init__(
        self,
        field: str,
        label: str,
        options: Sequence[str],
        ticked: Sequence[str] = (),
        *,
        single: bool = False,
    ) -> None:
        super().__init__(field, label)
        self._list = TickList(label, options, ticked, single=single)

    def compose(self) -> ComposeResult:
        yield self._list
        yield Static(classes="problem", markup=False)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The ticked words in the order of the options."""
        return self._list.ticked

    @property
    def value(self) -> str:
        return ",".join(self.ticked)

    def enter(self) -> None:
        self._list.focus()
