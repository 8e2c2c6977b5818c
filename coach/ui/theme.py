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

from collections.abc import Mapping

from textual.color import Color
from textual.theme import Theme

Variables = dict[str, str]
Palettes = Mapping[str, tuple[str, str, str]]
"""By name of a colour: in full colour, of 256, of sixteen."""
DOMAINS = 12
"""How many domains have a colour of their own."""

_DARK: Palettes = {
    "background": ("#10141b", "#121212", "ansi_black"),
    "surface": ("#151a23", "#1c1c1c", "ansi_black"),
    "panel": ("#1c2330", "#262626", "ansi_black"),
    "track": ("#242b37", "#303030", "ansi_black"),
    "cursor": ("#2a3650", "#3a3a3a", "ansi_black"),
    "line": ("#2b3340", "#4e4e4e", "ansi_bright_black"),
    "line-strong": ("#5a667a", "#808080", "ansi_white"),
    "ink": ("#dce1ea", "#dadada", "ansi_white"),
    "ink-muted": ("#a3adbd", "#b2b2b2", "ansi_white"),
    "ink-faint": ("#98a2b3", "#a8a8a8", "ansi_white"),
    "primary": ("#8aa4ff", "#87afff", "ansi_bright_green"),
    "on-accent": ("#10141b", "#121212", "ansi_black"),
    "secondary": ("#5fb8c9", "#5fd7d7", "ansi_bright_cyan"),
    "warning": ("#e0a04a", "#ffaf5f", "ansi_bright_yellow"),
    "error": ("#f58d83", "#ffafaf", "ansi_bright_red"),
    "success": ("#5fb8c9", "#5fd7d7", "ansi_bright_cyan"),
    "heat-below": ("#e0823d", "#ff8700", "ansi_bright_red"),
    "heat-below-on": ("#1c0f05", "#000000", "ansi_black"),
    "heat-below-ink": ("#f0995a", "#ffaf5f", "ansi_bright_red"),
    "heat-near": ("#7d6a33", "#875f00", "ansi_bright_yellow"),
    "heat-near-on": ("#fbf3dc", "#ffffd7", "ansi_black"),
    "heat-near-ink": ("#d3b866", "#d7d787", "ansi_bright_yellow"),
    "heat-above": ("#1f5866", "#005f5f", "ansi_blue"),
    "heat-above-on": ("#d5f0f5", "#d7ffff", "ansi_bright_white"),
    "heat-above-ink": ("#5fb8c9", "#5fd7d7", "ansi_bright_cyan"),
    "heat-unknown": ("#2a313d", "#585858", "ansi_white"),
    "heat-unknown-on": ("#98a2b3", "#eeeeee", "ansi_black"),
    "heat-unknown-ink": ("#98a2b3", "#a8a8a8", "ansi_white"),
    "on-domain": ("#10141b", "#121212", "ansi_black"),
    "domain-1": ("#7aa5f5", "#87afff", "ansi_bright_cyan"),
    "domain-2": ("#d08be0", "#d787d7", "ansi_bright_magenta"),
    "domain-3": ("#5fc79b", "#5fd7af", "ansi_bright_green"),
    "domain-4": ("#f08fb0", "#ff87af", "ansi_bright_yellow"),
    "domain-5": ("#cdb56f", "#d7af5f", "ansi_white"),
    "domain-6": ("#9aa7c7", "#afafd7", "ansi_bright_red"),
    "domain-7": ("#f09a6b", "#ff875f", "ansi_cyan"),
    "domain-8": ("#5fcfe8", "#00d7ff", "ansi_magenta"),
    "domain-9": ("#a8d672", "#afd75f", "ansi_green"),
    "domain-10": ("#b49cff", "#af87ff", "ansi_yellow"),
    "domain-11": ("#f7d9b8", "#ffd7af", "ansi_bright_white"),
    "domain-12": ("#dfe3ea", "#d7d7d7", "ansi_bright_blue"),
}

