"""The retake rules a second time, as a predicate on one minute, apart from `coach.policy`.

The table is typed in from the vendors' texts, and a date is found by walking: day by day to the
first day with a legal minute, then minute by minute. Wall times are compared as a calendar shows
them; sittings lie in hours in which no clock changes.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
HORIZON_DAYS = 4 * 366


class Vendor(NamedTuple):
    """`waits`: (amount, unit) with unit h, d or c (clear days); `cap`: (attempts, months, anchor,
    counted from); `passed`: (rule, amount, unit); `valid`: months by level."""

    waits: tuple[tuple[int, str], ...]
    cap: tuple[int, int | None, str, str] | None = None
    passed: tuple[str, int, str] = ("expiry", 0, "m")
    valid: dict[str, int] = {}  # noqa: RUF012 - read only
    counts: tuple[str, ...] = ("delivered",)
    waivers: bool = False
    closes_in: str = "UTC"


YEARLY = {"associate": 12, "expert": 12, "specialty": 12}
THREE = {"associate": 36, "expert": 36, "professional": 36}
VENDORS = {
    "microsoft": Vendor(((24, "h"), (14, "d")), (5, 12, "first", "first"), valid=YEARLY,
                        waivers=True, closes_in="America/Chicago"),
    "microsoft-beta": Vendor(((0, "h"),), (1, None, "first", "never"), valid=YEARLY, waivers=True,
                             counts=("beta", "delivered"), closes_in="America/Chicago"),
    "microsoft-mos": Vendor(((24, "h"), (48, "h")), passed=("free", 0, "m")),
    "microsoft-applied-skills": Vendor(
        ((72, "h"),), counts=("delivered", "cancelled", "interrupted")
    ),
    "microsoft-renewal": Vendor(((0, "h"), (24, "h")), passed=("before", 6, "m"), valid=YEARLY,
                                closes_in="America/Chicago"),
    "aws": Vendor(((14, "d"),), passed=("wait", 24, "m"),
                  valid={"fundamentals": 36, "associate": 36, "specialty": 36, "professional": 36}),
    "comptia": Vendor(((0, "h"), (14, "d")), passed=("consent", 0, "m"), valid=THREE),
    "cisco-associate": Vendor(((5, "c"),), passed=("wait", 180, "d"),
                              valid={"associate": 36, "professional": 36, "specialty": 36}),
    "cisco-expert-written": Vendor(((15, "c"),), (4, 12, "rolling", "first"),
                                   ("wait", 180, "d"), {"expert": 36}),
    "cisco-expert-lab": Vendor(((30, "d"), (90, "d"), (90, "d"), (90, "d"), (180, "d")),
                               passed=("free", 0, "m"), valid={"expert": 36}),
    "google-foundational": Vendor(((14, "d"),), (10, 12, "first", "first"), ("before", 60, "d"),
                                  {"fundamentals": 36}),
    "google-associate": Vendor(((14, "d"), (60, "d"), (365, "d")), (4, 24, "first", "first"),
                               ("before", 60, "d"), {"associate": 36, "professional": 24}),
    "isc2": Vendor(((30, "c"), (60, "c"), (90, "c")), (4, 12, "rolling", "first"), valid=THREE),
    "pmi": Vendor(((0, "h"),), (3, 12, "first", "last"), valid=THREE),
    "hashicorp": Vendor(((7, "d"),), (4, 12, "rolling", "first"), ("before", 6, "m"),
                        {"associate": 24, "professional": 24}),
    "linux-foundation": Vendor(((0, "h"),), passed=("free", 0, "m"),
                               valid={"fundamentals": 24, "associate": 24, "professional": 24}),
    "ec-council": Vendor(((0, "h"), (14, "d")), (5, 12, "first", "last"), valid=THREE),
    "adobe": Vendor(((24, "h"), (5, "d")), passed=("free", 0, "m")),
    "github": Vendor(((24, "h"), (14, "d")), (5, 12, "first", "first"), waivers=True,
                     valid={"associate": 24, "professional": 24, "expert": 24},
                     closes_in="America/Chicago"),
    # What a pass allows is not known for these: no date after one, unless the exam was sat again.
    "isaca": Vendor(((30, "d"), (90, "d")), (4, 12, "rolling", "first"), ("unknown", 0, "m")),
    "oracle": Vendor(((14, "d"),), passed=("unknown", 0, "m")),
    "salesforce": Vendor(((24, "h"), (14, "d")), passed=("unknown", 0, "m")),
    "snowflake": Vendor(((7, "d"),), (4, 12, "rolling", "first"), ("unknown", 0, "m"),
                        {"associate": 24, "professional": 24, "specialty": 24}),
}  # fmt: skip


class Sat(NamedTuple):
    """One sitting: its wall time, what it was, whether it passed, whether its wait was waived."""

    wall: datetime
    status: str = "delivered"
    passed: bool = False
    waived: bool = False


def months_after(start: datetime, months: int) -> datetime:
    """The wall time `months` later, or earlier; a missing day is the first of the next month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if start.day > monthrange(year, month + 1)[1]:
        year, month = divmod(year * 12 + month + 1, 12)
        return datetime.combine(date(year, month + 1, 1), start.time())
    return datetime.combine(date(year, month + 1, start.day), start.time())


