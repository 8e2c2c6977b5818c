"""A score report as pasted or extracted text, read line by line.

Only what a label, a mark or a known word makes plain is taken; names and numbers of persons are
passed over, and nothing is guessed. What stays empty is for the caller to name as missing.
"""

import re
from itertools import takewhile
from typing import Any

from coach.exchange.report_domains import (
    DomainLine,
    Names,
    domain_line,
    domain_name,
    flags_heading,
    heading,
    holds_value,
    is_header,
    list_item,
    lone_value,
    named_after,
    objective,
    open_range,
    rows_of,
    split_rows,
)
from coach.exchange.report_values import (
    Values,
    cells,
    codes,
    fits,
    header_fields,
    labelled,
    loosely_labelled,
    number_in,
    report_dates,
    too_many,
)
from coach.exchange.report_words import LANGUAGES, Words, undressed, words
from coach.model.attempt import ImportedReport

MOST_LINES, MOST_CHARACTERS = 1_000, 30_000
LONGEST_LINE = 500

_OF_SCALE = re.compile(
    r"(?<![\d/.-])(?<![ :]\d )(?<![ :]\d\d )(\d{2,4})\s?(?:/|out of)\s?(?:900|1,?000)(?![\d/-])",
    re.ASCII,
)
_ONLINE_LINE = re.compile(
    r"(?:taken\s|delivered\s)?online(?:\sproctored)?(?:\sexam)?", re.IGNORECASE
)
_SINGLE = ("exam", "at", "score", "result", "passing", "place", "fee", "note")
_FLAGS, _IMPROVE = "flags", "flags to improve"


def read_text(text: str, names: tuple[str, ...] = ()) -> ImportedReport:
    """The one report that a text holds; what is not in it stays empty.

    `names` are the domains of the outline, where it is known. A language other than English is
    looked at where a label was not understood and something is missing.
    """
    lines = []
    for line in text.splitlines():
        line = undressed(line[: LONGEST_LINE * 4]).strip()
        # Runs of spaces and dots only set it.
        line = re.sub(r"(?:\.\s?){4,}", " ... ", re.sub(r" {2,}", "  ", line))
        lines.append(line[: LONGEST_LINE + 1])
    known = Names(names)
    report = _TextReader(lines, words(), known).report()
    # A line could be a label of another language with its value.
    marks = r"[:=]|[^\x00-\u02ff]" if report.at and report.score else r"[:=\d]|[^\x00-\u02ff]"
    strange = any(re.search(marks, line) for _, line in report.unread) or any(
        value.isdecimal() and not known.is_name(name) for name, value in report.observations
    )
    if strange and _given(report) < 4:
        counts = {name: _labels_in(lines, words(name)) for name in LANGUAGES}
        most = max(counts.values())
        if most > _labels_in(lines, words()):
            best = [words(name) for name in LANGUAGES if counts[name] == most]
            others = (_TextReader(lines, language, known).report() for language in best)
            report = max(report, *others, key=_given)
    return report


def _labels_in(lines: list[str], language: Words) -> int:
    shown = [line for line in lines if line][:60]
    return sum(
        bool(labelled(line, language)[1] or loosely_labelled(line, language)) for line in shown
    )


def _given(report: ImportedReport) -> int:
    found = (report.exam, report.at, report.score, report.result)
    return sum(map(bool, found)) + bool(report.passing)


