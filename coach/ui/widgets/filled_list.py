"""A list with a cursor over entries that are given to it."""

from collections.abc import Callable

from coach.ui.widgets.line_view import Listing, RowList


class FilledList(RowList):
    """Shows what `fill` gave it; `cursor` is the number of the entry."""

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._build: Callable[[int], Listing] = lambda width: Listing([], [])

    def fill(self, build: Callable[[int], Listing]) -> None:
        """Show what `build(width)` gives, now and after every change of size."""
        self._build = build
        self.rearrange()

    def lay_out(self, width: int, height: int) -> Listing:
        return self._build(width)
