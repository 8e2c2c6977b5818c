"""What the score chart shows, taken from the state once: sittings, stretches of time, marks.

All moments are POSIX seconds. A sitting without a time of day counts from the start of its day,
a plain date that ends a stretch to the end of that day.
"""

from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from coach.model.attempt import AttemptStatus
from coach.model.documents import Retake, Timeline, TimelineAttempt
from coach.model.exam import Exam
from coach.ui.text import MONTHS
from coach.ui.widgets.timeline.next_steps import is_unverified
from coach.ui.widgets.timeline.time_axis import View, fitted
from coach.wording import counted

StretchKind = Literal["wait", "aim", "window"]
MarkKind = Literal["now", "retires", "expires"]


class Sitting(NamedTuple):
    """One appointment; `score` is None where there is no result or the vendor prints none."""

    id: str
    at: float
    status: AttemptStatus
    score: int | None
    passed: bool | None


class Stretch(NamedTuple):
    """A span of time: a wait, the recommended window, the window that limits attempts.

    `texts` name it, the longest first; the first one that fits is shown.
    """

    kind: StretchKind
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


class ChartFacts(NamedTuple):
    """Everything drawn, oldest sitting first. `low` and `high` bound the exam's scale."""

    zone: ZoneInfo
    passing: int
    low: int
    high: int
    sittings: tuple[Sitting, ...]
    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]

    @property
    def now(self) -> float:
        """The moment of the `now` mark."""
        return next(mark.at for mark in self.marks if mark.kind == "now")


def chart_facts(
    timeline: Timeline, retake: Retake | None, exam: Exam | None, now: datetime, zone: ZoneInfo
) -> ChartFacts:
    """The facts of one exam for the chart; `exam` gives the bounds of the scale."""
    return ChartFacts(
        zone=zone,
        passing=timeline.passing_score,
        low=exam.score_low if exam else 1,
        high=exam.score_high if exam else 1000,
        sittings=tuple(_sitting(attempt, zone) for attempt in timeline.attempts),
        stretches=(*_waits(timeline, retake, now, zone), *_windows(retake, zone)),
        marks=tuple(_marks(timeline, retake, now, zone)),
    )


def home(facts: ChartFacts) -> View:
    """The view to start with: all sittings, now, and what follows next."""
    near = [facts.now, *(sitting.at for sitting in facts.sittings)]
    near += [stretch.end for stretch in facts.stretches if stretch.kind != "window"]
    far = [stretch.end for stretch in facts.stretches if stretch.kind == "window"]
    return fitted(near, far + [mark.at for mark in facts.marks])


def stamp(value: date, zone: ZoneInfo, *, end: bool = False) -> float:
    """POSIX seconds of a moment; a plain date means its start or, with `end`, its end."""
    if isinstance(value, datetime):
        return value.timestamp()
    day = value + timedelta(days=1) if end else value
    return datetime.combine(day, time(), zone).timestamp()


def _sitting(attempt: TimelineAttempt, zone: ZoneInfo) -> Sitting:
    at = stamp(attempt.at, zone)
    return Sitting(attempt.id, at, attempt.status, attempt.score, attempt.passed)


def _waits(
    timeline: Timeline, retake: Retake | None, now: datetime, zone: ZoneInfo
) -> list[Stretch]:
    spans = [(wait.from_, wait.until, wait.source is None) for wait in timeline.waits]
    if not spans and retake and retake.status in ("waiting", "capped") and retake.earliest:
        counted = [attempt.at for attempt in timeline.attempts if attempt.counted]
        spans = [(counted[-1], retake.earliest, is_unverified(retake))] if counted else []
    return [_wait(*span, now, zone) for span in spans]


def _wait(first: date, until: datetime, doubtful: bool, now: datetime, zone: ZoneInfo) -> Stretch:
    texts: tuple[str, ...] = ("wait ?",) if doubtful else ("wait",)
    if until > now:
        words = f"wait until {_short(until)}"
        texts = (f"{words}, unverified", f"{words} ?", *texts) if doubtful else (words, *texts)
    return Stretch("wait", stamp(first, zone), until.timestamp(), texts)


def _windows(retake: Retake | None, zone: ZoneInfo) -> list[Stretch]:
    found: list[Stretch] = []
    if retake is None:
        return found
    if retake.recommended:
        first, last = retake.recommended.from_, retake.recommended.until
        span = (stamp(first, zone), stamp(last, zone, end=True))
        texts = (f"recommended until {_short(last)}", "recommended", "advised", "aim")
        found.append(Stretch("aim", *span, texts))
    over = retake.status in ("passed", "retired")
    if retake.window_start and retake.window_end and retake.attempts_left is not None and not over:
        span = (retake.window_start.timestamp(), retake.window_end.timestamp())
        total = counted(retake.attempts_used + retake.attempts_left, "attempt")
        left = f"{retake.attempts_left} left"
        until = f"{total} until {_day(retake.window_end)}, {left}"
        doubt = ", unverified" if is_unverified(retake) else ""
        short = f"{left} ?" if doubt else left
        names = (f"{until}{doubt}", f"{total}, {left}{doubt}", short)
        found.append(Stretch("window", *span, names))
    return found


def _marks(timeline: Timeline, retake: Retake | None, now: datetime, zone: ZoneInfo) -> list[Mark]:
    marks = [Mark("now", now.timestamp(), "now")]
    if retake and retake.retires:
        verb, short = ("retired", "gone") if retake.status == "retired" else ("retires", "ends")
        day, end = _day(retake.retires), stamp(retake.retires, zone, end=True)
        marks.append(Mark("retires", end, f"{verb} {day}", f"{short} {day}"))
    marks += [
        Mark(
            "expires",
            stamp(stone.at, zone),
            f"certificate expires {_day(stone.at)}",
            f"expires {_day(stone.at)}",
        )
        for stone in timeline.milestones
        if stone.kind == "expires"
    ]
    return marks


def _day(value: date) -> str:
    return f"{_short(value)} {value.year}"


def _short(value: date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]}"
