"""A planned appointment against the verdict: what forbids it, and what speaks against it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec

from coach.model import made_from
from coach.model.answers import Note, Retake, Source
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
from coach.wording import money, note

Severity = Literal["refused", "warning", "info"]
YEARS_AHEAD = 5
"""No appointment is further away (own): a later year is a slip, and a plan until then is long."""


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
        return (made_from(Finding, refusal, severity="refused"),)
    warnings = (*_legal_warnings(plan), *_advice(plan, practice_count))
    findings = [made_from(Finding, warning, severity="warning") for warning in warnings]
    if spent := cost(sitting.attempt for sitting in candidate.sittings):
        text = f"Fees so far: {money(spent)}. {RETAKE_PRICES[policy.retake_fee]}"
        findings.append(Finding("cost-so-far", text, candidate.source, severity="info"))
    return tuple(findings)


def _refusals(plan: _Plan) -> Iterator[Note]:
    candidate, verdict, earliest = plan.candidate, plan.verdict, plan.verdict.earliest
    now, zone, last = candidate.now, candidate.zone, candidate.last_minute
    if plan.until < now:
        gone = plan.at.astimezone(zone)
        text = "{} has passed; type a time that is still to come."
        yield note("past", "own", text, gone if plan.until == plan.at else gone.date())
    if plan.at > add_months(now.astimezone(zone), 12 * YEARS_AHEAD):
        text = "{} is too far away; type a date within {:year} from now."
        yield note("too-far", "own", text, plan.at.astimezone(zone).date(), YEARS_AHEAD)
    if last is not None and (plan.at > last or now > last):
        yield note("retired", candidate.source, "{}", retired(candidate.exam, candidate.policy))
    rule = verdict.rule_note
    if verdict.status == "unknown" or _condition(plan) is not None or rule is None:
        return
    if earliest is None:
        yield rule
    elif plan.until < earliest:
        # As a calendar shows it; as elapsed time where a repeated hour hides it.
        legal, planned = (at.astimezone(zone).replace(tzinfo=None) for at in (earliest, plan.at))
        gap = legal - planned if legal > planned else earliest - plan.at
        if plan.until != plan.at:
            gap = timedelta(days=(legal.date() - planned.date()).days)
        text = "{} too early. Earliest: {}. {}"
        yield note("too-early", rule.source, text, lapse(gap), earliest, rule.text)


def _condition(plan: _Plan) -> str | None:
    """The condition under which a date before the cautious one is legal, if there is one."""
    earliest = plan.verdict.earliest
    if earliest is not None and plan.until >= earliest:
        return None
    met = (a for a in plan.verdict.alternatives if a.when is not None and a.when <= plan.until)
    return next((alternative.condition for alternative in met), None)


def _legal_warnings(plan: _Plan) -> Iterator[Note]:
    verdict, zone, condition = plan.verdict, plan.candidate.zone, _condition(plan)
    earliest, certain = verdict.earliest, verdict.certain_from
    if verdict.status == "unknown" and verdict.rule_note is not None:
        yield verdict.rule_note
    if condition is not None:
        yield note("conditional", "own", "Allowed only if {}.", condition)
    elif verdict.status == "pending":
        text = "The result of the last sitting is not in; after a pass there is no retake."
        yield note("result-pending", "own", text)
    if certain is not None and earliest is not None and earliest <= plan.until < certain:
        text = "The time of the last sitting is unknown: certain only from {}."
        yield note("time-unknown", "own", text, certain.date())
    elif earliest is not None and max(plan.at, plan.candidate.now) < earliest <= plan.until:
        yield note("from-time", "own", "On that day only from {}.", earliest)
    free_again = _after_last(plan)
    if free_again is not None:
        text = (
            "This is the last attempt before the limit: if it fails, the next is possible from {}."
        )
        again = free_again.astimezone(zone).date()
        yield note("last-attempt", plan.candidate.source, text, again)


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


def _advice(plan: _Plan, practice_count: int) -> Iterator[Note]:
    candidate, window = plan.candidate, plan.verdict.recommended
    exam, zone = candidate.exam, candidate.zone
    on = plan.at.astimezone(zone).date()
    if window is not None and on < window.from_:
        text = (
            "Before the best time ({} to {}). Rushing tends to repeat the fail and to lengthen the "
            "way."
        )
        yield note("before-recommended", "article", text, window.from_, window.until)
    if window is not None and exam.retires is not None and window.until >= exam.retires:
        text = "The exam retires on {}, inside the best time; the latest day that still fits is {}."
        end, fits = last_day(exam, candidate.policy), max(window.until, exam.retires)
        yield note("fits-retirement", "own", text, end, fits)
    if practice_count == 0:
        text = "No practice is logged yet; a paid attempt is no test of the waters."
        yield note("no-practice", "article", text)
    yield from term_warnings(on, candidate)
    for booked in (sitting.attempt for sitting in candidate.sittings):
        if booked.status == "booked" and booked.at > candidate.now:
            text = "Another appointment is booked for {}."
            yield note("already-booked", "own", text, booked.at.astimezone(zone))
