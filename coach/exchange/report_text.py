"""A score report as pasted or extracted text, read line by line.

Only what a label, a mark or a known word makes plain is taken; names and numbers of persons are
passed over, and nothing is guessed. What stays empty is for the caller to name as missing.
"""

import re

from coach.exchange.report_dates import find_times
from coach.exchange.report_domains import (
    domain_line,
    domain_name,
    flags_heading,
    improvement_list,
    list_item,
    lone_value,
)
from coach.exchange.report_labels import (
    before_label,
    cells,
    codes,
    header_fields,
    labelled,
    loosely_labelled,
)
from coach.exchange.report_records import ReadReport, Result
from coach.exchange.report_values import Values, fits, result_line

MOST_LINES = 5_000
LONGEST_LINE = 500

_OF_SCALE = re.compile(r"(?<![\d/.-])(\d{2,4})\s?(?:/|out of)\s?(?:900|1,?000)(?![\d/-])", re.ASCII)
_ONLINE_LINE = re.compile(
    r"(?:taken\s|delivered\s)?online(?:\sproctored)?(?:\sexam)?", re.IGNORECASE
)
_FLAGS = "flags"


def read_text(text: str) -> ReadReport:
    """The one report that a text holds; what is not in it stays empty."""
    reader = _TextReader([_tidied(line) for line in text.splitlines()])
    reader.run()
    return reader.report()


def _tidied(line: str) -> str:
    """A line with its runs of spaces and dots cut short, nothing where it is too long to be one
    of a report."""
    line = line[: LONGEST_LINE * 4].replace("\N{NO-BREAK SPACE}", " ").strip()
    line = re.sub(r"(?:\.\s?){4,}|…+", " ... ", re.sub(r" {2,}", "  ", line))
    return line if len(line) <= LONGEST_LINE else ""


