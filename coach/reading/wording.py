"""How bands, weights and times are written in a sentence about a report."""

from datetime import datetime

from coach.model.attempt import Band

BAND_PHRASE: dict[Band, str] = {
    "below": "below target",
    "near": "near target",
    "above": "above target",
    "unknown": "unknown",
}


def published_weight(low: int, high: int) -> str:
    """The published share of a domain: "30 %" or "20-25 %"."""
    return f"{low} %" if low == high else f"{low}-{high} %"


def moment(at: datetime) -> str:
    """A time to the minute in its own zone."""
    return f"{at:%Y-%m-%d %H:%M}"
