"""What happens next: up to four answers in a strip, and below them deadlines, doubts and notes.

Nothing that the strip, the chart or the table of attempts says is in the list below them. The legal
date and the best time are always two answers. Every date names its rule and where that is from.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import ClassVar, Literal, NamedTuple

from msgspec.structs import replace
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive

from coach.descriptions import road_parts
from coach.model.answers import (
    Milestone,
    Note,
    Recommended,
    Retake,
    Road,
    Source,
    Timeline,
    WhenToSit,
)
from coach.model.forecasts import ForecastBasis, Guess
from coach.ui import actions, text
from coach.ui.text import SOURCE_WORD, Origin
from coach.ui.widgets.line_view import LineView, Listing, RowList
from coach.ui.widgets.rows import Row, Seg, hanging, pad, row_width, spread, wrap
from coach.wording import counted, in_ten, mark_word

_COVERED = ("earliest", "certain", "recommended", "window", "booked", "change-deadline")
_OF_A_PASS = ("renewal-from", "expires")
_OF_THE_POLICY = ("change-deadline", "retires", "renewal", "expires")
_DOUBTS = (
    "impossible-gap",
    "too-many-in-window",
    "sat-after-pass",
    "sat-after-retirement",
    "future-sitting",
    "result-missing",
)
"""Notes on a history that cannot be right as it is stored."""

_AWAITED = ("report-mail", "result-limit", "profile-limit")
"""Marks of a result that is not in; what to do about it is told once they are past."""


class Step(NamedTuple):
    """One entry: what it is, the answer, the rule in words, and where the rule is from. `sheet`
    names the sheet that explains it; `reasons` are what the strip says, the most needed first."""

    label: str
    value: str
    text: str = ""
    source: Origin | None = None
    style: str = "strong"
    label_style: str = "muted"
    sheet: Literal["step", "forecast"] = "step"
    reasons: tuple[str, ...] = ()


def answers(
    retake: Retake | None,
    timeline: Timeline | None,
    now: datetime,
    *,
    guess: tuple[Guess, ForecastBasis] | None = None,
    when: WhenToSit | None = None,
    goal: date | None = None,
) -> list[Step]:
    """The strip: when the exam may be sat, when it should be, what is booked and how likely a pass
    is; what follows from a pass or a retirement; empty without an exam. `goal` is a day that was
    set by hand."""
    if retake is None or timeline is None:
        return []
    if retake.status == "passed":
        return list(_after_pass(retake, timeline, now.date()))
    if retake.status == "retired":
        return list(_after_retirement(retake, now.date()))
    found = [_legal(retake, now.date()), _best(retake, when, now.date())]
    found += [_appointment(retake, timeline, now, goal), _chance(guess, now.date())]
    return [step for step in found if step]


def _rule(retake: Retake, today: date) -> tuple[str, Origin | None]:
    """The rule of the legal date in words, and where it is from."""
    rule = retake.rule_note
    return (text.shown(rule.text, today), _origin(rule.source, retake)) if rule else ("", None)


def _legal(retake: Retake, today: date) -> Step:
    words, source = _rule(retake, today)
    words = words or f"Rule: {retake.rule}."
    value, reasons = "no date yet", [retake.rule_name]
    if retake.status == "open":
        value = "now"
        if retake.certain_from and retake.attempts_used:
            reasons.append(f"over since {text.short_day(retake.certain_from, today)}")
    elif retake.status == "unknown":
        value, reasons, source = "rule not known", ["ask the vendor"], None
    elif retake.certain_from is not None:
        value = text.allowed(retake.certain_from, today)
        reasons.insert(0, text.in_days((retake.certain_from.date() - today).days))
        if retake.earliest and retake.certain_from != retake.earliest:
            reasons.append(f"possibly {text.allowed(retake.earliest, today)}")
            words += f" Possibly from {text.allowed(retake.earliest, today)}."
    return Step("YOU MAY SIT", value, words, source, reasons=tuple(reasons))


def window_words(window: Recommended, today: date) -> str:
    """The recommended days: `11–18 Dec`, or the one day that is left of them."""
    if window.from_ == window.until:
        return text.day(window.from_, today)
    return text.days(window.from_, window.until, today)


def _best(retake: Retake, when: WhenToSit | None, today: date) -> Step | None:
    """The window of the rules, and beside it the first week whose chance is good enough."""
    window, odds = retake.recommended, in_ten(when.enough) if when else ""
    beside: tuple[str, ...] = ()
    more = ""
    if when and when.at:
        beside = (f"{odds} from {text.short_day(when.at, today)}",)
        more = f" By a model a pass is {odds} likely from {text.day(when.at, today)} on."
    elif when and when.reason:
        more = f" {text.sentence(when.reason)}"
    over = window is not None and window.until < today
    if (window is None or over) and when and when.at:
        basis = f"{window_words(window, today)} is over. " if window else ""
        value, reasons = text.day(when.at, today), (f"chance {odds} by then",)
        return Step("BEST TIME", value, basis + more.strip(), "own", "aim strong", reasons=reasons)
    if window is None:
        return None
    late = window.from_ == window.until
    weeks = "{}–{} weeks from the report".format(*window.weeks) if window.weeks else window.basis
    why = "is over" if over else "as soon as you may sit" if late else weeks
    basis, value = window.basis + more, window_words(window, today)
    style = "muted" if over else "aim strong"
    return Step("BEST TIME", value, basis, window.source, style, reasons=(why, *beside))


def _appointment(
    retake: Retake, timeline: Timeline, now: datetime, goal: date | None
) -> Step | None:
    """The sitting whose result is out, else the next booking, else the day that was set."""
    today = now.date()
    reasons: tuple[str, ...]
    pending = [attempt for attempt in timeline.attempts if attempt.status == "pending"]
    booked = [a for a in timeline.attempts if a.status == "booked" and _day(a.at) >= today]
    if pending:
        due = [stone.at for stone in timeline.milestones if stone.kind in _AWAITED]
        reasons = (f"due by {text.moment(due[-1], today)}",) if due else ()
        value = f"taken {text.day(pending[-1].at, today)}"
        return Step("RESULT PENDING", value, "The exam is taken.", reasons=reasons)
    if booked:
        limit = next((s for s in timeline.milestones if s.kind == "change-deadline"), None)
        reasons = (text.in_days((_day(booked[0].at) - today).days),)
        words, source = "", None
        if limit and _is_ahead(limit.at, now):
            reasons += (f"reschedule by {text.short_day(limit.at, today)}",)
            words = f"Reschedule or cancel by {text.moment(limit.at, today)}. {limit.text}"
            source = _origin(limit.source, retake)
        value = text.moment(booked[0].at, today)
        return Step("YOU ARE BOOKED", value, words, source, reasons=reasons)
    if goal and _day(goal) >= today:
        away = text.in_days((_day(goal) - today).days)
        words = "The day that you set to plan for; nothing is booked."
        reasons = (away, "not booked yet")
        return Step("GOAL DATE", text.moment(goal, today), words, reasons=reasons)
    return None


def _chance(guess: tuple[Guess, ForecastBasis] | None, today: date) -> Step | None:
    if guess is None:
        return None
    (low, about, high), at = guess[0].of_ten, text.short_day(guess[0].at, today)
    within = (f"range {low} to {high}",) if low < high else ()
    results = f"from {guess[1].results}"
    value = f"{about} in 10"
    return Step("CHANCE TO PASS", value, sheet="forecast", reasons=(*within, f"for {at}", results))


def _after_pass(retake: Retake, timeline: Timeline, today: date) -> Iterator[Step]:
    won = next((attempt for attempt in reversed(timeline.attempts) if attempt.passed), None)
    if won:
        mark = "" if timeline.passing_score is None else f", pass mark {timeline.passing_score}"
        score = () if won.score is None else (f"{won.score}{mark}",)
        told = (text.day(won.at, today), *_rule(retake, today), "passed strong")
        yield Step("PASSED", *told, reasons=(*score, "no retake"))
    for stone in timeline.milestones:
        day, words = text.short_day(stone.at, today), text.shown(stone.text, today)
        source = _origin(stone.source, retake)
        if stone.kind == "renewal-from":
            yield Step("RENEWAL OPENS", day, words, source, reasons=("free and online",))
        elif stone.kind == "expires":
            yield Step("CERTIFICATE", f"until {day}", words, source, reasons=("unless renewed",))
    if timeline.road:
        yield _road(timeline.road, today)


def _road(road: Road, today: date) -> Step:
    """The way to the pass in numbers."""
    scores, *costs = road_parts(road)
    days = text.days(road.first_on, road.passed_on, today)
    reasons = tuple(filter(None, (scores or days, ", ".join(filter(None, costs)))))
    words = "; ".join(filter(None, (days, scores, *costs)))
    return Step("THE ROAD", counted(road.attempts, "attempt"), f"{words}.", reasons=reasons)


def _after_retirement(retake: Retake, today: date) -> Iterator[Step]:
    value = text.day(retake.retires, today) if retake.retires else "retired"
    told = (*_rule(retake, today), "retires strong")
    yield Step("RETIRED", value, *told, reasons=("no longer offered",))
    if retake.successor:
        words = f"{retake.successor} takes its place. s tracks it, with its own attempt limit."
        reasons = "s tracks it", "with its own attempt limit"
        yield Step("SUCCESSOR", retake.successor, words, reasons=reasons)


def next_steps(
    retake: Retake | None, timeline: Timeline | None, now: datetime, lessons: str = ""
) -> list[Step]:
    """The entries below the strip, in the order of use; `lessons` are those of the exam before
    this one."""
    if retake is None or timeline is None:
        return []
    say = partial(text.shown, today=now.date())
    steps = [
        Step("▲ Check", "", say(note.text), note.source, "ink", "failed strong")
        for note in doubts(retake)
    ]
    steps += _alternatives(retake, now)
    steps += [_milestone(stone, retake, now) for stone in _ahead(timeline, retake, now)]
    told = (retake.rule_note, *doubts(retake))
    steps += [
        Step("Note", "", say(note.text), note.source, "muted")
        for note in retake.notes
        if note not in told and note.code != "attempts-left"
    ]
    return [*steps, Step("Lessons", "", lessons, "own", "ink")] if lessons else steps


def is_unverified(retake: Retake) -> bool:
    """Whether no page of the vendor confirms the rules of this exam."""
    return any(note.code == "policy-unverified" for note in retake.notes)


def doubts(retake: Retake) -> list[Note]:
    """What in the history cannot be right as it is stored."""
    return [note for note in retake.notes if note.code in _DOUBTS]


def _origin(source: Source, retake: Retake) -> Origin:
    """The source of a rule of the policy, which is unverified where no vendor page was read."""
    return "unverified" if source == "own" and is_unverified(retake) else source


def _alternatives(retake: Retake, now: datetime) -> list[Step]:
    """The dates of each case, left out where all of them are past."""
    today = now.date()
    if retake.status == "open" and all(o.when and o.when <= now for o in retake.alternatives):
        return []
    return [
        Step(
            "You may sit",
            f"from {text.allowed(other.when, today)}" if other.when else "no date",
            f"If {other.condition}.",
        )
        for other in retake.alternatives
    ]


def _ahead(timeline: Timeline, retake: Retake, now: datetime) -> list[Milestone]:
    closed = {"passed": _OF_A_PASS, "retired": ("retires",)}.get(retake.status, ())
    return [
        stone
        for stone in timeline.milestones
        if not stone.kind.startswith(_COVERED + closed)
        and (_is_ahead(stone.at, now) or stone.kind in _AWAITED)
    ]


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _is_ahead(at: date, now: datetime) -> bool:
    return at >= now if isinstance(at, datetime) else at >= now.date()


def _milestone(stone: Milestone, retake: Retake, now: datetime) -> Step:
    of_the_policy = stone.kind.startswith(_OF_THE_POLICY)
    source = _origin(stone.source, retake) if of_the_policy else stone.source
    today, past = now.date(), "" if _is_ahead(stone.at, now) else ", past"
    words = text.shown(stone.text, today)
    return Step(
        mark_word(stone.kind).capitalize(), text.moment(stone.at, today) + past, words, source
    )


CARDS = 98
"""Columns from which on the answers stand side by side."""
CARD_LINES, ANSWER_LABEL, VALUE = 4, 15, 22


def strip_rows(steps: list[Step], width: int, chosen: int | None) -> list[Row]:
    """The answers side by side in four lines, or where that is too narrow one below the other in a
    line each. `chosen` is the one under the cursor."""
    if width < CARDS:
        room = min(max((len(step.value) for step in steps), default=0), VALUE) + 2
        return [_answer_line(s, room, width, at == chosen) for at, s in enumerate(steps)]
    size, wider = divmod(width + 1, max(len(steps), 1))
    cards = [_card(step, size - (at >= wider), at == chosen) for at, step in enumerate(steps)]
    lines = range(CARD_LINES)
    return [tuple(seg for card in cards for seg in (*card[n], Seg(" ")))[:-1] for n in lines]


def _card(step: Step, width: int, chosen: bool) -> list[Row]:
    """One answer in four lines of `width` cells."""
    room, ground = width - 2, "cursor" if chosen else "quiet"
    label: Row = (Seg(step.label, "muted"),)
    tag = _tag(step) if row_width(label) + row_width(_tag(step)) < room else ()
    rows = [
        spread(label, tag, room),
        (Seg(text.clip(step.value, room), step.style),),
        *((Seg(words, "muted"),) for words in _packed(step.reasons, room)),
    ]
    rows += [()] * (CARD_LINES - len(rows))
    marker = Seg("▌", "marker") if chosen else Seg(" ")
    whole = [pad((marker, *row), width) for row in rows]
    return [tuple(replace(seg, style=f"{ground} {seg.style}") for seg in row) for row in whole]


def _packed(reasons: tuple[str, ...], room: int) -> list[str]:
    """The reasons in two lines of `room` cells: the first one whole, of the others what fits."""
    lines: list[str] = []
    for reason in map(text.visible, reasons):
        joined = f"{lines[-1]} · {reason}" if lines else reason
        if len(joined) <= room:
            lines[-1:] = [joined]
        elif len(reason) <= room or not lines:
            lines += wrap(reason, room, CARD_LINES - 2)
    return lines[: CARD_LINES - 2]


def _answer_line(step: Step, room: int, width: int, chosen: bool) -> Row:
    """One answer in a line: as many reasons as fit whole, and the source where there is room."""
    value = text.visible(step.value)
    left = width - 1 - ANSWER_LABEL - room
    reasons = [text.visible(reason) for reason in step.reasons]
    while len(reasons) > 1 and len(" · ".join(reasons)) > left:
        reasons.pop()
    words = text.clip(" · ".join(reasons), left)
    row: Row = (
        Seg("▌" if chosen else " ", "marker"),
        Seg(f"{step.label:<{ANSWER_LABEL}}", "muted"),
        Seg(f"{value:<{room}}", step.style),
        Seg(words, "muted"),
    )
    tag = _tag(step)
    if row_width(row) + row_width(tag) + 2 <= width:
        row = spread(row, tag, width)
    ground = "cursor" if chosen else ""
    return tuple(replace(seg, style=f"{ground} {seg.style}") for seg in pad(row, width))


class AnswerStrip(LineView, can_focus=True):
    """The answers; `step` is the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = actions.widget_bindings("answers")
    cursor: reactive[int] = reactive(0)

    class Left(Message):
        """A key led below the strip."""

    class Opened(Message):
        """An answer was clicked."""

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._steps: list[Step] = []

    def show(self, steps: list[Step]) -> None:
        """Draw these answers."""
        again = len(steps) != len(self._steps)
        self._steps = steps
        self.cursor = self.validate_cursor(self.cursor)
        self.refresh(layout=again)

    @property
    def step(self) -> Step | None:
        """The answer under the cursor."""
        return self._steps[self.cursor] if self._steps else None

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, len(self._steps) - 1))

    def action_step(self, by: int) -> None:
        self.cursor += by

    def action_below(self) -> None:
        """The next answer where they stand one below the other, then what is below them."""
        if self.size.width < CARDS and self.cursor < len(self._steps) - 1:
            self.cursor += 1
        else:
            self.post_message(self.Left())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return CARD_LINES if width >= CARDS else len(self._steps)

    def on_click(self, event: events.Click) -> None:
        wide = self.size.width >= CARDS
        size = (self.size.width + 1) // max(len(self._steps), 1)
        self.cursor = event.x // size if wide else event.y
        self.post_message(self.Opened())

    def watch_has_focus(self, has_focus: bool) -> None:
        """The cursor shows only where its keys work."""
        super().watch_has_focus(has_focus)
        self.refresh()

    def visible_rows(self) -> list[Row]:
        return strip_rows(self._steps, self.size.width, self.cursor if self.has_focus else None)


