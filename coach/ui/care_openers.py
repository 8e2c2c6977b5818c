"""What looks after the data, opened over any screen: undo, backups, copies, export and merge."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from coach.service.outcome import Refused
from coach.service.refusal import Refusal
from coach.service.transactions import UnreadableData
from coach.ui.form_openers import FormOpeners
from coach.ui.screens.base import ModeScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coach.service.data_files import Contents, Copy
    from coach.service.doctor import Checkup
    from coach.service.maintenance import Backup
    from coach.service.outcome import Done, Outcome

NOTICE_COPIES = 1.0
"""Seconds after the first paint until copies of the data are looked for."""
Action = tuple[datetime, str]


class CareOpeners(FormOpeners):
    """Opens what looks after the data, and does what is asked for there."""

    _told_of: tuple[str, ...] = ()

    def on_ready(self) -> None:
        self.set_timer(NOTICE_COPIES, self.notice_copies)

    def catch_up(self, *, leaving: bool = False) -> bool:
        """The same; what came from another machine may have left a copy."""
        before = self.state.facts
        sound = super().catch_up(leaving=leaving)
        if sound and self.state.facts is not before:
            self.notice_copies()
        return sound

    def action_undo(self) -> None:
        """Take back what was done last; what another window saved meanwhile is shown first."""
        before = self.state.facts
        if not self.catch_up():
            return
        if self.state.facts is not before:
            self.say("Another window saved something just before: look, then press u again.")
        else:
            self.take(self.service.undo(), undoable=False)

    def edit(
        self, use_case: Callable[[], Outcome], then: Callable[[Outcome], object] | None = None
    ) -> None:
        """Run an edit of what is on screen; where another window was faster, ask which version.

        `then` takes the outcome, `take` where there is none.
        """
        outcome = use_case()
        if isinstance(outcome, Refused) and outcome.stale:
            from coach.ui.screens.stale_edit import ask_which

            ask_which(self, outcome, lambda: self.edit(use_case, then), self.settle)
        else:
            (then or self.take)(outcome)

    def take_back(self, newest: Action) -> None:
        """Take back the newest entry of the history, where it is still the newest."""
        self.take(self.service.undo(newest), undoable=False)

    def history(self) -> tuple[Action, ...]:
        """What can be taken back, newest first."""
        try:
            return self.service.history()
        except UnreadableData as error:
            self.warn(str(error))
            return ()

    def action_history(self) -> None:
        """Show what was done when."""
        from coach.ui.screens.your_data import UndoList

        self.push_screen(UndoList())

    def action_data(self) -> None:
        """Show the data file, its backups and how it is."""
        from coach.ui.screens.your_data import YourData

        self.push_screen(YourData())

    def action_backup(self) -> None:
        """Make a backup of the data as it is."""
        from coach.ui.widgets.data_rows import size

        backup = self.service.maintenance().make_backup()
        self.say(f"Backup made, {size(backup.bytes)}.")

    def ask_to_restore(self, backup: Backup, held: Contents, then: Callable[[], object]) -> None:
        """Restore a backup after asking, and go on with `then`."""
        from coach.ui.screens.confirm import Confirm
        from coach.ui.widgets.data_rows import restore_question, when

        made = when(backup.at, self.state.now)

        def answered(sure: bool | None) -> None:
            if sure:
                then()
                self._restore(backup.name, f"Restored the backup of {made}. u takes it back.")

        details = restore_question(held, self.state.facts)
        self.push_screen(Confirm(f"Restore the backup of {made}?", details, "Restore"), answered)

    def _restore(self, name: str, said: str) -> None:
        try:
            self.service.maintenance().restore_backup(name)
        except Refusal as refusal:
            self.warn(str(refusal))
            return
        if self.catch_up():
            self.settle(emptied=True)
            self.say(said)

    def show_checkup(self, checkup: Checkup) -> None:
        """Show what a check-up found, and mend what can be mended where that is asked for."""
        from coach.ui.screens.your_data import CheckupSheet

        self.push_screen(CheckupSheet(checkup), self._mend)

    def _mend(self, answer: str | None) -> None:
        if answer is None:
            return
        try:
            done = self.service.maintenance().doctor(fix=True)
        except Refusal as refusal:
            self.warn(str(refusal))
            return
        self.catch_up()
        left = "" if done.ok else f" {len(done.problems)} left for you to settle."
        self.say(f"{len(done.fixed)} mended.{left}")

    def offer_copies(self, copies: Sequence[Copy]) -> None:
        """Offer to merge copies of the data that lie beside it."""
        if not copies:
            self.say("There is no other copy of your data beside it.")
            return
        from coach.ui.screens.your_data import CopiesSheet

        self.push_screen(CopiesSheet(copies), self._merge_copy)

    def _merge_copy(self, name: str | None) -> None:
        if name is not None:
            from coach.ui.screens.your_data import merge_copy

            self._merged(merge_copy(self.service, name))

    def notice_copies(self) -> None:
        """Tell of copies that a synchroniser left, once for each set of them."""
        names = self.service.copies()
        if names and names != self._told_of and isinstance(self.screen, ModeScreen):
            self.say("Another copy of your data lies beside it: B, then c, merges it.")
        self._told_of = names

    def action_export_file(self) -> None:
        """Write all records to a file."""
        from coach.ui.screens.your_data import export_form

        self.push_screen(export_form(self.service), self._exported)

    def _exported(self, outcome: Done | None) -> None:
        if outcome is not None:
            self.take(outcome, undoable=False)

    def action_merge_file(self) -> None:
        """Merge an export or another copy of the data in."""
        from coach.ui.screens.your_data import merge_form

        self.push_screen(merge_form(self.service), self._merged)

    def _merged(self, outcome: Outcome | None) -> None:
        """Show what came in; where nothing did, there is nothing to undo."""
        if outcome is not None:
            before = self.state.facts
            self.take(outcome, undoable=self.service.state.facts is not before)
        self.settle()
