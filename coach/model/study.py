"""What was practised between two sittings."""

from datetime import datetime

import msgspec


class Practice(msgspec.Struct, frozen=True, kw_only=True):
    """One quiz or lab result: `correct` of `total` items right in one domain, or one topic of
    it."""

    id: str
    exam: str
    domain: str
    correct: int
    total: int
    at: datetime
    source: str = ""
    topic: str | None = None
