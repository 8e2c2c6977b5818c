"""Score reports from a file: read, checked against the catalogue, and stored one by one."""

import msgspec

from coach.exchange.report_file import read_reports
from coach.exchange.report_records import ReadProblem, ReadReport, line_of, problem
from coach.model.documents import ExamDetail
from coach.reading import bands
from coach.reading.outlines import outline_by_id
from coach.service.drafts import ReportDraft
from coach.service.import_fitting import exam_of, in_the_vendors_words, with_outline
from coach.service.outcome import Done, Outcome, Refused
from coach.service.reader import parse_when
from coach.service.refusal import Problem
from coach.service.service import Service

NEEDED = {"exam": "AZ-104", "at": "2026-11-20T10:00", "score": "640"}


class FoundDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One report of a file as a draft for a form.

    With `problems` it is not to be stored as it is. `notes` say how something was understood.
    """

    draft: ReportDraft
    report: ReadReport
    problems: tuple[ReadProblem, ...] = ()
    notes: tuple[ReadProblem, ...] = ()


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What an import stored, what it could not read or store, and what is missing."""

    saved: tuple[Done, ...]
    problems: tuple[ReadProblem, ...]
    notes: tuple[ReadProblem, ...]


def import_reports(service: Service, data: bytes, name: str) -> Imported:
    """Store every report of a file that can be stored, each whole; never raises for content."""
    found, read_problems = drafts_from(data, name, service)
    saved: list[Done] = []
    problems, notes = list(read_problems), list[ReadProblem]()
    for each in found:
        known = _known(service, each)
        if known:
            problems += _with_preview(known, each, service.preview_report(each.draft))
            continue
        outcome = service.add_report(each.draft)
        if isinstance(outcome, Refused):
            problems += _placed(each.report, outcome.problems)
        else:
            saved.append(outcome)
            notes += [*each.notes, *_missing(each, outcome)]
    return Imported(saved=tuple(saved), problems=tuple(problems), notes=tuple(notes))


def import_outcome(service: Service, data: bytes, name: str) -> Outcome:
    """Store the reports of a file: done where one was stored, with what could not be."""
    imported = import_reports(service, data, name)
    problems = " ".join(found.text for found in imported.problems)
    if not imported.saved:
        return Refused((Problem("file", problems),))
    words = [*(done.message for done in imported.saved), problems]
    return msgspec.structs.replace(imported.saved[-1], message=" ".join(filter(None, words)))


def review(
    service: Service, data: bytes, name: str
) -> tuple[tuple[FoundDraft, ...], tuple[ReadProblem, ...]]:
    """The reports of a file with every problem that storing them would meet, and the problems
    that belong to none of them. Nothing is stored."""
    found, problems = drafts_from(data, name, service)
    return tuple(_reviewed(service, each) for each in found), problems


def _reviewed(service: Service, found: FoundDraft) -> FoundDraft:
    preview = service.preview_report(found.draft)
    problems = _with_preview(_known(service, found), found, preview)
    return msgspec.structs.replace(found, problems=tuple(problems))


def drafts_from(
    data: bytes, name: str, service: Service | None = None
) -> tuple[tuple[FoundDraft, ...], tuple[ReadProblem, ...]]:
    """The reports of a file as drafts, and the problems that belong to none of them.

    With a service the catalogue helps: a title becomes a code, a flagged topic is told from a
    domain, and pass or fail has to fit the score. Nothing is stored. `name` is the file's name.
    """
    reports, problems = read_reports(data, name)
    return tuple(_found(report, service) for report in reports), problems


def _found(report: ReadReport, service: Service | None) -> FoundDraft:
    detail = exam_of(service, report) if service else None
    report = report if detail is None else with_outline(report, detail)
    problems = (*report.problems, *_lacking(report, detail), *_conflicts(report, detail))
    draft = ReportDraft(
        exam=report.exam,
        at=report.at,
        score=report.score,
        result="" if report.score.strip() else report.result,
        outline=report.outline,
        observations=report.domains,
        flags=report.flags,
        place=report.place,
        fee=report.fee,
        source=report.source,
        note=report.note,
    )
    if detail is None:
        return FoundDraft(draft=draft, report=report, problems=problems)
    draft, notes = in_the_vendors_words(draft, report, detail)
    return FoundDraft(draft=draft, report=report, problems=problems, notes=notes)


