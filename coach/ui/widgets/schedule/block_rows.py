"""Everything about one block in rows: what, why now, how to work, first step, history."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from coach.model.facts import Facts
from coach.model.plan import Activity, Because, Block, Change, Reason, ResourceLink, Revision
from coach.ui import text
from coach.ui.widgets.rows import Row, Seg, cut, hanging, paragraph, short_name
from coach.ui.widgets.schedule.plan_view import (
    ACTIVITY_MARK,
    ACTIVITY_WORD,
    Entry,
    PlanView,
    material_forms,
)
from coach.ui.widgets.schedule.week_layout import STATUS_MARK, condition
from coach.wording import duration, written

WORK: dict[Activity, str] = {
    "learn": "Read one section, put it away, write down what stayed, then check what is missing.",
    "lab": "Build it by hand, break it once, repair it, and delete what you made.",
    "practice": "Answer with everything closed. For each miss, write the rule that decides it.",
    "scenario": "Draw the whole solution first and name the reason for each part, then build it.",
    "review": "Say each topic aloud from memory; look up only what you could not say.",
    "assessment": "Sit it like the real one: full length, one go, no notes, no phone.",
    "buffer": "Kept for what slipped. If nothing did, take this week's weakest topic, or rest.",
}
_FIRST: dict[Activity, str] = {
    "learn": "I write down three questions that {topic} should answer",
    "lab": "I sign in to my lab and create the first resource for {topic}",
    "practice": "I answer the first five questions on {topic} with my notes closed",
    "scenario": "I write the requirement of the case in one sentence",
    "review": "I write from memory what I know about {topic}",
    "assessment": "I close everything else and start the clock",
    "buffer": "I look at what was missed and take the oldest",
}


def first_step(entry: Entry) -> str:
    """An intention with a cue: when the block starts, then one small thing to do."""
    block = entry.block
    topic = f"“{entry.title}”" if block.topic or block.domain else "the weakest topic"
    action = _FIRST[block.activity].format(topic=topic)
    weekday = text.WEEKDAYS[block.start.weekday()]
    return f"When it is {weekday} {text.clock(block.start)}, then {action}."


_VERB = {"added": "placed", "removed": "taken out", "moved": "moved", "changed": "changed"}


class Told(Struct, frozen=True):
    """What there is to tell about a block: its reasons, its material, how to study it, its plan's
    revisions."""

    why: tuple[Because | Reason, ...]
    material: ResourceLink | None
    guidance: str
    revisions: Sequence[Revision]


def block_rows(entry: Entry, told: Told, view: PlanView, width: int) -> tuple[Row, ...]:
    """The rows of the detail view, at most `width` cells each."""
    rows = [*_what(entry, view, width), ()]
    if told.material is not None:
        rows += _section("Use", [("", material_forms(told.material)[0])], width)[:-1]
        rows += [(Seg("  "), *row) for row in paragraph(told.material.url, width - 2, "muted")]
        rows.append(())
    rows += _section("First step", [("", first_step(entry))], width)
    why = [("·", text.shown(written(reason), view.today)) for reason in told.why]
    rows += _section("Why now", why, width)
    if told.revisions:
        newest = told.revisions[-1]
        trigger = f"{text.shown(newest.trigger.text, view.today)} (version {newest.number})"
        rows += _section("Reason for this plan", [("", trigger)], width)
    rows += _section("How", [("", told.guidance), ("", WORK[entry.block.activity])], width)
    rows += _section("History", list(history(entry.block.id, told.revisions, view)), width)
    return tuple(rows)


def _what(entry: Entry, view: PlanView, width: int) -> list[Row]:
    block, edge = entry.block, Seg("▌ ", f"tone-{entry.tone}")
    full = text.visible(block.topic or entry.title)
    rows = paragraph(full, width, "title", 4)
    if entry.beside:
        domain = text.visible(block.domain or "mixed work")
        rows.append(cut((Seg(f"{entry.short}  ", "strong"), Seg(domain, "ink")), width))
    found = {row.name: row for row in view.domains}
    for row in filter(None, map(found.get, (block.domain or "", *block.also))):
        told = f"  {row.band}{f', tier {row.tier}' if row.tier else ''}"
        name = short_name(text.visible(row.name), width - len(told) - 2)
        stripe = Seg(f"{row.stripe} ", f"tone-{row.tone}")
        rows.append((stripe, Seg(name, "ink"), Seg(told, "muted")))
    work = f"{ACTIVITY_MARK[block.activity]} {ACTIVITY_WORD[block.activity]}"
    when = f"{text.day(block.start, view.today)} {text.span(block.start, block.end)}"
    facts = [work, when, duration(block.minutes)]
    rows.append(cut((edge, Seg("  ·  ".join(facts), "ink")), width))
    marks, shown = [], condition(entry)
    if shown in STATUS_MARK:
        marks.append(Seg(f"{STATUS_MARK[shown]} {shown}  ", f"{shown}-mark"))
    if block.spent is not None:
        marks.append(Seg(f"took {duration(block.spent)}  ", "muted"))
    if block.pinned:
        marks.append(Seg("pinned: a re-plan leaves it here", "pin"))
    return [*rows, cut((edge, *marks), width)] if marks else rows


def _section(title: str, lines: list[tuple[str, str]], width: int) -> list[Row]:
    if not lines:
        return []
    rows: list[Row] = [(Seg(title, "heading strong"),)]
    label = max(len(name) for name, _ in lines)
    indent = label + 2 if label else 0
    for name, words in lines:
        lead = (Seg("  "), Seg(text.fit(name, indent), "faint"))
        rows += hanging(lead, words, width, "ink", 6)
    return [*rows, ()]


def history(block_id: str, kept: Iterable[Revision], view: PlanView) -> Iterable[tuple[str, str]]:
    """What these revisions did to a block, in their order."""
    for revision in kept:
        for change in revision.changes:
            if block_id in {block.id for block in (change.before, change.after) if block}:
                yield f"version {revision.number}", _told(change, view)


def revisions(facts: Facts, exam: str) -> list[Revision]:
    """The kept revisions of an exam's plan in order."""
    own = (revision for revision in facts.revisions.values() if revision.exam == exam)
    return sorted(own, key=lambda revision: revision.number)


