"""The sheets of the Heatmap: one domain, one insight, the matching of skills."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from coach.model.answers import DomainRow, Heatmap, Insight
from coach.model.material import OutlineMap
from coach.model.plan import Activity
from coach.service.drafts import MappingDraft
from coach.ui import text
from coach.ui.screens.modal import AskingModal
from coach.ui.screens.sheet import AROUND, BESIDE, DETAIL_WIDTH, Detail, keys_line
from coach.ui.styles import styles
from coach.ui.text import SOURCE_WORD
from coach.ui.widgets.heatmap.domain_sheet import (
    TopicList,
    domain_rows,
    guidance_rows,
    topic_listing,
)
from coach.ui.widgets.heatmap.grid import SEVERITY_MARK
from coach.ui.widgets.heatmap.layout import ReportHead
from coach.ui.widgets.line_view import Listing, RowList, RowsView
from coach.ui.widgets.rows import Row, Seg, fact, heading, paragraph, wrap

if TYPE_CHECKING:
    from coach.model.material import Mappings
    from coach.service import Service, State
    from coach.service.outcome import Outcome
    from coach.service.refusal import Problem


WAYS: tuple[Activity, ...] = ("learn", "lab", "scenario")
ROOMY = 36
"""Lines from which all ways of working are shown."""


class DomainDetail(Detail):
    """Topics are flagged as the newest report flags them, and kept in the user's own order.

    Below them stands how to study the topic under the cursor, each way of working where there
    is room, else the one that fits the domain's band.
    """

    KEYS = (("f", "flag"), ("J K", "move topic"), ("p", "log practice"), ("enter", "close"))
    AUTO_FOCUS = "TopicList"
    DEFAULT_CSS = """
    DomainDetail TopicList { height: auto; max-height: 1fr; margin-bottom: 1; }
    DomainDetail #guidance { height: auto; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "close", show=False),
        Binding("f", "flag", show=False),
        Binding("J,shift+down", "shift(1)", show=False),
        Binding("K,shift+up", "shift(-1)", show=False),
        Binding("p", "ask('practice')", show=False),
        Binding("left,h", "scroll(-1)", show=False),
        Binding("right,l", "scroll(1)", show=False),
    ]

    def __init__(self, domain: DomainRow, heads: Sequence[ReportHead], state: State) -> None:
        super().__init__(domain.name)
        self._domain, self._heads, self._state = domain, heads, state

    @property
    def _topics(self) -> TopicList:
        return self.query_one(TopicList)

    def more(self) -> tuple[Widget, ...]:
        return (TopicList(self._domain), RowsView(id="guidance"))

    def room(self) -> int:
        width = min(self.size.width, DETAIL_WIDTH) - BESIDE
        topics = topic_listing(self._domain, width)
        below = 1 + sum(map(len, topics.entries)) + 1 + len(self._guidance(width)) + 1
        whole = self.size.height - AROUND
        return max(3, whole * 4 // 10, whole - below)

    def redraw(self) -> None:
        super().redraw()
        self._guide()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self._guide()

    def _guide(self) -> None:
        """Show how to study the topic under the cursor."""
        view = self.query_one("#guidance", RowsView)
        rows = self._guidance(min(self.size.width, DETAIL_WIDTH) - BESIDE)
        view.styles.height = len(rows)
        view.fill(self._guidance)

    def _guidance(self, width: int) -> list[Row]:
        ways = WAYS if self.size.height >= ROOMY else (self._domain.way or "learn",)
        topic = self._topics.topic or self._domain.name
        guidance = self.host.service.guidance
        heatmap = self._state.heatmap
        guide = heatmap.study_guide if heatmap else None
        return guidance_rows([guidance(topic, way) for way in ways], guide, width)

    def rows(self, width: int) -> tuple[Row, ...]:
        state = self._state
        practice = [p for p in state.facts.practice.values() if p.exam == state.code]
        today = state.now.date()
        return tuple(domain_rows(self._domain, self._heads, practice, state.plan, today, width))

    def action_ask(self, action: str) -> None:
        self.dismiss(action)

    def action_flag(self) -> None:
        """Flag the topic in the newest report, or take its flag back."""
        topic = self._topics.topic
        if topic is None or not self._heads:
            return
        service = self.host.service
        draft = service.report_draft(self._heads[-1].report)
        kept = tuple(flag for flag in draft.flags if flag.casefold() != topic.casefold())
        flags = kept if len(kept) < len(draft.flags) else (*draft.flags, topic)
        draft = msgspec.structs.replace(draft, flags=flags)
        self._save(partial(service.edit_report, self._heads[-1].report, draft), topic)

    def action_shift(self, step: int) -> None:
        """Move the topic one place in the user's own order."""
        names = [mark.name for mark in self._domain.topics]
        here = self._topics.cursor
        if not names or not 0 <= here + step < len(names):
            return
        names.insert(here + step, names.pop(here))
        set_topics, code = self.host.service.set_topics, self._state.code or ""
        order = tuple(names)
        self._save(partial(set_topics, code, self._domain.name, order), order[here + step])

    def _save(self, use_case: Callable[[], Outcome], topic: str) -> None:
        """Run an edit, or say why nothing was saved; where another window was faster, ask."""
        self.host.edit(use_case, partial(self._follow, topic))

    def on_screen_resume(self) -> None:
        """Show what was decided over this sheet."""
        if self.host.state is not self._state:
            self._follow(self._topics.topic)

    def _follow(self, topic: str | None) -> None:
        """Show the new state with the cursor on that topic."""
        state = self._state = self.host.state
        heatmap = state.heatmap
        rows = {row.name: row for row in heatmap.domains} if heatmap else {}
        self._domain = rows.get(self._domain.name, self._domain)
        self._topics.show(self._domain)
        self._topics.cursor = next(
            (n for n, mark in enumerate(self._domain.topics) if mark.name == topic), 0
        )
        self.redraw()


_KIND = {
    "red-flag": "warning sign",
    "trend": "trend between reports",
    "readiness": "readiness",
    "rule": "rule",
    "tip": "tip",
}


def insight_rows(insight: Insight, heatmap: Heatmap | None, width: int) -> list[Row]:
    """The rows of the detail view, at most `width` cells each."""
    mark = f"{SEVERITY_MARK[insight.severity]} {insight.severity}"
    rows: list[Row] = [
        (Seg(mark, f"{insight.severity} strong"), Seg(f"  {_KIND[insight.kind]}", "muted")),
        (),
    ]
    rows += paragraph(text.told(insight.text), width, "strong")
    if insight.action:
        rows += [(), heading("What to do"), *paragraph(text.told(insight.action), width)]
    if insight.plan:
        rows += [
            (),
            heading("What the plan does about it"),
            *paragraph(text.told(insight.plan), width),
        ]
    if insight.domains:
        rows += [(), heading("Which domains")]
        for name in insight.domains:
            rows += _domain(name, heatmap, width)
    if insight.facts:
        rows += [(), heading("Which facts")]
        for triggered in insight.facts:
            rows += paragraph(text.told(triggered), width)
    rows += [(), heading("Where this comes from")]
    rows += fact("Rule", insight.rule or insight.code, width)
    rows += fact("Source", SOURCE_WORD[insight.source], width)
    return rows


def _domain(name: str, heatmap: Heatmap | None, width: int) -> list[Row]:
    row = next((row for row in heatmap.domains if row.name == name), None) if heatmap else None
    if row is None:
        return paragraph(name, width)
    cells: list[Seg] = []
    for cell in row.cells[-6:]:
        cells += [Seg(f" {text.BAND_LETTER[cell.band]} ", f"cell-{cell.band}"), Seg(" ")]
    room = width - 4 * len(cells) // 2
    return [(Seg(text.fit(name, room)), *cells)]


class InsightDetail(Detail):
    """Facts only; closes with None."""

    KEYS = (("enter", "close"),)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "close", show=False)]

    def __init__(self, insight: Insight, heatmap: Heatmap | None) -> None:
        super().__init__("What the reports say")
        self._insight, self._heatmap = insight, heatmap

    def rows(self, width: int) -> tuple[Row, ...]:
        return tuple(insight_rows(self._insight, self._heatmap, width))


