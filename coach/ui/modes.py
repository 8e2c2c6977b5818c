"""The screens by the name of their mode, each imported when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

if TYPE_CHECKING:
    from textual.command import Provider


def timeline() -> Screen[Any]:
    """The timeline."""
    from coach.ui.screens.timeline import TimelineScreen

    return TimelineScreen()


def heatmap() -> Screen[Any]:
    """The heatmap."""
    from coach.ui.screens.heatmap import HeatmapScreen

    return HeatmapScreen()


def schedule() -> Screen[Any]:
    """The schedule."""
    from coach.ui.screens.schedule import ScheduleScreen

    return ScheduleScreen()


def welcome() -> Screen[Any]:
    """The welcome."""
    from coach.ui.screens.welcome import WelcomeScreen

    return WelcomeScreen()


SCREENS: dict[str, Callable[[], Screen[Any]]] = {
    "welcome": welcome,
    "timeline": timeline,
    "heatmap": heatmap,
    "schedule": schedule,
}


def commands() -> type[Provider]:
    """What the command palette offers."""
    from coach.ui.commands import CoachCommands

    return CoachCommands
