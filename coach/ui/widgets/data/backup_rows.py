"""The backups, newest first: when each was made, why, and how large it is."""

from collections.abc import Sequence
from datetime import datetime

from coach.service.care import Backup
from coach.ui.widgets.data.backup_words import moments, size, why
from coach.ui.widgets.facts_rows import heading, paragraph
from coach.ui.widgets.line_view import Listing
from coach.ui.widgets.rows import Row, Seg, spread
from coach.wording import counted


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
