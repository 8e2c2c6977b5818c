"""What Coach said about a sitting before there was a result."""

from datetime import datetime

import msgspec


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """The chance to pass an exam at the date that is planned for, as guessed at `made`.

    Stored once for each date, before the result, and never changed; the result grades it. `p` is
    the chance, `low` and `high` the ends of its range, all 0-1. `model` is the version of the
    rules behind it; `reports` and `practice` count the results it rests on, the minutes are those
    studied since the newest report and those planned from then on.
    """

    id: str
    exam: str
    target: datetime
    made: datetime
    model: str
    p: float
    low: float
    high: float
    reports: int = 0
    practice: int = 0
    done_minutes: int = 0
    planned_minutes: int = 0
