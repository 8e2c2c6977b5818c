"""Use cases around practice: the result of a quiz or lab, and of a whole practice test."""

import re
from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from coach.exchange.plain import quoted
from coach.model.facts import Facts
from coach.model.plan import Practice, Reason
from coach.reading import outlines
from coach.service.context import Edit, World, exam_edit
from coach.service.drafts import PracticeDraft, PracticeTestDraft
from coach.service.exam_facts import ExamFacts, opened
from coach.service.input_parser import InputParser
from coach.service.refusal import Problem, Refusal
from coach.service.reports import match_domain
from coach.wording import counted, listed, phrased

Result = tuple[int, int, bool]
"""Right, asked, and whether it was a percentage."""
Results = dict[str | None, Result]
"""The results by domain, that of all together under None."""
MOST_ITEMS = 10_000
_RESULT = (
    r"(?a)(?P<percent>\d{1,3}(?:[.,]\d{1,4})?)\s*%|(?P<right>\d{1,5})\s*/\s*(?P<total>\d{1,5})"
)
RESULT_FORMS = "right of asked such as 14/20, or percent such as 70%"
LEAKED = (
    " Leaked questions break the exam agreement and show memory, not skill; log labs and official "
    "questions instead."
)


def add_practice(world: World, facts: Facts, draft: PracticeDraft) -> Edit:
    """Log a quiz or lab result in one domain of the outline in use, or in one of its topics."""
    view, reader = opened(world, facts, draft.exam)
    at = _practised(reader, draft.at)
    domain, topic = _place(reader, view, draft)
    total = reader.whole("total", draft.total, 1, MOST_ITEMS)
    correct = reader.whole("correct", draft.correct, 0, total or MOST_ITEMS)
    source = reader.line("source", draft.source)
    reader.finish()
    assert correct is not None
    assert total is not None
    result = f"{correct} of {total} in {topic or domain}"
    found = {domain: (correct, total, False)}
    return _logged(view, at, found, "practice", result, source, topic)


def add_practice_test(world: World, facts: Facts, draft: PracticeTestDraft) -> Edit:
    """Log one whole practice test: a result for each domain named, and for all of it."""
    view, reader = opened(world, facts, draft.exam)
    at = _practised(reader, draft.at)
    source = reader.line("source", draft.source)
    found = _test_results(reader, view, draft)
    reader.finish()
    what = "practice test" if len(found) > 1 else "practice"
    return _logged(view, at, found, what, _test_text(draft, found), source)


def _logged(
    view: ExamFacts, at: datetime, found: Results, what: str, result: str, source: str,
    topic: str | None = None,
) -> Edit:  # fmt: skip
    """The edit of logged results; several are those of one test. Leaked questions are warned of;
    their result is kept all the same."""
    world, practice = view.world, dict(view.facts.practice)
    test = world.new_id(practice) if len(found) > 1 else None
    for domain, (correct, total, percent) in found.items():
        entry = Practice(
            id=world.new_id(practice),
            exam=view.code,
            domain=domain,
            topic=topic,
            correct=correct,
            total=total,
            at=at,
            source=source,
            test=test,
            percent=percent,
        )
        practice[entry.id] = entry
    warning = LEAKED if "dump" in source.casefold() else ""
    said = phrased("{}: {}", what, result)
    message = f"{what.capitalize()} logged: {result}.{warning}"
    facts = replace(view.facts, practice=practice)
    return exam_edit(facts, view.code, said, message, Reason(code="practice", text=said))


def _test_results(reader: InputParser, view: ExamFacts, draft: PracticeTestDraft) -> Results:
    found: Results = {}
    for name, text in draft.results:
        domain = match_domain(reader, view.exam, view.outline, name, f"domain:{name}")
        if domain in found and domain is not None:
            reader.refuse(f"domain:{name}", f"{domain} is named twice; once is accepted.", "result")
        parsed = _result(reader, f"domain:{name}", "result", text)
        if domain is not None and parsed is not None:
            found[domain] = parsed
    if draft.overall.strip():
        parsed = _result(reader, "overall", "overall", draft.overall)
        if parsed is not None:
            found[None] = parsed
    elif not draft.results:
        reader.refuse("overall", "missing", accepted=f"type {RESULT_FORMS}, here or of a domain")
    return found


