"""Small forms about files of one's own data: where to export to, and what to merge in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coach.service.outcome import Done, Refused
from coach.service.refusal import Refusal
from coach.ui.screens.forms.move_form import Field, SmallForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.service import Service
    from coach.service.care import Imported
    from coach.service.outcome import Outcome


def export_form(service: Service) -> SmallForm:
    """Asks where to write all records to."""
    name = f"~/coach-{service.state.now:%Y-%m-%d}.json"
    field = Field("output", "File", name, "All records as JSON; another Coach merges them in.")
    return SmallForm("Export your data", (field,), partial(_export, service))


def _export(service: Service, name: str) -> Outcome:
    from coach.service.exporting import write

    path = _path(name)
    try:
        write(service.folder, path, service.export("json"))
    except Refusal as refusal:
        return Refused(refusal.problems)
    return Done(state=service.state, message=f"Written to {path}.")


def merge_form(service: Service) -> SmallForm:
    """Asks for the file to merge in."""
    hint = "An export, or the coach.json of another machine. Of each record the later change wins."
    field = Field("file", "File", "", hint)
    return SmallForm("Merge another copy in", (field,), partial(_merge_file, service))


def _merge_file(service: Service, name: str) -> Outcome:
    return _merged(service, partial(service.care().import_file, _path(name)))


def merge_copy(service: Service, name: str) -> Outcome:
    """Merge a copy that a synchroniser left beside the data."""
    return _merged(service, partial(service.care().merge_copy, name))


def _merged(service: Service, merge: Callable[[], Imported]) -> Outcome:
    try:
        done = merge()
    except Refusal as refusal:
        return Refused(refusal.problems)
    return Done(state=service.refresh(), message=_told(done))


def _told(done: Imported) -> str:
    if not (done.added or done.changed or done.removed):
        return "Nothing new: all of it is here already, or changed since."
    counts = f"{done.added} came in, {done.changed} changed, {done.removed} removed"
    return f"Records: {counts}. r on the Schedule fits the plan to it."


def _path(name: str) -> Path:
    return Path(name.strip()).expanduser()
