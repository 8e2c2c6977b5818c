"""Use cases around appointments: bookings, missed and interrupted sittings, removal."""

from typing import get_args

import msgspec

from coach.model.attempt import Attempt, AttemptStatus, WaiverReason
from coach.model.facts import Facts
from coach.model.plan import Reason
from coach.service.drafts import AttemptDraft
from coach.service.exam_facts import ExamFacts
from coach.service.reader import Moment, Reader
from coach.service.refusal import Problem, Refusal
from coach.service.reports import PLACES, shown_moment
from coach.service.world import (
    Edit,
    World,
    by_prefix,
    tracked_code,
    tracking,
    with_record,
    without,
)

STATUSES: tuple[AttemptStatus, ...] = get_args(AttemptStatus)
REASONS: tuple[WaiverReason, ...] = get_args(WaiverReason)
AHEAD = ("booked",)
EITHER = ("cancelled", "late-cancelled")


def add_attempt(world: World, facts: Facts, draft: AttemptDraft) -> Edit:
    """Record an appointment without a report. A booking that the rules forbid is refused; one
    that is only unwise is stored, with the warnings in the notice."""
    exam = world.exam(draft.exam or tracked_code(facts, None))
    reader = Reader(world.zone)
    moment = reader.moment("at", draft.at)
    status = reader.choice("status", draft.status, STATUSES)
    if not draft.status.strip():
        reader.refuse("status", f"status: missing; type one of {', '.join(STATUSES)}.")
    attempt = Attempt(
        id=world.new_id(facts.attempts),
        exam=exam.code,
        at=moment.at if moment else world.now,
        time_known=moment.time_known if moment else True,
        status=status or "booked",  # type: ignore[arg-type]
        place=reader.choice("place", draft.place, PLACES),  # type: ignore[arg-type]
        fee=reader.money("fee", draft.fee),
        case_number=reader.line("case", draft.case_number) or None,
        reason=reader.choice("reason", draft.reason, REASONS),  # type: ignore[arg-type]
        waiver_granted=draft.waiver_granted,
        note=reader.line("note", draft.note),
    )
    warnings = _check(reader, world, facts, attempt, moment)
    reader.finish()
    facts = msgspec.structs.replace(
        tracking(facts, exam.code), attempts=with_record(facts.attempts, attempt.id, attempt)
    )
    day = f"{attempt.at:%Y-%m-%d}"
    return Edit(
        facts=facts,
        label=f"{exam.code} {_named(attempt.status)} on {day} added",
        message=" ".join((f"{_named(attempt.status).capitalize()} on {day} added.", *warnings)),
        trigger=Reason(code="attempt", text=f"{_named(attempt.status)} on {day}"),
        exam=exam.code,
        attempt=attempt.id,
    )


def _named(status: AttemptStatus) -> str:
    """What an appointment of that status is called in a sentence."""
    return status if status == "no-show" else f"{status} appointment"


def _check(
    reader: Reader, world: World, facts: Facts, attempt: Attempt, moment: Moment | None
) -> tuple[str, ...]:
    """Check the time against the status; the texts of warnings that do not refuse."""
    if moment is None:
        return ()
    for other in facts.attempts.values():
        if (other.exam, other.at, other.status) == (attempt.exam, attempt.at, attempt.status):
            reader.refuse(
                "at",
                f"at: this {attempt.status} appointment is already stored as {other.id}; "
                "remove that one, or type another time.",
            )
    if attempt.waiver_granted and attempt.reason not in ("internet", "equipment"):
        reader.refuse(
            "reason",
            "reason: a waiver is granted for internet or equipment trouble only; name one of them.",
        )
    if attempt.status in AHEAD:
        exam = ExamFacts(world, facts, attempt.exam)
        return reader.allowed("at", exam.booking_findings(moment))
    if attempt.status not in EITHER and moment.at > world.now:
        reader.refuse(
            "at",
            f"at: {shown_moment(moment)} is still to come; {attempt.status} needs a time up to "
            "now, only booked and cancelled lie ahead.",
        )
    return ()


def remove(world: World, facts: Facts, record_id: str) -> Edit:
    """Remove a sitting by the id of its report or its attempt, with both records."""
    owner = {report.id: facts.attempts[report.attempt] for report in facts.reports.values()}
    attempt = by_prefix({**owner, **facts.attempts}, record_id, "id", "report or attempt")
    reports = [key for key, report in facts.reports.items() if report.attempt == attempt.id]
    day = f"{attempt.at:%Y-%m-%d}"
    what = "report" if reports else _named(attempt.status)
    return Edit(
        facts=msgspec.structs.replace(
            facts,
            attempts=without(facts.attempts, attempt.id),
            reports=without(facts.reports, *reports),
        ),
        label=f"{attempt.exam} {what} of {day} removed",
        message=f"{what.capitalize()} of {day} removed.",
        trigger=Reason(code="removed", text=f"{what} of {day} removed"),
        exam=attempt.exam,
        attempt=attempt.id,
        report=reports[0] if reports else None,
    )


def track_successor(world: World, facts: Facts, code: str) -> Edit:
    """Track the successor of a retired exam with a fresh count, its lessons as a note."""
    exam = world.exam(code)
    if exam.successor is None:
        raise Refusal(Problem("exam", f"exam: no successor of {exam.code} is known."))
    successor = world.exam(exam.successor)
    tracked = tracking(facts, successor.code)
    entry = tracked.tracked[successor.code]
    if not entry.lessons:
        lessons = ExamFacts(world, facts, exam.code).lessons
        entry = msgspec.structs.replace(entry, lessons=lessons)
    facts = msgspec.structs.replace(
        tracked, tracked=with_record(tracked.tracked, successor.code, entry)
    )
    message = f"{successor.code} is tracked, with a fresh count of attempts."
    return Edit(
        facts=facts, label=f"{successor.code} tracked", message=message, exam=successor.code
    )
