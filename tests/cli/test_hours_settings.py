"""`coach hours`: blocks, breaks, caps and a calendar file, from typing to the plan."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Coach

REPORT = ("report", "add", "AZ-104", "--at", "2026-11-20T10:00", "--score", "640",
          "--band", "1=near", "--band", "2=below", "--band", "3=near", "--band", "4=above",
          "--band", "5=near")  # fmt: skip
LENGTHS = ("block_minutes", "break_minutes", "daily_minutes", "weekly_minutes")
EVENT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//EN
BEGIN:VEVENT
UID:choir
DTSTART;TZID=Europe/Berlin:20261124T190000
DTEND;TZID=Europe/Berlin:20261124T203000
RRULE:FREQ=WEEKLY;UNTIL=20261208T180000Z
END:VEVENT
END:VCALENDAR
"""


def blocks(coach: Coach) -> list[Any]:
    weeks = coach("schedule", "--json").json["weeks"]
    return [block for week in weeks for block in week["blocks"]]


@pytest.fixture
def choir(tmp_path: Path) -> Path:
    file = tmp_path / "choir [b].ics"
    file.write_text(EVENT, encoding="utf-8", newline="\r\n")
    return file


def test_the_defaults_are_said(coach: Coach) -> None:
    shown = coach("hours", "--json").json
    assert [shown[name] for name in (*LENGTHS, "busy")] == [60, 0, None, None, None]
    assert "Sessions up to 1h" in coach("hours").out


def test_settings_are_kept_until_they_are_changed(coach: Coach) -> None:
    coach("hours", "--block", "90", "--breaks", "15", "--daily", "120", "--weekly", "480")
    shown = coach("hours", "--off", "2026-12-24", "--clear", "sat=09:00-13:00", "--json").json
    assert [shown[name] for name in LENGTHS] == [90, 15, 120, 480]
    text = coach("hours").out
    assert "Sessions up to 1h 30m, breaks of 15 min" in text
    assert "At most 2h a day" in text
    lifted = coach("hours", "--daily", "none", "--weekly", "none", "--json").json
    assert (lifted["daily_minutes"], lifted["weekly_minutes"]) == (None, None)


def test_the_plan_follows_the_settings(coach: Coach) -> None:
    coach(*REPORT)
    coach("hours", "--block", "90", "--daily", "90")
    found = blocks(coach)
    assert {block["minutes"] for block in found} == {90}
    assert len({block["start"][:10] for block in found}) == len(found)


@pytest.mark.parametrize(
    ("option", "text", "words"),
    [
        ("--block", "29", "30 to 180"),
        ("--block", "long", "30 to 180"),
        ("--breaks", "-5", "0 to 60"),
        ("--daily", "5", "20 to 1440"),
        ("--weekly", "lots", "20 to 10080"),
        ("--busy", "nowhere.ics", "No such file"),
        ("--busy", ".", "directory"),
    ],
)
def test_what_is_refused(coach: Coach, option: str, text: str, words: str) -> None:
    before = coach("hours", "--json").out
    ran = coach("hours", option, text)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert option.removeprefix("--") in ran.err
    assert words in ran.err
    assert coach("hours", "--json").out == before


def test_a_calendar_file_keeps_its_times_free(coach: Coach, choir: Path) -> None:
    coach(*REPORT)
    ran = coach("hours", "--busy", str(choir), "--json").json
    assert ran["busy"]["spans"] == [
        [f"2026-{day}T19:00:00+01:00", f"2026-{day}T20:30:00+01:00"]
        for day in ("11-24", "12-01", "12-08")
    ]
    assert ran["busy"]["name"] == "choir [b].ics"
    days = {block["start"][:10] for block in blocks(coach)}
    assert not days & {"2026-11-24", "2026-12-01", "2026-12-08"}
    assert "2026-11-25" in days
    choir.unlink()  # it is read once: the plan needs it no more
    coach("hours", "--off", "2026-12-05")
    assert "2026-12-01" not in {block["start"][:10] for block in blocks(coach)}
    assert "Busy 3 times" in coach("hours").out
    assert coach("hours", "--no-busy", "--json").json["busy"] is None


