"""Which places are kept for buffers, practice assessments and mixed review."""

from collections import defaultdict
from collections.abc import Iterator

from coach.model.plan import Block
from coach.planning.availability import DAY, Span, seconds
from coach.planning.board import Board, Role, Seat, role_of

# Own settings: a week of five places or more has a buffer, and the last week leans to mixed review
# (simulation in the planning notes).
BUFFER_FROM = 5
REVIEW_EVERY = 3
ASSESSMENT_FROM = 5
ASSESSMENT_SPACING = 28 * DAY


def assign_roles(board: Board) -> None:
    """Keeps the roles that still fit, frees those that do not, and fills what is missing."""
    _free_misplaced(board)
    _light_days(board)
    _assessments(board)
    _buffers(board)
    _reviews(board)


def complete_roles(board: Board) -> None:
    """Practice assessments and reviews that found no place before lost blocks took theirs: a
    buffer that has become study may be one, and the next plan would make it one."""
    _assessments(board)
    _reviews(board)


def _free_misplaced(board: Board) -> None:
    """Frees what another date leaves in the wrong part of the plan; a new report alone, from
    which the plan counts too, moves neither an assessment nor a review."""
    if not board.horizon.moved:
        return
    for seat in board.seats:
        if seat.block is not None and not seat.fixed and _misplaced(board, seat):
            seat.vacate("EXAM")


def _misplaced(board: Board, seat: Seat) -> bool:
    if seat.role == "assessment":
        return not board.horizon.assessable(seat.at, seat.end)
    early = seat.at < board.horizon.last_week and not _light(board, seat)
    return seat.role == "review" and early


def _light(board: Board, seat: Seat) -> bool:
    return seat.day in board.horizon.light


def _light_days(board: Board) -> None:
    for seat in board.seats:
        if seat.vacant and _light(board, seat):
            seat.become("review", "LAST")


def _assessments(board: Board) -> None:
    """One whole practice exam for every four weeks of the last third, each in a long slot.

    A new one also lies in the last third of what is still ahead, where that has room.
    """
    if len(board.seats) + len(board.history) < ASSESSMENT_FROM:
        return
    sat = [max(seat.at, board.horizon.last_third) for seat in board.of("assessment")]
    for status in ("done", "skipped"):
        sat += [seconds(b.start) for b in board.past(status) if role_of(b) == "assessment"]
    for low, high in _parts(board):
        if any(low <= at < high for at in sat):
            continue
        inside = [seat for seat in board.seats if low <= seat.at and seat.end <= high]
        late = [seat for seat in inside if seat.at >= board.horizon.last_third_ahead]
        if chosen := _candidates(late) or _candidates(inside):
            best = min(chosen, key=lambda seat: (-seat.minutes, seat.at))
            best.become("assessment", "ROOM" if best.block is None else "EXAM")


def _parts(board: Board) -> Iterator[Span]:
    low, high = board.horizon.last_third, board.horizon.calm
    if high <= low:
        return
    count = -(-(high - low) // ASSESSMENT_SPACING)
    for number in range(count):
        yield low + (high - low) * number // count, low + (high - low) * (number + 1) // count


def _candidates(seats: list[Seat]) -> list[Seat]:
    """Free places, or where there are none the study places that may change."""
    free = [seat for seat in seats if seat.vacant]
    return free or [seat for seat in seats if _changeable(seat)]


def _changeable(seat: Seat) -> bool:
    made_up = seat.makes_up or (seat.block and seat.block.makes_up)
    return seat.role == "study" and not seat.fixed and not made_up


def _buffers(board: Board) -> None:
    """A part of every week that has new room: short places, late in the week, on separate days."""
    weeks: dict[int, list[Seat]] = defaultdict(list)
    for seat in board.seats:
        weeks[seat.week].append(seat)
    past = board.past_by_week()
    for week, seats in weeks.items():
        free = [seat for seat in seats if seat.vacant and seat.block is None]
        if free:
            _week_buffers(seats, past[week], free, board.request.buffer_percent)


def _week_buffers(seats: list[Seat], past: list[Block], free: list[Seat], percent: int) -> None:
    blocks = past + [seat.block for seat in seats if seat.block]
    total = sum(b.minutes for b in past) + sum(seat.minutes for seat in seats)
    kept = [b for b in blocks if b.activity == "buffer" or b.makes_up]
    buffered = sum(b.minutes for b in kept)
    least = 1 if len(past) + len(seats) >= BUFFER_FROM and not kept else 0
    days: set[int] = set()
    while free:
        seat = min(free, key=lambda s: (s.minutes, s.day in days, -s.at))
        if least <= 0 and (2 * buffered + seat.minutes) * 100 > 2 * total * percent:
            return
        seat.become("buffer", "ROOM")
        free.remove(seat)
        days.add(seat.day)
        buffered += seat.minutes
        least -= 1


def _reviews(board: Board) -> None:
    """A third of the last week's places, the latest ones."""
    begin = board.horizon.last_week
    past = [
        block
        for status in ("done", "skipped", "missed")
        for block in board.past(status)
        if seconds(block.start) >= begin
    ]
    seats = [seat for seat in board.seats if seat.at >= begin]
    role: Role = "review"
    have = sum(1 for s in seats if s.role == role) + sum(1 for b in past if role_of(b) == role)
    missing = (len(seats) + len(past)) // REVIEW_EVERY - have
    free = [seat for seat in seats if seat.vacant or _changeable(seat)]
    for seat in sorted(free, key=lambda s: (not s.vacant, -s.at))[: max(0, missing)]:
        seat.become("review", "LAST")
