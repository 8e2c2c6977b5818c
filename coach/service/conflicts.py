"""An edit of what is no longer so: refused, with what was seen, what is stored and what was meant.

Two windows show the same records. The one that saves second made its edit on an old picture; it
must neither overwrite the first nor turn a tick into an untick.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from coach.exchange.plain import quoted
from coach.model.attempt import Attempt, Observation, Reflection
from coach.model.facts import Facts
from coach.model.phrase import Phrase
from coach.model.policy import Notice, Terms
from coach.model.settings import Tracked, Window
from coach.policy.dates import as_entered
from coach.service.context import Edit
from coach.service.input_parser import notice_text, window_text
from coach.service.refusal import Difference, Problem, Refusal, Stale
from coach.storage.records import differences
from coach.wording import phrased

WHAT = {
    "attempts": "appointment",
    "reports": "report",
    "practice": "practice",
    "blocks": "block",
    "tracked": "exam",
    "settings": "hours",
}
NOTHING = "nothing"
_UNSEEN = ("id", "exam", "attempt", "time_known", "target_time_known", "selected")


def edit_unless_stale(
    use_case: Callable[[Facts], Edit], seen: Facts, stored: Facts, zone: ZoneInfo
) -> Edit:
    """The edit of the stored records; raises `Stale` where it builds on others than were seen.

    Of a tracked exam only the fields that the edit changes count, because each has a form of its
    own and the others are taken from what is stored.
    """
    if seen is stored:
        return use_case(stored)
    meant, edit = _tried(use_case, seen), _tried(use_case, stored)
    lead: Problem | None = None
    found: list[Difference] = []
    written = {
        (table, key): None
        for facts, tried in ((seen, meant), (stored, edit))
        for table, records in (differences(facts, tried.facts) if tried else {}).items()
        for key in records
    }
    for table, key in written:
        before, now = getattr(seen, table).get(key), getattr(stored, table).get(key)
        mine = getattr(meant.facts, table).get(key) if meant else None
        if before is None or before == now:
            continue
        rows = tuple(_rows(before, now, mine, zone))
        if rows or now is None:
            done = "removed" if now is None else "changed"
            what = f"{done} by another Coach since you looked at it; nothing was saved."
            lead = lead or Problem(WHAT[table], what)
            found += rows
    if lead is not None:
        raise Stale(tuple(found), lead, *map(_problem, found))
    return use_case(stored) if edit is None else edit


def _tried(use_case: Callable[[Facts], Edit], facts: Facts) -> Edit | None:
    """The edit of these records, None where it is refused."""
    try:
        return use_case(facts)
    except Refusal:
        return None


def _problem(row: Difference) -> Problem:
    own = row.mine not in (row.seen, row.stored)
    mine = phrased(", and {} in your version", row.mine) if own else ""
    what = phrased("was {}, is {} now{}.", row.seen, row.stored, mine)
    return Problem(row.field, what, row.field.replace("_", " "))


def _rows(
    before: msgspec.Struct, now: msgspec.Struct | None, mine: msgspec.Struct | None, zone: ZoneInfo
) -> Iterator[Difference]:
    """The fields that differ between what was seen and what is stored."""
    seen, stored, meant = (_texts(record, zone) for record in (before, now, mine))
    for field in dict.fromkeys((*seen, *stored)) if now is not None else ():
        texts = tuple(version.get(field, NOTHING) for version in (seen, stored, meant))
        untouched = isinstance(before, Tracked) and texts[2] == texts[0]
        if texts[0] != texts[1] and not untouched:
            yield Difference(field, *texts)


def _texts(record: msgspec.Struct | None, zone: ZoneInfo) -> dict[str, str]:
    """What a record says, field by field; a domain and a weekday are fields of their own."""
    texts: dict[str, str] = {}
    for field in record.__struct_fields__ if record is not None else ():
        value = getattr(record, field)
        if field in _UNSEEN:
            continue
        if field == "at" and isinstance(record, Attempt):
            value = as_entered(record, zone)
        if isinstance(value, dict):
            texts.update((key, _text(entries, zone)) for key, entries in value.items())
        elif field == "observations":
            texts.update((f"domain:{seen.domain}", _text(seen, zone)) for seen in value)
        elif isinstance(value, Terms | Reflection):
            texts.update(_texts(value, zone))
        else:
            texts[field] = _text(value, zone)
    return texts


def _text(value: object, zone: ZoneInfo) -> str:
    match value:
        case None | "" | ():
            return NOTHING
        case bool():
            return "yes" if value else "no"
        case tuple():
            return Phrase(", ").join(_text(each, zone) for each in value)
        case datetime():
            return Phrase(value.astimezone(zone))
        case date():
            return Phrase(value)
        case Window():
            return window_text(value)
        case Notice():
            return notice_text(value)
        case Observation():
            return value.word or _text(value.value, zone)
        case float():
            return f"{value:g}"
        case str():
            return value if value.isalpha() else quoted(value)
    return str(value)
