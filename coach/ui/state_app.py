"""The flow of state through the app: caught up with before an action, taken over after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.dom import DOMNode
from textual.reactive import reactive

from coach.service.data_files import preferences
from coach.service.outcome import Refused
from coach.service.refusal import Refusal
from coach.service.transactions import UnreadableData
from coach.ui import actions, text
from coach.ui.notices import notice, reading_time
from coach.ui.screens.base import ModeScreen
from coach.ui.themed_app import ThemedApp

if TYPE_CHECKING:
    from textual.actions import ActionParseResult

    from coach.service import Service, State
    from coach.service.outcome import Outcome


LOOK_AGAIN = 30.0
"""Seconds between two looks of an app left alone: one question for the state of a file each."""


class StateApp(ThemedApp[None]):
    """An app over one frozen state; every rule and every file is behind `service`."""

    state: reactive[State] = reactive(None, init=False, repaint=False)  # type: ignore[arg-type]

    def __init__(self, service: Service) -> None:
        super().__init__(preferences(service.folder).theme)
        self.service = service
        self._trouble = ""
        self.set_reactive(StateApp.state, service.state)

    def on_mount(self) -> None:
        self.set_interval(LOOK_AGAIN, self.look_again)

    def look_again(self) -> None:
        """Show what changed outside, and what the time that passed changes on screen.

        Not under a form: it is saved on what it was opened on, or refused with both versions.
        """
        if isinstance(self.screen, ModeScreen) and self.service.outdated():
            self.catch_up()

    def on_app_focus(self, event: events.AppFocus) -> None:
        self.look_again()

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action on what is true at this moment; what cannot be answered is said. Keys that
        come after the one that quits do nothing: a screen would open in an app that is closing."""
        if self.return_code is not None:
            return True
        try:
            entry = actions.named(action if isinstance(action, str) else action[1])
            if entry is not None and not self._ready_for(entry):
                return True
            return await super().run_action(action, default_namespace, namespaces)
        except (UnreadableData, Refusal) as problem:
            self.warn(str(problem))
            return True

    def _ready_for(self, entry: actions.Action) -> bool:
        """Whether an action may run: most on what is stored at this moment, an edit on what is on
        screen, because that is what the person saw."""
        if entry.edits or entry.id == actions.QUIT:
            return True
        return self.catch_up(leaving=entry.id in actions.SCREENS and entry.id != self.current_mode)

    def catch_up(self, *, leaving: bool = False) -> bool:
        """Take in what other copies of Coach saved, and the time that passed.

        A screen about to be left for another is not drawn again: it is when it returns.
        False where the data cannot be used: the ways out are on screen then, or over a form, which
        closing would empty, a sentence.
        """
        try:
            state = self.service.refresh()
        except UnreadableData as error:
            self._unreadable(str(error))
            return False
        self._trouble = ""
        if leaving and state.code is not None and isinstance(self.screen, ModeScreen):
            self.set_reactive(StateApp.state, state)
        else:
            self.state = state
        return True

    def _unreadable(self, sentence: str) -> None:
        if isinstance(self.screen, ModeScreen):
            self._offer_rescue()
        elif sentence != self._trouble:
            self.warn(sentence)
        self._trouble = sentence

    def _offer_rescue(self) -> None:
        from coach.ui.screens.broken_data import BrokenData

        rescue = self.service.maintenance()
        trouble = rescue.trouble()
        if trouble is not None:
            screen = BrokenData(rescue, trouble, self.state.now, self.service)
            self.push_screen(screen, self._rescued)

    def _rescued(self, done: str | None) -> None:
        if done is None:
            self.exit()
        elif self.catch_up():
            self.settle(emptied=True)
            self.say(done)

    def watch_state(self, before: State | None, after: State) -> None:
        """Redraw the mode screen, also where a form is open over it."""
        for screen in self.screen_stack:
            if isinstance(screen, ModeScreen):
                screen.bring_up_to_date()
        self.settle(emptied=before is not None and before.code is not None)

    def settle(self, *, emptied: bool = False) -> None:
        """Leave the welcome once there is an exam, return to it when the last one has gone.

        Never under an open form: it would disappear with what was typed.
        """
        if len(self.screen_stack) != 1:
            return
        if self.state.code is not None and self.current_mode == "welcome":
            self.switch_mode("schedule")
        elif self.state.code is None and emptied:
            self.switch_mode("welcome")

    def take(self, outcome: Outcome, *, undoable: bool = True, offer: str = "") -> bool:
        """Show what a use case gave: the new state and a notice, or why nothing was saved. What was
        said before goes, since `u` is about the newest."""
        self.clear_notifications()
        if isinstance(outcome, Refused):
            self.warn(outcome.text)
            return False
        self.state = outcome.state
        self.say(notice(outcome, undoable=undoable, offer=offer))
        return True

    def say(self, sentence: str, severity: Literal["information", "error"] = "information") -> None:
        """Show a notice for as long as it takes to read."""
        timeout = reading_time(sentence)
        self.notify(text.visible(sentence), severity=severity, timeout=timeout, markup=False)

    def warn(self, sentence: str) -> None:
        """Say what went wrong."""
        self.say(sentence, "error")
