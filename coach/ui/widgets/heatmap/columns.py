"""Which columns of the heatmap fit in a width, and the two rows of their heads."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from coach.ui import text
from coach.ui.widgets.rows import Row, Seg

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
