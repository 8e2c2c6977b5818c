"""The fields of a form: a line of text, a choice of a few words. Problems show below the field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input, Static

from coach.ui import text
from coach.ui.widgets.line_input import LineInput

PLACES = (("", "not said"), ("centre", "centre"), ("online", "online"))
SOURCES = (("", "not said"), ("screen", "screen"), ("pdf", "pdf"), ("profile", "profile"))
LONGEST = 5_000


class Field(Vertical):
    """One entry of a form. `field` is the name that a problem refers to."""

    class Changed(Message):
        """The person changed a field."""

    def __init__(self, field: str, label: str) -> None:
        super().__init__(id=f"field-{field}", classes="field")
        self.field = field
        self.label = label

    def compose(self) -> ComposeResult:
        with Horizontal(classes="field-line"):
            yield Static(self.label, classes="field-label", markup=False)
            yield from self.compose_control()
        yield Static(classes="problem", markup=False)

    def compose_control(self) -> ComposeResult:
        """What stands beside the label."""
        raise NotImplementedError

    @property
    def value(self) -> str:
        """What was typed or chosen, as a text."""
        raise NotImplementedError

    def enter(self) -> None:
        """Put the focus here."""
        raise NotImplementedError

    def complain(self, problem: str) -> None:
        """Show what is wrong with this field; nothing where it is empty."""
        show_problem(self.query_one(".problem", Static), problem)


def show_problem(place: Static, problem: str) -> None:
    """Show a problem without the name of its field, which stands beside it."""
    _, _, sentence = problem.partition(": ")
    sentence = sentence if problem.split(" ")[0].endswith(":") else problem
    place.update(Content(text.visible(f"▲ {sentence}" if problem else "")))
    place.set_class(bool(problem), "-shown")


class TextField(Field):
    """A line of text. `width` is that of the text; `hint` says what is accepted, beside a line with
    a width and inside any other while it is empty."""

    def __init__(
        self, field: str, label: str, value: str = "", *, hint: str = "", width: int = 0
    ) -> None:
        super().__init__(field, label)
        self._initial, self._hint, self._width = value, hint, width

    def compose_control(self) -> ComposeResult:
        inside = "" if self._width else self._hint
        control = LineInput(self._initial, placeholder=inside, max_length=LONGEST)
        if self._width:
            control.styles.width = self._width
        yield control
        if self._width:
            yield Static(self._hint, classes="field-hint", markup=False)

    @property
    def value(self) -> str:
        return self.query_one(Input).value

    def enter(self) -> None:
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())


class Choice(Widget, can_focus=True):
    """A few words in a row, one of them chosen with left and right, a first letter or a click."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right,space", "turn(1)", show=False),
        Binding("enter", "screen.next", show=False),
    ]

    chosen: reactive[int] = reactive(0)

    def __init__(self, options: Sequence[tuple[str, str]], value: str = "") -> None:
        super().__init__(classes="choice")
        self._options = options
        values = [option for option, _ in options]
        self.set_reactive(Choice.chosen, values.index(value) if value in values else 0)

    @property
    def value(self) -> str:
        """The text that stands for the chosen word."""
        return self._options[self.chosen][0]

    def render(self) -> Content:
        ground = "$cursor" if self.has_focus else "$track"
        parts = []
        for index, (_, word) in enumerate(self._options):
            shown = text.visible(word)
            if index == self.chosen:
                # The brackets tell it without colour.
                part = Content.styled(f"[{shown}]", "bold $background on $primary")
            else:
                part = Content.styled(f" {shown} ", f"$ink-muted on {ground}")
            parts.append(part.stylize(Style.from_meta({"choice": index})))
        return Content("").join(parts)

    def get_content_width(self, container: object, viewport: object) -> int:
        return sum(len(word) + 2 for _, word in self._options)

    def watch_chosen(self) -> None:
        self.post_message(Field.Changed())

    def action_turn(self, by: int) -> None:
        self.chosen = (self.chosen + by) % len(self._options)

    def on_key(self, event: events.Key) -> None:
        """A first letter goes to the next word that begins with it."""
        order = [*range(self.chosen + 1, len(self._options)), *range(self.chosen + 1)]
        for index in order:
            if event.character and self._options[index][1].startswith(event.character):
                self.chosen = index
                event.stop()
                return

    def on_click(self, event: events.Click) -> None:
        index = event.style.meta.get("choice")
        if index is not None:
            self.chosen = index


class ChoiceField(Field):
    """A choice beside its label; `options` pairs what is handed over with the word shown."""

    def __init__(
        self, field: str, label: str, options: Sequence[tuple[str, str]], value: str = ""
    ) -> None:
        super().__init__(field, label)
        self._options, self._initial = options, value

    def compose_control(self) -> ComposeResult:
        yield Choice(self._options, self._initial)

    @property
    def value(self) -> str:
        return self.query_one(Choice).value

    def enter(self) -> None:
        self.query_one(Choice).focus()
