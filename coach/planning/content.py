"""What happens in a place: the topic, the activity, and the domains that come in too."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from coach.model.plan import Activity
from coach.planning.availability import seconds
from coach.planning.board import Board, Seat
from coach.planning.slots import monday
from coach.planning.spacing import least_days
from coach.reading.priority import DomainReading

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

    def __init__(self, board: Board) -> None:
        self.board = board
        self.readings = {d.name: d for d in board.request.domains}
        self.weak = tuple(d.name for d in board.request.domains if d.gap)
        self.visits: dict[str, Counter[str | None]] = defaultdict(Counter)
        self.seen: dict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.turns: Counter[str] = Counter()
        self.labs: set[tuple[int, str]] = set()
        self.combined: set[tuple[int, str]] = set()
        self.learned: set[str] = set()
        self.learning: set[int] = set()
        self._remember()

    def write(self, seats: Sequence[Seat]) -> dict[int, Content]:
        """Content for the seats that need one, by index; they are in order of time."""
        labs = self._week_labs(seats)
        result: dict[int, Content] = {}
        reviews = 0
        for index, seat in enumerate(seats):
            if not seat.fresh:
                continue
            if seat.role != "study":
                result[index] = self._without_domain(seat, reviews)
                reviews += seat.role == "review"
            elif seat.makes_up is not None:
                missed = seat.makes_up
                result[index] = Content(missed.domain, missed.topic, missed.activity, missed.also)
            else:
                duty: Activity | None = "lab" if index in labs else None
                duty = "learn" if index in self.learning else duty
                result[index] = self._study(seat, duty)
        self._shorten_practice(seats, result)
        return self._combined(seats, result)

    def _remember(self) -> None:
        board = self.board
        kept = board.past("done") + [s.block for s in board.seats if s.block and not s.fresh]
        for block in kept:
            if block.domain is None:
                continue
            day = board.horizon.calendar.day_of(seconds(block.start))
            self.visits[block.domain][block.topic] += 1
            self.seen[block.domain][str(block.topic)].append(day)
            if block.activity == "learn":
                self.learned.add(block.domain)
            if block.activity == "lab":
                self.labs.add((monday(day), block.domain))
                self.combined |= {(monday(day), name) for name in block.also}
            else:
                self.turns[block.domain] += 1

    def _week_labs(self, seats: Sequence[Seat]) -> set[int]:
        """For every weak domain without a lab in a week its longest new place there.

        Among equals it is not the domain's first of all, which is for learning. Learning never
        takes the last place of a week for a lab, because the others come into that one.
        """
        places: dict[tuple[int, str], list[int]] = defaultdict(list)
        for index, seat in enumerate(seats):
            if seat.fresh and seat.makes_up is None and seat.domain in self.weak:
                places[seat.week, str(seat.domain)].append(index)
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
                labs.add(min(group, key=lambda i: (-seats[i].minutes, i == first, i)))
                self.labs.add((week, name))
                hosted.add(week)
            begun.add(name)
        return labs

    def _to_learn(self, name: str, places: Mapping[tuple[int, str], list[int]]) -> bool:
        """Whether a domain with one place a week would otherwise have nothing but labs."""
        groups = [group for (_, other), group in places.items() if other == name]
        sparse = len(groups) > 1 and all(len(group) == 1 for group in groups)
        return sparse and name not in self.learned

    def _study(self, seat: Seat, duty: Activity | None) -> Content:
        if seat.domain is None:
            return Content(None, None, "practice", self.weak)
        reading = self.readings[seat.domain]
        topic = self._topic(reading, seat)
        activity = duty or self._activity(reading, seat)
        also = self._partners(reading.name) if activity == "scenario" else ()
        return Content(reading.name, topic, activity, also)

    def _activity(self, reading: DomainReading, seat: Seat) -> Activity:
        if not reading.gap and self.weak:
            return "review"
        if reading.gap and reading.name not in self.learned and not self._late(seat):
            self.learned.add(reading.name)
            return "learn"
        turns = TURNS[self._pattern(reading)]
        activity = turns[self.turns[reading.name] % len(turns)]
        self.turns[reading.name] += 1
        short = seat.minutes < self.board.horizon.sizes.shortest
        if short or (activity == "learn" and self._late(seat)):
            return "practice"
        return activity

    def _pattern(self, reading: DomainReading) -> str:
        if not self.weak:
            return "all-above"
        if all(d.gap == 1 for d in self.board.request.domains):
            return "all-near"
        return "below" if reading.band == "below" else "near"

    def _late(self, seat: Seat) -> bool:
        return seat.at >= self.board.horizon.last_week

    def _topic(self, reading: DomainReading, seat: Seat) -> str | None:
        """The least visited topic in study order; the critical ones count one visit less, and one
        that was seen a short while ago waits where another has not been."""
        visits, seen = self.visits[reading.name], self.seen[reading.name]
        ranked = [
            (self._soon(seen[topic], seat), visits[topic] - (number < CRITICAL), number, topic)
            for number, topic in enumerate(study_topics(reading))
        ]
        if not ranked:
            return None
        topic = min(ranked)[-1]
        visits[topic] += 1
        seen[topic].append(seat.day)
        return topic

    def _soon(self, days: Sequence[int], seat: Seat) -> bool:
        """Whether a visit at this place is too close to another one."""
        least = least_days(seat.at, self.board.horizon.limit)
        return any(abs(seat.day - day) < least for day in days)

    def _partners(self, name: str) -> tuple[str, ...]:
        """The next domains in outline order, weak ones where there are any."""
        names = tuple(self.readings)
        others = [n for n in self.weak if n != name] or [n for n in names if n != name]
        shift = self.turns[name] % len(others) if others else 0
        return tuple((others[shift:] + others[:shift])[:ALSO])

    def _without_domain(self, seat: Seat, number: int) -> Content:
        if seat.role == "review":
            return self._review(number)
        return Content(None, None, "buffer" if seat.role == "buffer" else "assessment")

    def _review(self, number: int) -> Content:
        """Mixed review; flags in a strong domain get one light task each, and no more."""
        light = [(d.name, t) for d in self.readings.values() if not d.gap for t in d.flagged]
        if number < len(light):
            name, topic = light[number]
            return Content(None, topic, "review", (name,))
        return Content(None, None, "review", self.weak)

    def _shorten_practice(self, seats: Sequence[Seat], result: dict[int, Content]) -> None:
        """Within a domain's week practice from memory takes the shorter of its new places.

        Learning never moves behind practice.
        """
        weeks: dict[tuple[int, str | None], list[int]] = defaultdict(list)
        for index, content in result.items():
            if content.domain is not None and seats[index].makes_up is None:
                weeks[seats[index].week, content.domain].append(index)
        for group in weeks.values():
            while pair := _misplaced(seats, result, group):
                _exchange(result, *pair)

    def _combined(self, seats: Sequence[Seat], result: dict[int, Content]) -> dict[int, Content]:
        """A weak domain without a lab of its own in a week comes into another one's: a new lab,
        else new practice that becomes one."""
        for week, index in self._hosts(seats, result).items():
            there = {name for at, name in self.labs | self.combined if at == week}
            there.add(str(result[index].domain))
            absent = tuple(name for name in self.weak if name not in there)
            if absent:
                result[index] = msgspec.structs.replace(result[index], activity="lab", also=absent)
        return result

    def _hosts(self, seats: Sequence[Seat], result: Mapping[int, Content]) -> dict[int, int]:
        """In every week the new place whose lab takes in the domains without one, by index."""
        hosts: dict[int, int] = {}
        for activity in HOSTS:
            for index, content in result.items():
                if content.activity == activity and self._may_host(seats[index], content):
                    hosts.setdefault(seats[index].week, index)
        return hosts

    def _may_host(self, seat: Seat, content: Content) -> bool:
        if content.activity == "lab":
            return True
        long = seat.minutes >= self.board.horizon.sizes.shortest
        return content.domain in self.weak and seat.makes_up is None and long


def _misplaced(
    seats: Sequence[Seat], contents: Mapping[int, Content], group: Sequence[int]
) -> tuple[int, int] | None:
    """Practice, and a shorter place whose work may change with it."""
    for quiz in (i for i in group if contents[i].activity == "practice"):
        for other in group:
            activity = contents[other].activity
            movable = activity == "scenario" or (activity == "learn" and other > quiz)
            if movable and seats[other].minutes < seats[quiz].minutes:
                return quiz, other
    return None


def _exchange(contents: dict[int, Content], one: int, other: int) -> None:
    """Exchanges what is done; the topics stay where they are."""
    first, second = contents[one], contents[other]
    replace = msgspec.structs.replace
    contents[one] = replace(first, activity=second.activity, also=second.also)
    contents[other] = replace(second, activity=first.activity, also=first.also)
