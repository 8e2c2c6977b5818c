"""A real service on a temporary folder with a fixed clock, filled through its own use cases."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from coach.service.attempts import add_attempt
from coach.service.drafts import AttemptDraft, PracticeDraft, ReportDraft
from coach.service.outcome import Outcome, Refused
from coach.service.practice import add_practice
from coach.service.reports import add_report
from coach.service.service import Service
from coach.ui.app import CoachApp

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=ZONE)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self, zone: ZoneInfo) -> datetime:
        return self.now.astimezone(zone)


def service_in(folder: Path, now: datetime = NOW) -> Service:
    """A service whose clock stands at `now`."""
    return Service(folder, ZONE, lambda zone: now)


def app_of(service: Any) -> CoachApp:
    """The app on a service, drawn at once."""
    app = CoachApp(service)
    app.animation_level = "none"
    return app


def done(outcome: Outcome) -> Outcome:
    """The outcome, which must not be a refusal."""
    assert not isinstance(outcome, Refused), outcome.text
    return outcome


def report(
    service: Service, at: str, score: int, bands: tuple[str, ...] = (), exam: str = "AZ-104"
) -> None:
    """Record a sitting with its report; bands in the order of the outline."""
    pairs = tuple((str(number), band) for number, band in enumerate(bands, 1))
    draft = ReportDraft(
        exam=exam, at=at, score=str(score), observations=pairs, place="online", fee="165"
    )
    done(service.act(add_report, draft))


def booking(service: Service, at: str, status: str = "booked", case: str = "") -> None:
    """Record an appointment without a report."""
    draft = AttemptDraft(
        exam="AZ-104", at=at, status=status, place="centre", fee="165", case_number=case
    )
    done(service.act(add_attempt, draft))


def practice(service: Service, domain: str, correct: int, total: int) -> None:
    """Log a quiz."""
    draft = PracticeDraft(exam="AZ-104", domain=domain, correct=str(correct), total=str(total))
    done(service.act(add_practice, draft))


def failed_twice(folder: Path) -> Service:
    """Two failed sittings of AZ-104, the last one eight days ago, and a booking."""
    service = service_in(folder)
    report(service, "2026-10-05T14:00", 631, ("near", "below", "45", "52", "above"))
    report(service, "2026-11-14T10:00", 668, ("near", "48", "66", "near", "82"))
    booking(service, "2026-12-16T10:00")
    practice(service, "2", 9, 12)
    return service
