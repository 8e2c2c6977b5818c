"""Which kind of file it is, how large it may be, and reports in JSON and CSV."""

import json

import pytest

from coach.exchange.report_file import LARGEST_FILE, LARGEST_TEXT, read_reports
from coach.model.attempt import ImportedReport

ONE = {
    "exam": "AZ-104", "at": "2026-11-20T10:00", "score": 640, "place": "online", "outline": None,
    "domains": {"Storage": "below", "Compute": 62}, "flags": ["Conditional Access"],
}  # fmt: skip
WIDE = """\
exam,at,score,place,outline,fee,note,flags,Storage,Compute
AZ-104,2026-11-20T10:00,640,online,,165,first,Conditional Access; DNS,below,62

AZ-500,20 Nov 2025,,,,,,,,
"""
LONG = """\
exam,at,score,domain,value
AZ-104,2026-11-20T10:00,640,Storage,below
AZ-104,2026-11-20T10:00,640,Compute,62
AZ-500,2025-11-20,655,Identity,near
"""


def read(text: str, name: str = "reports") -> tuple[ImportedReport, ...]:
    """The reports of a text without problems outside them."""
    reports, problems = read_reports(text.encode(), name)
    assert problems == ()
    return reports


def only_problem(data: bytes, name: str = "") -> tuple[int | None, str, str]:
    """Line, field and text of the one problem of a file that gives no report."""
    reports, (problem,) = read_reports(data, name)
    assert reports == ()
    return problem.line, problem.field, problem.text


@pytest.mark.parametrize("document", [ONE, [ONE]], ids=["object", "list"])
def test_json_gives_texts(document: object) -> None:
    (report,) = read(json.dumps(document))
    assert report.problems == ()
    assert (report.exam, report.at, report.score) == ("AZ-104", "2026-11-20T10:00", "640")
    assert report.observations == (("Storage", "below"), ("Compute", "62"))
    assert (report.place, report.outline) == ("online", "")
    assert report.flags == ("Conditional Access",)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('{"exam": "AZ-104",\n "at": }', 2, "not valid"),
        ('[\n{"exam": "AZ-104"\n', 3, "too early"),
        ("[" * 20_000, None, "nested"),
        ('{"exam": "\\ud800 \\u0041"}', 1, "not valid"),
    ],
    ids=["syntax", "truncated", "nested", "surrogate"],
)
def test_broken_json_names_its_line(text: str, line: int | None, what: str) -> None:
    found_line, field, sentence = only_problem(text.encode(), "report.json")
    assert (found_line, field) == (line, "file")
    assert what in sentence


BAD_ENTRIES = {
    "not-an-object": (7, "report"),
    "unknown-field": ({**ONE, "grade": 3}, "report"),
    "score-list": ({**ONE, "score": [640]}, "score"),
    "score-true": ({**ONE, "score": True}, "score"),
    "flags-text": ({**ONE, "flags": "DNS"}, "flags"),
    "domains-list": ({**ONE, "domains": ["below"]}, "domains"),
    "domain-object": ({**ONE, "domains": {"Storage": {}}}, "domain:Storage"),
}


@pytest.mark.parametrize(("entry", "field"), BAD_ENTRIES.values(), ids=BAD_ENTRIES)
def test_a_bad_json_entry_is_named_and_the_others_are_kept(entry: object, field: str) -> None:
    good, bad = read(json.dumps([ONE, entry]))
    assert good.problems == ()
    assert [problem.field for problem in bad.problems] == [field]
    assert bad.problems[0].text.startswith(f"report 2, {field.partition(':')[0]}: ")


def test_persons_in_json_and_csv_are_dropped() -> None:
    (report,) = read(json.dumps({**ONE, "candidate": "Jane Doe", "registration_id": 4711}))
    assert report.problems == ()
    assert "Jane" not in repr(report)
    (row,) = read("exam,at,score,Candidate Name,Storage\nAZ-104,2026-11-20,640,Jane Doe,near\n")
    assert row.observations == (("Storage", "near"),)
    assert "Jane" not in repr(row)


def test_a_wide_table_has_a_report_in_a_row() -> None:
    first, second = read(WIDE)
    assert (first.exam, first.at, first.score) == ("AZ-104", "2026-11-20T10:00", "640")
    assert (first.place, first.fee, first.note) == ("online", "165", "first")
    assert first.flags == ("Conditional Access", "DNS")
    assert first.observations == (("Storage", "below"), ("Compute", "62"))
    assert (first.where, second.where) == ("line 2", "line 4")
    assert (second.exam, second.at, second.observations) == ("AZ-500", "2025-11-20", ())


