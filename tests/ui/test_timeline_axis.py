"""The axis of time: from a day to four years, on the user's calendar, never overlapping."""

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.ui.widgets.timeline.chart_facts import DAY, LONGEST, SHORTEST, View, fitted, ticks

BERLIN = ZoneInfo("Europe/Berlin")


def stamp(*parts: int) -> float:
    return datetime(*parts, tzinfo=BERLIN).timestamp()


def labels(view: View, width: int) -> list[str]:
    return [tick.label for tick in ticks(view, width, BERLIN) if tick.label]


def test_a_day_is_cut_into_hours_of_the_local_clock() -> None:
    view = View(stamp(2026, 11, 20, 21), stamp(2026, 11, 21, 21))
    assert labels(view, 54) == ["21 Nov 2026", "06:00", "12:00", "18:00"]


def test_the_first_label_names_the_year() -> None:
    view = View(stamp(2026, 11, 19, 12), stamp(2026, 11, 27, 12))
    assert labels(view, 80) == [
        "20 Nov 2026", "22 Nov", "23 Nov", "24 Nov", "25 Nov", "26 Nov",
    ]  # fmt: skip


def test_weeks_begin_on_monday() -> None:
    view = View(stamp(2026, 11, 4), stamp(2026, 12, 20))
    assert labels(view, 70) == [
        "9 Nov 2026", "16 Nov", "23 Nov", "30 Nov", "7 Dec", "14 Dec",
    ]  # fmt: skip


def test_months_name_the_year_again_where_it_changes() -> None:
    view = View(stamp(2026, 8, 20), stamp(2027, 3, 20))
    assert labels(view, 80) == ["Sep 2026", "Oct", "Nov", "Dec", "Jan 2027", "Feb", "Mar"]


def test_four_years_at_sixty_columns() -> None:
    view = View(stamp(2023, 2, 1), stamp(2027, 2, 1))
    assert labels(view, 55) == ["2024", "2025", "2026"]


def test_a_tick_stands_at_its_moment() -> None:
    view = View(stamp(2026, 1, 1), stamp(2027, 1, 1))
    found = {tick.label: tick.column for tick in ticks(view, 73, BERLIN)}
    july = (stamp(2026, 7, 1) - view.start) / view.length * 73
    assert found["Jul"] == int(july)


def test_an_hour_that_the_clock_skips_is_no_tick() -> None:
    view = View(stamp(2026, 3, 29, 0), stamp(2026, 3, 29, 5))
    assert "02:00" not in labels(view, 70)
    assert "03:00" in labels(view, 70)


@given(
    begin=st.integers(946_684_800, 2_840_140_800),
    days=st.floats(1, 5 * 366),
    width=st.integers(20, 200),
)
def test_labels_never_touch_and_stay_inside(begin: int, days: float, width: int) -> None:
    found = ticks(View(begin, begin + days * DAY), width, BERLIN)
    shown = [tick for tick in found if tick.label]
    assert all(0 <= tick.column < width for tick in found)
    assert all(tick.column + len(tick.label) <= width for tick in shown)
    assert all(a.column + len(a.label) < b.column for a, b in pairwise(shown))
    assert [tick.column for tick in found] == sorted(tick.column for tick in found)


def test_zooming_keeps_the_anchor_in_its_column() -> None:
    view = View(stamp(2026, 9, 1), stamp(2026, 12, 1))
    anchor = stamp(2026, 10, 5)
    before = view.column(anchor, 100)
    assert view.zoomed(0.5, anchor).column(anchor, 100) == before


@pytest.mark.parametrize(("factor", "length"), [(1e-9, SHORTEST), (1e9, LONGEST)])
def test_zooming_ends_at_a_day_and_at_five_years(factor: float, length: float) -> None:
    view = View(stamp(2026, 9, 1), stamp(2026, 12, 1)).zoomed(factor, stamp(2026, 10, 1))
    assert view.length == pytest.approx(length)


def test_panning_moves_by_a_part_of_the_view() -> None:
    view = View(0.0, 100.0)
    assert view.panned(0.25) == View(25.0, 125.0)
    assert view.panned(-0.25) == View(-25.0, 75.0)


def test_a_moment_out_of_sight_is_brought_to_the_middle() -> None:
    assert View(0.0, 100.0).showing(50.0) == View(0.0, 100.0)
    assert View(0.0, 100.0).showing(500.0) == View(450.0, 550.0)


def test_the_first_view_holds_what_is_near_and_no_far_retirement() -> None:
    first, last = stamp(2026, 10, 1), stamp(2026, 12, 1)
    beyond = last + timedelta(days=900).total_seconds()
    view = fitted([first, last], [beyond])
    assert view.start < first
    assert last < view.end < beyond
    close = last + timedelta(days=20).total_seconds()
    assert fitted([first, last], [close]).end > close
