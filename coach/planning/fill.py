"""Which domain studies in which place: fair at every moment, and changed as little as possible."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from coach.planning.apportion import inverse
from coach.planning.board import EMPTY, Board, Seat
from coach.planning.slots import LONGEST

Domain = str | None
# The most blocks in a row that a domain gets while another one waits (own).
ROW = 2
# A difference of one block is noise: it is not worth a change (own).
NOISE = 1
NOISE_MINUTES = LONGEST


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


class Tally:
    """Blocks and minutes per domain."""

    def __init__(self, minutes: Mapping[Domain, int]) -> None:
        self.blocks: Counter[Domain] = Counter()
        self.minutes: Counter[Domain] = Counter(minutes)

    def add(self, name: Domain, length: int) -> None:
        self.blocks[name] += 1
        self.minutes[name] += length


def fill(board: Board, shares: Mapping[Domain, Fraction], top: str) -> None:
    """Gives every study place a domain.

    `shares` has the positive shares in outline order, None for mixed practice; `top` is the
    domain that every week begins with where the order is free. A domain keeps its places as long
    as none is more than one block off; else surplus places, the latest first, go to the domains
    that lack some, which is the fewest changes there can be.
    """
    seats = [seat for seat in board.seats if seat.role == "study"]
    loose = [seat for seat in seats if not _settled(seat)]
    done = _done(board)
    base = Counter(done)
    for seat in seats:
        if _settled(seat):
            base[seat.domain] += seat.minutes
    fair = _shared(loose, shares, Tally(base))
    _release(loose, shares, base, fair)
    _refresh(board, loose)
    quota = _quota(loose, shares, base, fair)
    _sequence(seats, quota, Claims(shares, done), top if board.first else None)


def _settled(seat: Seat) -> bool:
    return seat.fixed or seat.makes_up is not None or bool(seat.block and seat.block.makes_up)


def _done(board: Board) -> Counter[Domain]:
    minutes: Counter[Domain] = Counter()
    for block in board.past("done"):
        minutes[block.domain] += block.minutes
    return minutes


def _shared(seats: Sequence[Seat], shares: Mapping[Domain, Fraction], tally: Tally) -> Tally:
    """The fair division of these places on top of what the tally has."""
    claims = Claims(shares, tally.minutes)
    for seat in seats:
        name = claims.next(seat.minutes)
        claims.give(name, seat.minutes)
        tally.add(name, seat.minutes)
    return tally


def _kept(loose: Sequence[Seat], base: Counter[Domain]) -> Tally:
    tally = Tally(base)
    for seat in loose:
        if seat.domain != EMPTY:
            tally.add(seat.domain, seat.minutes)
    return tally


def _empty(loose: Sequence[Seat]) -> list[Seat]:
    return [seat for seat in loose if seat.domain == EMPTY]


def _release(
    loose: Sequence[Seat], shares: Mapping[Domain, Fraction], base: Counter[Domain], fair: Tally
) -> None:
    """Empties the places that have to change hands."""
    for seat in loose:
        if seat.domain != EMPTY and seat.domain not in shares:
            seat.vacate("SHARE")
    kept = _kept(loose, base).blocks
    reached = _shared(_empty(loose), shares, _kept(loose, base))
    if all(_near(name, reached, fair) for name in shares):
        return
    surplus = kept - fair.blocks
    for seat in sorted(loose, key=_latest_first):
        if surplus[seat.domain] > 0:
            surplus[seat.domain] -= 1
            seat.vacate("SHARE")


def _near(name: Domain, reached: Tally, fair: Tally) -> bool:
    blocks = abs(reached.blocks[name] - fair.blocks[name])
    return blocks <= NOISE or abs(reached.minutes[name] - fair.minutes[name]) <= NOISE_MINUTES


def _latest_first(seat: Seat) -> tuple[int, bool, int]:
    """The week's lab goes last, so that a domain keeps one as long as it has a block."""
    lab = seat.block is not None and seat.block.activity == "lab"
    return -seat.week, lab, -seat.at


def _refresh(board: Board, loose: Sequence[Seat]) -> None:
    """Strong domains have light review and weak ones work: a new band changes what is done."""
    strong = {d.name for d in board.request.domains if not d.gap}
    if len(strong) == len(board.request.domains):
        strong = set()
    for seat in loose:
        if seat.block is None or seat.fresh or seat.domain is None:
            continue
        if (seat.block.activity == "review") != (seat.domain in strong):
            seat.fresh, seat.cause = True, "BAND"


def _quota(
    loose: Sequence[Seat], shares: Mapping[Domain, Fraction], base: Counter[Domain], fair: Tally
) -> Counter[Domain]:
    """How many of the empty places every domain gets."""
    quota = Counter(fair.blocks)
    quota.subtract(_kept(loose, base).blocks)
    if min(quota.values(), default=0) >= 0:
        return quota
    tally = Tally(_kept(loose, base).minutes)
    return _shared(_empty(loose), shares, tally).blocks


def _sequence(seats: Sequence[Seat], quota: Counter[Domain], claims: Claims, top: Domain) -> None:
    """Hands out the quota in order of time, whoever is furthest behind first."""
    row: list[Domain] = []
    limits = _limits(seats, quota)
    week = 0
    for seat in seats:
        if seat.domain == EMPTY:
            waiting = [name for name in quota if quota[name] > 0]
            allowed = [name for name in waiting if not _full(row, name, limits[name])] or waiting
            opens = top is not None and seat.week != week and top in allowed
            seat.domain = top if opens else claims.next(seat.minutes, allowed)
            quota[seat.domain] -= 1
        claims.give(seat.domain, seat.minutes)
        row.append(seat.domain)
        week = seat.week


def _limits(seats: Sequence[Seat], quota: Counter[Domain]) -> dict[Domain, int]:
    """Two in a row, or as many as a domain with most of the places needs at an even pace."""
    total = Counter(seat.domain for seat in seats if seat.domain != EMPTY) + quota
    whole = sum(total.values())
    return {name: max(ROW, -(-n // (whole - n + 1))) for name, n in total.items()}


def _full(row: Sequence[Domain], name: Domain, limit: int) -> bool:
    return len(row) >= limit and all(other == name for other in row[-limit:])
