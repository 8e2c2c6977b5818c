"""A block on its way to another place, in rows: from, to, the week, and the day it would join."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import cast
from zoneinfo import ZoneInfo

import msgspec

from coach.model.settings import WEEKDAYS
from coach.service.capacity import day_capacity
from coach.ui import text
from coach.ui.widgets.rows import Row, Seg, cut, pad, spread, wrap
from coach.ui.widgets.schedule.agenda_layout import line
from coach.ui.widgets.schedule.view import Day, Entry, Load, PlanView
from coach.wording import duration

MIDNIGHT = 24 * 60


def clock(minute: int) -> str:
    """A minute of the day, `19:45`; the last one is 24:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


class Spot(msgspec.Struct, frozen=True):
    """A place for a block: a day, the minute of that day it starts at, and its minutes."""

    day: date
    start: int
    minutes: int

    @property
    def clock(self) -> str:
        """The start, `19:45`."""
        return clock(self.start)

    @property
    def end(self) -> int:
        """The minute of the day it ends at."""
        return self.start + self.minutes

    def shifted(self, *, days: int = 0, minutes: int = 0, longer: int = 0) -> "Spot":
        """Another place nearby, on the same day where only the time changes."""
        return Spot(
            day=self.day + timedelta(days=days),
            start=min(max(self.start + minutes, 0), MIDNIGHT - 15),
            minutes=min(max(self.minutes + longer, 15), 480),
        )


def spot_of(entry: Entry, now: datetime) -> Spot:
    """Where the block is; one that has passed begins at its time of day, today or tomorrow."""
    start = entry.block.start
    minute = start.hour * 60 + start.minute
    day = start.date()
    if start < now:
        day = now.date() + timedelta(days=minute <= now.hour * 60 + now.minute)
    return Spot(day, minute, entry.block.minutes)


def day_of(view: PlanView, day: date) -> Day:
    """That day of the plan; a day outside of it has its hours and no blocks."""
    for week in view.weeks:
        if week.start <= day < week.start + timedelta(days=7):
            return week.days[day.weekday()]
    capacity = day_capacity(view.hours, day, cast("ZoneInfo", view.now.tzinfo))
    return Day(date=day, entries=(), capacity=capacity, load=Load(), off=day in view.hours.off)


def clashes(view: PlanView, moved: Entry, spot: Spot) -> tuple[Entry, ...]:
    """The blocks still to do that take some of the same time; a buffer would give way."""
    found = _in_the_way(view, moved, spot)
    return tuple(entry for entry in found if entry.block.activity != "buffer")


def _in_the_way(view: PlanView, moved: Entry, spot: Spot) -> list[Entry]:
    return [
        entry
        for entry in day_of(view, spot.day).entries
        if entry.block.id != moved.block.id
        and entry.block.status == "planned"
        and _minute(entry) < spot.end
        and spot.start < _minute(entry) + entry.block.minutes
    ]


def next_free(view: PlanView, moved: Entry, spot: Spot, days: int = 60) -> Spot | None:
    """The first place after `spot` inside the hours that no other block and no busy time takes."""
    for offset in range(days):
        day = day_of(view, spot.day + timedelta(days=offset))
        for start in _starts(view, day):
            found = Spot(day.date, start, spot.minutes)
            later = offset or start > spot.start
            past = day.date == view.today and start <= view.now.hour * 60 + view.now.minute
            if later and not past and _fits(view, found) and not clashes(view, moved, found):
                return found
    return None


def _minute(entry: Entry) -> int:
    return entry.block.start.hour * 60 + entry.block.start.minute


def _starts(view: PlanView, day: Day) -> list[int]:
    """Where a block could begin: with a window, a buffer, or when another block is over."""
    ends = (_minute(entry) + entry.block.minutes for entry in day.entries)
    buffers = (_minute(entry) for entry in day.entries if entry.block.activity == "buffer")
    later = (end for _, end in busy_times(view, day.date))
    return sorted({*(start for start, _ in _windows(view, day.date)), *ends, *buffers, *later})


def _fits(view: PlanView, spot: Spot) -> bool:
    inside = any(start <= spot.start and spot.end <= end for start, end in _windows(view, spot.day))
    return inside and not _busy(view, spot)


def _busy(view: PlanView, spot: Spot) -> bool:
    return any(start < spot.end and spot.start < end for start, end in busy_times(view, spot.day))


def busy_times(view: PlanView, day: date) -> list[tuple[int, int]]:
    """What the calendar that was read has on a day, as minutes of that day."""
    if view.hours.busy is None:
        return []
    first = datetime.combine(day, time(), view.now.tzinfo)
    last = first + timedelta(days=1)
    return [
        (_minute_of(max(start, first), first), _minute_of(min(end, last), first))
        for start, end in view.hours.busy.spans
        if start < last and first < end
    ]


def _minute_of(moment: datetime, midnight: datetime) -> int:
    return int((moment.astimezone(midnight.tzinfo) - midnight) / timedelta(minutes=1))


def _windows(view: PlanView, day: date) -> list[tuple[int, int]]:
    """The hours of a day as minutes, none on a day off."""
    if day in view.hours.off:
        return []
    return [
        (
            window.start.hour * 60 + window.start.minute,
            window.end.hour * 60 + window.end.minute or MIDNIGHT,
        )
        for window in view.hours.windows.get(WEEKDAYS[day.weekday()], ())
    ]


def move_rows(
    moved: Entry, spot: Spot, problem: str, view: PlanView, width: int
) -> tuple[Row, ...]:
    """The rows of the sheet, `width` cells each; `problem` says why it cannot go there."""
    block = moved.block
    before = f"{text.moment(block.start, view.today)}, {duration(block.minutes)}"
    after = f"{text.day(spot.day, view.today)} {spot.clock}, {duration(spot.minutes)}"
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
    words = "free, inside your hours" if _fits(view, spot) else "free, outside your hours"
    if _busy(view, spot):
        words = "your calendar is busy then"
    elif _in_the_way(view, moved, spot) and not clashes(view, moved, spot):
        words = "a time kept free for missed blocks gives way"
    same = (spot.day, spot.clock, spot.minutes) == (
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
    hit = {entry.block.id for entry in clashes(view, moved, spot)}
    others = [(_minute(e), 0, e) for e in day.entries if e.block.id != moved.block.id]
    start = moved.block.start.replace(hour=spot.start // 60, minute=spot.start % 60)
    here = msgspec.structs.replace(
        moved, block=msgspec.structs.replace(moved.block, start=start, minutes=spot.minutes)
    )
    places = sorted((*others, (spot.start, 1, here)), key=lambda place: place[:2])
    spans = (f"{clock(start)}–{clock(end)}" for start, end in _windows(view, day.date))
    hours = " and ".join(spans)
    words = f"hours {hours}" if hours else "day off" if day.off else "no study hours"
    if busy := " and ".join(f"{clock(a)}–{clock(b)}" for a, b in busy_times(view, day.date)):
        words += f", busy {busy}"
    yield cut((Seg(text.day(day.date, view.today), "heading"), Seg(f"  {words}", "muted")), width)
    for _, new, entry in places:
        mark = Seg("▸ ", "accent") if new else Seg("! " if entry.block.id in hit else "  ", "warn")
        yield pad((mark, *line(entry, width - 2)), width)
    if len(places) == 1:
        yield spread((Seg("  nothing else on this day", "faint"),), (), width)
