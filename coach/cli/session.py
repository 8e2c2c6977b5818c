"""One run of the command line: where the data is, what time it is, and how answers leave.

Opening the app needs the session but no click, which is imported by what needs it.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

from coach import ANSWER_LOST
from coach.dates import Moment, read_when
from coach.exchange.plain import on_lines, printable
from coach.exchange.time_zones import system_zone, unreadable_zone
from coach.service.data_files import data_folder, read_given
from coach.service.outcome import Done, Outcome, Refused
from coach.service.refusal import Problem, Refusal

if TYPE_CHECKING:
    from coach.service.service import Service, Typed, UseCase
    from coach.service.view import ExamView


COPIES = (
    "coach: a file synchroniser left another copy of the data beside it; "
    "`coach doctor --fix` merges it."
)


class Session:
    """The options that every command shares, and the service behind them."""

    def __init__(self, data_dir: str | None, now: str | None) -> None:
        self.data_dir = data_dir
        self.as_json = False
        self.zone = local_zone()
        if unreadable := unreadable_zone():
            print(f"coach: {unreadable}", file=sys.stderr)
        self._fixed_now = self._fixed(now)

    def _fixed(self, now: str | None) -> datetime | None:
        if not now:
            return None
        from coach.service.service import system_clock

        moment = read_when(now, system_clock(self.zone), self.zone)
        if isinstance(moment, Moment):
            return moment.at

        import click

        raise click.BadParameter(f"{now!r} {moment.said}.", param_hint="--now")

    @cached_property
    def folder(self) -> Path:
        """The data folder."""
        return data_folder(self.data_dir)

    @cached_property
    def service(self) -> "Service":
        """The service on the data folder; data that cannot be read ends the command."""
        service = self.open(self.folder)
        self.tell_at_end(service.take_notices)
        if service.copies():
            import click

            click.echo(COPIES, err=True)
        return service

    def tell_at_end(self, notices: Callable[[], tuple[str, ...]]) -> None:
        """Say what happened to the data file besides, whatever the command itself comes to."""
        import click

        def tell() -> None:
            for notice in notices():
                click.echo(f"coach: {printable(notice)}", err=True)

        context = click.get_current_context(silent=True)
        if context is not None:
            context.call_on_close(tell)

    def open(self, folder: Path) -> "Service":
        """The service on any folder, with the clock of this session."""
        with data_problems():
            return self.start(folder)

    def start(self, folder: Path) -> "Service":
        """The same; raises `UnreadableData` where the data cannot be used."""
        from coach.service.service import Service

        return Service(folder, self.zone, self.clock, waiting=tell_wait)

    def clock(self, zone: ZoneInfo) -> datetime:
        """The time of `--now`, else that of the system."""
        from coach.service.service import system_clock

        return system_clock(zone) if self._fixed_now is None else self._fixed_now.astimezone(zone)

    def answer(self, document: object, text: Callable[[], str]) -> None:
        """Print a document, as JSON where that was asked for, or in words."""
        if self.as_json:
            emit(document)
        else:
            say(on_lines(text()))

    def act(
        self, use_case: "UseCase[Typed]", *typed: "Typed.args", **named: "Typed.kwargs"
    ) -> Done:
        """What a use case did; a refusal ends the command with its one line."""
        return finish(self.service.act(use_case, *typed, **named))

    def view(self, code: str | None) -> "ExamView":
        """The answers about an exam; an unknown or unclear code ends the command."""
        with refusals():
            return self.service.view(code)


def local_zone() -> ZoneInfo:
    """The zone of TZ, else the system's named one; UTC where neither can be read."""
    try:
        if "TZ" in os.environ:
            return system_zone(os.environ["TZ"]) or ZoneInfo("UTC")
        # What /etc/localtime links to is what tzlocal finds too, without its import.
        _, zoneinfo, name = os.path.realpath("/etc/localtime").partition("/zoneinfo/")
        if not zoneinfo:
            import tzlocal

            name = tzlocal.get_localzone_name()
        return ZoneInfo(name)
    except (ValueError, LookupError, OSError):
        return ZoneInfo("UTC")


def tell_wait() -> None:
    """Say why a save takes its time."""
    print("coach: another Coach is writing; waiting a moment.", file=sys.stderr, flush=True)


def emit(document: object) -> None:
    """Print one JSON document."""
    from coach.exchange.export import json_text

    text = json_text(document)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = json_text(document, ascii_only=True)
    say(text)


def say(data: str | bytes, *, nl: bool = True) -> None:
    """Print an answer. Where that fails what was asked is done all the same, saves included: the
    exit code tells that from a refusal."""
    import click

    try:
        if sys.stdout is None:  # as it is where the shell closed it
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        click.echo(data, nl=nl)
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            lost = f"the answer could not be written: {error.strerror}"
            print(f"coach: {lost}; what was asked is done.", file=sys.stderr)
        raise click.exceptions.Exit(ANSWER_LOST) from error


@contextmanager
def data_problems() -> Iterator[None]:
    """Data that cannot be read inside ends the command with its one line."""
    from coach.service.service import UnreadableData

    try:
        yield
    except UnreadableData as error:
        refuse(Problem("data", str(error), ""))


@contextmanager
def refusals() -> Iterator[None]:
    """A refusal inside ends the command with its one line."""
    try:
        yield
    except Refusal as refusal:
        refuse(*refusal.problems)


def finish(outcome: Outcome) -> Done:
    """The outcome of a use case; a refusal ends the command with its one line."""
    if isinstance(outcome, Refused):
        refuse(*outcome.problems)
    return outcome


def read_input(file: Path, most: int) -> bytes:
    """The bytes of a file, or of standard input for `-`, one more than `most` where it has more;
    what cannot be read ends the command."""
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(most + 1) if sys.stdin else b""
    except OSError as error:
        refuse(Problem("file", f"{file} could not be read: {error.strerror}."))
    with refusals():
        return read_given(file, most)


def refuse(*problems: Problem) -> NoReturn:
    """End the command: exit code 1 and one line on standard error, and as JSON if asked for."""
    import click

    from coach.exchange.export import json_text

    line = " ".join(problem.text for problem in problems)
    click.echo(f"coach: {printable(line)}", err=True)
    context = click.get_current_context(silent=True)
    session = context and context.find_object(Session)
    if session and session.as_json:
        with suppress(OSError):
            told = [{"field": each.field, "text": each.text} for each in problems]
            click.echo(json_text({"problems": told}))
    raise click.exceptions.Exit(1)
