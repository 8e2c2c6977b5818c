"""What the weeks ahead lack: time that is kept free, and labs of the weak domains they study."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from coach.model.plan import Block, Reason
from coach.planning.availability import seconds
from coach.planning.board import Board
from coach.planning.roles import BUFFER_FROM
from coach.planning.slots import monday
from coach.wording import counted, listed


def lacks(board: Board, blocks: Iterable[Block]) -> tuple[Reason, ...]:
    """Notes on the whole weeks ahead: days off or missed blocks may have used up their buffers,
    and the place of a lab."""
    weeks = _weeks_ahead(board, blocks)
    return (*_without_buffer(weeks), *_without_lab(board, weeks))


def _weeks_ahead(board: Board, blocks: Iterable[Block]) -> dict[int, list[Block]]:
    """The blocks of each week that has not begun, by the ordinal of its Monday."""
    calendar = board.horizon.calendar
    weeks: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        weeks[monday(calendar.day_of(seconds(block.start)))].append(block)
    today = calendar.day_of(board.horizon.now)
    return {week: weeks[week] for week in sorted(weeks) if week > today}


def _without_buffer(weeks: Mapping[int, Sequence[Block]]) -> Iterator[Reason]:
    full = [
        week
        for week, blocks in weeks.items()
        if len(blocks) >= BUFFER_FROM and all(block.activity != "buffer" for block in blocks)
    ]
    if full:
        text = f"No time is kept free for missed blocks in the week of {date.fromordinal(full[0])}"
        if more := len(full) - 1:
            text += f" and {counted(more, 'later one')}"
        yield Reason(code="TIGHT", text=f"{text}: what you miss there waits for another week.")


def _without_lab(board: Board, weeks: Mapping[int, Sequence[Block]]) -> Iterator[Reason]:
    weak = [domain.name for domain in board.request.domains if domain.gap]
    found = {week: _lacking(weak, blocks) for week, blocks in weeks.items()}
    lacking = [(week, names) for week, names in found.items() if names]
    if lacking:
        week, names = lacking[0]
        text = f"The week of {date.fromordinal(week)} has no lab for {listed(names)}"
        if more := len(lacking) - 1:
            text += f"; {counted(more, 'later week')} {'lacks' if more == 1 else 'lack'} one too"
        yield Reason(code="LABS", text=f"{text}.")


def _lacking(weak: Sequence[str], blocks: Sequence[Block]) -> list[str]:
    """The weak domains without a lab in a week, their own or another one's that they come into."""
    labs = {block.domain for block in blocks if block.activity == "lab"}
    combined = {name for block in blocks for name in block.also}
    return [name for name in weak if name not in labs | combined]
