"""Several exams on one calendar: every week is shared by need, nearest exam first."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from datetime import datetime, timedelta

from msgspec.structs import replace

from coach.model.plan import Block
from coach.planning.board import Board, Seat
from coach.planning.notes import need_minutes
from coach.planning.replan import plan_board
from coach.planning.request import PlanRequest, PlanResult, Rival
from coach.planning.slots import LONGEST, merged, open_slots, seconds

Times = tuple[tuple[datetime, datetime], ...]


def replan_all(requests: Sequence[PlanRequest]) -> tuple[PlanResult, ...]:
    """One plan for every request, in the given order, without overlaps between them.

    A week's room goes to the exams still ahead in proportion to the pace each one needs: its
    estimated study time over the weeks from its report to its date, so the near and the weak
    ones get more. The last exam also takes what is left over. With one request this is `replan`.
    """
    order = sorted(range(len(requests)), key=lambda i: _urgency(requests[i]))
    claimed = _claims(requests, order)
    boards = {i: _board(claimed[i], ()) for i in order} if len(order) > 1 else {}
    filled = {i: _times(_kept(boards[i]), claimed[i].now) for i in boards}
    results: dict[int, PlanResult] = {}
    for i in order:
        others = tuple(time for j in sorted(filled) if j != i for time in filled[j])
        taken = _ids(requests[j].existing for j in order if j != i)
        taken |= _ids(results[j].blocks for j in results)
        offered = boards[i].released if i in boards and claimed[i].takes_rest else None
        board = _board(replace(claimed[i], taken=taken), others, offered)
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


def _board(request: PlanRequest, others: Times, offered: Set[str] | None = None) -> Board:
    """The calendar of one exam, cut to its share.

    `offered` is given where the others have taken what they want: of the blocks this exam
    offered it then loses only those, and keeps the rest.
    """
    board = Board(replace(request, others=others))
    if offered is not None:
        board.released = {block.id for block in board.lost if block.id in offered}
        board.lost = [block for block in board.lost if block.id not in offered]
    elif request.rivals:
        _keep_to_share(board)
    return board


def _kept(board: Board) -> list[Block]:
    return board.history + [seat.block for seat in board.seats if seat.block]


def _times(blocks: Sequence[Block], now: datetime) -> Times:
    """When blocks still fill the calendar."""
    spans = ((block.start, block.start + timedelta(minutes=block.minutes)) for block in blocks)
    return tuple((start, end) for start, end in spans if end > now)


def _ids(groups: Iterable[Iterable[Block]]) -> frozenset[str]:
    return frozenset(block.id for blocks in groups for block in blocks)


def _keep_to_share(board: Board) -> None:
    """Releases what is more than this exam's share of a week, and takes no more than that.

    The exam that takes the rest offers everything in such a week: it keeps what nobody wants.
    """
    quotas, past = _quotas(board), board.past_by_week()
    weeks: dict[int, list[Seat]] = defaultdict(list)
    for seat in board.seats:
        weeks[seat.week].append(seat)
    gone: set[int] = set()
    for week, seats in weeks.items():
        own, free = [s for s in seats if s.block], [s for s in seats if not s.block]
        used = sum(b.minutes for b in past[week]) + sum(seat.minutes for seat in own)
        over = used - quotas[week]
        if over > LONGEST:
            loose = [seat for seat in own if not seat.fixed]
            rest = board.request.takes_rest
            gone |= {seat.at for seat in loose} if rest else _evenly(loose, over)
        if not board.request.takes_rest:
            gone |= {seat.at for seat in free} - _evenly(free, -over)
    board.released = {seat.block.id for seat in board.seats if seat.block and seat.at in gone}
    board.seats = [seat for seat in board.seats if seat.at not in gone]


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


def _evenly(seats: Sequence[Seat], minutes: int) -> set[int]:
    """The starts of places for that many minutes, spread evenly over the week.

    It stops when less than half of a long block is left, whatever the places are like, so that
    asking again for the rest gives nothing.
    """
    count = min(len(seats), -(-max(0, minutes) // LONGEST))
    spread = [seats[(2 * j + 1) * len(seats) // (2 * count)] for j in range(count)]
    chosen: set[int] = set()
    for seat in [*spread, *(seat for seat in seats if seat not in spread)]:
        if 2 * minutes < LONGEST:
            break
        chosen.add(seat.at)
        minutes -= seat.minutes
    return chosen
