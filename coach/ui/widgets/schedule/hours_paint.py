"""Weekly hours as half-hour cells, and back: pure values behind the grid that can be painted."""

from collections.abc import Iterable, Mapping

from coach.model.settings import WEEKDAYS, Hours, Weekday, Window
from coach.ui import text
from coach.ui.widgets.rows import Page, Row, Seg
from coach.wording import duration

SLOTS = 48
HALF = 30
MARGIN = 6
Week = dict[Weekday, frozenset[int]]
"""The half hours with study time on each weekday; 0 is 00:00-00:30."""

PRESETS: tuple[tuple[str, Mapping[Weekday, str]], ...] = (
    ("empty", {}),
    (
        "evenings + Sat",
        {
            "mon": "19:00-20:30",
            "tue": "19:00-20:30",
            "wed": "19:00-20:30",
            "thu": "19:00-20:30",
            "sat": "09:00-13:00",
        },
    ),
    ("mornings", dict.fromkeys(WEEKDAYS[:5], "06:30-07:30")),
    ("weekends", {"sat": "09:00-13:00", "sun": "09:00-13:00"}),
)


def slots_of(windows: Iterable[Window]) -> frozenset[int]:
    """Every half hour that a window touches."""
    found: set[int] = set()
    for window in windows:
        start = window.start.hour * 60 + window.start.minute
        end = window.end.hour * 60 + window.end.minute or SLOTS * HALF
        found.update(range(start // HALF, -(-end // HALF)))
    return frozenset(found)


def week_of(hours: Hours) -> Week:
    """The cells of the stored hours."""
    return {day: slots_of(hours.windows.get(day, ())) for day in WEEKDAYS}


def preset(number: int) -> Week:
    """The cells of one of `PRESETS`."""
    week: Week = dict.fromkeys(WEEKDAYS, frozenset())
    for day, span in PRESETS[number][1].items():
        first, last = (int(clock[:2]) * 2 + int(clock[3:]) // HALF for clock in span.split("-"))
        week[day] = frozenset(range(first, last))
    return week


def spans_text(slots: frozenset[int]) -> str:
    """The cells of a day as spans, `19:00-20:30, 22:00-24:00`."""
    spans = []
    for slot in sorted(slots):
        if slot - 1 not in slots:
            end = next(last for last in range(slot, SLOTS + 1) if last not in slots)
            spans.append(f"{_clock(slot)}-{_clock(end)}")
    return ", ".join(spans)


def windows_text(hours: Hours, week: Week) -> tuple[tuple[str, str], ...]:
    """Spans for every weekday; a day whose cells did not change keeps its own minutes."""
    before = week_of(hours)
    return tuple(
        (day, _exact(hours.windows.get(day, ())) if week[day] == before[day] else spans_text(slots))
        for day, slots in week.items()
    )


def _exact(windows: Iterable[Window]) -> str:
    return ", ".join(
        f"{window.start:%H:%M}-{window.end:%H:%M}".replace("-00:00", "-24:00") for window in windows
    )


def _clock(slot: int) -> str:
    return f"{slot // 2:02}:{slot % 2 * HALF:02}"


def hours_page(week: Week, today: int, width: int) -> Page:
    """The grid in rows: a column for each weekday, a row for each half hour.

    Each cell is marked with the id `day.slot`, and spans some rows around it, so that they stay
    in view with it. `today` is the weekday of today (0 Monday).
    """
    cell = max((width - MARGIN) // 7, 3)
    head = (_names(today, cell), _sums(week, cell))
    body = tuple(_row(week, slot, cell) for slot in range(SLOTS))
    spans = {
        f"{day}.{slot}": (max(slot - 3, 0), min(slot + 4, SLOTS))
        for day in WEEKDAYS
        for slot in range(SLOTS)
    }
    first = min((min(slots) for slots in week.values() if slots), default=16)
    return Page(head, body, spans, max(first - 2, 0))


def _names(today: int, cell: int) -> Row:
    return (
        Seg(" " * MARGIN),
        *(
            Seg(f"{name:^{cell}}", "today" if index == today else "day")
            for index, name in enumerate(text.WEEKDAYS)
        ),
    )


def _sums(week: Week, cell: int) -> Row:
    row = [Seg(" " * MARGIN)]
    for day in WEEKDAYS:
        minutes = len(week[day]) * HALF
        words = duration(minutes) if minutes else "–"
        words = words if len(words) < cell else f"{minutes}m"
        row.append(Seg(f"{words:^{cell}}", "ink" if minutes else "faint"))
    return tuple(row)


def _row(week: Week, slot: int, cell: int) -> Row:
    hour = slot % 2 == 0
    row = [Seg(f"{_clock(slot)} " if hour else " " * MARGIN, "muted")]
    for day in WEEKDAYS:
        name = f"{day}.{slot}"
        if slot in week[day]:
            row.append(Seg(" " + "█" * (cell - 1), "painted", name))
        else:
            mark = "·" if hour else " "
            row.append(Seg(f" {mark:^{cell - 1}}", "faint", name))
    return tuple(row)


def total(week: Week) -> str:
    """The time of the whole week in words."""
    return duration(sum(map(len, week.values())) * HALF)
