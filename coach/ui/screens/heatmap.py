"""Heatmap: which domains cost the exam, across all reports, and what the reports say to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Center, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from coach.model.answers import SELF_RATING, DomainRow, Heatmap
from coach.ui import actions, text
from coach.ui.screens.base import ModeScreen
from coach.ui.styles import styles
from coach.ui.widgets.heatmap.domain_sheet import domain_rows, topic_listing
from coach.ui.widgets.heatmap.grid import HeatGrid, InsightList, foot_rows
from coach.ui.widgets.heatmap.layout import ReportHead
from coach.ui.widgets.line_view import RowList, RowsView
from coach.ui.widgets.rows import Row, Seg, heading

if TYPE_CHECKING:
    from coach.service import State


WIDE = 100
HEAD, KEYS, SAYS = 2, 1, 7
NARROWEST, WIDEST = 40, 60
"""Cells for what the reports say, where that stands beside the grid."""


class HeatmapScreen(ModeScreen):
    """All reports of the selected exam, domain by domain."""

    NAME = "heatmap"
    CSS_PATH = styles("heatmap")
    AUTO_FOCUS = "#heat-grid"
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(NAME)]

    _heatmap: Heatmap | None = None
    _heads: Sequence[ReportHead] = ()

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="heat-body"):
            with Vertical(id="heat-main"):
                yield HeatGrid(id="heat-grid")
                yield RowsView(id="heat-foot")
            yield InsightList(id="heat-says")
        with Center(id="heat-empty"):
            yield Static(id="heat-empty-text", markup=False)

    def show(self, state: State) -> None:
        """Redraw everything; the cursor stays on the same domain and report."""
        heatmap = self._heatmap = state.heatmap
        empty = heatmap is None or not (heatmap.domains or heatmap.reports)
        self.set_class(empty or heatmap is None, "-empty")
        self.query_one("#heat-empty-text", Static).update(_invitation(state))
        if heatmap is None or empty:
            return
        self._heads = _heads(state, heatmap)
        self._grid.show(heatmap, self._heads)
        self._says.show(state.advice.insights if state.advice else ())
        self._settle()

    @property
    def _grid(self) -> HeatGrid:
        return self.query_one(HeatGrid)

    @property
    def _says(self) -> InsightList:
        return self.query_one(InsightList)

    def on_resize(self) -> None:
        self._settle()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        if event.control is self._grid:
            self._describe()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        self.action_open()

    def _settle(self) -> None:
        """Give the grid the lines it can use, and the rest to what stands below it."""
        height = self.size.height - HEAD - KEYS
        if self._heatmap is None or height <= 0:
            return
        grid, main = self._grid, self.query_one("#heat-main")
        wide = self.size.width >= WIDE
        foot = len(self._below(self.size.width, topics=False))
        room = height * 7 // 10 if wide else height - foot - SAYS
        lines = min(grid.lines_within(room), room)
        grid.styles.height = lines + grid.gutter.height
        self._says.styles.width = self._beside(grid.wanted_width) if wide else "1fr"
        main.styles.height = "1fr" if wide else lines + grid.gutter.height + foot
        self._describe()

    def _beside(self, wanted: int) -> int:
        """The cells for what the reports say, beside a grid that could use `wanted`."""
        return max(NARROWEST, min(WIDEST, self.size.width * 36 // 100, self.size.width - wanted))

    def _describe(self) -> None:
        wide = self.size.width >= WIDE
        self.query_one("#heat-foot", RowsView).fill(lambda width: self._below(width, topics=wide))

    def _below(self, width: int, *, topics: bool) -> list[Row]:
        heatmap, grid = self._heatmap, self._grid
        if heatmap is None:
            return []
        rows = foot_rows(heatmap, grid.domain, grid.head, width - 2)
        if topics and grid.domain:
            rows += self._preview(grid.domain, width - 2)
        return [(Seg(" "), *row) for row in rows]

    def _preview(self, domain: DomainRow, width: int) -> list[Row]:
        """What Enter shows about the domain, below the grid where there is room."""
        state = self.host.state
        practice = [p for p in state.facts.practice.values() if p.exam == state.code]
        facts = domain_rows(domain, self._heads, practice, state.plan, state.now.date(), width)
        topics = topic_listing(domain, width)
        lines = [row for entry in topics.entries for row in entry]
        return [(), heading(text.clip(domain.name, width)), *facts, (), *topics.head, *lines]

    def action_older(self) -> None:
        self._grid.across(-1)

    def action_newer(self) -> None:
        self._grid.across(1)

    def action_advice(self) -> None:
        """Go to the insights, or back to the grid."""
        (self._grid if self._says.has_focus else self._says).focus()

    def action_match(self) -> None:
        """Match the skills of earlier outlines to those of the newest report's."""
        mappings = self.host.state.view(self.host.state.code or "").mappings
        if mappings.maps:
            self.host.open("match", mappings)
        else:
            self.host.say("Nothing to match: all reports are on the same skills.")

    def action_practice(self) -> None:
        """Log a result, in the domain under the cursor where it has one."""
        domain, known = self._grid.domain, self._heatmap.domains if self._heatmap else ()
        if domain in known:
            self.host.open("practice", self.host.state.code, domain.name)
        else:
            self.host.open("practice")

    def action_own_view(self) -> None:
        """The person's view of the marked sitting, else of the newest."""
        head = self._grid.head
        self.host.open("own_view", head.report if head else None)

    def action_edit(self) -> None:
        """Change the marked report."""
        if head := self._grid.head:
            self.host.open("edit_report", head.report)

    def action_open(self) -> None:
        """Details of the domain or of the insight under the cursor."""
        insight, domain = self._says.insight, self._grid.domain
        if self._says.has_focus and insight:
            self.host.open("insight", insight)
        elif domain:
            self.host.open("domain", domain, self._heads)


def _heads(state: State, heatmap: Heatmap) -> list[ReportHead]:
    """Every report in the order of the sittings, whichever outline it is on."""
    sittings = state.timeline.attempts if state.timeline else ()
    wanted = {*heatmap.reports, *heatmap.omitted}
    known = [ReportHead(a.report, a.at, a.score, a.passed) for a in sittings if a.report in wanted]
    if any(cell.report == SELF_RATING for row in heatmap.domains for cell in row.cells):
        return [ReportHead(SELF_RATING, None, None, None)]
    named = {head.report for head in known}
    lost = [ReportHead(report, None, None, None) for report in heatmap.reports]
    return [*(head for head in lost if head.report not in named), *known]


def _invitation(state: State) -> Content:
    key, words = ("n", "enter a score report") if state.code else ("e", "choose your exam")
    return Content("\n").join(
        [
            Content.styled("No report yet", "bold $ink"),
            Content.styled("Your reports side by side show where the points are.", "$ink-muted"),
            Content(""),
            Content.assemble((f" {key} ", "bold $primary"), (f" {words}", "$ink")),
        ]
    )
