"""What the user set: the exams they track and the hours they have."""

from datetime import date, datetime, time
from typing import Literal

import msgspec

from coach.model.plan import Strategy
from coach.model.policy import Terms

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """A span of one day in local wall time; `end` is later than `start`, 00:00 means midnight
    at the end of the day."""

    start: time
    end: time


class BusyTimes(msgspec.Struct, frozen=True, kw_only=True):
    """When other things fill the user's calendar, as read from the file `name` at the time
    `read`. `spans` are in order and apart; what lies after `until` was not looked at."""

    name: str
    read: datetime
    until: datetime
    spans: tuple[tuple[datetime, datetime], ...] = ()


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """Weekly availability and days off; `windows` has only the weekdays with any time.

    All lengths are in minutes. A block takes `block_minutes` at most and three quarters of that
    at least; `break_minutes` lie between two blocks. No day has more study than `daily_minutes`
    and no week more than `weekly_minutes`, in all exams together; None is no cap. `spare_minutes`
    of every week are for strong areas, after the rest.
    """

    id: str = "hours"
    windows: dict[Weekday, tuple[Window, ...]]
    off: tuple[date, ...] = ()
    block_minutes: int = 60
    break_minutes: int = 0
    daily_minutes: int | None = None
    weekly_minutes: int | None = None
    spare_minutes: int = 0
    busy: BusyTimes | None = None


def _evening() -> tuple[Window, ...]:
    return (Window(start=time(19, 0), end=time(20, 30)),)


DEFAULT_HOURS = Hours(
    windows={
        "mon": _evening(),
        "tue": _evening(),
        "wed": _evening(),
        "thu": _evening(),
        "sat": (Window(start=time(9, 0), end=time(13, 0)),),
    }
)


class OutlineMapping(msgspec.Struct, frozen=True, kw_only=True):
    """Which domain of one outline continues which of an earlier one, as the user sees it.

    `earlier` and `outline` are outline ids of one exam; `domains` maps a name in the first to a
    name in the second. Several may lead to one; a domain that nothing continues is missing.
    """

    earlier: str
    outline: str
    domains: dict[str, str]


class Tracked(msgspec.Struct, frozen=True, kw_only=True):
    """An exam the user follows; its id is the exam's code.

    `target` is the date to plan for that the user set, None for automatic. `topics` keeps the
    user's own topic order by domain name, `mappings` how outlines continue each other, `terms`
    what was agreed with the vendor. `selected` marks the exam on screen.
    """

    id: str
    target: datetime | None = None
    target_time_known: bool = True
    strategy: Strategy = "two-tier"
    topics: dict[str, tuple[str, ...]] = {}
    mappings: tuple[OutlineMapping, ...] = ()
    lessons: str = ""
    terms: Terms = Terms()
    selected: bool = False
