"""The plan drawn as rows of styled text: a week on a folded clock, or a list by day."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from coach.service.availability import minutes_left
from coach.ui import text
from coach.ui.widgets.rows import (
    Page,
    Row,
    Seg,
    cut,
    name_lines,
    pad,
    paragraph,
    row_width,
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
from coach.wording import counted, duration

STATUS_MARK = {"done": "✓", "skipped": "×", "missed": "!", "unused": "–"}

_ROOMY = 13
"""Cells from which a card has a margin on its right."""


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


@lru_cache(maxsize=1024)
def card(entry: Entry, width: int, height: int, *, timed: bool = False) -> tuple[Row, ...]:
    """The rows of a card: its topic, then what is done there or what became of it.

    `timed` adds when it starts, where the axis does not say it.
    """
    block, base = entry.block, base_style(entry)
    inner = width - (3 if width >= _ROOMY else 2)
    style = f"{base} {topic_style(entry)}"
    title = f"{text.clock(block.start)} {entry.title}" if timed else entry.title
    foot = _foot(entry, base, inner)
    if height == 1:
        mark = tuple(
            replace(seg, text=seg.text[:1]) for seg in foot if condition(entry) in STATUS_MARK
        )
        name = (Seg(text.clip(title, inner - row_width(mark) - 1), style, block.id),)
        bodies: list[Row] = [spread(name, mark, inner, base, block.id)]
    else:
        lines = name_lines(title, inner, height - 1)
        bodies = [*((Seg(line, style, block.id),) for line in lines), foot]
    edge = Seg(entry.stripe, f"{base} tone-{entry.tone}", block.id)
    last = replace(edge, text="▘") if height > 1 else edge
    bodies += [()] * (height - len(bodies))
    return tuple(
        pad(
            (edge if row < height - 1 else last, Seg(" ", base, block.id), *body),
            width,
            base,
            block.id,
        )
        for row, body in enumerate(bodies)
    )


def _foot(entry: Entry, base: str, room: int) -> Row:
    """What is done in a session and in which domain, or what became of it, as far as it fits."""
    block, shown = entry.block, condition(entry)
    # The title of catch-up time says already what it is.
    spare = block.activity == "buffer"
    word = duration(entry.minutes) if spare else ACTIVITY_WORD[block.activity]
    lead = f"{STATUS_MARK[shown]} " if shown in STATUS_MARK else ""
    said = word if shown in ("planned", "done") else shown
    pin = "pin " if block.pinned else ""
    named = (f"{said} · {entry.short}", f"{said} {entry.short}") if entry.short else ()
    forms = (*named, said, "")
    told = next(form for form in forms if len(pin) + len(lead) + len(form) <= room or not form)
    style = f"{base} {shown}-mark" if lead else f"{base} foot"
    return (Seg(pin, f"{base} pin", block.id), Seg(lead + told, style, block.id))


GAP, AXIS, IDLE = 1, 6, 7
"""Cells between two days, of the clock times, and of a day without sessions."""
_NARROWEST = 11
_SCALES = (10, 15, 20, 30)
"""Minutes that a row may stand for, roomiest first."""
_JOINED = 45
"""Minutes without a session that are too few to be folded away."""


class Axis(Struct, frozen=True):
    """Where a clock time stands. `stretches` are the times in use: from and to in minutes of the
    day, and the first row; what lies between them is folded into one row."""

    stretches: tuple[tuple[int, int, int], ...]
    scale: int

    def row(self, minute: int) -> int:
        """The row of a minute that lies in one of the stretches."""
        start, _, first = next(each for each in reversed(self.stretches) if each[0] <= minute)
        return first + round((minute - start) / self.scale)

    @property
    def rows(self) -> int:
        """The rows of it all."""
        return self.row(self.stretches[-1][1]) if self.stretches else 0


def axis_of(week: WeekView, scale: int) -> Axis:
    """The times of day that sessions of a week take."""
    spans = sorted(_minutes(day.date, entry) for day in week.days for entry in day.entries)
    joined: list[list[int]] = []
    for start, end in spans:
        if joined and start - joined[-1][1] < _JOINED:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    stretches: list[tuple[int, int, int]] = []
    first = 0
    for start, end in joined:
        stretches.append((start, end, first))
        first += round((end - start) / scale) + 1
    return Axis(tuple(stretches), scale)


def _minutes(day: date, entry: Entry) -> tuple[int, int]:
    """From when to when a session is, in minutes of `day`; past midnight they go on."""
    start = entry.block.start
    begin = (start.date() - day).days * 24 * 60 + start.hour * 60 + start.minute
    return begin, begin + max(entry.block.minutes, 1)


def column_widths(busy: Iterable[int], width: int) -> tuple[int, ...]:
    """Cells for each weekday: those that are not `busy` are kept slim."""
    wide = set(busy) or set(range(7))
    room = width - GAP * 6
    slim = IDLE if len(wide) < 7 and room - IDLE * (7 - len(wide)) >= _NARROWEST * len(wide) else 0
    if not slim:
        wide = set(range(7))
    share, rest = divmod(room - slim * (7 - len(wide)), len(wide))
    widths = []
    for index in range(7):
        extra = 1 if index in wide and rest > 0 else 0
        rest -= extra
        widths.append(share + extra if index in wide else slim)
    return tuple(widths)


def week_layout(
    view: PlanView, number: int, width: int, height: int, below: Sequence[Row] = ()
) -> Page:
    """The rows of week `number` on the clock for `width` cells, as roomy as `height` rows allow,
    and the weeks after it, with their topics where there is room; `below` comes last."""
    days = view.weeks[number].days
    busy = [index for index, day in enumerate(days) if day.entries or _exam_on(view, day)]
    widths = column_widths(busy, width - AXIS)
    head = (_title(view, number, width), _heads(view, number, widths))
    room = height - len(head) - len(below)
    left = max(room - axis_of(view.weeks[number], _SCALES[-1]).rows, LEAST)
    later = [n for n in range(number + 1, len(view.weeks)) if view.weeks[n].entries]
    most = max(week.load.total for week in view.weeks)
    plain = [_then(view, each, width, most) for each in later[:left]]
    told = later if 2 * len(later) < left else []
    full = [_then(view, each, width, most, topics=True) for each in told]
    axis, after = next(
        (
            (axis, after)
            for after, least, scales in (
                (full, _height(full), _SCALES[:2] if full else ()),
                (plain, _height(plain), _SCALES[:2]),
                (plain, _height(plain[:LEAST]), _SCALES[:3]),
                (plain, 0, _SCALES),
            )
            for scale in scales
            if (axis := axis_of(view.weeks[number], scale)).rows + least <= room
        ),
        (axis_of(view.weeks[number], _SCALES[-1]), plain),
    )
    body, spans = _clock(view, number, widths, axis)
    return Page(head, (*body, *_weeks_after(after, len(later), room - len(body)), *below), spans)


LEAST = 3
"""Later weeks for which the clock makes room."""


def _height(groups: Sequence[tuple[Row, ...]]) -> int:
    """The rows of later weeks, with a blank one before them."""
    return sum(map(len, groups)) + bool(groups)


def _weeks_after(groups: Sequence[tuple[Row, ...]], count: int, room: int) -> list[Row]:
    """As many of the `count` later weeks as fit, three at least."""
    rows: list[Row] = [()] if groups else []
    for index, group in enumerate(groups):
        left = count - index
        if index >= LEAST and len(rows) + len(group) + (left > 1) > room:
            more = f"and {counted(left, 'more week')}: "
            rows.append((Seg(" " * AXIS), Seg(more, "muted"), Seg("]", "accent strong")))
            break
        lead = "" if index else "Then"
        rows += [(Seg(lead.ljust(AXIS), "title"), *group[0]), *group[1:]]
    return rows


def _then(
    view: PlanView, number: int, width: int, most: int, *, topics: bool = False
) -> tuple[Row, ...]:
    """One later week: its dates, how full it is, hours per domain, and what happens in it; the
    first row begins after the axis. `most` are the minutes of a full bar."""
    week = view.weeks[number]
    dates = _dates(week, view).ljust(max(len(_dates(each, view)) for each in view.weeks) + 2)
    end, event = view.booked or view.target, ""
    if end is not None and 0 <= (_plain(end) - week.start).days < 7:
        event = f"{'exam' if view.booked else 'goal'} {text.moment(end, view.today)}"
    lead = (
        Seg(f"Week {number + 1}".ljust(9), "strong"),
        Seg(dates, "muted"),
        # Lower than a line, so that the bars of two weeks stay apart.
        Seg(f"{'▆' * round(week.load.total / most * _BAR):{_BAR + 2}}", "weight-bar"),
    )
    shorts = tuple(domain.short for domain in view.domains)
    return _week_rows(week, lead, shorts, event, width - AXIS, topics)


@lru_cache(maxsize=256)
def _week_rows(
    week: WeekView, lead: Row, shorts: tuple[str, ...], event: str, width: int, topics: bool
) -> tuple[Row, ...]:
    """The rows of a later week, which lead to its first session; kept, because a change of the
    plan leaves most as they were."""
    indent, block = row_width(lead), week.entries[0].block.id
    lines = _packed(_contents(week, shorts, event), width - indent)
    if topics:
        titles = dict.fromkeys(e.title for e in week.entries if e.block.topic)
        lines += _packed([(title, "faint") for title in titles], width - indent)
    first, *more = lines
    rows = ((*lead, *first), *((Seg(" " * (AXIS + indent)), *line) for line in more))
    return tuple(tuple(replace(seg, block=block) for seg in row) for row in rows)


_BAR = 8


def _dates(week: WeekView, view: PlanView) -> str:
    return text.days(week.start, week.start + timedelta(days=6), view.today)


def _contents(week: WeekView, shorts: tuple[str, ...], event: str) -> list[tuple[str, str]]:
    """Hours per domain, most first, mixed work, other exams, practice exams and the `event`."""
    pairs = zip(week.domains, shorts, strict=True)
    loads = [(load.total, short) for load, short in pairs if load.total]
    loads.sort(key=lambda pair: -pair[0])
    items = [(f"{short} {duration(total)}", "muted") for total, short in loads]
    mixed = sum(
        entry.minutes
        for entry in week.entries
        if not (entry.beside or entry.block.domain)
        and entry.block.activity not in ("assessment", "buffer")
    )
    items += [(f"mixed work {duration(mixed)}", "muted")] if mixed else []
    items += [(f"{exam} {duration(load.total)}", "muted") for exam, load in week.beside]
    for entry in week.entries:
        if entry.block.activity == "assessment" and not entry.beside:
            start = entry.block.start
            when = f"{text.WEEKDAYS[start.weekday()]} {text.clock(start)}"
            items.append((f"practice exam {when}", "ink"))
    return [*items, (event, "ink strong")] if event else items


def _plain(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _packed(items: Sequence[tuple[str, str]], width: int) -> list[Row]:
    """The items in as many lines as they need, each item whole where a line holds it."""
    lines: list[list[Seg]] = [[]]
    for seg in (Seg(line, style) for words, style in items for line in wrap(words, width, 3)):
        if lines[-1] and row_width((*lines[-1], seg)) + 3 > width:
            lines.append([])
        lines[-1] += [Seg(" · ", "faint"), seg] if lines[-1] else [seg]
    return [tuple(line) for line in lines]


def _clock(
    view: PlanView, number: int, widths: tuple[int, ...], axis: Axis
) -> tuple[tuple[Row, ...], dict[str, tuple[int, int]]]:
    """The rows of the axis with the cards at their times, and the rows of each session."""
    week = view.weeks[number]
    if not week.entries:
        words = "Nothing is planned in this week. Press r to plan again, a to set your hours."
        width = sum(widths) + GAP * 6
        return ((), *paragraph(words, width, "muted", 4)), {}
    labels: dict[int, int] = {}
    for minute in sorted({_minutes(day.date, e)[0] for day in week.days for e in day.entries}):
        labels.setdefault(axis.row(minute), minute)
    spans: dict[str, tuple[int, int]] = {}
    columns = [
        _column(day, _exam_on(view, day), view.today, cells, axis, labels, spans)
        for day, cells in zip(week.days, widths, strict=True)
    ]
    height = max(map(len, columns))
    rows: list[Row] = []
    for index in range(height):
        at = labels.get(index)
        time = "" if at is None else f"{at // 60 % 24:02}:{at % 60:02}"
        row: list[Seg] = [Seg(time.ljust(AXIS), "muted")]
        for column, cells in zip(columns, widths, strict=True):
            ground = Seg("┈" * cells, "grid") if at is not None else Seg(" " * cells)
            row += column[index] if index < len(column) and column[index] else (ground,)
            row.append(Seg(" " * GAP))
        rows.append(tuple(row[:-1]))
    return tuple(rows), spans


def _column(
    day: Day,
    exam: Seg | None,
    today: date,
    width: int,
    axis: Axis,
    labels: dict[int, int],
    spans: dict[str, tuple[int, int]],
) -> list[Row]:
    """One day; a row without a card is empty. What overlaps comes one below the other."""
    rows: list[Row] = [()] * axis.rows
    if not day.entries and (exam or day.date >= today):
        words = exam or Seg("day off" if day.off else "free", "faint")
        short = words if len(words.text) <= width else replace(words, text="exam")
        rows[0] = pad((short,), width)
    end = 0
    for entry in day.entries:
        start, until = _minutes(day.date, entry)
        top = max(axis.row(start), end)
        end = max(axis.row(until), top + 1)
        rows += [()] * (end - len(rows))
        rows[top:end] = card(entry, width, end - top, timed=labels.get(top) != start)
        spans[entry.block.id] = (top, end)
    return rows


def _exam_on(view: PlanView, day: Day) -> Seg | None:
    """The appointment of that day."""
    if view.booked is None or _plain(view.booked) != day.date:
        return None
    time = f" {text.clock(view.booked)}" if isinstance(view.booked, datetime) else ""
    return Seg(f"exam{time}", "ink strong")


def _title(view: PlanView, number: int, width: int) -> Row:
    """Week `number` in words."""
    week = view.weeks[number]
    words = {0: "this week", 1: "next week", -1: "last week"}.get(number - view.current, "")
    sums = f"{week_sum(week)}, you have {duration(week.capacity)}"
    if number < view.current:
        sums = week_sum(week)
    left = (
        Seg(f"Week {number + 1} of {len(view.weeks)}", "week"),
        Seg(f"  {_dates(week, view)}", "ink"),
        Seg(f"  {words}" if words else "", "strong"),
        Seg(f"  ·  {sums}", "muted"),
    )
    return pad(cut(left, width), width)


def _heads(view: PlanView, number: int, widths: tuple[int, ...]) -> Row:
    """The names of the days; one with more work than hours says how much it is too much."""
    row = [Seg(" " * AXIS)]
    for day, width in zip(view.weeks[number].days, widths, strict=True):
        is_today = day.date == view.today
        style = "day today" if is_today else "day past" if day.date < view.today else "day"
        mark = "▸" if is_today else ""
        name = (Seg(f"{mark}{text.WEEKDAYS[day.date.weekday()]} {day.date.day}", style),)
        over = f"+{duration(day.excess)} "
        long = day.overbooked and day.date >= view.today and width > row_width(name) + len(over)
        right = (Seg(over, style if is_today else "day warn"),) if long else ()
        cell = spread(name, right, width, style) if right else pad(cut(name, width), width, style)
        row += [*cell, Seg(" " * GAP)]
    return tuple(row[:-1])


WEEK = "week-"
"""What the span of a week's heading in the list is called, before its index."""


