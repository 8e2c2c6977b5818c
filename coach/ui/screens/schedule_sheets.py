"""The sheets of the Schedule: one block, the changes, the plan as a whole, the strategies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Literal

from coach.model.forecasts import Rehearsal
from coach.model.plan import FutureKind, Reason, Schedule, StrategySetting, StrategySplit, WayOn
from coach.service import blocks
from coach.service.outcome import Done, Refused
from coach.service.refusal import Refusal
from coach.service.schedule import compare_revisions
from coach.ui import actions, text
from coach.ui.screens.sheet import MarkedSheet, Sheet
from coach.ui.widgets.rows import (
    Page,
    Row,
    Seg,
    cut,
    pad,
    paragraph,
    row_width,
    spread,
    wrap,
)
from coach.ui.widgets.schedule.block_rows import Told, block_rows, revisions
from coach.ui.widgets.schedule.change_rows import (
    change_rows,
    compared_page,
    revision_page,
    told_page,
)
from coach.ui.widgets.schedule.frame import PLAIN_NOTES, domains_rows, fact_rows, warnings_of
from coach.ui.widgets.schedule.plan_view import Entry, PlanView
from coach.wording import counted, duration

if TYPE_CHECKING:
    from coach.service.service import Service
    from coach.ui.host import Host


class BlockDetail(Sheet[str]):
    """Closes with the id of the action that was asked for, or with None."""

    NAME = "block"

    def __init__(self, host: Host, entry: Entry, plan: Schedule, view: PlanView) -> None:
        super().__init__("Session")
        block, state = entry.block, host.state
        self._material = state.material(block.id)
        told = Told(
            why=state.why(block.id),
            material=self._material,
            guidance=host.service.guidance(block.topic or block.domain or "", block.activity),
            revisions=revisions(state.facts, block.exam or plan.exam),
        )
        self._content = (entry, told, view)

    def rows(self, width: int) -> tuple[Row, ...]:
        return block_rows(*self._content, width)

    @property
    def address(self) -> str:
        return self._material.url if self._material else ""


class ChangesSheet(Sheet[None]):
    """The changes of each kept revision, newest first on screen; or from a marked one to it."""

    NAME = "changes"

    def __init__(self, host: Host, plan: Schedule, view: PlanView) -> None:
        super().__init__()
        self._view = view
        self._compare = partial(compare_revisions, host.service.view(plan.exam))
        self._pages = [
            revision_page(revision, view) for revision in revisions(host.state.facts, plan.exam)
        ] or [
            told_page(
                f"Version {plan.revision}", plan.trigger or "", plan.changes, plan.churn, view
            )
        ]
        self._at = len(self._pages) - 1
        self._from: int | None = None

    def offers(self, key: actions.SheetKey) -> bool:
        return len(self._pages) > 1 or key.action == "close"

    def rows(self, width: int) -> tuple[Row, ...]:
        if self._from is None:
            return change_rows(self._pages[self._at], self._view, width)
        return self._compared(self._pages[self._from].number, width)

    def _compared(self, base: int, width: int) -> tuple[Row, ...]:
        """From the marked revision to the one chosen, or what to do where they are the same."""
        other = self._pages[self._at].number
        if base == other:
            words = f"Choose the version to compare version {base} with: ← or →."
            return tuple(paragraph(words, width))
        try:
            found = self._compare(base, other)
        except Refusal as refusal:
            return tuple(paragraph(str(refusal), width, "warn"))
        return change_rows(compared_page(found, self._view), self._view, width)

    def redraw(self) -> None:
        frame = self.query_one("#sheet")
        frame.border_title = self._heading
        frame.border_subtitle = f"{self._at + 1} of {len(self._pages)}"
        super().redraw()

    @property
    def _heading(self) -> str:
        page = self._pages[self._at]
        if self._from is None:
            return page.title
        first, last = sorted((self._pages[self._from].number, page.number))
        return f"From version {first} to {last}"

    def action_turn(self, by: int) -> None:
        self._at = min(max(self._at + by, 0), len(self._pages) - 1)
        self.redraw()

    def action_compare(self) -> None:
        """Compare with this revision from here on, or stop comparing."""
        self._from = self._at if self._from is None else None
        self.redraw()


class ReplanPreview(Sheet[bool]):
    """Closes with True to accept the changes."""

    NAME = "preview"

    def __init__(self, outcome: Done, exam: str, view: PlanView) -> None:
        super().__init__("Re-plan: what would change")
        self._view, self._moves = view, bool(outcome.changes)
        kept = revisions(outcome.state.facts, exam)
        made = [row for row in kept if row.number == outcome.revision]
        self._page = (
            revision_page(made[0], view)
            if made
            else told_page("", "", outcome.changes, outcome.churn, view)
        )

    def rows(self, width: int) -> tuple[Row, ...]:
        return change_rows(self._page, self._view, width)

    def offers(self, key: actions.SheetKey) -> bool:
        return self._moves or key.action == "close"

    def action_accept(self) -> None:
        self.dismiss(True if self._moves else None)


def missed_row(entry: Entry, answer: str | None, marked: bool, today: date, width: int) -> Row:
    """A session that looks missed, and what was answered: None for not done, an empty text for all
    of it, else the minutes as typed, with a blank before them."""
    block = entry.block
    style = "accent strong" if marked else "ink"
    told, ink = {None: ("no", "muted"), "": ("done", "done-mark")}.get(
        answer, (f"part:{answer}_ of {block.minutes} min", "warn")
    )
    when = f"{text.moment(block.start, today)} {block.minutes}m "
    left = (
        Seg("▸ " if marked else "  ", style, block.id),
        Seg(f"{entry.stripe} ", f"tone-{entry.tone}", block.id),
        Seg(when, "muted", block.id),
    )
    right = (Seg(f" {told}", ink, block.id),)
    title = text.clip(entry.title, width - row_width((*left, *right)))
    return spread((*left, Seg(title, style, block.id)), right, width)


class DoneAfterAll(MarkedSheet[Done | Literal[True]]):
    """Closes with what was saved, with True where nothing was done, with None to leave it open."""

    NAME = "done_after_all"

    def __init__(self, view: PlanView, service: Service) -> None:
        super().__init__("Which of these did you do?")
        self._view, self._service = view, service
        self._answers: dict[str, str] = {}
        self._at, self._problem = 0, ""

    @property
    def _block(self) -> str:
        return self._view.missed[self._at].block.id

    def page(self, width: int) -> Page:
        told = self._problem or "p takes the minutes that you did; the rest of it is planned again."
        style = "warn" if self._problem else "muted"
        rows: list[Row] = [*((Seg(line, style),) for line in wrap(told, width, 2)), ()]
        spans = {}
        for index, entry in enumerate(self._view.missed):
            spans[entry.block.id] = (len(rows), len(rows) + 1)
            answer = self._answers.get(entry.block.id)
            rows.append(missed_row(entry, answer, index == self._at, self._view.today, width))
        return Page((), tuple(rows), spans)

    def _show(self, problem: str = "") -> None:
        self._problem = problem
        self.redraw()
        self.reveal(self._block)

    def action_choose(self, by: int) -> None:
        self._at = min(max(self._at + by, 0), len(self._view.missed) - 1)
        self._show()

    def action_answer(self, answer: str = "") -> None:
        """Give that answer to the marked session, or take it back; go on after a whole one."""
        if self._answers.get(self._block, "-")[:1] == answer:
            del self._answers[self._block]
        else:
            self._answers[self._block] = answer
            self._at += not answer and self._at < len(self._view.missed) - 1
        self._show()

    def action_type(self, digit: str) -> None:
        """A digit of the minutes of a part; none takes the last one back."""
        typed = self._answers.get(self._block, "")
        if typed:
            self._answers[self._block] = f" {(typed + digit if digit else typed[:-1]).strip()}"[:4]
            self._show()

    def pick(self, name: str) -> None:
        self._at = [entry.block.id for entry in self._view.missed].index(name)
        self.action_answer()

    def action_save(self) -> None:
        """Tick what was done; a refusal stays here with what was typed."""
        empty = [name for name, answer in self._answers.items() if answer == " "]
        if empty:
            self._at = [entry.block.id for entry in self._view.missed].index(empty[0])
            self._show("minutes: missing; type how many you did, or p to take it back.")
        elif not self._answers:
            self.dismiss(True)
        else:
            outcome = self._service.act(blocks.settle, self._answers)
            if isinstance(outcome, Refused):
                self._show(text.visible(outcome.text))
            else:
                self.dismiss(outcome)


def of_ten(chance: float) -> str:
    """A chance (0-1) in words, never as a certainty: `4 in 10`."""
    return f"{min(9, max(1, round(10 * chance)))} in 10"


WAYS: dict[FutureKind, tuple[str, str]] = {
    "fresh": ("f", "Fresh start, same date"),
    "later": ("l", "A later date"),
    "fewer": ("w", "Fewer topics, same date"),
}


def way_rows(way: WayOn, marked: bool, view: PlanView, width: int) -> list[Row]:
    """One way on: its key and name, its hours and date, and what is given up."""
    key, name = WAYS[way.kind]
    style = "accent strong" if marked else "title"
    left = (Seg("▸ " if marked else "  ", style), Seg(f"{key} ", "accent strong"), Seg(name, style))
    amount = f"{duration(way.study_minutes)} to {text.day(way.target, view.today)}"
    told = f"In simulation {of_ten(way.chance)}. "
    if not way.lost:
        told += "Nothing is given up."
    else:
        told += f"Given up: {counted(way.lost, 'missed session')}, {duration(way.lost_minutes)}."
    if way.left_out:
        told += f" Left out: {counted(len(way.left_out), 'topic')}."
    if way.more_minutes:
        told += f" {duration(way.more_minutes)} more a week would hold everything."
    lines = wrap(told, width - 4, 3)
    return [
        spread(left, (Seg(f" {amount}", "ink"),), width),
        *((Seg("    "), Seg(line, "muted")) for line in lines),
        (),
    ]


class WaysOn(MarkedSheet["FutureKind | PlanView"]):
    """Closes with the way on that was chosen, or with the view to preview the fewest changes for;
    with None the plan stays."""

    NAME = "ways_on"

    def __init__(self, ways: Sequence[WayOn], view: PlanView) -> None:
        super().__init__("Three ways on")
        self._ways, self._view = ways, view
        self._at = 0

    def page(self, width: int) -> Page:
        rows: list[Row] = []
        spans: dict[str, tuple[int, int]] = {}
        for index, way in enumerate(self._ways):
            first = len(rows)
            rows += way_rows(way, index == self._at, self._view, width)
            spans[way.kind] = (first, len(rows))
        return Page((), tuple(rows[:-1]), spans)

    def action_choose(self, by: int) -> None:
        self._at = min(max(self._at + by, 0), len(self._ways) - 1)
        self.redraw()
        self.reveal(self._ways[self._at].kind)

    def pick(self, name: str) -> None:
        self.action_choose([str(way.kind) for way in self._ways].index(name) - self._at)

    def action_take(self, kind: FutureKind | None = None) -> None:
        self.dismiss(kind or self._ways[self._at].kind)

    def action_preview(self) -> None:
        self.dismiss(self._view)


WAYS_OUT = {
    "SHORT": "g moves the date, a adds hours.",
    "INVERSION": "s shows what each strategy gives.",
    "MAINTENANCE": "s shows what each strategy gives.",
    "ALL-NEAR": "s shows what each strategy gives.",
    "MISSED": "r looks for room again, a adds hours.",
    "TIGHT": "a adds hours, g moves the date.",
    "LABS": "a adds hours, g moves the date.",
    "CHECK": "c on the Heatmap corrects the report.",
    "GENERIC": "c on the Heatmap adds the bands.",
}
"""The key that leads out of what a note warns of."""


def plan_sheet_rows(schedule: Schedule, view: PlanView, week: int, width: int) -> tuple[Row, ...]:
    """The rows of the sheet, at most `width` cells each; the hours are those of week `week`."""
    rows: list[Row] = []
    for note in warnings_of(schedule):
        rows += [*_warning(note, view, width), ()]
    rows += [*domains_rows(view, week, width), ()]
    if view.missed:
        rows += [*_backlog(view, width), ()]
    rows += [*fact_rows(schedule, view, width), ()]
    for note in schedule.notes:
        if note.code in PLAIN_NOTES:
            rows += [
                (Seg(line, "muted"),) for line in wrap(text.shown(note.text, view.today), width, 6)
            ]
    return tuple(rows)


def _warning(note: Reason, view: PlanView, width: int) -> list[Row]:
    lines = wrap(text.shown(note.text, view.today), width - 2, 8)
    rows: list[Row] = [
        (Seg("  " if index else "! ", "warn"), Seg(line, "ink")) for index, line in enumerate(lines)
    ]
    if way := WAYS_OUT.get(note.code):
        rows.append((Seg("  "), Seg(way, "muted")))
    return rows


def _backlog(view: PlanView, width: int) -> list[Row]:
    """Every missed block that has no place of its own again."""
    minutes = sum(entry.minutes for entry in view.missed)
    amount = f"{counted(len(view.missed), 'session')}, {duration(minutes)}"
    rows = [spread((Seg("Missed", "title missed-mark"),), (Seg(amount, "warn"),), width)]
    for entry in view.missed:
        left = (Seg(f"{entry.stripe} ", f"tone-{entry.tone}"), Seg(entry.title, "ink"))
        when = f" {text.moment(entry.block.start, view.today)}, {entry.minutes} min"
        rows.append(spread(left, (Seg(when, "muted"),), width))
    rows.append(cut((Seg("r reschedules them; m moves one by hand.", "muted"),), width))
    return rows


class PlanSheet(Sheet[str]):
    """Closes with the id of the action that was asked for, or with None."""

    NAME = "plan"

    def __init__(self, schedule: Schedule, view: PlanView, week: int) -> None:
        super().__init__("This plan")
        self._content = (schedule, view, week)

    def rows(self, width: int) -> tuple[Row, ...]:
        return plan_sheet_rows(*self._content, width)


MEANING: dict[StrategySetting, str] = {
    "auto": "Two-tier, but priority where tiers contradict weight times gap.",
    "two-tier": "70 % to domains below target and the heaviest near one; 30 % to the rest.",
    "priority": "Weight times gap: a heavy near may get more than a light below.",
    "balanced": "Weight times gap, evened out the more hours there are; strong domains stay warm.",
}


def strategy_page(
    splits: Sequence[StrategySplit],
    marked: int,
    view: PlanView,
    width: int,
    rehearsal: Rehearsal | None = None,
) -> Page:
    """The rows for all splits, with a span for each; the one at index `marked` has a pointer."""
    rows: list[Row] = []
    spans: dict[str, tuple[int, int]] = {}
    used = next((dict(split.minutes) for split in splits if split.chosen), {})
    for index, split in enumerate(splits):
        first = len(rows)
        given = dict(split.minutes)
        rows += _heading(split, index == marked, width)
        rows += [_bar(given, view, width - 2), *_legend(given, used, view, width)]
        rows += [*_rehearsed(split, rehearsal, view, width), *_warnings(split, width), ()]
        spans[split.strategy] = (first, len(rows))
    rows += [(Seg(line, "muted"),) for line in wrap(_spread(splits, view), width, 3)]
    rows += paragraph(_difference(rehearsal), width, "muted")
    return Page((), tuple(rows), spans)


def _rehearsed(
    split: StrategySplit, rehearsal: Rehearsal | None, view: PlanView, width: int
) -> list[Row]:
    """What a split comes to on each date of the rehearsal, whose first plan is the one in force."""
    plans = rehearsal.plans if rehearsal else ()
    name = plans[0].strategy if plans and split.strategy == "auto" else split.strategy
    told = [
        f"{of_ten(plan.p)} on {text.short_day(plan.at, view.today)}"
        for plan in plans
        if plan.strategy == name
    ]
    words = f"In simulation {' and '.join(told)}" if told else ""
    return [(Seg("  "), *row) for row in paragraph(words, width - 2)]


def _difference(rehearsal: Rehearsal | None) -> str:
    """Whether the split makes any, in words."""
    if rehearsal is None or not rehearsal.plans:
        return ""
    used, first = rehearsal.plans[0], rehearsal.plans[0].at
    best = max((plan for plan in rehearsal.plans if plan.at == first), key=lambda plan: plan.p)
    words = "The split makes no difference that you would notice: take the one you like."
    if rehearsal.split_matters:
        more = round(100 * (best.p - used.p))
        words = f"There {best.strategy} passes {more} in 100 times more often than {used.strategy}."
    return (
        "In the simulation made-up candidates who could have had your report follow each plan. "
        f"{words}"
    )


def _heading(split: StrategySplit, marked: bool, width: int) -> list[Row]:
    pointer = Seg("▸ " if marked else "  ", "accent strong")
    name = Seg(split.strategy, "accent strong" if marked else "title")
    tag = Seg("  in use" if split.chosen else "", "muted")
    words = wrap(MEANING[split.strategy], width - 2, 2)
    return [(pointer, name, tag), *((Seg("  "), Seg(line, "muted")) for line in words)]


def _warnings(split: StrategySplit, width: int) -> list[Row]:
    return [
        (Seg("  ! " if not index else "    ", "warn"), Seg(line, "warn"))
        for warning in split.warnings
        for index, line in enumerate(wrap(text.shown(warning.text), width - 4, 4))
    ]


def _bar(given: dict[str, int], view: PlanView, width: int) -> Row:
    total = sum(given.values())
    cells: list[Seg] = [Seg("  ")]
    end = drawn = 0
    for domain in view.domains:
        end += given.get(domain.name, 0)
        upto = round(end / total * width) if total else 0
        if upto > drawn:
            label = f" {domain.short}" if upto - drawn > len(domain.short) + 1 else ""
            cells.append(Seg(text.fit(label, upto - drawn), f"fill-{domain.tone}"))
        drawn = upto
    return pad(tuple(cells), width + 2, "track")


def _legend(given: dict[str, int], used: dict[str, int], view: PlanView, width: int) -> list[Row]:
    rows: list[list[Seg]] = [[Seg("  ")]]
    for domain in view.domains:
        minutes = _rounded(given.get(domain.name, 0))
        change = minutes - _rounded(used.get(domain.name, 0)) if used else 0
        item = [
            Seg(f"{domain.short} ", f"tone-{domain.tone} strong"),
            Seg(duration(minutes) if minutes else "–", "ink"),
            Seg(f" {'+' if change > 0 else '−'}{duration(abs(change))}" if change else "", "warn"),
            Seg("   "),
        ]
        if sum(len(seg.text) for seg in (*rows[-1], *item)) > width:
            rows.append([Seg("  ")])
        rows[-1] += item
    return [cut(tuple(row), width) for row in rows]


def _rounded(minutes: int) -> int:
    """To five minutes, as blocks are: a share of hours is no more exact than that."""
    return round(minutes / 5) * 5


def _spread(splits: Sequence[StrategySplit], view: PlanView) -> str:
    """How far the strategies lie apart, in the domain where they differ most."""
    worst, apart = "", 0
    for domain in view.domains:
        given = [dict(split.minutes).get(domain.name, 0) for split in splits]
        if given and max(given) - min(given) > apart:
            worst, apart = domain.name, max(given) - min(given)
    if not apart:
        return "All of them give the same here."
    return f"They differ most in {text.visible(worst)}: by {duration(apart)} in all."


class StrategySheet(MarkedSheet[StrategySetting]):
    """Closes with the strategy to use, or with None to leave it."""

    NAME = "strategy"

    def __init__(
        self,
        splits: Sequence[StrategySplit],
        view: PlanView,
        rehearse: Callable[[], Rehearsal | None],
    ) -> None:
        super().__init__("How the hours are split")
        self._splits, self._view, self._rehearse = splits, view, rehearse
        self._rehearsal: Rehearsal | None = None
        self._at = next((index for index, split in enumerate(splits) if split.chosen), 0)

    def page(self, width: int) -> Page:
        return strategy_page(self._splits, self._at, self._view, width, self._rehearsal)

    def on_mount(self) -> None:
        super().on_mount()
        self.call_after_refresh(self._show_rehearsal)

    def _show_rehearsal(self) -> None:
        """A tenth of a second of simulation, once the splits are on screen."""
        self._rehearsal = self._rehearse()
        self.redraw()

    def action_choose(self, by: int) -> None:
        self._at = min(max(self._at + by, 0), len(self._splits) - 1)
        self.redraw()
        self.reveal(self._splits[self._at].strategy)

    def pick(self, name: str) -> None:
        self.action_choose([str(s.strategy) for s in self._splits].index(name) - self._at)

    def action_take(self) -> None:
        self.dismiss(self._splits[self._at].strategy)
