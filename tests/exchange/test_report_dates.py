"""Dates as reports print them."""

import pytest

from coach.exchange.report_dates import ReadTime, find_times, read_clock, read_time

READ = {
    "2026-11-20": "2026-11-20",
    "2026-11-20T10:00": "2026-11-20T10:00",
    "2026-11-20 10:00:59": "2026-11-20T10:00",
    "2026-11-20T10:00+01:00": "2026-11-20T10:00+01:00",
    "2026-11-20T09:00Z": "2026-11-20T09:00+00:00",
    "2026/11/20 10:00 UTC": "2026-11-20T10:00+00:00",
    "November 20, 2026": "2026-11-20",
    "NOVEMBER 20 2026": "2026-11-20",
    "Nov. 20 2026 at 10:00 AM": "2026-11-20T10:00",
    "Sept 3rd, 2026": "2026-09-03",
    "20 Nov 2026": "2026-11-20",
    "20 Nov 2026, 2:30 pm": "2026-11-20T14:30",
    "20th of November 2026": "2026-11-20",
    "20-Nov-2026": "2026-11-20",
    "Friday, November 20, 2026 12:05 a.m.": "2026-11-20T00:05",
    "Fri 20 Nov 2026 12:05 PM": "2026-11-20T12:05",
    "11/20/2026": "2026-11-20",
    "20/11/2026 9:05": "2026-11-20T09:05",
    "20.11.2026": "2026-11-20",
    "11/11/2026": "2026-11-11",
    "2026-11-20 (10:00)": "2026-11-20T10:00",
    "2028-02-29": "2028-02-29",
}


@pytest.mark.parametrize(("text", "expected"), READ.items(), ids=READ)
def test_a_date_is_read(text: str, expected: str) -> None:
    assert read_time(text) == ReadTime(expected)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "12:30", "2026-02-29", "31/31/2026", "0/1/2026", "20 Nob 2026", "11/20/26",
     "2026-13-01", "Marble 20, 2026", "640", "٢٠/11/2026"],
)  # fmt: skip
def test_anything_else_is_no_date(text: str) -> None:
    assert read_time(text) is None


@pytest.mark.parametrize("text", ["11/12/2026", "12.11.2026", "11-12-2026 10:00"])
def test_a_date_with_two_readings_is_a_problem(text: str) -> None:
    found = read_time(text)
    assert found is not None
    assert found.at == ""
    assert "2026-11-12" in found.problem
    assert "2026-12-11" in found.problem


@pytest.mark.parametrize("text", ["2026-11-20 10:00 PST", "20 Nov 2026 10:00 AM (CET)"])
def test_a_time_in_an_unclear_zone_is_left_out(text: str) -> None:
    assert read_time(text) == ReadTime("2026-11-20")


@pytest.mark.parametrize("text", ["25:00", "10:75", "13:00 PM", "0:30 am", "10", "noon"])
def test_a_clock_time_has_to_exist(text: str) -> None:
    assert read_clock(text) == ""


def test_every_date_of_a_line_is_found() -> None:
    found = find_times("from 2026-11-20 10:00 to Nov 22, 2026, reported 11/23/2026")
    assert [time.at for time in found] == ["2026-11-20T10:00", "2026-11-22", "2026-11-23"]
