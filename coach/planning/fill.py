"""Which domain studies in which place: fair at every moment, and changed as little as possible."""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

from coach.planning.apportion import inverse
from coach.planning.board import EMPTY, Board, Seat

Domain = str | None
# The most blocks in a row that a domain gets while another one waits (own).
ROW = 2
# A difference of one block is noise: it is not worth a change (own).
NOISE = 1


class Claims:
    """What every domain may still claim: minutes so far against its share, in whole numbers."""

    def __init__(self, shares: Mapping[Domain, Fraction], minutes: Mapping[Domain, int]) -> None:
        names = list(shares)
        self._steps = {names[i]: step for i, step in inverse(tuple(shares.values())).items()}
        self._rank = {name: number for number, name in enumerate(names)}
        self._minutes = {name: minutes.get(name, 0) for name in self._steps}

    def next(self, length: int, among: Iterable[Domain] | None = None) -> Domain:
        """Who is furthest behind, counting half of a block of this length (Sainte-Lague)."""
        names = self._steps if among is None else among
        return min(names, key=lambda name: (self._claim(name, length), self._rank[name]))

    def give(self, name: Domain, length: int) -> None:
        if name in self._minutes:
            self._minutes[name] += length

    def _claim(self, name: Domain, length: int) -> int:
        return (2 * self._minutes[name] + length) * self._steps[name]


def fill(board: Board, shares: Mapping[Domain, Fraction], top: str | None) -> None:
    """Gives every study place a domain.

    `shares` has the positive shares in outline order, None for mixed practice; `top` is the
    domain that every week begins with where the order is free. A domain keeps its places as long
    as no count is more than one block off; else surplus places, the latest first, go to the
    domains that lack some, which is the fewest changes there can be.
    """
    if not shares:
        return
    seats = [seat for seat in board.seats if seat.role == "study"]
    settled = _minutes(board, [seat for seat in seats if _settled(seat)])
    loose = [seat for seat in seats if not _settled(seat)]
    _release(loose, shares, settled)
    quota = _quota(loose, shares, settled)
    _sequence(seats, quota, Claims(shares, _done(board)), top if board.first else None)


def _settled(seat: Seat) -> bool:
    return seat.fixed or seat.makes_up is not None or bool(seat.block and seat.block.makes_up)


def _done(board: Board) -> Counter[Domain]:
    minutes: Counter[Domain] = Counter()
    for block in board.past("done"):
        minutes[block.domain] += block.minutes
    return minutes


def _minutes(board: Board, seats: list[Seat]) -> Counter[Domain]:
    minutes = _done(board)
    for seat in seats:
        minutes[seat.domain] += seat.minutes
    return minutes


def _counts(
    seats: list[Seat], shares: Mapping[Domain, Fraction], settled: Counter[Domain]
) -> Counter[Domain]:
    """The fair number of these places for every domain, on top of what is settled."""
    claims, counts = Claims(shares, settled), Counter[Domain]()
    for seat in seats:
        name = claims.next(seat.minutes)
        claims.give(name, seat.minutes)
        counts[name] += 1
    return counts


def _release(
    loose: list[Seat], shares: Mapping[Domain, Fraction], settled: Counter[Domain]
) -> None:
    """Empties the places that have to change hands."""
    taken = [seat for seat in loose if seat.domain != EMPTY]
    for seat in taken:
        if seat.domain not in shares:
            seat.vacate("SHARE")
    fair = _counts(loose, shares, settled)
    kept = Counter(seat.domain for seat in taken if seat.domain != EMPTY)
    if _near(kept, fair, loose, shares, settled):
        return
    surplus = {name: count - fair[name] for name, count in kept.items() if count > fair[name]}
    for seat in sorted(taken, key=_latest_first):
        if surplus.get(seat.domain, 0) > 0:
            surplus[seat.domain] -= 1
            seat.vacate("SHARE")


def _near(
    kept: Counter[Domain],
    fair: Counter[Domain],
    loose: list[Seat],
    shares: Mapping[Domain, Fraction],
    settled: Counter[Domain],
) -> bool:
    """Whether keeping everything leaves no domain more than one block off, and none without."""
    minutes = settled.copy()
    for seat in loose:
        if seat.domain != EMPTY:
            minutes[seat.domain] += seat.minutes
    empty = [seat for seat in loose if seat.domain == EMPTY]
    reached = kept + _counts(empty, shares, minutes)
    return all(
        abs(reached[name] - fair[name]) <= NOISE
        and (reached[name] or settled[name] or not fair[name])
        for name in shares
    )


def _latest_first(seat: Seat) -> tuple[int, bool, int]:
    """The week's lab goes last, so that a domain keeps one as long as it has a block."""
    lab = seat.block is not None and seat.block.activity == "lab"
    return -seat.week, lab, -seat.at


def _quota(
    loose: list[Seat], shares: Mapping[Domain, Fraction], settled: Counter[Domain]
) -> Counter[Domain]:
    """How many of the empty places every domain gets."""
    empty = [seat for seat in loose if seat.domain == EMPTY]
    kept = [seat for seat in loose if seat.domain != EMPTY]
    fair = _counts(loose, shares, settled)
    fair.subtract(Counter(seat.domain for seat in kept))
    if min(fair.values(), default=0) >= 0:
        return fair
    for seat in kept:
        settled[seat.domain] += seat.minutes
    return _counts(empty, shares, settled)


def _sequence(seats: list[Seat], quota: Counter[Domain], claims: Claims, top: str | None) -> None:
    """Hands out the quota in order of time, whoever is furthest behind first."""
    row: list[Domain] = []
    limits = _limits(seats, quota)
    week = 0
    for seat in seats:
        if seat.domain == EMPTY:
            waiting = [name for name in quota if quota[name] > 0]
            allowed = [name for name in waiting if not _full(row, name, limits[name])]
            opens = seat.week != week and top in (allowed or waiting)
            seat.domain = top if opens else claims.next(seat.minutes, allowed or waiting)
            quota[seat.domain] -= 1
        claims.give(seat.domain, seat.minutes)
        row.append(seat.domain)
        week = seat.week


def _limits(seats: list[Seat], quota: Counter[Domain]) -> dict[Domain, int]:
    """Two in a row, or as many as a domain with most of the places needs at an even pace."""
    total = Counter(seat.domain for seat in seats if seat.domain != EMPTY) + quota
    whole = sum(total.values())
    return {name: max(ROW, -(-n // (whole - n + 1))) for name, n in total.items()}


def _full(row: list[Domain], name: Domain, limit: int) -> bool:
    return len(row) >= limit and all(other == name for other in row[-limit:])