@pytest.mark.parametrize(
    ("header", "cells"),
    [("band", ("below", "62", "near")), ("band,bar", ("below,", ",62", "near,")),
     ("bar,value", (",below", "62,", ",near"))],
)  # fmt: skip
def test_a_long_table_may_name_its_values_bands_or_bars(
    header: str, cells: tuple[str, ...]
) -> None:
    _, *rows = LONG.splitlines()
    parts = [row.rpartition(",")[0] for row in rows]
    lines = [f"exam,at,score,domain,{header}", *map(",".join, zip(parts, cells, strict=True))]
    first, second = read("\n".join(lines))
    assert first.observations == (("Storage", "below"), ("Compute", "62"))
    assert second.observations == (("Identity", "near"),)
    assert first.problems == second.problems == ()


def test_a_long_table_has_a_domain_in_a_row() -> None:
    first, second = read(LONG)
    assert first.observations == (("Storage", "below"), ("Compute", "62"))
    assert dict(first.lines)["domain:Compute"] == 3
    assert (second.exam, second.score) == ("AZ-500", "655")
    assert second.observations == (("Identity", "near"),)


@pytest.mark.parametrize(
    "header",
    [
        "exam,at,score,domain,Level",
        "exam,at,score,domain,result",
        "exam,at,score,Skill area,Performance",
        "exam,at,score,Skill area,band",
        "Prüfung,Datum,Punktzahl,Bereich,Bewertung",
    ],
)
def test_a_long_table_may_have_headings_of_its_own(header: str) -> None:
    _, *rows = LONG.splitlines()
    first, second = read("\n".join([header, *rows]))
    assert first.observations == (("Storage", "below"), ("Compute", "62"))
    assert second.observations == (("Identity", "near"),)


def test_two_domains_of_a_wide_table_stay_domains() -> None:
    (only,) = read("exam,at,score,Storage,Compute\nAZ-104,2026-11-20,640,below,62\n")
    assert only.observations == (("Storage", "below"), ("Compute", "62"))


@pytest.mark.parametrize("delimiter", [";", "\t"], ids=["semicolon", "tab"])
def test_other_delimiters_give_the_same_reports(delimiter: str) -> None:
    plain = LONG.replace(",", delimiter)
    assert read(plain) == read(LONG)


def test_a_quoted_cell_may_hold_delimiters_and_lines() -> None:
    table = 'exam,at,note,Storage\nAZ-104,2026-11-20,"one,\ntwo",near\nAZ-500,2026-11-21,,\n'
    first, second = read(table)
    assert first.note == "one,\ntwo"
    assert (first.where, second.where) == ("line 2", "line 4")


def test_a_row_of_the_wrong_width_is_named_and_the_others_are_kept() -> None:
    table = "exam,at,score\nAZ-104,2026-11-20,640,7\nAZ-500,2026-11-21,640\n"
    (report,), (problem,) = read_reports(table.encode(), "a.csv")
    assert report.exam == "AZ-500"
    assert (problem.line, problem.field) == (2, "row")
    assert problem.text.startswith("line 2, ")


def test_rows_of_one_report_have_to_agree() -> None:
    (report,) = read(LONG.replace("640,Compute", "650,Compute").rpartition("AZ-500")[0])
    (problem,) = report.problems
    assert (problem.line, problem.field) == (3, "score")


def test_a_date_with_two_readings_is_a_problem_of_its_row() -> None:
    (report,) = read("exam,at,score\nAZ-104,11/12/2026,640\n")
    assert [(problem.line, problem.field) for problem in report.problems] == [(2, "at")]


REFUSED = {
    "empty": (b"", "", "empty"),
    "blank": (b" \n\t\n", "report.pdf", "empty"),
    "binary": (bytes(range(32)) * 20, "report.txt", "neither a text"),
    "no-report": (b"Dear diary, nothing happened.", "diary.txt", "no exam, date, score or domain"),
    "csv-without-header": (b"1,2,3\n", "report.csv", "exam, at and score"),
    "csv-only-header": (b"exam,at,score\n", "", "no report"),
    "json-empty-list": (b"[]", "", "no report"),
    "csv-doubled": (b"exam,at,at\n", "report.csv", "twice"),
    "long-text": (b"a" * (LARGEST_TEXT + 1), "a.txt", str(LARGEST_TEXT)),
    "many-lines": (b"a\n" * 6000, "a.txt", "1000 lines"),
    "long-pdf": (b"%PDF-1.4" + b" " * LARGEST_FILE, "a.pdf", str(LARGEST_FILE)),
}


@pytest.mark.parametrize(("data", "name", "what"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_report_is_refused_in_one_sentence(data: bytes, name: str, what: str) -> None:
    _, field, text = only_problem(data, name)
    assert field == "file"
    assert text.startswith(("file: ", "line "))
    assert what in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_are_read(encoding: str) -> None:
    text = "Exam: AZ-104\nStorage – Near Target\n"
    (report,), problems = read_reports(text.encode(encoding), "")
    assert problems == ()
    assert (report.exam, report.observations) == ("AZ-104", (("Storage", "Near Target"),))


def test_a_text_in_brackets_is_no_json() -> None:
    (report,) = read("[AZ-104] report\nScore: 640\n")
    assert (report.exam, report.score) == ("AZ-104", "640")
