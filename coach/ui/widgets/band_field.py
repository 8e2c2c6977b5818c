"""A domain in the report form: its band or bar by single keys, and its topics to flag below."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from coach.model.answers import DomainDetail
from coach.model.attempt import Band
from coach.ui import actions, text
from coach.ui.widgets.fields import Field, show_problem
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


class BandEntry(NamedTuple):
    """What is shown of one domain. `typed` is the text as it stands, `band` what it means."""

    number: int
    name: str
    weight: str
    typed: str
    band: Band | None


def band_row(entry: BandEntry, width: int, *, focused: bool) -> Content:
    """The domain in one line of `width` cells: name, number and band, and more where it fits."""
    right = _number(entry) + " " + _segments(entry.band)
    if width - LEAD - right.cell_length < SHORT_NAME:
        right = _number(entry) + " " + _segments(entry.band, 1)
    if width - LEAD - NAME - right.cell_length > BAR + 1:
        right = _bar(entry, BAR) + " " + right
    if width - LEAD - NAME - right.cell_length > WEIGHT:
        right = Content.styled(f"{entry.weight:>{WEIGHT - 1}} ", "$ink-muted") + right
    room = width - LEAD - 1 - right.cell_length
    return _lead(entry, focused) + _name(entry, room, focused) + " " + right


def band_rows(entry: BandEntry, width: int, *, focused: bool) -> Content:
    """The domain in two lines: name and weight, then a bar as long as there is room for."""
    weight = Content.styled(f" {entry.weight}", "$ink-muted")
    name = _name(entry, width - LEAD - weight.cell_length, focused)
    right = Content(" ") + _number(entry) + " " + _segments(entry.band)
    bar = _bar(entry, max(width - LEAD - right.cell_length, 0))
    below = Content.styled("▌" if focused else " ", "$primary") + " " * (LEAD - 1) + bar + right
    return _lead(entry, focused) + name + weight + "\n" + below


def _lead(entry: BandEntry, focused: bool) -> Content:
    marker = Content.styled("▌" if focused else " ", "$primary")
    return marker + Content.styled(f"{entry.number:>2} ", "$ink-muted")


def _name(entry: BandEntry, room: int, focused: bool) -> Content:
    return Content.styled(text.fit(entry.name, max(room, 0)), "bold $ink" if focused else "$ink")


def _segments(band: Band | None, letters: int = 9) -> Content:
    parts = []
    for name in BANDS:
        word = name[:letters]
        if name == band:
            # The brackets tell it without colour.
            segment = Content.styled(f"[{word}]", f"bold $heat-{name}-on on $heat-{name}")
        else:
            segment = Content.styled(f" {word} ", "$ink-faint on $track")
        parts.append(segment.stylize(Style.from_meta({"band": name})))
    return Content("").join(parts)


def _number(entry: BandEntry) -> Content:
    """The bar as typed, or a vendor's own word as far as it fits."""
    shown = "" if entry.typed in BANDS else text.clip(entry.typed, NUMBER)
    style = "bold $ink" if entry.band else "bold $heat-below-ink"
    return Content.styled(f"{shown:>{NUMBER}}", style)


def _bar(entry: BandEntry, width: int) -> Content:
    if not entry.typed.isdigit() or entry.band is None:
        return Content.styled("·" * width, "$line")
    filled = text.bar(int(entry.typed) / 100, width)
    return Content.styled(filled.ljust(width), f"$heat-{entry.band}-ink on $track")


def flags_row(flags: list[str], width: int) -> Content:
    """The flagged topics of a domain in one line."""
    shown = text.clip(", ".join(flags), max(width - 8, 0))
    return Content.assemble("     ", ("● ", "$heat-below-ink"), (shown, "$ink-muted"))


def topic_row(name: str, width: int, *, flagged: bool, focused: bool) -> Content:
    """One topic to flag."""
    marker = Content.styled("▌" if focused else " ", "$primary")
    dot = Content.styled("● " if flagged else "○ ", "$heat-below-ink" if flagged else "$ink-faint")
    label = text.fit(name, max(width - 7 - 9, 0))
    tag = Content.styled(" flagged " if flagged else " " * 9, "$heat-below-ink")
    words = Content.styled(label, "bold $ink" if focused else "$ink-muted")
    return marker + "    " + dot + words + tag


_LETTERS = {"b": "below", "n": "near", "a": "above"}
MOST_DIGITS = 3
ReadBand = Callable[[str], Band | None]
"""Says which band a typed text means, None where it cannot be read."""


class BandInput(Widget, can_focus=True):
    """Letters set a band, digits a bar, left and right the one next to it."""

    BINDINGS: ClassVar[list[BindingType]] = actions.widget_bindings("band")

    typed: reactive[str] = reactive("")

    class Topics(Message):
        """The topics of the domain are wanted, or not any more."""

    def __init__(self, number: int, domain: DomainDetail, typed: str, read: ReadBand) -> None:
        super().__init__()
        self._number, self._domain, self._read = number, domain, read
        self._begun = False
        self.set_reactive(BandInput.typed, typed)

    def render(self) -> Content:
        entry = BandEntry(
            number=self._number,
            name=self._domain.name,
            weight=published_weight(self._domain.weight_low, self._domain.weight_high, "–"),
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

    BINDINGS: ClassVar[list[BindingType]] = actions.widget_bindings("topic")

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
        super().__init__(f"domain:{domain.name}", domain.name)
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
