"""The single values of a score report as its labels give them, and where they contradict."""

import re

from coach.exchange.report_dates import read_clock, read_time
from coach.exchange.report_labels import codes, labelled_code
from coach.exchange.report_records import ReadProblem, problem

_NUMBER = re.compile(r"\D{0,3}(\d,\d{3}|\d{1,4}(?:\.\d+)?)(?![\d,.]*\d)\s?(%?)", re.ASCII)
_FAIL = r"did not pass|didn't pass|not passed|not pass|no pass|unsuccessful|failed|fail"
_PASS = r"passed|pass|successful"
_RESULT = re.compile(rf"\W*(?:(?P<fail>{_FAIL})|(?P<pass>{_PASS}))(?!\s*/)\b", re.IGNORECASE)
_RESULT_LINE = re.compile(
    rf"\W*(?:result\s)?(?:you\s|candidate\s)?(?:have\s|has\s)?(?:(?P<fail>{_FAIL})|{_PASS})"
    r"(?:\s(?:the|this)\sexam(?:ination)?)?\W*",
    re.IGNORECASE,
)
_ONLINE = re.compile(r"\b(?:online|onvue|home|remote|virtual)", re.IGNORECASE)


class Values:
    """Collects the values of one report by field: exam, at, score, passing, result, place.

    `lines` holds the line of each value. A value that contradicts an earlier one becomes a
    problem. Problems never quote what a line says beyond dates and numbers: it may name a person.
    """

    def __init__(self) -> None:
        self.lines: dict[str, int] = {}
        self.problems: list[ReadProblem] = []
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
            self._take_date(value, line)
        elif field == "time":
            self._clock = self._clock or read_clock(value)
        elif field in ("score", "passing"):
            self._take_number(field, value, line)
        elif field == "result" and (found := _RESULT.match(value)):
            self.put("result", "fail" if found["fail"] else "pass", line)

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

    def _take_date(self, value: str, line: int) -> None:
        found = read_time(value)
        if found is None:
            text = "no date could be read here; write it as in 2026-11-20T10:00."
            self.problems.append(problem("at", text, line))
        elif found.problem:
            self.problems.append(problem("at", found.problem, line))
        else:
            self.put("at", found.at, line)

    def _take_number(self, field: str, value: str, line: int) -> None:
        found = _NUMBER.match(value)
        if found is None:
            text = "no number could be read here; a score is a number such as 640."
            self.problems.append(problem(field, text, line))
            return
        self.put(field, found[1].replace(",", "").removesuffix(".0") + found[2], line)
        said = _RESULT.match(value, found.end()) if field == "score" else None
        if said:
            self.put("result", "fail" if said["fail"] else "pass", line)


def result_line(line: str) -> str:
    """`pass` or `fail` where a line says nothing else, empty for any other line."""
    found = _RESULT_LINE.fullmatch(line)
    return "" if found is None else "fail" if found["fail"] else "pass"


def fits(field: str, value: str) -> bool:
    """Whether a text can be the value of a field, where no mark parts it from its label."""
    if field == "exam":
        return bool(codes(value[:20]))
    if field in ("date", "ignored"):
        return read_time(value) is not None
    if field in ("score", "passing"):
        return value[:1].isdecimal()
    if field == "result":
        return bool(result_line(value))
    return field == "person"
