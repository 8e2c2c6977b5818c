"""The life of an exam and of the certificate it gives: retirement, expiry, renewal."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from coach.model.answers import ExamStatus
from coach.model.exam import Exam
from coach.model.policy import Policy
from coach.policy.dates import add_months, midnight, retirement_moment


def exam_status(exam: Exam, policy: Policy, now: datetime) -> ExamStatus:
    """Where the exam stands in its life at `now`."""
    last = retirement_moment(exam, policy)
    if last is not None and now.astimezone(UTC) > last:
        return "retired"
    if exam.beta:
        return "beta"
    return "active" if last is None else "retiring"


def expiry(passed_at: datetime, exam: Exam, policy: Policy, zone: ZoneInfo) -> datetime | None:
    """When a certificate earned at `passed_at` expires if it is not renewed (again).

    None where it never does, as for Microsoft's fundamentals.
    """
    months = policy.validity_months.get(exam.level or "")
    if months is None:
        return None
    end = add_months(passed_at.astimezone(zone), months)
    renewed = policy.terms.renewed_until
    return end if renewed is None else max(end, midnight(renewed, zone))


def renewal_window(
    passed_at: datetime, exam: Exam, policy: Policy, zone: ZoneInfo
) -> tuple[datetime, datetime] | None:
    """From when until when a certificate can be renewed.

    The window closes with the exam's retirement, because the renewal assessment goes with it.
    None where nothing expires, no renewal is offered, or the exam retires before it opens.
    """
    end = expiry(passed_at, exam, policy, zone)
    if end is None or policy.renewal_window_months is None:
        return None
    start = add_months(end, -policy.renewal_window_months)
    last = retirement_moment(exam, policy)
    if last is None:
        return start, end
    return (start, min(end, last.astimezone(zone))) if start < last else None
