"""What a history of sittings amounts to, and the earliest next one under the policy.

Attempts are joined with their results; an attempt window is built sitting by sitting. The same
question, "when is the next one legal?", dates the retake after the last sitting and checks every
earlier step."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec

from coach.model.answers import Source
from coach.model.attempt import Attempt, Report
from coach.model.exam import Exam
from coach.model.policy import Policy, Wait
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

    A record that comes twice (same id) is taken once. Of sittings that begin at the same minute a
    passed one counts as the first, then one whose wait was waived: only then does the wait after
    the other hold, which is the careful reading.
    """
    own = {attempt.id: attempt for attempt in attempts if attempt.exam == exam.code}
    results = {report.attempt: report for report in sorted(reports, key=lambda r: r.id)}
    passed = {a.id: _passed(a, results.get(a.id), exam) for a in own.values()}
    found: list[Sitting] = []
    delivered = 0
    for attempt in sorted(
        own.values(),
        key=lambda a: (
            a.at.astimezone(UTC),
            passed[a.id] is not True,
            not is_waived(a, policy),
            a.id,
        ),
    ):
        delivered += attempt.status == "delivered"
        found.append(
            Sitting(
                attempt=attempt,
                report=results.get(attempt.id),
                passed=passed[attempt.id],
                number=delivered if attempt.status == "delivered" else None,
                counted=attempt.status in policy.counts,
            )
        )
    return tuple(found)


def _passed(attempt: Attempt, report: Report | None, exam: Exam) -> bool | None:
    if report is None or attempt.status == "revoked":
        return None
    if report.score is not None and exam.passing_score is not None:
        return report.score >= exam.passing_score
    return report.passed


class Candidate(msgspec.Struct, frozen=True):
    """Who sits `exam` under `policy`, with all appointments, oldest first, as they stand at `now`.

    The policy carries the candidate's own terms; `zone` is where the candidate is.
    """

    exam: Exam
    policy: Policy
    sittings: tuple[Sitting, ...]
    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The day that it is for the candidate."""
        return self.now.astimezone(self.zone).date()

    @property
    def source(self) -> Source:
        """Where the rules come from: those that no vendor page confirms are the product's own."""
        return self.policy.origin if self.policy.verified else "own"

    @property
    def last_minute(self) -> datetime | None:
        """When the exam can be sat for the last time, None where it does not retire."""
        return retirement_moment(self.exam, self.policy)


class EarliestDate(msgspec.Struct, frozen=True):
    """The earliest moment that one rule allows, in UTC; None for never, or not known.

    `certain` is later than `possible` where a time of day is unknown.
    """

    possible: datetime | None
    certain: datetime | None
    rule: str


def earliest_date(possible: datetime, certain: datetime, rule: str) -> EarliestDate:
    """An earliest date from moments in any zone."""
    return EarliestDate(possible.astimezone(UTC), certain.astimezone(UTC), rule)


def latest(dates: Sequence[EarliestDate]) -> EarliestDate:
    """The date that all rules leave; of equal ones the first."""
    for each in dates:
        if each.possible is None:
            return each
    possible = max(each.possible for each in dates if each.possible)
    certain = max(each.certain for each in dates if each.certain)
    rule = next(each.rule for each in dates if each.possible == possible)
    return EarliestDate(possible, certain, rule)


def after_wait(sitting: Sitting, fails: int, candidate: Candidate) -> EarliestDate:
    """What the wait after a failed sitting allows, which is fail number `fails`."""
    policy, zone = candidate.policy, candidate.zone
    low, high = span(sitting.attempt, zone)
    wait = wait_after(fails, policy)
    if is_waived(sitting.attempt, policy):
        return earliest_date(low, low, "waived")
    if wait is None:
        return earliest_date(low, low, "no-wait")
    known = sitting.attempt.time_known
    if wait.clear_days or not (wait.days or wait.hours):
        high = low
    return earliest_date(
        wait_end(low, wait, zone, time_known=known),
        wait_end(high, wait, zone, time_known=known),
        wait.rule,
    )


def wait_after(fails: int, policy: Policy) -> Wait | None:
    """The wait after so many failed sittings; the policy's last one repeats."""
    return policy.waits[min(fails, len(policy.waits)) - 1] if fails and policy.waits else None


def is_waived(attempt: Attempt, policy: Policy) -> bool:
    """Whether a granted waiver lifts the wait after this attempt (never the cap)."""
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


def approval(candidate: Candidate) -> datetime | None:
    """The start of the day on which the vendor approved the candidate; None where the cap does
    not count from there, or the day is not known."""
    cap, opened = candidate.policy.cap, candidate.policy.terms.eligible_from
    if cap is None or cap.anchor != "eligibility" or opened is None:
        return None
    return midnight(opened, candidate.zone)


