"""A planned appointment against the verdict: what forbids it, and what speaks against it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec

from coach.model.answers import Retake, Source
from coach.policy.dates import (
    LAST_MINUTE,
    add_months,
    lapse,
    last_day,
    on_wall,
    retired,
)
from coach.policy.history import Candidate, wait_after, wait_end
from coach.policy.terms import RETAKE_PRICES, cost, term_warnings
from coach.wording import money, phrased

Severity = Literal["refused", "warning", "info"]
Remark = tuple[str, str, Source]
"""The code of a remark, its text, and where it comes from."""


class Finding(msgspec.Struct, frozen=True):
    """One remark on a planned appointment; `refused` forbids it, the others do not."""

    code: str
    text: str
    source: Source
    severity: Severity


class _Plan(msgspec.Struct, frozen=True):
    """The appointment from `at` on; `until` is later where only its day is known."""

    at: datetime
    until: datetime
    verdict: Retake
    candidate: Candidate


def check_booking(
    at: datetime,
    verdict: Retake,
    candidate: Candidate,
    *,
    practice_count: int,
    time_known: bool = True,
) -> tuple[Finding, ...]:
    """What to say about an appointment at `at`, given the retake verdict.

    The first reason to refuse it comes alone; otherwise all warnings, then information. With
    `time_known` False `at` is local midnight, and the day passes if any part of it does.
    """
    policy, zone = candidate.policy, candidate.zone
    until = at if time_known else on_wall(datetime.combine(at.astimezone(zone), LAST_MINUTE), zone)
    plan = _Plan(at.astimezone(UTC), until.astimezone(UTC), verdict, candidate)
    refusal = next(_refusals(plan), None)
    if refusal is not None:
        return (Finding(*refusal, severity="refused"),)
    warnings = (*_legal_warnings(plan), *_advice(plan, practice_count))
    findings = [Finding(*warning, severity="warning") for warning in warnings]
    if spent := cost(sitting.attempt for sitting in candidate.sittings):
        text = f"Fees so far: {money(spent)}. {RETAKE_PRICES[policy.retake_fee]}"
        findings.append(Finding("cost-so-far", text, candidate.source, severity="info"))
    return tuple(findings)


def _refusals(plan: _Plan) -> Iterator[Remark]:
    candidate, verdict, earliest = plan.candidate, plan.verdict, plan.verdict.earliest
    now, zone, last = candidate.now, candidate.zone, candidate.last_minute
    if plan.until < now:
        gone = plan.at.astimezone(zone)
        past = "{} has passed; type a time that is still to come."
        yield "past", phrased(past, gone if plan.until == plan.at else gone.date()), "own"
    if last is not None and (plan.at > last or now > last):
        yield "retired", retired(candidate.exam, candidate.policy), candidate.source
    if verdict.status == "unknown" or _condition(plan) is not None:
        return
    if earliest is None:
        yield verdict.rule, *_rule(verdict)
    elif plan.until < earliest:
        rule, source = _rule(verdict)
        # As a calendar shows it; as elapsed time where a repeated hour hides it.
        legal, planned = (at.astimezone(zone).replace(tzinfo=None) for at in (earliest, plan.at))
        gap = legal - planned if legal > planned else earliest - plan.at
        if plan.until != plan.at:
            gap = timedelta(days=(legal.date() - planned.date()).days)
        text = phrased("{} too early. Earliest: {}. {}", lapse(gap), earliest, rule)
        yield "too-early", text, source


def _condition(plan: _Plan) -> str | None:
    """The condition under which a date before the cautious one is legal, if there is one."""
    earliest = plan.verdict.earliest
    if earliest is not None and plan.until >= earliest:
        return None
    met = (a for a in plan.verdict.alternatives if a.when is not None and a.when <= plan.until)
    return next((alternative.condition for alternative in met), None)


def _rule(verdict: Retake) -> tuple[str, Source]:
    note = next(note for note in verdict.notes if note.code == verdict.rule)
    return note.text, note.source


def _legal_warnings(plan: _Plan) -> Iterator[Remark]:
    verdict, zone, condition = plan.verdict, plan.candidate.zone, _condition(plan)
    earliest, certain = verdict.earliest, verdict.certain_from
    if verdict.status == "unknown":
        yield "unknown", *_rule(verdict)
    if condition is not None:
        yield "conditional", f"Allowed only if {condition}.", "own"
    elif verdict.status == "pending":
        text = "The result of the last sitting is not in; after a pass there is no retake."
        yield "result-pending", text, "own"
    if certain is not None and earliest is not None and earliest <= plan.until < certain:
        unknown = "The time of the last sitting is unknown: certain only from {}."
        text = phrased(unknown, certain.date())
        yield "time-unknown", text, "own"
    elif earliest is not None and max(plan.at, plan.candidate.now) < earliest <= plan.until:
        yield "from-time", phrased("On that day only from {}.", earliest), "own"
    free_again = _after_last(plan)
    if free_again is not None:
        text = phrased(
            "This is the last attempt before the limit: if it fails, the next is possible from {}.",
            free_again.astimezone(zone).date(),
        )
        yield "last-attempt", text, plan.candidate.source


def _after_last(plan: _Plan) -> datetime | None:
    """When the exam is free again if this is the last attempt of its window and fails."""
    policy, zone, verdict = plan.candidate.policy, plan.candidate.zone, plan.verdict
    cap, end = policy.cap, verdict.window_end
    if cap is None or verdict.attempts_left != 1 or end is None or plan.at >= end:
        return None
    if cap.after == "last" and cap.months is not None:
        return add_months(plan.at.astimezone(zone), cap.months)
    wait = wait_after(cap.attempts, policy)
    return max(end, wait_end(plan.until, wait, zone).astimezone(UTC)) if wait else end


def _advice(plan: _Plan, practice_count: int) -> Iterator[Remark]:
    candidate, window = plan.candidate, plan.verdict.recommended
    exam, zone = candidate.exam, candidate.zone
    on = plan.at.astimezone(zone).date()
    if window is not None and on < window.from_:
        text: str = phrased(
            "Before the best time ({} to {}). Rushing tends to repeat the fail and to lengthen the "
            "way.",
            window.from_,
            window.until,
        )
        yield "before-recommended", text, "article"
    if window is not None and exam.retires is not None and window.until >= exam.retires:
        text = phrased(
            "The exam retires on {}, inside the best time; the latest day that still fits is {}.",
            last_day(exam, candidate.policy),
            max(window.until, exam.retires),
        )
        yield "fits-retirement", text, "own"
    if practice_count == 0:
        text = "No practice is logged yet; a paid attempt is no test of the waters."
        yield "no-practice", text, "article"
    yield from term_warnings(on, candidate)
    for booked in (sitting.attempt for sitting in candidate.sittings):
        if booked.status == "booked" and booked.at > candidate.now:
            text = phrased("Another appointment is booked for {}.", booked.at.astimezone(zone))
            yield "already-booked", text, "own"
