"""A plan from the facts: the first one, and every later one with the fewest changes."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import msgspec

from coach.model.plan import Allocation, Block, Reason
from coach.planning.availability import DAY
from coach.planning.board import Board, Seat, span
from coach.planning.content import CRITICAL, Content, Writer, study_topics
from coach.planning.diff import Causes, churn, differences
from coach.planning.fill import fill
from coach.planning.lacks import lacks
from coach.planning.notes import need_minutes, plan_notes, shortfall_minutes, ways_out
from coach.planning.rehome import rehome
from coach.planning.request import PlanRequest, PlanResult
from coach.planning.roles import assign_roles, complete_roles
from coach.planning.split import Share, has_idle, spare_part, split

Shares = Mapping[str | None, Fraction]


def plan_board(board: Board) -> PlanResult:
    """The plan of one exam that follows from its calendar; the same facts give the same plan.

    What is done, skipped or past is untouched; pinned blocks, blocks moved by hand and the next
    48 hours stay where they are legal. A block keeps its id when it moves or changes content.
    The board is laid out for one plan: its places are filled here.
    """
    request = board.request
    if reason := no_plan(board):
        return _without_plan(board, reason)
    assign_roles(board)
    shares, mixed = split(
        request.domains,
        request.strategy,
        study_minutes=_budget_minutes(board),
        spare=_spare(board),
    )
    positive = _positive(shares, mixed)
    unplaced = rehome(board, positive)
    complete_roles(board)
    fill(board, positive, _top(request))
    after, codes = _written(board)
    return _result(board, after, codes, shares, mixed, unplaced)


def no_plan(board: Board) -> str | None:
    """Why nothing can be planned, None where something can."""
    request, horizon = board.request, board.horizon
    if request.closed:
        return request.closed
    if not request.domains:
        return "There is no report with its areas yet: add the report first, the plan follows."
    if not any(request.hours.windows.values()) and not board.seats:
        return "No study hours are set: add some, the plan follows."
    if horizon.limit <= horizon.now:
        return "The date that the plan leads to has passed: set a new one."
    if not board.seats:
        return "There is no free time before the date of the exam."
    return None


def _without_plan(board: Board, reason: str) -> PlanResult:
    changes = differences(board.open, (), Causes(board.request, {}, {}, closed=reason))
    return PlanResult(
        blocks=_in_order(board.begun()),
        changes=changes,
        churn=churn(changes, board.open),
        shortfall_minutes=0 if board.request.closed else need_minutes(board.request.domains),
        notes=() if board.request.closed else _without_room(board),
        reason=reason,
    )


def _without_room(board: Board) -> tuple[Reason, ...]:
    """The ways out where there is time in a week, but none of it before the date."""
    pace, days = _pace(board), _days(board)
    if not pace or days < 0:
        return ()
    return ways_out(board.request.domains, {}, days=days, pace=pace)


def _budget_minutes(board: Board) -> int:
    """All the time there is: what was done since the report and every place ahead."""
    return sum(b.minutes for b in board.past("done")) + sum(seat.minutes for seat in board.seats)


def _spare(board: Board) -> Fraction:
    """The part of the study time for strong domains that would get nothing."""
    week = board.horizon.calendar.study_week(board.request.buffer_percent)
    return spare_part(board.request.hours.spare_minutes, week)


def _positive(shares: Sequence[Share], mixed: Fraction) -> Shares:
    positive: dict[str | None, Fraction] = {s.domain: s.share for s in shares if s.share}
    if mixed:
        positive[None] = mixed
    return positive


def _top(request: PlanRequest) -> str:
    """The weak domain that a week begins with: the highest priority, the first among equals."""
    return max(request.domains, key=lambda d: (d.priority, d.weight if not d.gap else 0)).name


def _written(board: Board) -> tuple[list[Block], dict[str, str]]:
    """The blocks of all seats, and the cause of what is new in them by block id."""
    contents = Writer(board).write(board.seats)
    ids = _new_ids(board.request)
    blocks, codes = [], {}
    for index, seat in enumerate(board.seats):
        block = _block(board, seat, contents.get(index), ids)
        blocks.append(block)
        codes[block.id] = CODES.get(seat.cause, seat.cause)
    codes.update((name, "SHARED") for name in board.released)
    limit = board.horizon.limit
    codes.update((b.id, "PAST" if span(b)[1] > limit else "GONE") for b in board.lost)
    if board.request.afresh:
        codes.update((block.id, "AFRESH") for block in board.open)
    return blocks, codes


CODES = {"ROOM": "ADDED", "SLOT": "MOVED"}


def _block(board: Board, seat: Seat, content: Content | None, ids: Iterator[str]) -> Block:
    old = seat.block
    if content is None:
        assert old is not None
        if span(old) == (seat.at, seat.end):
            return old
        return msgspec.structs.replace(old, start=seat.start, minutes=seat.minutes)
    return Block(
        id=old.id if old else next(ids),
        exam=board.request.exam,
        start=seat.start,
        minutes=seat.minutes,
        domain=content.domain,
        topic=content.topic,
        activity=content.activity,
        also=content.also,
        makes_up=seat.makes_up.id if seat.makes_up else None,
    )


def _new_ids(request: PlanRequest) -> Iterator[str]:
    """Ids that follow from the exam, the revision and the number of the block; a plan that is made
    afresh has those of a first one."""
    # Imported late: it costs several milliseconds, and only new blocks need it.
    from hashlib import sha256

    own = {block.id for block in request.existing}
    taken = set(request.taken - own if request.afresh else request.taken | own)
    revision = 1 if request.afresh else request.revision
    number = 0
    while True:
        number += 1
        text = f"{request.exam}|{revision}|{number}"
        name = sha256(text.encode()).hexdigest()[:8]
        if name not in taken:
            taken.add(name)
            yield name


def _result(
    board: Board,
    after: list[Block],
    codes: Mapping[str, str],
    shares: Sequence[Share],
    mixed: Fraction,
    unplaced: Sequence[Block],
) -> PlanResult:
    request = board.request
    allocation = _allocation(board, after, shares, mixed)
    causes = Causes(request, codes, {row.domain: row.share for row in allocation})
    upcoming = [block for block in after if span(block)[0] >= board.horizon.now]
    changes = differences(board.open, upcoming, causes)
    minutes = sum(row.minutes for row in allocation)
    return PlanResult(
        blocks=_in_order([*board.history, *after]),
        changes=changes,
        churn=churn(changes, board.open),
        allocation=allocation,
        study_minutes=minutes,
        shortfall_minutes=shortfall_minutes(request.domains, minutes),
        notes=(
            *plan_notes(
                request.domains,
                request.strategy,
                shares,
                minutes={row.domain: row.minutes for row in allocation},
                days=_days(board),
                pace=_pace(board),
                unplaced=unplaced,
                buffer_percent=request.buffer_percent,
                spare=_spare(board),
            ),
            *lacks(board, after),
        ),
    )


def _days(board: Board) -> int:
    """The days until the date, begun ones included."""
    return -(-(board.horizon.limit - board.horizon.now) // DAY)


def _pace(board: Board) -> int:
    """The minutes of study that one usual week more would bring to this exam."""
    request = board.request
    kept = board.horizon.calendar.study_week(request.buffer_percent)
    return kept * request.pace // (request.pace + sum(rival.pace for rival in request.rivals))


def _allocation(
    board: Board, after: Sequence[Block], shares: Sequence[Share], mixed: Fraction
) -> tuple[Allocation, ...]:
    minutes: dict[str | None, int] = {}
    for block in [*board.past("done"), *after]:
        minutes[block.domain] = minutes.get(block.domain, 0) + block.minutes
    idle = has_idle(board.request.domains, board.request.strategy)
    return tuple(
        Allocation(
            domain=d.name,
            band=d.band,
            weight=float(d.weight),
            gap=d.gap,
            priority=float(d.priority),
            tier=d.tier,
            share=float(s.share / (1 - mixed)),
            minutes=minutes.get(d.name, 0),
            topics=study_topics(d)[:CRITICAL] if d.gap else (),
            optional=idle and not d.gap and s.share > 0,
        )
        for d, s in zip(board.request.domains, shares, strict=True)
    )


def _in_order(blocks: Sequence[Block]) -> tuple[Block, ...]:
    return tuple(sorted(blocks, key=lambda block: (span(block)[0], block.id)))
