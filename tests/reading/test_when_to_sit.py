"""When to sit: hours by what was kept so far, the threshold by attempts left, week by week."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.model.plan import Block
from coach.reading.forecast import LEVELS, Evidence, belief
from coach.reading.when_to_sit import completion, enough, first_enough, study_until, weeks_ahead

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
ANYONE = belief(Evidence(shares={"a": 1.0}))


def block(days: int, minutes: int, status: str = "planned", **fields: object) -> Block:
    given = {"exam": "AZ-104", "domain": "One", "topic": None, "activity": "learn", **fields}
    start = NOW + timedelta(days=days)
    return Block(id=f"{days}-{minutes}", start=start, minutes=minutes, status=status, **given)


@pytest.mark.parametrize(
    ("blocks", "kept"),
    [
        ([], 1.0),
        # 600 minutes count as kept beforehand: (600 + 0) / (600 + 200).
        ([block(-2, 200)], 0.75),
        ([block(-2, 200, "skipped")], 0.75),
        ([block(-2, 200, "done", spent=100)], 0.875),
        ([block(-2, 200, "done", spent=400)], 1.0),
        # What is of today is not yet missed, and a buffer is never due.
        ([block(0, 200), block(1, 200)], 1.0),
        ([block(-2, 200, activity="buffer")], 1.0),
    ],
    ids=["nothing", "missed", "skipped", "partly", "more", "not-yet", "buffer"],
)
def test_how_much_of_what_was_due_was_studied(blocks, kept) -> None:
    assert completion(blocks, NOW) == pytest.approx(kept)


def test_planned_hours_count_as_far_as_plans_are_kept() -> None:
    blocks = [block(-3, 60, "done"), block(-2, 200), block(2, 120), block(9, 60)]
    study = study_until(
        NOW + timedelta(days=7), blocks, now=NOW, start=NOW - timedelta(days=4), last=None
    )
    # 660 of 860 minutes; an hour done and two of the planned.
    assert (study.done, study.planned) == (60, 120)
    assert study.kept == pytest.approx(660 / 860)
    assert study.hours == pytest.approx(1 + 2 * 660 / 860)


@pytest.mark.parametrize(("left", "wanted"), [(None, 0.6), (5, 0.6), (3, 0.6), (2, 0.8), (1, 0.85)])
def test_the_fewer_attempts_are_left_the_more_is_wanted(left, wanted) -> None:
    assert enough(left) == wanted


def test_the_first_week_that_is_good_enough() -> None:
    weeks = weeks_ahead(
        ANYONE,
        lambda at: (at - NOW) / timedelta(days=1),
        NOW,
        until=None,
        attempts_left=5,
        fee=165.0,
    )
    best = first_enough(weeks, 0.6)
    assert best is not None
    before = [week for week in weeks if week.at < best.at]
    assert before
    assert all(round(week.p, 2) < 0.6 for week in before)
    assert [week.at for week in weeks[:2]] == [date(2026, 12, 1), date(2026, 12, 8)]
    assert weeks[1].hours == 7
    assert all(week.fees == pytest.approx(165 * week.sittings, abs=1) for week in weeks)


def test_the_last_day_of_the_exam_is_one_to_sit_it() -> None:
    last_day = NOW.date() + timedelta(weeks=1)
    weeks = weeks_ahead(ANYONE, lambda _: 0.0, NOW, until=last_day, attempts_left=5, fee=None)
    assert [week.at for week in weeks] == [NOW.date(), last_day]


def test_fees_and_weeks_until_a_pass_by_hand() -> None:
    # At the mark with no study every sitting is a toss: 1 + 1/2 + 1/4 sittings of three, two
    # weeks apart.
    level = tuple(float(each == 0.66) for each in LEVELS)
    weeks = weeks_ahead(level, lambda _: 0.0, NOW, until=None, attempts_left=3, fee=None)
    assert [(w.sittings, w.fees, w.weeks) for w in weeks[:2]] == [
        (1.75, None, 1.5),
        (1.75, None, 2.5),
    ]
    assert first_enough(weeks, 0.6) is None


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 200),
    st.none() | st.integers(0, 5),
    st.floats(0, 20),
    st.sampled_from([None, 50.0]),
)
def test_never_before_the_legal_date_or_after_retirement(days, left, weekly, fee) -> None:
    last = NOW.date() + timedelta(days=days)
    weeks = weeks_ahead(
        ANYONE,
        lambda at: weekly * ((at - NOW) / timedelta(weeks=1)),
        NOW,
        until=last,
        attempts_left=left,
        fee=fee,
    )
    assert all(NOW.date() <= week.at <= last for week in weeks)
    chances = [week.p for week in weeks]
    assert chances == sorted(chances)
    assert all(1 <= week.sittings <= (left or 5) for week in weeks)
