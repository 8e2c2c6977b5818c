"""What is odd about records that read well: whether they fit each other and the catalogue.

The texts carry ids, exam codes and fields only, so that a person can pass them on.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from coach.catalogue import Catalogue
from coach.model.attempt import Report
from coach.model.exam import Exam
from coach.model.facts import Facts
from coach.model.plan import Block
from coach.storage.examination import Finding


def oddities(facts: Facts, catalogue: Catalogue, now: datetime) -> Iterator[Finding]:
    """Everything that a person has to settle, because Coach cannot know what was meant."""
    yield from _unknown_exams(facts, catalogue)
    yield from _attempts(facts, now)
    for report in facts.reports.values():
        exam = catalogue.exam(report.exam)
        yield from _report(report, facts, exam)
    yield from _doubles(facts)
    yield from _practice(facts, catalogue, now)
    yield from _overlaps(facts, now)


def _found(record: str, field: str | None, text: str, fix: str) -> Finding:
    return Finding(record=record, field=field, text=text, fix=fix)


def _unknown_exams(facts: Facts, catalogue: Catalogue) -> Iterator[Finding]:
    records = {
        "attempts": {key: a.exam for key, a in facts.attempts.items()},
        "practice": {key: p.exam for key, p in facts.practice.items()},
        "tracked": {key: key for key in facts.tracked},
    }
    for table, codes in records.items():
        for key, code in codes.items():
            if catalogue.exam(code) is None:
                yield _found(
                    f"{table}/{key}",
                    "id" if table == "tracked" else "exam",
                    "names an exam that is not in the catalogue.",
                    "Add its file again with `coach exams add FILE.toml`.",
                )


def _attempts(facts: Facts, now: datetime) -> Iterator[Finding]:
    sat = ("delivered", "no-show", "interrupted", "revoked", "beta", "pending")
    for key, attempt in facts.attempts.items():
        if attempt.status in sat and attempt.at > now:
            yield _found(
                f"attempts/{key}",
                "at",
                f"is still to come, although the attempt is {attempt.status}.",
                "Correct its date, or set the clock of this machine.",
            )


def _report(report: Report, facts: Facts, exam: Exam | None) -> Iterator[Finding]:
    record = f"reports/{report.id}"
    edit = f"Correct it with `coach report edit {report.id}`."
    if facts.attempts[report.attempt].exam != report.exam:
        yield _found(record, "exam", "is another exam than that of its attempt.", edit)
    if exam is None:
        return
    if report.score is not None and not exam.score_low <= report.score <= exam.score_high:
        text = f"is not between {exam.score_low} and {exam.score_high}."
        yield _found(record, "score", text, edit)
    outlines = {outline.id: outline for outline in exam.outlines}
    if report.outline is None:
        return
    if report.outline not in outlines:
        fix = "Choose one with `coach report edit`, or add its file with `coach exams add`."
        yield _found(record, "outline", "is no outline that the exam has here.", fix)
        return
    names = {domain.name for domain in outlines[report.outline].domains}
    for number, seen in enumerate(report.observations):
        if seen.domain not in names:
            field = f"observations[{number}].domain"
            yield _found(record, field, "is no domain of the outline.", edit)


def _doubles(facts: Facts) -> Iterator[Finding]:
    """Reports of one sitting, and sittings of one exam at one moment."""
    first: dict[object, str] = {}
    for key, report in sorted(facts.reports.items()):
        attempt = facts.attempts[report.attempt]
        other = first.setdefault((attempt.exam, attempt.at), key)
        if other != key:
            text = f"is of the same sitting as reports/{other}."
            yield _found(
                f"reports/{key}", "attempt", text, f"Remove one: `coach report remove {key}`."
            )


def _practice(facts: Facts, catalogue: Catalogue, now: datetime) -> Iterator[Finding]:
    for key, entry in facts.practice.items():
        record = f"practice/{key}"
        exam = catalogue.exam(entry.exam)
        names = {d.name for outline in exam.outlines for d in outline.domains} if exam else set()
        if entry.correct > entry.total:
            text = "is more than were asked."
            yield _found(record, "correct", text, "Log it again with the right numbers.")
        if entry.at > now:
            yield _found(record, "at", "is still to come.", "Set the clock of this machine.")
        if names and entry.domain not in names:
            text = "is no domain of the exam, so the result is counted nowhere."
            yield _found(record, "domain", text, "Log it again under the right domain.")


def _overlaps(facts: Facts, now: datetime) -> Iterator[Finding]:
    """Planned blocks that are not over and take place at once."""
    ahead = [b for b in facts.blocks.values() if b.status == "planned" and b.end > now]
    latest: Block | None = None
    for earlier, later in pairwise(sorted(ahead, key=lambda block: (block.start, block.id))):
        if latest is None or earlier.end > latest.end:
            latest = earlier
        if later.start < latest.end:
            yield _found(
                f"blocks/{later.id}",
                "start",
                f"takes place at the same time as blocks/{latest.id}.",
                f"`coach replan CODE`, or `coach block move {later.id} WHEN`.",
            )
