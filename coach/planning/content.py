"""What happens in a slot: topic, activity, domains that come in too, and when topics return."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from coach.model.plan import Activity, Block
from coach.planning.calendar import DAY, monday, seconds
from coach.planning.draft_plan import DraftPlan, Slot
from coach.reading.priority import DomainReading

WEEK = 7 * DAY


def good_days(at: int, limit: int) -> int:
    """A good gap (days) before a visit at `at` for an exam at `limit`, in seconds since 1970.

    About 2 days a week before the exam, 4 three weeks before and 10 eight weeks before: a fifth
    of the time left, less of it the longer that is (Cepeda et al. 2008).
    """
    return round(1.1 * max(0, limit - at) / WEEK + 0.9)


def least_days(at: int, limit: int) -> int:
    """What a gap should not fall below: half of a good one, because the best is a wide plateau."""
    return good_days(at, limit) // 2


# The topics to master first in every weak domain (article: the three most critical).
CRITICAL = 3
# What follows, in turn, once a domain has had a lab in the week and has been learnt at all. Where
# every domain is near the parts are known; putting them together is what is missing (article).
TURNS: Mapping[str, tuple[Activity, ...]] = {
    "below": ("practice", "scenario", "learn"),
    "near": ("scenario", "practice", "learn"),
    "all-near": ("scenario", "practice"),
    "all-above": ("practice", "scenario"),
}
ALSO = 2
# What may become the lab that other domains come into, the first choice first.
HOSTS: tuple[Activity, ...] = ("lab", "scenario", "practice")


# What is studied where an outline names fewer topics than that (own).
PARTS = ("main tasks", "hands-on work", "choosing between services")


def study_topics(reading: DomainReading) -> tuple[str, ...]:
    """The topics of a domain in study order; a weak one has three at least."""
    lacking = max(0, CRITICAL - len(reading.topics)) if reading.gap else 0
    return (*reading.topics, *(f"{reading.name}: {part}" for part in PARTS[:lacking]))


class Content(msgspec.Struct, frozen=True):
    """The content of one block."""

    domain: str | None
    topic: str | None
    activity: Activity
    also: tuple[str, ...] = ()


class Writer:
    """Decides topic and activity of new blocks from what the domain has had so far."""

    def __init__(self, draft: DraftPlan) -> None:
        self.draft = draft
        self.readings = {d.name: d for d in draft.request.domains}
        self.weak = tuple(d.name for d in draft.request.domains if d.gap)
        self.visits: dict[str, Counter[str | None]] = defaultdict(Counter)
        self.seen: dict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.turns: Counter[str] = Counter()
        self.labs: set[tuple[int, str]] = set()
        self.combined: set[tuple[int, str]] = set()
        self.learned: set[str] = set()
        self.learning: set[int] = set()
        self._remember()

    def write(self, slots: Sequence[Slot]) -> dict[int, Content]:
        """Content for the slots that need one, by index; they are in order of time."""
        labs = self._week_labs(slots)
        result: dict[int, Content] = {}
        reviews = 0
        for index, slot in enumerate(slots):
            if not slot.fresh:
                continue
            if slot.role != "study":
                result[index] = self._without_domain(slot, reviews)
                reviews += slot.role == "review"
            elif slot.makes_up is not None:
                missed = slot.makes_up
                result[index] = Content(missed.domain, missed.topic, missed.activity, missed.also)
            else:
                duty: Activity | None = "lab" if index in labs else None
                duty = "learn" if index in self.learning else duty
                result[index] = self._study(slot, duty)
        self._shorten_practice(slots, result)
        return self._combined(slots, result)

    def _remember(self) -> None:
        draft = self.draft
        kept = draft.past("done") + [s.block for s in draft.slots if s.block and not s.fresh]
        for block in kept:
            if block.domain is None:
                continue
            day = draft.horizon.calendar.day_of(seconds(block.start))
            self.visits[block.domain][block.topic] += 1
            self.seen[block.domain][str(block.topic)].append(day)
            if block.activity == "learn":
                self.learned.add(block.domain)
            if block.activity == "lab":
                self.labs.add((monday(day), block.domain))
                self.combined |= {(monday(day), name) for name in block.also}
            else:
                self.turns[block.domain] += 1

    def _week_labs(self, slots: Sequence[Slot]) -> set[int]:
        """For every weak domain without a lab in a week its longest new place there.

        Among equals it is not the domain's first of all, which is for learning. Learning never
        takes the last place of a week for a lab, because the others come into that one.
        """
        places: dict[tuple[int, str], list[int]] = defaultdict(list)
        for index, slot in enumerate(slots):
            if slot.fresh and slot.makes_up is None and slot.domain in self.weak:
                places[slot.week, str(slot.domain)].append(index)
        begun = {name for name in self.weak if self.visits[name]}
        left = Counter(week for week, _ in places)
        hosted: set[int] = set()
        labs = set()
        for (week, name), group in places.items():
            left[week] -= 1
            may_learn = left[week] or week in hosted
            if may_learn and self._to_learn(name, places):
                self.learning.add(group[0])
                self.learned.add(name)
            elif (week, name) not in self.labs:
                first = group[0] if name not in begun else -1
                labs.add(min(group, key=lambda i: (-slots[i].minutes, i == first, i)))
                self.labs.add((week, name))
                hosted.add(week)
            begun.add(name)
        return labs

    def _to_learn(self, name: str, places: Mapping[tuple[int, str], list[int]]) -> bool:
        """Whether a domain with one place a week would otherwise have nothing but labs."""
        groups = [group for (_, other), group in places.items() if other == name]
        sparse = len(groups) > 1 and all(len(group) == 1 for group in groups)
        return sparse and name not in self.learned

    def _study(self, slot: Slot, duty: Activity | None) -> Content:
        if slot.domain is None:
            return Content(None, None, "practice", self.weak)
        reading = self.readings[slot.domain]
        topic = self._topic(reading, slot)
        activity = duty or self._activity(reading, slot)
        also = self._partners(reading.name) if activity == "scenario" else ()
        return Content(reading.name, topic, activity, also)

    def _activity(self, reading: DomainReading, slot: Slot) -> Activity:
        if not reading.gap and self.weak:
            return "review"
        if reading.gap and reading.name not in self.learned and not self._late(slot):
            self.learned.add(reading.name)
            return "learn"
        turns = TURNS[self._pattern(reading)]
        activity = turns[self.turns[reading.name] % len(turns)]
        self.turns[reading.name] += 1
        short = slot.minutes < self.draft.horizon.sizes.shortest
        if short or (activity == "learn" and self._late(slot)):
            return "practice"
        return activity

    def _pattern(self, reading: DomainReading) -> str:
        if not self.weak:
            return "all-above"
        if all(d.gap == 1 for d in self.draft.request.domains):
            return "all-near"
        return "below" if reading.band == "below" else "near"

    def _late(self, slot: Slot) -> bool:
        return slot.at >= self.draft.horizon.last_week

    def _topic(self, reading: DomainReading, slot: Slot) -> str | None:
        """The least visited topic in study order; the critical ones count one visit less, and one
        that was seen a short while ago waits where another has not been."""
        visits, seen = self.visits[reading.name], self.seen[reading.name]
        ranked = [
            (self._soon(seen[topic], slot), visits[topic] - (number < CRITICAL), number, topic)
            for number, topic in enumerate(study_topics(reading))
        ]
        if not ranked:
            return None
        topic = min(ranked)[-1]
        visits[topic] += 1
        seen[topic].append(slot.day)
        return topic

    def _soon(self, days: Sequence[int], slot: Slot) -> bool:
        """Whether a visit at this place is too close to another one."""
        least = least_days(slot.at, self.draft.horizon.limit)
        return any(abs(slot.day - day) < least for day in days)

    def _partners(self, name: str) -> tuple[str, ...]:
        """The next domains in outline order, weak ones where there are any."""
        names = tuple(self.readings)
        others = [n for n in self.weak if n != name] or [n for n in names if n != name]
        shift = self.turns[name] % len(others) if others else 0
        return tuple((others[shift:] + others[:shift])[:ALSO])

    def _without_domain(self, slot: Slot, number: int) -> Content:
        if slot.role == "review":
            return self._review(number)
        return Content(None, None, "buffer" if slot.role == "buffer" else "assessment")

    def _review(self, number: int) -> Content:
        """Mixed review; flags in a strong domain get one light task each, and no more."""
        light = [(d.name, t) for d in self.readings.values() if not d.gap for t in d.flagged]
        if number < len(light):
            name, topic = light[number]
            return Content(None, topic, "review", (name,))
        return Content(None, None, "review", self.weak)

    def _shorten_practice(self, slots: Sequence[Slot], result: dict[int, Content]) -> None:
        """Within a domain's week practice from memory takes the shorter of its new places.

        Learning never moves behind practice.
        """
        weeks: dict[tuple[int, str | None], list[int]] = defaultdict(list)
        for index, content in result.items():
            if content.domain is not None and slots[index].makes_up is None:
                weeks[slots[index].week, content.domain].append(index)
        for group in weeks.values():
            while pair := _misplaced(slots, result, group):
                _exchange(result, *pair)

    def _combined(self, slots: Sequence[Slot], result: dict[int, Content]) -> dict[int, Content]:
        """A weak domain without a lab of its own in a week comes into another one's: a new lab,
        else new practice that becomes one."""
        for week, index in self._hosts(slots, result).items():
            there = {name for at, name in self.labs | self.combined if at == week}
            there.add(str(result[index].domain))
            absent = tuple(name for name in self.weak if name not in there)
            if absent:
                result[index] = msgspec.structs.replace(result[index], activity="lab", also=absent)
        return result

    def _hosts(self, slots: Sequence[Slot], result: Mapping[int, Content]) -> dict[int, int]:
        """In every week the new place whose lab takes in the domains without one, by index."""
        hosts: dict[int, int] = {}
        for activity in HOSTS:
            for index, content in result.items():
                if content.activity == activity and self._may_host(slots[index], content):
                    hosts.setdefault(slots[index].week, index)
        return hosts

    def _may_host(self, slot: Slot, content: Content) -> bool:
        if content.activity == "lab":
            return True
        long = slot.minutes >= self.draft.horizon.sizes.shortest
        return content.domain in self.weak and slot.makes_up is None and long


def _misplaced(
    slots: Sequence[Slot], contents: Mapping[int, Content], group: Sequence[int]
) -> tuple[int, int] | None:
    """Practice, and a shorter place whose work may change with it."""
    for quiz in (i for i in group if contents[i].activity == "practice"):
        for other in group:
            activity = contents[other].activity
            movable = activity == "scenario" or (activity == "learn" and other > quiz)
            if movable and slots[other].minutes < slots[quiz].minutes:
                return quiz, other
    return None


def _exchange(contents: dict[int, Content], one: int, other: int) -> None:
    """Exchanges what is done; the topics stay where they are."""
    first, second = contents[one], contents[other]
    replace = msgspec.structs.replace
    contents[one] = replace(first, activity=second.activity, also=second.also)
    contents[other] = replace(second, activity=first.activity, also=first.also)


class Repetition(msgspec.Struct, frozen=True):
    """A topic that comes again: the days since it was last studied, how many would be good, and
    whether they are too few. `waits` is another topic of the domain that is passed over: it was
    never studied and this is the third visit, or it could come and this one is too soon."""

    days: int
    good: int
    early: bool
    waits: str | None


def repetitions(
    blocks: Iterable[Block], domains: Iterable[DomainReading], limit: int
) -> dict[str, Repetition]:
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
) -> Repetition:
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
    return Repetition(days=days, good=good_days(at, limit), early=early, waits=waits)
