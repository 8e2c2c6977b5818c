"""The chance to pass: what the guess rests on, other dates, past guesses, and its limits."""

from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType

from coach.model.documents import ForecastAnswer
from coach.ui.screens.sheets.detail import Detail
from coach.ui.widgets.rows import Row
from coach.ui.widgets.timeline.forecast_rows import forecast_rows


class ForecastDetail(Detail):
    """Facts only; closes with None."""

    KEYS = (("↑↓", "scroll"), ("enter", "close"))
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,question_mark", "close", show=False)]

    def __init__(self, forecast: ForecastAnswer, today: date) -> None:
        super().__init__("Model guess")
        self._forecast, self._today = forecast, today

    def rows(self, width: int) -> tuple[Row, ...]:
        return tuple(forecast_rows(self._forecast, self._today, width))
