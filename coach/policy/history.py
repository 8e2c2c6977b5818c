"""What a history of sittings amounts to, and the earliest next one under the policy.

Attempts are joined with their results; an attempt window is built sitting by sitting. The same
question, "when is the next one legal?", dates the retake after the last sitting and checks every
earlier step."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec

from coach.model.attempt import Attempt, Report
from coach.model.exam import Exam
from coach.model.policy import AfterPass, Policy, Wait
from coach.policy.dates import (
    add_days_local,
    add_hours_elapsed,
    add_months,
    expiry,
    midnight,
    retirement_moment,
    span,
)


class Sitting(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt with its result.

    `passed` is None where the result is unknown or void. `number` counts delivered attempts,
    `counted` says whether the policy counts this status towards its cap.
    """

    attempt: Attempt
    report: Report | None
    passed: bool | None
    number: int | None
    counted: bool


def sittings(
    attempts: Iterable[Attempt], reports: Iterable[Report], exam: Exam, policy: Policy
) -> tuple[Sitting, ...]:
    """The attempts of `exam`, oldest first, whatever the order and exams of the input.

    A record that comes twice (same id) is taken once.
    """
    own = {attempt.id: attempt for attempt in attempts if attempt.exam == exam.code}
    results = {report.attempt: report for report in sorted(reports, key=lambda r: r.id)}
    ordered = sorted(own.values(), key=lambda attempt: (attempt.at.astimezone(UTC), attempt.id))
    found: list[Sitting] = []
    delivered = 0
    for attempt in ordered:
        delivered += attempt.status == "delivered"
        report = results.get(attempt.id)
        found.append(
            Sitting(
                attempt=attempt,
                report=report,
                passed=_passed(attempt, report, exam),
                number=delivered if attempt.status == "delivered" else None,
                counted=attempt.status in policy.counts,
            )
        )
    return tuple(found)


def _passed(attempt: Attempt, report: Report | None, exam: Exam) -> bool | None:
    if report is None or attempt.status == "revoked":
        return None
    if report.score is not None:
        return report.score >= exam.passing_score
    return report.passed


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


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What the sittings so far amount to.

    `window` holds the sittings of the open window of the cap, or all since the last pass where
    the cap rolls or there is none. `rung` is the number of failed sittings that the ladder of
    waits has seen. `carried` is True where the window opened on the anniversary of one that was
    not full, so that the ladder went on. `last_pass` is the latest passed sitting, `counted`
    every sitting.
    """

    window: tuple[Sitting, ...] = ()
    rung: int = 0
    carried: bool = False
    last_pass: Sitting | None = None
    counted: tuple[Sitting, ...] = ()


class Usage(msgspec.Struct, frozen=True):
    """Attempts used and left, and the window they are counted in; None where there is none."""

    used: int
    left: int | None
    start: datetime | None
    end: datetime | None


def standing_after(history: Iterable[Sitting], policy: Policy, zone: ZoneInfo) -> Standing:
    """The standing after `history`, which is sorted by time."""
    standing = Standing()
    for sitting in history:
        standing = advance(standing, sitting, policy, zone)
    return standing


def advance(standing: Standing, sitting: Sitting, policy: Policy, zone: ZoneInfo) -> Standing:
    """The standing after one more sitting; an unknown result counts as a fail."""
    window, failed = standing.window, sitting.passed is not True
    fresh = not window or window[-1].passed is True
    over = not fresh and window_over(window, policy, span(sitting.attempt, zone)[0], zone)
    full = over and policy.cap is not None and len(window) >= policy.cap.attempts
    stays = not fresh and not over
    return Standing(
        window=(*window, sitting) if stays else (sitting,),
        rung=(0 if fresh or full else standing.rung) + failed,
        carried=standing.carried if stays else over and not full,
        last_pass=standing.last_pass if failed else sitting,
        counted=(*standing.counted, sitting),
    )


def window_over(window: tuple[Sitting, ...], policy: Policy, at: datetime, zone: ZoneInfo) -> bool:
    """Whether a window that is anchored on its start has ended by `at`."""
    cap, opened = policy.cap, approval(policy, zone)
    if cap is None or cap.anchor == "rolling" or not window:
        return False
    if len(window) >= cap.attempts:
        release = cap_bound(window, policy, zone).possible
        return release is not None and at >= release
    first = span(window[0].attempt, zone)[0]
    if opened is not None and first < opened <= at:
        return True
    start = first if opened is None or first < opened else opened
    return cap.months is not None and at >= add_months(start, cap.months).astimezone(UTC)


def anniversary(sitting: Sitting, months: int, zone: ZoneInfo) -> datetime:
    """The sitting's start plus `months` in `zone`, given in UTC."""
    return add_months(span(sitting.attempt, zone)[0], months).astimezone(UTC)


