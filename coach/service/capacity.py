"""How much study a day and a week have room for: windows without busy times, within the caps."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coach.model.settings import WEEKDAYS, Hours, Window

MINUTE = timedelta(minutes=1)


def day_capacity(hours: Hours, day: date, zone: ZoneInfo) -> int:
    """The minutes that a date has room for, 0 on a day off."""
    if day in hours.off:
        return 0
    windows = hours.windows.get(WEEKDAYS[day.weekday()], ())
    free = sum(_free(hours, window, day, zone) for window in windows)
    return free if hours.daily_minutes is None else min(free, hours.daily_minutes)


def week_capacity(hours: Hours, monday: date, zone: ZoneInfo) -> int:
    """The minutes that the week from `monday` has room for."""
    free = sum(day_capacity(hours, monday + timedelta(days=n), zone) for n in range(7))
    return free if hours.weekly_minutes is None else min(free, hours.weekly_minutes)


def usual_week(hours: Hours) -> int:
    """The minutes of the windows of a week without days off, busy times and caps."""
    return sum(_length(span) for spans in hours.windows.values() for span in spans)


def _length(window: Window) -> int:
    end = window.end.hour * 60 + window.end.minute or 24 * 60
    return end - window.start.hour * 60 - window.start.minute


def _free(hours: Hours, window: Window, day: date, zone: ZoneInfo) -> int:
    """The minutes of a window on one date, as they pass when clocks change, without busy times."""
    last = day if window.end != time() else day + timedelta(days=1)
    low = datetime.combine(day, window.start, zone).astimezone(UTC)
    high = datetime.combine(last, window.end, zone).astimezone(UTC)
    busy = hours.busy.spans if hours.busy else ()
    taken = sum(
        (min(high, end) - max(low, start)) // MINUTE
        for start, end in busy
        if start < high and low < end
    )
    return (high - low) // MINUTE - taken
