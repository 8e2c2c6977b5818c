"""The score chart line by line: truthful at sixty columns and with two sittings in one column."""

from datetime import datetime, timedelta
from itertools import product
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
    Odds,
    Sitting,
    Study,
    View,
    Wait,
    chart_facts,
    home,
)
from coach.ui.widgets.timeline.next_steps import Step, answers, next_listing, next_steps
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
    waits=(
        Wait(at(2026, 10, 7, 10), at(2026, 10, 21, 10), ("14 days", "14 d")),
        Wait(at(2026, 11, 14, 10), at(2026, 11, 28, 10), ("14 days", "14 d")),
    ),
    best=(at(2026, 11, 30), at(2026, 12, 8)),
    study=(
        Study(at(2026, 11, 9), at(2026, 11, 16), 240, 0),
        Study(at(2026, 11, 30), at(2026, 12, 7), 0, 480),
    ),
    chance=(
        Odds(at(2026, 11, 28), 4, False),
        Odds(at(2026, 12, 5), 5, False),
        Odds(at(2026, 12, 12), 6, True),
    ),
    marks=(Mark("now", at(2026, 11, 22, 9), "today"),),
)
VIEW = View(at(2026, 10, 1), at(2026, 12, 20))


def drawn(facts: ChartFacts, view: View, width: int, height: int, chosen: str = "") -> list[str]:
    return ["".join(seg.text for seg in row) for row in plot(facts, view, width, height, chosen)]


def passing_line(lines: list[str]) -> int:
    return next(index for index, line in enumerate(lines) if line.startswith("pass 700 "))


@pytest.mark.parametrize("size", [(58, 8), (60, 9), (80, 10), (120, 16), (160, 22)])
def test_every_size_shows_scores_pass_line_today_and_booking(size: tuple[int, int]) -> None:
    lines = drawn(FACTS, VIEW, *size)
    text = "\n".join(lines)
    assert len(lines) == size[1]
    assert all(len(line) == size[0] for line in lines)
    for part in ("690", "−10", "pass 700", "today", "booked", "◆"):
        assert part in text
    assert "%" not in text


def test_a_goal_has_a_mark_until_there_is_a_booking() -> None:
    goal, plan = samples.at(2027, 1, 16), samples.TIMELINE
    free = [attempt for attempt in plan.attempts if attempt.status != "booked"]
    open_plan = msgspec.structs.replace(plan, attempts=tuple(free))
    booked = msgspec.structs.replace(free[0], id="next", status="booked", at=goal)
    told = {}
    for name, timeline in (
        ("open", open_plan),
        ("booked", msgspec.structs.replace(plan, attempts=(*free, booked))),
    ):
        facts = chart_facts(timeline, samples.RETAKE, None, None, samples.NOW, goal)
        told[name] = drawn(facts, View(at(2026, 11, 1), at(2027, 2, 1)), 100, 12)
    assert "goal 16 Jan 2027" in told["open"][0]
    column = GUTTER + View(at(2026, 11, 1), at(2027, 2, 1)).column(goal.timestamp(), 100 - GUTTER)
    assert told["open"][2][column] == "┊"
    assert "goal" not in "\n".join(told["booked"])


def test_the_lanes_below_the_scores_share_the_axis() -> None:
    # 80 days on 80 columns: day n of the view, counted from 1 October, is column n, behind the
    # gutter of 9. 14 days from 7 October are columns 6 to 19, from 14 November 44 to 57; the study
    # of 9 November 39 to 45 at half the height, that of 30 November 60 to 66; the chances of 28
    # November, 5 and 12 December 58, 65 and 72; today 52.
    lines = drawn(FACTS, VIEW, 89, 16)
    wait, study, chance = lines[11:14]
    assert wait[9 + 6 : 9 + 20] == "── 14 days ───"
    assert study[:48] == "study".ljust(48)
    assert study[48:55] == "▄" * 7
    assert study[69:76] == "█" * 7
    assert [chance[9 + day] for day in (58, 65, 72)] == ["4", "5", "6"]
    assert "6 ✓" in chance
    assert lines[14][9 + 72] == "◆"
    # The best time, 30 November to 7 December, shows without colours too.
    assert set(lines[14][69:77]) <= {"━", "┬"}
    assert lines[14].count("━") >= 7


def test_the_best_time_is_one_shade_from_its_name_to_the_axis() -> None:
    rows = plot(FACTS, VIEW, 89, 16)
    for row in rows[1:14]:
        grounds = [seg.style.startswith("aim-ground") for seg in row for _ in seg.text]
        assert [x for x, shaded in enumerate(grounds) if shaded] == list(range(69, 77))


def test_few_lines_keep_the_scale_and_give_lanes_up() -> None:
    # 610 to 700 at 36 points a line takes four lines; seven leave room for these and the axis only.
    text = "\n".join(drawn(FACTS, VIEW, 80, 7))
    assert "pass 700" in text
    assert "study" not in text
    # Where not even these have room every pass is on the pass line and every fail below it.
    low = FACTS._replace(sittings=(sat("a", at(2026, 10, 5, 10), 200),))
    lines = drawn(low, VIEW, 80, 8)
    assert lines[1].startswith("pass 700")
    assert "200 −500" in lines[2]


def test_seven_sittings_over_four_years_keep_the_pass_line_in_nine_lines() -> None:
    scores = (410, 520, 655, 655, 688, 742, 671)
    start = at(2022, 11, 1)
    sittings = tuple(sat(str(n), start + n * 200 * DAY, score) for n, score in enumerate(scores))
    view = View(start - 60 * DAY, start + 1500 * DAY)
    lines = drawn(FACTS._replace(sittings=sittings), view, 60, 9)
    assert passing_line(lines) == 1
    assert "742 +42" in lines[1]
    assert "671 −29" in lines[2]


