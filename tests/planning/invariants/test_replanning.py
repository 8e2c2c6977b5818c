"""Invariants 22 to 26, 28 and 31 of the planner: what a re-plan changes, and what it leaves.

Of one exam and of several on one calendar. 26 holds as far as the rules of the product let it:
what loses its place goes where a buffer was, so only while no place is lost is a re-plan never
more change than a new plan.
"""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random

import msgspec
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coach.model.plan import Block, Change
from coach.planning.draft_plan import PlanRequest, PlanResult
from coach.planning.replan import replan_all
from coach.reading.priority import DomainReading
from coach.wording import written
from tests.planning.any_plans import (
    any_domains,
    any_exam,
    any_plans,
    any_request,
    any_requests,
    any_room,
)
from tests.planning.plans import (
    NOW,
    Plan,
    again,
    by_id,
    clash,
    counts,
    end_of,
    followed,
    named,
    replan,
    request,
)
from tests.planning.validity import FROZEN, loose

ANY = settings(max_examples=25, deadline=None)


@st.composite
def any_news(draw: st.DrawFn, most: int = 3) -> tuple[list[Plan], list[PlanRequest]]:
    """Plans, and what the planner is asked after any new facts: a report, a date, a strategy,
    other hours or busy times, an exam that is new or passed."""
    plans = draw(any_plans(most=most))
    now = plans[0][0].now
    room = draw(st.just({}) | any_room(now))
    requests = []
    for made, first in plans:
        asked = again(made, first, **room, **draw(st.just({}) | any_exam(now, "BNAU")))
        kind = draw(st.sampled_from(["known", "known", "known", "new", "passed"]))
        if kind == "new":
            asked = msgspec.structs.replace(asked, existing=(), start=now, previous_shares={})
        elif kind == "passed":
            asked = msgspec.structs.replace(asked, closed="Passed.")
        requests.append(asked)
    return plans, requests


@ANY
@given(any_news(most=1))
def test_inv_22_a_plan_without_a_new_fact_is_the_same_plan(
    news: tuple[list[Plan], list[PlanRequest]],
) -> None:
    (asked,) = news[1]
    once = replan(asked)
    twice = replan(again(asked, once, revision=7))
    assert (twice.changes, twice.blocks, twice.churn) == ((), once.blocks, 0.0)


@ANY
@given(any_news())
def test_inv_22_plans_on_one_calendar_settle(
    news: tuple[list[Plan], list[PlanRequest]],
) -> None:
    """What one exam gives up in the end another may take in the next re-plan, and then no more."""
    requests = news[1]
    settled = followed(requests, replan_all(requests))
    assert [plan.changes for plan in followed(requests, settled)] == [()] * len(requests)


@ANY
@given(any_requests(), st.integers(0, 40))
def test_inv_22_plans_that_are_followed_stay(requests: list[PlanRequest], days: int) -> None:
    first = replan_all(requests)
    last = min(made.end for made in requests) - timedelta(hours=1)
    now = min(requests[0].now + timedelta(days=days), last)
    done = [msgspec.structs.replace(plan, blocks=ticked(plan.blocks, now)) for plan in first]
    for plan in followed(requests, done, now=now):
        # Catch-up time that nobody needed is study in the week after.
        assert {c.reason.code for c in plan.changes} <= {"UNUSED"}


def ticked(blocks: Sequence[Block], now: datetime) -> tuple[Block, ...]:
    return tuple(
        msgspec.structs.replace(b, status="done") if end_of(b) <= now else b for b in blocks
    )


@ANY
@given(any_news(), st.randoms())
def test_inv_23_the_order_of_exams_and_blocks_does_not_matter(
    news: tuple[list[Plan], list[PlanRequest]], random: Random
) -> None:
    requests = news[1]
    mixed = [
        msgspec.structs.replace(r, existing=tuple(random.sample(r.existing, len(r.existing))))
        for r in requests
    ]
    random.shuffle(mixed)
    pairs = (zip(asked, replan_all(asked), strict=True) for asked in (requests, mixed))
    one, two = ({made.exam: msgspec.json.encode(plan) for made, plan in asked} for asked in pairs)
    assert one == two


def test_inv_23_every_run_of_the_program_gives_the_same_bytes() -> None:
    """Sets of names are in another order in every run of Python."""
    program = "from tests.planning.invariants.test_replanning import digest; print(digest())"
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert run.stdout.strip() == digest()


def digest() -> str:
    """Two first plans and what becomes of them after a report, as one number."""
    requests = [request("BNNA", exam="AZ-500"), request("NBAN", exam="AZ-104", weeks=6)]
    first = replan_all(requests)
    second = followed(requests, first, domains=requests[1].domains, now=NOW + timedelta(days=9))
    return sha256(msgspec.json.encode((first, second))).hexdigest()


@ANY
@given(any_news())
def test_inv_24_what_is_done_skipped_or_past_never_changes(
    news: tuple[list[Plan], list[PlanRequest]],
) -> None:
    plans, requests = news
    for (made, first), asked, plan in zip(plans, requests, replan_all(requests), strict=True):
        past = [b for b in first.blocks if b.status != "planned" or b.start < made.now]
        after = by_id(plan)
        assert not asked.existing or all(after[block.id] == block for block in past)


