"""Lays the domains of the heatmap out as rows: the cells of the reports, then trend, priority,
tier and practice.

Every cell shows its band as a colour and as a letter, and the bar's value where one was given.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from coach.model.documents import Cell, DomainRow, PracticeTotal, Trend
from coach.ui import text
from coach.ui.widgets.heatmap.columns import Columns, ReportHead
from coach.ui.widgets.rows import Row, Seg, clip_cells, wrap

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
    span = f"{low}–{high}" if low != high else str(low)
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
    return [Seg(filled, style), Seg("─" * (width - len(filled)), "track")]


def band_of(domain: DomainRow) -> str:
    """The band of the newest report, `unknown` without one."""
    return domain.cells[-1].band if domain.cells else "unknown"
