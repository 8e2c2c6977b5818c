"""A day's minutes against its hours, as a bar."""

from coach.ui.widgets.rows import Row, Seg, meter
from coach.ui.widgets.schedule.view import Day


def day_meter(day: Day, width: int) -> Row:
    """Done, open and missed minutes of a day against its capacity."""
    if not day.capacity and not day.load.total:
        return (Seg("╌" * width, "faint"),)
    over = day.overbooked
    parts = (
        (day.load.done, "done-bar"),
        (day.load.planned, "over-bar" if over else "open-bar"),
        (day.load.missed, "missed-bar"),
    )
    scale = max(day.capacity, day.load.total)
    return meter(parts, scale, width, day.capacity if over else -1)