_LIGHT: Palettes = {
    "background": ("#f4f6f9", "#eeeeee", "ansi_bright_white"),
    "surface": ("#fbfcfe", "#ffffff", "ansi_bright_white"),
    "panel": ("#e9edf3", "#e4e4e4", "ansi_bright_white"),
    "track": ("#e3e7ee", "#dadada", "ansi_bright_white"),
    "cursor": ("#dbe4fb", "#d7d7ff", "ansi_bright_white"),
    "line": ("#d3d9e2", "#c6c6c6", "ansi_white"),
    "line-strong": ("#8a95a5", "#8a8a8a", "ansi_black"),
    "ink": ("#1c2430", "#1c1c1c", "ansi_black"),
    "ink-muted": ("#495364", "#4e4e4e", "ansi_black"),
    "ink-faint": ("#566070", "#585858", "ansi_black"),
    "primary": ("#3351c2", "#005faf", "ansi_blue"),
    "on-accent": ("#fbfcfe", "#ffffff", "ansi_bright_white"),
    "secondary": ("#0f6376", "#005f5f", "ansi_blue"),
    "warning": ("#845206", "#875f00", "ansi_red"),
    "error": ("#b3261e", "#af0000", "ansi_red"),
    "success": ("#0f6376", "#005f5f", "ansi_blue"),
    "heat-below": ("#bd540f", "#af0000", "ansi_red"),
    "heat-below-on": ("#fffaf5", "#ffffff", "ansi_bright_white"),
    "heat-below-ink": ("#a34406", "#af0000", "ansi_red"),
    "heat-near": ("#ecd48a", "#ffd787", "ansi_bright_yellow"),
    "heat-near-on": ("#3b2f08", "#000000", "ansi_black"),
    "heat-near-ink": ("#6f5605", "#5f5f00", "ansi_black"),
    "heat-above": ("#bfe3ea", "#afd7d7", "ansi_bright_cyan"),
    "heat-above-on": ("#0b3b47", "#000000", "ansi_black"),
    "heat-above-ink": ("#0f6376", "#005f5f", "ansi_blue"),
    "heat-unknown": ("#dde2e9", "#d0d0d0", "ansi_white"),
    "heat-unknown-on": ("#4d5766", "#3a3a3a", "ansi_black"),
    "heat-unknown-ink": ("#566070", "#585858", "ansi_black"),
    "on-domain": ("#fbfcfe", "#ffffff", "ansi_bright_white"),
    "domain-1": ("#2459c0", "#005faf", "ansi_blue"),
    "domain-2": ("#8a3fa3", "#8700d7", "ansi_red"),
    "domain-3": ("#0c6e4e", "#005f00", "ansi_magenta"),
    "domain-4": ("#ad3560", "#af005f", "ansi_black"),
    "domain-5": ("#75590a", "#5f5f00", "ansi_bright_black"),
    "domain-6": ("#4f5e84", "#5f5f87", "ansi_blue"),
    "domain-7": ("#9c441a", "#af0000", "ansi_red"),
    "domain-8": ("#0a6682", "#005f5f", "ansi_magenta"),
    "domain-9": ("#456a0e", "#5f8700", "ansi_black"),
    "domain-10": ("#6a49c9", "#5f00ff", "ansi_bright_black"),
    "domain-11": ("#7a5233", "#875f00", "ansi_blue"),
    "domain-12": ("#2f3641", "#3a3a3a", "ansi_red"),
}

