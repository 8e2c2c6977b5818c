"""What the chart shows, taken from the state once, and the axis of time below it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from coach.model.answers import Retake, StudyWeek, Timeline, WhenToSit
from coach.model.attempt import AttemptStatus
from coach.model.exam import Exam
from coach.ui.text import MONTHS, dated
from coach.ui.widgets.timeline.next_steps import is_unverified

DAY = 86_400.0
SHORTEST = DAY
LONGEST = 5 * 366 * DAY


class View(NamedTuple):
    """The span of time in sight, in POSIX seconds; `start` < `end`."""

    start: float
    end: float

    @property
    def length(self) -> float:
        """Seconds in sight."""
        return self.end - self.start

    def column(self, moment: float, width: int) -> int:
        """The column of `width` that holds a moment; outside 0..width-1 where out of sight."""
        return int((moment - self.start) / self.length * width // 1)

    def zoomed(self, factor: float, anchor: float) -> "View":
        """`factor` times the span (from one day to about five years), the anchor staying put."""
        length = min(LONGEST, max(SHORTEST, self.length * factor))
        start = anchor - (anchor - self.start) * (length / self.length)
        return View(start, start + length)

    def panned(self, fraction: float) -> "View":
        """Moved by a fraction of its length, later where positive."""
        step = self.length * fraction
        return View(self.start + step, self.end + step)

    def showing(self, moment: float) -> "View":
        """The same view where the moment is in sight, else centred on it."""
        if self.start <= moment < self.end:
            return self
        return View(moment - self.length / 2, moment + self.length / 2)


def fitted(near: list[float], far: list[float]) -> View:
    """A view of all `near` moments (at least one), with a margin.

    Each of the `far` moments joins it only where the span grows by less than half.
    """
    first, last = min(near), max(near)
    last = max(last, first + 7 * DAY)
    for moment in sorted(far):
        if last < moment <= last + (last - first) / 2:
            last = moment
    margin = (last - first) * 0.05
    return View(first - margin, last + 2 * margin)


class Tick(NamedTuple):
    """A mark on the axis and its label, empty where there is no room for one."""

    column: int
    label: str


class _Unit(NamedTuple):
    """One spacing of ticks: `size` hours, days, weeks, months or years."""

    kind: str
    size: int
    seconds: float
    label_width: int


_UNITS = (
    *(_Unit("hour", size, size * 3600.0, 6) for size in (1, 2, 3, 6, 12)),
    *(_Unit("day", size, size * DAY, 6) for size in (1, 2)),
    *(_Unit("week", size, size * 7 * DAY, 6) for size in (1, 2)),
    *(_Unit("month", size, size * 30.44 * DAY, 8) for size in (1, 2, 3, 6)),
    _Unit("year", 1, 365.25 * DAY, 4),
    _Unit("year", 2, 730.5 * DAY, 4),
)


def ticks(view: View, width: int, zone: ZoneInfo) -> list[Tick]:
    """Ticks at the finest calendar unit whose labels stay apart on `width` columns.

    The first label names the larger unit as well (the day of an hour, the year of a month), and
    so does each one where that unit changes.
    """
    cells = width / view.length
    fitting = (u for u in _UNITS if u.seconds * cells >= u.label_width + 2)
    unit = next(fitting, _UNITS[-1])
    moments = [at for at in _moments(unit, view, zone) if view.start <= at.timestamp() < view.end]
    placed: list[Tick] = []
    room_from, previous = 0, None
    for at in moments:
        column = view.column(at.timestamp(), width)
        label = _label(unit, at, previous)
        if column < room_from or column + len(label) > width:
            placed.append(Tick(column, ""))
            continue
        placed.append(Tick(column, label))
        room_from, previous = column + len(label) + 1, at
    return placed


def _moments(unit: _Unit, view: View, zone: ZoneInfo) -> Iterator[datetime]:
    at = datetime.fromtimestamp(view.start, zone)
    if unit.kind == "hour":
        yield from _hours(unit.size, at.date(), view, zone)
        return
    day = _first(unit, at.date())
    while (moment := datetime.combine(day, time(), zone)).timestamp() < view.end:
        yield moment
        day = _next(unit, day)


def _hours(size: int, day: date, view: View, zone: ZoneInfo) -> Iterator[datetime]:
    while datetime.combine(day, time(), zone).timestamp() < view.end:
        marks = [datetime.combine(day, time(hour), zone) for hour in range(0, 24, size)]
        yield from (mark for mark in marks if _exists(mark))
        day += timedelta(days=1)


def _exists(mark: datetime) -> bool:
    """Whether the clocks of that day show this time: one skipped in spring is no tick."""
    return mark.astimezone(UTC).astimezone(mark.tzinfo).hour == mark.hour


def _first(unit: _Unit, day: date) -> date:
    if unit.kind == "week":
        return day - timedelta(days=(day.toordinal() - 1) % (7 * unit.size))
    if unit.kind == "month":
        return date(day.year, (day.month - 1) // unit.size * unit.size + 1, 1)
    if unit.kind == "year":
        return date(day.year - day.year % unit.size, 1, 1)
    return day - timedelta(days=day.toordinal() % unit.size)


def _next(unit: _Unit, day: date) -> date:
    if unit.kind == "month":
        months = day.year * 12 + day.month - 1 + unit.size
        return date(months // 12, months % 12 + 1, 1)
    if unit.kind == "year":
        return date(day.year + unit.size, 1, 1)
    return day + timedelta(days=unit.size * (7 if unit.kind == "week" else 1))


def _label(unit: _Unit, at: datetime, previous: datetime | None) -> str:
    month = MONTHS[at.month - 1]
    new_year = previous is None or previous.year != at.year
    if unit.kind == "year":
        return str(at.year)
    if unit.kind == "month":
        return f"{month} {at.year}" if new_year else month
    day = f"{at.day} {month} {at.year}" if new_year else f"{at.day} {month}"
    if unit.kind == "hour":
        new_day = previous is None or previous.date() != at.date()
        return day if new_day and at.hour == 0 else f"{at.hour:02}:00"
    return day


MarkKind = Literal["now", "retires", "expires"]


class Sitting(NamedTuple):
    """One appointment; `score` is None where there is no result or the vendor prints none."""

    id: str
    at: float
    status: AttemptStatus
    score: int | None
    passed: bool | None


class Wait(NamedTuple):
    """The wait after a sitting. `texts` say how long it is, the longest first; the first one that
    fits is shown."""

    start: float
    end: float
    texts: tuple[str, ...]


class Mark(NamedTuple):
    """A single moment that splits the time before from the time after. `short` names it where
    there is no room for `text`."""

    kind: MarkKind
    at: float
    text: str
    short: str = ""


class Study(NamedTuple):
    """The minutes of study in one week, done and still planned."""

    start: float
    end: float
    done: int
    planned: int


class Odds(NamedTuple):
    """The chance to pass on a day, in tenths; `enough` from the first day on that it is advised."""

    at: float
    tenths: int
    enough: bool


class ChartFacts(NamedTuple):
    """Everything drawn, oldest first. `low` and `high` bound the exam's scale; without a published
    pass mark (`pass_mark`) `passing` only places a line that has no number. `best` is the best
    time to sit the exam, from its first moment to its last."""

    zone: ZoneInfo
    passing: int
    low: int
    high: int
    sittings: tuple[Sitting, ...]
    waits: tuple[Wait, ...] = ()
    best: tuple[float, float] | None = None
    study: tuple[Study, ...] = ()
    chance: tuple[Odds, ...] = ()
    pass_mark: bool = True
    marks: tuple[Mark, ...] = ()

    @property
    def now(self) -> float:
        """The moment of the `now` mark."""
        return next(mark.at for mark in self.marks if mark.kind == "now")


def chart_facts(
    timeline: Timeline,
    retake: Retake | None,
    exam: Exam | None,
    when: WhenToSit | None,
    now: datetime,
) -> ChartFacts:
    """The facts of one exam for the chart, in the zone of `now`; `exam` gives the bounds of the
    scale."""
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    low = (exam.score_low or 0) if exam else 1
    high = (exam.score_high or 1000) if exam else 1000
    mark = timeline.passing_score
    window = retake.recommended if retake else None
    if window and window.until < now.date():
        window = None
    return ChartFacts(
        zone=zone,
        passing=(low + high) // 2 if mark is None else mark,
        pass_mark=mark is not None,
        low=low,
        high=high,
        sittings=tuple(
            Sitting(a.id, stamp(a.at, zone), a.status, a.score, a.passed) for a in timeline.attempts
        ),
        waits=tuple(_waits(timeline, retake, zone)),
        best=(stamp(window.from_, zone), stamp(window.until, zone, end=True)) if window else None,
        study=tuple(_study(week, zone) for week in timeline.study),
        chance=tuple(
            Odds(stamp(week.at, zone), week.of_ten[1], when.at is not None and week.at >= when.at)
            for week in when.weeks
        )
        if when
        else (),
        marks=tuple(_marks(timeline, retake, now, zone)),
    )


def home(facts: ChartFacts) -> View:
    """The view to start with: all sittings, now, and what follows next."""
    near = [facts.now, *(sitting.at for sitting in facts.sittings)]
    near += [wait.end for wait in facts.waits]
    near += [facts.best[1]] if facts.best else []
    near += [week.end for week in facts.study[-1:]]
    far = [odds.at for odds in facts.chance if odds.enough][:1]
    return fitted(near, far + [mark.at for mark in facts.marks])


def stamp(value: date, zone: ZoneInfo, *, end: bool = False) -> float:
    """POSIX seconds of a moment; a plain date means its start or, with `end`, its end."""
    if isinstance(value, datetime):
        return value.timestamp()
    day = value + timedelta(days=1) if end else value
    return datetime.combine(day, time(), zone).timestamp()


def _study(week: StudyWeek, zone: ZoneInfo) -> Study:
    end = stamp(week.start + timedelta(weeks=1), zone)
    return Study(stamp(week.start, zone), end, week.done_minutes, week.planned_minutes)


def _waits(timeline: Timeline, retake: Retake | None, zone: ZoneInfo) -> Iterator[Wait]:
    spans = [(wait.from_, wait.until, wait.source is None) for wait in timeline.waits]
    if not spans and retake and retake.status in ("waiting", "capped") and retake.certain_from:
        sat = [attempt.at for attempt in timeline.attempts if attempt.counted]
        spans = [(sat[-1], retake.certain_from, is_unverified(retake))] if sat else []
    for first, until, doubtful in spans:
        start, end, doubt = stamp(first, zone), until.timestamp(), " ?" if doubtful else ""
        hours = round((end - start) / 3600)
        length, short = (
            (f"{hours} hours", f"{hours} h")
            if hours < 48
            else (f"{round(hours / 24)} days", f"{round(hours / 24)} d")
        )
        yield Wait(start, end, (length + doubt, short + doubt))


def _marks(timeline: Timeline, retake: Retake | None, now: datetime, zone: ZoneInfo) -> list[Mark]:
    marks = [Mark("now", now.timestamp(), "today")]
    if retake and retake.retires:
        verb, short = ("retired", "gone") if retake.status == "retired" else ("retires", "ends")
        day, end = dated(retake.retires), stamp(retake.retires, zone, end=True)
        marks.append(Mark("retires", end, f"{verb} {day}", f"{short} {day}"))
    marks += [
        Mark(
            "expires",
            stamp(stone.at, zone),
            f"certificate expires {dated(stone.at)}",
            f"expires {dated(stone.at)}",
        )
        for stone in timeline.milestones
        if stone.kind == "expires"
    ]
    return marks
