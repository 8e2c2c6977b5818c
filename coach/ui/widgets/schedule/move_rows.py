"""A block on its way to another place, in rows: from, to, the week, and the day it would join."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import cast
from zoneinfo import ZoneInfo

import msgspec

from coach.model.documents import ScheduleBlock
from coach.service.capacity import day_capacity
from coach.service.free_time import (
    Spot,
    busy_times,
    gives_way,
    in_the_way,
    is_busy,
    is_free,
    minute_of,
    windows,
)
from coach.ui import text
from coach.ui.widgets.rows import Row, Seg, cut, pad, spread, wrap
from coach.ui.widgets.schedule.agenda_layout import line
from coach.ui.widgets.schedule.view import Day, Entry, Load, PlanView
from coach.wording import duration


def clock(minute: int) -> str:
    """A minute of the day, `19:45`; the last one is 24:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def day_of(view: PlanView, day: date) -> Day:
    """That day of the plan; a day outside of it has its hours and no blocks."""
    for week in view.weeks:
        if week.start <= day < week.start + timedelta(days=7):
            return week.days[day.weekday()]
    capacity = day_capacity(view.hours, day, zone_of(view))
    return Day(date=day, entries=(), capacity=capacity, load=Load(), off=day in view.hours.off)


def others_on(view: PlanView, moved: Entry, day: date) -> list[ScheduleBlock]:
    """The blocks of a day without the one that moves."""
    entries = day_of(view, day).entries
    return [entry.block for entry in entries if entry.block.id != moved.block.id]


def zone_of(view: PlanView) -> ZoneInfo:
    """The user's zone, which the times of the plan are in."""
    return cast("ZoneInfo", view.now.tzinfo)


def move_rows(
    moved: Entry, spot: Spot, problem: str, view: PlanView, width: int
) -> tuple[Row, ...]:
    """The rows of the sheet, `width` cells each; `problem` says why it cannot go there."""
    block = moved.block
    before = f"{text.moment(block.start, view.today)}, {duration(block.minutes)}"
    after = f"{text.day(spot.day, view.today)} {clock(spot.start)}, {duration(spot.minutes)}"
    rows: list[Row] = [
        cut((Seg("▌ ", f"tone-{moved.tone}"), Seg(moved.title, "heading")), width),
        cut((Seg("  from  ", "faint"), Seg(before, "muted")), width),
        cut((Seg("  to    ", "faint"), Seg(after, "accent")), width),
        *_verdict(moved, spot, problem, view, width),
        (),
        *_strip(view, spot.day, width),
        (),
        *_day(moved, spot, view, width),
    ]
    return tuple(rows)


def _verdict(moved: Entry, spot: Spot, problem: str, view: PlanView, width: int) -> list[Row]:
    """One row: the problem, or what kind of place it is."""
    if problem:
        lines = wrap(_said(problem, view), width - 8, 2)
        lead = ("  !     ", "        ")
        return [(Seg(lead[bool(n)], "warn"), Seg(each, "warn")) for n, each in enumerate(lines)]
    hours, zone = view.hours, zone_of(view)
    taken = in_the_way(others_on(view, moved, spot.day), spot)
    words = f"free, {'inside' if is_free(hours, zone, spot) else 'outside'} your hours"
    if is_busy(hours, zone, spot):
        words = "your calendar is busy then"
    elif taken and all(map(gives_way, taken)):
        words = "a time kept free for missed blocks gives way"
    same = (spot.day, clock(spot.start), spot.minutes) == (
        moved.block.start.date(),
        text.clock(moved.block.start),
        moved.block.minutes,
    )
    return [(Seg("        "), Seg("where it is" if same else words, "muted"))]


def _said(problem: str, view: PlanView) -> str:
    """A refusal without its field, and with the key that leads on in place of what to type."""
    words = text.told(problem, view.today).removeprefix("when: ")
    cause, typing, _ = words.rpartition("; type ")
    return f"{cause}; f finds a free place." if typing else words


def _strip(view: PlanView, day: date, width: int) -> list[Row]:
    """The seven days of the week with their load, the chosen one marked."""
    monday = day - timedelta(days=day.weekday())
    cell = width // 7
    names, loads = [], []
    for index in range(7):
        here = day_of(view, monday + timedelta(days=index))
        chosen = here.date == day
        name = f"{text.WEEKDAYS[index]} {here.date.day}"
        style = "today" if chosen else "past" if here.date < view.today else "day"
        mark = name if not chosen else f"[{name}]" if cell > len(name) + 2 else f"▸{name}"
        load = f"{here.load.total}/{here.capacity}" if here.load.total or here.capacity else "–"
        names.append(Seg(text.fit(f"{mark:^{cell}}", cell), style))
        loads.append(Seg(f"{load:^{cell}}", "warn" if here.overbooked else "muted"))
    return [tuple(names), tuple(loads)]


def _day(moved: Entry, spot: Spot, view: PlanView, width: int) -> Iterable[Row]:
    """The chosen day with the block in its place among the others."""
    day = day_of(view, spot.day)
    taken = in_the_way(others_on(view, moved, spot.day), spot)
    hit = {block.id for block in taken if not gives_way(block)}
    others = [(minute_of(e.block.start), 0, e) for e in day.entries if e.block.id != moved.block.id]
    start = moved.block.start.replace(hour=spot.start // 60, minute=spot.start % 60)
    here = msgspec.structs.replace(
        moved, block=msgspec.structs.replace(moved.block, start=start, minutes=spot.minutes)
    )
    places = sorted((*others, (spot.start, 1, here)), key=lambda place: place[:2])
    spans = (f"{clock(start)}–{clock(end)}" for start, end in windows(view.hours, day.date))
    hours = " and ".join(spans)
    words = f"hours {hours}" if hours else "day off" if day.off else "no study hours"
    taken_times = busy_times(view.hours, day.date, zone_of(view))
    if busy := " and ".join(f"{clock(a)}–{clock(b)}" for a, b in taken_times):
        words += f", busy {busy}"
    yield cut((Seg(text.day(day.date, view.today), "heading"), Seg(f"  {words}", "muted")), width)
    for _, new, entry in places:
        mark = Seg("▸ ", "accent") if new else Seg("! " if entry.block.id in hit else "  ", "warn")
        yield pad((mark, *line(entry, width - 2)), width)
    if len(places) == 1:
        yield spread((Seg("  nothing else on this day", "faint"),), (), width)
