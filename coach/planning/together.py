"""Several exams on one calendar: every week is shared by need, nearest exam first."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import datetime, timedelta

from msgspec.structs import replace

from coach.model.plan import Block
from coach.planning.availability import seconds
from coach.planning.board import Board, Seat
from coach.planning.notes import need_minutes
from coach.planning.replan import no_plan, plan_board
from coach.planning.request import PlanRequest, PlanResult, Rival
from coach.planning.slots import merged, open_slots

WEEK = timedelta(weeks=1)
Times = tuple[tuple[datetime, datetime], ...]


def replan_all(requests: Sequence[PlanRequest]) -> tuple[PlanResult, ...]:
    """One plan for every request, in the given order, without overlaps between them.

    A week's room goes to the exams still ahead in proportion to the pace each one needs: its
    estimated study time over the weeks from its report to its date, so the near and the weak
    ones get more. The last exam also takes what is left over.
    """
    order = sorted(range(len(requests)), key=lambda i: _urgency(requests[i]))
    claimed = _claims(requests, order)
    offers: dict[int, set[str]] = {}
    filled: dict[int, Times] = {}
    if len(order) > 1:
        for i in order:
            board = Board(claimed[i])
            offers[i] = _offers(board)
            filled[i] = _times(_kept(board, offers[i]), claimed[i].now)
    results: dict[int, PlanResult] = {}
    for i in order:
        others = tuple(time for j in sorted(filled) if j != i for time in filled[j])
        taken = claimed[i].taken | _ids(requests[j].existing for j in order if j != i)
        taken |= _ids(results[j].blocks for j in results)
        board = Board(replace(claimed[i], taken=taken, others=others))
        _keep_to_share(board, offers.get(i, set()))
        results[i] = plan_board(board)
        filled[i] = _times(results[i].blocks, claimed[i].now)
    return tuple(results[i] for i in range(len(requests)))


def pace(request: PlanRequest) -> int:
    """Minutes a week that an exam needs between its report and its date (own estimate)."""
    days = (_limit(request) - request.start) // timedelta(days=1)
    return max(1, need_minutes(request.domains) * 7 // max(1, days))


def _limit(request: PlanRequest) -> datetime:
    return request.exam_start or request.end


def _urgency(request: PlanRequest) -> tuple[int, int, str]:
    return seconds(_limit(request)), -need_minutes(request.domains), request.exam


def _active(request: PlanRequest) -> bool:
    return request.closed is None and bool(request.domains)


def _claims(requests: Sequence[PlanRequest], order: Sequence[int]) -> list[PlanRequest]:
    """The requests with their rivals; only the last exam takes what the others leave."""
    active = [i for i in order if _active(requests[i])]
    rivals = {i: Rival(end=_limit(requests[i]), pace=pace(requests[i])) for i in active}
    return [
        replace(
            request,
            rivals=tuple(rivals[j] for j in active if j != i) if i in rivals else (),
            pace=pace(request),
            takes_rest=not active or i == active[-1],
        )
        for i, request in enumerate(requests)
    ]


def _kept(board: Board, offered: Set[str]) -> list[Block]:
    """What an exam does not give up before its turn: the others cannot have that time."""
    if no_plan(board):
        return board.begun()
    blocks = [seat.block for seat in board.seats if seat.block]
    return board.history + [block for block in blocks if block.id not in offered]


def _times(blocks: Sequence[Block], now: datetime) -> Times:
    """When blocks fill the calendar, or have filled it in a week that is not over."""
    spans = ((block.start, block.end) for block in blocks)
    return tuple((start, end) for start, end in spans if end > now - WEEK)


def _ids(groups: Iterable[Iterable[Block]]) -> frozenset[str]:
    return frozenset(block.id for blocks in groups for block in blocks)


def _offers(board: Board) -> set[str]:
    """Ids of the blocks that are more than this exam's share of their week.

    The exam that takes the rest offers everything in such a week: it keeps what nobody wants.
    """
    offered: set[str] = set()
    longest = board.horizon.sizes.longest
    for seats, over in _weeks(board):
        loose = [seat for seat in seats if seat.block and not seat.fixed]
        if over > longest:
            # One minute less: what is given up at exactly half a block would be taken again.
            rest = board.request.takes_rest
            chosen = {seat.at for seat in loose} if rest else _evenly(loose, over - 1, longest)
            offered |= {seat.block.id for seat in loose if seat.block and seat.at in chosen}
    return offered


def _keep_to_share(board: Board, offered: Set[str]) -> None:
    """Gives up what was offered, and takes no more free time than this exam's share."""
    if board.request.takes_rest:
        offered = {block.id for block in board.lost if block.id in offered}
    board.released = set(offered)
    board.lost = [block for block in board.lost if block.id not in offered]
    board.seats = [s for s in board.seats if not (s.block and s.block.id in offered)]
    if not board.request.takes_rest:
        surplus: set[int] = set()
        longest = board.horizon.sizes.longest
        for seats, over in _weeks(board):
            free = [seat for seat in seats if not seat.block]
            surplus |= {seat.at for seat in free} - _evenly(free, -over, longest)
        board.seats = [s for s in board.seats if s.block or s.at not in surplus]


def _weeks(board: Board) -> Iterator[tuple[list[Seat], int]]:
    """Every week's places, and by how many minutes this exam's blocks exceed its share."""
    if not board.request.rivals:
        return
    quotas, past = _quotas(board), board.past_by_week()
    weeks: dict[int, list[Seat]] = defaultdict(list)
    for seat in board.seats:
        weeks[seat.week].append(seat)
    for week, seats in weeks.items():
        used = sum(b.minutes for b in past[week]) + sum(s.minutes for s in seats if s.block)
        yield seats, used - quotas[week]


def _quotas(board: Board) -> Counter[int]:
    """The minutes of every week that are this exam's share."""
    request, horizon = board.request, board.horizon
    busy = merged((seconds(a), seconds(b)) for a, b in request.busy)
    minutes: Counter[int] = Counter()
    for slot in open_slots(horizon.calendar, horizon.start, horizon.limit, busy):
        minutes[slot.week] += slot.minutes
    ends = [(horizon.calendar.day_of(seconds(r.end) - 1), r.pace) for r in request.rivals]
    for week in minutes:
        claimed = request.pace + sum(rate for end, rate in ends if end >= week)
        minutes[week] = minutes[week] * request.pace // claimed
    return minutes


def _evenly(seats: Sequence[Seat], minutes: int, longest: int) -> set[int]:
    """The starts of places for that many minutes, spread evenly over the week.

    It stops when less than half of a long block is left, whatever the places are like, so that
    asking again for the rest gives nothing.
    """
    count = min(len(seats), -(-max(0, minutes) // longest))
    spread = [seats[(2 * j + 1) * len(seats) // (2 * count)] for j in range(count)]
    chosen: set[int] = set()
    for seat in [*spread, *(seat for seat in seats if seat not in spread)]:
        if 2 * minutes < longest:
            break
        chosen.add(seat.at)
        minutes -= seat.minutes
    return chosen
