"""Everyday dates: what is read as what, and what is refused. It is Friday 27 November 2026."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.dates import (
    Moment,
    NotATime,
    echo,
    printed_clock,
    printed_date,
    printed_dates,
    read_when,
)

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=BERLIN)

AHEAD = {
    "2027-01-08": "2027-01-08",
    "2027-01-08T09:00": "2027-01-08 09:00",
    "2027-01-08 09:00": "2027-01-08 09:00",
    "2027-01-08T09:00:30": "2027-01-08 09:00",
    "2027-01-08T09:00Z": "2027-01-08 10:00",
    "2027-01-08T09:00+03:00": "2027-01-08 07:00",
    "2027-1-8": "2027-01-08",
    "2027-1-8 9:00": "2027-01-08 09:00",
    "2027-01-08 9:00": "2027-01-08 09:00",
    "2027/1/8": "2027-01-08",
    "2027.1.8 9:00": "2027-01-08 09:00",
    "20270108": "2027-01-08",
    "2027-W01-5": "2027-01-08",
    "2027年1月8日": "2027-01-08",
    "８ jan ２０２７": "2027-01-08",
    "8.1.2027": "2027-01-08",
    "8.1.2027 9:00": "2027-01-08 09:00",
    "08.01.27": "2027-01-08",
    "8.1.": "2027-01-08",
    "8. Januar 2027".replace("uar", "uary"): "2027-01-08",
    "8 jan": "2027-01-08",
    "8 Jan 2027": "2027-01-08",
    "8-Jan-2027": "2027-01-08",
    "8-Jan-27": "2027-01-08",
    "8th of January": "2027-01-08",
    "8jan2027": "2027-01-08",
    "Jan 8": "2027-01-08",
    "Jan 8 2027": "2027-01-08",
    "January 8th, 2027": "2027-01-08",
    "JAN 8, 2027, 9:00 AM": "2027-01-08 09:00",
    "jan 8 19:00": "2027-01-08 19:00",
    "8 jan 19:00": "2027-01-08 19:00",
    "8 jan 10 pm": "2027-01-08 22:00",
    "27 nov": "2026-11-27",
    "26 nov": "2027-11-26",
    "29 feb": "2028-02-29",
    "20/11/2027": "2027-11-20",
    "11/20/2027": "2027-11-20",
    "11/20/27": "2027-11-20",
    "8/8/2027": "2027-08-08",
    "20/12": "2026-12-20",
    "Fri 8 Jan 2027": "2027-01-08",
    "friday, january 8, 2027 at 9am": "2027-01-08 09:00",
    "Fri 1/8/2027": "2027-01-08",
    "today": "2026-11-27",
    "today 19:00": "2026-11-27 19:00",
    "tonight 21:00": "2026-11-27 21:00",
    "Tomorrow": "2026-11-28",
    "tomorrow 9am": "2026-11-28 09:00",
    "tomorrow at 9.30": "2026-11-28 09:30",
    "9am tomorrow": "2026-11-28 09:00",
    "19:00 on friday": "2026-11-27 19:00",
    "the day after tomorrow": "2026-11-29",
    "yesterday": "2026-11-26",
    "yesterday 7pm": "2026-11-26 19:00",
    "day before yesterday": "2026-11-25",
    "fri": "2026-11-27",
    "fri 19:00": "2026-11-27 19:00",
    "fri 8:00": "2026-12-04 08:00",
    "Monday": "2026-11-30",
    "tues 19h": "2026-12-01 19:00",
    "wednesday noon": "2026-12-02 12:00",
    "thurs midnight": "2026-12-03 00:00",
    "next monday": "2026-11-30",
    "next friday": "2026-12-04",
    "last friday": "2026-11-20",
    "this sunday": "2026-11-29",
    "next week": "2026-12-04",
    "next month": "2026-12-27",
    "+2w": "2026-12-11",
    "14d": "2026-12-11",
    "-3d": "2026-11-24",
    "+2w 19:00": "2026-12-11 19:00",
    "in 2 weeks": "2026-12-11",
    "in two weeks at 7pm": "2026-12-11 19:00",
    "a week ago": "2026-11-20",
    "3 days ago": "2026-11-24",
    "10 days from now": "2026-12-07",
    "3 months": "2027-02-27",
    "+1y": "2027-11-27",
    "+2h": "2026-11-27 11:00",
    "in 90 min": "2026-11-27 10:30",
    "now": "2026-11-27 09:00",
    "19:00": "2026-11-27 19:00",
    "7pm": "2026-11-27 19:00",
    "7:30 p.m.": "2026-11-27 19:30",
    "19h30": "2026-11-27 19:30",
    "noon": "2026-11-27 12:00",
    "12am": "2026-11-27 00:00",
    "12:05 pm": "2026-11-27 12:05",
    "8 jan 2027 09:00 UTC": "2027-01-08 10:00",
    "8 jan 2027 09:00 GMT+3": "2027-01-08 07:00",
    "2026-03-29 02:30": "2026-03-29 03:30",
}  # fmt: skip
BACK = {
    "fri": "2026-11-27",
    "fri 8:00": "2026-11-27 08:00",
    "fri 19:00": "2026-11-20 19:00",
    "monday": "2026-11-23",
    "next monday": "2026-11-30",
    "last monday 10:00": "2026-11-23 10:00",
    "8 jan": "2026-01-08",
    "jan 8 10:00": "2026-01-08 10:00",
    "27 nov": "2026-11-27",
    "28 nov": "2025-11-28",
    "29 feb": "2024-02-29",
    "14d": "2026-11-13",
    "+2w": "2026-12-11",
    "in 2 days": "2026-11-29",
    "2 weeks ago": "2026-11-13",
    "2h": "2026-11-27 07:00",
    "today 8:00": "2026-11-27 08:00",
}
REFUSED = (
    "2026-11-20T24:00",
    *("", "soon", "8", "640", "8 jan 9", "tomorrow 9", "25:00", "tomorrow 25:00", "10:75", "13 pm"),
    *("2026-02-29", "31 nov", "31.11.2026", "31/31/2026", "0/1/2026", "2026-13-01", "8 nob 2026"),
    *("0001-01-01", "9999-12-31", "1/1/1989", "9999-12-31T23:59-12:00", "0001-01-01T00:00+14:00"),
    *("+99999w", "+9999y", "-9999y", "9.10", "11-20", "jan 2027", "mon 8 jan 2027"),
    *("in 2 weeks ago", "fri fri", "2026-11-20 10:00 PST", "two 19:00", "1" * 400, "in ten"),
    "8 jan 2027 9:00 soon",
)  # fmt: skip
TWO_READINGS = {
    "1/8/2027": ("2027-08-01", "2027-01-08"),
    "1-8-2027": ("2027-08-01", "2027-01-08"),
    "01/08/27 9:00": ("2027-08-01", "2027-01-08"),
    "1/8": ("2027-08-01", "2027-01-08"),
    "12/11/2026 10:00": ("2026-11-12", "2026-12-11"),
    "20-11-26": ("2026-11-20", "2020-11-26"),
}


def shown(found: Moment | NotATime) -> str:
    assert isinstance(found, Moment)
    return f"{found.at:%Y-%m-%d %H:%M}" if found.time_known else f"{found.at:%Y-%m-%d}"


@pytest.mark.parametrize(("text", "expected"), AHEAD.items(), ids=AHEAD)
def test_a_time_ahead_is_read(text: str, expected: str) -> None:
    assert shown(read_when(text, NOW, BERLIN)) == expected


@pytest.mark.parametrize(("text", "expected"), BACK.items(), ids=BACK)
def test_a_time_in_the_past_is_read(text: str, expected: str) -> None:
    assert shown(read_when(text, NOW, BERLIN, "back")) == expected


@pytest.mark.parametrize("text", REFUSED, ids=repr)
def test_anything_else_is_not_a_time(text: str) -> None:
    found = read_when(text, NOW, BERLIN)
    assert isinstance(found, NotATime)
    assert found.reason.startswith("is not a time")


@pytest.mark.parametrize(("text", "readings"), TWO_READINGS.items(), ids=TWO_READINGS)
def test_what_two_countries_read_differently_is_refused_with_both(
    text: str, readings: tuple[str, str]
) -> None:
    found = read_when(text, NOW, BERLIN)
    assert isinstance(found, NotATime)
    assert found.said == f"may be {readings[0]} or {readings[1]}; type one of these"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_the_day_is_that_of_the_zone(zone: str) -> None:
    now = datetime(2026, 11, 27, 11, 30, tzinfo=ZoneInfo("UTC"))
    local = now.astimezone(ZoneInfo(zone)).date()
    assert shown(read_when("today", now, ZoneInfo(zone))) == local.isoformat()


@given(st.integers(-18_000_000, 38_000_000), st.booleans())
def test_a_day_in_any_layout_is_that_day(minutes: int, back: bool) -> None:
    at = NOW + timedelta(minutes=minutes)
    for layout in (
        f"{at:%Y-%m-%d %H:%M}", f"{at:%d %b %Y %H:%M}", f"{at:%B} {at.day}, {at:%Y, %I:%M %p}",
        f"{at.day}.{at.month}.{at.year} {at:%H.%M}", f"{at:%A, %d-%b-%Y} at {at.hour}h{at:%M}",
        f"{at:%H:%M} {at:%Y/%m/%d}",
    ):  # fmt: skip
        found = read_when(layout, NOW.replace(tzinfo=ZoneInfo("UTC")), ZoneInfo("UTC"),
                          "back" if back else "ahead")  # fmt: skip
        assert shown(found) == f"{at:%Y-%m-%d %H:%M}", layout


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_not(text: str) -> None:
    assert isinstance(read_when(text, NOW, BERLIN), Moment | NotATime)


@given(st.integers(0, 400))
def test_a_weekday_ahead_is_within_a_week(days: int) -> None:
    now = NOW + timedelta(days=days)
    found = read_when(f"{now + timedelta(days=3):%A}", now, BERLIN)
    assert shown(found) == f"{now + timedelta(days=3):%Y-%m-%d}"


def test_a_reading_is_shown_beside_its_field() -> None:
    at = datetime(2027, 1, 8, 9, 0, tzinfo=BERLIN)
    assert echo(Moment(at, time_known=True)) == "= Fri 8 Jan 2027, 09:00"
    assert echo(Moment(at, time_known=False)) == "= Fri 8 Jan 2027"
    assert echo(read_when("1/8/2027", NOW, BERLIN)).startswith("may be 2027-08-01 or 2027-01-08")
    assert echo(read_when("soon", NOW, BERLIN)) == ""


PRINTED = {
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
    "20-Nov-26": "2026-11-20",
    "20November2026": "2026-11-20",
    "Friday, November 20, 2026 12:05 a.m.": "2026-11-20T00:05",
    "Fri 20 Nov 2026 12:05 PM": "2026-11-20T12:05",
    "11/20/2026": "2026-11-20",
    "11/20/26": "2026-11-20",
    "20/11/2026 9:05": "2026-11-20T09:05",
    "20.11.2026": "2026-11-20",
    "20.11.26": "2026-11-20",
    "12.11.2026": "2026-11-12",
    "11/11/2026": "2026-11-11",
    "2026-11-20 (10:00)": "2026-11-20T10:00",
    "2026年11月20日": "2026-11-20",
    "2028-02-29": "2028-02-29",
}


@pytest.mark.parametrize(("text", "expected"), PRINTED.items(), ids=PRINTED)
def test_a_printed_date_is_read(text: str, expected: str) -> None:
    found = printed_date(text)
    assert found is not None
    assert (found.at, found.problem) == (expected, "")


@pytest.mark.parametrize(
    "text",
    ["", "soon", "12:30", "2026-02-29", "31/31/2026", "0/1/2026", "20 Nob 2026", "today", "20 Nov",
     "2026-13-01", "Marble 20, 2026", "640", "٢٠/11/2026", "20 Nov 20 26", "2026-11-2 0"],
)  # fmt: skip
def test_anything_else_is_no_printed_date(text: str) -> None:
    assert printed_date(text) is None


@pytest.mark.parametrize("text", ["11/12/2026", "11-12-2026 10:00"])
def test_a_printed_date_with_two_readings_is_a_problem(text: str) -> None:
    found = printed_date(text)
    assert found is not None
    assert found.at == ""
    assert "2026-11-12" in found.problem
    assert "2026-12-11" in found.problem


@pytest.mark.parametrize("text", ["2026-11-20 10:00 PST", "20 Nov 2026 10:00 AM (CET)"])
def test_a_printed_time_in_an_unclear_zone_is_left_out(text: str) -> None:
    found = printed_date(text)
    assert found is not None
    assert found.at == "2026-11-20"


@pytest.mark.parametrize("text", ["25:00", "10:75", "13:00 PM", "0:30 am", "10"])
def test_a_printed_clock_time_has_to_exist(text: str) -> None:
    assert printed_clock(text)[0] == ""


def test_every_date_of_a_line_is_found() -> None:
    found = printed_dates("from 2026-11-20 10:00 to Nov 22, 2026, reported 11/23/2026")
    assert [each.at for each in found] == ["2026-11-20T10:00", "2026-11-22", "2026-11-23"]
