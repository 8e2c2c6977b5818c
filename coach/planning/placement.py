"""Which domain studies where: its fair part of the time, with as few changes as that takes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm

from coach.model.plan import Block
from coach.planning.calendar import seconds
from coach.planning.draft_plan import (
    EMPTY,
    Domain,
    DraftPlan,
    Role,
    Slot,
    grouped,
    rest_of,
    role_of,
)
from coach.planning.split import Shares

# The most blocks in a row that a domain gets while another one waits (own).
ROW = 2


class FairTurns:
    """Whose turn it is: the minutes of every domain so far against its share, in whole numbers.

    The next place goes by Sainte-Lague's divisors, counted in minutes: one more place never takes
    a place away from a domain, and every beginning of the order is the fair split of its length.
    """

    def __init__(self, shares: Shares, minutes: Mapping[Domain, int]) -> None:
        self._shares = shares
        # For every positive share an integer in proportion to 1 / share: comparing (2 x count + 1)
        # times it is the divisor rule in whole numbers, exact and fast.
        positive = {name: share for name, share in shares.items() if share > 0}
        whole = lcm(*(share.numerator for share in positive.values()))
        self._steps = {n: whole // s.numerator * s.denominator for n, s in positive.items()}
        self._rank = {name: number for number, name in enumerate(shares)}
        self._minutes = {name: minutes.get(name, 0) for name in self._steps}

    def next(self, length: int, among: Iterable[Domain] | None = None) -> Domain:
        """Who is furthest behind, counting half of a block of this length (Sainte-Lague)."""
        minutes, steps, rank = self._minutes, self._steps, self._rank
        names = steps if among is None else among
        return min(names, key=lambda n: ((2 * minutes[n] + length) * steps[n], rank[n]))

    def give(self, name: Domain, length: int) -> None:
        if name in self._minutes:
            self._minutes[name] += length

    def ahead(self, name: Domain, length: int) -> bool:
        """Whether it has more than its part of all minutes so far and a block of this length."""
        return self._minutes[name] > self._shares[name] * sum(self._minutes.values()) + length


def minutes_of(slots: Iterable[Slot]) -> Counter[Domain]:
    """The minutes of every domain in places that have one."""
    minutes: Counter[Domain] = Counter()
    for slot in slots:
        if slot.domain != EMPTY:
            minutes[slot.domain] += slot.minutes
    return minutes


def sequence(
    slots: Sequence[Slot], rest: Counter[Domain], takers: Sequence[Domain], turns: FairTurns,
    top: Domain, base: Domain = EMPTY,
) -> None:  # fmt: skip
    """Gives the empty places to the takers in order of time, whoever is furthest behind first.

    `rest` has the minutes that each domain is still to get. `top`, if it may take and is not more
    than a block ahead of its share, begins every week. No domain has more places in a row than it
    needs while another one waits, as far as the places that are filled here can help it.
    """
    filled = [index for index, slot in enumerate(slots) if slot.domain == EMPTY]
    longest = max((slots[index].minutes for index in filled), default=1)
    limits = row_limits(minutes_of(slots) + rest, longest)
    week = 0
    for index, slot in enumerate(slots):
        if slot.domain == EMPTY:
            # Who lacks at least half of this place, without those with too many in a row.
            waiting = [name for name in takers if 2 * rest[name] >= slot.minutes]
            waiting = waiting or [max(takers, key=lambda name: rest[name])]
            fitting = [n for n in waiting if row(slots, index, n) <= limits.get(n, ROW)]
            allowed = fitting or waiting
            opens = slot.week != week and top in allowed and not turns.ahead(top, slot.minutes)
            if base in allowed:
                slot.domain = base
            else:
                slot.domain = top if opens else turns.next(slot.minutes, allowed)
            rest[slot.domain] -= slot.minutes
        turns.give(slot.domain, slot.minutes)
        week = slot.week
    _untangle(slots, filled, limits)


def row_limits(total: Counter[Domain], length: int) -> dict[Domain, int]:
    """Two in a row, or as many as a domain with most of the time needs at an even pace.

    `total` has the minutes of every domain. They are counted in whole places of `length` minutes:
    a few minutes less in one of them are no reason for a longer row.
    """
    places = {name: (2 * minutes + length) // (2 * length) for name, minutes in total.items()}
    whole = sum(places.values())
    return {name: max(ROW, -(-n // (whole - n + 1))) for name, n in places.items()}


def row(slots: Sequence[Slot], index: int, name: Domain) -> int:
    """How many places in a row a domain has or would have with the place at `index`."""
    low = high = index
    while low and slots[low - 1].domain == name:
        low -= 1
    while high + 1 < len(slots) and slots[high + 1].domain == name:
        high += 1
    return high - low + 1


def _untangle(slots: Sequence[Slot], filled: Sequence[int], limits: Mapping[Domain, int]) -> None:
    """Exchanges filled places of equal length, near ones first, where that ends a row that is too
    long. What stays too long lies between places that are kept, or nobody waits after it."""
    # Where the old domain came back an exchange would be one change more.
    movable = [
        index
        for index in filled
        for slot in (slots[index],)
        if slot.block is None or slot.block.domain != slot.domain
    ]
    for one in movable:
        last = all(slot.domain == slots[one].domain for slot in slots[one:])
        if last or _fits(slots, one, limits):
            continue
        for other in sorted(movable, key=lambda index: abs(index - one)):
            if slots[one].minutes == slots[other].minutes:
                _exchange(slots[one], slots[other])
                if _fits(slots, one, limits) and _fits(slots, other, limits):
                    break
                _exchange(slots[one], slots[other])


def _fits(slots: Sequence[Slot], index: int, limits: Mapping[Domain, int]) -> bool:
    name = slots[index].domain
    return row(slots, index, name) <= limits.get(name, ROW)


def _exchange(one: Slot, other: Slot) -> None:
    one.domain, other.domain = other.domain, one.domain


# A difference of one block is noise and not worth a change. Where no share has changed, neither
# is a drift of three blocks (own).
NOISE = 1
DRIFT = 3
SAME_SHARE = 0.01


def assign_domains(draft: DraftPlan, shares: Shares, top: str) -> None:
    """Gives every study place a domain.

    `shares` has the positive shares in outline order, None for mixed practice; `top` is the
    domain that weeks begin with where the order is free. A domain keeps its places as long
    as none is off by more than noise; else surplus places, the latest that make no long row
    first, go to the domains that lack some, which is the fewest changes there can be.
    """
    slots = [slot for slot in draft.slots if slot.role == "study"]
    loose = [slot for slot in slots if not _settled(slot)]
    done: Counter[Domain] = Counter()
    for block in draft.past("done"):
        if role_of(block) == "study":
            done[block.domain] += block.minutes if block.spent is None else block.spent
    base = done + minutes_of(slot for slot in slots if _settled(slot))
    fair = _shared(loose, shares, base)
    # Domains that get nothing any more give up their places.
    gone = [slot for slot in loose if slot.domain != EMPTY and slot.domain not in shares]
    donors = {slot.domain for slot in gone}
    for slot in gone:
        slot.vacate("SHARE")
    # What all come to if nobody gives anything up.
    goal = _shared((s for s in loose if s.vacant), shares, base + minutes_of(loose))
    if any(abs(goal[name] - fair[name]) > _noise(draft, shares) for name in shares):
        limits = row_limits(fair - done, draft.horizon.sizes.longest)
        donors |= _release(slots, _lacking(fair, base + minutes_of(loose)), limits)
        goal = fair
    _refresh(draft, loose)
    rest = _lacking(goal, base + minutes_of(loose))
    # Who lacks something and has not just given.
    others = [name for name in shares if name not in donors]
    takers = [name for name in others if rest[name] > 0] or others or list(shares)
    # The weak domain that others build on, the heaviest of several.
    bases = (d for d in draft.request.domains if d.foundation and d.gap)
    lowest = max(bases, key=lambda domain: domain.weight, default=None)
    first = (top, lowest.name if lowest else EMPTY) if draft.first else (EMPTY, EMPTY)
    sequence(slots, rest, takers, FairTurns(shares, done), *first)


def _settled(slot: Slot) -> bool:
    return slot.fixed or (slot.catches_up and slot.cause != "DONE")


def _shared(slots: Iterable[Slot], shares: Shares, base: Counter[Domain]) -> Counter[Domain]:
    """The minutes of every domain when these places are shared fairly on top of the base."""
    turns, minutes = FairTurns(shares, base), Counter(base)
    for slot in slots:
        name = turns.next(slot.minutes)
        turns.give(name, slot.minutes)
        minutes[name] += slot.minutes
    return minutes


def _lacking(fair: Counter[Domain], reached: Counter[Domain]) -> Counter[Domain]:
    """What every domain lacks (minutes), less than nothing where it has too much."""
    rest = Counter(fair)
    rest.subtract(reached)
    return rest


def _noise(draft: DraftPlan, shares: Shares) -> int:
    """How far off (minutes) a domain may be: more where no share has changed."""
    mixed = shares.get(None, Fraction(0))
    before = {name: share for name, share in draft.request.previous_shares.items() if share}
    after = {name: float(part / (1 - mixed)) for name, part in shares.items() if name is not None}
    same = before.keys() == after.keys() and all(
        abs(before[name] - after[name]) <= SAME_SHARE for name in after
    )
    return (DRIFT if same else NOISE) * draft.horizon.sizes.longest


def _release(
    slots: Sequence[Slot], rest: Counter[Domain], limits: Mapping[Domain, int]
) -> set[Domain]:
    """Empties places of domains with too much, as long as another one lacks as much.

    Where there is a choice, it spares places that would give their new domain too many in a row.
    Returns the domains with too much, which are to get nothing: that would be a needless change.
    """
    donors = {name for name in rest if rest[name] < 0}
    given: list[Slot] = []
    held = [i for i, slot in enumerate(slots) if slot.domain in donors and not _settled(slot)]

    def latest_first(index: int) -> tuple[int, bool, int]:
        """The week's lab goes last, so that a domain keeps one as long as it has a block."""
        slot = slots[index]
        return -slot.week, slot.block is not None and slot.block.activity == "lab", -slot.at

    order = sorted(held, key=latest_first)
    for choosy in (True, False):
        for index in order:
            slot = slots[index]
            taker = max(rest, key=lambda name: rest[name])
            if slot.domain not in donors or -2 * rest[slot.domain] < slot.minutes:
                continue
            if 2 * rest[taker] < slot.minutes:
                break
            if choosy and row(slots, index, taker) > limits.get(taker, ROW):
                continue
            rest[taker] -= slot.minutes
            rest[slot.domain] += slot.minutes
            slot.domain = taker
            given.append(slot)
    for slot in given:
        slot.vacate("SHARE")
    return donors


