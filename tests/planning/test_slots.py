"""Availability on the real calendar: wall times, clock changes, days off, busy times."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.model.settings import Hours, apart
from coach.planning.calendar import (
    Availability,
    FreeSlot,
    Sizes,
    free_slots,
    left_free,
    lengths,
    seconds,
)
from tests.planning.plans import BERLIN, hours


def local(month: int, day: int, hour: int = 0, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN)


def found_slots(
    week: Hours,
    start: datetime,
    end: datetime,
    busy: Sequence[tuple[datetime, datetime]] = (),
) -> tuple[FreeSlot, ...]:
    spans = apart((seconds(a), seconds(b)) for a, b in busy)
    return tuple(free_slots(Availability(week, BERLIN), seconds(start), seconds(end), spans))


def shown(slots: tuple[FreeSlot, ...]) -> list[str]:
    return [f"{slot.start:%d %H:%M}+{slot.minutes}" for slot in slots]


@pytest.mark.parametrize(
    ("minutes", "blocks"),
    [
        (90, (45, 45)),
        (240, (60, 60, 60, 60)),
        (60, (60,)),
        (75, (60,)),
        (110, (55, 55)),
        (125, (60, 60)),
        (45, (45,)),
        (44, ()),
    ],
)
def test_a_window_divides_into_blocks(minutes: int, blocks: tuple[int, ...]) -> None:
    assert lengths(minutes, Sizes(longest=60, shortest=45, rest=0)) == blocks


def test_windows_of_a_week() -> None:
    week = hours(mon="19:00-20:30", sat="22:00-00:00")
    assert shown(found_slots(week, local(11, 23), local(11, 30))) == [
        "23 19:00+45", "23 19:45+45", "28 22:00+60", "28 23:00+60",
    ]  # fmt: skip


LATE = hours(mon="22:00-02:00")


def test_hours_past_midnight_are_one_span_of_the_evening_they_begin_on() -> None:
    found = found_slots(LATE, local(11, 23), local(11, 30))
    assert shown(found) == ["23 22:00+60", "23 23:00+60", "24 00:00+60", "24 01:00+60"]
    assert {slot.day for slot in found} == {date(2026, 11, 23).toordinal()}
    assert Availability(LATE, BERLIN).usual_week() == 240


def test_a_session_may_run_over_midnight() -> None:
    busy = [(local(11, 23, 22), local(11, 23, 23, 30))]
    found = found_slots(LATE, local(11, 23), local(11, 30), busy)
    assert shown(found) == ["23 23:30+50", "24 00:20+50", "24 01:10+50"]


def test_the_cap_of_a_day_counts_what_is_after_midnight() -> None:
    week = hours(mon="22:00-02:00", tue="19:00-20:00")
    capped = msgspec.structs.replace(week, daily_minutes=180)
    found = found_slots(capped, local(11, 23), local(11, 30))
    assert shown(found) == ["23 22:00+60", "23 23:00+60", "24 00:00+60", "24 19:00+60"]


@pytest.mark.parametrize(
    ("off", "expected"),
    [
        pytest.param(date(2026, 11, 23), [], id="evening-off"),
        pytest.param(
            date(2026, 11, 24),
            ["23 22:00+60", "23 23:00+60", "24 00:00+60", "24 01:00+60"],
            id="next-day-off",
        ),
    ],
)
def test_a_day_off_takes_the_night_after_it(off: date, expected: list[str]) -> None:
    week = hours(mon="22:00-02:00", off=(off,))
    assert shown(found_slots(week, local(11, 23), local(11, 30))) == expected


def test_a_night_in_which_the_clock_goes_back_is_longer() -> None:
    found = found_slots(hours(sat="23:00-04:00"), local(10, 24), local(10, 26))
    assert sum(slot.minutes for slot in found) == 6 * 60
    assert {slot.day for slot in found} == {date(2026, 10, 24).toordinal()}


@given(
    low=st.integers(240, 1435),
    late=st.integers(0, 240),
    begin=st.integers(0, 3 * 1440),
    length=st.integers(1, 2 * 1440),
)
def test_a_night_is_like_the_same_time_written_as_two_days(
    low: int, late: int, begin: int, length: int
) -> None:
    """The moments inside the hours are those of two spans that meet at midnight, and all belong
    to the evening."""
    start = seconds(local(11, 22)) + begin * 60
    end = start + length * 60
    clock = f"{low // 60:02}:{low % 60:02}"
    morning = f"{late // 60:02}:{late % 60:02}"
    two = hours(mon=f"{clock}-00:00", **({"tue": f"00:00-{morning}"} if late else {}))
    one = Availability(hours(mon=f"{clock}-{morning}"), BERLIN)
    both = Availability(two, BERLIN)
    spans = [(a, b) for a, b, _ in one.windows(start, end)]
    parts = apart((max(a, start), min(b, end)) for a, b, _ in both.windows(start, end))
    assert apart((max(a, start), min(b, end)) for a, b in spans) == parts
    assert all(day == date(2026, 11, 23).toordinal() for _, _, day in one.windows(start, end))
    if spans:
        inside = max(spans[0][0], start)
        assert one.day_of(inside) == date(2026, 11, 23).toordinal()
        assert one.window_around(inside, min(spans[0][1], end)) == spans[0]


def test_a_short_window_is_one_short_block() -> None:
    assert shown(found_slots(hours(mon="19:00-19:30"), local(11, 23), local(11, 30))) == [
        "23 19:00+30"
    ]


def test_a_day_off_has_no_slot() -> None:
    week = hours(mon="19:00-20:00", off=(date(2026, 11, 23),))
    assert shown(found_slots(week, local(11, 23), local(12, 1))) == ["30 19:00+60"]


def test_busy_time_leaves_what_is_around_it() -> None:
    busy = [(local(11, 23, 10), local(11, 23, 11))]
    found = found_slots(hours(mon="09:00-12:00"), local(11, 23), local(11, 24), busy)
    assert shown(found) == ["23 09:00+60", "23 11:00+60"]


@pytest.mark.parametrize(
    ("busy", "free"),
    [
        ([(0, 9), (20, 30)], [(10, 20)]),
        ([(5, 10)], [(10, 20)]),
        ([(10, 12), (12, 15)], [(15, 20)]),
        ([(12, 15)], [(10, 12), (15, 20)]),
        ([(15, 20)], [(10, 15)]),
        ([(5, 25)], []),
    ],
)
def test_a_time_that_only_touches_a_busy_one_is_free(
    busy: list[tuple[int, int]], free: list[tuple[int, int]]
) -> None:
    assert list(left_free(10, 20, busy)) == free


def test_nothing_before_now_and_nothing_after_the_end() -> None:
    found = found_slots(hours(mon="09:00-13:00"), local(11, 23, 10, 5), local(11, 23, 12))
    assert shown(found) == ["23 10:15+50", "23 11:05+50"]


@pytest.mark.parametrize(
    ("day", "window", "expected"),
    [
        pytest.param(local(3, 28, year=2027), "01:00-04:00", ["28 01:00+60", "28 03:00+60"],
                     id="spring-skips-an-hour"),
        pytest.param(local(3, 28, year=2027), "02:00-03:00", [], id="spring-inside-the-gap"),
        pytest.param(local(3, 28, year=2027), "01:00-02:30", ["28 01:00+60"], id="ends-in-the-gap"),
        pytest.param(local(10, 25), "01:00-04:00",
                     ["25 01:00+60", "25 02:00+60", "25 02:00+60", "25 03:00+60"],
                     id="autumn-repeats-an-hour"),
    ],
)  # fmt: skip
def test_days_of_clock_changes(day: datetime, window: str, expected: list[str]) -> None:
    found = found_slots(hours(sun=window), day, day + timedelta(days=1))
    assert shown(found) == expected


def test_wall_times_stay_across_a_clock_change() -> None:
    found = found_slots(hours(mon="19:00-20:00"), local(10, 19), local(10, 27))
    assert [slot.start.isoformat() for slot in found] == [
        "2026-10-19T19:00:00+02:00",
        "2026-10-26T19:00:00+01:00",
    ]
