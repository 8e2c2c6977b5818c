"""New places for blocks that lost theirs and for blocks that were missed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from coach.model.plan import Block
from coach.planning.availability import seconds
from coach.planning.board import Board, Role, Seat, is_held, role_of
from coach.planning.slots import monday

# What is studied on a day, by its ordinal: domain and topic.
Topics = defaultdict[int, set[tuple[str | None, str | None]]]
ROLES: tuple[Role, ...] = ("buffer", "assessment", "review")


def rehome(board: Board, shares: Mapping[str | None, Fraction]) -> list[Block]:
    """Places lost and missed blocks; returns the missed ones that nothing makes up for.

    A lost block goes to free room in its own week, then to any free room, then to a buffer. A
    missed block goes to the next buffer, then to free room; where there is not enough of it, the
    domains with the largest share come first. Each goes to a day without its topic if it can.
    """
    for role in ROLES:
        lost = [block for block in board.lost if role_of(block) == role]
        free = [seat for seat in board.of(role) if seat.block is None]
        for seat, block in zip(free, lost, strict=False):
            _settle(board, seat, block)
    topics = _topics_by_day(board)
    _same_week(board, topics)
    _in_order(board, [seat for seat in board.seats if _free(seat)], topics)
    missed = [b for b in board.past("missed") if b.domain is not None and shares.get(b.domain)]
    _make_up(board, missed, shares, topics)
    _in_order(board, _buffers(board), topics)
    made_up = _made_up(board)
    return [block for block in missed if block.id not in made_up]


def _free(seat: Seat) -> bool:
    return seat.vacant and seat.block is None


def _settle(board: Board, seat: Seat, block: Block) -> None:
    seat.block, seat.role, seat.domain = block, role_of(block), block.domain
    seat.fresh, seat.cause = False, "SLOT"
    board.lost.remove(block)


def _lost_study(board: Board) -> list[Block]:
    return [block for block in board.lost if role_of(block) == "study"]


def _same_week(board: Board, topics: Topics) -> None:
    weeks: dict[int, list[Seat]] = {}
    for seat in board.seats:
        if _free(seat):
            weeks.setdefault(seat.week, []).append(seat)
    for block in _lost_study(board):
        week = monday(board.horizon.calendar.day_of(seconds(block.start)))
        if weeks.get(week):
            _settle(board, _taken(weeks[week], block, topics), block)


def _in_order(board: Board, homes: list[Seat], topics: Topics) -> None:
    for block in _lost_study(board)[: len(homes)]:
        _settle(board, _taken(homes, block, topics), block)


def _topics_by_day(board: Board) -> Topics:
    topics: Topics = defaultdict(set)
    for seat in board.seats:
        if seat.block is not None:
            topics[seat.day].add((seat.block.domain, seat.block.topic))
    return topics


def _taken(homes: list[Seat], block: Block, topics: Topics) -> Seat:
    """Takes the next of these places, on a day without the block's topic where there is one."""
    topic = block.domain, block.topic
    home = next((seat for seat in homes if topic not in topics[seat.day]), homes[0])
    homes.remove(home)
    topics[home.day].add(topic)
    return home


def _buffers(board: Board) -> list[Seat]:
    """Buffers beyond the frozen 48 hours; one that the user fixed stays too."""
    return [
        seat
        for seat in board.of("buffer")
        if not seat.fixed and not (seat.block and is_held(seat.block))
    ]


def _make_up(
    board: Board,
    missed: Sequence[Block],
    shares: Mapping[str | None, Fraction],
    topics: Topics,
) -> None:
    """A block that makes up for a missed one and has lost its place still waits for another."""
    made_up = _made_up(board) | {block.makes_up for block in board.lost}
    homes = _buffers(board) + [seat for seat in board.seats if _free(seat)]
    waiting = (block for block in missed if block.id not in made_up)
    ranked = sorted(waiting, key=lambda b: (-shares[b.domain], seconds(b.start), b.id))
    placed = sorted(ranked[: len(homes)], key=lambda b: (seconds(b.start), b.id))
    for block in placed:
        seat = _taken(homes, block, topics)
        seat.role, seat.domain, seat.makes_up = "study", block.domain, block
        seat.fresh, seat.cause = True, "MISSED"


def _made_up(board: Board) -> set[str | None]:
    """Ids of the blocks that a block with a place makes up for."""
    blocks = [*board.history, *(seat.block for seat in board.seats if seat.block)]
    planned = {seat.makes_up.id for seat in board.seats if seat.makes_up}
    return planned | {block.makes_up for block in blocks}