def _refresh(draft: DraftPlan, loose: Sequence[Slot]) -> None:
    """Strong domains have light review and weak ones work: a new band changes what is done."""
    strong = {d.name for d in draft.request.domains if not d.gap}
    if len(strong) == len(draft.request.domains):
        strong = set()
    for slot in loose:
        if slot.block is None or slot.fresh or slot.domain is None:
            continue
        if (slot.block.activity == "review") != (slot.domain in strong):
            slot.fresh, slot.cause = True, "BAND"


# What is studied on a day, by its ordinal: domain and topic.
Topics = defaultdict[int, set[tuple[str | None, str | None]]]
ROLES: tuple[Role, ...] = ("buffer", "assessment", "review")


def relocate(draft: DraftPlan, shares: Shares) -> list[Block]:
    """Places lost and missed blocks; returns the missed ones that nothing makes up for.

    A lost block goes to free room in its own week, then to any free room, then to a buffer. A
    missed block goes to the next buffer, then to free room; where there is not enough of it, the
    domains with the largest share come first. Each goes to a day without its topic if it can.
    """
    for role in ROLES:
        lost = [block for block in draft.lost if role_of(block) == role]
        free = [slot for slot in draft.of(role) if slot.block is None]
        for slot, block in zip(free, lost, strict=False):
            _settle(draft, slot, block)
    topics: Topics = defaultdict(set)
    for slot in draft.slots:
        if slot.block is not None:
            topics[slot.day].add((slot.block.domain, slot.block.topic))
    weeks = grouped(filter(_free, draft.slots), lambda slot: slot.week)
    for block in _lost_study(draft):
        if homes := weeks[draft.horizon.week_of(block)]:
            _settle(draft, _taken(homes, block, topics), block)
    _in_order(draft, [slot for slot in draft.slots if _free(slot)], topics)
    missed = [b for b in draft.past("missed") if b.domain is not None and shares.get(b.domain)]
    begun = [b for b in draft.past("done") if shares.get(b.domain) and rest_of(b)]
    _make_up(draft, [*missed, *begun], shares, topics)
    _in_order(draft, _buffers(draft), topics)
    made_up = _made_up(draft)
    return [block for block in missed if block.id not in made_up]


