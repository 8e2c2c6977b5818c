"""Exam codes, and exam files: their format, reading them with every check, and writing one.

One exam per file, named after its code (`AZ-104.toml`):

    code = "AZ-104"
    title = "Microsoft Azure Administrator"
    vendor = "Microsoft"              # by default Microsoft, or the policy's id
    policy = "microsoft"              # id of a retake policy, or "unknown"; by default Microsoft's
                                      # for its own exams and unknown for all others
    certification = "..."             # optional, as is all down to note
    level = "associate"               # fundamentals, associate, professional, expert, specialty,
                                      # business
    audience = "..."                  # whom it is made for, as the end of "For ..."
    aliases = ["..."]                 # other codes and former names
    passing_score = 700               # left out where the vendor publishes none
    score_low = 1                     # both left out where a result has no number
    score_high = 1000
    duration_minutes = 100
    beta = false
    available_from = 2026-01-15       # the first day
    retires = 2027-03-31              # the last day
    retires_confidence = "official"   # official, secondary, article, own
    successor = "AZ-999"
    note = "..."

    [[outline]]                       # newest first
    id = "2026-04-17"                 # by default as_of, else "undated"
    as_of = 2026-04-17                # left out where the vendor prints no date
    valid_until = 2027-02-02          # its last day where another one follows
    checked = 2026-09-28              # when it was last compared with the vendor's page
    source = "..."                    # by default "own file"
    confidence = "official"           # by default "own"
    topics_confidence = "secondary"   # where the topics are from another source
    automatic = true                  # false: only used when asked for by its id
    study_guide = "https://..."
    note = "..."

    [[outline.domain]]                # in published order
    name = "Implement and manage storage"
    weight_low = 15                   # percent, as published; the same twice for a point weight;
    weight_high = 20                  # left out in the whole outline where none is published
    topics = ["...", "..."]           # the most critical first

    [[pattern]]                       # what weak or strong domains together tell
    kind = "foundation"
    domains = ["..."]
    text = "..."
    action = "..."
    source = "own"                    # official, article, own
    outline = "2026-04-17"            # left out: every outline with these names

    [[language_end]]                  # languages that end on a day of their own
    languages = ["Italian"]
    retires = 2026-12-31              # the last day in them

The scores of an exam that is not Microsoft's are never Microsoft's: a pass mark without a scale is
one of 100 or of 1000. Kinds of pattern: `foundation` names the domain that the others build on;
`resource-level` names domains that are below together; `operations-only` names the domain that is
strong while all others are weak; `hands-on` names domains that ask for applied work while any of
them is weak.

Whether an exam is active or retired is not stored: it follows from `retires` and the clock.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from coach.catalogue.toml_file import Document, Place, Shape, read_document
from coach.model.exam import Domain, Exam, LanguageEnd, Outline, Pattern
from coach.model.policy import UNKNOWN_POLICY

_DASHES = str.maketrans("", "", " -_\u2010\u2011\u2012\u2013\u2014")
_DIGITS = frozenset("0123456789")
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
LONGEST = 20


def normalise_code(text: str) -> str:
    """The usual spelling of a code: `az104` and `Az-104` give `AZ-104`.

    Two or three letters with three digits are joined by a dash, as Microsoft writes them, but for
    Red Hat's EX200; any other text is only stripped and put in capitals.
    """
    upper = text.strip().upper()
    bare = squeeze(upper)
    letters, digits = bare[:-3], bare[-3:]
    numbered = len(digits) == 3 and _DIGITS.issuperset(digits)
    if numbered and 2 <= len(letters) <= 3 and _LETTERS.issuperset(letters):
        return bare if letters == "EX" else f"{letters}-{digits}"
    return upper


def squeeze(text: str) -> str:
    """The letters and digits of a code in capitals, for comparing spellings."""
    return text.upper().translate(_DASHES)


def is_code(text: str) -> bool:
    """Whether `text` can name an exam, and so a file: 2 to 20 of A-Z, 0-9, dash, underscore,
    with a letter or digit at both ends."""
    known = _LETTERS | _DIGITS
    return (
        2 <= len(text) <= LONGEST
        and text[0] in known
        and text[-1] in known
        and (known | {"-", "_"}).issuperset(text)
    )


_DOMAINS = ("domains", Shape(Domain), True)
_SHAPE = Shape(
    Exam,
    {
        "outline": (
            "outlines",
            Shape(Outline, {"domain": _DOMAINS}, accepted={"study_guide": "a web address"}),
            True,
        ),
        "pattern": (
            "patterns",
            Shape(Pattern, accepted={"domains": "a list of domain names"}),
            True,
        ),
        "language_end": (
            "language_ends",
            Shape(LanguageEnd, accepted={"languages": "a list of at least one language"}),
            True,
        ),
    },
    accepted={
        "code": "a code such as AZ-104",
        "successor": "a code such as AZ-104",
        "policy": "the id of a retake policy, or unknown,",
    },
)
_SOURCE_WORDS = ("official", "article", "own")


def read_exam_file(path: Path, *, head_only: bool = False) -> Exam:
    """The exam in the file at `path`, in the format above; with `head_only` its head alone,
    which is what a list of exams needs.

    Raises CatalogueError with the file, the line, the field and what is accepted.
    """
    document = read_document(path, _SHAPE, head_only=head_only)
    _fill_in(document.table)
    exam = document.record(Exam)
    exam = replace(
        exam,
        code=normalise_code(exam.code),
        successor=None if exam.successor is None else normalise_code(exam.successor),
    )
    _check_exam(document, exam)
    for number, outline in enumerate(exam.outlines):
        _check_outline(document, outline, ("outline", number))
    document.check_unique([o.id for o in exam.outlines], ("outline",), ("id",))
    for number, pattern in enumerate(exam.patterns):
        _check_pattern(document, exam, pattern, ("pattern", number))
    return exam


def _fill_in(table: dict[str, Any]) -> None:
    """Defaults that let a file of one's own be short."""
    vendor, policy = table.get("vendor"), table.get("policy")
    if vendor is None and isinstance(policy, str) and not policy.startswith("microsoft"):
        vendor = policy
        table["vendor"] = policy
    if isinstance(vendor, str) and vendor.casefold() != "microsoft":
        table.setdefault("policy", UNKNOWN_POLICY.id)
        passing = table.setdefault("passing_score", None)
        if not table.keys() & {"score_low", "score_high"}:
            table["score_low"] = table["score_high"] = None
            if isinstance(passing, int):
                table["score_low"] = 0
                table["score_high"] = 100 if passing <= 100 else 1000
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
    document.check_name(exam.title, ("title",))
    document.check_name(exam.vendor, ("vendor",))
    document.check_name(exam.policy, ("policy",))
    for number, alias in enumerate(exam.aliases):
        document.check_name(alias, ("aliases", number))
    low, high, passing = exam.score_low, exam.score_high, exam.passing_score
    if low is None or high is None:
        if low != high or passing is not None:
            key = "score_low" if low is None else "score_high"
            raise document.error((key,), "is missing; a scale has both ends.")
        return
    if low >= high:
        text = f"is {high}; more than score_low ({low}), both from 0 to 100000, is accepted."
        raise document.error(("score_high",), text)
    if passing is not None and not low <= passing <= high:
        raise document.error(("passing_score",), f"is {passing}; {low} to {high} is accepted.")


