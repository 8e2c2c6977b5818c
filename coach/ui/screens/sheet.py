"""What the sheets share: a frame with a title, rows to read or a list to choose from, keys."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import ClassVar, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from textual import events
from textual._path import CSSPathType
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input, Static

from coach.dates import Moment, echo, read_when
from coach.ui import actions, text
from coach.ui.screens.modal import Modal
from coach.ui.styles import styles
from coach.ui.widgets.fields import LineInput
from coach.ui.widgets.line_view import Listing, RowList, RowsView
from coach.ui.widgets.rows import Row, Seg, hanging

T = TypeVar("T")
Keys = tuple[tuple[str, str], ...]
"""Keys as they are shown, each with what it does."""
WIDTH, WIDEST, BESIDE = 76, 110, 6
"""Columns of a sheet, where the terminal is large, and what frame and padding take of them."""
ROOMY = 100
"""Columns of a terminal from which a sheet does not take all of them."""
AROUND = 6
"""Lines of a terminal that frame, padding and keys take from the text."""
NARROWEST = 20
"""Columns that rows are made for at least; in a smaller terminal they are cut."""
FEWEST = 3
"""Lines that a list gets at least."""
_KEY_GAP = Content("   ")
_NAMES = {"esc": "escape", "←": "left", "→": "right", "-": "minus", "/": "slash"}


def frame_width(columns: int) -> int:
    """Columns of a sheet in a terminal of so many: no letters of the screen below stand beside."""
    return columns if columns < ROOMY else min(max(WIDTH, columns * 3 // 5), WIDEST)


class KeyRow(Static):
    """Keys and what they do, in as many lines as they need; with a height of one line the last two
    are always in it. A click on a key presses it."""

    hovered: reactive[str] = reactive("")

    def __init__(self, keys: Keys = (), *, id: str | None = None, classes: str = "") -> None:  # noqa: A002 - Textual's word
        super().__init__(markup=False, id=id, classes=classes)
        self._keys = keys

    def show(self, keys: Keys) -> None:
        """Show those keys."""
        if keys != self._keys:
            self._keys = keys
            self.refresh(layout=self.styles.is_auto_height)

    def render(self) -> Content:
        return Content("\n").join(map(_KEY_GAP.join, self._lines(self.content_size.width)))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return _KEY_GAP.join(self._parts()).cell_length

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def _lines(self, width: int) -> list[list[Content]]:
        """The keys of each line, with what they do beside them."""
        parts = self._parts()
        if not self.styles.is_auto_height:
            while len(parts) > 2 and _KEY_GAP.join(parts).cell_length > width:
                del parts[-3]
        lines: list[list[Content]] = [[]]
        for part in parts:
            if lines[-1] and _KEY_GAP.join([*lines[-1], part]).cell_length > width:
                lines.append([])
            lines[-1].append(part)
        return lines

    def _parts(self) -> list[Content]:
        parts = []
        for key, label in self._keys:
            ground = " on $cursor" if key == self.hovered else ""
            part = Content.styled(key, f"bold $primary{ground}")
            part += Content.styled(f" {label}", f"$ink-muted{ground}")
            parts.append(part.stylize(Style.from_meta({"key": key})))
        return parts

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.hovered = event.style.meta.get("key", "")

    def on_leave(self) -> None:
        self.hovered = ""

    def on_click(self, event: events.Click) -> None:
        key = event.style.meta.get("key", "")
        name = _NAMES.get(key, key)
        if name and name.isascii() and " " not in name and "–" not in name:
            self.app.simulate_key(name)


class Sheet(Modal[T], Generic[T]):
    """Rows to read, which scroll: `rows(width)` gives them, each of `width` cells at most. What
    else a sheet has is said by subclasses, which name their keys. `address` is on the web."""

    CSS_PATH: ClassVar[CSSPathType | None] = styles("sheet")
    AUTO_FOCUS = ""
    NAME = "sheet"
    BELOW: ClassVar[int] = 0
    """Lines between rows and keys."""

    def __init__(
        self, title: str = "", rows: Callable[[int], Sequence[Row]] | None = None, address: str = ""
    ) -> None:
        super().__init__()
        self._title, self._rows, self._address = title, rows, address

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet") as frame:
            frame.border_title = Content(text.visible(self._title))
            yield RowsView(classes="sheet-rows")
            yield from self.more()
            yield KeyRow(self.keys(), classes="sheet-keys")

    def more(self) -> tuple[Widget, ...]:
        """Widgets between the rows and the keys."""
        return ()

    def keys(self) -> Keys:
        """The keys that do something here."""
        offered = actions.SHEETS[self.NAME]
        return tuple((key.shown, key.label) for key in offered if key.label and self.offers(key))

    @property
    def address(self) -> str:
        """The address on the web that is shown, empty without one."""
        return self._address

    def offers(self, key: actions.SheetKey) -> bool:
        """Whether a key does something with what is shown."""
        return bool(self.address) or key.action not in ("browse", "copy")

    def action_browse(self) -> None:
        """Open the address in the system's browser."""
        if self.address:
            self.app.open_url(self.address)

    def action_copy(self) -> None:
        """Put the address on the clipboard."""
        if self.address:
            self.app.copy_to_clipboard(self.address)
            self.host.say("The address is on the clipboard.")

    def rows(self, width: int) -> Sequence[Row]:
        """The rows of the sheet, at most `width` cells each."""
        return self._rows(width) if self._rows else ()

    def on_mount(self) -> None:
        self.redraw()

    def on_resize(self) -> None:
        self.redraw()

    @property
    def text_width(self) -> int:
        """Columns for the text."""
        return max(frame_width(self.size.width) - BESIDE, NARROWEST)

    def redraw(self) -> None:
        """Show the rows of the sheet, which is as high as they need where the terminal is."""
        self.query_one("#sheet").styles.width = frame_width(self.size.width)
        view = self.query_one(RowsView)
        view.styles.height = max(1, min(len(self.rows(self.text_width)), self.room()))
        view.fill(lambda width: list(self.rows(max(width, NARROWEST))))

    def room(self) -> int:
        """The most lines that the rows may take."""
        return self.size.height - AROUND

    def action_scroll(self, by: int) -> None:
        self.query_one(RowsView).scroll_relative(y=by, animate=False)

    def action_ask(self, action: T) -> None:
        """Close with the action that was asked for."""
        self.dismiss(action)