def agenda_layout(view: PlanView, width: int, height: int = 0) -> Page:
    """Every week, and in it each day with sessions and today, for `width` cells.

    Blank rows after the last week let it come to the top of `height` rows.
    """
    rows: list[Row] = []
    spans: dict[str, tuple[int, int]] = {}
    today = None
    names = max((len(domain.short) for domain in view.domains), default=0)
    for number, week in enumerate(view.weeks):
        spans[f"{WEEK}{number}"] = (len(rows), len(rows) + 1)
        rows.append(_week_head(view, number, width))
        for day in week.days:
            if day.date >= view.today and today is None:
                today = len(rows)
            exam = _exam_on(view, day)
            if day.entries or exam or day.date == view.today:
                first = len(rows) + 1
                for index, entry in enumerate(day.entries, first):
                    spans[entry.block.id] = (index, index + 1)
                today_left = day.date == view.today and not day.load.total
                free = minutes_left(view.hours, view.now) if today_left else day.capacity
                rows += _day_rows(day, exam, view.today, free, width, names)
        rows.append(())
    last = spans.get(f"{WEEK}{len(view.weeks) - 1}", (0, 0))[0]
    rows += [()] * (height - (len(rows) - last))
    return Page((), tuple(rows), spans, today)


def _week_head(view: PlanView, number: int, width: int) -> Row:
    week = view.weeks[number]
    left = (
        Seg(f" Week {number + 1} of {len(view.weeks)}", "week"),
        Seg(f"  {_dates(week, view)}", "muted"),
    )
    return spread(left, (Seg(f"{week_sum(week)} ", "muted"),), width)


