"""The heatmap as a widget: a list of domains with a second cursor across the reports."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events

from coach.model.documents import DomainRow, Heatmap, OutlineGroup
from coach.ui.looks import Look, Looks
from coach.ui.text import visible
from coach.ui.widgets.heatmap.columns import Columns, ReportHead, columns, head_rows, wanted_width
from coach.ui.widgets.heatmap.layout import GridRow, domain_rows, grid_rows, row_height
from coach.ui.widgets.line_view import LINE_LOOKS, Listing, RowList
from coach.ui.widgets.rows import Row

HEAD_ROWS = 2


def _heading(group: OutlineGroup) -> str:
    return visible(f"Skills of {group.outline or 'another edition'}; m matches them to those above")


class HeatGrid(RowList):
    """Domains by reports; arrows move across both."""

    LOOKS: ClassVar[Looks] = {
        **LINE_LOOKS,
        "weight-bar": Look("line-strong"),
        "cursor-blurred": Look(ground="panel"),
    }

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._heads: Sequence[ReportHead] = ()
        self._grid: list[GridRow] = []
        self._column = 0
        self._shape = Columns(1, 0, 0, 0, 0, 0, 7, 0, 0)
        self._each = 1
        self._most = 1.0
        self._marked: tuple[tuple[int, int], list[Row]] | None = None

    def show(self, heatmap: Heatmap, heads: Sequence[ReportHead]) -> None:
        """Draw these reports, oldest first, with the newest one marked."""
        if tuple(head.report for head in heads) != tuple(head.report for head in self._heads):
            self._column = max(0, len(heads) - 1)
        self._heads = heads
        self._grid = grid_rows(heatmap.domains, heads)
        for group in heatmap.groups:
            self._grid += grid_rows(group.domains, heads, _heading(group))
        self._most = max((domain.priority or 0.0 for domain in heatmap.domains), default=0.0)
        self.rearrange()

    @property
    def domain(self) -> DomainRow | None:
        """The domain under the cursor."""
        return self._grid[self.cursor].domain if self.cursor < len(self._grid) else None

    @property
    def head(self) -> ReportHead | None:
        """The report under the cursor."""
        return self._heads[self._column] if self._column < len(self._heads) else None

    @property
    def _names(self) -> list[str]:
        return [row.domain.name for row in self._grid]

    def lay_out(self, width: int, height: int) -> Listing:
        self._shape = self._columns(self._column, width)
        self._each = row_height(len(self._grid), height - HEAD_ROWS - self._headings)
        self._marked = None
        return Listing(
            head_rows(self._heads, self._column, self._shape),
            [self._laid(row, None) for row in self._grid],
        )

    def _columns(self, chosen: int, width: int) -> Columns:
        practised = any(row.domain.practice.results for row in self._grid)
        return columns(self._names, len(self._heads), chosen, width, practised=practised)

    @property
    def _headings(self) -> int:
        return sum(1 for row in self._grid if row.heading)

    def lines_within(self, height: int) -> int:
        """How many lines the grid takes when it may have up to `height`, but never cut off."""
        count, rest = len(self._grid), HEAD_ROWS + self._headings
        return rest + row_height(count, height - rest) * count

    @property
    def wanted_width(self) -> int:
        """The width that shows everything."""
        return wanted_width(self._names, len(self._heads))

    def _laid(self, row: GridRow, chosen: int | None) -> list[Row]:
        return domain_rows(row, self._shape, self._each, self._most, chosen)

    def entry(self, index: int) -> list[Row]:
        if index != self.cursor:
            return super().entry(index)
        key = (index, self._column)
        if self._marked is None or self._marked[0] != key:
            self._marked = (key, self._laid(self._grid[index], self._column))
        return self._marked[1]

    def across(self, step: int) -> None:
        """Mark another report, later by `step`."""
        self._to_column(self._column + step)

    def _to_column(self, column: int) -> None:
        column = max(0, min(column, len(self._heads) - 1))
        if column == self._column:
            return
        self._column = column
        shape = self._columns(column, self._shape_width)
        if shape.first != self._shape.first:
            self.rearrange()
        else:
            self.repaint_head(head_rows(self._heads, column, shape))
            self.repaint_entry(self.cursor)
        self.post_message(self.Moved(self))

    @property
    def _shape_width(self) -> int:
        return self.size.width - 1

    def on_click(self, event: events.Click) -> None:
        left = 1 + self._shape.name + self._shape.weight
        place = (event.x - left) // self._shape.stride
        if event.x >= left and place < self._shape.cells:
            self._to_column(self._shape.first + place)