TRIP = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:trip
SUMMARY:Trip
DTSTART;VALUE=DATE:20261123
DTEND;VALUE=DATE:20261124
END:VEVENT
BEGIN:VEVENT
UID:call
SUMMARY:Call
DTSTART;TZID=Mars/Base:20261124T180000
DURATION:PT2H
END:VEVENT
END:VCALENDAR
"""


def test_several_calendars_are_kept_by_name(coach: Coach, choir: Path, tmp_path: Path) -> None:
    trip = tmp_path / "trip.ics"
    trip.write_text(TRIP, encoding="utf-8")
    coach("hours", "--busy", str(choir))
    busy = coach("hours", "--busy", str(trip), "--busy-name", "Work", "--json").json["busy"]
    assert [calendar["name"] for calendar in busy["calendars"]] == ["choir [b].ics", "Work"]
    work = busy["calendars"][1]
    # A day and two hours in the four weeks from Saturday on, a quarter of them a week.
    assert (work["all_day"], work["minutes_per_week"]) == ("busy", 26 * 60 // 4)
    told = '1 event in an unknown time zone ("Mars/Base") read in Europe/Berlin.'
    assert work["remarks"] == busy["remarks"] == [told]
    assert ["2026-11-23T00:00:00+01:00", "2026-11-24T00:00:00+01:00"] in busy["spans"]

    free = ("--busy", str(trip), "--busy-name", "work", "--all-day", "free")
    read = coach("hours", *free)
    assert 'until 2027-12-26 read from "work", 30 min a week.' in read.out
    assert "Busy 1 time until" in read.out
    assert told in read.out
    busy = coach("hours", "--json").json["busy"]
    assert [calendar["all_day"] for calendar in busy["calendars"]] == ["busy", "free"]
    again = coach("hours", *free[:4], "--json").json["busy"]
    assert again["calendars"][1]["all_day"] == "free"

    left = coach("hours", "--no-busy", "--busy-name", "choir [b].ics", "--json").json["busy"]
    assert [calendar["name"] for calendar in left["calendars"]] == ["work"]
    assert left["spans"] == [["2026-11-24T18:00:00+01:00", "2026-11-24T20:00:00+01:00"]]
    assert coach("hours", "--no-busy", "--json").json["busy"] is None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--no-busy", "--busy-name", "work"), 'no calendar "work" was read; read are none.'),
        (("--busy-name", "work"), "busy: missing; name the .ics file to read."),
        (("--all-day", "maybe", "--busy", "x.ics"), "all-day: "),
    ],
)
def test_a_calendar_that_is_not_there_is_refused(
    coach: Coach, options: tuple[str, ...], words: str
) -> None:
    ran = coach("hours", *options)
    assert (ran.code, words in ran.err) == (1, True), ran.err


def test_a_calendar_that_earlier_data_has_is_kept(coach: Coach, choir: Path, data: Path) -> None:
    """Where there was one calendar only it stood in a field of its own."""
    spans = coach("hours", "--busy", str(choir), "--json").json["busy"]["spans"]
    file = data / "coach.json"
    tables = json.loads(file.read_text(encoding="utf-8"))
    hours = tables["settings"]["hours"]
    (calendar,) = hours.pop("calendars")
    hours["busy"] = {name: calendar[name] for name in ("name", "read", "until", "spans")}
    file.write_text(json.dumps(tables), encoding="utf-8")
    assert coach("hours", "--json").json["busy"]["spans"] == spans
    coach("hours", "fri=18:00-19:00")
    assert coach("hours", "--json").json["busy"]["spans"] == spans


def test_the_weeks_capacity_is_what_busy_times_and_caps_leave(coach: Coach, choir: Path) -> None:
    coach(*REPORT)
    coach("hours", "--busy", str(choir))
    weeks = coach("schedule", "--json").json["weeks"]
    # Ten hours without the hour and a half on Tuesday.
    assert {w["start"]: w["capacity_minutes"] for w in weeks}["2026-11-30"] == 510
    coach("hours", "--weekly", "300")
    weeks = coach("schedule", "--json").json["weeks"]
    assert {w["start"]: w["capacity_minutes"] for w in weeks}["2026-11-30"] == 300


@pytest.mark.parametrize(
    ("now", "week", "minutes"),
    [("2026-03-20T09:00", "2026-03-23", 120), ("2026-10-16T09:00", "2026-10-19", 240),
     ("2026-10-16T09:00", "2026-10-26", 180)],
    ids=["spring", "autumn", "usual"],
)  # fmt: skip
def test_the_weeks_capacity_counts_minutes_as_they_pass_when_clocks_change(
    coach: Coach, now: str, week: str, minutes: int
) -> None:
    coach("hours", "--clear", "sun=01:00-04:00", now=now)
    coach("report", "add", "AZ-104", "--at", f"{now[:8]}15", "--score", "640", now=now)
    weeks = {w["start"]: w for w in coach("schedule", "--json", now=now).json["weeks"]}
    assert weeks[week]["capacity_minutes"] == minutes
    assert sum(block["minutes"] for block in weeks[week]["blocks"]) == minutes


def test_a_bad_file_leaves_everything_as_it_was(coach: Coach, tmp_path: Path) -> None:
    bad = tmp_path / "bad.ics"
    bad.write_bytes(b"\x00\xffBEGIN:NOTHING")
    ran = coach("hours", "--busy", str(bad), "sat=08:00-09:00")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "iCalendar" in ran.err
    assert coach("hours", "--json").json["windows"]["sat"] == ["09:00-13:00"]


def test_the_first_hours_fill_the_first_nights_too(coach: Coach) -> None:
    """A plan of this day that nobody has begun is made anew: nothing of it is worth keeping."""
    coach(*REPORT)
    coach("hours", "sat=22:00-02:00", "mon=19:00-20:30")
    starts = [block["start"][:16] for block in blocks(coach)]
    assert starts[:4] == [
        "2026-11-21T22:00", "2026-11-21T23:00", "2026-11-22T00:00", "2026-11-22T01:00",
    ]  # fmt: skip


def test_coachs_own_export_is_not_taken_for_busy_times(coach: Coach, tmp_path: Path) -> None:
    coach(*REPORT)
    coach("attempt", "add", "AZ-104", "--at", "2026-12-14T10:00", "--status", "booked")
    file = tmp_path / "plan.ics"
    assert coach("export", "ics", "-o", str(file)).code == 0
    before = blocks(coach)
    assert coach("hours", "--busy", str(file), "--json").json["busy"]["spans"] == []
    assert blocks(coach) == before


def test_undo_brings_the_busy_times_back(coach: Coach, choir: Path) -> None:
    coach("hours", "--busy", str(choir))
    before = coach("hours", "--json").out
    coach("hours", "--no-busy")
    coach("undo")
    assert coach("hours", "--json").out == before
    read = datetime.fromisoformat(coach("hours", "--json").json["busy"]["read"])
    assert read.isoformat() == "2026-11-21T09:00:00+01:00"


def test_what_was_done_before_a_new_report_counts_towards_the_weekly_cap(coach: Coach) -> None:
    """Three hours a week: all are done on Tuesday evening, and Wednesday has a new report."""
    coach("hours", "--weekly", "180", now="2026-11-13T18:00")
    first, second = "2026-11-13T10:00", "2026-11-18T10:00"
    coach(*(first if word == "2026-11-20T10:00" else word for word in REPORT),
          now="2026-11-13T18:00")  # fmt: skip
    week = ("schedule", "--from", "2026-11-16", "--weeks", "1", "--json")
    (before,) = coach(*week, now="2026-11-13T18:00").json["weeks"]
    assert [block["minutes"] for block in before["blocks"]] == [45, 45, 45, 45]
    for block in before["blocks"]:
        coach("block", "done", block["id"], now="2026-11-17T22:00")
    coach(*(second if word == "2026-11-20T10:00" else word for word in REPORT),
          now="2026-11-18T18:00")  # fmt: skip
    (after,) = coach(*week, now="2026-11-18T18:00").json["weeks"]
    assert [block["status"] for block in after["blocks"]] == ["done"] * 4


def test_a_week_that_equals_the_default_is_named_all_the_same(coach: Coach) -> None:
    evenings = [f"{day}=19:00-20:30" for day in ("mon", "tue", "wed", "thu")]
    coach("hours", *evenings, "sat=09:00-13:00")
    assert coach("hours", "fri=07:00-08:00", "--json").json["minutes_per_week"] == 660


def test_days_off_alone_name_no_hours(coach: Coach) -> None:
    coach("hours", "--off", "2026-12-24")
    assert "Your study hours are not set" in coach(*REPORT).out
    assert min(block["start"][:10] for block in blocks(coach)) == "2026-11-23"


def test_the_first_hours_replace_the_default_week_and_later_ones_their_days(coach: Coach) -> None:
    coach("hours", "--off", "2026-12-24")
    coach("hours", "mon=18:00-20:00")
    first = json.loads(coach("hours", "--json").out)
    assert {day: spans for day, spans in first["windows"].items() if spans} == {
        "mon": ["18:00-20:00"]
    }
    coach("hours", "tue=07:00-08:00")
    later = json.loads(coach("hours", "--json").out)
    assert later["windows"]["mon"] == ["18:00-20:00"]
    assert later["windows"]["tue"] == ["07:00-08:00"]
    assert later["minutes_per_week"] == 180