class MarkedSheet(Sheet[T], Generic[T]):
    """Rows of which some belong together as the entries of a listing. The entry `at` is marked, by
    the listing itself; a click marks another."""

    at = 0

    def listing(self, width: int) -> Listing:
        """The rows above the entries, and the entries."""
        raise NotImplementedError

    def rows(self, width: int) -> Sequence[Row]:
        listing = self.listing(width)
        return [*listing.head, *(row for entry in listing.entries for row in entry)]

    def _tops(self) -> list[int]:
        """The line on which each entry begins, and the one below the last of them."""
        listing = self.listing(self.query_one(RowsView).size.width)
        return [*accumulate(map(len, listing.entries), initial=len(listing.head))]

    def action_choose(self, by: int) -> None:
        """Mark an entry above or below, as far as there are any."""
        self.mark(max(0, min(self.at + by, len(self._tops()) - 2)))

    def pick(self, index: int) -> None:
        """Do what a click on that entry does."""
        self.mark(index)

    def mark(self, index: int) -> None:
        """Mark that entry, and scroll until it is in sight."""
        self.at = index
        self.redraw()
        first, after = self._tops()[index : index + 2]
        region = Region(0, first, 1, after - first)
        self.query_one(RowsView).scroll_to_region(region, animate=False)

    def on_click(self, event: events.Click) -> None:
        view = self.query_one(RowsView)
        if event.widget is view and (offset := event.get_content_offset(view)):
            tops = self._tops()
            index = bisect_right(tops, offset.y + view.scroll_offset.y) - 1
            if 0 <= index < len(tops) - 1:
                self.pick(index)


class FilledList(RowList):
    """Shows what `fill` gave it, or those entries that hold one of some texts; `picked` is the
    number of the entry under the cursor among all."""

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._build: Callable[[int], Listing] = lambda width: Listing([], [])
        self._kept: list[int] = []
        self.wanted: tuple[str, ...] = ()

    def fill(self, build: Callable[[int], Listing]) -> None:
        """Show what `build(width)` gives, now and after every change of size."""
        self._build = build
        self.rearrange()

    def lay_out(self, width: int, height: int) -> Listing:
        listing = self._build(width)
        self._kept = [n for n, rows in enumerate(listing.entries) if self._holds(rows)]
        if listing.entries and not self._kept:
            return Listing([(Seg("Nothing here holds these words.", "muted"),)], [])
        return replace(listing, entries=[listing.entries[number] for number in self._kept])

    def _holds(self, rows: Sequence[Row]) -> bool:
        lines = " ".join("".join(seg.text for seg in row) for row in rows)
        words = " ".join(lines.split()).casefold()
        return not self.wanted or any(wanted.casefold() in words for wanted in self.wanted)

    @property
    def picked(self) -> int | None:
        return self._kept[self.cursor] if self.cursor < len(self._kept) else None


