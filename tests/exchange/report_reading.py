"""Reads one pasted text the way the tests compare it."""

from coach.exchange.report_file import read_reports
from coach.model.attempt import ImportedReport


def read(text: str) -> ImportedReport:
    """The one report of a text that has no problem outside it."""
    reports, problems = read_reports(text.encode(), "pasted")
    assert problems == ()
    (report,) = reports
    return report


def values(report: ImportedReport) -> tuple[str, str, str, str]:
    """Exam, time, score and result of a report."""
    return report.exam, report.at, report.score, report.result
