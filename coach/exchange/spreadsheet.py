"""All records as one long table for a spreadsheet (CSV, RFC 4180)."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from zoneinfo import ZoneInfo

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
Row = dict[str, object]
Bands = Mapping[tuple[str, str], Band]
_FORMULA = ("=", "+", "-", "@")


def csv_bytes(facts: Facts, bands: Bands, zone: ZoneInfo) -> bytes:
    """The table in UTF-8, oldest first; times in `zone` with their offset, a plain date where
    the time of day is unknown. `bands` gives a report's band of a domain.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    rows = [*_attempts(facts, bands, zone), *_study(facts, zone)]
    out = io.StringIO(newline="")
    writer = csv.writer(out)  # its DictWriter takes half as long again
    writer.writerow(COLUMNS)
    rows.sort(key=itemgetter(0))
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
        report = reports.get(attempt.id)
        local = attempt.at.astimezone(zone)
        day = (local if attempt.time_known else local.date()).isoformat()
        row: Row = {
            "record": "attempt",
            "id": attempt.id,
            "exam": attempt.exam,
            "at": day,
            "status": attempt.status,
            "score": report.score if report else None,
            "passed": report.passed if report else None,
            "place": attempt.place,
            "fee": attempt.fee,
            "outline": report.outline if report else None,
            "source": report.source if report else None,
            "note": (report.note if report else "") or attempt.note,
        }
        yield attempt.at, row
        if report is None:
            continue
        shared = {"id": report.id, "exam": report.exam, "at": day, "outline": report.outline}
        for seen in report.observations:
            row = {
                **shared,
                "record": "observation",
                "domain": seen.domain,
                "band": bands.get((report.id, seen.domain)),
                "word": seen.word,
                "value": seen.value,
            }
            yield attempt.at, row
        for topic in report.flags:
            yield attempt.at, {**shared, "record": "flag", "topic": topic}


def _study(facts: Facts, zone: ZoneInfo) -> Iterable[tuple[datetime, Row]]:
    for entry in facts.practice.values():
        row: Row = {
            "record": "practice",
            "id": entry.id,
            "exam": entry.exam,
            "at": entry.at.astimezone(zone).isoformat(),
            "domain": entry.domain,
            "correct": entry.correct,
            "total": entry.total,
            "source": entry.source,
        }
        yield entry.at, row
    for block in facts.blocks.values():
        row = {
            "record": "block",
            "id": block.id,
            "exam": block.exam,
            "at": block.start.astimezone(zone).isoformat(),
            "status": block.status,
            "domain": block.domain,
            "topic": block.topic,
            "activity": block.activity,
            "minutes": block.minutes,
            "spent": block.spent,
        }
        yield block.start, row
