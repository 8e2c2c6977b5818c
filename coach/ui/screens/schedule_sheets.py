"""The sheets of the Schedule: one block, the changes, the plan as a whole, the strategies."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Literal

from coach.model.forecasts import Rehearsal
from coach.model.plan import FutureKind, Schedule, StrategySetting, StrategySplit, WayOn
from coach.service import blocks
from coach.service.outcome import Done, Refused
from coach.service.refusal import Refusal
from coach.service.schedule import compare_revisions
from coach.service.service import Service
from coach.ui import actions, text
from coach.ui.host import Host
from coach.ui.screens.sheet import MarkedSheet, Sheet
from coach.ui.widgets.line_view import Listing
from coach.ui.widgets.rows import Row, Seg, cut, hanging, pad, paragraph, row_width, spread
from coach.ui.widgets.schedule.block_rows import Told, block_rows, revisions
from coach.ui.widgets.schedule.change_rows import (
    change_rows,
    compared_page,
    outcome_page,
    revision_page,
    told_page,
)
from coach.ui.widgets.schedule.frame import PLAIN_NOTES, domains_rows, fact_rows, warnings_of
from coach.ui.widgets.schedule.plan_view import Entry, PlanView
from coach.wording import counted, duration


class BlockDetail(Sheet[str]):
    """Closes with the id of the action that was asked for, or with None."""

    NAME = "block"

    def __init__(self, host: Host, entry: Entry, plan: Schedule, view: PlanView) -> None:
        block, state = entry.block, host.state
        material = state.material(block.id)
        told = Told(
            why=state.why(block.id),
            material=material,
            guidance=host.service.guidance(block.topic or block.domain or "", block.activity),
            revisions=revisions(state.facts, block.exam or plan.exam),
        )
        rows = partial(block_rows, entry, told, view)
        super().__init__("Session", rows, material.url if material else "")


class ChangesSheet(Sheet[None]):
    """The changes of each kept revision, newest first on screen; or from a marked one to it."""

    NAME = "changes"

    def __init__(self, host: Host, plan: Schedule, view: PlanView) -> None:
        super().__init__()
        self._view = view
        self._compare = partial(compare_revisions, host.service.view(plan.exam))
        kept = revisions(host.state.facts, plan.exam)
        title, why = f"Version {plan.revision}", plan.trigger or ""
        only = told_page(title, why, plan.changes, plan.churn, view)
        self._pages = [revision_page(revision, view) for revision in kept] or [only]
        self._at = len(self._pages) - 1
        self._from: int | None = None

    def offers(self, key: actions.SheetKey) -> bool:
        return len(self._pages) > 1 or key.action == "close"

    def rows(self, width: int) -> Sequence[Row]:
        page = self._pages[self._at]
        if self._from is None:
            return change_rows(page, self._view, width)
        base = self._pages[self._from].number
        if base == page.number:
            words = f"Choose the version to compare version {base} with: ← or →."
            return paragraph(words, width)
        try:
            found = self._compare(base, page.number)
        except Refusal as refusal:
            return paragraph(str(refusal), width, "warn")
        return change_rows(compared_page(found, self._view), self._view, width)

    def redraw(self) -> None:
        frame, page = self.query_one("#sheet"), self._pages[self._at]
        frame.border_title = page.title
        if self._from is not None:
            first, last = sorted((self._pages[self._from].number, page.number))
            frame.border_title = f"From version {first} to {last}"
        frame.border_subtitle = f"{self._at + 1} of {len(self._pages)}"
        super().redraw()

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
        page = outcome_page(outcome, exam, view)
        super().__init__("Re-plan: what would change", partial(change_rows, page, view))
        self._moves = bool(outcome.changes)

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
        self._missed = [entry.block.id for entry in view.missed]
        self._answers: dict[str, str] = {}
        self._problem = ""

    def listing(self, width: int) -> Listing:
        told = self._problem or "p takes the minutes that you did; the rest of it is planned again."
        head = paragraph(told, width, "warn" if self._problem else "muted")
        entries = []
        for index, entry in enumerate(self._view.missed):
            answer = self._answers.get(entry.block.id)
            entries.append([missed_row(entry, answer, index == self.at, self._view.today, width)])
        return Listing([*head, ()], entries)

    def mark(self, index: int, problem: str = "") -> None:
        self._problem = problem
        super().mark(index)

    def action_answer(self, answer: str = "") -> None:
        """Give that answer to the marked session, or take it back; go on after a whole one."""
        block, at = self._missed[self.at], self.at
        if self._answers.get(block, "-")[:1] == answer:
            del self._answers[block]
        else:
            self._answers[block] = answer
            at += not answer and at < len(self._missed) - 1
        self.mark(at)

    def action_type(self, digit: str) -> None:
        """A digit of the minutes of a part; none takes the last one back."""
        block = self._missed[self.at]
        if typed := self._answers.get(block):
            self._answers[block] = f" {(typed + digit if digit else typed[:-1]).strip()}"[:4]
            self.mark(self.at)

    def pick(self, index: int) -> None:
        """Mark a session that was clicked, and answer for it."""
        self.at = index
        self.action_answer()

    def action_save(self) -> None:
        """Tick what was done; a refusal stays here with what was typed."""
        empty = [name for name, answer in self._answers.items() if answer == " "]
        if empty:
            problem = "minutes: missing; type how many you did, or p to take it back."
            self.mark(self._missed.index(empty[0]), problem)
        elif not self._answers:
            self.dismiss(True)
        else:
            outcome = self._service.act(blocks.settle, self._answers)
            if isinstance(outcome, Refused):
                self.mark(self.at, text.visible(outcome.text))
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
    first = spread(left, (Seg(f" {amount}", "ink"),), width)
    return [first, *hanging((Seg("    "),), told, width, "muted"), ()]


class WaysOn(MarkedSheet["FutureKind | PlanView"]):
    """Closes with the way on that was chosen, or with the view to preview the fewest changes for;
    with None the plan stays."""

    NAME = "ways_on"

    def __init__(self, ways: Sequence[WayOn], view: PlanView) -> None:
        super().__init__("Three ways on")
        self._ways, self._view = ways, view

    def listing(self, width: int) -> Listing:
        ways = enumerate(self._ways)
        return Listing([], [way_rows(way, n == self.at, self._view, width) for n, way in ways])

    def rows(self, width: int) -> Sequence[Row]:
        return super().rows(width)[:-1]

    def action_take(self, kind: FutureKind | None = None) -> None:
        self.dismiss(kind or self._ways[self.at].kind)

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


def plan_sheet_rows(schedule: Schedule, view: PlanView, week: int, width: int) -> list[Row]:
    """The rows of the sheet, at most `width` cells each; the hours are those of week `week`."""
    rows: list[Row] = []
    for note in warnings_of(schedule):
        rows += hanging((Seg("! ", "warn"),), text.shown(note.text, view.today), width)
        way = WAYS_OUT.get(note.code)
        rows += [*([(Seg("  "), Seg(way, "muted"))] if way else []), ()]
    rows += [*domains_rows(view, week, width), ()]
    if view.missed:
        rows += [*_backlog(view, width), ()]
    rows += [*fact_rows(schedule, view, width), ()]
    for note in schedule.notes:
        if note.code in PLAIN_NOTES:
            rows += paragraph(text.shown(note.text, view.today), width, "muted")
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
        super().__init__("This plan", partial(plan_sheet_rows, schedule, view, week))


MEANING: dict[StrategySetting, str] = {
    "auto": "Two-tier, but priority where tiers contradict weight times gap.",
    "two-tier": "70 % to domains below target and the heaviest near one; 30 % to the rest.",
    "priority": "Weight times gap: a heavy near may get more than a light below.",
    "balanced": "Weight times gap, evened out the more hours there are; strong domains stay warm.",
}


def split_rows(
    split: StrategySplit,
    marked: bool,
    used: StrategySplit | None,
    view: PlanView,
    width: int,
    rehearsal: Rehearsal | None = None,
) -> list[Row]:
    """One way to split the hours beside the one in use; a marked one has a pointer."""
    pointer = Seg("▸ " if marked else "  ", "accent strong")
    name = Seg(split.strategy, "accent strong" if marked else "title")
    rows: list[Row] = [(pointer, name, Seg("  in use" if split.chosen else "", "muted"))]
    rows += hanging((Seg("  "),), MEANING[split.strategy], width, "muted")
    given = dict(split.minutes)
    rows += [_bar(given, view, width - 2), *_legend(given, used, view, width)]
    if words := _rehearsed(split, rehearsal, view):
        rows += hanging((Seg("  "),), words, width)
    for warning in split.warnings:
        rows += hanging((Seg("  ! ", "warn"),), warning.text, width, "warn")
    return [*rows, ()]


def _rehearsed(split: StrategySplit, rehearsal: Rehearsal | None, view: PlanView) -> str:
    """What a split comes to on each date of the rehearsal, whose first plan is the one in force."""
    plans = rehearsal.plans if rehearsal else ()
    name = plans[0].strategy if plans and split.strategy == "auto" else split.strategy
    told = [
        f"{of_ten(plan.p)} on {text.short_day(plan.at, view.today)}"
        for plan in plans
        if plan.strategy == name
    ]
    return f"In simulation {' and '.join(told)}" if told else ""


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
    who = "In the simulation made-up candidates who could have had your report follow each plan."
    return f"{who} {words}"


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


def _legend(
    given: dict[str, int], used: StrategySplit | None, view: PlanView, width: int
) -> list[Row]:
    rows: list[list[Seg]] = [[Seg("  ")]]
    before = dict(used.minutes) if used else {}
    for domain in view.domains:
        minutes = _rounded(given.get(domain.name, 0))
        change = minutes - _rounded(before.get(domain.name, 0)) if before else 0
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
        self.rehearsal: Rehearsal | None = None
        self._used = next((split for split in splits if split.chosen), None)
        self.at = splits.index(self._used) if self._used else 0

    def listing(self, width: int) -> Listing:
        content = (self._used, self._view, width, self.rehearsal)
        splits = enumerate(self._splits)
        return Listing([], [split_rows(split, n == self.at, *content) for n, split in splits])

    def rows(self, width: int) -> Sequence[Row]:
        apart = paragraph(_spread(self._splits, self._view), width, "muted")
        difference = paragraph(_difference(self.rehearsal), width, "muted")
        return [*super().rows(width), *apart, *difference]

    def on_mount(self) -> None:
        self.call_after_refresh(self._show_rehearsal)

    def _show_rehearsal(self) -> None:
        """A tenth of a second of simulation, once the splits are on screen."""
        self.rehearsal = self._rehearse()
        self.redraw()

    def action_take(self) -> None:
        self.dismiss(self._splits[self.at].strategy)
