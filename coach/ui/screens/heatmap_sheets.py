"""The sheets of the Heatmap: one domain, what the reports say, the matching of skills."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from coach.model.answers import Advice, DomainRow, Heatmap, Insight
from coach.model.material import OutlineMap, ResourceRow
from coach.model.plan import Activity
from coach.service import exams, reports, settings
from coach.service.drafts import MappingDraft
from coach.service.resources import mark_resource
from coach.ui import actions, text
from coach.ui.screens.modal import AskingModal
from coach.ui.screens.sheet import AROUND, KeyRow, ListSheet, Sheet
from coach.ui.styles import styles
from coach.ui.text import SOURCE_WORD
from coach.ui.widgets.heatmap.domain_sheet import (
    DomainList,
    domain_listing,
    domain_rows,
    guidance_rows,
    of_domain,
    resource_rows,
)
from coach.ui.widgets.heatmap.grid import SEVERITY_MARK
from coach.ui.widgets.heatmap.layout import Ahead, ReportHead, planned_ahead
from coach.ui.widgets.line_view import Listing, RowList, RowsView
from coach.ui.widgets.rows import MOST_LINES, Row, Seg, fact, heading, paragraph, wrap
from coach.wording import counted

if TYPE_CHECKING:
    from coach.model.material import Mappings
    from coach.service.outcome import Outcome
    from coach.service.refusal import Problem
    from coach.service.service import Service
    from coach.service.state import State


WAYS: tuple[Activity, ...] = ("learn", "lab", "scenario")
ROOMY = 36
"""Lines from which all ways of working are shown."""
BETWEEN, FEWEST = 2, 4
"""Lines between facts, list and guidance, and those that each of them gets at least."""
NOTHING_SAID = "Nothing yet; n enters a score report."


class DomainDetail(Sheet[str]):
    """Topics are flagged as the newest report flags them, and kept in the user's own order; the
    material is marked as done.

    Below them stands how to study the topic under the cursor, each way of working where there
    is room, else the one that fits the domain's band; or what the material under it is.
    """

    NAME = "domain"
    AUTO_FOCUS = "DomainList"
    DEFAULT_CSS = """
    DomainDetail DomainList { height: auto; margin-bottom: 1; }
    DomainDetail #guidance { height: auto; margin-bottom: 1; }
    """

    def __init__(self, domain: DomainRow, heads: Sequence[ReportHead], state: State) -> None:
        super().__init__(domain.name)
        self._domain, self._heads, self._state = domain, heads, state

    @property
    def _list(self) -> DomainList:
        return self.query_one(DomainList)

    @property
    def _material(self) -> list[ResourceRow]:
        return of_domain(self._state.resources, self._domain.name)

    def more(self) -> tuple[Widget, ...]:
        return (DomainList(self._domain, self._material), RowsView(id="guidance"))

    @property
    def _free(self) -> int:
        """Lines for facts, list and guidance together."""
        return self.size.height - AROUND - BETWEEN

    def _guide_lines(self) -> int:
        return min(len(self._guidance(self.text_width)), max(FEWEST, self._free // 3))

    def room(self) -> int:
        listed = domain_listing(self._domain, self._material, self.text_width).lines
        return max(FEWEST, self._free - self._guide_lines() - listed)

    def redraw(self) -> None:
        super().redraw()
        self._guide()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self._guide()

    def _guide(self) -> None:
        """Show how to study the topic under the cursor, or what the material is."""
        view, facts = self.query_one("#guidance", RowsView), self.query_one(RowsView)
        lines = self._guide_lines()
        view.styles.height = lines
        view.fill(self._guidance)
        shown = min(len(self.rows(self.text_width)), self.room())
        facts.styles.height = shown
        self._list.styles.max_height = max(FEWEST, self._free - shown - lines)
        self.query_one(KeyRow).show(self.keys())

    def offers(self, key: actions.SheetKey) -> bool:
        of_material = key.action in ("tick", "browse", "copy")
        here = self.is_mounted and self._list.resource is not None
        return key.action == "close" or of_material == here

    def _guidance(self, width: int) -> list[Row]:
        if resource := self._list.resource:
            material = self._state.resources
            return resource_rows(resource, material.age if material else None, width)
        topic = self._list.topic or self._domain.name
        ways = WAYS if self.size.height >= ROOMY else (self._domain.way or "learn",)
        heatmap = self._state.heatmap
        guide = heatmap.study_guide if heatmap else None
        return guidance_rows([self._way(topic, way) for way in ways], guide, width)

    def _way(self, topic: str, way: Activity) -> str:
        """What to do on that topic: the official lab where there is one, else what to build."""
        labs = (row for row in self._material if row.kind == "lab" and not row.case_study)
        fitting = (row for row in labs if topic in (row.topic, *(fit.topic for fit in row.also)))
        lab = next(fitting, None) if way == "lab" else None
        return f"{topic}: do {lab.title}." if lab else self.host.service.guidance(topic, way)

    def rows(self, width: int) -> tuple[Row, ...]:
        state = self._state
        practice = [p for p in state.facts.practice.values() if p.exam == state.code]
        today = state.now.date()
        planned = planned_ahead(state.plan)
        ahead = planned.get(self._domain.name, Ahead(0, ())) if planned else None
        return tuple(domain_rows(self._domain, self._heads, practice, ahead, today, width))

    def action_tick(self) -> None:
        """Mark the material as done, or take the mark back."""
        if row := self._list.resource:
            mark = partial(self.host.service.act, mark_resource, row.id, not row.done)
            self.host.edit(mark, self._follow, quiet=True)

    @property
    def address(self) -> str:
        row = self._list.resource
        return row.url if row else ""

    def action_flag(self) -> None:
        """Flag the topic in the newest report, or take its flag back."""
        topic = self._list.topic
        if topic is None or not self._heads:
            return
        service = self.host.service
        report = self._heads[-1].report
        draft = service.ask(reports.report_draft, report)
        kept = tuple(flag for flag in draft.flags if flag.casefold() != topic.casefold())
        flags = kept if len(kept) < len(draft.flags) else (*draft.flags, topic)
        draft = msgspec.structs.replace(draft, flags=flags)
        self._save(partial(service.act, reports.edit_report, report, draft), topic)

    def action_shift(self, step: int) -> None:
        """Move the topic one place in the user's own order."""
        names = [mark.name for mark in self._domain.topics]
        here = self._list.cursor
        if self._list.topic is None or not 0 <= here + step < len(names):
            return
        names.insert(here + step, names.pop(here))
        code, name, order = self._state.code or "", self._domain.name, tuple(names)
        reorder = partial(self.host.service.act, settings.set_topics, code, name, order)
        self._save(reorder, order[here + step])

    def _save(self, use_case: Callable[[], Outcome], topic: str) -> None:
        """Run an edit, or say why nothing was saved; where another window was faster, ask."""
        self.host.edit(use_case, partial(self._follow, topic))

    def on_screen_resume(self) -> None:
        """Show what was decided over this sheet."""
        if self.host.state is not self._state:
            self._follow(self._list.topic)

    def _follow(self, topic: str | None = None) -> None:
        """Show the new state with the cursor on that topic, else where it was."""
        state = self._state = self.host.state
        heatmap = state.heatmap
        rows = {row.name: row for row in heatmap.domains} if heatmap else {}
        self._domain = rows.get(self._domain.name, self._domain)
        self._list.show(self._domain, self._material)
        names = [mark.name for mark in self._domain.topics]
        if topic in names:
            self._list.cursor = names.index(topic)
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
    rows += paragraph(insight.text, width, "strong")
    if insight.action:
        rows += [(), heading("What to do"), *paragraph(insight.action, width)]
    if insight.plan:
        rows += [
            (),
            heading("What the plan does about it"),
            *paragraph(insight.plan, width),
        ]
    if insight.domains:
        rows += [(), heading("Which domains")]
        for name in insight.domains:
            rows += _domain(name, heatmap, width)
    if insight.facts:
        rows += [(), heading("Which facts")]
        for triggered in insight.facts:
            rows += paragraph(triggered, width)
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


