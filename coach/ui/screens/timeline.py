"""Timeline: when the exam may and should be sat, what happened, what each attempt cost.

Up to four answers stand above the chart, the table of attempts and what else happens next below
it. The cursor in the table also marks the sitting in the chart, which is zoomed and panned from
anywhere but the answers.
"""

from datetime import date
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from coach.model.answers import TimelineAttempt
from coach.service.state import State
from coach.ui import text
from coach.ui.screens.base import ModeScreen, invitation
from coach.ui.screens.timeline_sheets import attempt_rows
from coach.ui.styles import styles
from coach.ui.widgets.head_line import KeyBar
from coach.ui.widgets.line_view import RowList, RowsView
from coach.ui.widgets.rows import Row, Seg
from coach.ui.widgets.timeline.attempt_table import AttemptTable
from coach.ui.widgets.timeline.chart_facts import chart_facts
from coach.ui.widgets.timeline.next_steps import AnswerStrip, NextList, Step, answers, next_steps
from coach.ui.widgets.timeline.score_chart import ScoreChart

ON_A_SITTING = ("open", "edit", "remove")
"""Actions of the key bar that need a sitting."""
CHOSEN_WIDTH = 80
"""Columns that the facts of a sitting take at most."""


class TimelineScreen(ModeScreen):
    """The history of the selected exam and what follows from it."""

    NAME = "timeline"
    CSS_PATH = styles("timeline")
    AUTO_FOCUS = "#time-attempts"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (150, "-roomy")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (23, "-tall"), (34, "-high"), (46, "-higher")]  # noqa: RUF012

    def compose_body(self) -> ComposeResult:
        yield AnswerStrip(id="time-answers")
        yield ScoreChart(id="time-chart")
        with Horizontal(id="time-body"):
            yield AttemptTable(id="time-attempts")
            yield RowsView(id="time-chosen")
            yield NextList(id="time-next")

    def show(self, state: State) -> None:
        """Redraw everything; the cursor stays on the same sitting."""
        timeline, retake = state.timeline, state.retake
        steps = next_steps(retake, timeline, state.now, _lessons(state))
        empty = timeline is None or not timeline.attempts
        self.invite(_invitation(state) if empty else None)
        self.query_one(KeyBar).offer(without=ON_A_SITTING if empty else ())
        self.set_class(bool(steps), "-more")
        self.query_one(AnswerStrip).show(_answers(state))
        self._table.show(timeline, retake, state.now.date())
        self.query_one(NextList).show(steps)
        facts = (
            chart_facts(timeline, retake, state.exam, state.when_to_sit, state.now, _goal(state))
            if timeline and (timeline.attempts or timeline.study)
            else None
        )
        self.set_class(facts is None, "-blank")
        self._chart.show(facts, self._chosen)
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Everything about the selected sitting beside the table, where there is room."""
        view = self.query_one("#time-chosen", RowsView)
        if view.display:
            view.fill(partial(_chosen_rows, self.host.state, self._table.attempt))

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_chosen)

    @property
    def _chart(self) -> ScoreChart:
        return self.query_one(ScoreChart)

    @property
    def _table(self) -> AttemptTable:
        return self.query_one(AttemptTable)

    @property
    def _chosen(self) -> str | None:
        attempt = self._table.attempt
        return attempt.id if attempt else None

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        if event.control is self._table:
            self._chart.choose(self._chosen)
            self._show_chosen()

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        self.action_open()

    def on_row_list_ended(self, event: RowList.Ended) -> None:
        """Up and down lead from the answers to the sittings, to what happens next, and back."""
        way = [self.query_one(AnswerStrip), self._table, self.query_one(NextList)]
        at = way.index(event.control) + event.step
        if at < len(way) and way[at].display:
            way[at].focus()

    def on_answer_strip_left(self) -> None:
        self._table.focus()

    def on_answer_strip_opened(self) -> None:
        self.action_open()

    def on_score_chart_picked(self, event: ScoreChart.Picked) -> None:
        self._table.choose(event.attempt_id)

    def action_zoom_in(self) -> None:
        self._chart.zoom(closer=True)

    def action_zoom_out(self) -> None:
        self._chart.zoom(closer=False)

    def action_zoom_fit(self) -> None:
        self._chart.reset()

    def action_earlier(self) -> None:
        self._chart.pan(-1)

    def action_later(self) -> None:
        self._chart.pan(1)

    def action_open(self) -> None:
        """Details of the sitting or of the entry under the cursor."""
        for entries in (self.query_one(AnswerStrip), self.query_one(NextList)):
            if entries.has_focus and entries.step:
                step = entries.step
                self.host.open(step.sheet, *([step] if step.sheet == "step" else []))
                return
        if attempt := self._table.attempt:
            self.host.open("attempt", attempt)

    def action_edit(self) -> None:
        """Correct the selected sitting: its report, or the appointment where it has none."""
        attempt = self._table.attempt
        if attempt and attempt.report:
            self.host.open("edit_report", attempt.report)
        elif attempt:
            self.host.open("edit_attempt", attempt.id)

    def action_remove(self) -> None:
        """Take the selected sitting out, after asking."""
        if attempt := self._table.attempt:
            self.host.open("removal", attempt)

    def action_own_view(self) -> None:
        """The person's view of the selected sitting, else of the newest."""
        attempt = self._table.attempt
        self.host.open("own_view", attempt.report if attempt else None)


def _chosen_rows(state: State, attempt: TimelineAttempt | None, width: int) -> list[Row]:
    if attempt is None:
        return []
    rows = attempt_rows(attempt, state, min(width, CHOSEN_WIDTH) - 2)
    return [(Seg("  "), *row) for row in rows]


def _lessons(state: State) -> str:
    """What the exam before this one showed, where it was its predecessor."""
    tracked = state.facts.tracked.get(state.code or "")
    return tracked.lessons if tracked else ""


def _goal(state: State) -> date | None:
    """The day that was set by hand; that a report has come in for is over."""
    tracked = state.facts.tracked.get(state.code or "")
    own = tracked.target if tracked else None
    target = state.head.target if state.head else None
    lasts = own and target and f"{target:%F}" == f"{own.astimezone(state.zone):%F}"
    return target if lasts else None


def _answers(state: State) -> list[Step]:
    return answers(
        state.retake,
        state.timeline,
        state.now,
        guess=state.guess,
        when=state.when_to_sit,
        goal=_goal(state),
    )


def _invitation(state: State) -> Content:
    keys = [("e", "choose your exam"), ("n", "enter a score report")]
    reason = "Coach starts from an exam and the report of a sitting."
    if state.code is not None:
        keys = [("n", "enter a score report"), ("b", "enter a booked or missed appointment")]
        reason = "Scores, waiting times and deadlines appear here."
    words = invitation("No attempt yet", reason, keys)
    lessons = _lessons(state)
    return words + "\n\n" + text.plain(lessons, "$ink") if lessons else words
