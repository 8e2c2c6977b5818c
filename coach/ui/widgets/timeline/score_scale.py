"""The vertical axis of the score chart: the exam's own scale, never a percentage."""

from collections.abc import Sequence
from typing import NamedTuple

from coach.ui.widgets.timeline.chart_facts import ChartFacts

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
