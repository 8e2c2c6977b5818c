"""The command line: reads arguments, calls the service, prints text or one JSON document."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code: 0 done, 1 refused, 2 wrong usage, 3 done but
    the answer could not be written.

    Nothing is raised: what no command foresaw ends in one line that names the log file.
    """
    try:
        if instruction := os.environ.get("_COACH_COMPLETE"):
            return _complete(instruction)
        if list(arguments) in ([], ["demo"]):
            return _app(demo=bool(arguments))
        from coach.cli.commands import coach

        # Outside its standalone mode click hands back the code that a command exits with.
        code = coach.main(list(arguments), prog_name="coach", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        print("coach: interrupted.", file=sys.stderr)
        return 130
    except Exception as error:
        return _ended(error, arguments)


def _app(*, demo: bool) -> int:
    """Open the app as most people do, without options: they need no parser, and not its import."""
    from coach.cli.app import lacks_terminal, open_app, open_demo
    from coach.cli.session import Session

    if lacks_terminal():
        return 2
    session = Session(None, os.environ.get("COACH_NOW"))
    if demo:
        open_demo(session)
    else:
        open_app(session)
    return 0


def _complete(instruction: str) -> int:
    """Answer the shell; what cannot be completed is left to the user without a word, since that
    would be written over the line being typed."""
    from click.shell_completion import shell_complete

    from coach.cli.commands import coach
    from coach.cli.options import COMPLETING

    try:
        return shell_complete(coach, {}, "coach", COMPLETING, instruction)
    except Exception:
        return 1


def _ended(error: Exception, arguments: Sequence[str]) -> int:
    """The exit code for what was raised, once it is told."""
    import click

    if isinstance(error, click.ClickException):
        from io import StringIO

        from coach.exchange.plain import on_lines

        told = StringIO()
        error.show(told)  # the parser quotes what was wrong as it was typed
        print(on_lines(told.getvalue()), end="", file=sys.stderr)
        return error.exit_code
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if not isinstance(error, click.Abort):
        from coach.exchange.plain import printable

        print(f"coach: {printable(_logged(error, arguments))}", file=sys.stderr)
    return 1


def _logged(error: Exception, arguments: Sequence[str]) -> str:
    """The sentence for what no command foresaw; its traceback goes to the log."""
    import traceback

    from coach.service.data_files import data_folder, locations

    if isinstance(error, OSError) and error.strerror:
        return f"the system refused: {error.strerror}."
    log = Path(locations(data_folder(_given_folder(arguments)))["log"])
    what = f"an error inside Coach ({type(error).__name__})"
    try:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as stream:
            stream.writelines(traceback.format_exception(error))
    except OSError:
        return f"{what}; nothing was changed."
    return f"{what}; details are in {log}."


def _given_folder(arguments: Sequence[str]) -> str | None:
    """The value of `--data-dir`, whatever else the command line holds."""
    for name, value in zip(arguments, (*arguments[1:], ""), strict=False):
        if name == "--data-dir":
            return value or None
        if name.startswith("--data-dir="):
            return name.partition("=")[2]
    return None
