"""Widgets that paint rows of styled text: a plain field of lines, a list with a cursor, a plan.

A subclass computes its rows for a width and a height; painting only looks style names up. A
cursor key repaints the lines of two entries, nothing else.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size, Spacing
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from coach.ui import actions
from coach.ui.looks import Painted
from coach.ui.widgets.rows import Page, Row, Seg, cut, row_width

MARGIN = 1
SCROLLBAR, GAP = 1, 1
"""Columns of the bar, and those that keep the text apart from it."""


class LineView(Painted, inherit_bindings=False):
    """A field of lines. Style names in its rows are looks, later ones win."""

    DEFAULT_CSS = """
    LineView {
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        background: $background;
        color: $ink;
    }
    """

    def paint(self, row: Iterable[Seg], width: int, ground: str = "") -> Strip:
        """The row in exactly `width` cells, upon the background of the style `ground`."""
        row = tuple(row)
        missing = width - row_width(row)
        if missing:
            row = (*row, Seg(" " * missing)) if missing > 0 else cut(row, width)
        return Strip([Segment(s.text, self.look(f"{ground} {s.style}")) for s in row], width)

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
            self._rows = self._build(width - SCROLLBAR - GAP)
        self.virtual_size = Size(width - SCROLLBAR, len(self._rows))
        self.show_vertical_scrollbar = len(self._rows) > height
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        self._draw()

    def visible_rows(self) -> list[Row]:
        return self._rows


class Listing(Struct, frozen=True):
    """Rows that stay at the top, and the entries below them with one or more rows each."""

    head: list[Row]
    entries: list[list[Row]]

    @property
    def lines(self) -> int:
        """How many rows there are in all."""
        return len(self.head) + sum(map(len, self.entries))


class RowList(LineView, can_focus=True):
    """A list of entries with a cursor. Subclasses set what they show, then call `rearrange`."""

    BINDINGS: ClassVar[list[BindingType]] = actions.widget_bindings("list")

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
        if self._listing.lines > height:
            self._listing = self.lay_out(width - MARGIN - SCROLLBAR - GAP, height)
        heights = map(len, self._listing.entries)
        self._tops = [0, *accumulate(heights)][:-1]
        grown = self._listing.lines != self.virtual_size.height
        self.virtual_size = Size(width - SCROLLBAR, self._listing.lines)
        self.show_vertical_scrollbar = self._listing.lines > height
        self.set_reactive(RowList.cursor, self.validate_cursor(self.cursor))
        self.refresh(layout=grown and self.styles.is_auto_height)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self.lay_out(width - MARGIN, container.height).lines

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
        self._repaint_focus()

    def on_blur(self) -> None:
        self._repaint_focus()

    def _repaint_focus(self) -> None:
        """Draw again what tells whether the list has the focus: its heading and its cursor."""
        self.repaint_head(self._listing.head)
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
        self._listing = replace(self._listing, head=head)
        self.refresh(Region(0, 0, self.size.width, len(head)))

    def _headed(self, seg: Seg) -> Seg:
        """A heading is bright only while the list has the focus."""
        bright = self.has_focus or "heading" not in seg.style
        return seg if bright else replace(seg, style=f"{seg.style} unfocused")

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
        head, entries = self._listing.head, self._listing.entries
        line = y - len(head) + self.scroll_offset.y
        index = bisect_right(self._tops, line) - 1
        if y < len(head) or index < 0 or line >= self._tops[index] + len(entries[index]):
            return None
        return index

    def render_line(self, y: int) -> Strip:
        head = self._listing.head
        width = self.size.width
        if y < len(head):
            return self.paint((Seg(" " * MARGIN), *map(self._headed, head[y])), width)
        index = self.entry_at(y)
        if index is None:
            return self.paint((), width)
        line = y - len(head) + self.scroll_offset.y - self._tops[index]
        entry = self.entry(index)
        row = entry[line]
        if index != self.cursor or not _marked(row):
            return self.paint((Seg(" " * MARGIN), *row), width)
        if self.has_focus:
            ground = "cursor-below" if line and _marked(entry[line - 1]) else "cursor"
            return self.paint((Seg("▌", "marker"), *row), width, ground)
        return self.paint((Seg(" " * MARGIN), *row), width, "cursor-blurred")


def _marked(row: Row) -> bool:
    """Whether the cursor shows on such a row of its entry."""
    return bool(row) and not row[0].style.startswith("heading")


LayOut = Callable[[int, int], Page]
_BROAD = {"▌": "█", "▎": "█", "▘": "▀"}


class PlanLines(LineView, can_focus=False):
    """Rows on screen, laid out again only for another plan or another size.

    Selecting a block draws its own rows again and those of the block selected before.
    """

    DEFAULT_CSS = """
    PlanLines { scrollbar-size-horizontal: 0; background: transparent; }
    """

    class Picked(Message):
        """A block was clicked; `again` where it was selected already."""

        def __init__(self, block: str, again: bool) -> None:
            super().__init__()
            self.block = block
            self.again = again

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
        self._lay_out: LayOut | None = None
        self._page = Page()
        self._laid_for = Size(0, 0)
        self._selected = ""
        self._to_top: str | None = None

    def fill(self, lay_out: LayOut, selected: str = "") -> None:
        """Show what `lay_out(width, height)` gives, now and after every change of size."""
        self._lay_out = lay_out
        before, self._selected = self._selected, selected
        self._draw()
        if before != selected:
            self._refresh_block(before)
            self._refresh_block(selected)

    def _draw(self) -> None:
        self._laid_for = self._room
        if self._lay_out is None or not self._laid_for.width:
            return
        before, self._page = self._page, self._lay_out(*self._laid_for)
        # As high as the room at least: another size would have the whole screen laid out again.
        rows = len(self._page.head) + len(self._page.body)
        self.virtual_size = Size(0, max(rows, self._laid_for.height))
        self._refresh_changes(before)

    def _refresh_changes(self, before: Page) -> None:
        """Draw the visible rows again that differ from the page before."""
        width, height = self._laid_for
        top, now = self.scroll_offset.y, self._page
        changed = [y for y in range(height) if before.row(y, top) != now.row(y, top)]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    @property
    def _room(self) -> Size:
        """The cells beside the scroll bar."""
        return self.scrollable_content_region.size

    def on_mount(self) -> None:
        self.watch(self, "show_vertical_scrollbar", self._refit, init=False)

    def _refit(self) -> None:
        self.call_after_refresh(self._fit)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of that region, laid out before the first painting in a size."""
        self._fit()
        return super().render_lines(crop)

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Lay the page out for the room there is, where it was laid out for another."""
        if self._room != self._laid_for:
            self._draw()
            if self._to_top is not None:
                self.to_top(self._to_top)
            self.reveal(self._selected)

    def to_top(self, name: str = "") -> None:
        """Scroll so that what has that name, else the page's own first row, comes first, once
        there is a page."""
        self._to_top = None if self._laid_for.width else name
        top = self._page.spans[name][0] if name in self._page.spans else self._page.top
        if top is not None:
            self.scroll_to(y=top, animate=False, immediate=True, force=True)

    def select(self, block: str) -> None:
        """Mark that block, and scroll it into view."""
        before, self._selected = self._selected, block
        self._refresh_block(before)
        self._refresh_block(block)
        self.reveal(block)

    def _refresh_block(self, block: str) -> None:
        first, last = self._page.spans.get(block, (0, 0))
        top = first + len(self._page.head) - self.scroll_offset.y
        self.refresh(Region(0, top, self.size.width, last - first))

    def reveal(self, block: str) -> None:
        """Scroll no more than needed to show all rows of that block."""
        first, last = self._page.spans.get(block, (0, 0))
        room = self._room.height - len(self._page.head)
        top = self.scroll_offset.y
        if first == last:
            return
        if first < top:
            self.scroll_to(y=first, animate=False, immediate=True, force=True)
        elif last > top + room:
            self.scroll_to(y=last - room, animate=False, immediate=True, force=True)

    def block_at(self, x: int, y: int) -> str:
        """The id of the block drawn at that cell, or an empty text."""
        left = 0
        for seg in self._page.row(y, self.scroll_offset.y):
            left += cell_len(seg.text)
            if x < left:
                return seg.block
        return ""

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        block = self.block_at(offset.x, offset.y) if offset else ""
        if block:
            self.post_message(self.Picked(block, block == self._selected))

    def render_line(self, y: int) -> Strip:
        row = self._page.row(y, self.scroll_offset.y)
        return self.paint([self._marked(seg) for seg in row], self._laid_for.width)

    def _marked(self, seg: Seg) -> Seg:
        """The selected block has another ground, and a broader stripe in its own colour, for eyes
        and terminals without colour."""
        if not seg.block or seg.block != self._selected:
            return seg
        if seg.text in _BROAD:
            return replace(seg, text=_BROAD[seg.text])
        return replace(seg, style=f"{seg.style} selected")