def _lacking(report: ReadReport, detail: ExamDetail | None) -> list[ReadProblem]:
    """What has to be there; where a vendor prints no score the result is enough."""
    unscored = detail is not None and not bands.prints_score(detail.vendor)
    score = report.score or (report.result if unscored else "")
    given = {"exam": report.exam, "at": report.at, "score": score}
    named = {known.field for known in report.problems}
    return [
        problem(field, f"none was found; it is needed, for example {example}.", where=report.where)
        for field, example in NEEDED.items()
        if not given[field].strip() and field not in named and "report" not in named
    ]


def _conflicts(report: ReadReport, detail: ExamDetail | None) -> list[ReadProblem]:
    """Pass or fail that does not fit the score, by the pass mark of the report or the exam."""
    marks = {detail.passing_score} if detail else set()
    marks |= {int(report.passing)} if report.passing.isdecimal() else set()
    if not report.result or not report.score.isdecimal():
        return []
    passed = report.result == "pass"
    return [
        problem(
            "result",
            f"{report.result} does not fit a score of {report.score} where {mark} passes; "
            "correct one of them.",
            line_of(report, "result"),
        )
        for mark in sorted(marks)
        if (int(report.score) >= mark) != passed
    ][:1]


def _known(service: Service, found: FoundDraft) -> tuple[ReadProblem, ...]:
    """What keeps a report from being stored, as far as can be told without trying."""
    twin = _twin(service, found)
    return (*found.problems, *((twin,) if twin else ()))


def _twin(service: Service, found: FoundDraft) -> ReadProblem | None:
    """The same report with and without its time of day is one report."""
    when = parse_when(found.draft.at, service.zone)
    facts = service.state.facts
    for report in facts.reports.values() if when else ():
        attempt = facts.attempts[report.attempt]
        if (
            when is not None
            and report.exam == found.draft.exam
            and attempt.time_known != when.time_known
            and attempt.at.astimezone(service.zone).date() == when.at.date()
        ):
            text = (
                f"a report of {report.exam} on {when.at:%Y-%m-%d} is already stored as "
                f"{report.id}; edit that one, or give the time of day of both."
            )
            return problem("at", text, line_of(found.report, "at"), found.report.where)
    return None


def _with_preview(
    known: tuple[ReadProblem, ...], found: FoundDraft, preview: Outcome
) -> list[ReadProblem]:
    """The problems known so far with those that only storing would have found."""
    fields = {entry.field for entry in known}
    more = preview.problems if isinstance(preview, Refused) and found.draft.exam else ()
    return [*known, *_placed(found.report, tuple(p for p in more if p.field not in fields))]


def _placed(report: ReadReport, problems: tuple[Problem, ...]) -> list[ReadProblem]:
    """Problems of the service with the place they have in the file."""
    placed = []
    for each in problems:
        line = line_of(report, each.field)
        place = report.where if line is None else f"line {line}"
        text = f"{place}, {each.text}" if place else each.text
        placed.append(ReadProblem(line=line, field=each.field, text=text))
    return placed


def _missing(found: FoundDraft, outcome: Done) -> list[ReadProblem]:
    """What a stored report lacks: domains without a reading, the time of day."""
    facts = outcome.state.facts
    report = facts.reports[outcome.report or ""]
    exam = outcome.state.view(report.exam).exam
    outline = outline_by_id(exam, report.outline)
    seen = {observation.domain for observation in report.observations}
    lacking = [d.name for d in outline.domains if d.name not in seen] if outline else []
    named = f"{report.exam} of {facts.attempts[report.attempt].at:%Y-%m-%d}"
    edit = f"`coach report edit {report.id}"
    notes = []
    if lacking:
        text = (
            f"{named} shows no band for {'; '.join(lacking)}; unknown counts as near. "
            f"Add one with {edit} --band DOMAIN=BAND` or `--bar DOMAIN=N`."
        )
        notes.append(problem("domains", text, where=found.report.where))
    if not facts.attempts[report.attempt].time_known:
        text = f"{named} gives no time of day; add it with {edit} --at WHEN`."
        notes.append(problem("at", text, where=found.report.where))
    return notes
