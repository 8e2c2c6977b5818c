"""User text in files, on terminals and in sentences: no control characters, no surprises."""

import re
import unicodedata

LONGEST_QUOTE = 60
# Between two letters of Persian or an Indic script, or two emoji, these say how both are drawn;
# anywhere else they only hide that two texts differ.
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_DRAWN = r"[^\x00-\u05ff\u2000-\u206f]"
_JOINED = f"(?<={_DRAWN})[{_JOINERS}](?={_DRAWN})"


def printable(text: str) -> str:
    """The text on one line, with control characters and line breaks made visible."""
    if text.isprintable():
        return text
    kept = {found.start() for found in re.finditer(_JOINED, text)}
    return "".join(
        char if char.isprintable() or place in kept else "\N{REPLACEMENT CHARACTER}"
        for place, char in enumerate(text)
    )


def cells(text: str) -> int:
    """The columns of a terminal that a text takes: wide characters two, marks none, and emoji
    that are joined as much as one."""
    if text.isascii():
        return len(text)
    width = last = 0
    joined = False
    for char in text:
        if char == "\N{ZERO WIDTH JOINER}":
            joined = last == 2
        elif char == "\N{VARIATION SELECTOR-16}":
            width += last == 1
            last = 2
        elif unicodedata.category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff":
            pass
        elif joined or (last == 2 and "\U0001f3fb" <= char <= "\U0001f3ff"):
            joined = False
        else:
            last = 2 if unicodedata.east_asian_width(char) in "WF" else 1
            width += last
    return width


def padded(text: str, width: int) -> str:
    """The text with spaces after it up to so many columns."""
    return text + " " * (width - cells(text))


def quoted(text: str) -> str:
    """A text as it appears in a sentence: in quotes, short, on one line."""
    clean = printable(text)
    return f'"{clean[:LONGEST_QUOTE]}…"' if len(clean) > LONGEST_QUOTE else f'"{clean}"'


def on_lines(text: str) -> str:
    """The text with its line breaks, tabs as spaces, other control characters made visible."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(printable(line.replace("\t", " ")) for line in lines)


def on_one_line(text: str) -> str:
    """The text with line breaks as spaces, and control characters made visible."""
    return text if text.isprintable() else on_lines(text).replace("\n", " ")
