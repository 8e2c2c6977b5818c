"""Your data: the file, its backups, how it is, and what can be done for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from coach.service.contents import Contents, contents
from coach.service.places import data_file
from coach.service.refusal import Refusal
from coach.ui import text
from coach.ui.screens.sheets.list_detail import ListDetail
from coach.ui.widgets.data.backup_rows import backup_listing
from coach.ui.widgets.data.backup_words import holding
from coach.ui.widgets.data.data_rows import data_rows
from coach.ui.widgets.line_view import Listing
from coach.ui.widgets.rows import Row

if TYPE_CHECKING:
    from coach.service.care import Backup
    from coach.service.copies import Copy
    from coach.service.doctor import Checkup
    from coach.ui.app import CoachApp


class YourData(ListDetail):
    """Closes with None; everything is done from within."""

    BELOW = 3
    KEYS = (
        ("enter", "restore"),
        ("m", "make"),
        ("k", "check"),
        ("x", "export"),
        ("i", "import"),
        ("esc", "close"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("B", "close", show=False),
        Binding("m", "make", show=False),
        Binding("k", "check", show=False),
        Binding("c", "copies", show=False),
        Binding("x", "export", show=False),
        Binding("i", "import", show=False),
    ]

    def __init__(self) -> None:
        super().__init__("Your data")
        self._backups: tuple[Backup, ...] = ()
        self._copies: tuple[Copy, ...] = ()
        self._checkup: Checkup | None = None
        self._held: dict[str, Contents | None] = {}

    @property
    def _coach(self) -> CoachApp:
        return cast("CoachApp", self.app)

    def more(self) -> tuple[Widget, ...]:
        return (*super().more(), Static(id="data-backup", markup=False))

    def on_screen_resume(self) -> None:
        """Look at everything again: what lay over this screen may have changed it."""
        care = self._coach.service.care()
        try:
            self._backups, self._copies = care.backups(), care.copies()
        except Refusal as refusal:
            self._coach.warn(str(refusal))
        self.redraw()
        self.call_after_refresh(self._check_up)

    def _check_up(self) -> None:
        """The check-up comes after the first paint, because it reads every record and file."""
        try:
            self._checkup = self._coach.service.care().doctor()
        except Refusal as refusal:
            self._coach.warn(str(refusal))
        self.redraw()

    def rows(self, width: int) -> tuple[Row, ...]:
        service, state = self._coach.service, self._coach.state
        file = data_file(service.folder)
        here = contents(state.facts)
        return tuple(
            data_rows(service.folder, file, here, self._checkup, self._copies, state.now, width)
        )

    def listing(self, width: int, room: int) -> Listing:
        return backup_listing(self._backups, self._coach.state.now, width)

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
            self._held[backup.name] = self._coach.service.rescue().contents(backup.name)
        return self._held[backup.name]

    def action_take(self) -> None:
        """Restore the backup under the cursor, after asking."""
        backup = self.chosen(self._backups)
        held = self._contents(backup) if backup else None
        if backup and held:
            self._coach.ask_to_restore(backup, held, self.action_close)

    def action_make(self) -> None:
        """Make a backup of the data as it is."""
        self._coach.action_backup()
        self.on_screen_resume()

    def action_check(self) -> None:
        """Show what the check-up found."""
        if self._checkup is not None:
            self._coach.show_checkup(self._checkup)

    def action_copies(self) -> None:
        """Offer to merge the copies beside the file."""
        self._coach.offer_copies(self._copies)

    def action_export(self) -> None:
        self._coach.action_export_file()

    def action_import(self) -> None:
        self._coach.action_merge_file()
