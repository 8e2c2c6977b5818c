"""Busy times from calendar files: repetition, zones, whole days, what does not count, bad files."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.exchange.calendar_in import MOST_SPANS, Found, UnreadableCalendar, busy_times

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=BERLIN)
END = NOW + timedelta(days=400)

NEW_YORK = """BEGIN:VTIMEZONE
TZID:Office
BEGIN:STANDARD
DTSTART:20001101T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
END:VTIMEZONE
"""


def calendar(*events: str, before: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{before}{body}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def read(*events: str, before: str = "", end: datetime = END) -> Found:
    return busy_times(calendar(*events, before=before), BERLIN, NOW, end)


def shown(found: Found) -> list[str]:
    local = [(a.astimezone(BERLIN), b.astimezone(BERLIN)) for a, b in found.spans]
    return [f"{a:%y-%m-%d %H:%M}-{b:%d %H:%M}" for a, b in local]


def noted(found: Found) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {remark.code: (remark.count, remark.names) for remark in found.remarks}


MEETING = (
    "UID:m\nDTSTART;TZID=Europe/Berlin:20261123T190000\nDTEND;TZID=Europe/Berlin:20261123T200000"
)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        pytest.param(MEETING, ["26-11-23 19:00-23 20:00"], id="zone-by-name"),
        pytest.param(
            "DTSTART:20261123T180000Z\nDURATION:PT45M", ["26-11-23 19:00-23 19:45"], id="utc"
        ),
        pytest.param(
            "DTSTART:20261123T190000\nDTEND:20261123T193000",
            ["26-11-23 19:00-23 19:30"],
            id="without-a-zone-is-local",
        ),
        pytest.param("DTSTART;VALUE=DATE:20261123", ["26-11-23 00:00-24 00:00"], id="whole-day"),
        pytest.param(
            "DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227",
            ["26-12-24 00:00-27 00:00"],
            id="whole-days-end-before-dtend",
        ),
        pytest.param(
            "DTSTART;VALUE=DATE:20270328\nDTEND;VALUE=DATE:20270329",
            ["27-03-28 00:00-29 00:00"],
            id="a-whole-day-of-23-hours",
        ),
        pytest.param("DTSTART:20261123T180000Z", [], id="no-length"),
        pytest.param(f"{MEETING}\nSTATUS:CANCELLED", [], id="cancelled"),
        pytest.param(f"{MEETING}\nTRANSP:TRANSPARENT", [], id="transparent"),
        pytest.param(f"{MEETING}\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", [], id="shown-as-free"),
        pytest.param(MEETING.replace("UID:m", "UID:0a1b2c3d@coach"), [], id="our-own"),
        pytest.param(
            f"{MEETING}\nRRULE:FREQ=WEEKLY;COUNT=2",
            ["26-11-23 19:00-23 20:00", "26-11-30 19:00-30 20:00"],
            id="weekly",
        ),
        pytest.param(
            f"{MEETING}\nRRULE:FREQ=DAILY;UNTIL=20261125T180000Z",
            ["26-11-23 19:00-23 20:00", "26-11-24 19:00-24 20:00", "26-11-25 19:00-25 20:00"],
            id="until-is-the-last",
        ),
        pytest.param(
            f"{MEETING}\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;TZID=Europe/Berlin:20261124T190000",
            ["26-11-23 19:00-23 20:00", "26-11-25 19:00-25 20:00"],
            id="exdate",
        ),
        pytest.param(
            f"{MEETING}\nRDATE;TZID=Europe/Berlin:20261128T080000",
            ["26-11-23 19:00-23 20:00", "26-11-28 08:00-28 09:00"],
            id="rdate",
        ),
        pytest.param(
            "DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY",
            ["26-12-25 00:00-26 00:00", "27-12-25 00:00-26 00:00"],
            id="yearly-whole-day",
        ),
        pytest.param(
            "DTSTART;TZID=Office:20261123T090000\nDURATION:PT1H",
            ["26-11-23 15:00-23 16:00"],
            id="zone-of-the-file",
        ),
        pytest.param(
            "DTSTART:20261120T180000Z\nDTEND:20261121T100000Z",
            ["26-11-21 09:00-21 11:00"],
            id="running-now",
        ),
        pytest.param("DTSTART:20200101T180000Z\nDURATION:PT1H", [], id="long-over"),
    ],
)
def test_times_of_one_event(event: str, expected: list[str]) -> None:
    found = read(event, before=NEW_YORK)
    assert shown(found) == expected
    assert found.remarks == ()


def test_a_weekly_event_keeps_its_wall_time_over_a_clock_change() -> None:
    found = read(f"{MEETING}\nRRULE:FREQ=WEEKLY", end=datetime(2027, 4, 6, tzinfo=BERLIN))
    assert len(found.spans) == 20
    assert {span.split()[1] for span in shown(found)} == {"19:00-23"} | {
        f"19:00-{span[6:8]}" for span in shown(found)
    }


def test_an_event_that_began_years_ago_is_still_there() -> None:
    old = "DTSTART;TZID=Europe/Berlin:20190107T190000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY"
    assert shown(read(old, end=NOW + timedelta(days=10))) == [
        "26-11-23 19:00-23 20:00",
        "26-11-30 19:00-30 20:00",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("DTSTART:20261201T060000Z\nDURATION:PT1H", ["26-11-23 19:00", "26-12-01 07:00"]),
        ("DTSTART:20261130T180000Z\nDURATION:PT1H\nSTATUS:CANCELLED", ["26-11-23 19:00"]),
    ],
)
def test_a_changed_occurrence_replaces_the_one_of_the_rule(
    change: str, expected: list[str]
) -> None:
    found = read(
        f"{MEETING}\nRRULE:FREQ=WEEKLY;COUNT=2",
        f"UID:m\nRECURRENCE-ID;TZID=Europe/Berlin:20261130T190000\n{change}",
    )
    assert [span[:14] for span in shown(found)] == expected


def test_times_that_touch_or_overlap_are_one() -> None:
    events = ("DTSTART:20261123T180000Z\nDURATION:PT1H", "DTSTART:20261123T183000Z\nDURATION:PT1H")
    assert shown(read(*events)) == ["26-11-23 19:00-23 20:30"]


def test_what_cannot_be_read_is_counted_and_the_rest_is_kept() -> None:
    late = MEETING.replace("UID:m", "UID:n").replace("T20", "T22").replace("T19", "T21")
    found = read(
        MEETING, "UID:x\nDTSTART:soon\nDTEND:later", "UID:y\nSUMMARY:no start",
        f"{late}\nSUMMARY:Yoga\\, late\nRRULE:FREQ=DAILY;BYMOON=FULL",
    )  # fmt: skip
    assert shown(found) == ["26-11-23 19:00-23 20:00", "26-11-23 21:00-23 22:00"]
    assert noted(found) == {
        "unreadable": (2, ("x", "no start")), "not-understood": (1, ("Yoga, late",))
    }  # fmt: skip


def test_of_too_many_times_the_first_are_kept_and_the_end_says_so() -> None:
    daily = "DTSTART:20261122T0{0}0000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY"
    found = read(*(daily.format(hour) for hour in (1, 2, 3)))
    assert len(found.spans) == MOST_SPANS
    # From 22 November to 26 December of the year after are 400 days of three.
    assert noted(found) == {"more-times": (200, ())}
    # Three a day for 333 days, and one more.
    assert found.until == datetime(2027, 10, 21, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\xff\x00", b"no calendar", b"BEGIN:VEVENT",
     b"BEGIN:VEVENT\n" * 20_000, b" " * 10_000_001, b"%PDF-1.4"],
)  # fmt: skip
def test_a_file_that_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableCalendar):
        busy_times(data, BERLIN, NOW, END)


def test_texts_and_attachments_do_not_matter() -> None:
    text = "DESCRIPTION:BEGIN:VEVENT\\nbroken\n still the text"
    noisy = f'{MEETING}\n{text}\nATTACH;X="a:b":{"x" * 9999}'
    assert shown(read(noisy)) == ["26-11-23 19:00-23 20:00"]


PIECES = st.sampled_from([
    "BEGIN:VEVENT", "END:VEVENT", "DTSTART:", "DTSTART;TZID=", "Mars/Base:", "20261123T190000",
    "99999999T999999Z", "00010101", "DTEND:99991231T235959Z", "DURATION:-P9999999D", "UID:x",
    "RRULE:FREQ=", "DAILY", ";COUNT=-1", ";INTERVAL=0", ";INTERVAL=99999999999", ";BYDAY=9XX",
    ";UNTIL=x", ";BYSETPOS=0", ";BYMONTHDAY=99", "EXDATE:,,", "RECURRENCE-ID:",
    "RDATE;VALUE=PERIOD:", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "TZID:x", "TZOFFSETTO:+9999",
    "\r\n", "\r\n", " ",
])  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=60))
def test_no_file_makes_it_fail_in_another_way(pieces: list[str]) -> None:
    text = (
        f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{''.join(pieces)}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    try:
        found = busy_times(text.encode(), BERLIN, NOW, END)
    except UnreadableCalendar:
        return
    assert all(NOW <= a < b <= END for a, b in found.spans)
