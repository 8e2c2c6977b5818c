"""What happens in a slot: topic, activity, domains that come in too, and when topics return."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from coach.model import made_from
from coach.model.plan import Activity, Block
from coach.planning.calendar import DAY, seconds
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
# What follows, in turn, once a topic has been learnt. Where every domain is near the parts are
# known; putting them together is what is missing (article).
TURNS: Mapping[str, tuple[Activity, ...]] = {
    "below": ("practice", "scenario"),
    "near": ("scenario", "practice"),
    "all-near": ("scenario", "practice"),
    "all-above": ("practice", "scenario"),
}
# The order of work on a topic; a practice or a scenario shows what was learnt before.
STAGE: Mapping[Activity, int] = {"learn": 0, "lab": 1, "practice": 2, "scenario": 2}
FIRST: tuple[Activity, ...] = ("learn", "lab")
SHOWS: frozenset[Activity] = frozenset({"practice", "scenario"})
ALSO = 2
# Minutes that a mixed session has for one topic.
QUARTER_HOUR = 15
# After all days: a topic that its own session shows first.
NEVER = date.max.toordinal()
# What may become the lab that other domains come into, the first choice first.
HOSTS: tuple[Activity, ...] = ("lab", "scenario", "practice")


# What is studied where an outline names fewer topics than that (own).
PARTS = ("main tasks", "hands-on work", "choosing between services")


def study_topics(reading: DomainReading) -> tuple[str, ...]:
    """The topics of a domain in study order; a weak one has three at least."""
    lacking = max(0, CRITICAL - len(reading.topics)) if reading.gap else 0
    return (*reading.topics, *(f"{reading.name}: {part}" for part in PARTS[:lacking]))


# A domain and one of its topics.
Topic = tuple[str | None, str | None]


class Content(msgspec.Struct, frozen=True):
    """The content of one block."""

    domain: str | None
    topic: str | None
    activity: Activity
    also: tuple[str, ...] = ()


class History:
    """What one domain has had up to a moment, and the days of all visits to its topics, those of
    blocks that are kept further on among them."""

    def __init__(self) -> None:
        self.days: defaultdict[str | None, list[int]] = defaultdict(list)
        self.work: defaultdict[str | None, set[Activity]] = defaultdict(set)
        self.shown = 0

    def visit(self, topic: str | None, activity: Activity) -> None:
        """Adds a block that lies before what is planned next."""
        self.work[topic].add(activity)
        self.shown += activity in SHOWS

    @property
    def activities(self) -> set[Activity]:
        """All that the domain has had."""
        return set().union(*self.work.values())


class Writer:
    """Decides topic and activity of new blocks from what the domain has had before each.

    No topic has a second visit before all topics of its domain had one, but for flagged ones.
    Learning comes before the lab and the lab before practice and scenarios, counted by what was
    done and what is planned earlier, never by what was missed.
    """

    def __init__(self, draft: DraftPlan) -> None:
        self.draft = draft
        self.readings = {d.name: d for d in draft.request.domains}
        self.weak = tuple(d.name for d in draft.request.domains if d.gap)
        self.had: defaultdict[str, History] = defaultdict(History)
        self.labs: set[tuple[int, str]] = set()
        self.combined: set[tuple[int, str]] = set()
        self.learned: set[str] = set()
        self.learning: set[int] = set()
        # By slot: whether a scenario, and whether a first lab, would be in order there.
        self.fit: dict[int, tuple[bool, bool]] = {}
        # What was done counts wherever it lies; what is kept ahead has its week's lab.
        horizon, done = draft.horizon, draft.past("done")
        for block in done:
            if block.domain is not None:
                self.had[block.domain].days[block.topic].append(horizon.day_of(block))
                self.had[block.domain].visit(block.topic, block.activity)
        for block in done + [s.block for s in draft.slots if s.block and not s.fresh]:
            if block.domain is not None and block.activity == "learn":
                self.learned.add(block.domain)
            if block.domain is not None and block.activity == "lab":
                week = horizon.week_of(block)
                self.labs.add((week, block.domain))
                self.combined |= {(week, name) for name in block.also}

    def write(self, slots: Sequence[Slot]) -> dict[int, Content]:
        """Content for the slots that need one, by index; they are in order of time."""
        for slot in slots:
            if slot.block is not None and not slot.fresh and slot.block.domain is not None:
                self.had[slot.block.domain].days[slot.block.topic].append(slot.day)
        labs = self._week_labs(slots)
        result: dict[int, Content] = {}
        reviews = 0
        for index, slot in enumerate(slots):
            if not slot.fresh:
                if slot.block is not None and slot.block.domain is not None:
                    self.had[slot.block.domain].visit(slot.block.topic, slot.block.activity)
                continue
            if slot.makes_up is not None:
                content = made_from(Content, slot.makes_up)
                self.had[str(content.domain)].days[content.topic].append(slot.day)
            else:
                lab, learn = index in labs, index in self.learning
                content = self._content(slot, reviews, lab=lab, learn=learn)
                reviews += slot.role == "review"
            result[index] = content
            if content.domain is not None:
                work = self.had[content.domain].work[content.topic]
                known = self._pattern(content.domain) in ("all-near", "all-above")
                scenario = "learn" in work or known
                self.fit[index] = scenario, "lab" in work or not work & SHOWS
                self.had[content.domain].visit(content.topic, content.activity)
        self._shorten_practice(slots, result)
        return self._in_order_of_learning(slots, self._combined(slots, result))

    def _in_order_of_learning(
        self, slots: Sequence[Slot], contents: dict[int, Content]
    ) -> dict[int, Content]:
        """On a topic whose learning or lab was missed, the work that is still ahead is put back
        into the order of learning. `contents` are those of new blocks, by index."""
        missed: defaultdict[Topic, set[Activity]] = defaultdict(set)
        for block in self.draft.past("missed"):
            if block.domain in self.weak and block.activity in FIRST:
                missed[block.domain, block.topic].add(block.activity)
        for topic, activities in missed.items():
            ahead: dict[int, Content] = {}
            for index, slot in enumerate(slots):
                work = contents.get(index) or (None if slot.fixed else slot.block)
                if work is not None and (work.domain, work.topic) == topic:
                    ahead[index] = made_from(Content, work)
            if ahead:
                before = [slot.block for slot in slots[: min(ahead)] if slot.block and slot.fixed]
                before += self.draft.past("done")
                had = {block.activity for block in before if (block.domain, block.topic) == topic}
                wanted = _in_stages([*ahead.values()], activities, had)
                for (index, old), new in zip(ahead.items(), wanted, strict=False):
                    if new != old:
                        contents[index] = new
                        if not slots[index].fresh:
                            slots[index].fresh, slots[index].cause = True, "ORDER"
        return contents

    def _week_labs(self, slots: Sequence[Slot]) -> set[int]:
        """For every weak domain without a lab in a week its longest new place there.

        It is not the domain's first of all where there is another one, which is for learning.
        Learning never takes the last place of a week for a lab, because the others come into
        that one.
        """
        places: dict[tuple[int, str], list[int]] = defaultdict(list)
        for index, slot in enumerate(slots):
            if slot.fresh and slot.makes_up is None and slot.domain in self.weak:
                places[slot.week, str(slot.domain)].append(index)
        left = Counter(week for week, _ in places)
        hosted: set[int] = set()
        labs = set()
        for (week, name), group in places.items():
            left[week] -= 1
            new = name not in self.learned and not self.had[name].days
            if name not in self.learned and len(group) == 1 and (left[week] or week in hosted):
                self.learning.add(group[0])
            elif (week, name) not in self.labs:
                labs.add(min(group, key=lambda i: (new and i == group[0], -slots[i].minutes, i)))
                self.labs.add((week, name))
                hosted.add(week)
                if len(group) == 1:
                    continue
            self.learned.add(name)
        return labs

    def _content(self, slot: Slot, reviews: int, *, lab: bool, learn: bool) -> Content:
        if slot.role in ("buffer", "assessment"):
            return Content(None, None, slot.role)
        if slot.role == "review":
            # Flags in a strong domain get one light task each, and no more.
            light = [(d.name, t) for d in self.readings.values() if not d.gap for t in d.flagged]
            if reviews < len(light):
                name, flag = light[reviews]
                return Content(None, flag, "review", (name,))
            return Content(None, None, "review", self.weak)
        if slot.domain is None:
            return Content(None, None, "practice", self.weak)
        reading = self.readings[slot.domain]
        topic = self._topic(reading, slot, lab=lab)
        activity = "lab" if lab else "learn" if learn else self._activity(reading, topic, slot)
        if activity != "scenario":
            return Content(reading.name, topic, activity)
        # With it come the next domains in outline order, weak ones where there are any.
        others = [name for name in self.weak if name != reading.name]
        others = others or [name for name in self.readings if name != reading.name]
        shift = self.had[reading.name].shown % len(others) if others else 0
        also = tuple((others[shift:] + others[:shift])[:ALSO])
        return Content(reading.name, topic, activity, also)

    def _activity(self, reading: DomainReading, topic: str | None, slot: Slot) -> Activity:
        if not reading.gap and self.weak:
            return "review"
        had, pattern = self.had[reading.name], self._pattern(reading.name)
        work = had.work[topic]
        short = slot.minutes < self.draft.horizon.sizes.shortest
        late = slot.at >= self.draft.horizon.last_week
        turns = TURNS[pattern]
        activity = turns[had.shown % len(turns)]
        if pattern == "all-above":
            return "practice" if short else activity
        if not late:
            known = pattern == "all-near" and "learn" in had.activities
            if not work and not known:
                return "learn"
            if not short and "lab" not in had.activities:
                return "lab"
        elif not work:
            return "practice"
        if short or ("learn" not in work and pattern != "all-near"):
            return "practice"
        return activity

    def _pattern(self, name: str) -> str:
        if not self.weak:
            return "all-above"
        if all(d.band == "near" for d in self.draft.request.domains):
            return "all-near"
        return "below" if self.readings[name].band == "below" else "near"

    def _topic(self, reading: DomainReading, slot: Slot, *, lab: bool) -> str | None:
        """The next topic: one that has had no visit yet, else the least visited in study order.

        One that was seen a short while ago waits where another has not been, and one that practice
        has shown without a lab is not what a lab is for. Where all that is left comes later in a
        block that is kept, the one that comes last takes its place, so that no other comes twice
        before it.
        """
        had, topics = self.had[reading.name], study_topics(reading)
        least = least_days(slot.at, self.draft.horizon.limit)
        begun = all(had.days[topic] for topic in topics[:CRITICAL])

        def rank(number: int, topic: str) -> tuple[object, ...]:
            days = had.days[topic]
            flagged = begun and topic in reading.flagged
            open_ = flagged or not any(day <= slot.day for day in days)
            work = had.work[topic]
            return (
                not open_,
                lab and bool(work & SHOWS) and "lab" not in work,
                -min([least, *(abs(slot.day - day) for day in days)]),
                len(days) - flagged,
                -days[0] if open_ and days and not flagged else 0,
                number,
            )

        if not topics:
            return None
        number = min(range(len(topics)), key=lambda n: rank(n, topics[n]))
        had.days[topics[number]].append(slot.day)
        return topics[number]

    def _shorten_practice(self, slots: Sequence[Slot], result: dict[int, Content]) -> None:
        """Within a domain's week practice from memory takes the place of a scenario that has a
        shorter one, the longest of the shortest, where what was learnt allows for both."""

        def minutes(index: int) -> int:
            return slots[index].minutes

        weeks: dict[tuple[int, str | None], list[int]] = defaultdict(list)
        for index, content in result.items():
            if content.activity in SHOWS and index in self.fit and slots[index].makes_up is None:
                weeks[slots[index].week, content.domain].append(index)
        for group in weeks.values():
            quizzes = [i for i in group if result[i].activity == "practice" and self.fit[i][0]]
            scenarios = [i for i in group if result[i].activity == "scenario"]
            for other in sorted(scenarios, key=minutes):
                longest = max(quizzes, key=minutes, default=other)
                if minutes(longest) > minutes(other):
                    # They exchange what is done; the topics stay where they are.
                    quizzes.remove(longest)
                    quiz, scenario = result[longest], result[other]
                    result[longest] = replace(quiz, activity="scenario", also=scenario.also)
                    result[other] = replace(scenario, activity="practice", also=quiz.also)

    def _combined(self, slots: Sequence[Slot], result: dict[int, Content]) -> dict[int, Content]:
        """A weak domain without a lab of its own in a week comes into another one's: a new lab,
        else new practice that becomes one."""
        hosts: dict[int, int] = {}
        for activity in HOSTS:
            for index, content in result.items():
                slot = slots[index]
                long = slot.minutes >= self.draft.horizon.sizes.shortest
                new = content.domain in self.weak and slot.makes_up is None
                may = activity == "lab" or (new and long and self.fit[index][1])
                if content.activity == activity and may:
                    hosts.setdefault(slot.week, index)
        for week, index in hosts.items():
            there = {name for at, name in self.labs | self.combined if at == week}
            there.add(str(result[index].domain))
            absent = tuple(name for name in self.weak if name not in there)
            if absent:
                result[index] = replace(result[index], activity="lab", also=absent)
        return result


def _in_stages(
    ahead: Sequence[Content], missed: set[Activity], had: set[Activity]
) -> list[Content]:
    """The work ahead on one topic in the order of learning, what it lacks of that first."""
    there = {content.activity for content in ahead}
    lacking = [activity for activity in FIRST if activity in missed - had - there]
    wanted = [replace(ahead[0], activity=each, also=()) for each in lacking] + [*ahead]
    if had & SHOWS:
        # Something that stays shows it already: learning it now would come too late.
        wanted = [
            replace(content, activity="practice", also=())
            if content.activity in FIRST and content.activity not in had
            else content
            for content in ahead
        ]
    return sorted(wanted, key=lambda content: STAGE.get(content.activity, 2))


def mixed_topics(
    blocks: Sequence[Block], domains: Iterable[DomainReading]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """What every mixed session goes over by the block's id, as domain and topic, a quarter of an
    hour each: topics that never have a session of their own first, the domains in turn, then those
    studied longest ago.

    `blocks` are those done and those to come, in order of time.
    """
    readings = {domain.name: domain for domain in domains}
    own = {(block.domain, block.topic) for block in blocks}
    seen: dict[tuple[str, str], int] = {}
    found = {}
    for block in blocks:
        day = block.start.toordinal()
        if block.domain and block.topic:
            seen[block.domain, block.topic] = day
        if block.domain or block.topic or block.activity not in ("review", "practice"):
            continue
        rows: list[tuple[int, int, tuple[str, str]]] = []
        for name in block.also or tuple(readings):
            topics = study_topics(readings[name]) if name in readings else ()
            ages = [(seen.get((name, t), NEVER if (name, t) in own else 0), t) for t in topics]
            ages.sort(key=lambda row: row[0])
            rows += [(age, turn, (name, topic)) for turn, (age, topic) in enumerate(ages)]
        rows.sort(key=lambda row: row[:2])
        found[block.id] = tuple(row[-1] for row in rows[: block.minutes // QUARTER_HOUR])
        seen |= dict.fromkeys(found[block.id], day)
    return found


class Repetition(msgspec.Struct, frozen=True):
    """A topic that comes again: the days since it was last studied, how many would be good, and
    whether they are too few. `waits` is another topic of the domain that is passed over: it was
    never studied, or it could come and this one is too soon."""

    days: int
    good: int
    early: bool
    waits: str | None


def repetitions(
    blocks: Iterable[Block], domains: Iterable[DomainReading], limit: int
) -> dict[str, Repetition]:
    """Every visit to a topic but the first, by the block's id.

    `blocks` are those done and those to come, in order of time; `limit` is the moment planned for,
    in seconds since 1970. A flagged topic may come again before others have been seen.
    """
    readings = {domain.name: domain for domain in domains}
    seen: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    found = {}
    for block in blocks:
        reading = readings.get(block.domain or "")
        if reading is None or block.topic is None:
            continue
        own, at, day = seen[reading.name], seconds(block.start), block.start.toordinal()
        if block.topic in own:
            least = least_days(at, limit)
            days = day - own[block.topic][-1]
            unseen = [topic for topic in study_topics(reading) if topic not in own]
            waits = None
            if unseen and block.topic not in reading.flagged:
                waits = unseen[0]
            elif days < least:
                able = (
                    t for t in study_topics(reading) if t in unseen or day - own[t][-1] >= least
                )
                waits = next(able, None)
            found[block.id] = Repetition(days, good_days(at, limit), days < least, waits)
        own[block.topic].append(day)
    return found
