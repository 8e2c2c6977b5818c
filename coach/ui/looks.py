"""The one table of styles: what each style name in a row looks like, and how it is painted."""

from collections.abc import Mapping
from typing import ClassVar

from msgspec import Struct
from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip

from coach.ui.theme import DOMAINS


class Look(Struct, frozen=True):
    """A style: colours by theme variable, each with an optional share such as `primary 50%`
    that mixes it into the background, and Rich attributes such as `bold` or `strike`, or the theme
    variable that has them, `$cursor-style`."""

    ink: str = ""
    ground: str = ""
    attributes: str = ""


Looks = Mapping[str, Look]
_TONES = range(1, DOMAINS + 1)

LOOKS: Looks = {
    "ink": Look("ink"),
    "strong": Look(attributes="bold"),
    "heading": Look("ink"),
    "unfocused": Look("ink-muted"),
    "muted": Look("ink-muted"),
    "faint": Look("ink-faint"),
    "accent": Look("primary"),
    "bar": Look("ink-muted", ground="track"),
    "rail": Look("track"),
    "cursor": Look(ground="cursor", attributes="$cursor-style"),
    "cursor-below": Look(ground="cursor"),
    "cursor-blurred": Look(attributes="not bold"),
    "marker": Look("primary"),
    "chosen": Look(attributes="bold"),
    "passed": Look("heat-above-ink"),
    "failed": Look("heat-below-ink"),
    "booked": Look("ink", attributes="bold"),
    "other": Look("ink-muted"),
    "high": Look("heat-below-ink"),
    "below": Look("heat-below-ink"),
    "flag": Look("heat-below-ink"),
    "medium": Look("heat-near-ink"),
    "near": Look("heat-near-ink"),
    "low": Look("heat-above-ink"),
    "above": Look("heat-above-ink"),
    "unknown": Look("heat-unknown-ink"),
    "cell-below": Look("heat-below-on", ground="heat-below"),
    "cell-near": Look("heat-near-on", ground="heat-near"),
    "cell-above": Look("heat-above-on", ground="heat-above"),
    "cell-unknown": Look("heat-unknown-on", ground="heat-unknown"),
    "edge-below": Look("heat-below"),
    "edge-near": Look("heat-near"),
    "edge-above": Look("heat-above"),
    "edge-unknown": Look("heat-unknown"),
    "card": Look("ink", ground="panel"),
    "quiet": Look(ground="surface"),
    "done": Look("ink-muted"),
    "skipped": Look("ink-faint"),
    "selected": Look(ground="cursor", attributes="$selected-style"),
    "time": Look("ink-muted"),
    "foot": Look("ink-muted"),
    "pin": Look("ink", attributes="bold"),
    "warn": Look("warning"),
    "title": Look("ink", attributes="bold"),
    "week": Look("ink", attributes="bold"),
    "ribbon": Look(attributes="not bold"),
    "day": Look("ink", ground="surface", attributes="bold"),
    "past": Look("ink-faint", attributes="not bold"),
    "today": Look("background", ground="ink-muted", attributes="bold"),
    "note": Look("ink-muted", attributes="not bold"),
    "track": Look(ground="track"),
    "mark": Look("ink"),
    "open-bar": Look("line-strong"),
    "done-bar": Look("success"),
    "over-bar": Look("warning"),
    "missed-bar": Look("heat-below"),
    "done-mark": Look("success"),
    "skipped-mark": Look("ink-faint"),
    "unused-mark": Look("ink-faint"),
    "missed-mark": Look("heat-below-ink", attributes="bold"),
    "topic-planned": Look("ink", attributes="bold"),
    "topic-quiet": Look("ink-muted"),
    "topic-done": Look("ink-muted"),
    "topic-skipped": Look("ink-faint", attributes="strike"),
    "topic-unused": Look("ink-faint", attributes="not bold"),
    "topic-missed": Look("ink"),
    "painted": Look("ink-muted"),
    "gone": Look("ink-muted", attributes="strike"),
    "tone-0": Look("ink-faint"),
    "weight-bar": Look("line-strong"),
    "tag": Look("ink-faint"),
    "aim": Look("secondary"),
    "passing": Look("ink-muted"),
    "grid": Look("line"),
    "axis": Look("line-strong"),
    "planned-bar": Look("line-strong"),
    "wait": Look("ink-muted", ground="track"),
    "aim-ground": Look(ground="track"),
    "now": Look("ink"),
    "retires": Look("error"),
    "expires": Look("warning"),
    "beyond": Look("line"),
    **{f"tone-{n}": Look(f"domain-{n}") for n in _TONES},
    **{f"soft-{n}": Look(f"domain-{n} 45%") for n in _TONES},
    **{f"fill-{n}": Look("on-domain", ground=f"domain-{n}", attributes="bold") for n in _TONES},
}
"""Every style name, whatever paints it. Later names of a row win over earlier ones."""


class Painted(ScrollView, inherit_bindings=False):
    """A field that paints its rows itself; style names in them are of the table."""

    OWN_LOOKS: ClassVar[Looks] = {}
    """What some names mean in this field alone."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's word
        self._resolved: dict[str, Style] = {}
        self._resolved_for = ""
        super().__init__(id=id, classes=classes)

    def look(self, names: str) -> Style:
        """The style of some names, later ones upon earlier ones; unknown names say nothing."""
        if names not in self._resolved:
            words = names.split()
            style = self.look("") if words else self.rich_style
            for name in words:
                if look := self.OWN_LOOKS.get(name) or LOOKS.get(name):
                    style += _resolve(look, self.app.theme_variables)
            self._resolved[names] = style
        return self._resolved[names]

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of that region; the colours of another theme before are forgotten."""
        if self._resolved_for != self.app.theme:
            self._resolved.clear()
            self._resolved_for = self.app.theme
        return super().render_lines(crop)

    def notify_style_update(self) -> None:
        """Forget the colours of the theme before."""
        super().notify_style_update()
        self._resolved.clear()


def _resolve(look: Look, variables: Mapping[str, str]) -> Style:
    style = Style(color=_colour(look.ink, variables), bgcolor=_colour(look.ground, variables))
    named = look.attributes.startswith("$")
    attributes = variables[look.attributes[1:]] if named else look.attributes
    return style + Style.parse(attributes) if attributes else style


def _colour(name: str, variables: Mapping[str, str]) -> RichColor | None:
    variable, _, share = name.partition(" ")
    if not variable:
        return None
    colour = Color.parse(variables[variable])
    if not colour.a:
        return None
    if share and colour.ansi is None:
        ground = Color.parse(variables["background"])
        colour = ground.blend(colour, float(share.rstrip("%")) / 100)
    return colour.rich_color
