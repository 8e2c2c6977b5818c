"""Numbers and lists as people read them."""

from collections.abc import Sequence


def percent(part: float) -> str:
    """A part (0-1) in whole percent: `38 %`."""
    return f"{100 * part:.0f} %"


def counted(count: int, noun: str) -> str:
    """`1 block`, `9 blocks`."""
    return f"{count} {noun}{'s' if count != 1 else ''}"


def hours(minutes: int) -> str:
    """Minutes as `45 min`, `2 h` or `1 h 05`."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{rest} min"
    return f"{whole} h {rest:02d}" if rest else f"{whole} h"


def listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
