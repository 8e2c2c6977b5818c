"""Score reports as data: JSON objects, and tables of two kinds told apart by the header row.

A JSON object has `exam`, `at`, `score` and may have `place`, `outline`, `fee`, `source`, `note`,
`result`, `flags` (a list of topics) and `domains` (an object from a domain to a bar from 0 to 100
or a band word).

Wide table: a row is a report, with the columns exam, at, score, result, place, outline, fee,
source, note, flags (parted by semicolons) and one more column per domain. Long table: a row is one
domain of a report, with the columns exam, at, score, domain, value and, where wanted, those of the
wide kind; the value may also stand in a column bar or band, or in one with a name of its own.
Columns may have a person's words.
"""

import csv
import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import msgspec

from coach.exchange.plain import quoted
from coach.exchange.report_values import (
    MOST_DOMAINS,
    MOST_FLAGS,
    MOST_REPORTS,
    Reading,
    labelled_code,
    number_in,
    problem,
    report_dates,
    too_many,
)
from coach.exchange.report_words import LANGUAGES, Words, undressed, words
from coach.model.attempt import ImportedReport, ImportProblem

# The fields of a report that have one value, by the names that JSON and CSV give them.
SINGLE = ("exam", "at", "score", "place", "outline", "fee", "source", "note")
# The columns that may hold what a report shows for a domain, in the order they are looked at.
VALUES = ("value", "bar", "band")
REPORT = (*SINGLE, "result", "passing", "flags")
KNOWN = (*REPORT, "domain", *VALUES)
FIELDS = (*SINGLE, "result", "flags", "domains")
DELIMITERS = (",", ";", "\t", "|")
MOST_COLUMNS = 300
MOST_ROWS = 5_000
MOST_NAMED = 20
MOST_TITLES = 5

Row = dict[str, str]
_FORMULA = re.compile(r'="(.*)"', re.DOTALL)


class Table(msgspec.Struct, frozen=True):
    """How a text is a table: its delimiter, the line of its header row, the words of its head."""

    delimiter: str
    header: int
    words: Words


def table_of(text: str) -> Table | None:
    """How a text is a table with at least an exam and a date or score, None for other texts."""
    lines = text.splitlines()[:20]
    for number, line in enumerate(lines):
        if not line.strip(",;\t |") or re.fullmatch(r'"?sep=.?"?', line.strip(), re.IGNORECASE):
            continue
        for delimiter in DELIMITERS:
            cells = line.split(delimiter, MOST_COLUMNS + 1)
            if len(cells) > 1 and (language := _language(cells[: MOST_COLUMNS + 1])):
                return Table(delimiter, number, language)
        # A title may stand above a table.
        if ":" in line or number > MOST_TITLES:
            return None
    return None


def _language(cells: list[str]) -> Words | None:
    """The words in which a row of cells is a head, English first."""
    shown = [undressed(cell).strip(" \"'") for cell in cells]
    # Only what looks like the head of a table is worth reading other languages for.
    is_head = len(shown) > 2 and not any(":" in cell or len(cell) > 60 for cell in shown[:3])
    for name in ("", *(LANGUAGES if is_head else ())):
        language = words(name)
        columns = {_column(cell, language) for cell in shown}
        if "exam" in columns and columns & {"at", "score", "result"}:
            return language
    return None


def read_table(text: str, table: Table) -> Reading:
    """The reports of a table; a row that cannot be read is a problem with its line."""
    problems: list[ImportProblem] = []
    body = text.splitlines(keepends=True)[table.header :]
    rows = _rows(body, table, problems)
    first = next(rows, (0, []))[1]
    if len(first) > MOST_COLUMNS:
        what = f"{len(first)} columns are too many; up to {MOST_COLUMNS} are accepted."
        return (), (problem("file", what, table.header + 1),)
    header = [_column(cell, table.words) for cell in first]
    doubled = sorted({name for name in header if name and header.count(name) > 1})
    if doubled:
        what = f"the column {quoted(doubled[0])} is there twice; give each column once."
        return (), (problem("file", what, table.header + 1),)
    kept: list[tuple[int, Row]] = []
    for line, row in rows:
        if any(row[len(header) :]):
            what = f"{len(row)} columns where the header row has {len(header)}."
            problems.append(problem("row", what, line))
        elif any(cell.strip("-: ") for cell in row):
            cells = zip_longest(header, row, fillvalue="")
            kept.append((line, {name: cell for name, cell in cells if name}))
        if len(kept) + len(problems) > MOST_ROWS:
            return (), (problem("file", f"more than {MOST_ROWS} rows are too many.", line),)
    names = _own_names(header, kept)
    kept = [(line, {names.get(n, n): cell for n, cell in row.items()}) for line, row in kept]
    header = [names.get(name, name) for name in header]
    long = "domain" in header and not set(VALUES).isdisjoint(header)
    reports = tuple((_long if long else _wide)(kept, table.words))
    if len(reports) > MOST_REPORTS:
        return _too_many_reports(len(reports))
    if len(problems) > MOST_NAMED:
        what = f"{len(problems) - MOST_NAMED} more rows could not be read."
        problems = [*problems[:MOST_NAMED], problem("file", what)]
    return reports, tuple(problems)


