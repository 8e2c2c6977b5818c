"""Schedule: what to study this week, on which day, and why this.

From 100 columns on the week stands in columns beside the hours per domain; below, the plan is
a list by day. Both show the same block as selected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Horizontal
from textual.widgets import Static

from coach.model.documents import Schedule
from coach.ui import actions, text
from coach.ui.screens.base import ModeScreen
from coach.ui.widgets import plan_cursor
from coach.ui.widgets.agenda_layout import agenda_layout
from coach.ui.widgets.domain_layout import panel_rows, summary_row
from coach.ui.widgets.empty_plan import invitation
from coach.ui.widgets.plan_lines import PlanLines
from coach.ui.widgets.plan_view import Entry, PlanView, arrange
from coach.ui.widgets.ribbon import title_row
from coach.ui.widgets.rows import Page
from coach.ui.widgets.week_layout import week_layout

if TYPE_CHECKING:
    from coach.service import State
    from coach.service.outcome import Outcome

QUARTER = 15


class ScheduleScreen(ModeScreen):
    """The plan of the selected exam."""

    NAME = "schedule"
    CSS_PATH = "schedule.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *actions.bindings(NAME),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("left", "sideways(-1)", show=False),
        Binding("right", "sideways(1)", show=False),
    ]

    _view: PlanView | None = None
    _schedule: Schedule | None = None
    _week = 0
    _block = ""

    def compose_body(self) -> ComposeResult:
        yield PlanLines("plan-title")
        with Horizontal(id="plan-body"):
            yield PlanLines("plan-week")
            yield PlanLines("plan-agenda")
            yield PlanLines("plan-panel")
        with Center(id="plan-empty"):
            yield Static(id="plan-empty-text", markup=False)

    def show(self, state: State) -> None:
        """Redraw everything; the selected block stays selected while it exists."""
        before, self._schedule = self._schedule, state.schedule
        planned = state.schedule is not None and bool(state.schedule.weeks)
        self.set_class(not planned, "-empty")
        if state.schedule is None or not planned:
            self._view = None
            self._text.update(invitation(state))
            return
        self._view = arrange(state.schedule, state.facts.hours, state.now)
        anew = before is None or before.exam != state.schedule.exam
        if anew or self._block not in self._view.place:
            self._week = self._view.current if anew else min(self._week, len(self._view.weeks) - 1)
            self._block = plan_cursor.in_week(self._view, self._week)
        self._draw()
        if anew:
            self._agenda.to_top()

    @property
    def _text(self) -> Static:
        return self.query_one("#plan-empty-text", Static)

    @property
    def _grid(self) -> PlanLines:
        return self.query_one("#plan-week", PlanLines)

    @property
    def _agenda(self) -> PlanLines:
        return self.query_one("#plan-agenda", PlanLines)

    @property
    def _entry(self) -> Entry | None:
        return self._view.entry.get(self._block) if self._view else None

    def _draw(self) -> None:
        self._draw_week()
        view = self._view
        assert view is not None
        self._agenda.fill(lambda width, _: agenda_layout(view, width), self._block)

    def _draw_week(self) -> None:
        view, plan, week = self._view, self._schedule, self._week
        assert view is not None
        assert plan is not None

        def title(width: int, height: int) -> Page:
            rows = (title_row(view, week, width), summary_row(view, plan, week, width))
            return Page(rows[:height])

        self.query_one("#plan-title", PlanLines).fill(title)
        self._grid.fill(lambda width, height: week_layout(view, week, width, height), self._block)
        self.query_one("#plan-panel", PlanLines).fill(
            lambda width, height: Page((), panel_rows(view, plan, week, width))
        )

    def _select(self, block: str) -> None:
        """Move to that block, in its week."""
        if self._view is None or block == self._block:
            return
        self._block = block
        week = self._view.place[block][0] if block else self._week
        if week != self._week:
            self._week = week
            self._draw_week()
        self._grid.select(block)
        self._agenda.select(block)

    def on_plan_lines_picked(self, event: PlanLines.Picked) -> None:
        if event.again:
            self.action_open()
        else:
            self._select(event.block)

    def action_step(self, by: int) -> None:
        if self._view:
            self._select(plan_cursor.step(self._view, self._block, by))

    def action_sideways(self, by: int) -> None:
        if self._view is None:
            return
        if self._grid.display:
            self._select(plan_cursor.sideways(self._view, self._block, by))
        else:
            self._turn(by)

    def action_week_before(self) -> None:
        self._turn(-1)

    def action_week_after(self) -> None:
        self._turn(1)

    def _turn(self, by: int) -> None:
        view = self._view
        if view is None or not 0 <= self._week + by < len(view.weeks):
            return
        self._week += by
        self._draw_week()
        self._block = plan_cursor.in_week(view, self._week)
        self._grid.select(self._block)
        self._agenda.select(self._block)

    def action_today(self) -> None:
        if self._view is None:
            return
        self._week = self._view.current
        self._block = plan_cursor.in_week(self._view, self._week)
        self._draw()
        self._agenda.to_top()

    def action_done(self) -> None:
        if self._block:
            self._take(self.coach.service.block_done(self._block))

    def action_skip(self) -> None:
        if self._block:
            self._take(self.coach.service.block_skip(self._block))

    def action_pin(self) -> None:
        if self._block:
            self._take(self.coach.service.block_pin(self._block))

    def action_longer(self) -> None:
        self._resize(QUARTER)

    def action_shorter(self) -> None:
        self._resize(-QUARTER)

    def _resize(self, by: int) -> None:
        entry = self._entry
        if entry is not None and entry.block.minutes + by > 0:
            minutes = str(entry.block.minutes + by)
            self._take(self.coach.service.block_move(entry.block.id, "", minutes))

    def _take(self, outcome: Outcome) -> bool:
        """Show the new state, or say why nothing was saved; True when it was."""
        from coach.service.outcome import Refused

        if isinstance(outcome, Refused):
            self.notify(text.visible(outcome.text), severity="warning", markup=False)
            return False
        self.coach.state = outcome.state
        return True
