"""Help: all keys, what the words mean, and questions about scores and reports."""

from pathlib import Path
from typing import NamedTuple

from textual.widget import Widget

from coach.model.answers import Question
from coach.service.data_files import locations
from coach.service.view import faq
from coach.ui import actions, text
from coach.ui.screens.sheet import ListSheet
from coach.ui.text import SOURCE_WORD
from coach.ui.widgets.line_view import Listing, RowList
from coach.ui.widgets.rows import Row, Seg, hanging, heading, paragraph

KEY = 9
LABEL = 16
WORDS = (
    ("below, near, above", "Where a domain stood on your report; read from its bar, or by you."),
    ("bar", "The length of a bar on the report, read by eye from 0 to 100."),
    ("gap", "What a domain lacks: below 2, near 1, above 0. Unknown counts as near."),
    ("weight, priority", "The share of the exam a domain has, and that share times its gap."),
    ("tier", "Everything below and the heaviest near are tier 1, other nears tier 2."),
    ("you may sit, best time", "When the rules let you sit it, and when sitting it makes sense."),
    ("session", "One planned time of study: domain, topic, what to do, and why."),
    ("catch-up time", "Time kept free for sessions that were missed."),
    ("official, article, own", "Whose rule it is: the vendor's, a cited text's, or Coach's."),
)
PLACES = (
    ("file", "everything you entered"),
    ("backups", "older copies of it"),
    ("config", "exams of your own"),
    ("log", "what went wrong"),
)


class HelpScreen(ListSheet[str]):
    """Closes with the id of the action to run, or with None. The keys of the screen come first."""

    NAME = "help"

    def __init__(self, current: str, folder: Path) -> None:
        super().__init__("Help")
        found = locations(folder)
        groups = {
            _titled(place): [HelpEntry(a.shown, a.label, a.help, a.id) for a in actions.on(place)]
            for place in dict.fromkeys((current, actions.EVERYWHERE, *actions.SCREENS))
        }
        groups["Words"] = [HelpEntry("", word, meaning) for word, meaning in WORDS]
        groups["Your data"] = [HelpEntry("", found[name], meaning) for name, meaning in PLACES]
        self._entries = [
            entry._replace(heading="" if number else title)
            for title, group in groups.items()
            for number, entry in enumerate(group)
        ]

    def listing(self, width: int, room: int) -> Listing:
        return Listing([], [help_rows(entry, width) for entry in self._entries])

    def narrow(self, wanted: str) -> None:
        """Everyday words find what they are for too."""
        super().narrow(wanted)
        said = wanted.casefold() or None
        alike = [e for e in actions.ACTIONS if said and said in actions.EVERYDAY.get(e.id, "")]
        self.entries.wanted += tuple(entry.help for entry in alike)
        self.entries.rearrange()

    def action_take(self) -> None:
        """Do what the key under the cursor does."""
        entry = self.chosen(self._entries)
        if entry and entry.action:
            self.dismiss(entry.action)


class HelpEntry(NamedTuple):
    """A key with its label or a word, what it does or means, and the action where it is a key.
    `heading` stands above the first of a group."""

    shown: str
    label: str
    meaning: str
    action: str = ""
    heading: str = ""


def _titled(place: str) -> str:
    titles = {actions.EVERYWHERE: "Everywhere", actions.WELCOME: "Welcome"}
    return titles.get(place) or f"{actions.action(place).label} screen"


def help_rows(entry: HelpEntry, width: int) -> list[Row]:
    """The rows of one entry, at most `width` cells each."""
    rows: list[Row] = [(), heading(entry.heading)] if entry.heading else []
    if not entry.shown:
        rows += paragraph(entry.label, width, "ink")
        return [*rows, *hanging((Seg("  "),), entry.meaning, width, "muted")]
    key = Seg(text.fit(entry.shown, KEY), "accent strong")
    label = Seg(text.fit(entry.label, LABEL), "ink")
    return [*rows, *hanging((key, label), entry.meaning, width, "muted")]


def question_rows(entry: Question, width: int, *, opened: bool) -> list[Row]:
    """The rows of one question, at most `width` cells each."""
    if not opened:
        return [(Seg(text.clip(entry.question, width)),)]
    source = f"Source: {SOURCE_WORD[entry.source]}"
    return [
        *paragraph(entry.question, width, "strong"),
        *hanging((Seg("  "),), entry.answer, width),
        *hanging((Seg("  "),), source, width, "muted"),
    ]


MOST_QUERY = 200
MOST_LINES = 22
"""Lines of the list on the largest terminal."""


class Questions(ListSheet[str]):
    """Closes with None. The question under the cursor stands with its answer."""

    NAME = "questions"
    AUTO_FOCUS = "Input"
    BELOW = 2

    def __init__(self) -> None:
        super().__init__("Questions")
        self._found = faq().questions

    def more(self) -> tuple[Widget, ...]:
        field, entries = super().more()
        field.add_class("-shown")
        return (field, entries)

    def rows(self, width: int) -> list[Row]:
        words = "What people ask about scores and reports."
        if not self._found:
            words = "No question holds these words; fewer of them find more."
        return paragraph(words, width, "muted")

    def listing(self, width: int, room: int) -> Listing:
        chosen = min(self.entries.cursor, len(self._found) - 1)
        rows = [
            question_rows(entry, width, opened=number == chosen)
            for number, entry in enumerate(self._found)
        ]
        return Listing([], rows)

    def redraw(self) -> None:
        """The list keeps its height, whatever the length of an answer."""
        super().redraw()
        room = self.entries.styles.max_height
        self.entries.styles.height = min(int(room.value), MOST_LINES) if room else MOST_LINES

    def narrow(self, wanted: str) -> None:
        self._found = faq(wanted).questions
        self.entries.cursor = 0
        self.redraw()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self.entries.rearrange()
        self.entries.reveal()

    def action_take(self) -> None:
        """The answer is open already."""
