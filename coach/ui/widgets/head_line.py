"""What frames every mode screen: two lines on top, which exam, which screen and where things stand,
and the line of keys at the foot, as many as fit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from coach.model.answers import ExamMoment, Head
from coach.ui import actions, text
from coach.ui.widgets.rows import headline
from coach.wording import counted, duration

if TYPE_CHECKING:
    from coach.service.state import State


NO_EXAM = "no exam yet"
SAMPLE = ("sample data, nothing here is kept", "sample data, not kept", "sample")
BAR = 12
"""Cells of the bar of this week."""
SUBJECT = (18, 20, 22, 24, 26, 28, 100)
"""Cells that the next session's topic may take."""
ROOMY = 100
"""Columns from which the next session is told as well."""


class Fact(Struct, frozen=True):
    """One thing to know, in the forms it may take, shortest first. `rank` 0 is dropped last."""

    rank: int
    forms: tuple[Content, ...]


def top_line(head: Head | None, current: str, width: int, *, sample: bool = False) -> Content:
    """Code and title of the exam on the left, the three screens on the right."""
    tabs = _tabs(current)
    room = max(width - tabs.cell_length - 1, 0)
    title = _title(head, room, sample=sample).truncate(room, ellipsis=True)
    return title.pad_right(max(room - title.cell_length, 0)) + tabs


def _tabs(current: str) -> Content:
    parts = []
    for name in actions.SCREENS:
        entry = actions.action(name)
        if name == current:
            tab = Content.styled(f" {entry.shown} {entry.label} ", "bold reverse $primary")
        else:
            tab = Content.styled(f" {entry.shown} ", "$primary") + Content.styled(
                f"{entry.label} ", "$ink-muted"
            )
        parts.append(tab.stylize(Style.from_meta({"run": name})))
    return Content("").join(parts)


def _title(head: Head | None, room: int, *, sample: bool) -> Content:
    if head is None:
        return Content.styled(f" {NO_EXAM}", "bold $ink-muted")
    code = text.plain(head.exam, "bold $ink")
    rest = room - 3 - cell_len(text.visible(head.exam))
    if sample:
        words = next((form for form in SAMPLE if len(form) + 2 <= rest), "")
        note = Content.styled(f" {words} ", "$background on $warning") if words else Content("")
        return Content.assemble(" ", code, "  ", note)
    title = text.clip(head.title, rest) if rest >= 12 else ""
    return Content.assemble(" ", code, "  ", (title, "$ink-muted"))


def facts_line(
    head: Head | None,
    now: datetime,
    width: int,
    *,
    successor: str | None = None,
    booked: date | None = None,
    near: ExamMoment | None = None,
    told_below: bool = False,
) -> Content:
    """The latest score, the earliest legal date, the days left, this week's hours, what is next.
    The last two are left out where they are `told_below`.

    A booking stands in place of the legal date, and an exam that is near before all else. Each is
    as long as there is room for; where there is too little, the least needed goes.
    """
    if head is None:
        return Content.styled(" Press n to enter a score report, e to choose an exam", "$ink-muted")
    over = head.status in ("passed", "retired")
    sitting = _sitting(head, now, successor)
    if booked and not over:
        time = f" {text.clock(booked)}" if isinstance(booked, datetime) else ""
        sitting = _dated("exam ", booked, time, now)
    told = head.passed and head.status == "passed"  # by the score
    offered = [_score(head), None if told else sitting, _target(head, now, booked=bool(booked))]
    if near is not None:
        offered = [_exam_moment(near, now), _score(head)]
    if not told_below:
        offered += [_hours(head), _next(head, now) if width >= ROOMY else None]
    gap = Content.styled("  ·  " if width >= 100 else " · ", "$ink-faint")
    shown = _fitted([fact for fact in offered if fact], width - 2, gap.cell_length)
    return Content(" ") + gap.join(shown)


def _fitted(facts: Sequence[Fact], width: int, gap: int) -> list[Content]:
    """The facts in their order, the most needed first to be in, then each in turn longer."""
    by_rank = sorted(range(len(facts)), key=lambda index: facts[index].rank)
    chosen: dict[int, int] = {}
    left = width + gap
    for index in by_rank:
        needed = facts[index].forms[0].cell_length + gap
        if needed <= left:
            chosen[index] = 0
            left -= needed
    longest = max((len(fact.forms) for fact in facts), default=0)
    for form in range(1, longest):
        for index in by_rank:
            forms = facts[index].forms
            if chosen.get(index) != form - 1 or form == len(forms):
                continue
            more = forms[form].cell_length - forms[form - 1].cell_length
            if more <= left:
                chosen[index] = form
                left -= more
    return [facts[index].forms[form] for index, form in sorted(chosen.items())]


