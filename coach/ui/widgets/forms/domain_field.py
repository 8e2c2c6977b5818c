"""A domain in the report form: its band or bar by single keys, and its topics to flag below."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from coach.model.attempt import Band
from coach.model.documents import DomainDetail
from coach.ui import text
from coach.ui.widgets.forms.band_row import (
    BANDS,
    BandEntry,
    band_row,
    band_rows,
    flags_row,
    topic_row,
)
from coach.ui.widgets.forms.fields import Field, show_problem

_LETTERS = {"b": "below", "n": "near", "a": "above"}
MOST_DIGITS = 3
ReadBand = Callable[[str], Band | None]
"""Says which band a typed text means, None where it cannot be read."""


class BandInput(Widget, can_focus=True):
    """Letters set a band, digits a bar, left and right the one next to it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
        Binding("backspace", "back", show=False),
        Binding("question_mark,delete", "clear", show=False),
        Binding("f,enter", "topics", show=False),
    ]

    typed: reactive[str] = reactive("")

    class Topics(Message):
        """The topics of the domain are wanted, or not any more."""

    def __init__(self, number: int, domain: DomainDetail, typed: str, read: ReadBand) -> None:
        super().__init__()
        self._number, self._domain, self._read = number, domain, read
        self._begun = False
        self.set_reactive(BandInput.typed, typed)

    def render(self) -> Content:
        low, high = self._domain.weight_low, self._domain.weight_high
        entry = BandEntry(
            number=self._number,
            name=self._domain.name,
            weight=text.share(low, high),
            typed=self.typed,
            band=self._read(self.typed) if self.typed else None,
        )
        draw = band_row if self.size.height < 2 else band_rows
        return draw(entry, self.size.width, focused=self.has_focus)

    def watch_typed(self) -> None:
        self.post_message(Field.Changed())

    def on_focus(self) -> None:
        self._begun = False

    def on_key(self, event: events.Key) -> None:
        character = event.character or ""
        if character.lower() in _LETTERS:
            self.typed = _LETTERS[character.lower()]
            self._begun = False
        elif character.isascii() and character.isdigit():
            self._add(character)
        else:
            return
        event.stop()
        event.prevent_default()

    def _add(self, digit: str) -> None:
        """A first digit begins a new number, the next ones go on with it."""
        going_on = self._begun and self.typed.isdigit() and len(self.typed) < MOST_DIGITS
        self._begun = True
        self.typed = (self.typed + digit).lstrip("0") or "0" if going_on else digit

    def action_back(self) -> None:
        self._begun = True
        self.typed = self.typed[:-1] if self.typed.isdigit() else ""

    def action_clear(self) -> None:
        self._begun = False
        self.typed = ""

    def action_turn(self, by: int) -> None:
        """A bar grows or shrinks by one; a band goes to its neighbour."""
        if self.typed.isdigit():
            self.typed = str(min(max(int(self.typed) + by, 0), 100))
            return
        steps = ("", *BANDS)
        band = self._read(self.typed) if self.typed else None
        here = BANDS.index(band) + 1 if band in BANDS else 0
        self.typed = steps[min(max(here + by, 0), len(BANDS))]

    def action_topics(self) -> None:
        self.post_message(self.Topics())

    def on_click(self, event: events.Click) -> None:
        band = event.style.meta.get("band")
        if band:
            self.typed = band


class TopicFlag(Widget, can_focus=True):
    """One topic, flagged or not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,f,enter", "flag", show=False),
    ]

    flagged: reactive[bool] = reactive(False)

    def __init__(self, topic: str, *, flagged: bool) -> None:
        super().__init__()
        self.topic = topic
        self.set_reactive(TopicFlag.flagged, flagged)

    def render(self) -> Content:
        return topic_row(self.topic, self.size.width, flagged=self.flagged, focused=self.has_focus)

    def watch_flagged(self) -> None:
        self.post_message(Field.Changed())

    def action_flag(self) -> None:
        self.flagged = not self.flagged

    def on_click(self) -> None:
        self.action_flag()


class DomainField(Field):
    """One domain with its problem and its topics; a problem names it `domain:NAME`."""

    DEFAULT_CSS = """
    BandInput, TopicFlag { height: 1; width: 1fr; }
    BandInput:focus, TopicFlag:focus { background: $cursor; }
    BandInput:ansi:focus, TopicFlag:ansi:focus { background: transparent; }
    DomainField .flags { height: 1; display: none; }
    DomainField .flags.-shown { display: block; }
    """

    def __init__(
        self, number: int, domain: DomainDetail, typed: str, flags: Iterable[str], read: ReadBand
    ) -> None:
        Vertical.__init__(self, classes="field")
        self.field = f"domain:{domain.name}"
        self.label = domain.name
        self.domain = domain
        self._number, self._typed, self._read = number, typed, read
        self._flags = {flag.casefold() for flag in flags}

    def compose(self) -> ComposeResult:
        yield BandInput(self._number, self.domain, self._typed, self._read)
        yield Static(classes="flags", markup=False)
        yield Static(classes="problem", markup=False)

    def on_mount(self) -> None:
        self.show_flags()

    @property
    def value(self) -> str:
        return self.query_one(BandInput).typed

    @property
    def flags(self) -> tuple[str, ...]:
        """The flagged topics in the order of the outline."""
        open_ones = {row.topic: row.flagged for row in self.query(TopicFlag)}
        return tuple(
            topic
            for topic in self.domain.topics
            if open_ones.get(topic, topic.casefold() in self._flags)
        )

    def enter(self) -> None:
        self.query_one(BandInput).focus()

    def complain(self, problem: str) -> None:
        show_problem(self.query_one(".problem", Static), problem)

    async def on_band_input_topics(self) -> None:
        """Open the topics and go to the first, or close them."""
        rows = self.query(TopicFlag)
        if rows:
            self._flags = {topic.casefold() for topic in self.flags}
            await rows.remove()
        elif self.domain.topics:
            flagged = self.flags
            new = [TopicFlag(topic, flagged=topic in flagged) for topic in self.domain.topics]
            await self.mount(*new)
            new[0].focus()
        self.show_flags()

    def on_field_changed(self) -> None:
        self.show_flags()

    def show_flags(self) -> None:
        """The flagged topics in a line of their own while the topics are closed."""
        line = self.query_one(".flags", Static)
        shown = bool(self.flags) and not self.query(TopicFlag)
        line.set_class(shown, "-shown")
        if shown:
            line.update(flags_row(list(self.flags), self.size.width or 80))
