"""Lays the domains of the heatmap out as rows: the name with what is planned, the cells of the
reports, the priority and the level of practice. A row is the higher the more it weighs.

Every cell shows its band as a colour and as a letter, and the bar's value where one was given.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from coach.model.answers import SELF_RATING, Cell, DomainRow, Trend
from coach.model.plan import Schedule, ScheduleBlock
from coach.ui import text
from coach.ui.widgets.rows import Row, Seg, headline, row_width, short_names, wrap
from coach.wording import TREND_WORD, duration, published_weight

GAP = 1
FEWEST = 3
"""Reports that are shown before names and figures get more room than they need."""
LONGEST = 60
"""Cells that a name takes at the most."""
TALL, LOW = 7, 3
"""Lines from which a row lists its topics, and from which it says everything else."""
WORDY = 16
"""Cells from which the column of practice says in which direction it goes."""
HIGHEST = {TALL: 12, LOW: 6}
"""Lines that a row takes at the most, by what it takes at least."""


class ReportHead(NamedTuple):
    """What stands above a column: the day of the sitting and its score."""

    report: str
    at: date | None
    score: int | None
    passed: bool | None


class Ahead(NamedTuple):
    """What is planned for one domain: minutes of its own, and its sessions; those that it shares
    with other domains where it has none of its own."""

    minutes: int
    sessions: tuple[ScheduleBlock, ...]


def planned_ahead(plan: Schedule | None) -> dict[str, Ahead]:
    """What is still planned, by domain; empty without a plan."""
    own: dict[str, list[ScheduleBlock]] = {}
    shared: dict[str, list[ScheduleBlock]] = {}
    for block in (b for week in plan.weeks for b in week.blocks) if plan else ():
        if block.status == "planned":
            own.setdefault(block.domain or "", []).append(block)
            for name in block.also:
                shared.setdefault(name, []).append(block)
    return {
        name: Ahead(sum(b.minutes for b in own.get(name, ())), tuple(own.get(name) or shared[name]))
        for name in shared | own
    }


def soon(at: datetime, today: date) -> str:
    """`today 19:00`, `Sat 10:00` within a week, else `28 Nov 10:00`."""
    days = (at.date() - today).days
    if days == 0:
        return f"today {text.clock(at)}"
    day = text.WEEKDAYS[at.weekday()] if 0 < days < 7 else text.short_day(at, today)
    return f"{day} {text.clock(at)}"


class Columns(NamedTuple):
    """Widths in cells, 0 for a column that is left out. `cell` is a report's, without the gap
    after it; `first` is the oldest report shown, `cells` how many are."""

    name: int
    cell: int
    priority: int
    practice: int
    first: int = 0
    cells: int = 0

    @property
    def stride(self) -> int:
        """From one report's column to the next one's."""
        return self.cell + GAP

    @property
    def width(self) -> int:
        """The cells that a row takes."""
        return self.name + self.cells * self.stride + self.priority + self.practice

    def reports_in(self, width: int) -> int:
        """How many reports fit in that width, less than none where not even the names do."""
        return (width - self.name - self.priority - self.practice) // self.stride


_FORMS = (
    Columns(44, 10, 30, 16),
    Columns(38, 8, 22, 10),
    Columns(30, 8, 18, 10),
    Columns(28, 6, 14, 9),
    Columns(24, 6, 13, 0),
    Columns(20, 6, 9, 0),
)
"""From the roomiest on; in all of them a name can be read."""
_TIGHT = (_FORMS[-1], Columns(16, 6, 7, 0), Columns(12, 6, 5, 0))


def columns(reports: int, chosen: int, width: int, *, practised: bool = False) -> Columns:
    """The roomiest form that shows every report; where none does, the one that shows most of
    them. The chosen report is always among those shown, the newest where possible."""
    forms = [f if practised else f._replace(practice=0) for f in _FORMS]
    form = next((f for f in forms if f.reports_in(width) >= reports), forms[-1])
    if form.reports_in(width) < min(reports, FEWEST):
        form = next((f for f in _TIGHT if f.reports_in(width) >= min(reports, FEWEST)), _TIGHT[-1])
    cells = max(min(reports, 1), min(reports, form.reports_in(width)))
    room = width - form.priority - form.practice - cells * form.stride
    first = min(max(0, reports - cells), max(0, chosen))
    name = min(max(form.name, min(room, LONGEST)), max(1, width))
    return form._replace(name=name, first=first, cells=cells)


def row_heights(weights: Sequence[float], height: int) -> list[int]:
    """Lines for each domain in `height`, shared out by weight: all domains in full where there is
    room, else two lines each, else one."""
    count, total = len(weights), sum(weights) or 1
    if height < LOW * count or not count:
        return [2 if height >= 2 * count else 1] * count
    least = TALL if height >= TALL * count else LOW
    most = HIGHEST[least]
    room = min(height, round(most * total / max(weights)))
    while True:
        heights = [max(least, min(most, round(w / total * room))) for w in weights]
        if sum(heights) <= height:
            return heights
        room -= 1


def head_rows(
    heads: Sequence[ReportHead], chosen: int, shape: Columns, orders: Sequence[str], scale: str
) -> list[Row]:
    """Two rows: the day of each report and its score, above the titles of the other columns.

    `orders` say how the rows are ordered, the first that fits; `scale` what the bars show."""
    last = shape.first + shape.cells
    older, newer = shape.first, len(heads) - last
    title = "Where the points are" if shape.name > 20 else "Domains"
    title = f"‹ {older} older" if older else title
    days: list[Seg] = [Seg(text.fit(title, shape.name), "muted" if older else "strong")]
    said = next((each for each in orders if len(each) < shape.name), "")
    scores: list[Seg] = [Seg(text.fit(said, shape.name), "muted")]
    for index, head in list(enumerate(heads))[shape.first : last]:
        mark = " strong" if index == chosen else ""
        rated = head.report == SELF_RATING
        day = "own" if rated else _day(head.at, heads[-1].at, shape.cell)
        days.append(Seg(f"{day:^{shape.cell}} ", f"{'accent' if mark else 'muted'}{mark}"))
        style = {True: "passed", False: "failed", None: "muted"}[head.passed]
        score = "level" if rated else "–" if head.score is None else str(head.score)
        scores.append(Seg(f"{score:^{shape.cell}} ", style + mark))
    figures = shape.priority + shape.practice
    days.append(Seg(text.fit(f"{newer} newer ›" if newer else "", figures), "muted"))
    shown = scale if len(scale) < shape.priority else ""
    scores.append(Seg(text.fit(shown, shape.priority), "muted"))
    gap = "  " if shape.practice >= WORDY else ""
    scores.append(Seg(text.fit(f"{gap}Practice", shape.practice), "muted"))
    return [tuple(days), tuple(scores)]


def _day(at: date | None, newest: date | None, width: int) -> str:
    """`10 Nov`, or `Nov ’25` in another year than that of the newest report."""
    if at is None:
        return "?"
    month = text.MONTHS[at.month - 1]
    if newest and newest.year != at.year:
        return f"{month}{' ' if width > 6 else ''}’{at.year % 100:02}"
    return f"{at.day} {month}"


_LEVELS = "▁▂▃▄▅▆▇█"
TREND_MARK: dict[Trend, str] = {
    "improved": "↗", "declined": "↘", "stuck": "→", "steady": "→", "unknown": " ",
}  # fmt: skip
_TREND_STYLE: dict[Trend, str] = {
    "improved": "above", "declined": "below", "stuck": "near", "steady": "above",
    "unknown": "faint",
}  # fmt: skip


class GridRow(NamedTuple):
    """One domain by its short name, with a cell or None for each report of the exam, and what is
    planned for it: None where there is no plan. `heading` stands above the first domain of another
    outline."""

    domain: DomainRow
    short: str
    cells: tuple[Cell | None, ...]
    ahead: Ahead | None = None
    heading: str = ""


def shorts_of(domains: Iterable[DomainRow]) -> dict[str, str]:
    """The short name of each domain, as on the Schedule."""
    names = [domain.name for domain in domains]
    return dict(zip(names, short_names(names), strict=True))


def grid_rows(
    domains: Sequence[DomainRow],
    heads: Sequence[ReportHead],
    ahead: Mapping[str, Ahead] | None = None,
    heading: str = "",
) -> list[GridRow]:
    """The domains of one outline, each cell under its own report."""
    rows = []
    shorts = shorts_of(domains)
    for index, domain in enumerate(domains):
        cells = {cell.report: cell for cell in domain.cells}
        aligned = tuple(cells.get(head.report) for head in heads)
        planned = ahead.get(domain.name, Ahead(0, ())) if ahead else None
        rows.append(
            GridRow(domain, shorts[domain.name], aligned, planned, "" if index else heading)
        )
    return rows


def domain_rows(
    row: GridRow, shape: Columns, height: int, most: float, chosen: int | None, today: date
) -> list[Row]:
    """The `height` rows of one domain, the last of them a gap where there are three or more.

    `most` is the priority that fills a bar; `chosen` is the report whose cell is marked, None for
    no mark. Where no row has a priority, the bars show the weight."""
    told = _told(row, shape.name - 2, height, today)
    solid = height - 1 if height >= LOW else 1
    rows: list[Row] = [(Seg(text.clip(row.heading, shape.width), "muted"),)]
    rows = rows if row.heading else []
    for line in range(height):
        label = told[line] if line < len(told) else Seg("")
        segs = [Seg(text.fit(label.text, shape.name), label.style)]
        for index, cell in list(enumerate(row.cells))[shape.first : shape.first + shape.cells]:
            if line == (solid - 1) // 2:
                segs += _cell(cell, shape.cell, marked=index == chosen)
            elif line < solid or height == 2:
                segs += _filled(cell, shape.cell, "█" if line < solid else "▀")
            else:
                segs.append(Seg(" " * shape.stride))
        segs += _figures(row.domain, shape, most, line, height)
        rows.append(tuple(segs) if line < max(solid, len(told)) or height <= LOW else ())
    return rows


def _told(row: GridRow, room: int, height: int, today: date) -> list[Seg]:
    """What stands under each other in the column of names."""
    domain, name = row.domain, row.short
    low, high = domain.weight_low, domain.weight_high
    weight = text.shown(published_weight(low, high)) if low is not None else "weight not published"
    planned = _planned(row.ahead, today)
    if height == 1:
        beside = low is not None and domain.priority is not None and room >= 22
        tail = f" {weight.removesuffix(' %')}" if beside else ""
        known = text.clip(name, room - len(tail))
        return [Seg(f"{known:<{room - len(tail)}}{tail}", "ink strong")]
    if height == 2:
        parts = [weight, *planned]
        while len(parts) > 1 and len(" · ".join(parts)) > room:
            parts.pop()
        return [Seg(text.clip(name, room), "ink strong"), Seg(" · ".join(parts), "muted")]
    told = [Seg(text.clip(name, room), "ink strong")]
    share = f"{weight} of the exam" if low is not None else weight
    forms = (" · next ".join(planned), " · ".join(planned), planned[0]) if planned else ("",)
    fitting = next((form for form in forms if len(form) <= room), forms[-1])
    told += [Seg(text.clip(said, room), "muted") for said in (share, fitting) if said]
    if height >= TALL:
        for topic in domain.topics:
            dot, style = ("● ", "flag") if topic.flagged else ("○ ", "muted")
            lines = wrap(headline(text.visible(topic.name)), room - len(dot), LOW)
            told += [Seg(f"{'  ' if n else dot}{line}", style) for n, line in enumerate(lines)]
    return told[: height if height <= LOW else height - 1]


def _planned(ahead: Ahead | None, today: date) -> list[str]:
    """The time that is planned, and when it begins."""
    if ahead is None:
        return []
    if not ahead.sessions:
        return ["no study time planned"]
    return [
        duration(ahead.minutes) if ahead.minutes else "mixed work",
        soon(ahead.sessions[0].start, today),
    ]


def _cell(cell: Cell | None, width: int, *, marked: bool) -> list[Seg]:
    left, right = "[]" if marked else "  "
    if cell is None:
        return [Seg(f"{left}{' ' * (width - 2)}{right}", "faint"), Seg(" ")]
    letter = text.BAND_LETTER[cell.band]
    value = cell.value if isinstance(cell.value, int) else None
    inner = letter if value is None else f"{letter} {value}"
    if len(inner) > width - 2:  # a full score in the narrowest cell
        inner = f"{letter}{value}"
    style = f"cell-{cell.band}{' strong' if marked else ''}"
    return [Seg(f"{left}{inner:^{width - 2}}{right}", style), Seg(" ")]


def _filled(cell: Cell | None, width: int, mark: str) -> list[Seg]:
    if cell is None:
        return [Seg(" " * (width + GAP))]
    full = mark == "█"
    style = f"{'cell' if full else 'edge'}-{cell.band}"
    return [Seg((" " if full else mark) * width, style), Seg(" ")]


def _figures(domain: DomainRow, shape: Columns, most: float, line: int, height: int) -> list[Seg]:
    """Bar and number of the priority, with the trend under it, and the level of practice."""
    blank = Seg(" " * shape.practice)
    if line == 1:
        word = Seg(text.fit(TREND_WORD[domain.trend], shape.priority), _TREND_STYLE[domain.trend])
        return [word, blank]
    if line:
        return [Seg(" " * shape.priority), blank]
    if not shape.practice:
        return _priority(domain, shape.priority, most, height)
    level = domain.practice.level
    said = "–" if level is None else f"{level:.0f} %"
    if shape.practice < WORDY:  # away from the priority, which is a figure too
        said = said.rjust(len("Practice"))
    elif level is not None and domain.practice.trend != "unknown":
        said = f"  {said}, {domain.practice.trend}"
    else:
        said = f"  {said}"
    return [
        *_priority(domain, shape.priority, most, height),
        Seg(text.fit(said, shape.practice), "muted" if level is None else "ink"),
    ]


def _priority(domain: DomainRow, width: int, most: float, height: int) -> list[Seg]:
    amount = domain.weight if domain.priority is None else domain.priority
    bars = width - 5 - (2 if height == 1 else 0)
    row: list[Seg] = []
    if bars > 0:
        style = "weight-bar" if domain.priority is None else band_of(domain)
        filled = text.bar(amount / most if most else 0.0, bars)
        row = [Seg(filled, style), Seg(" " * (bars - len(filled)))]
    row.append(Seg(f"{amount:>4.0f} "[-width:], "ink strong"))
    if height == 1 and width >= 7:
        row.append(Seg(f"{TREND_MARK[domain.trend]} ", _TREND_STYLE[domain.trend]))
    return [*row, Seg(" " * (width - row_width(row)))]


def band_of(domain: DomainRow) -> str:
    """The band of the newest report, `unknown` without one."""
    return domain.cells[-1].band if domain.cells else "unknown"


def sparkline(levels: Sequence[float], most: int) -> str:
    """The newest `most` percentages as bars from the bottom to the top of a line."""
    return "".join(_LEVELS[min(7, int(level / 100 * 8))] for level in levels[-most:])
