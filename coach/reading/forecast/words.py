"""Chances as people count them: natural frequencies, never a bare number, no decimals."""

from coach.reading.forecast.chance import Chance


def in_ten(p: float) -> int:
    """A chance as so many in 10, never none and never all."""
    return min(9, max(1, int(10 * p + 0.5)))


def odds(chance: Chance) -> str:
    """`about 5 in 10, between 2 and 8`."""
    about, low, high = map(in_ten, (chance.p, chance.low, chance.high))
    within = f", between {low} and {high}" if low < high else ""
    return f"about {about} in 10{within}"
