"""No domain three times in a row while another waits, in first plans and in changed ones; and
which kind of work takes the short and the long places."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from fractions import Fraction

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.model.plan import Block
from coach.model.settings import DEFAULT_HOURS
from coach.planning.draft_plan import EMPTY, Domain, PlanRequest, Slot
from coach.planning.placement import FairTurns, sequence
from tests.planning.any_plans import any_request
from tests.planning.plans import BERLIN, NOW, end_of, hours, named, replan, request, study, week_of


def places(domains: str, *, days: int = 1) -> list[Slot]:
    """An hour each, so many days apart; `_` is empty."""
    found = []
    for number, letter in enumerate(domains):
        start = NOW + timedelta(days=days * number)
        slot = Slot(int(start.timestamp()), 60, start.toordinal(), start)
        slot.domain = EMPTY if letter == "_" else letter
        found.append(slot)
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
    slots = places(before)
    half = Fraction(1, 2)
    turns = FairTurns({"A": half, "B": half}, {})
    sequence(slots, Counter(rest), list(rest), turns, None)
    assert "".join(str(slot.domain) for slot in slots) == after


def test_what_begins_the_weeks_waits_once_it_is_more_than_a_block_ahead() -> None:
    """One place a week and half of them for A: in the eighth week it has 5 of 7."""
    slots = places("_" * 12, days=7)
    half = Fraction(1, 2)
    rest: Counter[Domain] = Counter(A=360, B=360)
    sequence(slots, rest, ["A", "B"], FairTurns({"A": half, "B": half}, {}), "A")
    assert "".join(str(slot.domain) for slot in slots) == "AABAABABABBB"


def test_what_others_build_on_comes_first_but_never_in_long_rows() -> None:
    """Half of eight places for B: its four are over after five."""
    slots, half = places("_" * 8), Fraction(1, 2)
    rest: Counter[Domain] = Counter(A=240, B=240)
    sequence(slots, rest, ["A", "B"], FairTurns({"A": half, "B": half}, {}), "A", "B")
    assert "".join(str(slot.domain) for slot in slots) == "BBABBAAA"


ANY = settings(max_examples=150, deadline=None)


def learnt_before(plan: list[Block], block: Block) -> set[tuple[str | None, str | None]]:
    """Topics that a scenario in this place may be about."""
    return {(b.domain, b.topic) for b in plan if b.activity == "learn" and b.start < block.start}


# Windows of four lengths, so that a week has several scenarios and quizzes in places of their own.
UNEVEN = request(
    domains=named("AAB", (5, 5, 5)), now=datetime(2026, 9, 1, tzinfo=BERLIN),
    end=datetime(2026, 9, 22, 1, tzinfo=BERLIN),
    hours=hours(mon="00:00-02:30", tue="00:00-00:45", wed="00:00-00:30", thu="00:00-00:30",
                fri="00:00-00:30", sat="00:00-00:30", sun="00:00-02:45"),
)  # fmt: skip


@ANY
@given(any_request("BNAU"), st.booleans())
@example(UNEVEN, False)
def test_practice_takes_the_short_places_and_labs_the_long_ones(
    made: PlanRequest, usual: bool
) -> None:
    """Within what one domain has in a week."""
    made = msgspec.structs.replace(made, hours=DEFAULT_HOURS if usual else made.hours)
    weeks: dict[object, list[Block]] = defaultdict(list)
    plan = study(replan(made).blocks)
    for block in plan:
        weeks[block.domain, week_of(block)].append(block)
    learnt: set[object] = set()
    for (name, _), own in weeks.items():
        longest = max(b.minutes for b in own)
        # What a domain learns first has its week's first place, however long.
        labs = [b.minutes for b in own if b.activity == "lab"]
        assert not labs or name not in learnt or max(labs) == longest
        learnt |= {name for b in own if b.activity == "learn"}
        for quiz in (b for b in own if b.activity == "practice"):
            for other in own:
                learned = (quiz.domain, quiz.topic) in learnt_before(plan, other)
                may_move = other.activity == "scenario" and learned
                assert not may_move or other.minutes >= quiz.minutes


@pytest.mark.parametrize("weeks", [3, 6])
def test_a_quiz_of_the_week_is_on_an_evening_and_not_on_saturday(weeks: int) -> None:
    """Evenings have 45 minutes, Saturday four whole hours."""
    result = replan(request("BNNN", weeks=weeks, now=NOW - timedelta(days=5)))
    quizzes = [b for b in result.blocks if b.activity == "practice" and b.domain]
    evenings = [b for b in quizzes if b.minutes == 45]
    assert evenings
    assert end_of(quizzes[0]) - quizzes[0].start == timedelta(minutes=45)
