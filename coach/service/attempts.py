"""Use cases around appointments: bookings, missed and interrupted sittings, removal."""

from collections.abc import Iterator
from typing import get_args

import msgspec
from msgspec.structs import replace

from coach.dates import Lean, Moment, read_when
from coach.model.attempt import Attempt, AttemptStatus, Report, WaiverReason
from coach.model.facts import Facts
from coach.model.phrase import Phrase
from coach.model.plan import Reason
from coach.policy.dates import span
from coach.policy.terms import cancel_status, change_deadline
from coach.service.context import Edit, World, by_prefix, exam_edit, without
from coach.service.drafts import AttemptDraft
from coach.service.exam_facts import ExamFacts, opened
from coach.service.input_parser import InputParser, when_text
from coach.wording import capital, money, phrased


def find_attempt(facts: Facts, record_id: str) -> Attempt:
    """An attempt by its own id or its report's, or an unambiguous beginning of either."""
    owner = {report.id: facts.attempts[report.attempt] for report in facts.reports.values()}
    return by_prefix({**owner, **facts.attempts}, record_id, "id", "report or attempt")


def report_of(facts: Facts, attempt: Attempt) -> Report | None:
    """The report of an attempt, if it has one."""
    return next((r for r in facts.reports.values() if r.attempt == attempt.id), None)


def sitting_edit(
    facts: Facts, attempt: Attempt, report: Report | None, said: str, trigger: Reason, *remarks: str
) -> Edit:
    """The edit of a sitting: the undo list and the notice say what was done with it."""
    message = Phrase(" ").join((phrased("{}.", capital(said)), *remarks))
    kept = {"attempt": attempt.id, "report": report.id if report else None}
    return exam_edit(facts, attempt.exam, said, message, trigger, **kept)


def without_attempt(facts: Facts, attempt: Attempt) -> Facts:
    """The facts without an attempt and its report."""
    report = report_of(facts, attempt)
    return replace(
        facts,
        attempts=without(facts.attempts, attempt.id),
        reports=without(facts.reports, report.id) if report else facts.reports,
    )


def unreported(facts: Facts, code: str) -> Iterator[Attempt]:
    """The attempts of an exam that have no report."""
    reported = {report.attempt for report in facts.reports.values()}
    return (a for a in facts.attempts.values() if a.exam == code and a.id not in reported)


def same_day(world: World, attempt: Attempt, moment: Moment) -> bool:
    """Whether an attempt is on the day that was typed, in the user's zone."""
    return attempt.at.astimezone(world.zone).date() == moment.at.date()


def fee_text(attempt: Attempt) -> str:
    """The fee of an attempt as it was typed."""
    return "" if attempt.fee is None else money(attempt.fee)


STATUSES: tuple[AttemptStatus, ...] = get_args(AttemptStatus)
REASONS: tuple[WaiverReason, ...] = get_args(WaiverReason)
AHEAD = ("booked",)
EITHER = ("cancelled", "late-cancelled")
REPORTED = ("delivered", "interrupted", "revoked", "beta")


def add_attempt(world: World, facts: Facts, draft: AttemptDraft) -> Edit:
    """Record an appointment without a report. A booking that the rules forbid is refused; one
    that is only unwise is stored, with the warnings in the notice. What came of a booking takes
    its place."""
    moment = read_when(draft.at, world.now, world.zone, lean_of(draft.status))
    if not isinstance(moment, Moment) or draft.status.strip().casefold() in ("", *AHEAD):
        return _save(world, facts, draft, None, "added")
    code = world.exam_meant(facts, draft.exam).code
    booked = (a for a in unreported(facts, code) if a.status in AHEAD)
    booking = next((a for a in booked if same_day(world, a, moment)), None)
    if booking is None:
        return _save(world, facts, draft, None, "added")
    texts = attempt_draft(world, facts, booking.id)
    keeps_time = booking.time_known and not moment.time_known
    # What was left empty stays as it was booked.
    typed = {name: text for name, text in msgspec.structs.asdict(draft).items() if text}
    kept = {"exam": texts.exam, "at": texts.at if keeps_time else draft.at}
    merged = replace(texts, **{**typed, **kept})
    return _save(world, facts, merged, booking, "recorded in place of the booking")


def edit_attempt(world: World, facts: Facts, attempt_id: str, draft: AttemptDraft) -> Edit:
    """Replace what an attempt says; it keeps its id, and its report where it has one."""
    return _save(world, facts, draft, find_attempt(facts, attempt_id), "corrected")


def attempt_draft(world: World, facts: Facts, attempt_id: str) -> AttemptDraft:
    """A stored attempt as texts to edit; raises `Refusal` where the id is unknown."""
    attempt = find_attempt(facts, attempt_id)
    return AttemptDraft(
        exam=attempt.exam,
        at=when_text(attempt, world.zone),
        status=attempt.status,
        place=attempt.place or "",
        fee=fee_text(attempt),
        case_number=attempt.case_number or "",
        reason=attempt.reason or "",
        waiver_granted=attempt.waiver_granted,
        note=attempt.note,
    )


