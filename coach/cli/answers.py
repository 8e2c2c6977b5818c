"""The commands that only read: dates, reports, plan, catalogue, questions."""

from collections.abc import Callable
from typing import Any

import click

from coach.cli import text
from coach.cli.options import code_argument, with_session
from coach.cli.session import Session, refusals
from coach.exchange.plain import printable
from coach.model.answers import Faq
from coach.service.input_parser import InputParser
from coach.service.view import ExamView, faq


def _answer(
    name: str, summary: str, document: Callable[[ExamView], Any], words: Callable[[ExamView], str]
) -> click.Command:
    """The command `name`, which prints one document about an exam, or the same in words."""

    @click.command(name, help=summary)
    @code_argument
    @with_session
    def run(session: Session, code: str | None) -> None:
        view = session.view(code)
        session.answer(document(view), lambda: words(view))

    return run


retake_command = _answer(
    "retake",
    "Say when the exam may be sat again, and when it should be.",
    lambda view: view.retake_answer,
    text.retake,
)
checklist_command = _answer(
    "checklist",
    "List what to do on the day of the exam.",
    lambda view: view.exam_day,
    text.exam_day,
)
timeline_command = _answer(
    "timeline",
    "List attempts, deadlines and cost.",
    lambda view: view.timeline,
    text.timeline,
)
heatmap_command = _answer(
    "heatmap",
    "Show the domains across all reports.",
    lambda view: view.heatmap,
    text.heatmap,
)
advice_command = _answer(
    "advice",
    "Say what the reports tell you to do.",
    lambda view: view.advice,
    text.advice,
)
forecast_command = _answer(
    "forecast",
    "Estimate the chance to pass by date, and check past estimates.",
    lambda view: view.forecast,
    text.forecast,
)


@click.command("schedule")
@code_argument
@click.option("--from", "start", metavar="DATE", help="First week to show (default: this one).")
@click.option("--weeks", type=click.IntRange(1, 520), help="Number of weeks to show.")
@click.option(
    "--compare",
    type=(int, int),
    metavar="A B",
    help="Instead: what led from version A of the plan to version B.",
)
@with_session
def schedule_command(
    session: Session,
    code: str | None,
    start: str | None,
    weeks: int | None,
    compare: tuple[int, int] | None,
) -> None:
    """Show the plan week by week, or what changed between two of its revisions."""
    from coach.service.schedule import compare_revisions, schedule

    if compare is not None:
        view = session.view(code)
        with refusals():
            compared = compare_revisions(view, *compare)
        session.answer(compared, lambda: text.comparison(compared))
        return
    reader = InputParser(session.clock(session.zone), session.zone)
    first = reader.day("from", start or "")
    with refusals():
        reader.finish()
    document = schedule(session.view(code), first, weeks)
    session.answer(document, lambda: text.schedule(document))


@click.command("faq")
@click.argument("words", nargs=-1)
@with_session
def faq_command(session: Session, words: tuple[str, ...]) -> None:
    """Answer questions about scores and reports; WORDS narrow them down."""
    document = faq(" ".join(words))
    session.answer(document, lambda: _text(document))


def _text(document: Faq) -> str:
    if not document.questions:
        return "No question holds these words; `coach faq` lists all."
    return "\n\n".join(
        f"{printable(entry.question)}\n  {printable(entry.answer)} [{entry.source}]"
        for entry in document.questions
    )