LABEL = 15
MOST_LINES = 8
LEAST_WORDS = 16
"""Columns beside an answer from which its rule is shown there."""


def next_listing(steps: list[Step], width: int, height: int, hint: str = "") -> Listing:
    """The entries in `width` cells: label and answer, then the rule and its source.

    With room for it all, entries are a line apart. Else each takes one line, and the first ones
    as much more as `height` leaves them.
    """
    if not steps:
        return Listing([], [])
    head = spread((Seg("What happens next", "strong"),), (Seg(hint, "tag"),), width)
    whole = [_entry(step, width, MOST_LINES) for step in steps]
    if 2 + sum(len(entry) + 1 for entry in whole) <= height:
        return Listing([head, ()], [[*entry, ()] for entry in whole])
    entries = [[_line(step, width)] for step in steps]
    spare = height - 1 - len(entries)
    for at, step in enumerate(steps):
        forms = (_entry(step, width, lines) for lines in range(MOST_LINES, 0, -1))
        entries[at] = next((form for form in forms if len(form) <= 1 + spare), entries[at])
        spare -= len(entries[at]) - 1
    return Listing([head], entries)


def _entry(step: Step, width: int, lines: int) -> list[Row]:
    """Label and answer, and the rule below in at most `lines` lines; a note has no answer."""
    label, tag = _caption(step), _tag(step)
    if not step.value:
        room = width - row_width(tag) - 1
        first, *rest = hanging((label,), step.text, room, step.style, lines)
        return [spread(first, tag, width), *rest]
    first = (label, Seg(text.visible(step.value), step.style))
    below = hanging((Seg(" " * LABEL),), step.text, width, "muted", lines) if step.text else []
    return [spread(first, tag, width), *below]