def after_cap(counted: Sequence[Sitting], candidate: Candidate) -> EarliestDate:
    """When a full window of the policy's cap allows the next sitting; a new approval opens a new
    window at once."""
    cap, opened, zone = candidate.policy.cap, approval(candidate), candidate.zone
    assert cap is not None
    if opened is not None and opened > span(counted[-1].attempt, zone)[1]:
        return earliest_date(opened, opened, cap.rule)
    if cap.after == "never" or cap.months is None:
        return EarliestDate(None, None, cap.rule)
    first = -cap.attempts if cap.anchor == "rolling" else 0
    low, high = span(counted[-1 if cap.after == "last" else first].attempt, zone)
    return earliest_date(add_months(low, cap.months), add_months(high, cap.months), cap.rule)


def after_pass(sitting: Sitting, candidate: Candidate, at: datetime) -> EarliestDate:
    """What a pass allows, as seen at `at`.

    An expired certificate ends its story, unless the vendor's wait is longer. Where only that
    allows a retake there is no date before it has expired, because a renewal moves it.
    """

    def step(moment: datetime, sign: int) -> datetime:
        months = add_months(moment, sign * (rule.months or 0))
        return add_days_local(months, sign * (rule.days or 0), zone)

    exam, policy, zone = candidate.exam, candidate.policy, candidate.zone
    rule = policy.after_pass
    never = EarliestDate(None, None, "passed")
    if rule.retake in ("with-consent", "unknown"):
        return never
    low, high = span(sitting.attempt, zone)
    waits = rule.retake == "after-wait" and bool(rule.months or rule.days)
    free = earliest_date(step(low, 1), step(high, 1), "passed") if waits else never
    if rule.retake == "any-time":
        free = earliest_date(low, low, "passed")
    low_end, high_end = expiry(low, exam, policy, zone), expiry(high, exam, policy, zone)
    if low_end is None or high_end is None:
        return free
    if at.astimezone(UTC) >= low_end and (free.possible is None or free.possible <= low_end):
        return earliest_date(low_end, high_end, "expired")
    if rule.retake == "before-expiry":
        return earliest_date(step(low_end, -1), step(high_end, -1), "passed")
    return free


class AttemptWindow(msgspec.Struct, frozen=True, kw_only=True):
    """What the sittings so far amount to.

    `counted` holds those that the cap counts: the sittings of its open window, or all since the
    last pass where there is no cap. `fails` is how many failed sittings the next wait counts.
    `carried` is True where the window opened on the anniversary of one that was not full, so that
    the waits went on. `last_pass` is the latest passed sitting, `history` every sitting.
    """

    counted: tuple[Sitting, ...] = ()
    fails: int = 0
    carried: bool = False
    last_pass: Sitting | None = None
    history: tuple[Sitting, ...] = ()


class Usage(msgspec.Struct, frozen=True):
    """Attempts used and left, and the window they are counted in; None where there is none."""

    used: int
    left: int | None
    start: datetime | None
    end: datetime | None


def advance(window: AttemptWindow, sitting: Sitting, candidate: Candidate) -> AttemptWindow:
    """The window after one more sitting; an unknown result counts as a fail.

    A rolling window loses the sittings that are too old for it, and the wait does not count them
    either. It is looked at when the sitting begins, so that no wait ends early because an older
    sitting leaves the window in the meantime.
    """
    counted, failed, cap = window.counted, sitting.passed is not True, candidate.policy.cap
    start = span(sitting.attempt, candidate.zone)[0].astimezone(UTC)
    fresh = not counted or counted[-1].passed is True
    over = not fresh and window_over(counted, candidate, start)
    full = over and cap is not None and len(counted) >= cap.attempts
    kept = () if fresh or over else counted
    fails = 0 if fresh or full else window.fails
    if cap is not None and cap.anchor == "rolling" and cap.months is not None:
        kept = still_inside(kept, cap.months, start, candidate.zone)
        fails = len(kept)
    return AttemptWindow(
        counted=(*kept, sitting),
        fails=fails + failed,
        carried=window.carried if not (fresh or over) else over and not full,
        last_pass=window.last_pass if failed else sitting,
        history=(*window.history, sitting),
    )


def still_inside(
    counted: Sequence[Sitting], months: int, at: datetime, zone: ZoneInfo
) -> tuple[Sitting, ...]:
    """The sittings that are less than `months` old at `at`, for certain or possibly."""
    return tuple(
        s for s in counted if add_months(span(s.attempt, zone)[1], months).astimezone(UTC) > at
    )


def window_over(counted: tuple[Sitting, ...], candidate: Candidate, at: datetime) -> bool:
    """Whether a window that is anchored on its start has ended by `at`."""
    cap, opened = candidate.policy.cap, approval(candidate)
    if cap is None or cap.anchor == "rolling" or not counted:
        return False
    if len(counted) >= cap.attempts:
        release = after_cap(counted, candidate).possible
        return release is not None and at >= release
    first = span(counted[0].attempt, candidate.zone)[0]
    if opened is not None and first < opened <= at:
        return True
    start = first if opened is None or first < opened else opened
    return cap.months is not None and at >= add_months(start, cap.months).astimezone(UTC)


