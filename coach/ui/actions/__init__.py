"""Every action a person can take, once: keys, label, help, where it works, where it is shown.

Bindings, the key bar, the help screen, the command palette and the key table of the README all
come from here. A mode screen handles `action_<id>` for its own entries, the app for the rest.
"""

from textual.binding import Binding

from coach.ui.actions import anywhere, heatmap, schedule, timeline, welcome
from coach.ui.actions.definition import EVERYWHERE, SCREENS, WELCOME, Action

__all__ = ["ACTIONS", "EVERYWHERE", "SCREENS", "WELCOME", "Action"]

LEAVE = "ctrl+q"
"""The one key that works over forms too."""
QUIT = "quit"
"""The one action that needs no data."""
ACTIONS: tuple[Action, ...] = (
    *anywhere.ACTIONS,
    *welcome.ACTIONS,
    *timeline.ACTIONS,
    *heatmap.ACTIONS,
    *schedule.ACTIONS,
)

_BY_ID = {action.id: action for action in ACTIONS}


def action(action_id: str) -> Action:
    """The action with that id; KeyError where there is none."""
    return _BY_ID[action_id]


def named(name: str) -> Action | None:
    """The action that a Textual action such as `screen.help` or `help` runs, None for others."""
    return _BY_ID.get(name.rpartition(".")[2].partition("(")[0])


def on(screen: str) -> tuple[Action, ...]:
    """The actions of that screen (or `everywhere`) alone, in the order of the registry."""
    return tuple(entry for entry in ACTIONS if screen in entry.screens)


def bindings(screen: str) -> list[Binding]:
    """What Textual needs to bind the actions of that screen (or `everywhere`)."""
    return [
        Binding(
            key,
            entry.id,
            entry.label,
            show=False,
            priority=key == LEAVE,
            id=f"{screen}.{entry.id}.{index}",
        )
        for entry in on(screen)
        for index, key in enumerate(entry.keys)
    ]


def key_bar(screen: str) -> tuple[Action, ...]:
    """What the key bar of that screen offers, most wanted first."""
    offered = [entry for entry in (*on(screen), *on(EVERYWHERE)) if entry.bar is not None]
    return tuple(sorted(offered, key=lambda entry: entry.bar or 0))
