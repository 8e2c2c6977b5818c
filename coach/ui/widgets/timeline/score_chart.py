"""The chart of an exam over time: laid out in cells, then drawn, zoomed and panned.

From top to bottom: the names of dates, the scores under or over the pass line, a lane each for
waits, study and the chance to pass, and the axis that all of them share.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from textual import events
from textual.geometry import Size
from textual.message import Message

from coach.ui.widgets.line_view import LineView
from coach.ui.widgets.rows import Row, Seg
from coach.ui.widgets.timeline.attempt_table import STATUS_MARK, points_missing
from coach.ui.widgets.timeline.chart_facts import (
    ChartFacts,
    Mark,
    MarkKind,
    Sitting,
    View,
    home,
    ticks,
)

Cell = tuple[str, str]


class Canvas:
    """Characters with a style name each; what falls outside is cut off.

    Only text of single-width characters may be drawn.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._cells: list[list[Cell]] = [[(" ", "")] * width for _ in range(height)]

    def put(self, x: int, y: int, text: str, style: str) -> None:
        """Draw `text` from column `x` of line `y` on."""
        if 0 <= y < self.height:
            line = self._cells[y]
            for column, char in enumerate(text, x):
                if 0 <= column < self.width:
                    line[column] = (char, style)

    def tint(self, columns: range, lines: range, style: str) -> None:
        """Put a style under what is drawn on these columns and lines."""
        for y in lines:
            for x in columns:
                char, own = self._cells[y][x]
                self._cells[y][x] = (char, f"{style} {own}".strip())

    def word(self, x: int, y: int, length: int = 1) -> bool:
        """Whether any of `length` cells from `x` on holds a letter or digit."""
        return any(char.isalnum() for char, _ in self._cells[y][max(0, x) : x + length])

    def free(self, x: int, y: int, length: int, over: str = " ") -> bool:
        """Whether `length` cells from `x` on lie inside and hold only characters of `over`."""
        if not 0 <= y < self.height or x < 0 or x + length > self.width:
            return False
        return all(char in over for char, _ in self._cells[y][x : x + length])

    def rows(self) -> list[Row]:
        """The lines from top to bottom, neighbouring cells of one style joined."""
        return [
            tuple(
                Seg("".join(char for char, _ in cells), style)
                for style, cells in groupby(line, key=lambda cell: cell[1])
            )
            for line in self._cells
        ]


FINEST, COARSEST = 0.005, 0.036
"""Parts of a whole scale that a line stands for: less would make much of small differences, and
with more, 36 of 1,000 points, two different scores could look alike."""

MOST_ABOVE = 4
"""Lines above the highest score or the pass line, where there are any to spare."""


class Scale(NamedTuple):
    """A line for every `points` points, the pass mark `above` lines below the top one."""

    points: int
    above: int

    def row(self, score: int, passing: int) -> int:
        """The line of a score, 0 at the top: any score short of the pass mark is below it."""
        return self.above - (score - passing) // self.points


ABOVE_OR_BELOW = Scale(1_000_000, 0)
"""Two lines where no scale has room: a pass is on the pass line, a fail below it."""