Entry = TypeVar("Entry")


class ListSheet(Sheet[T], Generic[T]):
    """Rows to read above a list. Subclasses say what is in the list, and what enter takes."""

    AUTO_FOCUS = "FilledList"
    NAME = "list"
    BY_TIME: ClassVar[bool] = False
    """Whether each entry begins with its day."""

    def more(self) -> tuple[Widget, ...]:
        return (
            LineInput(placeholder="Type what to look for", id="sheet-filter"),
            FilledList(classes="sheet-list"),
        )

    def listing(self, width: int, room: int) -> Listing:
        """The list in `width` cells; it has `room` lines at the most."""
        raise NotImplementedError

    def action_take(self) -> None:
        """Do what enter does with the entry under the cursor."""
        raise NotImplementedError

    @property
    def entries(self) -> FilledList:
        """The list."""
        return self.query_one(FilledList)

    def chosen(self, entries: Sequence[Entry]) -> Entry | None:
        """That of the entries which the cursor is on."""
        picked = self.entries.picked
        return entries[picked] if picked is not None and picked < len(entries) else None

    def redraw(self) -> None:
        """Draw the rows, and the list in the lines that they leave."""
        super().redraw()
        above = len(self.rows(self.text_width))
        self.query_one(RowsView).display = above > 0
        room = max(self.size.height - AROUND - 1 - self.BELOW - above, FEWEST)
        self.entries.styles.max_height = room
        self.entries.fill(lambda width: self.listing(width, room))

    def room(self) -> int:
        return self.size.height - AROUND - 1 - self.BELOW - FEWEST

    def action_scroll(self, by: int) -> None:
        self.entries.action_step(by)

    def action_filter(self) -> None:
        """Show only the entries that hold what is typed."""
        field = self.query_one("#sheet-filter", Input)
        field.add_class("-shown")
        field.focus()

    def action_close(self) -> None:
        """Show the whole list again where a part of it is shown, else close."""
        if self.entries.wanted:
            self.query_one("#sheet-filter", Input).value = ""
            self.entries.focus()
        else:
            super().action_close()

    def on_input_changed(self, event: Input.Changed) -> None:
        self.narrow(event.value)

    def narrow(self, wanted: str) -> None:
        """Show the entries that hold those words, from the first on; in a list by time those of
        the day that they name too."""
        day = ""
        if self.BY_TIME:
            state = self.host.state
            read = read_when(wanted, state.now, state.zone, "back")
            day = text.recent_day(read.at, state.now.date()) if isinstance(read, Moment) else ""
            self.query_one("#sheet").border_subtitle = echo(read)
        self.entries.wanted = tuple(filter(None, (wanted, day)))
        self.entries.cursor = 0
        self.entries.rearrange()

    def on_input_submitted(self) -> None:
        self.entries.focus()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        self.action_take()


class Way(Struct, frozen=True):
    """One way on. `key` takes it at once; the texts are shown as they are."""

    id: str
    key: str
    label: str
    meaning: str


KEY = 3
_LINES = 3


class WaySheet(ListSheet[str]):
    """Ways to choose from; closes with the id of one, or with None."""

    ways: Sequence[Way] = ()

    def listing(self, width: int, room: int) -> Listing:
        """Key and label with the meaning below, or beside it where there is no room for that."""
        first = [
            (Seg(way.key.ljust(KEY), "accent strong"), Seg(way.label, "strong"))
            for way in self.ways
        ]
        below = [
            hanging((Seg(" " * KEY),), way.meaning, width, "muted", _LINES) for way in self.ways
        ]
        if len(first) + sum(map(len, below)) <= room:
            return Listing([], [[row, *rows] for row, rows in zip(first, below, strict=True)])
        terse = zip(first, self.ways, strict=True)
        return Listing([], [[(*row, Seg(f"  {way.meaning}", "muted"))] for row, way in terse])

    def action_take(self) -> None:
        if way := self.chosen(self.ways):
            self.action_go(way.id)

    def action_go(self, name: str) -> None:
        """Go the way of that id."""
        self.dismiss(name)
