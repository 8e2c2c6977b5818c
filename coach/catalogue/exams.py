"""Exam files: their format, and reading them with every check.

One exam per file, named after its code (`AZ-104.toml`):

    code = "AZ-104"
    title = "Microsoft Azure Administrator"
    vendor = "Microsoft"              # optional, as is all down to note
    policy = "microsoft"              # id of a retake policy
    certification = "..."
    level = "associate"               # fundamentals, associate, expert, specialty, business,
                                      # professional
    audience = "..."                  # whom it is made for, as the end of "For ..."
    passing_score = 700
    score_low = 1
    score_high = 1000
    duration_minutes = 100
    beta = false
    retires = 2027-03-31              # the last day
    retires_confidence = "official"   # official, secondary, article, own
    successor = "AZ-999"
    note = "..."

    [[outline]]                       # newest first
    id = "2026-04-17"                 # by default as_of, else "undated"
    as_of = 2026-04-17                # left out where the vendor prints no date
    source = "..."                    # by default "own file"
    confidence = "official"           # by default "own"
    automatic = true                  # false: only used when asked for by its id
    study_guide = "https://..."
    note = "..."

    [[outline.domain]]                # in published order
    name = "Implement and manage storage"
    weight_low = 15                   # percent, as published; the same twice for a point weight
    weight_high = 20
    topics = ["...", "..."]           # the most critical first

    [[pattern]]                       # what weak or strong domains together tell
    kind = "foundation"
    domains = ["..."]
    text = "..."
    action = "..."
    source = "own"                    # official, article, own
    outline = "2026-04-17"            # left out: every outline with these names

Kinds of pattern: `foundation` names the domain that the others build on; `resource-level` names
domains that are below together; `operations-only` names the domain that is strong while all
others are weak; `hands-on` names domains that ask for applied work while any of them is weak.

Whether an exam is active or retired is not stored: it follows from `retires` and the clock.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from coach.catalogue.codes import is_code, normalise_code
from coach.catalogue.files import Document, Place, Shape, read_document
from coach.model.exam import Domain, Exam, Outline, Pattern

LONGEST_NAME = 200
_SHAPE = Shape(
    Exam,
    {
        "outline": ("outlines", Shape(Outline, {"domain": ("domains", Shape(Domain), True)}), True),
        "pattern": ("patterns", Shape(Pattern), True),
    },
)
_TEXT = "a text"
_DATE = "a date such as 2026-11-30"
_SOURCE_WORDS = ("official", "article", "own")
_CONFIDENCE = "official, secondary, article or own"
_ACCEPTED = {
    "code": "a code such as AZ-104",
    "title": _TEXT,
    "vendor": _TEXT,
    "policy": "the id of a retake policy",
    "certification": _TEXT,
    "level": "fundamentals, associate, expert, specialty, business or professional",
    "audience": _TEXT,
    "passing_score": "a whole number",
    "score_low": "a whole number",
    "score_high": "a whole number",
    "duration_minutes": "a whole number of minutes",
    "beta": "true or false",
    "retires": _DATE,
    "retires_confidence": _CONFIDENCE,
    "successor": "a code such as AZ-104",
    "note": _TEXT,
    "id": _TEXT,
    "as_of": _DATE,
    "source": _TEXT,
    "confidence": _CONFIDENCE,
    "automatic": "true or false",
    "study_guide": "a web address",
    "name": _TEXT,
    "weight_low": "a whole number from 0 to 100",
    "weight_high": "a whole number from 0 to 100",
    "topics": "a list of texts",
    "kind": "foundation, resource-level, operations-only or hands-on",
    "domains": "a list of domain names",
    "text": _TEXT,
    "action": _TEXT,
    "outline": _TEXT,
}


def read_exam_file(path: Path) -> Exam:
    """The exam in the file at `path`, in the format above.

    Raises CatalogueError with the file, the line, the field and what is accepted.
    """
    document = read_document(path, _ACCEPTED)
    _fill_in(document.table)
    exam = document.record(_SHAPE, Exam)
    exam = msgspec.structs.replace(
        exam,
        code=normalise_code(exam.code),
        successor=None if exam.successor is None else normalise_code(exam.successor),
    )
    _check_exam(document, exam)
    for number, outline in enumerate(exam.outlines):
        _check_outline(document, outline, ("outline", number))
    _check_unique(document, (o.id for o in exam.outlines), ("outline",), ("id",))
    for number, pattern in enumerate(exam.patterns):
        _check_pattern(document, exam, pattern, ("pattern", number))
    return exam


def _fill_in(table: dict[str, Any]) -> None:
    """Defaults that let a file of one's own be short."""
    outlines = table.get("outline")
    for outline in outlines if isinstance(outlines, list) else ():
        if isinstance(outline, dict):
            as_of = outline.setdefault("as_of", None)
            day = as_of.isoformat() if isinstance(as_of, date) else as_of
            outline.setdefault("id", day or "undated")
            outline.setdefault("source", "own file")
            outline.setdefault("confidence", "own")