def score_scale(scores: Sequence[int], facts: ChartFacts, rows: int) -> Scale | None:
    """The finest scale whose `rows` hold all scores, the pass line and a line below that; None
    where they would be too coarse."""
    whole = facts.high - facts.low
    for points in range(max(1, round(whole * FINEST)), max(1, int(whole * COARSEST)) + 1):
        lines = [-((score - facts.passing) // points) for score in scores]
        top, bottom = min([0, *lines]), max([1, *lines])
        spare = rows - (bottom - top + 1)
        if spare >= 0:
            return Scale(points, min(spare // 2, MOST_ABOVE) - top)
    return None


GUTTER = 9
LEAST_HEIGHT = 5
LANES = ("wait", "study", "chance")
"""The lanes below the scores, from top to bottom."""
NEEDED = ("wait", "chance", "study")
"""The same, the last one given up first where there are few lines."""
TOP_LANES = 12
"""Lines from which on the names of dates have two of them."""
_BARS = "▁▂▃▄▅▆▇█"
_PASS, _DROP, _CHANCE, _BEYOND = "╌", "┊", "┈", "╱"
_UPRIGHT: dict[MarkKind, str] = {"now": "│", "goal": "┊", "retires": "┃", "expires": "┊"}


def plot(
    facts: ChartFacts, view: View, width: int, height: int, selected: str | None = None
) -> list[Row]:
    """The chart of what is in view in `height` lines (at least 5) of `width` columns."""
    return _Plot(facts, view, width, max(LEAST_HEIGHT, height), selected).draw()


class _Plot:
    def __init__(
        self, facts: ChartFacts, view: View, width: int, height: int, selected: str | None
    ) -> None:
        self.facts, self.view, self.selected = facts, view, selected
        self.canvas = Canvas(width, height)
        self.span = max(1, width - GUTTER)
        self.axis = height - 2
        self.names = 1 if height >= TOP_LANES else 0
        self.top = self.names + 1
        scores = [sitting.score for sitting in facts.sittings if sitting.score is not None]
        offered = {"wait": facts.waits, "chance": facts.chance, "study": facts.study}
        kept = [name for name in NEEDED if offered[name]]
        room = self.axis - self.top
        for count in range(len(kept), -1, -1):
            scale = score_scale(scores, facts, room - count)
            if scale and (room - count >= 3 or not count):
                break
        else:
            scale, count = ABOVE_OR_BELOW, room - 2
        self.scale, kept = scale, kept[:count]
        self.rows = room - len(kept)
        lanes = [name for name in LANES if name in kept]
        self.lanes = dict(zip(lanes, range(self.top + self.rows, self.axis), strict=True))
        results = any(sitting.passed is not None for sitting in facts.sittings)
        # Scores without a published pass mark have no line to be above or below.
        self.divided = facts.pass_mark if scores else results
        self.pass_row = self.top + self.scale.above
        self.sittings = [(self._x(s.at), s) for s in facts.sittings if self._visible(s.at)]
        self.marks = [(self._x(mark.at), mark) for mark in facts.marks if self._visible(mark.at)]
        self.booked = [x for x, sitting in self.sittings if sitting.status == "booked"]
        self.best = self._columns(*facts.best) if facts.best else range(0)
        self.points: set[tuple[int, int]] = set()

    def draw(self) -> list[Row]:
        if self.divided:
            name = f"pass {self.facts.passing}" if self.facts.pass_mark else "pass"
            self.canvas.put(0, self.pass_row, name, "passing strong")
            self.canvas.put(GUTTER, self.pass_row, _PASS * self.span, "passing")
        self._walls()
        drawn = {"wait": self._waits, "study": self._study, "chance": self._chance}
        for name, line in self.lanes.items():
            self.canvas.put(0, line, name, "muted")
            drawn[name](line)
        self._uprights()
        self._sittings()
        self._axis()
        self._names()
        self._best()
        return self.canvas.rows()

    def _x(self, moment: float) -> int:
        return GUTTER + self.view.column(moment, self.span)

    def _visible(self, moment: float) -> bool:
        return self.view.start <= moment < self.view.end

    def _columns(self, start: float, end: float) -> range:
        """The columns of a stretch that are in sight, at least one where any of it is."""
        if end <= self.view.start or start >= self.view.end:
            return range(0)
        first = max(GUTTER, self._x(start))
        return range(first, min(self.canvas.width, max(first + 1, self._x(end))))

    def _walls(self) -> None:
        """After the last day of an exam there is nothing to sit."""
        for x, mark in self.marks:
            for y in range(self.top, self.axis) if mark.kind == "retires" else ():
                self.canvas.put(x + 1, y, _BEYOND * (self.canvas.width - x - 1), "beyond")

    def _waits(self, line: int) -> None:
        for wait in self.facts.waits:
            columns = self._columns(wait.start, wait.end)
            self.canvas.put(columns.start, line, "─" * len(columns), "wait")
            texts = (f" {text} " for text in wait.texts if len(text) + 2 <= len(columns))
            if text := next(texts, ""):
                start = columns.start + (len(columns) - len(text)) // 2
                self.canvas.put(start, line, text, "wait")

    def _study(self, line: int) -> None:
        most = max(week.done + week.planned for week in self.facts.study)
        for week in self.facts.study:
            split = min(max(self.facts.now, week.start), week.end)
            halves = (
                (week.start, split, week.done, "done-bar"),
                (split, week.end, week.planned, "planned-bar"),
            )
            for start, end, minutes, style in halves:
                if minutes and end > start:
                    columns = self._columns(start, end)
                    bar = _BARS[-(-8 * minutes // most) - 1]
                    self.canvas.put(columns.start, line, bar * len(columns), style)

    def _chance(self, line: int) -> None:
        """A number where the chance becomes another one, in tenths, with a thread between; the
        first one that is enough is ticked."""
        seen = [odds for odds in self.facts.chance if self._visible(odds.at)]
        if not seen:
            return
        told = [
            (self._x(odds.at), str(odds.tenths), odds.enough and not (before and before.enough))
            for before, odds in pairwise((None, *seen))
            if odds
            and (before is None or odds.enough > before.enough or odds.tenths != before.tenths)
        ]
        today, free = self._x(self.facts.now), GUTTER
        thread = self._columns(max(seen[0].at, self.facts.now), seen[-1].at)
        self.canvas.put(thread.start, line, _CHANCE * len(thread), "axis")
        ends = [*(column for column, _, _ in told[1:]), self.canvas.width]
        for (column, number, enough), end in zip(told, ends, strict=True):
            x = today + 2 if abs(column - today) < 2 else column  # beside its line
            long = f"{number} in 10"
            roomy = free == GUTTER and x + len(long) + 1 < end
            text = (long if roomy else number) + " ✓" * enough
            if x >= free:
                self.canvas.put(x - 1, line, f" {text} ", "aim strong" if enough else "ink")
                free = x + len(text) + 1

    def _uprights(self) -> None:
        """The lines of bookings, through what is free, and those of marks, around words."""
        for x in self.booked:
            for y in range(self.names + 1, self.axis):
                if self.canvas.free(x, y, 1, f" {_CHANCE}"):
                    self.canvas.put(x, y, _DROP, "booked")
        for x, mark in self.marks:
            for y in range(1, self.axis):
                if not self.canvas.word(x, y):
                    self.canvas.put(x, y, _UPRIGHT[mark.kind], mark.kind)

    def _sittings(self) -> None:
        places: dict[tuple[int, int], list[Sitting]] = {}
        for x, sitting in self.sittings:
            if _has_result(sitting):
                places.setdefault((x, self._line(sitting)), []).append(sitting)
        self.points = set(places)
        for (x, y), group in places.items():
            self._drop(x, y, _tone(group[-1]))
            self._point(x, y, group)
        for (x, y), group in sorted(places.items(), reverse=True):
            chosen = next((s for s in group if s.id == self.selected), group[-1])
            self._label(x, y, chosen)

    def _line(self, sitting: Sitting) -> int:
        if sitting.score is not None:
            return self.top + self.scale.row(sitting.score, self.facts.passing)
        return self.pass_row + (0 if sitting.passed else 1)

    def _drop(self, x: int, y: int, tone: str) -> None:
        """The line from the pass mark to a score, whose length is what was missing."""
        for line in range(min(self.pass_row, y) + 1, max(self.pass_row, y)) if self.divided else ():
            if self.canvas.free(x, line, 1):
                self.canvas.put(x, line, _DROP, tone)

    def _point(self, x: int, y: int, group: list[Sitting]) -> None:
        chosen = any(sitting.id == self.selected for sitting in group)
        glyph = STATUS_MARK[group[-1].status] if len(group) == 1 else str(min(9, len(group)))
        if chosen and glyph == "●":
            glyph = "◉"
        self.canvas.put(x, y, glyph, f"{_tone(group[-1])} strong" + (" chosen" if chosen else ""))

    def _label(self, x: int, y: int, sitting: Sitting) -> None:
        """The score, with the points to the pass mark above it or beside it where there is room."""
        score, points = self._words(sitting)
        style = _tone(sitting) + (" strong" if sitting.id == self.selected else "")
        both = f"{score} {points}"
        above = [((x + 2, y), score, (x + 2, y - 1), points)]
        above += [((x - 1 - len(score), y), score, (x - 1 - len(points), y - 1), points)]
        beside = [
            ((column, y), f"{score} ", (column + len(score) + 1, y), points)
            for column in (x + 2, x - 1 - len(both))
        ]
        near = [(x + 2, y), (x - 1 - len(score), y), (x - 1, y + 1), (x - 1, y - 1)]
        near += [(x - back, y + side) for back in (2, 3, 4) for side in (-1, 1)]
        bare = [(place, score, place, "") for place in near]
        for place, word, second, more in (*above, *beside, *bare) if points else bare:
            if self._room(*place, word, (x, y)) and (not more or self._room(*second, more, (x, y))):
                self.canvas.put(*place, word, style)
                self.canvas.put(*second, more, "muted")
                return

    def _words(self, sitting: Sitting) -> tuple[str, str]:
        """A result, and how far it is from the pass mark, where there is one."""
        if sitting.score is None:
            return "P" if sitting.passed else "F", ""
        passing = self.facts.passing if self.facts.pass_mark else None
        return str(sitting.score), points_missing(sitting.score, passing)

    def _room(self, column: int, line: int, text: str, own: tuple[int, int]) -> bool:
        """Whether a text there stands apart from others, from other points and the pass line."""
        size = len(text)
        near = ((x, line) for x in range(column - 2, column + size + 2))
        return (
            column >= GUTTER
            and self.top <= line < self.top + self.rows
            and (line != self.pass_row or not self.divided or line == own[1])
            and self.canvas.free(column, line, size, f" {_PASS}" if line == own[1] else " ")
            and not self.canvas.word(column - 1, line, size + 2)
            and not any(place in self.points and place != own for place in near)
        )

    def _axis(self) -> None:
        self.canvas.put(GUTTER, self.axis, "─" * self.span, "axis")
        self.canvas.put(self.best.start, self.axis, "━" * len(self.best), "aim")
        for tick in ticks(self.view, self.span, self.facts.zone):
            self.canvas.put(GUTTER + tick.column, self.axis, "┬", "axis")
            self.canvas.put(GUTTER + tick.column, self.axis + 1, tick.label, "muted")
        for x, sitting in self.sittings:
            if not _has_result(sitting):
                chosen = " chosen" if sitting.id == self.selected else ""
                style = f"{_tone(sitting)} strong{chosen}"
                self.canvas.put(x, self.axis, STATUS_MARK[sitting.status], style)

    def _names(self) -> None:
        """What is out of sight at the edges, then the names of marks and bookings above them."""
        before = sum(sitting.at < self.view.start for sitting in self.facts.sittings)
        later = sum(sitting.at >= self.view.end for sitting in self.facts.sittings)
        ahead = [mark for mark in self.facts.marks if mark.at >= self.view.end]
        past = [mark for mark in self.facts.marks if mark.at < self.view.start]
        self._edge(f"{later} later" if later else "", ahead, left=False)
        self._edge(f"{before} earlier" if before else "", past, left=True)
        for x, mark in self.marks:
            self._name(x, 0, (mark.text, mark.short), f"{mark.kind} strong")
        for x in self.booked:
            self._name(x, self.names, ("booked",), "booked strong")

    def _name(self, x: int, line: int, texts: Iterable[str], style: str) -> None:
        """A name above its column; the longest that has room."""
        for text in filter(None, texts):
            size = len(text)
            middle = max(GUTTER, min(x - size // 2, self.canvas.width - size))
            if self._put_apart((middle, x - size, x - size + 1, x), line, text, style):
                return

    def _put_apart(self, places: Iterable[int], line: int, text: str, style: str) -> bool:
        """Put a text at the first of the places that keeps it apart from others."""
        size = len(text)
        for x in places:
            inside = GUTTER <= x <= self.canvas.width - size
            if inside and not self.canvas.word(x - 1, line, size + 2):
                self.canvas.put(x, line, text, style)
                return True
        return False

    def _best(self) -> None:
        """The best time as a window that nothing interrupts."""
        name = "best time"
        if self.best:
            middle = self.best.start + (len(self.best) - len(name)) // 2
            places = (middle, self.best.start, self.best.stop - len(name))
            self._put_apart(places, self.names, name, "aim strong")
        self.canvas.tint(self.best, range(self.names, self.axis), "aim-ground")

    def _edge(self, sittings: str, marks: list[Mark], *, left: bool) -> None:
        """Say at an edge what lies beyond it, in as many words as leave the marks in sight free."""
        long = [sittings, *(mark.text for mark in marks)]
        short = [sittings, *(mark.short or mark.text for mark in marks)]
        for parts in (long, short, short[:2], short[:1]):
            words = ", ".join(filter(None, parts))
            text = f"‹ {words}" if left else f"{words} ›"
            x = GUTTER if left else self.canvas.width - len(text)
            apart = not any(x - 1 <= column <= x + len(text) for column, _ in self.marks)
            if words and apart and self.canvas.free(x - 1, 0, len(text) + 1):
                self.canvas.put(x, 0, text, "muted")
                return


def _has_result(sitting: Sitting) -> bool:
    return sitting.score is not None or sitting.passed is not None


def _tone(sitting: Sitting) -> str:
    if sitting.passed is None:
        return "booked" if sitting.status in ("booked", "pending") else "other"
    return "passed" if sitting.passed else "failed"


STEP = 0.25
ZOOM = 0.5


class ScoreChart(LineView, can_focus=False):
    """Scores and dates of one exam over real time."""

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
        same = self._facts and facts and self._facts[:-1] == facts[:-1]
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
        room = width > GUTTER + 10 and height >= LEAST_HEIGHT
        self._rows = (
            plot(self._facts, self._view, width, height, self._chosen)
            if self._facts and room
            else []
        )
        self.refresh()

    def visible_rows(self) -> list[Row]:
        return self._rows
