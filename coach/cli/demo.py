"""The app on sample data as a command."""

from pathlib import Path

import click

from coach.cli.app import PREFIX, open_demo, sample_service
from coach.cli.options import json_option
from coach.cli.session import Session, answer


@click.command("demo")
@json_option
@click.pass_obj
def demo_command(session: Session, as_json: bool) -> None:
    """Open the app on sample data in a throw-away folder.

    With --json the sample data is written to a new folder that stays, and its place is printed.
    """
    if as_json:
        from tempfile import mkdtemp

        folder = Path(mkdtemp(prefix=PREFIX))
        sample_service(session, folder)
        answer({"data": str(folder)}, as_json, lambda: str(folder))
        return
    open_demo(session)
