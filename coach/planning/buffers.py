"""How much of every week is kept free for missed blocks, from what the user got done before."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from coach.model.plan import Block

# Percent. The default is for somebody who misses a block now and then (18 % of them at the rate
# below); the planning notes name no default for a user without a history, only 25 % against 30 %
# of misses, which a new user need not be charged with. The limits keep a plan both useful and
# forgiving (own).
BUFFER_PERCENT = 15
LEAST, MOST, STEP = 5, 30, 5
# In the simulation of the planning notes 25 % of buffers made good more than half of 30 % misses.
PERCENT_PER_MISS = 25 / 30
LOOK_BACK = timedelta(weeks=8)
ENOUGH = 10


def buffer_percent(blocks: Iterable[Block], now: datetime) -> int:
    """The part (percent) of a week that is to be buffer, in steps of 5.

    It follows from the blocks of the last eight weeks, of all exams: those that were not done
    against all. With fewer than ten of them it is the default.
    """
    earliest = now - LOOK_BACK
    recent = [
        block
        for block in blocks
        if earliest <= block.start and block.end <= now and block.activity != "buffer"
    ]
    if len(recent) < ENOUGH:
        return BUFFER_PERCENT
    missed = sum(block.status != "done" for block in recent)
    wanted = 100 * missed / len(recent) * PERCENT_PER_MISS
    return min(MOST, max(LEAST, STEP * round(wanted / STEP)))