def test_a_drop_line_leads_from_the_pass_line_to_the_score() -> None:
    one = FACTS._replace(sittings=(sat("a", at(2026, 10, 5, 10), 610),))
    lines = drawn(one, VIEW, 89, 24)
    passing, score = passing_line(lines), next(y for y, line in enumerate(lines) if "●" in line)
    column = lines[score].index("●")
    assert {line[column] for line in lines[passing + 1 : score]} == {"┊"}
    assert lines[score - 1][column + 2 : column + 5] == "−90"
    assert lines[score][column + 2 : column + 5] == "610"


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
    facts = FACTS._replace(sittings=sittings, waits=(), best=None, study=(), chance=())
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
        waits=(),
    )
    lines = drawn(close, View(at(2023, 1, 1), at(2027, 1, 1)), 60, 9)
    assert "2" in "".join(line[GUTTER:] for line in lines[1:6]).replace("641 −59", "")
    assert "●" not in "".join(lines)


def test_what_is_out_of_sight_is_said_at_the_edges() -> None:
    facts = FACTS._replace(marks=(*FACTS.marks, Mark("retires", at(2027, 6, 30), "retires 30 Jun")))
    top = drawn(facts, View(at(2026, 10, 20), at(2026, 11, 10)), 80, 9)[0]
    assert "‹ 2 earlier" in top
    assert top.rstrip().endswith("2 later, today, retires 30 Jun ›")


def test_after_retirement_the_chart_is_walled_off() -> None:
    facts = FACTS._replace(marks=(*FACTS.marks, Mark("retires", at(2026, 11, 30), "retires")))
    lines = drawn(facts, VIEW, 80, 10)
    wall = lines[2].index("┃")
    assert set(lines[2][wall + 1 :]) == {"╱"}
    assert "╱" not in lines[2][:wall]


def test_the_chosen_sitting_has_another_shape() -> None:
    assert "◉" not in "".join(drawn(FACTS, VIEW, 80, 10))
    assert "".join(drawn(FACTS, VIEW, 80, 10, "c")).count("◉") == 1


def test_without_scores_a_fail_is_below_the_pass_line() -> None:
    sitting = Sitting("a", at(2026, 10, 20), "delivered", None, False)
    lines = drawn(FACTS._replace(sittings=(sitting,)), VIEW, 80, 10)
    assert "● F" in lines[passing_line(lines) + 1]


def test_the_elapsed_and_the_coming_are_split_by_today() -> None:
    lines = drawn(FACTS, VIEW, 80, 10)
    column = GUTTER + VIEW.column(at(2026, 11, 22, 9), 80 - GUTTER)
    assert [line[column] for line in lines[1:5]] == ["│"] * 4


def test_the_scale_is_the_finest_that_holds_all_scores() -> None:
    # Whole points a line from 5 to 35, 0.5 and 3.6 percent of a scale of 999. 574 is 126 points
    # short: five lines with the pass line leave four steps, and 126 / 4 is 31.5.
    assert score_scale([574], FACTS, 5) == (32, 0)
    # A pass of 980 is 280 over, 480 is 220 short: with 32 points a line eight above, seven below.
    assert score_scale([480, 980], FACTS, 16) == (32, 8)
    assert score_scale([480, 980], FACTS, 12) is None
    # One line below the pass line is always there, and no more than four above it are spare.
    assert score_scale([], FACTS, 2) == (5, 0)
    assert score_scale([], FACTS, 20) == (5, 4)
    # A scale of a hundred points: one to three a line.
    hundred = FACTS._replace(passing=66, low=0, high=100)
    assert score_scale([60], hundred, 7) == (1, 0)
    assert score_scale([50], hundred, 5) is None


@given(st.lists(st.integers(1, 1000), max_size=8), st.integers(2, 40))
def test_the_scale_is_the_same_everywhere_on_it(scores: list[int], rows: int) -> None:
    scale = score_scale(scores, FACTS, rows)
    if scale is None:
        return
    lines = {score: scale.row(score, 700) for score in [*scores, 700]}
    assert all(0 <= line < rows for line in lines.values())
    for one, other in product(lines, repeat=2):
        apart = abs(one - other) / scale.points
        assert apart - 1 < abs(lines[one] - lines[other]) < apart + 1
        assert abs(one - other) < 37 or lines[one] != lines[other]
        if one < 700:
            assert lines[one] > lines[700]


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
    ("height", "lines"),
    [
        # A rule of 60 letters takes two of the 45 columns beside the labels, so an entry has three
        # lines; the heading has one, and with a blank line after each entry there are 14.
        (14, [4, 4, 4]),
        (13, [3, 3, 3]),
        (10, [3, 3, 3]),
        (9, [3, 3, 2]),
        (8, [3, 3, 1]),
        (5, [2, 1, 1]),
        (4, [1, 1, 1]),
    ],
)
def test_the_last_rules_give_way_first(height: int, lines: list[int]) -> None:
    steps = [Step("Note", "now", "rule " * 12) for _ in range(3)]
    assert [len(entry) for entry in next_listing(steps, 60, height).entries] == lines


def test_a_best_time_that_is_over_says_so() -> None:
    window = samples.RETAKE.recommended
    assert window is not None
    later = samples.NOW + (window.until - samples.NOW.date()) + timedelta(days=1)
    for now, over in ((samples.NOW, False), (later, True)):
        best = answers(samples.RETAKE, samples.TIMELINE, now)[1]
        assert best.label == "BEST TIME"
        assert (best.reasons == ("is over",)) is over
