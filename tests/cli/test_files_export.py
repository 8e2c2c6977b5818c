"""`coach export`: what leaves can be read by other programs, and Coach's own files stay."""

import csv
import io
import json
import os
import re
import stat
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events

from tests.cli.conftest import Coach

REPORT = (
    "report", "add", "az104", "--at", "2026-11-20T10:00", "--score", "640", "--fee", "165",
    "--band", "1=near", "--band", "2=below", "--bar", "3=62", "--band", "4=above",
    "--band", "5=near", "--flag", "Azure Files", "--note", "=1+1\nnext \x1b[31mline",
)  # fmt: skip
BOOKING = ("attempt", "add", "AZ-104", "--at", "2026-12-14T10:00", "--status", "booked")


def events(
    coach: Coach, *options: str, now: str = "2026-11-21T09:00"
) -> dict[str, icalendar.Event]:
    """The events of an export by the id of their record, which their UID begins with."""
    ran = coach("export", "ics", *options, now=now)
    assert ran.code == 0, ran.err
    calendar = icalendar.Calendar.from_ical(ran.out)
    found = {str(event["uid"]).partition("-")[0]: event for event in calendar.walk("VEVENT")}
    assert len(found) == len(calendar.walk("VEVENT"))
    return found


def blocks(coach: Coach) -> dict[str, dict]:
    weeks = coach("schedule", "--json").json["weeks"]
    return {block["id"]: block for week in weeks for block in week["blocks"]}


def sequence(event: icalendar.Event) -> int:
    return int(event["sequence"])


def test_json_has_every_record_with_its_time_of_change_and_what_was_removed(coach: Coach) -> None:
    coach(*REPORT)
    booked = coach(*BOOKING, "--json").json["attempt"]
    coach("attempt", "remove", booked)
    document = coach("export", "json").json
    assert (document["format"], document["version"], document["schema"]) == ("coach-export", 1, 2)
    assert document["exported"] == "2026-11-21T09:00:00+01:00"
    for table in ("tracked", "attempts", "reports", "blocks", "revisions"):
        assert document[table], table
        assert all(record["_changed"] for record in document[table].values()), table
    assert f"attempts/{booked}" in document["deleted"]
    assert document == coach("export", "json", "--json").json


def test_an_empty_folder_has_an_empty_export(coach: Coach, data: Path) -> None:
    assert coach("export", "json").json["attempts"] == {}
    assert coach("export", "csv").out.count("\n") == 1
    assert "nothing to plan" in coach("export", "markdown").out
    refused = coach("export", "ics")
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert not data.exists()


def test_ics_has_the_blocks_at_their_times_and_the_exam(coach: Coach) -> None:
    coach(*REPORT)
    booked = coach(*BOOKING, "--json").json["attempt"]
    planned, found = blocks(coach), events(coach)
    assert {*planned, booked} <= set(found)
    for key, block in planned.items():
        event = found[key]
        assert event["dtstart"].dt == datetime.fromisoformat(block["start"])
        assert event["dtend"].dt == datetime.fromisoformat(block["end"])
        assert event["status"] == "CONFIRMED"
    exam = found[booked]
    # The catalogue gives AZ-104 100 minutes.
    assert exam["dtstart"].dt == datetime(2026, 12, 14, 9, 0, tzinfo=UTC)
    assert exam["dtend"].dt == datetime(2026, 12, 14, 10, 40, tzinfo=UTC)
    assert not any(event.walk("VALARM") for event in found.values())


def test_ics_follows_rfc_5545(coach: Coach) -> None:  # INV-40
    coach(*REPORT)
    coach(*BOOKING)
    text = coach("export", "ics").out
    lines = text.encode().split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= 75 for line in lines)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
    assert lines.count(b"VERSION:2.0") == 1
    for event in events(coach).values():
        assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY"} <= set(event)