def _free(slot: Slot) -> bool:
    return slot.vacant and slot.block is None


def _settle(draft: DraftPlan, slot: Slot, block: Block) -> None:
    slot.block, slot.role, slot.domain = block, role_of(block), block.domain
    slot.fresh, slot.cause = False, "SLOT"
    draft.lost.remove(block)


def _lost_study(draft: DraftPlan) -> list[Block]:
    return [block for block in draft.lost if role_of(block) == "study"]


def _in_order(draft: DraftPlan, homes: list[Slot], topics: Topics) -> None:
    for block in _lost_study(draft)[: len(homes)]:
        _settle(draft, _taken(homes, block, topics), block)


def _taken(homes: list[Slot], block: Block, topics: Topics) -> Slot:
    """Takes the next of these places, on a day without the block's topic where there is one."""
    topic = block.domain, block.topic
    home = next((slot for slot in homes if topic not in topics[slot.day]), homes[0])
    homes.remove(home)
    topics[home.day].add(topic)
    return home


def _buffers(draft: DraftPlan) -> list[Slot]:
    """Buffers beyond the frozen 48 hours; one that the user fixed stays too."""
    return [slot for slot in draft.of("buffer") if not slot.held]


def _make_up(draft: DraftPlan, missed: Sequence[Block], shares: Shares, topics: Topics) -> None:
    """A block that makes up for a missed one and has lost its place still waits for another."""
    made_up = _made_up(draft) | {block.makes_up for block in draft.lost}
    homes = _buffers(draft) + [slot for slot in draft.slots if _free(slot)]
    waiting = (block for block in missed if block.id not in made_up)
    ranked = sorted(waiting, key=lambda b: (-shares[b.domain], seconds(b.start), b.id))
    placed = sorted(ranked[: len(homes)], key=lambda b: (seconds(b.start), b.id))
    for block in placed:
        slot = _taken(homes, block, topics)
        slot.role, slot.domain, slot.makes_up = "study", block.domain, block
        slot.fresh, slot.cause = True, "MISSED"


def _made_up(draft: DraftPlan) -> set[str | None]:
    """Ids of the blocks that a block with a place makes up for."""
    blocks = [*draft.history, *(slot.block for slot in draft.slots if slot.block)]
    planned = {slot.makes_up.id for slot in draft.slots if slot.makes_up}
    return planned | {block.makes_up for block in blocks}
