"""The commands around files: export, import, backup, doctor, locate."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli.options import with_session
from coach.cli.session import Session, emit, refusals, say, tell_wait
from coach.exchange.plain import printable

if TYPE_CHECKING:
    from coach.service.doctor import Checkup
    from coach.service.exporting import Kind
    from coach.service.maintenance import Maintenance

MOST_ALARM_MINUTES = 7 * 24 * 60


@click.command("export")
@click.argument("kind", type=click.Choice(["json", "csv", "ics", "markdown"]))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write.")
@click.option("--force", is_flag=True, help="Replace the file of -o where one is there.")
@click.option(
    "--alarm",
    type=click.IntRange(0, MOST_ALARM_MINUTES),
    metavar="MINUTES",
    help="ics: remind that long before each event.",
)
@with_session
def export_command(
    session: Session,
    kind: "Kind",
    output: Path | None,
    alarm: int | None,
    force: bool,
) -> None:
    """Write everything out: json to merge elsewhere, csv for a spreadsheet, ics for a calendar,
    markdown for this week on paper."""
    if alarm is not None and kind != "ics":
        raise click.UsageError("--alarm goes with ics only.")
    with refusals():
        data = session.service.export(kind, alarm)
        if output is not None:
            from coach.service.exporting import write

            write(session.folder, output, data, force=force)
    if output is not None:
        file = {"kind": kind, "file": str(output), "text": None}
        session.answer(file, lambda: f"Written to {printable(str(output))}.")
    elif session.as_json and kind != "json":
        emit({"kind": kind, "file": None, "text": data.decode()})
    else:
        say(data, nl=False)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@with_session
def import_command(session: Session, file: Path) -> None:
    """Merge an export or a data file of another machine in, without duplicates.

    Of each record the later change wins. FILE may be the name of a copy beside the data file.
    """
    with refusals():
        done = _maintenance(session).import_file(file)
    session.answer(done, lambda: done.message)


@click.group("backup")
def backup_command() -> None:
    """List, make and restore backups."""


@backup_command.command("list")
@with_session
def list_backups(session: Session) -> None:
    """List the backups, newest first."""
    with refusals():
        backups = _maintenance(session).backups()
    lines = [f"{backup.name}  {backup.bytes} bytes  {backup.reason}" for backup in backups]
    session.answer({"backups": backups}, lambda: "\n".join(lines) or "No backups yet.")


@backup_command.command("make")
@with_session
def make_backup(session: Session) -> None:
    """Make a backup of the data as it is."""
    with refusals():
        backup = _maintenance(session).make_backup()
    session.answer(backup, lambda: f"Made {backup.name}, {backup.bytes} bytes.")


@backup_command.command("restore")
@click.argument("name")
@with_session
def restore_backup(session: Session, name: str) -> None:
    """Bring a backup back; the beginning of its NAME is enough. The state before is kept."""
    with refusals():
        done = _maintenance(session).restore_backup(name)
    session.answer(done, lambda: done.message)


@click.command("doctor")
@click.option("--fix", is_flag=True, help="Mend what needs no decision, after a backup.")
@with_session
def doctor_command(session: Session, fix: bool) -> None:
    """Check the data and its files; the answer holds nothing personal, so it can be passed on."""
    with refusals():
        checkup = _maintenance(session).doctor(fix=fix)
    session.answer(checkup, lambda: _health(checkup))
    click.get_current_context().exit(0 if checkup.ok else 1)


def _health(checkup: "Checkup") -> str:
    width = max(map(len, checkup.about))
    lines = [f"{name.ljust(width)}  {value}" for name, value in checkup.about.items()]
    for title, findings in (("Mended", checkup.fixed), ("Wrong", checkup.problems)):
        for found in findings:
            where = f"{found.record} {found.field}" if found.field else found.record
            lines.append(f"{title}: {where} {found.text} {found.fix}")
    if checkup.backup is not None:
        lines.append(f"The file before is in {checkup.backup}.")
    lines += ["All is well."] if checkup.ok else []
    return "\n".join(printable(line) for line in lines)


@click.command("locate")
@with_session
def locate_command(session: Session) -> None:
    """Say where the files live."""
    from coach.service.data_files import locations

    found = locations(session.folder)
    width = max(map(len, found))
    lines = [f"{name.ljust(width)}  {printable(place)}" for name, place in found.items()]
    session.answer(found, lambda: "\n".join(lines))


def _maintenance(session: Session) -> "Maintenance":
    """What looks after the data folder, which works where the data cannot be read."""
    from coach.service.maintenance import Maintenance

    found = Maintenance(session.folder, lambda: session.clock(session.zone), waiting=tell_wait)
    session.tell_at_end(found.take_notices)
    return found
