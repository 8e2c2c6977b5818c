"""What now means over all tracked exams: the session on or next, the exam on its day, a result that
is out, what is not ticked, and the next deadline."""

from datetime import date, datetime, timedelta
from functools import partial

from coach.model.answers import Deadline, ExamMoment, Today, TodayExam, WeekMinutes
from coach.model.plan import NIGHT, ScheduleBlock
from coach.policy.dates import begins, midnight
from coach.service.schedule import backlog, block_row
from coach.service.state import State
from coach.service.view import ExamView
from coach.wording import AT_PLACE, capital, day_and_time, duration, phrased, work_word

DEADLINES = (
    "booked",
    "change-deadline",
    "approval-ends",
    "expires",
    "included-retake-to",
    "renewal-to",
    "retires",
    "voucher-expires",
)
"""Marks of the timeline after which something can no longer be done."""
KINDS = ("exam-day", "result-due", "session", "free", "no-plan")


def today(state: State) -> Today:
    """What now means over all tracked exams, the most pressing first."""
    views = [state.view(head.exam) for head in state.tracked]

    def urgency(each: TodayExam) -> tuple[int, datetime, str]:
        return KINDS.index(each.kind), begins(each.at or state.now, state.zone), each.exam

    found = sorted(map(_exam, views), key=urgency)
    return Today(
        now=state.now,
        exams=tuple(found),
        unticked=tuple(
            sorted((b for view in views for b in _unticked(view)), key=lambda b: (b.start, b.id))
        ),
        week=WeekMinutes(
            done_minutes=sum(view.head.done_minutes for view in views),
            planned_minutes=sum(view.head.planned_minutes for view in views),
        ),
        deadline=_deadline(views, state),
    )


def _exam(view: ExamView) -> TodayExam:
    now, near, block = view.world.now, view.exam_moment, view.head.next
    entry = partial(TodayExam, exam=view.code)
    if near is not None and near.phase in ("exam-day", "sitting"):
        text, minutes = _exam_day(view, near), view.exam.duration_minutes
        return entry(kind="exam-day", title="exam", at=near.at, minutes=minutes, text=text)
    if near is not None and near.phase in ("after", "result-due"):
        text = f"How did the exam of {_when(near.at, now)} go? Enter its report once it is there."
        return entry(kind="result-due", title="result", at=near.at, text=text)
    if view.no_plan is not None:
        text = f"{capital(view.no_plan)}."
        return entry(kind="no-plan", title="no plan", text=text)
    if block is None:
        return entry(kind="free", title="free", text="No session is planned.")
    what = block.topic or block.domain or "all domains"
    title = f"{block.activity}: {what}"
    begun = block.start <= now
    lead = "on now" if begun else _when(block.start, now)
    text = f"{lead}, {duration(block.minutes)}: {work_word(block.activity)}: {what}"
    if near is not None:
        text += f"; the exam is tomorrow{_time(near.at)}"
    return entry(
        kind="session",
        title=title,
        at=block.start,
        minutes=block.minutes,
        resource=view.material.get(block.id),
        text=f"{text}.",
    )


def _exam_day(view: ExamView, near: ExamMoment) -> str:
    if near.phase == "sitting":
        return f"The exam is on{AT_PLACE[near.place]}."
    check_in = f"; be there by {near.check_in:%H:%M}" if near.check_in else ""
    return f"The exam is today{_time(near.at)}{AT_PLACE[near.place]}{check_in}."


def _unticked(view: ExamView) -> list[ScheduleBlock]:
    now, zone = view.world.now, view.world.zone
    begin = midnight((now.replace(tzinfo=None) - NIGHT).date(), zone)
    return [
        block_row(view, block)
        for block in view.blocks_since(begin)
        if block.end <= now and block.status == "planned" and block.activity != "buffer"
    ]


def missed(state: State) -> list[ScheduleBlock]:
    """The missed sessions of all exams that wait for another place."""
    views = [state.view(head.exam) for head in state.tracked]
    rows = (backlog(v, partial(block_row, v)) for v in views if not v.no_plan)
    return [row for each in rows for row in each]


def _deadline(views: list[ExamView], state: State) -> Deadline | None:
    def moment(at: datetime | date) -> datetime:
        return at if isinstance(at, datetime) else midnight(at + timedelta(days=1), state.zone)

    found = [
        Deadline(at=mark.at, text=phrased("{}: {}", view.code, mark.text))
        for view in views
        for mark in view.timeline.milestones
        if mark.kind in DEADLINES
    ]
    for view in views:
        if view.tracked.target is not None and view.target is not None:
            text = f"{view.code}: the date you plan for."
            found.append(Deadline(at=view.target.value, text=text))
    ahead = (each for each in found if moment(each.at) > state.now)
    return min(ahead, key=lambda each: (moment(each.at), each.text), default=None)


def _when(at: datetime | date, now: datetime) -> str:
    """A day, with the time where it is known: `today 19:00`, `Mon 30 Nov 19:00`."""
    plain = at.date() if isinstance(at, datetime) else at
    if plain == now.date():
        return f"today{f' {at:%H:%M}' if isinstance(at, datetime) else ''}"
    told = day_and_time(at) if isinstance(at, datetime) else f"{at.day} {at:%b}"
    return f"{at:%a} {told}"


def _time(at: datetime | date) -> str:
    return f" at {at:%H:%M}" if isinstance(at, datetime) else ""
