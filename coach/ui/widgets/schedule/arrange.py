"""A plan arranged for the eye. It runs once per state; a cursor key only reads from its result."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from coach.model.documents import Schedule, ScheduleBlock, Week
from coach.model.settings import WEEKDAYS, Hours
from coach.service.capacity import day_capacity
from coach.ui.text import visible
from coach.ui.widgets.names import PLAIN_VERBS
from coach.ui.widgets.schedule.view import (
    MIXED,
    TONES,
    Day,
    DomainSum,
    Entry,
    Load,
    PlanView,
    WeekView,
    load_of,
)

_WORDS = (
    "a an and for in of on or the to using with azure microsoft "
    "integrate monitor optimize protect secure"
)
_COMMON = PLAIN_VERBS | frozenset(_WORDS.split())


def letters(names: Sequence[str]) -> tuple[str, ...]:
    """One letter for each domain: the first free one of the telling words of its name.

    Words that several domains share, and plain verbs, come last; a digit where all is taken.
    """
    words = [visible(name).lower().split() for name in names]
    seen = [word for line in words for word in set(line)]
    taken: set[str] = set()
    return tuple(_letter(line, seen, taken, index) for index, line in enumerate(words))


def _letter(words: list[str], seen: list[str], taken: set[str], index: int) -> str:
    telling = [word for word in words if word not in _COMMON and seen.count(word) == 1]
    initials = "".join(word[0] for word in words)
    candidates = [*(word[0] for word in telling), *"".join(telling), *initials, *"".join(words)]
    free = (letter.upper() for letter in candidates if letter.isascii() and letter.isalpha())
    chosen = next((letter for letter in free if letter not in taken), str(index + 1))
    taken.add(chosen)
    return chosen


def arrange(
    schedule: Schedule, hours: Hours, now: datetime, before: PlanView | None = None
) -> PlanView:
    """The view of a plan; `now` is in the user's zone, like the times of the blocks.

    Weeks that are as they were in the view `before` are taken over from it.
    """
    names = tuple(row.domain for row in schedule.allocation)
    styles, zone = _styles(names), cast("ZoneInfo", now.tzinfo)
    alike = before is not None and (before.names, before.hours) == (names, hours)
    kept = {week.start: week for week in before.weeks} if before and alike else {}
    weeks = tuple(_week(week, hours, zone, styles, kept.get(week.start)) for week in schedule.weeks)
    entries = [entry for week in weeks for entry in week.entries]
    return PlanView(
        weeks=weeks,
        domains=_domains(schedule, weeks, styles),
        today=now.date(),
        now=now,
        order=tuple(entry.block.id for entry in entries),
        place={
            entry.block.id: (number, index)
            for number, week in enumerate(weeks)
            for index, day in enumerate(week.days)
            for entry in day.entries
        },
        entry={entry.block.id: entry for entry in entries},
        missed=tuple(_entry(block, styles) for block in schedule.backlog),
        busy=frozenset(
            index
            for week in weeks
            for index, day in enumerate(week.days)
            if day.entries or hours.windows.get(WEEKDAYS[index])
        ),
        names=names,
        hours=hours,
    )


Styles = dict[str, tuple[str, int]]
"""Letter and tone of each domain."""


def _styles(names: Sequence[str]) -> Styles:
    marks = zip(names, letters(names), strict=True)
    return {name: (letter, index % TONES + 1) for index, (name, letter) in enumerate(marks)}


def _week(
    week: Week, hours: Hours, zone: ZoneInfo, styles: Styles, before: WeekView | None
) -> WeekView:
    if before is not None and before.source == week:
        return before
    by_day: list[list[Entry]] = [[] for _ in WEEKDAYS]
    entries = [_entry(block, styles) for block in week.blocks]
    others = [_beside(block) for block in week.beside]
    for entry in sorted((*entries, *others), key=lambda entry: entry.block.start):
        offset = (entry.block.start.date() - week.start).days
        by_day[min(max(offset, 0), 6)].append(entry)
    return WeekView(
        source=week,
        days=tuple(
            _day(week.start + timedelta(days=index), tuple(found), hours, zone)
            for index, found in enumerate(by_day)
        ),
        load=load_of(entries),
        domains=tuple(
            load_of(entry for entry in entries if entry.block.domain == name) for name in styles
        ),
        beside=tuple(
            (exam, load_of(entry for entry in others if entry.letter == exam))
            for exam in dict.fromkeys(entry.letter for entry in others)
        ),
    )


def _day(day: date, entries: tuple[Entry, ...], hours: Hours, zone: ZoneInfo) -> Day:
    return Day(
        date=day,
        entries=entries,
        capacity=day_capacity(hours, day, zone),
        load=load_of(entries),
        off=day in hours.off,
    )


def _entry(block: ScheduleBlock, styles: Styles) -> Entry:
    if block.domain is None:
        letter = "".join(styles[name][0] for name in block.also if name in styles) or "·"
        return Entry(block, letter, 0, visible(block.topic or MIXED[block.activity]))
    letter, tone = styles.get(block.domain, ("?", 0))
    return Entry(block, letter, tone, visible(block.topic or block.domain))


def _beside(block: ScheduleBlock) -> Entry:
    title = visible(block.topic or block.domain or MIXED[block.activity])
    return Entry(block, visible(block.exam), 0, title, beside=True)


def _domains(
    schedule: Schedule, weeks: Sequence[WeekView], styles: Styles
) -> tuple[DomainSum, ...]:
    return tuple(
        DomainSum(
            name=row.domain,
            letter=styles[row.domain][0],
            tone=styles[row.domain][1],
            band=row.band,
            tier=row.tier,
            share=row.share,
            goal=row.share * schedule.study_minutes,
            load=_sum(week.domains[index] for week in weeks),
            optional=row.optional,
        )
        for index, row in enumerate(schedule.allocation)
    )


def _sum(loads: Iterable[Load]) -> Load:
    planned = done = missed = 0
    for load in loads:
        planned, done, missed = planned + load.planned, done + load.done, missed + load.missed
    return Load(planned=planned, done=done, missed=missed)