def next_sitting(window: AttemptWindow, candidate: Candidate, at: datetime) -> EarliestDate:
    """The earliest next sitting by every rule but retirement, as seen at `at`.

    Without any history that is `at` itself, under the rule `no-wait`; where the policy's waits
    are not known there is no date, under the rule `unknown`. A later sitting shows that a pass
    whose consequences are not known left the exam open.
    """
    dates: list[EarliestDate] = []
    policy, counted, last_pass = candidate.policy, window.counted, window.last_pass
    if last_pass is not None and (
        policy.after_pass.retake != "unknown" or window.history[-1] is last_pass
    ):
        dates.append(after_pass(last_pass, candidate, at))
    if not policy.waits:
        dates.append(EarliestDate(None, None, "unknown"))
    if policy.cap is not None and len(counted) >= policy.cap.attempts:
        dates.append(after_cap(counted, candidate))
    if counted and counted[-1].passed is not True:
        dates.append(after_wait(counted[-1], window.fails, candidate))
    return latest(dates) if dates else earliest_date(at, at, "no-wait")


def usage(window: AttemptWindow, candidate: Candidate) -> Usage:
    """Attempts used and left now. A window that has ended no longer counts."""
    cap, now, zone, counted = candidate.policy.cap, candidate.now, candidate.zone, window.counted
    if cap is None:
        return Usage(len(counted), None, None, None)
    if cap.anchor == "rolling" and cap.months is not None:
        counted = still_inside(counted, cap.months, now, zone)
    elif window_over(counted, candidate, now):
        counted = ()
    # The window counts from the approval where there is one, else from its first sitting.
    opened = approval(candidate)
    start = span(counted[0].attempt, zone)[0] if counted else None
    if opened is not None and cap.months is not None and not (start and start < opened):
        closed = add_months(opened, cap.months).astimezone(UTC)
        start = opened if opened <= now < closed else start
    if start is None:
        return Usage(0, cap.attempts, None, None)
    left = max(0, cap.attempts - len(counted))
    end = add_months(start, cap.months).astimezone(UTC) if cap.months is not None else None
    if not left:
        end = after_cap(counted, candidate).possible
    return Usage(len(counted), left, start, end)


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """The next date if exactly certain sittings count: `legal` without, `date` with retirement.

    There is more than one while a result is out, or while it is open whether an interrupted or
    revoked sitting counts.
    """

    window: AttemptWindow
    legal: EarliestDate
    date: EarliestDate


def scenario(history: Sequence[Sitting], candidate: Candidate) -> Scenario:
    """The next date if of the candidate's sittings exactly those of `history` count."""
    exam, policy, now = candidate.exam, candidate.policy, candidate.now
    window = AttemptWindow()
    for sitting in history:
        window = advance(window, sitting, candidate)
    legal = next_sitting(window, candidate, now)
    betas = [s for s in candidate.sittings if s.attempt.status == "beta" and not s.counted]
    spent = exam.beta and policy.beta_sittings is not None and len(betas) >= policy.beta_sittings
    is_out = awaited_beta(candidate.sittings) in betas
    if is_out or (spent and not any(s.passed for s in betas)):
        legal = EarliestDate(None, None, "beta")
    if legal.rule == "waived" and legal.possible is not None:
        moment = max(legal.possible, now)
        legal = EarliestDate(moment, moment, legal.rule)
    opens = None if exam.available_from is None else midnight(exam.available_from, candidate.zone)
    if opens is not None and now < opens:
        legal = latest([earliest_date(opens, opens, "announced"), legal])
    date, last = legal, candidate.last_minute
    if last is not None and (now > last or (legal.possible is not None and legal.possible > last)):
        date = EarliestDate(None, None, "passed" if legal.rule == "passed" else "retired")
    return Scenario(window=window, legal=legal, date=date)


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
    return sitting.attempt.status in ("interrupted", "revoked") and not is_taken(sitting)


def awaited(history: Sequence[Sitting], policy: Policy) -> Sitting | None:
    """The last sitting if its result is out.

    An earlier one without a result has failed, or there would have been no later sitting; so
    has one whose wait was waived.
    """
    last = history[-1] if history else None
    if last is None or last.passed is not None or is_waived(last.attempt, policy):
        return None
    return last if last.attempt.status in ("pending", "delivered") else None


def awaited_beta(every: Sequence[Sitting]) -> Sitting | None:
    """The last sitting if it is a beta one whose result is out."""
    sat = [s for s in every if s.attempt.status == "beta" or is_taken(s)]
    last = sat[-1] if sat else None
    return last if last and last.attempt.status == "beta" and last.passed is None else None