@lru_cache(maxsize=1024)
def _day_rows(
    day: Day, exam: Seg | None, today: date, free: int, width: int, names: int
) -> tuple[Row, ...]:
    """The rows of one day; kept, because a change of the plan leaves most days as they were."""
    rows = [
        _agenda_head(day, today, free, width),
        *(line(entry, width, names) for entry in day.entries),
    ]
    if exam:
        rows.append((Seg("   "), exam))
    elif not day.entries:
        words = "Day off." if day.off else "Nothing planned today."
        rows.append((Seg(f"   {words}", "faint"),))
    return tuple(rows)


def _agenda_head(day: Day, today: date, free: int, width: int) -> Row:
    """The day and its time, the `free` minutes where nothing is planned; the hours of a past day
    are not known any more."""
    style = "day today" if day.date == today else "day past" if day.date < today else "day"
    tag = " · today" if day.date == today else ""
    note = f"{duration(day.load.total)} " if day.load.total else ""
    if day.date < today:
        note = f"{duration(day.load.done)} done " if day.load.done else ""
    elif not day.load.total:
        note = f"{duration(free)} free " if free else ""
    elif day.overbooked:
        room = f" of {duration(day.capacity)}" if day.capacity else ", no study hours"
        note = f"{duration(day.load.total)}{room} "
    right = (Seg(f" {note}", "day warn" if day.overbooked else "day note"),)
    return spread((Seg(f" {text.day(day.date, today)}{tag} ", style),), right, width, "day")


