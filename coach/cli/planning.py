"""The commands around the plan: hours, target, strategy, block, replan, undo."""

from collections.abc import Callable
from typing import Any

import click
from msgspec.structs import replace

from coach.cli import text
from coach.cli.documents import hours_document, plan_change
from coach.cli.options import code_argument, complete_code, complete_id, pairs, with_session
from coach.cli.session import Session, data_problems, finish
from coach.service import blocks, settings
from coach.service.drafts import HoursDraft
from coach.service.outcome import Done
from coach.service.service import UseCase


@click.command("hours")
@click.argument("windows", nargs=-1, metavar="[DAY=HH:MM-HH:MM]...")
@click.option("--off", multiple=True, metavar="DATE[..DATE]", help="A day off, or a span of them.")
@click.option("--clear", is_flag=True, help="Start from an empty week without days off.")
@click.option("--block", default="", metavar="MINUTES", help="Longest session (default: 60).")
@click.option("--breaks", default="", metavar="MINUTES", help="Between two sessions (default: 0).")
@click.option("--daily", default="", metavar="MINUTES|none", help="Most study on one day.")
@click.option("--weekly", default="", metavar="MINUTES|none", help="Most study in one week.")
@click.option(
    "--spare", default="", metavar="MINUTES", help="A week, for strong areas (default: 0)."
)
@click.option("--busy", default="", metavar="FILE.ics", help="Keep free of study what is in it.")
@click.option("--busy-name", default="", metavar="NAME", help="Which of several calendars.")
@click.option("--all-day", default="", metavar="busy|free", help="What whole days in it are.")
@click.option("--no-busy", is_flag=True, help="Forget all calendars, or the one named.")
@with_session
def hours_command(session: Session, /, windows: tuple[str, ...], **typed: Any) -> None:
    """Show or set the weekly hours and days off; several spans of a day go with commas.

    A calendar file is read once: give it again when it has changed. Several calendars are kept
    by name: that of the file, or --busy-name.
    """
    by_day: dict[str, list[str]] = {}
    for day, span in pairs(windows, "hours"):
        by_day.setdefault(day, []).append(span)
    spans = tuple((day, ",".join(texts)) for day, texts in by_day.items())
    draft = HoursDraft(windows=spans, **typed)
    done = session.act(settings.set_hours, draft) if draft != HoursDraft() else None
    hours, zone = session.service.state.facts.hours, session.service.zone

    def in_words() -> str:
        shown = text.hours(hours, zone)
        return f"{shown}\n{text.saved(done)}" if done else shown

    session.answer(hours_document(hours, zone), in_words)


@click.command("target")
@click.argument(
    "words", nargs=-1, required=True, metavar="[CODE] WHEN|auto", shell_complete=complete_code
)
@with_session
def target_command(session: Session, words: tuple[str, ...]) -> None:
    """Set the date to plan for, or let it follow the report with `auto`."""
    _set(session, settings.set_target, words)


@click.command("strategy")
@click.argument(
    "words", nargs=-1, required=True, metavar="[CODE] NAME", shell_complete=complete_code
)
@with_session
def strategy_command(session: Session, words: tuple[str, ...]) -> None:
    """Choose how the study time is split: auto, two-tier, priority or balanced."""
    _set(session, settings.set_strategy, words)


def _set(session: Session, use_case: UseCase[str, str], words: tuple[str, ...]) -> None:
    """Set one value of an exam, which `words` begin with where there are two."""
    if len(words) > 2:
        raise click.UsageError(
            "Too many words: an exam code and one value are accepted; "
            "put quotes around a date of several words, such as '8 jan 2027'."
        )
    code, value = words if len(words) == 2 else ("", *words)
    _planned(session, session.act(use_case, code, value))


@click.group("block")
def block_command() -> None:
    """Work with study sessions: done, skip, pin, move."""


block_argument = click.argument("block_id", metavar="ID", shell_complete=complete_id)


@block_command.command("done")
@block_argument
@click.option("--minutes", default="", metavar="N", help="Minutes really spent.")
@with_session
def block_done(session: Session, block_id: str, minutes: str) -> None:
    """Tick a session, or untick it."""
    _planned(session, session.act(blocks.block_done, block_id, minutes))


@block_command.command("skip")
@block_argument
@with_session
def block_skip(session: Session, block_id: str) -> None:
    """Skip a session, or plan a skipped one again."""
    _planned(session, session.act(blocks.block_skip, block_id))


@block_command.command("pin")
@block_argument
@with_session
def block_pin(session: Session, block_id: str) -> None:
    """Pin a session to its place, or release it."""
    _planned(session, session.act(blocks.block_pin, block_id))


@block_command.command("move")
@block_argument
@click.argument("when", required=False, default="")
@click.option("--minutes", default="", metavar="N", help="New length.")
@with_session
def block_move(session: Session, block_id: str, when: str, minutes: str) -> None:
    """Move a session to another time, or give it another length."""
    _planned(session, session.act(blocks.block_move, block_id, when, minutes))


@click.command("replan")
@code_argument
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--future", default="", metavar="fresh|later|fewer", help="How to go on after a gap.")
@with_session
def replan_command(session: Session, code: str | None, dry_run: bool, future: str) -> None:
    """Plan again from the facts; missed sessions are rescheduled."""
    run = session.service.preview if dry_run else session.service.act
    done = finish(run(settings.replan, code, future=future))
    if dry_run and not future:
        done = replace(done, message=f"{done.exam}: a preview, nothing is saved.")
    _planned(session, done, text.replanned)


@click.command("undo")
@click.option("--list", "as_list", is_flag=True, help="Only list what can be taken back.")
@with_session
def undo_command(session: Session, as_list: bool) -> None:
    """Take back the last action; again, the one before it."""
    if not as_list:
        _planned(session, finish(session.service.undo()))
        return
    with data_problems():
        actions = session.service.history()
    document = {"actions": [{"at": at, "label": label} for at, label in actions]}
    session.answer(document, lambda: text.actions(actions))


@click.command("redo")
@with_session
def redo_command(session: Session) -> None:
    """Do again what `coach undo` took back last."""
    _planned(session, finish(session.service.undo(redo=True)))


def _planned(session: Session, done: Done, words: Callable[[Done], str] | None = None) -> None:
    """Answer with the plan after an action, in `words`, by default those for a saved record."""
    document = {"exam": done.exam, "message": done.message, "plan": plan_change(done)}
    session.answer(document, lambda: (words or text.saved)(done))
