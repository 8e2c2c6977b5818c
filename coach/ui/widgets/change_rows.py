"""What a revision changes, in rows: each block with where it was, where it is, and why."""

import msgspec

from coach.model.documents import ChangeRow
from coach.model.plan import Change, ChangeKind, Revision
from coach.ui import text
from coach.ui.widgets.block_rows import place
from coach.ui.widgets.plan_view import PlanView
from coach.ui.widgets.rows import Row, Seg, cut, wrap

_MARK: dict[ChangeKind, tuple[str, str]] = {
    "added": ("+", "done-mark"),
    "removed": ("−", "missed-mark"),
    "moved": ("→", "accent"),
    "changed": ("~", "warn"),
}


class ChangePage(msgspec.Struct, frozen=True):
    """One revision, or one that might be: a heading, its changes, and their share (0-1)."""

    title: str
    trigger: str
    changes: tuple[ChangeRow, ...]
    churn: float


def revision_page(revision: Revision, view: PlanView) -> ChangePage:
    """A kept revision as a page."""
    at = revision.at.astimezone(view.now.tzinfo)
    return ChangePage(
        title=f"Revision {revision.number}, {text.moment(at, view.today)}",
        trigger=revision.trigger.text,
        changes=tuple(_row(change, view) for change in revision.changes),
        churn=revision.churn,
    )


def _row(change: Change, view: PlanView) -> ChangeRow:
    block = change.after or change.before
    return ChangeRow(
        block=block.id if block else "",
        domain=block.domain if block else None,
        kind=change.kind,
        from_=place(change.before, view) if change.before else None,
        to=place(change.after, view) if change.after else None,
        reason=change.reason.text,
    )


def change_rows(page: ChangePage, view: PlanView, width: int) -> tuple[Row, ...]:
    """The page in rows of at most `width` cells."""
    rows: list[Row] = [(Seg(line, "muted"),) for line in wrap(text.visible(page.trigger), width, 2)]
    rows += [_summary(page, width), ()]
    for change in page.changes:
        rows += [*_change(change, view, width), ()]
    return tuple(rows)


def _summary(page: ChangePage, width: int) -> Row:
    if not page.changes:
        return cut((Seg("Nothing moves: the plan fits the facts as they are.", "ink"),), width)
    row = [Seg(text.count(len(page.changes), "block"), "heading"), Seg(" of the plan", "muted")]
    if page.churn:
        row[1] = Seg(f", {round(page.churn * 100)} % of what is open", "muted")
    for kind, (mark, style) in _MARK.items():
        amount = sum(change.kind == kind for change in page.changes)
        if amount:
            row += [Seg(f"  {mark}{amount}", style), Seg(f" {kind}", "muted")]
    return cut(tuple(row), width)


def _change(change: ChangeRow, view: PlanView, width: int) -> list[Row]:
    domain = next((row for row in view.domains if row.name == change.domain), None)
    letter = Seg("· ", "faint")
    if domain:
        letter = Seg(f"{domain.letter} ", f"tone-{domain.tone} strong")
    mark, style = _MARK[change.kind]
    lead: Row = (Seg(f"{mark} ", style), letter)
    former, later = text.visible(change.from_ or ""), text.visible(change.to or "")
    if former and later and len(former) + len(later) + 8 > width:
        rows = [_line(lead, (Seg(former, "muted"),), width)]
        rows.append(_line((Seg("    "),), (Seg("→ ", style), Seg(later, "ink")), width))
    else:
        arrow = (Seg(" → ", style),) if former and later else ()
        was = Seg(former, "muted" if later else "gone")
        rows = [_line(lead, (was, *arrow, Seg(later, "ink")), width)]
    for line in wrap(text.visible(change.reason), width - 4, 3):
        rows.append((Seg("    "), Seg(line, "faint")))
    return rows


def _line(lead: Row, body: Row, width: int) -> Row:
    return cut((*lead, *body), width)
