"""The heatmap line by line: every cell has a letter, whatever the width and the names."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
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
    row_height,
    short_name,
    sparkline,
    wanted_width,
)
from coach.ui.widgets.rows import Row, row_width
from tests.ui import samples

HEADS = [
    ReportHead("r1", date(2026, 10, 10), 580, False),
    ReportHead("r2", date(2026, 10, 30), 640, False),
    ReportHead("r3", date(2026, 11, 20), 655, False),
]
STORAGE = samples.HEATMAP.domains[1]


def rows_of(
    entry: DomainRow, shape: Columns, height: int, most: float, chosen: int | None
) -> list[Row]:
    """The rows of a domain whose cells are those of all the reports."""
    heads = [ReportHead(cell.report, None, None, None) for cell in entry.cells]
    return domain_rows(grid_rows([entry], heads)[0], shape, height, most, chosen)


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
    shape = columns([row.name for row in samples.HEATMAP.domains], 3, 2, 79)
    lines = [line(row) for row in head_rows(HEADS, 2, shape)]
    assert [text.split() for text in lines] == [
        ["10", "Oct", "30", "Oct", "20", "Nov"],
        ["Domain", "Weight", "580", "640", "655", "Trend", "W", "×", "gap", "Tier"],
    ]
    row = line(rows_of(STORAGE, shape, 1, 37.84, None)[0])
    assert row.split() == [
        "Implement…", "storage", "▄", "15–20", "B", "B", "B", "40", "→", "stuck",
        "█████", "37.8", "1",
    ]  # fmt: skip


def test_the_marked_cell_wears_brackets() -> None:
    shape = columns([STORAGE.name], 3, 2, 79)
    assert "[B  40]" in line(rows_of(STORAGE, shape, 1, 37.84, 2)[0])
    assert "[  B  ]" in line(rows_of(STORAGE, shape, 1, 37.84, 0)[0])


@pytest.mark.parametrize(("value", "shown"), [(100, "N 100"), (0, "N   0"), (7, "N   7")])
def test_a_bar_is_shown_from_0_to_100(value: int, shown: str) -> None:
    row = domain("Networking", 1, value)
    shape = columns([row.name], 1, 0, 60)
    assert shown in line(rows_of(row, shape, 1, 25.0, None)[0])


def test_a_vendors_word_leaves_the_letter_alone() -> None:
    row = domain("Networking", 1, "Needs Improvement")
    shape = columns([row.name], 1, 0, 60)
    assert "Needs" not in line(rows_of(row, shape, 1, 25.0, None)[0])


def test_of_twelve_reports_the_newest_are_in_sight() -> None:
    shape = columns(["Networking"], 12, 11, 58)
    assert shape.first + shape.cells == 12
    assert "older" in line(head_rows(_twelve(), 11, shape)[0])
    assert columns(["Networking"], 12, 0, 58).first == 0


def _twelve() -> list[ReportHead]:
    return [ReportHead(f"r{n}", date(2015 + n, 3, 10), 500, False) for n in range(12)]


def test_a_report_of_another_year_shows_the_year() -> None:
    heads = [ReportHead("a", date(2025, 11, 20), 600, False), *HEADS[2:]]
    shape = columns(["Networking"], 2, 1, 79)
    assert line(head_rows(heads, 1, shape)[0]).split() == ["Nov", "’25", "20", "Nov"]


def test_more_room_shows_more() -> None:
    names = [row.name for row in samples.HEATMAP.domains]
    narrow, middle, wide = (columns(names, 3, 2, width, practised=True) for width in (59, 79, 114))
    assert narrow.practice == 0 < middle.practice < wide.practice
    assert middle.trend < wide.trend
    assert narrow.cells == middle.cells == wide.cells == 3
    assert columns(names, 3, 2, 79).priority > middle.priority


@pytest.mark.parametrize(
    ("reports", "width", "shown"),
    [(12, 119, 10), (12, 79, 5), (6, 79, 5), (6, 91, 6), (2, 59, 2), (5, 59, 3), (12, 40, 2)],
)
def test_as_many_reports_are_shown_as_fit(reports: int, width: int, shown: int) -> None:
    names = [row.name for row in samples.HEATMAP.domains]
    shape = columns(names, reports, reports - 1, width)
    assert shape.cells == shown
    assert shape.first == reports - shown
    assert shape.name >= 12


def test_marks_say_how_many_reports_are_out_of_sight_on_either_side() -> None:
    shape = columns(["Networking"], 12, 3, 79)
    days = line(head_rows(_twelve(), 3, shape)[0])
    assert days.startswith("‹ 3 older")
    assert days.rstrip().endswith("4 newer ›")


def test_the_wanted_width_shows_every_report() -> None:
    names = [row.name for row in samples.HEATMAP.domains]
    for reports in (1, 6, 12):
        assert columns(names, reports, 0, wanted_width(names, reports)).cells == reports


def test_reports_on_other_skills_share_no_row() -> None:
    old = domain("Old skills", 1)
    new = msgspec.structs.replace(
        domain("New skills", 1), cells=(Cell(report="r9", band="below", origin="bar", value=10),)
    )
    heads = [ReportHead("r0", None, 500, False), ReportHead("r9", None, 600, False)]
    shape = columns(["Old skills", "New skills"], 2, 1, 79)
    first = line(domain_rows(grid_rows([new], heads)[0], shape, 1, 25.0, None)[0])
    heading, second = domain_rows(grid_rows([old], heads, "Skills of 2024")[0], shape, 1, 25.0, 1)
    assert "B  10" in first
    assert "N" not in first.replace("New", "")
    assert line(heading) == "Skills of 2024"
    assert "N" in line(second)
    assert "[     ]" in line(second)


@pytest.mark.parametrize(
    ("name", "width", "shown"),
    [
        ("Implement and manage storage", 28, "Implement and manage storage"),
        ("Implement and manage storage", 20, "Implement a… storage"),
        ("Manage Azure identities and governance", 19, "Manage… governance"),
        ("Verylongwordthatisalone", 10, "Verylongw…"),
        ("A Verylongwordthatisalone", 12, "A Verylongw…"),
    ],
)
def test_a_short_name_keeps_its_last_word(name: str, width: int, shown: str) -> None:
    assert short_name(name, width) == shown


def test_a_chart_of_practice_shows_the_newest_levels() -> None:
    assert sparkline([0, 50, 100, 99.9, 12.5, 62.5], 5) == "▅██▂▆"
    practised = msgspec.structs.replace(
        domain("Networking", 1),
        practice=PracticeTotal(
            correct=9, total=10, results=1, level=83.3, levels=(83.3,), status="competent"
        ),
    )
    shape = columns(["Networking"], 1, 0, 130, practised=True)
    assert "▇      83 %  competent" in line(rows_of(practised, shape, 1, 25.0, None)[0])


def test_practice_leaves_the_trend_its_word_beside_three_reports() -> None:
    # Weight 8, trend 11, priority 8, tier 5 and practice 6 leave 40 of 78 for a name of 19 and
    # three reports of 7.
    shape = columns(["Deploy and manage Azure compute resources"], 3, 2, 78, practised=True)
    assert (shape.trend, shape.practice, shape.cells, shape.name) == (11, 6, 3, 19)


@pytest.mark.parametrize(
    ("domains", "height", "lines"), [(5, 15, 3), (5, 14, 2), (5, 9, 1), (10, 5, 1), (3, 90, 3)]
)
def test_rows_grow_with_the_room(domains: int, height: int, lines: int) -> None:
    assert row_height(domains, height) == lines


@given(
    name=st.text(min_size=1, max_size=80),
    reports=st.integers(0, 12),
    width=st.integers(40, 160),
    height=st.integers(1, 3),
    value=st.one_of(st.none(), st.integers(0, 100), st.text(max_size=30)),
)
def test_every_row_of_a_domain_is_equally_wide(
    name: str, reports: int, width: int, height: int, value: int | str | None
) -> None:
    row = domain(name, reports, value)
    shape = columns([name], reports, reports - 1, width)
    rows = rows_of(row, shape, height, 25.0, reports - 1 if reports else None)
    assert len(rows) == height
    main = rows[1 if height == 3 else 0]
    assert row_width(main) <= width
    heads = [ReportHead(str(n), date(2026, 1, 1), None, None) for n in range(reports)]
    assert {row_width(head) for head in head_rows(heads, 0, shape)} == {row_width(main)}
    letters = line(main).count("N")
    assert letters >= shape.cells if reports else True


@pytest.mark.parametrize("width", [40, 60, 100])
def test_the_legend_names_every_band_and_says_whose_reading_it_is(width: int) -> None:
    text = "\n".join(line(row) for row in legend(width))
    for part in (" B  below", " N  near", " A  above", " ?  unknown"):
        assert part in text
    assert "your own reading" in text


def test_the_marked_cell_is_told_in_words() -> None:
    assert line(cell_words(STORAGE, HEADS[2])) == (
        "Fri 20 Nov 2026: bar 40, read as below  ·  18.9 of 100 points by weight"
    )
    assert line(cell_words(STORAGE, None)) == "18.9 of 100 points by weight"
