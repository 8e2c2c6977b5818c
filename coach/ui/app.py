"""The app: three modes over one frozen state."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.reactive import reactive
from textual.screen import Screen

from coach.ui import actions, theme
from coach.ui.screens.base import ModeScreen

if TYPE_CHECKING:
    from coach.service import Service, State


def _timeline() -> Screen[Any]:
    from coach.ui.screens.timeline import TimelineScreen

    return TimelineScreen()


def _heatmap() -> Screen[Any]:
    from coach.ui.screens.heatmap import HeatmapScreen

    return HeatmapScreen()


def _schedule() -> Screen[Any]:
    from coach.ui.screens.schedule import ScheduleScreen

    return ScheduleScreen()


class CoachApp(App[None]):
    """The product in a terminal; every rule and every file is behind `service`."""

    TITLE = "Coach"
    CSS_PATH = "app.tcss"
    BINDINGS = actions.bindings(actions.EVERYWHERE)
    MODES: ClassVar[dict[str, Callable[[], Screen[Any]]]] = {  # type: ignore[assignment]
        "timeline": _timeline,
        "heatmap": _heatmap,
        "schedule": _schedule,
    }
    DEFAULT_MODE = "schedule"
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [
        (0, "-narrow"),
        (100, "-wide"),
    ]

    state: reactive[State] = reactive(None, init=False)  # type: ignore[arg-type]

    def __init__(self, service: Service, demo_factory: Callable[[], Service] | None = None) -> None:
        super().__init__()
        self.service = service
        self._demo_factory = demo_factory
        self.set_reactive(CoachApp.state, service.state)
        self.register_theme(theme.DARK)
        self.register_theme(theme.LIGHT)
        self.theme = theme.DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.defaults(self.current_theme)

    def watch_state(self) -> None:
        """Redraw the mode screen, also where a form is open over it."""
        for screen in self.screen_stack:
            if isinstance(screen, ModeScreen):
                screen.bring_up_to_date()

    def action_timeline(self) -> None:
        self.switch_mode("timeline")

    def action_heatmap(self) -> None:
        self.switch_mode("heatmap")

    def action_schedule(self) -> None:
        self.switch_mode("schedule")
