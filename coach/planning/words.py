"""Numbers as people read them."""


def percent(part: float) -> str:
    """A part (0-1) in whole percent: `38 %`."""
    return f"{100 * part:.0f} %"


def hours(minutes: int) -> str:
    """Minutes as `45 min`, `2 h` or `1 h 05`."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{rest} min"
    return f"{whole} h {rest:02d}" if rest else f"{whole} h"
