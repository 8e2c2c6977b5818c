"""The words of the notes: dates, durations, rules, exams and the source of a rule."""

from datetime import date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from coach.model.answers import Source
from coach.model.attempt import Attempt
from coach.model.exam import Exam
from coach.model.policy import Policy, Wait
from coach.policy.dates import span
from coach.wording import counted

_PLACES = {"America/Chicago": "US Central time", None: "UTC"}


def day(moment: datetime | date, zone: ZoneInfo) -> str:
    """The local date, such as 2026-11-20."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(zone).date()
    return moment.isoformat()


def stamp(moment: datetime, zone: ZoneInfo) -> str:
    """The local date and time, such as 2026-11-20 10:00."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def sat_on(attempt: Attempt, zone: ZoneInfo) -> str:
    """When an attempt was, as precisely as it is known."""
    start = span(attempt, zone)[0]
    return stamp(start, zone) if attempt.time_known else day(start, zone)


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


def origin(policy: Policy) -> Source:
    """Where a rule comes from: one that no vendor page confirms is the product's own."""
    return policy.origin if policy.verified else "own"


def last_day(exam: Exam, policy: Policy) -> str:
    """The day of retirement with its closing time; the exam must have one."""
    place = _PLACES.get(policy.retirement_zone, policy.retirement_zone)
    return f"{exam.retires} (23:59 {place})"


def successor(exam: Exam) -> str:
    """A sentence that names the successor, if there is one, with a space before it."""
    if exam.successor is None:
        return ""
    return f" Its successor {exam.successor} is a new exam with a count of its own."
