"""What a person says about a sitting: what felt hard, what was missing, how they studied."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from operator import itemgetter
from typing import get_args

from msgspec.structs import replace

from coach.model.attempt import Lacking, Method, QuestionFormat, Reflection, Report
from coach.model.facts import Facts
from coach.model.plan import Activity
from coach.reading.outlines import known_topic, outline_by_id
from coach.service.context import Edit, World, exam_edit
from coach.service.drafts import ReflectionDraft
from coach.service.exam_facts import ExamFacts
from coach.service.input_parser import InputParser
from coach.service.refusal import Problem, Refusal
from coach.service.reports import find_report, match_domain
from coach.wording import phrased

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
    results: Iterator[Logged] = (
        (entry.at, entry.domain, "questions") for entry in view.practice if entry.domain
    )
    return tuple(sorted((*sessions, *results), key=itemgetter(0)))


def methods_before(
    view: ExamFacts, report: Report, logged: tuple[Logged, ...], after: datetime | None,
    until: datetime,
) -> dict[str, tuple[Method, ...]]:  # fmt: skip
    """The methods by domain between the sitting before (`after`) and this one (`until`)."""
    # Years of sessions are looked through once for each report: only those between count.
    first = 0 if after is None else bisect_left(logged, after, key=itemgetter(0))
    last = bisect_left(logged, until, key=itemgetter(0))
    found: defaultdict[str, set[Method]] = defaultdict(set)
    for name, method in (*_told(view, report), *(entry[1:] for entry in logged[first:last])):
        found[name].add(method)
    return {name: tuple(m for m in METHODS if m in used) for name, used in found.items()}


def _told(view: ExamFacts, report: Report) -> Iterator[tuple[str, Method]]:
    """What the person said, a topic's methods under its domain."""
    if report.reflection is None:
        return
    outline = outline_by_id(view.exam, report.outline)
    homes = {topic: d.name for d in outline.domains for topic in d.topics} if outline else {}
    for name, methods in report.reflection.methods.items():
        for method in methods:
            yield homes.get(name, name), method


FORMATS: tuple[QuestionFormat, ...] = get_args(QuestionFormat)
LACKING: tuple[Lacking, ...] = get_args(Lacking)


def reflected_report(world: World, facts: Facts, which: str) -> Report:
    """The report of an id, else the newest one of an exam's code, else of the only exam."""
    if which and world.catalogue.exam(which) is None:
        return find_report(facts, which)
    code = world.exam_meant(facts, which).code
    latest = ExamFacts(world, facts, code).latest
    if latest is None:
        raise Refusal(Problem("report", f"{code} has none yet; enter your report first."))
    return latest


def reflect(world: World, facts: Facts, draft: ReflectionDraft) -> Edit:
    """Keep a person's own view of a sitting; what is not given stays as it was."""
    report = reflected_report(world, facts, draft.report)
    exam = world.exam(report.exam)
    outline = outline_by_id(exam, report.outline)
    old = Reflection() if draft.clear or report.reflection is None else report.reflection
    reader = InputParser(world.now, world.zone)
    formats = [reader.choice("hard", text, FORMATS) for text in draft.hard_formats]
    lacking = reader.choice("lacking", draft.lacking, LACKING)
    methods = dict(old.methods)
    for place, texts in draft.methods:
        topic = known_topic(outline, place)
        name = topic or match_domain(reader, exam, outline, place, "method")
        chosen = [reader.choice("method", text, METHODS) for text in texts if text.strip()]
        if name is not None:
            methods.pop(name, None)
            known = tuple(dict.fromkeys(method for method in chosen if method))
            methods |= {name: known} if known else {}
    reader.finish()
    reflection = Reflection(
        hard_formats=tuple(dict.fromkeys(f for f in formats if f)) or old.hard_formats,
        lacking=lacking or old.lacking,
        methods=methods,
    )
    new = replace(report, reflection=None if reflection == Reflection() else reflection)
    verb = "kept" if new.reflection else "taken back"
    sat = facts.attempts[report.attempt].at
    return exam_edit(
        replace(facts, reports={**facts.reports, new.id: new}),
        report.exam,
        phrased("how the sitting of {} felt: {}", sat.astimezone(world.zone).date(), verb),
        f"Your view of the sitting is {verb}.",
        report=report.id,
        attempt=report.attempt,
    )
