"""All keys and the words of the product, from the registry of actions."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from coach.ui import actions, text

KEY = 9
LABEL = 15
WORDS = (
    ("below, near, above", "How far a domain is from the mark, as your report showed it."),
    ("bar", "The length of a bar on the report, read by eye from 0 to 100."),
    ("weight", "The share of the exam that a domain has, from the published skills."),
    ("tier", "What comes first: everything below and the heaviest near are tier 1."),
    ("block", "One planned session: domain, topic, what to do, and why."),
    ("buffer", "Time kept free for sessions that were missed."),
    ("official, article, own", "Where a rule comes from: the vendor, a cited text, or Coach."),
)


class HelpScreen(ModalScreen[None]):
    """Scrolls with the arrows; closes with the key that opened it."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1,escape,enter,q", "dismiss(None)", show=False),
    ]

    def __init__(self, current: str) -> None:
        super().__init__()
        self._current = current

    def compose(self) -> ComposeResult:
        with Vertical(id="help") as frame:
            frame.border_title = "Help"
            frame.border_subtitle = "? closes"
            with VerticalScroll(id="help-body"), Horizontal(id="help-columns"):
                yield Static(id="help-left", classes="help-column")
                yield Static(id="help-right", classes="help-column")

    def on_mount(self) -> None:
        order = [actions.EVERYWHERE, *actions.SCREENS]
        if self._current in order:
            order.remove(self._current)
            order.insert(0, self._current)
        parts = [group(name) for name in order]
        left, right = parts[:2], [*parts[2:], words()]
        self.query_one("#help-left", Static).update(Content("\n\n").join(left))
        self.query_one("#help-right", Static).update(Content("\n\n").join(right))
        self.query_one("#help-body").focus()


def group(screen: str) -> Content:
    """The keys of one screen under its name."""
    title = "Everywhere" if screen == actions.EVERYWHERE else actions.action(screen).label
    lines = [Content.styled(title, "bold $primary")]
    for entry in actions.on(screen):
        lines.append(line(entry.shown, entry.label, entry.help))
    return Content("\n").join(lines)


def line(key: str, label: str, sentence: str) -> Content:
    """One key, its label, and what it does."""
    return Content.assemble(
        (text.fit(key, KEY), "bold $ink"),
        (text.fit(label, LABEL), "$ink"),
        (sentence, "$ink-muted"),
    )


def words() -> Content:
    """What the words on the screens mean."""
    lines = [Content.styled("Words", "bold $primary")]
    for word, meaning in WORDS:
        lines.append(Content.assemble((f"{word}: ", "$ink"), (meaning, "$ink-muted")))
    return Content("\n").join(lines)
