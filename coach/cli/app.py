"""Opening the app: on the user's data, or on sample data in a throw-away folder."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli.options import json_option
from coach.cli.session import Session, answer

if TYPE_CHECKING:
    from coach.service.service import Service


def open_app(session: Session) -> None:
    """Run the app on the user's data."""
    service = session.service
    with tempfile.TemporaryDirectory(prefix="coach-demo-") as folder:
        _run(service, lambda: _sample(session, Path(folder)))


def _run(service: "Service", demo: Callable[[], "Service"], *, sample: bool = False) -> None:
    from coach.ui.app import CoachApp

    CoachApp(service, demo_factory=demo, sample=sample).run()


def _sample(session: Session, folder: Path) -> "Service":
    service = session.open(folder)
    service.load_sample()
    return service


@click.command("demo")
@json_option
@click.pass_obj
def demo_command(session: Session, as_json: bool) -> None:
    """Open the app on sample data in a throw-away folder.

    With --json the sample data is written to a new folder that stays, and its place is printed.
    """
    if as_json:
        folder = Path(tempfile.mkdtemp(prefix="coach-demo-"))
        _sample(session, folder)
        answer({"data": str(folder)}, as_json, lambda: str(folder))
        return
    with tempfile.TemporaryDirectory(prefix="coach-demo-") as name:
        service = _sample(session, Path(name))
        _run(service, lambda: service, sample=True)
