"""The score chart line by line: truthful at sixty columns and with two sittings in one column."""

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.model.answers import Milestone
from coach.ui.widgets.rows import row_width
from coach.ui.widgets.timeline.chart_facts import (
    DAY,
    ChartFacts,
    Mark,
    Sitting,
    Stretch,
    View,
    home,
)
from coach.ui.widgets.timeline.next_steps import Step, next_listing, next_steps
from coach.ui.widgets.timeline.score_chart import GUTTER, plot, score_scale
from tests.ui import samples

BERLIN = ZoneInfo("Europe/Berlin")


def at(*parts: int) -> float:
    return datetime(*parts, tzinfo=BERLIN).timestamp()


def sat(name: str, when: float, score: int | None, passing: int = 700) -> Sitting:
    return Sitting(name, when, "delivered", score, None if score is None else score >= passing)


FACTS = ChartFacts(
    zone=BERLIN,
    passing=700,
    low=1,
    high=1000,
    sittings=(
        sat("a", at(2026, 10, 5, 10), 610),
        sat("b", at(2026, 10, 7, 10), 655),
        sat("c", at(2026, 11, 14, 10), 690),
        Sitting("d", at(2026, 12, 12, 10), "booked", None, None),
    ),
    stretches=(
        Stretch("wait", at(2026, 10, 7, 10), at(2026, 10, 21, 10), ("wait",)),
        Stretch("wait", at(2026, 11, 14, 10), at(2026, 11, 28, 10), ("wait until 28 Nov", "wait")),
        Stretch("aim", at(2026, 11, 30), at(2026, 12, 8), ("recommended until 7 Dec", "aim")),
        Stretch("window", at(2026, 10, 5, 10), at(2027, 10, 5, 10), ("5 attempts, 2 left",)),
    ),
    marks=(Mark("now", at(2026, 11, 22, 9), "now"),),
)
VIEW = View(at(2026, 10, 1), at(2026, 12, 20))


def drawn(facts: ChartFacts, view: View, width: int, height: int, chosen: str = "") -> list[str]:
    return ["".join(seg.text for seg in row) for row in plot(facts, view, width, height, chosen)]


def passing_line(lines: list[str]) -> int:
    return next(index for index, line in enumerate(lines) if line.startswith(" 700 "))


def styles(facts: ChartFacts, view: View, width: int, height: int) -> list[tuple[str, str]]:
    rows = plot(facts, view, width, height)
    return [(seg.text, seg.style) for row in rows for seg in row]


@pytest.mark.parametrize("size", [(58, 7), (60, 9), (80, 10), (120, 16), (160, 22)])
def test_every_size_shows_scores_passing_line_now_and_booking(size: tuple[int, int]) -> None:
    lines = drawn(FACTS, VIEW, *size)
    text = "\n".join(lines)
    assert len(lines) == size[1]
    assert all(len(line) == size[0] for line in lines)
    for part in ("690 F", " 700 ", "pass", "now", "◆"):
        assert part in text
    assert "%" not in text


def test_the_lane_below_the_scores_line_by_line() -> None:
    lines = drawn(FACTS, VIEW, 85, 10)
    assert lines[6] == (
        "           ░░░░ wait ░░░░                        ░░░░ wait ░░░░  ═ aim ══    ◆       "
    )
    assert lines[7].strip().startswith("├──")
    assert "5 attempts, 2 left" in lines[7]
    assert lines[7].endswith("›")


@given(
    scores=st.lists(st.integers(1, 1000), min_size=1, max_size=6),
    height=st.integers(6, 24),
    width=st.integers(30, 160),
)
def test_a_fail_is_below_the_passing_line_and_a_pass_is_not(
    scores: list[int], height: int, width: int
) -> None:
    start = at(2026, 1, 1, 9)
    sittings = tuple(sat(str(n), start + n * 20 * DAY, score) for n, score in enumerate(scores))
    facts = FACTS._replace(sittings=sittings, stretches=(), marks=())
    lines = drawn(facts, View(start - DAY, start + 121 * DAY), width, height)
    passing = passing_line(lines)
    for index, line in enumerate(lines):
        for column, char in enumerate(line):
            if char == "●":
                failed = _tone(facts, width, height, index, column, start) == "failed"
                assert index > passing if failed else index <= passing


