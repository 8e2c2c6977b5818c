"""What is said after a save, and for how long."""

from coach.service.outcome import Done
from coach.ui import text

SECONDS, CHARACTERS_A_SECOND = 4.0, 18
"""How long a notice stays: a while, and a second more for so many characters."""


def reading_time(sentence: str) -> float:
    """Seconds that a notice stays."""
    return SECONDS + len(sentence) / CHARACTERS_A_SECOND


def notice(outcome: Done, *, undoable: bool, offer: str = "") -> str:
    """What is said after a save: what was done, what it did to the plan, how to undo it, and what
    could be done next."""
    parts = [text.told(outcome.message, outcome.state.now.date())]
    if outcome.changes:
        parts.append(f"{text.changes(outcome.changes)}.")
    if undoable:
        parts.append("u undoes it.")
    if offer:
        parts.append(offer)
    return " ".join(parts)
