"""Opening the app: on the user's data, or on sample data in a throw-away folder."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from coach.cli.session import Session

if TYPE_CHECKING:
    from coach.service.service import Service

PREFIX = "coach-demo-"
NO_TERMINAL = "the app needs a terminal; `coach today` and `coach --help` do not."


def lacks_terminal() -> bool:
    """Whether no person is at both ends, which is then said: nothing could end the app."""
    # A stream that the shell closed is none at all.
    if all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return False
    print(f"coach: {NO_TERMINAL}", file=sys.stderr)
    return True


def open_app(session: Session) -> None:
    """Run the app on the user's data; where that cannot be used, offer the ways out first."""
    from coach.service.service import UnreadableData

    greeting = ""
    try:
        service = session.start(session.folder)
    except UnreadableData:
        done = _rescued(session)
        if done is None:
            return
        service, greeting = session.service, done
    with ExitStack() as opened:
        _run(service, lambda: _throw_away(session, opened), greeting=greeting)


def open_demo(session: Session) -> None:
    """Run the app on sample data in a throw-away folder."""
    with ExitStack() as opened:
        service = _throw_away(session, opened)
        _run(service, lambda: service, sample=True)


def _rescued(session: Session) -> str | None:
    """What was done about data that cannot be used, None where the user left it as it is."""
    from coach.service.maintenance import Maintenance

    rescue = Maintenance(session.folder, lambda: session.clock(session.zone))
    trouble = rescue.trouble()
    if trouble is None:
        return ""
    from coach.ui.screens.broken_data import RescueApp

    return RescueApp(rescue, trouble, session.clock(session.zone)).run()


def _run(
    service: "Service", demo: Callable[[], "Service"], *, sample: bool = False, greeting: str = ""
) -> None:
    from coach.ui.app import CoachApp

    service.hurry()
    CoachApp(service, demo_factory=demo, sample=sample, greeting=greeting).run()


def _throw_away(session: Session, opened: ExitStack) -> "Service":
    """A service on sample data in a folder that goes when `opened` is closed."""
    from tempfile import TemporaryDirectory

    folder = opened.enter_context(TemporaryDirectory(prefix=PREFIX))
    return sample_service(session, Path(folder))


def sample_service(session: Session, folder: Path) -> "Service":
    """A service on a folder that it fills with sample data."""
    service = session.open(folder)
    service.load_sample()
    return service
