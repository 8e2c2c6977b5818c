"""Everything about one block in rows: what, why now, how to work, first step, history."""

from collections.abc import Iterable

from coach.model.documents import Schedule
from coach.model.facts import Facts
from coach.model.plan import Block, Change, Revision
from coach.ui import text
from coach.ui.widgets.card import STATUS_MARK, condition
from coach.ui.widgets.guidance import WORK, first_step
from coach.ui.widgets.plan_view import ACTIVITY_MARK, ACTIVITY_WORD, DomainSum, Entry, PlanView
from coach.ui.widgets.rows import Row, Seg, cut, wrap

_VERB = {"added": "placed", "removed": "taken out", "moved": "moved", "changed": "changed"}


def block_rows(
    entry: Entry, view: PlanView, schedule: Schedule, facts: Facts, guidance: str, width: int
) -> tuple[Row, ...]:
    """The rows of the detail view, at most `width` cells each. `guidance` is for its topic."""
    rows = [*_what(entry, view, width), ()]
    rows += _section("Why now", _reasons(entry), width)
    if schedule.trigger:
        trigger = f"{schedule.trigger} (revision {schedule.revision})"
        rows += _section("Plan made because", [("", trigger)], width)
    rows += _section("How", [("", guidance), ("", WORK[entry.block.activity])], width)
    rows += _section("First step", [("", first_step(entry))], width)
    rows += _section("History", list(history(entry.block.id, schedule.exam, facts, view)), width)
    return tuple(rows)


def _what(entry: Entry, view: PlanView, width: int) -> list[Row]:
    block = entry.block
    style = f"tone-{entry.tone}"
    rows: list[Row] = [(Seg(line, "heading"),) for line in wrap(entry.title, width, 4)]
    for name in (block.domain, *block.also):
        domain = next((row for row in view.domains if row.name == name), None)
        if domain is not None:
            rows.append(cut(_domain(domain), width))
    work = f"{ACTIVITY_MARK[block.activity]} {ACTIVITY_WORD[block.activity]}"
    when = f"{text.day(block.start, view.today)} {text.span(block.start, block.end)}"
    facts = [work, when, text.duration(block.minutes)]
    rows.append(cut((Seg("▌ ", style), Seg("  ·  ".join(facts), "ink")), width))
    marks = _marks(entry)
    if marks:
        rows.append(cut((Seg("▌ ", style), *marks), width))
    return rows


def _domain(domain: DomainSum) -> Row:
    tier = f", tier {domain.tier}" if domain.tier else ""
    return (
        Seg(f"{domain.letter} ", f"tone-{domain.tone} strong"),
        Seg(text.visible(domain.name), "ink"),
        Seg(f"  {text.BAND_WORD[domain.band]}{tier}", "muted"),
    )


def _marks(entry: Entry) -> list[Seg]:
    block = entry.block
    marks = []
    shown = condition(entry)
    if shown in STATUS_MARK:
        marks.append(Seg(f"{STATUS_MARK[shown]} {shown}  ", f"{shown}-mark"))
    if block.spent is not None:
        marks.append(Seg(f"took {text.duration(block.spent)}  ", "muted"))
    if block.pinned:
        marks.append(Seg("pinned: a re-plan leaves it here", "pin"))
    return marks


def _reasons(entry: Entry) -> list[tuple[str, str]]:
    return [(reason.code, reason.text) for reason in entry.block.why]


def _section(title: str, lines: list[tuple[str, str]], width: int) -> list[Row]:
    if not lines:
        return []
    rows: list[Row] = [(Seg(title, "accent"),)]
    label = max(len(name) for name, _ in lines)
    indent = label + 2 if label else 0
    for name, words in lines:
        for index, line in enumerate(wrap(text.visible(words), width - 2 - indent, 6)):
            mark = text.fit(name, indent) if not index else " " * indent
            rows.append((Seg("  "), Seg(mark, "faint"), Seg(line, "ink")))
    return [*rows, ()]


def history(block_id: str, exam: str, facts: Facts, view: PlanView) -> Iterable[tuple[str, str]]:
    """What the kept revisions did to a block, oldest first."""
    for revision in revisions(facts, exam):
        for change in revision.changes:
            if block_id in {block.id for block in (change.before, change.after) if block}:
                yield f"rev {revision.number}", _told(change, view)


def revisions(facts: Facts, exam: str) -> list[Revision]:
    """The kept revisions of an exam's plan in order."""
    own = (revision for revision in facts.revisions.values() if revision.exam == exam)
    return sorted(own, key=lambda revision: revision.number)


def _told(change: Change, view: PlanView) -> str:
    places = [place(block, view) for block in (change.before, change.after) if block]
    return f"{_VERB[change.kind]} {' → '.join(places)}: {change.reason.text}"


def place(block: Block, view: PlanView) -> str:
    """Where a stored block is, on the clock of the user."""
    start = block.start.astimezone(view.now.tzinfo)
    return f"{text.moment(start, view.today)}, {block.minutes} min"
