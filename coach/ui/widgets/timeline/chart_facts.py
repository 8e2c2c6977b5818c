"""What the chart shows, taken from the state once, and the axis of time below it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple, cast
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

    def begins(self, day: date) -> bool:
        """Whether a day is the first of such a spacing."""
        if self.kind == "year":
            return (day.month, day.day) == (1, 1) and day.year % self.size == 0
        if self.kind == "month":
            return day.day == 1 and (day.month - 1) % self.size == 0
        if self.kind == "week":
            return (day.toordinal() - 1) % (7 * self.size) == 0
        return self.kind == "hour" or day.toordinal() % self.size == 0

    def moments(self, view: View, zone: ZoneInfo) -> Iterator[datetime]:
        """Where such spacings begin in a view."""
        first = datetime.fromtimestamp(view.start, zone).toordinal()
        last = datetime.fromtimestamp(view.end, zone).toordinal()
        for day in filter(self.begins, map(date.fromordinal, range(first, last + 1))):
            for hour in range(0, 24, self.size) if self.kind == "hour" else (0,):
                at = datetime.combine(day, time(hour), zone)
                # A time of day that is skipped in spring is no tick.
                skipped = self.kind == "hour" and at.astimezone(UTC).astimezone(zone).hour != hour
                if view.start <= at.timestamp() < view.end and not skipped:
                    yield at


_UNITS = (
    *(_Unit("hour", size, size * 3600.0, 6) for size in (1, 2, 3, 6, 12)),
    *(_Unit("day", size, size * DAY, 6) for size in (1, 2)),
    *(_Unit("week", size, size * 7 * DAY, 6) for size in (1, 2)),
    *(_Unit("month", size, size * 30.44 * DAY, 8) for size in (1, 2, 3, 6)),
    *(_Unit("year", size, size * 365.25 * DAY, 4) for size in (1, 2)),
)


def ticks(view: View, width: int, zone: ZoneInfo) -> list[Tick]:
    """Ticks at the finest calendar unit whose labels stay apart on `width` columns.

    The first label names the larger unit as well (the day of an hour, the year of a month), and
    so does each one where that unit changes.
    """
    cells = width / view.length
    fitting = (u for u in _UNITS if u.seconds * cells >= u.label_width + 2)
    unit = next(fitting, _UNITS[-1])
    placed: list[Tick] = []
    room_from, previous = 0, None
    for at in unit.moments(view, zone):
        column = view.column(at.timestamp(), width)
        label = _label(unit, at, previous)
        if room_from <= column <= width - len(label):
            room_from, previous = column + len(label) + 1, at
        else:
            label = ""
        placed.append(Tick(column, label))
    return placed


def _label(unit: _Unit, at: datetime, previous: datetime | None) -> str:
    if unit.kind == "year":
        return str(at.year)
    new_day = previous is None or previous.date() != at.date()
    if unit.kind == "hour" and (at.hour or not new_day):
        return f"{at.hour:02}:00"
    month = MONTHS[at.month - 1]
    label = month if unit.kind == "month" else f"{at.day} {month}"
    new_year = previous is None or previous.year != at.year
    return f"{label} {at.year}" if new_year else label


MarkKind = Literal["now", "goal", "retires", "expires"]


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
    goal: date | None = None,
) -> ChartFacts:
    """The facts of one exam for the chart, in the zone of `now`; `exam` gives the bounds of the
    scale, `goal` is a day that was set by hand."""
    zone = cast("ZoneInfo", now.tzinfo)
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
        chance=tuple(_chance(when, zone)) if when else (),
        marks=tuple(_marks(timeline, retake, now, goal)),
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


def _chance(when: WhenToSit, zone: ZoneInfo) -> Iterator[Odds]:
    for week in when.weeks:
        enough = when.at is not None and week.at >= when.at
        yield Odds(stamp(week.at, zone), week.of_ten[1], enough)


def _waits(timeline: Timeline, retake: Retake | None, zone: ZoneInfo) -> Iterator[Wait]:
    spans = [(wait.from_, wait.until, wait.source is None) for wait in timeline.waits]
    if not spans and retake and retake.status in ("waiting", "capped") and retake.certain_from:
        sat = [attempt.at for attempt in timeline.attempts if attempt.counted]
        spans = [(sat[-1], retake.certain_from, is_unverified(retake))] if sat else []
    for first, until, doubtful in spans:
        start, end, doubt = stamp(first, zone), until.timestamp(), " ?" if doubtful else ""
        hours = round((end - start) / 3600)
        days = round(hours / 24)
        texts = (f"{hours} hours", f"{hours} h") if hours < 48 else (f"{days} days", f"{days} d")
        yield Wait(start, end, (texts[0] + doubt, texts[1] + doubt))


def _marks(
    timeline: Timeline, retake: Retake | None, now: datetime, goal: date | None
) -> Iterator[Mark]:
    zone = cast("ZoneInfo", now.tzinfo)
    yield Mark("now", now.timestamp(), "today")
    if goal and not any(attempt.status == "booked" for attempt in timeline.attempts):
        yield Mark("goal", stamp(goal, zone), f"goal {dated(goal)}", "goal")
    if retake and retake.retires:
        verb, short = ("retired", "gone") if retake.status == "retired" else ("retires", "ends")
        day, end = dated(retake.retires), stamp(retake.retires, zone, end=True)
        yield Mark("retires", end, f"{verb} {day}", f"{short} {day}")
    for stone in timeline.milestones:
        if stone.kind == "expires":
            short = f"expires {dated(stone.at)}"
            yield Mark("expires", stamp(stone.at, zone), f"certificate {short}", short)
