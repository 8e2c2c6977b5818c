"""The looks: a dark, a light and a high-contrast theme, each in three palettes, and every colour
name that the style sheets may use.

The heat colours run from warm (needs work) to cool (strong) and differ in lightness as well as
in hue, so they stay apart for colour-blind eyes and in grey. Each band has three colours:
`heat-X` fills a cell, `heat-X-on` is text upon that fill, `heat-X-ink` is a mark or a bar upon
the plain background. `cursor` lies under the line of a cursor; sixteen colours have no quiet one
for that, so there lists underline the line by `cursor-style` and a plan turns its block round by
`selected-style`. `primary` means keys, cursor and tab, nothing else. `on-accent` and `on-domain`
are text upon these colours. The `domain-N` tell domains of a plan apart and say nothing about a
band.

Every text on every ground that it is used on has a contrast of 4.5 at least, of 7 with high
contrast. The second column are colours of the xterm palette, which a terminal of 256 shows as they
are; left to rounding, a dark blue ground becomes black or navy. The third are the sixteen of the
terminal, upon a ground of their own, since nothing says whether that of the terminal is dark.
"""

from textual.color import Color
from textual.theme import Theme

Variables = dict[str, str]
DOMAINS = 12
"""How many domains have a colour of their own."""

_TABLE = """
background      #10141b #121212 black          #f4f6f9 #eeeeee bright_white  #000000 black
surface         #151a23 #1c1c1c black          #fbfcfe #ffffff bright_white  #000000 black
panel           #1c2330 #262626 black          #e9edf3 #e4e4e4 bright_white  #121212 black
track           #242b37 #303030 black          #e3e7ee #dadada bright_white  #262626 black
cursor          #2a3650 #3a3a3a black          #dbe4fb #d7d7ff bright_white  #00005f black
line            #2b3340 #4e4e4e bright_black   #d3d9e2 #c6c6c6 white         #8a8a8a white
line-strong     #5a667a #808080 white          #8a95a5 #8a8a8a black         #bcbcbc bright_white
ink             #dce1ea #dadada white          #1c2430 #1c1c1c black         #ffffff bright_white
ink-muted       #a3adbd #b2b2b2 white          #495364 #4e4e4e black         #dadada bright_white
ink-faint       #98a2b3 #a8a8a8 white          #566070 #585858 black         #c6c6c6 white
primary         #8aa4ff #87afff bright_green   #3351c2 #005faf blue          #5fffff bright_green
on-accent       #10141b #121212 black          #fbfcfe #ffffff bright_white  #000000 black
secondary       #5fb8c9 #5fd7d7 bright_cyan    #0f6376 #005f5f blue          #87ffff bright_cyan
warning         #e0a04a #ffaf5f bright_yellow  #845206 #875f00 red           #ffd75f bright_yellow
error           #f58d83 #ffafaf bright_red     #b3261e #af0000 red           #ffafaf bright_red
heat-below      #e0823d #ff8700 bright_red     #bd540f #af0000 red           #ff8700 bright_red
heat-below-on   #1c0f05 #000000 black          #fffaf5 #ffffff bright_white  #000000 black
heat-below-ink  #f0995a #ffaf5f bright_red     #a34406 #af0000 red           #ffaf5f bright_red
heat-near       #7d6a33 #875f00 bright_yellow  #ecd48a #ffd787 bright_yellow #ffffaf bright_yellow
heat-near-on    #fbf3dc #ffffd7 black          #3b2f08 #000000 black         #000000 black
heat-near-ink   #d3b866 #d7d787 bright_yellow  #6f5605 #5f5f00 black         #ffffaf bright_yellow
heat-above      #1f5866 #005f5f blue           #bfe3ea #afd7d7 bright_cyan   #005f87 blue
heat-above-on   #d5f0f5 #d7ffff bright_white   #0b3b47 #000000 black         #ffffff bright_white
heat-unknown    #2a313d #585858 white          #dde2e9 #d0d0d0 white         #444444 white
heat-unknown-on #98a2b3 #eeeeee black          #4d5766 #3a3a3a black         #ffffff black
domain-1        #7aa5f5 #87afff bright_cyan    #2459c0 #005faf blue          #87d7ff bright_cyan
domain-2        #d08be0 #d787d7 bright_magenta #8a3fa3 #8700d7 red           #ffafff bright_magenta
domain-3        #5fc79b #5fd7af bright_green   #0c6e4e #005f00 magenta       #5fffaf bright_green
domain-4        #f08fb0 #ff87af bright_yellow  #ad3560 #af005f black         #ffafd7 bright_yellow
domain-5        #cdb56f #d7af5f white          #75590a #5f5f00 bright_black  #ffff5f white
domain-6        #9aa7c7 #afafd7 bright_red     #4f5e84 #5f5f87 blue          #d7d7ff bright_red
domain-7        #f09a6b #ff875f cyan           #9c441a #af0000 red           #ffaf87 cyan
domain-8        #5fcfe8 #00d7ff magenta        #0a6682 #005f5f magenta       #00ffff magenta
domain-9        #a8d672 #afd75f green          #456a0e #5f8700 black         #afff5f green
domain-10       #b49cff #af87ff yellow         #6a49c9 #5f00ff bright_black  #d7afff yellow
domain-11       #f7d9b8 #ffd7af bright_white   #7a5233 #875f00 blue          #ffd7af bright_white
domain-12       #dfe3ea #d7d7d7 bright_blue    #2f3641 #3a3a3a red           #ffffff bright_blue
"""
_COLOURS = {name: row for name, *row in map(str.split, _TABLE.strip().splitlines())}
_PLACES = ((0, 1, 2), (3, 4, 5), (6, 6, 7))
"""Where in a row of it the dark, the light and the high-contrast theme have theirs: in full colour,
of 256, of sixteen."""
_STYLES = {
    "cursor-style": ("none", "underline"),
    "field-style": ("none", "underline"),
    "selected-style": ("none", "reverse"),
}
"""Attributes in place of a ground: with many colours, with sixteen."""
_ALIKE = {
    "success": "secondary",
    "heat-above-ink": "secondary",
    "heat-unknown-ink": "ink-faint",
    "on-domain": "on-accent",
    "ansi-background": "background",
    "ansi-foreground": "ink",
    "block-cursor-background": "cursor",
    "block-cursor-foreground": "ink",
    "block-cursor-blurred-background": "track",
    "block-cursor-blurred-foreground": "ink",
    "block-hover-background": "track",
    "input-cursor-background": "primary",
    "input-cursor-foreground": "on-accent",
    "input-selection-background": "primary",
    "input-selection-foreground": "on-accent",
    "border": "primary",
    "border-blurred": "line",
    "scrollbar": "line-strong",
    "scrollbar-hover": "ink-faint",
    "scrollbar-active": "primary",
    "scrollbar-background": "surface",
    "scrollbar-background-hover": "surface",
    "scrollbar-background-active": "surface",
    "scrollbar-corner-color": "surface",
}
"""Names that are another colour's too, most of them of Textual's own widgets."""
_SYSTEMS = {"256": 1, "eight_bit": 1, "standard": 2, "windows": 2}
"""The palette for a colour system of Rich's; that of full colour for any other."""


