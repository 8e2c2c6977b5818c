"""What a person says about a sitting: what felt hard, what was missing, how they studied."""

from typing import get_args

import msgspec

from coach.exchange.plain import quoted
from coach.model.attempt import Lacking, QuestionFormat, Reflection, Report
from coach.model.exam import Exam, Outline
from coach.model.facts import Facts
from coach.reading.outlines import match_topic, outline_by_id
from coach.service.drafts import ReflectionDraft
from coach.service.exam_facts import ExamFacts
from coach.service.methods import METHODS
from coach.service.reader import Reader
from coach.service.refusal import Problem, Refusal
from coach.service.report_texts import match_domain
from coach.service.reports import find_report
from coach.service.world import Edit, World, tracked_code, with_record

FORMATS: tuple[QuestionFormat, ...] = get_args(QuestionFormat)
LACKING: tuple[Lacking, ...] = get_args(Lacking)


def reflected_report(world: World, facts: Facts, which: str) -> Report:
    """The report of an id, else the newest one of an exam's code, else of the only exam."""
    if which and world.catalogue.exam(which) is None:
        return find_report(facts, which)
    code = world.exam(tracked_code(facts, which)).code
    latest = ExamFacts(world, facts, code).latest
    if latest is None:
        raise Refusal(Problem("report", f"report: {code} has none yet; enter your report first."))
    return latest


def reflect(world: World, facts: Facts, draft: ReflectionDraft) -> Edit:
    """Keep a person's own view of a sitting; what is not given stays as it was."""
    report = reflected_report(world, facts, draft.report)
    exam = world.exam(report.exam)
    outline = outline_by_id(exam, report.outline)
    old = Reflection() if draft.clear or report.reflection is None else report.reflection
    reader = Reader(world.zone)
    formats = [reader.choice("hard", text, FORMATS) for text in draft.hard_formats]
    lacking = reader.choice("lacking", draft.lacking, LACKING)
    methods = dict(old.methods)
    for place, texts in draft.methods:
        name = _place(reader, exam, outline, place)
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
    return _edit(facts, report, None if reflection == Reflection() else reflection)


def _place(reader: Reader, exam: Exam, outline: Outline | None, text: str) -> str | None:
    """The domain or topic that was studied."""
    topic = match_topic(outline, text) if outline else None
    exact = {topic for domain in outline.domains for topic in domain.topics} if outline else set()
    if topic is not None and topic[1] in exact:
        return topic[1]
    return match_domain(reader, exam, outline, text, "method")


def _edit(facts: Facts, report: Report, reflection: Reflection | None) -> Edit:
    new = msgspec.structs.replace(report, reflection=reflection)
    verb = "kept" if reflection else "taken back"
    return Edit(
        facts=msgspec.structs.replace(facts, reports=with_record(facts.reports, new.id, new)),
        label=f"{report.exam} own view of report {quoted(report.id)} {verb}",
        message=f"Your view of the sitting is {verb}.",
        exam=report.exam,
        report=report.id,
        attempt=report.attempt,
    )
