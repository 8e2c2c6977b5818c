"""What the hours leave free and what a block on them has to keep to, worked out by intervals."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coach.model.plan import Block
from coach.model.settings import WEEKDAYS, Hours, Window
from coach.planning.calendar import FreeSlot
from coach.planning.draft_plan import PlanRequest, PlanResult

Interval = tuple[datetime, datetime]
FROZEN = timedelta(hours=48)


def limit_of(made: PlanRequest) -> datetime:
    """The moment that a plan leads to."""
    return made.exam_start or made.end


def loose(made: PlanRequest, result: PlanResult) -> list[Block]:
    """The blocks ahead that the planner placed, or left where they were by its own choice."""
    before = {block.id: block for block in made.existing}
    return [
        block
        for block in result.blocks
        if block.status == "planned"
        and block.start >= made.now
        and not ((block.pinned or block.moved) and block == before.get(block.id))
    ]


def inside(block: Block | FreeSlot, hours: Hours, zone: ZoneInfo) -> bool:
    """Whether the wall times of a block lie inside one window of its day, which is not off."""
    begin = block.start.astimezone(zone)
    after = begin.astimezone(UTC) + timedelta(minutes=block.minutes)
    low, high = begin.replace(tzinfo=None), after.astimezone(zone).replace(tzinfo=None)
    if begin.date() in hours.off:
        return False
    windows = hours.windows.get(WEEKDAYS[begin.weekday()], ())
    return any(_holds(window, low, high, zone) for window in windows)


def _holds(window: Window, low: datetime, high: datetime, zone: ZoneInfo) -> bool:
    start, end = _span(window, low.date())
    # A window that ends where the clock jumps ends at the time after the jump.
    ending = end.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return start <= low and high <= ending.replace(tzinfo=None)


def _span(window: Window, day: date) -> Interval:
    end = day if window.end > window.start else day + timedelta(days=1)
    return datetime.combine(day, window.start), datetime.combine(end, window.end)


def clear_of(block: Block, spans: Iterable[Interval], rest: timedelta = timedelta(0)) -> bool:
    """Whether a block keeps at least `rest` from all spans."""
    return all(block.end + rest <= start or end + rest <= block.start for start, end in spans)


def light_days(made: PlanRequest) -> set[date]:
    """Days that take one review at most: of a sitting and its eve, else the last one."""
    last = (limit_of(made) - timedelta(seconds=1)).astimezone(made.zone).date()
    return {last, last - timedelta(days=1)} if made.exam_start else {last}


def minutes_by_day(blocks: Iterable[Block], zone: ZoneInfo) -> Counter[date]:
    minutes: Counter[date] = Counter()
    for block in blocks:
        minutes[block.start.astimezone(zone).date()] += block.minutes
    return minutes


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def free_intervals(
    made: PlanRequest, blocks: Sequence[Block], start: datetime
) -> Iterator[tuple[Interval, Interval]]:
    """Every stretch of a window from `start` to the limit that neither blocks with their breaks nor
    other things take, beside its window. Days of a clock change are left out."""
    rest = timedelta(minutes=made.hours.break_minutes)
    taken = sorted([*made.busy, *((b.start - rest, b.end + rest) for b in blocks)])
    first, last = start.astimezone(made.zone).date(), limit_of(made).astimezone(made.zone).date()
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day in made.hours.off or _changes_clock(day, made.zone):
            continue
        for window in made.hours.windows.get(WEEKDAYS[day.weekday()], ()):
            low, high = (wall.replace(tzinfo=made.zone) for wall in _span(window, day))
            for piece in _between(max(low, start), min(high, limit_of(made)), taken):
                yield piece, (low, high)


def _changes_clock(day: date, zone: ZoneInfo) -> bool:
    noons = (
        datetime.combine(day + timedelta(days=n), time(12), zone).utcoffset() for n in (-1, 0, 1)
    )
    return len(set(noons)) > 1


def _between(low: datetime, high: datetime, taken: Sequence[Interval]) -> Iterator[Interval]:
    for start, end in taken:
        if start < high and end > low:
            if start > low:
                yield low, start
            low = max(low, end)
    if low < high:
        yield low, high