class _TextReader:
    """Goes through the lines once; each line is taken by the first reading that fits it.

    `at` is the index of the current line, `group` the heading above a list: flags, or the word
    that all the domains below it share. `ranges` holds names beside a range, which is a weight
    where a value follows.
    """

    def __init__(self, lines: list[str], language: Words, names: Names) -> None:
        self.lines = lines
        self.words = language
        self.names = names
        self.at = 0
        self.values = Values(language)
        self.domains: list[tuple[str, str, int]] = []
        self.flags: list[str] = []
        self.unread: list[tuple[int, str]] = []
        self.ranges: dict[str, tuple[int, str]] = {}
        self.group: str | None = None
        self.listed = 0
        self.gap = False
        self._join_names()
        readings = (
            self._rows, self._header_row, self._labels, self._flags_heading, self._heading,
            self._cells, lambda line: self._take_domains(named_after(line)), self._domain,
            self._plain_words, self._list_item,
        )  # fmt: skip
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line and not any(reading(line) for reading in readings):
                self.unread.append((self.at + 1, line))
            self.gap = not line
            self.at += 1

    def report(self) -> ImportedReport:
        """What was read, with what unlabelled lines give where no label gave it."""
        found_codes = [(code, n) for n, line in self.unread for code in codes(line)]
        self.values.choose_exam(found_codes)
        dates = [(d.at, n) for n, line in self.unread for d in report_dates(line, self.words)]
        self.values.choose("at", [(at, n) for at, n in dates if at])
        scores = [(m[1], n) for n, line in self.unread for m in _OF_SCALE.finditer(line)]
        self.values.choose("score", scores)
        used = {self.values.lines.get(field) for field in ("exam", "at", "score")}
        lost = tuple(
            (number, line)
            for number, line in self.unread
            if holds_value(line)
            and number not in used
            and not self.names.is_name(line)
            and not (self.values.get("exam") and codes(line))
        )
        shown = {name for name, _, _ in self.domains}
        ranges = (found for name, found in self.ranges.items() if name not in shown)
        given: dict[str, Any] = {field: self.values.get(field) for field in _SINGLE}
        return ImportedReport(
            **given,
            flags=tuple(dict.fromkeys(self.flags)),
            observations=tuple(dict.fromkeys((name, value) for name, value, _ in self.domains)),
            lines=(
                *self.values.lines.items(),
                *((f"domain:{name}", line) for name, _, line in self.domains),
            ),
            unread=tuple(self.unread),
            lost=tuple(sorted((*lost, *ranges))),
            problems=(*self.values.problems, *too_many(len(self.domains), len(self.flags))),
        )

    def _join_names(self) -> None:
        """Put the names together that were broken over lines; the rest of them stays empty."""
        for at, line in enumerate(self.lines):
            joined = line
            for following in range(at + 1, min(at + 4, len(self.lines))):
                if not self.names.begins(joined) or not self.lines[following]:
                    break
                joined = f"{joined} {self.lines[following]}"
                if self.names.spans(joined):
                    self.lines = [*self.lines]
                    self.lines[at] = joined
                    self.lines[at + 1 : following + 1] = [""] * (following - at)
                    break

    def _rows(self, line: str) -> bool:
        """Names of the outline with their values, before or after them."""
        rows = rows_of(line, self.names)
        if rows is None:
            return False
        for row in rows:
            value = row.value
            if not value and self.group and self.group != _FLAGS:
                value = "needs improvement" if self.group == _IMPROVE else self.group
                self.listed += 1
            if value:
                self.domains.append((row.name, value, self.at + 1))
            elif self.group == _FLAGS:
                self.flags.append(row.name)
            else:
                self.unread.append((self.at + 1, row.name))
                if open_range(line):
                    self.ranges[row.name] = (self.at + 1, line)
        if any(row.value for row in rows):
            self._begin_group(None)
        return True

    def _header_row(self, line: str) -> bool:
        fields = header_fields(line, self.words)
        following = self._next_line() if fields else None
        if following is not None and not labelled(self.lines[following], self.words)[1]:
            row = self.lines[following]
            values = cells(row) if len(cells(row)) == len(fields) else row.split()
            self.at = following
            if len(values) == len(fields):
                for field, value in zip(fields, values, strict=True):
                    self.values.take(field, value, following + 1)
            else:
                self.unread.append((following + 1, row))
        if fields or not is_header(line) or heading(line):
            return bool(fields)
        shown = [band for cell in cells(line) if (band := lone_value(cell))]
        names = [name for number, name in self.unread if number == self.at]
        if shown and len(shown) == len(names) and all(map(self.names.is_name, names)):
            self.domains += [(n, v, self.at + 1) for n, v in zip(names, shown, strict=True)]
        return True

    def _labels(self, line: str) -> bool:
        before, pairs = labelled(line, self.words)
        if pairs and before:
            self.unread.append((self.at + 1, before))
        for field, value in pairs:
            above = self._number_above() if field in ("score", "passing") and not value else ""
            if value or above:
                self.values.take(field, f"{value or above}{self._digits_below(value)}", self.at + 1)
            elif (following := self._value_line(field)) is not None:
                self.at = following
                self.values.take(field, self.lines[following], following + 1)
        if pairs:
            self.group = None
            return True
        bulleted = self.group and list_item(line) != line
        loose = None if bulleted else loosely_labelled(line, self.words)
        if loose is None or domain_line(line) or (loose[0] == "person" and holds_value(line)):
            return False
        self.values.take(*loose, self.at + 1)
        if loose[0] == "exam":
            # A date may stand beside it.
            self.unread.append((self.at + 1, loose[1]))
        elif loose[0] in ("score", "passing") and (number := number_in(loose[1])):
            more = loosely_labelled(loose[1][number[1] :], self.words)
            if more and more[0] in ("score", "passing"):
                self.values.take(*more, self.at + 1)
        return True

    def _cells(self, line: str) -> bool:
        """A line of several columns where one is a label with its value, or pass or fail."""
        parts = cells(line)
        if len(parts) < 2:
            return False
        number, rest, taken = self.at + 1, [], False
        for part in parts:
            said = self.words.said(part, whole=True)
            loose = loosely_labelled(part, self.words)
            if said:
                self.values.put("result", said, number)
            elif loose and loose[0] != "person":
                self.values.take(*loose, number)
            else:
                rest.append(part)
                continue
            taken = True
        for part in rest if taken else ():
            if not self._rows(part) and not self._domain(part):
                self.unread.append((number, part))
        return taken

    def _digits_below(self, value: str) -> str:
        """Digits alone on the next line after one or two digits: nobody scores so little."""
        below = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
        if not re.fullmatch(r"\d{1,2}", value) or not re.fullmatch(r"\d{1,2}", below):
            return ""
        self.at += 1
        return f" {below}"

    def _number_above(self) -> str:
        """The number on the line right above, where no label before it took it."""
        if self.unread and self.unread[-1][0] == self.at and self.unread[-1][1].isdecimal():
            return self.unread.pop()[1]
        return ""

    def _value_line(self, field: str) -> int | None:
        """The line after a label without a value, where it can be that value."""
        following = self._next_line()
        if following is None:
            return None
        line = self.lines[following]
        taken = (
            labelled(line, self.words)[1]
            or header_fields(line, self.words)
            or heading(line)
            or domain_line(line)
        )
        possible = field in ("exam", "person", "place") or fits(field, line, self.words)
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
        improve = "improve" in line.casefold()
        self._begin_group(None if rest else _IMPROVE if improve else _FLAGS)
        return True

    def _begin_group(self, group: str | None) -> None:
        self.group, self.listed = group, 0

    def _domain(self, line: str) -> bool:
        if report_dates(line, self.words):  # its time of day looks like a name with a number
            return False
        return self._take_domains(
            [found for row in split_rows(line) if (found := domain_line(row)) is not None]
        )

    def _take_domains(self, rows: list[DomainLine]) -> bool:
        for row in rows:
            name = row.name
            if name[0].islower() and self.unread and self.unread[-1][0] == self.at:
                name = domain_name(f"{self.unread.pop()[1]} {name}")
            self.domains.append((name, row.value, self.at + 1))
        if rows:
            self._begin_group(None)
        return bool(rows)

    def _heading(self, line: str) -> bool:
        """A band on a line of its own: the heading of the names below it, or the value of the
        name right before it. Of a run of values, as columns give when they are copied, nobody
        can tell to which names they belong."""
        found = heading(line)
        value = found[0] if found else lone_value(line)
        if value is None:
            return False
        if found and (found[1] or self._is_above_names()):
            self._begin_group(value)
        else:
            self._begin_group(None)
            self._attach(value)
        return True

    def _is_above_names(self) -> bool:
        """Whether a band without a mark is a heading: by what stands around it, and where names
        stand before and after it, by what the run of names and bands ends with."""
        following = self._next_line()
        if following is None or not self._can_be_name(self.lines[following]):
            return False
        if self.group or not (self.unread and self._just_before(self.unread[-1][0])):
            return not (self.domains and self._just_before(self.domains[-1][2])) or bool(self.group)
        if not self._can_be_name(self.lines[self.unread[-1][0] - 1]):
            return True
        rest = filter(None, self.lines[self.at + 1 : self.at + 60])
        run = [*takewhile(lambda line: heading(line) or self._can_be_name(line), rest)]
        return bool(run) and not heading(run[-1])

    def _can_be_name(self, line: str) -> bool:
        if self.names:
            return self.names.is_name(line)
        return not (
            heading(line)
            or labelled(line, self.words)[1]
            or domain_line(line)
            or self.words.said(line, whole=True)
            or list_item(line) is None
        )

    def _attach(self, value: str) -> None:
        """Give a value to the name right before it, but none of a run of values."""
        start = self.at
        while (following := self._next_line()) is not None:
            found = heading(self.lines[following])
            if found is None or found[1]:
                break
            self.unread.append((self.at + 1, self.lines[self.at]))
            self.at = following
        alone = self.at == start
        if alone and self.domains and self._just_before(self.domains[-1][2]):
            name, weight, number = self.domains[-1]
            if weight.endswith("%") and not value.endswith("%"):
                self.domains[-1] = (name, value, number)
                return
        elif alone and self.unread and self._just_before(self.unread[-1][0]):
            number, name = self.unread.pop()
            self.domains.append((domain_name(name), value, number))
            return
        self.unread.append((self.at + 1, self.lines[self.at]))

    def _just_before(self, number: int) -> bool:
        return self.at - number <= 1 and not any(self.lines[number : self.at])

    def _plain_words(self, line: str) -> bool:
        if _ONLINE_LINE.fullmatch(line):
            self.values.put("place", "online", self.at + 1)
            return True
        said = self.words.said(line, whole=True)
        if said:
            self.values.put("result", said, self.at + 1)
        return bool(said)

    def _list_item(self, line: str) -> bool:
        item = list_item(line) if self.group else objective(line)
        bulleted = item is not None and item != line
        if item is None or (self.gap and self.listed and not bulleted and not objective(line)):
            self.group = None
            return False
        if self.group is None:
            self._begin_group(_FLAGS)
        if self.group not in (_FLAGS, _IMPROVE):
            assert self.group is not None
            self.domains.append((domain_name(item), self.group, self.at + 1))
        elif self.listed and item[0].islower() and not bulleted and not self.gap:
            self.flags[-1] = f"{self.flags[-1]} {item}"
        else:
            self.flags.append(re.sub(r"^\d{1,2}[.)]\s+", "", item))
        self.listed += 1
        return True
