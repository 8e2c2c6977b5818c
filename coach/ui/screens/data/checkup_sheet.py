"""What the check-up found: each thing with its record and field, and what to do about it."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from coach.service.doctor import Checkup
from coach.ui import text
from coach.ui.screens.sheets.detail import Detail
from coach.ui.widgets.facts_rows import paragraph
from coach.ui.widgets.rows import Row


class CheckupSheet(Detail):
    """Closes with `fix` to mend what needs no decision, or with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "fix", show=False),
        Binding("enter,k", "close", show=False),
    ]

    def __init__(self, checkup: Checkup) -> None:
        super().__init__("Check-up")
        self._checkup = checkup
        self.KEYS = (("enter", "close"),) if checkup.ok else _KEYS

    def rows(self, width: int) -> tuple[Row, ...]:
        return tuple(checkup_rows(self._checkup, width))

    def action_fix(self) -> None:
        if not self._checkup.ok:
            self.dismiss("fix")


_KEYS = (("f", "mend what needs no decision"), ("↑↓", "scroll"), ("enter", "close"))


def checkup_rows(checkup: Checkup, width: int) -> list[Row]:
    """Each thing in `width` cells: where, what is wrong, what to do."""
    if checkup.ok:
        return paragraph("All is well: every record and every file was looked at.", width)
    rows: list[Row] = []
    for found in checkup.problems:
        where = f"{found.record} {found.field}" if found.field else found.record
        rows += [
            *paragraph(where, width, "strong"),
            *paragraph(text.visible(found.text), width),
            *paragraph(text.visible(found.fix), width, "muted"),
            (),
        ]
    return rows[:-1]
