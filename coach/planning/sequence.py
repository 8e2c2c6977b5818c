"""In which order domains take their turns: fair from the first block on, and interleaved."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm

from coach.planning.board import EMPTY, Domain, Seat

# The most blocks in a row that a domain gets while another one waits (own).
ROW = 2


class Claims:
    """What every domain may still claim: minutes so far against its share, in whole numbers.

    The next place goes by Sainte-Lague's divisors, counted in minutes: one more place never takes
    a place away from a domain, and every beginning of the order is the fair split of its length.
    """

    def __init__(self, shares: Mapping[Domain, Fraction], minutes: Mapping[Domain, int]) -> None:
        names = list(shares)
        self._shares = shares
        self._steps = {names[i]: step for i, step in _inverse(tuple(shares.values())).items()}
        self._rank = {name: number for number, name in enumerate(names)}
        self._minutes = {name: minutes.get(name, 0) for name in self._steps}

    def next(self, length: int, among: Iterable[Domain] | None = None) -> Domain:
        """Who is furthest behind, counting half of a block of this length (Sainte-Lague)."""
        names = self._steps if among is None else among
        return min(names, key=lambda name: (self._claim(name, length), self._rank[name]))

    def give(self, name: Domain, length: int) -> None:
        if name in self._minutes:
            self._minutes[name] += length

    def ahead(self, name: Domain, length: int) -> bool:
        """Whether it has more than its part of all minutes so far and a block of this length."""
        return self._minutes[name] > self._shares[name] * sum(self._minutes.values()) + length

    def _claim(self, name: Domain, length: int) -> int:
        return (2 * self._minutes[name] + length) * self._steps[name]


def _inverse(shares: Sequence[Fraction]) -> dict[int, int]:
    """For every positive share an integer in proportion to 1 / share, by index.

    Comparing (2 x count + 1) x inverse is the divisor rule in whole numbers, exact and fast.
    """
    positive = {index: share for index, share in enumerate(shares) if share > 0}
    numerators = lcm(*(share.numerator for share in positive.values()))
    return {i: numerators // s.numerator * s.denominator for i, s in positive.items()}


def minutes_of(seats: Iterable[Seat]) -> Counter[Domain]:
    """The minutes of every domain in places that have one."""
    minutes: Counter[Domain] = Counter()
    for seat in seats:
        if seat.domain != EMPTY:
            minutes[seat.domain] += seat.minutes
    return minutes


def sequence(
    seats: Sequence[Seat], rest: Counter[Domain], takers: Sequence[Domain], claims: Claims,
    top: Domain,
) -> None:  # fmt: skip
    """Gives the empty places to the takers in order of time, whoever is furthest behind first.

    `rest` has the minutes that each domain is still to get. `top`, if it may take and is not more
    than a block ahead of its share, begins every week. No domain has more places in a row than it
    needs while another one waits, as far as the places that are filled here can help it.
    """
    limits = row_limits(minutes_of(seats) + rest, _longest(seats))
    filled = [index for index, seat in enumerate(seats) if seat.domain == EMPTY]
    week = 0
    for index, seat in enumerate(seats):
        if seat.domain == EMPTY:
            allowed = _allowed(seats, index, rest, takers, limits)
            opens = top is not None and seat.week != week and top in allowed
            opens = opens and not claims.ahead(top, seat.minutes)
            seat.domain = top if opens else claims.next(seat.minutes, allowed)
            rest[seat.domain] -= seat.minutes
        claims.give(seat.domain, seat.minutes)
        week = seat.week
    _untangle(seats, filled, limits)


def _allowed(
    seats: Sequence[Seat],
    index: int,
    rest: Counter[Domain],
    takers: Sequence[Domain],
    limits: Mapping[Domain, int],
) -> list[Domain]:
    """Who lacks at least half of this place, without those that would have too many in a row."""
    waiting = [name for name in takers if 2 * rest[name] >= seats[index].minutes]
    waiting = waiting or [max(takers, key=lambda name: rest[name])]
    return [n for n in waiting if row(seats, index, n) <= limits.get(n, ROW)] or waiting


def _longest(seats: Sequence[Seat]) -> int:
    return max((seat.minutes for seat in seats if seat.domain == EMPTY), default=1)


def row_limits(total: Counter[Domain], length: int) -> dict[Domain, int]:
    """Two in a row, or as many as a domain with most of the time needs at an even pace.

    `total` has the minutes of every domain. They are counted in whole places of `length` minutes:
    a few minutes less in one of them are no reason for a longer row.
    """
    places = {name: (2 * minutes + length) // (2 * length) for name, minutes in total.items()}
    whole = sum(places.values())
    return {name: max(ROW, -(-n // (whole - n + 1))) for name, n in places.items()}


def row(seats: Sequence[Seat], index: int, name: Domain) -> int:
    """How many places in a row a domain has or would have with the place at `index`."""
    low = high = index
    while low and seats[low - 1].domain == name:
        low -= 1
    while high + 1 < len(seats) and seats[high + 1].domain == name:
        high += 1
    return high - low + 1


def _untangle(seats: Sequence[Seat], filled: Sequence[int], limits: Mapping[Domain, int]) -> None:
    """Exchanges filled places of equal length, near ones first, where that ends a row that is too
    long. What stays too long lies between places that are kept, or nobody waits after it."""
    movable = [index for index in filled if not _came_back(seats[index])]
    for one in movable:
        if _fits(seats, one, limits) or _is_last(seats, one):
            continue
        for other in sorted(movable, key=lambda index: abs(index - one)):
            if seats[one].minutes == seats[other].minutes:
                _exchange(seats[one], seats[other])
                if _fits(seats, one, limits) and _fits(seats, other, limits):
                    break
                _exchange(seats[one], seats[other])


def _fits(seats: Sequence[Seat], index: int, limits: Mapping[Domain, int]) -> bool:
    name = seats[index].domain
    return row(seats, index, name) <= limits.get(name, ROW)


def _is_last(seats: Sequence[Seat], index: int) -> bool:
    """Whether the row of this place is the last one of the plan."""
    return all(seat.domain == seats[index].domain for seat in seats[index:])


def _came_back(seat: Seat) -> bool:
    """Whether a place has its old domain again, so that an exchange would be one change more."""
    return seat.block is not None and seat.block.domain == seat.domain


def _exchange(one: Seat, other: Seat) -> None:
    one.domain, other.domain = other.domain, one.domain
