"""The heatmap as a widget: a list of domains with a second cursor across the reports."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from textual import events

from coach.model.answers import SELF_RATING, DomainRow, Heatmap, Severity
from coach.model.attempt import Band
from coach.ui import text
from coach.ui.looks import Look, Looks
from coach.ui.text import visible
from coach.ui.widgets.heatmap.layout import (
    LOW,
    Ahead,
    Columns,
    GridRow,
    ReportHead,
    columns,
    domain_rows,
    grid_rows,
    head_rows,
    row_heights,
)
from coach.ui.widgets.line_view import Listing, RowList
from coach.ui.widgets.rows import Row, Seg, cut, paragraph, row_width
from coach.wording import listed

HEAD_ROWS = 2


class HeatGrid(RowList):
    """Domains by reports; arrows move across both. Those with most to gain come first, unless they
    are asked for in the outline's own order."""

    OWN_LOOKS: ClassVar[Looks] = {"cursor-blurred": Look(ground="panel")}

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._heatmap: Heatmap | None = None
        self._heads: Sequence[ReportHead] = ()
        self._ahead: Mapping[str, Ahead] = {}
        self._today = date.min
        self._grid: list[GridRow] = []
        self._column = 0
        self._shape = Columns(1, 7, 0, 0)
        self._heights: list[int] = []
        self._by_outline = False
        self._marked: tuple[tuple[int, int], list[Row]] | None = None

    def show(
        self,
        heatmap: Heatmap,
        heads: Sequence[ReportHead],
        ahead: Mapping[str, Ahead],
        today: date,
    ) -> None:
        """Draw these reports, oldest first, with the newest one marked."""
        if tuple(head.report for head in heads) != tuple(head.report for head in self._heads):
            self._column = max(0, len(heads) - 1)
        self._heatmap, self._heads, self._ahead, self._today = heatmap, heads, ahead, today
        self._arrange()

    def turn_order(self) -> None:
        """Change between the order of priority and that of the outline."""
        self._by_outline = not self._by_outline
        self._arrange()

    def _arrange(self) -> None:
        """Order the rows; the cursor stays on its domain."""
        heatmap, before = self._heatmap, self.domain
        if heatmap is None:
            return
        ordered = heatmap.domains
        if not self._by_outline:
            ordered = tuple(sorted(ordered, key=lambda row: -gain(row)))
        self._grid = grid_rows(ordered, self._heads, self._ahead)
        for group in heatmap.groups:
            edition = visible(group.outline or "another edition")
            heading = f"Skills of {edition}; m matches them to those above"
            self._grid += grid_rows(group.domains, self._heads, heading=heading)
        names = [row.domain.name for row in self._grid]
        self.rearrange()
        if before is not None and before.name in names:
            self.cursor = names.index(before.name)

    @property
    def domain(self) -> DomainRow | None:
        """The domain under the cursor."""
        return self._grid[self.cursor].domain if self.cursor < len(self._grid) else None

    @property
    def head(self) -> ReportHead | None:
        """The report under the cursor."""
        return self._heads[self._column] if self._column < len(self._heads) else None

    def lay_out(self, width: int, height: int) -> Listing:
        self._shape = self._columns(self._column, width)
        self._heights = self._rows_within(height)
        self._marked = None
        return Listing(self._head(), [self._laid(n, None) for n in range(len(self._grid))])

    def _columns(self, chosen: int, width: int) -> Columns:
        practised = any(row.domain.practice.results for row in self._grid)
        return columns(len(self._heads), chosen, width - 1, practised=practised)

    def _head(self) -> list[Row]:
        by_weight = bool(self._grid) and self._grid[0].domain.priority is None
        order = "heaviest first" if by_weight else "most to gain first"
        order = "in the order of the outline" if self._by_outline else order
        scale = "Weight" if by_weight else "Priority"
        uneven = len(set(self._heights)) > 1
        orders = (*([f"{order}, height = weight"] if uneven else []), order)
        rows = head_rows(self._heads, self._column, self._shape, orders, scale)
        return [*rows, ()] if min(self._heights, default=1) >= LOW else rows

    def _rows_within(self, height: int) -> list[int]:
        """The height of each domain; the head takes a line more where there is room."""
        rest = height - HEAD_ROWS - sum(1 for row in self._grid if row.heading)
        weights = [row.domain.weight for row in self._grid]
        roomy = row_heights(weights, rest - 1)
        if min(roomy, default=1) >= LOW:
            return roomy
        return row_heights(weights, min(rest, LOW * len(weights) - 1))

    def lines_within(self, height: int) -> int:
        """How many lines the grid takes when it may have up to `height`, but never cut off."""
        heights = self._rows_within(height)
        headings = sum(1 for row in self._grid if row.heading)
        return HEAD_ROWS + (min(heights, default=1) >= LOW) + headings + sum(heights)

    def _laid(self, index: int, chosen: int | None) -> list[Row]:
        row, height = self._grid[index], self._heights[index]
        most = max((gain(each.domain) for each in self._grid), default=0.0)
        return domain_rows(row, self._shape, height, most, chosen, self._today)

    def entry(self, index: int) -> list[Row]:
        if index != self.cursor:
            return super().entry(index)
        key = (index, self._column)
        if self._marked is None or self._marked[0] != key:
            self._marked = (key, self._laid(index, self._column))
        return self._marked[1]

    def across(self, step: int) -> None:
        """Mark another report, later by `step`."""
        self._to_column(self._column + step)

    def _to_column(self, column: int) -> None:
        column = max(0, min(column, len(self._heads) - 1))
        if column == self._column:
            return
        self._column = column
        if self._columns(column, self.size.width - 1).first != self._shape.first:
            self.rearrange()
        else:
            self.repaint_head(self._head())
            self.repaint_entry(self.cursor)
        self.post_message(self.Moved(self))

    def on_click(self, event: events.Click) -> None:
        left = 1 + self._shape.name
        place = (event.x - left) // self._shape.stride
        if event.x >= left and place < self._shape.cells:
            self._to_column(self._shape.first + place)


