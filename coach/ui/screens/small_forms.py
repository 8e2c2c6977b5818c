"""Small forms that every screen can open: the date to plan for, and a file to import."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from coach.service.outcome import Refused
from coach.service.refusal import Problem
from coach.ui.screens.move_form import Field, SmallForm

if TYPE_CHECKING:
    from coach.service import Service
    from coach.service.outcome import Outcome

MOST_BYTES = 32_000_000


def target_form(service: Service, code: str) -> SmallForm:
    """Asks for the date to plan for."""
    head = service.view(code).head
    shown = "auto" if head.target is None else f"{head.target:%Y-%m-%d}"
    hint = "A date, or a date and time; auto follows your booking and your report."
    field = Field("target", "Plan for", shown, hint)
    return SmallForm("Goal date", (field,), partial(service.set_target, code))


def import_form(service: Service) -> SmallForm:
    """Asks for the file of a score report."""
    field = Field("file", "File", "", "A score report as text, PDF, JSON or CSV.")
    return SmallForm("Import a report", (field,), partial(_import, service))


def _import(service: Service, name: str) -> Outcome:
    """Store the reports of a file: done where one was stored, with what could not be."""
    from coach.service.importing import import_reports

    path = Path(name.strip()).expanduser()
    try:
        data = _read(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Refused((Problem("file", f"file: it could not be read: {reason}."),))
    imported = import_reports(service, data, path.name)
    problems = " ".join(problem.text for problem in imported.problems)
    if not imported.saved:
        return Refused((Problem("file", problems or "file: no report was found in it."),))
    remarks = [note.text for note in imported.notes]
    words = [*(done.message for done in imported.saved), *remarks, problems]
    return msgspec.structs.replace(imported.saved[-1], message=" ".join(filter(None, words)))


def _read(path: Path) -> bytes:
    """The bytes of a file, cut where there are more than any report has."""
    if not path.is_file():
        raise ValueError("there is no such file")
    with path.open("rb") as stream:
        return stream.read(MOST_BYTES)
