"""How each domain was studied before a sitting: what the person says, and what was logged."""

from collections.abc import Iterator
from datetime import datetime
from typing import get_args

from coach.model.attempt import Method, Report
from coach.model.plan import Activity
from coach.reading.outlines import outline_by_id
from coach.service.exam_facts import ExamFacts

_METHODS: tuple[Method, ...] = get_args(Method)
_OF_ACTIVITY: dict[Activity, Method] = {
    "learn": "reading",
    "lab": "labs",
    "practice": "questions",
    "scenario": "scenarios",
}


def methods_before(
    view: ExamFacts, report: Report, after: datetime | None, until: datetime
) -> dict[str, tuple[Method, ...]]:
    """The methods by domain between the sitting before (`after`) and this one (`until`)."""
    found: dict[str, set[Method]] = {}
    for name, method in (*_told(view, report), *_logged(view, after, until)):
        found.setdefault(name, set()).add(method)
    return {name: tuple(m for m in _METHODS if m in used) for name, used in found.items()}


def _told(view: ExamFacts, report: Report) -> Iterator[tuple[str, Method]]:
    """What the person said, a topic's methods under its domain."""
    if report.reflection is None:
        return
    outline = outline_by_id(view.exam, report.outline)
    homes = {topic: d.name for d in outline.domains for topic in d.topics} if outline else {}
    for name, methods in report.reflection.methods.items():
        for method in methods:
            yield homes.get(name, name), method


def _logged(
    view: ExamFacts, after: datetime | None, until: datetime
) -> Iterator[tuple[str, Method]]:
    """What ticked sessions and logged results tell."""
    for block in view.blocks:
        method = _OF_ACTIVITY.get(block.activity)
        if (
            block.status == "done"
            and block.domain
            and method
            and _within(block.start, after, until)
        ):
            yield block.domain, method
    for entry in view.practice:
        if _within(entry.at, after, until):
            yield entry.domain, "questions"


def _within(at: datetime, after: datetime | None, until: datetime) -> bool:
    return (after is None or after <= at) and at < until
