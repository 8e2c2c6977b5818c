"""The fields of a form: a line of text, a choice, a list to pick from, words to tick."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input, Static

from coach.dates import Lean, echo, read_when
from coach.ui import actions, text
from coach.ui.host import host_of
from coach.ui.text import visible
from coach.wording import spoken


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


PLACES = (("", "-"), ("centre", "centre"), ("online", "online"))
SOURCES = (("", "-"), ("screen", "screen"), ("pdf", "pdf"), ("profile", "profile"))
LONGEST = 5_000
RESULT = 14
"""Cells for a result such as 140/200."""


class Control(Widget, can_focus=True):
    """What a field has beside its label. It posts `Field.Changed` where its value changes."""

    @property
    def value(self) -> str:
        """What was typed or chosen, as a text."""
        raise NotImplementedError


class Field(Vertical):
    """One entry of a form. `field` is the name that a problem refers to; one with a colon, such as
    `domain:NAME`, is no name of a widget. `hint` says beside the control what is accepted."""

    class Changed(Message):
        """The person changed a field."""

    def __init__(self, field: str, label: str, control: Control | Input, hint: str = "") -> None:
        super().__init__(id=None if ":" in field else f"field-{field}", classes="field")
        self.field, self.label, self.control, self.hint = field, label, control, hint

    def compose(self) -> ComposeResult:
        with Horizontal(classes="field-line"):
            yield Static(self.label, classes="field-label", markup=False)
            yield self.control
            if self.hint:
                yield Static(self.hint, classes="field-hint", markup=False)
        yield Static(classes="problem", markup=False)

    @property
    def value(self) -> str:
        """What was typed or chosen, as a text."""
        return self.control.value

    def enter(self) -> None:
        """Put the focus here."""
        self.control.focus()

    def complain(self, problem: str) -> None:
        """Show what is wrong with this field; nothing where it is empty."""
        place = self.query_one(".problem", Static)
        place.update(Content(f"▲ {text.shown(problem)}" if problem else ""))
        place.set_class(bool(problem), "-shown")


class TextField(Field):
    """A line of text. `width` is that of the text; `hint` says what is accepted, beside a line with
    a width and inside any other while it is empty."""

    def __init__(
        self, field: str, label: str, value: str = "", *, hint: str = "", width: int = 0
    ) -> None:
        inside, beside = ("", hint) if width else (hint, "")
        control = LineInput(value, placeholder=inside, max_length=LONGEST)
        if width:
            control.styles.width = width
        super().__init__(field, label, control, beside)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())


def reading(typed: str, now: datetime, lean: Lean = "ahead") -> str:
    """How a day or time is read in the zone of `now`, empty for anything else."""
    assert isinstance(now.tzinfo, ZoneInfo)
    return echo(read_when(typed, now, now.tzinfo, lean))


class WhenField(TextField):
    """A day or a time; what it is read as shows beside it while one types. `lean` says which way a
    day without a year or week is looked for."""

    def __init__(self, field: str, label: str, value: str = "", *, hint: str, lean: Lean) -> None:
        super().__init__(field, label, value, hint=hint, width=19)
        self.lean = lean

    def on_input_changed(self, event: Input.Changed) -> None:
        super().on_input_changed(event)
        self.show_reading()

    def show_reading(self) -> None:
        """Show how the text is read, and what is accepted where it is not."""
        now = host_of(self).service.state.now
        shown = reading(self.value, now, self.lean) or self.hint
        self.query_one(".field-hint", Static).update(Content(shown))


class ResultField(TextField):
    """What was right in one domain, or in all of a practice test, after its name."""


def by_letter(words: Sequence[str], here: int, letter: str | None) -> int | None:
    """The next word after `here` that begins with that letter, from the first on after the last."""
    order = (*range(here + 1, len(words)), *range(here + 1))
    return next((n for n in order if letter and words[n].startswith(letter)), None)


class Choice(Control):
    """A few words in a row, one of them chosen with left and right, a first letter or a click.
    `options` has for each what is handed over, and what is shown."""

    BINDINGS: ClassVar[list[BindingType]] = actions.widget_bindings("choice")
    DEFAULT_CSS = """
    Choice { width: auto; height: 1; }
    """

    chosen: reactive[int] = reactive(0)

    def __init__(self, options: Sequence[tuple[str, ...]], value: str = "") -> None:
        super().__init__()
        self._options = options
        values = [option for option, *_ in options]
        self.set_reactive(Choice.chosen, values.index(value) if value in values else 0)

    @property
    def value(self) -> str:
        return self._options[self.chosen][0]

    def render(self) -> Content:
        ground = "$cursor" if self.has_focus else "$track"
        parts = []
        for index, (_, word) in enumerate(self._options):
            shown = text.visible(word)
            if index == self.chosen:
                # The brackets tell it without colour.
                part = Content.styled(f"[{shown}]", "bold $on-accent on $primary")
            else:
                part = Content.styled(f" {shown} ", f"$ink-muted on {ground}")
            parts.append(part.stylize(Style.from_meta({"choice": index})))
        return Content("").join(parts)

    def get_content_width(self, container: object, viewport: object) -> int:
        return sum(len(word) + 2 for _, word, *_ in self._options)

    def watch_chosen(self) -> None:
        self.post_message(Field.Changed())

    def action_turn(self, by: int = 1) -> None:
        self.chosen = (self.chosen + by) % len(self._options)

    def asked(self, event: events.Key) -> int | None:
        """The option that a key chooses: the next one that begins with its letter."""
        return by_letter([word for _, word in self._options], self.chosen, event.character)

    def on_key(self, event: events.Key) -> None:
        index = self.asked(event)
        if index is not None:
            self.chosen = index
            event.stop()
            event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        self.chosen = event.style.meta.get("choice", self.chosen)


NUMBER = 4


class PickList(Choice, inherit_bindings=False):
    """Options in lines, each with a remark on the right, and one of them chosen. Up at the first
    and down at the last move on."""

    BINDINGS: ClassVar[list[BindingType]] = actions.widget_bindings("pick")
    DEFAULT_CSS = """
    PickList { height: auto; width: 1fr; max-width: 74; background: $surface; }
    """

    @property
    def most(self) -> int:
        """The largest digit that picks a line."""
        return min(len(self._options), 9)

    def render(self) -> Content:
        return Content("\n").join(map(self._line, range(len(self._options))))

    def _line(self, index: int) -> Content:
        _, name, remark = self._options[index]
        here = index == self.chosen
        room = max(self.size.width - NUMBER - cell_len(remark) - 2, 0)
        line = Content.assemble(
            ("▌" if here and self.has_focus else " ", "$primary"),
            (f"{index + 1} ", "bold $primary" if self.has_focus else "$ink-faint"),
            ("● " if here else "  ", "$primary"),
            (text.fit(name, room), "bold $ink" if here else "$ink-muted"),
            (remark, "$ink-muted"),
            " ",
        ).stylize(Style.from_meta({"choice": index}))
        return line.stylize_before("on $cursor") if here and self.has_focus else line

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._options)

    def asked(self, event: events.Key) -> int | None:
        """A digit picks its line; arrows move inside the list before they leave it."""
        if event.character and event.character in "123456789":
            return min(int(event.character), len(self._options)) - 1
        if event.key not in ("up", "down"):
            return None
        index = self.chosen + (1 if event.key == "down" else -1)
        return index if 0 <= index < len(self._options) else None


INDENT = 2
NOTHING = "-"


class TickList(Control):
    """Words to tick with space, reached by left and right or by their first letter.

    Where `single` is true, a tick takes the place of the one before.
    """

    BINDINGS: ClassVar[list[BindingType]] = actions.widget_bindings("ticks")
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

    @property
    def value(self) -> str:
        return ",".join(self.ticked)

    def render(self) -> Content:
        lines = [self._summary(self.size.width)]
        if self.has_focus:
            lines += [self._line(numbers) for numbers in self._wrapped(self.size.width)]
        return Content("\n").join(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 1 + (len(self._wrapped(width)) if self.has_focus else 0)

    def _summary(self, width: int) -> Content:
        said = ", ".join(spoken(word) for word in self.ticked)
        shown = text.clip(said or NOTHING, width // 2)
        name = text.fit(self._label, max(width - INDENT - len(shown) - 1, 0))
        return Content.assemble(
            ("▌ " if self.has_focus else "  ", "$primary"),
            (name, "bold $ink" if self.has_focus else "$ink-muted"),
            (f" {shown}", "bold $ink" if said else "$ink-faint"),
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
            part = Content.styled(f"[{spoken(word)}]", "bold $on-accent on $primary")
        else:
            part = Content.styled(f" {spoken(word)} ", "$ink on $track")
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
        number = by_letter(self._options, self.here, event.character)
        if number is not None:
            self.here = number
            event.stop()

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

    control: TickList

    def __init__(
        self,
        field: str,
        label: str,
        options: Sequence[str],
        ticked: Sequence[str] = (),
        *,
        single: bool = False,
    ) -> None:
        super().__init__(field, label, TickList(label, options, ticked, single=single))

    def compose(self) -> ComposeResult:
        yield self.control
        yield Static(classes="problem", markup=False)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The ticked words in the order of the options."""
        return self.control.ticked
