"""Invariants 8 to 11: whole blocks in order, as fair as the shares they follow."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coach.model.plan import STRATEGIES, Strategy
from coach.model.settings import Hours
from coach.planning.draft_plan import PlanRequest
from coach.planning.replan import replan_all
from coach.planning.split import split
from coach.reading.priority import DomainReading
from tests.planning.any_plans import any_domains, any_news, any_requests, whole_hours
from tests.planning.apportionment import (
    by_quotients,
    counts_in,
    error,
    least_error,
    shares_of,
    turns,
)
from tests.planning.plans import again, counts, hours, named, replan, request, study
from tests.planning.validity import FROZEN, loose

EVENINGS = hours(mon="19:00-20:00", tue="19:00-20:00", thu="19:00-20:00")
FEW = st.sampled_from([hours(mon="19:00-20:00"), hours(mon="19:00-21:00")])
SHARES = st.lists(st.integers(1, 50), min_size=1, max_size=8).map(
    lambda parts: [Fraction(part, sum(parts)) for part in parts]
)
SEATS = st.integers(0, 60)
BUDGET = st.integers(0, 6000)
ONE_STRATEGY = st.sampled_from(STRATEGIES)


@given(any_domains("BNAU"), ONE_STRATEGY, BUDGET)
def test_inv_08_shares_are_a_whole(
    domains: tuple[DomainReading, ...], strategy: Strategy, minutes: int
) -> None:
    shares = split(domains, strategy, study_minutes=minutes).values()
    assert all(share >= 0 for share in shares)
    assert sum(shares) == 1


@settings(max_examples=60)
@given(any_requests() | any_news())
def test_inv_08_blocks_follow_the_shares(requests: list[PlanRequest]) -> None:
    """What nothing holds belongs to domains with a share; make-ups stay what they make good."""
    for made, result in zip(requests, replan_all(requests), strict=True):
        if result.reason:
            continue
        assert sum(row.share for row in result.allocation) == pytest.approx(1)
        assert sum(row.minutes for row in result.allocation) == result.study_minutes
        shared = {row.domain for row in result.allocation if row.share}
        old = {block.id for block in made.existing}
        for block in study(loose(made, result)):
            stays = block.id in old and block.start < made.now + FROZEN
            assert block.domain in shared or stays or block.makes_up


@settings(max_examples=60)
@given(any_requests(most=1))
def test_inv_09_minutes_are_within_a_block_of_the_shares(requests: list[PlanRequest]) -> None:
    """Half a block off, as far as the others' rounding may add to it."""
    (made,) = requests
    result = replan(made)
    for row in result.allocation:
        bound = made.hours.block_minutes * (1 + row.share * (len(made.domains) + 1) / 2)
        assert abs(row.minutes - row.share * result.study_minutes) <= bound


@settings(max_examples=60)
@given(any_domains(), st.integers(1, 5), st.sampled_from(["priority", "balanced"]))
def test_inv_09_no_whole_blocks_are_closer_to_the_shares(
    domains: tuple[DomainReading, ...], weeks: int, strategy: Strategy
) -> None:
    """The blocks of a first plan have the least error of all ways to give them away."""
    result = replan(request(weeks=weeks, domains=domains, hours=EVENINGS, strategy=strategy))
    budget = sum(block.minutes for block in result.blocks)
    rows = zip(domains, shares_of(domains, strategy, budget), strict=True)
    positive = {domain.name: share for domain, share in rows if share}
    had = [counts(result.blocks)[name] for name in positive]
    assume(sum(had) and len(positive) < 5)
    assert error(list(positive.values()), had) == least_error(list(positive.values()), sum(had))


@settings(max_examples=60)
@given(any_domains(), any_domains(), st.integers(2, 5))
def test_inv_09_a_changed_plan_is_as_fair_as_a_new_one(
    before: tuple[DomainReading, ...], after: tuple[DomainReading, ...], weeks: int
) -> None:
    """Within the one block that is not worth a change; on a Saturday nothing is frozen yet."""
    assume(len(before) == len(after))
    made = request(weeks=weeks, domains=before, hours=EVENINGS, strategy="priority")
    new = counts(replan(again(made, replan(made), domains=after)).blocks)
    parts = [d.priority if any(d.gap for d in after) else d.weight for d in after]
    fair = by_quotients([part / sum(parts) for part in parts], new.total())
    assert all(abs(new[d.name] - n) <= 1 for d, n in zip(after, fair, strict=True))


def test_inv_09_free_places_go_to_whom_the_shares_give_them() -> None:
    """D3 gives its five blocks away, and all are D4's: its quotients 19/3, 19/5, 19/7, 19/9 and
    19/11 come before 5/3 of the others. Those stay one off, which is not worth a change."""
    before = named("AAAAAA", [5, 5, 18, 5, 6, 9])
    after = named("BBABBB", [5, 5, 5, 19, 5, 6])
    made = request(weeks=5, domains=before, hours=EVENINGS, strategy="priority")
    first = replan(made)
    assert counts(first.blocks) == {"D3": 5, "D6": 3, "D5": 2, "D1": 1, "D2": 1, "D4": 1}
    second = replan(again(made, first, domains=after))
    assert counts(second.blocks) == {"D4": 6, "D6": 3, "D5": 2, "D1": 1, "D2": 1}


@given(SHARES, SEATS)
def test_inv_10_one_more_block_takes_none_away(shares: list[Fraction], slots: int) -> None:
    before, after = counts_in(shares, slots), counts_in(shares, slots + 1)
    assert all(a <= b for a, b in zip(before, after, strict=True))


@settings(max_examples=60)
@given(any_domains(), whole_hours(), st.integers(1, 8))
def test_inv_10_the_blocks_of_a_plan_are_those_of_the_method(
    domains: tuple[DomainReading, ...], week: Hours, weeks: int
) -> None:
    """So a longer plan takes no block away either."""
    blocks = study(
        replan(request(weeks=weeks, domains=domains, hours=week, strategy="priority")).blocks
    )
    expected = by_quotients(shares_of(domains, "priority"), len(blocks))
    assert [counts(blocks)[domain.name] for domain in domains] == list(expected)


@given(SHARES, SEATS)
def test_inv_11_every_beginning_of_the_order_is_fair(shares: list[Fraction], slots: int) -> None:
    order = turns(shares, slots)
    for length in range(slots + 1):
        for index, share in enumerate(shares):
            bound = Fraction(1, 2) + share * (len(shares) - 2) / 2
            assert abs(order[:length].count(index) - share * length) <= bound


@settings(max_examples=60)
@given(any_domains(), whole_hours() | FEW, st.sampled_from([4, 26]), ONE_STRATEGY)
def test_inv_11_every_beginning_of_a_plan_is_fair(
    domains: tuple[DomainReading, ...], week: Hours, weeks: int, strategy: Strategy
) -> None:
    """Within the block by which the weak domain that begins a week may be ahead."""
    result = replan(request(weeks=weeks, domains=domains, hours=week, strategy=strategy))
    budget = sum(block.minutes for block in result.blocks)
    exact = {None: Fraction(0)} | split(domains, strategy, study_minutes=budget)
    so_far: Counter[str | None] = Counter()
    learning = (b for b in result.blocks if b.domain or b.activity == "practice")
    for length, block in enumerate(learning, 1):
        so_far[block.domain] += 1
        for name, share in exact.items():
            assert abs(so_far[name] - length * share) <= Fraction(5, 2)
