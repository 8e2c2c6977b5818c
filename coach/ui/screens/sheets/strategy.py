"""Choosing how the hours are split, with what each strategy would give."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from coach.model.documents import StrategySplit
from coach.model.plan import Strategy
from coach.ui.screens.sheets.sheet import Sheet
from coach.ui.widgets.plan_lines import PlanLines
from coach.ui.widgets.rows import Page
from coach.ui.widgets.schedule.strategy_rows import strategy_page
from coach.ui.widgets.schedule.view import PlanView


class StrategySheet(Sheet[Strategy]):
    """Closes with the strategy to use, or with None to leave it."""

    HEADING = "How the hours are split"
    KEYS = (("↑↓", "choose"), ("enter", "use it"), ("s", "close"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "close", show=False),
        Binding("enter", "use", show=False),
        Binding("up,left", "choose(-1)", show=False),
        Binding("down,right", "choose(1)", show=False),
    ]

    def __init__(self, splits: Sequence[StrategySplit], view: PlanView) -> None:
        super().__init__()
        self._splits, self._view = splits, view
        self._at = next((index for index, split in enumerate(splits) if split.chosen), 0)

    def page(self, width: int) -> Page:
        return strategy_page(self._splits, self._at, self._view, width)

    def action_choose(self, by: int) -> None:
        self._at = min(max(self._at + by, 0), len(self._splits) - 1)
        self.redraw()
        self.query_one(PlanLines).reveal(self._splits[self._at].strategy)

    def action_use(self) -> None:
        self.dismiss(self._splits[self._at].strategy)
