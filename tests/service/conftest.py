"""A service on a folder of its own, with a clock that the test sets."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coach.service.drafts import ReportDraft
from coach.service.outcome import Done, Outcome
from coach.service.service import Service

BERLIN = ZoneInfo("Europe/Berlin")


class Clock:
    """Says the time it was last set to, in any zone."""

    def __init__(self, text: str) -> None:
        self.set(text)

    def set(self, text: str) -> None:
        self.now = datetime.fromisoformat(text).replace(tzinfo=BERLIN)

    def __call__(self, zone: ZoneInfo) -> datetime:
        return self.now.astimezone(zone)


@pytest.fixture
def clock() -> Clock:
    return Clock("2026-11-21T09:00")


@pytest.fixture
def service(tmp_path: Path, clock: Clock) -> Service:
    return Service(tmp_path, BERLIN, clock)


def done(outcome: Outcome) -> Done:
    """The outcome of a use case that has to succeed."""
    assert isinstance(outcome, Done), outcome
    return outcome


def az104(
    score: str = "640",
    at: str = "2026-11-20 10:00",
    bands: tuple[str, ...] = ("near", "below", "near", "above", "near"),
) -> ReportDraft:
    """A report of AZ-104 with a band or a bar for each of its five domains."""
    observations = tuple((str(number), text) for number, text in enumerate(bands, 1))
    return ReportDraft(exam="AZ-104", at=at, score=score, observations=observations)
