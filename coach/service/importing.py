"""Score reports from a file: read, checked against the catalogue, and stored in one save."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import msgspec
from msgspec.structs import replace

from coach.dates import Moment, read_when
from coach.exchange.plain import quoted
from coach.exchange.report_file import LARGEST_FILE, read_reports, too_large
from coach.exchange.report_values import Reading, problem
from coach.model import made_from
from coach.model.attempt import ImportedReport, ImportProblem, PassOrFail
from coach.model.exam import Exam, Outline
from coach.model.facts import Facts
from coach.model.phrase import Phrase
from coach.model.plan import Reason
from coach.reading import bands
from coach.reading.outlines import (
    folded,
    match_domain,
    match_topic,
    outline_by_id,
    outline_in_force,
)
from coach.service import exams
from coach.service.context import Edit, World
from coach.service.drafts import ReportDraft
from coach.service.outcome import Done, Outcome, Refused, done
from coach.service.refusal import Problem, Refusal
from coach.service.reports import add_report
from coach.service.service import Service
from coach.service.state import State
from coach.wording import counted, phrased

Remark = ImportProblem | Problem
"""What is wrong with a text, or was understood in some way; of a text's line where it has one."""
MOST_LOST = 20
MOST_TOLD = 5  # sentences in one notice of the app
NEEDED = {"exam": "AZ-104", "at": "2026-11-20T10:00", "score": "640"}
_WORD_CODE = re.compile(r"\b[A-Z]{3,8}\b")


class ImportResult(msgspec.Struct, frozen=True, kw_only=True):
    """What an import stored, what it could not read or store, and what is missing."""

    saved: tuple[Done, ...] = ()
    problems: tuple[ImportProblem, ...]
    notes: tuple[ImportProblem, ...] = ()


class _Addition:
    """A use case: adds the reports of a file, each to the facts with those before it, and keeps
    the edit of each that can be stored, and what is wrong with each of the others."""

    def __init__(self, reports: tuple[ImportedReport, ...]) -> None:
        self.reports = reports
        self._given = reports
        self._before = Facts()
        self._edits: list[tuple[ImportedReport, Edit]] = []

    def __call__(self, world: World, facts: Facts) -> Edit:
        self._before, self._edits, checked = facts, [], []
        for report in self._given:
            problems = [*report.problems, *_twins(report, world, facts)]
            try:
                edit = add_report(world, facts, made_from(ReportDraft, report))
            except Refusal as refusal:
                known = {each.field for each in problems}
                if report.exam or not problems:
                    more = (each for each in refusal.problems if each.field not in known)
                    problems += (_placed(report, each) for each in more)
            else:
                if not problems:
                    self._edits.append((report, edit))
                    facts = edit.facts
            checked.append(replace(report, problems=tuple(problems)))
        self.reports = tuple(checked)
        return self._together(facts)

    def _together(self, facts: Facts) -> Edit:
        """All of them as one action; none leaves everything as it is."""
        if not self._edits:
            return Edit(facts=facts, label=None, message="")
        last = self._edits[-1][1]
        if len(self._edits) == 1:
            return last
        many = counted(len(self._edits), "report")
        one_exam = len({edit.exam for _, edit in self._edits}) == 1
        return replace(
            last,
            label=f"{many} imported",
            trigger=Reason(code="report", text=Phrase(many)),
            exam=last.exam if one_exam else None,
        )

    def saved(self, state: State) -> Iterator[tuple[ImportedReport, Done]]:
        """What was stored, once it is. The last report of each exam tells what the plan became
        that was made for all of them."""
        last = {edit.exam: edit for _, edit in self._edits}
        for report, edit in self._edits:
            before = self._before if last[edit.exam] is edit else state.facts
            yield report, replace(done(state, before, edit), saved=True)


