"""The day of the exam: what to do before, during and after it, and when something fails."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from coach.model.answers import DayStep, ExamDay, Phase, Source
from coach.model.attempt import Attempt
from coach.model.exam import Exam
from coach.model.policy import Policy
from coach.policy.dates import day, origin, span, stamp
from coach.policy.terms import change_deadline

Line = tuple[str, str, Source]

_MICROSOFT: tuple[Line, ...] = (
    (
        "answer-all",
        "Answer every question, by a guess where you must: a wrong answer costs nothing.",
        "official",
    ),
    (
        "partial-credit",
        "Do what you can of a question in several parts: each right part can give points.",
        "official",
    ),
    (
        "unscored",
        "Take every question seriously: some are not scored yet, and nobody can tell which.",
        "official",
    ),
)
"""How Microsoft scores [SC-09 to SC-13]."""


def exam_day(
    exam: Exam, policy: Policy, attempts: Iterable[Attempt], *, now: datetime, zone: ZoneInfo
) -> ExamDay:
    """The checklist of the next appointment of an exam, or of any where none is booked."""
    ahead = [a for a in attempts if a.status == "booked" and span(a, zone)[1] >= now]
    booked = min(ahead, key=lambda attempt: attempt.at, default=None)
    at = span(booked, zone)[0] if booked else None
    phases: tuple[tuple[Phase, Iterator[Line]], ...] = (
        ("before", _before(booked, policy, now, zone)),
        ("during", _during(exam)),
        ("trouble", _trouble(policy)),
        ("after", _after(exam)),
    )
    return ExamDay(
        exam=exam.code,
        at=at.date() if at and booked and not booked.time_known else at,
        place=booked.place if booked else None,
        steps=tuple(
            DayStep(code=code, phase=phase, text=text, source=source)
            for phase, lines in phases
            for code, text, source in lines
        ),
    )


def _before(
    booked: Attempt | None, policy: Policy, now: datetime, zone: ZoneInfo
) -> Iterator[Line]:
    deadline = change_deadline(booked, policy, zone) if booked else None
    if booked and deadline and deadline >= now:
        until = stamp(deadline, zone) if booked.time_known else day(deadline, zone)
        source: Source = "own" if policy.terms.change_notice else origin(policy)
        yield "change", f"A change or cancellation keeps the fee until {until}.", source
    if booked is None or booked.place != "centre":
        text = "Online: begin the check-in early, since one that is not finished counts as missed."
        yield "check-in", text, "own"


def _during(exam: Exam) -> Iterator[Line]:
    if exam.duration_minutes:
        text = f"{exam.duration_minutes} minutes are listed; the screen before the start has yours."
        yield "length", text, "own"
    if exam.vendor == "Microsoft":
        yield from _MICROSOFT


def _trouble(policy: Policy) -> Iterator[Line]:
    """What to do at once when something fails, and what it is good for [RW-06 to RW-08]."""
    if not policy.waiver_reasons:
        text = "Tell the test provider at once, and keep the case number."
        yield "contact-support", text, "own"
        return
    words = {"internet": "the connection", "equipment": "the equipment"}
    broken = " or ".join(words[reason] for reason in policy.waiver_reasons)
    text = f"If {broken} fails, contact Pearson VUE's support at once and have a case created."
    yield "contact-support", text, origin(policy)
    text = (
        "Keep the case number: without it a waiver of the wait is unlikely, and with it you may "
        "ask for one. Store it with the sitting: b in the app, or `coach attempt add --case`."
    )
    yield "case-number", text, origin(policy)


def _after(exam: Exam) -> Iterator[Line]:
    if exam.vendor == "Microsoft":
        text = "The result is on screen within minutes, the report in your Learn profile in a day."
        yield "result", text, "official"
    text = "Note topics and formats that felt hard, never the questions: the agreement forbids it."
    yield "notes", text, "official" if exam.vendor == "Microsoft" else "own"
