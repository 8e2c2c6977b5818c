"""The app: one frozen state that all screens are drawn from, and what works everywhere.

A key finds its action in the registry. A screen runs it where it has a method for it, then the app;
else the routing table opens what has that name.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.reactive import reactive

from coach.service import settings
from coach.service.data_files import Preferences, keep_preferences, preferences
from coach.service.outcome import Done, Refused
from coach.service.refusal import Refusal
from coach.service.service import UnreadableData
from coach.ui import actions, navigation, text, theme
from coach.ui.host import ConfirmFirst, StaleEdit
from coach.ui.screens.base import ModeScreen
from coach.ui.styles import styles
from coach.ui.terminal import ThemedApp
from coach.wording import other_plans

if TYPE_CHECKING:
    from datetime import datetime

    from textual.actions import ActionParseResult
    from textual.command import Provider
    from textual.screen import Screen

    from coach.service.outcome import Outcome
    from coach.service.service import Service
    from coach.service.state import State


LOOK_AGAIN = 30.0
"""Seconds between two looks of an app left alone: one question for the state of a file each."""
NOTICE_COPIES = 1.0
"""Seconds after the first paint until copies of the data are looked for."""
PREPARE = 0.2
"""Seconds after the first screen until each of the other modes is made."""
SWITCH = 0.004
"""Seconds for which nothing is painted while a mode takes the place of another."""
SECONDS, CHARACTERS_A_SECOND = 4.0, 18
"""How long a notice stays: a while, and a second more for so many characters."""


def _commands() -> type[Provider]:
    from coach.ui.palette import CoachCommands

    return CoachCommands


class CoachApp(ThemedApp[None]):
    """The product in a terminal; every rule and every file is behind `service`.

    `demo_factory` opens a service on sample data; `sample` says that `service` is such a one.
    `greeting` is told first.
    """

    TITLE = "Coach"
    CSS_PATH = styles("app")
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(actions.EVERYWHERE)]
    COMMANDS = {_commands}  # noqa: RUF012
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012

    state: reactive[State] = reactive(None, init=False, repaint=False)  # type: ignore[arg-type]

    def __init__(
        self,
        service: Service,
        demo_factory: Callable[[], Service] | None = None,
        *,
        sample: bool = False,
        greeting: str = "",
    ) -> None:
        self.DEFAULT_MODE = "welcome" if service.state.code is None else "schedule"  # type: ignore[misc]
        super().__init__(preferences(service.folder).theme)
        self.service = self._own = service
        self.set_reactive(CoachApp.state, service.state)
        self.sample = sample
        self._demo_factory = demo_factory
        self._greeting = greeting
        self._trouble = ""
        self._told_of: tuple[str, ...] = ()

    def get_default_screen(self) -> Screen[Any]:
        """The first screen, its style sheets read together with the app's own.

        The modes are added here because one that is known before has its first screen painted an
        extra time, unseen, while the app waits for it.
        """
        for name, new in navigation.MODES.items():
            self.add_mode(name, new)
        screen = navigation.MODES[self.DEFAULT_MODE]()
        self.stylesheet.read_all(screen.css_path)
        return screen

    def on_mount(self) -> None:
        self.set_interval(LOOK_AGAIN, self.look_again)

    def on_ready(self) -> None:
        self.set_timer(NOTICE_COPIES, self.notice_copies)
        for after, name in enumerate(actions.SCREENS, 1):
            self.set_timer(PREPARE * after, partial(self._prepare, name))
        self.call_after_refresh(_collect_again)
        self.call_after_refresh(self.keep_up)
        self.call_after_refresh(self._tell_notices)
        if self._greeting:
            self.say(self._greeting)

    def _prepare(self, name: str) -> None:
        """Make a mode while nobody waits: its first visit then costs what any other does."""
        if not self.is_running:
            return
        # Read together and before: a screen that brings a sheet has all others styled again.
        for sheet in styles(*actions.SCREENS):
            self.stylesheet.read(sheet)
        self.stylesheet.parse()
        self._init_mode(name)

    def delay_update(self, delay: float = SWITCH) -> None:
        """Hold the painting back; for as long as Textual does, each switch would be seen late."""
        super().delay_update(delay)

    def watch_theme(self, name: str) -> None:
        """Remember the theme that was chosen."""
        if self.is_running and name != preferences(self._own.folder).theme:
            keep_preferences(self._own.folder, Preferences(theme=name))

    def pop_screen(self) -> AwaitComplete:
        """Take the top screen away; the last one stays, however fast the keys come."""
        return super().pop_screen() if len(self.screen_stack) > 1 else AwaitComplete()

    # From a key to what it does ---------------------------------------------------------------

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
            if entry is None:
                return await super().run_action(action, default_namespace, namespaces)
            if not self._ready_for(entry):
                return True
            for owner in (default_namespace, self.screen, self):
                if hasattr(owner, f"action_{entry.id}"):
                    return await super().run_action(entry.id, owner, namespaces)
            self.open(entry.id)
        except (UnreadableData, Refusal) as problem:
            self.warn(str(problem))
        return True

    def _ready_for(self, entry: actions.Action) -> bool:
        """Whether an action may run: most on what is stored at this moment, an edit on what is on
        screen, because that is what the person saw."""
        if entry.id in actions.AS_SEEN:
            return True
        return self.catch_up(leaving=entry.id in actions.SCREENS and entry.id != self.current_mode)

    async def run_registered(self, action_id: str) -> None:
        """Run an action of the registry; one of another screen goes there first."""
        entry = actions.action(action_id)
        if not {actions.EVERYWHERE, self.current_mode}.intersection(entry.screens):
            await self.switch_mode(entry.screens[0])
        if isinstance(self.screen, ModeScreen):
            await self.run_action(action_id, self.screen)

    def open(self, name: str, *arguments: Any, then: Callable[[Any], object] | None = None) -> None:
        """Open a mode or what the routing table has under that name, after asking for an exam
        where it needs one."""
        if name in navigation.MODES:
            self.switch_mode(name)
            return
        route = navigation.ROUTES[name]
        if route.question and not arguments:
            if self.state.code is None:
                self.open("exam", route.question, then=partial(self.open, name))
                return
            arguments = (self.state.code,)
        screen = route.build(self, *arguments)
        if screen is not None:
            self.push_screen(screen, partial(self._after, route, then))

    async def _after(
        self, route: navigation.Route, then: Callable[[Any], object] | None, result: Any
    ) -> None:
        """What something closed with goes to whom it is for."""
        if not result:
            pass
        elif then is not None:
            then(result)
        elif route.then is not None:
            route.then(self, result)
        elif isinstance(result, Done):
            self.apply_outcome(result)
        else:
            await self.run_registered(result)
        self.route_to_default()

    def edit(
        self,
        use_case: Callable[[], Outcome],
        then: Callable[[], object] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """Run an edit of what is on screen; where another window was faster, ask which version."""
        outcome = use_case()
        if isinstance(outcome, Refused) and outcome.stale:
            retry = partial(self.edit, use_case, then, quiet=quiet)
            self.on_stale_edit(StaleEdit(outcome, retry, self.route_to_default))
        elif self.apply_outcome(outcome, quiet=quiet) and then is not None:
            then()

    def on_stale_edit(self, message: StaleEdit) -> None:
        """Show both versions over what is stored, and keep the one that is chosen."""
        from coach.ui.screens.confirm import WhichVersion

        if isinstance(self.screen, WhichVersion):
            return
        self.state = self.service.state
        rows = message.refused.differences
        if rows and all(row.mine == row.stored for row in rows):
            self.say("Another window did the same already.")
            message.give_up()
            return

        def answered(answer: str | None) -> None:
            if answer is not None:
                (message.retry if answer == "mine" else message.give_up)()

        self.push_screen(WhichVersion(message.refused), answered)

    def on_confirm_first(self, message: ConfirmFirst) -> None:
        """Ask yes or no; keys that came faster do not ask a second time."""
        from coach.ui.screens.confirm import Confirm

        if not isinstance(self.screen, Confirm):
            question = Confirm(message.question, message.details, message.yes, message.no)

            def answered(sure: bool | None) -> None:
                if sure:
                    message.then()

            self.push_screen(question, answered)

    async def action_quit(self) -> None:
        """Leave, after asking where something typed would be lost."""
        if any(getattr(screen, "changed", False) for screen in self.screen_stack):
            details = "What you typed is not saved yet."
            self.on_confirm_first(ConfirmFirst("Leave Coach?", details, "Leave", self.exit))
        else:
            self.exit()

    def action_undo(self) -> None:
        """Take back what was done last; what another window saved meanwhile is shown first.

        Asks where that was on an earlier day, or would take a whole report away.
        """
        before = self.state.facts
        if not self.catch_up():
            return
        if self.state.facts is not before:
            self.say("Another window saved something just before: look, then press u again.")
            return
        last = next(iter(self.service.history()), None)
        undo = partial(self._undo, last)
        if last and (last[0].date() < self.state.now.date() or self.service.undoes_report()):
            today = self.state.now.date()
            details = f"{text.moment(last[0], today)}: {text.shown(last[1], today)}"
            self.on_confirm_first(ConfirmFirst("Undo this?", details, "Undo", undo))
        else:
            undo()

    def _undo(self, action: tuple[datetime, str] | None) -> None:
        self._show_taken_back(self.service.undo(action), undoable=False)

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        self._show_taken_back(self.service.undo(redo=True), undoable=True)

    def _show_taken_back(self, outcome: Outcome, *, undoable: bool) -> None:
        """Show what came back; that nothing is left is no mistake, and does not look like one."""
        if isinstance(outcome, Refused) and outcome.problems[0].field in ("undo", "redo"):
            self.clear_notifications()
            self.say(outcome.text)
        else:
            self.apply_outcome(outcome, undoable=undoable)

    def action_successor(self) -> None:
        """Put the successor of a retired exam on screen, with its own attempt limit."""
        retake = self.state.retake
        if retake and retake.status == "retired" and retake.successor:
            self.apply_outcome(self.service.act(settings.track_successor, retake.exam))

    def action_untrack(self) -> None:
        """Drop the exam on screen, after asking."""
        code = self.state.code
        if code is not None:
            details = "Its plan and settings go; its sittings and results stay. u brings it back."
            untrack = partial(self.service.act_on, self.state, settings.untrack, code)
            drop = partial(self.edit, untrack)
            self.on_confirm_first(ConfirmFirst(f"Drop {code}?", details, "Drop", drop))

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
        # What was asked or said was about the other data.
        self.clear_notifications()
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.service, self.sample = service, sample
        self.state = service.state

    def action_backup(self) -> None:
        """Make a backup of the data as it is."""
        from coach.ui.screens.your_data import make_backup

        make_backup(self)

    def action_palette(self) -> None:
        self.action_command_palette()

    def action_command_palette(self) -> None:
        """Open the palette; over a form there is nothing for it to act on."""
        if isinstance(self.screen, ModeScreen):
            from coach.ui.palette import Palette

            self.push_screen(Palette(id="--command-palette"))

    def action_next_look(self) -> None:
        """Change from the dark look to the light one, to high contrast, and back."""
        names = [look.name for look in theme.own_themes()]
        here = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(here + 1) % len(names)]

    # The flow of state --------------------------------------------------------------------------

    def look_again(self) -> None:
        """Show what changed outside, and what the time that passed changes on screen.

        Not under a form: it is saved on what it was opened on, or refused with both versions. The
        timer may call once more while the app ends, when no screen is left.
        """
        top = self.screen_stack[-1:]
        if top and isinstance(top[0], ModeScreen) and self.service.outdated() and self.catch_up():
            self.keep_up()

    def keep_up(self) -> None:
        """Give a session that was missed another place, and say so."""
        outcome = self.service.keep_up()
        if outcome is not None:
            self.apply_outcome(outcome)

    def on_app_focus(self, event: events.AppFocus) -> None:
        self.look_again()

    def catch_up(self, *, leaving: bool = False) -> bool:
        """Take in what other copies of Coach saved, and the time that passed.

        A screen about to be left for another is not drawn again: it is when it returns.
        False where the data cannot be used: the ways out are on screen then, or over a form, which
        closing would empty, a sentence.
        """
        before = self.state.facts
        try:
            state = self.service.refresh()
        except UnreadableData as error:
            self._unreadable(str(error))
            return False
        self._trouble = ""
        self._tell_notices()
        if leaving and state.code is not None and isinstance(self.screen, ModeScreen):
            self.set_reactive(CoachApp.state, state)
        else:
            self.state = state
        if state.facts is not before:
            self.notice_copies()
        return True

    def notice_copies(self) -> None:
        """Tell of copies that a synchroniser left, once for each set of them."""
        if not self.screen_stack:  # the app is closing
            return
        names = self.service.copies()
        if names and names != self._told_of and isinstance(self.screen, ModeScreen):
            self.say("Another copy of your data lies beside it: B, then c, merges it.")
        self._told_of = names

    def _unreadable(self, sentence: str) -> None:
        """Offer the ways out; over a form, where there is none to offer, say it once."""
        if isinstance(self.screen, ModeScreen):
            from coach.ui.screens.broken_data import BrokenData

            rescue = self.service.maintenance()
            trouble = rescue.trouble()
            if trouble is not None:
                screen = BrokenData(rescue, trouble, self.state.now, self.service)
                self.push_screen(screen, self._rescued)
        elif sentence != self._trouble:
            self.warn(sentence)
        self._trouble = sentence

    def _rescued(self, done: str | None) -> None:
        if done is None:
            self.exit()
        elif self.catch_up():
            self.route_to_default(emptied=True)
            self.say(done)

    def watch_state(self, before: State | None, after: State) -> None:
        """Redraw the mode screen, also where a form is open over it."""
        for screen in self.screen_stack:
            if isinstance(screen, ModeScreen):
                screen.bring_up_to_date()
        self.route_to_default(emptied=before is not None and before.code is not None)

    def route_to_default(self, *, emptied: bool = False) -> None:
        """Leave the welcome once there is an exam, return to it when the last one has gone.

        Never under an open form: it would disappear with what was typed.
        """
        if len(self.screen_stack) != 1:
            return
        if self.state.code is not None and self.current_mode == "welcome":
            self.switch_mode("schedule")
        elif self.state.code is None and emptied:
            self.switch_mode("welcome")

    def _tell_notices(self) -> None:
        """Say what happened to the data file besides, such as a step back to an older state."""
        for sentence in self.service.take_notices():
            self.warn(sentence)

    def apply_outcome(
        self, outcome: Outcome, *, quiet: bool = False, undoable: bool = True, offer: str = ""
    ) -> bool:
        """Show the new state and say what was done, or why nothing was saved. `quiet` says only
        the latter and what the plan changed. What was said before goes: `u` is about the newest."""
        self.clear_notifications()
        if isinstance(outcome, Refused):
            self.warn(outcome.text)
            return False
        self.state = outcome.state
        if not quiet or outcome.changes:
            undoable = undoable and outcome.saved
            self.say(notice(outcome, undoable=undoable, offer=offer))
        self._tell_notices()
        return True

    def say(self, sentence: str, severity: Literal["information", "error"] = "information") -> None:
        """Show a notice for as long as it takes to read."""
        timeout = SECONDS + len(sentence) / CHARACTERS_A_SECOND
        self.notify(text.shown(sentence), severity=severity, timeout=timeout, markup=False)

    def warn(self, sentence: str) -> None:
        """Say what went wrong."""
        self.say(sentence, "error")


def notice(outcome: Done, *, undoable: bool, offer: str = "") -> str:
    """What is said after a save: what was done, what it did to the plan, how to undo it, and what
    could be done next."""
    parts = [text.shown(outcome.message, outcome.state.now.date())]
    if outcome.changes:
        parts.append(f"{text.changes(outcome.changes)}.")
    if outcome.others:
        parts.append(other_plans(outcome.others))
    return " ".join((*parts, *(["u undoes it."] if undoable else []), *filter(None, (offer,))))


def _collect_again() -> None:
    """Collection is off until the first paint; what is there by then stays for good."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
