"""Whatever a file holds: reports, problems, or both, and never an exception."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coach.exchange.report_file import read_reports
from coach.service.importing import import_reports
from coach.service.service import Service
from tests.exchange.report_pdfs import pdf, pdf_of
from tests.service.conftest import Clock

NAMES = st.sampled_from(["", "a.txt", "a.pdf", "a.json", "a.csv", "-"])
WORDS = st.sampled_from(
    ["Exam", "AZ-104", "Score", "Required score", "640", "1001", ":", " ", "  ", "\t", "\n", "Date",
     "2026-11-20", "11/12/2026", "Result", "Pass", "Fail", "Manage Azure identities and governance",
     "Implement and manage storage", "Below Target", "needs improvement", "62%", "...", "-", "|",
     "Topics to review:", "Conditional Access", "Candidate", "(20-25%)", "Below Target:", "\x00"]
)  # fmt: skip
REPORT = pdf("Exam: AZ-104", "Date: 2026-11-20", "Score: 640", "Implement and manage storage\tNear")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
)
FIELDS = st.sampled_from(["exam", "at", "score", "domains", "flags", "place", "fee", "note", "x"])

FUZZ = settings(deadline=None)


def check(data: bytes, name: str) -> None:
    """Reading gives reports or problems, each a sentence on one line."""
    reports, problems = read_reports(data, name)
    assert reports or problems
    for found in (*problems, *(problem for report in reports for problem in report.problems)):
        assert found.text.isprintable()
        assert found.line is None or found.line >= 1


@FUZZ
@given(st.binary(max_size=400), NAMES)
@example(b"\xff\xfe", "")
@example(b"\xff\xfe\x00\xd8", "a.json")
@example(b"exam,at\n\x00,\x00", "")
@example(b'exam,at\n"', "")
@example(b"%PDF-", "")
def test_random_bytes(data: bytes, name: str) -> None:
    check(data, name)


@FUZZ
@given(st.text(max_size=400), NAMES)
def test_random_text(text: str, name: str) -> None:
    check(text.encode("utf-8", "surrogatepass"), name)


@FUZZ
@given(st.lists(WORDS, max_size=40).map("".join))
@example("Score" * 100)
@example("1/" * 300)
@example("Near Target " * 40)
def test_texts_of_report_words(text: str) -> None:
    check(text.encode(), "")


@FUZZ
@given(st.dictionaries(FIELDS, VALUES, max_size=6) | st.lists(VALUES, max_size=3))
def test_random_json(document: object) -> None:
    check(json.dumps(document).encode(), "a.json")


@FUZZ
@given(st.lists(st.lists(st.text(max_size=8), max_size=6).map(",".join), max_size=6).map("\n".join))
def test_random_tables(rows: str) -> None:
    check(f"exam,at,score,domain,value\n{rows}".encode("utf-8", "surrogatepass"), "a.csv")


@FUZZ
@given(st.integers(0, len(REPORT)), st.binary(max_size=40))
def test_truncated_and_damaged_pdfs(end: int, tail: bytes) -> None:
    check(REPORT[:end] + tail, "a.pdf")


@FUZZ
@given(st.integers(0, len(REPORT) - 1), st.integers(0, 255))
def test_pdfs_with_one_wrong_byte(place: int, byte: int) -> None:
    check(REPORT[:place] + bytes([byte]) + REPORT[place + 1 :], "a.pdf")


@FUZZ
@given(st.binary(max_size=200))
def test_pdfs_with_random_pages(content: bytes) -> None:
    check(pdf_of(content), "a.pdf")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(WORDS, max_size=30).map("".join))
def test_a_report_is_stored_whole_or_not_at_all(tmp_path: Path, text: str) -> None:
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    service = Service(folder, ZoneInfo("Europe/Berlin"), Clock("2026-11-21T09:00"))
    whole = f"Exam: AZ-104\nDate: 2026-11-20\nScore: 640\n{text}"
    imported = import_reports(service, whole.encode(), "pasted")
    facts = service.state.facts
    assert len(facts.reports) == len(facts.attempts) == len(imported.saved)
    assert bool(imported.saved) != bool(imported.problems)
    assert (folder / "coach.json").exists() == bool(imported.saved)
