"""The bases of what opens over a screen: it closes once, and asks before typed text is lost."""

from typing import Generic, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

T = TypeVar("T")


class Modal(ModalScreen[T], Generic[T]):
    """A modal screen for keys that come faster than it closes.

    Textual takes the top screen away on every `dismiss`, so a second one would take away what
    lies below.
    """

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        return super().dismiss(result) if self.is_active else AwaitComplete()


class AskingModal(Modal[T]):
    """A modal screen that takes input: leaving it asks where something would be lost."""

    @property
    def changed(self) -> bool:
        """Whether closing would lose anything."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Close, after asking where something typed would be lost."""
        if not self.changed:
            self.dismiss(None)
            return
        from coach.ui.screens.confirm import Confirm

        question = Confirm("Discard what you typed?", "Nothing of it is saved yet.", "Discard")
        self.app.push_screen(question, self._left)

    def _left(self, discard: bool | None) -> None:
        if discard:
            self.dismiss(None)
