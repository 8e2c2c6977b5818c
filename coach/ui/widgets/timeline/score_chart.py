"""The chart of scores over time: laid out in cells, then drawn, zoomed and panned."""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise, product
from math import ceil
from typing import NamedTuple

from textual import events
from textual.geometry import Size
from textual.message import Message

from coach.ui.widgets.line_view import LineView
from coach.ui.widgets.rows import Row, Seg
from coach.ui.widgets.timeline.chart_facts import (
    ChartFacts,
    Mark,
    Sitting,
    Stretch,
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

    def char(self, x: int, y: int) -> str:
        """The character at a place, a blank outside the field."""
        return self._cells[y][x][0] if 0 <= x < self.width and 0 <= y < self.height else " "

    def word_near(self, x: int, y: int, length: int) -> bool:
        """Whether `length` cells from `x` on, or those at their sides, hold a letter or digit."""
        return any(self.char(column, y).isalnum() for column in range(x - 1, x + length + 1))

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


_STEPS = (5, 10, 50, 100, 200, 250, 500, 1000, 2000)
_SPACINGS = sorted(
    ((step, lines) for step in _STEPS for lines in (2, 3, 4, 5)),
    key=lambda spacing: (spacing[0] / spacing[1], spacing[0]),
)
"""Points from one grid line to the next and the lines they take, the finest first."""
_MOST_LINES = 100
"""Lines that a whole scale takes: more would make much of small differences."""


class Scale(NamedTuple):
    """`step` points take `lines` lines; the top one is `top` lines above a score of 0. `grid` are
    the scores that have a grid line."""

    step: int
    lines: int
    top: int
    grid: tuple[int, ...]

    def row(self, score: int, rows: int) -> int:
        """The line nearest to a score, 0 at the top."""
        return min(rows - 1, max(0, self.top - _line(score, self.step, self.lines)))


def score_scale(scores: Sequence[int], facts: ChartFacts, rows: int) -> Scale:
    """The finest scale whose `rows` hold all scores and the passing line, with a line below that
    one. Grid lines are at round scores of the exam's own scale, whole lines apart."""
    for step, lines in _SPACINGS:
        passing = _line(facts.passing, step, lines)
        found = [passing, passing - 1, *(_line(score, step, lines) for score in scores)]
        top, spare = max(found), rows - 1 - (max(found) - min(found))
        if spare >= 0 and step * _MOST_LINES >= (facts.high - facts.low) * lines:
            break
    top = max(top, min(top + (spare + 1) // 2, -(-facts.high * lines // step)))
    lowest = max(facts.low, -(-(top - rows + 1) * step // lines))
    highest = min(facts.high, top * step // lines)
    grid = range(-(-lowest // step) * step, highest + 1, step)
    return Scale(step, lines, top, tuple(grid))


def _line(score: int, step: int, lines: int) -> int:
    """The line nearest to a score, counted from 0 points up."""
    return (2 * score * lines + step) // (2 * step)


GUTTER = 5
STATUS_MARK = {
    "delivered": "●",
    "booked": "◆",
    "pending": "◌",
    "no-show": "×",
    "late-cancelled": "×",
    "cancelled": "·",
    "interrupted": "!",
    "revoked": "!",
    "beta": "β",
}
_FILL = {"wait": "░", "aim": "═"}
_GRID, _PASS = "┈", "╌"
_NAME = " pass "
_BRAILLE = "".join(chr(0x2800 + mask) for mask in range(256))
_LINES = f" {_GRID}{_PASS}{_BRAILLE}"


def plot(
    facts: ChartFacts, view: View, width: int, height: int, selected: str | None = None
) -> list[Row]:
    """The chart of what is in view in `height` lines (at least 6) of `width` columns."""
    return _Plot(facts, view, width, max(6, height), selected).draw()


class _Plot:
    def __init__(
        self, facts: ChartFacts, view: View, width: int, height: int, selected: str | None
    ) -> None:
        self.facts, self.view, self.selected = facts, view, selected
        self.canvas = Canvas(width, height)
        self.span = max(1, width - GUTTER)
        self.axis = height - 2
        self.window = self.axis - 1 if height >= 10 else None
        self.lane = self.axis - (2 if self.window else 1)
        self.rows = self.lane - 1
        self.points: set[tuple[int, int]] = set()
        scores = [sitting.score for sitting in facts.sittings if sitting.score is not None]
        self.scale = score_scale(scores, facts, self.rows)
        results = any(sitting.passed is not None for sitting in facts.sittings)
        self.scoreless = results and not scores
        # Scores without a published pass mark have no line to be above or below.
        self.divided = facts.pass_mark or self.scoreless
        self.pass_row = min(1 + self.scale.row(facts.passing, self.rows), self.rows - 1)

    def draw(self) -> list[Row]:
        self._grid()
        self._trend()
        for stretch in self.facts.stretches:
            self._stretch(stretch)
        for mark in reversed(self.facts.marks):
            self._mark(mark)
        for mark in self.facts.marks:
            self._mark_label(mark)
        self._sittings()
        self._passing_label()
        self._lane_labels()
        self._axis()
        self._out_of_sight()
        return self.canvas.rows()

    def _x(self, moment: float) -> int:
        return GUTTER + self.view.column(moment, self.span)

    def _visible(self, moment: float) -> bool:
        return self.view.start <= moment < self.view.end

    def _y(self, score: int) -> int:
        row = 1 + self.scale.row(score, self.rows)
        if not self.facts.pass_mark:
            return row
        if score < self.facts.passing:
            return max(row, self.pass_row + 1)
        return min(row, self.pass_row)

    def _grid(self) -> None:
        # Without any score there is nothing to read off a scale.
        for score in () if self.scoreless else self.scale.grid:
            row = 1 + self.scale.row(score, self.rows)
            if row != self.pass_row:
                self.canvas.put(0, row, f"{score:>4}", "faint")
                self.canvas.put(GUTTER, row, _GRID * self.span, "grid")
        if self.facts.pass_mark:
            self.canvas.put(0, self.pass_row, f"{self.facts.passing:>4}", "passing strong")
        if self.divided:
            self.canvas.put(GUTTER, self.pass_row, _PASS * self.span, "passing")

    def _passing_label(self) -> None:
        """Name the passing line at the first place where nothing crosses it."""
        for x in range(GUTTER + 2, self.canvas.width if self.divided else 0):
            if self.canvas.free(x, self.pass_row, len(_NAME), _PASS):
                self.canvas.put(x, self.pass_row, _NAME, "passing")
                return

    def _trend(self) -> None:
        scored = [sitting for sitting in self.facts.sittings if sitting.score is not None]
        dots: dict[tuple[int, int], int] = {}
        for before, after in pairwise(scored):
            for x, y in self._line(before, after):
                cell = (x // 2, y // 4)
                dots[cell] = dots.get(cell, 0) | _dot(x % 2, y % 4)
        for (x, y), mask in dots.items():
            if GUTTER <= x < self.canvas.width and self.canvas.char(x, y) in f" {_GRID}":
                self.canvas.put(x, y, chr(0x2800 + mask), "trend")

    def _line(self, before: Sitting, after: Sitting) -> Iterable[tuple[int, int]]:
        x0, y0 = self._fine(before)
        x1, y1 = self._fine(after)
        left, right = 2 * GUTTER, 2 * self.canvas.width
        if x1 < left or x0 > right:
            return
        steps = max(x1 - x0, abs(y1 - y0))
        first = ceil((left - x0) / (x1 - x0) * steps) if x0 < left < x1 else 0
        last = int((right - x0) / (x1 - x0) * steps) if x1 > right else steps
        for step in range(first, last + 1 if steps else 0):
            yield round(x0 + step / steps * (x1 - x0)), round(y0 + step / steps * (y1 - y0))

    def _fine(self, sitting: Sitting) -> tuple[int, int]:
        column = self.view.column(sitting.at, self.span)
        return 2 * (GUTTER + column), 4 * self._y(sitting.score or 0) + 2

    def _stretch(self, stretch: Stretch) -> None:
        if not self._touches(stretch):
            return
        first, last = self._columns(stretch)
        length = last - first + 1
        if stretch.kind == "window":
            self._bracket(stretch, first, length)
            return
        self.canvas.put(first, self.lane, _FILL[stretch.kind] * length, stretch.kind)
        if stretch.kind == "aim":
            self.canvas.tint(range(first, last + 1), range(1, self.lane), "aim-ground")

    def _lane_labels(self) -> None:
        for sitting in self.facts.sittings:
            if self._visible(sitting.at) and sitting.status == "booked":
                self._beside(self._x(sitting.at), self._x(sitting.at), ("booked",), "booked")
        for stretch in self.facts.stretches:
            if stretch.kind != "window" and self._touches(stretch):
                self._name(stretch, *self._columns(stretch))

    def _touches(self, stretch: Stretch) -> bool:
        return stretch.end > self.view.start and stretch.start < self.view.end

    def _name(self, stretch: Stretch, first: int, last: int) -> None:
        """Write what a stretch is into it, or beside it where it is too short."""
        length, fill = last - first + 1, _FILL[stretch.kind]
        for text in stretch.texts:
            start = first + (length - len(text)) // 2 - 1
            free = self.canvas.free(start, self.lane, len(text) + 2, fill)
            if len(text) + 4 <= length and free:
                self.canvas.put(start, self.lane, f" {text} ", f"{stretch.kind} strong")
                return
        if stretch.kind == "aim":
            self._beside(first, last, stretch.texts, stretch.kind)

    def _beside(self, first: int, last: int, texts: Iterable[str], style: str) -> None:
        """Write a name at the side of what it names, or above one side where waits leave none."""
        for line, over in ((self.lane, " "), (self.lane - 1, f" {_GRID}")):
            for text in texts:
                for x in (last + 2, first - len(text) - 1):
                    if self.canvas.free(x - 1, line, len(text) + 2, over):
                        self.canvas.put(x, line, text, style)
                        return

    def _columns(self, stretch: Stretch) -> tuple[int, int]:
        first = max(GUTTER, self._x(stretch.start))
        return first, min(self.canvas.width - 1, max(first, self._x(stretch.end) - 1))

    def _bracket(self, stretch: Stretch, first: int, length: int) -> None:
        if self.window is None:
            return
        left = "├" if self._visible(stretch.start) else "‹"
        right = "┤" if self._visible(stretch.end) else "›"
        line = f"{left}{'─' * (length - 2)}{right}" if length > 1 else "│"
        self.canvas.put(first, self.window, line, "window")
        text = next((text for text in stretch.texts if len(text) + 4 <= length), "")
        if text:
            self.canvas.put(
                first + (length - len(text)) // 2 - 1, self.window, f" {text} ", "window-text"
            )

    def _mark(self, mark: Mark) -> None:
        if not self._visible(mark.at):
            return
        x = self._x(mark.at)
        if mark.kind == "retires":
            for y in range(1, self.lane + 1):
                self.canvas.put(x + 1, y, "╱" * (self.canvas.width - x), "beyond")
        line = {"now": "│", "retires": "┃", "expires": "┊"}[mark.kind]
        for y in range(1, self.lane + 1):
            if y < self.lane or self.canvas.char(x, y) == " ":
                self.canvas.put(x, y, line, mark.kind)

    def _mark_label(self, mark: Mark) -> None:
        """The name of a mark above it, or beside it, apart from other names."""
        if not self._visible(mark.at):
            return
        x = self._x(mark.at)
        for text in filter(None, (mark.text, mark.short)):
            size = len(text)
            middle = max(GUTTER, min(x - size // 2, self.canvas.width - size))
            for place in (middle, x - size, x - size + 1, x):
                fits = GUTTER <= place <= self.canvas.width - size
                if fits and not self.canvas.word_near(place, 0, size):
                    self.canvas.put(place, 0, text, f"{mark.kind} strong")
                    return

    def _sittings(self) -> None:
        shown = [sitting for sitting in self.facts.sittings if self._visible(sitting.at)]
        places: dict[tuple[int, int], list[Sitting]] = {}
        for sitting in shown:
            places.setdefault(self._place(sitting), []).append(sitting)
        self.points = set(places)
        for (x, y), group in places.items():
            self._point(x, y, group)
        for (x, y), group in sorted(places.items(), reverse=True):
            chosen = next((s for s in group if s.id == self.selected), group[-1])
            self._label(x, y, chosen)

    def _place(self, sitting: Sitting) -> tuple[int, int]:
        x = self._x(sitting.at)
        if sitting.score is not None:
            return x, self._y(sitting.score)
        if sitting.passed is None:
            return x, self.lane
        return x, self.pass_row + (0 if sitting.passed else 1)

    def _point(self, x: int, y: int, group: list[Sitting]) -> None:
        last = group[-1]
        chosen = any(sitting.id == self.selected for sitting in group)
        glyph = STATUS_MARK[last.status] if len(group) == 1 else str(min(9, len(group)))
        if chosen and glyph == "●":
            glyph = "◉"
        self.canvas.put(x, y, glyph, f"{_tone(last)} strong" + (" chosen" if chosen else ""))

    def _label(self, x: int, y: int, sitting: Sitting) -> None:
        text = _result(sitting)
        style = _tone(sitting) + (" strong" if sitting.id == self.selected else "")
        size = len(text)
        spots = ((x + 2, y), (x - size - 1, y), (x - 1, y + 1), (x - 1, y - 1), (x - size, y + 1))
        # Further to the left, where "now" stands close to the right of the newest sitting.
        left = tuple((x - back, y + side) for back in (2, 3, 4) for side in (-1, 1))
        for near, over in product((spots, left), (" ", f" {_GRID}", _LINES)):
            for column, line in near:
                inside = column >= GUTTER and 1 <= line <= self.rows
                # A label upon the passing line would hide on which side of it a score lies.
                beside = line != self.pass_row or (over == _LINES and line == y)
                apart = not self.canvas.word_near(column, line, size)
                own = apart and not self._another_near(column, line, size, (x, y))
                if inside and beside and own and self.canvas.free(column, line, size, over):
                    self.canvas.put(column, line, text, style)
                    return

    def _another_near(self, column: int, line: int, size: int, own: tuple[int, int]) -> bool:
        """Whether a label there would stand beside the point of another sitting."""
        near = ((x, line) for x in range(column - 2, column + size + 2))
        return any(place in self.points and place != own for place in near)

    def _axis(self) -> None:
        self.canvas.put(GUTTER, self.axis, "─" * self.span, "axis")
        for tick in ticks(self.view, self.span, self.facts.zone):
            self.canvas.put(GUTTER + tick.column, self.axis, "┬", "axis")
            self.canvas.put(GUTTER + tick.column, self.axis + 1, tick.label, "muted")

    def _out_of_sight(self) -> None:
        before = sum(sitting.at < self.view.start for sitting in self.facts.sittings)
        later = [sitting for sitting in self.facts.sittings if sitting.at >= self.view.end]
        ahead = [mark for mark in self.facts.marks if mark.at >= self.view.end]
        past = [mark for mark in self.facts.marks if mark.at < self.view.start]
        self._edge(f"{len(later)} later" if later else "", ahead, left=False)
        self._edge(f"{before} earlier" if before else "", past, left=True)

    def _edge(self, sittings: str, marks: list[Mark], *, left: bool) -> None:
        """Say at an edge what lies beyond it, in as many words as there is room for."""
        long = [sittings, *(mark.text for mark in marks)]
        short = [sittings, *(mark.short or mark.text for mark in marks)]
        for parts in (long, short, short[:2], short[:1]):
            words = ", ".join(filter(None, parts))
            text = f"‹ {words}" if left else f"{words} ›"
            x = GUTTER if left else self.canvas.width - len(text)
            fits = self.canvas.free(x, 0, len(text)) and not self.canvas.word_near(x, 0, len(text))
            if words and fits:
                self.canvas.put(x, 0, text, "muted")
                return


def _dot(x: int, y: int) -> int:
    return ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))[x][y]


def _tone(sitting: Sitting) -> str:
    if sitting.passed is None:
        return "booked" if sitting.status in ("booked", "pending") else "other"
    return "passed" if sitting.passed else "failed"


def _result(sitting: Sitting) -> str:
    letter = {True: "P", False: "F", None: ""}[sitting.passed]
    if sitting.score is not None:
        return f"{sitting.score} {letter}".strip()
    return letter


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