class _TextReader:
    """Goes through the lines once; each line is taken by the first reading that fits it.

    `at` is the index of the current line, `group` the heading above a list: flags, or the word
    that all the domains below it share.
    """

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0
        self.values = Values()
        self.domains: list[tuple[str, str, int]] = []
        self.flags: list[str] = []
        self.unread: list[tuple[int, str]] = []
        self.group: str | None = None
        self.listed = 0

    def run(self) -> None:
        """Read every line."""
        readings = (
            self._header_row, self._labels, self._flags_heading, self._improvements,
            self._domain, self._lone_value, self._plain_words, self._list_item,
        )  # fmt: skip
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line:
                self.group = None if self.listed else self.group
            elif not any(reading(line) for reading in readings):
                self.unread.append((self.at + 1, line))
            self.at += 1

    def report(self) -> ReadReport:
        """What was read, with what unlabelled lines give where no label gave it."""
        self.values.choose_exam(
            [(code, number) for number, line in self.unread for code in codes(line)]
        )
        self.values.choose(
            "at",
            [(t.at, number) for number, line in self.unread for t in find_times(line) if t.at],
        )
        self.values.choose(
            "score",
            [(m[1], number) for number, line in self.unread for m in _OF_SCALE.finditer(line)],
        )
        lines = ((f"domain:{name}", line) for name, _, line in self.domains)
        result: dict[str, Result] = {"pass": "pass", "fail": "fail"}
        return ReadReport(
            exam=self.values.get("exam"),
            at=self.values.get("at"),
            score=self.values.get("score"),
            place=self.values.get("place"),
            flags=tuple(dict.fromkeys(self.flags)),
            domains=tuple(dict.fromkeys((name, value) for name, value, _ in self.domains)),
            result=result.get(self.values.get("result"), ""),
            passing=self.values.get("passing"),
            lines=(*self.values.lines.items(), *lines),
            unread=tuple(self.unread),
            problems=tuple(self.values.problems),
        )

    def _header_row(self, line: str) -> bool:
        fields = header_fields(line)
        following = self._next_line() if fields else None
        if following is not None and not labelled(self.lines[following]):
            row = self.lines[following]
            values = cells(row) if len(cells(row)) == len(fields) else row.split()
            self.at = following
            if len(values) == len(fields):
                for field, value in zip(fields, values, strict=True):
                    self.values.take(field, value, following + 1)
        return bool(fields)

    def _labels(self, line: str) -> bool:
        leading = "" if labelled(line) else before_label(line)
        pairs = labelled(line[len(leading) :].lstrip(" \t|,;"))
        if pairs and leading:
            self.unread.append((self.at + 1, leading))
        for field, value in pairs:
            if value:
                self.values.take(field, value, self.at + 1)
            elif (following := self._value_line(field)) is not None:
                self.at = following
                self.values.take(field, self.lines[following], following + 1)
        loose = None if pairs else loosely_labelled(line)
        if loose is not None and fits(*loose) and not domain_line(line):
            self.values.take(*loose, self.at + 1)
            return True
        self.group = None if pairs else self.group
        return bool(pairs)

    def _value_line(self, field: str) -> int | None:
        """The line after a label without a value, where it can be that value."""
        following = self._next_line()
        if following is None:
            return None
        line = self.lines[following]
        taken = labelled(line) or header_fields(line) or lone_value(line) or domain_line(line)
        possible = field in ("exam", "person", "place") or fits(field, line)
        return following if possible and not taken else None

    def _next_line(self) -> int | None:
        """The next line that is not empty, unless more than two empty ones are between."""
        rest = range(self.at + 1, min(self.at + 4, len(self.lines)))
        return next((number for number in rest if self.lines[number]), None)

    def _flags_heading(self, line: str) -> bool:
        rest = flags_heading(line)
        if rest is None:
            return False
        if rest:
            parts = rest.rstrip(".").split(";" if ";" in rest else ",")
            self.flags += [part.strip() for part in parts if part.strip()]
        self._begin_group(None if rest else _FLAGS)
        return True

    def _begin_group(self, group: str | None) -> None:
        self.group, self.listed = group, 0

    def _improvements(self, line: str) -> bool:
        names = improvement_list(line)
        self.domains += [(name, "needs improvement", self.at + 1) for name in names]
        return bool(names)

    def _domain(self, line: str) -> bool:
        found = domain_line(line)
        if found is None:
            return False
        name = found.name
        if name[0].islower() and self.unread and self.unread[-1][0] == self.at:
            name = domain_name(f"{self.unread.pop()[1]} {name}")
        self.domains.append((name, found.value, self.at + 1))
        self._begin_group(None)
        return True

    def _lone_value(self, line: str) -> bool:
        """A value on a line of its own belongs to the name right before it. Of a run of values,
        as columns give when they are copied, nobody can tell to which names they belong."""
        found = lone_value(line)
        if found is None:
            return False
        value, heads_a_group = found
        self._begin_group(value if heads_a_group else None)
        if not heads_a_group and not self._skip_run():
            self._attach(value)
        return True

    def _skip_run(self) -> bool:
        start = self.at
        while (following := self._next_line()) is not None:
            found = lone_value(self.lines[following])
            if found is None or found[1]:
                break
            self.at = following
        return self.at > start

    def _attach(self, value: str) -> None:
        if self.domains and self._just_before(self.domains[-1][2]):
            name, weight, number = self.domains[-1]
            if weight.endswith("%") and not value.endswith("%"):
                self.domains[-1] = (name, value, number)
        elif self.unread and self._just_before(self.unread[-1][0]):
            number, name = self.unread.pop()
            self.domains.append((domain_name(name), value, number))

    def _just_before(self, number: int) -> bool:
        return self.at - number <= 1 and not any(self.lines[number : self.at])

    def _plain_words(self, line: str) -> bool:
        if _ONLINE_LINE.fullmatch(line):
            self.values.put("place", "online", self.at + 1)
            return True
        said = result_line(line)
        if said:
            self.values.put("result", said, self.at + 1)
        return bool(said)

    def _list_item(self, line: str) -> bool:
        item = list_item(line) if self.group else None
        if item is None or self.group is None:
            self.group = None
            return False
        if self.group != _FLAGS:
            self.domains.append((domain_name(item), self.group, self.at + 1))
        elif self.listed and item[0].islower() and item == line:
            self.flags[-1] = f"{self.flags[-1]} {item}"
        else:
            self.flags.append(re.sub(r"^\d{1,2}[.)]\s+", "", item))
        self.listed += 1
        return True
