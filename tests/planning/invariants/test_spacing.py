"""Invariants 18 to 21: the order of domains, topics and kinds of work in a plan.

They hold as they stand for a first plan. A later one changes as little as possible, so it keeps
blocks with their domains and topics: 18 then holds for the places that change hands, and where a
topic comes too soon or too often for 19 and 20 its block says so.
"""

from collections import Counter, defaultdict
from datetime import UTC, timedelta
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.model.plan import Block
from coach.model.settings import Hours
from coach.planning.calendar import seconds
from coach.planning.content import least_days
from coach.planning.draft_plan import PlanRequest, PlanResult
from coach.planning.explain import explain
from coach.planning.replan import replan_all
from coach.reading.priority import DomainReading
from coach.wording import written
from tests.planning.any_plans import any_domains, any_news, any_request, any_requests, whole_hours
from tests.planning.invariants.test_validity import is_missed
from tests.planning.plans import again, replan, request, study
from tests.planning.test_explain import context
from tests.planning.validity import FROZEN, limit_of, loose

WEEK = timedelta(weeks=1)
NEVER = 9999


def learning(result: PlanResult, made: PlanRequest) -> list[Block]:
    """The study ahead, mixed practice among it, in order of time."""
    return [
        b for b in result.blocks if (b.domain or b.activity == "practice") and b.start >= made.now
    ]


def row_at(names: list[str | None], at: int) -> int:
    low = high = at
    while low and names[low - 1] == names[at]:
        low -= 1
    while high + 1 < len(names) and names[high + 1] == names[at]:
        high += 1
    return high - low + 1


