"""The app: a welcome and three modes over one frozen state, and what works everywhere."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.await_complete import AwaitComplete
from textual.binding import BindingType

from coach.service.data_files import Preferences, keep_preferences, preferences
from coach.ui import actions, modes, theme
from coach.ui.care_openers import CareOpeners
from coach.ui.screens.base import ModeScreen
from coach.ui.styles import styles

if TYPE_CHECKING:
    from textual.screen import Screen

    from coach.service import Service


class CoachApp(CareOpeners):
    """The product in a terminal; every rule and every file is behind `service`.

    `demo_factory` opens a service on sample data; `sample` says that `service` is such a one.
    `greeting` is told first.
    """

    TITLE = "Coach"
    CSS_PATH = styles("app")
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(actions.EVERYWHERE)]
    COMMANDS = {modes.commands}  # noqa: RUF012
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012

    def __init__(
        self,
        service: Service,
        demo_factory: Callable[[], Service] | None = None,
        *,
        sample: bool = False,
        greeting: str = "",
    ) -> None:
        self.DEFAULT_MODE = "welcome" if service.state.code is None else "schedule"  # type: ignore[misc]
        super().__init__(service)
        self._own = service
        self.sample = sample
        self._demo_factory = demo_factory
        self._greeting = greeting

    def get_default_screen(self) -> Screen[Any]:
        """The first screen, its style sheets read together with the app's own.

        The modes are added here because one that is known before has its first screen painted an
        extra time, unseen, while the app waits for it.
        """
        for name, new in modes.SCREENS.items():
            self.add_mode(name, new)
        screen = modes.SCREENS[self.DEFAULT_MODE]()
        self.stylesheet.read_all(screen.css_path)
        return screen

    def watch_theme(self, name: str) -> None:
        """Remember the theme that was chosen."""
        if self.is_running and name != preferences(self._own.folder).theme:
            keep_preferences(self._own.folder, Preferences(theme=name))

    def on_ready(self) -> None:
        super().on_ready()
        self.call_after_refresh(_collect_again)
        if self._greeting:
            self.say(self._greeting)

    def pop_screen(self) -> AwaitComplete:
        """Take the top screen away; the last one stays, however fast the keys come."""
        return super().pop_screen() if len(self.screen_stack) > 1 else AwaitComplete()

    def action_timeline(self) -> None:
        self.switch_mode("timeline")

    def action_heatmap(self) -> None:
        self.switch_mode("heatmap")

    def action_schedule(self) -> None:
        self.switch_mode("schedule")

    def action_sample(self) -> None:
        """Go on with sample data, or from there back to one's own."""
        if self.away:
            self._serve(self._own, sample=False)
        elif self._demo_factory is None or self.sample:
            self.warn("There is no sample data to go to from here; coach demo opens it.")
        else:
            self._serve(self._demo_factory(), sample=True)

    @property
    def away(self) -> bool:
        """Whether sample data stands in for one's own."""
        return self.service is not self._own

    def _serve(self, service: Service, *, sample: bool) -> None:
        self.service, self.sample = service, sample
        self.state = service.state

    def action_help(self) -> None:
        """Show all keys, and what the words mean."""
        from coach.ui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.current_mode, self.service.folder))

    def action_questions(self) -> None:
        """Show what people ask about scores and reports."""
        from coach.ui.screens.help import Questions

        self.push_screen(Questions(self.service))

    def action_palette(self) -> None:
        self.action_command_palette()

    def action_command_palette(self) -> None:
        """Open the palette; over a form there is nothing for it to act on."""
        if isinstance(self.screen, ModeScreen):
            from coach.ui.commands import Palette

            self.push_screen(Palette(id="--command-palette"))

    def action_light_or_dark(self) -> None:
        """Change between the two looks."""
        self.theme = (theme.LIGHT if self.current_theme.dark else theme.DARK).name

    async def action_quit(self) -> None:
        """Leave, after asking where something typed would be lost."""
        from coach.ui.screens.confirm import Confirm

        if not any(getattr(screen, "changed", False) for screen in self.screen_stack):
            self.exit()
        elif not isinstance(self.screen, Confirm):
            question = Confirm("Leave Coach?", "What you typed is not saved yet.", "Leave")
            self.push_screen(question, lambda sure: self.exit() if sure else None)

    async def run_registered(self, action_id: str) -> None:
        """Run an action of the registry; one of another screen goes there first."""
        entry = actions.action(action_id)
        if not {actions.EVERYWHERE, self.current_mode}.intersection(entry.screens):
            await self.switch_mode(entry.screens[0])
        if isinstance(self.screen, ModeScreen):
            await self.screen.action_run(action_id)


def _collect_again() -> None:
    """Collection is off until the first paint; what is there by then stays for good."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
