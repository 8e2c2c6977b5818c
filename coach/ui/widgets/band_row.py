"""One domain of a report as it is typed: its name, weight, bar, and the band picked or derived."""

from typing import NamedTuple

from textual.content import Content
from textual.style import Style

from coach.model.attempt import Band
from coach.ui import text

BANDS: tuple[Band, ...] = ("below", "near", "above")
BAR = 12
NUMBER = 5
NAMED, WEIGHED = 56, 70
"""Widths from which a number and a weight are shown; the bar comes with the weight."""


class BandEntry(NamedTuple):
    """What is shown of one domain. `typed` is the text as it stands, `band` what it means."""

    number: int
    name: str
    weight: str
    typed: str
    band: Band | None


def band_row(entry: BandEntry, width: int, *, focused: bool) -> Content:
    """The row in exactly `width` cells."""
    right = _value(entry, width) + _segments(entry.band)
    marker = Content.styled("▌" if focused else " ", "$primary")
    number = Content.styled(f"{entry.number:>2} ", "$ink-muted")
    room = width - right.cell_length - 5
    name = Content.styled(text.fit(entry.name, max(room, 0)), "bold $ink" if focused else "$ink")
    return marker + number + name + " " + right


def _segments(band: Band | None) -> Content:
    parts = []
    for name in BANDS:
        style = f"bold $heat-{name}-on on $heat-{name}" if name == band else "$ink-faint on $track"
        segment = Content.styled(f" {name} ", style)
        parts.append(segment.stylize(Style.from_meta({"band": name})))
    return Content("").join(parts)


def _value(entry: BandEntry, width: int) -> Content:
    """Weight, bar and number, as far as there is room for them."""
    parts = Content("")
    if width >= WEIGHED:
        parts += Content.styled(f"{entry.weight:>8}  ", "$ink-muted")
        parts += _bar(entry) + " "
    if width >= NAMED or entry.typed.isdigit():
        shown = "" if entry.typed in BANDS else entry.typed
        style = "bold $ink" if entry.band else "bold $heat-below-ink"
        parts += Content.styled(f"{text.clip(shown, NUMBER - 1):>{NUMBER - 1}} ", style)
    return parts


def _bar(entry: BandEntry) -> Content:
    if not entry.typed.isdigit() or entry.band is None:
        return Content.styled(" " * BAR, "on $track" if entry.typed.isdigit() else "")
    filled = text.bar(int(entry.typed) / 100, BAR)
    return Content.styled(filled.ljust(BAR), f"$heat-{entry.band}-ink on $track")


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
    return marker + "    " + dot + Content.styled(label, "$ink" if focused else "$ink-muted") + tag