NONE = "nothing"


class Matches(RowList):
    """A list of pairs; `matched` holds what each earlier skill continues as, None for nothing."""

    def __init__(self, maps: Sequence[OutlineMap], names: Sequence[str]) -> None:
        super().__init__(id="matches")
        self._names = names
        self._places = [(m.earlier, d.name) for m in maps for d in m.domains]
        self._suggested = [d.suggested for m in maps for d in m.domains]
        self.matched = [d.to for m in maps for d in m.domains]

    def pairs(self, earlier: str) -> tuple[tuple[str, str], ...]:
        """What continues as what from that outline, without those that nothing continues."""
        both = zip(self._places, self.matched, strict=True)
        return tuple((name, to) for (outline, name), to in both if outline == earlier and to)

    def turn(self, step: int) -> None:
        """Offer the next skill, or the one before, for the entry under the cursor."""
        options = [None, *self._names]
        here = options.index(self.matched[self.cursor])
        self.matched[self.cursor] = options[(here + step) % len(options)]
        self.rearrange()

    def suggest(self) -> None:
        """Take what is proposed wherever nothing is matched."""
        both = zip(self.matched, self._suggested, strict=True)
        self.matched = [to or suggested for to, suggested in both]
        self.rearrange()

    def clear(self) -> None:
        """Match nothing."""
        self.matched = [None for _ in self.matched]
        self.rearrange()

    def lay_out(self, width: int, height: int) -> Listing:
        entries: list[list[Row]] = []
        before = ""
        for (outline, name), to in zip(self._places, self.matched, strict=True):
            head: list[Row] = []
            if outline != before:
                head = [(Seg(text.clip(f"Skills of {outline}", width), "heading strong"),)]
            entries.append([*head, *_pair(name, to, width)])
            before = outline
        return Listing([], entries)


