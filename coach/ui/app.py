"""The app: four modes over one frozen state, and the actions that work everywhere."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.reactive import reactive
from textual.screen import Screen

from coach.service.outcome import Done, Refused
from coach.service.refusal import Refusal
from coach.ui import actions, text, theme
from coach.ui.screens.base import ModeScreen

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.command import Provider

    from coach.service import Service, State
    from coach.service.outcome import Outcome

def _timeline() -> Screen[Any]:
    from coach.ui.screens.timeline import TimelineScreen

    return TimelineScreen()


def _heatmap() -> Screen[Any]:
    from coach.ui.screens.heatmap import HeatmapScreen

    return HeatmapScreen()


def _schedule() -> Screen[Any]:
    from coach.ui.screens.schedule import ScheduleScreen

    return ScheduleScreen()


def _welcome() -> Screen[Any]:
    from coach.ui.screens.welcome import WelcomeScreen

    return WelcomeScreen()


def _commands() -> type[Provider]:
    from coach.ui.commands import CoachCommands

    return CoachCommands


class CoachApp(App[None]):
    """The product in a terminal; every rule and every file is behind `service`."""

    TITLE = "Coach"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(actions.EVERYWHERE)]
    COMMANDS = {_commands}  # noqa: RUF012
    MODES = {  # noqa: RUF012
        "timeline": _timeline,
        "heatmap": _heatmap,
        "schedule": _schedule,
        "welcome": _welcome,
    }
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012

    state: reactive[State] = reactive(None, init=False)  # type: ignore[arg-type]

    def __init__(self, service: Service, demo_factory: Callable[[], Service] | None = None) -> None:
        first = "schedule" if service.state.code else "welcome"
        self.DEFAULT_MODE = first  # type: ignore[misc]
        super().__init__()
        self.service = service
        self._demo_factory = demo_factory
        self.set_reactive(CoachApp.state, service.state)
        self.register_theme(theme.DARK)
        self.register_theme(theme.LIGHT)
        self.theme = theme.DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.defaults(self.current_theme)

    def on_ready(self) -> None:
        self.call_after_refresh(_collect_again)

    def on_app_focus(self, event: events.AppFocus) -> None:
        self.catch_up()

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action on what is true at this moment."""
        self.catch_up()
        return await super().run_action(action, default_namespace, namespaces)

    def catch_up(self) -> None:
        """Take in what other copies of Coach saved, and the time that passed."""
        try:
            self.state = self.service.refresh()
        except Exception as error:
            self.warn(str(error))

    def watch_state(self) -> None:
        """Redraw the mode screen, also where a form is open over it."""
        for screen in self.screen_stack:
            if isinstance(screen, ModeScreen):
                screen.bring_up_to_date()
        if self.state.code is None and self.current_mode != "welcome":
            self.switch_mode("welcome")
        elif self.state.code is not None and self.current_mode == "welcome":
            self.switch_mode("schedule")

    def take(self, outcome: Outcome | None, *, undoable: bool = True) -> bool:
        """Show what a use case gave: the new state and a notice, or why nothing was saved."""
        if outcome is None:
            return False
        if isinstance(outcome, Refused):
            self.warn(outcome.text)
            return False
        self.state = outcome.state
        self.notify(text.visible(notice(outcome, undoable=undoable)), markup=False)
        return True

    def warn(self, sentence: str) -> None:
        """Say what went wrong."""
        self.notify(text.visible(sentence), severity="warning", markup=False)

    async def action_timeline(self) -> None:
        await self.switch_mode("timeline")

    async def action_heatmap(self) -> None:
        await self.switch_mode("heatmap")

    async def action_schedule(self) -> None:
        await self.switch_mode("schedule")

    def action_report(self) -> None:
        """A new report of the exam on screen, or of one that is picked first."""
        if self.state.code:
            self._open_report(self.state.code)
        else:
            self._pick("Which exam did you sit?", self._open_report)

    def _open_report(self, code: str) -> None:
        from coach.service.drafts import ReportDraft
        from coach.ui.screens.report_form import ReportForm

        draft = ReportDraft(exam=code, at="", score="")
        self.push_screen(ReportForm(self.service, draft), self._saved)

    def action_edit_report(self, report_id: str) -> None:
        """Correct a stored report."""
        from coach.ui.screens.report_form import ReportForm

        try:
            draft = self.service.report_draft(report_id)
        except Refusal as refusal:
            self.warn(str(refusal))
            return
        self.push_screen(ReportForm(self.service, draft, report_id), self._saved)

    def action_practice(self) -> None:
        """Log practice of the exam on screen."""
        from coach.ui.screens.practice_form import PracticeForm

        if self.state.code:
            self.push_screen(PracticeForm(self.service, self.state.code), self._saved)
        else:
            self.warn("Practice belongs to an exam: press e to choose one first.")

    def action_booking(self) -> None:
        """Record an appointment of the exam on screen, or of one that is picked first."""
        if self.state.code:
            self._open_booking(self.state.code)
        else:
            self._pick("Which exam did you book?", self._open_booking)

    def _open_booking(self, code: str) -> None:
        from coach.ui.screens.attempt_form import AttemptForm

        self.push_screen(AttemptForm(self.service, code), self._saved)

    def action_target(self) -> None:
        """Ask for the date to plan for."""
        code = self.state.code
        if code is None:
            return
        from coach.ui.screens.move_form import Field, SmallForm

        hint = "A date, or a date and time; auto follows the booking and the report."
        field = Field("target", "Plan for", "auto", hint)
        form = SmallForm("Goal date", (field,), lambda when: self.service.set_target(code, when))
        self.push_screen(form, self._saved)

    def action_exam(self) -> None:
        """Switch to another exam, or track a new one."""
        self._pick("Exams", self.open_exam)

    def open_exam(self, code: str) -> None:
        """Put that exam on screen."""
        if code != self.state.code:
            self.take(self.service.select(code), undoable=False)

    def _pick(self, title: str, then: Callable[[str], None]) -> None:
        from coach.ui.screens.exam_picker import ExamPicker

        self.push_screen(ExamPicker(title), lambda code: then(code) if code else None)

    def _saved(self, outcome: Done | None) -> None:
        self.take(outcome)

    def action_undo(self) -> None:
        """Take back what was saved last."""
        self.take(self.service.undo(), undoable=False)

    def open_sample(self) -> None:
        """Go on with sample data; what is saved from here on is thrown away."""
        if self._demo_factory is None:
            self.warn("Sample data are opened on the command line: coach demo")
            return
        self.service = self._demo_factory()
        self.state = self.service.state
        self.notify("Sample data. Nothing you do here touches your own data.", markup=False)

    def action_help(self) -> None:
        from coach.ui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.current_mode))

    def action_palette(self) -> None:
        self.action_command_palette()

    def action_command_palette(self) -> None:
        """Open the palette; under a form there is nothing for it to act on."""
        if isinstance(self.screen, ModeScreen):
            super().action_command_palette()

    def action_light_or_dark(self) -> None:
        """Change between the two looks."""
        other = theme.LIGHT if self.current_theme.dark else theme.DARK
        self.theme = other.name

    async def run_registered(self, action_id: str) -> None:
        """Run an action of the registry; one of another screen goes there first."""
        entry = actions.action(action_id)
        here = (actions.EVERYWHERE, self.current_mode)
        if not any(screen in here for screen in entry.screens):
            await self.switch_mode(entry.screens[0])
        if isinstance(self.screen, ModeScreen):
            await self.screen.action_run(action_id)


def notice(outcome: Done, *, undoable: bool) -> str:
    """What is said after a save: what was done, what it did to the plan, how to undo it."""
    parts = [outcome.message]
    if outcome.revision is not None:
        changed = text.changes(len(outcome.changes))
        parts.append(f"{changed[0].upper()}{changed[1:]}.")
    if undoable:
        parts.append("u undoes it.")
    return " ".join(parts)


def _collect_again() -> None:
    """Collection is off until the first paint; what is there by then stays for good."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
