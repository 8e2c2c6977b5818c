"""The reading commands: retake, checklist, timeline, heatmap, advice, forecast, schedule."""

from importlib import import_module

import click

from coach.cli.options import code_argument, json_option
from coach.cli.session import Session, answer, refusals
from coach.service.reader import Reader


def _answer(name: str, summary: str, words: str = "text", *, command: str = "") -> click.Command:
    """The command that prints the answer `name` of a view, in words by the function of that name
    in the module `words`. It is called `name` too, unless `command` says otherwise."""

    @click.command(command or name, help=summary)
    @code_argument
    @json_option
    @click.pass_obj
    def run(session: Session, code: str | None, as_json: bool) -> None:
        in_words = getattr(import_module(f"coach.cli.{words}"), name)
        view = session.view(code)
        answer(getattr(view, name), as_json, lambda: in_words(view))

    return run


retake_command = _answer("retake", "Say when the exam may be sat again, and when it should be.")
checklist_command = _answer(
    "exam_day", "List what to do on the day of the exam.", "exam_text", command="checklist"
)
timeline_command = _answer("timeline", "List attempts, deadlines and cost.")
heatmap_command = _answer("heatmap", "Show the domains across all reports.", "reading_text")
advice_command = _answer("advice", "Say what the reports tell you to do.", "reading_text")
forecast_command = _answer(
    "forecast", "Guess the chance to pass by date, and grade past guesses.", "forecast_text"
)


@click.command("schedule")
@code_argument
@click.option("--from", "start", metavar="DATE", help="First week to show (default: this one).")
@click.option("--weeks", type=click.IntRange(1, 520), help="Number of weeks to show.")
@click.option(
    "--compare",
    type=(int, int),
    metavar="A B",
    help="Instead: what led from revision A of the plan to revision B.",
)
@json_option
@click.pass_obj
def schedule_command(
    session: Session,
    code: str | None,
    start: str | None,
    weeks: int | None,
    compare: tuple[int, int] | None,
    as_json: bool,
) -> None:
    """Show the plan week by week, or what changed between two of its revisions."""
    from coach.cli import text
    from coach.service.schedule import schedule

    if compare is not None:
        with refusals():
            compared = session.service.compare_revisions(*compare, code)
        answer(compared, as_json, lambda: text.comparison(compared))
        return
    reader = Reader(session.zone)
    first = reader.day("from", start or "")
    with refusals():
        reader.finish()
    document = schedule(session.view(code), first, weeks)
    answer(document, as_json, lambda: text.schedule(document))
