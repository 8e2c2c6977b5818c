"""The labels and single values of a score report, and where they contradict each other."""

import re
from itertools import islice

from coach.dates import Printed, printed_clock, printed_date, printed_dates
from coach.exchange.report_words import Words, squeezed
from coach.model.attempt import ImportedReport, ImportProblem
from coach.wording import phrased

CODE = re.compile(
    r"(?<![\w-])(?:"
    r"[A-Z]{2,3}-\d{3}|[A-Z]{3}-C\d{2}|[A-Z]{1,2}[A-Z0-9]\d-\d{3}|N10-\d{3}|"
    r"70-\d{3}|220-\d{4}|\d{3}-\d{3}"
    r")(?![\w-])"
)
_LOOSE_CODE = re.compile(r"(?<![\w-])[A-Z]{2,3}[ _-]?\d{3}(?![\w-])", re.IGNORECASE)
_WORD_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}(?:[-_][A-Z0-9.]{1,8})?")
_REQUIRED = re.compile(r"[^\w]*(\d{2,4})\s+(?:is\s+)?(?:required|needed|to pass)\b", re.IGNORECASE)
_ONLINE = re.compile(r"\b(?:online|onvue|home|remote|virtual)", re.IGNORECASE)
# Common words that begin many a topic too, such as "name resolution".
_NEED_A_MARK = {"name", "address", "phone", "email", "test", "place", "day", "points", "site"}
_CELLS = re.compile(r"\s{2,}|\t|\s*\|\s*")
_AFTER_LABEL = re.compile(r"\s+[-–—]\s+|\s*\.{2,}\s*|\s*\|\s*|\t\s*|\s{2,}|\s*$")
MOST_LABEL_WORDS, MOST_LABELS, LONGEST_LABEL = 6, 20, 60
MOST_REPORTS, MOST_DOMAINS, MOST_FLAGS = 500, 100, 100

Reading = tuple[tuple[ImportedReport, ...], tuple[ImportProblem, ...]]
"""The reports of a file, and the problems that belong to none of them."""


def problem(field: str, text: str, line: int | None = None, where: str = "") -> ImportProblem:
    """A problem whose sentence begins with the place and the field: `line 7, score: ...`."""
    place = where if line is None else f"line {line}"
    named = phrased("{}: {}", field.partition(":")[0], text)
    said = phrased("{}, {}", place, named) if place else named
    return ImportProblem(line=line, field=field, text=said)


def codes(text: str) -> tuple[str, ...]:
    """The exam codes in a text, each once, in order."""
    return tuple(dict.fromkeys(CODE.findall(text)))


def labelled_code(value: str) -> str:
    """The exam of a value beside an exam label: its code, in any spelling, else its title."""
    value = value.strip("\"' ")
    loose = CODE.search(value.upper()) or _LOOSE_CODE.search(value)
    if loose:
        return loose[0].upper()
    joined = ""
    for part in value.split()[:5]:
        joined += part.upper()
        if CODE.fullmatch(joined):
            return joined
    word = _WORD_CODE.fullmatch(value) or re.search(r"\(([A-Z][A-Z0-9]{1,7})\)", value)
    return word[word.lastindex or 0] if word else value


def number_in(text: str) -> tuple[str, int] | None:
    """The number that a text begins with and where it ends; a percentage keeps its sign.

    Digits that were parted are one number where nothing else can be meant: `6 5 8`, `1,000`,
    `658,0`. None where that is not sure.
    """
    found = re.match(r"[^\w.,-]{0,3}(\d(?:[\d.,' ]*\d)?)\s?(%?)", text, re.ASCII)
    # A letter right after digits may be one that was misread.
    if (
        found is None
        or re.match(r"[-.,]?\d", text[found.end() :])
        or re.match(r"(?!p)[a-z]", text[found.end(1) :], re.IGNORECASE)
    ):
        return None
    digits = found[1]
    if re.fullmatch(r"[1-9]\d?\d?[.,' ]\d{3}", digits):
        digits = re.sub(r"\D", "", digits)
    elif decimal := re.fullmatch(r"(\d{1,4})[.,](\d{1,2})", digits):
        rest = decimal[2].rstrip("0")
        digits = f"{decimal[1]}.{rest}" if rest else decimal[1]
    else:
        digits = digits.replace(" ", "")
    if not re.fullmatch(r"\d{1,4}(?:\.\d{1,2})?", digits):
        return None
    return f"{digits}{found[2]}", found.end()


