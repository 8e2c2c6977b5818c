"""INV-07: the Microsoft rule against a predicate written straight from its text."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from tests.policy.policy_desk import BERLIN, Desk

MINUTE = timedelta(minutes=1)
UTC = ZoneInfo("UTC")
FIRST = datetime.fromisoformat("2026-01-01T08:00")
LEAP_DAY = datetime.fromisoformat("2028-02-29T09:00")
BEFORE_CLOCK_CHANGE = datetime.fromisoformat("2026-10-24T10:00")
# Hours in which no clock changes, so that every wall time exists once.
moments = st.builds(
    lambda day, minute: FIRST + timedelta(days=day, minutes=minute),
    st.integers(0, 3 * 365),
    st.integers(0, 10 * 60),
)
clustered = st.builds(
    lambda start, gaps: [start + timedelta(days=sum(gaps[:n])) for n in range(len(gaps) + 1)],
    moments,
    st.lists(st.sampled_from([1, 2, 14, 15, 30, 120, 360]), max_size=7),
)
histories = st.one_of(st.lists(moments, max_size=8), clustered)


def a_year_later(wall: datetime) -> datetime:
    if (wall.month, wall.day) == (2, 29):
        return wall.replace(year=wall.year + 1, month=3, day=1)
    return wall.replace(year=wall.year + 1)


def allowed(history: list[datetime], wall: datetime) -> bool:
    """Whether a sitting at a wall time is legal after failed ones, all in Berlin."""
    if not history:
        return True
    opened, in_window, rung = history[0], 0, 0
    for sat in history:
        if sat >= a_year_later(opened) and in_window:
            rung = 0 if in_window >= 5 else rung
            opened, in_window = sat, 0
        in_window, rung = in_window + 1, rung + 1
    if in_window >= 5 and wall < a_year_later(opened):
        return False
    last = history[-1]
    if rung == 1:
        since = wall.replace(tzinfo=BERLIN).astimezone(UTC) - last.replace(
            tzinfo=BERLIN
        ).astimezone(UTC)
        return since >= timedelta(hours=24)
    return (wall.date() - last.date()).days > 14 or (
        (wall.date() - last.date()).days == 14 and wall.time() >= last.time()
    )


@given(histories)
@example([LEAP_DAY + timedelta(days=20 * n) for n in range(5)])
@example([BEFORE_CLOCK_CHANGE])
@example([FIRST, FIRST + timedelta(days=364)])
def test_the_earliest_is_legal_and_the_minute_before_is_not(history):
    desk = Desk()
    desk.fail(*(f"{sat:%Y-%m-%dT%H:%M}" for sat in history))
    earliest = desk.retake().earliest
    assert earliest is not None
    wall = earliest.replace(tzinfo=None)
    assert allowed(sorted(history), wall)
    assert not history or not allowed(sorted(history), wall - MINUTE)


@given(histories, st.integers(0, 4 * 365))
def test_the_date_does_not_depend_on_the_day_it_is_asked(history, day):
    desk = Desk()
    desk.fail(*(f"{sat:%Y-%m-%dT%H:%M}" for sat in history or [FIRST]))
    before = desk.retake()
    desk.now += timedelta(days=day)
    after = desk.retake()
    assert (after.earliest, after.rule) == (before.earliest, before.rule)
    assert (after.status == "open") == (after.earliest <= desk.now)


@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_matter(history, random):
    desk = Desk()
    desk.fail(*(f"{sat:%Y-%m-%dT%H:%M}" for sat in history))
    before = desk.retake()
    random.shuffle(desk.attempts)
    random.shuffle(desk.reports)
    assert desk.retake() == before


@given(st.lists(moments, min_size=1, max_size=8))
def test_the_next_sitting_is_always_after_the_last(history):
    desk = Desk()
    desk.fail(*(f"{sat:%Y-%m-%dT%H:%M}" for sat in history))
    earliest = desk.retake().earliest
    assert earliest is not None
    last = max(attempt.at for attempt in desk.attempts)
    assert earliest.timestamp() - last.timestamp() >= 24 * 3600
