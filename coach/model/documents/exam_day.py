"""What to do on the day of an exam."""

from datetime import date, datetime
from typing import Literal

import msgspec

from coach.model.attempt import Place
from coach.model.documents.retake import Source

Phase = Literal["before", "during", "trouble", "after"]


class DayStep(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the checklist, and where it comes from."""

    code: str
    phase: Phase
    text: str
    source: Source


class ExamDay(msgspec.Struct, frozen=True, kw_only=True):
    """The checklist of the next appointment; `at` and `place` are None where none is booked. A
    time that was not entered shows a plain date."""

    exam: str
    at: datetime | date | None
    place: Place | None
    steps: tuple[DayStep, ...]
