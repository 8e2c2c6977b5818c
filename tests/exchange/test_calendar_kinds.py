"""Calendars as programs write them: every kind of trouble with the right times by hand, and any
calendar of repeated events against the library that reads the RFC as others do."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.exchange.calendar_in import MOST_SPANS, Found, UnreadableCalendar, busy_times

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 28, 9, 0, tzinfo=BERLIN)
END = NOW + timedelta(days=400)
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n"


def event(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", ""))


def read(*parts: str, whole_days: bool = True) -> Found:
    text = f"{HEAD}{''.join(parts)}END:VCALENDAR\r\n"
    return busy_times(text.encode(), BERLIN, NOW, END, whole_days=whole_days)


def shown(found: Found) -> list[str]:
    local = [(a.astimezone(BERLIN), b.astimezone(BERLIN)) for a, b in found.spans]
    return [f"{a:%d %b %H:%M}-{b:%H:%M}" for a, b in local]


def codes(found: Found) -> dict[str, int]:
    return {remark.code: remark.count for remark in found.remarks}


WEEKLY = ("UID:a", "DTSTART:20261130T090000Z", "DTEND:20261130T100000Z")
GOOD = event("UID:good", "DTSTART:20261201T090000Z", "DTEND:20261201T100000Z")
GOOD_TIME = "01 Dec 10:00-11:00"
ANGELES = (
    "DTSTART;TZID=America/Los_Angeles:20261130T200000",
    "DTEND;TZID=America/Los_Angeles:20261130T210000",
)
ZONED = ("DTSTART;TZID={}:20261130T090000", "DURATION:PT1H")

KINDS: dict[str, tuple[str, list[str]]] = {
    "of-two-masters-the-higher-sequence": (
        event(*WEEKLY, "RRULE:FREQ=WEEKLY;COUNT=3", "SEQUENCE:1")
        + event(*WEEKLY, "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20261207T090000Z", "SEQUENCE:2"),
        ["30 Nov 10:00-11:00", "14 Dec 10:00-11:00"],
    ),
    "the-higher-sequence-first-in-the-file": (
        event("UID:a", "DTSTART:20261201T090000Z", "DURATION:PT1H", "SEQUENCE:2")
        + event(*WEEKLY, "SEQUENCE:1"),
        [GOOD_TIME],
    ),
    "a-cancelled-version-counts-too": (
        event(*WEEKLY, "SEQUENCE:1") + event(*WEEKLY, "SEQUENCE:2", "STATUS:CANCELLED"),
        [],
    ),
    "a-cancelled-occurrence": (
        event(*WEEKLY, "RRULE:FREQ=WEEKLY;COUNT=2")
        + event("UID:a", "RECURRENCE-ID:20261207T090000Z", "DTSTART:20261207T090000Z",
                "DURATION:PT1H", "SEQUENCE:1", "STATUS:CANCELLED"),
        ["30 Nov 10:00-11:00"],
    ),
    "this-and-future": (
        event(*WEEKLY, "RRULE:FREQ=WEEKLY;COUNT=4")
        + event("UID:a", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261207T090000Z",
                "DTSTART:20261207T110000Z", "DTEND:20261207T120000Z"),
        ["30 Nov 10:00-11:00", "07 Dec 12:00-13:00", "14 Dec 12:00-13:00", "21 Dec 12:00-13:00"],
    ),
    "until-without-a-zone": (
        event(*ANGELES, "RRULE:FREQ=DAILY;UNTIL=20261202T200000"),
        ["01 Dec 05:00-06:00", "02 Dec 05:00-06:00", "03 Dec 05:00-06:00"],
    ),
    "until-as-a-date": (
        event(*ANGELES, "RRULE:FREQ=DAILY;UNTIL=20261202"),
        ["01 Dec 05:00-06:00", "02 Dec 05:00-06:00", "03 Dec 05:00-06:00"],
    ),
    "exdate-without-a-zone": (
        event(*ANGELES, "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20261201T200000"),
        ["01 Dec 05:00-06:00"],
    ),
    "rdate-without-a-zone": (
        event(*ANGELES, "RDATE:20261203T200000"), ["01 Dec 05:00-06:00", "04 Dec 05:00-06:00"],
    ),
    "two-rules": (
        event("DTSTART;TZID=Europe/London:20261203T100000",
              "DTEND;TZID=Europe/London:20261203T120000",
              "RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=3", "RRULE:FREQ=MONTHLY;BYDAY=2MO;COUNT=2"),
        ["03 Dec 11:00-13:00", "10 Dec 11:00-13:00", "14 Dec 11:00-13:00", "17 Dec 11:00-13:00",
         "11 Jan 11:00-13:00"],
    ),
    "a-first-time-outside-its-rule-counts-within-count": (
        event("DTSTART:20261201T090000Z", "DTEND:20261201T100000Z",
              "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3"),
        [GOOD_TIME, "07 Dec 10:00-11:00", "14 Dec 10:00-11:00"],
    ),
    "a-period-brings-its-own-length": (
        event("DTSTART:20261130T080000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2",
              "RDATE;VALUE=PERIOD:20261201T120000Z/PT3H"),
        ["30 Nov 09:00-10:00", "01 Dec 09:00-10:00", "01 Dec 13:00-16:00"],
    ),
    "every-24-hours": (
        event("DTSTART:20261130T090000Z", "DURATION:PT15M",
              "RRULE:FREQ=HOURLY;INTERVAL=24;COUNT=3"),
        ["30 Nov 10:00-10:15", "01 Dec 10:00-10:15", "02 Dec 10:00-10:15"],
    ),
    "byhour-that-repeats-the-start": (
        event(*WEEKLY, "RRULE:FREQ=DAILY;BYHOUR=9;BYMINUTE=0;COUNT=2"),
        ["30 Nov 10:00-11:00", GOOD_TIME],
    ),
    "a-rule-in-small-letters": (
        event(*WEEKLY, "RRULE:freq=daily; count=2"), ["30 Nov 10:00-11:00", GOOD_TIME],
    ),
    "hours-on-a-day": (
        event("DTSTART;VALUE=DATE:20261130", "DURATION:PT10H"), ["30 Nov 00:00-10:00"],
    ),
    "a-day-with-an-hour-at-its-end": (
        event("DTSTART;VALUE=DATE:20261130", "DTEND:20261130T180000"), ["30 Nov 00:00-18:00"],
    ),
    "times-called-dates": (
        event("DTSTART;VALUE=DATE:20261130T080000", "DTEND;VALUE=DATE:20261130T090000"),
        ["30 Nov 08:00-09:00"],
    ),
    "a-whole-day-that-ends-where-it-starts": (
        event("DTSTART;VALUE=DATE:20261130", "DTEND;VALUE=DATE:20261130"), ["30 Nov 00:00-00:00"],
    ),
    "free-busy": (
        "BEGIN:VFREEBUSY\r\nFREEBUSY;FBTYPE=BUSY:20261130T090000Z/20261130T100000Z,"
        "20261201T090000Z/PT1H\r\nFREEBUSY;FBTYPE=FREE:20261202T090000Z/PT1H\r\nEND:VFREEBUSY\r\n",
        ["30 Nov 10:00-11:00", GOOD_TIME],
    ),
    "another-line-separator-inside-a-text": (
        event(*WEEKLY, "DESCRIPTION:a\u2028BEGIN:VEVENT nonsense\u2028x") + GOOD,
        ["30 Nov 10:00-11:00", GOOD_TIME],
    ),
    "a-calendar-with-a-zone-for-times-without": (
        "X-WR-TIMEZONE:America/New_York\r\n"
        + event("DTSTART:20261130T090000", "DURATION:PT1H"),
        ["30 Nov 15:00-16:00"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), KINDS.values(), ids=KINDS)
def test_a_kind_of_event_is_read_as_other_programs_show_it(text: str, expected: list[str]) -> None:
    found = read(text)
    assert (shown(found), codes(found)) == (expected, {})


@pytest.mark.parametrize(
    "name",
    [
        "GMT-0500", "GMT-05:00", "UTC-5", '"(UTC-05:00) Eastern Time (US & Canada)"',
        "(UTC-05:00) Eastern Time (US & Canada)", "Eastern Standard Time", "america/new_york",
        "/freeassociation.sourceforge.net/America/New_York", "/softwarestudio.org/20/US/Eastern",
    ],
)  # fmt: skip
def test_a_zone_by_another_name(name: str) -> None:
    found = read(event(*(line.format(name) for line in ZONED)))
    assert (shown(found), codes(found)) == (["30 Nov 15:00-16:00"], {})


def test_a_zone_by_its_places_has_its_summer_time() -> None:
    zone = '"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"'
    found = read(event(f"DTSTART;TZID={zone}:20270701T090000", "DURATION:PT1H"))
    assert (shown(found), codes(found)) == (["01 Jul 09:00-10:00"], {})


def test_a_zone_of_which_only_the_offset_is_known_says_so() -> None:
    found = read(event('DTSTART;TZID="(UTC-05:00) Springfield":20261130T090000', "DURATION:PT1H"))
    assert (shown(found), codes(found)) == (["30 Nov 15:00-16:00"], {"offset-only": 1})


EASTERN = """BEGIN:VTIMEZONE
TZID:{}
BEGIN:STANDARD
DTSTART:16011104T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010311T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE
""".replace("\n", "\r\n")


@pytest.mark.parametrize("name", ["Office", "Eastern Standard Time", "tzone://Microsoft/Custom"])
def test_a_zone_that_the_file_defines(name: str) -> None:
    found = read(
        EASTERN.format(name),
        event(f"DTSTART;TZID={name}:20261130T090000", "DURATION:PT1H"),
        event(f"DTSTART;TZID={name}:20270701T090000", "DURATION:PT1H"),
    )
    assert shown(found) == ["30 Nov 15:00-16:00", "01 Jul 15:00-16:00"]
    assert codes(found) == {}


PART = (
    "BEGIN:STANDARD\r\nDTSTART:19000101T000000\r\nRRULE:FREQ=YEARLY\r\nTZOFFSETFROM:+0100\r\n"
    "TZOFFSETTO:+0200\r\nEND:STANDARD\r\n"
)
BAD = {
    "unknown-zone": (
        event("DTSTART;TZID=tzone://Microsoft/Custom:20261130T090000", "DURATION:PT1H"),
        ["30 Nov 09:00-10:00"], "unknown-zone",
    ),
    "an-empty-zone": (
        "BEGIN:VTIMEZONE\r\nTZID:Foo\r\nEND:VTIMEZONE\r\n"
        + event("DTSTART;TZID=Foo:20261130T090000", "DURATION:PT1H"),
        ["30 Nov 09:00-10:00"], "unknown-zone",
    ),
    "a-zone-with-an-empty-part": (
        EASTERN.format("Foo").replace("TZOFFSETTO:-0400\r\n", "")
        + event("DTSTART;TZID=Foo:20261130T090000", "DURATION:PT1H"),
        ["30 Nov 09:00-10:00"], "unknown-zone",
    ),
    "a-zone-with-too-many-parts": (
        EASTERN.format("Foo").replace("END:VTIMEZONE", 500 * PART + "END:VTIMEZONE")
        + event("DTSTART;TZID=Foo:20261130T090000", "DURATION:PT1H"),
        ["30 Nov 09:00-10:00"], "unknown-zone",
    ),
    "an-end-before-the-start": (
        event("DTSTART:20261130T190000", "DTEND:20261130T180000"), [], "end-before-start",
    ),
    "an-end-a-week-before": (
        event("DTSTART:20261205T160000", "DTEND:20261128T160000"), [], "end-before-start",
    ),
    "a-negative-length": (
        event("DTSTART:20261130T180000", "DURATION:-PT1H"), [], "end-before-start",
    ),
    "no-start": (event("SUMMARY:soon"), [], "unreadable"),
    "no-time": (event("DTSTART:soon"), [], "unreadable"),
    "the-year-0": (event("DTSTART:00000101T000000Z", "DTEND:20261202T000000Z"), [], "unreadable"),
    "an-event-without-its-end": ("BEGIN:VEVENT\r\nUID:x\r\n", [], "unreadable"),
    "every-second": (
        event(*WEEKLY, "RRULE:FREQ=SECONDLY"), ["30 Nov 10:00-11:00"], "too-often",
    ),
    "every-minute-without-end": (
        event(*WEEKLY, "RRULE:FREQ=MINUTELY;COUNT=99999999"), ["30 Nov 10:00-11:00"], "too-often",
    ),
    "every-second-of-a-day-that-is-not": (
        event(*WEEKLY, "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"),
        ["30 Nov 10:00-11:00"], "too-often",
    ),
    "a-part-that-no-rule-has": (
        event(*WEEKLY, "RRULE:FREQ=DAILY;BYMOON=FULL"), ["30 Nov 10:00-11:00"], "not-understood",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "code"), BAD.values(), ids=BAD)
def test_a_bad_part_costs_itself_only_and_is_named(
    text: str, expected: list[str], code: str
) -> None:
    found = read(text, GOOD)
    assert shown(found) == [*expected, GOOD_TIME]
    assert codes(found) == {code: 1}


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYWEEKNO=99",
        "FREQ=DAILY;INTERVAL=99999999999", f"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY={3000 * '31,'}31",
    ],
    ids=["30-february", "week-99", "endless-interval", "31-february-3000-times"],
)  # fmt: skip
def test_a_rule_that_never_comes_again_ends(rule: str) -> None:
    old = event("DTSTART:19000101T100000Z", "DTEND:19000101T110000Z", f"RRULE:{rule}")
    found = read(*[old.replace("BEGIN:VEVENT", f"BEGIN:VEVENT\r\nUID:{n}") for n in range(50)])
    assert (shown(found), codes(found)) == ([], {})


def test_endless_counts_of_many_old_events_end_with_their_names() -> None:
    daily = "RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;COUNT=99999999"
    times = ("DTSTART:19000101T100000Z", "DTEND:19000101T110000Z")
    found = read(*(event(f"UID:{n}", f"SUMMARY:Old {n}", *times, daily) for n in range(300)))
    assert len(found.spans) == 400
    (remark,) = found.remarks
    assert (remark.code, len(remark.names)) == ("too-often", 3)
    assert remark.count > 100


def test_what_is_over_does_not_count_for_the_limits() -> None:
    days = (date(2010, 1, 1) + timedelta(days=n % 6000) for n in range(12_000))
    past = (
        event(f"UID:{n}", f"DTSTART:{day:%Y%m%d}T180000Z", f"DTEND:{day:%Y%m%d}T190000Z")
        for n, day in enumerate(days)
    )
    assert shown(read(*past, GOOD)) == [GOOD_TIME]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"PK\x03\x04rest", "zip archive", id="zip"),
        pytest.param(b"\x1f\x8b\x08", "gzip", id="gzip"),
        pytest.param(b"%PDF-1.7", "PDF", id="pdf"),
        pytest.param(b"<!DOCTYPE html><html>", "web page", id="html"),
        pytest.param(b"BEGIN:VCARD\r\n", "contacts", id="contacts"),
        pytest.param(f"{HEAD}BEGIN:VEVENT\r\nDTST".encode(), "truncated", id="cut-off"),
    ],
)
def test_another_file_is_called_what_it_is(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableCalendar, match=words):
        busy_times(data, BERLIN, NOW, END)


def test_of_a_file_that_is_cut_off_the_whole_events_are_read() -> None:
    text = f"{HEAD}{GOOD}BEGIN:VEVENT\r\nSUMMARY:Choir\r\nDTSTART:202612"
    found = busy_times(text.encode(), BERLIN, NOW, END)
    assert shown(found) == [GOOD_TIME]
    assert [(remark.code, remark.names) for remark in found.remarks] == [("cut-off", ("Choir",))]


INVITED = (*WEEKLY, "ORGANIZER:mailto:boss@x", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:boss@x")


@pytest.mark.parametrize(
    ("answer", "busy"),
    [("DECLINED", False), ("ACCEPTED", True), ("TENTATIVE", True), ("NEEDS-ACTION", True)],
)
def test_a_declined_invitation_is_free(answer: str, busy: bool) -> None:
    found = read(event(*INVITED, f"ATTENDEE;PARTSTAT={answer}:mailto:me@x"))
    assert bool(found.spans) is busy


def test_what_others_declined_stays() -> None:
    """The user is who is invited to everything, or whom the calendar is named after."""
    mine, other = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:me@x", "ATTENDEE;PARTSTAT=DECLINED:mailto:o@x"
    second = event("UID:b", "DTSTART:20261201T090000Z", "DURATION:PT1H", mine)
    assert len(read(event(*INVITED, mine, other), second).spans) == 2
    named = "X-WR-CALNAME:o@x\r\n"
    assert read(named, event(*INVITED, mine, other)).spans == ()


def test_whole_days_are_free_where_they_are_chosen_to_be() -> None:
    holiday = event("DTSTART;VALUE=DATE:20261130", "RRULE:FREQ=DAILY;COUNT=2")
    assert len(read(holiday).spans) == 1
    assert shown(read(holiday, GOOD, whole_days=False)) == [GOOD_TIME]


DAYS = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), unique=True)
NTH = st.lists(st.sampled_from(["1MO", "-1FR", "2WE", "-2SU", "5TH"]), unique=True)


@st.composite
def any_rule(draw: st.DrawFn) -> str:
    unit = draw(st.sampled_from(["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    least = 20 if unit == "HOURLY" else 1
    parts = [f"FREQ={unit}", f"INTERVAL={draw(st.integers(least, least + 4))}"]
    if by_day := draw(NTH if unit in ("MONTHLY", "YEARLY") else DAYS):
        parts.append(f"BYDAY={','.join(by_day)}")
    if months := draw(st.lists(st.integers(1, 12), max_size=3, unique=True)):
        parts.append(f"BYMONTH={','.join(map(str, months))}")
    numbers = draw(st.lists(st.sampled_from([1, 13, 29, 31, -1]), max_size=2, unique=True))
    if unit != "WEEKLY" and numbers:
        parts.append(f"BYMONTHDAY={','.join(map(str, numbers))}")
    if len(parts) > 2 and unit in ("MONTHLY", "YEARLY") and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from(['1', '-1', '2']))}")
    if draw(st.booleans()):
        parts.append("WKST=SU")
    return ";".join(parts)


@st.composite
def any_event(draw: st.DrawFn) -> str:
    """A repeated event, most with occurrences that are moved, added, left out or cancelled."""
    zone = draw(st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata"]))
    start = draw(st.datetimes(datetime(2022, 1, 1), datetime(2026, 12, 31)))  # noqa: DTZ001
    start = start.replace(second=0, microsecond=0)
    # Where clocks change an hour is there twice or not at all: either reading is as good.
    start = start.replace(hour=max(4, start.hour))
    lines = [f"UID:{draw(st.integers())}", f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}",
             f"DURATION:PT{draw(st.integers(1, 180))}M", f"RRULE:{draw(any_rule())}"]  # fmt: skip
    days = st.integers(0, 2200).map(lambda n: start + timedelta(days=n))
    for name in ("RDATE", "EXDATE"):
        for value in draw(st.lists(days, max_size=2)):
            lines.append(f"{name};TZID={zone}:{value:%Y%m%dT%H%M%S}")
    versions = [event(*lines, "SEQUENCE:1")]
    for value in draw(st.lists(days, max_size=2, unique=True)):
        moved = value + timedelta(hours=draw(st.integers(-3, 3)))
        status = draw(st.sampled_from(["CONFIRMED", "CANCELLED"]))
        versions.append(
            event(lines[0], f"RECURRENCE-ID;TZID={zone}:{value:%Y%m%dT%H%M%S}",
                  f"DTSTART;TZID={zone}:{moved:%Y%m%dT%H%M%S}", lines[2], f"STATUS:{status}",
                  "SEQUENCE:2")
        )  # fmt: skip
    return "".join(versions)


@settings(max_examples=60, deadline=None)
@given(any_event())
def test_the_same_times_as_the_library_without_bounds(text: str) -> None:
    """COUNT is left to the tests by hand: the library adds a first time that is outside its
    rule, where calendar programs count it."""
    calendar = icalendar.Calendar.from_ical(f"{HEAD}{text}END:VCALENDAR\r\n")
    expected = set()
    begin, end = NOW.astimezone(UTC), END.astimezone(UTC)
    for found in recurring_ical_events.of(calendar).between(begin - timedelta(days=1), end):
        if found.get("STATUS") != "CANCELLED":
            low, high = (found[name].dt.astimezone(UTC) for name in ("DTSTART", "DTEND"))
            if max(low, begin) < min(high, end):
                expected.add((max(low, begin), min(high, end)))
    if len(expected) < MOST_SPANS:
        assert set(_cut(read(text), expected)) == expected


def _cut(found: Found, expected: set[tuple[datetime, datetime]]) -> set[tuple[datetime, datetime]]:
    """The expected times that the found ones cover, and any found one that covers none."""
    covered = {t for t in expected if any(a <= t[0] and t[1] <= b for a, b in found.spans)}
    edges = {at for span in expected for at in span}
    return covered | {span for span in found.spans if not set(span) <= edges}


def test_the_zones_of_one_file_are_not_those_of_the_next() -> None:
    office = event("DTSTART;TZID=Office:20261130T090000", "DURATION:PT1H")
    assert shown(read(EASTERN.format("Office"), office)) == ["30 Nov 15:00-16:00"]
    tokyo = re.sub("-0[45]00", "+0900", EASTERN.format("Office"))
    assert shown(read(tokyo, office)) == ["30 Nov 01:00-02:00"]