def _score(head: Head) -> Fact | None:
    if head.score is None:
        if head.passed is None:
            return None
        return Fact(1, (Content.styled("passed" if head.passed else "failed", "bold $ink"),))
    ink = "$heat-above-ink" if head.passed else "$heat-below-ink"
    score = Content.styled(f"{head.score}", f"bold {ink}")
    if head.passing_score is None:
        return Fact(1, (score,))
    missing = max(head.passing_score - head.score, 0)
    short, mark = f"{counted(missing, 'point')} short", f"pass mark {head.passing_score}"
    told = Content.styled(f", {short if missing else 'passed'}", ink)
    whole = Content.styled(f", {mark} ({short})" if missing else f", passed ({mark})", ink)
    return Fact(1, (score, score + told, score + whole))


def _exam_moment(near: ExamMoment, now: datetime) -> Fact:
    """The exam of tomorrow or today, the one that is on, or the one whose result is due."""
    words: tuple[str, ...] = ("The exam is on",)
    if near.phase in ("after", "result-due"):
        words = ("How did it go?", "How did it go? n enters the result")
        due = near.result_by.date() if isinstance(near.result_by, datetime) else near.result_by
        if near.phase == "result-due" and due is not None and due > now.date():
            words = (f"result due by {text.short_day(due, now.date())}",)
    elif near.phase != "sitting":
        time = f" {text.clock(near.at)}" if isinstance(near.at, datetime) else ""
        short = f"Exam {'today' if near.phase == 'exam-day' else 'tomorrow'}{time}"
        place = {"centre": ", test centre", "online": ", online", None: ""}[near.place]
        if near.phase == "exam-day" and near.check_in is not None:
            lead = "check in" if near.place == "online" else "be there"
            place = f", {lead} {text.clock(near.check_in)}"
        words = (short, short + place)
    return Fact(0, tuple(Content.styled(form, "bold $ink") for form in words))


_SITTING = {
    "passed": ("passed", "$heat-above-ink"),
    "pending": ("result pending", "$ink"),
    "open": ("you may sit now", "$heat-above-ink"),
    "capped": ("no attempt left", "$ink"),
    "unknown": ("rule not known", "$ink"),
}


def _sitting(head: Head, now: datetime, successor: str | None) -> Fact:
    """When it may be sat, in the words of its status: the moment, or the certain day where the
    sitting was entered without a time of day."""
    after = f" → {text.visible(successor)}" if successor else ""
    words, ink = _SITTING.get(head.status, ("no date to sit it", "$ink"))
    if head.status == "retired":
        words, ink = f"retired{after}", "$warning"
    elif head.certain_from and head.status not in ("passed", "pending", "open"):
        exact = head.certain_from == head.earliest and head.certain_from.time() != time()
        clock = f" {text.clock(head.certain_from)}" if exact else ""
        return _dated("you may sit from ", head.certain_from, clock, now)
    return Fact(0, (Content.styled(words, f"bold {ink}"),))


def _dated(lead: str, day: date, time: str, now: datetime) -> Fact:
    whens = (text.short_day(day, now.date()), text.day(day, now.date()))
    told = Content.styled(lead, "$ink-muted")
    return Fact(0, tuple(told + Content.styled(when + time, "bold $ink") for when in whens))


def _target(head: Head, now: datetime, *, booked: bool) -> Fact | None:
    if head.target is None or head.days_left is None:
        return None
    end = Content.assemble(
        ("plan ends ", "$ink-muted"),
        (text.day(head.target, now.date()), "bold $ink"),
        (f", {text.in_days(head.days_left)}", "$ink-muted"),
    )
    if head.days_left < 0:
        return Fact(3, (Content.styled("goal date has passed", "$warning"), end))
    if booked:
        return Fact(3, (Content.styled(text.in_days(head.days_left), "bold $ink"),))
    left = Content.styled(counted(head.days_left, "day"), "bold $ink")
    return Fact(3, (left + Content.styled(" left", "$ink-muted"), end))


