"""One domain of a report as it is typed: its name, weight, bar, and the band picked or derived."""

from typing import NamedTuple

from textual.content import Content
from textual.style import Style

from coach.model.attempt import Band
from coach.ui import text

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
