"""The labels that score reports print, and the exam codes, in the spellings of many vendors.

Case, spacing and the mark between label and value do not matter. Labels of persons and of their
registrations are known so that what they name can be left out.
"""

import re

LABELS: dict[str, tuple[str, ...]] = {
    "exam": (
        *("exam", "examination", "exam name", "exam number", "exam code", "exam title"),
        *("exam id", "exam series code", "examination name", "test", "test name"),
        *("certification", "certification exam", "certification name", "credential"),
    ),
    "person": (
        *("candidate", "candidate name", "candidate id", "candidate number", "name", "full name"),
        *("first name", "last name", "examinee", "test taker", "registration", "registration id"),
        *("registration number", "mcid", "ms id", "microsoft certification id", "pmi id"),
        *("eligibility id", "comptia id", "cisco id", "isc2 id", "csco id", "aws id"),
        *("validation number", "confirmation number", "authentication code", "order number"),
        *("email", "e-mail", "email address", "address", "phone", "date of birth", "member id"),
    ),
    "place": (
        *("test center", "test centre", "testing center", "testing centre", "site", "location"),
        *("test site", "exam center", "exam centre", "delivery", "delivery method", "center"),
        "centre",
    ),
    "date": (
        *("exam date", "date", "date of exam", "date of examination", "test date", "date taken"),
        *("date tested", "exam taken", "exam date and time", "appointment", "appointment date"),
        *("delivery date", "examination date"),
    ),
    "time": ("exam time", "time", "start time", "appointment time", "test time"),
    "passing": (
        *("required score", "passing score", "score needed to pass", "score required", "pass mark"),
        *("score required to pass", "minimum passing score", "cut score", "minimum score to pass"),
    ),
    "score": (
        *("your score", "score", "final score", "scaled score", "exam score", "overall score"),
        *("total score", "candidate score", "your scaled score", "your exam score"),
    ),
    "result": (
        *("result", "results", "grade", "status", "outcome", "pass/fail", "pass / fail"),
        *("exam result", "exam results", "overall result"),
        *("candidate exam results", "exam status", "pass/fail status", "overall performance"),
    ),
    "ignored": (
        *("retake date", "report date", "date of report", "date reported", "print date"),
        *("issue date", "date issued", "expiration date", "score range", "maximum score"),
        *("minimum score", "time used", "duration", "language", "next retake date"),
        *("score report date", "registration date", "scale"),
    ),
}
_FIELD_OF = {label: field for field, labels in LABELS.items() for label in labels}
_ANY_LABEL = "|".join(
    re.escape(label).replace(r"\ ", r"\s+") for label in sorted(_FIELD_OF, key=len, reverse=True)
)
_MARK = r"(?:\s*[:：=]\s*|\s+[-–—]\s+|\s*\.{2,}\s*|\s*…\s*|\s*\|\s*|\t\s*|\s{2,}|\s*$)"
_LABEL = re.compile(rf"[\s•*>#-]*(?P<label>{_ANY_LABEL})(?P<mark>{_MARK})", re.IGNORECASE)
_BARE_LABEL = re.compile(
    rf"[\s•*>#-]*(?:the\s+)?(?P<label>{_ANY_LABEL})\s+(?:(?:is|was|of)\s+)?(?=\S)", re.IGNORECASE
)
_NEXT_LABEL = re.compile(
    rf"(?:\s{{2,}}|\t|\s*[|,;]\s*)(?=(?:{_ANY_LABEL})(?:{_MARK}))|\s(?=(?:{_ANY_LABEL})\s*[:：])",
    re.IGNORECASE,
)
_INNER_LABEL = re.compile(rf"(?:\s{{1,2}}|\s?[|,;]\s?)(?=(?:{_ANY_LABEL})\s?[:：])", re.IGNORECASE)
# Common words that begin many a topic too, such as "name resolution".
_NEED_A_MARK = ("name", "address", "phone", "email", "e-mail")
_CELLS = re.compile(r"\s{2,}|\t|\s*\|\s*")

CODE = re.compile(
    r"(?<![\w-])(?:"
    r"[A-Z]{2,3}-\d{3}|[A-Z]{3}-C\d{2}|[A-Z]{1,2}[A-Z0-9]\d-\d{3}|N10-\d{3}|"
    r"70-\d{3}|220-\d{4}|\d{3}-\d{3}"
    r")(?![\w-])"
)
_LOOSE_CODE = re.compile(r"(?<![\w-])[A-Z]{2,3}[ _‐‑–]?\d{3}(?![\w-])", re.IGNORECASE)
_WORD_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}(?:[-_][A-Z0-9.]{1,8})?")


def label_field(text: str) -> str | None:
    """The field that a text names when it is a label and nothing else."""
    bare = " ".join(text.strip().rstrip(":：").split()).casefold()
    return _FIELD_OF.get(bare)


def header_fields(line: str) -> list[str]:
    """The fields of a line that is a row of two or more labels, empty for any other line."""
    fields = [label_field(cell) for cell in cells(line)]
    return [field for field in fields if field] if len(fields) > 1 and all(fields) else []


def cells(line: str) -> list[str]:
    """The columns of a line."""
    return [cell.strip() for cell in _CELLS.split(line.strip(" |")) if cell.strip()]


def labelled(line: str) -> list[tuple[str, str]]:
    """The (field, value) pairs of a line that begins with a label, empty for any other line.

    The value may be empty, and belongs then to the next line.
    """
    pairs: list[tuple[str, str]] = []
    while found := _LABEL.match(line):
        rest = line[found.end() :]
        following = _NEXT_LABEL.search(rest)
        value = rest[: following.start()] if following else rest
        pairs.append((_field(found["label"]), value.strip()))
        if following is None:
            break
        line = rest[following.end() :]
    return pairs


def loosely_labelled(line: str) -> tuple[str, str] | None:
    """The (field, rest) of a line that begins with a label and goes on after a single space.

    Such a line may as well be a sentence, so the rest has to be checked by its field.
    """
    found = _BARE_LABEL.match(line)
    if found is None or found["label"].casefold() in _NEED_A_MARK:
        return None
    return _field(found["label"]), line[found.end() :].strip()


def before_label(line: str) -> str:
    """What stands before the first label with a colon inside a line, empty where there is none."""
    found = _INNER_LABEL.search(line)
    return line[: found.start()] if found else ""


def _field(label: str) -> str:
    return _FIELD_OF[" ".join(label.split()).casefold()]


def codes(text: str) -> tuple[str, ...]:
    """The exam codes in a text, each once, in order."""
    return tuple(dict.fromkeys(CODE.findall(text)))


def labelled_code(value: str) -> str:
    """The exam of a value beside an exam label: its code, in any spelling, else its title."""
    loose = CODE.search(value.upper()) or _LOOSE_CODE.search(value)
    if loose:
        return loose[0].upper()
    word = _WORD_CODE.fullmatch(value) or re.search(r"\(([A-Z][A-Z0-9]{1,7})\)", value)
    return word[word.lastindex or 0] if word else value