def _line(step: Step, width: int) -> Row:
    """Everything in one line; the rule only where there is room for some of it."""
    label, tag = _caption(step), _tag(step)
    if not step.value:
        return _entry(step, width, 1)[0]
    value = text.visible(step.value)
    room = width - LABEL - len(value) - row_width(tag) - 4
    words = text.clip(step.text, room) if step.text and room >= LEAST_WORDS else ""
    left = (label, Seg(value, step.style), Seg(f"  {words}", "muted"))
    return spread(left, tag, width)


def _caption(step: Step) -> Seg:
    return Seg(text.fit(step.label, LABEL - 1) + " ", step.label_style)


def _tag(step: Step) -> Row:
    if step.sheet == "forecast":
        return (Seg("estimate", "tag"),)
    return (Seg(SOURCE_WORD[step.source], "tag"),) if step.source else ()


class NextList(RowList):
    """The entries; `step` is the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = actions.widget_bindings("next")

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._steps: list[Step] = []

    def show(self, steps: list[Step]) -> None:
        """Draw these entries."""
        self._steps = steps
        self.rearrange()

    @property
    def step(self) -> Step | None:
        """The entry under the cursor."""
        return self._steps[self.cursor] if self.cursor < len(self._steps) else None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each entry where the list is below the table."""
        if width == container.width:
            return 1 + len(self._steps)
        return super().get_content_height(container, viewport, width)

    def lay_out(self, width: int, height: int) -> Listing:
        return next_listing(self._steps, width, height, "? explains" if self.has_focus else "")

    def watch_has_focus(self, has_focus: bool) -> None:
        """The hint stands only where its key works."""
        super().watch_has_focus(has_focus)
        self.rearrange()
