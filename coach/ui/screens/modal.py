"""The bases of what opens over a screen: it closes once, and asks before typed text is lost."""

from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.reactive import Reactive
from textual.screen import ModalScreen
from textual.widget import Widget

from coach.service.outcome import Done, Outcome
from coach.service.refusal import Problem
from coach.service.state import State
from coach.ui import actions
from coach.ui.host import ConfirmFirst, Host, StaleEdit, host_of

T = TypeVar("T")


class Modal(ModalScreen[T], Generic[T]):
    """A modal screen for keys that come faster than it closes.

    Textual takes the top screen away on every `dismiss`, so a second one would take away what
    lies below.
    """

    NAME: ClassVar[str] = ""
    """Its keys in the registry."""
    CLOSES_BESIDE: ClassVar[bool] = True
    """Whether a click beside it closes it."""

    def __init_subclass__(cls, **options: Any) -> None:
        if "NAME" in cls.__dict__:
            cls.BINDINGS = actions.sheet_bindings(cls.NAME)
        super().__init_subclass__(**options)

    # Textual draws the whole screen, and what lies below, when the focus goes from one widget to
    # another; the two draw themselves.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    @property
    def host(self) -> Host:
        """The app, as far as modals know it."""
        return host_of(self)

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def action_close(self) -> None:
        """Close without a result."""
        self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """A click beside what is open closes it."""
        if event.widget is self and self.CLOSES_BESIDE:
            self.action_close()


class AskingModal(Modal[Done]):
    """A modal screen that takes input: it stays until that is accepted, and leaving it asks where
    something would be lost. Enter goes on to what is next, and saves where nothing is."""

    QUESTION: ClassVar[str] = "Discard what you typed?"

    seen: State
    """What was stored when it opened: an edit is saved on that, or refused."""
    _opened_with: object = None

    def draft(self) -> object:
        """Everything typed, as the service takes it."""
        raise NotImplementedError

    def submit(self) -> Outcome:
        """Hand the draft to the service."""
        raise NotImplementedError

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say why the input was refused."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self.seen = self.host.service.state
        self._opened_with = self.draft()

    @property
    def changed(self) -> bool:
        """Whether closing would lose anything."""
        return self.draft() != self._opened_with

    def on_input_submitted(self) -> None:
        if self.focused is self.focus_chain[-1]:
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        """Save and close; where it is refused, say why and keep what was typed. Where another
        window saved meanwhile, ask which version to keep."""
        outcome = self.submit()
        if isinstance(outcome, Done):
            self.dismiss(outcome)
        elif outcome.stale:
            self.post_message(StaleEdit(outcome, self._save_over, partial(self.dismiss, None)))
        else:
            self.show_problems(outcome.problems)

    def _save_over(self) -> None:
        self.seen = self.host.service.state
        self.action_save()

    def action_close(self) -> None:
        self.action_leave()

    def action_leave(self) -> None:
        """Close, after asking where something would be lost."""
        if not self.changed:
            self.dismiss(None)
        else:
            details, give_up = "Nothing of it is saved yet.", partial(self.dismiss, None)
            self.post_message(ConfirmFirst(self.QUESTION, details, "Discard", give_up))
