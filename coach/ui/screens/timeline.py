"""Timeline: what happened, when the exam may be sat again, what each attempt cost.

The chart stands above the table of attempts and the list of what happens next. The cursor in
the table also marks the sitting in the chart; the chart is zoomed and panned from anywhere.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Center, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from coach.ui import actions, text
from coach.ui.screens.base import ModeScreen
from coach.ui.screens.timeline_sheets import attempt_rows
from coach.ui.styles import styles
from coach.ui.widgets.line_view import RowList, RowsView
from coach.ui.widgets.rows import Row, Seg
from coach.ui.widgets.timeline.attempt_table import AttemptTable
from coach.ui.widgets.timeline.chart_facts import chart_facts
from coach.ui.widgets.timeline.next_steps import NextList, next_steps
from coach.ui.widgets.timeline.score_chart import ScoreChart

if TYPE_CHECKING:
    from coach.model.answers import TimelineAttempt
    from coach.service import State


CHOSEN_WIDTH = 80
"""Columns that the facts of a sitting take at most."""


class TimelineScreen(ModeScreen):
    """The history of the selected exam and what follows from it."""

    NAME = "timeline"
    CSS_PATH = styles("timeline")
    AUTO_FOCUS = "#time-attempts"
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-short"),
        (23, "-tall"),
        (34, "-high"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(NAME)]

    def compose_body(self) -> ComposeResult:
        yield Static(id="time-notice", markup=False)
        yield ScoreChart(id="time-chart")
        with Horizontal(id="time-body"):
            with Vertical(id="time-history"):
                yield AttemptTable(id="time-attempts")
                yield RowsView(id="time-chosen")
            yield NextList(id="time-next")
        with Center(id="time-empty"):
            yield Static(id="time-empty-text", markup=False)

    def show(self, state: State) -> None:
        """Redraw everything; the cursor stays on the same sitting."""
        timeline, retake = state.timeline, state.retake
        retired = retake is not None and retake.status == "retired"
        self.set_class(timeline is None or not timeline.attempts, "-empty")
        self.set_class(retired, "-retired")
        self.query_one("#time-notice", Static).update(_retired(state) if retired else "")
        self.query_one("#time-empty-text", Static).update(_invitation(state))
        self._table.show(timeline, state.now.date())
        steps = next_steps(retake, timeline, state.now, _lessons(state), state.guess)
        self.query_one(NextList).show(steps)
        facts = (
            chart_facts(timeline, retake, state.exam, state.now, state.zone)
            if timeline and timeline.attempts
            else None
        )
        self._chart.show(facts, self._chosen)
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Everything about the selected sitting below the table, where there is room."""
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
        """Down leads from the sittings to what happens next, and up back to them."""
        after = self.query_one(NextList)
        if event.control is (self._table if event.step > 0 else after):
            (after if event.step > 0 else self._table).focus()

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
        upcoming = self.query_one(NextList)
        if upcoming.has_focus and upcoming.step:
            self.host.open("step", upcoming.step)
        elif attempt := self._table.attempt:
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


def _retired(state: State) -> Content:
    retake = state.retake
    assert retake is not None
    when = f" on {text.day(retake.retires, state.now.date())}" if retake.retires else ""
    line = Content.assemble(
        (text.visible(retake.exam), "bold $error"), (f" retired{when}. ", "$ink")
    )
    if not retake.successor:
        return line + Content.styled("It has no successor.", "$ink-muted")
    return line + Content.assemble(
        ("Press ", "$ink-muted"),
        ("s", "bold $primary"),
        (" to track ", "$ink-muted"),
        (text.visible(retake.successor), "bold $ink"),
        (" with a fresh count.", "$ink-muted"),
    )


def _invitation(state: State) -> Content:
    if state.code is None:
        keys = [("e", "choose your exam"), ("n", "enter a score report")]
        reason = "Coach starts from an exam and the report of a sitting."
    else:
        keys = [("n", "enter a score report"), ("b", "enter a booked or missed appointment")]
        reason = "Scores, waiting times and deadlines appear here."
    lines = [
        Content.styled("No sitting yet", "bold $ink"),
        Content.styled(reason, "$ink-muted"),
        Content(""),
        *(
            Content.assemble((f" {key} ", "bold $primary"), (f" {words}", "$ink"))
            for key, words in keys
        ),
    ]
    if lessons := _lessons(state):
        lines += [Content(""), text.plain(lessons, "$ink")]
    return Content("\n").join(lines)
