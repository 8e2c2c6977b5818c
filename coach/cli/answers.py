"""The reading commands: retake, timeline, heatmap, advice, schedule."""

from datetime import date

import click

from coach.cli.options import code_argument, json_option
from coach.cli.session import Session, answer, refuse
from coach.service.refusal import Problem


@click.command("retake")
@code_argument
@json_option
@click.pass_obj
def retake_command(session: Session, code: str | None, as_json: bool) -> None:
    """Say when the exam may be sat again, and when it should be."""
    from coach.cli import text

    document = session.view(code).retake
    answer(document, as_json, lambda: text.retake(document))


@click.command("timeline")
@code_argument
@json_option
@click.pass_obj
def timeline_command(session: Session, code: str | None, as_json: bool) -> None:
    """List attempts, deadlines and cost."""
    from coach.cli import text

    document = session.view(code).timeline
    answer(document, as_json, lambda: text.timeline(document))


@click.command("heatmap")
@code_argument
@json_option
@click.pass_obj
def heatmap_command(session: Session, code: str | None, as_json: bool) -> None:
    """Show the domains across all reports."""
    from coach.cli import text

    document = session.view(code).heatmap
    answer(document, as_json, lambda: text.heatmap(document))


@click.command("advice")
@code_argument
@json_option
@click.pass_obj
def advice_command(session: Session, code: str | None, as_json: bool) -> None:
    """Say what the reports tell you to do."""
    from coach.cli import text

    document = session.view(code).advice
    answer(document, as_json, lambda: text.advice(document))


@click.command("schedule")
@code_argument
@click.option("--from", "start", metavar="DATE", help="First week to show (default: this one).")
@click.option("--weeks", type=click.IntRange(1, 520), help="Number of weeks to show.")
@json_option
@click.pass_obj
def schedule_command(
    session: Session, code: str | None, start: str | None, weeks: int | None, as_json: bool
) -> None:
    """Show the plan week by week."""
    from coach.cli import text
    from coach.service.schedule import schedule

    try:
        first = date.fromisoformat(start) if start else None
    except ValueError:
        refuse(Problem("from", f'from: "{start}" is not a date; type for example 2026-11-23.'))
    view = session.view(code)
    whole = first is None and weeks is None
    document = view.schedule if whole else schedule(view, first, weeks)
    answer(document, as_json, lambda: text.schedule(document))
