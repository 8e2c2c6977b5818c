"""Moving a block: by keys on a sheet, or by typing a time."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import cast
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from coach.model.phrase import Phrase
from coach.model.plan import ScheduleBlock
from coach.service import blocks
from coach.service.availability import (
    Spot,
    busy_times,
    day_capacities,
    gives_way,
    in_the_way,
    is_busy,
    is_free,
    minute_of,
    next_free,
    spot_of,
    windows,
)
from coach.service.outcome import Done, Refused
from coach.service.service import Service
from coach.ui import text
from coach.ui.host import StaleEdit
from coach.ui.screens.form import Asked, ShortForm
from coach.ui.screens.sheet import Sheet
from coach.ui.widgets.rows import Row, Seg, cut, hanging, pad, spread
from coach.ui.widgets.schedule.plan_view import Day, Entry, Load, PlanView
from coach.ui.widgets.schedule.week_layout import line
from coach.wording import duration, listed, phrased


def minutes_form(entry: Entry, service: Service) -> ShortForm:
    """Asks for the minutes that a block really took."""
    name = entry.block.id
    label = f"Minutes it took: {text.visible(entry.title)}"
    field = Asked("minutes", label, str(entry.minutes), "A whole number.")
    return ShortForm("Log actual time", (field,), partial(service.act, blocks.block_done, name))


def move_form(entry: Entry, service: Service) -> ShortForm:
    """Asks for another time, or another length, of a block."""
    name = entry.block.id
    start = f"{entry.block.start:%Y-%m-%d %H:%M}"
    hint = "A date and time; a date alone keeps the time of day."
    fields = (
        Asked("when", "When", start, hint, service.state.now),
        Asked("minutes", "Minutes", str(entry.block.minutes), "How long it should take."),
    )
    return ShortForm("Move", fields, partial(service.act, blocks.block_move, name))


def clock(minute: int) -> str:
    """A minute of the day, `19:45`; its last one is 24:00, after which comes the next morning."""
    minute -= 24 * 60 if minute > 24 * 60 else 0
    return f"{minute // 60:02}:{minute % 60:02}"


def day_of(view: PlanView, day: date) -> Day:
    """That day of the plan; a day outside of it has its hours and no blocks."""
    for week in view.weeks:
        if week.start <= day < week.start + timedelta(days=7):
            return week.days[day.weekday()]
    (capacity,) = day_capacities(view.hours, (day,), zone_of(view))
    return Day(date=day, entries=(), capacity=capacity, load=Load(), off=day in view.hours.off)


def others_on(view: PlanView, moved: Entry, day: date) -> list[ScheduleBlock]:
    """The blocks of a day without the one that moves."""
    entries = day_of(view, day).entries
    return [entry.block for entry in entries if entry.block.id != moved.block.id]


def zone_of(view: PlanView) -> ZoneInfo:
    """The user's zone, which the times of the plan are in."""
    return cast("ZoneInfo", view.now.tzinfo)


def move_rows(
    moved: Entry, spot: Spot, problem: str, view: PlanView, width: int, booked: str = ""
) -> tuple[Row, ...]:
    """The rows of the sheet, `width` cells each; `problem` says why it cannot go there, `booked`
    which exam is sat then."""
    block = moved.block
    before = f"{text.moment(block.start, view.today)}, {duration(block.minutes)}"
    after = f"{text.day(spot.day, view.today)} {clock(spot.start)}, {duration(spot.minutes)}"
    rows: list[Row] = [
        cut((Seg("▌ ", f"tone-{moved.tone}"), Seg(moved.title, "title")), width),
        cut((Seg("  from  ", "faint"), Seg(before, "muted")), width),
        cut((Seg("  to    ", "faint"), Seg(after, "ink strong")), width),
        *_verdict(moved, spot, problem, view, width, booked),
        (),
        *_strip(view, spot.day, width),
        (),
        *_day(moved, spot, view, width),
    ]
    return tuple(rows)


def _verdict(
    moved: Entry, spot: Spot, problem: str, view: PlanView, width: int, booked: str
) -> list[Row]:
    """One row: the problem, or what kind of place it is."""
    if problem:
        lead = (Seg("  !     ", "warn"),)
        return hanging(lead, text.shown(problem, view.today), width, "warn", 2)
    hours, zone = view.hours, zone_of(view)
    taken = in_the_way(others_on(view, moved, spot.day), spot)
    words = f"free, {'inside' if is_free(hours, zone, spot) else 'outside'} your hours"
    if booked:
        words = f"{text.visible(booked)} is booked then"
    elif is_busy(hours, zone, spot):
        words = "your calendar is busy then"
    elif taken and all(map(gives_way, taken)):
        words = "catch-up time gives way"
    same = (spot.day, clock(spot.start), spot.minutes) == (
        moved.block.start.date(),
        text.clock(moved.block.start),
        moved.block.minutes,
    )
    return [(Seg("        "), Seg("where it is" if same else words, "muted"))]


