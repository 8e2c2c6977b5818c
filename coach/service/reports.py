"""Use cases around score reports: record, correct, and read one back for a form."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from coach.dates import Moment
from coach.exchange.plain import quoted
from coach.model.attempt import Attempt, Observation, Report, ReportSource
from coach.model.exam import Exam, Outline
from coach.model.facts import Facts
from coach.model.plan import Reason
from coach.reading import bands, outlines
from coach.service.attempts import fee_text, same_day, sitting_edit, unreported
from coach.service.context import Edit, World, by_prefix
from coach.service.drafts import ReportDraft
from coach.service.exam_facts import ExamFacts, opened
from coach.service.input_parser import InputParser, when_text
from coach.wording import listed, phrased

RESULTS = ("pass", "fail")


def result_of(
    reader: InputParser, exam: Exam, draft: ReportDraft
) -> tuple[int | None, bool | None]:
    """The score, or the outcome alone where the vendor prints no score; they must agree. Without a
    published pass mark only the outcome says whether a score passed."""
    result = reader.choice("result", draft.result, RESULTS)
    if result and not draft.score.strip():
        return None, result == "pass"
    low, high = exam.scale
    score, mark = reader.whole("score", draft.score, low, high), exam.passing_score
    if mark is None:
        return score, result == "pass" if result else None
    if score is not None and result and (score >= mark) != (result == "pass"):
        wrong = f"{result} does not fit a score of {score} where {mark} passes"
        reader.refuse("result", f"{wrong}; correct one of them.")
    return score, None


def outline_of(
    reader: InputParser, exam: Exam, asked: str, moment: Moment | None
) -> Outline | None:
    """The outline that was asked for, else the one in force at the sitting."""
    if asked.strip():
        found = outlines.outline_by_id(exam, asked.strip())
        if found is None:
            known = ", ".join(outline.id for outline in exam.outlines) or "none"
            wrong = f"{quoted(asked)} is not an outline of {exam.code}"
            reader.refuse("outline", f"{wrong}; known are {known}.")
        return found
    on: date = moment.at.date() if moment else date.max - timedelta(days=1)
    return outlines.outline_in_force(exam, on)[0]


def observations_of(
    reader: InputParser,
    exam: Exam,
    outline: Outline | None,
    typed: tuple[tuple[str, str], ...],
    *,
    later_wins: bool,
) -> tuple[Observation, ...]:
    """What was typed per domain; correcting a report, a later word replaces an earlier one."""
    found: dict[str, Observation] = {}
    for domain_text, text in typed:
        if not text.strip():
            continue
        field = f"domain:{domain_text}"
        domain = match_domain(reader, exam, outline, domain_text, field)
        if domain is None:
            continue
        if domain in found and not later_wins:
            reader.refuse(field, f"{quoted(domain)} is given twice; give each domain once.")
        elif seen := bands.observation(domain, text, exam.policy):
            found[domain] = seen
        else:
            percent = text.strip().endswith("%")  # what the vendor does not print
            hint = "if it is a bar read by eye, leave out the % sign; otherwise " if percent else ""
            wrong = f"{quoted(text)} for {domain} is not accepted; {hint}type"
            words = ", ".join(bands.ACCEPTED_WORDS)
            reader.refuse(field, f"{wrong} {words}, or a bar read by eye from 0 to 100.")
    order = {domain.name: n for n, domain in enumerate(outline.domains)} if outline else {}
    return tuple(sorted(found.values(), key=lambda seen: order[seen.domain]))


def match_domain(
    reader: InputParser, exam: Exam, outline: Outline | None, text: str, field: str = "domain"
) -> str | None:
    """The name of the domain that `text` means, a problem under `field` where it means none."""
    if outline is None:
        ways = "leave the domains out, or add one with `coach exams add FILE.toml`."
        reader.refuse(field, f"no outline of {exam.code} is known; {ways}", "domain")
        return None
    found = outlines.match_domain(outline, text)
    if isinstance(found, int):
        return outline.domains[found - 1].name
    # A number is in every outline.
    others = [
        other.id
        for other in exam.outlines
        if other is not outline
        and not text.strip().isdecimal()
        and isinstance(outlines.match_domain(other, text), int)
    ]
    elsewhere = f"outline {listed(others)} has it; in this one " if others else ""
    wrong = f"{quoted(text)} is not one domain of outline {outline.id}; {elsewhere}type a number"
    accepted = f"from 1 to {len(outline.domains)} or one of {'; '.join(found)}."
    reader.refuse(field, f"{wrong} {accepted}", "domain")
    return None


def flags_of(
    reader: InputParser, outline: Outline | None, typed: tuple[str, ...]
) -> tuple[str, ...]:
    """The flagged topics, once each, by the outline's own names where it knows them."""
    flags: dict[str, None] = {}
    for text in typed:
        topic = reader.line("flags", text)
        if not topic:
            continue
        match = outlines.match_topic(outline, topic) if outline else None
        flags[match[1] if match else topic] = None
    return tuple(flags)


