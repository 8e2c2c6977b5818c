"""The score chart as a widget: it keeps the view, zooms and pans it, and draws the rows."""

from typing import ClassVar

from textual import events
from textual.geometry import Size
from textual.message import Message

from coach.ui.looks import Look, Looks
from coach.ui.widgets.line_view import LINE_LOOKS, LineView
from coach.ui.widgets.rows import Row
from coach.ui.widgets.timeline.chart_facts import ChartFacts, View, home
from coach.ui.widgets.timeline.score_plot import GUTTER, plot

STEP = 0.25
ZOOM = 0.5


class ScoreChart(LineView, can_focus=False):
    """Scores and dates of one exam over real time."""

    LOOKS: ClassVar[Looks] = {
        **LINE_LOOKS,
        "passing": Look("primary"),
        "grid": Look("line"),
        "axis": Look("line-strong"),
        "trend": Look("ink-muted"),
        "wait": Look("ink-muted", ground="track"),
        "aim": Look("secondary"),
        "aim-ground": Look(ground="track"),
        "window": Look("line-strong"),
        "window-text": Look("ink-muted"),
        "now": Look("ink"),
        "retires": Look("error"),
        "expires": Look("warning"),
        "beyond": Look("line"),
    }
    DEFAULT_CSS = """
    ScoreChart { overflow-y: hidden; }
    """

    class Picked(Message):
        """A sitting was clicked."""

        def __init__(self, attempt_id: str) -> None:
            super().__init__()
            self.attempt_id = attempt_id

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._facts: ChartFacts | None = None
        self._view = View(0.0, 1.0)
        self._chosen: str | None = None
        self._rows: list[Row] = []

    def show(self, facts: ChartFacts | None, chosen: str | None) -> None:
        """Draw these facts from their starting view; the view stays where only the cursor or
        the clock moved."""
        same = self._facts and facts and self._facts[:6] == facts[:6]
        self._facts, self._chosen = facts, chosen
        if facts and not same:
            self._view = home(facts)
        self._draw()

    def choose(self, attempt_id: str | None) -> None:
        """Mark a sitting, and bring it into view."""
        if self._facts is None or attempt_id == self._chosen:
            return
        self._chosen = attempt_id
        self._view = self._view.showing(self._anchor())
        self._draw()

    def zoom(self, closer: bool) -> None:
        """Half or twice the span, around the chosen sitting."""
        if self._facts:
            self._view = self._view.zoomed(ZOOM if closer else 1 / ZOOM, self._pivot())
            self._draw()

    def pan(self, direction: int) -> None:
        """A quarter of the view earlier (-1) or later (1), never away from everything."""
        if self._facts is None:
            return
        moved = self._view.panned(STEP * direction)
        whole = home(self._facts)
        last = max([whole.end, *(mark.at for mark in self._facts.marks)])
        if moved.end > whole.start and moved.start < last:
            self._view = moved
            self._draw()

    def reset(self) -> None:
        """The starting view."""
        if self._facts:
            self._view = home(self._facts)
            self._draw()

    def _anchor(self) -> float:
        if self._facts is None:
            return self._view.start
        at = {sitting.id: sitting.at for sitting in self._facts.sittings}
        return at.get(self._chosen or "", self._facts.now)

    def _pivot(self) -> float:
        anchor, view = self._anchor(), self._view
        return anchor if view.start <= anchor < view.end else (view.start + view.end) / 2

    def on_resize(self, event: events.Resize) -> None:
        self._draw()

    def on_click(self, event: events.Click) -> None:
        if self._facts is None:
            return
        span = max(1, self.size.width - GUTTER)
        near = [
            (abs(self._view.column(sitting.at, span) + GUTTER - event.x), sitting.id)
            for sitting in self._facts.sittings
        ]
        if near and min(near)[0] <= 2:
            self.post_message(self.Picked(min(near)[1]))

    def _draw(self) -> None:
        width, height = self.size
        self.virtual_size = Size(width, height)
        room = width > GUTTER + 10 and height >= 6
        self._rows = (
            plot(self._facts, self._view, width, height, self._chosen)
            if self._facts and room
            else []
        )
        self.refresh()

    def visible_rows(self) -> list[Row]:
        return self._rows