def import_reports(service: Service, data: bytes, name: str) -> ImportResult:
    """Store every report of a file that can be stored, each whole; never raises for content."""
    reports, unread = _read(service, data, name)
    addition = _Addition(reports)
    hopeless = all(report.problems for report in reports)  # then no lock is taken
    outcome = (service.preview if hopeless else service.act)(addition)
    problems = (*unread, *chain.from_iterable(report.problems for report in addition.reports))
    if isinstance(outcome, Refused):  # by the system: what is wrong with a report refuses no other
        more = (ImportProblem(line=None, field=p.field, text=p.text) for p in outcome.problems)
        return ImportResult(problems=(*problems, *more))
    saved = tuple(addition.saved(outcome.state))
    notes = [note for report, one in saved for note in (*report.notes, *_missing(report, one))]
    return ImportResult(saved=tuple(one for _, one in saved), problems=problems, notes=tuple(notes))


def import_outcome(service: Service, data: bytes, name: str) -> Outcome:
    """Store the reports of a file: done where one was stored, with what could not be."""
    imported = import_reports(service, data, name)
    problems = Phrase(" ").join(found.text for found in imported.problems)
    if not imported.saved:
        return Refused((Problem("file", problems, ""),))
    number = len(imported.saved)
    told = (
        [one.message for one in imported.saved]
        if number <= MOST_TOLD
        else [f"{number} reports added."]
    )
    return replace(imported.saved[-1], message=Phrase(" ").join(filter(None, (*told, problems))))


def review(service: Service, data: bytes, name: str) -> Reading:
    """The reports of a file with every problem that storing them would meet. Nothing is stored."""
    reports, problems = _read(service, data, name)
    addition = _Addition(reports)
    service.preview(addition)
    return addition.reports, problems


def for_a_form(service: Service, report: ImportedReport) -> ReportDraft:
    """The report as a form shows it, with each domain under the name that its outline has."""
    world = service.state.world
    outline = _outline(world, report, world.catalogue.exam(report.exam))
    draft = made_from(ReportDraft, report)
    if outline is None:
        return draft
    seen = []
    for name, value in report.observations:
        number = match_domain(outline, name)
        seen.append((outline.domains[number - 1].name if isinstance(number, int) else name, value))
    return replace(draft, observations=tuple(seen))


def _read(service: Service, data: bytes, name: str) -> Reading:
    """The reports of a file, and the problems that belong to none of them. The catalogue helps: a
    title becomes a code, a flagged topic is told from a domain, and pass or fail has to fit the
    score. `name` is the file's name."""
    world = service.state.world

    def domain_names(report: ImportedReport) -> tuple[str, ...]:
        outline = _outline(world, report, exam_of(world, report))
        return tuple(domain.name for domain in outline.domains) if outline else ()

    reports, problems = read_reports(data, name, domain_names)
    return tuple(_checked(world, report) for report in reports), problems


def _checked(world: World, report: ImportedReport) -> ImportedReport:
    exam = exam_of(world, report)
    if exam is not None:
        report = with_outline(world, report, exam)
    problems = (*report.problems, *_lacking(report, exam), *_conflicts(report, exam))
    report = replace(report, problems=problems)
    return in_the_vendors_words(report, exam) if exam else report


def exam_of(world: World, report: ImportedReport) -> Exam | None:
    """The exam of a report by its code, else by a title that the text names."""
    catalogue = world.catalogue
    exam = catalogue.exam(report.exam)
    if exam is not None:
        return exam
    texts = [report.exam, *(text for _, text in report.unread)]
    is_code = " " not in report.exam and any(char.isdigit() for char in report.exam)
    titled = _code_named(world, [] if is_code else texts)
    if titled or report.exam:
        return catalogue.exam(titled or "")
    # What may be a code without digits, such as PMP, in the first lines.
    words = [code for text in texts[:10] for code in _WORD_CODE.findall(text)]
    return next(filter(None, map(catalogue.exam, words[:MOST_LOST])), None)


