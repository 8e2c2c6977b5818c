"""The bases of what opens over a screen: it closes once, and asks before typed text is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.reactive import Reactive
from textual.screen import ModalScreen
from textual.widget import Widget

from coach.service.outcome import Done
from coach.ui import actions
from coach.ui.host import ConfirmFirst, Host, StaleEdit, host_of

if TYPE_CHECKING:
    from coach.service.outcome import Outcome
    from coach.service.refusal import Problem

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
    something would be lost."""

    QUESTION: ClassVar[str] = "Discard what you typed?"

    @property
    def changed(self) -> bool:
        """Whether closing would lose anything."""
        raise NotImplementedError

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say why the input was refused."""
        raise NotImplementedError

    def close_with(self, outcome: Outcome, again: Callable[[], object]) -> None:
        """Close with what was done; where it was refused, stay and say why.

        Where another window saved meanwhile, ask which version to keep: `again` saves this one.
        """
        if isinstance(outcome, Done):
            self.dismiss(outcome)
        elif outcome.stale:
            self.post_message(StaleEdit(outcome, again, partial(self.dismiss, None)))
        else:
            self.show_problems(outcome.problems)

    def action_close(self) -> None:
        self.action_leave()

    def action_leave(self) -> None:
        """Close, after asking where something would be lost."""
        if not self.changed:
            self.dismiss(None)
        else:
            details, give_up = "Nothing of it is saved yet.", partial(self.dismiss, None)
            self.post_message(ConfirmFirst(self.QUESTION, details, "Discard", give_up))
