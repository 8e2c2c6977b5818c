"""The look: a dark and a light theme, and every colour name that the style sheets may use.

The heat colours run from warm (needs work) to cool (strong) and differ in lightness as well as
in hue, so they stay apart for colour-blind eyes and in grey. Each band has three colours:
`heat-X` fills a cell, `heat-X-on` is text upon that fill, `heat-X-ink` is a mark or a bar upon
the plain background. `cursor` lies under the line of a cursor; a terminal's own sixteen colours
have no quiet one for that, so there lists underline the line by `cursor-style` and a plan turns its
block round by `selected-style`. `on-accent` and `on-domain` are text upon these colours. The six
`domain-N` tell domains of a plan apart and say nothing about a band.
"""

from textual.color import Color
from textual.theme import Theme

Variables = dict[str, str]

_DARK: Variables = {
    "heat-below": "#e0823d",
    "heat-below-on": "#1c0f05",
    "heat-below-ink": "#f0995a",
    "heat-near": "#8f7a3e",
    "heat-near-on": "#fbf3dc",
    "heat-near-ink": "#d3b866",
    "heat-above": "#1f5866",
    "heat-above-on": "#d5f0f5",
    "heat-above-ink": "#5fb8c9",
    "heat-unknown": "#2a313d",
    "heat-unknown-on": "#98a2b3",
    "heat-unknown-ink": "#76808f",
    "ink": "#dce1ea",
    "ink-muted": "#929cad",
    "ink-faint": "#667182",
    "line": "#2b3340",
    "line-strong": "#465164",
    "cursor": "#2a3650",
    "cursor-style": "none",
    "selected-style": "none",
    "track": "#242b37",
    "on-accent": "#10141b",
    "on-domain": "#10141b",
    "domain-1": "#7aa5f5",
    "domain-2": "#c792d8",
    "domain-3": "#6fc3a4",
    "domain-4": "#e39ab0",
    "domain-5": "#cdb56f",
    "domain-6": "#9aa7c7",
}

_LIGHT: Variables = {
    "heat-below": "#c65a11",
    "heat-below-on": "#fffaf5",
    "heat-below-ink": "#a84607",
    "heat-near": "#ecd48a",
    "heat-near-on": "#3b2f08",
    "heat-near-ink": "#7d6208",
    "heat-above": "#bfe3ea",
    "heat-above-on": "#0b3b47",
    "heat-above-ink": "#11697c",
    "heat-unknown": "#dde2e9",
    "heat-unknown-on": "#4d5766",
    "heat-unknown-ink": "#667080",
    "ink": "#1c2430",
    "ink-muted": "#566172",
    "ink-faint": "#7c8695",
    "line": "#d3d9e2",
    "line-strong": "#a8b2c1",
    "cursor": "#d6e0fb",
    "cursor-style": "none",
    "selected-style": "none",
    "track": "#e3e7ee",
    "on-accent": "#fbfcfe",
    "on-domain": "#fbfcfe",
    "domain-1": "#2f62c9",
    "domain-2": "#8a3fa3",
    "domain-3": "#14795a",
    "domain-4": "#b03a63",
    "domain-5": "#86690c",
    "domain-6": "#55648a",
}

_ANSI: Variables = {
    "heat-below": "ansi_yellow",
    "heat-below-on": "ansi_black",
    "heat-below-ink": "ansi_yellow",
    "heat-near": "ansi_white",
    "heat-near-on": "ansi_black",
    "heat-near-ink": "ansi_default",
    "heat-above": "ansi_blue",
    "heat-above-on": "ansi_bright_white",
    "heat-above-ink": "ansi_blue",
    "heat-unknown": "ansi_bright_black",
    "heat-unknown-on": "ansi_bright_white",
    "heat-unknown-ink": "ansi_bright_black",
    "ink": "ansi_default",
    "ink-muted": "ansi_default",
    "ink-faint": "ansi_default",
    "line": "ansi_bright_black",
    "line-strong": "ansi_default",
    "cursor": "ansi_default",
    "cursor-style": "underline",
    "selected-style": "reverse",
    "on-accent": "ansi_black",
    "on-domain": "ansi_black",
    "track": "ansi_default",
    "domain-1": "ansi_blue",
    "domain-2": "ansi_magenta",
    "domain-3": "ansi_green",
    "domain-4": "ansi_red",
    "domain-5": "ansi_yellow",
    "domain-6": "ansi_cyan",
}

DARK = Theme(
    name="coach-dark",
    primary="#8aa4ff",
    secondary="#5fb8c9",
    accent="#8aa4ff",
    warning="#e0a04a",
    error="#f0776c",
    success="#5fb8c9",
    foreground="#dce1ea",
    background="#10141b",
    surface="#151a23",
    panel="#1c2330",
    dark=True,
    variables={
        **_DARK,
        "block-cursor-background": "#2a3650",
        "block-cursor-foreground": "#f1f4fa",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#1f2737",
        "input-cursor-background": "#8aa4ff",
        "input-cursor-foreground": "#10141b",
        "input-selection-background": "#8aa4ff 35%",
        "border": "#8aa4ff",
        "border-blurred": "#2b3340",
        "scrollbar": "#333c4b",
        "scrollbar-hover": "#465164",
        "scrollbar-active": "#8aa4ff",
        "scrollbar-background": "#151a23",
        "scrollbar-background-hover": "#151a23",
        "scrollbar-background-active": "#151a23",
        "scrollbar-corner-color": "#151a23",
    },
)

LIGHT = Theme(
    name="coach-light",
    primary="#3756c8",
    secondary="#11697c",
    accent="#3756c8",
    warning="#96600a",
    error="#b3261e",
    success="#11697c",
    foreground="#1c2430",
    background="#f4f6f9",
    surface="#fbfcfe",
    panel="#e9edf3",
    dark=False,
    variables={
        **_LIGHT,
        "block-cursor-background": "#d6e0fb",
        "block-cursor-foreground": "#131a26",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#e6ebf7",
        "input-cursor-background": "#3756c8",
        "input-cursor-foreground": "#ffffff",
        "input-selection-background": "#3756c8 25%",
        "border": "#3756c8",
        "border-blurred": "#d3d9e2",
        "scrollbar": "#c3cbd7",
        "scrollbar-hover": "#a8b2c1",
        "scrollbar-active": "#3756c8",
        "scrollbar-background": "#fbfcfe",
        "scrollbar-background-hover": "#fbfcfe",
        "scrollbar-background-active": "#fbfcfe",
        "scrollbar-corner-color": "#fbfcfe",
    },
)


def defaults(theme: Theme) -> Variables:
    """Values of our own colour names for a theme that does not bring them itself."""
    if theme.ansi:
        return _ANSI
    if theme in (DARK, LIGHT):
        return theme.variables
    return (_DARK if theme.dark else _LIGHT) | _greys(theme)


def _greys(theme: Theme) -> Variables:
    """The inks, lines and grounds between the text and the background of a theme."""
    ground = Color.parse(theme.background or ("#121212" if theme.dark else "#efefef"))
    ink = Color.parse(theme.foreground) if theme.foreground else ground.inverse
    greys = {name: ground.blend(ink, part).hex for name, part in _PARTS.items()}
    cursor = ground.blend(Color.parse(theme.primary), _CURSOR).hex
    on_accent = Color.parse(theme.accent or theme.primary).get_contrast_text(1).hex
    return {**greys, "ink": ink.hex, "cursor": cursor, "on-accent": on_accent}


_PARTS = {"ink-muted": 0.82, "ink-faint": 0.65, "line": 0.18, "line-strong": 0.35, "track": 0.12}
_CURSOR = 0.22