def _check_exam(document: Document, exam: Exam) -> None:
    if not is_code(exam.code):
        raise document.refused(("code",))
    if exam.successor is not None and not is_code(exam.successor):
        raise document.refused(("successor",))
    if exam.successor == exam.code:
        raise document.error(("successor",), "is the exam itself; another code is accepted.")
    _check_name(document, exam.title, ("title",))
    _check_name(document, exam.vendor, ("vendor",))
    _check_name(document, exam.policy, ("policy",))
    _check_scores(document, exam)
    if exam.duration_minutes is not None and not 1 <= exam.duration_minutes <= 1440:
        raise document.error(
            ("duration_minutes",), f"is {exam.duration_minutes}; 1 to 1440 minutes are accepted."
        )


def _check_scores(document: Document, exam: Exam) -> None:
    low, high, passing = exam.score_low, exam.score_high, exam.passing_score
    if not 0 <= low < high <= 100_000:
        text = f"is {high}; more than score_low ({low}), both from 0 to 100000, is accepted."
        raise document.error(("score_high",), text)
    if not low <= passing <= high:
        raise document.error(("passing_score",), f"is {passing}; {low} to {high} is accepted.")


def _check_name(document: Document, name: str, place: Place) -> None:
    if not name.strip():
        raise document.error(place, "is empty; a name is required.")
    if len(name) > LONGEST_NAME:
        raise document.error(place, f"is longer than {LONGEST_NAME} characters.")


def _check_unique(
    document: Document, names: Iterable[str], before: Place, after: Place = ()
) -> None:
    """Names must differ by more than capitals and spacing, since people type them."""
    seen: set[str] = set()
    for number, name in enumerate(names):
        key = " ".join(name.casefold().split())
        if key in seen:
            place = (*before, number, *after)
            raise document.error(place, f'is "{name}" for the second time; each may appear once.')
        seen.add(key)


def _check_outline(document: Document, outline: Outline, place: Place) -> None:
    _check_name(document, outline.id, (*place, "id"))
    _check_name(document, outline.source, (*place, "source"))
    if outline.study_guide is not None and "://" not in outline.study_guide:
        raise document.refused((*place, "study_guide"))
    if not outline.domains:
        raise document.error((*place, "domain"), "is missing; at least one is required.")
    for number, domain in enumerate(outline.domains):
        _check_domain(document, domain, (*place, "domain", number))
    _check_unique(document, (d.name for d in outline.domains), (*place, "domain"), ("name",))
    low = sum(domain.weight_low for domain in outline.domains)
    high = sum(domain.weight_high for domain in outline.domains)
    if not low <= 100 <= high:
        text = (
            f"has weights from {low} to {high} in all; ranges that allow a sum of 100 are accepted."
        )
        raise document.error(place, text)


def _check_domain(document: Document, domain: Domain, place: Place) -> None:
    _check_name(document, domain.name, (*place, "name"))
    for key, weight in (("weight_low", domain.weight_low), ("weight_high", domain.weight_high)):
        if not 0 <= weight <= 100:
            raise document.refused((*place, key))
    if domain.weight_low > domain.weight_high:
        text = f"is {domain.weight_low}; at most weight_high ({domain.weight_high}) is accepted."
        raise document.error((*place, "weight_low"), text)
    if domain.weight_high == 0:
        raise document.error((*place, "weight_high"), "is 0; 1 to 100 is accepted.")
    for number, topic in enumerate(domain.topics):
        _check_name(document, topic, (*place, "topics", number))
    _check_unique(document, domain.topics, (*place, "topics"))


def _check_pattern(document: Document, exam: Exam, pattern: Pattern, place: Place) -> None:
    if pattern.source not in _SOURCE_WORDS:
        text = f'is "{pattern.source}"; official, article or own is accepted.'
        raise document.error((*place, "source"), text)
    outlines = [o for o in exam.outlines if pattern.outline in (None, o.id)]
    if not outlines:
        text = f'is "{pattern.outline or ""}"; the id of an outline in this file is accepted.'
        raise document.error((*place, "outline"), text)
    wanted = set(pattern.domains)
    if not wanted or not any(wanted <= {d.name for d in o.domains} for o in outlines):
        text = "must name one or more domains of one outline in this file."
        raise document.error((*place, "domains"), text)
    for key, value in (("text", pattern.text), ("action", pattern.action)):
        if not value.strip():
            raise document.error((*place, key), "is empty; a sentence is required.")
