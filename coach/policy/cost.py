"""Fees: what was spent, until when a change keeps the fee, and when it is lost."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from coach.model.attempt import Attempt, AttemptStatus
from coach.model.policy import Policy

MISSED: tuple[AttemptStatus, ...] = ("no-show", "late-cancelled")
"""Appointments that gave no exam and whose fee is lost."""


def cost(attempts: Iterable[Attempt]) -> float:
    """The fees of all appointments but those cancelled in time, in the user's currency.

    A fail and a missed appointment are not refunded.
    """
    return sum((a.fee or 0.0 for a in attempts if a.status != "cancelled"), 0.0)


def fee_lost(attempt: Attempt) -> bool:
    """Whether a fee was paid for an appointment that gave no exam."""
    return attempt.status in MISSED and bool(attempt.fee)


def change_deadline(attempt: Attempt, policy: Policy) -> datetime | None:
    """The last moment at which a change keeps the fee, None where the policy names none.

    Hours are elapsed ones. Without a known place the strictest deadline counts.
    """
    hours = policy.change_deadline_hours
    if not hours:
        return None
    strictest = max(hours.values())
    notice = hours.get(attempt.place, strictest) if attempt.place else strictest
    return (attempt.at.astimezone(UTC) - timedelta(hours=notice)).astimezone(attempt.at.tzinfo)


def cancel_status(attempt: Attempt, cancelled_at: datetime, policy: Policy) -> AttemptStatus:
    """What cancelling a booked attempt at `cancelled_at` makes of it: a late one loses its fee.

    Without a time of day it is late only once it is late for every time of that day.
    """
    deadline = change_deadline(attempt, policy)
    if deadline is not None and not attempt.time_known:
        deadline += timedelta(days=1)
    return "cancelled" if deadline is None or cancelled_at <= deadline else "late-cancelled"
