"""No domain three times in a row while another waits, in first plans and in changed ones; and
which kind of work takes the short and the long places."""

from collections import Counter, defaultdict
from datetime import timedelta
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.model.plan import Block
from coach.model.settings import DEFAULT_HOURS, Hours
from coach.planning.board import EMPTY, Domain, Seat
from coach.planning.request import PlanRequest, PlanResult
from coach.planning.sequence import Claims, sequence
from coach.reading.priority import DomainReading
from tests.planning.plans import (
    NOW,
    again,
    any_domains,
    any_request,
    end_of,
    replan,
    request,
    study,
    week_of,
    whole_hours,
)


def places(domains: str, *, days: int = 1) -> list[Seat]:
    """An hour each, so many days apart; `_` is empty."""
    found = []
    for number, letter in enumerate(domains):
        start = NOW + timedelta(days=days * number)
        seat = Seat(int(start.timestamp()), 60, start.toordinal(), start)
        seat.domain = EMPTY if letter == "_" else letter
        found.append(seat)
    return found


@pytest.mark.parametrize(
    ("before", "rest", "after"),
    [
        ("_A_BBA", {"A": 60, "B": 60}, "BAABBA"),  # A by turn, which leaves B for a row of three
        ("AA_A", {"A": 60, "B": 60}, "AABA"),
        ("A__A", {"A": 60, "B": 60}, "ABAA"),
        ("AA_AA", {"A": 60}, "AAAAA"),  # nobody waits
    ],
)
def test_empty_places_end_rows_where_they_can(
    before: str, rest: dict[Domain, int], after: str
) -> None:
    seats = places(before)
    half = Fraction(1, 2)
    claims = Claims({"A": half, "B": half}, {})
    sequence(seats, Counter(rest), list(rest), claims, None)
    assert "".join(str(seat.domain) for seat in seats) == after


def test_what_begins_the_weeks_waits_once_it_is_more_than_a_block_ahead() -> None:
    """One place a week and half of them for A: in the eighth week it has 5 of 7."""
    seats = places("_" * 12, days=7)
    half = Fraction(1, 2)
    rest: Counter[Domain] = Counter(A=360, B=360)
    sequence(seats, rest, ["A", "B"], Claims({"A": half, "B": half}, {}), "A")
    assert "".join(str(seat.domain) for seat in seats) == "AABAABABABBB"


ANY = settings(max_examples=150, deadline=None)


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
    counts = Counter(names)
    return {name: max(2, -(-n // (len(names) - n + 1))) for name, n in counts.items()}


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


@ANY
@given(any_request(), whole_hours(), any_domains(), st.integers(-10, 10))
def test_invariant_18_a_changed_plan_has_no_row_that_its_changes_could_end(
    made: PlanRequest, week: Hours, domains: tuple[DomainReading, ...], days: int
) -> None:
    """The fewest-changes rule decides which places change hands, not who gets which of them."""
    made = msgspec.structs.replace(made, hours=week)
    first = replan(made)
    end = max(made.now + timedelta(days=1), made.end + timedelta(days=days))
    booked = end if made.exam_start else None
    second = replan(again(made, first, domains=domains, end=end, exam_start=booked))
    if second.reason:
        return
    ahead = learning(second, made)
    old = {block.id: block for block in first.blocks}
    movable = [
        at
        for at, b in enumerate(ahead)
        if b.minutes == 60 and (b.id not in old or old[b.id].domain != b.domain)
    ]
    assert needless_row([b.domain for b in ahead], movable) is None


def test_invariant_18_what_changes_hands_is_spread_where_it_would_make_a_long_row() -> None:
    """From turn and turn about to 70 % for one of two: the last places alone would be one row."""
    made = request("NNAA", strategy="priority")
    first = replan(made)
    second = replan(again(made, first, strategy="two-tier"))
    ahead = learning(second, made)
    names = [b.domain for b in ahead]
    # 25 of 35 places in 11 rows: three at most. After the last NET nobody waits.
    assert Counter(names) == {"IAM": 25, "NET": 10}
    waiting = len(names) - names[::-1].index("NET")
    assert max(row_at(names, at) for at in range(waiting)) == 3
    changed = [at for at, (a, b) in enumerate(zip(ahead, learning(first, made), strict=True))
               if a.domain != b.domain]  # fmt: skip
    assert min(changed) < len(names) / 2


@ANY
@given(any_request("BNAU"), st.booleans())
def test_practice_takes_the_short_places_and_labs_the_long_ones(
    made: PlanRequest, usual: bool
) -> None:
    """Within what one domain has in a week."""
    made = msgspec.structs.replace(made, hours=DEFAULT_HOURS if usual else made.hours)
    weeks: dict[object, list[Block]] = defaultdict(list)
    for block in study(replan(made).blocks):
        weeks[block.domain, week_of(block)].append(block)
    for own in weeks.values():
        longest = max(b.minutes for b in own)
        assert all(b.minutes == longest for b in own if b.activity == "lab")
        for quiz in (b for b in own if b.activity == "practice"):
            for other in own:
                may_move = other.activity == "scenario" or (
                    other.activity == "learn" and other.start > quiz.start
                )
                assert not may_move or other.minutes >= quiz.minutes


@pytest.mark.parametrize("weeks", [2, 6])
def test_a_quiz_of_the_week_is_on_an_evening_and_not_on_saturday(weeks: int) -> None:
    """Evenings have 45 minutes, Saturday four whole hours."""
    result = replan(request("BNNN", weeks=weeks, now=NOW - timedelta(days=5)))
    quizzes = [b for b in result.blocks if b.activity == "practice" and b.domain]
    evenings = [b for b in quizzes if b.minutes == 45]
    assert evenings
    assert end_of(quizzes[0]) - quizzes[0].start == timedelta(minutes=45)
