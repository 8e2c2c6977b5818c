"""What stands for each drawn character where a terminal has only ASCII: one table for all screens.

Every stand-in is one cell wide, as what it stands for, so no screen is laid out differently. It is
put in at the very end, when lines are painted.
"""

import sys
from collections.abc import Mapping

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

ENVIRONMENT = "COACH_ASCII"
_STAND_INS = {
    "#": "█▇▊▋▉▐▓■",
    "=": "▅▆▬═━▒≡",
    "-": "─▃▄▀┄┈┅╌╴╶–—‐‑−⎯▔",
    "_": "▁▂",
    "|": "│┃┆┊╎║▕╵╷╽╿▏▎▍▌",
    "+": "┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬┏┓┗┛┠┨",
    "^": "▲△↑",
    "v": "▼▽↓",
    ">": "→›▶▸►»",
    "<": "←‹◀◂◄«",
    "\\": "↘",
    "/": "↗↙╱",
    "@": "↻",
    "b": "β",
    "*": "●◆★✓✔•",
    "o": "○◇◌◉",
    "~": "…",
    ".": "·∙",
    "x": "×✗✕",
    "'": "‘’",
    '"': "“”„",
    " ": "\N{NO-BREAK SPACE}░",
}
_DOTS = " ...***##"
"""For a braille character, by how many of its eight dots are set."""
_TABLE = {ord(drawn): plain for plain, chars in _STAND_INS.items() for drawn in chars}
_TABLE |= {0x2800 + dots: _DOTS[dots.bit_count()] for dots in range(256)}


def ascii_wanted(environment: Mapping[str, str]) -> bool:
    """Whether COACH_ASCII asks for it; where that is not set, whether the locale names an encoding
    other than UTF-8."""
    asked = environment.get(ENVIRONMENT, "")
    if asked:
        return asked != "0"
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next((name for name in names if name), "")
    return bool(locale) and "UTF" not in locale.upper() and sys.platform != "win32"


def in_ascii(text: str) -> str:
    """The text in ASCII and in as many cells; a letter without a stand-in is a question mark."""
    if text.isascii():
        return text
    plain = text.translate(_TABLE)
    return "".join(char if char.isascii() else "?" * cell_len(char) for char in plain)


class AsciiOnly(LineFilter):
    """Puts the stand-ins into every painted line."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment if segment.control else Segment(in_ascii(segment.text), segment.style)
            for segment in segments
        ]
