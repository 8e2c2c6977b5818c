"""The reflect command: a person's own view of a sitting."""

from typing import Any

import click
import msgspec

from coach.cli.options import json_option, pairs
from coach.cli.session import Session, answer, finish, refusals
from coach.exchange.plain import printable
from coach.model.attempt import Reflection, Report
from coach.service.drafts import ReflectionDraft


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
@json_option
@click.pass_obj
def reflect_command(
    session: Session, /, report: str, methods: tuple[str, ...], as_json: bool, **given: Any
) -> None:
    """Show or keep your own view of a sitting, which no report tells."""
    typed = tuple((place, tuple(ways.split(","))) for place, ways in pairs(methods, "--method"))
    draft = ReflectionDraft(report=report, methods=typed, **given)
    if draft != ReflectionDraft(report=report):
        report = finish(session.service.reflect(draft)).report or report
    with refusals():
        found = session.service.reflected_report(report)
    answer(_document(found), as_json, lambda: _text(found))


def _document(report: Report) -> dict[str, object]:
    view = report.reflection or Reflection()
    return {"report": report.id, "exam": report.exam, **msgspec.structs.asdict(view)}


def _text(report: Report) -> str:
    view = report.reflection
    if view is None:
        return (
            f"{report.exam}: nothing is kept about report {report.id}; see `coach reflect --help`"
        )
    lines = [f"{report.exam}, report {report.id}, by your own account"]
    lines += [f"  Felt hard: {', '.join(view.hard_formats)}"] if view.hard_formats else []
    lines += [f"  Seemed missing: {view.lacking}"] if view.lacking else []
    lines += [f"  {printable(name)}: {', '.join(ways)}" for name, ways in view.methods.items()]
    return "\n".join(lines)
