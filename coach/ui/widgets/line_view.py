"""Widgets that paint rows of styled text: a plain field of lines, and a list with a cursor.

A subclass computes its rows for a width and a height; painting only looks style names up. A
cursor key repaints the lines of two entries, nothing else.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size, Spacing
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from coach.ui.looks import Look, Looks, Painted
from coach.ui.widgets.rows import Row, Seg, cut, pad, wrap

MARGIN = 1
SCROLLBAR = 1


LINE_LOOKS: Looks = {
    "ink": Look("ink"),
    "strong": Look(attributes="bold"),
    "heading": Look("primary"),
    "muted": Look("ink-muted"),
    "faint": Look("ink-faint"),
    "accent": Look("primary"),
    "bar": Look("primary", ground="track"),
    "track": Look("track"),
    "cursor": Look(ground="cursor", attributes="$cursor-style"),
    "cursor-blurred": Look(attributes="not bold"),
    "marker": Look("primary"),
    "chosen": Look(attributes="bold"),
    "passed": Look("heat-above-ink"),
    "failed": Look("heat-below-ink"),
    "booked": Look("primary"),
    "other": Look("ink-muted"),
    "high": Look("heat-below-ink"),
    "below": Look("heat-below-ink"),
    "flag": Look("heat-below-ink"),
    "medium": Look("heat-near-ink"),
    "near": Look("heat-near-ink"),
    "low": Look("heat-above-ink"),
    "above": Look("heat-above-ink"),
    "unknown": Look("heat-unknown-ink"),
    "cell-below": Look("heat-below-on", ground="heat-below"),
    "cell-near": Look("heat-near-on", ground="heat-near"),
    "cell-above": Look("heat-above-on", ground="heat-above"),
    "cell-unknown": Look("heat-unknown-on", ground="heat-unknown"),
    "edge-below": Look("heat-below"),
    "edge-near": Look("heat-near"),
    "edge-above": Look("heat-above"),
    "edge-unknown": Look("heat-unknown"),
}


class LineView(Painted, inherit_bindings=False):
    """A field of lines. Style names in its rows are looks, later ones win."""

    LOOKS: ClassVar[Looks] = LINE_LOOKS
    DEFAULT_CSS = """
    LineView {
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        background: $background;
        color: $ink;
    }
    """

    def paint(self, row: Row, width: int, ground: str = "") -> Strip:
        """The row in exactly `width` cells, upon the background of the style `ground`."""
        segments = [
            Segment(seg.text, self.look(f"{ground} {seg.style}"))
            for seg in pad(cut(row, width), width)
        ]
        return Strip(segments, width)

    def render_line(self, y: int) -> Strip:
        rows = self.visible_rows()
        row = rows[y + self.scroll_offset.y] if y + self.scroll_offset.y < len(rows) else ()
        return self.paint(row, self.size.width)

    def visible_rows(self) -> list[Row]:
        """The rows to paint, first one at the top of the field."""
        raise NotImplementedError


class RowsView(LineView, can_focus=False):
    """Rows that are simply shown, and scroll where they are more than fit."""

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._build: Callable[[int], list[Row]] = lambda width: []
        self._rows: list[Row] = []

    def fill(self, build: Callable[[int], list[Row]]) -> None:
        """Show what `build(width)` gives, here and after every change of size."""
        self._build = build
        self._draw()

    def _draw(self) -> None:
        width, height = self.size
        self._rows = self._build(width)
        if len(self._rows) > height:
            self._rows = self._build(width - SCROLLBAR)
        self.virtual_size = Size(width - SCROLLBAR, len(self._rows))
        self.show_vertical_scrollbar = len(self._rows) > height
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        self._draw()

    def visible_rows(self) -> list[Row]:
        return self._rows


class Listing(NamedTuple):
    """Rows that stay at the top, and the entries below them with one or more rows each."""

    head: list[Row]
    entries: list[list[Row]]


class RowList(LineView, can_focus=True):
    """A list of entries with a cursor. Subclasses set what they show, then call `rearrange`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "step(-1000000)", "First", show=False),
        Binding("end", "step(1000000)", "Last", show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False, init=False)

    class Moved(Message):
        """The cursor is on another entry."""

        def __init__(self, sender: "RowList") -> None:
            super().__init__()
            self.sender = sender

        @property
        def control(self) -> "RowList":
            """The list that sent it."""
            return self.sender

    class Opened(Moved):
        """An entry was clicked that the cursor was already on."""

    class Ended(Moved):
        """A key led past the first entry (`step` -1) or the last one (1)."""

        def __init__(self, sender: "RowList", step: int) -> None:
            super().__init__(sender)
            self.step = step

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._listing = Listing([], [])
        self._tops: list[int] = []

    def lay_out(self, width: int, height: int) -> Listing:
        """The rows for that room."""
        raise NotImplementedError

    def rearrange(self) -> None:
        """Compute all rows again, for new content or a new size."""
        width, height = self.size
        if width <= MARGIN + SCROLLBAR or height <= 0:
            return
        self._listing = self.lay_out(width - MARGIN, height)
        if self._lines() > height:
            self._listing = self.lay_out(width - MARGIN - SCROLLBAR, height)
        heights = map(len, self._listing.entries)
        self._tops = [0, *accumulate(heights)][:-1]
        grown = self._lines() != self.virtual_size.height
        self.virtual_size = Size(width - SCROLLBAR, self._lines())
        self.show_vertical_scrollbar = self._lines() > height
        self.set_reactive(RowList.cursor, self.validate_cursor(self.cursor))
        self.refresh(layout=grown and self.styles.is_auto_height)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        head, entries = self.lay_out(width - MARGIN, container.height)
        return len(head) + sum(map(len, entries))

    def _lines(self) -> int:
        return len(self._listing.head) + sum(map(len, self._listing.entries))

    def on_resize(self, event: events.Resize) -> None:
        self.rearrange()
        self.reveal()

    def reveal(self) -> None:
        """Scroll until the entry under the cursor is in sight."""
        if not self._tops:
            return
        head = len(self._listing.head)
        region = self._place(self.cursor)._replace(y=self._tops[self.cursor] + head)
        self.scroll_to_region(region, spacing=Spacing(head, 0, 0, 0), animate=False)

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, len(self._listing.entries) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        for index in (old, new):
            if index < len(self._tops):
                self.repaint_entry(index)
        self.reveal()
        self.post_message(self.Moved(self))

    def _place(self, index: int) -> Region:
        y = len(self._listing.head) + self._tops[index] - self.scroll_offset.y
        return Region(0, y, self.size.width, len(self._listing.entries[index]))

    def on_focus(self) -> None:
        self._repaint_cursor()

    def on_blur(self) -> None:
        self._repaint_cursor()

    def _repaint_cursor(self) -> None:
        if self._tops:
            self.repaint_entry(self.cursor)

    def entry(self, index: int) -> list[Row]:
        """The rows of an entry as they are painted."""
        return self._listing.entries[index]

    def repaint_entry(self, index: int) -> None:
        """Paint the lines of one entry again."""
        self.refresh(self._place(index))

    def repaint_head(self, head: list[Row]) -> None:
        """Replace the rows at the top by others, as many."""
        self._listing = self._listing._replace(head=head)
        self.refresh(Region(0, 0, self.size.width, len(head)))

    def action_step(self, step: int) -> None:
        if abs(step) == 1 and self.validate_cursor(self.cursor + step) == self.cursor:
            self.post_message(self.Ended(self, step))
        self.cursor += step

    def action_page(self, direction: int) -> None:
        room = max(1, self.size.height - len(self._listing.head))
        moved, index = 0, self.cursor
        while 0 <= index + direction < len(self._tops) and moved < room:
            index += direction
            moved += len(self._listing.entries[index])
        self.cursor = index

    def on_click(self, event: events.Click) -> None:
        index = self.entry_at(event.y)
        if index is None:
            return
        if index == self.cursor:
            self.post_message(self.Opened(self))
        self.cursor = index

    def entry_at(self, y: int) -> int | None:
        """The entry at a line of the widget, None where there is none."""
        head, entries = self._listing
        line = y - len(head) + self.scroll_offset.y
        index = bisect_right(self._tops, line) - 1
        if y < len(head) or index < 0 or line >= self._tops[index] + len(entries[index]):
            return None
        return index

    def render_line(self, y: int) -> Strip:
        head = self._listing.head
        width = self.size.width
        if y < len(head):
            return self.paint((Seg(" " * MARGIN), *head[y]), width)
        index = self.entry_at(y)
        if index is None:
            return self.paint((), width)
        row = self.entry(index)[y - len(head) + self.scroll_offset.y - self._tops[index]]
        if index != self.cursor or not row:
            return self.paint((Seg(" " * MARGIN), *row), width)
        if self.has_focus:
            return self.paint((Seg("▌", "marker"), *row), width, "cursor")
        return self.paint((Seg(" " * MARGIN), *row), width, "cursor-blurred")


KEY = 3
_LINES = 3


class Way(NamedTuple):
    """One way. `key` takes it at once; the texts are shown as they are."""

    id: str
    key: str
    label: str
    meaning: str


def way_rows(way: Way, width: int, *, terse: bool) -> list[Row]:
    """Key and label, with the meaning below; `terse`: beside the label, cut where it is long."""
    first = (Seg(way.key.ljust(KEY), "accent strong"), Seg(way.label, "strong"))
    if terse:
        return [(*first, Seg(f"  {way.meaning}", "muted"))]
    meaning = wrap(way.meaning, width - KEY, _LINES)
    return [first, *((Seg(" " * KEY), Seg(line, "muted")) for line in meaning)]


def way_listing(ways: Sequence[Way], width: int, room: int) -> Listing:
    """The ways in `width` cells, one line each where they would take more than `room` lines."""
    entries = [way_rows(way, width, terse=False) for way in ways]
    if sum(map(len, entries)) > room:
        entries = [way_rows(way, width, terse=True) for way in ways]
    return Listing([], entries)