def _code_named(world: World, texts: list[str]) -> str | None:
    """The code that the first fitting text is, or whose title it holds, the longest title
    winning."""
    rows = exams.find(world) if texts else ()
    for text in texts:
        words = folded(text)
        fits = [
            row
            for row in rows
            if words == folded(row.code) or f" {folded(row.title)} " in f" {words} "
        ]
        if fits:
            return max(fits, key=lambda row: len(row.title)).code
    return None


def with_outline(world: World, report: ImportedReport, exam: Exam) -> ImportedReport:
    """The report with what only the outline can tell: which of the names are topics that were
    flagged, and which of a text's percentages belong to no domain."""
    outline = _outline(world, report, exam)
    report = replace(report, exam=exam.code)
    if outline is None:
        return report
    domains, flags, lost = [], list(report.flags), list(report.lost)
    for name, value in report.observations:
        known = isinstance(match_domain(outline, name), int)
        topic = match_topic(outline, name) if folded(value) == "needs improvement" else None
        line = None if report.where else report.line_of(f"domain:{name}")
        # A number on the vendor's own scale for domains has no band.
        is_scaled = value.isdecimal() and int(value) > 100
        if topic and not known:
            flags.append(topic[1])
        elif line and value[:1].isdecimal() and (not known or is_scaled):
            lost.append((line, f"{name} {value}"))
        else:
            domains.append((name, value))
    return replace(
        report,
        observations=tuple(domains),
        flags=tuple(dict.fromkeys(flags)),
        lost=tuple(sorted(lost)),
    )


def _outline(world: World, report: ImportedReport, exam: Exam | None) -> Outline | None:
    """The outline that was asked for, else the one in force at the sitting."""
    if exam is None:
        return None
    when = read_when(report.at, world.now, world.zone, "back")
    on = when.at if isinstance(when, Moment) else world.now
    return outline_by_id(exam, report.outline) or outline_in_force(exam, on.date())[0]


def in_the_vendors_words(report: ImportedReport, exam: Exam) -> ImportedReport:
    """The report with percentages as the vendor's reports have them, and notes on what was done.

    Where a vendor prints no percentages, one can only be a bar that somebody read by eye.
    """
    seen, notes = [], []
    for name, value in report.observations:
        field, bar = f"domain:{name}", value.removesuffix("%").strip()
        if bar != value.strip() and bands.observation(name, value, exam.policy) is None:
            value = bar
            text = f"{bar} % of {name} was kept as a bar; {exam.vendor} prints no percentages."
            notes.append(problem(field, text, report.line_of(field)))
        seen.append((name, value))
    score, mark = report.score, exam.passing_score
    if mark is not None and mark <= 100:
        score = score.removesuffix("%").strip()
    if mark is not None and report.passing.isdecimal() and int(report.passing) != mark:
        text = (
            f"the report names {report.passing} as the score that passes, "
            f"Coach counts with {mark} for {exam.code}."
        )
        notes.append(problem("passing", text, report.line_of("passing")))
    for number, line in report.lost[:MOST_LOST]:
        text = f"{quoted(line)} was not understood and is not in the report."
        notes.append(problem("text", text, number))
    if len(report.lost) > MOST_LOST:
        text = f"{len(report.lost) - MOST_LOST} more lines with numbers were not understood."
        notes.append(problem("text", text))
    return replace(
        report,
        observations=tuple(seen),
        score=score,
        result=_result(report, mark),
        notes=tuple(notes),
    )


def _result(report: ImportedReport, mark: int | None) -> PassOrFail:
    """Pass or fail where no score says it by the vendor's mark: by the report's own word, else by
    the pass mark that it names."""
    if mark is not None and report.score.strip():
        return ""
    if report.result or not (report.score.isdecimal() and report.passing.isdecimal()):
        return report.result
    return "pass" if int(report.score) >= int(report.passing) else "fail"


