"""The commands around files: export, import, backup, doctor, locate."""

from pathlib import Path
from typing import NoReturn

import click

from coach.cli.options import json_option
from coach.cli.session import Session, answer, emit, refuse
from coach.service.refusal import Problem


@click.command("export")
@click.argument("kind", type=click.Choice(["json", "csv", "ics", "markdown"]))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write.")
@json_option
@click.pass_obj
def export_command(session: Session, kind: str, output: Path | None, as_json: bool) -> None:
    """Write everything out."""
    from coach.exchange.export import export_document, json_text

    if kind != "json":
        _later(f"export {kind}")
    state = session.service.state
    document = export_document(state.facts, state.now)
    if output is None:
        emit(document)
        return
    try:
        output.write_text(json_text(document) + "\n", encoding="utf-8")
    except OSError as error:
        refuse(Problem("output", f"output: {output} could not be written: {error.strerror}."))
    answer({"file": str(output)}, as_json, lambda: f"Written to {output}.")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def import_command(file: Path, as_json: bool) -> None:
    """Merge an export of another machine in."""
    _later("import")


@click.group("backup")
def backup_command() -> None:
    """List, make and restore backups."""


@backup_command.command("list")
@json_option
@click.pass_obj
def list_backups(session: Session, as_json: bool) -> None:
    """List the backups, newest first."""
    backups = session.service.backups()
    answer(
        {"backups": backups},
        as_json,
        lambda: (
            "\n".join(f"{b.name}  {b.bytes} bytes  {b.reason}" for b in backups)
            or "No backups yet."
        ),
    )


@click.command("doctor")
@json_option
def doctor_command(as_json: bool) -> None:
    """Check the stored data."""
    _later("doctor")


@click.command("locate")
@json_option
@click.pass_obj
def locate_command(session: Session, as_json: bool) -> None:
    """Say where the files live."""
    from coach.service.places import places

    found = places(session.folder)
    width = max(map(len, found))
    answer(
        found,
        as_json,
        lambda: "\n".join(f"{name.ljust(width)}  {place}" for name, place in found.items()),
    )


def _later(command: str) -> NoReturn:
    refuse(Problem("command", f"{command} is not part of this version of Coach yet."))
