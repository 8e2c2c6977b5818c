"""One's own data in rows: the file in a few facts, and its backups."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from coach.model.facts import Facts
from coach.service.data_files import Contents, Copy, DataFile, contents
from coach.service.doctor import Checkup
from coach.service.maintenance import Backup
from coach.ui import text
from coach.ui.widgets.line_view import Listing
from coach.ui.widgets.rows import Row, Seg, fact, heading, paragraph, spread
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


def backup_listing(backups: Sequence[Backup], now: datetime, width: int) -> Listing:
    """One line each, under a heading with their number and size."""
    if not backups:
        words = "None yet. Coach makes one by itself, every half hour of change."
        return Listing([heading("Backups"), *paragraph(words, width, "muted")], [])
    total = f"{counted(len(backups), 'backup')}, {size(sum(b.bytes for b in backups))}"
    head = spread(heading("Backups"), (Seg(total, "muted"),), width)
    made = moments((backup.at for backup in backups), now)
    rows = [[_row(*entry, width)] for entry in zip(backups, made, strict=True)]
    return Listing([head], rows)


def _row(backup: Backup, made: str, width: int) -> Row:
    left = (Seg(made), Seg(why(backup.reason), "muted"))
    return spread(left, (Seg(size(backup.bytes)),), width)


def data_rows(
    folder: Path,
    file: DataFile | None,
    here: Contents,
    checkup: Checkup | None,
    copies: Sequence[Copy],
    now: datetime,
    width: int,
) -> list[Row]:
    """The facts in `width` cells."""
    saved = f", {size(file.bytes)}, saved {when(file.saved, now)}" if file else ", nothing saved"
    return [
        *fact("Folder", str(folder) + saved, width, "muted"),
        *fact("Holds", holding(here), width),
        *fact("Check-up", checkup_words(checkup), width, _look(checkup)),
        *fact("Copies", copies_words(copies), width, "flag"),
    ]


def checkup_words(checkup: Checkup | None) -> str:
    """How the data is, in a few words."""
    if checkup is None:
        return "looking …"
    if checkup.ok:
        return "all is well"
    return f"{counted(len(checkup.problems), 'thing')} to look at (k)"


def _look(checkup: Checkup | None) -> str:
    if checkup is None:
        return "muted"
    return "above" if checkup.ok else "flag"


def copies_words(copies: Sequence[Copy]) -> str:
    """What a synchroniser left beside the file; nothing where there is nothing."""
    if not copies:
        return ""
    return f"{counted(len(copies), 'other copy', 'other copies')} beside the file (c merges)"
