"""Re-planning against an exact solver: on small plans no way with fewer changed blocks exists."""

from collections import Counter
from datetime import time, timedelta
from functools import cache

import msgspec
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coach.model.plan import Block
from coach.model.settings import Hours, Window
from coach.reading.priority import DomainReading
from tests.planning.any_plans import any_domains
from tests.planning.plans import again, replan, request, study

SMALL = settings(max_examples=80, deadline=None)


def fewest_changes(old: tuple[str, ...], new: Counter[str]) -> int:
    """The least number of places whose domain changes so that the counts become `new`, by trying
    every domain in every place."""
    names = sorted(new)

    @cache
    def best(place: int, left: tuple[int, ...]) -> int:
        if place == len(old):
            return 0 if not any(left) else len(old) + 1
        costs = [
            (names[i] != old[place]) + best(place + 1, (*left[:i], left[i] - 1, *left[i + 1 :]))
            for i in range(len(names))
            if left[i]
        ]
        return min(costs, default=len(old) + 1)

    return best(0, tuple(new[name] for name in names))


def domains_of(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    return tuple(str(block.domain) for block in study(blocks))


WEEK = Hours(
    windows=dict.fromkeys(("mon", "tue", "thu"), (Window(start=time(19), end=time(20)),))  # type: ignore[arg-type]
)


@SMALL
@given(any_domains(), any_domains(), st.integers(2, 5))
def test_inv_26_no_plan_with_the_same_counts_changes_less(
    before: tuple[DomainReading, ...], after: tuple[DomainReading, ...], weeks: int
) -> None:
    assume(len(before) == len(after))
    made = request(weeks=weeks, domains=before, hours=WEEK, strategy="priority")
    first = replan(made)
    second = replan(again(made, first, domains=after))
    old, new = domains_of(first.blocks), domains_of(second.blocks)
    assert len(old) == len(new)
    hands = [
        c for c in second.changes if c.before and c.after and c.before.domain != c.after.domain
    ]
    assert len(hands) == fewest_changes(old, Counter(new))


@SMALL
@given(any_domains(), st.integers(3, 6), st.integers(8, 30))
def test_inv_27_a_lost_evening_costs_what_the_best_move_costs(
    domains: tuple[DomainReading, ...], weeks: int, distance: int
) -> None:
    """Each lost study block needs one new home; where only a buffer is left, that is the second
    block that changes. No solver can do with less."""
    made = request(weeks=weeks, domains=domains, hours=WEEK)
    first = replan(made)
    off = made.now.date() + timedelta(days=distance)
    lost = [b for b in first.blocks if b.start.date() == off]
    second = replan(again(made, first, hours=msgspec.structs.replace(WEEK, off=(off,))))
    touched = {c.before.id for c in second.changes if c.before}
    buffers = sum(1 for b in first.blocks if b.activity == "buffer" and b not in lost)
    homes = min(sum(1 for b in lost if b.domain), buffers)
    assert len(lost) <= len(touched) <= len(lost) + homes + sum(b.domain is None for b in lost)
