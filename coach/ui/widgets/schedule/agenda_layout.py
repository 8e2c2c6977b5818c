"""The plan as a list by day, for narrow terminals: rows of styled text. Pure, no widgets."""

from datetime import date, timedelta
from functools import lru_cache

from coach.ui import text
from coach.ui.widgets.names import short_name
from coach.ui.widgets.rows import Page, Row, Seg, cut, pad, row_width, spread
from coach.ui.widgets.schedule.card import status, topic_style
from coach.ui.widgets.schedule.day_meter import day_meter
from coach.ui.widgets.schedule.view import (
    ACTIVITY_MARK,
    ACTIVITY_WORD,
    Day,
    Entry,
    PlanView,
    week_sum,
)
from coach.wording import duration


def agenda_layout(view: PlanView, width: int) -> Page:
    """Every week, and in it each day with blocks and today, for `width` cells."""
    rows: list[Row] = []
    spans: dict[str, tuple[int, int]] = {}
    today = None
    for number, week in enumerate(view.weeks):
        rows.append(_week_head(view, number, width))
        for day in week.days:
            if day.date >= view.today and today is None:
                today = len(rows)
            if day.entries or day.date == view.today:
                first = len(rows) + 1
                for index, entry in enumerate(day.entries, first):
                    spans[entry.block.id] = (index, index + 1)
                rows += _day_rows(day, view.today, width)
        rows.append(())
    return Page((), tuple(rows), spans, today)


def _week_head(view: PlanView, number: int, width: int) -> Row:
    week = view.weeks[number]
    left = (
        Seg(f" Week {number + 1} of {len(view.weeks)}", "week"),
        Seg(f"  {text.days(week.start, week.start + timedelta(days=6), view.today)}", "muted"),
    )
    return spread(left, (Seg(f"{week_sum(week)} ", "muted"),), width)


@lru_cache(maxsize=1024)
def _day_rows(day: Day, today: date, width: int) -> tuple[Row, ...]:
    """The rows of one day; kept, because a change of the plan leaves most days as they were."""
    rows = [_day_head(day, today, width), *(line(entry, width) for entry in day.entries)]
    if not day.entries:
        words = "Day off." if day.off else "Nothing planned today."
        rows.append((Seg(f"   {words}", "faint"),))
    return tuple(rows)


def _day_head(day: Day, today: date, width: int) -> Row:
    style = "day today" if day.date == today else "day past" if day.date < today else "day"
    name = f" {text.day(day.date, today)}"
    tag = " · today" if day.date == today else ""
    note = f"{day.load.total} of {day.capacity} min "
    if not day.load.total:
        note = f"{duration(day.capacity)} open " if day.capacity else "free "
    right: Row = (Seg(f" {note:>15}", "day warn" if day.overbooked else "day note"),)
    if width >= 70 and (day.load.total or day.capacity):
        right = (*day_meter(day, 12), *right)
    return spread((Seg(f"{name}{tag} ", style),), right, width, "day")


def line(entry: Entry, width: int) -> Row:
    """One block in one row: time, minutes, domain letter, activity, topic, status."""
    block = entry.block
    base = f"row {block.status}"
    name = block.id
    mark, word = ACTIVITY_MARK[block.activity], ACTIVITY_WORD[block.activity]
    lead = (
        Seg("▌", f"{base} tone-{entry.tone}", name),
        Seg(f" {text.clock(block.start)}", f"{base} time", name),
        Seg(f" {entry.minutes:>3}m", f"{base} time", name),
        Seg(f" {'' if entry.beside else entry.letter[:2]:>2} ", f"{base} tone-{entry.tone}", name),
        Seg(f"{mark} {word:<9}" if width >= 72 else f"{mark} ", f"{base} foot", name),
        Seg(f"{entry.letter}  " if entry.beside else "", f"{base} muted", name),
    )
    right = (*status(entry, base, width >= 72), Seg(" ", base, name))
    title = short_name(entry.title, width - row_width((*lead, *right)) - 1)
    left = (*lead, Seg(title, f"{base} {topic_style(entry)}", name))
    return pad(spread(cut(left, width), right, width, base, name), width, base, name)
