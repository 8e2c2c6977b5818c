"""Backups in words: when, why, how large, and what they hold."""

from collections.abc import Iterable
from datetime import datetime

from coach.model.facts import Facts
from coach.service.contents import Contents, contents
from coach.ui import text
from coach.wording import counted

WHY = {
    "manual": "made by hand",
    "automatic": "made by itself",
    "restore": "before a restore",
    "import": "before a merge",
    "migration": "before a new version",
    "doctor": "before a repair",
}


def why(reason: str) -> str:
    """Why a backup was made; an unknown reason as it is stored."""
    return WHY.get(reason, text.visible(reason))


def when(at: datetime, now: datetime) -> str:
    """`today 18:02`, `yesterday 09:00`, else the day with its time, in the zone of `now`."""
    local = at.astimezone(now.tzinfo)
    ago = (now.date() - local.date()).days
    if ago in (0, 1):
        return f"{('today', 'yesterday')[ago]} {text.clock(local)}"
    return text.moment(local, now.date())


def moments(times: Iterable[datetime], now: datetime) -> list[str]:
    """These times in a column, two cells apart from what follows."""
    shown = [when(at, now) for at in times]
    width = max(map(len, shown), default=0) + 2
    return [moment.ljust(width) for moment in shown]


def size(amount: int) -> str:
    """Bytes in the unit that suits them: `812 B`, `34 kB`, `1.2 MB`."""
    if amount < 1000:
        return f"{amount} B"
    if amount < 1_000_000:
        return f"{round(amount / 1000)} kB"
    return f"{text.number(amount / 1_000_000)} MB"


def holding(contents: Contents) -> str:
    """`AZ-104 · 2 reports, 1 appointment, 6 sessions done`."""
    counts = (
        (contents.reports, "report"),
        (contents.appointments, "appointment"),
        (contents.practice, "quiz", "quizzes"),
    )
    parts = [counted(*count) for count in counts if count[0]]
    if contents.done:
        parts.append(f"{counted(contents.done, 'session')} done")
    exams = ", ".join(map(text.visible, contents.exams))
    return " · ".join(filter(None, (exams, ", ".join(parts)))) or "no records"


def restore_question(held: Contents, facts: Facts) -> str:
    """What restoring changes, and that it can be taken back."""
    return (
        f"It holds {holding(held)}.\n"
        f"Now there is {holding(contents(facts))}.\n"
        "That is kept as a backup too, and u takes the restore back."
    )
