"""Score reports in a file of any kind that is understood: PDF, JSON, CSV or plain text."""

import re
from collections.abc import Callable

import msgspec

from coach.exchange.report_pdf import LARGEST_PDF, UnreadablePdf, pdf_text
from coach.exchange.report_table import read_json, read_table, table_of
from coach.exchange.report_text import MOST_CHARACTERS, MOST_LINES, read_text
from coach.exchange.report_values import Reading, problem
from coach.model.attempt import ImportedReport

LARGEST_TEXT = 1_000_000
LARGEST_FILE = LARGEST_PDF

_JSON_BEGINS = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{\]])')
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


DomainNames = Callable[[ImportedReport], tuple[str, ...]]
"""The domains of the exam that a report names; a text is read a second time with them."""


def read_reports(data: bytes, name: str, domains: DomainNames | None = None) -> Reading:
    """The reports of a file and what could not be read; never raises, whatever the content.

    The kind is told from the content, and from the ending of `name` where that leaves it open.
    A text is one report. Up to 5 MB of PDF and 1 MB of anything else are accepted.
    """
    domains = domains or (lambda _: ())
    ending = name.rpartition(".")[2].casefold()
    if b"%PDF-" in data[:1024] or (ending == "pdf" and data.strip()):
        return _read_pdf(data, domains)
    if len(data) > LARGEST_TEXT:
        return _refused(f"{len(data)} bytes are too many; up to {LARGEST_TEXT} are accepted.")
    text = _decoded(data)
    if not text.strip():
        return _refused("empty; it needs a score report as text, PDF, JSON or CSV.")
    if len(_CONTROL.findall(text)) > len(text) // 100:
        return _refused("neither a text nor PDF, JSON or CSV.")
    if ending == "json" or _JSON_BEGINS.match(text):
        found = read_json(text)
    elif table := table_of(text):
        found = read_table(text, table)
    elif ending == "csv":
        return _refused("no header row with the columns exam, at and score.")
    else:
        return _read_plain(text, domains)
    return found if any(found) else _refused("there is no report in it.")


def too_large(size: int) -> Reading:
    """The answer for a file that is too large to be read at all; `size` in bytes."""
    return _refused(f"{size} bytes are too many; up to {LARGEST_FILE} are accepted.")


def _refused(text: str) -> Reading:
    return (), (problem("file", text),)


def _read_pdf(data: bytes, domains: DomainNames) -> Reading:
    if len(data) > LARGEST_PDF:
        return too_large(len(data))
    try:
        reports, problems = _read_plain(pdf_text(data), domains)
    except UnreadablePdf as error:
        return _refused(f"this PDF {error}")
    return tuple(msgspec.structs.replace(report, source="pdf") for report in reports), problems


def _read_plain(text: str, domains: DomainNames) -> Reading:
    if len(text.splitlines()) > MOST_LINES:
        return _refused(f"more than {MOST_LINES} lines are too many for one score report.")
    if len(text) > MOST_CHARACTERS:
        return _refused(f"more than {MOST_CHARACTERS} characters are too many for one report.")
    report = read_text(text)
    if names := domains(report):
        report = read_text(text, names)
    if report == ImportedReport(unread=report.unread, lost=report.lost):
        return _refused("no exam, date, score or domain was found in it.")
    return (report,), ()


def _decoded(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else the Western encoding that any bytes fit."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
