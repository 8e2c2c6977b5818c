"""Steps of a history that the policy would not have allowed, and appointments to look at."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from coach.model.answers import Note
from coach.model.exam import Exam
from coach.model.policy import Policy
from coach.policy.bounds import Bound, wait_after
from coach.policy.cost import MISSED, fee_lost
from coach.policy.dates import retirement_moment, span
from coach.policy.sittings import Sitting
from coach.policy.standing import Standing, advance, next_sitting
from coach.policy.words import last_day, origin, sat_on, wait_name
from coach.wording import counted


def history_notes(
    counted: Sequence[Sitting],
    every: Sequence[Sitting],
    exam: Exam,
    policy: Policy,
    now: datetime,
    zone: ZoneInfo,
) -> tuple[Note, ...]:
    """Notes on the sittings that count, then on the other appointments, oldest first."""
    return (
        *_steps(counted, exam, policy, zone),
        *_dates(counted, exam, policy, now, zone),
        *_appointments(every, policy, now, zone),
    )


def _steps(
    counted: Sequence[Sitting], exam: Exam, policy: Policy, zone: ZoneInfo
) -> Iterator[Note]:
    standing = Standing()
    # A renewal is known of the newest certificate only, not of those that came before.
    terms = msgspec.structs.replace(policy.terms, renewed_until=None)
    policy = msgspec.structs.replace(policy, terms=terms)
    for sitting in counted:
        low, high = span(sitting.attempt, zone)
        bound = next_sitting(standing, exam, policy, low, zone)
        too_early = bound.possible is None or low < bound.possible
        if standing.counted and too_early and (bound.possible is None or high <= bound.possible):
            yield _too_early(standing, sitting, bound, policy, zone)
        standing = advance(standing, sitting, policy, zone)


def _too_early(
    standing: Standing, sitting: Sitting, bound: Bound, policy: Policy, zone: ZoneInfo
) -> Note:
    when, before = sat_on(sitting.attempt, zone), sat_on(standing.counted[-1].attempt, zone)
    cap, wait = policy.cap, wait_after(standing.rung, policy)
    if cap is not None and bound.rule == cap.rule:
        period = f" in {counted(cap.months, 'month')}" if cap.months else ""
        code = "too-many-in-window"
        limit = f"{counted(cap.attempts, 'attempt')}{period}"
        text = f"The sitting of {when} exceeds the limit of {limit}."
    elif bound.rule == "passed" or wait is None:
        code = "sat-after-pass"
        text = f"The sitting of {when} follows a pass that still held; check the entry."
    else:
        code = "impossible-gap"
        text = (
            f"The sittings of {before} and {when} break the {wait_name(wait)}; check their times."
        )
    return Note(code=code, text=text, source=origin(policy))


def _dates(
    counted: Sequence[Sitting], exam: Exam, policy: Policy, now: datetime, zone: ZoneInfo
) -> Iterator[Note]:
    last = retirement_moment(exam, policy)
    for sitting in counted:
        low, when = span(sitting.attempt, zone)[0], sat_on(sitting.attempt, zone)
        if low > now:
            text = f"The sitting of {when} lies in the future; check its date and the clock."
            yield Note(code="future-sitting", text=text, source="own")
        if last is not None and low > last:
            text = f"The sitting of {when} is after the exam's last day, {last_day(exam, policy)}."
            yield Note(code="sat-after-retirement", text=text, source=origin(policy))


def _appointments(
    every: Sequence[Sitting], policy: Policy, now: datetime, zone: ZoneInfo
) -> Iterator[Note]:
    for sitting in every:
        attempt, when = sitting.attempt, sat_on(sitting.attempt, zone)
        if attempt.status in MISSED and not sitting.counted:
            text = f"The {attempt.status} appointment of {when} is not an attempt."
            yield Note(code=f"{attempt.status}-not-counted", text=text, source="own")
            if fee_lost(attempt):
                text = f"The fee of {attempt.fee:g} for {when} is lost."
                yield Note(code="fee-lost", text=text, source=origin(policy))
        elif attempt.status == "booked" and span(attempt, zone)[1] <= now:
            text = f"The appointment of {when} has passed; record what came of it."
            yield Note(code="result-missing", text=text, source="own")
