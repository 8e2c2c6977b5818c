"""A domain in the report form: its band or bar by single keys, and its topics to flag below."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from coach.model.attempt import Band
from coach.model.material import DomainDetail
from coach.ui import actions, text
from coach.ui.widgets.fields import Control, Field
from coach.wording import published_weight

BANDS: tuple[Band, ...] = ("below", "near", "above")
BAR = 12
NUMBER = 4
NAME = 42
"""Cells that a name gets before weight and bar get any; most names fit."""
SHORT_NAME = 36
"""Cells of a name below which the bands are told by their first letters."""
WEIGHT = 9
LEAD = 4


_LETTERS = {"b": "below", "n": "near", "a": "above"}
MOST_DIGITS = 3
ReadBand = Callable[[str], Band | None]
"""Says which band a typed text means, None where it cannot be read."""


def marker(control: Widget) -> Content:
    """The mark of the line that has the focus."""
    return Content.styled("▌" if control.has_focus else " ", "$primary")


class BandInput(Control):
    """Letters set a band, digits a bar, left and right the one next to it."""

    BINDINGS: ClassVar[list[BindingType]] = actions.widget_bindings("band")

    typed: reactive[str] = reactive("")

    class Topics(Message):
        """The topics of the domain are wanted, or not any more."""

    def __init__(self, place: int, domain: DomainDetail, typed: str, read: ReadBand) -> None:
        super().__init__()
        self._place, self._domain, self._read = place, domain, read
        self._weight = text.shown(published_weight(domain.weight_low, domain.weight_high))
        self._begun = False
        self.set_reactive(BandInput.typed, typed)

    @property
    def value(self) -> str:
        return self.typed

    @property
    def _band(self) -> Band | None:
        """What the text as it stands means."""
        return self._read(self.typed) if self.typed else None

    def render(self) -> Content:
        return self._one_line() if self.size.height < 2 else self._two_lines()

    def _one_line(self) -> Content:
        """Name, number and band, and more where it fits."""
        width, number = self.size.width, self._number()
        right = number + " " + self._segments()
        if width - LEAD - right.cell_length < SHORT_NAME:
            right = number + " " + self._segments(1)
        if width - LEAD - NAME - right.cell_length > BAR + 1:
            right = self._bar(BAR) + " " + right
        if width - LEAD - NAME - right.cell_length > WEIGHT:
            right = Content.styled(f"{self._weight:>{WEIGHT - 1}} ", "$ink-muted") + right
        return self._named(width - LEAD - 1 - right.cell_length) + " " + right

    def _two_lines(self) -> Content:
        """Name and weight, then a bar as long as there is room for."""
        weight = Content.styled(f" {self._weight}", "$ink-muted")
        first = self._named(self.size.width - LEAD - weight.cell_length) + weight
        right = Content(" ") + self._number() + " " + self._segments()
        bar = self._bar(max(self.size.width - LEAD - right.cell_length, 0))
        return first + "\n" + marker(self) + " " * (LEAD - 1) + bar + right

    def _named(self, room: int) -> Content:
        style = "bold $ink" if self.has_focus else "$ink"
        name = Content.styled(text.fit(self._domain.name, max(room, 0)), style)
        return marker(self) + Content.styled(f"{self._place:>2} ", "$ink-muted") + name

    def _segments(self, letters: int = 9) -> Content:
        parts = []
        for name in BANDS:
            word = name[:letters]
            if name == self._band:
                # The brackets tell it without colour.
                segment = Content.styled(f"[{word}]", f"bold $heat-{name}-on on $heat-{name}")
            else:
                segment = Content.styled(f" {word} ", "$ink-faint on $track")
            parts.append(segment.stylize(Style.from_meta({"band": name})))
        return Content("").join(parts)

    def _number(self) -> Content:
        """The bar as typed, or a vendor's own word as far as it fits."""
        shown = "" if self.typed in BANDS else text.clip(self.typed, NUMBER)
        style = "bold $ink" if self._band else "bold $heat-below-ink"
        return Content.styled(f"{shown:>{NUMBER}}", style)

    def _bar(self, width: int) -> Content:
        if not self.typed.isdigit() or self._band is None:
            return Content.styled("·" * width, "$line")
        filled = text.bar(int(self.typed) / 100, width)
        return Content.styled(filled.ljust(width), f"$heat-{self._band}-ink on $track")

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
        here = BANDS.index(self._band) + 1 if self._band in BANDS else 0
        self.typed = steps[min(max(here + by, 0), len(BANDS))]

    def action_topics(self) -> None:
        self.post_message(self.Topics())

    def on_click(self, event: events.Click) -> None:
        self.typed = event.style.meta.get("band", self.typed)


class TopicFlag(Widget, can_focus=True):
    """One topic, flagged or not."""

    BINDINGS: ClassVar[list[BindingType]] = actions.widget_bindings("topic")

    flagged: reactive[bool] = reactive(False)

    def __init__(self, topic: str, *, flagged: bool) -> None:
        super().__init__()
        self.topic = topic
        self.set_reactive(TopicFlag.flagged, flagged)

    def render(self) -> Content:
        style = "$heat-below-ink" if self.flagged else "$ink-faint"
        dot = Content.styled("● " if self.flagged else "○ ", style)
        label = text.fit(self.topic, max(self.size.width - 7 - 9, 0))
        tag = Content.styled(" flagged " if self.flagged else " " * 9, "$heat-below-ink")
        words = Content.styled(label, "bold $ink" if self.has_focus else "$ink-muted")
        return marker(self) + "    " + dot + words + tag

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
        self, place: int, domain: DomainDetail, typed: str, flags: Iterable[str], read: ReadBand
    ) -> None:
        control = BandInput(place, domain, typed, read)
        super().__init__(f"domain:{domain.name}", domain.name, control)
        self.domain = domain
        self._flags = {flag.casefold() for flag in flags}

    def compose(self) -> ComposeResult:
        yield self.control
        yield Static(classes="flags", markup=False)
        yield Static(classes="problem", markup=False)

    def on_mount(self) -> None:
        self.show_flags()

    @property
    def flags(self) -> tuple[str, ...]:
        """The flagged topics in the order of the outline."""
        open_ones = {row.topic: row.flagged for row in self.query(TopicFlag)}
        return tuple(
            topic
            for topic in self.domain.topics
            if open_ones.get(topic, topic.casefold() in self._flags)
        )

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
            names = text.clip(", ".join(self.flags), max((self.size.width or 80) - 8, 0))
            line.update(Content.assemble("     ", ("● ", "$heat-below-ink"), (names, "$ink-muted")))
