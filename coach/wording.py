"""How numbers and names are written, the same in every sentence of every layer."""

from collections.abc import Iterable
from datetime import datetime


def counted(number: int, noun: str, nouns: str | None = None) -> str:
    """A number with its noun, `nouns` where an s does not do: `1 report`, `2 reports`."""
    return f"{number} {noun if number == 1 else nouns or noun + 's'}"


def listed(names: Iterable[str]) -> str:
    """Names in a row: `A, B and C`, or `A; B; C` where a name has a comma or "and" of its own."""
    every = tuple(names)
    if any("," in name or " and " in name for name in every):
        return "; ".join(every)
    return " and ".join(part for part in (", ".join(every[:-1]), *every[-1:]) if part)


def other_plans(made: Iterable[tuple[str, int]]) -> str:
    """The exams that were re-planned beside the one in hand, each with its changes."""
    said = listed(f"{code} ({counted(changes, 'change')})" for code, changes in made)
    return f"Also re-planned: {said}."


def duration(minutes: int) -> str:
    """`45 min`, `2h`, `1h 05m`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours}h {rest:02}m" if rest else f"{hours}h"


TREND_WORD = {
    "improved": "better",
    "declined": "worse",
    "stuck": "no change",
    "steady": "strong",
    "unknown": "",
}
"""What the trend of a domain is called."""


def work_word(activity: str) -> str:
    """What a kind of session is called in a list: `lab`, `catch-up`."""
    return {"buffer": "catch-up", "assessment": "practice test"}.get(activity, activity)


def day_and_time(at: datetime) -> str:
    """A time in the near future or past, in its own zone: `2 Dec 19:45`."""
    return f"{at.day} {at:%b %H:%M}"


AT_PLACE = {"centre": " at a test centre", "online": " online", None: ""}
"""Where an exam is sat, as the end of a sentence."""


def percent(part: float) -> str:
    """A part (0-1) in whole percent: `38 %`."""
    return f"{100 * part:.0f} %"


def odds(of_ten: tuple[int, int, int]) -> str:
    """A chance with its range, low, middle and high in tenths: `5 in 10, range 2 to 8`."""
    low, about, high = of_ten
    return f"{about} in 10" + (f", range {low} to {high}" if low < high else "")


def published_weight(low: float | None, high: float | None, dash: str = "-") -> str:
    """The published share of a domain: "30 %", "17.5 %" or "20-25 %"."""
    if low is None or high is None:
        return "share not published"
    return f"{low:g} %" if low == high else f"{low:g}{dash}{high:g} %"


def exact_time(at: datetime) -> str:
    """A time to the minute in its own zone: `2026-12-02 19:45`."""
    return f"{at:%Y-%m-%d %H:%M}"
