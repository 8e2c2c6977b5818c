"""The commands that record facts: report, attempt, practice, terms, reflect, mapping."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec
from msgspec.structs import replace

from coach.cli import text
from coach.cli.documents import saved
from coach.cli.options import (
    code_argument,
    complete_code,
    complete_domain,
    complete_id,
    pairs,
    stacked,
    with_session,
)
from coach.cli.session import Session, emit, read_input, refusals, refuse, say
from coach.descriptions import TERMS, own_view_facts
from coach.exchange.plain import printable, quoted
from coach.model.attempt import Reflection, Report
from coach.service import attempts, exams, practice, rating, reflection, reports, settings
from coach.service.drafts import (
    AttemptDraft,
    MappingDraft,
    PracticeDraft,
    PracticeTestDraft,
    RatingDraft,
    ReflectionDraft,
    ReportDraft,
)
from coach.service.outcome import Done
from coach.service.refusal import Problem
from coach.wording import counted, listed

if TYPE_CHECKING:
    from coach.model.attempt import ImportProblem

Draft = TypeVar("Draft", ReportDraft, AttemptDraft)
report_options = stacked(
    click.option("--at", metavar="WHEN", help="When the exam was sat."),
    click.option("--score", metavar="N", help="The scaled score on the report."),
    click.option("--result", metavar="pass|fail", help="Where the report has no score."),
    click.option("--outline", metavar="ID", help="Outline to use (default: in force that day)."),
    click.option(
        "--band",
        "bands",
        shell_complete=complete_domain,
        multiple=True,
        metavar="DOMAIN=BAND",
        help="A domain's band: below, near, above or unknown.",
    ),
    click.option(
        "--bar",
        "bars",
        shell_complete=complete_domain,
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
@click.argument("code", required=False, default="", shell_complete=complete_code)
@report_options
@with_session
def add_report(session: Session, /, code: str, **given: Any) -> None:
    """Record a delivered attempt with its report, and re-plan."""
    if given["at"] is None:
        raise click.UsageError("Missing option '--at'.")
    if given["score"] is None and given["result"] is None:
        raise click.UsageError(
            "Missing option '--score', or '--result pass|fail' where the report has no score."
        )
    draft = _overlaid(ReportDraft(exam=code, at="", score=""), given)
    _saved(session, session.act(reports.add_report, draft))


@report_command.command("edit")
@click.argument("report_id", metavar="ID", shell_complete=complete_id)
@click.option("--exam", metavar="CODE", shell_complete=complete_code, help="Of another exam.")
@report_options
@with_session
def edit_report(session: Session, /, report_id: str, exam: str | None, **given: Any) -> None:
    """Correct a stored report; only what is given changes."""
    service = session.service
    with refusals():
        draft = service.ask(reports.report_draft, report_id)
        draft = draft if exam is None else reports.draft_for(service.state.world, draft, exam)
        draft = _overlaid(draft, given)
    _saved(session, session.act(reports.edit_report, report_id, draft))


@report_command.command("remove")
@click.argument("report_id", metavar="ID", shell_complete=complete_id)
@with_session
def remove_report(session: Session, report_id: str) -> None:
    """Remove a report together with its attempt, and re-plan."""
    _saved(session, session.act(attempts.remove, report_id))


@report_command.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@with_session
def import_report(session: Session, file: Path) -> None:
    """Read reports from a file, or from standard input with `-`.

    What can be read is saved. Exit code 1 where something was not; it is named.
    """
    # Imported here because reading reports costs more than any other command takes.
    from coach.exchange.report_file import too_large
    from coach.service import importing

    data = _data(file)
    if isinstance(data, int):
        imported = importing.ImportResult(problems=too_large(data)[1])
    else:
        imported = importing.import_reports(session.service, data, file.name)
    documents = [saved(done) for done in imported.saved]
    if session.as_json:
        emit({"reports": documents, "problems": imported.problems, "notes": imported.notes})
    else:
        for one in documents:
            weak = f" Weak: {listed(one.weak)}." if one.weak else ""
            say(printable(f"{one.exam}: {one.message}{weak}"))
        for line in _texts(imported.notes):
            say(printable(line))
    if imported.problems:
        part = f"only {counted(len(documents), 'report')} saved; " if documents else ""
        texts = printable(" ".join(_texts(imported.problems)))
        click.echo(f"coach: {part}{texts}", err=True)
        click.get_current_context().exit(1)


def _overlaid(draft: ReportDraft, given: dict[str, Any]) -> ReportDraft:
    """The draft with the options that were given; a domain that is named replaces its old value."""
    bands, bars = pairs(given.pop("bands"), "--band"), pairs(given.pop("bars"), "--bar")
    if misplaced := (*_misplaced("band", bands), *_misplaced("bar", bars)):
        refuse(*misplaced)
    observations, flags = (*draft.observations, *bands, *bars), given.pop("flags") or draft.flags
    return _changed(replace(draft, observations=observations, flags=flags), given)


def _changed(draft: Draft, given: dict[str, Any]) -> Draft:
    """The draft with the texts of the options that were given."""
    fields = {name: value for name, value in given.items() if value is not None}
    return replace(draft, **fields)


def _misplaced(option: str, typed: tuple[tuple[str, str], ...]) -> Iterator[Problem]:
    """A number given as a band, a word given as a bar, or nothing at all."""
    for domain, value in typed:
        is_number = value.lstrip("+-").isdecimal()
        if not value:
            said = f"missing for {quoted(domain)}; type"
        elif is_number != (option == "bar"):
            said = f"{quoted(value)} for {quoted(domain)} is not a {option}; type"
        else:
            continue
        word = "a word such as below, near or above with --band"
        what = f"{said} {word}, or a bar from 0 to 100 with --bar."
        yield Problem(f"domain:{domain}", what, option)


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
@click.argument("code", required=False, default="", shell_complete=complete_code)
@attempt_options
@with_session
def add_attempt(session: Session, /, code: str, **given: Any) -> None:
    """Record a booking, a missed or an interrupted sitting, and re-plan."""
    for required in ("at", "status"):
        if given[required] is None:
            raise click.UsageError(f"Missing option '--{required}'.")
    draft = _changed(AttemptDraft(exam=code, at="", status=""), given)
    _saved(session, session.act(attempts.add_attempt, draft))


@attempt_command.command("edit")
@click.argument("attempt_id", metavar="ID", shell_complete=complete_id)
@attempt_options
@with_session
def edit_attempt(session: Session, /, attempt_id: str, **given: Any) -> None:
    """Correct a stored appointment; only what is given changes, an empty text clears."""
    with refusals():
        draft = _changed(session.service.ask(attempts.attempt_draft, attempt_id), given)
    _saved(session, session.act(attempts.edit_attempt, attempt_id, draft))


@attempt_command.command("remove")
@click.argument("attempt_id", metavar="ID", shell_complete=complete_id)
@with_session
def remove_attempt(session: Session, attempt_id: str) -> None:
    """Remove an appointment together with its report, and re-plan."""
    _saved(session, session.act(attempts.remove, attempt_id))


@click.group("practice")
def practice_command() -> None:
    """Log quiz, lab and practice-test results."""


@practice_command.command("add")
@click.argument("code", required=False, default="", shell_complete=complete_code)
@click.option(
    "--domain",
    metavar="D",
    default="",
    shell_complete=complete_domain,
    help="Number, name or part of it.",
)
@click.option("--topic", metavar="T", default="", help="A topic; alone it tells its domain.")
@click.option("--correct", metavar="N", default="", help="Items right.")
@click.option("--total", metavar="M", default="", help="Items asked.")
@click.option(
    "--result", "results", multiple=True, metavar="D=14/20|D=70%", help="One domain of a test."
)
@click.option("--overall", metavar="40/50|80%", default="", help="All of a practice test.")
@click.option("--source", metavar="TEXT", default="", help="Where the items came from.")
@click.option("--at", metavar="WHEN", default="", help="When (default: now).")
@with_session
def add_practice(session: Session, /, code: str, **given: Any) -> None:
    """Log a quiz or lab result in one domain or topic, or a whole practice test, and re-plan."""
    results, overall = pairs(given.pop("results"), "--result"), given.pop("overall")
    single = [name for name in ("domain", "topic", "correct", "total") if given[name]]
    if results or overall:
        if single:
            raise click.UsageError(f"--{single[0]} does not go with --result or --overall.")
        at, source = given["at"], given["source"]
        test = PracticeTestDraft(exam=code, results=results, overall=overall, at=at, source=source)
        _saved(session, session.act(practice.add_practice_test, test))
        return
    for name in ("correct", "total"):
        if not given[name]:
            raise click.UsageError(f"Missing option '--{name}'.")
    draft = PracticeDraft(exam=code, **given)
    _saved(session, session.act(practice.add_practice, draft))


@practice_command.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--code", metavar="CODE", default="", help="The exam, where several are tracked.")
@click.option("--source", metavar="TEXT", default="", help="Where the items came from.")
@click.option("--at", metavar="WHEN", default="", help="When (default: now).")
@with_session
def import_practice(session: Session, file: Path, code: str, source: str, at: str) -> None:
    """Log one whole practice test from a list or CSV: a domain and its result a line."""
    data = _data(file)
    if isinstance(data, int):
        refuse(Problem("file", "it is too large for the result of one test."))
    with refusals():
        draft = practice.practice_test_of(code, data.decode(errors="replace"), source=source, at=at)
    _saved(session, session.act(practice.add_practice_test, draft))


def _saved(session: Session, done: Done) -> None:
    session.answer(saved(done), lambda: text.saved(done))


MOST_NAMED = 20


def _texts(remarks: "Iterable[ImportProblem]") -> list[str]:
    """The sentences, with the number of those beyond what a person reads at once."""
    texts = [remark.text for remark in remarks]
    more = len(texts) - MOST_NAMED
    return [*texts[:MOST_NAMED], *([f"And {more} more; --json lists all."] if more > 0 else [])]


def _data(file: Path) -> bytes | int:
    """The bytes of a file, or of standard input for `-`; only its size where that is too much."""
    from coach.exchange.report_file import LARGEST_FILE

    data = read_input(file, LARGEST_FILE)
    if len(data) <= LARGEST_FILE:
        return data
    return len(data) if str(file) == "-" else file.stat().st_size


@click.command("reflect")
@click.argument("report", required=False, default="", metavar="[REPORT|CODE]")
@click.option(
    "--hard",
    "hard_formats",
    multiple=True,
    metavar="FORMAT",
    help="A format that felt hard: multiple-choice, multiple-response, case-study, "
    "drag-and-drop, build-list, scenario or simulation.",
)
@click.option(
    "--lacking",
    default="",
    metavar="WHAT",
    help="What seemed missing: concepts, practice, both or frameworks.",
)
@click.option(
    "--method",
    "methods",
    multiple=True,
    metavar="DOMAIN=WAY[,WAY]",
    help="How a domain or topic was studied before it: reading, videos, labs, questions, "
    "scenarios, course or study-partner.",
)
@click.option("--clear", is_flag=True, help="Take everything back first.")
@with_session
def reflect_command(
    session: Session, /, report: str, methods: tuple[str, ...], **given: Any
) -> None:
    """Show or keep how a sitting felt, which no report tells."""
    typed = tuple((place, tuple(ways.split(","))) for place, ways in pairs(methods, "--method"))
    draft = ReflectionDraft(report=report, methods=typed, **given)
    if draft != ReflectionDraft(report=report):
        report = session.act(reflection.reflect, draft).report or report
    with refusals():
        found = session.service.ask(reflection.reflected_report, report)
    view = msgspec.structs.asdict(found.reflection or Reflection())
    session.answer({"report": found.id, "exam": found.exam, **view}, lambda: _text(found))


def _text(report: Report) -> str:
    view = report.reflection
    if view is None:
        return (
            f"{report.exam}: nothing is kept about report {report.id}; see `coach reflect --help`"
        )
    title = f"{report.exam}, report {report.id}, by your own account"
    return "\n".join((title, *text.labelled(own_view_facts(view))))


@click.command("terms")
@code_argument
@click.option("--purchased", metavar="DATE", help="Day of the order.")
@click.option("--voucher-expires", metavar="DATE", help="Last day of the voucher.")
@click.option(
    "--change-notice", metavar="TEXT", help="Notice of a voucher: 72 hours, 6 business days."
)
@click.option("--accommodations", metavar="DATE", help="Day on which they were asked for.")
@click.option("--eligible-from", metavar="DATE", help="Day of the vendor's approval.")
@click.option("--renewed-until", metavar="DATE", help="Expiry of the renewed certificate.")
@with_session
def terms_command(session: Session, /, code: str | None, **given: Any) -> None:
    """Show or set what was agreed with the vendor; an empty text clears."""
    service = session.service
    changes = {name: typed for name, typed in given.items() if typed is not None}
    with refusals():
        exam, draft = service.view(code).code, service.ask(settings.terms_draft, code)
    if changes:
        session.act(settings.set_terms, exam, replace(draft, **changes))
        draft = service.ask(settings.terms_draft, exam)
    terms = {name: getattr(draft, name) or None for name in TERMS}
    known = text.labelled((TERMS[name], value or "") for name, value in terms.items())
    lines = [f"{exam} terms", *known] if known else [f"{exam}: no terms are entered"]
    session.answer({"exam": exam, **terms}, lambda: "\n".join(lines))


@click.command("rate")
@code_argument
@click.option("--band", "bands", multiple=True, metavar="DOMAIN=BAND", help="A domain's band.")
@click.option("--topic", "topics", multiple=True, metavar="TOPIC=BAND", help="A topic's band.")
@click.option("--from-predecessor", is_flag=True, help="Take over the old exam's newest report.")
@click.option("--clear", is_flag=True, help="Take everything back first.")
@with_session
def rate_command(session: Session, /, code: str | None, **given: Any) -> None:
    """Show or set your own bands of an exam's domains before there is a report.

    BAND is below, near, above, or unknown to take it back.
    """
    exam = code or ""
    if any(given.values()):
        given["bands"] = pairs(given["bands"], "--band")
        given["topics"] = pairs(given["topics"], "--topic")
        done = session.act(rating.rate, RatingDraft(exam=exam, **given))
        exam = done.exam or exam
        if not session.as_json:
            click.echo(text.saved(done))
            return
    document = session.view(exam or None).rating
    session.answer(document, lambda: text.rating(document))


@click.command("mapping")
@click.argument("words", nargs=-1, metavar="[CODE] [OLD=NEW]...")
@click.option("--from", "earlier", default="", metavar="OUTLINE", help="The earlier outline.")
@click.option("--suggested", is_flag=True, help="Take over what Coach proposes.")
@click.option("--clear", is_flag=True, help="Take all pairs back first.")
@with_session
def mapping_command(
    session: Session,
    words: tuple[str, ...],
    earlier: str,
    suggested: bool,
    clear: bool,
) -> None:
    """Show or set which domain continues which when an exam's outline has changed.

    OLD and NEW are numbers, names or parts of them; OLD= takes a pair back.
    """
    named = words[:1] if words and "=" not in words[0] else ()
    code = named[0] if named else ""
    typed = pairs(words[len(named) :], "mapping")
    if typed or suggested or clear:
        draft = MappingDraft(
            exam=code, earlier=earlier, pairs=typed, suggested=suggested, clear=clear
        )
        code = session.act(exams.set_mappings, draft).exam or code
    document = session.view(code or None).mappings
    session.answer(document, lambda: text.mapping(document))
