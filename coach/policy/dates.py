"""Date arithmetic for retake rules, and the life span of an exam and of its certificate.

Elapsed hours are counted in UTC, calendar steps on local wall time. Two datetimes with the same
zone compare by wall time, which is wrong in the hour that a clock change repeats. Moments to
compare are therefore kept in UTC, and shown in the user's zone."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from math import ceil
from zoneinfo import ZoneInfo

from coach.model.attempt import Attempt
from coach.model.exam import Exam
from coach.model.material import ExamStatus
from coach.model.phrase import Phrase
from coach.model.policy import Policy, Wait
from coach.wording import counted, phrased

LAST_MINUTE = time(23, 59)


def on_wall(wall: datetime, zone: tzinfo) -> datetime:
    """The naive wall time `wall` in `zone`.

    A time that a clock change skips moves forward by the gap; of a time that comes twice the
    first is meant.
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)


def midnight(day: date, zone: tzinfo) -> datetime:
    """The start of `day` in `zone`."""
    return on_wall(datetime.combine(day, time()), zone)


def add_months(moment: datetime, months: int) -> datetime:
    """`moment` plus calendar months at the same wall time in its own zone.

    A day that the target month lacks becomes the first of the month after it, the cautious
    choice: 29 February plus 12 months is 1 March.
    """
    assert moment.tzinfo is not None
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    wall = moment.replace(tzinfo=None)
    try:
        wall = wall.replace(year=year, month=month + 1)
    except ValueError:
        year, month = divmod(year * 12 + month + 1, 12)
        wall = wall.replace(year=year, month=month + 1, day=1)
    return on_wall(wall, moment.tzinfo)


def add_days_local(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """`moment` plus calendar days at the same local clock time in `zone`."""
    wall = moment.astimezone(zone).replace(tzinfo=None)
    return on_wall(wall + timedelta(days=days), zone)


def add_hours_elapsed(moment: datetime, hours: int, zone: ZoneInfo) -> datetime:
    """`moment` plus elapsed hours, whatever the clock does in between, shown in `zone`."""
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(zone)


def add_business_days(day: date, days: int) -> date:
    """`day` plus `days` weekdays (Monday to Friday, no holidays); back where `days` is negative."""
    step = timedelta(days=1 if days > 0 else -1)
    while days:
        day += step
        days -= step.days * (day.weekday() < 5)
    return day


def add_business_days_local(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """`moment` plus weekdays at the same local clock time in `zone`."""
    wall = moment.astimezone(zone).replace(tzinfo=None)
    return on_wall(datetime.combine(add_business_days(wall.date(), days), wall.time()), zone)


def span(attempt: Attempt, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The earliest and the latest moment at which an attempt can have started.

    They differ only where the time of day is unknown: then they are the two midnights around
    the day, which is the day as it was entered, also after a move to another zone.
    """
    if attempt.time_known:
        start = attempt.at.astimezone(zone)
        return start, start
    on_its_day = attempt.at.time() == time()
    day = attempt.at.date() if on_its_day else attempt.at.astimezone(zone).date()
    return midnight(day, zone), midnight(day + timedelta(days=1), zone)


def as_entered(attempt: Attempt, zone: ZoneInfo) -> datetime | date:
    """When an attempt is in `zone`, its day alone where the time of day is unknown."""
    start = span(attempt, zone)[0]
    return start if attempt.time_known else start.date()


def begins(at: datetime | date, zone: tzinfo) -> datetime:
    """The moment itself, of a day its start."""
    return at if isinstance(at, datetime) else midnight(at, zone)


def retirement_moment(exam: Exam, policy: Policy) -> datetime | None:
    """The last minute at which the exam can be sat: 23:59 of its last day where the vendor is.

    None for an exam without a retirement date. UTC where the policy names no zone.
    """
    if exam.retires is None:
        return None
    zone = ZoneInfo(policy.retirement_zone) if policy.retirement_zone else UTC
    return datetime.combine(exam.retires, LAST_MINUTE, zone)


_PLACES = {"America/Chicago": "US Central time", None: "UTC"}


def lapse(gap: timedelta) -> str:
    """A duration in days, hours and minutes, rounded up to the minute: `1 day 2 hours`."""
    minutes = ceil(gap.total_seconds() / 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "day"), (hours, "hour"), (minutes, "minute"))
    return " ".join(counted(n, unit) for n, unit in parts if n) or "0 minutes"


def wait_name(wait: Wait) -> str:
    """A wait as the rule that it is: `24-hour rule`, `14-day rule`."""
    if wait.hours is not None:
        return f"{wait.hours}-hour rule"
    return f"{wait.days}-day rule{' (full days)' if wait.clear_days else ''}"


def last_day(exam: Exam, policy: Policy) -> Phrase:
    """The day of retirement with its closing time; the exam must have one."""
    place = _PLACES.get(policy.retirement_zone, policy.retirement_zone)
    return phrased("{} (23:59 {})", exam.retires, place)


def successor(exam: Exam) -> str:
    """A sentence that names the successor, if there is one, with a space before it."""
    if exam.successor is None:
        return ""
    return f" Its successor {exam.successor} is a new exam with its own attempt limit."


def exam_status(exam: Exam, policy: Policy, now: datetime) -> ExamStatus:
    """Where the exam stands in its life at `now`."""
    last = retirement_moment(exam, policy)
    if last is not None and now.astimezone(UTC) > last:
        return "retired"
    if exam.available_from is not None and now.date() < exam.available_from:
        return "announced"
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


def retired(exam: Exam, policy: Policy) -> Phrase:
    """A sentence that closes a retired exam and names its successor; the exam must end."""
    end = last_day(exam, policy)
    return phrased("{} cannot be sat after {}.{}", exam.code, end, successor(exam))
