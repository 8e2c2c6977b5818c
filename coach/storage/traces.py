"""What a removed record leaves behind in the table `deleted`, as it is read back."""

from datetime import datetime

import msgspec

from coach.storage.sanity import DAY_MINUTES, FIRST_YEAR, LAST_YEAR
from coach.storage.tables import Document, parse_moment


class Was(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of a removed block or attempt that cancel its event in a calendar."""

    exam: str = ""
    start: datetime | None = None
    at: datetime | None = None
    minutes: int | None = None
    time_known: bool = True
    status: str | None = None


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """Which record was removed, and when."""

    table: str
    id: str
    at: str
    was: Was = Was()


def read_trace(name: str, document: Document) -> Trace | None:
    """The trace stored under `name`, None where it is none that Coach could have written."""
    try:
        trace = msgspec.convert(document, Trace)
    except msgspec.ValidationError:
        return None
    times = [at for at in (trace.was.start, trace.was.at) if at is not None]
    sound = (
        name == f"{trace.table}/{trace.id}"
        and parse_moment(trace.at) is not None
        and all(at.tzinfo and FIRST_YEAR <= at.year <= LAST_YEAR for at in times)
        and 0 < (trace.was.minutes or 1) <= DAY_MINUTES
    )
    return trace if sound else None
