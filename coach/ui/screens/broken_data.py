"""The data file cannot be used: what is wrong with it, and the ways out.

Nothing gets lost here: every way keeps the damaged file, and leaving changes nothing. The file is
looked at again every few seconds, because a synchroniser may just be writing it.
"""

from datetime import datetime
from pathlib import Path

from coach.service.maintenance import Maintenance, Trouble
from coach.service.refusal import Refusal
from coach.service.service import Service
from coach.ui import text
from coach.ui.screens.sheet import Way, WaySheet
from coach.ui.screens.your_data import holding, when, why
from coach.ui.styles import styles
from coach.ui.terminal import ThemedApp
from coach.ui.widgets.rows import Row, paragraph
from coach.wording import counted

WHAT = {
    "unreadable": "Your data file is not whole: it breaks off, or holds what Coach never wrote.",
    "invalid": "Your data file can be read, but something in it cannot be right.",
    "newer": "A newer Coach than this one wrote your data: update Coach to go on with it.",
    "missing": "Your data file is not there any more, but backups of it are.",
    None: "The system does not let Coach read your data file.",
}
KEPT = "Whatever you choose, the damaged file is kept."
LOOK = Way("look", "l", "Look again", "Another program may just have been writing it.")
START = Way("start_empty", "s", "Start with empty data", "As on the first day.")
LEAVE = Way("close", "q", "Leave", "Everything stays as it is.")


def trouble_rows(trouble: Trouble, now: datetime, width: int) -> list[Row]:
    """What is wrong, in a sentence or two, and the newest good backup; in `width` cells."""
    return [
        *paragraph(WHAT[trouble.damage], width, "strong"),
        *paragraph(trouble.text, width, "muted"),
        *paragraph(_newest(trouble, now), width),
        *paragraph(KEPT if trouble.damage not in (None, "missing") else "", width),
    ]


def _newest(trouble: Trouble, now: datetime) -> str:
    if trouble.damage is None:
        return ""
    if trouble.backup is None:
        return "There is no good backup."
    holds = f": {holding(trouble.holds)}" if trouble.holds else ""
    made = f"{when(trouble.backup.at, now)}, {why(trouble.backup.reason)}"
    return f"The newest good backup is from {made}{holds}."


def rescue_ways(trouble: Trouble, now: datetime, held_at: datetime | None) -> list[Way]:
    """The ways out, best first; `held_at` is the time of the records that an open app still has,
    None where there are none."""
    if trouble.damage is None:
        return [LOOK, LEAVE]
    ways = []
    if held_at is not None:
        meaning = f"All records as of {text.clock(held_at)}, without the list to undo."
        ways.append(Way("put_back", "p", "Write back what this window still has", meaning))
    if trouble.mendable:
        label = f"Repair {counted(trouble.mendable, 'fault')}"
        meaning = "What cannot be mended is set aside within the file."
        ways.append(Way("repair", "m", label, meaning))
    restored = []
    if trouble.backup is not None:
        label = f"Restore the backup of {when(trouble.backup.at, now)}"
        restored = [Way("restore", "r", label, "What was entered later is missing then.")]
    if trouble.damage == "newer":
        return [LEAVE, LOOK, *restored, START]
    return [*ways, *restored, START, LOOK, LEAVE]


AGAIN = 5.0
"""Seconds between two looks at the file."""


class BrokenData(WaySheet):
    """Closes with a sentence on what was done once the data can be used, with None to leave.

    `trouble` is what is wrong. `held` is the service of an app that was open when the file broke:
    it still has the records.
    """

    NAME = "broken"
    CLOSES_BESIDE = False

    def __init__(
        self, rescue: Maintenance, trouble: Trouble, now: datetime, held: Service | None = None
    ) -> None:
        super().__init__("Your data cannot be used")
        self._rescue, self._now, self._held = rescue, now, held
        self._refused = ""
        self._take_in(trouble)

    def _take_in(self, trouble: Trouble) -> None:
        self._trouble = trouble
        held_at = None if self._held is None else self._held.state.now
        self.ways = rescue_ways(trouble, self._now, held_at)

    def on_mount(self) -> None:
        self.set_interval(AGAIN, self.look)

    def look(self) -> None:
        """Look at the file again; go on where it is sound by now."""
        trouble = self._rescue.trouble()
        if trouble is None:
            self.dismiss("Your data can be used again.")
        elif trouble != self._trouble:
            self._take_in(trouble)
            self.redraw()

    def rows(self, width: int) -> list[Row]:
        refused = paragraph(self._refused, width, "failed strong")
        return [*trouble_rows(self._trouble, self._now, width), *refused]

    def action_go(self, name: str) -> None:
        """Go that way where it is open; a refusal is shown and nothing else happens."""
        if name not in (way.id for way in self.ways):
            return
        try:
            getattr(self, f"action_{name}")()
        except Refusal as refusal:
            self._refused = str(refusal)
            self.redraw()

    def action_put_back(self) -> None:
        assert self._held is not None
        self.dismiss(f"Written back.{_kept(self._held.put_back())}")

    def action_repair(self) -> None:
        self._rescue.doctor(fix=True)
        self.dismiss("Repaired. A backup has the file before.")

    def action_restore(self) -> None:
        if self._trouble.backup is not None:
            done = self._rescue.restore_backup(self._trouble.backup.name)
            kept = " The damaged file is kept beside it." if done.aside else ""
            self.dismiss(f"The backup is restored.{kept}")

    def action_start_empty(self) -> None:
        self.dismiss(f"You start with empty data.{_kept(self._rescue.start_empty())}")

    def action_look(self) -> None:
        self._refused = "It is still damaged."
        self.look()


def _kept(aside: Path | None) -> str:
    return f" The damaged file is kept as {aside.name}." if aside else ""


class RescueApp(ThemedApp[str]):
    """What opens instead of the app where the data file cannot be used; returns what was done,
    None where the user left."""

    CSS_PATH = styles("app")

    def __init__(self, rescue: Maintenance, trouble: Trouble, now: datetime) -> None:
        super().__init__()
        self._screen_shown = BrokenData(rescue, trouble, now)

    def on_mount(self) -> None:
        self.push_screen(self._screen_shown, self.exit)
