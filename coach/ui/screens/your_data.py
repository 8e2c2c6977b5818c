"""Your data: the file, its backups and copies, what was done, and what can be done for it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

from textual.widget import Widget
from textual.widgets import Static

from coach.service.data_files import Contents, Copy, contents, data_file
from coach.service.doctor import Checkup
from coach.service.maintenance import Backup, Imported
from coach.service.outcome import Done, Outcome, Refused
from coach.service.refusal import Refusal
from coach.service.service import Service, UnreadableData
from coach.ui import actions, text
from coach.ui.host import ConfirmFirst, Host
from coach.ui.screens.form import Asked, ShortForm
from coach.ui.screens.sheet import KeyRow, ListSheet, Sheet, Way, WaySheet
from coach.ui.widgets.line_view import Listing
from coach.ui.widgets.rows import Row, Seg, fact, hanging, heading, paragraph, spread
from coach.wording import capital, counted

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
    return f"{text.recent_day(local, now.date())} {text.clock(local)}"


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


def backup_listing(backups: Sequence[Backup], now: datetime, width: int) -> Listing:
    """One line each, under a heading with their number and size."""
    if not backups:
        words = "None yet. Coach makes one by itself, every half hour of change."
        return Listing([heading("Backups"), *paragraph(words, width, "muted")], [])
    total = f"{counted(len(backups), 'backup')}, {size(sum(b.bytes for b in backups))}"
    head = spread(heading("Backups"), (Seg(total, "muted"),), width)
    made = moments((backup.at for backup in backups), now)
    rows = [
        [spread((Seg(at), Seg(why(kept.reason), "muted")), (Seg(size(kept.bytes)),), width)]
        for kept, at in zip(backups, made, strict=True)
    ]
    return Listing([head], rows)


def checkup_words(checkup: Checkup | None) -> tuple[str, str]:
    """How the data is, in a few words, and their style."""
    if checkup is None:
        return "looking …", "muted"
    if checkup.ok:
        return "all is well", "above"
    return f"{counted(len(checkup.problems), 'thing')} to look at (k)", "flag"


class YourData(ListSheet[str]):
    """Closes with None; everything is done from within."""

    NAME = "data"
    BY_TIME = True
    BELOW = 3

    def __init__(self) -> None:
        super().__init__("Your data")
        self._backups: tuple[Backup, ...] = ()
        self._copies: tuple[Copy, ...] = ()
        self._checkup: Checkup | None = None
        self._held: dict[str, Contents | None] = {}

    def more(self) -> tuple[Widget, ...]:
        return (*super().more(), Static(id="data-backup", markup=False))

    def on_screen_resume(self) -> None:
        """Look at everything again: what lay over this screen may have changed it."""
        care = self.host.service.maintenance()
        try:
            self._backups, self._copies = care.backups(), care.copies()
        except Refusal as refusal:
            self.host.warn(str(refusal))
        self.redraw()
        self.call_after_refresh(self._check_up)

    def _check_up(self) -> None:
        """The check-up comes after the first paint, because it reads every record and file."""
        try:
            self._checkup = self.host.service.maintenance().doctor()
        except Refusal as refusal:
            self.host.warn(str(refusal))
        self.redraw()

    def rows(self, width: int) -> list[Row]:
        state, folder = self.host.state, self.host.service.folder
        file, copies = data_file(folder), len(self._copies)
        saved = ", nothing saved"
        if file:
            saved = f", {size(file.bytes)}, saved {when(file.saved, state.now)}"
        beside_it = f"{counted(copies, 'other copy', 'other copies')} beside the file (c merges)"
        words, style = checkup_words(self._checkup)
        return [
            *fact("Folder", f"{folder}{saved}", width, "muted"),
            *fact("Holds", holding(contents(state.facts)), width),
            *fact("Check-up", words, width, style),
            *fact("Copies", beside_it if copies else "", width, "flag"),
        ]

    def listing(self, width: int, room: int) -> Listing:
        return backup_listing(self._backups, self.host.state.now, width)

    def redraw(self) -> None:
        super().redraw()
        self._show_backup()

    def on_row_list_moved(self) -> None:
        self._show_backup()

    def _show_backup(self) -> None:
        """Say what the backup under the cursor holds."""
        backup = self.chosen(self._backups)
        held = self._contents(backup) if backup else None
        words = f"It holds {holding(held)}." if held else "It cannot be used." if backup else ""
        self.query_one("#data-backup", Static).update(text.plain(words, "$ink-muted"))

    def _contents(self, backup: Backup) -> Contents | None:
        if backup.name not in self._held:
            self._held[backup.name] = self.host.service.maintenance().contents(backup.name)
        return self._held[backup.name]

    def action_take(self) -> None:
        """Restore the backup under the cursor, after asking."""
        backup = self.chosen(self._backups)
        held = self._contents(backup) if backup else None
        if backup and held:
            made = when(backup.at, self.host.state.now)
            details = (
                f"It holds {holding(held)}.\n"
                f"Now there is {holding(contents(self.host.state.facts))}.\n"
                "That is kept as a backup too, and u takes the restore back."
            )
            restore = partial(self._restore, backup.name, made)
            question = f"Restore the backup of {made}?"
            self.post_message(ConfirmFirst(question, details, "Restore", restore))

    def _restore(self, name: str, made: str) -> None:
        host = self.host
        self.dismiss(None)
        try:
            host.service.maintenance().restore_backup(name)
        except Refusal as refusal:
            host.warn(str(refusal))
            return
        if host.catch_up():
            host.route_to_default(emptied=True)
            host.say(f"Restored the backup of {made}. u takes it back.")

    def action_make(self) -> None:
        """Make a backup of the data as it is."""
        make_backup(self.host)
        self.on_screen_resume()

    def action_check(self) -> None:
        """Show what the check-up found."""
        if self._checkup is not None:
            self.host.open("checkup", self._checkup)

    def action_copies(self) -> None:
        """Offer to merge the copies beside the file."""
        self.host.open("copies", self._copies)

    def action_export(self) -> None:
        self.host.open("export_file")

    def action_import(self) -> None:
        self.host.open("merge_file")


def make_backup(host: Host) -> None:
    """Make a backup of the data as it is."""
    host.say(f"Backup made, {size(host.service.maintenance().make_backup().bytes)}.")


def mend(host: Host) -> None:
    """Mend what the check-up found and needs no decision."""
    try:
        done = host.service.maintenance().doctor(fix=True)
    except Refusal as refusal:
        host.warn(str(refusal))
        return
    host.catch_up()
    left = "" if done.ok else f" {len(done.problems)} left for you to settle."
    host.say(f"{len(done.fixed)} mended.{left}")


class CheckupSheet(Sheet[str]):
    """Closes with `fix` to mend what needs no decision, or with None."""

    NAME = "checkup"

    def __init__(self, checkup: Checkup) -> None:
        super().__init__("Check-up", partial(checkup_rows, checkup))
        self._checkup = checkup

    def offers(self, key: actions.SheetKey) -> bool:
        return key.action != "fix" or not self._checkup.ok

    def action_fix(self) -> None:
        if not self._checkup.ok:
            self.dismiss("fix")


def checkup_rows(checkup: Checkup, width: int) -> list[Row]:
    """Each thing in `width` cells: where, what is wrong, what to do."""
    if checkup.ok:
        return paragraph("All is well: every record and every file was looked at.", width)
    rows: list[Row] = []
    for found in checkup.problems:
        where = f"{found.record} {found.field}" if found.field else found.record
        rows += [
            *paragraph(where, width, "strong"),
            *paragraph(text.visible(found.text), width),
            *paragraph(text.visible(found.fix), width, "muted"),
            (),
        ]
    return rows[:-1]


_WHY = (
    "Two machines changed your data before the folder was in step, and the synchroniser kept both. "
    "Merging takes the later change of each record; nothing is lost, and u takes it back."
)


class CopiesSheet(WaySheet):
    """Closes with the name of the copy to merge, or with None."""

    NAME = "copies"

    def __init__(self, copies: Sequence[Copy]) -> None:
        super().__init__("Other copies of your data", lambda w: paragraph(_WHY, w, "muted"))
        self.ways = [
            Way(copy.name, "·", text.visible(copy.name), text.visible(copy_words(copy)))
            for copy in copies
        ]


def copy_words(copy: Copy) -> str:
    """What a copy would bring."""
    if copy.problem is not None:
        return f"It cannot be merged: {copy.problem}"
    if not copy.is_new:
        return "It holds nothing new; merging puts it out of the way."
    parts = ((copy.added, "new"), (copy.changed, "changed"), (copy.removed, "removed"))
    return f"Records: {', '.join(f'{count} {word}' for count, word in parts if count)}."


def export_form(service: Service) -> ShortForm:
    """Asks where to write all records to."""
    name = f"~/coach-{service.state.now:%Y-%m-%d}.json"
    field = Asked("output", "File", name, "All records as JSON; another Coach merges them in.")
    return ShortForm("Export your data", (field,), partial(_export, service))


def _export(service: Service, name: str) -> Outcome:
    from coach.service.exporting import write

    path = _path(name)
    try:
        write(service.folder, path, service.export("json"))
    except Refusal as refusal:
        return Refused(refusal.problems)
    return Done(state=service.state, message=f"Written to {path}.")


def merge_form(service: Service) -> ShortForm:
    """Asks for the file to merge in."""
    hint = "An export, or the coach.json of another machine. Of each record the later change wins."
    field = Asked("file", "File", "", hint)

    def merge(name: str) -> Outcome:
        return _merged(service, partial(service.maintenance().import_file, _path(name)))

    return ShortForm("Merge another copy in", (field,), merge)


def merge_copy(service: Service, name: str) -> Outcome:
    """Merge a copy that a synchroniser left beside the data."""
    return _merged(service, partial(service.maintenance().merge_copy, name))


def _merged(service: Service, merge: Callable[[], Imported]) -> Outcome:
    try:
        done = merge()
    except Refusal as refusal:
        return Refused(refusal.problems)
    message = "Nothing new: all of it is here already, or changed since."
    if done.added or done.changed or done.removed:
        counts = f"{done.added} came in, {done.changed} changed, {done.removed} removed"
        message = f"Records: {counts}. r on the Schedule fits the plan to it."
    return Done(state=service.refresh(), message=message)


def _path(name: str) -> Path:
    return Path(name.strip()).expanduser()


MOST_LINES = 3
"""Lines of one action."""


class UndoList(ListSheet[str]):
    """Closes with None; `u` takes the newest entry back and shows the one before."""

    NAME = "history"
    BY_TIME = True

    def __init__(self) -> None:
        super().__init__("History")
        self._done: tuple[tuple[datetime, str], ...] = ()

    def on_mount(self) -> None:
        self._look()

    def rows(self, width: int) -> list[Row]:
        words = "The last fifty things that were saved; u takes them back one after the other."
        if not self._done:
            words = "Nothing to undo. The last fifty things that are saved stand here."
        return paragraph(words, width, "muted")

    def listing(self, width: int, room: int) -> Listing:
        now = self.host.state.now
        made = moments((at for at, _ in self._done), now)
        entries = zip(made, self._done, strict=True)
        return Listing([], [done_rows(at, label, now.date(), width) for at, (_, label) in entries])

    def action_undo(self) -> None:
        """Take back the newest entry as it stands here."""
        if self._done:
            self.host.apply_outcome(self.host.service.undo(self._done[0]), undoable=False)
            self._look()
            self.redraw()

    def _look(self) -> None:
        try:
            self._done = self.host.service.history()
        except UnreadableData as error:
            self._done = ()
            self.host.warn(str(error))
        self.query_one(KeyRow).show(self.keys())

    def offers(self, key: actions.SheetKey) -> bool:
        return bool(self._done) or key.action == "close"

    def action_take(self) -> None:
        """Enter takes nothing back: it must not happen by habit."""


def done_rows(at: str, label: str, today: date, width: int) -> list[Row]:
    """One action in `width` cells: when, and what."""
    words = text.shown(capital(label), today)
    return hanging((Seg(at, "muted"),), words, width, lines=MOST_LINES)
