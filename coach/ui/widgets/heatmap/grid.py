"""The heatmap as a widget: a list of domains with a second cursor across the reports."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events

from coach.model.answers import DomainRow, Heatmap, Insight, OutlineGroup, Severity
from coach.model.attempt import Band
from coach.ui import text
from coach.ui.looks import Look, Looks
from coach.ui.text import visible
from coach.ui.widgets.heatmap.layout import (
    Columns,
    GridRow,
    ReportHead,
    columns,
    domain_rows,
    grid_rows,
    head_rows,
    row_height,
    wanted_width,
)
from coach.ui.widgets.line_view import Listing, RowList
from coach.ui.widgets.rows import Row, Seg, cut, row_width, wrap
from coach.wording import listed

HEAD_ROWS = 2


def _heading(group: OutlineGroup) -> str:
    return visible(f"Skills of {group.outline or 'another edition'}; m matches them to those above")


class HeatGrid(RowList):
    """Domains by reports; arrows move across both."""

    OWN_LOOKS: ClassVar[Looks] = {"cursor-blurred": Look(ground="panel")}

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


BANDS: tuple[Band, ...] = ("below", "near", "above", "unknown")


def cell_words(domain: DomainRow, head: ReportHead | None) -> Row:
    """What the marked cell says: the report, what it showed, and the band read from it."""
    weight = Seg(f"{text.number(domain.weight)} of 100 points by weight", "muted")
    cell = next((c for c in domain.cells if head and c.report == head.report), None)
    if head is None:
        return (weight,)
    day = text.day(head.at) if head.at else "no date"
    if cell is None:
        return (Seg(f"{day}: on other skills  ·  ", "muted"), weight)
    if isinstance(cell.value, int | float):
        shown = f"{'bar' if cell.origin == 'bar' else 'result'} {cell.value}, read as "
    elif cell.value:
        shown = f"“{text.visible(cell.value)}”, read as "
    else:
        shown = ""
    told = (Seg(f"{day}: {shown}", "muted"), Seg(text.BAND_WORD[cell.band], f"{cell.band} strong"))
    if cell.mapped:
        return (*told, Seg(f"  ·  from {listed(cell.mapped)}", "muted"))
    return (*told, Seg("  ·  ", "faint"), weight)


def legend(width: int) -> list[Row]:
    """The four bands with their colours and letters, and whose reading they are."""
    chips: list[Seg] = []
    for band in BANDS:
        chips += [Seg(f" {text.BAND_LETTER[band]} ", f"cell-{band}"), Seg(f" {band}  ", "muted")]
    for said in ("Bands are your own reading of the report.", "Bands are your own reading."):
        if row_width(chips) + len(said) <= width:
            return [(*chips, Seg(said, "faint"))]
    return [tuple(chips), (Seg(text.clip(said, width), "faint"),)]


def foot_rows(
    heatmap: Heatmap, domain: DomainRow | None, head: ReportHead | None, width: int
) -> list[Row]:
    """All lines below the grid in `width` cells."""
    rows: list[Row] = []
    if domain is not None:
        rows.append(cut(cell_words(domain, head), width))
    if heatmap.domains:
        rows += legend(width)
    else:
        words = (
            f"No outline of {text.visible(heatmap.exam)} is known: there are no domains to show."
        )
        rows += [(Seg(line, "muted"),) for line in wrap(words, width, 3)]
    for note in heatmap.notes:
        rows += [(Seg(line, "faint"),) for line in wrap(text.told(note.text), width, 2)]
    return rows


SEVERITY_MARK: dict[Severity, str] = {"high": "▲", "medium": "◆", "low": "·"}
_LINES = 6
_HEAD: Row = (Seg("What these reports say", "strong"),)
_NOTHING: list[Row] = [
    (Seg("Nothing yet.", "muted"),),
    (Seg("n", "accent strong"), Seg(" enters a score report.", "muted")),
]


def insight_listing(insights: Sequence[Insight], width: int) -> Listing:
    """Each insight in `width` cells: its text, then what to do, then a blank line."""
    if not insights:
        return Listing([_HEAD, (), *_NOTHING], [])
    return Listing(
        [_HEAD, ()],
        [_entry(insight, width) for insight in insights],
    )


def _entry(insight: Insight, width: int) -> list[Row]:
    mark = Seg(f"{SEVERITY_MARK[insight.severity]} ", f"{insight.severity} strong")
    said = wrap(text.told(insight.text), width - 3, _LINES)
    advised = wrap(text.told(insight.action), width - 3, _LINES) if insight.action else ()
    rows: list[Row] = [(mark, Seg(said[0]))]
    rows += [(Seg("  "), Seg(line)) for line in said[1:]]
    rows += [(Seg("  "), Seg(line, "muted")) for line in advised]
    return [*rows, ()]


class InsightList(RowList):
    """The insights; `insight` is the one under the cursor."""

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._insights: Sequence[Insight] = ()

    def show(self, insights: Sequence[Insight]) -> None:
        """Draw these insights."""
        self._insights = insights
        self.rearrange()

    @property
    def insight(self) -> Insight | None:
        """The insight under the cursor."""
        return self._insights[self.cursor] if self.cursor < len(self._insights) else None

    def lay_out(self, width: int, height: int) -> Listing:
        return insight_listing(self._insights, width)
