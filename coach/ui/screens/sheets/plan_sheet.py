"""The plan as a whole: what it warns of and the ways out, hours per domain, and the backlog."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from coach.model.documents import Schedule
from coach.ui.screens.sheets.sheet import Sheet
from coach.ui.widgets.rows import Page
from coach.ui.widgets.schedule.plan_sheet_rows import plan_sheet_rows
from coach.ui.widgets.schedule.view import PlanView


class PlanSheet(Sheet[str]):
    """Closes with the id of the action that was asked for, or with None."""

    HEADING = "This plan"
    KEYS = (
        ("r", "re-plan"),
        ("g", "goal"),
        ("a", "hours"),
        ("s", "strategy"),
        ("i", "close"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "ask('replan')", show=False),
        Binding("g", "ask('target')", show=False),
        Binding("a", "ask('hours')", show=False),
        Binding("s", "ask('strategy')", show=False),
        Binding("i,enter", "close", show=False),
    ]

    def __init__(self, schedule: Schedule, view: PlanView, week: int) -> None:
        super().__init__()
        self._content = (schedule, view, week)

    def page(self, width: int) -> Page:
        return Page((), plan_sheet_rows(*self._content, width))

    def action_ask(self, action: str) -> None:
        self.dismiss(action)
