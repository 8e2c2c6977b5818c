"""The invariants of re-planning, by their numbers, on plans of all kinds."""

from datetime import UTC, time, timedelta

import msgspec
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coach.model.plan import Block, Change
from coach.model.settings import WEEKDAYS, Hours, Weekday, Window
from coach.planning.request import PlanRequest, PlanResult
from coach.reading.priority import DomainReading
from tests.planning.apportionment import by_quotients
from tests.planning.plans import (
    NOW,
    again,
    any_domains,
    any_plan,
    any_request,
    by_id,
    clash,
    counts,
    end_of,
    named,
    replan,
    request,
    study,
)


def patched(before: tuple[Block, ...], changes: tuple[Change, ...]) -> dict[str, Block]:
    """The blocks that the changes lead to."""
    blocks = {block.id: block for block in before}
    for change in changes:
        if change.before is not None:
            assert blocks.pop(change.before.id) == change.before
        if change.after is not None:
            blocks[change.after.id] = change.after
    return blocks


ANY = settings(max_examples=120, deadline=None)


@ANY
@given(any_plan(), any_domains())
def test_invariant_22_same_facts_no_change(
    plan: tuple[PlanRequest, PlanResult], domains: tuple[DomainReading, ...]
) -> None:
    made, first = plan
    once = replan(again(made, first, domains=domains))
    twice = replan(again(made, once, domains=domains, revision=7))
    assert twice.changes == ()
    assert twice.blocks == once.blocks
    assert twice.churn == 0.0


@ANY
@given(any_request("BNAU"), st.integers(0, 40))
def test_invariant_22_a_plan_that_is_followed_stays(made: PlanRequest, days: int) -> None:
    first = replan(made)
    now = min(made.now + timedelta(days=days), made.end - timedelta(hours=1))
    ticked = [
        msgspec.structs.replace(b, status="done") if end_of(b) <= now else b for b in first.blocks
    ]
    assert replan(again(made, first, now=now, existing=tuple(ticked))).changes == ()


@ANY
@given(any_plan(), st.randoms())
def test_invariant_23_the_order_of_blocks_does_not_matter(
    plan: tuple[PlanRequest, PlanResult], random: object
) -> None:
    made, first = plan
    shuffled = list(first.blocks)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    left = replan(again(made, first))
    right = replan(again(made, first, existing=tuple(shuffled)))
    assert msgspec.json.encode(left) == msgspec.json.encode(right)


@ANY
@given(any_plan(), any_domains())
def test_invariants_24_and_25_history_pins_and_the_next_48_hours_stay(
    plan: tuple[PlanRequest, PlanResult], domains: tuple[DomainReading, ...]
) -> None:
    made, first = plan
    after = by_id(replan(again(made, first, domains=domains)))
    frozen = made.now + timedelta(hours=48)
    held = [
        block
        for block in first.blocks
        if (block.pinned or block.moved) and end_of(block) <= made.end
    ]
    for block in first.blocks:
        past = block.status != "planned" or block.start < made.now
        if past or block in held:
            assert after[block.id] == block
        elif block.start < frozen and not any(clash(block, other) for other in held):
            assert after.get(block.id) == block or block.activity == "buffer"


@ANY
@given(any_request(), any_domains())
def test_invariant_26_churn_is_the_bound(
    made: PlanRequest, domains: tuple[DomainReading, ...]
) -> None:
    """No block changes hands that does not have to: sum of max(0, new - old)."""
    first = replan(made)
    second = replan(again(made, first, domains=domains))
    old, new = counts(first.blocks), counts(second.blocks)
    mixed = sum(b.domain is None and b.activity == "practice" for b in second.blocks)
    before = sum(b.domain is None and b.activity == "practice" for b in first.blocks)
    bound = sum((new - old).values()) + max(0, mixed - before)
    pairs = [(c, c.before, c.after) for c in second.changes]
    hands = [c for c, a, b in pairs if a and b and a.domain != b.domain]
    assert len(hands) == bound
    assert {c.reason.code for c in second.changes if c not in hands} <= {"BAND"}
    scratch = replan(msgspec.structs.replace(made, domains=domains))
    fresh = {b.start: b.domain for b in scratch.blocks}
    assert bound <= len([b for b in first.blocks if fresh[b.start] != b.domain]) + len(domains)


