"""The day of an exam: whether an appointment is near, on or without its result, and what to do
before, during and after it, and when something fails."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from coach.model.answers import ExamDay, ExamMoment, ExamPhase
from coach.model.attempt import Attempt
from coach.model.exam import Exam
from coach.model.plan import NIGHT
from coach.model.policy import DayStep
from coach.policy.dates import add_days_local, as_entered, midnight, span
from coach.policy.history import Candidate, Sitting, is_taken
from coach.policy.milestones import BETA_WEEKS, result_milestones
from coach.policy.terms import change_deadline
from coach.wording import phrased

CHECK_IN = timedelta(minutes=30)
"""How long before the start to be there (own)."""
LENGTH = timedelta(minutes=120)
"""How long an exam lasts whose length is not known (own)."""
RESULT_DUE = timedelta(days=30)
"""How long a result that does not come keeps its place on the first screen (own)."""


def exam_moment(candidate: Candidate) -> ExamMoment | None:
    """The appointment that matters most now: one that is on, of today, of tomorrow, just over, or
    whose result is out; None where there is none."""
    exam, now, zone, sittings = candidate.exam, candidate.now, candidate.zone, candidate.sittings
    order = get_args(ExamPhase)
    # A later sitting shows that nobody waits for the result of an earlier one.
    newest = max((n for n, each in enumerate(sittings) if is_taken(each)), default=0)
    near = [
        (phase, sitting.attempt)
        for n, sitting in enumerate(sittings)
        if (n >= newest or sitting.attempt.status == "booked")
        and (phase := _phase(sitting, candidate))
    ]
    if not near:
        return None
    phase, attempt = min(near, key=lambda each: (order.index(each[0]), -each[1].at.timestamp()))
    start, known = span(attempt, zone)[0], attempt.time_known
    booked = attempt.status == "booked"
    deadline = change_deadline(attempt, candidate.policy, zone) if booked else None
    free = deadline.astimezone(zone) if deadline and deadline >= now else None
    sat = replace(attempt, status="pending") if booked else attempt
    results = result_milestones(sat, None, candidate)
    return ExamMoment(
        exam=exam.code,
        attempt=attempt.id,
        phase=phase,
        at=as_entered(attempt, zone),
        place=attempt.place,
        check_in=start - CHECK_IN if known and phase in ("exam-day", "day-before") else None,
        change_until=free if known or free is None else free.date(),
        result_by=next((m.at for m in results if m.kind in ("profile", "beta-result-to")), None),
    )


def time_taken(attempt: Attempt, exam: Exam, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From when until when a sitting takes its candidate, the check-in included; the whole day
    where its time is not known."""
    start, latest = span(attempt, zone)
    if not attempt.time_known:
        return start, latest
    begins = start.astimezone(UTC)
    return begins - CHECK_IN, begins + exam_length(exam)


def exam_length(exam: Exam) -> timedelta:
    """How long a sitting of it lasts."""
    return timedelta(minutes=exam.duration_minutes) if exam.duration_minutes else LENGTH


def _phase(sitting: Sitting, candidate: Candidate) -> ExamPhase | None:
    attempt, now, zone = sitting.attempt, candidate.now, candidate.zone
    start, latest = span(attempt, zone)
    length = exam_length(candidate.exam)
    end = start.astimezone(UTC) + length if attempt.time_known else latest
    if attempt.status == "booked" and now < end:
        if attempt.time_known and now >= start:
            return "sitting"
        ahead = (start.date() - candidate.today).days
        return "exam-day" if ahead <= 0 else "day-before" if ahead == 1 else None
    awaited = (attempt.status == "beta" or is_taken(sitting)) and sitting.report is None
    if now < start or not (attempt.status == "booked" or awaited):
        return None
    wait = RESULT_DUE
    if attempt.status == "beta":
        wait = timedelta(weeks=(candidate.policy.beta_result_weeks or BETA_WEEKS)[1])
    if now < midnight(add_days_local(start, 1, zone).date(), zone) + NIGHT:
        return "after"
    return "result-due" if now - start <= wait else None


def exam_day(candidate: Candidate) -> ExamDay:
    """The checklist of the next appointment of an exam, or of any where none is booked."""
    exam, zone = candidate.exam, candidate.zone
    every = (sitting.attempt for sitting in candidate.sittings)
    ahead = (a for a in every if a.status == "booked" and span(a, zone)[1] >= candidate.now)
    booked = next(ahead, None)
    own = _own_steps(candidate, booked)
    steps = (*own, *candidate.policy.day_steps, *_trouble(candidate))
    return ExamDay(
        exam=exam.code,
        at=as_entered(booked, zone) if booked else None,
        place=booked.place if booked else None,
        steps=tuple(
            step
            for phase in ("before", "during", "trouble", "after")
            for step in steps
            if step.phase == phase
        ),
    )


def _own_steps(candidate: Candidate, booked: Attempt | None) -> Iterator[DayStep]:
    """What follows from the appointment and the exam, and what holds anywhere."""
    exam, policy, zone = candidate.exam, candidate.policy, candidate.zone
    told = {step.code for step in policy.day_steps}
    deadline = change_deadline(booked, policy, zone) if booked else None
    if booked and deadline and deadline >= candidate.now:
        here = deadline.astimezone(zone)
        until = here if booked.time_known else here.date()
        yield DayStep(
            code="change",
            phase="before",
            text=phrased("A change or cancellation keeps the fee until {}.", until),
            source="own" if policy.terms.change_notice else candidate.source,
        )
    if booked is None or booked.place != "centre":
        text = "Online: begin the check-in early, since one that is not finished counts as missed."
        yield DayStep(code="check-in", phase="before", text=text, source="own")
    if "bring" not in told:
        text = "Bring a valid photo ID that shows the name of your booking."
        yield DayStep(code="bring", phase="before", text=text, source="own")
    if exam.duration_minutes:
        text = f"{exam.duration_minutes} minutes are listed; the screen before the start has yours."
        yield DayStep(code="length", phase="during", text=text, source="own")
    if "notes" not in told:
        text = "Note topics and formats that felt hard, never the questions."
        yield DayStep(code="notes", phase="after", text=text, source="own")


def _trouble(candidate: Candidate) -> Iterator[DayStep]:
    """What to do at once when something fails, and what it is good for [RW-06 to RW-08]."""
    reasons, source = candidate.policy.waiver_reasons, candidate.source
    if not reasons:
        text = "Tell the test provider at once, and keep the case number."
        yield DayStep(code="contact-support", phase="trouble", text=text, source="own")
        return
    words = {"internet": "the connection", "equipment": "the equipment"}
    broken = " or ".join(words[reason] for reason in reasons)
    text = f"If {broken} fails, contact Pearson VUE's support at once and have a case created."
    yield DayStep(code="contact-support", phase="trouble", text=text, source=source)
    text = (
        "Keep the case number: without it a waiver of the wait is unlikely, and with it you may "
        "ask for one. Store it with the sitting: b in the app, or `coach attempt add --case`."
    )
    yield DayStep(code="case-number", phase="trouble", text=text, source=source)
