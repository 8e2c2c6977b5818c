"""User text in files for other programs: no control characters, no surprises."""


def on_lines(text: str) -> str:
    """The text with its line breaks, and every other control character made visible."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_shown(line) for line in lines)


def on_one_line(text: str) -> str:
    """The text with line breaks as spaces, and control characters made visible."""
    return on_lines(text).replace("\n", " ")


def _shown(line: str) -> str:
    return "".join(
        char if char.isprintable() else " " if char == "\t" else "\N{REPLACEMENT CHARACTER}"
        for char in line
    )
