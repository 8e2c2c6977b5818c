"""The app: a welcome and three modes over one frozen state, and what works everywhere."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import events
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.reactive import reactive

from coach.service.outcome import Done, Refused
from coach.service.refusal import Refusal
from coach.service.service import UnreadableData
from coach.ui import actions, modes, text, theme
from coach.ui.notices import notice, reading_time
from coach.ui.screens.base import ModeScreen

if TYPE_CHECKING:
    from textual.actions import ActionParseResult

    from coach.service import Service, State
    from coach.service.outcome import Outcome


class CoachApp(App[None]):
    """The product in a terminal; every rule and every file is behind `service`.

    `demo_factory` opens a service on sample data; `sample` says that `service` is such a one.
    """

    TITLE = "Coach"
    # With the style sheets of the first screen among the app's own, all are read once.
    CSS_PATH = ["app.tcss", "screens/plan.tcss", "screens/schedule.tcss"]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(actions.EVERYWHERE)]
    COMMANDS = {modes.commands}  # noqa: RUF012
    MODES = {  # noqa: RUF012
        "welcome": modes.welcome,
        "timeline": modes.timeline,
        "heatmap": modes.heatmap,
        "schedule": modes.schedule,
    }
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012

    state: reactive[State] = reactive(None, init=False)  # type: ignore[arg-type]

    def __init__(
        self,
        service: Service,
        demo_factory: Callable[[], Service] | None = None,
        *,
        sample: bool = False,
    ) -> None:
        self.DEFAULT_MODE = "welcome" if service.state.code is None else "schedule"  # type: ignore[misc]
        super().__init__()
        self.service = self._own = service
        self.sample = sample
        self._demo_factory = demo_factory
        self._trouble = ""
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
        """Run an action on what is true at this moment; what cannot be answered is said."""
        try:
            if actions.known(action if isinstance(action, str) else action[1]):
                self.catch_up()
            return await super().run_action(action, default_namespace, namespaces)
        except (UnreadableData, Refusal) as problem:
            self.warn(str(problem))
            return True

    def pop_screen(self) -> AwaitComplete:
        """Take the top screen away; the last one stays, however fast the keys come."""
        return super().pop_screen() if len(self.screen_stack) > 1 else AwaitComplete()

    def catch_up(self) -> None:
        """Take in what other copies of Coach saved, and the time that passed."""
        try:
            state = self.service.refresh()
        except UnreadableData as error:
            if str(error) != self._trouble:
                self.warn(str(error))
            self._trouble = str(error)
        else:
            self._trouble = ""
            self.state = state

    def watch_state(self, before: State | None, after: State) -> None:
        """Redraw the mode screen, also where a form is open over it."""
        for screen in self.screen_stack:
            if isinstance(screen, ModeScreen):
                screen.bring_up_to_date()
        self._settle(emptied=before is not None and before.code is not None)

    def _settle(self, *, emptied: bool = False) -> None:
        """Leave the welcome once there is an exam, return to it when the last one has gone.

        Never under an open form: it would disappear with what was typed.
        """
        if len(self.screen_stack) != 1:
            return
        if self.state.code is not None and self.current_mode == "welcome":
            self.switch_mode("schedule")
        elif self.state.code is None and emptied:
            self.switch_mode("welcome")

    def take(self, outcome: Outcome, *, undoable: bool = True) -> bool:
        """Show what a use case gave: the new state and a notice, or why nothing was saved."""
        if isinstance(outcome, Refused):
            self.warn(outcome.text)
            return False
        self.state = outcome.state
        self.say(notice(outcome, undoable=undoable))
        return True

    def say(self, sentence: str, severity: Literal["information", "error"] = "information") -> None:
        """Show a notice for as long as it takes to read."""
        timeout = reading_time(sentence)
        self.notify(text.visible(sentence), severity=severity, timeout=timeout, markup=False)

    def warn(self, sentence: str) -> None:
        """Say what went wrong."""
        self.say(sentence, "error")

    def _saved(self, outcome: Done | None) -> None:
        """What a form closed with."""
        if outcome is not None:
            self.take(outcome)
        self._settle()

    def _pick(self, title: str, then: Callable[[str], object]) -> None:
        from coach.ui.screens.exam_picker import ExamPicker

        def picked(code: str | None) -> None:
            if code is not None:
                then(code)

        self.push_screen(ExamPicker(title), picked)

    def _with_exam(self, question: str, then: Callable[[str], object]) -> None:
        """Go on with the exam on screen; where there is none, with one that is picked first."""
        if self.state.code is not None:
            then(self.state.code)
        else:
            self._pick(question, then)

    def action_timeline(self) -> None:
        self.switch_mode("timeline")

    def action_heatmap(self) -> None:
        self.switch_mode("heatmap")

    def action_schedule(self) -> None:
        self.switch_mode("schedule")

    def action_report(self) -> None:
        """Enter a score report."""
        self._with_exam("Which exam did you sit?", self._open_report)

    def _open_report(self, code: str) -> None:
        from coach.ui.screens.report_form import ReportForm

        self.push_screen(ReportForm(self.service, code), self._saved)

    def action_edit_report(self, report_id: str) -> None:
        """Correct a stored report."""
        from coach.ui.screens.report_form import ReportForm

        self.push_screen(ReportForm(self.service, self.state.code, report_id), self._saved)

    def action_practice(self) -> None:
        """Log a quiz or lab result."""
        self._with_exam("Which exam did you practise for?", self._open_practice)

    def _open_practice(self, code: str) -> None:
        from coach.ui.screens.practice_form import PracticeForm

        self.push_screen(PracticeForm(self.service, code), self._saved)

    def action_booking(self) -> None:
        """Record an appointment without a report."""
        self._with_exam("Which exam is it for?", self._open_booking)

    def _open_booking(self, code: str) -> None:
        from coach.ui.screens.attempt_form import AttemptForm

        self.push_screen(AttemptForm(self.service, code), self._saved)

    def action_target(self) -> None:
        """Ask for the date to plan for."""
        self._with_exam("Which exam is it for?", self._open_target)

    def _open_target(self, code: str) -> None:
        from coach.ui.screens.small_forms import target_form

        self.push_screen(target_form(self.service, code), self._saved)

    def action_import_file(self) -> None:
        """Read reports from a file."""
        from coach.ui.screens.small_forms import import_form

        self.push_screen(import_form(self.service), self._saved)

    def action_exam(self) -> None:
        """Switch to another exam, or track a new one."""
        self._pick("Exams", self.open_exam)

    def open_exam(self, code: str) -> None:
        """Put that exam on screen."""
        if code != self.state.code:
            self.take(self.service.select(code), undoable=False)

    def action_undo(self) -> None:
        """Take back what was saved last."""
        self.take(self.service.undo(), undoable=False)

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

    def action_palette(self) -> None:
        self.action_command_palette()

    def action_command_palette(self) -> None:
        """Open the palette; over a form there is nothing for it to act on."""
        if isinstance(self.screen, ModeScreen):
            super().action_command_palette()

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