def test_ics_keeps_wall_time_over_a_clock_change(coach: Coach) -> None:  # INV-40
    coach(*REPORT)
    coach("target", "AZ-104", "2027-04-30")
    first, second = list(blocks(coach))[-2:]
    assert coach("block", "move", first, "2027-03-27T19:00").code == 0
    assert coach("block", "move", second, "2027-03-28T19:00").code == 0
    found = events(coach)
    # Berlin goes from UTC+1 to UTC+2 in the night to 28 March 2027.
    assert found[first]["dtstart"].dt == datetime(2027, 3, 27, 18, 0, tzinfo=UTC)
    assert found[second]["dtstart"].dt == datetime(2027, 3, 28, 17, 0, tzinfo=UTC)


def test_ics_numbers_rise_with_a_change_and_only_then(coach: Coach) -> None:  # INV-40
    coach(*REPORT)
    before = events(coach)
    key = list(blocks(coach))[-1]
    last = sequence(before[key])
    for day in (28, 29):
        coach("block", "move", key, f"2026-11-{day}T15:00")  # all in the same second
        moved = events(coach)
        assert moved[key]["dtstart"].dt.day == day
        assert sequence(moved[key]) > last
        assert all(
            sequence(moved[other]) == sequence(before[other]) for other in before.keys() - {key}
        )
        last = sequence(moved[key])
    coach("undo")
    assert sequence(events(coach)[key]) > last
    assert events(coach) == events(coach, now="2026-11-21T09:30")


def test_inv_40_ics_cancels_what_is_dropped_removed_or_skipped(coach: Coach) -> None:
    coach(*REPORT)
    booked = coach(*BOOKING, "--json").json["attempt"]
    before = {uid: e for uid, e in events(coach).items() if e["status"] == "CONFIRMED"}
    skipped = next(iter(blocks(coach)))
    coach("block", "skip", skipped)
    coach("attempt", "remove", booked)
    coach("hours", "--clear", "sat=09:00-10:00")
    after = events(coach)
    planned = set(blocks(coach))
    dropped = before.keys() - planned
    assert len(dropped) > 5
    assert booked in dropped
    assert set(after) >= set(before)
    for uid in {*dropped, skipped}:
        assert after[uid]["status"] == "CANCELLED"
        assert after[uid]["dtstart"].dt == before[uid]["dtstart"].dt
        assert sequence(after[uid]) > sequence(before[uid])
    kept = planned - {skipped}
    assert {str(after[uid]["status"]) for uid in kept} == {"CONFIRMED"}


def test_ics_cancels_what_an_undo_takes_back(coach: Coach) -> None:
    coach(*REPORT)
    before = events(coach)
    coach("undo")
    assert {str(event["status"]) for event in events(coach).values()} == {"CANCELLED"}
    assert set(events(coach)) == set(before)


def test_a_first_export_holds_no_cancelled_events(coach: Coach) -> None:
    """Nobody has them yet; what was exported is cancelled for as long as it could be there."""
    coach(*REPORT)
    first = next(iter(blocks(coach)))
    coach("block", "skip", first)
    coach("hours", "--clear", "mon=18:00-20:00", "sat=09:00-12:00")
    before = events(coach)
    assert {str(event["status"]) for event in before.values()} == {"CONFIRMED"}
    assert set(before) == set(blocks(coach)) - {first}
    coach("hours", "--clear", "tue=19:00-21:00")
    after = events(coach)
    assert {str(after[key]["status"]) for key in before.keys() - set(blocks(coach))} == {
        "CANCELLED"
    }
    assert after == events(coach)


def test_two_people_share_no_events_and_two_machines_of_one_do(
    coach: Coach, tmp_path: Path
) -> None:
    other, second = (partial(coach, "--data-dir", str(tmp_path / n)) for n in ("other", "second"))
    for each in (coach, other):
        each(*REPORT)
    mine, theirs = (
        {str(event["uid"]) for event in events(each).values()} for each in (coach, other)
    )
    assert not mine & theirs
    file = tmp_path / "mine.json"
    coach("export", "json", "-o", str(file))
    assert second("import", str(file)).code == 0
    assert {str(event["uid"]) for event in events(second).values()} == mine


def test_an_export_is_no_action_to_undo(coach: Coach) -> None:
    coach(*REPORT)
    events(coach)
    assert coach("undo").code == 0
    assert coach("timeline", "AZ-104", "--json").json["attempts"] == []