@ANY
@given(any_plans(), any_domains())
def test_inv_25_pins_moves_and_the_next_48_hours_stay(
    plans: list[Plan], domains: tuple[DomainReading, ...]
) -> None:
    """After a new report. What a pin or a move by hand was put on gives way even there."""
    asked = [again(made, first, domains=domains) for made, first in plans]
    everything = [block for _, first in plans for block in first.blocks]
    now = asked[0].now
    firm = [b for b in everything if b.pinned or b.moved or b.status != "planned" or b.start < now]
    for (made, first), plan in zip(plans, replan_all(asked), strict=True):
        ahead = [b for b in first.blocks if b not in firm and b.start < now + timedelta(hours=48)]
        free = [b for b in ahead if not any(clash(b, other) for other in firm)]
        after = by_id(plan)
        for block in [b for b in first.blocks if b in firm] + free:
            assert after[block.id] == block or end_of(block) > made.end


@settings(max_examples=60, deadline=None)
@given(any_request(), any_domains())
def test_inv_26_churn_is_the_bound(made: PlanRequest, domains: tuple[DomainReading, ...]) -> None:
    """No block changes hands that does not have to: sum of max(0, new - old)."""
    first = replan(made)
    second = replan(again(made, first, domains=domains))
    gained = hours_of_study(second) - hours_of_study(first)
    hands = [
        c for c in second.changes if c.before and c.after and c.before.domain != c.after.domain
    ]
    assert len(hands) == gained.total()
    assert {c.reason.code for c in second.changes if c not in hands} <= {"BAND"}


def hours_of_study(plan: PlanResult) -> Counter[str]:
    """The blocks of every domain, mixed practice as one of them."""
    mixed = sum(b.domain is None and b.activity == "practice" for b in plan.blocks)
    return counts(plan.blocks) + Counter({"mixed": mixed})


@ANY
@given(any_requests(), any_domains())
def test_inv_26_never_more_changes_than_a_new_plan_would_make(
    requests: list[PlanRequest], domains: tuple[DomainReading, ...]
) -> None:
    """But for one block a domain: both round the same minutes to whole blocks, in other places."""
    first = replan_all(requests)
    asked = [again(made, plan) for made, plan in zip(requests, first, strict=True)]
    asked[0] = msgspec.structs.replace(asked[0], domains=domains)
    scratch = replan_all([msgspec.structs.replace(made, existing=()) for made in asked])
    touched = sum(1 for plan in replan_all(asked) for c in plan.changes if c.before)
    assert touched <= len(places(first) - places(scratch)) + len(domains)


def places(results: Sequence[PlanResult]) -> set[object]:
    return {
        (number, b.start, b.domain, b.activity)
        for number, plan in enumerate(results)
        for b in plan.blocks
    }


@ANY
@given(any_requests(), st.integers(0, 5))
def test_inv_28_a_small_gain_moves_nothing(requests: list[PlanRequest], at: int) -> None:
    """One weight is half a thousandth of the whole more, in every exam."""
    pairs = zip(requests, replan_all(requests), strict=True)
    asked = [again(made, plan, domains=tilted(made.domains, at)) for made, plan in pairs]
    for before, after in zip(requests, asked, strict=True):
        assume([d.tier for d in before.domains] == [d.tier for d in after.domains])
    assert [plan.changes for plan in replan_all(asked)] == [()] * len(requests)


def tilted(domains: Sequence[DomainReading], at: int) -> tuple[DomainReading, ...]:
    weights = [int(d.weight * 1000) for d in domains]
    weights[at % len(weights)] += 50
    return named("".join(d.band[0].upper() for d in domains), weights)


@ANY
@given(any_news())
def test_inv_31_the_changes_lead_to_the_new_plan_and_each_has_its_reason(
    news: tuple[list[Plan], list[PlanRequest]],
) -> None:
    for asked, plan in zip(news[1], replan_all(news[1]), strict=True):
        assert patched(asked.existing, plan.changes) == by_id(plan)
        assert all(change.reason.code and written(change.reason) for change in plan.changes)


def patched(before: Sequence[Block], changes: Sequence[Change]) -> dict[str, Block]:
    """The blocks that the changes lead to."""
    blocks = {block.id: block for block in before}
    for change in changes:
        if change.before is not None:
            assert blocks.pop(change.before.id) == change.before
        if change.after is not None:
            blocks[change.after.id] = change.after
    return blocks


@ANY
@given(any_plans(), st.booleans())
def test_what_was_done_after_all_is_made_up_by_nothing(plans: list[Plan], every: bool) -> None:
    """But for what the next 48 hours hold and the user holds; the plan is settled then."""
    asked = [again(*plan) for plan in plans]
    results = replan_all(asked)
    made_up = {b.makes_up for plan in results for b in plan.blocks if b.makes_up}
    late = made_up if every else {min(made_up, default="")}
    ticked = [
        tuple(
            msgspec.structs.replace(b, status="done", spent=None) if b.id in late else b
            for b in plan.blocks
        )
        for plan in results
    ]
    pairs = zip(asked, results, ticked, strict=True)
    asked = [again(made, plan, existing=blocks) for made, plan, blocks in pairs]
    results = replan_all(asked)
    for made, plan in zip(asked, results, strict=True):
        far = (b for b in loose(made, plan) if b.start >= made.now + FROZEN)
        assert not {b.makes_up for b in far} & late
    pairs = zip(asked, results, strict=True)
    assert [p.changes for p in replan_all([again(*p) for p in pairs])] == [()] * len(asked)
