"""Beside the report form: what saving would change, or what is still missing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coach.model.documents import Retake
from coach.ui import text
from coach.ui.widgets.rows import Row, Seg, wrap
from coach.ui.widgets.schedule.arrange import arrange
from coach.ui.widgets.schedule.block_rows import revisions
from coach.ui.widgets.schedule.change_rows import change_rows, revision_page, told_page
from coach.wording import counted

if TYPE_CHECKING:
    from coach.service.outcome import Done
    from coach.service.refusal import Problem

LABEL = 12


def missing_rows(problems: Sequence["Problem"], width: int) -> tuple[Row, ...]:
    """What the report still needs before its effect can be shown."""
    rows: list[Row] = [(Seg("Still needed", "heading"),), ()]
    for problem in problems:
        lines = wrap(text.visible(problem.text), width - 2, 6)
        rows += [
            (Seg("· " if index == 0 else "  ", "faint"), Seg(line, "muted"))
            for index, line in enumerate(lines)
        ]
    return tuple(rows)


def preview_rows(done: "Done", width: int) -> tuple[Row, ...]:
    """The dates that would follow from the report, and the plan's changes with their reasons."""
    view = done.state.view(done.exam or "")
    rows = [*_dates(view.retake, done, width), ()]
    schedule = view.schedule
    if not schedule.weeks:
        reason = schedule.reason or "There is no plan for this exam."
        return (*rows, *((Seg(line, "muted"),) for line in wrap(text.told(reason), width, 6)))
    plan = arrange(schedule, done.state.facts.hours, done.state.now)
    made = [row for row in revisions(done.state.facts, view.code) if row.number == done.revision]
    page = (
        revision_page(made[0], plan) if made else told_page("", "", done.changes, done.churn, plan)
    )
    return (*rows, *change_rows(page, plan, width))


def _dates(retake: Retake, done: "Done", width: int) -> list[Row]:
    today = done.state.now.date()
    rows: list[Row] = [(Seg("If you save this", "heading"),), ()]
    if retake.earliest:
        rows.append(_fact("May sit", text.moment(retake.earliest, today)))
    else:
        rows.append(_fact("May sit", retake.status))
    if retake.certain_from and retake.certain_from != retake.earliest:
        rows.append(_fact("Certain", f"from {text.moment(retake.certain_from, today)}"))
    if retake.recommended:
        window = retake.recommended
        rows.append(_fact("Advised", text.days(window.from_, window.until, today)))
    if retake.attempts_left is not None:
        left = counted(retake.attempts_left, "attempt")
        rows.append(_fact("Left", f"{left} in this window"))
    return rows


def _fact(label: str, value: str) -> Row:
    return (Seg(label.ljust(LABEL), "muted"), Seg(value, "ink"))
