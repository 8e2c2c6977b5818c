"""The commands that record facts: report, attempt, practice."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from coach.cli.options import json_option, pairs, stacked
from coach.cli.session import Session, answer, finish, refusals, refuse
from coach.exchange.plain import quoted
from coach.service.drafts import AttemptDraft, PracticeDraft, ReportDraft
from coach.service.outcome import Done
from coach.service.refusal import Problem

Draft = TypeVar("Draft", ReportDraft, AttemptDraft)
report_options = stacked(
    click.option("--at", metavar="WHEN", help="When the exam was sat."),
    click.option("--score", metavar="N", help="The scaled score on the report."),
    click.option("--result", metavar="pass|fail", help="Where the report has no score."),
    click.option("--outline", metavar="ID", help="Outline to use (default: in force that day)."),
    click.option(
        "--band",
        "bands",
        multiple=True,
        metavar="DOMAIN=BAND",
        help="A domain's band: below, near, above or unknown.",
    ),
    click.option(
        "--bar",
        "bars",
        multiple=True,
        metavar="DOMAIN=N",
        help="A domain's bar read by eye, 0 to 100.",
    ),
    click.option(
        "--flag",
        "flags",
        multiple=True,
        metavar="TOPIC",
        help="A topic the report lists as needing improvement.",
    ),
    click.option("--place", metavar="centre|online", help="Where it was sat."),
    click.option("--fee", metavar="N", help="What it cost."),
    click.option("--received", metavar="DATE", help="Day of the report, if a later one."),
    click.option("--source", metavar="screen|pdf|profile", help="Where you saw the report."),
    click.option("--note", metavar="TEXT", help="A note of your own; never the questions."),
)


@click.group("report")
def report_command() -> None:
    """Record, correct and remove score reports."""


@report_command.command("add")
@click.argument("code", required=False, default="")
@report_options
@json_option
@click.pass_obj
def add_report(session: Session, /, code: str, as_json: bool, **given: Any) -> None:
    """Record a delivered attempt with its report, and re-plan."""
    if given["at"] is None:
        raise click.UsageError("Missing option '--at'.")
    if given["score"] is None and given["result"] is None:
        raise click.UsageError("Missing option '--score'.")
    draft = _overlaid(ReportDraft(exam=code, at="", score=""), given)
    _saved(finish(session.service.add_report(draft)), as_json)


@report_command.command("edit")
@click.argument("report_id", metavar="ID")
@report_options
@json_option
@click.pass_obj
def edit_report(session: Session, /, report_id: str, as_json: bool, **given: Any) -> None:
    """Correct a stored report; only what is given changes."""
    with refusals():
        draft = _overlaid(session.service.report_draft(report_id), given)
    _saved(finish(session.service.edit_report(report_id, draft)), as_json)


@report_command.command("remove")
@click.argument("report_id", metavar="ID")
@json_option
@click.pass_obj
def remove_report(session: Session, report_id: str, as_json: bool) -> None:
    """Remove a report together with its attempt, and re-plan."""
    _saved(finish(session.service.remove(report_id)), as_json)


@report_command.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@json_option
@click.pass_obj
def import_report(session: Session, file: Path, as_json: bool) -> None:
    """Read reports from a file, or from standard input with `-`."""
    from coach.cli.importing import import_reports

    import_reports(session, file, as_json)


def _overlaid(draft: ReportDraft, given: dict[str, Any]) -> ReportDraft:
    """The draft with the options that were given; a domain that is named replaces its old value."""
    observed = dict(draft.observations)
    bands, bars = pairs(given.pop("bands"), "--band"), pairs(given.pop("bars"), "--bar")
    if misplaced := (*_misplaced("band", bands), *_misplaced("bar", bars)):
        refuse(*misplaced)
    typed = (*bands, *bars)
    flags = given.pop("flags")
    draft = msgspec.structs.replace(
        draft,
        observations=(*observed.items(), *typed) if typed else draft.observations,
        flags=flags or draft.flags,
    )
    return _changed(draft, given)


def _changed(draft: Draft, given: dict[str, Any]) -> Draft:
    """The draft with the texts of the options that were given."""
    fields = {name: value for name, value in given.items() if value is not None}
    return msgspec.structs.replace(draft, **fields)


def _misplaced(option: str, typed: tuple[tuple[str, str], ...]) -> Iterator[Problem]:
    """A number given as a band, a word given as a bar, or nothing at all."""
    for domain, text in typed:
        is_number = text.lstrip("+-").isdecimal()
        if not text:
            said = f"{option}: missing for {quoted(domain)}; type"
        elif is_number != (option == "bar"):
            said = f"{option}: {quoted(text)} for {quoted(domain)} is not one; type"
        else:
            continue
        word = "a word such as below, near or above with --band"
        yield Problem(f"domain:{domain}", f"{said} {word}, or a bar from 0 to 100 with --bar.")


attempt_options = stacked(
    click.option("--at", metavar="WHEN", help="When the appointment is or was."),
    click.option(
        "--status",
        metavar="STATUS",
        help="booked, pending, delivered, no-show, late-cancelled, cancelled, interrupted, "
        "revoked or beta.",
    ),
    click.option("--fee", metavar="N", help="What it cost."),
    click.option("--place", metavar="P", help="centre or online."),
    click.option("--case", "case_number", metavar="N", help="The Pearson VUE case."),
    click.option("--reason", metavar="REASON", help="internet, equipment or other."),
    click.option(
        "--waiver-granted/--no-waiver", default=None, help="Whether the wait after it was waived."
    ),
    click.option("--note", metavar="TEXT", help="A note of your own."),
)


@click.group("attempt")
def attempt_command() -> None:
    """Record, correct and remove appointments."""


@attempt_command.command("add")
@click.argument("code", required=False, default="")
@attempt_options
@json_option
@click.pass_obj
def add_attempt(session: Session, /, code: str, as_json: bool, **given: Any) -> None:
    """Record a booking, a missed or an interrupted sitting, and re-plan."""
    for required in ("at", "status"):
        if given[required] is None:
            raise click.UsageError(f"Missing option '--{required}'.")
    draft = _changed(AttemptDraft(exam=code, at="", status=""), given)
    _saved(finish(session.service.add_attempt(draft)), as_json)


@attempt_command.command("edit")
@click.argument("attempt_id", metavar="ID")
@attempt_options
@json_option
@click.pass_obj
def edit_attempt(session: Session, /, attempt_id: str, as_json: bool, **given: Any) -> None:
    """Correct a stored appointment; only what is given changes, an empty text clears."""
    with refusals():
        draft = _changed(session.service.attempt_draft(attempt_id), given)
    _saved(finish(session.service.edit_attempt(attempt_id, draft)), as_json)


@attempt_command.command("remove")
@click.argument("attempt_id", metavar="ID")
@json_option
@click.pass_obj
def remove_attempt(session: Session, attempt_id: str, as_json: bool) -> None:
    """Remove an appointment together with its report, and re-plan."""
    _saved(finish(session.service.remove(attempt_id)), as_json)


@click.group("practice")
def practice_command() -> None:
    """Log quiz and lab results."""


@practice_command.command("add")
@click.argument("code", required=False, default="")
@click.option("--domain", metavar="D", default="", help="Number, name or part of it.")
@click.option("--topic", metavar="T", default="", help="A topic; alone it tells its domain.")
@click.option("--correct", metavar="N", required=True, help="Items right.")
@click.option("--total", metavar="M", required=True, help="Items asked.")
@click.option("--source", metavar="TEXT", default="", help="Where the items came from.")
@click.option("--at", metavar="WHEN", default="", help="When (default: now).")
@json_option
@click.pass_obj
def add_practice(session: Session, /, code: str, as_json: bool, **given: str) -> None:
    """Log a quiz or lab result in one domain or topic, and re-plan."""
    _saved(finish(session.service.add_practice(PracticeDraft(exam=code, **given))), as_json)


def _saved(done: Done, as_json: bool) -> None:
    from coach.cli import text
    from coach.cli.documents import saved

    answer(saved(done), as_json, lambda: text.saved(done))
