"""One appointment in full; from here it is changed or removed."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from coach.model.documents import Retake, Timeline, TimelineAttempt
from coach.model.facts import Facts
from coach.ui import text
from coach.ui.screens.sheets.detail import Detail
from coach.ui.widgets.facts_rows import paragraph
from coach.ui.widgets.rows import Row
from coach.ui.widgets.timeline.attempt_sheet import attempt_rows


class AttemptDetail(Detail):
    """Closes with `edit`, `remove`, `own_view` or None."""

    KEYS: tuple[tuple[str, str], ...] = (("c", "change"), ("d", "remove"), ("enter", "close"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "close", show=False),
        Binding("c", "ask('edit')", show=False),
        Binding("d,delete", "ask('remove')", show=False),
        Binding("o", "ask('own_view')", show=False),
    ]

    def __init__(
        self, attempt: TimelineAttempt, timeline: Timeline, retake: Retake | None, facts: Facts
    ) -> None:
        super().__init__(f"{timeline.exam}, {text.day(attempt.at)}")
        self._attempt, self._timeline, self._retake = attempt, timeline, retake
        self._record = facts.attempts.get(attempt.id)
        self._report = facts.reports.get(attempt.report) if attempt.report else None
        if self._report:
            self.KEYS = (("o", "your own view"), *self.KEYS)

    def rows(self, width: int) -> tuple[Row, ...]:
        return tuple(
            attempt_rows(
                self._attempt, self._record, self._report, self._timeline, self._retake, width
            )
        )

    def action_ask(self, action: str) -> None:
        self.dismiss(action)


class AttemptRemoval(AttemptDetail):
    """Asks before a sitting is removed; closes with its id, or with None to keep it."""

    KEYS = (("y", "remove it with its report"), ("enter", "keep it"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "ask", show=False),
        Binding("n", "close", show=False),
        Binding("c,d,o,delete", "stay", show=False),
    ]

    def rows(self, width: int) -> tuple[Row, ...]:
        return (*paragraph(_WARNING, width, "failed strong"), (), *super().rows(width))

    def action_ask(self, action: str = "") -> None:
        self.dismiss(self._attempt.id)

    def action_stay(self) -> None:
        """The keys that change something in the detail view do nothing here."""


_WARNING = "Remove this sitting? The plan follows; u takes it back."
