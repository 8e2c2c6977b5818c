"""When to sit: the hours there are until a date, and the first week whose chance is good enough."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import fsum

from msgspec import Struct

from coach.model.answers import SitWeek
from coach.model.plan import Block
from coach.reading.forecast import Belief, chance, needed
from coach.reading.grading import of_ten

SHORTEST_PLAN = timedelta(weeks=1)
"""What is left of a plan shorter than this says little about hours a week (own)."""
TRUSTED_MINUTES = 600
"""So much of what was due is taken to have been studied before anything is known (own)."""
ENOUGH = 0.6
ENOUGH_WITH_TWO_LEFT = 0.8
ENOUGH_WITH_ONE_LEFT = 0.85
"""The chance from which on a sitting is advised, by attempts left: lowest cost of fees and weeks in
simulation, where a further sitting costs 165 and a week of waiting 30."""
WEEKS, FEWEST_WEEKS, LATER_WEEKS = 20, 6, 3
"""How far ahead a date is looked for; and how many weeks are told at least, and after the first
that is good enough."""
RETRY_WEEKS = 2
"""From a fail to the next sitting: the wait of the usual rule, 14 days."""
MOST_SITTINGS = 5


class Study(Struct, frozen=True):
    """Minutes of study from the newest report to a date: done, and planned until then; and the
    part (0-1) of what was due that this person has studied so far."""

    done: int
    planned: int
    kept: float = 1.0

    @property
    def hours(self) -> float:
        """The hours to expect: what was done, and what is planned as far as plans are kept."""
        return (self.done + self.planned * self.kept) / 60


def completion(blocks: Iterable[Block], now: datetime) -> float:
    """The part of the study time due before today that was studied; nearly all while little was."""
    due = [b for b in blocks if b.activity != "buffer" and b.start.date() < now.date()]
    done = sum(block.studied_minutes for block in due if block.status == "done")
    asked = sum(block.minutes for block in due)
    return min(1.0, (done + TRUSTED_MINUTES) / (asked + TRUSTED_MINUTES))


def study_until(
    until: datetime,
    blocks: Sequence[Block],
    *,
    now: datetime,
    start: datetime,
    last: datetime | None,
) -> Study:
    """The study from `start`, where `blocks` begin, to a date: what was done, and what the plan has
    until then.

    After the plan's last day as many hours a week as in all of it. Buffers are left out: they are
    for what is missed.
    """
    done = sum(block.studied_minutes for block in blocks if block.status == "done")
    ahead = (b for b in blocks if b.status == "planned" and b.activity != "buffer" and b.end > now)
    planned = sum(block.minutes for block in ahead if block.start < until)
    if last is not None and until > last:
        length = max(last - start, SHORTEST_PLAN)
        planned += round((done + planned) * ((until - last) / length))
    return Study(done, planned, completion(blocks, now))


def enough(attempts_left: int | None) -> float:
    """The chance (0-1) from which on a sitting is advised: the fewer are left, the higher."""
    if attempts_left == 1:
        return ENOUGH_WITH_ONE_LEFT
    return ENOUGH_WITH_TWO_LEFT if attempts_left == 2 else ENOUGH


def weeks_ahead(
    belief: Belief,
    hours_until: Callable[[datetime], float],
    first: datetime,
    *,
    until: date | None,
    attempts_left: int | None,
    fee: float | None,
) -> tuple[SitWeek, ...]:
    """A sitting in each week from the first legal day on, to the exam's last one: its chance, and
    the fees and weeks to expect until a pass, where each fail is followed by the next try."""
    hours = lru_cache(lambda week: hours_until(first + timedelta(weeks=week)))
    tries = min(attempts_left or MOST_SITTINGS, MOST_SITTINGS)
    found: list[SitWeek] = []
    for week in range(WEEKS):
        day = (first + timedelta(weeks=week)).date()
        best = first_enough(found, enough(attempts_left))
        done = best is not None and day > best.at + timedelta(weeks=LATER_WEEKS)
        if (until is not None and day > until) or (done and week >= FEWEST_WEEKS):
            break
        sittings = fsum(needed(belief, [hours(week + RETRY_WEEKS * n) for n in range(tries)]))
        known = chance(belief, hours(week))
        found.append(
            SitWeek(
                at=day,
                hours=round(hours(week), 1),
                p=known.p,
                low=known.low,
                high=known.high,
                of_ten=of_ten(known),
                sittings=round(sittings, 2),
                fees=None if fee is None else round(fee * sittings, 2),
                weeks=round(week + RETRY_WEEKS * (sittings - 1), 1),
            )
        )
    return tuple(found)


def first_enough(weeks: Sequence[SitWeek], wanted: float) -> SitWeek | None:
    """The first week whose chance reaches what is wanted, in whole percent."""
    return next((week for week in weeks if round(week.p, 2) >= wanted), None)
