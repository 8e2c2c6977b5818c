"""All keys and the words of the product, from the registry of actions."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from coach.ui import actions, text
from coach.ui.widgets.rows import wrap

KEY = 9
LABEL = 15
WIDEST, AROUND, TWO_COLUMNS = 164, 10, 100
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

    def __init__(self, current: str, folder: Path) -> None:
        super().__init__()
        self._current, self._folder = current, folder

    def compose(self) -> ComposeResult:
        with Vertical(id="help") as frame:
            frame.border_title = "Help"
            frame.border_subtitle = "? closes"
            with VerticalScroll(id="help-body"), Horizontal(id="help-columns"):
                yield Static(id="help-left", classes="help-column")
                yield Static(id="help-right", classes="help-column")

    def on_mount(self) -> None:
        self.query_one("#help-body").focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._write)

    def _write(self) -> None:
        order = [actions.EVERYWHERE, *actions.SCREENS]
        if self._current in order:
            order.remove(self._current)
            order.insert(0, self._current)
        width = min(self.size.width, WIDEST) - AROUND
        if self.size.width >= TWO_COLUMNS:
            width = width // 2 - 1
        parts = [*(group(name, width) for name in order), words(width)]
        self.query_one("#help-left", Static).update(Content("\n\n").join(parts[:2]))
        self.query_one("#help-right", Static).update(Content("\n\n").join(parts[2:]))


def group(screen: str, width: int) -> Content:
    """The keys of one screen under its name, in `width` cells."""
    title = "Everywhere" if screen == actions.EVERYWHERE else actions.action(screen).label
    lines = [Content.styled(title, "bold $primary")]
    lines += [line(entry, width) for entry in actions.on(screen)]
    return Content("\n").join(lines)


def line(entry: actions.Action, width: int) -> Content:
    """One key, its label, and what it does, wrapped beside it."""
    sentence = f"\n{' ' * (KEY + LABEL)}".join(wrap(entry.help, width - KEY - LABEL, 4))
    return Content.assemble(
        (text.fit(entry.shown, KEY), "bold $ink"),
        (text.fit(entry.label, LABEL), "$ink"),
        (sentence, "$ink-muted"),
    )


def words(width: int) -> Content:
    """What the words on the screens mean."""
    lines = [Content.styled("Words", "bold $primary")]
    for word, meaning in WORDS:
        wrapped = "\n  ".join(wrap(meaning, width - 2, 3))
        lines.append(Content.assemble((f"{word}\n", "$ink"), (f"  {wrapped}", "$ink-muted")))
    return Content("\n").join(lines)