def next_sitting(
    standing: Standing, exam: Exam, policy: Policy, at: datetime, zone: ZoneInfo
) -> Bound:
    """The earliest next sitting by every rule but retirement, as seen at `at`.

    Without any history that is `at` itself, under the rule `no-wait`.
    """
    bounds: list[Bound] = []
    cap, window = policy.cap, standing.window
    if standing.last_pass is not None:
        bounds.append(pass_bound(standing.last_pass, exam, policy, at, zone))
    if cap is not None and len(window) >= cap.attempts:
        bounds.append(cap_bound(window, policy, zone))
    if window and window[-1].passed is not True:
        bounds.append(wait_bound(window[-1], standing.rung, policy, zone))
    return latest(bounds) if bounds else bound(at, at, "no-wait")


def usage(standing: Standing, policy: Policy, now: datetime, zone: ZoneInfo) -> Usage:
    """Attempts used and left at `now`. A window that has ended no longer counts."""
    cap, window = policy.cap, standing.window
    if cap is None:
        return Usage(len(window), None, None, None)
    if cap.anchor == "rolling" and cap.months is not None:
        months = cap.months
        window = tuple(s for s in window if anniversary(s, months, zone) > now)
    elif window_over(window, policy, now, zone):
        window = ()
    start = _window_start(window, policy, now, zone)
    if start is None:
        return Usage(0, cap.attempts, None, None)
    left = max(0, cap.attempts - len(window))
    end = add_months(start, cap.months).astimezone(UTC) if cap.months is not None else None
    if not left:
        end = cap_bound(window, policy, zone).possible
    return Usage(len(window), left, start, end)


def _window_start(
    window: tuple[Sitting, ...], policy: Policy, now: datetime, zone: ZoneInfo
) -> datetime | None:
    """The start of the window that is open at `now`: the approval it counts from, else its first
    sitting; None where there is none."""
    opened, cap = approval(policy, zone), policy.cap
    first = span(window[0].attempt, zone)[0] if window else None
    if opened is None or cap is None or cap.months is None or (first and first < opened):
        return first
    is_open = opened <= now.astimezone(UTC) < add_months(opened, cap.months).astimezone(UTC)
    return opened if is_open else first


UNSURE = ("interrupted", "revoked")


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """A reading of the history: `legal` is the next date without, `bound` with retirement."""

    standing: Standing
    legal: Bound
    bound: Bound


def outlook(
    history: Sequence[Sitting],
    every: Sequence[Sitting],
    exam: Exam,
    policy: Policy,
    now: datetime,
    zone: ZoneInfo,
) -> Outlook:
    """The outlook if exactly the sittings of `history` count; `every` includes the others."""
    standing = standing_after(history, policy, zone)
    legal = _beta_bound(every, exam, policy) or next_sitting(standing, exam, policy, now, zone)
    if legal.rule == "waived" and legal.possible is not None:
        moment = max(legal.possible, now)
        legal = Bound(moment, moment, legal.rule)
    bound = _before_retirement(legal, retirement_moment(exam, policy), now)
    return Outlook(standing=standing, legal=legal, bound=bound)


def is_taken(sitting: Sitting) -> bool:
    """Whether a sitting is part of the history for certain.

    A pending one is, whatever its result; an interrupted one only with a score, and a beta one
    only once it has passed, because beta sittings do not count.
    """
    status = sitting.attempt.status
    scored = status == "interrupted" and sitting.passed is not None
    beta_pass = status == "beta" and sitting.passed is True
    return sitting.counted or status == "pending" or scored or beta_pass


def is_unsure(sitting: Sitting) -> bool:
    """Whether only the test provider can tell if the sitting counts."""
    return sitting.attempt.status in UNSURE and not is_taken(sitting)


def awaited(history: Sequence[Sitting], policy: Policy) -> Sitting | None:
    """The last sitting if its result is out.

    An earlier one without a result has failed, or there would have been no later sitting; so
    has one whose wait was waived.
    """
    last = history[-1] if history else None
    if last is None or last.passed is not None or is_waived(last, policy):
        return None
    return last if last.attempt.status in ("pending", "delivered") else None


def awaited_beta(every: Sequence[Sitting]) -> Sitting | None:
    """The last sitting if it is a beta one whose result is out."""
    sat = [s for s in every if s.attempt.status == "beta" or is_taken(s)]
    last = sat[-1] if sat else None
    return last if last and last.attempt.status == "beta" and last.passed is None else None


def _beta_bound(every: Sequence[Sitting], exam: Exam, policy: Policy) -> Bound | None:
    betas = [s for s in every if s.attempt.status == "beta" and not s.counted]
    passed = any(s.passed for s in betas)
    spent = exam.beta and policy.beta_sittings is not None and len(betas) >= policy.beta_sittings
    outstanding = awaited_beta(betas) is not None and awaited_beta(every) is not None
    return Bound(None, None, "beta") if outstanding or (spent and not passed) else None


def _before_retirement(legal: Bound, last: datetime | None, now: datetime) -> Bound:
    if last is None or (now <= last and (legal.possible is None or legal.possible <= last)):
        return legal
    return Bound(None, None, "passed" if legal.rule == "passed" else "retired")