_CONTRAST: Palettes = {
    "background": ("#000000", "#000000", "ansi_black"),
    "surface": ("#000000", "#000000", "ansi_black"),
    "panel": ("#121212", "#121212", "ansi_black"),
    "track": ("#262626", "#262626", "ansi_black"),
    "cursor": ("#00005f", "#00005f", "ansi_black"),
    "line": ("#8a8a8a", "#8a8a8a", "ansi_white"),
    "line-strong": ("#bcbcbc", "#bcbcbc", "ansi_bright_white"),
    "ink": ("#ffffff", "#ffffff", "ansi_bright_white"),
    "ink-muted": ("#dadada", "#dadada", "ansi_bright_white"),
    "ink-faint": ("#c6c6c6", "#c6c6c6", "ansi_white"),
    "primary": ("#5fffff", "#5fffff", "ansi_bright_green"),
    "on-accent": ("#000000", "#000000", "ansi_black"),
    "secondary": ("#87ffff", "#87ffff", "ansi_bright_cyan"),
    "warning": ("#ffd75f", "#ffd75f", "ansi_bright_yellow"),
    "error": ("#ffafaf", "#ffafaf", "ansi_bright_red"),
    "success": ("#87ffff", "#87ffff", "ansi_bright_cyan"),
    "heat-below": ("#ff8700", "#ff8700", "ansi_bright_red"),
    "heat-below-on": ("#000000", "#000000", "ansi_black"),
    "heat-below-ink": ("#ffaf5f", "#ffaf5f", "ansi_bright_red"),
    "heat-near": ("#ffffaf", "#ffffaf", "ansi_bright_yellow"),
    "heat-near-on": ("#000000", "#000000", "ansi_black"),
    "heat-near-ink": ("#ffffaf", "#ffffaf", "ansi_bright_yellow"),
    "heat-above": ("#005f87", "#005f87", "ansi_blue"),
    "heat-above-on": ("#ffffff", "#ffffff", "ansi_bright_white"),
    "heat-above-ink": ("#87ffff", "#87ffff", "ansi_bright_cyan"),
    "heat-unknown": ("#444444", "#444444", "ansi_white"),
    "heat-unknown-on": ("#ffffff", "#ffffff", "ansi_black"),
    "heat-unknown-ink": ("#c6c6c6", "#c6c6c6", "ansi_white"),
    "on-domain": ("#000000", "#000000", "ansi_black"),
    "domain-1": ("#87d7ff", "#87d7ff", "ansi_bright_cyan"),
    "domain-2": ("#ffafff", "#ffafff", "ansi_bright_magenta"),
    "domain-3": ("#5fffaf", "#5fffaf", "ansi_bright_green"),
    "domain-4": ("#ffafd7", "#ffafd7", "ansi_bright_yellow"),
    "domain-5": ("#ffff5f", "#ffff5f", "ansi_white"),
    "domain-6": ("#d7d7ff", "#d7d7ff", "ansi_bright_red"),
    "domain-7": ("#ffaf87", "#ffaf87", "ansi_cyan"),
    "domain-8": ("#00ffff", "#00ffff", "ansi_magenta"),
    "domain-9": ("#afff5f", "#afff5f", "ansi_green"),
    "domain-10": ("#d7afff", "#d7afff", "ansi_yellow"),
    "domain-11": ("#ffd7af", "#ffd7af", "ansi_bright_white"),
    "domain-12": ("#ffffff", "#ffffff", "ansi_bright_blue"),
}

_STYLES = {
    "cursor-style": ("none", "underline"),
    "field-style": ("none", "underline"),
    "selected-style": ("none", "reverse"),
}
"""Attributes in place of a ground: with many colours, with sixteen."""
_TEXTUALS = {
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
"""Names of Textual's own widgets, by those of ours that they look like."""
_SYSTEMS = {"256": 1, "eight_bit": 1, "standard": 2, "windows": 2}
"""The palette for a colour system of Rich's; that of full colour for any other."""


def own_themes(color_system: str | None = "truecolor") -> tuple[Theme, ...]:
    """Our themes in the palette for that colour system, the dark one first."""
    column = _SYSTEMS.get(color_system or "", 0)
    return (
        _theme("coach-dark", _DARK, column),
        _theme("coach-light", _LIGHT, column, dark=False),
        _theme("coach-contrast", _CONTRAST, column),
    )


def _theme(name: str, palettes: Palettes, column: int, *, dark: bool = True) -> Theme:
    colours = {key: row[column] for key, row in palettes.items()}
    return Theme(
        name=name,
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
        dark=dark,
        ansi=column == _SYSTEMS["standard"],
        variables={
            **colours,
            **{key: styles[column == _SYSTEMS["standard"]] for key, styles in _STYLES.items()},
            **{key: colours[like] for key, like in _TEXTUALS.items()},
            "block-cursor-text-style": "none",
        },
    )


DARK, LIGHT, _ = own_themes()


def defaults(theme: Theme) -> Variables:
    """Values of our own colour names for a theme that does not bring them itself."""
    if "ink" in theme.variables:
        return theme.variables
    own = _DARK if theme.dark else _LIGHT
    if theme.ansi:
        grounds = dict.fromkeys(_GROUNDS, "ansi_default")
        return _theme("", own, _SYSTEMS["standard"], dark=theme.dark).variables | grounds
    return _theme("", own, 0, dark=theme.dark).variables | _greys(theme)


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
