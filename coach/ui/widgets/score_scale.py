"""The vertical axis of the score chart: the exam's own scale, never a percentage."""

from collections.abc import Iterable
from typing import NamedTuple

from coach.ui.widgets.chart_facts import ChartFacts

_STEPS = (10, 20, 25, 50, 100, 200, 250, 500)


class Scale(NamedTuple):
    """The scores at the lowest and highest line, and the distance of the grid lines."""

    low: int
    high: int
    step: int

    def row(self, score: int, rows: int) -> int:
        """The line of a score, 0 at the top."""
        share = (self.high - score) / (self.high - self.low)
        return min(rows - 1, max(0, round(share * (rows - 1))))


def score_scale(scores: Iterable[int], facts: ChartFacts, rows: int) -> Scale:
    """A scale around all scores and the passing line, inside the exam's own, with grid lines at
    round scores at least two lines apart."""
    values = [*scores, facts.passing]
    low = max(facts.low, min(values) // 10 * 10 - 20)
    high = min(facts.high, -(-max(values) // 10) * 10 + 20)
    high = max(high, low + 1)
    line = (high - low) / max(1, rows - 1)
    step = next((step for step in _STEPS if step >= 2 * line), _STEPS[-1])
    return Scale(low, high, step)
