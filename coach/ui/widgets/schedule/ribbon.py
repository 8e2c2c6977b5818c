"""The line above the week: which week it is, its sums, and every week of the plan in small."""

from datetime import timedelta

from coach.model.documents import Schedule
from coach.ui import text
from coach.ui.widgets.rows import Row, Seg, row_width, spread
from coach.ui.widgets.schedule.empty_plan import standstill
from coach.ui.widgets.schedule.view import PlanView, WeekView, week_sum
from coach.wording import duration

_LEVELS = "▁▂▃▄▅▆▇█"


def title_row(view: PlanView, schedule: Schedule, number: int, width: int) -> Row:
    """Week `number` in words on the left, the ribbon of all weeks on the right."""
    week = view.weeks[number]
    last = week.start + timedelta(days=6)
    words = {0: "this week", 1: "next week", -1: "last week"}.get(number - view.current, "")
    halted = standstill(schedule, view)
    sums = f"{week_sum(week)}, you have {duration(week.capacity)}"
    left = (
        Seg(f" Week {number + 1} of {len(view.weeks)}", "week"),
        Seg(f"  {text.days(week.start, last, view.today)}", "ink"),
        Seg(f"  {words}" if words else "", "accent"),
        Seg("  ·  ", "muted"),
        Seg(halted or sums, "warn" if halted else "muted"),
    )
    ribbon = ribbon_row(view, number)
    if halted or row_width(ribbon) + 30 > width:
        ribbon = ()
    return spread(left, (*ribbon, Seg(" ")), width)


def ribbon_row(view: PlanView, number: int) -> Row:
    """One bar per week: its height is the load, its colour what became of it."""
    most = max((max(week.load.total, week.capacity) for week in view.weeks), default=0) or 1
    row: list[Seg] = []
    for index, week in enumerate(view.weeks):
        level = min(round(week.load.total / most * 8), 8)
        bar = _LEVELS[max(level - 1, 0)] if week.load.total else "·"
        style = f"ribbon {_tint(week, index, view.current)}"
        row.append(Seg(f"[{bar}]" if index == number else f" {bar} ", style))
    if len(view.weeks) > 12:
        row = [seg._replace(text=seg.text.strip()) if seg.text[0] == " " else seg for seg in row]
    return tuple(row)


def _tint(week: WeekView, index: int, current: int) -> str:
    if week.load.missed:
        return "missed-mark"
    if index < current or (week.load.done and not week.load.planned):
        return "done-mark"
    return "accent" if index == current else "muted"
