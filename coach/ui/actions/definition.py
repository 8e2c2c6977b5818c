"""What an action is, and the names of the places it can work in."""

from typing import NamedTuple

EVERYWHERE = "everywhere"
WELCOME = "welcome"
SCREENS = ("timeline", "heatmap", "schedule")


class Action(NamedTuple):
    """One action. `keys` are Textual key names, `shown` how the keys are written for people.

    `screens` names where it works (`everywhere`, `welcome` or mode screens). `bar` orders the entry
    in the key bar, lowest first and last to be dropped when there is no room; None leaves it out.
    `edits` marks what changes a record as it stands on screen, whatever another window did since.
    """

    id: str
    keys: tuple[str, ...]
    shown: str
    label: str
    help: str
    screens: tuple[str, ...] = (EVERYWHERE,)
    bar: int | None = None
    edits: bool = False
