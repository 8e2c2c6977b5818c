"""Use case around the hours for study: the weekly grid, blocks and caps, and busy times."""

from datetime import date, timedelta
from pathlib import Path

import msgspec

from coach.exchange.plain import quoted
from coach.model.facts import Facts
from coach.model.plan import Reason
from coach.model.settings import BusyTimes, Hours, Weekday, Window
from coach.service.drafts import HoursDraft
from coach.service.reader import Reader
from coach.service.world import Edit, World, with_record

# Minutes. A day takes no more than it has, a week neither; a block of 30 to 180.
BLOCK = 30, 180
BREAKS = 0, 60
DAILY = 20, 24 * 60
WEEKLY = 20, 7 * 24 * 60
SPARE = 0, 20 * 60
NO_CAP = "none"
# How far ahead events are read; plans are shorter than that.
AHEAD = timedelta(days=400)


def set_hours(world: World, facts: Facts, draft: HoursDraft) -> Edit:
    """Change the hours for study; the plans of all tracked exams follow."""
    reader = Reader(world.zone)
    old = facts.hours
    busy, told = _busy(reader, world, old, draft)
    hours = Hours(
        windows=_windows(reader, old, draft),
        off=_off(reader, old, draft),
        block_minutes=_minutes(reader, "block", draft.block, BLOCK, old.block_minutes),
        break_minutes=_minutes(reader, "breaks", draft.breaks, BREAKS, old.break_minutes),
        daily_minutes=_cap(reader, "daily", draft.daily, DAILY, old.daily_minutes),
        weekly_minutes=_cap(reader, "weekly", draft.weekly, WEEKLY, old.weekly_minutes),
        spare_minutes=_minutes(reader, "spare", draft.spare, SPARE, old.spare_minutes),
        busy=busy,
    )
    reader.finish()
    return Edit(
        facts=msgspec.structs.replace(facts, settings=with_record(facts.settings, hours.id, hours)),
        label="weekly hours changed",
        message=" ".join(("Weekly hours saved.", *told)),
        trigger=Reason(code="hours", text="weekly hours changed"),
    )


def _windows(reader: Reader, old: Hours, draft: HoursDraft) -> dict[Weekday, tuple[Window, ...]]:
    windows: dict[Weekday, tuple[Window, ...]] = {} if draft.clear else dict(old.windows)
    for weekday, text in draft.windows:
        day = reader.windows(weekday, text)
        if day is not None:
            windows[day[0]] = day[1]
    return {day: spans for day, spans in windows.items() if spans}


def _off(reader: Reader, old: Hours, draft: HoursDraft) -> tuple[date, ...]:
    days = set() if draft.clear else set(old.off)
    for text in draft.off:
        days.update(reader.days("off", text))
    return tuple(sorted(days))


def _minutes(reader: Reader, field: str, text: str, limits: tuple[int, int], old: int) -> int:
    if not text.strip():
        return old
    number = reader.whole(field, text, *limits)
    return old if number is None else number


def _cap(
    reader: Reader, field: str, text: str, limits: tuple[int, int], old: int | None
) -> int | None:
    if not text.strip():
        return old
    return None if text.strip().casefold() == NO_CAP else reader.whole(field, text, *limits)


def _busy(
    reader: Reader, world: World, old: Hours, draft: HoursDraft
) -> tuple[BusyTimes | None, tuple[str, ...]]:
    """The busy times from now on, and what to tell about a file that was read."""
    if not draft.busy.strip():
        return (None if draft.no_busy else old.busy), ()
    # Imported late: reading calendars costs 100 ms, and only this needs it.
    from coach.exchange.busy import LARGEST_FILE, busy_times

    path = Path(draft.busy.strip()).expanduser()
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
        found = busy_times(data, world.zone, world.now, world.now + AHEAD)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        shown = quoted(str(path))
        reader.refuse("busy", f"busy: {shown}: {reason}; name an .ics file that can be read.")
        return old.busy, ()
    name = path.name
    read = BusyTimes(name=name, read=world.now, until=found.until, spans=found.spans)
    times = f"{len(read.spans)} busy time{'s' if len(read.spans) != 1 else ''}"
    until = found.until.astimezone(world.zone)
    return read, (f"{times} until {until:%Y-%m-%d} read from {quoted(name)}.", *found.remarks)
