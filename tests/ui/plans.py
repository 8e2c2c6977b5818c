"""Plans for the schedule's stories, made from the sample plan by hand."""

from collections.abc import Iterable
from datetime import timedelta

from msgspec.structs import replace

from coach.model.plan import Schedule, ScheduleBlock, Week
from coach.ui.widgets.rows import Row
from tests.ui import samples


def with_week(plan: Schedule, number: int, blocks: tuple[ScheduleBlock, ...]) -> Schedule:
    """The plan with other blocks in week `number`."""
    weeks = list(plan.weeks)
    weeks[number] = replace(weeks[number], blocks=blocks)
    return replace(plan, weeks=tuple(weeks))


def changed(plan: Schedule, block_id: str, **fields: object) -> Schedule:
    """The plan with some fields of one block changed."""
    weeks = tuple(
        replace(
            week,
            blocks=tuple(
                replace(block, **fields) if block.id == block_id else block for block in week.blocks
            ),
        )
        for week in plan.weeks
    )
    return replace(plan, weeks=weeks)


def state(plan: Schedule | None, **fields: object) -> samples.SampleState:
    """The sample state with that plan."""
    return replace(samples.STATE, schedule=plan, **fields)


def _crowd() -> tuple[ScheduleBlock, ...]:
    blocks = list(samples.SCHEDULE.weeks[0].blocks)
    for number, day in enumerate((24, 26, 26, 27)):
        start = samples.at(2026, 11, day, 17) + timedelta(minutes=50 * number)
        blocks.append(
            replace(
                samples.SCHEDULE.weeks[1].blocks[number],
                id=f"x{number}",
                start=start,
                end=start + timedelta(minutes=50),
                minutes=50,
                pinned=True,
            )
        )
    return tuple(sorted(blocks, key=lambda block: block.start))


def _half_missed() -> tuple[ScheduleBlock, ...]:
    status = {0: "done", 1: "missed", 2: "missed", 3: "missed", 4: "missed", 5: "missed"}
    return tuple(
        replace(block, status=status.get(index, "planned"), spent=None)
        for index, block in enumerate(samples.SCHEDULE.weeks[0].blocks)
    )


FULL = samples.SCHEDULE
OVERBOOKED = replace(with_week(FULL, 0, _crowd()), shortfall_minutes=200)
HALF_MISSED = replace(
    with_week(FULL, 0, _half_missed()),
    backlog=tuple(block for block in _half_missed() if block.status == "missed"),
)
EMPTY_WEEK = with_week(FULL, 0, ())
SHARED = replace(
    FULL,
    weeks=tuple(
        replace(
            week,
            beside=tuple(
                replace(
                    week.blocks[0],
                    id=f"o{number}",
                    exam="AZ-500",
                    start=week.blocks[3].start + timedelta(hours=2),
                    end=week.blocks[3].end + timedelta(hours=2),
                    topic="Secure networking",
                    status="planned",
                )
                for _ in week.blocks[:1]
            ),
        )
        for number, week in enumerate(FULL.weeks)
    ),
)
"""The evenings shared with another exam: 45 minutes every Wednesday at 21:00."""
NONE = replace(
    FULL,
    weeks=(),
    allocation=(),
    changes=(),
    trigger=None,
    target=None,
    reason="there is no report yet",
)
LONG = replace(
    FULL,
    weeks=tuple(
        Week(
            start=FULL.weeks[number % 3].start + timedelta(weeks=number - number % 3),
            capacity_minutes=600,
            blocks=tuple(
                replace(
                    block,
                    id=f"w{number}-{index}",
                    start=block.start + timedelta(weeks=number - number % 3),
                    end=block.end + timedelta(weeks=number - number % 3),
                )
                for index, block in enumerate(FULL.weeks[number % 3].blocks)
            ),
        )
        for number in range(26)
    ),
)
"""26 weeks of ten blocks."""

MIDWEEK = samples.at(2026, 11, 27, 12)


def text_of(rows: Iterable[Row]) -> str:
    """Rows of styled text without their styles."""
    return "\n".join("".join(seg.text for seg in row).rstrip() for row in rows)