def result_text(passed: bool | None) -> str:
    """An outcome that was typed without a score, empty where there was one."""
    return "" if passed is None else RESULTS[not passed]


def observed_text(seen: Observation) -> str:
    """An observation as it was typed."""
    return seen.word or ("" if seen.value is None else str(seen.value))


SOURCES: tuple[ReportSource, ...] = ("screen", "pdf", "profile")
AWAITING_RESULT = ("booked", "pending", "delivered", "beta")


def add_report(world: World, facts: Facts, draft: ReportDraft) -> Edit:
    """Record a delivered attempt with its report; a booking of that day becomes the attempt."""
    return _save(world, facts, draft, None)


def edit_report(world: World, facts: Facts, report_id: str, draft: ReportDraft) -> Edit:
    """Replace what a report and its attempt say; both keep their ids."""
    return _save(world, facts, draft, find_report(facts, report_id))


def find_report(facts: Facts, report_id: str) -> Report:
    """A report by its own id or its attempt's, or an unambiguous beginning of either."""
    both = {report.attempt: report for report in facts.reports.values()} | facts.reports
    return by_prefix(both, report_id, "report", "report")


def report_draft(world: World, facts: Facts, report_id: str) -> ReportDraft:
    """A stored report as texts to edit; raises `Refusal` where the id is unknown."""
    report = find_report(facts, report_id)
    draft = ReportDraft(
        exam=report.exam,
        at="",
        score="" if report.score is None else str(report.score),
        result=result_text(report.passed),
        outline=report.outline or "",
        observations=tuple((seen.domain, observed_text(seen)) for seen in report.observations),
        flags=report.flags,
        received="" if report.received is None else report.received.isoformat(),
        source=report.source or "",
        note=report.note,
    )
    return _with_appointment(draft, facts.attempts[report.attempt], world.zone)


def draft_for(world: World, draft: ReportDraft, code: str) -> ReportDraft:
    """The same report as one of another exam: of its domains those stay that are there too."""
    exam, reader = world.exam(code), InputParser(world.now, world.zone)
    outline = outline_of(reader, exam, "", reader.moment("at", draft.at, "back"))
    names = {domain.name for domain in outline.domains} if outline else set()
    seen = tuple((name, said) for name, said in draft.observations if name in names)
    return replace(draft, exam=exam.code, outline="", observations=seen)


def blank_draft(world: World, facts: Facts, code: str) -> ReportDraft:
    """An empty report of an exam, begun from the newest appointment that waits for its result."""
    code = world.exam(code).code
    sat = [a for a in unreported(facts, code) if a.status in AWAITING_RESULT and a.at <= world.now]
    draft = ReportDraft(exam=code, at="", score="")
    newest = max(sat, key=lambda attempt: attempt.at, default=None)
    return _with_appointment(draft, newest, world.zone) if newest else draft


def _with_appointment(draft: ReportDraft, attempt: Attempt, zone: ZoneInfo) -> ReportDraft:
    """The draft with when, where and for how much, as texts to edit."""
    at, place = when_text(attempt, zone), attempt.place or ""
    return replace(draft, at=at, place=place, fee=fee_text(attempt))


