"""Everything that is stored, as one frozen value."""

import msgspec

from coach.model.attempt import Attempt, Report
from coach.model.plan import Block, Forecast, Practice, Revision
from coach.model.settings import DEFAULT_HOURS, CalendarExport, Hours, Tracked


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """All records by id. The dictionaries are never changed in place: a use case makes a new
    `Facts` with new dictionaries, and storage writes the records that differ."""

    tracked: dict[str, Tracked] = {}
    attempts: dict[str, Attempt] = {}
    reports: dict[str, Report] = {}
    practice: dict[str, Practice] = {}
    blocks: dict[str, Block] = {}
    revisions: dict[str, Revision] = {}
    settings: dict[str, Hours] = {}
    forecasts: dict[str, Forecast] = {}
    calendars: dict[str, CalendarExport] = {}

    @property
    def hours(self) -> Hours:
        """The user's weekly availability, or the default 10 hours a week."""
        return self.settings.get("hours", DEFAULT_HOURS)

    @property
    def hours_named(self) -> bool:
        """Whether the user has said when to study; caps and days off alone do not."""
        return self.hours.named or self.hours.windows != DEFAULT_HOURS.windows
