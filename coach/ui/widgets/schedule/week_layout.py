"""The week as columns of cards: rows of styled text, ready to draw. Pure, no widgets."""

from collections.abc import Iterable
from datetime import date, timedelta

from coach.ui import text
from coach.ui.widgets.rows import Page, Row, Seg, cut, pad, spread, wrap
from coach.ui.widgets.schedule.card import card
from coach.ui.widgets.schedule.day_meter import day_meter
from coach.ui.widgets.schedule.view import Day, PlanView, WeekView, week_sum

GAP = 1
_IDLE = 4
_NARROWEST = 11
_DENSITIES = ((5, 1), (3, 1), (2, 1), (2, 0), (1, 0))
_SMALL = ((0, 0),)
"""Lines of topic and rows between cards, roomiest first."""


def column_widths(busy: Iterable[int], width: int) -> tuple[int, ...]:
    """Cells for each weekday: days that never have study time are kept slim."""
    wide = set(busy) or set(range(7))
    room = width - GAP * 6
    slim = _IDLE if len(wide) < 7 and room - _IDLE * (7 - len(wide)) >= _NARROWEST else 0
    if not slim:
        wide = set(range(7))
    share, rest = divmod(room - slim * (7 - len(wide)), len(wide))
    widths = []
    for index in range(7):
        extra = 1 if index in wide and rest > 0 else 0
        rest -= extra
        widths.append(share + extra if index in wide else slim)
    return tuple(widths)


def week_layout(view: PlanView, number: int, width: int, height: int) -> Page:
    """The rows of week `number` for `width` cells; as roomy as `height` rows allow.

    Each day is as roomy as its own blocks allow. The weeks after it that fit below as a whole are
    shown too, in small.
    """
    widths = column_widths(view.busy, width)
    head = _heads(view, number, widths)
    columns, spans = _columns(view.weeks[number], widths, height - len(head), _DENSITIES)
    body = _join(columns, widths) if view.weeks[number].entries else _nothing(width)
    for later in range(number + 1, len(view.weeks)):
        if not view.weeks[later].entries:
            break
        after, theirs = _glance(view, later, widths)
        if len(head) + len(body) + len(after) > height:
            break
        spans |= {name: (top + len(body), end + len(body)) for name, (top, end) in theirs}
        body = (*body, *after)
    return Page(head, body, spans)


def _nothing(width: int) -> tuple[Row, ...]:
    words = "Nothing is planned in this week. Press r to plan again, a to set your hours."
    return ((), *((Seg(line, "muted"),) for line in wrap(words, width, 4)))


def _glance(
    view: PlanView, number: int, widths: tuple[int, ...]
) -> tuple[tuple[Row, ...], list[tuple[str, tuple[int, int]]]]:
    """A week in small: its title, its days, and a row for each block, with their rows."""
    lead = (*_title(view, number), *_heads(view, number, widths)[:2])
    columns, spans = _columns(view.weeks[number], widths, 0, _SMALL)
    moved = [(name, (top + len(lead), end + len(lead))) for name, (top, end) in spans.items()]
    return (*lead, *_join(columns, widths)), moved


def _heads(view: PlanView, number: int, widths: tuple[int, ...]) -> tuple[Row, ...]:
    days = view.weeks[number].days
    heads = [_day_head(day, cells, view.today) for day, cells in zip(days, widths, strict=True)]
    return _join(heads, widths)


def _title(view: PlanView, number: int) -> tuple[Row, ...]:
    week = view.weeks[number]
    span = text.days(week.start, week.start + timedelta(days=6), view.today)
    row = (
        Seg(f"Week {number + 1} of {len(view.weeks)}", "week"),
        Seg(f"  {span}  ·  {week_sum(week)}", "muted"),
    )
    return ((), (), row)


def _columns(
    week: WeekView, widths: tuple[int, ...], height: int, densities: Iterable[tuple[int, int]]
) -> tuple[list[list[Row]], dict[str, tuple[int, int]]]:
    columns: list[list[Row]] = []
    spans: dict[str, tuple[int, int]] = {}
    for day, cells in zip(week.days, widths, strict=True):
        column: list[Row] = []
        for lines, gap in densities:
            column = _stack(day, cells, lines, gap, spans)
            if len(column) <= height:
                break
        columns.append(column)
    return columns, spans


def _stack(
    day: Day, width: int, lines: int, gap: int, spans: dict[str, tuple[int, int]]
) -> list[Row]:
    rows: list[Row] = []
    for entry in day.entries:
        if rows and gap:
            rows.append((Seg(" " * width),))
        start = len(rows)
        rows.extend(card(entry, width, lines))
        spans[entry.block.id] = (start, len(rows))
    return rows


def _join(columns: list[list[Row]], widths: tuple[int, ...]) -> tuple[Row, ...]:
    rows: list[Row] = []
    for index in range(max(map(len, columns))):
        row: list[Seg] = []
        for number, (column, width) in enumerate(zip(columns, widths, strict=True)):
            if number:
                row.append(Seg(" " * GAP))
            row.extend(column[index] if index < len(column) else (Seg(" " * width),))
        rows.append(tuple(row))
    return tuple(rows)


def _day_head(day: Day, width: int, today: date) -> list[Row]:
    """Name, load bar and load against capacity of one day."""
    is_today = day.date == today
    style = "day today" if is_today else "day past" if day.date < today else "day"
    slim = width <= _IDLE
    mark = "▸" if is_today else " "
    name = f"{mark}{text.WEEKDAYS[day.date.weekday()]}" + ("" if slim else f" {day.date.day}")
    tag = (Seg("today ", style),) if is_today and width >= 14 else ()
    title = (
        spread((Seg(name, style),), tag, width, style)
        if tag
        else pad(cut((Seg(name, style),), width), width, style)
    )
    return [title, day_meter(day, width), _day_note(day, width), (Seg(" " * width),)]


def _day_note(day: Day, width: int) -> Row:
    load = day.load
    if width <= _IDLE:
        return pad((Seg(f" {day.date.day}", "faint"),), width)
    if not load.total and not day.capacity:
        return pad(cut((Seg("day off" if day.off else "free", "faint"),), width), width)
    over = day.overbooked
    long, short = f"{load.total} of {day.capacity} min", f"{load.total}/{day.capacity}"
    words = long if len(long) <= width else short
    row: Row = (Seg(words, "warn" if over else "muted"),)
    extra = f"+{load.total - day.capacity}"
    if over and width >= len(words) + len(extra) + 1:
        return spread(row, (Seg(extra, "warn"),), width)
    return pad(cut(row, width), width)
