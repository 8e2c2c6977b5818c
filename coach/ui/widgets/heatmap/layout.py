"""Lays the domains of the heatmap out as rows: the cells of the reports, then trend, priority,
tier and practice.

Every cell shows its band as a colour and as a letter, and the bar's value where one was given.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rich.cells import cell_len

from coach.model.answers import Cell, DomainRow, PracticeTotal, Trend
from coach.ui import text
from coach.ui.widgets.rows import Row, Seg, clip_cells, wrap
from coach.wording import published_weight

GAP = 1
FEWEST = 3
"""Reports that are shown before names and figures get more room than they need."""
LONG_TITLE = 13


class ReportHead(NamedTuple):
    """What stands above a column: the day of the sitting and its score."""

    report: str
    at: date | None
    score: int | None
    passed: bool | None


class Columns(NamedTuple):
    """Widths in cells, 0 for a column that is left out. `cell` is a report's, without the gap
    after it; `first` is the oldest report shown, `cells` how many are."""

    name: int
    weight: int
    trend: int
    priority: int
    tier: int
    practice: int
    cell: int
    first: int
    cells: int

    @property
    def stride(self) -> int:
        """From one report's column to the next one's."""
        return self.cell + GAP


class _Form(NamedTuple):
    weight: int
    trend: int
    priority: int
    tier: int
    practice: int
    cell: int
    least_name: int

    @property
    def fixed(self) -> int:
        return self.weight + self.trend + self.priority + self.tier + self.practice

    def reports_in(self, width: int) -> int:
        """How many reports fit in that width, less than none where not even the names do."""
        return (width - self.fixed - self.least_name) // (self.cell + GAP)


_NARROW = _Form(8, 3, 9, 5, 0, 6, 18)
_FORMS = (
    _Form(16, 12, 16, 5, 0, 7, 28),
    _Form(8, 12, 13, 5, 0, 7, 24),
    _Form(8, 11, 11, 5, 0, 7, 17),
    _Form(8, 3, 9, 5, 0, 7, 18),
    _NARROW,
)
"""From the roomiest on; in all of them a name can be read."""
_PRACTISED = (
    _Form(16, 12, 16, 5, 26, 7, 30),
    _Form(16, 12, 16, 5, 12, 7, 28),
    _Form(8, 12, 13, 5, 12, 7, 24),
    _Form(8, 12, 11, 5, 7, 7, 18),
    _Form(8, 11, 8, 5, 6, 6, 18),
    _Form(8, 3, 9, 5, 7, 7, 18),
    _Form(8, 3, 9, 5, 7, 6, 18),
    _Form(8, 3, 9, 5, 0, 7, 18),
    _NARROW,
)
"""The same where there is practice to show."""
_TIGHT = (_Form(2, 3, 9, 3, 0, 6, 16), _Form(2, 3, 5, 0, 0, 6, 12))


def columns(
    names: Sequence[str], reports: int, chosen: int, width: int, *, practised: bool = False
) -> Columns:
    """The roomiest form that shows every report; where none does, the one that shows most of
    them. The chosen report is always among those shown, the newest where possible."""
    forms = _PRACTISED if practised else _FORMS
    form = next((form for form in forms if form.reports_in(width) >= reports), _NARROW)
    if form.reports_in(width) < min(reports, FEWEST):
        form = next((f for f in _TIGHT if f.reports_in(width) >= min(reports, FEWEST)), _TIGHT[-1])
    cells = max(min(reports, 1), min(reports, form.reports_in(width)))
    longest = max((len(text.visible(name)) for name in names), default=0) + 2
    room = width - form.fixed - cells * (form.cell + GAP)
    name = min(max(form.least_name, min(longest, room)), max(1, width))
    first = min(max(0, reports - cells), max(0, chosen))
    figures = (form.weight, form.trend, form.priority, form.tier, form.practice)
    return Columns(name, *figures, form.cell, first, cells)


def wanted_width(names: Sequence[str], reports: int) -> int:
    """The width in which every report is shown with the figures in words."""
    form = _PRACTISED[2]
    longest = max((len(text.visible(name)) for name in names), default=0) + 2
    name = min(max(form.least_name, longest), 44)
    return form.fixed + name + reports * (form.cell + GAP)


def head_rows(heads: Sequence[ReportHead], chosen: int, shape: Columns) -> list[Row]:
    """Two rows: the day of each report and its score, and the titles of the other columns."""
    last = shape.first + shape.cells
    older, newer = shape.first, len(heads) - last
    days: list[Seg] = [Seg(text.fit(f"‹ {older} older" if older else "", shape.name), "muted")]
    scores: list[Seg] = [Seg(text.fit("Domain", shape.name), "muted")]
    _title(days, scores, "Weight", shape.weight)
    for index, head in list(enumerate(heads))[shape.first : last]:
        mark = " strong" if index == chosen else ""
        day = _day(head.at, heads[-1].at, shape.cell)
        days.append(Seg(f"{day:^{shape.cell}} ", f"{'accent' if mark else 'muted'}{mark}"))
        style = {True: "passed", False: "failed", None: "muted"}[head.passed]
        score = "–" if head.score is None else str(head.score)
        scores.append(Seg(f"{score:^{shape.cell}} ", style + mark))
    figures = shape.trend + shape.priority + shape.tier + shape.practice
    days.append(Seg(text.fit(f"{newer} newer ›" if newer else "", figures), "muted"))
    _title([], scores, "Trend", shape.trend)
    gap = "Weight × gap" if shape.priority >= LONG_TITLE else "W × gap"
    _title([], scores, gap, shape.priority)
    _title([], scores, "Tier", shape.tier)
    _title([], scores, "Practice" if shape.practice > 8 else "Prac.", shape.practice)
    return [tuple(days), tuple(scores)]


def _day(at: date | None, newest: date | None, width: int) -> str:
    """`10 Nov`, or `Nov ’25` in another year than that of the newest report."""
    if at is None:
        return "?"
    month = text.MONTHS[at.month - 1]
    if newest and newest.year != at.year:
        return f"{month}{' ' if width > 6 else ''}’{at.year % 100:02}"
    return f"{at.day} {month}"


def _title(days: list[Seg], scores: list[Seg], title: str, width: int) -> None:
    if width:
        days.append(Seg(" " * width))
        shown = title if len(title) < width else ""
        scores.append(Seg(text.fit(shown, width), "muted"))


_LEVELS = "▁▂▃▄▅▆▇█"
TREND_MARK: dict[Trend, str] = {
    "improved": "↗", "declined": "↘", "stuck": "→", "steady": "→", "unknown": "·",
}  # fmt: skip
_TREND_STYLE: dict[Trend, str] = {
    "improved": "above", "declined": "below", "stuck": "near", "steady": "muted",
    "unknown": "faint",
}  # fmt: skip


class GridRow(NamedTuple):
    """One domain with a cell or None for each report of the exam. `heading` stands above the
    first domain of another outline."""

    domain: DomainRow
    cells: tuple[Cell | None, ...]
    heading: str = ""


def grid_rows(
    domains: Sequence[DomainRow], heads: Sequence[ReportHead], heading: str = ""
) -> list[GridRow]:
    """The domains of one outline, each cell under its own report."""
    rows = []
    for index, domain in enumerate(domains):
        cells = {cell.report: cell for cell in domain.cells}
        aligned = tuple(cells.get(head.report) for head in heads)
        rows.append(GridRow(domain, aligned, "" if index else heading))
    return rows


def row_height(domains: int, height: int) -> int:
    """Lines for each of `domains` in `height`: 3, 2, or 1 where there is no room for more."""
    return max(1, min(3, height // max(1, domains)))


def domain_rows(
    row: GridRow, shape: Columns, height: int, most: float, chosen: int | None
) -> list[Row]:
    """The `height` rows of one domain. `most` is the priority that fills a bar; `chosen` is the
    report whose cell is marked, None for no mark."""
    domain = row.domain
    names = _names(text.visible(domain.name), shape.name - 1, height)
    main = 1 if height == 3 else 0
    above = 1 if main and len(names) < height else 0
    rows: list[Row] = [(Seg(row.heading, "muted"),)] if row.heading else []
    for line in range(height):
        part = line - main
        name = names[line - above] if 0 <= line - above < len(names) else ""
        style = "ink strong" if chosen is not None else "ink"
        segs = [Seg(text.fit(name, shape.name), style)]
        shown = row.cells[shape.first : shape.first + shape.cells]
        if part == 0:
            segs += _weight(domain, shape.weight)
            for index, cell in enumerate(shown, shape.first):
                segs += _cell(cell, shape.cell, marked=index == chosen)
            segs += _figures(domain, shape, most)
        else:
            segs.append(Seg(" " * shape.weight))
            for cell in shown:
                segs += _edge(cell, shape.cell, "▄" if part < 0 else "▀")
        rows.append(tuple(segs))
    return rows


def _names(name: str, room: int, height: int) -> tuple[str, ...]:
    """The name in at most `height` lines; where it takes more, the last one is shortened."""
    lines = wrap(name, room, height + 1)
    if len(lines) <= height:
        return lines
    kept = lines[: height - 1]
    return (*kept, short_name(name[len(" ".join(kept)) :].strip(), room))


def short_name(name: str, width: int) -> str:
    """The name on one line, with its last word kept: names of one outline often begin alike."""
    last = name.rpartition(" ")[2]
    room = width - cell_len(last) - 2
    if cell_len(name) <= width or room < width // 3:
        return text.clip(name, width)
    return f"{clip_cells(name, room)}… {last}"


def _weight(domain: DomainRow, width: int) -> list[Seg]:
    """The weight as a bar, lying where there is room and upright where there is not."""
    if not width:
        return []
    low, high = domain.weight_low, domain.weight_high
    span = published_weight(low, high, "–").removesuffix(" %") if low is not None else "equal"
    if width >= 12:
        bar = _bar(domain.weight / 40, width - 9, "weight-bar")
        return [Seg(f"{span:<7}", "muted"), *bar, Seg("  ")]
    level = _LEVELS[min(7, int(domain.weight / 40 * 8))]
    return [Seg(f"{level} ", "weight-bar"), Seg(f"{span:<{width - 2}}"[: width - 2], "muted")]


def _cell(cell: Cell | None, width: int, *, marked: bool) -> list[Seg]:
    left, right = "[]" if marked else "  "
    if cell is None:
        return [Seg(f"{left}{' ' * (width - 2)}{right}", "faint"), Seg(" ")]
    letter = text.BAND_LETTER[cell.band]
    value = cell.value if isinstance(cell.value, int) else None
    inner = letter if value is None else f"{letter}{value:>{3 if width < 7 else 4}}"
    style = f"cell-{cell.band}{' strong' if marked else ''}"
    return [Seg(f"{left}{inner:^{width - 2}}{right}", style), Seg(" ")]


def _edge(cell: Cell | None, width: int, mark: str) -> list[Seg]:
    if cell is None:
        return [Seg(" " * (width + 1))]
    return [Seg(mark * width, f"edge-{cell.band}"), Seg(" ")]


def _figures(domain: DomainRow, shape: Columns, most: float) -> list[Seg]:
    row: list[Seg] = []
    if shape.trend:
        word = f" {domain.trend}" if shape.trend > 4 and domain.trend != "unknown" else ""
        label = text.fit(TREND_MARK[domain.trend] + word, shape.trend)
        row.append(Seg(label, _TREND_STYLE[domain.trend]))
    row += _priority(domain, shape.priority, most)
    if shape.tier:
        tier = "–" if domain.tier is None else str(domain.tier)
        row.append(Seg(text.fit(f" {tier}", shape.tier), "ink" if domain.tier else "faint"))
    if shape.practice:
        row += _practice(domain.practice, shape.practice)
    return row


def _practice(done: PracticeTotal, width: int) -> list[Seg]:
    """The level after each of the last results as a small chart, then the level and the status."""
    if done.level is None:
        return [Seg(text.fit("–", width), "faint")]
    style = {"competent": "above", "needs practice": "below", None: "muted"}[done.status]
    chart = sparkline(done.levels, 5)
    words = f"{chart:<5}"
    if width > 8:
        words += f" {done.level:>3.0f} %"
    if width > 20 and done.status:
        words += f"  {done.status}"
    return [Seg(text.fit(words, width), style)]


def sparkline(levels: Sequence[float], most: int) -> str:
    """The newest `most` percentages as bars from the bottom to the top of a line."""
    return "".join(_LEVELS[min(7, int(level / 100 * 8))] for level in levels[-most:])


def _priority(domain: DomainRow, width: int, most: float) -> list[Seg]:
    if domain.priority is None:
        return [Seg(text.fit("–", width), "faint")]
    room = width - 6
    row = _bar(domain.priority / most if most else 0.0, room, band_of(domain)) if room > 1 else []
    return [*row, Seg(f"{text.number(domain.priority):>5} "[-(width - max(0, room)) :], "ink")]


def _bar(share: float, width: int, style: str) -> list[Seg]:
    filled = text.bar(share, width)
    return [Seg(filled, style), Seg("─" * (width - len(filled)), "rail")]


def band_of(domain: DomainRow) -> str:
    """The band of the newest report, `unknown` without one."""
    return domain.cells[-1].band if domain.cells else "unknown"
