"""The whole plan in rows: warnings first, then the hours, the backlog, and what it rests on."""

from coach.model.documents import Schedule
from coach.model.plan import Reason
from coach.ui import text
from coach.ui.widgets.rows import Row, Seg, cut, spread, wrap
from coach.ui.widgets.schedule.domain_layout import (
    PLAIN_NOTES,
    domains_rows,
    fact_rows,
    warnings_of,
)
from coach.ui.widgets.schedule.view import PlanView
from coach.wording import counted, duration

WAYS_OUT = {
    "SHORT": "g moves the date, a adds hours.",
    "INVERSION": "s shows what each strategy gives.",
    "MAINTENANCE": "s shows what each strategy gives.",
    "ALL-NEAR": "s shows what each strategy gives.",
    "MISSED": "r looks for room again, a adds hours.",
    "TIGHT": "a adds hours, g moves the date.",
    "LABS": "a adds hours, g moves the date.",
    "CHECK": "c on the Heatmap corrects the report.",
    "GENERIC": "c on the Heatmap adds the bands.",
}
"""The key that leads out of what a note warns of."""


def plan_sheet_rows(schedule: Schedule, view: PlanView, week: int, width: int) -> tuple[Row, ...]:
    """The rows of the sheet, at most `width` cells each; the hours are those of week `week`."""
    rows: list[Row] = []
    for note in warnings_of(schedule):
        rows += [*_warning(note, view, width), ()]
    rows += [*domains_rows(view, week, width), ()]
    if view.missed:
        rows += [*_backlog(view, width), ()]
    rows += [*fact_rows(schedule, view, width), ()]
    for note in schedule.notes:
        if note.code in PLAIN_NOTES:
            rows += [
                (Seg(line, "muted"),) for line in wrap(text.told(note.text, view.today), width, 6)
            ]
    return tuple(rows)


def _warning(note: Reason, view: PlanView, width: int) -> list[Row]:
    lines = wrap(text.told(note.text, view.today), width - 2, 8)
    rows: list[Row] = [
        (Seg("  " if index else "! ", "warn"), Seg(line, "ink")) for index, line in enumerate(lines)
    ]
    if way := WAYS_OUT.get(note.code):
        rows.append((Seg("  "), Seg(way, "muted")))
    return rows


def _backlog(view: PlanView, width: int) -> list[Row]:
    """Every missed block that has no place of its own again."""
    minutes = sum(entry.minutes for entry in view.missed)
    amount = f"{counted(len(view.missed), 'block')}, {duration(minutes)}"
    rows = [spread((Seg("Missed", "heading missed-mark"),), (Seg(amount, "warn"),), width)]
    for entry in view.missed:
        left = (Seg(f"{entry.letter} ", f"tone-{entry.tone}"), Seg(entry.title, "ink"))
        when = f" {text.moment(entry.block.start, view.today)}, {entry.minutes} min"
        rows.append(spread(left, (Seg(when, "muted"),), width))
    rows.append(cut((Seg("r finds them a new place; m moves one by hand.", "muted"),), width))
    return rows