def _hours(head: Head) -> Fact | None:
    """Study done and planned in this week."""
    if not head.planned_minutes and not head.done_minutes:
        return None
    share = head.done_minutes / head.planned_minutes if head.planned_minutes else 1.0
    done = Content.styled(duration(head.done_minutes), "bold $ink")
    planned = Content.styled(f" of {duration(head.planned_minutes)}", "$ink-muted")
    lead = Content.styled("week ", "$ink-muted")
    longer = Content.styled("this week ", "$ink-muted")
    filled = text.bar(share, BAR).ljust(BAR)
    bar = Content.styled(filled, "$ink-muted on $track")
    # The bar comes only where the next session is told in full and there is still room.
    words = [lead + done + planned] * (len(SUBJECT) + 1)
    return Fact(2, (*words, longer + bar + " " + done + planned))


def _next(head: Head, now: datetime) -> Fact | None:
    """The session that comes next."""
    block = head.next
    if block is None:
        return None
    lead = Content.styled("now " if block.start <= now else "next ", "$ink-muted")
    when = text.clock(block.start)
    if block.start.date() != now.date():
        when = f"{text.WEEKDAYS[block.start.weekday()]} {when}"
    start = lead + Content.styled("" if block.start <= now else f"{when} ", "bold $ink")
    subject = headline(text.visible(block.topic or block.domain or block.activity))
    sizes = sorted({min(cell_len(subject), size) for size in SUBJECT})
    return Fact(4, tuple(start + Content.styled(text.clip(subject, n), "$ink") for n in sizes))


class Clickable(Widget):
    """A line whose pieces run an action when clicked."""

    async def on_click(self, event: events.Click) -> None:
        if name := event.style.meta.get("run"):
            await self.app.run_action(name, self.screen)


class HeadLine(Clickable):
    """Head of one mode screen; `show` gives it the state."""

    DEFAULT_CSS = """
    HeadLine { dock: top; height: 2; background: $panel; }
    """

    def __init__(self, screen_name: str) -> None:
        super().__init__(id="head-line")
        self._screen_name = screen_name
        self._state: State | None = None
        self._sample = False

    def show(self, state: State, *, sample: bool = False) -> None:
        """Draw where the selected exam stands; `sample` says that it is sample data."""
        self._state, self._sample = state, sample
        self.refresh()

    def render(self) -> Content:
        state, width = self._state, self.size.width
        head = state.head if state else None
        top = top_line(head, self._screen_name, width, sample=self._sample)
        if state is None:
            return top
        facts = facts_line(
            head,
            state.now,
            width,
            successor=state.retake.successor if state.retake else None,
            booked=state.booked,
            near=state.exam_moment,
            told_below=self._screen_name == "schedule" and width >= ROOMY,
        )
        return top + "\n" + facts


GAP = 3


def fitting(offered: Sequence[actions.Action], width: int, most: int = 8) -> list[actions.Action]:
    """The most wanted actions whose entries fit in `width` cells, in the order of the bar."""
    chosen: list[actions.Action] = []
    used = 2
    for entry in offered:
        used += cell_len(entry.shown) + 1 + cell_len(entry.label) + (GAP if chosen else 0)
        if used > width or len(chosen) == most:
            break
        chosen.append(entry)
    return [*chosen[1:], *chosen[:1]]


def bar_content(offered: Sequence[actions.Action], width: int) -> Content:
    """The bar as text; every entry runs its action when clicked."""
    parts: list[Content | str] = [" "]
    for index, entry in enumerate(fitting(offered, width, 6 if width < 100 else 9)):
        click = Style.from_meta({"run": entry.id})
        key = Content.styled(entry.shown, "bold $primary")
        label = Content.styled(f" {entry.label}", "$ink-muted")
        parts += [" " * GAP if index else "", (key + label).stylize(click)]
    return Content("").join(parts)


class KeyBar(Clickable):
    """The key bar of one mode screen."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; background: $panel; }
    """

    def __init__(self, screen_name: str) -> None:
        super().__init__(id="key-bar")
        self._offered = self._all = actions.key_bar(screen_name)

    def offer(self, *, without: Collection[str], first: str = "") -> None:
        """Offer all but some actions, which do nothing now, and right after help the one wanted."""
        wanted = (actions.action(first),) if first else ()
        help_, *rest = (e for e in self._all if e.id not in without and e not in wanted)
        self._offered = (help_, *wanted, *rest)
        self.refresh()

    def render(self) -> Content:
        return bar_content(self._offered, self.size.width)
