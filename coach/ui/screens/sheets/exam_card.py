"""One exam: what it asks for, its pass mark, and what to do on its day."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from coach.model.documents import ExamDay, ExamDetail
from coach.ui.screens.sheets.detail import Detail
from coach.ui.widgets.exam_card_rows import exam_card_rows
from coach.ui.widgets.rows import Row


class ExamCard(Detail):
    """Facts only; closes with None."""

    KEYS = (("↑↓", "scroll"), ("enter", "close"))
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,E", "close", show=False)]

    def __init__(self, detail: ExamDetail, day: ExamDay) -> None:
        super().__init__(detail.code)
        self._detail, self._day = detail, day

    def rows(self, width: int) -> tuple[Row, ...]:
        return tuple(exam_card_rows(self._detail, self._day, width))
