"""One domain in full: history, practice, next sessions, and topics to flag and to reorder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

import msgspec
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coach.model.documents import DomainRow
from coach.model.plan import Activity
from coach.service.outcome import Refused
from coach.ui.screens.data.stale_edit import ask_which
from coach.ui.screens.sheets.detail import AROUND, BESIDE, WIDTH, Detail
from coach.ui.widgets.heatmap.columns import ReportHead
from coach.ui.widgets.heatmap.domain_sheet import (
    TopicList,
    domain_rows,
    guidance_rows,
    topic_listing,
)
from coach.ui.widgets.line_view import RowList, RowsView
from coach.ui.widgets.rows import Row

if TYPE_CHECKING:
    from coach.service import State
    from coach.service.outcome import Outcome
    from coach.ui.app import CoachApp


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
        Binding("left", "scroll(-1)", show=False),
        Binding("right", "scroll(1)", show=False),
    ]

    def __init__(self, domain: DomainRow, heads: Sequence[ReportHead], state: State) -> None:
        super().__init__(domain.name)
        self._domain, self._heads, self._state = domain, heads, state

    @property
    def _service_app(self) -> CoachApp:
        return cast("CoachApp", self.app)

    @property
    def _topics(self) -> TopicList:
        return self.query_one(TopicList)

    def more(self) -> tuple[Widget, ...]:
        return (TopicList(self._domain), RowsView(id="guidance"))

    def room(self) -> int:
        width = min(self.size.width, WIDTH) - BESIDE
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
        rows = self._guidance(min(self.size.width, WIDTH) - BESIDE)
        view.styles.height = len(rows)
        view.fill(self._guidance)

    def _guidance(self, width: int) -> list[Row]:
        ways = WAYS if self.size.height >= ROOMY else (self._domain.way or "learn",)
        topic = self._topics.topic or self._domain.name
        guidance = self._service_app.service.guidance
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
        service = self._service_app.service
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
        set_topics, code = self._service_app.service.set_topics, self._state.code or ""
        order = tuple(names)
        self._save(partial(set_topics, code, self._domain.name, order), order[here + step])

    def _save(self, use_case: Callable[[], Outcome], topic: str) -> None:
        """Run an edit, or say why nothing was saved; where another window was faster, ask."""
        outcome = use_case()
        if isinstance(outcome, Refused) and outcome.stale:
            again = partial(self._save, use_case, topic)
            ask_which(self._service_app, outcome, again, partial(self._follow, topic))
        elif self._service_app.take(outcome):
            self._follow(topic)

    def _follow(self, topic: str) -> None:
        """Show the new state with the cursor on that topic."""
        state = self._state = self._service_app.state
        heatmap = state.heatmap
        rows = {row.name: row for row in heatmap.domains} if heatmap else {}
        self._domain = rows.get(self._domain.name, self._domain)
        self._topics.show(self._domain)
        self._topics.cursor = next(
            (n for n, mark in enumerate(self._domain.topics) if mark.name == topic), 0
        )
        self.redraw()
