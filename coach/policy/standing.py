"""Where a candidate stands after some sittings, and what the policy allows next.

A standing is built sitting by sitting. The same question, "when is the next one legal?", dates
the retake after the last sitting and checks every earlier step of the history.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec

from coach.model.exam import Exam
from coach.model.policy import Policy
from coach.policy.bounds import (
    Bound,
    approval,
    bound,
    cap_bound,
    latest,
    pass_bound,
    wait_bound,
)
from coach.policy.dates import add_months, span
from coach.policy.sittings import Sitting


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