@ANY
@given(any_domains(), st.sets(st.sampled_from(WEEKDAYS), min_size=2), st.integers(2, 40))
def test_invariant_27_a_lost_day_changes_only_its_blocks_and_their_new_homes(
    domains: tuple[DomainReading, ...], days: set[Weekday], distance: int
) -> None:
    evening = Window(start=time(19), end=time(20))
    windows = dict.fromkeys(sorted(days), (evening,))
    made = request(weeks=6, domains=domains, hours=Hours(windows=windows))
    first = replan(made)
    off = NOW.date() + timedelta(days=distance)
    lost = {b.id for b in first.blocks if b.start.date() == off}
    second = replan(again(made, first, hours=Hours(windows=windows, off=(off,))))
    touched = {c.before.id for c in second.changes if c.before}
    assert lost <= touched
    assert len(touched) <= 2 * len(lost)


@ANY
@given(any_request(), st.integers(0, 5))
def test_invariant_28_a_small_gain_moves_nothing(made: PlanRequest, at: int) -> None:
    first = replan(made)
    weights = [int(d.weight * 1000) for d in made.domains]
    weights[at % len(weights)] += 50
    letters = {"below": "B", "near": "N", "above": "A"}
    tilted = named("".join(letters[d.band] for d in made.domains), weights)
    assume([d.tier for d in tilted] == [d.tier for d in made.domains])
    assert replan(again(made, first, domains=tilted)).changes == ()


@ANY
@given(any_plan(), any_domains(), st.integers(-20, 20))
def test_invariants_31_and_32_the_changes_lead_to_the_new_plan(
    plan: tuple[PlanRequest, PlanResult], domains: tuple[DomainReading, ...], days: int
) -> None:
    made, first = plan
    end = max(made.now, made.end + timedelta(days=days))
    booked = end if made.exam_start else None
    second = replan(again(made, first, domains=domains, end=end, exam_start=booked))
    assert patched(first.blocks, second.changes) == by_id(second)
    assert all(change.reason.code and change.reason.text for change in second.changes)
    done = [block for block in first.blocks if block.status == "done"]
    assert all(by_id(second)[block.id] == block for block in done)
    for block in second.blocks:
        if block.status == "planned" and block.start >= made.now:
            assert end_of(block).astimezone(UTC) <= end.astimezone(UTC)


EVENING = (Window(start=time(18), end=time(20)),)
WHOLE_HOURS = Hours(windows={"mon": EVENING, "wed": EVENING, "sat": EVENING})


@ANY
@given(any_domains(), st.integers(2, 8), st.sampled_from(["tue", "thu", "sun"]))
def test_invariant_33_more_time_takes_nothing_away(
    domains: tuple[DomainReading, ...], weeks: int, day: str
) -> None:
    made = request(weeks=weeks, domains=domains, hours=WHOLE_HOURS, strategy="priority")
    first = replan(made)
    more = Hours(windows={**WHOLE_HOURS.windows, day: EVENING})  # type: ignore[dict-item]
    second = replan(again(made, first, hours=more))
    before = {row.domain: row.minutes for row in first.allocation}
    assert all(row.minutes >= before[row.domain] for row in second.allocation)


@ANY
@given(any_domains(), st.integers(1, 8))
def test_invariant_10_counts_are_the_fair_ones(
    domains: tuple[DomainReading, ...], weeks: int
) -> None:
    """With blocks of equal length a first plan is exactly the Sainte-Lague split."""
    made = request(weeks=weeks, domains=domains, hours=WHOLE_HOURS, strategy="priority")
    result = replan(made)
    parts = [d.priority if any(d.gap for d in domains) else d.weight for d in domains]
    shares = [part / sum(parts) for part in parts]
    expected = by_quotients(shares, len(study(result.blocks)))
    assert [counts(result.blocks)[d.name] for d in domains] == list(expected)
