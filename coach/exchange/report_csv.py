"""Score reports as a table, one of two kinds, told apart by the header row.

Wide: a row is a report, with the columns exam, at, score, place, outline, fee, source, note, flags
(parted by semicolons) and one more column per domain. Long: a row is one domain of a report, with
the columns exam, at, score, domain, value and, where wanted, those of the wide kind; the value may
also stand in a column bar or band.
"""

import csv
from collections.abc import Iterator
from typing import Any

import msgspec

from coach.exchange.plain import quoted
from coach.exchange.report_dates import read_time
from coach.exchange.report_labels import label_field
from coach.exchange.report_records import SINGLE, Reading, ReadProblem, ReadReport, problem

# The columns that may hold what a report shows for a domain, in the order they are looked at.
VALUES = ("value", "bar", "band")
REPORT = (*SINGLE, "flags")
KNOWN = (*REPORT, "domain", *VALUES)
DELIMITERS = (",", ";", "\t")

Row = dict[str, str]


def csv_delimiter(text: str) -> str | None:
    """The delimiter of a table with at least the columns exam and at, None for other texts."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    for delimiter in DELIMITERS:
        names = {cell.strip(' "').casefold() for cell in first.split(delimiter)}
        if {"exam", "at"} <= names:
            return delimiter
    return None


def read_csv(text: str, delimiter: str) -> Reading:
    """The reports of a table; a row that cannot be read is a problem with its line."""
    problems: list[ReadProblem] = []
    table = _rows(text, delimiter, problems)
    header = [_column(cell) for cell in next(table, (0, []))[1]]
    doubled = sorted({name for name in header if name and header.count(name) > 1})
    if doubled:
        text = f"the column {quoted(doubled[0])} is there twice; give each column once."
        return (), (problem("file", text, 1),)
    rows: list[tuple[int, Row]] = []
    for line, row in table:
        if len(row) != len(header):
            text = f"{len(row)} columns where the header row has {len(header)}."
            problems.append(problem("row", text, line))
        elif any(row):
            rows.append(
                (line, {name: cell for name, cell in zip(header, row, strict=True) if name})
            )
    long = "domain" in header and not set(VALUES).isdisjoint(header)
    return tuple(_long(rows) if long else (_wide(line, row) for line, row in rows)), tuple(problems)


def _rows(
    text: str, delimiter: str, problems: list[ReadProblem]
) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line it begins on."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error:
            problems.append(
                problem("row", "not a row of a table; nothing after it was read.", line)
            )
            return
        if row is None:
            return
        if row:
            yield line, [cell.strip() for cell in row]


def _column(cell: str) -> str:
    """The name of a column: a known field, a domain as written, nothing for a person's."""
    name = cell.casefold()
    if name in KNOWN:
        return name
    return "" if label_field(cell.replace("_", " ")) == "person" else cell


def _wide(line: int, row: Row) -> ReadReport:
    domains = tuple((name, cell) for name, cell in row.items() if name not in KNOWN and cell)
    return _report(line, row, domains, tuple((f"domain:{name}", line) for name, _ in domains))


def _long(rows: list[tuple[int, Row]]) -> Iterator[ReadReport]:
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
        given = [(line, row) for line, row in members if row["domain"] and _value(row)]
        domains = tuple((row["domain"], _value(row)) for _, row in given)
        lines = tuple((f"domain:{row['domain']}", line) for line, row in given)
        report = _report(members[0][0], merged, domains, lines)
        yield msgspec.structs.replace(report, problems=(*report.problems, *problems))


def _value(row: Row) -> str:
    """What a row of the long kind shows for its domain, empty where it shows nothing."""
    return next((row[name] for name in VALUES if row.get(name)), "")


def _report(
    line: int, row: Row, domains: tuple[tuple[str, str], ...], lines: tuple[tuple[str, int], ...]
) -> ReadReport:
    found = read_time(row.get("at", ""))
    unclear = found.problem if found else ""
    flags = (flag.strip() for flag in row.get("flags", "").split(";"))
    single: dict[str, Any] = {field: row.get(field, "") for field in SINGLE}
    if found and not unclear:
        single["at"] = found.at
    return ReadReport(
        **single,
        flags=tuple(flag for flag in flags if flag),
        domains=domains,
        lines=(*((field, line) for field in (*SINGLE, "flags")), *lines),
        where=f"line {line}",
        problems=(problem("at", unclear, line),) if unclear else (),
    )
