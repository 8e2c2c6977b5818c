"""The heatmap line by line: every cell has a letter, whatever the width and the names."""

from datetime import date, datetime

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.model.answers import Cell, DomainRow, PracticeTotal
from coach.ui.widgets.heatmap.grid import cell_words, legend
from coach.ui.widgets.heatmap.layout import (
    Columns,
    ReportHead,
    columns,
    domain_rows,
    grid_rows,
    head_rows,
    planned_ahead,
    row_heights,
    soon,
    sparkline,
)
from coach.ui.widgets.rows import Row, row_width
from tests.ui import samples

HEADS = [
    ReportHead("r1", date(2026, 10, 10), 580, False),
    ReportHead("r2", date(2026, 10, 30), 640, False),
    ReportHead("r3", date(2026, 11, 20), 655, False),
]
STORAGE = samples.HEATMAP.domains[1]
TODAY = date(2026, 11, 25)
ORDERS = ("most to gain first",)


def rows_of(
    entry: DomainRow, shape: Columns, height: int, most: float, chosen: int | None
) -> list[Row]:
    """The rows of a domain whose cells are those of all the reports."""
    heads = [ReportHead(cell.report, None, None, None) for cell in entry.cells]
    return domain_rows(grid_rows([entry], heads)[0], shape, height, most, chosen, TODAY)


def line(row: Row) -> str:
    return "".join(seg.text for seg in row)


def domain(name: str, reports: int, value: int | str | None = None) -> DomainRow:
    cells = tuple(
        Cell(report=f"r{n}", band="near", origin="bar", value=value) for n in range(reports)
    )
    return DomainRow(
        name=name,
        weight=25.0,
        weight_low=20,
        weight_high=30,
        cells=cells,
        trend="stuck",
        gap=1,
        priority=25.0,
        tier=1,
        practice=PracticeTotal(correct=0, total=0),
        topics=(),
    )


def test_a_line_at_eighty_columns() -> None:
    shape = columns(3, 2, 79)
    lines = [line(row) for row in head_rows(HEADS, 2, shape, ORDERS, "Priority")]
    assert [text.split() for text in lines] == [
        ["Where", "the", "points", "are", "10", "Oct", "30", "Oct", "20", "Nov"],
        ["most", "to", "gain", "first", "580", "640", "655", "Priority"],
    ]
    row = line(rows_of(STORAGE, shape, 1, 37.84, None)[0])
    assert row.split() == ["Storage", "15–20", "B", "B", "B", "40", "█" * 11, "38", "→"]


def test_the_marked_cell_wears_brackets() -> None:
    shape = columns(3, 2, 79)
    assert "[ B 40 ]" in line(rows_of(STORAGE, shape, 1, 37.84, 2)[0])
    assert "[  B   ]" in line(rows_of(STORAGE, shape, 1, 37.84, 0)[0])


@pytest.mark.parametrize(("value", "shown"), [(100, "N 100"), (0, "N 0"), (7, "N 7")])
def test_a_bar_is_shown_from_0_to_100(value: int, shown: str) -> None:
    row = domain("Networking", 1, value)
    shape = columns(1, 0, 60)
    assert shown in line(rows_of(row, shape, 1, 25.0, None)[0])


def test_a_vendors_word_leaves_the_letter_alone() -> None:
    row = domain("Networking", 1, "Needs Improvement")
    shape = columns(1, 0, 60)
    assert "Needs" not in line(rows_of(row, shape, 1, 25.0, None)[0])


def test_of_twelve_reports_the_newest_are_in_sight() -> None:
    shape = columns(12, 11, 58)
    assert shape.first + shape.cells == 12
    assert "older" in line(head_rows(_twelve(), 11, shape, ORDERS, "Priority")[0])
    assert columns(12, 0, 58).first == 0


def _twelve() -> list[ReportHead]:
    return [ReportHead(f"r{n}", date(2015 + n, 3, 10), 500, False) for n in range(12)]


def test_a_report_of_another_year_shows_the_year() -> None:
    heads = [ReportHead("a", date(2025, 11, 20), 600, False), *HEADS[2:]]
    shape = columns(2, 1, 79)
    days = line(head_rows(heads, 1, shape, ORDERS, "Priority")[0])
    assert days.split()[-4:] == ["Nov", "’25", "20", "Nov"]


def test_more_room_shows_more() -> None:
    narrow, middle, wide = (columns(3, 2, width, practised=True) for width in (59, 79, 130))
    assert narrow.practice == 0 < middle.practice < wide.practice
    assert narrow.priority < middle.priority < wide.priority
    assert narrow.cells == middle.cells == wide.cells == 3


@pytest.mark.parametrize(
    ("reports", "width", "shown"),
    [(12, 119, 12), (12, 79, 7), (6, 79, 6), (6, 91, 6), (2, 59, 2), (5, 59, 4), (12, 40, 3)],
)
def test_as_many_reports_are_shown_as_fit(reports: int, width: int, shown: int) -> None:
    shape = columns(reports, reports - 1, width)
    assert shape.cells == shown
    assert shape.first == reports - shown
    assert shape.name >= 12


def test_marks_say_how_many_reports_are_out_of_sight_on_either_side() -> None:
    shape = columns(12, 3, 79)
    days = line(head_rows(_twelve(), 3, shape, ORDERS, "Priority")[0])
    assert days.startswith("‹ 3 older")
    assert days.rstrip().endswith("2 newer ›")


