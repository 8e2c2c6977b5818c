"""What earlier plans changed, one revision at a time or from one to another."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from coach.model.documents import RevisionComparison
from coach.service.refusal import Refusal
from coach.ui import text
from coach.ui.screens.sheets.sheet import Sheet
from coach.ui.widgets.rows import Page, Seg, wrap
from coach.ui.widgets.schedule.change_rows import ChangePage, change_rows, compared_page
from coach.ui.widgets.schedule.view import PlanView

Compare = Callable[[int, int], RevisionComparison]


class ChangesSheet(Sheet[None]):
    """The changes of each kept revision, newest first on screen; or from a marked one to it."""

    KEYS = (
        ("← →", "other revisions"),
        ("c", "compare from here"),
        ("↑↓", "scroll"),
        ("v", "close"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v,enter", "close", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
        Binding("c", "compare", show=False),
    ]

    def __init__(self, pages: Sequence[ChangePage], view: PlanView, compare: Compare) -> None:
        super().__init__()
        self._pages, self._view, self._compare = pages, view, compare
        self._at = len(pages) - 1
        self._from: int | None = None

    def page(self, width: int) -> Page:
        if self._from is None:
            return Page((), change_rows(self._pages[self._at], self._view, width))
        return self._compared(self._pages[self._from].number, width)

    def _compared(self, base: int, width: int) -> Page:
        """From the marked revision to the one chosen, or what to do where they are the same."""
        other = self._pages[self._at].number
        if base == other:
            words = f"Choose the revision to compare revision {base} with: ← or →."
            return Page((), tuple((Seg(line, "ink"),) for line in wrap(words, width, 3)))
        try:
            found = self._compare(base, other)
        except Refusal as refusal:
            words = text.visible(str(refusal))
            return Page((), tuple((Seg(line, "warn"),) for line in wrap(words, width, 4)))
        return Page((), change_rows(compared_page(found, self._view), self._view, width))

    def redraw(self) -> None:
        frame = self.query_one("#sheet")
        frame.border_title = self._title
        frame.border_subtitle = f"{self._at + 1} of {len(self._pages)}"
        super().redraw()

    @property
    def _title(self) -> str:
        page = self._pages[self._at]
        if self._from is None:
            return page.title
        first, last = sorted((self._pages[self._from].number, page.number))
        return f"From revision {first} to {last}"

    def action_turn(self, by: int) -> None:
        self._at = min(max(self._at + by, 0), len(self._pages) - 1)
        self.redraw()

    def action_compare(self) -> None:
        """Compare with this revision from here on, or stop comparing."""
        self._from = self._at if self._from is None else None
        self.redraw()
