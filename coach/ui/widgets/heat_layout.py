"""Lays the heatmap out as rows: domains down, reports across, then trend, priority and tier.

Every cell shows its band as a colour and as a letter, and the bar's value where one was given.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from coach.model.documents import Cell, DomainRow, Trend
from coach.ui import text
from coach.ui.widgets.rows import Row, Seg, wrap

CELL = 7
STRIDE = CELL + 1
MOST_CELLS = 3
_LEVELS = "▁▂▃▄▅▆▇█"
TREND_MARK: dict[Trend, str] = {
    "improved": "↗", "declined": "↘", "stuck": "→", "steady": "→", "unknown": "·",
}  # fmt: skip
_TREND_STYLE: dict[Trend, str] = {
    "improved": "above", "declined": "below", "stuck": "near", "steady": "muted",
    "unknown": "faint",
}  # fmt: skip


class ReportHead(NamedTuple):
    """What stands above a column: the day of the sitting and its score."""

    report: str
    at: date | None
    score: int | None
    passed: bool | None


class Columns(NamedTuple):
    """Widths in cells, 0 for a column that is left out. `first` is the oldest report shown."""

    name: int
    weight: int
    trend: int
    priority: int
    tier: int
    practice: int
    first: int
    cells: int


# Widths of weight, trend, priority, tier, practice, then the least width of a name.
_FITS = (
    (16, 12, 16, 5, 9, 28),
    (8, 12, 13, 5, 9, 24),
    (8, 11, 11, 5, 0, 17),
    (8, 3, 9, 5, 0, 18),
    (2, 3, 9, 3, 0, 16),
    (2, 3, 5, 0, 0, 12),
)


def columns(names: Sequence[str], reports: int, chosen: int, width: int) -> Columns:
    """What fits in `width`: names keep a readable width, and three reports are shown before the
    wider forms of the other columns; more of them where there is room. The chosen report is
    always among those shown, the newest where possible."""
    wanted = min(reports, MOST_CELLS) * STRIDE
    fit = next((fit for fit in _FITS if sum(fit) + wanted <= width), _FITS[-1])
    fixed, least = sum(fit[:-1]), fit[-1]
    cells = max(min(reports, 1), min(reports, (width - fixed - least) // STRIDE))
    longest = max((len(text.visible(name)) for name in names), default=0) + 2
    name = max(least, min(longest, width - fixed - cells * STRIDE))
    first = min(max(0, reports - cells), max(0, chosen))
    return Columns(min(name, max(1, width)), *fit[:-1], first, cells)


def row_height(domains: int, height: int) -> int:
    """Lines for each of `domains` in `height`: 3, 2, or 1 where there is no room for more."""
    return max(1, min(3, height // max(1, domains)))


def head_rows(heads: Sequence[ReportHead], chosen: int, shape: Columns) -> list[Row]:
    """Two rows: the day of each report and its score, and the titles of the other columns."""
    shown = list(enumerate(heads))[shape.first : shape.first + shape.cells]
    days: list[Seg] = [Seg(text.fit(_older(shape.first), shape.name), "muted")]
    scores: list[Seg] = [Seg(text.fit("Domain", shape.name), "muted")]
    _title(days, scores, "Weight", shape.weight)
    for index, head in shown:
        mark = " strong" if index == chosen else ""
        day = _day(head.at, heads[-1].at)
        days.append(Seg(f"{day:^{CELL}} ", f"{'accent' if mark else 'muted'}{mark}"))
        style = {True: "passed", False: "failed", None: "muted"}[head.passed]
        score = "–" if head.score is None else str(head.score)
        scores.append(Seg(f"{score:^{CELL}} ", style + mark))
    _title(days, scores, "Trend", shape.trend)
    gap = "Weight × gap" if shape.priority >= 13 else "W × gap"
    _title(days, scores, gap, shape.priority)
    _title(days, scores, "Tier", shape.tier)
    _title(days, scores, "Practice", shape.practice)
    return [tuple(days), tuple(scores)]


def _day(at: date | None, newest: date | None) -> str:
    """`10 Nov`, or `Nov ’25` in another year than that of the newest report."""
    if at is None:
        return "?"
    month = text.MONTHS[at.month - 1]
    if newest and newest.year != at.year:
        return f"{month} ’{at.year % 100:02}"
    return f"{at.day} {month}"


def _older(count: int) -> str:
    return f"‹ {count} older" if count else ""


def _title(days: list[Seg], scores: list[Seg], title: str, width: int) -> None:
    if width:
        days.append(Seg(" " * width))
        shown = title if len(title) < width else ""
        scores.append(Seg(text.fit(shown, width), "muted"))


def domain_rows(
    domain: DomainRow, shape: Columns, height: int, most: float, chosen: int | None
) -> list[Row]:
    """The `height` rows of one domain. `most` is the priority that fills a bar; `chosen` is the
    report whose cell is marked, None for no mark."""
    name = text.visible(domain.name)
    room = shape.name - 1
    names = wrap(name, room, height) if height > 1 else (text.clip(name, room),)
    main = 1 if height == 3 else 0
    above = 1 if main and len(names) < height else 0
    rows = []
    for line in range(height):
        part = line - main
        name = names[line - above] if 0 <= line - above < len(names) else ""
        style = "ink strong" if chosen is not None else "ink"
        row = [Seg(text.fit(name, shape.name), style)]
        shown = domain.cells[shape.first : shape.first + shape.cells]
        if part == 0:
            row += _weight(domain, shape.weight)
            for index, cell in enumerate(shown, shape.first):
                row += _cell(cell, marked=index == chosen)
            row += _figures(domain, shape, most)
        else:
            row.append(Seg(" " * shape.weight))
            for cell in shown:
                row += [Seg(("▄" if part < 0 else "▀") * CELL, f"edge-{cell.band}"), Seg(" ")]
        rows.append(tuple(row))
    return rows


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


def _cell(cell: Cell, *, marked: bool) -> list[Seg]:
    letter = text.BAND_LETTER[cell.band]
    inner = f"{letter} {cell.value:>3}" if isinstance(cell.value, int) else letter
    left, right = "[]" if marked else "  "
    style = f"cell-{cell.band}{' strong' if marked else ''}"
    return [Seg(f"{left}{inner:^{CELL - 2}}{right}", style), Seg(" ")]


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
        done = domain.practice
        words = f"{done.correct}/{done.total}" if done.total else "–"
        row.append(Seg(text.fit(words, shape.practice), "ink" if done.total else "faint"))
    return row


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
