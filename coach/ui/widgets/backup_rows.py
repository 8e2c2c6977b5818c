"""The backups, newest first: when each was made, why, and how large it is."""

from collections.abc import Sequence
from datetime import datetime

from coach.service.care import Backup
from coach.ui import text
from coach.ui.widgets.backup_words import WHEN, size, when, why
from coach.ui.widgets.line_view import Listing
from coach.ui.widgets.rows import Row, Seg, spread


def backup_listing(backups: Sequence[Backup], now: datetime, width: int) -> Listing:
    """One line each, under a heading with their number and size."""
    if not backups:
        words = "None yet. Coach makes one by itself, every half hour of change."
        return Listing([(Seg("Backups", "heading strong"),), (Seg(words, "muted"),)], [])
    total = f"{text.count(len(backups), 'backup')}, {size(sum(b.bytes for b in backups))}"
    heading = spread((Seg("Backups", "heading strong"),), (Seg(total, "muted"),), width)
    return Listing([heading], [[_row(backup, now, width)] for backup in backups])


def _row(backup: Backup, now: datetime, width: int) -> Row:
    made = Seg(text.fit(when(backup.at, now), WHEN))
    return spread((made, Seg(why(backup.reason), "muted")), (Seg(size(backup.bytes)),), width)
