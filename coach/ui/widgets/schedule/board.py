"""The plan on screen: now, below it a week on the clock or a list by day, and one selection."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.widget import Widget

from coach.model.plan import Schedule
from coach.ui.widgets.line_view import PlanLines
from coach.ui.widgets.rows import Page, Row
from coach.ui.widgets.schedule.block_rows import why_rows
from coach.ui.widgets.schedule.frame import legend_rows, panel_rows, strip_rows
from coach.ui.widgets.schedule.plan_view import Entry, PlanView
from coach.ui.widgets.schedule.week_layout import WEEK, agenda_layout, week_layout

if TYPE_CHECKING:
    from coach.service.state import State


def step(view: PlanView, block: str, by: int) -> str:
    """The block `by` places later in time (earlier if negative), stopping at the ends."""
    if not view.order:
        return ""
    if block not in view.place:
        return view.next_block or ""
    index = view.order.index(block) + by
    return view.order[min(max(index, 0), len(view.order) - 1)]


def sideways(view: PlanView, block: str, by: int) -> str:
    """The block at the same height on the next day with blocks (the day before if negative)."""
    if block not in view.place:
        return step(view, block, by)
    week, day = view.place[block]
    height = [entry.block.id for entry in view.weeks[week].days[day].entries].index(block)
    at = week * 7 + day + by
    while 0 <= at < len(view.weeks) * 7:
        entries = view.weeks[at // 7].days[at % 7].entries
        if entries:
            return entries[min(height, len(entries) - 1)].block.id
        at += by
    return block


def touched(before: PlanView, view: PlanView) -> str:
    """The one block of this plan that an action changed, else an empty text; that a block was
    missed, or that planning gave it other work, is no action on it."""
    kept = {id(week) for week in before.weeks}
    found = [
        entry.block.id
        for week in view.weeks
        if id(week) not in kept
        for entry in week.entries
        if (old := before.entry.get(entry.block.id)) and entry != old and _acted_on(old, entry)
    ]
    return found[0] if len(found) == 1 else ""


def _acted_on(old: Entry, entry: Entry) -> bool:
    block, before = entry.block, old.block
    same = (block.domain, block.topic) == (before.domain, before.topic)
    hand = (block.status, block.pinned, block.start, block.minutes, block.spent)
    moved = hand != (before.status, before.pinned, before.start, before.minutes, before.spent)
    shown = not entry.beside and block.activity != "buffer"
    return same and moved and shown and block.status != "missed"


def in_week(view: PlanView, number: int) -> str:
    """The block to start from in a week: the next one to do, else its first, else none."""
    names = [entry.block.id for entry in view.weeks[number].entries]
    if view.next_block in names:
        return view.next_block
    return names[0] if names else ""


def today(view: PlanView) -> tuple[int, str]:
    """This week and the block to start from in it; of a week without blocks, the next block to do
    and its week."""
    block = in_week(view, view.current)
    if block or not view.goes_on or view.next_block is None:
        return view.current, block
    return view.place[view.next_block][0], view.next_block


BESIDE, BROAD = 144, 184
"""Columns from which a panel stands beside the week, and from which that is broad."""


class PlanBoard(Widget):
    """Shows a plan and keeps one block selected in it, the same in every view."""

    BLANK = True  # what it shows covers it

    view: PlanView | None = None
    _plan: Schedule | None = None
    _state: State | None = None
    _week = 0
    _block = ""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self._pages: dict[tuple[int, int, int], Page] = {}
        self._sums: dict[tuple[int, int], tuple[Row, ...]] = {}

    def compose(self) -> ComposeResult:
        for name in ("now", "week", "agenda", "panel"):
            yield PlanLines(f"plan-{name}")

    @property
    def week(self) -> int:
        """The index of the week on screen."""
        return self._week

    @property
    def entry(self) -> Entry | None:
        """The selected block."""
        return self.view.entry.get(self._block) if self.view else None

    def on_resize(self) -> None:
        self.set_class(self.size.width >= BESIDE, "-beside")
        self.set_class(self.size.width >= BROAD, "-broad")

    def _lines(self, name: str) -> PlanLines:
        return self.query_one(f"#plan-{name}", PlanLines)

    def show(self, state: State, plan: Schedule, view: PlanView) -> None:
        """Show the plan of that state, from the next block to do. A block that an action changed
        is selected; else the selected one stays so."""
        before = self.view
        another = self._plan is None or self._plan.exam != plan.exam
        begins = before is not None and view.goes_on and not before.goes_on
        # A new day begins while the next block of the day before is still selected.
        dawns = before and before.today != view.today and self._block == before.next_block
        anew = another or begins or bool(dawns)
        self._week = self._same_week(view)
        # Where nothing but the minute is another, what was laid out still holds.
        if not before or plan != self._plan or replace(view, now=before.now) != before:
            self._pages.clear()
            self._sums.clear()
        self._state, self._plan, self.view = state, plan, view
        if anew and view.next_block in view.place:
            self._block = view.next_block
            self._week = view.place[view.next_block][0]
        elif anew or self._block not in view.place:
            self._week = view.current if anew else self._week
            self._block = in_week(view, self._week)
        elif before and (changed := touched(before, view)):
            self._block = changed
            self._week = view.place[changed][0]
        self._draw()
        if anew:
            self._lines("agenda").to_top()

    def _same_week(self, view: PlanView) -> int:
        """The index in `view` of the week on screen: a new plan may begin with another week."""
        if self.view is None:
            return 0
        monday = self.view.weeks[self._week].start
        return next(
            (index for index, week in enumerate(view.weeks) if week.start >= monday),
            len(view.weeks) - 1,
        )

    def clear(self) -> None:
        """Forget the plan and the selection."""
        self.view = self._plan = self._state = None
        self._block = ""

    def _draw(self) -> None:
        view, plan, state = self.view, self._plan, self._state
        assert view is not None
        assert plan is not None
        assert state is not None
        self._lines("now").fill(
            lambda width, height: Page(strip_rows(state, plan, view, width, height))
        )
        self._draw_week()
        self._lines("agenda").fill(partial(agenda_layout, view), self._block)

    def _draw_week(self) -> None:
        self._lines("week").fill(self._week_page, self._block)
        self._draw_panel()

    def _week_page(self, width: int, height: int) -> Page:
        """The week on screen on the clock, laid out once for a plan and a size."""
        assert self.view is not None
        key = (self._week, width, height)
        if key not in self._pages:
            alone = not self.has_class("-beside")
            below = legend_rows(self.view, width) if alone else ()
            self._pages[key] = week_layout(self.view, self._week, width, height, below)
        return self._pages[key]

    def _draw_panel(self) -> None:
        self._lines("panel").fill(self._panel_page)

    def _panel_page(self, width: int, height: int) -> Page:
        assert self.view is not None
        assert self._plan is not None
        assert self._state is not None
        key = (self._week, width)
        if key not in self._sums:
            self._sums[key] = panel_rows(self.view, self._plan, self._week, width)
        rows = self._sums[key]
        if self.entry is not None:
            name = self.entry.block.id
            why, material = self._state.why(name), self._state.material(name)
            rows += why_rows(self.entry, why, material, self.view, width, height - len(rows))
        return Page((), rows)

    def select(self, block: str) -> None:
        """Select that block, turning to its week."""
        if self.view is None or block == self._block:
            return
        self._block = block
        week = self.view.place[block][0] if block else self._week
        if week != self._week:
            self._week = week
            self._draw_week()
        else:
            self._draw_panel()
        self._mark()

    def _mark(self) -> None:
        self._lines("week").select(self._block)
        self._lines("agenda").select(self._block)

    def step(self, by: int) -> None:
        """Select the next block in time, or the one before."""
        if self.view:
            self.select(step(self.view, self._block, by))

    def sideways(self, by: int) -> None:
        """Go to the next day in the week view, to the next week in the list."""
        if self.view is None:
            return
        if self._lines("week").display:
            self.select(sideways(self.view, self._block, by))
        else:
            self.turn(by)

    def turn(self, by: int) -> None:
        """Show the next week, or the one before; in the list its heading comes to the top."""
        if self.view and 0 <= self._week + by < len(self.view.weeks):
            self._week += by
            self._block = in_week(self.view, self._week)
            self._draw_week()
            self._mark()
            self._lines("agenda").to_top(f"{WEEK}{self._week}")

    def today(self) -> None:
        """Back to this week and the next block in it; from a week without any, to the next one."""
        if self.view:
            self._week, self._block = today(self.view)
            self._draw()
            self._lines("agenda").to_top()
