"""What opens instead of the app where the data file cannot be used."""

from datetime import datetime

from coach.service.maintenance import Maintenance, Trouble
from coach.ui.screens.broken_data import BrokenData
from coach.ui.styles import styles
from coach.ui.themed_app import ThemedApp


class RescueApp(ThemedApp[str]):
    """Shows what is wrong and the ways out; returns what was done, None where the user left."""

    CSS_PATH = styles("app")

    def __init__(self, rescue: Maintenance, trouble: Trouble, now: datetime) -> None:
        super().__init__()
        self._screen_shown = BrokenData(rescue, trouble, now)

    def on_mount(self) -> None:
        self.push_screen(self._screen_shown, self.exit)
