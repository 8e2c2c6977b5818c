"""The use cases: holds the clock, and answers with one new frozen state or a clear refusal."""

from coach.service.drafts import (
    AttemptDraft,
    HoursDraft,
    PracticeDraft,
    ReportDraft,
    TermsDraft,
)
from coach.service.outcome import Done, Outcome, Refused
from coach.service.refusal import Problem, Refusal
from coach.service.service import Service, system_clock
from coach.service.state import State

__all__ = [
    "AttemptDraft",
    "Done",
    "HoursDraft",
    "Outcome",
    "PracticeDraft",
    "Problem",
    "Refusal",
    "Refused",
    "ReportDraft",
    "Service",
    "State",
    "TermsDraft",
    "system_clock",
]