def months_on(start: datetime, wall: datetime, months: int) -> bool:
    """Whether `wall` is `months` after `start` or later."""
    return wall >= months_after(start, months)


class Oracle:
    """What one vendor allows after a history in one zone, as seen at a wall time `now`."""

    def __init__(
        self,
        vendor: Vendor,
        history: list[Sat],
        zone: ZoneInfo,
        now: datetime,
        *,
        level: str = "associate",
        retires: date | None = None,
    ) -> None:
        self.vendor, self.zone, self.now, self.retires = vendor, zone, now, retires
        self.valid = vendor.valid.get(level)
        # Two sittings in one minute: the passed one came first, then the one with a waiver, so
        # that the wait after the other holds.
        self.sat = sorted(
            (s for s in history if s.status in vendor.counts or (s.status == "beta" and s.passed)),
            key=lambda s: (s.wall, not s.passed, not (s.waived and vendor.waivers)),
        )
        self.windows = self._windows()
        self.fails = self._fails()

    def first(self) -> datetime | None:
        """The first legal minute from the last sitting on, in UTC."""
        if not self.sat:
            raise ValueError("the walk begins with a sitting")
        start = self.sat[-1].wall
        for day in range(HORIZON_DAYS):
            on = start.date() + day * DAY
            if not self.legal(datetime.combine(on, time(23, 59)).replace(tzinfo=self.zone)):
                continue
            for minute in self._minutes(on):
                if minute.replace(tzinfo=None) >= start and self.legal(minute):
                    return self._shown(minute)
        return None

    def _shown(self, minute: datetime) -> datetime | None:
        """The date to show for the first legal minute; a lifted wait is over at `now`."""
        last = self.sat[-1]
        lifted = last.waived and self.vendor.waivers and minute.replace(tzinfo=None) == last.wall
        if lifted and self.now > last.wall:
            minute = self.now.replace(tzinfo=self.zone)
        return minute.astimezone(UTC) if self._open(minute) else None

    def _minutes(self, on: date) -> Iterator[datetime]:
        begin = (
            datetime.combine(on, time()).replace(tzinfo=self.zone).astimezone(UTC) - 180 * MINUTE
        )
        for step in range(30 * 60):
            minute = (begin + step * MINUTE).astimezone(self.zone)
            if minute.date() == on:
                yield minute

    def legal(self, minute: datetime) -> bool:
        """Whether a sitting may begin at `minute`, were the exam never to end."""
        wall = minute.replace(tzinfo=None)
        return self._waited(minute) and self._free(wall) and self._cap(wall)

    def _open(self, minute: datetime) -> bool:
        if self.retires is None:
            return True
        place = ZoneInfo(self.vendor.closes_in)
        now = self.now.replace(tzinfo=self.zone)
        return max(minute.astimezone(UTC), now.astimezone(UTC)) <= datetime.combine(
            self.retires, time(23, 59)
        ).replace(tzinfo=place).astimezone(UTC)

    def _free(self, wall: datetime) -> bool:
        """Whether the last pass leaves the exam open."""
        passes = [s for s in self.sat if s.passed]
        if not passes:
            return True
        rule, amount, unit = self.vendor.passed
        since = passes[-1].wall
        if rule == "unknown" and not self.sat[-1].passed:
            return True
        ended = self.valid is not None and months_on(since, self.now, self.valid)
        if ended and rule in ("free", "wait"):  # waits are shorter than certificates are valid
            return months_on(since, wall, self.valid or 0)
        if rule == "free":
            return True
        if rule == "wait" and unit == "m":
            return months_on(since, wall, amount)
        if rule == "wait":
            return wall >= since + amount * DAY
        if rule in ("consent", "unknown") or self.valid is None:
            return False
        if months_on(since, self.now, self.valid):
            return months_on(since, wall, self.valid)
        if rule == "before" and unit == "d":
            return months_on(since, wall + amount * DAY, self.valid)
        expires = months_after(since, self.valid)
        return rule == "before" and wall >= months_after(expires, -amount)

    def _waited(self, minute: datetime) -> bool:
        last = self.sat[-1]
        if last.passed or (last.waived and self.vendor.waivers):
            return True
        waits = self.vendor.waits
        amount, unit = waits[min(self.fails, len(waits)) - 1]
        began = last.wall.replace(tzinfo=self.zone)
        if unit == "h":
            return minute.astimezone(UTC) - began.astimezone(UTC) >= timedelta(hours=amount)
        apart = (minute.date() - last.wall.date()).days
        if unit == "c":
            return apart > amount
        return apart > amount or (apart == amount and minute.time() >= last.wall.time())

    def _fails(self) -> int:
        """Fails since the last pass, or since a full window let the ladder begin anew; where the
        window rolls those that were inside it when the last sitting began."""
        cap = self.vendor.cap
        if cap is not None and cap[2] == "rolling" and cap[1] is not None:
            within, last = cap[1], self.sat[-1].wall
            recent = (s for s in self.windows[-1] if not months_on(s.wall, last, within))
            return sum(not s.passed for s in recent)
        fails = 0
        for window in self.windows:
            if window[-1].passed:
                fails = 0
                continue
            fails += len(window)
            if self._full(window) and window is not self.windows[-1]:
                fails = 0
        return fails

    def _full(self, window: list[Sat]) -> bool:
        cap = self.vendor.cap
        return cap is not None and cap[2] == "first" and len(window) >= cap[0]

    def _windows(self) -> list[list[Sat]]:
        """The sittings by window: a pass ends one, and so does its time, where it is anchored."""
        windows: list[list[Sat]] = []
        for sat in self.sat:
            if windows and not windows[-1][-1].passed and not self._ended(windows[-1], sat.wall):
                windows[-1].append(sat)
            else:
                windows.append([sat])
        return windows

    def _ended(self, window: list[Sat], wall: datetime) -> bool:
        cap = self.vendor.cap
        if cap is None or cap[2] == "rolling" or cap[1] is None:
            return False
        by_last = len(window) >= cap[0] and cap[3] == "last"
        return months_on(window[-1 if by_last else 0].wall, wall, cap[1])

    def _cap(self, wall: datetime) -> bool:
        cap, window = self.vendor.cap, self.windows[-1]
        if cap is None:
            return True
        if cap[2] == "rolling" and cap[1] is not None:
            within = cap[1]
            return sum(not months_on(s.wall, wall, within) for s in window) < cap[0]
        return len(window) < cap[0] or (cap[1] is not None and self._ended(window, wall))
