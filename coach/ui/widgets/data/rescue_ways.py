"""A data file that cannot be used, in words: what is wrong with it, and the ways out."""

from datetime import datetime

from coach.service.rescue import Trouble
from coach.ui import text
from coach.ui.widgets.data.backup_words import holding, when, why
from coach.ui.widgets.facts_rows import paragraph
from coach.ui.widgets.rows import Row
from coach.ui.widgets.way_rows import Way
from coach.wording import counted

WHAT = {
    "unreadable": "Your data file is not whole: it breaks off, or holds what Coach never wrote.",
    "invalid": "Your data file can be read, but something in it cannot be right.",
    "newer": "A newer Coach than this one wrote your data: update Coach to go on with it.",
    None: "The system does not let Coach read your data file.",
}
KEPT = "Whatever you choose, the damaged file is kept."
LOOK = Way("look", "l", "Look again", "Another program may just have been writing it.")
LEAVE = Way("leave", "q", "Leave", "Everything stays as it is.")


def trouble_rows(trouble: Trouble, now: datetime, width: int) -> list[Row]:
    """What is wrong, in a sentence or two, and the newest good backup; in `width` cells."""
    return [
        *paragraph(WHAT[trouble.damage], width, "strong"),
        *paragraph(trouble.text, width, "muted"),
        *paragraph(_newest(trouble, now), width),
        *paragraph(KEPT if trouble.damage else "", width),
    ]


def _newest(trouble: Trouble, now: datetime) -> str:
    if trouble.damage is None:
        return ""
    if trouble.backup is None:
        return "There is no good backup."
    holds = f": {holding(trouble.holds)}" if trouble.holds else ""
    made = f"{when(trouble.backup.at, now)}, {why(trouble.backup.reason)}"
    return f"The newest good backup is from {made}{holds}."


def rescue_ways(trouble: Trouble, now: datetime, held_at: datetime | None) -> tuple[Way, ...]:
    """The ways out, best first; `held_at` is the time of the records that an open app still has,
    None where there are none."""
    if trouble.damage is None:
        return (LOOK, LEAVE)
    if trouble.damage == "newer":
        return (LEAVE, LOOK, *_restore(trouble, now), _START)
    ways = (*_put_back(held_at), *_repair(trouble), *_restore(trouble, now))
    return (*ways, _START, LOOK, LEAVE)


_START = Way("start_empty", "s", "Start with empty data", "As on the first day.")


def _put_back(held_at: datetime | None) -> tuple[Way, ...]:
    if held_at is None:
        return ()
    meaning = f"All records as of {text.clock(held_at)}, without the list to undo."
    return (Way("put_back", "p", "Write back what this window still has", meaning),)


def _repair(trouble: Trouble) -> tuple[Way, ...]:
    if not trouble.mendable:
        return ()
    label = f"Repair {counted(trouble.mendable, 'fault')}"
    meaning = "What cannot be mended is set aside within the file."
    return (Way("repair", "m", label, meaning),)


def _restore(trouble: Trouble, now: datetime) -> tuple[Way, ...]:
    if trouble.backup is None:
        return ()
    label = f"Restore the backup of {when(trouble.backup.at, now)}"
    return (Way("restore", "r", label, "What was entered later is missing then."),)
