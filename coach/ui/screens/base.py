"""What the three mode screens share: head line, body, key bar, and how the state reaches them.

A mode screen sets `NAME`, yields its body from `compose_body`, and redraws from
one frozen state in `show`. It never asks for the state again: `show` is called when the state
changes while the screen is visible, and on return to it if the state differs by then.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Center
from textual.content import Content
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Static

from coach.service.state import State
from coach.ui import actions
from coach.ui.host import Host, host_of
from coach.ui.widgets.head_line import HeadLine, KeyBar


def invitation(title: str, reason: str, keys: Iterable[tuple[str, str]]) -> Content:
    """Why there is nothing to show yet, and the keys that help."""
    lines = [Content.styled(title, "bold $ink"), Content.styled(reason, "$ink-muted"), Content("")]
    lines += [
        Content.assemble((f" {key} ", "bold $primary"), (f" {words}", "$ink"))
        for key, words in keys
    ]
    return Content("\n").join(lines)


class ModeScreen(Screen[None]):
    """Base of Timeline, Heatmap and Schedule."""

    NAME: ClassVar[str]
    """The id of the action that opens this screen, and its keys in the registry."""

    def __init_subclass__(cls, **options: Any) -> None:
        cls.BINDINGS = [*actions.bindings(cls.NAME), *actions.widget_bindings(cls.NAME)]
        super().__init_subclass__(**options)

    _shown: State | None = None

    def __init__(self) -> None:
        # As wide as most are: another class would have all styles worked out a second time.
        super().__init__(classes="-wide")

    @property
    def host(self) -> Host:
        """The app, as far as screens know it."""
        return host_of(self)

    def compose(self) -> ComposeResult:
        yield HeadLine(self.NAME)
        yield from self.compose_body()
        yield KeyBar(self.NAME)

    def on_mount(self) -> None:
        """Notices stand over the key bar, and in so many lines more as they need below the body."""
        self.sort_children(key=lambda child: child.id == "textual-toastrack")

    def compose_body(self) -> ComposeResult:
        """The widgets between head line and key bar."""
        raise NotImplementedError

    def invite(self, words: Content | None) -> None:
        """Say in place of the body what to begin with, None where there is something to show."""
        self.set_class(words is not None, "-empty")
        told = self.query("#empty-text")
        if words is not None and told:
            told.only_one(Static).update(words)
        elif words is not None:
            middle = Center(Static(words, id="empty-text", markup=False), id="empty")
            self.mount(middle, before=self.query_one(KeyBar))

    def show(self, state: State) -> None:
        """Redraw the body from that state."""
        raise NotImplementedError

    def render_lines(self, crop: Region) -> list[Strip]:
        """The plain ground, one line of it for all: most of it is covered, and painted all the
        same."""
        return super().render_lines(crop._replace(height=1)) * crop.height

    def on_screen_resume(self) -> None:
        self.bring_up_to_date()

    def bring_up_to_date(self) -> None:
        """Redraw if the app's state is another one than that on screen, and the app goes on: where
        it ends, there may be no widgets left."""
        state = self.host.state
        if state is self._shown or not self.is_mounted or not self.app.is_running:
            return
        self._shown = state
        self.query_one(HeadLine).show(state, sample=self.host.sample)
        self.show(state)

    def on_paste(self, event: events.Paste) -> None:
        """A text that is pasted here can only be a report, or the path of one."""
        self.host.open("paste", event.text)