def cells(line: str) -> list[str]:
    """The columns of a line."""
    return [cell.strip() for cell in _CELLS.split(line.strip(" |")) if cell.strip()]


def header_fields(line: str, words: Words) -> list[str]:
    """The fields of a line that is a row of two or more labels, empty for any other line."""
    fields = [words.field(cell) for cell in cells(line)]
    return [field for field in fields if field] if len(fields) > 1 and all(fields) else []


def labelled(line: str, words: Words) -> tuple[str, list[tuple[str, str]]]:
    """What stands before the first label of a line, and the (field, value) pairs after it.

    A value may be empty, and belongs then to the next line. Spaces inside of labels may be
    missing or too many.
    """
    spans = _label_spans(line, words)
    if not spans:
        return line, []
    ends = [*(start for _, start, _ in spans[1:]), len(line)]
    pairs = [
        (field, line[end:stop].strip(" \t|,;\"'"))
        for (field, _, end), stop in zip(spans, ends, strict=True)
    ]
    before = line[: spans[0][1]].strip(" \t|,;#>*•-")
    if before and not all(value and fits(field, value, words) for field, value in pairs):
        return line, []
    return before, pairs


def _label_spans(line: str, words: Words) -> list[tuple[str, int, int]]:
    """Field, start and end of each label with its mark, in order."""
    spans: list[tuple[str, int, int]] = []
    for mark in islice(re.finditer(r"\s*[:=]", line), MOST_LABELS):
        begin = max(spans[-1][2] if spans else 0, mark.start() - LONGEST_LABEL)
        tokens = [
            begin + token.start()
            for token in re.finditer(r"(?<![^\s|,;])[^\s|,;]+", line[begin : mark.start()])
        ]
        for start in tokens[-MOST_LABEL_WORDS:]:
            if field := words.field(line[start : mark.start()]):
                spans.append((field, start, mark.end()))
                break
    first = spans[0][1] if spans else len(line)
    for mark in _AFTER_LABEL.finditer(line, 0, min(first, LONGEST_LABEL)):
        if field := words.field(line[: mark.start()]):
            begun = [(field, 0, mark.end())]
            for cell in re.finditer(r"(?:\s{2,}|\t|\|\s*)([^\d|\t]{3,40}?)(?=\s{2,}|\t|\s*\|)",
                                    line[:first]):  # fmt: skip
                if cell.start() >= mark.end() and (inner := words.field(cell[1])):
                    begun.append((inner, cell.start(1), cell.end()))
            return [*begun, *spans]
    return spans


def loosely_labelled(line: str, words: Words) -> tuple[str, str] | None:
    """The (field, rest) of a line that begins with a label and goes on after a space or at once
    with a digit, where the rest can be the value of that field."""
    line = re.sub(r"^[\s•*>#-]*(?:the\s+)?", "", line, flags=re.IGNORECASE)
    digits = re.match(r"([^\d:=|]{3,40}?)\s*(?=\d)", line)
    tokens = [found.end() for found in re.finditer(r"\S+", line[:80])][:MOST_LABEL_WORDS]
    for end in (*reversed(tokens), *([digits.end()] if digits else [])):
        field = words.field(line[:end])
        if field is None or squeezed(line[:end]) in _NEED_A_MARK:
            continue
        rest = re.sub(r"^\s*(?:(?:is|was|of)\s+)?", "", line[end:])
        if rest and fits(field, rest, words):
            return field, rest.strip(" \"'")
    return None


def fits(field: str, value: str, words: Words) -> bool:
    """Whether a text can be the value of a field, where no mark parts it from its label."""
    if field == "exam":
        return bool(codes(value[:20].upper()))
    if field in ("date", "ignored"):
        return bool(report_dates(value, words))
    if field == "time":
        return bool(printed_clock(value)[0])
    if field in ("score", "passing"):
        return value[:1].isdecimal() and number_in(value) is not None
    if field == "result":
        return bool(words.said(value, whole=True))
    return field == "person"


