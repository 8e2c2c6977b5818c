"""Use cases around study material: list it, mark what was worked through."""

from collections.abc import Iterator

from msgspec.structs import replace

from coach.exchange.plain import quoted
from coach.model import made_from
from coach.model.exam import Exam, Fit, Outline, Resource, ResourceKind
from coach.model.facts import Facts
from coach.model.material import ResourceRow, Resources
from coach.reading.outlines import age_line, match_topic, outline_by_id
from coach.service.context import Edit, World, with_entry
from coach.service.exam_facts import ExamFacts
from coach.service.input_parser import InputParser
from coach.service.refusal import Problem, Refusal
from coach.service.reports import match_domain


def resources_for(
    world: World,
    facts: Facts,
    code: str | None,
    domain: str = "",
    topic: str = "",
    kind: ResourceKind | None = None,
) -> Resources:
    """The material of an exam, of one domain, topic or kind where they are given.

    A domain is its number, its name or a part of it in the outline that the material names.
    Raises `Refusal` where exam, domain or topic are unknown.
    """
    exam = world.exam_meant(facts, code)
    material = world.catalogue.material(exam)
    outline = outline_by_id(exam, material.outline)
    wanted = _wanted(world, exam, outline, domain, topic)
    done = ExamFacts(world, facts, exam.code).resources_done
    rows = (
        made_from(
            ResourceRow,
            resource,
            domain=fit.domain or None,
            topic=fit.topic,
            also=tuple(other for other in resource.fits if other != fit),
            done=resource.id in done,
        )
        for resource in material.resources
        if kind in (None, resource.kind)
        and (fit := next(_fitting(resource, wanted), None)) is not None
    )
    age = age_line([("study material", material.as_of, material.course)], world.now.date())
    return made_from(Resources, material, exam=exam.code, resources=tuple(rows), age=age)


def _wanted(world: World, exam: Exam, outline: Outline | None, domain: str, topic: str) -> Fit:
    """The domain and topic that the texts mean; no domain where none is asked for."""
    wanted = Fit(domain="")
    if domain.strip():
        reader = InputParser(world.now, world.zone)
        wanted = Fit(domain=match_domain(reader, exam, outline, domain) or "")
        reader.finish()
    if topic.strip():
        found = match_topic(outline, topic) if outline else None
        if found is None or (wanted.domain and found[0] != wanted.domain):
            raise Refusal(Problem("topic", f"{quoted(topic)} is in no domain of {exam.code}."))
        wanted = Fit(domain=found[0], topic=found[1])
    return wanted


def _fitting(resource: Resource, wanted: Fit) -> Iterator[Fit]:
    """What the resource is listed for among what was asked: all without a domain, and what serves
    a whole domain for each of its topics."""
    if not wanted.domain:
        yield next(iter(resource.fits), wanted)
    for fit in resource.fits:
        if fit.domain == wanted.domain and (not wanted.topic or fit.topic in (None, wanted.topic)):
            yield fit


def find_resource(world: World, facts: Facts, text: str) -> tuple[Exam, Resource]:
    """The resource of a tracked exam whose id is `text` or alone begins with it, the exam on
    screen first; raises `Refusal` otherwise."""
    wanted = text.strip().casefold()
    codes = sorted(world.known(facts), key=lambda code: not facts.tracked[code].selected)
    exams = [world.exam(code) for code in codes]
    pairs = [(exam, r) for exam in exams for r in world.catalogue.material(exam).resources]
    exact = [pair for pair in pairs if pair[1].id == wanted]
    found = exact or [pair for pair in pairs if wanted and pair[1].id.startswith(wanted)]
    if len({resource.id for _, resource in found}) == 1:
        return found[0]
    what = "fits several" if found else "is no resource of a tracked exam"
    hint = "type the whole id of one that `coach resources` lists."
    raise Refusal(Problem("resource", f"{quoted(text)} {what}; {hint}"))


def mark_resource(world: World, facts: Facts, text: str, done: bool = True) -> Edit:
    """Mark study material as worked through, or as not, in every tracked exam that has it."""
    exam, resource = find_resource(world, facts, text)
    after = facts
    for code in world.known(facts):
        if resource.id in {r.id for r in world.catalogue.material(world.exam(code)).resources}:
            entry = facts.tracked[code]
            marks = {*entry.resources_done, resource.id} if done else set(entry.resources_done)
            marks -= set() if done else {resource.id}
            changed = replace(entry, resources_done=tuple(sorted(marks)))
            after = with_entry(after, changed)
    word = "done" if done else "not done"
    return Edit(
        facts=after,
        label=f"{exam.code} {resource.title} {word}",
        message=f"{resource.title} is marked as {word}.",
        exam=exam.code,
    )