def gain(row: DomainRow) -> float:
    """What orders the rows and fills the bars: the priority, the weight where there is none."""
    return row.weight if row.priority is None else row.priority


BANDS: tuple[Band, ...] = ("below", "near", "above", "unknown")


def cell_words(domain: DomainRow, head: ReportHead | None) -> Row:
    """What the marked cell says: the report, what it showed, and the band read from it."""
    cell = next((c for c in domain.cells if head and c.report == head.report), None)
    if head is None:
        return (Seg("No report yet: n enters one, R rates your own level.", "muted"),)
    day = text.day(head.at) if head.at else "no date"
    day = "your own rating" if head.report == SELF_RATING else day
    if cell is None:
        return (Seg(f"{day}: this report is on other skills", "muted"),)
    if isinstance(cell.value, int | float):
        shown = f"{'bar' if cell.origin == 'bar' else 'result'} {cell.value}, read as "
    elif cell.value:
        shown = f"“{text.visible(cell.value)}”, read as "
    else:
        shown = ""
    band = f"{cell.band}{'' if cell.mapped else _OF[cell.band]}"
    told = (Seg(f"{day}: {shown}", "muted"), Seg(band, f"{cell.band} strong"))
    source = f"  ·  from {listed(cell.mapped)}" if cell.mapped else ""
    return (*told, Seg(source, "muted"))


_OF: dict[Band, str] = dict.fromkeys(BANDS, " target") | {"unknown": ""}
_WHOSE = ("You set these bands from the bars on your report.", "You set these bands.")


def legend(width: int, whose: Sequence[str] = _WHOSE) -> list[Row]:
    """The four bands with their colours and letters, and whose reading they are."""
    chips: list[Seg] = []
    for band in BANDS:
        chips += [Seg(f" {text.BAND_LETTER[band]} ", f"cell-{band}"), Seg(f" {band}  ", "muted")]
    for said in whose:
        if row_width(chips) + len(said) <= width:
            return [(*chips, Seg(said, "muted"))]
    return [tuple(chips)]


def foot_rows(
    heatmap: Heatmap, domain: DomainRow | None, head: ReportHead | None, width: int
) -> list[Row]:
    """All lines below the grid in `width` cells."""
    rows: list[Row] = []
    if domain is not None:
        rows.append(cut(cell_words(domain, head), width))
    if heatmap.domains:
        rated = head is not None and head.report == SELF_RATING
        rows += legend(width, () if rated else _WHOSE) if head else []
    else:
        words = (
            f"No outline of {text.visible(heatmap.exam)} is known: there are no domains to show."
        )
        rows += paragraph(words, width, "muted", 3)
    for note in heatmap.notes:
        rows += paragraph(note.text, width, "muted", 2)
    return rows


SEVERITY_MARK: dict[Severity, str] = {"high": "▲", "medium": "◆", "low": "·"}
