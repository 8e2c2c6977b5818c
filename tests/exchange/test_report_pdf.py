"""Reports in PDF: the text is read, a drawn bar is not, and a broken file is one sentence."""

import zlib

import pytest

from coach.exchange.report_file import read_reports
from tests.exchange.report_pdfs import pdf, pdf_of

LINES = (
    "Exam AZ-104: Microsoft Azure Administrator",
    "Candidate: Jane Doe",
    "Exam date: November 20, 2026",
    "Your score: 640",
    "Result: Fail",
    "Manage Azure identities and governance\tNeeds Improvement",
    "Deploy and manage Azure compute resources (20-25%)\t62%",
    "Implement and manage storage",
)


def problem_of(data: bytes) -> str:
    """The sentence about a PDF that gives no report."""
    reports, (problem,) = read_reports(data, "report.pdf")
    assert reports == ()
    assert problem.field == "file"
    return problem.text


def test_a_pdf_is_read_like_its_text() -> None:
    (report,), problems = read_reports(pdf(*LINES), "report.pdf")
    assert problems == ()
    assert report.problems == ()
    assert (report.exam, report.at, report.score) == ("AZ-104", "2026-11-20", "640")
    assert report.result == "fail"
    assert "Jane" not in repr(report)
    assert report.source == "pdf", "RP-11"


def test_a_bar_that_is_drawn_gives_no_value() -> None:
    (report,), _ = read_reports(pdf(*LINES), "report.pdf")
    assert report.observations == (
        ("Manage Azure identities and governance", "Needs Improvement"),
        ("Deploy and manage Azure compute resources", "62%"),
    )


def test_the_content_tells_a_pdf_whatever_its_name() -> None:
    assert read_reports(pdf(*LINES), "-") == read_reports(pdf(*LINES), "report.pdf")


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9])
def test_a_truncated_pdf_is_one_sentence(share: float, caplog: pytest.LogCaptureFixture) -> None:
    whole = pdf(*LINES)
    assert "damaged or incomplete" in problem_of(whole[: int(len(whole) * share)])
    assert caplog.records == []


def test_a_pdf_without_text_is_one_sentence() -> None:
    assert "no text" in problem_of(pdf())


def test_a_file_that_only_claims_to_be_a_pdf_is_one_sentence() -> None:
    assert "damaged or incomplete" in problem_of(b"Score: 640\n")


ENCRYPTED = {
    "password": b"/V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b">",
    "aes-256": (
        b"/V 5 /R 6 /Length 256 /P -4 /O <" + b"41" * 48 + b"> /U <" + b"42" * 48
        + b"> /OE <" + b"43" * 32 + b"> /UE <" + b"44" * 32 + b"> /Perms <" + b"45" * 16
        + b"> /CF << /StdCF << /CFM /AESV3 /Length 32 >> >> /StmF /StdCF /StrF /StdCF"
    ),
}  # fmt: skip


@pytest.mark.parametrize("entries", ENCRYPTED.values(), ids=ENCRYPTED)
def test_an_encrypted_pdf_is_one_sentence(entries: bytes) -> None:
    # The hashes belong to no password, so the empty one does not open the file.
    trailer = b"/Encrypt << /Filter /Standard " + entries + b" >> /ID [<00> <00>]"
    assert "is encrypted" in problem_of(pdf_of(b"BT (Score: 640) Tj ET", trailer))


def test_a_pdf_that_is_far_too_long_is_refused_before_its_text_is_laid_out() -> None:
    line = b"BT /F1 11 Tf 60 700 Td (Score: 640) Tj ET\n"
    assert "more than a score report" in problem_of(pdf_of(line * 40_000))


def test_a_compressed_page_is_read() -> None:
    plain = pdf_of(b"BT /F1 11 Tf 60 700 Td (Exam AZ-104) Tj ET")
    content = zlib.compress(b"BT /F1 11 Tf 60 700 Td (Exam AZ-104) Tj ET")
    packed = plain.replace(
        b"<< /Length 42 >>", b"<< /Filter /FlateDecode /Length %d >>" % len(content)
    )
    packed = packed.replace(b"BT /F1 11 Tf 60 700 Td (Exam AZ-104) Tj ET", content)
    assert packed != plain
    (report,), _ = read_reports(packed, "")
    assert report.exam == "AZ-104"