def own_themes(color_system: str | None = "truecolor") -> tuple[Theme, ...]:
    """Our themes in the palette for that colour system, the dark one first."""
    column = _SYSTEMS.get(color_system or "", 0)
    return tuple(_theme(number, column) for number in range(3))


def _theme(number: int, column: int) -> Theme:
    colours = _variables(number, column)
    return Theme(
        name=("coach-dark", "coach-light", "coach-contrast")[number],
        primary=colours["primary"],
        secondary=colours["secondary"],
        warning=colours["warning"],
        error=colours["error"],
        success=colours["success"],
        accent=colours["primary"],
        foreground=colours["ink"],
        background=colours["background"],
        surface=colours["surface"],
        panel=colours["panel"],
        dark=number != 1,
        ansi=column == _SYSTEMS["standard"],
        variables=colours,
    )


def _variables(number: int, column: int) -> Variables:
    """Every name that the style sheets may use, in a theme and a palette."""
    place, sixteen = _PLACES[number][column], column == _SYSTEMS["standard"]
    lead = "ansi_" if sixteen else ""
    colours = {name: f"{lead}{row[place]}" for name, row in _COLOURS.items()}
    styles = {name: both[sixteen] for name, both in _STYLES.items()}
    alike = {name: colours[like] for name, like in _ALIKE.items()}
    return {**colours, **styles, **alike, "block-cursor-text-style": "none"}


DARK, LIGHT, _ = own_themes()


def defaults(theme: Theme) -> Variables:
    """Values of our own colour names for a theme that does not bring them itself."""
    if "ink" in theme.variables:
        return theme.variables
    own = 0 if theme.dark else 1
    if theme.ansi:
        grounds = dict.fromkeys(_GROUNDS, "ansi_default")
        return _variables(own, _SYSTEMS["standard"]) | grounds
    return _variables(own, 0) | _greys(theme)


def _greys(theme: Theme) -> Variables:
    """The inks, lines and grounds between the text and the background of a theme."""
    ground = Color.parse(theme.background or ("#121212" if theme.dark else "#efefef"))
    ink = Color.parse(theme.foreground) if theme.foreground else ground.inverse
    greys = {name: ground.blend(ink, part).hex for name, part in _PARTS.items()}
    cursor = ground.blend(Color.parse(theme.primary), _CURSOR).hex
    on_accent = Color.parse(theme.accent or theme.primary).get_contrast_text(1).hex
    return {**greys, "ink": ink.hex, "cursor": cursor, "on-accent": on_accent}


_GROUNDS = ("background", "surface", "panel", "track", "cursor", "ink", "ink-muted", "ink-faint")
_PARTS = {"ink-muted": 0.82, "ink-faint": 0.65, "line": 0.18, "line-strong": 0.35, "track": 0.12}
_CURSOR = 0.22
