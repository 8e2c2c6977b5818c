"""What a new person sees: three ways in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from coach.ui import actions, text
from coach.ui.screens.base import ModeScreen

if TYPE_CHECKING:
    from coach.service import State

WAYS = (
    ("n", "report", "Enter a score report", "Score, and what it showed for each domain."),
    ("i", "import_file", "Import a report", "From text, PDF, JSON or CSV."),
    ("d", "sample", "Look around", "Sample data in a folder that is thrown away."),
)
HOW_TO_IMPORT = """\
A report in a file is imported on the command line:

  coach report import report.pdf
  coach report import report.json
  coach report import -          reads what is piped in

Text, PDF, JSON and CSV are understood; what is missing is said."""
PROMISES = (
    "When you may sit again, and which rule says so.",
    "Where the points are, across all your reports.",
    "What to study this week, and why that.",
)


class Ways(Widget, can_focus=True):
    """The ways in, one marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("enter,space", "take", show=False),
    ]

    marked: reactive[int] = reactive(0)

    def render(self) -> Content:
        return Content("\n\n").join([self._way(index) for index in range(len(WAYS))])

    def _way(self, index: int) -> Content:
        key, _, label, sentence = WAYS[index]
        here = index == self.marked
        ground = "on $cursor" if here else ""
        width = self.size.width
        first = Content.assemble(
            ("▌ " if here else "  ", f"$primary {ground}"),
            (f"{key}  ", f"bold $primary {ground}"),
            (text.fit(label, width - 5), f"bold $ink {ground}"),
        )
        second = Content.assemble(
            ("▌ " if here else "  ", f"$primary {ground}"),
            (text.fit(f"   {sentence}", width - 2), f"$ink-muted {ground}"),
        )
        return (first + "\n" + second).stylize(Style.from_meta({"way": index}))

    def validate_marked(self, marked: int) -> int:
        return marked % len(WAYS)

    def action_move(self, by: int) -> None:
        self.marked += by

    async def action_take(self) -> None:
        await self.app.run_action(f"screen.run({WAYS[self.marked][1]!r})", self.screen)

    async def on_click(self, event: events.Click) -> None:
        way = event.style.meta.get("way")
        if way is not None:
            self.marked = way
            await self.action_take()


class WelcomeScreen(ModeScreen):
    """Shown until the first exam is tracked."""

    NAME = "welcome"
    CSS_PATH = "welcome.tcss"
    AUTO_FOCUS = "Ways"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(NAME)]

    def compose_body(self) -> ComposeResult:
        with Vertical(id="welcome-space"), Vertical(id="welcome"):
            yield Static(_greeting(), id="welcome-greeting")
            yield Ways()

    def show(self, state: State) -> None:
        """Nothing here depends on the facts."""


def _greeting() -> Content:
    lines = [
        Content.styled("Coach", "bold $primary"),
        Content.styled("The way from a failed exam to the next sitting.", "bold $ink"),
        Content(""),
    ]
    for promise, letter in zip(PROMISES, ("below", "near", "above"), strict=True):
        lines.append(Content.assemble(("▌ ", f"$heat-{letter}-ink"), (promise, "$ink-muted")))
    return Content("\n").join(lines)
