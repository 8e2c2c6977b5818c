"""One domain: its story beside the map, and in full its history, sessions, topics and material."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from coach.model.answers import Advice, Cell, DomainRow, Heatmap, PracticeTotal
from coach.model.material import ResourceRow, Resources
from coach.model.plan import Practice
from coach.ui import text
from coach.ui.widgets.heatmap.grid import SEVERITY_MARK, gain
from coach.ui.widgets.heatmap.layout import (
    TREND_MARK,
    Ahead,
    ReportHead,
    shorts_of,
    soon,
    sparkline,
)
from coach.ui.widgets.line_view import Listing, RowList
from coach.ui.widgets.rows import Row, Seg, fact, hanging, heading, headline, paragraph
from coach.ui.widgets.schedule.plan_view import ACTIVITY_WORD
from coach.wording import counted, duration, published_weight, work_word

LATEST = 3
LEVELS = 10


class _Line(NamedTuple):
    """A line of a story that is wrapped after its mark."""

    said: str
    mark: str = ""
    mark_style: str = "muted"
    style: str = "ink"

    def rows(self, width: int, *before: Seg) -> list[Row]:
        """The line in `width` cells."""
        lead = (*before, Seg(self.mark, self.mark_style))
        return hanging(lead, self.said, width, self.style)


def story_rows(
    domain: DomainRow,
    heatmap: Heatmap,
    ahead: Ahead | None,
    advice: Advice | None,
    material: Resources | None,
    today: date,
    width: int,
    *,
    brief: bool,
) -> list[Row]:
    """What a domain costs and what to do about it, in `width` cells; `brief`: on few lines."""
    name = shorts_of(heatmap.domains).get(domain.name) or headline(text.visible(domain.name))
    worst = max(heatmap.domains, key=gain, default=None)
    costs = domain.priority and worst and domain.name == worst.name
    rows: list[Row] = [(Seg(f"Most to gain: {name}" if costs else name, "title"),)]
    lead = [*_bands(domain), _share(domain), *_ranked(domain), _practised(domain.practice)]
    if brief:
        rows += paragraph(" ".join(lead), width, "muted")
    else:
        full = paragraph(domain.name, width, "muted")
        rows += [*full, (), *(row for said in lead for row in paragraph(said, width))]
    done = [row.done for row in of_domain(material, domain.name)]
    of_all = f"{sum(done)} of {len(done)} done"
    found: list[_Section] = [
        ("Next", "Next", _next(ahead, today)),
        ("Topics", "Topics, weakest first", _topics(domain)),
        ("Change", "What to change", _change(domain, advice)),
        ("Material", f"Material, {of_all}", _material(material, domain.name)),
        ("Reports", "Your reports say", _all_reports(advice)),
    ]
    if brief:
        return rows + _digest(found, width)
    for _, label, lines in found:
        rows += [(), heading(label)] if lines else []
        rows += [row for line in lines for row in line.rows(width)]
    return rows


_Section = tuple[str, str, Sequence[_Line]]
"""A section of the sheet: its name in one word, its heading, and its lines."""


def _digest(found: Iterable[_Section], width: int) -> list[Row]:
    """The first line of each section with its name beside it; topics last."""
    rows: list[Row] = []
    for name, _, lines in sorted(found, key=lambda section: section[0] == "Topics"):
        for line in lines[:1]:
            rows += line.rows(width, Seg(text.fit(name, 9), "muted"))
    return rows


_BAND = {
    "below": "Below target", "near": "Near target", "above": "Above target",
}  # fmt: skip


def _bands(domain: DomainRow) -> list[str]:
    known = [cell.band for cell in domain.cells if cell.band != "unknown"]
    if not domain.cells:
        return []
    band = domain.cells[-1].band
    if band == "unknown":
        return [domain.meaning or "The newest report does not show it."]
    if domain.cells[-1].origin == "self-rating":
        return [f"{_BAND[band]} by your own rating."]
    alike = known.count(band)
    if len(known) == 1:
        return [f"{_BAND[band]} in your one report."]
    every = "both" if len(known) == 2 else f"all {len(known)}"
    of = every if alike == len(known) else f"{alike} of {len(known)}"
    return [f"{_BAND[band]} in {of} reports."]


def _share(domain: DomainRow) -> str:
    if domain.weight_low is None:
        return "Its weight is not published; all domains count the same."
    span = text.shown(published_weight(domain.weight_low, domain.weight_high))
    if domain.weight_low == domain.weight_high:
        return f"{span} of the exam."
    return f"About {domain.weight:.0f} % of the exam ({span} published)."


def _ranked(domain: DomainRow) -> list[str]:
    """What the priority is made of, where there is any."""
    if not domain.priority:
        return []
    return [f"Priority {domain.priority:.0f}: {'twice' if domain.gap == 2 else 'once'} its weight."]


def _practised(done: PracticeTotal) -> str:
    if done.level is None:
        return "No practice logged; p logs a quiz."
    trend = "" if done.trend == "unknown" else f" and {done.trend}"
    return f"Practice: {done.level:.0f} %{trend} ({done.correct} of {done.total} correct)."


def _next(ahead: Ahead | None, today: date) -> list[_Line]:
    if ahead is None:
        return []
    if not ahead.sessions:
        return [_Line("No study time planned.", style="muted")]
    lines = []
    starts = [soon(block.start, today) for block in ahead.sessions[:LATEST]]
    size = max(11, *map(len, starts))
    for block, start in zip(ahead.sessions, starts, strict=False):
        title = headline(text.visible(block.topic or block.domain or ""))
        told = f"{ACTIVITY_WORD[block.activity].capitalize()}: {title}"
        lines.append(_Line(told, f"{start:<{size}} "))
    return lines


def _topics(domain: DomainRow) -> list[_Line]:
    lines = []
    for mark in domain.topics:
        name = headline(text.visible(mark.name))
        known = f"{name}, {mark.level:.0f} %" if mark.level is not None else name
        said = f"{known}, flagged" if mark.flagged else known
        dot, style = ("● ", "flag") if mark.flagged else ("○ ", "muted")
        lines.append(_Line(said, dot, style))
    return lines


def _change(domain: DomainRow, advice: Advice | None) -> list[_Line]:
    # What another insight advises is about a topic, which its own text names.
    insights = [i for i in advice.insights if domain.name in i.text] if advice else []
    actions = list(dict.fromkeys(i.action for i in insights if i.action))[:2]
    return [_Line(text.shown(said)) for said in actions or filter(None, (domain.response,))]


def _all_reports(advice: Advice | None) -> list[_Line]:
    """The most severe of what the reports say, and where the rest is."""
    if not advice or not advice.insights:
        return []
    first, more = advice.insights[0], len(advice.insights) - 1
    mark, style = f"{SEVERITY_MARK[first.severity]} ", f"{first.severity} strong"
    rest = f"i shows {counted(more, 'more finding')}." if more else "i explains it."
    return [_Line(text.shown(first.text), mark, style, "muted"), _Line(rest, "  ", "", "muted")]


def of_domain(material: Resources | None, name: str) -> list[ResourceRow]:
    """What practises that domain, then what serves the whole exam."""
    rows = material.resources if material else ()
    own = [r for r in rows if name in (r.domain, *(fit.domain for fit in r.also))]
    return [*own, *(r for r in rows if r.domain is None)] if own else []


def _material(material: Resources | None, name: str) -> list[_Line]:
    return [
        _Line(row.title, *_done_mark(row.done), "muted" if row.done else "ink")
        for row in sorted(of_domain(material, name), key=lambda row: row.done)
    ]


def _done_mark(done: bool) -> tuple[str, str]:
    return ("✓ ", "done-mark") if done else ("· ", "muted")


_TREND = {
    "improved": "better than in the report before",
    "declined": "worse than in the report before",
    "stuck": "no change since the report before",
    "steady": "above in both of the last reports",
    "unknown": "needs two reports",
}
_TIER = {1: "tier 1: below target, or the heaviest near it", 2: "tier 2: near target"}


def domain_rows(
    domain: DomainRow,
    heads: Sequence[ReportHead],
    practice: Iterable[Practice],
    ahead: Ahead | None,
    today: date,
    width: int,
) -> list[Row]:
    """The facts above the topics, at most `width` cells each; newest entries first."""
    rows = fact("Weight", _share(domain), width)
    rows += fact("Trend", f"{TREND_MARK[domain.trend]} {_TREND[domain.trend]}", width)
    rows += fact("Priority", _priority(domain), width)
    sessions = ahead.sessions[:LATEST] if ahead else ()
    for index, block in enumerate(sessions):
        work = f"{duration(block.minutes)} {work_word(block.activity)}"
        said = f"{text.moment(block.start, today)} · {work}"
        rows += fact("" if index else "Next sessions", said, width)
    if ahead and not sessions:
        rows += fact("Next sessions", "no study time planned", width, "muted")
    rows += _reports(domain, heads, today)
    return rows + _practice(domain, practice, today, width)


def _priority(domain: DomainRow) -> str:
    if domain.priority is None or domain.gap is None:
        return ""
    weight, gap = text.number(domain.weight), ("above", "near", "below")[domain.gap]
    said = f"{text.number(domain.priority)} = weight {weight} × {domain.gap} for {gap} target"
    return f"{said}; {_TIER[domain.tier]}" if domain.tier else said


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
        Seg(f" {cell.band:<8}", cell.band),
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
        return f"{done.correct} of {done.total} correct"
    trend = "" if done.trend == "unknown" else f" and {done.trend}"
    level = f"{sparkline(done.levels, LEVELS)} {done.level:.0f} %{trend}"
    return f"{level}, {done.correct} of {done.total} correct"


def _status(done: PracticeTotal) -> str:
    """The word for it, what it takes, and the gap that practice since the report speaks for."""
    if done.status is None:
        return ""
    good = f"{done.streak} good in a row since the report"
    gap = "" if done.gap is None else f"; with it the gap reads {text.number(done.gap)}"
    return f"{done.status}: {good}{gap}"


class DomainList(RowList):
    """The topics of one domain in the order of study, then its material."""

    def __init__(
        self, domain: DomainRow, material: Sequence[ResourceRow], **arguments: str
    ) -> None:
        super().__init__(**arguments)
        self._domain, self._material = domain, material

    def show(self, domain: DomainRow, material: Sequence[ResourceRow]) -> None:
        """Draw the topics and the material of that domain."""
        self._domain, self._material = domain, material
        self.rearrange()

    @property
    def topic(self) -> str | None:
        """The topic under the cursor, None where that is on material."""
        topics = self._domain.topics
        return topics[self.cursor].name if self.cursor < len(topics) else None

    @property
    def resource(self) -> ResourceRow | None:
        """The material under the cursor, None where that is on a topic."""
        index = self.cursor - len(self._domain.topics)
        return self._material[index] if 0 <= index < len(self._material) else None

    def lay_out(self, width: int, height: int) -> Listing:
        return domain_listing(self._domain, self._material, width)


def domain_listing(domain: DomainRow, material: Sequence[ResourceRow], width: int) -> Listing:
    """Topics in the order of study in `width` cells, flagged ones marked, then the material."""
    head: list[Row] = [heading("Topics in the order of study")]
    if not domain.topics:
        head.append((Seg("None is known for this outline.", "muted"),))
    entries = []
    for number, mark in enumerate(domain.topics, 1):
        dot = Seg("● ", "flag") if mark.flagged else Seg("· ", "muted")
        tag = Seg(" flagged" if mark.flagged else "", "flag strong")
        entries.append(_entry((Seg(f"{number:>2} ", "muted"), dot), mark.name, tag, width))
    done = sum(row.done for row in material)
    for number, row in enumerate(material):
        tag = Seg(f" {duration(row.minutes)}" if row.minutes else "", "muted")
        rows = _entry((Seg(" "), Seg(*_done_mark(row.done))), row.title, tag, width)
        above = heading(f"Official material, {done} of {len(material)} done")
        entries.append(rows if number else [(), above, *rows])
    return Listing(head, entries)


def _entry(lead: Row, name: str, tag: Seg, width: int) -> list[Row]:
    first, *below = hanging(lead, name, width - len(tag.text), "", 4)
    return [(*first, tag), *below]


def guidance_rows(ways: Sequence[str], guide: str | None, width: int) -> list[Row]:
    """How to study the topic under the cursor, one paragraph for each way of working, and the
    address of the vendor's study guide where one is known."""
    rows = [heading("How to study it"), *(row for way in ways for row in paragraph(way, width))]
    return rows + paragraph(guide or "", width, "muted")


_KIND = {"lab": "Lab", "learn": "Learning path", "assessment": "Practice assessment"}


def resource_rows(row: ResourceRow, age: str | None, width: int) -> list[Row]:
    """What the material under the cursor is, what is special about it, its address and `age`,
    which says where it may no longer hold."""
    said = ["Case study on paper" if row.case_study else _KIND[row.kind]]
    said += [f"about {duration(row.minutes)}"] if row.minutes else []
    said += [f"from the course of {row.borrowed_from}"] if row.borrowed_from else []
    said += ["with old product names"] if row.retired_names else []
    said += ["address not checked"] if row.address_formed else []
    topics = dict.fromkeys(fit for fit in (row.topic, *(f.topic for f in row.also)) if fit)
    rows = [heading("This material"), *paragraph(", ".join(said), width)]
    rows += paragraph(f"For {'; '.join(topics)}" if topics else "", width, "muted")
    rows += paragraph(row.note or "", width, "muted")
    return [
        *rows,
        *paragraph(row.url, width, "muted"),
        *paragraph(age or "", width, "warn"),
    ]
