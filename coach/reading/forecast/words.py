"""Chances as people count them: natural frequencies, never a bare number, no decimals."""

from coach.reading.forecast.chance import Chance


def of_ten(chance: Chance) -> tuple[int, int, int]:
    """Low, chance and high as so many of 10, never none and never all."""
    low, about, high = (
        min(9, max(1, int(10 * p + 0.5))) for p in (chance.low, chance.p, chance.high)
    )
    return low, about, high


def odds(chance: Chance) -> str:
    """`about 5 in 10, between 2 and 8`."""
    low, about, high = of_ten(chance)
    within = f", between {low} and {high}" if low < high else ""
    return f"about {about} in 10{within}"
