"""The side panel beside the week: hours per domain, backlog, and what the plan rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from coach.model.answers import Schedule
from coach.model.plan import Reason
from coach.ui import text
from coach.ui.widgets.rows import Row, Seg, cut, meter, pad, row_width, short_name, spread, wrap
from coach.ui.widgets.schedule.plan_view import DomainSum, Load, PlanView, WeekView
from coach.wording import counted, duration

if TYPE_CHECKING:
    from coach.service import State


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


def invitation(state: State) -> Content:
    """A heading, the reason in the schedule's own words, and the keys that help."""
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
    parts: list[Content] = [Content.styled(heading, "bold $ink")]
    if reason:
        parts.append(text.plain(text.sentence(text.told(reason)), "$ink-muted"))
    else:
        parts.append(Content.styled(_WITHOUT, "$ink-muted"))
    parts += [text.plain(text.told(said), "$ink-muted") for said in ways_out]
    parts.append(Content(""))
    parts += [
        Content.assemble((f" {key} ", "bold $primary"), (f" {words}", "$ink"))
        for key, words in keys
    ]
    return Content("\n").join(parts)


def standstill(plan: Schedule, view: PlanView) -> str:
    """Why nothing is planned from here on, or an empty text where something is."""
    if plan.reason:
        return text.sentence(text.told(plan.reason, view.today))
    return "" if view.goes_on else "Nothing is planned from here on: r plans again."


_WITHOUT = "A score report tells Coach which domains to put into your week."


STRATEGY_WORD = {"two-tier": "two-tier 70/30", "priority": "weight x gap", "balanced": "balanced"}
PLAIN_NOTES = ("AIM", "AUTO", "HEURISTIC", "TIE", "OWN-WORK", "BUFFER", "SPLIT")
"""The notes of a plan that hold for every plan."""
_ALL_OF_IT = "i shows it all, and the ways out"
_WEEK = 7
_ALL = 8
_MIXED_FITS = 28


def panel_rows(view: PlanView, schedule: Schedule, number: int, width: int) -> tuple[Row, ...]:
    """The rows of the panel for week `number`, `width` cells each."""
    rows = [*domains_rows(view, number, width), ()]
    rows += _backlog(view, width)
    rows += [*fact_rows(schedule, view, width), *_warnings(schedule, view, width)]
    return tuple(rows)


def domains_rows(view: PlanView, number: int, width: int) -> list[Row]:
    """Hours per domain in week `number` and in all, against the shares, and what else there is."""
    return [*_domains(view, number, width), *_mixed(view, number, width)]


def _domains(view: PlanView, number: int, width: int) -> list[Row]:
    heading = (Seg("week".rjust(_WEEK), "muted"), Seg("in all".rjust(_ALL), "muted"))
    rows = [spread((Seg("Domains", "title"),), heading, width)]
    scale = max((max(row.goal, row.load.total) for row in view.domains), default=1)
    both = zip(view.domains, view.weeks[number].domains, strict=True)
    for row, week in sorted(both, key=lambda pair: pair[0].optional):
        rows += _domain(row, week, scale, width)
    return rows


def _domain(row: DomainSum, week: Load, scale: float, width: int) -> list[Row]:
    part = f" {round(row.share * 100)} %" if row.share else "  no share"
    share = (Seg(f" optional{part}" if row.optional else part, "muted"),)
    known = short_name(text.visible(row.name), width - row_width(share) - 3)
    name = (Seg(f"{row.letter} ", f"tone-{row.tone} strong"), Seg(known, "ink"))
    numbers = (
        Seg(_hours(week.total).rjust(_WEEK), "ink"),
        Seg(_hours(row.load.total).rjust(_ALL), "ink"),
    )
    if not row.goal and not row.load.total:
        return [spread(name, share, width)]
    parts = ((row.load.done, f"tone-{row.tone}"), (row.load.planned, f"soft-{row.tone}"))
    bar = meter(parts, scale, width - _WEEK - _ALL - 2, row.goal)
    return [spread(name, share, width), (Seg("  "), *bar, *numbers)]


def _hours(minutes: int) -> str:
    return duration(minutes) if minutes else "–"


def _mixed(view: PlanView, number: int, width: int) -> list[Row]:
    """Buffers, mixed review and practice exams, which belong to no domain."""
    everything = sum(week.load.total - _own(week.domains) for week in view.weeks)
    week = view.weeks[number]
    numbers = (
        Seg(_hours(week.load.total - _own(week.domains)).rjust(_WEEK), "muted"),
        Seg(_hours(everything).rjust(_ALL), "muted"),
    )
    name = "· Mixed work" if width >= _MIXED_FITS else "· Mixed"
    return [spread((Seg(name, "muted"),), numbers, width), *_beside(view, week, width)]