def _check_outline(document: Document, outline: Outline, place: Place) -> None:
    document.check_name(outline.id, (*place, "id"))
    document.check_name(outline.source, (*place, "source"), longest=1000)
    if outline.study_guide is not None:
        document.check_address(outline.study_guide, (*place, "study_guide"))
    if outline.as_of and outline.valid_until and outline.valid_until < outline.as_of:
        text = f"is {outline.valid_until}; {outline.as_of} or later is accepted."
        raise document.error((*place, "valid_until"), text)
    if not outline.domains:
        raise document.error((*place, "domain"), "is missing; at least one is required.")
    for number, domain in enumerate(outline.domains):
        _check_domain(document, domain, (*place, "domain", number), weighted=outline.weighted)
    document.check_unique([d.name for d in outline.domains], (*place, "domain"), ("name",))
    low = sum(domain.weight_low or 0 for domain in outline.domains)
    high = sum(domain.weight_high or 0 for domain in outline.domains)
    # Vendors round what they print: single weights of one outline make 99.9 or 101.
    if outline.weighted and not (low <= 101 and high >= 99):
        text = (
            f"has weights from {low:g} to {high:g} in all; "
            f"ranges that allow a sum of 100 are accepted."
        )
        raise document.error(place, text)


def _check_domain(document: Document, domain: Domain, place: Place, *, weighted: bool) -> None:
    document.check_name(domain.name, (*place, "name"))
    low, high = domain.weight_low, domain.weight_high
    if weighted or low is not None or high is not None:
        for key, weight in (("weight_low", low), ("weight_high", high)):
            if weight is None:
                text = "is missing; it is required where another domain has a weight."
                raise document.error((*place, key), text)
        if low is not None and high is not None and low > high:
            text = f"is {low}; at most weight_high ({high}) is accepted."
            raise document.error((*place, "weight_low"), text)
        if high == 0:
            raise document.error((*place, "weight_high"), "is 0; 1 to 100 is accepted.")
    for number, topic in enumerate(domain.topics):
        document.check_name(topic, (*place, "topics", number))
    document.check_unique(domain.topics, (*place, "topics"))


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


def exam_toml(exam: Exam) -> str:
    """The text of a file that reads back as `exam`."""
    head = {"vendor": exam.vendor, "policy": exam.policy}
    return "\n".join([*_toml_lines(exam, head), *_toml_tables(exam, _SHAPE), ""])


def _toml_tables(record: msgspec.Struct, shape: Shape, within: str = "") -> Iterator[str]:
    for key, (field, child, _) in shape.children.items():
        for each in getattr(record, field):
            yield from ("", f"[[{within}{key}]]", *_toml_lines(each, {}))
            yield from _toml_tables(each, child, f"{within}{key}.")


def _toml_lines(record: msgspec.Struct, always: dict[str, str]) -> Iterator[str]:
    """The fields that differ from what their absence means, as `key = value`."""
    import json

    foreign = {"passing_score", "score_low", "score_high"} if always else set()
    for field in msgspec.structs.fields(record):
        value = always.get(field.name, getattr(record, field.name))
        plain = value is None or (
            isinstance(value, tuple) and (not value or isinstance(value[0], msgspec.Struct))
        )
        if plain or (value == field.default and not {field.name} & {*always, *foreign}):
            continue
        if isinstance(value, tuple):
            yield f"{field.name} = ["
            yield from (f"  {json.dumps(item, ensure_ascii=False)}," for item in value)
            yield "]"
        elif isinstance(value, date):
            yield f"{field.name} = {value}"
        else:
            yield f"{field.name} = {json.dumps(value, ensure_ascii=False)}"
