"""What the style names of painted rows mean in the colours of the theme.

A row of a painted widget names its styles; a table of looks says which theme colours they are.
Component classes would do the same through the style sheet, at a third of the start-up time.
"""

from collections.abc import Mapping
from typing import ClassVar, NamedTuple

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip


class Look(NamedTuple):
    """A style: colours by theme variable, each with an optional share such as `primary 50%`
    that mixes it into the background, and Rich attributes such as `bold` or `strike`, or the theme
    variable that has them, `$cursor-style`."""

    ink: str = ""
    ground: str = ""
    attributes: str = ""


Looks = Mapping[str, Look]


class Painted(ScrollView, inherit_bindings=False):
    """A field that paints its rows itself; `LOOKS` says what their style names mean."""

    LOOKS: ClassVar[Looks] = {}

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's word
        self._resolved: dict[str, Style] = {}
        self._resolved_for = ""
        super().__init__(id=id, classes=classes)

    def look(self, names: str) -> Style:
        """The style of some names, later ones upon earlier ones; unknown names say nothing."""
        if names not in self._resolved:
            style = self.rich_style
            for name in names.split():
                if name in self.LOOKS:
                    style += _resolve(self.LOOKS[name], self.app.theme_variables)
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
    if share and colour.ansi is None:
        ground = Color.parse(variables["background"])
        colour = ground.blend(colour, float(share.rstrip("%")) / 100)
    return colour.rich_color