def _told(change: Change, view: PlanView) -> str:
    reason = text.shown(change.reason.text, view.today)
    places = [place(block, view) for block in (change.before, change.after) if block]
    return f"{_VERB[change.kind]} {' → '.join(places)}: {reason}"


def place(block: Block, view: PlanView) -> str:
    """Where a stored block is, on the clock of the user."""
    start = block.start.astimezone(view.now.tzinfo)
    return f"{text.moment(start, view.today)}, {duration(block.minutes)}"


LEAST = 5
"""Rows below which a reason would be torn off."""


def why_rows(
    entry: Entry,
    reasons: Iterable[Because | Reason],
    material: ResourceLink | None,
    view: PlanView,
    width: int,
    height: int,
) -> tuple[Row, ...]:
    """The session, its material and as many of its reasons as `height` rows of `width` cells
    hold."""
    if height < LEAST:
        return ()
    block = entry.block
    when = f"{text.day(block.start, view.today)} {text.span(block.start, block.end)}"
    rows: list[Row] = [
        (),
        cut(
            (Seg("Why", "title"), Seg(f"  {ACTIVITY_WORD[block.activity]} {when}", "muted")), width
        ),
        (Seg("▌ ", f"tone-{entry.tone}"), Seg(text.clip(entry.title, width - 2), "ink")),
    ]
    if material is not None:
        rows += hanging((Seg("  "),), f"Use {material_forms(material)[0]}", width, "ink", 3)
    for reason in reasons:
        words = text.shown(written(reason), view.today)
        lines = hanging((Seg("· ", "faint"),), words, width, "muted", 4)
        if len(rows) + len(lines) > height:
            break
        rows += lines
    return tuple(rows)
