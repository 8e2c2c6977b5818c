"""Use cases around the catalogue: find an exam, show it in full, add one's own."""

from datetime import date
from pathlib import Path

from coach.catalogue import Catalogue, CatalogueError, add_exam_file
from coach.model.attempt import Band
from coach.model.documents import DomainDetail, ExamDetail, ExamRow, OutlineDetail
from coach.model.exam import Exam, Outline
from coach.policy.lifecycle import exam_status
from coach.reading.bands import band_of, observation
from coach.reading.outlines import (
    outline_by_id,
    outline_in_force,
    point_weights,
    study_guide,
)
from coach.service.reader import parse_when
from coach.service.refusal import Problem, Refusal
from coach.service.world import World


def find(world: World, query: str) -> tuple[ExamRow, ...]:
    """The exams whose code or title has every word of `query`, codes that begin with it first."""
    words = query.casefold().split()
    rows = tuple(_row(world, exam) for exam in world.catalogue.exams() if _fits(exam, words))
    first = _plain("".join(words))
    return tuple(sorted(rows, key=lambda row: (not _plain(row.code).startswith(first), row.code)))


def _fits(exam: Exam, words: list[str]) -> bool:
    text = f"{exam.code} {exam.title}".casefold()
    return all(word in text or _plain(word) in _plain(exam.code) for word in words)


def _plain(code: str) -> str:
    return code.casefold().replace("-", "")


def _row(world: World, exam: Exam) -> ExamRow:
    return ExamRow(
        code=exam.code,
        title=exam.title,
        level=exam.level,
        status=exam_status(exam, world.policy(exam), world.now),
        retires=exam.retires,
        successor=exam.successor,
    )


def detail(world: World, code: str, on: date | None = None) -> ExamDetail:
    """One exam in full, the outline in force on `on` (default: today) first."""
    exam = world.exam(code)
    row, policy = _row(world, exam), world.policy(exam)
    published = policy.scoring is not None and exam.passing_score in policy.scoring.pass_marks
    scoring = policy.scoring if published else None
    now, _ = outline_in_force(exam, on or world.now.date())
    ordered = sorted(exam.outlines, key=lambda outline: outline is not now)
    return ExamDetail(
        code=row.code,
        title=row.title,
        level=row.level,
        status=row.status,
        retires=row.retires,
        successor=row.successor,
        certification=exam.certification,
        vendor=exam.vendor,
        passing_score=exam.passing_score,
        duration_minutes=exam.duration_minutes,
        note=exam.note,
        outlines=tuple(_outline(exam, outline) for outline in ordered),
        score_low=exam.score_low,
        score_high=exam.score_high,
        pass_mark_source=scoring.source if scoring else None,
        pass_mark_as_of=scoring.as_of if scoring else None,
        proctored=policy.proctored,
        audience=exam.audience,
    )


def outline_for(world: World, code: str, at: str, outline_id: str) -> OutlineDetail | None:
    """The outline that a report with these texts would use, None where the exam has none.

    A time that cannot be read counts as today.
    """
    exam = world.exam(code)
    if outline_id:
        found = outline_by_id(exam, outline_id)
    else:
        moment = parse_when(at, world.zone)
        found, _ = outline_in_force(exam, moment.at.date() if moment else world.now.date())
    return _outline(exam, found) if found else None


def band_for(world: World, code: str, text: str) -> Band | None:
    """The band of a word or bar as typed, None where it is not accepted."""
    exam = world.exam(code)
    seen = observation("", text, exam.vendor)
    return band_of(seen, exam.vendor) if seen else None


def _outline(exam: Exam, outline: Outline) -> OutlineDetail:
    return OutlineDetail(
        id=outline.id,
        as_of=outline.as_of,
        source=outline.source,
        confidence=outline.confidence,
        note=outline.note,
        study_guide=study_guide(exam, outline),
        domains=tuple(
            DomainDetail(
                name=domain.name,
                weight=float(weight),
                weight_low=domain.weight_low,
                weight_high=domain.weight_high,
                topics=domain.topics,
            )
            for domain, weight in zip(outline.domains, point_weights(outline), strict=True)
        ),
    )


def add(catalogue: Catalogue, path: Path, folder: Path) -> Exam:
    """Check and copy a user's exam file; raises `Refusal` with what is wrong and where."""
    try:
        return add_exam_file(path, folder, {policy.id for policy in catalogue.policies()})
    except CatalogueError as error:
        raise Refusal(Problem("file", str(error))) from error
