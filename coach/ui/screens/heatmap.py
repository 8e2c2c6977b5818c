"""Heatmap: which domains cost the exam, across all reports, and what the reports say to do."""

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from coach.model.answers import SELF_RATING, Heatmap
from coach.service.state import State
from coach.ui.screens.base import ModeScreen, invitation
from coach.ui.styles import styles
from coach.ui.widgets.head_line import KeyBar
from coach.ui.widgets.heatmap.domain_sheet import story_rows
from coach.ui.widgets.heatmap.grid import HeatGrid, foot_rows
from coach.ui.widgets.heatmap.layout import Ahead, ReportHead, planned_ahead
from coach.ui.widgets.line_view import RowList, RowsView
from coach.ui.widgets.rows import Row, Seg

WIDE = 100
HEAD, KEYS, STORY = 2, 1, 6
"""Lines of head line, key bar, and of the story where it stands below the map."""
NARROWEST, WIDEST = 40, 60
"""Cells for the story, where it stands beside the map."""


class HeatmapScreen(ModeScreen):
    """All reports of the selected exam, domain by domain."""

    NAME = "heatmap"
    CSS_PATH = styles("heatmap")
    AUTO_FOCUS = "#heat-grid"

    _heatmap: Heatmap | None = None
    _heads: Sequence[ReportHead] = ()
    _ahead: Mapping[str, Ahead] = {}

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="heat-body"):
            with Vertical(id="heat-main"):
                yield HeatGrid(id="heat-grid")
                yield RowsView(id="heat-foot")
            yield RowsView(id="heat-story")

    def show(self, state: State) -> None:
        """Redraw everything; the cursor stays on the same domain and report."""
        heatmap = self._heatmap = state.heatmap
        if heatmap is None or not (heatmap.domains or heatmap.reports):
            key = ("n", "enter a score report") if state.code else ("e", "choose your exam")
            reason = "Your reports side by side show where the points are."
            self.invite(invitation("No report yet", reason, (key,)))
            return
        self.invite(None)
        self._heads, self._ahead = _heads(state, heatmap), planned_ahead(state.plan)
        self._grid.show(heatmap, self._heads, self._ahead, state.now.date())
        self.query_one(KeyBar).offer(without=() if self._heads else ("edit",))
        self._settle()

    @property
    def _grid(self) -> HeatGrid:
        return self.query_one(HeatGrid)

    def on_resize(self) -> None:
        self._settle()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self._describe()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        self.action_open()

    def _settle(self) -> None:
        """Give the map the lines it can use, and the rest to what stands below it."""
        height = self.size.height - HEAD - KEYS
        if self._heatmap is None or height <= 0:
            return
        grid, main, story = self._grid, self.query_one("#heat-main"), self._story
        wide = self.size.width >= WIDE
        beside = max(NARROWEST, min(WIDEST, self.size.width * 36 // 100))
        foot = len(self._below(self.size.width - (beside if wide else 0)))
        room = height - foot - (2 if wide else STORY)
        lines = grid.lines_within(room)
        grid.styles.height = lines = min(lines, room) + (1 if wide else 0)
        story.styles.width = beside if wide else "1fr"
        main.styles.height = "1fr" if wide else lines + foot
        self._describe()

    @property
    def _story(self) -> RowsView:
        return self.query_one("#heat-story", RowsView)

    def _describe(self) -> None:
        self.query_one("#heat-foot", RowsView).fill(self._below)
        self._story.fill(self._told)

    def _below(self, width: int) -> list[Row]:
        """What stands below the map: the marked cell in words, and what the colours mean."""
        if self._heatmap is None:
            return []
        rows = foot_rows(self._heatmap, self._grid.domain, self._grid.head, width - 2)
        return [(Seg(" "), *row) for row in rows]

    def _told(self, width: int) -> list[Row]:
        """The story of the domain under the cursor."""
        heatmap, domain, state = self._heatmap, self._grid.domain, self.host.state
        if heatmap is None or domain is None:
            return []
        ahead = self._ahead.get(domain.name, Ahead(0, ())) if self._ahead else None
        brief = self.size.width < WIDE
        rows = story_rows(
            domain,
            heatmap,
            ahead if domain in heatmap.domains else None,
            state.advice,
            state.resources,
            state.now.date(),
            width - 2,
            brief=brief,
        )
        return [(Seg(" "), *row) for row in rows]

    def action_older(self) -> None:
        self._grid.across(-1)

    def action_newer(self) -> None:
        self._grid.across(1)

    def action_order(self) -> None:
        """Change between the order of priority and that of the outline."""
        self._grid.turn_order()
        self._describe()

    def action_advice(self) -> None:
        """Show everything that the reports say."""
        state = self.host.state
        if state.advice:
            self.host.open("advice", state.advice)

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
        reported = head if head and head.report != SELF_RATING else None
        self.host.open("own_view", reported.report if reported else None)

    def action_edit(self) -> None:
        """Change the marked report, or the rating that stands in for one."""
        head = self._grid.head
        if head and head.report == SELF_RATING:
            self.host.open("rate")
        elif head:
            self.host.open("edit_report", head.report)

    def action_open(self) -> None:
        """Everything about the domain under the cursor."""
        if domain := self._grid.domain:
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