def _lacking(report: ImportedReport, exam: Exam | None) -> list[ImportProblem]:
    """What has to be there; where the exam's policy asks for no score the result is enough."""
    unscored = exam is not None and not bands.needs_score(exam.policy)
    score = report.score or (report.result if unscored else "")
    given = {"exam": report.exam, "at": report.at, "score": score}
    named = {known.field for known in report.problems}
    return [
        problem(field, f"none was found; it is needed, for example {example}.", where=report.where)
        for field, example in NEEDED.items()
        if not given[field].strip() and field not in named and "report" not in named
    ]


def _conflicts(report: ImportedReport, exam: Exam | None) -> list[ImportProblem]:
    """Pass or fail that does not fit the score, by the pass mark of the report or the exam."""
    marks = {exam.passing_score} if exam and exam.passing_score is not None else set()
    marks |= {int(report.passing)} if report.passing.isdecimal() else set()
    if not report.result or not report.score.isdecimal():
        return []
    passed = report.result == "pass"
    return [
        problem(
            "result",
            f"{report.result} does not fit a score of {report.score} where {mark} passes; "
            "correct one of them.",
            report.line_of("result"),
        )
        for mark in sorted(marks)
        if (int(report.score) >= mark) != passed
    ][:1]


def _twins(report: ImportedReport, world: World, facts: Facts) -> Iterator[ImportProblem]:
    """The same report with and without its time of day is one report."""
    when = read_when(report.at, world.now, world.zone, "back")
    if not isinstance(when, Moment):
        return
    for known in facts.reports.values():
        attempt = facts.attempts[known.attempt]
        if (
            known.exam == report.exam
            and attempt.time_known != when.time_known
            and attempt.at.astimezone(world.zone).date() == when.at.date()
        ):
            text = phrased(
                "a report of {} on {} is already stored as {}; edit that one, or give the time of "
                "day of both.",
                known.exam,
                when.at.date(),
                known.id,
            )
            yield problem("at", text, report.line_of("at"), report.where)
            return


def _placed(report: ImportedReport, refused: Problem) -> ImportProblem:
    """A problem of the service with the place it has in the file."""
    line = report.line_of(refused.field)
    place = report.where if line is None else f"line {line}"
    text = phrased("{}, {}", place, refused.text) if place else refused.text
    return ImportProblem(line=line, field=refused.field, text=text)


def _missing(imported: ImportedReport, outcome: Done) -> list[ImportProblem]:
    """What a stored report lacks: domains without a reading, the result, the time of day."""
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
        notes.append(problem("domains", text, where=imported.where))
    if report.passed is None and exam.passing_score is None:
        text = f"{named} does not say pass or fail; add it with {edit} --result pass|fail`."
        notes.append(problem("result", text, where=imported.where))
    if not facts.attempts[report.attempt].time_known:
        text = f"{named} gives no time of day; add it with {edit} --at WHEN`."
        notes.append(problem("at", text, where=imported.where))
    return notes


_ENDINGS = (".pdf", ".txt", ".json", ".csv")
_LONGEST_PATH = 4096


def source_of(typed: str) -> tuple[bytes, str]:
    """The bytes to read for what was typed or pasted, with the name of their file where there is
    one; raises `Refusal` where a file is named that cannot be read.

    Terminals paste the path of a file that is dropped on them, in quotes or with its spaces
    escaped.
    """
    line = typed.strip()
    if not line or "\n" in line or len(line) > _LONGEST_PATH:
        return typed.encode("utf-8", "replace"), ""
    try:
        path = Path(line.strip("\"'").replace("\\ ", " ")).expanduser()
        if path.is_file():
            size = path.stat().st_size  # refused by its size before it is read
            if size > LARGEST_FILE:
                raise Refusal(Problem("file", too_large(size)[1][0].text, ""))
            return path.read_bytes(), path.name
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refusal(Problem("file", f"it could not be read: {reason}.")) from error
    if path.suffix.casefold() in _ENDINGS or ("/" in line and " " not in line):
        raise Refusal(Problem("file", "there is no such file; check its path."))
    return typed.encode("utf-8", "replace"), ""