def report_dates(text: str, words: Words) -> tuple[Printed, ...]:
    """The dates of a value or line; parted digits and letters are put together."""
    english = words.english_date(text).strip(" \"'([")
    if found := printed_date(english):
        return (found,)
    joined = "".join(english[:40].split())
    whole = printed_date(joined)
    return (whole,) if whole and whole.end == len(joined) else tuple(printed_dates(english))


def too_many(domains: int, flags: int, line: int | None = None) -> list[ImportProblem]:
    """The problems of a report with more domains or flags than any has."""
    counts = (("flags", flags, MOST_FLAGS), ("domains", domains, MOST_DOMAINS))
    return [
        problem(field, f"{count} are too many; up to {most} are accepted.", line)
        for field, count, most in counts
        if count > most
    ]


class Values:
    """Collects the values of one report by field: exam, at, score, passing, result, place.

    `lines` holds the line of each value. A value that contradicts an earlier one becomes a
    problem. Problems never quote what a line says beyond dates and numbers: it may name a person.
    """

    def __init__(self, words: Words) -> None:
        self.words = words
        self.lines: dict[str, int] = {}
        self.problems: list[ImportProblem] = []
        self._values: dict[str, str] = {}
        self._clock = ""
        self._exams: list[tuple[str, int]] = []

    def get(self, field: str) -> str:
        """The value of a field, empty where none was found."""
        value = self._values.get(field, "")
        return f"{value}{self._clock}" if field == "at" and value and "T" not in value else value

    def take(self, field: str, value: str, line: int) -> None:
        """Keep the value of a label; those of persons and of other dates are dropped."""
        if field == "exam":
            self._exams.append((labelled_code(value), line))
        elif field == "place":
            self.put("place", "online" if _ONLINE.search(value) else "centre", line)
        elif field == "date":
            found = report_dates(value, self.words)
            unclear = f"{found[0].problem}." if found and found[0].problem else ""
            if unclear or not found:
                text = unclear or "no date could be read here; write it as in 2026-11-20T10:00."
                self.problems.append(problem("at", text, line))
            else:
                self.put("at", found[0].at, line)
        elif field == "time":
            self._clock = self._clock or printed_clock(value)[0]
        elif field in ("score", "passing"):
            self._take_number(field, value, line)
        elif field == "result":
            if said := self.words.said(value):
                self.put("result", said, line)
            elif value[:1].isdecimal() and "score" not in self._values and number_in(value):
                self._take_number("score", value, line)
        elif field in ("fee", "note"):
            self.put(field, value, line)

    def put(self, field: str, value: str, line: int) -> None:
        """Keep a value that is read already."""
        known = self._values.setdefault(field, value)
        before = self.lines.setdefault(field, line)
        if field == "at" and known != value and known[:10] == value[:10]:
            self._values[field] = max(known, value, key=len)
        elif field != "place" and known != value:
            text = f"{value} here and {known} in line {before} differ; import one report at a time."
            self.problems.append(problem(field, text, line))

    def choose_exam(self, unlabelled: list[tuple[str, int]]) -> None:
        """Settle which exam is meant: a labelled code, else a labelled title, else the only
        code of the text."""
        with_code = [pair for pair in self._exams if codes(pair[0])]
        self.choose("exam", with_code or self._exams[:1] or unlabelled)

    def choose(self, field: str, found: list[tuple[str, int]]) -> None:
        """Keep the only value among those found with their lines; several become a problem."""
        if field in self._values or any(known.field == field for known in self.problems):
            return
        options: dict[str, int] = {}
        for value, line in found:
            options.setdefault(value, line)
        if len(options) == 1:
            self._values[field], self.lines[field] = next(iter(options.items()))
        elif options:
            text = f"{', '.join([*options][:5])} are all in the text; leave the report's own."
            self.problems.append(problem(field, text))

    def _take_number(self, field: str, value: str, line: int) -> None:
        found = number_in(value)
        if found is None:
            text = "no number could be read here; a score is a number such as 640."
            self.problems.append(problem(field, text, line))
            return
        self.put(field, found[0], line)
        if mark := _REQUIRED.match(value, found[1]) if field == "score" else None:
            self.put("passing", mark[1], line)
        if said := self.words.said(value, found[1]) if field == "score" else "":
            self.put("result", said, line)
