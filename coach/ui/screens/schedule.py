"""Schedule: what to study this week, on which day, and why this.

Above stands what now means. From 100 columns on the week follows on a clock, from 144 on beside
the hours per domain; on less the plan is a list by day. All show the same block as selected. What
opens over it is imported when it is opened, because the first screen does not need it.
"""

from functools import partial
from typing import Literal

from textual import events
from textual.app import ComposeResult

from coach.model.plan import NIGHT, Schedule
from coach.service import blocks
from coach.service.outcome import Done
from coach.service.service import Service
from coach.service.state import State
from coach.ui import actions, text
from coach.ui.host import ConfirmFirst
from coach.ui.screens.base import ModeScreen
from coach.ui.styles import styles
from coach.ui.widgets.head_line import KeyBar
from coach.ui.widgets.line_view import PlanLines
from coach.ui.widgets.schedule.board import PlanBoard
from coach.ui.widgets.schedule.frame import invitation
from coach.ui.widgets.schedule.plan_view import PlanView, arrange

QUARTER = 15
ON_A_SESSION = ("done", "open", "skip", "move", "today")
"""Actions of the key bar that need a session to be selected."""
OVER = ("done", "skip", "move", "replan")
"""Those that are for sessions ahead, of which there are none on the day of the exam."""
OF_THE_DAY = {"exam-day": "card", "sitting": "card", "after": "report", "result-due": "report"}
"""The action that the day of the exam asks for, and the days after it."""


class ScheduleScreen(ModeScreen):
    """The plan of the selected exam."""

    NAME = "schedule"
    CSS_PATH = styles("schedule")
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self._asked: set[str] = set()

    def compose_body(self) -> ComposeResult:
        yield PlanBoard(id="plan-board")

    def show(self, state: State) -> None:
        """Redraw from that state: the plan, or why there is none and what to do."""
        plan = state.plan
        planned = plan is not None and bool(plan.weeks)
        self.invite(None if planned else invitation(state))
        wanted = OF_THE_DAY.get(state.exam_moment.phase, "") if state.exam_moment else ""
        without = (OVER if wanted else ()) if planned else ON_A_SESSION
        self.query_one(KeyBar).offer(without=without, first=wanted)
        if plan is None or not planned:
            self._board.clear()
        else:
            hours, before = state.facts.hours, self._board.view
            view = arrange(plan, hours, state.now, before, state.booked)
            self._board.show(state, plan, view)

    @property
    def _board(self) -> PlanBoard:
        return self.query_one(PlanBoard)

    @property
    def _service(self) -> Service:
        return self.host.service

    @property
    def _planned(self) -> tuple[Schedule, PlanView] | None:
        plan, view = self.host.state.plan, self._board.view
        return (plan, view) if plan and view else None

    async def on_plan_lines_picked(self, event: PlanLines.Picked) -> None:
        if actions.named(event.block):
            await self.host.run_registered(event.block)
        elif event.again:
            self.action_open()
        else:
            self._board.select(event.block)

    def on_click(self, event: events.Click) -> None:
        """A click on the panel shows the plan that it sums up."""
        panel = self.query_one("#plan-panel", PlanLines)
        place = event.screen_offset - panel.content_region.offset
        if panel.region.contains_point(event.screen_offset) and not panel.block_at(*place):
            self.action_plan()

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
        """Tick the selected session, or take its tick back; a block of another day is asked about,
        because the cursor may stand on it by accident. A practice test leads on to its result."""
        entry = self._board.entry
        if entry is None:
            return
        tick = partial(self._service.act, blocks.block_done, entry.block.id)
        tested = entry.block.activity == "assessment" and entry.block.status != "done"
        edit = partial(self.host.edit, tick, self.action_practice if tested else None, quiet=True)
        today = self.host.state.now.date()
        planned = entry.block.start.date()
        tonight = (self.host.state.now - NIGHT).date() == (entry.block.start - NIGHT).date()
        if entry.block.status == "done" or planned == today or tonight:
            edit()
        else:
            day = f"It {'was' if planned < today else 'is'} planned for {text.day(planned, today)}."
            self.post_message(ConfirmFirst("Tick this session as done?", day, "Done", edit))

    def action_practice(self) -> None:
        """Log what the selected session came to, beginning in its domain."""
        if entry := self._board.entry:
            code = entry.block.exam or self.host.state.code
            self.host.open("practice", code, entry.block.domain)
        else:
            self.host.open("practice")

    def action_skip(self) -> None:
        if entry := self._board.entry:
            self.host.edit(partial(self._service.act, blocks.block_skip, entry.block.id))

    def action_pin(self) -> None:
        if entry := self._board.entry:
            pin = partial(self._service.act, blocks.block_pin, entry.block.id)
            self.host.edit(pin, quiet=True)

    def action_longer(self) -> None:
        self._resize(QUARTER)

    def action_shorter(self) -> None:
        self._resize(-QUARTER)

    def _resize(self, by: int) -> None:
        entry = self._board.entry
        if entry is not None and entry.block.minutes + by > 0:
            minutes = str(entry.block.minutes + by)
            move = partial(self._service.act, blocks.block_move, entry.block.id, "", minutes)
            self.host.edit(move, quiet=True)

    def action_done_minutes(self) -> None:
        if entry := self._board.entry:
            self.host.open("done_minutes", entry)

    def action_move(self) -> None:
        if self._planned and self._board.entry:
            self.host.open("move", self._board.entry, self._planned[1])

    def action_open(self) -> None:
        if self._planned and self._board.entry:
            self.host.open("block", self._board.entry, *self._planned)

    def action_replan(self) -> None:
        """Ask once which of the missed sessions were done after all; then plan again."""
        if self._planned is None:
            return
        missed = {entry.block.id for entry in self._planned[1].missed}
        if missed <= self._asked:
            after_a_gap = bool(self.host.state.ways_on)
            self.host.open("replan" if after_a_gap else "fewest_changes", *self._planned)
        else:
            settled = partial(self._settled, missed)
            self.host.open("done_after_all", self._planned[1], then=settled)

    def _settled(self, missed: set[str], answer: Done | Literal[True]) -> None:
        self._asked |= missed
        if answer is True or self.host.apply_outcome(answer):
            self.action_replan()

    def action_changes(self) -> None:
        if self._planned:
            self.host.open("changes", *self._planned)

    def action_plan(self) -> None:
        if self._planned:
            self.host.open("plan", *self._planned, self._board.week)

    async def action_strategy(self) -> None:
        """Choose how the hours are split; where a retired exam has no plan, go to its successor."""
        if self._planned:
            self.host.open("strategy", *self._planned)
        else:
            await self.app.run_action("successor", self.app)
