"""The dated points and deadlines of the timeline."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coach.model.answers import Milestone, Retake, Source
from coach.model.exam import Exam
from coach.model.policy import Policy
from coach.policy.cost import change_deadline
from coach.policy.dates import midnight, retirement_moment, span
from coach.policy.lifecycle import expiry, renewal_window
from coach.policy.results import BETA_WEEKS, result_milestones
from coach.policy.sittings import Sitting
from coach.policy.terms import term_marks
from coach.policy.words import last_day, origin, stamp, successor

RECENT = timedelta(days=30)
CLOSED = ("passed", "retired")


def milestones(
    exam: Exam,
    policy: Policy,
    sittings: Sequence[Sitting],
    verdict: Retake,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> tuple[Milestone, ...]:
    """All markers of one exam, oldest first; a day comes before the moments in it."""
    now = now.astimezone(UTC)
    found = (
        *_legal(verdict, policy),
        *_recommended(verdict),
        *_bookings(sittings, policy, now, zone),
        *term_marks(verdict, sittings, policy, now, zone),
        *_retirement(exam, policy, zone),
        *_certificate(exam, policy, sittings, now, zone),
        *_results(exam, policy, sittings, now, zone),
    )
    return tuple(sorted(found, key=lambda mark: _moment(mark.at, zone)))


def _moment(at: datetime | date, zone: ZoneInfo) -> datetime:
    return (at if isinstance(at, datetime) else midnight(at, zone)).astimezone(UTC)


def _at(moment: datetime) -> datetime | date:
    """A moment that begins a day is that day: its time was counted, not entered."""
    return moment.date() if moment.time() == time() else moment


def _legal(verdict: Retake, policy: Policy) -> Iterator[Milestone]:
    earliest, certain, start = verdict.earliest, verdict.certain_from, verdict.window_start
    rule = next(note for note in verdict.notes if note.code == verdict.rule)
    if earliest is not None and certain is not None and verdict.rule != "no-wait":
        text = f"Earliest legal sitting. {rule.text}"
        if certain > earliest:
            text += " It begins at the time of day of the last sitting, which is unknown."
        yield Milestone(at=_at(earliest), kind="earliest", text=text, source=rule.source)
        if certain > earliest:
            text = "Legal for certain, as the time of the last sitting is unknown."
            yield Milestone(at=_at(certain), kind="certain-from", text=text, source="own")
    if start is not None and policy.cap is not None and verdict.status not in CLOSED:
        limit, used = f"{policy.cap.attempts} attempts", verdict.attempts_used
        text = f"First attempt of a window of {limit}."
        yield Milestone(at=_at(start), kind="window-start", text=text, source=origin(policy))
        if verdict.window_end is not None:
            text = f"The window of {limit} ends; {used} used so far."
            end = _at(verdict.window_end)
            yield Milestone(at=end, kind="window-end", text=text, source=origin(policy))


def _recommended(verdict: Retake) -> Iterator[Milestone]:
    window = verdict.recommended
    if window is None:
        return
    text = f"Recommended from here, a study heuristic. {window.basis}"
    yield Milestone(at=window.from_, kind="recommended-from", text=text, source=window.source)
    text = "Recommended until here, a study heuristic."
    yield Milestone(at=window.until, kind="recommended-to", text=text, source=window.source)


def _bookings(
    sittings: Sequence[Sitting], policy: Policy, now: datetime, zone: ZoneInfo
) -> Iterator[Milestone]:
    for sitting in sittings:
        attempt = sitting.attempt
        start, end = span(attempt, zone)
        if attempt.status != "booked" or end < now:
            continue
        day: datetime | date = start if attempt.time_known else start.date()
        where = {"centre": " at a test centre", "online": " online"}.get(attempt.place or "", "")
        yield Milestone(at=day, kind="booked", text=f"Appointment{where}.", source="own")
        deadline = change_deadline(attempt, policy, zone)
        if deadline is not None:
            local = deadline.astimezone(zone)
            by: datetime | date = local if attempt.time_known else local.date()
            own = policy.terms.change_notice is not None
            text = "Last moment to change or cancel without losing the fee."
            text += " The notice is your own entry." * own
            if not attempt.time_known:
                text += " It ends at the time of day of the appointment."
            source: Source = "own" if own else origin(policy)
            yield Milestone(at=by, kind="change-deadline", text=text, source=source)


def _retirement(exam: Exam, policy: Policy, zone: ZoneInfo) -> Iterator[Milestone]:
    last = retirement_moment(exam, policy)
    if last is None or exam.retires is None:
        return
    text = (
        f"Last day to sit it: {last_day(exam, policy)}, {stamp(last, zone)} here.{successor(exam)}"
    )
    yield Milestone(at=exam.retires, kind="retires", text=text, source=origin(policy))


def _certificate(
    exam: Exam, policy: Policy, sittings: Sequence[Sitting], now: datetime, zone: ZoneInfo
) -> Iterator[Milestone]:
    passed = [sitting for sitting in sittings if sitting.passed]
    if not passed:
        return
    at = span(passed[-1].attempt, zone)[0]
    end = expiry(at, exam, policy, zone)
    if end is None:
        return
    window, retires = renewal_window(at, exam, policy, zone), retirement_moment(exam, policy)
    text = "The certification expires if it is not renewed."
    if retires is not None and now > retires:
        text = "The certification expires; renewal is no longer offered, as the exam is retired."
    elif window is not None:
        opens, closes = (moment.date() for moment in window)
        offer = "Renewal opens: a free online assessment adds one year."
        yield Milestone(at=opens, kind="renewal-from", text=offer, source=origin(policy))
        if closes < end.date():
            limit = "Last day of renewal, because the exam retires."
            yield Milestone(at=closes, kind="renewal-to", text=limit, source=origin(policy))
    yield Milestone(at=end.date(), kind="expires", text=text, source=origin(policy))


def _results(
    exam: Exam, policy: Policy, sittings: Sequence[Sitting], now: datetime, zone: ZoneInfo
) -> Iterator[Milestone]:
    sat = [s for s in sittings if s.attempt.status in ("pending", "delivered", "beta")]
    last = sat[-1] if sat else None
    if last is None or (last.passed is not None and now - last.attempt.at > RECENT):
        return
    weeks = policy.beta_result_weeks or BETA_WEEKS
    yield from result_milestones(
        last.attempt, exam, last.passed, now=now, zone=zone, beta_weeks=weeks
    )
