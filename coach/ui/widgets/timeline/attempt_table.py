"""The table of appointments, newest first."""

from datetime import date
from typing import ClassVar

from coach.descriptions import result_word
from coach.model.answers import Retake, Timeline, TimelineAttempt
from coach.model.attempt import AttemptStatus
from coach.ui import text
from coach.ui.looks import Look, Looks
from coach.ui.widgets.line_view import Listing, RowList
from coach.ui.widgets.rows import Row, Seg, row_width
from coach.wording import counted, money

STATUS_MARK: dict[AttemptStatus, str] = {
    "booked": "◆",
    "pending": "◌",
    "delivered": "●",
    "no-show": "×",
    "late-cancelled": "×",
    "cancelled": "·",
    "interrupted": "!",
    "revoked": "!",
    "beta": "β",
}


def result_style(attempt: TimelineAttempt) -> str:
    """The style of its result."""
    if attempt.passed is None:
        return "booked" if attempt.status in ("booked", "pending") else "other"
    return "passed" if attempt.passed else "failed"


def count_forms(retake: Retake | None, today: date) -> tuple[str, str]:
    """`3 of 5 attempts used; the limit resets 6 Sep 2027` and `3 of 5 used; resets 6 Sep 2027`,
    empty where no limit is known."""
    if retake is None or retake.attempts_left is None or retake.status in ("passed", "retired"):
        return "", ""
    used, total = retake.attempts_used, retake.attempts_used + retake.attempts_left
    words, short = f"{used} of {counted(total, 'attempt')} used", f"{used} of {total} used"
    if retake.window_end is None:
        return words, short
    day = text.short_day(retake.window_end, today)
    return f"{words}; the limit resets {day}", f"{short}; resets {day}"


def points_missing(score: int | None, passing: int | None) -> str:
    """The points from the pass mark: `−32`, `+64`; empty where either is not known."""
    if score is None or passing is None:
        return ""
    return f"{'−' if score < passing else '+'}{abs(score - passing)}"


def attempt_listing(
    timeline: Timeline | None, retake: Retake | None, width: int, today: date
) -> Listing:
    """Newest first in `width` cells, below how many of the attempts are used; place and note only
    where there is room."""
    if timeline is None or not timeline.attempts:
        return Listing([(Seg("Attempts", "strong"),)], [])
    newest_first = timeline.attempts[::-1]
    dates = [text.moment(attempt.at, today) for attempt in newest_first]
    day = max(map(len, dates)) + 2
    rows = [
        _row(attempt, when, timeline.passing_score, day, width)
        for attempt, when in zip(newest_first, dates, strict=True)
    ]
    return Listing([_head(timeline, retake, width, today)], [[row] for row in rows])


def _head(timeline: Timeline, retake: Retake | None, width: int, today: date) -> Row:
    """How many attempts are used, and the fees, in as many words as have room."""
    count, short = count_forms(retake, today)
    fees = f"fees {money(timeline.cost)}" if timeline.cost else ""
    every = ((count, fees), (count,), (short,))
    forms = ["  ·  ".join(filter(None, parts)) for parts in every]
    room = width - len("Attempts  ")
    words = next((form for form in forms if len(form) <= room), forms[-1])
    return (Seg("Attempts  ", "strong"), Seg(words, "muted"))


SCORE, POINTS, RESULT, FEE, PLACE = 6, 7, 15, 7, 12
PLACES = {"centre": "test centre", "online": "online"}


def _row(attempt: TimelineAttempt, when: str, passing: int | None, day: int, width: int) -> Row:
    number = STATUS_MARK[attempt.status] if attempt.number is None else str(attempt.number)
    score = "" if attempt.score is None else str(attempt.score)
    fee = "" if attempt.fee is None else money(attempt.fee)
    style = result_style(attempt)
    row = [
        Seg(f"{number:>2} ", style if attempt.number is None else "muted"),
        Seg(text.fit(when, day)),
        Seg(text.fit(score, SCORE), f"{style} strong"),
        Seg(text.fit(points_missing(attempt.score, passing), POINTS), "muted"),
        Seg(text.fit(result_word(attempt), RESULT), style),
    ]
    room = width - row_width(row)
    if room >= PLACE:
        row.append(Seg(text.fit(PLACES.get(attempt.place or "", ""), PLACE), "muted"))
    if room >= PLACE + FEE:
        row.append(Seg(text.fit(fee, FEE), "muted"))
    if room >= PLACE + FEE + 8:
        case = f"case {attempt.case}" if attempt.case else ""
        note = "  ".join(filter(None, (case, attempt.note)))
        row.append(Seg(text.clip(note, room - PLACE - FEE), "muted"))
    return tuple(row)


class AttemptTable(RowList):
    """The appointments of one exam; `attempt` is the one under the cursor."""

    OWN_LOOKS: ClassVar[Looks] = {"cursor-blurred": Look(ground="panel")}

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._timeline: Timeline | None = None
        self._retake: Retake | None = None
        self._today = date.min

    def show(self, timeline: Timeline | None, retake: Retake | None, today: date) -> None:
        """Draw these appointments, the cursor staying on the same one."""
        chosen = self.attempt
        self._timeline, self._retake, self._today = timeline, retake, today
        ids = [attempt.id for attempt in self._newest_first()]
        kept = ids.index(chosen.id) if chosen and chosen.id in ids else 0
        self.set_reactive(AttemptTable.cursor, kept)
        self.rearrange()

    @property
    def attempt(self) -> TimelineAttempt | None:
        """The appointment under the cursor."""
        attempts = self._newest_first()
        return attempts[self.cursor] if self.cursor < len(attempts) else None

    def choose(self, attempt_id: str) -> None:
        """Move the cursor to that appointment."""
        for index, attempt in enumerate(self._newest_first()):
            if attempt.id == attempt_id:
                self.cursor = index

    def _newest_first(self) -> tuple[TimelineAttempt, ...]:
        return self._timeline.attempts[::-1] if self._timeline else ()

    def lay_out(self, width: int, height: int) -> Listing:
        return attempt_listing(self._timeline, self._retake, width, self._today)