def test_reports_on_other_skills_share_no_row() -> None:
    old = domain("Old skills", 1)
    new = msgspec.structs.replace(
        domain("New skills", 1), cells=(Cell(report="r9", band="below", origin="bar", value=10),)
    )
    heads = [ReportHead("r0", None, 500, False), ReportHead("r9", None, 600, False)]
    shape = columns(2, 1, 79)
    first = line(domain_rows(grid_rows([new], heads)[0], shape, 1, 25.0, None, TODAY)[0])
    row = grid_rows([old], heads, heading="Skills of 2024")[0]
    heading, second = domain_rows(row, shape, 1, 25.0, 1, TODAY)
    assert "B 10" in first
    assert "N" not in first.replace("New", "")
    assert line(heading) == "Skills of 2024"
    assert "N" in line(second)
    assert "[      ]" in line(second)


def test_under_a_name_stand_its_weight_and_what_is_planned() -> None:
    some = samples.SCHEDULE.weeks[0].blocks[0]
    sessions = [
        msgspec.structs.replace(some, domain=name, status=status, start=at, minutes=minutes)
        for name, status, at, minutes in (
            (STORAGE.name, "done", samples.at(2026, 11, 24, 19), 45),
            (STORAGE.name, "planned", samples.at(2026, 11, 25, 19), 45),
            (None, "planned", samples.at(2026, 11, 25, 20), 45),
            (STORAGE.name, "planned", samples.at(2026, 11, 28, 10), 60),
        )
    ]
    week = msgspec.structs.replace(samples.SCHEDULE.weeks[0], blocks=tuple(sessions))
    ahead = planned_ahead(msgspec.structs.replace(samples.SCHEDULE, weeks=(week,)))
    assert ahead[STORAGE.name].minutes == 45 + 60
    shape = columns(3, 2, 79)
    row = grid_rows([STORAGE], HEADS, ahead)[0]
    lines = [line(each).split("  ")[0] for each in domain_rows(row, shape, 5, 37.84, None, TODAY)]
    assert lines[:2] == ["Storage", "15–20 % of the exam"]
    assert lines[2].endswith(" · next today 19:00")
    row = grid_rows([STORAGE], HEADS, {"Another": ahead[STORAGE.name]})[0]
    assert "no study time planned" in line(domain_rows(row, shape, 2, 37.84, None, TODAY)[1])


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (samples.at(2026, 11, 25, 19, 0), "today 19:00"),
        (samples.at(2026, 12, 1, 9, 30), "Tue 09:30"),
        (samples.at(2026, 12, 2, 9, 30), "2 Dec 09:30"),
        (samples.at(2027, 1, 4, 9, 30), "4 Jan 2027 09:30"),
    ],
)
def test_a_session_within_a_week_is_told_by_its_day(at: datetime, said: str) -> None:
    assert soon(at, TODAY) == said


def test_practice_is_a_figure_and_a_chart_of_the_newest_levels() -> None:
    assert sparkline([0, 50, 100, 99.9, 12.5, 62.5], 5) == "▅██▂▆"
    total = PracticeTotal(correct=9, total=10, results=1, level=83.3, levels=(83.3,))
    practised = msgspec.structs.replace(domain("Networking", 1), practice=total)
    shape = columns(1, 0, 79, practised=True)
    assert line(rows_of(practised, shape, 1, 25.0, None)[0]).split()[-1] == "%"
    assert " 83 %" in line(rows_of(practised, shape, 1, 25.0, None)[0])


@pytest.mark.parametrize(
    ("weights", "height", "lines"),
    [
        ((24, 19, 24, 19, 14), 4, [1] * 5),
        ((24, 19, 24, 19, 14), 14, [2] * 5),
        # 15 lines are three each; of 24, the heaviest takes its quarter.
        ((24, 19, 24, 19, 14), 15, [3] * 5),
        ((24, 19, 24, 19, 14), 24, [6, 4, 6, 4, 3]),
        # From seven lines each on, twelve at the most.
        ((50, 50), 90, [12, 12]),
        ((60, 40), 20, [12, 8]),
        ((), 20, []),
    ],
)
def test_a_row_is_the_higher_the_more_it_weighs(
    weights: tuple[int, ...], height: int, lines: list[int]
) -> None:
    assert row_heights(weights, height) == lines


@given(
    name=st.text(min_size=1, max_size=80),
    reports=st.integers(0, 12),
    width=st.integers(40, 160),
    height=st.integers(1, 12),
    value=st.one_of(st.none(), st.integers(0, 100), st.text(max_size=30)),
)
@example(name="0", reports=1, width=40, height=1, value=100)
def test_every_row_of_a_domain_is_equally_wide(
    name: str, reports: int, width: int, height: int, value: int | str | None
) -> None:
    row = domain(name, reports, value)
    shape = columns(reports, reports - 1, width)
    rows = rows_of(row, shape, height, 25.0, reports - 1 if reports else None)
    assert len(rows) == height
    heads = [ReportHead(str(n), date(2026, 1, 1), None, None) for n in range(reports)]
    head = head_rows(heads, 0, shape, ORDERS, "Priority")
    assert {row_width(each) for each in (*head, *rows) if each} == {row_width(head[0])}
    assert row_width(head[0]) <= width
    letters = sum(line(each).count("N") for each in rows)
    assert letters >= shape.cells if reports else True


@pytest.mark.parametrize(("width", "whose"), [(40, 0), (70, 1), (100, 1)])
def test_the_legend_names_every_band_and_says_who_set_them(width: int, whose: int) -> None:
    text = "\n".join(line(row) for row in legend(width))
    for part in (" B  below", " N  near", " A  above", " ?  unknown"):
        assert part in text
    assert text.count("You set these bands") == whose


def test_the_marked_cell_is_told_in_words() -> None:
    told = line(cell_words(STORAGE, HEADS[2]))
    assert told == "Fri 20 Nov 2026: bar 40, read as below target"
    assert "n enters one" in line(cell_words(STORAGE, None))