def why_not(refused: Refused) -> str:
    """Why it cannot go there, with the key that leads on in place of a time to type."""
    return Phrase(" ").join(
        phrased("{}; f finds a free place.", one.what)
        if one.field == "when" and one.accepted
        else one.said
        for one in refused.problems
    )


def _strip(view: PlanView, day: date, width: int) -> list[Row]:
    """The seven days of the week with what is planned on each, the chosen one marked."""
    monday = day - timedelta(days=day.weekday())
    cell = width // 7
    names, loads = [], []
    for index in range(7):
        here = day_of(view, monday + timedelta(days=index))
        chosen = here.date == day
        weekday = text.WEEKDAYS[index][: 3 if cell > len("▸Thu 19") else 2]
        name = f"{weekday} {here.date.day}"
        style = "today" if chosen else "past" if here.date < view.today else "day"
        mark = name if not chosen else f"[{name}]" if cell > len(name) + 2 else f"▸{name}"
        load = duration(here.load.total) if here.load.total else "–"
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
    here = replace(moved, block=replace(moved.block, start=start, minutes=spot.minutes))
    places = sorted((*others, (spot.start, 1, here)), key=lambda place: place[:2])
    spans = (f"{clock(start)}–{clock(end)}" for start, end in windows(view.hours, day.date))
    hours = " and ".join(spans)
    words = f"hours {hours}" if hours else "day off" if day.off else "no study hours"
    taken_times = busy_times(view.hours, day.date, zone_of(view))
    if busy := " and ".join(f"{clock(a)}–{clock(b)}" for a, b in taken_times):
        words += f", busy {busy}"
    yield cut((Seg(text.day(day.date, view.today), "title"), Seg(f"  {words}", "muted")), width)
    for _, new, entry in places:
        warned = Seg("! " if entry.block.id in hit else "  ", "warn")
        mark = Seg("▸ ", "accent strong") if new else warned
        yield pad((mark, *line(entry, width - 2)), width)
    if len(places) == 1:
        yield spread((Seg("  nothing else on this day", "faint"),), (), width)


class MoveSheet(Sheet[Done]):
    """Closes with what was done, or None. Nothing is saved before Enter."""

    NAME = "move"

    def __init__(self, entry: Entry, view: PlanView, service: Service) -> None:
        super().__init__("Move")
        self._entry, self._view, self._service = entry, view, service
        self._seen = service.state
        self._spot = spot_of(entry.block, view.now)
        self._problem = ""

    def rows(self, width: int) -> tuple[Row, ...]:
        view, spot = self._view, self._spot
        start = datetime.combine(spot.day, time(), zone_of(view)) + timedelta(minutes=spot.start)
        booked = listed(self._service.ask(blocks.booked_then, start, spot.minutes))
        return move_rows(self._entry, spot, self._problem, view, width, booked)

    def on_mount(self) -> None:
        self._go(self._spot)

    def action_shift(self, days: int, minutes: int, longer: int) -> None:
        """Another day, another time, another length."""
        self._go(self._spot.shifted(days=days, minutes=minutes, longer=longer))

    def action_free(self) -> None:
        """The next free place inside the hours."""
        view = self._view
        others = partial(others_on, view, self._entry)
        found = next_free(view.hours, view.now, others, self._spot)
        if found is not None:
            self._go(found)
        else:
            self._problem = "There is no free place of that length in your hours."
            self.redraw()

    def _go(self, spot: Spot) -> None:
        """Show that place, and why the block cannot go there if it cannot."""
        self._spot = spot
        outcome = self._service.preview(blocks.block_move, *self._draft)
        self._problem = why_not(outcome) if isinstance(outcome, Refused) else ""
        self.redraw()

    @property
    def _draft(self) -> tuple[str, str, str]:
        spot = self._spot
        return self._entry.block.id, f"{spot.day} {clock(spot.start)}", str(spot.minutes)

    def action_move(self) -> None:
        """Save the move; where it is refused, the sheet stays and says why."""
        outcome = self._service.act_on(self._seen, blocks.block_move, *self._draft)
        if isinstance(outcome, Refused) and outcome.stale:
            self.post_message(StaleEdit(outcome, self._keep, self.action_close))
        elif isinstance(outcome, Refused):
            self._problem = why_not(outcome)
            self.redraw()
        else:
            self.dismiss(outcome)

    def _keep(self) -> None:
        """Move it on what is stored by now."""
        self._seen = self._service.state
        self.action_move()

    def action_type(self) -> None:
        """Type the date and time instead."""
        self.host.open("move_typed", self._entry, then=self.dismiss)
