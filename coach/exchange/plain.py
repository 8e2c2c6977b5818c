"""User text in files, on terminals and in sentences: no control characters, no surprises."""

LONGEST_QUOTE = 60


def printable(text: str) -> str:
    """The text on one line, with control characters and line breaks made visible."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


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
    return on_lines(text).replace("\n", " ")
