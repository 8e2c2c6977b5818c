"""The plan drawn as rows of styled text: a week in columns of cards, or a list by day."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from coach.model.answers import Schedule
from coach.ui import text
from coach.ui.widgets.rows import (
    Page,
    Row,
    Seg,
    cut,
    meter,
    name_lines,
    pad,
    row_width,
    short_name,
    spread,
    wrap,
)
from coach.ui.widgets.schedule.plan_view import (
    ACTIVITY_MARK,
    ACTIVITY_WORD,
    Day,
    Entry,
    PlanView,
    WeekView,
    week_sum,
)
from coach.ui.widgets.schedule.side_panel import standstill
from coach.wording import duration

STATUS_MARK = {"done": "✓", "skipped": "×", "missed": "!", "unused": "–"}

_ROOMY = 13
"""Cells from which a card has a margin on its right."""
_TELLING = 6
"""Cells from which the beginning of a topic says more than what is done there."""


def condition(entry: Entry) -> str:
    """The status as it is shown: a buffer that nobody needed is unused, not given up."""
    block = entry.block
    return "unused" if (block.activity, block.status) == ("buffer", "skipped") else block.status


def base_style(entry: Entry) -> str:
    """The style names of a card's ground: what is settled stands back."""
    settled = entry.beside or entry.block.status in ("done", "skipped")
    quiet = "card quiet" if settled else "card"
    return f"{quiet} {entry.block.status}"


def topic_style(entry: Entry) -> str:
    """The style name of the topic: what asks for no work of this exam stands back."""
    block = entry.block
    quiet = entry.beside or block.activity == "buffer"
    return "topic-quiet" if quiet and block.status == "planned" else f"topic-{condition(entry)}"


def status(entry: Entry, base: str, words: bool) -> Row:
    """The status mark, with its word where there is room, and the pin."""
    block = entry.block
    marks: list[Seg] = []
    if block.pinned:
        marks.append(Seg("pin" if words else "P", f"{base} pin", block.id))
    shown = condition(entry)
    if shown in STATUS_MARK:
        word = f" {shown}" if words else ""
        gap = " " if marks else ""
        marks.append(Seg(f"{gap}{STATUS_MARK[shown]}{word}", f"{base} {shown}-mark", block.id))
    return tuple(marks)


def card(entry: Entry, width: int, topic_lines: int) -> tuple[Row, ...]:
    """The rows of a card, `width` cells each: time, up to `topic_lines` of topic, activity.

    With no topic lines a card is a single row.
    """
    block = entry.block
    base = base_style(entry)
    inner = width - (3 if width >= _ROOMY else 2)
    edge = (Seg("▌", f"{base} tone-{entry.tone}", block.id), Seg(" ", base, block.id))

    def row(left: Row, right: Row = ()) -> Row:
        body = spread(left, right, inner, base, block.id) if right else cut(left, inner)
        return pad((*edge, *body), width, base, block.id)

    time = Seg(text.clock(block.start), f"{base} time", block.id)
    if not topic_lines:
        short = entry.letter if entry.beside else entry.letter[:1]
        letter = Seg(f" {short} ", f"{base} tone-{entry.tone}", block.id)
        room = inner - row_width((time, letter))
        brief = ACTIVITY_MARK[block.activity]
        title = short_name(entry.title, room) if room >= _TELLING else brief
        return (row((time, letter, Seg(title, f"{base} {topic_style(entry)}", block.id))),)
    length = _length(entry, base, inner)
    state = status(entry, base, inner >= 17)
    return (
        row((time,), length),
        *(
            row((Seg(line, f"{base} {topic_style(entry)}", block.id),))
            for line in name_lines(entry.title, inner, topic_lines)
        ),
        row(_activity(entry, base, inner - row_width(state)), state),
    )


def _length(entry: Entry, base: str, inner: int) -> Row:
    """The minutes in the longest form that fits beside the time, or nothing."""
    for form in (duration(entry.minutes), f"{entry.minutes}m", str(entry.minutes)):
        if len(form) <= inner - 6:
            return (Seg(form, f"{base} time", entry.block.id),)
    return ()


def _activity(entry: Entry, base: str, room: int) -> Row:
    block = entry.block
    mark, word = ACTIVITY_MARK[block.activity], ACTIVITY_WORD[block.activity]
    letter = Seg(f"{entry.letter} ", f"{base} tone-{entry.tone}", block.id)
    fits = len(letter.text) + 2 + len(word) < room
    return (letter, Seg(f"{mark} {word}" if fits else mark, f"{base} foot", block.id))


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
    rows = [
        _agenda_head(day, today, width),
        *(line(entry, width) for entry in day.entries),
    ]
    if not day.entries:
        words = "Day off." if day.off else "Nothing planned today."
        rows.append((Seg(f"   {words}", "faint"),))
    return tuple(rows)


def _agenda_head(day: Day, today: date, width: int) -> Row:
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
        Seg(f"  {words}" if words else "", "accent strong"),
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
    return "accent strong" if index == current else "muted"