def test_a_number_rises_only_where_the_event_says_something_else(coach: Coach) -> None:
    coach(*REPORT)
    key = next(iter(blocks(coach)))
    before = events(coach)[key]
    coach("block", "pin", key, now="2026-11-21T10:00")
    assert events(coach, now="2026-11-21T10:01")[key] == before


def test_a_second_library_sees_nothing_new_in_a_second_import(coach: Coach) -> None:
    coach(*REPORT)
    coach(*BOOKING)
    once = coach("export", "ics").out
    twice = once.replace("END:VCALENDAR\r\n", "") + once.partition("BEGIN:VEVENT")[1]
    twice += once.partition("BEGIN:VEVENT")[2]
    shown = [
        sorted(
            (event["uid"], event["dtstart"].dt)
            for event in recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(
                (2026, 11, 1), (2027, 12, 1)
            )
        )
        for text in (once, twice)
    ]
    assert shown[0] == shown[1]


def test_ics_shows_a_booking_without_a_time_as_a_day(coach: Coach) -> None:
    booked = coach("attempt", "add", "AZ-104", "--at", "2026-12-14", "--status", "booked", "--json")
    event = events(coach)[booked.json["attempt"]]
    assert event["dtstart"].dt == date(2026, 12, 14)
    assert "dtend" not in event


def test_ics_has_alarms_only_where_asked_for(coach: Coach) -> None:
    coach(*REPORT)
    alarms = [event.walk("VALARM") for event in events(coach, "--alarm", "15").values()]
    assert {len(own) for own in alarms} == {1}
    assert alarms[0][0]["trigger"].dt == timedelta(minutes=-15)
    assert coach("export", "csv", "--alarm", "15").code == 2


def test_csv_is_one_long_table(coach: Coach) -> None:
    report = coach(*REPORT, "--json").json
    coach(
        "practice", "add", "--domain", "2", "--correct", "7", "--total", "10", "--source", "@quiz"
    )
    out = coach("export", "csv").out
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    by_kind: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_kind.setdefault(row["record"], []).append(row)
    (attempt,) = by_kind["attempt"]
    assert (attempt["id"], attempt["score"], attempt["fee"]) == (report["attempt"], "640", "165.0")
    assert attempt["at"] == "2026-11-20T10:00:00+01:00"
    assert attempt["note"] == "'=1+1 next \N{REPLACEMENT CHARACTER}[31mline"
    assert [(row["band"], row["word"], row["value"]) for row in by_kind["observation"]] == [
        ("near", "near", ""), ("below", "below", ""), ("near", "", "62"), ("above", "above", ""),
        ("near", "near", ""),
    ]  # fmt: skip
    assert {row["id"] for row in by_kind["observation"]} == {report["report"]}
    assert len(by_kind["flag"]) == 1
    (practice,) = by_kind["practice"]
    assert (practice["correct"], practice["total"], practice["source"]) == ("7", "10", "'@quiz")
    assert {row["id"] for row in by_kind["block"]} == set(blocks(coach))
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)


def test_the_week_sheet_has_boxes_reasons_and_totals(coach: Coach) -> None:
    coach("hours", "sat=09:00-13:00")  # the default ones begin with the next full day
    coach(*REPORT)
    first, second, *_ = (block for block in blocks(coach).values() if block["activity"] != "buffer")
    coach("block", "done", first["id"], "--minutes", "40")
    week = [b for b in blocks(coach).values() if b["start"] < "2026-11-23"]
    text = coach("export", "markdown").out
    assert text.startswith("# Week of 16 November 2026\n")
    assert text.count("- [x] ") == 1
    assert text.count("- [ ] ") == len(week) - 1
    assert f"- [x] 09:00–10:00 **{first['domain']}**" in text
    assert second["why"][0]["text"].replace("*", "") in text.replace("\\", "")
    used = [block["resource"] for block in week if block["resource"]]
    assert used
    for resource in used:
        assert f"  - Use {resource['title']}: <{resource['url']}>" in text.replace("\\", "")
    assert f"| {sum(block['minutes'] for block in week)} | 40 |" in text.splitlines()[-1]


