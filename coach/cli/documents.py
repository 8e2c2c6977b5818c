"""JSON documents that only the command line gives: what an action did."""

from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from coach.model import made_from
from coach.model.answers import ReportSummary
from coach.model.plan import ChangeRow
from coach.model.settings import WEEKDAYS, Hours
from coach.service.availability import busy_minutes_a_week, remark_text
from coach.service.input_parser import window_text
from coach.service.outcome import Done


class PlanChange(msgspec.Struct, frozen=True, kw_only=True):
    """The plan after an action; `changes` is empty where it stayed as it was."""

    revision: int | None
    changes: tuple[ChangeRow, ...]
    churn: float


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """What `report` and `attempt` commands saved: ids, exam code, and the plan after it; of a
    report its weak domains by priority, its strong ones, and what to do next."""

    report: str | None
    attempt: str | None
    exam: str | None
    plan: PlanChange
    message: str
    weak: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    next: str | None = None


def saved(done: Done) -> Saved:
    """The document of a saved record."""
    summary = summary_of(done)
    document = made_from(Saved, done, plan=plan_change(done))
    if summary is None:
        return document
    return replace(document, weak=summary.weak, strong=summary.strong, next=summary.next)


def summary_of(done: Done) -> ReportSummary | None:
    """What the report comes to that was saved, None where it was something else."""
    report = done.report or ""
    if done.exam is None or report not in done.state.facts.reports:
        return None
    return done.state.view(done.exam).summary(report)


def plan_change(done: Done) -> PlanChange:
    """The plan that is in force after an action."""
    stored = done.state.view(done.exam).revision if done.exam else None
    number = stored.number if stored else 0 if done.exam else None
    return PlanChange(revision=done.revision or number, changes=done.changes, churn=done.churn)


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
        "minutes_per_week": hours.week_minutes,
        **{
            f"{of}_minutes": getattr(hours, f"{of}_minutes")
            for of in ("block", "break", "daily", "weekly", "spare")
        },
        "busy": _busy(hours, zone) if hours.every_calendar else None,
    }


def _busy(hours: Hours, zone: ZoneInfo) -> dict[str, object]:
    """The busy times of all calendars as one, and what each of them took, in the user's zone."""
    every = hours.every_calendar
    return {
        "name": ", ".join(calendar.name for calendar in every),
        "read": max(calendar.read for calendar in every).astimezone(zone),
        "until": min(calendar.until for calendar in every).astimezone(zone),
        "spans": [(a.astimezone(zone), b.astimezone(zone)) for a, b in hours.busy_spans],
        "remarks": [remark_text(remark, zone) for each in every for remark in each.remarks],
        "calendars": [
            {
                "name": calendar.name,
                "read": calendar.read.astimezone(zone),
                "until": calendar.until.astimezone(zone),
                "spans": len(calendar.spans),
                "minutes_per_week": busy_minutes_a_week(calendar),
                "all_day": "busy" if calendar.whole_days else "free",
                "remarks": [remark_text(remark, zone) for remark in calendar.remarks],
            }
            for calendar in every
        ],
    }
