"""The table of appointments, newest first."""

from datetime import date
from typing import ClassVar

from coach.model.answers import Timeline, TimelineAttempt
from coach.model.attempt import AttemptStatus
from coach.ui import text
from coach.ui.looks import Look, Looks
from coach.ui.widgets.line_view import Listing, RowList
from coach.ui.widgets.rows import Row, Seg

STATUS_WORD: dict[AttemptStatus, str] = {
    "booked": "booked",
    "pending": "no result yet",
    "delivered": "sat",
    "no-show": "missed",
    "late-cancelled": "cancelled late",
    "cancelled": "cancelled",
    "interrupted": "interrupted",
    "revoked": "revoked",
    "beta": "beta",
}


def result_word(attempt: TimelineAttempt) -> str:
    """What became of an appointment, in one or two words."""
    if attempt.passed is None:
        return STATUS_WORD[attempt.status]
    return "passed" if attempt.passed else "failed"


def result_style(attempt: TimelineAttempt) -> str:
    """The style of that word."""
    if attempt.passed is None:
        return "booked" if attempt.status in ("booked", "pending") else "other"
    return "passed" if attempt.passed else "failed"


def attempt_listing(timeline: Timeline | None, width: int, today: date) -> Listing:
    """Newest first in `width` cells; place and note only where there is room."""
    if timeline is None or not timeline.attempts:
        return Listing([(Seg("Attempts", "strong"),)], [])
    newest_first = timeline.attempts[::-1]
    dates = [text.moment(attempt.at, today) for attempt in newest_first]
    day = max(map(len, dates)) + 2
    rows = [_row(*entry, day, width) for entry in zip(newest_first, dates, strict=True)]
    return Listing([_head(day, width)], [[row] for row in rows])


SCORE, RESULT, FEE, PLACE = 7, 15, 9, 8


def _room(day: int, width: int) -> int:
    return width - 3 - day - SCORE - RESULT - FEE


def _head(day: int, width: int) -> Row:
    room = _room(day, width)
    rest = ("Place   " if room >= PLACE else "") + ("Note" if room >= PLACE + 8 else "")
    columns = f"{'Score':<{SCORE}}{'Result':<{RESULT}}{'Fee':>{FEE - 2}}  {rest}"
    return (Seg(f"{'Attempts':<{day + 3}}", "strong"), Seg(columns, "muted"))


def _row(attempt: TimelineAttempt, when: str, day: int, width: int) -> Row:
    number = str(attempt.number) if attempt.number is not None else "·"
    score = str(attempt.score) if attempt.score is not None else ""
    fee = "" if attempt.fee is None else f"{attempt.fee:.2f}".removesuffix(".00")
    style = result_style(attempt)
    row = [
        Seg(f"{number:>2} ", "muted"),
        Seg(text.fit(when, day)),
        Seg(text.fit(score, SCORE), f"{style} strong"),
        Seg(text.fit(result_word(attempt), RESULT), style),
        Seg(f"{fee:>{FEE - 2}}  ", "muted"),
    ]
    room = _room(day, width)
    if room >= PLACE:
        row.append(Seg(text.fit(attempt.place or "", PLACE), "muted"))
    if room >= PLACE + 8:
        case = f"case {attempt.case}" if attempt.case else ""
        note = "  ".join(filter(None, (case, attempt.note)))
        row.append(Seg(text.clip(note, room - PLACE), "muted"))
    return tuple(row)


class AttemptTable(RowList):
    """The appointments of one exam; `attempt` is the one under the cursor."""

    OWN_LOOKS: ClassVar[Looks] = {"cursor-blurred": Look(ground="panel")}

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._timeline: Timeline | None = None
        self._today = date.min

    def show(self, timeline: Timeline | None, today: date) -> None:
        """Draw these appointments, the cursor staying on the same one."""
        chosen = self.attempt
        self._timeline, self._today = timeline, today
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
        return attempt_listing(self._timeline, width, self._today)
