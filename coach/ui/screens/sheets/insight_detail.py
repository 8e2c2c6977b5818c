"""One insight explained."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from coach.model.documents import Heatmap, Insight
from coach.ui.screens.sheets.detail import Detail
from coach.ui.widgets.heatmap.insight_sheet import insight_rows
from coach.ui.widgets.rows import Row


class InsightDetail(Detail):
    """Facts only; closes with None."""

    KEYS = (("enter", "close"),)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "close", show=False)]

    def __init__(self, insight: Insight, heatmap: Heatmap | None) -> None:
        super().__init__("What the reports say")
        self._insight, self._heatmap = insight, heatmap

    def rows(self, width: int) -> tuple[Row, ...]:
        return tuple(insight_rows(self._insight, self._heatmap, width))
