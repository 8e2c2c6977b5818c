"""Date arithmetic for retake rules: elapsed hours in UTC, calendar steps on local wall time.

Two datetimes with the same zone compare by wall time, which is wrong in the hour that a clock
change repeats. Moments to compare are therefore kept in UTC, and shown in the user's zone.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from coach.model.attempt import Attempt
from coach.model.exam import Exam
from coach.model.policy import Policy

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
    as_entered = attempt.at.time() == time()
    day = attempt.at.date() if as_entered else attempt.at.astimezone(zone).date()
    return midnight(day, zone), midnight(day + timedelta(days=1), zone)


def retirement_moment(exam: Exam, policy: Policy) -> datetime | None:
    """The last minute at which the exam can be sat: 23:59 of its last day where the vendor is.

    None for an exam without a retirement date. UTC where the policy names no zone.
    """
    if exam.retires is None:
        return None
    zone = ZoneInfo(policy.retirement_zone) if policy.retirement_zone else UTC
    return datetime.combine(exam.retires, LAST_MINUTE, zone)
