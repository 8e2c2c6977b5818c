"""The root of the command line; each command is imported when it is called."""

from importlib import import_module

import click

from coach import __version__
from coach.cli.options import COMPLETING, with_session
from coach.cli.session import Session, say

MODULES = {
    "demo": "commands",
    "exams": "exams",
    "resources": "exams",
    "report": "records",
    "attempt": "records",
    "practice": "records",
    "terms": "records",
    "rate": "records",
    "today": "today",
    "retake": "answers",
    "checklist": "answers",
    "timeline": "answers",
    "heatmap": "answers",
    "advice": "answers",
    "forecast": "answers",
    "schedule": "answers",
    "mapping": "records",
    "reflect": "records",
    "faq": "answers",
    "hours": "planning",
    "target": "planning",
    "strategy": "planning",
    "block": "planning",
    "replan": "planning",
    "undo": "planning",
    "redo": "planning",
    "export": "files",
    "import": "files",
    "backup": "files",
    "doctor": "files",
    "locate": "files",
    "completion": "commands",
}


class Commands(click.Group):
    """Looks a command up by name and imports only its module."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in MODULES:
            return None
        module = import_module(f"coach.cli.{MODULES[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command


@click.group(cls=Commands, invoke_without_command=True)
@click.version_option(__version__, message="coach %(version)s")
@click.option("--data-dir", metavar="DIR", help="Folder of the data (or COACH_DATA_DIR).")
@click.option("--now", metavar="WHEN", envvar="COACH_NOW", help="Set the clock (or COACH_NOW).")
@click.pass_context
def coach(context: click.Context, data_dir: str | None, now: str | None) -> None:
    """When may you sit the exam again, when should you, and what to study this week.

    Without a command the app opens. WHEN is a date or a time as you say it: 2026-12-01 10:00, fri
    19:00, tomorrow 9am, 8 jan, +2w.

    Exit codes: 0 done, 1 refused and nothing changed, 2 wrong usage, 3 done, but the answer could
    not be written, 130 interrupted.
    """
    context.obj = Session(data_dir, now)
    if context.invoked_subcommand is None:
        from coach.cli.app import lacks_terminal, open_app

        if lacks_terminal():
            context.exit(2)
        open_app(context.obj)


@click.command("demo")
@with_session
def demo_command(session: Session) -> None:
    """Open the app on sample data in a throw-away folder.

    With --json the sample data is written to a new folder that stays, and its place is printed.
    """
    from coach.cli.app import PREFIX, lacks_terminal, open_demo, sample_service

    if session.as_json:
        from pathlib import Path
        from tempfile import mkdtemp

        folder = Path(mkdtemp(prefix=PREFIX))
        sample_service(session, folder)
        session.answer({"data": str(folder)}, lambda: str(folder))
        return
    if lacks_terminal():
        raise click.exceptions.Exit(2)
    open_demo(session)


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(shell: str) -> None:
    """Print the completion of a shell, such as eval "$(coach completion bash)"."""
    from click.shell_completion import ShellComplete, get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    # The script alone: what bash would be asked for its version is not the one that reads it.
    say(ShellComplete.source(kind(coach, {}, "coach", COMPLETING)))
