"""Schedule: what to study this week, on which day, and why this.

From 100 columns on the week stands in columns beside the hours per domain; below, the plan is
a list by day. Both show the same block as selected. What opens over it is imported when it is
opened, because the first screen does not need it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center
from textual.widgets import Static

from coach.model.answers import Schedule
from coach.model.plan import Strategy
from coach.service.outcome import Refused
from coach.ui import actions
from coach.ui.screens.base import ModeScreen
from coach.ui.styles import styles
from coach.ui.widgets.plan_lines import PlanLines
from coach.ui.widgets.schedule.board import PlanBoard
from coach.ui.widgets.schedule.plan_view import PlanView, arrange
from coach.ui.widgets.schedule.side_panel import invitation

if TYPE_CHECKING:
    from coach.service import Service, State
    from coach.service.outcome import Done, Outcome
    from coach.ui.widgets.schedule.change_rows import ChangePage

QUARTER = 15


class ScheduleScreen(ModeScreen):
    """The plan of the selected exam."""

    NAME = "schedule"
    CSS_PATH = styles("schedule")
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *actions.bindings(NAME),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("left", "sideways(-1)", show=False),
        Binding("right", "sideways(1)", show=False),
    ]

    def compose_body(self) -> ComposeResult:
        yield PlanBoard(id="plan-board")
        with Center(id="plan-empty"):
            yield Static(id="plan-empty-text", markup=False)

    def show(self, state: State) -> None:
        """Redraw from that state: the plan, or why there is none and what to do."""
        plan = state.plan
        planned = plan is not None and bool(plan.weeks)
        self.set_class(not planned, "-empty")
        if plan is None or not planned:
            self._board.clear()
            self.query_one("#plan-empty-text", Static).update(invitation(state))
        else:
            view = arrange(plan, state.facts.hours, state.now, self._board.view)
            self._board.show(plan, view, state.why)

    @property
    def _board(self) -> PlanBoard:
        return self.query_one(PlanBoard)

    @property
    def _service(self) -> Service:
        return self.coach.service

    @property
    def _planned(self) -> tuple[Schedule, PlanView] | None:
        plan, view = self.coach.state.plan, self._board.view
        return (plan, view) if plan and view else None

    def on_plan_lines_picked(self, event: PlanLines.Picked) -> None:
        if event.again:
            self.action_open()
        else:
            self._board.select(event.block)

    def action_step(self, by: int) -> None:
        self._board.step(by)

    def action_sideways(self, by: int) -> None:
        self._board.sideways(by)

    def action_week_before(self) -> None:
        self._board.turn(-1)

    def action_week_after(self) -> None:
        self._board.turn(1)

    def action_today(self) -> None:
        self._board.today()

    def action_done(self) -> None:
        if entry := self._board.entry:
            self._edit(partial(self._service.block_done, entry.block.id))

    def action_skip(self) -> None:
        if entry := self._board.entry:
            self.coach.edit(partial(self._service.block_skip, entry.block.id))

    def action_pin(self) -> None:
        if entry := self._board.entry:
            self._edit(partial(self._service.block_pin, entry.block.id))

    def action_longer(self) -> None:
        self._resize(QUARTER)

    def action_shorter(self) -> None:
        self._resize(-QUARTER)

    def _resize(self, by: int) -> None:
        entry = self._board.entry
        if entry is not None and entry.block.minutes + by > 0:
            minutes = str(entry.block.minutes + by)
            self._edit(partial(self._service.block_move, entry.block.id, "", minutes))

    def action_done_minutes(self) -> None:
        from coach.ui.screens.move import minutes_form

        if entry := self._board.entry:
            self.app.push_screen(minutes_form(entry, self._service), self._done)

    def action_move(self) -> None:
        from coach.ui.screens.move import MoveSheet

        if self._planned and self._board.entry:
            sheet = MoveSheet(self._board.entry, self._planned[1], self._service)
            self.app.push_screen(sheet, self._done)

    def action_hours(self) -> None:
        from coach.ui.screens.hours_editor import HoursEditor

        state = self.coach.state
        editor = HoursEditor(state.facts.hours, state.now.weekday(), self._service.set_hours)
        self.app.push_screen(editor, self._done)

    def action_open(self) -> None:
        from coach.ui.screens.schedule_sheets import BlockDetail
        from coach.ui.widgets.schedule.block_rows import Told, revisions

        if self._planned and self._board.entry:
            entry, state = self._board.entry, self.coach.state
            block = entry.block
            told = Told(
                why=state.why(block.id),
                guidance=self._service.guidance(block.topic or block.domain or "", block.activity),
                revisions=revisions(state.facts, block.exam or self._planned[0].exam),
            )
            self.app.push_screen(BlockDetail(entry, told, self._planned[1]), self._follow)

    async def _follow(self, action: str | None) -> None:
        if action:
            await self.action_run(action)

    def action_replan(self) -> None:
        from coach.ui.screens.schedule_sheets import ReplanPreview

        if self._planned is None:
            return
        plan, view = self._planned
        outcome = self._service.replan(plan.exam, dry_run=True)
        if isinstance(outcome, Refused):
            self.coach.warn(outcome.text)
            return
        page = _preview(outcome, plan.exam, view)

        def decide(accepted: bool | None) -> None:
            if accepted:
                self.coach.take(self._service.replan(plan.exam))

        self.app.push_screen(ReplanPreview(page, view), decide)

    def action_changes(self) -> None:
        from coach.ui.screens.schedule_sheets import ChangesSheet
        from coach.ui.widgets.schedule.block_rows import revisions
        from coach.ui.widgets.schedule.change_rows import revision_page, told_page

        if self._planned is None:
            return
        plan, view = self._planned
        kept = revisions(self.coach.state.facts, plan.exam)
        pages = [revision_page(revision, view) for revision in kept] or [
            told_page(
                f"Revision {plan.revision}", plan.trigger or "", plan.changes, plan.churn, view
            )
        ]
        compare = partial(self._service.compare_revisions, code=plan.exam)
        self.app.push_screen(ChangesSheet(pages, view, compare))

    def action_plan(self) -> None:
        from coach.ui.screens.schedule_sheets import PlanSheet

        if self._planned:
            self.app.push_screen(PlanSheet(*self._planned, self._board.week), self._follow)

    def action_strategy(self) -> None:
        """Choose how the hours are split; where a retired exam has no plan, go to its successor."""
        from coach.ui.screens.schedule_sheets import StrategySheet

        if self._planned is None:
            self.coach.track_successor()
            return
        plan, view = self._planned

        def use(strategy: Strategy | None) -> None:
            if strategy and strategy != plan.strategy:
                self.coach.edit(partial(self._service.set_strategy, plan.exam, strategy))

        self.app.push_screen(StrategySheet(self._service.compare(plan.exam), view), use)

    def _done(self, outcome: Done | None) -> None:
        if outcome is not None:
            self.coach.take(outcome)

    def _edit(self, use_case: Callable[[], Outcome]) -> None:
        self.coach.edit(use_case, self._take)

    def _take(self, outcome: Outcome) -> None:
        """Show the new state without a word, because it shows on the block itself."""
        if isinstance(outcome, Refused):
            self.coach.warn(outcome.text)
        else:
            self.coach.clear_notifications()
            self.coach.state = outcome.state


def _preview(outcome: Done, exam: str, view: PlanView) -> ChangePage:
    """The revision that would be made, or an empty page where nothing would change."""
    from coach.ui.widgets.schedule.block_rows import revisions
    from coach.ui.widgets.schedule.change_rows import revision_page, told_page

    made = [row for row in revisions(outcome.state.facts, exam) if row.number == outcome.revision]
    if made:
        return revision_page(made[0], view)
    return told_page("", "", outcome.changes, outcome.churn, view)