def _save(world: World, facts: Facts, draft: ReportDraft, old: Report | None) -> Edit:
    view, reader = opened(world, facts, draft.exam)
    exam = view.exam
    moment = reader.moment("at", draft.at, "back")
    score, passed = result_of(reader, exam, draft)
    place = reader.place(draft.place)
    fee = reader.money("fee", draft.fee)
    received = reader.day("received", draft.received, "back")
    source = reader.choice("source", draft.source, SOURCES)
    note = reader.line("note", draft.note)
    outline = outline_of(reader, exam, draft.outline, moment)
    seen = observations_of(reader, exam, outline, draft.observations, later_wins=old is not None)
    flags = flags_of(reader, outline, draft.flags)
    if moment is not None:
        _check_dates(reader, view, moment, received, old)
    reader.finish()
    assert moment is not None
    told = {"place": place, "fee": fee}
    kept = {name: value for name, value in told.items() if old or value is not None}
    attempt = replace(_sat(view, moment, old), **kept)
    report = Report(
        id=old.id if old else world.new_id(facts.reports),
        attempt=attempt.id,
        exam=exam.code,
        outline=outline.id if outline else None,
        score=score,
        passed=passed,
        observations=seen,
        flags=flags,
        received=received,
        source=source,
        note=note,
        reflection=old.reflection if old else None,
    )
    return _edit(view.facts, attempt, report, old)


def _edit(facts: Facts, attempt: Attempt, report: Report, old: Report | None) -> Edit:
    facts = replace(
        facts,
        attempts={**facts.attempts, attempt.id: attempt},
        reports={**facts.reports, report.id: report},
    )
    verb = "corrected" if old else "added"
    if old and old.exam != report.exam:
        verb = f"is one of {report.exam} now"
    outcome = result_text(report.passed) if report.score is None else f"score {report.score}"
    which = phrased("report of {}", attempt.at.date())
    trigger = Reason(code="report", text=phrased("{}, {}", which, outcome))
    return sitting_edit(facts, attempt, report, phrased("{} {}", which, verb), trigger)


def _sat(view: ExamFacts, moment: Moment, old: Report | None) -> Attempt:
    """The attempt a report belongs to, at its time: its own, the booking of that day, which is
    delivered now, or a new one. A beta sitting stays one; a date alone keeps the booked time."""
    changed: dict[str, Any] = {"at": moment.at, "time_known": moment.time_known}
    if old is not None:
        return replace(view.facts.attempts[old.attempt], exam=view.code, **changed)
    for attempt in unreported(view.facts, view.code):
        if _awaits(attempt, moment) and same_day(view.world, attempt, moment):
            status = "beta" if attempt.status == "beta" else "delivered"
            kept = attempt.time_known and not moment.time_known
            return replace(attempt, status=status, **({} if kept else changed))
    new = view.world.new_id(view.facts.attempts)
    return Attempt(id=new, exam=view.code, status="delivered", **changed)


def _awaits(attempt: Attempt, moment: Moment) -> bool:
    """Whether a report can belong to an attempt of its day; an interrupted one that was
    delivered after all is told from a second sitting by its time."""
    if attempt.status == "interrupted":
        return attempt.at == moment.at or not (attempt.time_known and moment.time_known)
    return attempt.status in AWAITING_RESULT


def _check_dates(
    reader: InputParser, view: ExamFacts, moment: Moment, received: date | None, old: Report | None
) -> None:
    if received is not None and not moment.at.date() <= received <= reader.now.date():
        what = f"{received} is not between the exam and today; type the day of the report."
        reader.refuse("received", what)
    if moment.at > reader.now:
        needed = "a report needs a time up to now, and a date ahead is a booking."
        reader.refuse("at", phrased("{} is still to come; {}", moment.value, needed))
    for sitting, report in view.reported:
        sat = sitting.attempt.at, sitting.attempt.time_known
        if report is not old and sat == (moment.at, moment.time_known):
            stored = f"a report of {view.code} at this time is already stored as {report.id}"
            reader.refuse("at", f"{stored}; edit that one, or type another time.")
