"""`coach report import`: every report that can be read is saved, everything else is named."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from coach.cli.documents import Saved, saved
from coach.cli.session import Session, emit, refuse
from coach.exchange.plain import printable
from coach.exchange.report_file import LARGEST_FILE, too_large
from coach.exchange.report_records import ReadProblem
from coach.service import importing
from coach.service.refusal import Problem
from coach.wording import listed

MOST_NAMED = 20


def import_reports(session: Session, file: Path, as_json: bool) -> None:
    """Save the reports of a file; exit code 1 where anything was not understood."""
    data = _data(file)
    if isinstance(data, int):
        imported = importing.Imported(saved=(), problems=too_large(data)[1], notes=())
    else:
        imported = importing.import_reports(session.service, data, file.name)
    documents = [saved(done) for done in imported.saved]
    if as_json:
        emit({"reports": documents, "problems": imported.problems, "notes": imported.notes})
    else:
        for line in (*_saved(documents), *_texts(imported.notes)):
            click.echo(printable(line))
    if imported.problems:
        click.echo(f"coach: {printable(' '.join(_texts(imported.problems)))}", err=True)
        click.get_current_context().exit(1)


def _saved(documents: Iterable[Saved]) -> Iterator[str]:
    """What each report comes to, its weak domains first."""
    for one in documents:
        weak = f" Weak: {listed(one.weak)}." if one.weak else ""
        yield f"{one.exam}: {one.message}{weak}"


def _texts(remarks: Iterable[ReadProblem]) -> list[str]:
    """The sentences, with the number of those beyond what a person reads at once."""
    texts = [remark.text for remark in remarks]
    more = len(texts) - MOST_NAMED
    return [*texts[:MOST_NAMED], *([f"And {more} more; --json lists all."] if more > 0 else [])]


def _data(file: Path) -> bytes | int:
    """The bytes of a file, or of standard input for `-`; only its size where that is too much."""
    try:
        if str(file) == "-":
            data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            size = file.stat().st_size
            if size > LARGEST_FILE:
                return size
            with file.open("rb") as stream:
                data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        refuse(Problem("file", f"file: {file} could not be read: {error.strerror}."))
    return len(data) if len(data) > LARGEST_FILE else data
