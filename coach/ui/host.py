"""What screens and sheets know of the app, and the questions they ask it to put to the person."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

from textual.message import Message

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from coach.service.outcome import Outcome, Refused
    from coach.service.service import Service
    from coach.service.state import State


class Host(Protocol):
    """The app as everything that it shows sees it."""

    @property
    def service(self) -> Service:
        """The use cases."""

    @property
    def state(self) -> State:
        """What all screens are drawn from."""

    @property
    def current_mode(self) -> str:
        """The name of the screen that everything is opened over."""

    @property
    def sample(self) -> bool:
        """Whether the data are sample data."""

    @property
    def away(self) -> bool:
        """Whether sample data stand in for one's own."""

    def open(self, name: str, *arguments: Any, then: Callable[[Any], object] | None = None) -> None:
        """Open what the routing table has under that name; `then` takes what it closes with."""

    async def run_registered(self, action_id: str) -> None:
        """Run an action of the registry, on the screen that it belongs to."""

    def edit(
        self,
        use_case: Callable[[], Outcome],
        then: Callable[[], object] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """Run an edit of what is on screen and apply its outcome; `then` follows what was saved.

        `quiet` says nothing of it, because it shows where it was done."""

    def apply_outcome(
        self, outcome: Outcome, *, quiet: bool = False, undoable: bool = True, offer: str = ""
    ) -> bool:
        """Show the new state and a notice, or why nothing was saved; False for the latter."""

    def catch_up(self) -> bool:
        """Take in what was stored meanwhile; False where it cannot be read."""

    def route_to_default(self, *, emptied: bool = False) -> None:
        """Go to the schedule or the welcome, whichever fits what is stored."""

    def say(self, sentence: str, severity: Literal["information", "error"] = "information") -> None:
        """Show a notice."""

    def warn(self, sentence: str) -> None:
        """Say what went wrong."""


def host_of(node: DOMNode) -> Host:
    """The app that shows a screen or a widget."""
    return cast("Host", node.app)


class ConfirmFirst(Message):
    """Asks yes or no; `then` runs after a yes."""

    def __init__(
        self, question: str, details: str, yes: str, then: Callable[[], object], no: str = "Keep"
    ) -> None:
        super().__init__()
        self.question, self.details, self.yes, self.no = question, details, yes, no
        self.then = then


class StaleEdit(Message):
    """Another window was faster: asks which version stays. `retry` saves this one over it,
    `give_up` drops it."""

    def __init__(
        self, refused: Refused, retry: Callable[[], object], give_up: Callable[[], object]
    ) -> None:
        super().__init__()
        self.refused, self.retry, self.give_up = refused, retry, give_up