def limits(names: list[str | None]) -> dict[str | None, int]:
    """Two, or what a domain with most of the blocks needs at an even pace."""
    had = Counter(names)
    return {name: max(2, -(-n // (len(names) - n + 1))) for name, n in had.items()}


@settings(max_examples=50)
@given(any_requests(), whole_hours())
def test_inv_18_no_domain_comes_three_times_in_a_row_while_another_waits(
    requests: list[PlanRequest], week: Hours
) -> None:
    """Or more often than a domain with most of the blocks needs, in blocks of equal length."""
    requests = [replace(made, hours=week, busy=()) for made in requests]
    for made, result in zip(requests, replan_all(requests), strict=True):
        names = [block.domain for block in learning(result, made)]
        most = limits(names)
        rows = [(name, len(list(row))) for name, row in groupby(names)]
        assert all(length <= most[name] for name, length in rows[:-1])


@settings(max_examples=50)
@given(any_request(), whole_hours(), any_domains(), st.integers(-10, 10))
def test_inv_18_a_changed_plan_has_no_row_that_its_changes_could_end(
    made: PlanRequest, week: Hours, domains: tuple[DomainReading, ...], days: int
) -> None:
    """The fewest-changes rule decides which places change hands, not who gets which of them."""
    made = replace(made, hours=week)
    first = replan(made)
    end = max(made.now + timedelta(days=1), made.end + timedelta(days=days))
    booked = end if made.exam_start else None
    second = replan(again(made, first, domains=domains, end=end, exam_start=booked))
    ahead = [] if second.reason else learning(second, made)
    old = {block.id: block.domain for block in first.blocks}
    movable = [
        at
        for at, b in enumerate(ahead)
        if b.minutes == 60 and (b.id not in old or old[b.id] != b.domain)
    ]
    assert needless_row([b.domain for b in ahead], movable) is None


def needless_row(names: list[str | None], movable: list[int]) -> tuple[int, int] | None:
    """Two new places whose exchange would end a row that is too long and make no other."""
    most = limits(names)
    for one in movable:
        waits = any(name != names[one] for name in names[one:])
        if not waits or row_at(names, one) <= most[names[one]]:
            continue
        for other in movable:
            new = list(names)
            new[one], new[other] = new[other], new[one]
            if all(row_at(new, at) <= most[new[at]] for at in (one, other)):
                return one, other
    return None


def test_inv_18_what_changes_hands_is_spread_where_it_would_make_a_long_row() -> None:
    """From turn and turn about to 70 % for one of two: the last places alone would be one row."""
    made = request("NNAA", strategy="priority")
    first = replan(made)
    ahead = learning(replan(again(made, first, strategy="two-tier")), made)
    names = [b.domain for b in ahead]
    # 25 of 34 places in 10 rows: three at most. After the last NET nobody waits.
    assert Counter(names) == {"IAM": 25, "NET": 9}
    waiting = len(names) - names[::-1].index("NET")
    assert max(row_at(names, at) for at in range(waiting)) <= 3
    changed = [at for at, (a, b) in enumerate(zip(ahead, learning(first, made), strict=True))
               if a.domain != b.domain]  # fmt: skip
    assert min(changed) < len(names) / 2


@settings(max_examples=70)
@given(any_requests() | any_news())
def test_inv_19_and_20_topics_take_turns_and_come_back_in_time_or_say_so(
    requests: list[PlanRequest],
) -> None:
    """19: a second visit comes after the first one to every topic of the domain. 20: a visit comes
    too soon only where all topics would, or where the others are past their lab."""
    for made, result in zip(requests, replan_all(requests), strict=True):
        known = context(made, result)
        for block, early, passed in [] if result.reason else returns(made, result):
            assert made.existing or not passed or block.activity == "lab"
            told = [written(r) for r in explain(block, known) if r.code == "GAP"]
            assert ["has had its turn" in text for text in told] == [passed]
            assert ["comes back early" in text for text in told] == [early and not passed]


def returns(made: PlanRequest, result: PlanResult) -> list[tuple[Block, bool, bool]]:
    """Every visit to a topic but the first: whether it is too soon, and whether another topic is
    passed over by it."""
    topics = {domain.name: domain.topics for domain in made.domains}
    seen: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    found = []
    for block in study(result.blocks):
        missed = is_missed(made, block)
        if block.domain not in topics or block.status == "skipped" or missed:
            continue
        own, day = seen[block.domain], block.start.astimezone(made.zone).date().toordinal()
        least = least_days(seconds(block.start), seconds(limit_of(made)))
        since = {t: day - own[t][-1] if own[t] else NEVER for t in topics[block.domain]}
        visits, topic = own[str(block.topic)], str(block.topic)
        early = since[topic] < least
        third = len(visits) >= 1 and NEVER in since.values()
        if visits:
            found.append((block, early, third or (early and max(since.values()) >= least)))
        visits.append(day)
    return found


@settings(max_examples=60)
@given(any_requests() | any_news())
def test_inv_21_the_last_week_leans_to_review_and_practice_exams_lie_in_the_last_third(
    requests: list[PlanRequest],
) -> None:
    """Half of the last week's places are mixed review in a plan of two weeks or more, unless all
    that may change has become that. No practice exam lies in the final 48 hours. What lies in the
    next 48 hours stays as it is."""
    for made, result in zip(requests, replan_all(requests), strict=True):
        limit = limit_of(made).astimezone(UTC)
        frozen = made.now.astimezone(UTC) + FROZEN
        old = {block.id for block in made.existing}
        free = [b for b in loose(made, result) if b.id not in old or b.start >= frozen]
        for block in free:
            if block.activity == "assessment":
                assert block.end <= limit - timedelta(hours=48)
                begin = min(made.start, made.now).astimezone(UTC)
                assert block.start >= limit - (limit - begin) / 3 - timedelta(seconds=1)
        if limit - made.start < 2 * WEEK or result.reason:
            continue
        begin = max(limit - WEEK, made.start)
        last = [block for block in result.blocks if block.start >= begin]
        reviews = sum(block.activity == "review" for block in last)
        work = (b for b in free if b.domain or b.activity == "practice")
        changeable = [b for b in work if b.start >= begin and not b.makes_up]
        assert reviews >= len(last) // 2 or not changeable


def test_inv_21_a_practice_exam_that_a_nearer_date_leaves_too_late_is_moved() -> None:
    made = request()
    first = replan(made)
    (late,) = [block for block in first.blocks if block.activity == "assessment"]
    end = late.end + timedelta(hours=47)
    second = replan(again(made, first, end=end, exam_start=end))
    found = [block.end for block in second.blocks if block.activity == "assessment"]
    assert found
    assert max(found) <= end - timedelta(hours=48)
