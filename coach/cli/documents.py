"""JSON documents that only the command line gives: what an action did."""

from zoneinfo import ZoneInfo

import msgspec

from coach.model.documents import ChangeRow
from coach.model.settings import WEEKDAYS, BusyTimes, Hours
from coach.service.capacity import usual_week
from coach.service.outcome import Done
from coach.service.reader import window_text


class PlanChange(msgspec.Struct, frozen=True, kw_only=True):
    """The plan after an action; `changes` is empty where it stayed as it was."""

    revision: int | None
    changes: tuple[ChangeRow, ...]
    churn: float


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """What `report` and `attempt` commands saved: ids, exam code, and the plan after it."""

    report: str | None
    attempt: str | None
    exam: str | None
    plan: PlanChange
    message: str


def saved(done: Done) -> Saved:
    """The document of a saved record."""
    return Saved(
        report=done.report,
        attempt=done.attempt,
        exam=done.exam,
        plan=plan_change(done),
        message=done.message,
    )


def plan_change(done: Done) -> PlanChange:
    """The plan that is in force after an action."""
    schedule = done.state.view(done.exam).schedule if done.exam else None
    revision = done.revision or (schedule.revision if schedule else None)
    return PlanChange(revision=revision, changes=done.changes, churn=done.churn)


def hours_document(hours: Hours, zone: ZoneInfo) -> dict[str, object]:
    """Weekly hours as `{windows, off, minutes_per_week, ...}`; times in the user's zone."""
    windows = {
        day: [window_text(window) for window in hours.windows[day]]
        for day in WEEKDAYS
        if day in hours.windows
    }
    return {
        "windows": windows,
        "off": hours.off,
        "minutes_per_week": usual_week(hours),
        "block_minutes": hours.block_minutes,
        "break_minutes": hours.break_minutes,
        "daily_minutes": hours.daily_minutes,
        "weekly_minutes": hours.weekly_minutes,
        "busy": hours.busy and _local(hours.busy, zone),
    }


def _local(busy: BusyTimes, zone: ZoneInfo) -> BusyTimes:
    """Busy times in the user's zone."""
    return BusyTimes(
        name=busy.name,
        read=busy.read.astimezone(zone),
        until=busy.until.astimezone(zone),
        spans=tuple((start.astimezone(zone), end.astimezone(zone)) for start, end in busy.spans),
    )
