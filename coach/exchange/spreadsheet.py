"""All records as one long table for a spreadsheet (CSV, RFC 4180)."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from operator import attrgetter, itemgetter
from zoneinfo import ZoneInfo

from msgspec import Struct

from coach.exchange.plain import on_one_line
from coach.model.attempt import Band
from coach.model.facts import Facts

# One row is one record; `record` says which, and cells that do not apply to it are empty.
#   attempt      an appointment, with the score of its report and where that was seen (`source`)
#   observation  what a report showed for one domain; `value` is a bar or percent, `word` a band
#                or the vendor's word, `band` how Coach reads it; `id` is that of the report
#   flag         a topic that a report listed
#   practice     a quiz or lab result: `correct` of `total`
#   block        a planned study session; `minutes` are the planned ones, `spent` the real ones
COLUMNS = (
    "record", "id", "exam", "at", "status", "score", "passed", "place", "fee", "outline",
    "domain", "topic", "band", "word", "value", "correct", "total", "activity", "minutes",
    "spent", "source", "note",
)  # fmt: skip
# The columns that are fields of the record itself.
_FIELDS = {
    "attempt": ("id", "exam", "status", "place", "fee", "note"),
    "observation": ("id", "exam", "outline"),
    "flag": ("id", "exam", "outline"),
    "practice": ("id", "exam", "domain", "correct", "total", "source"),
    "block": ("id", "exam", "status", "domain", "topic", "activity", "minutes", "spent"),
}
_OF_REPORT = ("score", "passed", "outline", "source")
Row = dict[str, object]
Bands = Mapping[tuple[str, str], Band]
_FORMULA = ("=", "+", "-", "@")


def csv_bytes(facts: Facts, bands: Bands, zone: ZoneInfo) -> bytes:
    """The table in UTF-8, oldest first; times in `zone` with their offset, a plain date where
    the time of day is unknown. `bands` gives a report's band of a domain.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    rows = [*_attempts(facts, bands, zone)]
    for entry in facts.practice.values():
        rows.append((entry.at, _row("practice", entry, entry.at.astimezone(zone).isoformat())))
    for block in facts.blocks.values():
        rows.append((block.start, _row("block", block, block.start.astimezone(zone).isoformat())))
    rows.sort(key=itemgetter(0))
    out = io.StringIO(newline="")
    writer = csv.writer(out)  # its DictWriter takes half as long again
    writer.writerow(COLUMNS)
    empty: Row = dict.fromkeys(COLUMNS, "")
    cells = ({name: _cell(value) for name, value in row.items()} for _, row in rows)
    writer.writerows({**empty, **row}.values() for row in cells)
    return out.getvalue().encode()


@lru_cache(maxsize=1024, typed=True)  # most cells of a column are alike
def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return value
    text = on_one_line(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _attempts(facts: Facts, bands: Bands, zone: ZoneInfo) -> Iterator[tuple[datetime, Row]]:
    reports = {report.attempt: report for report in facts.reports.values()}
    for attempt in facts.attempts.values():
        local = attempt.at.astimezone(zone)
        day = (local if attempt.time_known else local.date()).isoformat()
        report = reports.get(attempt.id)
        if report is None:
            yield attempt.at, _row("attempt", attempt, day)
            continue
        result = {name: getattr(report, name) for name in _OF_REPORT}
        note = report.note or attempt.note
        yield attempt.at, _row("attempt", attempt, day, **result, note=note)
        for seen in report.observations:
            band = bands.get((report.id, seen.domain))
            told = {"domain": seen.domain, "band": band, "word": seen.word, "value": seen.value}
            yield attempt.at, _row("observation", report, day, **told)
        for topic in report.flags:
            yield attempt.at, _row("flag", report, day, topic=topic)


def _row(kind: str, record: Struct, at: str, **more: object) -> Row:
    names = _FIELDS[kind]
    fields = zip(names, attrgetter(*names)(record), strict=True)
    return dict(fields, record=kind, at=at, **more)
