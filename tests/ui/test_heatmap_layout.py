"""The heatmap line by line: every cell has a letter, whatever the width and the names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.model.documents import Cell, DomainRow, PracticeTotal
from coach.ui.widgets.heat_layout import (
    ReportHead,
    columns,
    domain_rows,
    head_rows,
    row_height,
)
from coach.ui.widgets.heat_notes import cell_words, legend
from coach.ui.widgets.rows import Row, row_width
from tests.ui import samples

HEADS = [
    ReportHead("r1", date(2026, 10, 10), 580, False),
    ReportHead("r2", date(2026, 10, 30), 640, False),
    ReportHead("r3", date(2026, 11, 20), 655, False),
]
STORAGE = samples.HEATMAP.domains[1]


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
    row = line(domain_rows(STORAGE, shape, 1, 37.84, None)[0])
    assert row.split() == [
        "Implement", "and", "mana…", "▄", "15–20", "B", "B", "B", "40", "→", "stuck",
        "█████", "37.8", "1",
    ]  # fmt: skip


def test_the_marked_cell_wears_brackets() -> None:
    shape = columns([STORAGE.name], 3, 2, 79)
    assert "[B  40]" in line(domain_rows(STORAGE, shape, 1, 37.84, 2)[0])
    assert "[  B  ]" in line(domain_rows(STORAGE, shape, 1, 37.84, 0)[0])


@pytest.mark.parametrize(("value", "shown"), [(100, "N 100"), (0, "N   0"), (7, "N   7")])
def test_a_bar_is_shown_from_0_to_100(value: int, shown: str) -> None:
    row = domain("Networking", 1, value)
    shape = columns([row.name], 1, 0, 60)
    assert shown in line(domain_rows(row, shape, 1, 25.0, None)[0])


def test_a_vendors_word_leaves_the_letter_alone() -> None:
    row = domain("Networking", 1, "Needs Improvement")
    shape = columns([row.name], 1, 0, 60)
    assert "Needs" not in line(domain_rows(row, shape, 1, 25.0, None)[0])


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
    narrow, middle, wide = (columns(names, 3, 2, width) for width in (59, 79, 114))
    assert narrow.practice == middle.practice == 0 < wide.practice
    assert narrow.trend < middle.trend
    assert narrow.cells == middle.cells == wide.cells == 3


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
    rows = domain_rows(row, shape, height, 25.0, reports - 1 if reports else None)
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
    assert "your own reading" in text or width < 50


def test_the_marked_cell_is_told_in_words() -> None:
    assert line(cell_words(STORAGE, HEADS[2], 2)) == (
        "Fri 20 Nov 2026: bar 40, read as below  ·  18.9 of 100 points by weight"
    )
    assert line(cell_words(STORAGE, None, 0)) == "18.9 of 100 points by weight"
