"""One domain in full: its history, practice and next sessions, and its topics with their flags."""

from collections.abc import Iterable, Sequence
from datetime import date

from coach.model.answers import Cell, DomainRow, PracticeTotal, Schedule, ScheduleBlock
from coach.model.plan import Practice
from coach.ui import text
from coach.ui.widgets.heatmap.layout import TREND_MARK, ReportHead, sparkline
from coach.ui.widgets.line_view import Listing, RowList
from coach.ui.widgets.rows import Row, Seg, fact, heading, paragraph, wrap
from coach.wording import duration, published_weight

_TREND = {
    "improved": "better than in the report before",
    "declined": "worse than in the report before",
    "stuck": "no change since the report before",
    "steady": "above in both of the last reports",
    "unknown": "needs two reports",
}
LATEST = 3
LEVELS = 10


def domain_rows(
    domain: DomainRow,
    heads: Sequence[ReportHead],
    practice: Iterable[Practice],
    plan: Schedule | None,
    today: date,
    width: int,
) -> list[Row]:
    """The facts above the topics, at most `width` cells each; newest entries first."""
    span = published_weight(domain.weight_low, domain.weight_high, "–")
    said = f"{span} published" if domain.weight_low is not None else span
    rows = fact("Weight", f"{said}, {text.number(domain.weight)} of 100", width)
    rows += fact("Trend", f"{TREND_MARK[domain.trend]} {_TREND[domain.trend]}", width)
    rows += fact("Priority", _priority(domain), width)
    rows += _sessions(domain.name, plan, today, width)
    rows += _reports(domain, heads, today)
    return rows + _practice(domain, practice, today, width)


def _priority(domain: DomainRow) -> str:
    if domain.priority is None or domain.gap is None:
        return ""
    tier = f", tier {domain.tier}" if domain.tier else ""
    weight = text.number(domain.weight)
    return f"{text.number(domain.priority)} = weight {weight} × gap {domain.gap}{tier}"


def _reports(domain: DomainRow, heads: Sequence[ReportHead], today: date) -> list[Row]:
    cells = {cell.report: cell for cell in domain.cells}
    known = [(head, cells[head.report]) for head in reversed(heads) if head.report in cells]
    return [
        _history("" if index else "Reports", head, cell, today)
        for index, (head, cell) in enumerate(known)
    ]


def _history(label: str, head: ReportHead, cell: Cell, today: date) -> Row:
    value = "" if cell.value is None else f"{cell.origin or ''} {cell.value}".strip()
    return (
        Seg(text.fit(label, 14), "muted"),
        Seg(f" {text.BAND_LETTER[cell.band]} ", f"cell-{cell.band}"),
        Seg(f" {text.BAND_WORD[cell.band]:<8}", cell.band),
        Seg(text.fit(value, 12), "muted"),
        Seg(text.fit(text.day(head.at, today) if head.at else "", 15), "ink"),
        Seg(f" score {head.score}" if head.score is not None else "", "muted"),
    )


def _practice(
    domain: DomainRow, practice: Iterable[Practice], today: date, width: int
) -> list[Row]:
    done = domain.practice
    if not done.total:
        return fact("Practice", "nothing logged yet; p logs a quiz or a lab", width, "muted")
    rows = fact("Practice", _level(done), width)
    rows += fact("", _status(done), width, "muted")
    own = sorted((p for p in practice if p.domain == domain.name), key=lambda p: p.at)
    for entry in own[: -LATEST - 1 : -1]:
        said = (f"{entry.correct} of {entry.total}", text.day(entry.at, today), entry.source)
        rows += fact("", " · ".join(filter(None, said)), width, "muted")
    return rows


def _level(done: PracticeTotal) -> str:
    """Where practice stands: the chart of its levels, the level, where it goes, and all items."""
    if done.level is None:
        return f"{done.correct} of {done.total} right in all"
    trend = "" if done.trend == "unknown" else f" and {done.trend}"
    level = f"{sparkline(done.levels, LEVELS)} level {done.level:.0f} %{trend}"
    return f"{level}, {done.correct} of {done.total} right in all"


def _status(done: PracticeTotal) -> str:
    """The word for it, what it takes, and the gap that practice since the report speaks for."""
    if done.status is None:
        return ""
    good = f"{done.streak} good in a row since the report"
    gap = "" if done.gap is None else f"; with it the gap reads {text.number(done.gap)}"
    return f"{done.status}: {good}{gap}"


def _sessions(name: str, plan: Schedule | None, today: date, width: int) -> list[Row]:
    if plan is None:
        return []
    ahead = [
        block
        for week in plan.weeks
        for block in week.blocks
        if block.status == "planned" and name in (block.domain, *block.also)
    ]
    rows: list[Row] = []
    for index, block in enumerate(ahead[:LATEST]):
        rows += fact("" if index else "Next sessions", _session(block, today), width)
    return rows


def _session(block: ScheduleBlock, today: date) -> str:
    return f"{text.moment(block.start, today)} · {duration(block.minutes)} {block.activity}"


def topic_listing(domain: DomainRow, width: int) -> Listing:
    """The topics in the order of study in `width` cells, flagged ones marked."""
    head: list[Row] = [heading("Topics in the order of study")]
    if not domain.topics:
        return Listing([*head, (Seg("None is known for this outline.", "muted"),)], [])
    return Listing(
        head, [_topic(n, mark.name, mark.flagged, width) for n, mark in enumerate(domain.topics, 1)]
    )


def _topic(number: int, name: str, flagged: bool, width: int) -> list[Row]:
    tag = " flagged" if flagged else ""
    dot = Seg("● ", "flag") if flagged else Seg("· ", "faint")
    lines = wrap(text.visible(name), width - 5 - len(tag), 4)
    rows: list[Row] = [(Seg(f"{number:>2} ", "muted"), dot, Seg(lines[0]), Seg(tag, "flag strong"))]
    return rows + [(Seg(" " * 5), Seg(line)) for line in lines[1:]]


def guidance_rows(ways: Sequence[str], guide: str | None, width: int) -> list[Row]:
    """How to study the topic under the cursor, one paragraph for each way of working, and the
    address of the vendor's study guide where one is known."""
    rows = [heading("How to study it"), *(row for way in ways for row in paragraph(way, width))]
    address = text.visible(guide or "")
    # An address is broken without a hyphen, which would become a part of it.
    step = max(width, 1)
    pieces = [address[start : start + step] for start in range(0, len(address), step)]
    return rows + [(Seg(piece, "muted"),) for piece in pieces]


class TopicList(RowList):
    """The topics of one domain; `topic` is the one under the cursor."""

    def __init__(self, domain: DomainRow, **arguments: str) -> None:
        super().__init__(**arguments)
        self._domain = domain

    def show(self, domain: DomainRow) -> None:
        """Draw the topics of that domain."""
        self._domain = domain
        self.rearrange()

    @property
    def topic(self) -> str | None:
        """The name under the cursor."""
        topics = self._domain.topics
        return topics[self.cursor].name if self.cursor < len(topics) else None

    def lay_out(self, width: int, height: int) -> Listing:
        return topic_listing(self._domain, width)