def _pair(name: str, to: str | None, width: int) -> list[Row]:
    lines = wrap(text.visible(name), width - 1, 3)
    shown = text.clip(to, width - 4) if to else NONE
    return [
        *((Seg(line, "ink"),) for line in lines),
        (Seg("  → ", "muted"), Seg(shown, "above" if to else "faint")),
    ]


class SkillMatching(AskingModal):
    """Closes with what was saved, or None. Bands of matched skills stand in one row."""

    CSS_PATH = styles("skill_matching")
    AUTO_FOCUS = "Matches"
    QUESTION = "Discard these matches?"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", show=False),
        Binding("left,h", "turn(-1)", show=False),
        Binding("right,l,space", "turn(1)", show=False),
        Binding("s", "suggest", show=False),
        Binding("x", "clear", show=False),
        Binding("enter,ctrl+s", "save", show=False),
    ]
    KEYS = (
        ("← →", "choose"), ("s", "take what fits"), ("x", "none"), ("enter", "save"),
        ("esc", "close"),
    )  # fmt: skip

    def __init__(self, service: Service, mappings: Mappings) -> None:
        super().__init__()
        self._service, self._mappings = service, mappings
        self._opened_with = [d.to for m in mappings.maps for d in m.domains]

    def compose(self) -> ComposeResult:
        detail = self._service.exam_detail(self._mappings.exam)
        newest = [o for o in detail.outlines if o.id == self._mappings.outline]
        names = [domain.name for outline in newest for domain in outline.domains]
        said = f"What continues as which skill of {self._mappings.outline}? You decide."
        with Vertical(id="match-frame") as frame:
            frame.border_title = "Match skills"
            yield Static(text.plain(said, "$ink-muted"), id="match-said")
            yield Matches(self._mappings.maps, names)
            yield Static(keys_line(*self.KEYS), id="match-keys")

    @property
    def _matches(self) -> Matches:
        return self.query_one(Matches)

    @property
    def changed(self) -> bool:
        return self._matches.matched != self._opened_with

    def action_turn(self, step: int) -> None:
        self._matches.turn(step)

    def action_suggest(self) -> None:
        self._matches.suggest()

    def action_clear(self) -> None:
        self._matches.clear()

    def action_save(self) -> None:
        """Keep the matches of every earlier outline."""
        exam, matched = self._mappings.exam, self._matches.pairs
        drafts = (
            MappingDraft(exam=exam, earlier=m.earlier, pairs=matched(m.earlier), clear=True)
            for m in self._mappings.maps
        )
        self.close_with(self._service.set_mappings(*drafts), self.action_save)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        said = " ".join(problem.text for problem in problems)
        self.query_one("#match-said", Static).update(text.plain(said, "$heat-below-ink"))
