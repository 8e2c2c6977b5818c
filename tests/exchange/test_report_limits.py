"""Every reader of reports limits what it counts: far too much is one sentence, at once."""

import json
from collections.abc import Callable

import pytest

from coach.exchange.report_file import read_reports

ONE = {"exam": "AZ-104", "at": "2026-11-20", "score": 640}
HEAD = "Exam: AZ-104\nDate: 2026-11-20\nScore: 640\n"
TOO_MUCH: dict[str, tuple[Callable[[], str], str]] = {
    "columns": (
        lambda: "exam,at,score" + ",x" * 490_000 + "\nAZ-104,2026-11-20,640\n",
        "490003 columns are too many; up to 300",
    ),
    "rows": (
        lambda: "exam,at,score\n" + "AZ-104,2026-11-20,640\n" * 6_000,
        "more than 5000 rows",
    ),
    "reports": (
        lambda: "exam,at,score\n" + "AZ-104,2026-11-20,640\n" * 501,
        "501 reports are too many; up to 500",
    ),
    "bad-rows": (lambda: "exam,at,score\n" + "a,b,c,d\n" * 900, "880 more rows"),
    "flags-of-a-table": (
        lambda: f"exam,at,score,flags\nAZ-104,2026-11-20,640,{'x;' * 9_000}\n",
        "9000 are too many; up to 100",
    ),
    "domains-of-a-table": (
        lambda: (
            "exam,at,score,domain,value\n"
            + "".join(f"AZ-104,2026-11-20,640,d{n},9\n" for n in range(4_900))
        ),
        "4900 are too many; up to 100",
    ),
    "reports-of-a-list": (lambda: json.dumps([ONE] * 501), "501 reports are too many; up to 500"),
    "flags-of-an-object": (
        lambda: json.dumps({**ONE, "flags": ["x"] * 80_000}),
        "80000 are too many; up to 100",
    ),
    "domains-of-an-object": (
        lambda: json.dumps({**ONE, "domains": dict.fromkeys(map(str, range(60_000)), 5)}),
        "up to 100 domains",
    ),
    "depth": (lambda: "[" * 200_000, "nested too deeply"),
    "lines": (lambda: HEAD + "a\n" * 2_000, "more than 1000 lines"),
    "characters": (lambda: HEAD + "a b: c " * 9_000, "more than 30000 characters"),
    "flags-of-a-text": (
        lambda: f"{HEAD}Flagged topics:\n" + "- topic\n- other\n" * 60,
        "120 are too many; up to 100",
    ),
}


@pytest.mark.parametrize(("made", "said"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_too_much_is_said_in_a_sentence(made: Callable[[], str], said: str) -> None:
    reports, problems = read_reports(made().encode(), "")
    every = [*problems, *(problem for report in reports for problem in report.problems)]
    assert said in " ".join(problem.text for problem in every)
    assert len(every) <= 60


def test_five_hundred_reports_are_read() -> None:
    reports, problems = read_reports(json.dumps([ONE] * 500).encode(), "")
    assert (len(reports), problems) == (500, ())


def test_unknown_fields_are_named_up_to_a_number() -> None:
    many = {**ONE, **dict.fromkeys(map("f{}".format, range(60_000)), 1)}
    (report,), _ = read_reports(json.dumps(many).encode(), "")
    assert len(report.problems) == 20


def test_a_pdf_without_an_index_is_one_sentence() -> None:
    data = b"%PDF-1.4\n" + b"1 0 obj << /A 1 >> endobj\n" * 60_000
    reports, (problem,) = read_reports(data, "")
    assert reports == ()
    assert "damaged or incomplete" in problem.text
