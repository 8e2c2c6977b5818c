"""How often and after how many days the topics of a plan come back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from coach.model.plan import Block
from coach.planning.availability import seconds
from coach.planning.content import study_topics
from coach.planning.spacing import good_days, least_days
from coach.reading.priority import DomainReading


class Visit(msgspec.Struct, frozen=True):
    """A topic that comes again: the days since it was last studied, how many would be good, and
    whether they are too few. `waits` is another topic of the domain that is passed over: it was
    never studied and this is the third visit, or it could come and this one is too soon."""

    days: int
    good: int
    early: bool
    waits: str | None


def visits(
    blocks: Iterable[Block], domains: Iterable[DomainReading], limit: int
) -> dict[str, Visit]:
    """Every visit to a topic but the first, by the block's id.

    `blocks` are those done and those to come, in order of time; `limit` is the moment planned for,
    in seconds since 1970. A flagged topic may come a third time before others have been seen.
    """
    readings = {domain.name: domain for domain in domains}
    seen: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    found = {}
    for block in blocks:
        reading = readings.get(block.domain or "")
        if reading is None or block.topic is None:
            continue
        own = seen[reading.name]
        if block.topic in own:
            found[block.id] = _visit(block, reading, own, limit)
        own[block.topic].append(block.start.toordinal())
    return found


def _visit(
    block: Block, reading: DomainReading, seen: Mapping[str, Sequence[int]], limit: int
) -> Visit:
    at, day, topic = seconds(block.start), block.start.toordinal(), str(block.topic)
    least = least_days(at, limit)
    days = day - seen[topic][-1]
    early = days < least
    unseen = [other for other in study_topics(reading) if other not in seen]
    waits = None
    if unseen and len(seen[topic]) > 1 and topic not in reading.flagged:
        waits = unseen[0]
    elif early:
        able = (t for t in study_topics(reading) if t not in seen or day - seen[t][-1] >= least)
        waits = next(able, None)
    return Visit(days=days, good=good_days(at, limit), early=early, waits=waits)
