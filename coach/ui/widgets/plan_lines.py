"""A scrollable widget that draws rows of styled text; the schedule's views are made of it."""

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from coach.ui.looks import Looks, Painted
from coach.ui.widgets.plan_looks import PLAN_LOOKS
from coach.ui.widgets.rows import Page, Seg

LayOut = Callable[[int, int], Page]


class PlanLines(Painted, can_focus=False):
    """Rows on screen, laid out again only for another plan or another size.

    Selecting a block draws its own rows again and those of the block selected before.
    """

    LOOKS: ClassVar[Looks] = PLAN_LOOKS
    DEFAULT_CSS = """
    PlanLines { scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; overflow-x: hidden; }
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
        self._to_top = False

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
            if self._to_top:
                self.to_top()
            self.reveal(self._selected)

    def to_top(self) -> None:
        """Scroll so that the page's own first row comes first, once there is a page."""
        self._to_top = not self._laid_for.width
        if self._page.top is not None:
            self.scroll_to(y=self._page.top, animate=False, immediate=True, force=True)

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
        """One visible row as a strip."""
        row = self._page.row(y, self.scroll_offset.y)
        segments = [Segment(self._text(seg), self._style(seg)) for seg in row]
        return Strip(segments).adjust_cell_length(self._laid_for.width, self._style(Seg("")))

    def _text(self, seg: Seg) -> str:
        """The stripe of the selected block is broader, for eyes and terminals without colour."""
        return "█" if seg.text == "▌" and seg.block == self._selected else seg.text

    def _style(self, seg: Seg) -> Style:
        selected = seg.block and seg.block == self._selected
        return self.look(f"{seg.style} selected" if selected else seg.style)
