"""Which domain studies where: its fair part of the time, and as few changes as that takes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from coach.planning.board import EMPTY, Board, Domain, Seat, role_of
from coach.planning.sequence import ROW, Claims, minutes_of, row, row_limits, sequence

# A difference of one block is noise and not worth a change. Where no share has changed, neither
# is a drift of three blocks (own).
NOISE = 1
DRIFT = 3
SAME_SHARE = 0.01

Shares = Mapping[Domain, Fraction]


def fill(board: Board, shares: Shares, top: str) -> None:
    """Gives every study place a domain.

    `shares` has the positive shares in outline order, None for mixed practice; `top` is the
    domain that weeks begin with where the order is free. A domain keeps its places as long
    as none is off by more than noise; else surplus places, the latest that make no long row
    first, go to the domains that lack some, which is the fewest changes there can be.
    """
    seats = [seat for seat in board.seats if seat.role == "study"]
    loose = [seat for seat in seats if not _settled(seat)]
    done = _done(board)
    base = done + minutes_of(seat for seat in seats if _settled(seat))
    fair = _shared(loose, shares, base)
    donors = _without_share(loose, shares)
    # What all come to if nobody gives anything up.
    goal = _shared((s for s in loose if s.vacant), shares, base + minutes_of(loose))
    if any(abs(goal[name] - fair[name]) > _noise(board, shares) for name in shares):
        limits = row_limits(fair - done, board.horizon.sizes.longest)
        donors |= _release(seats, _lacking(fair, base + minutes_of(loose)), limits)
        goal = fair
    _refresh(board, loose)
    rest = _lacking(goal, base + minutes_of(loose))
    takers = _takers(shares, donors, rest)
    sequence(seats, rest, takers, Claims(shares, done), top if board.first else None)


def _settled(seat: Seat) -> bool:
    return seat.fixed or seat.makes_up is not None or bool(seat.block and seat.block.makes_up)


def _done(board: Board) -> Counter[Domain]:
    minutes: Counter[Domain] = Counter()
    for block in board.past("done"):
        if role_of(block) == "study":
            minutes[block.domain] += block.minutes
    return minutes


def _shared(seats: Iterable[Seat], shares: Shares, base: Counter[Domain]) -> Counter[Domain]:
    """The minutes of every domain when these places are shared fairly on top of the base."""
    claims, minutes = Claims(shares, base), Counter(base)
    for seat in seats:
        name = claims.next(seat.minutes)
        claims.give(name, seat.minutes)
        minutes[name] += seat.minutes
    return minutes


def _lacking(fair: Counter[Domain], reached: Counter[Domain]) -> Counter[Domain]:
    """What every domain lacks (minutes), less than nothing where it has too much."""
    rest = Counter(fair)
    rest.subtract(reached)
    return rest


def _noise(board: Board, shares: Shares) -> int:
    """How far off (minutes) a domain may be: more where no share has changed."""
    mixed = shares.get(None, Fraction(0))
    before = {name: share for name, share in board.request.previous_shares.items() if share}
    after = {name: float(part / (1 - mixed)) for name, part in shares.items() if name is not None}
    same = before.keys() == after.keys() and all(
        abs(before[name] - after[name]) <= SAME_SHARE for name in after
    )
    return (DRIFT if same else NOISE) * board.horizon.sizes.longest


def _without_share(loose: Sequence[Seat], shares: Shares) -> set[Domain]:
    """Empties the places of domains that get nothing; returns these domains."""
    gone = [seat for seat in loose if seat.domain != EMPTY and seat.domain not in shares]
    donors = {seat.domain for seat in gone}
    for seat in gone:
        seat.vacate("SHARE")
    return donors


def _release(
    seats: Sequence[Seat], rest: Counter[Domain], limits: Mapping[Domain, int]
) -> set[Domain]:
    """Empties places of domains with too much, as long as another one lacks as much.

    Where there is a choice, it spares places that would give their new domain too many in a row.
    Returns the domains with too much, which are to get nothing: that would be a needless change.
    """
    donors = {name for name in rest if rest[name] < 0}
    given: list[Seat] = []
    order = sorted(_of_donors(seats, donors), key=lambda index: _latest_first(seats[index]))
    for choosy in (True, False):
        for index in order:
            seat = seats[index]
            taker = max(rest, key=lambda name: rest[name])
            if seat.domain not in donors or -2 * rest[seat.domain] < seat.minutes:
                continue
            if 2 * rest[taker] < seat.minutes:
                break
            if choosy and row(seats, index, taker) > limits.get(taker, ROW):
                continue
            rest[taker] -= seat.minutes
            rest[seat.domain] += seat.minutes
            seat.domain = taker
            given.append(seat)
    for seat in given:
        seat.vacate("SHARE")
    return donors


def _of_donors(seats: Sequence[Seat], donors: set[Domain]) -> list[int]:
    return [i for i, seat in enumerate(seats) if seat.domain in donors and not _settled(seat)]


def _latest_first(seat: Seat) -> tuple[int, bool, int]:
    """The week's lab goes last, so that a domain keeps one as long as it has a block."""
    lab = seat.block is not None and seat.block.activity == "lab"
    return -seat.week, lab, -seat.at


def _takers(shares: Shares, donors: set[Domain], rest: Counter[Domain]) -> list[Domain]:
    """Who gets the empty places: those that lack something and have not just given."""
    others = [name for name in shares if name not in donors]
    return [name for name in others if rest[name] > 0] or others or list(shares)


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