def _beside(view: PlanView, week: WeekView, width: int) -> list[Row]:
    """What other exams take of the same calendar."""
    sums: dict[str, int] = {}
    for each in view.weeks:
        for exam, load in each.beside:
            sums[exam] = sums.get(exam, 0) + load.total
    here = {exam: load.total for exam, load in week.beside}
    return [
        spread(
            (Seg(f"· {exam}", "muted"),),
            (
                Seg(_hours(here.get(exam, 0)).rjust(_WEEK), "muted"),
                Seg(_hours(minutes).rjust(_ALL), "muted"),
            ),
            width,
        )
        for exam, minutes in sums.items()
    ]


def _own(domains: tuple[Load, ...]) -> int:
    return sum(load.total for load in domains)


def _backlog(view: PlanView, width: int) -> list[Row]:
    if not view.missed:
        return []
    minutes = sum(entry.minutes for entry in view.missed)
    amount = f"{counted(len(view.missed), 'block')}, {duration(minutes)}"
    rows = [spread((Seg("Missed", "title missed-mark"),), (Seg(amount, "warn"),), width)]
    for entry in view.missed[-3:]:
        moment = text.moment(entry.block.start, view.today)
        title = short_name(entry.title, width - len(moment) - 4)
        left = (Seg(f"{entry.letter} ", f"tone-{entry.tone}"), Seg(title, "muted"))
        rows.append(spread(left, (Seg(f" {moment}", "muted"),), width))
    rows.append((Seg("r finds them a new place", "faint"),))
    return [*rows, ()]


def fact_rows(schedule: Schedule, view: PlanView, width: int) -> list[Row]:
    """What the plan rests on: its split, its end, what made it, and what is missing."""
    revision = (Seg(f"revision {schedule.revision}", "muted"),)
    rows = [spread((Seg("This plan", "title"),), revision, width)]
    auto = "auto: " if schedule.strategy_setting == "auto" else ""
    rows.append(_fact("split", f"{auto}{STRATEGY_WORD[schedule.strategy]}", width))
    if schedule.target is not None:
        rows.append(_fact("until", text.moment(schedule.target, view.today), width))
    if schedule.trigger:
        rows += _wrapped("because", text.told(schedule.trigger, view.today), width)
    if schedule.changes:
        anew = all(change.kind == "added" for change in schedule.changes)
        amount = counted(len(schedule.changes), "new block" if anew else "change")
        share = f", {round(schedule.churn * 100)} %" if schedule.churn else ""
        rows.append(_fact("v", f"{amount}{share}", width))
    if schedule.shortfall_minutes:
        rows.append(_fact("short by", duration(schedule.shortfall_minutes), width, "warn"))
    return rows


def _warnings(schedule: Schedule, view: PlanView, width: int) -> list[Row]:
    """What the plan warns of, in short; a sheet has the whole of it."""
    rows: list[Row] = []
    for note in warnings_of(schedule):
        lines = wrap(text.told(note.text, view.today), width - 2, 2)
        rows += [
            (Seg("  " if index else "! ", "warn"), Seg(line, "warn"))
            for index, line in enumerate(lines)
        ]
    if rows:
        rows += [(Seg(line, "faint"),) for line in wrap(_ALL_OF_IT, width, 2)]
    return rows


def warnings_of(schedule: Schedule) -> tuple[Reason, ...]:
    """The notes that ask for a second look."""
    return tuple(note for note in schedule.notes if note.code not in PLAIN_NOTES)


def _fact(label: str, value: str, width: int, style: str = "ink") -> Row:
    return pad(cut((Seg(f"{label:<9}", "faint"), Seg(value, style)), width), width)


def _wrapped(label: str, value: str, width: int) -> list[Row]:
    lines = wrap(value, width - 9, 3)
    return [_fact(label if index == 0 else "", line, width) for index, line in enumerate(lines)]


def summary_row(view: PlanView, schedule: Schedule, number: int, width: int) -> Row:
    """The panel in one line: minutes of the week by domain, backlog, shortfall; or why nothing is
    planned."""
    if halted := standstill(schedule, view):
        return pad(cut((Seg(f" {halted}", "warn"),), width), width)
    row: list[Seg] = [Seg(" ")]
    for domain, week in zip(view.domains, view.weeks[number].domains, strict=True):
        if week.total:
            row += [
                Seg(domain.letter, f"tone-{domain.tone} strong"),
                Seg(f" {duration(week.total)}  ", "muted"),
            ]
    mixed = view.weeks[number].load.total - _own(view.weeks[number].domains)
    if len(row) == 1 and mixed:
        row.append(Seg(f"Mixed work {duration(mixed)}", "muted"))
    elif len(row) == 1:
        row.append(Seg("Nothing planned in this week", "muted"))
    tail: list[Seg] = []
    if view.missed:
        tail.append(Seg(f" ! {len(view.missed)} missed · r ", "missed-mark"))
    if schedule.shortfall_minutes:
        tail.append(Seg(f" short {duration(schedule.shortfall_minutes)} · i ", "warn"))
    elif warnings_of(schedule) and view.missed:
        tail.append(Seg(" ! i ", "warn"))
    elif warnings_of(schedule):
        tail.append(Seg(f" ! {counted(len(warnings_of(schedule)), 'warning')} · i ", "warn"))
    return spread(tuple(row), tuple(tail), width) if tail else pad(cut(tuple(row), width), width)
