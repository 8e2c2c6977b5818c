"""The dates that shape a plan: how far it goes, what is frozen, where its last part begins."""

from coach.planning.availability import DAY, Availability, seconds
from coach.planning.request import PlanRequest
from coach.planning.slots import not_before, sizes

HOUR = 3600
FROZEN = 48 * HOUR
# No practice assessment in the final 48 hours; mixed review in the last week, which only a plan
# of two weeks or more has.
CALM = 48 * HOUR
LAST_WEEK = 7 * DAY


class Horizon:
    """The request's dates in seconds since 1970, and its calendar.

    `moved` says that the plan led to another date before, or that there was none.
    """

    def __init__(self, request: PlanRequest) -> None:
        self.calendar = Availability(request.hours, request.zone)
        self.sizes = sizes(request.hours)
        self.now = not_before(request.now)
        self.start = min(seconds(request.start), self.now)
        self.limit = seconds(request.exam_start or request.end)
        self.moved = request.previous_end is None or seconds(request.previous_end) != self.limit
        self.frozen = self.now + FROZEN
        self.last_third = self.limit - (self.limit - self.start) // 3
        self.last_third_ahead = self.limit - (self.limit - self.now) // 3
        self.calm = self.limit - CALM
        long = self.limit - self.start >= 2 * LAST_WEEK
        self.last_week = self.limit - LAST_WEEK if long else self.limit
        self.light = self._light_days(booked=request.exam_start is not None)

    def assessable(self, start: int, end: int) -> bool:
        """Whether a practice assessment may lie here."""
        return start >= self.last_third and end <= self.calm

    def _light_days(self, *, booked: bool) -> frozenset[int]:
        """Days with one light review at most: the exam's day and its eve, or the last day."""
        last = self.calendar.day_of(self.limit - 1)
        return frozenset((last - 1, last) if booked else (last,))
