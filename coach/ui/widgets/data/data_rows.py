"""The data file in a few facts: where it is, what it holds, how it is, what lies beside it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from coach.service.contents import Contents
from coach.service.copies import Copy
from coach.service.doctor import Checkup
from coach.service.places import DataFile
from coach.ui.widgets.data.backup_words import holding, size, when
from coach.ui.widgets.facts_rows import fact
from coach.ui.widgets.rows import Row
from coach.wording import counted


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