def _own_names(header: list[str], rows: list[tuple[int, Row]]) -> dict[str, str]:
    """What the columns of a long table are that have a name of their own, such as `Skill area` and
    `Level`: the only ones that are nothing else. Without a column `domain` a table is long where
    rows have the same exam and time. A result beside a score is that of the domain."""
    own = [name for name in header if name and name not in (*KNOWN, "time")]
    lacking = [] if "domain" in header else ["domain"]
    lacking += ["value"] if set(VALUES).isdisjoint(header) else []
    if lacking == ["value"] and not own and {"result", "score"} <= set(header):
        own = ["result"]
    sittings = [(row.get("exam"), row.get("at"), row.get("time")) for _, row in rows]
    long = "domain" in header or len(set(sittings)) < len(sittings)
    return dict(zip(own, lacking, strict=True)) if long and len(own) == len(lacking) else {}


def _too_many_reports(number: int) -> Reading:
    what = f"{number} reports are too many; up to {MOST_REPORTS} are accepted."
    return (), (problem("file", what),)


def _rows(
    lines: list[str], table: Table, problems: list[ImportProblem]
) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line it begins on."""
    reader = csv.reader(lines, delimiter=table.delimiter)
    begin = table.header + 1
    try:
        for row in reader:
            if row:
                yield begin, [_cell(cell) for cell in row]
            begin = table.header + reader.line_num + 1
    except csv.Error:
        problems.append(problem("row", "not a row of a table; nothing after it was read.", begin))


def _cell(text: str) -> str:
    """A cell without the dress of a spreadsheet, which writes a text as `="AZ-104"`."""
    text = undressed(text).strip()
    formula = _FORMULA.fullmatch(text)
    return formula[1].strip() if formula else text.removeprefix("'")


def _column(cell: str, language: Words) -> str:
    """The name of a column: a known field, a domain as written, nothing for a person's."""
    name = cell.casefold()
    if name in KNOWN:
        return name
    field = language.field(cell.replace("_", " "))
    if field in ("person", "ignored"):
        return ""
    return {"date": "at"}.get(field or "", field or cell)


def _wide(rows: list[tuple[int, Row]], language: Words) -> Iterator[ImportedReport]:
    for line, row in rows:
        own = ((name, cell) for name, cell in row.items() if name not in (*KNOWN, "time"))
        yield _report(line, row, [(line, name, cell) for name, cell in own if cell], language)


def _long(rows: list[tuple[int, Row]], language: Words) -> Iterator[ImportedReport]:
    """Rows with the same exam and time are one report; its fields may stand in any of them."""
    groups: dict[tuple[str, str], list[tuple[int, Row]]] = {}
    for line, row in rows:
        key = (row.get("exam", "").casefold(), row.get("at", ""))
        groups.setdefault(key, []).append((line, row))
    for members in groups.values():
        merged: Row = {}
        problems = []
        for line, row in members:
            for name, cell in row.items():
                known = merged.get(name) or cell
                if name in REPORT and cell and known.casefold() != cell.casefold():
                    text = "differs from an earlier row of this report; make them the same."
                    problems.append(problem(name, text, line))
                merged[name] = known
        # What a row shows is in the first of these columns that is not empty.
        values = [next((row[n] for n in VALUES if row.get(n)), "") for _, row in members]
        seen = [
            (line, row["domain"], value)
            for (line, row), value in zip(members, values, strict=True)
            if row["domain"] and value
        ]
        report = _report(members[0][0], merged, seen, language)
        more = tuple(problems[:MOST_NAMED])
        yield msgspec.structs.replace(report, problems=(*report.problems, *more))


