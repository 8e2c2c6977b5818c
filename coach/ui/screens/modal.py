"""The base of what opens over a screen: it closes once, however often it is told to."""

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
