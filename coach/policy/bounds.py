"""What each single rule allows: the wait after a fail, the cap, and the rule after a pass."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec

from coach.model.exam import Exam
from coach.model.policy import AfterPass, Policy, Wait
from coach.policy.dates import add_days_local, add_hours_elapsed, add_months, midnight, span
from coach.policy.lifecycle import expiry
from coach.policy.sittings import Sitting


class Bound(msgspec.Struct, frozen=True):
    """The earliest moment that one rule allows, in UTC; None for never.

    `certain` is later than `possible` where a time of day is unknown.
    """

    possible: datetime | None
    certain: datetime | None
    rule: str


def bound(possible: datetime, certain: datetime, rule: str) -> Bound:
    """A bound from moments in any zone."""
    return Bound(possible.astimezone(UTC), certain.astimezone(UTC), rule)


def latest(bounds: list[Bound]) -> Bound:
    """The bound that all others leave in force; of equal ones the first."""
    for each in bounds:
        if each.possible is None:
            return each
    possible = max(each.possible for each in bounds if each.possible)
    certain = max(each.certain for each in bounds if each.certain)
    rule = next(each.rule for each in bounds if each.possible == possible)
    return Bound(possible, certain, rule)


def wait_bound(sitting: Sitting, rung: int, policy: Policy, zone: ZoneInfo) -> Bound:
    """The wait after the `rung`th failed sitting, which `sitting` is."""
    low, high = span(sitting.attempt, zone)
    wait = wait_after(rung, policy)
    if is_waived(sitting, policy):
        return bound(low, low, "waived")
    if wait is None:
        return bound(low, low, "no-wait")
    known = sitting.attempt.time_known
    if wait.clear_days or not (wait.days or wait.hours):
        high = low
    return bound(
        wait_end(low, wait, zone, time_known=known),
        wait_end(high, wait, zone, time_known=known),
        wait.rule,
    )


def wait_after(rung: int, policy: Policy) -> Wait | None:
    """The wait after the `rung`th failed sitting, counted from 1; the last one repeats."""
    return policy.waits[min(rung, len(policy.waits)) - 1] if rung and policy.waits else None


def is_waived(sitting: Sitting, policy: Policy) -> bool:
    """Whether a granted waiver lifts the wait after this sitting (never the cap)."""
    attempt = sitting.attempt
    eligible = attempt.reason is None or attempt.reason in policy.waiver_reasons
    return attempt.waiver_granted and eligible and bool(policy.waiver_reasons)


def wait_end(start: datetime, wait: Wait, zone: ZoneInfo, *, time_known: bool = True) -> datetime:
    """When a wait that began at `start` is over.

    Clear days end with the midnight after them. Without a time of day there is no hour to count
    from, so that whole days stand for 24 hours each.
    """
    hours = wait.hours or 0
    if wait.clear_days:
        return midnight(add_days_local(start, (wait.days or 0) + 1, zone).date(), zone)
    if wait.days is not None:
        return add_days_local(start, wait.days, zone)
    if not time_known and hours % 24 == 0:
        return add_days_local(start, hours // 24, zone)
    return add_hours_elapsed(start, hours, zone)


def approval(policy: Policy, zone: ZoneInfo) -> datetime | None:
    """The start of the day on which the vendor approved the candidate; None where the cap does
    not count from there, or the day is not known."""
    opened = policy.terms.eligible_from
    if policy.cap is None or policy.cap.anchor != "eligibility" or opened is None:
        return None
    return midnight(opened, zone)


def cap_bound(window: tuple[Sitting, ...], policy: Policy, zone: ZoneInfo) -> Bound:
    """When a full window of the policy's cap allows the next sitting; a new approval opens a new
    window at once."""
    cap, opened = policy.cap, approval(policy, zone)
    assert cap is not None
    if opened is not None and opened > span(window[-1].attempt, zone)[1]:
        return bound(opened, opened, cap.rule)
    if cap.after == "never" or cap.months is None:
        return Bound(None, None, cap.rule)
    first = -cap.attempts if cap.anchor == "rolling" else 0
    low, high = span(window[-1 if cap.after == "last" else first].attempt, zone)
    return bound(add_months(low, cap.months), add_months(high, cap.months), cap.rule)


def pass_bound(sitting: Sitting, exam: Exam, policy: Policy, at: datetime, zone: ZoneInfo) -> Bound:
    """What a pass allows, as seen at `at`.

    Where only an expired certificate allows a retake there is no date before it has expired,
    because a renewal moves it.
    """
    rule = policy.after_pass
    low, high = span(sitting.attempt, zone)
    if rule.retake == "any-time":
        return bound(low, low, "passed")
    if rule.retake == "after-wait" and (rule.months or rule.days):
        return bound(_step(low, rule, zone, 1), _step(high, rule, zone, 1), "passed")
    low_end, high_end = expiry(low, exam, policy, zone), expiry(high, exam, policy, zone)
    if rule.retake not in ("after-expiry", "before-expiry") or not low_end or not high_end:
        return Bound(None, None, "passed")
    if at.astimezone(UTC) >= low_end:
        return bound(low_end, high_end, "expired")
    if rule.retake == "before-expiry":
        return bound(_step(low_end, rule, zone, -1), _step(high_end, rule, zone, -1), "passed")
    return Bound(None, None, "passed")


def _step(moment: datetime, rule: AfterPass, zone: ZoneInfo, sign: int) -> datetime:
    months = add_months(moment, sign * (rule.months or 0))
    return add_days_local(months, sign * (rule.days or 0), zone)