def lean_of(status: str) -> Lean:
    """Where a day without a year or week lies: that of a booking ahead, any other behind."""
    return "ahead" if status.strip().casefold() in AHEAD else "back"


def _save(world: World, facts: Facts, draft: AttemptDraft, old: Attempt | None, verb: str) -> Edit:
    others = without_attempt(facts, old) if old else facts
    view, reader = opened(world, others, draft.exam)
    moment = reader.moment("at", draft.at, lean_of(draft.status))
    status = reader.choice("status", draft.status, STATUSES, needed=True)
    attempt = Attempt(
        id=old.id if old else world.new_id(facts.attempts),
        exam=view.code,
        at=moment.at if moment else world.now,
        time_known=moment.time_known if moment else True,
        status=status or "booked",
        place=reader.place(draft.place),
        fee=reader.money("fee", draft.fee),
        case_number=reader.line("case", draft.case_number) or None,
        reason=reader.choice("reason", draft.reason, REASONS),
        waiver_granted=draft.waiver_granted,
        note=reader.line("note", draft.note),
    )
    report = report_of(facts, old) if old else None
    if report and attempt.status not in REPORTED:  # a sitting that has a report stays one
        wrong = f"{attempt.status} does not fit a sitting with a report; type one of "
        reader.refuse("status", f"{wrong}{', '.join(REPORTED)}, or remove it.")
    if report and attempt.exam != report.exam:
        reader.refuse("exam", f"the report of this sitting is of {report.exam}; keep that.")
    attempt, late = _cancelled(view, attempt, old)
    remarks = _check(reader, view, attempt, old) if moment else ()
    reader.finish()
    said = phrased("{} on {}", _named(attempt.status), attempt.at.date())
    attempts = {**facts.attempts, attempt.id: attempt}
    facts = replace(facts, tracked=view.facts.tracked, attempts=attempts)
    trigger, said = Reason(code="attempt", text=said), phrased("{} {}", said, verb)
    return sitting_edit(facts, attempt, report, said, trigger, *late, *remarks)


def _cancelled(
    view: ExamFacts, attempt: Attempt, old: Attempt | None
) -> tuple[Attempt, tuple[str, ...]]:
    """A booking that is cancelled at this moment: after the deadline for changes it has lost its
    fee, and the remark says so. What lies in the past is taken as typed."""
    now, zone = view.world.now, view.world.zone
    deadline = change_deadline(attempt, view.policy, zone)
    said = attempt.status == "cancelled" and (old is None or old.status in AHEAD)
    if not said or deadline is None or span(attempt, zone)[1] <= now:
        return attempt, ()
    status = cancel_status(attempt, now, view.policy, zone)
    if status == attempt.status:
        return attempt, ()
    text = phrased(
        "A change was free until {}, so the fee is lost; if you cancelled in time, correct the "
        "status.",
        deadline.astimezone(zone),
    )
    return replace(attempt, status=status), (text,)


def _named(status: AttemptStatus) -> str:
    """What an appointment of that status is called in a sentence."""
    return status if status == "no-show" else f"{status} appointment"


def _check(
    reader: InputParser, others: ExamFacts, attempt: Attempt, old: Attempt | None
) -> tuple[str, ...]:
    """Check an attempt against all others; the texts of remarks that do not refuse."""
    for other in others.attempts:
        if (other.at, other.status) == (attempt.at, attempt.status):
            stored = f"this {attempt.status} appointment is already stored as {other.id}"
            reader.refuse("at", f"{stored}; remove that one, or type another time.")
    reasons = others.policy.waiver_reasons
    if attempt.waiver_granted and not reasons:
        reader.refuse("waiver", f"{others.policy.name} know no waiver of the wait; leave it out.")
    elif attempt.waiver_granted and attempt.reason not in reasons:
        one = "one of them" if len(reasons) > 1 else "it"
        what = f"a waiver is granted for {' or '.join(reasons)} trouble only; name {one}."
        reader.refuse("reason", what)
    if old is not None and _timing(old) == _timing(attempt):
        return ()
    moment = Moment(attempt.at, time_known=attempt.time_known)
    if attempt.status in AHEAD:
        findings = others.booking_findings(moment)
        informing = (finding.text for finding in findings if finding.severity == "info")
        return (*reader.allowed("at", findings), *informing)
    if attempt.status not in EITHER and attempt.at > reader.now:
        needed = f"{attempt.status} needs a time up to now, only booked and cancelled may be later."
        reader.refuse("at", phrased("{} is still to come; {}", moment.value, needed))
    return ()


def _timing(attempt: Attempt) -> tuple[object, ...]:
    """What the checks of a date look at: an edit that leaves it alone is not checked again."""
    return attempt.exam, attempt.at, attempt.time_known, attempt.status


def remove(world: World, facts: Facts, record_id: str) -> Edit:
    """Remove a sitting by the id of its report or its attempt, with both records."""
    attempt = find_attempt(facts, record_id)
    report = report_of(facts, attempt)
    what = "report" if report else _named(attempt.status)
    said = phrased("{} of {} removed", what, attempt.at.date())
    trigger = Reason(code="removed", text=said)
    return sitting_edit(without_attempt(facts, attempt), attempt, report, said, trigger)
