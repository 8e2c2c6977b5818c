"""One reading of the history and the next legal date under it.

There is more than one reading while a result is out, or while it is open whether an interrupted
or revoked sitting counts.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from coach.model.exam import Exam
from coach.model.policy import Policy
from coach.policy.bounds import Bound, is_waived
from coach.policy.dates import retirement_moment
from coach.policy.sittings import Sitting
from coach.policy.standing import Standing, next_sitting, standing_after

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