def _report(
    line: int, row: Row, seen: list[tuple[int, str, str]], language: Words
) -> ImportedReport:
    """The report of one row; `seen` are the domains with the line and the value of each."""
    dates = report_dates(f"{row.get('at', '')} {row.get('time', '')}".strip(), language)
    unclear = f"{dates[0].problem}." if dates and dates[0].problem else ""
    flags = tuple(flag.strip() for flag in row.get("flags", "").split(";") if flag.strip())
    problems = [problem("at", unclear, line)] if unclear else []
    problems += too_many(len(seen), len(flags), line)
    single: dict[str, Any] = {field: row.get(field, "") for field in SINGLE}
    single["exam"] = labelled_code(single["exam"])
    if len(dates) == 1 and not unclear:
        single["at"] = dates[0].at
    said = language.said(row.get("result", ""))
    if not single["score"] and not said:
        single["score"] = row.get("result", "")
    return ImportedReport(
        **{**single, "score": _number(single["score"])},
        result=said,
        passing=_number(row.get("passing", "")),
        flags=flags[:MOST_FLAGS],
        observations=tuple((name, value) for _, name, value in seen[:MOST_DOMAINS]),
        lines=(*((field, line) for field in REPORT), *((f"domain:{n}", at) for at, n, _ in seen)),
        where=f"line {line}",
        problems=tuple(problems),
    )


def _number(text: str) -> str:
    """A number without the noughts after its point; any other text as it is."""
    found = number_in(text)
    return found[0] if found and found[1] == len(text) else text


def read_json(text: str) -> Reading:
    """The reports of a JSON text and what could not be read."""
    data = text.encode("utf-8", "replace")
    try:
        document = msgspec.json.decode(data)
    except RecursionError:
        return (), (problem("file", "lists in this JSON are nested too deeply for a report."),)
    except msgspec.DecodeError as error:
        byte = re.search(r"\(byte (\d+)\)", str(error))
        line = data[: int(byte[1]) if byte else len(data)].count(b"\n") + 1
        what = "the JSON ends too early" if "truncated" in str(error) else "this is not valid JSON"
        return (), (problem("file", f"{what}; nothing of it was read.", line),)
    if not isinstance(document, list):
        return (_entry(document, ""),), ()
    if len(document) > MOST_REPORTS:
        return _too_many_reports(len(document))
    return tuple(_entry(entry, f"report {n}") for n, entry in enumerate(document, 1)), ()


def _entry(entry: Any, where: str) -> ImportedReport:
    problems: list[ImportProblem] = []

    def refuse(field: str, text: str) -> None:
        problems.append(problem(field, text, where=where))

    if not isinstance(entry, dict):
        refuse("report", "not an object with exam, at and score.")
        return ImportedReport(where=where, problems=tuple(problems))
    for field in _unknown_fields(entry)[:MOST_NAMED]:
        refuse("report", f"{quoted(field)} is not a field; known are {', '.join(FIELDS)}.")
    domains = entry.get("domains") or {}
    if not isinstance(domains, dict) or len(domains) > MOST_DOMAINS:
        refuse("domains", f"not an object from up to {MOST_DOMAINS} domains to a band or a bar.")
        domains = {}

    def text(value: Any, field: str) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | float | None):
            refuse(field, "neither a text nor a number.")
            return ""
        return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)

    single: dict[str, Any] = {field: text(entry.get(field), field) for field in SINGLE}
    result = text(entry.get("result"), "result")
    said = words().said(result)
    if result and not said:
        refuse("result", "neither pass nor fail.")
    flags = entry.get("flags")
    if fault := _fault_of_flags(flags):
        refuse("flags", fault)
    return ImportedReport(
        **single,
        result=said,
        flags=() if fault else tuple(flags or ()),
        observations=tuple((name, text(seen, f"domain:{name}")) for name, seen in domains.items()),
        where=where,
        problems=tuple(problems),
    )


def _unknown_fields(entry: dict[str, Any]) -> list[str]:
    """The fields that are no part of a report, without those that name the person."""
    return [
        field
        for field in entry
        if field not in FIELDS and words().field(field.replace("_", " ")) != "person"
    ]


def _fault_of_flags(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, list) or not all(isinstance(flag, str) for flag in value):
        return "not a list of topics."
    many = f"{len(value)} are too many; up to {MOST_FLAGS} are accepted."
    return many if len(value) > MOST_FLAGS else ""
