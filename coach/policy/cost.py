"""Fees: what was spent, until when a change keeps the fee, and when it is lost."""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from coach.model.attempt import Attempt, AttemptStatus
from coach.model.policy import Policy
from coach.policy.dates import add_business_days_local, add_days_local, add_hours_elapsed

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


def change_deadline(attempt: Attempt, policy: Policy, zone: ZoneInfo) -> datetime | None:
    """The last moment at which a change keeps the fee, None where nobody names one.

    The candidate's own notice, such as a voucher's, stands before the vendor's. Hours are elapsed
    ones; business days are Mondays to Fridays at the same local time. Without a known place the
    strictest deadline counts.
    """
    own = policy.terms.change_notice
    if own is not None and own.unit == "business-days":
        return add_business_days_local(attempt.at, -own.amount, zone)
    hours = own.amount if own is not None else _vendor_hours(attempt, policy)
    return None if hours is None else add_hours_elapsed(attempt.at, -hours, zone)


def _vendor_hours(attempt: Attempt, policy: Policy) -> int | None:
    hours = policy.change_deadline_hours
    strictest = max(hours.values(), default=None)
    return hours.get(attempt.place, strictest) if attempt.place else strictest


def cancel_status(
    attempt: Attempt, cancelled_at: datetime, policy: Policy, zone: ZoneInfo
) -> AttemptStatus:
    """What cancelling a booked attempt at `cancelled_at` makes of it: a late one loses its fee.

    Without a time of day it is late only once it is late for every time of that day.
    """
    deadline = change_deadline(attempt, policy, zone)
    if deadline is not None and not attempt.time_known:
        deadline = add_days_local(deadline, 1, zone)
    is_late = deadline is not None and cancelled_at.astimezone(UTC) > deadline.astimezone(UTC)
    return "late-cancelled" if is_late else "cancelled"


def retake_price(policy: Policy) -> str:
    """What a retake costs, as a sentence."""
    return _PRICES[policy.retake_fee]


_PRICES = {
    "each": "Each retake is paid for, where a fee applies.",
    "reduced": "A retake costs a reduced fee.",
    "free": "A retake is free.",
}
