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

from coach.ui.text import BAND_LETTER
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
_INKS = {
    "ink": ("ink", "heading", "mark", "topic-missed", "now", "goal"),
    "ink-muted": (
        *("muted", "unfocused", "other", "time", "foot", "painted", "passing"),
        *("done", "topic-done", "topic-quiet"),
    ),
    "ink-faint": ("faint", "skipped", "skipped-mark", "unused-mark", "tag", "tone-0"),
    "primary": ("accent", "marker"),
    "secondary": ("aim",),
    "success": ("done-bar", "done-mark"),
    "warning": ("warn", "expires"),
    "error": ("retires",),
    "line": ("grid", "beyond"),
    "line-strong": ("weight-bar", "axis", "planned-bar"),
    "heat-below": ("missed-bar",),
    "heat-below-ink": ("failed", "high", "flag"),
    "heat-near-ink": ("medium",),
    "heat-above-ink": ("passed", "low"),
}
"""What is told by its colour alone."""

LOOKS: Looks = {
    **{name: Look(ink) for ink, names in _INKS.items() for name in names},
    **{band: Look(f"heat-{band}-ink") for band in BAND_LETTER},
    **{f"cell-{band}": Look(f"heat-{band}-on", ground=f"heat-{band}") for band in BAND_LETTER},
    **{f"edge-{band}": Look(f"heat-{band}") for band in BAND_LETTER},
    **{f"tone-{n}": Look(f"domain-{n}") for n in _TONES},
    **{f"soft-{n}": Look(f"domain-{n} 45%") for n in _TONES},
    **{f"fill-{n}": Look("on-domain", ground=f"domain-{n}", attributes="bold") for n in _TONES},
    "strong": Look(attributes="bold"),
    "chosen": Look(attributes="bold"),
    "cursor": Look(ground="cursor", attributes="$cursor-style"),
    "cursor-below": Look(ground="cursor"),
    "cursor-blurred": Look(attributes="not bold"),
    "selected": Look(ground="cursor", attributes="$selected-style"),
    "track": Look(ground="track"),
    "aim-ground": Look(ground="track"),
    "wait": Look("ink-muted", ground="track"),
    "card": Look("ink", ground="panel"),
    "quiet": Look(ground="surface"),
    "title": Look("ink", attributes="bold"),
    "week": Look("ink", attributes="bold"),
    "pin": Look("ink", attributes="bold"),
    "booked": Look("ink", attributes="bold"),
    "day": Look("ink", ground="surface", attributes="bold"),
    "past": Look("ink-faint", attributes="not bold"),
    "today": Look("background", ground="ink-muted", attributes="bold"),
    "note": Look("ink-muted", attributes="not bold"),
    "gone": Look("ink-muted", attributes="strike"),
    "missed-mark": Look("heat-below-ink", attributes="bold"),
    "topic-planned": Look("ink", attributes="bold"),
    "topic-skipped": Look("ink-faint", attributes="strike"),
    "topic-unused": Look("ink-faint", attributes="not bold"),
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
