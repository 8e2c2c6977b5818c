"""How names, weights and times are written in a sentence."""

from collections.abc import Iterable
from datetime import datetime

from coach.model.attempt import Band
from coach.reading.priority import DomainReading

BAND_PHRASE: dict[Band, str] = {
    "below": "below target",
    "near": "near target",
    "above": "above target",
    "unknown": "unknown",
}


def listed(names: Iterable[str]) -> str:
    """Names in a row: "A, B and C", or "A; B; C" where a name has a comma or "and" of its own."""
    every = tuple(names)
    if any("," in name or " and " in name for name in every):
        return "; ".join(every)
    return " and ".join(part for part in (", ".join(every[:-1]), *every[-1:]) if part)


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 report", "2 reports"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def published_weight(domain: DomainReading) -> str:
    """The published share of a domain: "30 %" or "20-25 %"."""
    low, high = domain.weight_low, domain.weight_high
    return f"{low} %" if low == high else f"{low}-{high} %"


def moment(at: datetime) -> str:
    """A time to the minute in its own zone."""
    return f"{at:%Y-%m-%d %H:%M}"
