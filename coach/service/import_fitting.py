"""What the catalogue adds to a score report that was read: its exam, its domains, its topics."""

from datetime import date

import msgspec

from coach.exchange.report_domains import name_and_rest
from coach.exchange.report_records import ReadProblem, ReadReport, line_of, problem
from coach.model.documents import ExamDetail
from coach.model.exam import Outline
from coach.reading import bands
from coach.reading.outlines import match_domain, match_topic
from coach.reading.subjects import folded
from coach.service.drafts import ReportDraft
from coach.service.reader import parse_when
from coach.service.refusal import Refusal
from coach.service.service import Service


def exam_of(service: Service, report: ReadReport) -> ExamDetail | None:
    """The exam of a report by its code, else by a title that the text names."""
    detail = _detail(service, report.exam, report.at) if report.exam else None
    if detail is None:
        texts = [report.exam, *(text for _, text in report.unread)]
        titled = _code_named(service, [] if _looks_like_code(report.exam) else texts)
        detail = _detail(service, titled, report.at) if titled else None
    return detail


def _looks_like_code(exam: str) -> bool:
    return " " not in exam and any(char.isdigit() for char in exam)


def _detail(service: Service, code: str, at: str) -> ExamDetail | None:
    when = parse_when(at, service.zone)
    on: date | None = when.at.date() if when else None
    try:
        return service.exam_detail(code, on)
    except Refusal:
        return None


def _code_named(service: Service, texts: list[str]) -> str | None:
    """The code that the first fitting text is, or whose title it holds, the longest title
    winning."""
    rows = service.find_exams() if texts else ()
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


def with_outline(report: ReadReport, detail: ExamDetail) -> ReadReport:
    """The report with what only the outline can tell: which flagged names are topics, and which
    unread lines begin with the name of a domain and go on with something else."""
    outline = _outline(report, detail)
    report = msgspec.structs.replace(report, exam=detail.code)
    if outline is None:
        return report
    domains, flags, lines = [], list(report.flags), list(report.lines)
    for name, value in report.domains:
        topic = _topic(outline, name) if folded(value) == "needs improvement" else None
        if topic:
            flags.append(topic)
        else:
            domains.append((name, value))
    known = {folded(domain.name) for domain in outline.domains}
    for number, text in report.unread:
        name, rest = name_and_rest(text)
        if folded(name) in known and any(char.isalnum() for char in rest):
            domains.append((name, rest))
            lines.append((f"domain:{name}", number))
    return msgspec.structs.replace(
        report, domains=tuple(domains), flags=tuple(dict.fromkeys(flags)), lines=tuple(lines)
    )


def for_a_form(service: Service, draft: ReportDraft) -> ReportDraft:
    """The draft with each domain under the name that its outline has, as a form shows it."""
    try:
        found = service.outline_for(draft.exam, draft.at, draft.outline)
    except Refusal:
        return draft
    outline = msgspec.convert(found, Outline, from_attributes=True) if found else None
    if outline is None:
        return draft
    seen = []
    for name, value in draft.observations:
        number = match_domain(outline, name)
        seen.append((outline.domains[number - 1].name if isinstance(number, int) else name, value))
    return msgspec.structs.replace(draft, observations=tuple(seen))


def _outline(report: ReadReport, detail: ExamDetail) -> Outline | None:
    wanted = [o for o in detail.outlines if o.id == report.outline] or detail.outlines
    return msgspec.convert(wanted[0], Outline, from_attributes=True) if wanted else None


def _topic(outline: Outline, name: str) -> str | None:
    """The topic that a name means, None where it is a domain or nothing known."""
    if isinstance(match_domain(outline, name), int):
        return None
    found = match_topic(outline, name)
    return found[1] if found else None


def in_the_vendors_words(
    draft: ReportDraft, report: ReadReport, detail: ExamDetail
) -> tuple[ReportDraft, tuple[ReadProblem, ...]]:
    """The draft with percentages as the vendor's reports have them, and notes on what was done.

    Where a vendor prints no percentages, one can only be a bar that somebody read by eye.
    """
    seen, notes = [], []
    for name, value in draft.observations:
        field, bar = f"domain:{name}", value.removesuffix("%").strip()
        if bar != value.strip() and bands.observation(name, value, detail.vendor) is None:
            value = bar
            text = f"{bar} % of {name} was kept as a bar; {detail.vendor} prints no percentages."
            notes.append(problem(field, text, line_of(report, field)))
        seen.append((name, value))
    score = draft.score
    if detail.passing_score <= 100:
        score = score.removesuffix("%").strip()
    if report.passing.isdecimal() and int(report.passing) != detail.passing_score:
        text = (
            f"the report names {report.passing} as the score that passes, "
            f"Coach counts with {detail.passing_score} for {detail.code}."
        )
        notes.append(problem("passing", text, line_of(report, "passing")))
    draft = msgspec.structs.replace(draft, observations=tuple(seen), score=score)
    return draft, tuple(notes)
