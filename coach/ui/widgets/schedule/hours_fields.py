"""The lines of text below the painted week: what they are called, hold and accept."""

from collections.abc import Callable
from typing import NamedTuple

from coach.model.settings import Hours
from coach.service.reader import days_text
from coach.ui import text
from coach.wording import counted


class HoursField(NamedTuple):
    """One text. `name` is the field of the draft; a `short` one holds a number of minutes."""

    name: str
    label: str
    hint: Callable[[Hours], str]
    short: bool = True


def _busy_hint(hours: Hours) -> str:
    if hours.busy is None:
        return "The path of an .ics file: its events stay free of study."
    times = counted(len(hours.busy.spans), "busy time")
    shown = f"{text.visible(hours.busy.name)} is read: {times}."
    return f"{shown} Type a path to read it again, or none to forget it."


FIELDS: tuple[tuple[HoursField, ...], ...] = (
    (
        HoursField(
            "off",
            "Days off",
            lambda hours: "Such as 2026-12-24, or 2026-12-24..2026-12-26; commas between them.",
            short=False,
        ),
    ),
    (
        HoursField("block", "Block", lambda hours: "The longest block, in minutes: 30 to 180."),
        HoursField("breaks", "Break", lambda hours: "Minutes between two blocks: 0 to 60."),
        HoursField("daily", "Day", lambda hours: "Most minutes of study on one day, or none."),
        HoursField("weekly", "Week", lambda hours: "Most minutes of study in a week, or none."),
    ),
    (
        HoursField("busy", "Busy", _busy_hint, short=False),
        HoursField("spare", "Spare", lambda hours: "Minutes a week for strong areas: 0 to 1200."),
    ),
)


def values_of(hours: Hours) -> dict[str, str]:
    """What the fields hold at first."""
    return {
        "off": days_text(hours.off),
        "block": str(hours.block_minutes),
        "breaks": str(hours.break_minutes),
        "daily": _cap(hours.daily_minutes),
        "weekly": _cap(hours.weekly_minutes),
        "busy": "",
        "spare": str(hours.spare_minutes),
    }


def _cap(minutes: int | None) -> str:
    return "none" if minutes is None else str(minutes)
