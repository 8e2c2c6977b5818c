"""What a revision changes, in rows: each block with where it was, where it is, and why."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from msgspec.structs import replace
from rich.cells import cell_len

from coach.model.phrase import Phrase
from coach.model.plan import Block, ChangeKind, ChangeRow, PlannedWork, Revision, RevisionComparison
from coach.service.outcome import Done
from coach.ui import text
from coach.ui.widgets.rows import Row, Seg, cut, pad, paragraph, row_width, short_name
from coach.ui.widgets.schedule.block_rows import place, revisions
from coach.ui.widgets.schedule.plan_view import MIXED, PlanView
from coach.wording import counted, duration, work_word

_MARK: dict[ChangeKind, tuple[str, str]] = {
    "added": ("+", "done-mark"),
    "removed": ("−", "missed-mark"),
    "moved": ("→", "ink strong"),
    "changed": ("~", "warn"),
}


_INDENT = " " * 6
_NAMED = 60
"""Cells from which a change names its domain, which else is told by its colour."""


class Spot(NamedTuple):
    """Where a block is, and what is done there."""

    when: str
    what: str


class Shift(msgspec.Struct, frozen=True):
    """One change as it is shown."""

    kind: ChangeKind
    domain: str | None
    before: Spot | None
    after: Spot | None
    reason: str


class ChangePage(msgspec.Struct, frozen=True):
    """One revision, or one that might be: a heading, its changes, and their share (0-1)."""

    title: str
    trigger: str
    changes: tuple[Shift, ...]
    churn: float
    number: int = 0


def revision_page(revision: Revision, view: PlanView) -> ChangePage:
    """A kept revision as a page."""
    at = revision.at.astimezone(view.now.tzinfo)
    return ChangePage(
        title=f"Version {revision.number}, {text.moment(at, view.today)}",
        trigger=revision.trigger.text,
        changes=tuple(
            Shift(
                kind=change.kind,
                domain=(change.after or change.before or _NOWHERE).domain,
                before=_spot(change.before, view),
                after=_spot(change.after, view),
                reason=change.reason.text,
            )
            for change in revision.changes
        ),
        churn=revision.churn,
        number=revision.number,
    )


class _Nowhere(NamedTuple):
    domain: None = None


_NOWHERE = _Nowhere()


def _spot(block: Block | None, view: PlanView) -> Spot | None:
    if block is None:
        return None
    return Spot(place(block, view), block.topic or block.domain or MIXED[block.activity])


def told_page(
    title: str, trigger: str, changes: Iterable[ChangeRow], churn: float, view: PlanView
) -> ChangePage:
    """A page from changes without their blocks."""
    return ChangePage(
        title=title,
        trigger=trigger,
        changes=tuple(
            Shift(
                kind=change.kind,
                domain=change.domain,
                before=_work_spot(change.from_, view),
                after=_work_spot(change.to, view),
                reason=change.reason,
            )
            for change in changes
        ),
        churn=churn,
    )


def _work_spot(work: PlannedWork | None, view: PlanView) -> Spot | None:
    """The time as it is written on screen, and what is done there: `45 min storage`."""
    if work is None:
        return None
    what = f"{duration(work.minutes)} {work.domain or work_word(work.activity)}"
    return Spot(text.moment(work.start, view.today), what)


def outcome_page(done: Done, exam: str, view: PlanView) -> ChangePage:
    """What a change did to the plan of an exam as a page, from the revision that it made."""
    kept = revisions(done.state.facts, exam)
    made = next((revision for revision in kept if revision.number == done.revision), None)
    if made is None:
        return told_page("", "", done.changes, done.churn, view)
    return revision_page(made, view)


def compared_page(found: RevisionComparison, view: PlanView) -> ChangePage:
    """What led from one revision to another as a page."""
    title = f"From version {found.from_.number} to {found.to.number}"
    why = Phrase("; ").join(row.trigger for row in found.between)
    return told_page(title, why, found.changes, 0.0, view)


def change_rows(page: ChangePage, view: PlanView, width: int) -> tuple[Row, ...]:
    """The page in rows of at most `width` cells; changes with one reason stand together."""
    rows: list[Row] = []
    if page.trigger:
        because = text.sentence(text.shown(page.trigger, view.today))
        rows += paragraph(because, width, "muted", 2)
    rows += [_summary(page, width), ()]
    for reason in dict.fromkeys(change.reason for change in page.changes):
        rows += paragraph(text.shown(reason, view.today), width, "ink", 3)
        alike = [change for change in page.changes if change.reason == reason]
        whens = (_from_to(change, 0, "") for change in alike)
        column = max((row_width(when) for when in whens if len(when) == 1), default=0)
        for change in alike:
            rows += _change(change, view, width, column)
        rows.append(())
    return tuple(rows)


def _summary(page: ChangePage, width: int) -> Row:
    if not page.changes:
        return cut((Seg("Nothing moves: the plan fits the facts as they are.", "ink"),), width)
    row = [Seg(counted(len(page.changes), "session"), "title"), Seg(" of the plan", "muted")]
    if page.churn:
        row[1] = Seg(f", {round(page.churn * 100)} % of what is open", "muted")
    for kind, (mark, style) in _MARK.items():
        amount = sum(change.kind == kind for change in page.changes)
        kinds = (Seg(f"  {mark}{amount}", style), Seg(f" {kind}", "muted"))
        if amount and row_width((*row, *kinds)) <= width:
            row += kinds
    return cut(tuple(row), width)


def _change(change: Shift, view: PlanView, width: int, column: int) -> list[Row]:
    """A change in one row, its times in a column of `column` cells, or in two where it is long."""
    domain = next((row for row in view.domains if row.name == change.domain), None)
    edge = Seg(" " * (11 if width >= _NAMED else 2))
    if domain:
        named = f"{text.fit(domain.short, 10)} " if width >= _NAMED else f"{domain.stripe} "
        edge = Seg(named, f"tone-{domain.tone} strong")
    mark, style = _MARK[change.kind]
    lead: Row = (Seg(f"  {mark} ", style), edge)
    when = _from_to(change, 0, style)
    what = _from_to(change, 1, style)
    lead_in = (*lead, *pad(when, column), Seg("  "))
    if len(what) == 1:
        room = width - row_width(lead_in)
        what = (replace(what[0], text=short_name(what[0].text, room)),)
    if len(what) < 2 or row_width((*lead_in, *what)) <= width:
        return [cut((*lead_in, *what), width)]
    below = (Seg(_INDENT), *_both(what, width - len(_INDENT)))
    return [cut((*lead, *when), width), cut(below, width)]


def _both(what: Row, width: int) -> Row:
    """What a block was and becomes in `width` cells, with something left of either."""
    before, arrow, after = what
    room = width - len(arrow.text)
    least = min(cell_len(before.text), room // 3)
    becomes = short_name(after.text, room - least)
    was = short_name(before.text, room - cell_len(becomes))
    return replace(before, text=was), arrow, replace(after, text=becomes)


def _from_to(change: Shift, part: int, style: str) -> Row:
    """One part of both spots, told once where it stays the same."""
    before = text.visible(change.before[part]) if change.before else ""
    after = text.visible(change.after[part]) if change.after else ""
    if before == after or not before:
        return (Seg(after, "muted" if part else "ink"),) if after else ()
    if not after:
        return (Seg(before, "gone"),)
    return (Seg(before, "muted"), Seg(" → ", style), Seg(after, "ink"))