def _tone(facts: ChartFacts, width: int, height: int, line: int, column: int, start: float) -> str:
    row = plot(facts, View(start - DAY, start + 121 * DAY), width, height)[line]
    left = 0
    for seg in row:
        left += len(seg.text)
        if column < left:
            return seg.style.split()[0]
    raise AssertionError


def test_two_sittings_in_one_cell_are_counted_not_hidden() -> None:
    close = FACTS._replace(
        sittings=(sat("a", at(2026, 10, 5, 10), 640), sat("b", at(2026, 10, 6, 11), 641)),
        stretches=(),
    )
    lines = drawn(close, View(at(2023, 1, 1), at(2027, 1, 1)), 60, 9)
    assert "".join(line[GUTTER:] for line in lines[1:6]).count("2") == 1
    assert "●" not in "".join(lines)


def test_what_is_out_of_sight_is_said_at_the_edges() -> None:
    facts = FACTS._replace(marks=(*FACTS.marks, Mark("retires", at(2027, 6, 30), "retires 30 Jun")))
    top = drawn(facts, View(at(2026, 10, 20), at(2026, 11, 10)), 80, 9)[0]
    assert "‹ 2 earlier" in top
    assert top.rstrip().endswith("2 later, now, retires 30 Jun ›")


def test_after_retirement_the_chart_is_walled_off() -> None:
    facts = FACTS._replace(marks=(*FACTS.marks, Mark("retires", at(2026, 11, 30), "retires")))
    lines = drawn(facts, VIEW, 80, 10)
    wall = lines[2].index("┃")
    assert set(lines[2][wall + 1 :]) == {"╱"}
    assert "╱" not in lines[2][:wall]


def test_the_chosen_sitting_has_another_shape() -> None:
    assert "◉" not in "".join(drawn(FACTS, VIEW, 80, 10))
    assert "".join(drawn(FACTS, VIEW, 80, 10, "c")).count("◉") == 1


def test_without_scores_a_fail_is_below_the_passing_line_and_there_is_no_scale() -> None:
    sitting = Sitting("a", at(2026, 10, 20), "delivered", None, False)
    lines = drawn(FACTS._replace(sittings=(sitting,)), VIEW, 80, 10)
    below = passing_line(lines) + 1
    assert "● F" in lines[below]
    assert [line[:GUTTER].strip() for line in lines if line[:GUTTER].strip()] == ["700"]


def test_the_elapsed_and_the_coming_are_split_by_now() -> None:
    lines = drawn(FACTS, VIEW, 80, 10)
    column = GUTTER + VIEW.column(at(2026, 11, 22, 9), 80 - GUTTER)
    assert [line[column] for line in lines[1:6]] == ["│"] * 5


def test_the_scale_is_the_finest_that_holds_all_scores() -> None:
    # 480 to 980 in ten lines: 50 points to a line take eleven, 62.5 go from 1000 down to 437.
    assert score_scale([480, 980], FACTS, 10) == (250, 4, 16, (500, 750, 1000))
    # 574 to 700 in five: a third of a hundred points, from 700 down to 567.
    assert score_scale([574], FACTS, 5) == (100, 3, 21, (600, 700))
    # Four lines around 700 alone, ten points each: from 710 down to 680.
    assert score_scale([], FACTS, 4) == (50, 5, 71, (700,))


def test_the_scale_stays_on_the_exam() -> None:
    # Thirteen of fourteen lines are used; the one to spare is not above 1000, nor is 0 labelled.
    assert score_scale([2, 990], FACTS, 14) == (250, 3, 12, (250, 500, 750, 1000))


def test_a_fail_has_a_line_below_the_passing_line_even_where_all_passed() -> None:
    assert score_scale([700], FACTS, 2) == (50, 5, 70, (700,))


def test_a_scale_of_a_hundred_points_is_read_in_its_own_steps() -> None:
    facts = FACTS._replace(passing=66, low=0, high=100)
    # A point to a line, as a hundred lines hold the whole scale; 60 to 66 in the middle of nine.
    assert score_scale([60], facts, 9) == (5, 5, 67, (60, 65))


@given(st.lists(st.integers(1, 1000), max_size=8), st.integers(2, 40))
def test_grid_lines_are_whole_lines_apart_and_all_equally_far(scores: list[int], rows: int) -> None:
    scale = score_scale(scores, FACTS, rows)
    lines = [scale.row(score, rows) for score in scale.grid]
    assert all(after - before == -scale.lines for before, after in pairwise(lines))
    assert scale.row(700, rows) < rows - 1
    # In half lines: every score is at most one of them above the top or below the bottom line.
    top, bottom = ((2 * line) * scale.step for line in (scale.top, scale.top - rows + 1))
    halves = [2 * score * scale.lines for score in [*scores, 700]]
    assert all(bottom - scale.step <= half < top + scale.step for half in halves)


