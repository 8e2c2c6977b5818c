"""`coach report import`: every report that can be read is saved, everything else is named."""

import sys
from pathlib import Path

import click

from coach.cli.documents import Saved, saved
from coach.cli.session import Session, emit, refuse
from coach.exchange.report_file import LARGEST_BYTES, ReadProblem, ReadReport, read_reports
from coach.service.drafts import ReportDraft
from coach.service.outcome import Refused
from coach.service.refusal import Problem


def import_reports(session: Session, file: Path, as_json: bool) -> None:
    """Save the reports of a file; exit code 1 where anything was not understood."""
    reports, problems = read_reports(_data(file))
    found = list(problems)
    stored: list[Saved] = []
    for number, report in enumerate(reports, 1):
        outcome = session.service.add_report(_draft(report))
        if isinstance(outcome, Refused):
            found += [
                ReadProblem(line=None, field=p.field, text=f"report {number}, {p.text}")
                for p in outcome.problems
            ]
        else:
            stored.append(saved(outcome))
    if as_json:
        emit({"reports": stored, "problems": found})
    for entry in () if as_json else stored:
        click.echo(entry.message)
    if found:
        click.echo("coach: " + " ".join(problem.text for problem in found), err=True)
        click.get_current_context().exit(1)


def _draft(report: ReadReport) -> ReportDraft:
    return ReportDraft(
        exam=report.exam,
        at=report.at,
        score=report.score,
        outline=report.outline,
        observations=report.domains,
        flags=report.flags,
        place=report.place,
        fee=report.fee,
        note=report.note,
    )


def _data(file: Path) -> bytes:
    """The bytes of a file, or of standard input for `-`, one more than accepted at the most."""
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(LARGEST_BYTES + 1)
        with file.open("rb") as stream:
            return stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        refuse(Problem("file", f"file: {file} could not be read: {error.strerror}."))