def test_the_plan_in_words_names_each_material_once(coach: Coach) -> None:
    coach(*REPORT)
    words = coach("schedule", "--weeks", "4").out
    used = {b["resource"]["url"] for b in blocks(coach).values() if b["resource"]}
    named = [url for url in used if url in words]
    assert named
    assert all(words.count(url) == 1 for url in named)
    assert "leaked questions" not in words


def test_user_text_is_no_markup_in_the_week_sheet(coach: Coach, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "XY-100.toml"
    file.write_text(
        'code = "XY-100"\ntitle = "Own"\n[[outline]]\nid = "1"\nas_of = 2026-01-01\n'
        'source = "me"\nconfidence = "own"\n[[outline.domain]]\nname = "[x](y) *b* <i>"\n'
        'weight_low = 100\nweight_high = 100\ntopics = ["`code` | cell"]\n',
        encoding="utf-8",
    )
    assert coach("exams", "add", str(file)).code == 0
    coach("hours", "sat=09:00-13:00")  # the default ones begin with the next full day
    assert coach("report", "add", "XY-100", "--at", "2026-11-20T10:00", "--score", "500",
                 "--band", "1=below").code == 0  # fmt: skip
    text = coach("export", "markdown").out
    assert r"**\[x\](y) \*b\* \<i\>**: \`code\` \| cell" in text


@pytest.mark.parametrize("kind", ["csv", "ics", "markdown"])
def test_json_of_another_kind_is_one_document(coach: Coach, tmp_path: Path, kind: str) -> None:
    coach(*REPORT)
    shown = coach("export", kind, "--json").json
    assert (shown["kind"], shown["file"]) == (kind, None)
    file = tmp_path / "out"
    assert coach("export", kind, "-o", str(file), "--json").json == {
        "kind": kind, "file": str(file), "text": None,
    }  # fmt: skip
    assert file.read_bytes().decode() == shown["text"]


def test_no_export_sends_control_characters_to_the_terminal(coach: Coach) -> None:
    coach(*REPORT, "--flag", "\x9b31m \x1b]0;title\x07")
    coach(
        "practice", "add", "--domain", "2", "--correct", "7", "--total", "10", "--source", "\x9b2J"
    )
    for kind in ("json", "csv", "ics", "markdown"):
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", coach("export", kind).out)
    assert coach("export", "json").json["practice"].popitem()[1]["source"] == "\x9b2J"


def test_a_file_is_written_whole_for_its_owner_alone(coach: Coach, tmp_path: Path) -> None:
    coach(*REPORT)
    file = tmp_path / "all.json"
    file.write_text("older")
    file.chmod(0o644)
    before = os.umask(0)
    try:
        ran = coach("export", "json", "-o", str(file), "--force")
    finally:
        os.umask(before)
    assert (ran.code, ran.out) == (0, f"Written to {file}.\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_bytes())["format"] == "coach-export"
    assert {path.name for path in tmp_path.iterdir()} == {"all.json", "data"}


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        ("", "is a folder"),
        ("missing/file", "is no folder"),
        ("data/coach.json", "Coach's own data"),
        ("data/../data/coach.json", "Coach's own data"),
        ("link", "Coach's own data"),
        ("hard", "Coach's own data"),
        ("data/backups/20261121T080000Z-automatic.json.gz", "Coach's own data"),
        ("pipe", "no ordinary file"),
        ("file/below", "is no folder"),
        ("n" * 300, "could not be"),
    ],
)
def test_an_output_that_cannot_be_is_refused_in_one_line(
    coach: Coach, data: Path, tmp_path: Path, output: str, reason: str
) -> None:
    coach(*REPORT)
    coach(*BOOKING)
    (tmp_path / "link").symlink_to(data / "coach.json")
    (tmp_path / "hard").hardlink_to(data / "coach.json")
    (tmp_path / "file").write_text("")
    os.mkfifo(tmp_path / "pipe")
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    ran = coach("export", "json", "-o", f"{tmp_path}/{output}")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert ran.err.startswith("coach: output: ")
    assert reason in ran.err
    assert before == {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