@pytest.mark.parametrize("width", [60, 80])
def test_a_short_recommended_window_at_the_edge_after_a_long_wait_is_named(width: int) -> None:
    wait = Stretch("wait", at(2026, 10, 5), at(2026, 12, 18), ("wait",))
    aim = Stretch("aim", at(2026, 12, 18), at(2026, 12, 20), ("recommended", "aim"))
    facts = FACTS._replace(sittings=FACTS.sittings[:1], stretches=(wait, aim))
    lines = drawn(facts, VIEW, width, 7)
    assert "recommended" in lines[3]
    assert "░═" in lines[4]


@given(st.integers(20, 200), st.integers(6, 40), st.floats(1, 2000), st.floats(-900, 900))
def test_any_view_of_any_size_is_drawn_in_full(
    width: int, height: int, days: float, offset: float
) -> None:
    start = at(2026, 10, 1) + offset * DAY
    rows = plot(FACTS, View(start, start + days * DAY), width, height, "b")
    assert len(rows) == height
    assert {row_width(row) for row in rows} == {width}


def test_the_first_view_shows_every_sitting_and_the_window_ahead() -> None:
    view = home(FACTS)
    for sitting in FACTS.sittings:
        assert view.start < sitting.at < view.end
    assert view.end > at(2026, 12, 8)


def test_bands_and_waits_have_styles_of_their_own() -> None:
    kinds = {style.split()[0] for _, style in styles(FACTS, VIEW, 100, 14) if style}
    assert {"passing", "wait", "aim", "aim-ground", "failed", "now", "window", "axis"} <= kinds


def test_the_passing_line_is_named_beside_the_now_line() -> None:
    for minutes in range(0, 8 * 1440, 360):
        start = FACTS.now - minutes * 60
        lines = drawn(FACTS, View(start, start + 60 * DAY), 80, 14)
        assert " pass " in lines[passing_line(lines)]


@pytest.mark.parametrize("kind", ["profile", "profile-limit", "result-limit", "certificate-to"])
def test_labels_stand_apart_from_their_dates(kind: str) -> None:
    step = next_steps(
        samples.RETAKE,
        msgspec.structs.replace(
            samples.TIMELINE,
            milestones=(
                Milestone(at=samples.at(2027, 1, 4, 9), kind=kind, text="", source="official"),
            ),
        ),
        samples.NOW,
    )
    entries = next_listing(step, 60, 40).entries
    rows = ["".join(seg.text for seg in row) for entry in entries for row in entry]
    dated = next(row for row in rows if "Mon 4 Jan 2027" in row)
    assert " Mon 4 Jan 2027" in dated
    assert "…" not in dated


@pytest.mark.parametrize(
    ("width", "height", "lines"),
    [
        # A rule of 60 letters takes two of the 45 columns beside the labels, so an entry has three
        # lines; the heading has one, and with a blank line after each entry there are 14.
        (60, 14, [4, 4, 4]),
        (60, 13, [3, 3, 3]),
        (60, 9, [3, 3, 2]),
        (60, 8, [3, 2, 2]),
        (60, 6, [2, 2, 1]),
        (60, 4, [1, 1, 1]),
        # From 70 columns on rules stand beside the answers before any goes below one.
        (70, 6, [1, 1, 1]),
    ],
)
def test_the_last_answers_give_way_first(width: int, height: int, lines: list[int]) -> None:
    steps = [Step("May sit", "now", "rule " * 12) for _ in range(3)]
    assert [len(entry) for entry in next_listing(steps, width, height).entries] == lines


def test_a_recommended_window_that_is_over_says_so() -> None:
    window = samples.RETAKE.recommended
    assert window is not None
    later = samples.NOW + (window.until - samples.NOW.date()) + timedelta(days=1)
    steps = {step.label: step for step in next_steps(samples.RETAKE, samples.TIMELINE, later)}
    assert steps["Recommended"].value.endswith(", past")
    steps = {step.label: step for step in next_steps(samples.RETAKE, samples.TIMELINE, samples.NOW)}
    assert "past" not in steps["Recommended"].value