def insight_entry(insight: Insight, width: int) -> list[Row]:
    """What was found in `width` cells, then what to do, then a blank line."""
    mark = Seg(f"{SEVERITY_MARK[insight.severity]} ", f"{insight.severity} strong")
    said = wrap(text.shown(insight.text), width - 2, MOST_LINES)
    rows: list[Row] = [(mark, Seg(said[0]))]
    rows += [(Seg("  "), Seg(line)) for line in said[1:]]
    advised = wrap(text.shown(insight.action), width - 2, MOST_LINES) if insight.action else ()
    return [*rows, *((Seg("  "), Seg(line, "muted")) for line in advised), ()]


class AdviceSheet(ListSheet[str]):
    """Everything that the reports say; closes with None."""

    NAME = "advice"

    def __init__(self, advice: Advice, heatmap: Heatmap | None) -> None:
        super().__init__("What your reports say")
        self._insights, self._heatmap = advice.insights, heatmap

    def rows(self, width: int) -> tuple[Row, ...]:
        found = counted(len(self._insights), "finding")
        said = f"{found}, most serious first." if self._insights else NOTHING_SAID
        return tuple(paragraph(said, width, "muted"))

    def listing(self, width: int, room: int) -> Listing:
        return Listing([], [insight_entry(insight, width) for insight in self._insights])

    def action_take(self) -> None:
        if insight := self.chosen(self._insights):
            self.host.open("insight", insight)


class InsightDetail(Sheet[str]):
    """Facts only; closes with None."""

    def __init__(self, insight: Insight, heatmap: Heatmap | None) -> None:
        super().__init__("What your reports say")
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

    NAME = "match"
    CSS_PATH = styles("skill_matching")
    AUTO_FOCUS = "Matches"
    QUESTION = "Discard these matches?"

    def __init__(self, service: Service, mappings: Mappings) -> None:
        super().__init__()
        self._service, self._mappings = service, mappings
        self._opened_with = [d.to for m in mappings.maps for d in m.domains]

    def compose(self) -> ComposeResult:
        detail = exams.detail(self._service.state.world, self._mappings.exam)
        newest = [o for o in detail.outlines if o.id == self._mappings.outline]
        names = [domain.name for outline in newest for domain in outline.domains]
        said = f"Match old skills to the outline of {self._mappings.outline}."
        with Vertical(id="match-frame") as frame:
            frame.border_title = "Match skills"
            yield Static(text.plain(said, "$ink-muted"), id="match-said")
            yield Matches(self._mappings.maps, names)
            yield KeyRow(actions.row("match"), id="match-keys")

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
        self.close_with(self._service.act(exams.set_mappings, *drafts), self.action_save)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        said = " ".join(problem.text for problem in problems)
        self.query_one("#match-said", Static).update(text.plain(said, "$heat-below-ink"))
