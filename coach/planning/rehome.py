"""New places for blocks that lost theirs and for blocks that were missed."""

from collections.abc import Mapping
from fractions import Fraction

from coach.model.plan import Block
from coach.planning.availability import seconds
from coach.planning.board import Board, Role, Seat, is_held, role_of
from coach.planning.slots import monday

ROLES: tuple[Role, ...] = ("buffer", "assessment", "review")


def rehome(board: Board, shares: Mapping[str | None, Fraction]) -> list[Block]:
    """Places lost and missed blocks; returns the missed ones for which there was no room.

    A lost block goes to free room in its own week, then to any free room, then to a buffer. A
    missed block goes to the next buffer, then to free room; where there is not enough of it, the
    domains with the largest share come first.
    """
    for role in ROLES:
        lost = [block for block in board.lost if role_of(block) == role]
        free = [seat for seat in board.of(role) if seat.block is None]
        for seat, block in zip(free, lost, strict=False):
            _settle(board, seat, block)
    _same_week(board)
    _in_order(board, [seat for seat in board.seats if _free(seat)])
    left = _make_up(board, shares)
    _in_order(board, _buffers(board))
    return left


def _free(seat: Seat) -> bool:
    return seat.vacant and seat.block is None


def _settle(board: Board, seat: Seat, block: Block) -> None:
    seat.block, seat.role, seat.domain = block, role_of(block), block.domain
    seat.fresh, seat.cause = False, "SLOT"
    board.lost.remove(block)


def _lost_study(board: Board) -> list[Block]:
    return [block for block in board.lost if role_of(block) == "study"]


def _same_week(board: Board) -> None:
    weeks: dict[int, list[Seat]] = {}
    for seat in board.seats:
        if _free(seat):
            weeks.setdefault(seat.week, []).append(seat)
    for block in _lost_study(board):
        week = monday(board.horizon.calendar.day_of(seconds(block.start)))
        if weeks.get(week):
            _settle(board, weeks[week].pop(0), block)


def _in_order(board: Board, homes: list[Seat]) -> None:
    for seat, block in zip(homes, _lost_study(board), strict=False):
        _settle(board, seat, block)


def _buffers(board: Board) -> list[Seat]:
    """Buffers beyond the frozen 48 hours; one that the user fixed stays too."""
    return [
        seat
        for seat in board.of("buffer")
        if not seat.fixed and not (seat.block and is_held(seat.block))
    ]


def _make_up(board: Board, shares: Mapping[str | None, Fraction]) -> list[Block]:
    made_up = {block.makes_up for block in board.request.existing}
    missed = [
        block
        for block in board.past("missed")
        if block.domain is not None and shares.get(block.domain) and block.id not in made_up
    ]
    homes = _buffers(board) + [seat for seat in board.seats if _free(seat)]
    ranked = sorted(missed, key=lambda b: (-shares[b.domain], seconds(b.start), b.id))
    placed = sorted(ranked[: len(homes)], key=lambda b: (seconds(b.start), b.id))
    for seat, block in zip(homes, placed, strict=False):
        seat.role, seat.domain, seat.makes_up = "study", block.domain, block
        seat.fresh, seat.cause = True, "MISSED"
    return ranked[len(homes) :]
