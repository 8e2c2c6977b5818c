"""Heatmap: which domains cost the exam, across all reports, and what the reports say to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from coach.model.documents import Heatmap
from coach.ui import actions
from coach.ui.screens.base import ModeScreen
from coach.ui.widgets.heat_foot import HeatFoot, foot_rows
from coach.ui.widgets.heat_grid import HeatGrid
from coach.ui.widgets.heat_layout import ReportHead
from coach.ui.widgets.insight_list import InsightList
from coach.ui.widgets.line_view import RowList

if TYPE_CHECKING:
    from coach.service import State


class HeatmapScreen(ModeScreen):
    """All reports of the selected exam, domain by domain."""

    NAME = "heatmap"
    CSS_PATH = "heatmap.tcss"
    AUTO_FOCUS = "#heat-grid"
    BINDINGS: ClassVar[list[BindingType]] = [
        *actions.bindings(NAME),
        Binding("left", "across(-1)", show=False),
        Binding("right", "across(1)", show=False),
    ]

    _heatmap: Heatmap | None = None

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="heat-body"):
            with Vertical(id="heat-main"):
                yield HeatGrid(id="heat-grid")
                yield HeatFoot(id="heat-foot")
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
        self._grid.show(heatmap, _heads(state, heatmap))
        self._says.show(state.advice.insights if state.advice else ())
        self._describe()

    @property
    def _grid(self) -> HeatGrid:
        return self.query_one(HeatGrid)

    @property
    def _says(self) -> InsightList:
        return self.query_one(InsightList)

    def on_resize(self) -> None:
        self._describe()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        if event.control is self._grid:
            self._describe()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        self.action_open()

    def _describe(self) -> None:
        if self._heatmap is None:
            return
        grid, foot = self._grid, self.query_one(HeatFoot)
        width = max(20, foot.size.width - 1)
        foot.fill(foot_rows(self._heatmap, grid.domain, grid.head, grid.column, width))

    def action_across(self, step: int) -> None:
        self._grid.action_across(step)

    def action_advice(self) -> None:
        """Go to the insights, or back to the grid."""
        (self._grid if self._says.has_focus else self._says).focus()

    def action_open(self) -> None:
        """Details of the domain or of the insight under the cursor."""


def _heads(state: State, heatmap: Heatmap) -> list[ReportHead]:
    sittings = {a.report: a for a in state.timeline.attempts} if state.timeline else {}
    heads = []
    for report in heatmap.reports:
        sitting = sittings.get(report)
        heads.append(
            ReportHead(report, sitting.at, sitting.score, sitting.passed)
            if sitting
            else ReportHead(report, None, None, None)
        )
    return heads


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
