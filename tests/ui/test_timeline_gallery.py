"""The chart of histories of 0, 1, 3 and 7 sittings on axes of a day and of four years.

Every sitting in sight is drawn or counted, at the column worked out by hand, and no label hides
another or stands beside a foreign point.
"""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from coach.ui.widgets.timeline.chart_facts import ChartFacts, Mark, Sitting, View, Wait
from coach.ui.widgets.timeline.score_chart import GUTTER, plot

BERLIN = ZoneInfo("Europe/Berlin")
NOW = "2026-11-19 18:30"
NOBODY: tuple[tuple[str, int], ...] = ()
ONE = (("2026-11-19 10:00", 631),)
THREE = (("2026-11-19 02:00", 574), ("2026-11-19 10:00", 631), ("2026-11-19 20:00", 703))
SEVEN = (
    ("2022-12-05 09:00", 480),
    ("2022-12-07 10:00", 505),
    ("2023-01-10 09:00", 620),
    ("2023-02-20 09:00", 655),
    ("2024-03-01 09:00", 688),
    ("2024-04-10 09:00", 742),
    ("2026-11-10 09:00", 671),
)
DAY = ("2026-11-19 00:00", "2026-11-20 00:00")
FOUR_YEARS = ("2022-11-20 00:00", "2026-11-20 00:00")
SIZES = ((60, 7), (60, 9), (80, 10), (118, 16), (158, 22))
GALLERY = [
    (history, axis, size)
    for history in (NOBODY, ONE, THREE, SEVEN)
    for axis in (DAY, FOUR_YEARS)
    for size in SIZES
]


def stamp(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp()


def facts_of(history: tuple[tuple[str, int], ...], *marks: Mark) -> ChartFacts:
    return ChartFacts(
        zone=BERLIN,
        passing=700,
        low=1,
        high=1000,
        sittings=tuple(
            Sitting(str(number), stamp(at), "delivered", score, score >= 700)
            for number, (at, score) in enumerate(history)
        ),
        marks=(Mark("now", stamp(NOW), "today"), *marks),
    )


def drawn(facts: ChartFacts, axis: tuple[str, str], size: tuple[int, int]) -> list[str]:
    view = View(*map(stamp, axis))
    return ["".join(seg.text for seg in row) for row in plot(facts, view, *size)]


def scores(lines: list[str]) -> list[str]:
    """The lines between the names of dates and the axis, without the scale."""
    return [line[GUTTER:] for line in lines[1:-2]]


def counted(lines: list[str]) -> int:
    """Sittings on the chart: a dot for one, a digit for several in one cell."""
    bare = re.sub(r"\d{3}( ?[−+]\d+)?|[−+]\d+", "", "\n".join(scores(lines)))
    return bare.count("●") + sum(int(digit) for digit in re.findall(r"\d", bare))


@pytest.mark.parametrize(("history", "axis", "size"), GALLERY)
def test_every_sitting_in_sight_is_drawn_or_counted(
    history: tuple[tuple[str, int], ...], axis: tuple[str, str], size: tuple[int, int]
) -> None:
    lines = drawn(facts_of(history), axis, size)
    first, last = map(stamp, axis)
    assert counted(lines) == sum(first <= stamp(at) < last for at, _ in history)
    assert all(len(line) == size[0] for line in lines)


@pytest.mark.parametrize(("history", "axis", "size"), GALLERY)
def test_a_label_stands_beside_its_own_sitting(
    history: tuple[tuple[str, int], ...], axis: tuple[str, str], size: tuple[int, int]
) -> None:
    lines = scores(drawn(facts_of(history), axis, size))
    first, last = map(stamp, axis)
    span = size[0] - GUTTER
    for found in (
        match for line in lines for match in re.finditer(r"(?<![−+])\b(\d{3})\b( [−+]\d+)?", line)
    ):
        at = next(stamp(when) for when, score in history if str(score) == found[1])
        column = int((at - first) / (last - first) * span)
        assert found.start() - 2 <= column <= found.end() + 1


def test_a_day_at_three_columns_an_hour() -> None:
    # 24 hours on 72 columns: three columns an hour. 02:00 is column 6, 10:00 is 30, 20:00 is 60.
    lines = scores(drawn(facts_of(THREE), DAY, (GUTTER + 72, 16)))
    columns = sorted(match.start() for line in lines for match in re.finditer("●", line))
    assert columns == [6, 30, 60]
    assert [label in "\n".join(lines) for label in ("574", "−126", "631", "−69", "703")] == [
        True
    ] * 5


def test_four_years_at_ten_days_a_column() -> None:
    # 1461 days on 146 columns, ten days and ten minutes each: 5 and 7 December 2022 are days 15
    # and 17, both column 1; 10 January is day 51, column 5; 20 February day 92, column 9;
    # 1 March 2024 day 467, column 46; 10 April day 507, column 50; 10 November 2026 day 1451, 145.
    lines = scores(drawn(facts_of(SEVEN), FOUR_YEARS, (GUTTER + 146, 22)))
    columns = sorted(match.start() for line in lines for match in re.finditer("●", line))
    assert columns == [1, 1, 5, 9, 46, 50, 145]


def test_the_names_of_marks_stand_apart_and_today_comes_first() -> None:
    expires = Mark("expires", stamp("2026-11-19 21:00"), "certificate expires 19 Nov", "expires")
    top = drawn(facts_of(ONE, expires), DAY, (60, 9))[0]
    # On 51 columns 18:30 is column 39 and 21:00 is column 44, each behind the gutter of 9: "today"
    # lies around column 48, and "expires" would touch it except from column 53 on.
    assert top[46:51] == "today"
    assert top[53:60] == "expires"
    assert top.replace("today", "").replace("expires", "").strip() == ""


@pytest.mark.parametrize("size", SIZES)
def test_what_lies_beyond_the_view_is_dated_at_its_edge(size: tuple[int, int]) -> None:
    wall = Mark("retires", stamp("2027-06-30 00:00"), "retires 30 Jun 2027", "ends 30 Jun 2027")
    top = drawn(facts_of(ONE, wall), ("2026-11-01 00:00", "2026-12-01 00:00"), size)[0]
    assert top.rstrip().endswith("s 30 Jun 2027 ›")


def test_wait_of_an_unverified_policy_is_marked() -> None:
    wait = Wait(stamp("2026-11-10 09:00"), stamp("2026-11-24 09:00"), ("14 days ?", "14 d ?"))
    facts = facts_of(ONE)._replace(waits=(wait,))
    shown = "\n".join(drawn(facts, ("2026-11-01 00:00", "2026-12-01 00:00"), (80, 10)))
    assert "14 days ?" in shown


def test_a_sitting_close_before_now_keeps_its_score() -> None:
    # Three days on 72 columns: the sitting of 03:00 is in column 3 and "now" in column 6, so the
    # five characters have no room at its right, nor at its left with a space between.
    axis = ("2026-11-19 00:00", "2026-11-22 00:00")
    history = (("2026-11-19 03:00", 631),)
    view = View(*map(stamp, axis))
    facts = facts_of(history)._replace(marks=(Mark("now", stamp("2026-11-19 06:00"), "today"),))
    rows = ["".join(seg.text for seg in row) for row in plot(facts, view, GUTTER + 72, 16)]
    assert "631" in "\n".join(scores(rows))
