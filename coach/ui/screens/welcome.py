"""What a new person sees: what Coach is for, four ways in, and where there is room a picture."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from coach.service.state import State
from coach.ui import actions, text
from coach.ui.screens.base import ModeScreen
from coach.ui.styles import styles

WAYS = (
    ("report", "Enter a score report", "The score, and what it showed for each domain."),
    ("paste", "Paste or import a report", "Its text, or a file: PDF, text, JSON or CSV."),
    ("exam", "Plan a first attempt", "Choose the exam: there is a plan at once."),
    ("sample", "Look around", "With sample data, of which nothing is kept."),
)
LETTERS = (
    ("█▀▀ ", "█   ", "▀▀▀ ", "$heat-below-ink"),
    ("█▀█ ", "█ █ ", "▀▀▀ ", "$heat-below-ink"),
    ("█▀█ ", "█▀█ ", "▀ ▀ ", "$heat-near-ink"),
    ("█▀▀ ", "█   ", "▀▀▀ ", "$heat-above-ink"),
    ("█ █", "█▀█", "▀ ▀", "$heat-above-ink"),
)
PROMISES = (
    "When you may sit it, and which rule says so.",
    "Where the points are, across all your reports.",
    "What to study this week, and why that.",
)
BANDS = ("below", "near", "above")
EXAMPLE_BANDS = ("B N N", "B B N", "N N A", "N A A")
EXAMPLE_WEEK = (("Mon", 9, 9), ("Tue", 9, 9), ("Wed", 9, 4), ("Thu", 9, 0), ("Sat", 24, 0))


class Ways(Widget, can_focus=True):
    """The ways in, one marked."""

    BINDINGS: ClassVar[list[BindingType]] = actions.widget_bindings("ways")

    marked: reactive[int] = reactive(0)

    def render(self) -> Content:
        gap = "\n\n" if self.size.height > len(WAYS) * 2 else "\n"
        return Content(gap).join(self._way(index) for index in range(len(WAYS)))

    def _way(self, index: int) -> Content:
        name, label, sentence = WAYS[index]
        key = actions.action(name).shown
        here = index == self.marked
        ground = "on $cursor" if here else ""
        edge = ("▌ " if here else "  ", f"$primary {ground}")
        first = Content.assemble(
            edge,
            (f"{key}  ", f"bold $primary {ground}"),
            (text.fit(label, self.size.width - 5), f"bold $ink {ground}"),
        )
        second = Content.assemble(
            edge, (text.fit(f"   {sentence}", self.size.width - 2), f"$ink-muted {ground}")
        )
        return (first + "\n" + second).stylize(Style.from_meta({"way": index}))

    def validate_marked(self, marked: int) -> int:
        return marked % len(WAYS)

    def action_move(self, by: int) -> None:
        self.marked += by

    async def action_take(self) -> None:
        await self.app.run_action(WAYS[self.marked][0], self.screen)

    async def on_click(self, event: events.Click) -> None:
        way = event.style.meta.get("way")
        if way is not None:
            self.marked = way
            await self.action_take()


class WelcomeScreen(ModeScreen):
    """Shown until the first exam is tracked."""

    NAME = "welcome"
    CSS_PATH = styles("welcome")
    AUTO_FOCUS = "Ways"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (138, "-roomy")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (23, "-normal"), (34, "-tall")]  # noqa: RUF012

    def compose_body(self) -> ComposeResult:
        name = [Content.assemble(*((lines[n], lines[3]) for lines in LETTERS)) for n in range(3)]
        promises = [Content.styled("From choosing an exam to passing it.", "bold $ink")]
        for promise, band in zip(PROMISES, BANDS, strict=True):
            mark = ("▌ ", f"$heat-{band}-ink")
            promises.append(Content.assemble(mark, (promise, "$ink-muted")))
        example = (_example_timeline(), _example_heatmap(), _example_schedule())
        with Vertical(id="welcome-space"), Horizontal(id="welcome"):
            with Vertical(id="welcome-ways"):
                yield Static(Content("\n").join(name), id="welcome-name")
                yield Static(Content("\n").join(promises), id="welcome-promises")
                yield Ways()
            yield Static(Content("\n\n").join(example), id="welcome-example")

    def show(self, state: State) -> None:
        """Nothing here depends on the facts."""


def _heading(name: str) -> Content:
    entry = actions.action(name)
    return Content.assemble(
        (f"{entry.shown} ", "$primary"), (entry.label, "bold $ink"), ("  an example", "$ink-faint")
    )


def _example_timeline() -> Content:
    low, new = "$heat-below-ink", "$heat-near-ink"
    rows = [
        Content.assemble(("700 ", "$ink-muted"), ("┄" * 34, "$line-strong")),
        Content.assemble("    ", " " * 20, ("╭────────● 668", new)),
        Content.assemble("    ", ("●───────────────────╯", low), ("        ┊", "$line-strong")),
        Content.assemble("    ", ("640", low), (" " * 22 + "you may sit from 4 Dec", "$ink-muted")),
    ]
    return _heading("timeline") + "\n" + Content("\n").join(rows)


def _example_heatmap() -> Content:
    band = {"B": "below", "N": "near", "A": "above"}
    rows = []
    for number, letters in enumerate(EXAMPLE_BANDS, 1):
        cells = [
            Content.styled(f"  {letter}  ", f"$heat-{band[letter]}-on on $heat-{band[letter]}")
            for letter in letters.split()
        ]
        bar = text.bar((5 - number) / 4, 12)
        rows.append(
            Content.assemble((f" {number}  ", "$ink-muted"), Content(" ").join(cells))
            + Content.assemble("   ", (bar, "$ink-muted"))
        )
    return _heading("heatmap") + "\n" + Content("\n").join(rows)


def _example_schedule() -> Content:
    rows = []
    for day, planned, done in EXAMPLE_WEEK:
        rows.append(
            Content.assemble(
                (f"{day} ", "$ink-muted"),
                ("█" * done, "$secondary"),
                ("█" * (planned - done), "$line-strong"),
            )
        )
    return _heading("schedule") + "\n" + Content("\n").join(rows)
