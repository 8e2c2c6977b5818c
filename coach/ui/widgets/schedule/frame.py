"""What stands around the week: now above it, hours per domain and what the plan rests on beside
it, or why there is no plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.cells import cell_len
from textual.content import Content

from coach.model.answers import ExamMoment
from coach.model.plan import Because, Reason, Schedule
from coach.ui import actions, text
from coach.ui.widgets.rows import (
    Row,
    Seg,
    cut,
    hanging,
    meter,
    pad,
    paragraph,
    row_width,
    short_name,
    spread,
    wrap,
)
from coach.ui.widgets.schedule.plan_view import (
    ACTIVITY_WORD,
    DomainSum,
    Load,
    PlanView,
    material_forms,
)
from coach.wording import counted, duration, listed, written

if TYPE_CHECKING:
    from coach.service.state import State


_NEXT = {
    "passed": (("1", "look back on the timeline"), ("e", "take up another exam")),
    "retired": (("e", "take up another exam"), ("1", "look back on the timeline")),
    "pending": (("n", "enter the report once you have it"),),
}
_REPORT = (("n", "enter a score report"), ("a", "set the hours you have"), ("e", "change the exam"))
_EXAM = (("e", "choose your exam"), ("n", "enter a score report"))
_NO_ROOM = (
    ("a", "set the hours you have"),
    ("g", "set another date"),
    ("n", "enter a score report"),
    ("e", "change the exam"),
)
_NO_OUTLINE = (("e", "choose another exam"), ("1", "look back on the timeline"))


WIDE = 100
"""Columns from which the week stands on a clock, and this week beside what is now."""


def invitation(state: State) -> Content:
    """A heading, the reason in the schedule's own words, and the keys that help; the exam alone
    where it is near, for then no plan is what counts."""
    if state.exam_moment is not None:
        told = _exam(state.exam_moment, state)
        lines = [
            Content.assemble((lead, "bold $ink"), (words, "$ink")) for lead, words in told.lines
        ]
        title = Content.styled(f"{told.when}: {told.what}", "bold $ink")
        return Content("\n").join(
            [title, Content.styled(" · ".join(told.facts), "$ink-muted"), *lines]
        )
    status = state.retake.status if state.retake else ""
    heading = {"passed": "Passed: nothing to plan", "retired": "This exam is retired"}.get(
        status, "No plan yet"
    )
    reason = state.plan.reason if state.plan else None
    notes = state.plan.notes if state.plan else ()
    ways_out = [note.text for note in notes if note.code == "SHORT"]
    known = _NO_ROOM if state.heatmap and state.heatmap.reports else _REPORT
    keys = _NEXT.get(status, known if state.outline else _NO_OUTLINE) if state.code else _EXAM
    if state.retake and status == "retired" and state.retake.successor:
        after = text.visible(state.retake.successor)
        keys = (("s", f"track {after}, which comes after it"), *keys)
    live = (head for head in state.tracked if head.status not in ("passed", "retired"))
    others = [head.exam for head in live if head.exam != state.code]
    if status == "passed" and others:
        keys = (keys[0], ("e", f"go on with {text.visible(listed(others))}"))
    why = (text.sentence(reason) if reason else _WITHOUT, *ways_out)
    parts = [
        Content.styled(heading, "bold $ink"),
        *(text.plain(said, "$ink-muted") for said in why),
        Content(""),
    ]
    parts += [
        Content.assemble((f" {key} ", "bold $primary"), (f" {words}", "$ink"))
        for key, words in keys
    ]
    return Content("\n").join(parts)


def standstill(plan: Schedule, view: PlanView) -> str:
    """Why nothing is planned from here on, or an empty text where something is."""
    if plan.reason:
        return text.sentence(text.visible(plan.reason))
    return "" if view.goes_on else "Nothing is planned from here on: r plans again."


_WITHOUT = "A score report tells Coach which domains to put into your week."


STRATEGY_WORD = {"two-tier": "two-tier 70/30", "priority": "by priority", "balanced": "balanced"}
PLAIN_NOTES = ("AIM", "AUTO", "HEURISTIC", "TIE", "OWN-WORK", "BUFFER", "SPLIT", "AGE")
"""The notes of a plan that hold for every plan."""
_WEEK = 9
_ALL = 10
_MIXED_FITS = 28


def panel_rows(view: PlanView, schedule: Schedule, number: int, width: int) -> tuple[Row, ...]:
    """The rows of the panel for week `number`, `width` cells each."""
    rows = [*domains_rows(view, number, width), ()]
    rows += _backlog(view, width)
    rows += [*fact_rows(schedule, view, width), *_warnings(schedule, view, width)]
    return tuple(rows)


def domains_rows(view: PlanView, number: int, width: int) -> list[Row]:
    """Hours per domain in week `number` and in all, against the shares; below them mixed work,
    which belongs to no domain, and what other exams take of the same calendar."""
    heading = (Seg("week".rjust(_WEEK), "muted"), Seg("in all".rjust(_ALL), "muted"))
    rows = [spread((Seg("Domains", "title"),), heading, width)]
    scale = max((max(row.goal, row.load.total) for row in view.domains), default=1)
    both = zip(view.domains, view.weeks[number].domains, strict=True)
    for row, week in sorted(both, key=lambda pair: pair[0].optional):
        rows += _domain(row, week, scale, width)
    mixed = [week.load.total - sum(own.total for own in week.domains) for week in view.weeks]
    others = {"Mixed work" if width >= _MIXED_FITS else "Mixed": mixed}
    for code in dict.fromkeys(code for week in view.weeks for code, _ in week.beside):
        others[code] = [dict(week.beside).get(code, Load()).total for week in view.weeks]
    for name, minutes in others.items():
        numbers = _numbers(minutes[number], sum(minutes), "muted")
        rows.append(spread((Seg(f"· {name}", "muted"),), numbers, width))
    return rows


def _domain(row: DomainSum, week: Load, scale: float, width: int) -> list[Row]:
    part = f" {round(row.share * 100)} %" if row.share else "  no time"
    share = (Seg(f" optional{part}" if row.optional else part, "muted"),)
    room = width - row_width(share) - 3
    known = short_name(text.visible(row.name), room)
    known = row.short if known.endswith("…") else known
    name = (Seg(f"{row.stripe} ", f"tone-{row.tone}"), Seg(known, "ink"))
    if not row.goal and not row.load.total:
        return [spread(name, share, width)]
    parts = ((row.load.done, f"tone-{row.tone}"), (row.load.planned, f"soft-{row.tone}"))
    bar = meter(parts, scale, width - _WEEK - _ALL - 2, row.goal)
    numbers = _numbers(week.total, row.load.total, "ink")
    return [spread(name, share, width), (Seg("  "), *bar, *numbers)]


def _numbers(week: int, everything: int, style: str) -> Row:
    """Minutes of a week and in all, in their columns."""
    pairs = ((week, _WEEK), (everything, _ALL))
    return tuple(Seg((duration(n) if n else "–").rjust(size), style) for n, size in pairs)


def _backlog(view: PlanView, width: int) -> list[Row]:
    if not view.missed:
        return []
    minutes = sum(entry.minutes for entry in view.missed)
    amount = f"{counted(len(view.missed), 'session')}, {duration(minutes)}"
    rows = [spread((Seg("Missed", "title missed-mark"),), (Seg(amount, "warn"),), width)]
    for entry in view.missed[-3:]:
        moment = text.moment(entry.block.start, view.today)
        title = text.clip(entry.title, width - len(moment) - 4)
        name = entry.block.id
        left = (Seg(f"{entry.stripe} ", f"tone-{entry.tone}", name), Seg(title, "muted", name))
        rows.append(spread(left, (Seg(f" {moment}", "muted", name),), width))
    rows.append((Seg("r reschedules them", "faint"),))
    return [*rows, ()]


def fact_rows(schedule: Schedule, view: PlanView, width: int) -> list[Row]:
    """What the plan rests on: its split, its end, what made it, and what is missing."""
    revision = (Seg(f"version {schedule.revision}", "muted"),)
    rows = [spread((Seg("This plan", "title"),), revision, width)]
    auto = "auto: " if schedule.strategy_setting == "auto" else ""
    rows += _fact("split", f"{auto}{STRATEGY_WORD[schedule.strategy]}", width)
    if schedule.target is not None:
        rows += _fact("until", text.moment(schedule.target, view.today), width)
    if schedule.trigger:
        rows += _fact("reason", text.shown(schedule.trigger, view.today), width)
    if schedule.changes:
        anew = all(change.kind == "added" for change in schedule.changes)
        number = len(schedule.changes)
        amount = f"{counted(number, 'session')} added" if anew else counted(number, "change")
        share = f", {round(schedule.churn * 100)} %" if schedule.churn else ""
        rows += _fact("changes", f"{amount}{share}: v", width)
    if schedule.shortfall_minutes:
        rows += _fact("time", f"{duration(schedule.shortfall_minutes)} too little", width, "warn")
    return rows


def _warnings(schedule: Schedule, view: PlanView, width: int) -> list[Row]:
    """What the plan warns of, in short; a sheet has the whole of it."""
    rows: list[Row] = []
    for note in warnings_of(schedule):
        words = text.shown(note.text, view.today)
        rows += hanging((Seg("! ", "warn"),), words, width, "warn", 4)
    return rows + paragraph("i shows it all, and the ways out", width, "faint", 2) if rows else []


def warnings_of(schedule: Schedule) -> tuple[Reason, ...]:
    """The notes that ask for a second look."""
    return tuple(note for note in schedule.notes if note.code not in PLAIN_NOTES)


def _fact(label: str, value: str, width: int, style: str = "ink") -> list[Row]:
    return hanging((Seg(f"{label:<9}", "faint"),), value, width, style, 3)


class Told(Struct, frozen=True):
    """What now means: when, what, its facts, and lines, most needed first: each a lead and its
    words, from the longest form to the shortest."""

    when: str
    what: str
    facts: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


_ASIDE = 48
"""Cells of what stands at the right of the strip."""


def strip_rows(
    state: State, plan: Schedule, view: PlanView, width: int, height: int
) -> tuple[Row, ...]:
    """Now in `height` rows: the exam where it is near, else the session that is on or next; beside
    or below it this week, and what waits for a decision."""
    wide, near = width >= WIDE, state.exam_moment
    told = _exam(near, state) if near else _session(state, plan, view, brief=not wide)
    # Nobody makes up for sessions on the day of the exam.
    decisions = [] if near else _decisions(plan, view)
    room = width - _ASIDE - 4 if wide and not near else width - 2
    when = Seg(told.when if wide else f"{told.when}  ", "muted")
    left = room - (0 if wide else cell_len(when.text))
    facts = list(told.facts)
    while facts and cell_len(told.what) + 2 + len(" · ".join(facts)) > left:
        facts.pop()
    beside = f"  {' · '.join(facts)}"
    head: Row = (Seg(text.clip(told.what, left - len(beside)), "title"), Seg(beside, "muted"))
    rows: list[Row] = [(when,), cut(head, room)] if wide else [cut((when, *head), room)]
    foot: list[Row] = []
    if decisions and not wide:
        first, *more = decisions
        foot = [(*first, *(seg for row in more for seg in (Seg("   "), *row)))]
    rows += _lines(told.lines, room, height - len(rows) - len(foot))
    rows += [()] * (height - len(rows) - len(foot))
    rows = [(Seg(" "), *row) for row in (*rows, *foot)]
    if not wide or near:
        return tuple(rows)
    aside = [*_this_week(state, view), *decisions, *[()] * height]
    pairs = zip(rows, aside, strict=False)
    return tuple((*pad(row, width - _ASIDE), *cut(right, _ASIDE)) for row, right in pairs)


def _lines(lines: Sequence[tuple[str, ...]], width: int, room: int) -> list[Row]:
    """As many of the lines as `room` rows hold, in the first form that fits; the first ones may
    take more than one row."""
    rows: list[Row] = []
    for index, (lead, *forms) in enumerate(lines):
        left = room - len(rows)
        if left <= 0:
            break
        most = max(left - (len(lines) - index - 1), 1)
        tried = [wrap(words, width - len(lead), most) for words in forms]
        shown = next((each for each in tried if not each[-1].endswith("…")), tried[-1])
        for number, line in enumerate(shown):
            mark = lead if not number else " " * len(lead)
            rows.append((Seg(mark, "strong"), Seg(line, "ink" if lead else "muted")))
    return rows


def _session(state: State, plan: Schedule, view: PlanView, *, brief: bool) -> Told:
    """The session that is on, one of today that is not ticked, or the next one."""
    halted = standstill(plan, view)
    entry = view.entry.get(view.next_block or "")
    if halted or entry is None:
        return Told("Now", halted or "Nothing is planned.", (), ())
    block = entry.block
    here = block.start.date() == view.today
    day = "" if here and brief else " today" if here else f" {text.day(block.start, view.today)}"
    when = f"Next{day} {text.clock(block.start)}"
    when += "" if brief else f"–{text.clock(block.end)}"
    if block.start <= view.now:
        over = block.end <= view.now
        when = "Over, not ticked:" if over else f"Now, until {text.clock(block.end)}"
    facts = [ACTIVITY_WORD[block.activity], duration(block.minutes)]
    facts += [entry.short] if entry.short and not brief else []
    lines: list[tuple[str, ...]] = []
    for reason in state.why(block.id)[:1]:
        short = reason
        if isinstance(reason, Because) and reason.values.get("name") == block.domain:
            short = reason._replace(values={**reason.values, "name": entry.short})
        forms = (written(reason), written(short), written(short, brief=True))
        lines.append(("", *(text.shown(said, view.today) for said in forms)))
    if material := state.material(block.id):
        lines.append(("Use ", *material_forms(material)))
    if block.end <= view.now:
        ways = "goes to it; space ticks it, D with the minutes it took, x gives it up."
        lines.insert(0, ("t ", ways, "goes to it; space ticks it, x gives it up."))
    return Told(when, entry.title, tuple(facts), tuple(lines))


_PHASE = {
    "day-before": "Exam tomorrow",
    "exam-day": "Exam today",
    "sitting": "The exam is on",
    "after": "How did it go?",
    "result-due": "How did it go?",
}
_PLACE = {"centre": "test centre", "online": "online", None: ""}


def _exam(near: ExamMoment, state: State) -> Told:
    """The exam of tomorrow or today with what to do, or the question how it went."""
    today = state.now.date()
    minutes = state.exam.duration_minutes if state.exam else None
    place = (_PLACE[near.place], duration(minutes) if minutes else "")
    facts = tuple(filter(None, place))
    what = text.moment(near.at, today)
    lines: list[tuple[str, ...]] = []
    if near.phase in ("after", "result-due"):
        lines = [("n ", "enters the result; date and place are filled in.")]
        if near.result_by is not None:
            lines.append(("", f"The report is due by {text.moment(near.result_by, today)}."))
        return Told(_PHASE[near.phase], what, facts, tuple(lines))
    start = ""
    if near.check_in is not None:
        lead = "Begin the check-in at" if near.place == "online" else "Be there by"
        start = f"{lead} {text.clock(near.check_in)}. "
    steps = state.exam_day.steps if state.exam_day else ()
    told = {step.code: text.shown(step.text, today) for step in steps if step.phase == "before"}
    lines.append((f"{start}E ", "shows the checklist."))
    lines += [("", told[code]) for code in ("bring", "change") if code in told]
    return Told(_PHASE[near.phase], what, facts, tuple(lines))


def _this_week(state: State, view: PlanView) -> list[Row]:
    """Study done and missed in this week on one bar."""
    head = state.head
    if head is None or not head.planned_minutes:
        return [(Seg("Nothing is planned this week.", "muted"),)]
    missed = view.weeks[view.current].load.missed
    parts = ((head.done_minutes, "done-bar"), (missed, "missed-bar"))
    bar = meter(parts, head.planned_minutes, 20)
    words = f"  {duration(head.done_minutes)} of {duration(head.planned_minutes)}"
    return [(Seg("This week", "muted"),), (*bar, Seg(words, "ink"))]


def _decisions(plan: Schedule, view: PlanView) -> list[Row]:
    """What was missed and what the plan warns of, each with the key that leads on."""
    rows: list[Row] = []
    if view.missed:
        lost = duration(sum(entry.minutes for entry in view.missed))
        missed = counted(len(view.missed), "missed session")
        rows.append(_way(f"{missed} ({lost}): ", "replan", " reschedules them"))
    elif any(note.code == "HOURS" for note in plan.notes):
        rows.append(_way("study hours not set: ", "hours", " sets them"))
    warnings = [note for note in warnings_of(plan) if note.code != "HOURS"]
    if plan.shortfall_minutes:
        rows.append(_way(f"{duration(plan.shortfall_minutes)} too little time: ", "plan"))
    elif warnings:
        more = " shows them" if len(warnings) > 1 else " shows it"
        rows.append(_way(f"{counted(len(warnings), 'warning')}: ", "plan", more))
    return rows


def _way(words: str, action: str, more: str = "") -> Row:
    """What waits, and the key of the action that leads on, which a click runs too."""
    key = actions.action(action).shown
    parts = ((words, "warn"), (key, "accent strong"), (more, "muted"))
    return tuple(Seg(said, style, action) for said, style in parts)


def legend_rows(view: PlanView, width: int) -> list[Row]:
    """What the colours of the stripes mean, and the share of each domain."""
    rows: list[Row] = [()]
    for domain in view.domains:
        share = f" {round(domain.share * 100)} %" if domain.share else ""
        words = Seg(f"{domain.short}{share}   ", "muted")
        entry = (Seg(f"{domain.stripe} ", f"tone-{domain.tone}"), words)
        if row_width((*rows[-1], *entry)) > width + 3:
            rows.append(())
        rows[-1] += entry
    return rows