def line(entry: Entry, width: int, names: int = 10) -> Row:
    """One session in one row: time, minutes, domain in `names` cells, activity, topic, status."""
    block = entry.block
    base = f"row {block.status}"
    name = block.id
    mark, word = ACTIVITY_MARK[block.activity], ACTIVITY_WORD[block.activity]
    word = "" if block.activity == "buffer" else word  # its title says it
    wordy = width >= 72
    room = max(min(names, 15 if wordy else 12), len(entry.short) if entry.beside else 0)
    lead = (
        Seg(entry.stripe, f"{base} tone-{entry.tone}", name),
        Seg(f" {text.clock(block.start)}", f"{base} time", name),
        Seg(f" {entry.minutes:>3}m ", f"{base} time", name),
        Seg(f"{text.fit(entry.short, room)} ", f"{base} tone-{entry.tone}", name),
        Seg(f"{mark} {word:<9}" if wordy else f"{mark} ", f"{base} foot", name),
    )
    right = _status(entry, base, wordy)
    title = text.clip(entry.title, width - row_width((*lead, *right)) - 1)
    left = (*lead, Seg(title, f"{base} {topic_style(entry)}", name))
    return pad(spread(cut(left, width), right, width, base, name), width, base, name)


def _status(entry: Entry, base: str, words: bool) -> Row:
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
    return (*marks, Seg(" ", base, block.id)) if marks else ()
