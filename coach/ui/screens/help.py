"""Help: all keys, what the words mean, and questions about scores and reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from coach.model.answers import Question
from coach.service.data_files import places
from coach.ui import actions, text
from coach.ui.screens.modal import Modal
from coach.ui.screens.sheet import FilledList, ListDetail
from coach.ui.styles import styles
from coach.ui.text import SOURCE_WORD
from coach.ui.widgets.fields import LineInput
from coach.ui.widgets.line_view import Listing, RowList
from coach.ui.widgets.rows import Row, Seg, paragraph, wrap

if TYPE_CHECKING:
    from coach.service import Service


KEY = 9
LABEL = 15
WIDEST, AROUND, TWO_COLUMNS = 164, 10, 100
WORDS = (
    ("below, near, above", "Where a domain stood on your report; read from its bar, or by you."),
    ("bar", "The length of a bar on the report, read by eye from 0 to 100."),
    ("gap", "What a domain lacks: below 2, near 1, above 0. Unknown counts as near."),
    ("weight, priority", "The share of the exam a domain has, and that share times its gap."),
    ("tier", "Everything below and the heaviest near are tier 1, other nears tier 2."),
    ("legal, recommended", "When the rules let you sit it, and when sitting it makes sense."),
    ("block", "One planned session: domain, topic, what to do, and why."),
    ("buffer", "Time kept free for sessions that were missed."),
    ("official, article, own", "Whose rule it is: the vendor's, a cited text's, or Coach's."),
)
PLACES = (
    ("file", "everything you entered"),
    ("backups", "older copies of it"),
    ("config", "exams of your own"),
    ("log", "what went wrong"),
)


class HelpScreen(Modal[None]):
    """Scrolls with the arrows; closes with the key that opened it."""

    CSS_PATH = styles("help")
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
        width = min(self.size.width, WIDEST) - AROUND
        if self.size.width >= TWO_COLUMNS:
            width = width // 2 - 1
        others = [name for name in actions.SCREENS if name != self._current]
        left = [group(name, width) for name in (self._current, actions.EVERYWHERE, *others[:1])]
        right = [words(width), data(self._folder, width)]
        right += [group(name, width) for name in others[1:]]
        self.query_one("#help-left", Static).update(Content("\n\n").join(left))
        self.query_one("#help-right", Static).update(Content("\n\n").join(right))


def group(screen: str, width: int) -> Content:
    """The keys of one screen under its name, in `width` cells."""
    titles = {actions.EVERYWHERE: "Everywhere", actions.WELCOME: "Welcome"}
    lines = [_title(titles.get(screen) or f"{actions.action(screen).label} screen")]
    lines += [line(entry, width) for entry in actions.on(screen)]
    return Content("\n").join(lines)


def _title(title: str) -> Content:
    return Content.styled(title, "bold $ink")


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
    return Content("\n").join([_title("Words"), *(_meaning(*pair, width) for pair in WORDS)])


def data(folder: Path, width: int) -> Content:
    """Where the files live."""
    found = places(folder)
    lines = [_meaning(found[name], meaning, width) for name, meaning in PLACES]
    return Content("\n").join([_title("Your data"), *lines])


def _meaning(word: str, meaning: str, width: int) -> Content:
    wrapped = "\n  ".join(wrap(meaning, width - 2, 3))
    named = "\n".join(wrap(text.visible(word), width, 3))
    return Content.assemble((f"{named}\n", "$ink"), (f"  {wrapped}", "$ink-muted"))


INDENT = "  "


def question_rows(entry: Question, width: int, *, opened: bool) -> list[Row]:
    """The rows of one question, at most `width` cells each."""
    if not opened:
        return [(Seg(text.clip(entry.question, width)),)]
    room = width - len(INDENT)
    source = f"Source: {SOURCE_WORD[entry.source]}"
    return [
        *paragraph(entry.question, width, "strong"),
        *((Seg(INDENT), *row) for row in paragraph(entry.answer, room)),
        *((Seg(INDENT), *row) for row in paragraph(source, room, "muted")),
    ]


MOST_QUERY = 200
MOST_LINES = 22
"""Lines of the list on the largest terminal."""


class Questions(ListDetail):
    """Closes with None. The question under the cursor stands with its answer."""

    CSS_PATH = styles("sheet", "questions")
    AUTO_FOCUS = "Input"
    BELOW = 2
    KEYS = (("↑↓", "open an answer"), ("esc", "close"))

    def __init__(self, service: Service) -> None:
        super().__init__("Questions")
        self._service = service
        self._found = service.faq().questions

    def more(self) -> tuple[Widget, ...]:
        hint = "Type a word, such as score"
        return (LineInput(placeholder=hint, max_length=MOST_QUERY), *super().more())

    @property
    def _list(self) -> FilledList:
        return self.query_one(FilledList)

    def rows(self, width: int) -> tuple[Row, ...]:
        words = "What people ask about scores and reports."
        if not self._found:
            words = "No question holds these words; fewer of them find more."
        return tuple(paragraph(words, width, "muted"))

    def listing(self, width: int, room: int) -> Listing:
        chosen = min(self._list.cursor, len(self._found) - 1)
        rows = [
            question_rows(entry, width, opened=number == chosen)
            for number, entry in enumerate(self._found)
        ]
        return Listing([], rows)

    def redraw(self) -> None:
        """The list keeps its height, whatever the length of an answer."""
        super().redraw()
        room = self._list.styles.max_height
        self._list.styles.height = min(int(room.value), MOST_LINES) if room else MOST_LINES

    def on_input_changed(self, event: Input.Changed) -> None:
        self._found = self._service.faq(event.value).questions
        self._list.cursor = 0
        self.redraw()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self._list.rearrange()
        self._list.reveal()

    def action_scroll(self, by: int) -> None:
        self._list.cursor += by

    def action_take(self) -> None:
        """The answer is open already."""
