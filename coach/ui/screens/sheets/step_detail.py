"""One line of what happens next, with its rule in full."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from coach.ui.screens.sheets.detail import Detail
from coach.ui.text import SOURCE_WORD
from coach.ui.widgets.facts_rows import fact, paragraph
from coach.ui.widgets.rows import Row
from coach.ui.widgets.timeline.next_steps import Step

_MEANING = {
    "official": "The exam's vendor publishes this rule.",
    "article": "An article for candidates says so; the vendor does not publish it.",
    "own": "Coach's own reading, where nothing is published.",
    "unverified": "No page of the vendor could be read; check it before you rely on this date.",
}


class StepDetail(Detail):
    """Facts only; closes with None."""

    KEYS = (("enter", "close"),)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,question_mark", "close", show=False)]

    def __init__(self, step: Step) -> None:
        super().__init__(step.label.strip("▲ ").capitalize())
        self._step = step

    def rows(self, width: int) -> tuple[Row, ...]:
        step = self._step
        rows = paragraph(step.value, width, step.style)
        rows += [*([()] if rows else []), *paragraph(step.text, width)]
        if step.source:
            source = f"{SOURCE_WORD[step.source]}. {_MEANING[step.source]}"
            rows += [(), *fact("Source", source, width)]
        return tuple(rows)