def practice_test_of(code: str, text: str, *, source: str = "", at: str = "") -> PracticeTestDraft:
    """A pasted list or CSV of one practice test as a draft; raises `Refusal` with the lines that
    are no result."""
    from coach.exchange.practice_list import read_practice_list

    read = read_practice_list(text)
    if read.unread or not (read.results or read.overall):
        lines = listed(str(number) for number in read.unread)
        many = f"lines {lines} have" if len(read.unread) > 1 else f"line {lines} has"
        where = f"{many} no result" if read.unread else "there is no result"
        wanted = f"a line names a domain or Overall, and {RESULT_FORMS}."
        raise Refusal(Problem("file", f"{where}; {wanted}"))
    return PracticeTestDraft(
        exam=code, results=read.results, overall=read.overall, source=source, at=at
    )


def read_results(view: ExamFacts, text: str) -> tuple[PracticeTestDraft, tuple[str, ...]]:
    """A pasted list for a form: what could be read, by the names of the outline, and the rest."""
    from coach.exchange.practice_list import read_practice_list

    read = read_practice_list(text)
    results, unread = [], [f"line {number}" for number in read.unread]
    for name, result in read.results:
        found = outlines.match_domain(view.outline, name) if view.outline else ()
        if view.outline and isinstance(found, int):
            results.append((view.outline.domains[found - 1].name, result))
        else:
            unread.append(name)
    draft = PracticeTestDraft(exam=view.code, results=tuple(results), overall=read.overall)
    return draft, tuple(unread)


def _test_text(draft: PracticeTestDraft, found: Mapping[str | None, object]) -> str:
    def said(result: str) -> str:
        return "".join(result.split()).replace("/", " of ")

    domains = [name for name in found if name is not None]
    if None not in found:
        only = f"{said(draft.results[0][1])} in {domains[0]}"
        return only if len(domains) == 1 else counted(len(domains), "domain")
    also = f" and {counted(len(domains), 'domain')}" if domains else ""
    return f"{said(draft.overall)} overall{also}"


def _result(reader: InputParser, field: str, label: str, text: str) -> Result | None:
    """Right and asked of `14/20`, or of `70%` so many of 100, to the nearest one."""
    match = re.fullmatch(_RESULT, text.strip())
    if match is not None:
        percent = match["percent"] is not None
        right = round(float((match["percent"] or match["right"]).replace(",", ".")))
        total = 100 if percent else int(match["total"])
        if 0 < total <= MOST_ITEMS and right <= total:
            return right, total, percent
    wrong = f"{quoted(text)} is not one" if text.strip() else "missing"
    reader.refuse(field, wrong, label, accepted=f"type {RESULT_FORMS}")
    return None


def _place(
    reader: InputParser, view: ExamFacts, draft: PracticeDraft
) -> tuple[str | None, str | None]:
    """The domain and topic that were practised; a topic alone tells its domain."""
    typed, outline = reader.line("topic", draft.topic), view.outline
    match = outlines.match_topic(outline, typed) if typed and outline else None
    domain = None
    if draft.domain.strip():
        domain = match_domain(reader, view.exam, outline, draft.domain)
    elif match is not None:
        domain = match[0]
    else:
        reader.refuse("domain", "missing; name the domain, or give one overall result.")
    if not typed:
        return domain, None
    own = match is not None and match[0] == domain
    return domain, match[1] if match and own else outlines.current_name(typed)


def _practised(reader: InputParser, text: str) -> datetime:
    """When the practice was: this moment where nothing is typed."""
    moment = reader.moment("at", text, "back") if text.strip() else None
    if moment is None:
        return reader.now
    if moment.at > reader.now:
        late = "{} is still to come; a result needs a time up to now."
        reader.refuse("at", phrased(late, moment.value))
    return moment.at
