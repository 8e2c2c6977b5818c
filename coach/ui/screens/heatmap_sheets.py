"""The sheets of the Heatmap: one domain, what the reports say, the matching of skills."""

from collections.abc import Sequence
from functools import partial

import msgspec
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from coach.model.answers import Advice, DomainRow, Heatmap, Insight
from coach.model.material import Mappings, ResourceRow
from coach.model.phrase import Phrase
from coach.model.plan import Activity
from coach.service import exams, reports, settings
from coach.service.drafts import MappingDraft
from coach.service.outcome import Outcome
from coach.service.refusal import Problem
from coach.service.resources import mark_resource
from coach.service.service import Service
from coach.service.state import State
from coach.ui import actions, text
from coach.ui.screens.modal import AskingModal
from coach.ui.screens.sheet import AROUND, FilledList, KeyRow, ListSheet, Sheet
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
from coach.ui.widgets.rows import Row, Seg, fact, hanging, heading, paragraph
from coach.wording import counted

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

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self.redraw()

    def redraw(self) -> None:
        """Draw what there is to know, and how to study the topic under the cursor, or what the
        material is; the list gets the lines between."""
        super().redraw()
        view, lines = self.query_one("#guidance", RowsView), self._guide_lines()
        view.styles.height = lines
        view.fill(self._guidance)
        shown = min(len(self.rows(self.text_width)), self.room())
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

    def rows(self, width: int) -> list[Row]:
        state = self._state
        practice = [p for p in state.facts.practice.values() if p.exam == state.code]
        today = state.now.date()
        planned = planned_ahead(state.plan)
        ahead = planned.get(self._domain.name, Ahead(0, ())) if planned else None
        return domain_rows(self._domain, self._heads, practice, ahead, today, width)

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
        edit = partial(service.act, reports.edit_report, report, draft)
        self.host.edit(edit, partial(self._follow, topic))

    def action_shift(self, step: int) -> None:
        """Move the topic one place in the user's own order."""
        names = [mark.name for mark in self._domain.topics]
        here = self._list.cursor
        if self._list.topic is None or not 0 <= here + step < len(names):
            return
        names.insert(here + step, names.pop(here))
        code, name, order = self._state.code or "", self._domain.name, tuple(names)
        reorder = partial(self.host.service.act, settings.set_topics, code, name, order)
        self.host.edit(reorder, partial(self._follow, order[here + step]))

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
    origin = fact("Rule", insight.rule or insight.code, width)
    parts = {
        "What to do": paragraph(insight.action or "", width),
        "What the plan does about it": paragraph(insight.plan or "", width),
        "Which domains": [row for name in insight.domains for row in _domain(name, heatmap, width)],
        "Which facts": [row for f in insight.facts for row in paragraph(f, width)],
        "Where this comes from": origin + fact("Source", SOURCE_WORD[insight.source], width),
    }
    for title, part in parts.items():
        rows += [(), heading(title), *part] if part else []
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
    rows = hanging((mark,), insight.text, width)
    if insight.action:
        rows += hanging((Seg("  "),), insight.action, width, "muted")
    return [*rows, ()]


class AdviceSheet(ListSheet[str]):
    """Everything that the reports say; closes with None."""

    NAME = "advice"

    def __init__(self, advice: Advice, heatmap: Heatmap | None) -> None:
        super().__init__("What your reports say")
        self._insights, self._heatmap = advice.insights, heatmap

    def rows(self, width: int) -> list[Row]:
        found = counted(len(self._insights), "finding")
        said = f"{found}, most serious first." if self._insights else NOTHING_SAID
        return paragraph(said, width, "muted")

    def listing(self, width: int, room: int) -> Listing:
        return Listing([], [insight_entry(insight, width) for insight in self._insights])

    def action_take(self) -> None:
        if insight := self.chosen(self._insights):
            self.host.open("insight", insight)


class InsightDetail(Sheet[str]):
    """Facts only; closes with None."""

    def __init__(self, insight: Insight, heatmap: Heatmap | None) -> None:
        super().__init__("What your reports say", partial(insight_rows, insight, heatmap))


NONE = "nothing"


class SkillMatching(AskingModal):
    """Closes with what was saved, or None. Bands of matched skills stand in one row.

    `matched` holds what each earlier skill continues as, None for nothing.
    """

    NAME = "match"
    CSS_PATH = styles("skill_matching")
    AUTO_FOCUS = "FilledList"
    QUESTION = "Discard these matches?"

    def __init__(self, service: Service, mappings: Mappings) -> None:
        super().__init__()
        self._service, self._mappings = service, mappings
        detail = exams.detail(service.state.world, mappings.exam)
        newest = next((o for o in detail.outlines if o.id == mappings.outline), None)
        self._options = [None, *(domain.name for domain in (newest.domains if newest else ()))]
        self._skills = [(m.earlier, domain) for m in mappings.maps for domain in m.domains]
        self.matched = [domain.to for _, domain in self._skills]

    def compose(self) -> ComposeResult:
        said = f"Match old skills to the outline of {self._mappings.outline}."
        with Vertical(id="match-frame") as frame:
            frame.border_title = "Match skills"
            yield Static(text.plain(said, "$ink-muted"), id="match-said")
            yield FilledList(id="matches")
            yield KeyRow(actions.row("match"), id="match-keys")

    def on_mount(self) -> None:
        self._list.fill(self._listing)

    @property
    def _list(self) -> FilledList:
        return self.query_one(FilledList)

    def _listing(self, width: int) -> Listing:
        entries: list[list[Row]] = []
        before = ""
        for (outline, domain), to in zip(self._skills, self.matched, strict=True):
            head: list[Row] = []
            if outline != before:
                head = [(Seg(text.clip(f"Skills of {outline}", width), "heading strong"),)]
            shown = Seg(text.clip(to, width - 4) if to else NONE, "above" if to else "faint")
            name = paragraph(domain.name, width - 1)
            entries.append([*head, *name, (Seg("  → ", "muted"), shown)])
            before = outline
        return Listing([], entries)

    def _match(self, matched: list[str | None]) -> None:
        self.matched = matched
        self._list.rearrange()

    def action_turn(self, step: int) -> None:
        """Offer the next skill, or the one before, for the entry under the cursor."""
        here, matched = self._list.cursor, [*self.matched]
        index = self._options.index(matched[here]) + step
        matched[here] = self._options[index % len(self._options)]
        self._match(matched)

    def action_suggest(self) -> None:
        """Take what is proposed wherever nothing is matched."""
        both = zip(self.matched, self._skills, strict=True)
        self._match([to or domain.suggested for to, (_, domain) in both])

    def action_clear(self) -> None:
        self._match([None for _ in self.matched])

    def draft(self) -> list[MappingDraft]:
        """The matches of every earlier outline, without those of nothing."""
        both = list(zip(self._skills, self.matched, strict=True))
        exam = self._mappings.exam
        return [
            MappingDraft(
                exam=exam,
                earlier=outline.earlier,
                pairs=tuple((d.name, to) for (at, d), to in both if at == outline.earlier and to),
                clear=True,
            )
            for outline in self._mappings.maps
        ]

    def submit(self) -> Outcome:
        return self._service.act(exams.set_mappings, *self.draft())

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        said = text.shown(Phrase(" ").join(problem.text for problem in problems))
        self.query_one("#match-said", Static).update(text.plain(said, "$heat-below-ink"))
