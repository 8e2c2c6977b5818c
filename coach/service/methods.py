"""How each domain was studied before a sitting: what the person says, and what was logged."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime
from typing import get_args

from coach.model.attempt import Method, Report
from coach.model.plan import Activity
from coach.reading.outlines import outline_by_id
from coach.service.exam_facts import ExamFacts

METHODS: tuple[Method, ...] = get_args(Method)
_OF_ACTIVITY: dict[Activity, Method] = {
    "learn": "reading",
    "lab": "labs",
    "practice": "questions",
    "scenario": "scenarios",
}


Logged = tuple[datetime, str, Method]


def logged_methods(view: ExamFacts) -> tuple[Logged, ...]:
    """What ticked sessions and logged results tell: when, which domain and how, earliest first."""
    sessions = (
        (block.start, block.domain, method)
        for block in view.blocks
        if block.status == "done" and block.domain and (method := _OF_ACTIVITY.get(block.activity))
    )
    results: Iterator[Logged] = ((entry.at, entry.domain, "questions") for entry in view.practice)
    return tuple(sorted((*sessions, *results), key=_when))


def methods_before(
    view: ExamFacts,
    report: Report,
    logged: tuple[Logged, ...],
    after: datetime | None,
    until: datetime,
) -> dict[str, tuple[Method, ...]]:
    """The methods by domain between the sitting before (`after`) and this one (`until`)."""
    # Years of sessions are looked through once for each report: only those between count.
    first = 0 if after is None else bisect_left(logged, after, key=_when)
    last = bisect_left(logged, until, key=_when)
    found: dict[str, set[Method]] = {}
    for name, method in (*_told(view, report), *(entry[1:] for entry in logged[first:last])):
        found.setdefault(name, set()).add(method)
    return {name: tuple(m for m in METHODS if m in used) for name, used in found.items()}


def _when(entry: Logged) -> datetime:
    return entry[0]


def _told(view: ExamFacts, report: Report) -> Iterator[tuple[str, Method]]:
    """What the person said, a topic's methods under its domain."""
    if report.reflection is None:
        return
    outline = outline_by_id(view.exam, report.outline)
    homes = {topic: d.name for d in outline.domains for topic in d.topics} if outline else {}
    for name, methods in report.reflection.methods.items():
        for method in methods:
            yield homes.get(name, name), method
