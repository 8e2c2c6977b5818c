"""The contract of the command line, on the main job: reports in, answers and plans out."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Coach

FIRST = (
    "report", "add", "az104", "--at", "2026-11-20T10:00", "--score", "640", "--place", "online",
    "--band", "1=near", "--band", "2=below", "--band", "3=near", "--band", "4=above",
    "--band", "5=near",
)  # fmt: skip
SECOND = (
    "report", "add", "AZ-104", "--at", "2026-12-14T10:00", "--score", "688",
    "--band", "1=above", "--band", "2=near", "--band", "3=near", "--band", "4=near",
    "--band", "5=above",
)  # fmt: skip
STORAGE = "Implement and manage storage"
NETWORKING = "Implement and manage virtual networking"


def test_the_first_report_gives_dates_and_a_plan(coach: Coach) -> None:
    added = coach(*FIRST, "--json")
    assert (added.code, added.err) == (0, "")
    assert added.json["exam"] == "AZ-104"
    assert added.json["plan"]["revision"] == 1

    retake = coach("retake", "--json").json
    assert retake["status"] == "waiting"
    assert retake["earliest"] == "2026-11-21T10:00:00+01:00"
    assert retake["certain_from"] == retake["earliest"]
    assert retake["rule"] == "24-hours"
    assert (retake["attempts_used"], retake["attempts_left"]) == (1, 4)
    assert retake["recommended"]["from"] == "2026-12-11"
    assert retake["recommended"]["to"] == "2026-12-18"


def test_the_plan_splits_by_two_tiers_on_the_official_weights(coach: Coach) -> None:
    coach(*FIRST)
    schedule = coach("schedule", "--json").json
    shares = {row["domain"]: row["share"] for row in schedule["allocation"]}
    # Midpoints 22.5, 17.5, 22.5, 17.5, 12.5 make 92.5. Tier 1: storage below (2 x 17.5) and the
    # heaviest near, identities (22.5), 70 %; tier 2: compute (22.5) and monitoring (12.5), 30 %.
    assert shares == pytest.approx(
        {
            "Manage Azure identities and governance": 0.7 * 22.5 / 57.5,
            STORAGE: 0.7 * 35 / 57.5,
            "Deploy and manage Azure compute resources": 0.3 * 22.5 / 35,
            NETWORKING: 0,
            "Monitor and maintain Azure resources": 0.3 * 12.5 / 35,
        }
    )
    assert schedule["target"].startswith("2026-12-18")
    assert schedule["weeks"][0]["start"] == "2026-11-16"
    blocks = [block for week in schedule["weeks"] for block in week["blocks"]]
    assert blocks
    for row in schedule["allocation"]:
        own = [b["minutes"] for b in blocks if b["domain"] == row["domain"]]
        assert row["minutes"] == sum(own)
        assert abs(row["minutes"] - row["share"] * schedule["study_minutes"]) <= 60
    for block in blocks:
        assert block["why"], "every block says why"
        assert block["start"] >= "2026-11-21T09:00"


def test_blocks_lie_in_the_default_hours(coach: Coach) -> None:
    coach(*FIRST)
    weeks = coach("schedule", "--json").json["weeks"]
    for block in (block for week in weeks for block in week["blocks"]):
        start, end = (datetime.fromisoformat(block[key]) for key in ("start", "end"))
        assert end - start == timedelta(minutes=block["minutes"])
        day, begin, until = start.weekday(), f"{start:%H:%M}", f"{end:%H:%M}"
        evening = day < 4 and begin >= "19:00" and until <= "20:30"
        saturday = day == 5 and begin >= "09:00" and until <= "13:00"
        assert evening or saturday, block["start"]


def test_a_second_report_changes_the_plan_and_names_the_domains(coach: Coach) -> None:
    coach(*FIRST)
    added = coach(*SECOND, "--json", now="2026-12-14T18:00").json
    assert added["plan"]["revision"] == 2
    reasons = " ".join(change["reason"] for change in added["plan"]["changes"])
    assert NETWORKING in reasons
    retake = coach("retake", "--json", now="2026-12-14T18:00").json
    assert retake["earliest"] == "2026-12-28T10:00:00+01:00"
    assert retake["rule"] == "14-days"
    heatmap = coach("heatmap", "--json", now="2026-12-14T18:00").json
    trends = {row["name"]: row["trend"] for row in heatmap["domains"]}
    assert trends[STORAGE] == "improved"
    assert trends[NETWORKING] == "declined"
    codes = {i["code"] for i in coach("advice", "--json", now="2026-12-14T18:00").json["insights"]}
    assert {"improved", "declined", "score-up"} <= codes


def test_in_words_a_first_plan_is_a_number_and_a_later_one_its_changes(coach: Coach) -> None:
    (first,) = (line for line in coach(*FIRST).out.splitlines() if line.startswith("Plan"))
    assert re.fullmatch(r"Plan 1: \d+ new sessions\.", first)
    told = coach(*SECOND, now="2026-12-14T18:00").out
    changed, *rows = told[told.index("Plan 2") : told.index("`coach reflect`")].splitlines()
    announced = int(re.match(r"Plan 2: (\d+) changes", changed)[1])
    assert announced > 8
    assert rows == []
    kinds = re.findall(r"(\d+) (?:added|removed|moved|changed)", changed)
    assert sum(map(int, kinds)) == announced


def test_in_words_a_few_changes_are_listed_and_other_plans_take_one_line(coach: Coach) -> None:
    coach(*FIRST)
    coach("exams", "track", "AZ-305", now="2026-11-21T13:00")
    told = coach("hours", "fri=19:00-20:00", now="2026-11-22T13:00").out
    others = [line for line in told.splitlines() if line.startswith("Also re-planned: ")]
    assert len(others) == 1
    assert re.fullmatch(r"Also re-planned: AZ-104 \(\d+ changes?\)\.", others[0])


def test_a_plan_that_stays_is_not_said_to_be_made_anew_within_the_same_minute(coach: Coach) -> None:
    coach("exams", "track", "AZ-104", now="2026-11-21T13:00")
    retired = coach("exams", "track", "AZ-500", now="2026-11-21T13:00").out
    assert "retired: AZ-500 can no longer be sat; its successor is SC-500" in retired
    told = coach("exams", "untrack", "AZ-500", now="2026-11-21T13:00").out
    assert told == "AZ-500 is tracked no longer; its sittings and results are kept.\n"


def test_a_pass_leads_to_the_next_exam_that_is_tracked(coach: Coach) -> None:
    coach("exams", "track", "AZ-305", now="2026-11-21T13:00")
    sat = ("--at", "2026-11-21T10:00", "--score", "760", "--band", "1=near")
    told = coach("report", "add", "AZ-104", *sat, now="2026-11-21T13:00").out
    assert "Weak" not in told
    assert "\nThen    AZ-305, Mon 2026-11-23 19:00 learn: " in told


def test_in_words_a_plan_that_ends_is_its_reason_once(coach: Coach) -> None:
    coach(*FIRST)
    blocks = len(ids(coach("schedule", "--json").json))
    closed = "passed: the plan is closed, the next step is keeping the certification current"
    passed = coach("report", "add", "AZ-104", "--at", "2026-11-21T08:00", "--score", "720").out
    assert passed.splitlines()[-1] == f"Plan 2: {blocks} sessions removed. {closed}"


def test_in_words_a_new_revision_without_blocks_says_why(coach: Coach) -> None:
    coach("hours", "--clear")
    told = coach(*FIRST).out.splitlines()
    (line,) = (line for line in told if line.startswith("Plan 1"))
    assert line.startswith("Plan 1: No study hours are set")


def test_in_words_new_hours_say_what_they_changed_in_the_plan(coach: Coach) -> None:
    coach(*FIRST)
    told = coach("hours", "--off", "2026-11-23..2026-11-29").out
    assert told.index("10h a week") < told.index("Weekly hours saved.\nPlan 2: ")
    assert "moved; --json lists them." in told
    assert "saved" not in coach("hours").out


def test_the_timeline_lists_attempts_and_cost(coach: Coach) -> None:
    coach(*FIRST, "--fee", "165")
    coach("attempt", "add", "AZ-104", "--at", "2026-11-15T10:00", "--status", "no-show",
          "--fee", "165")  # fmt: skip
    timeline = coach("timeline", "--json").json
    assert timeline["passing_score"] == 700
    assert timeline["cost"] == 330
    missed, sat = timeline["attempts"]
    assert (missed["number"], missed["status"], missed["counted"]) == (None, "no-show", False)
    assert (sat["number"], sat["score"], sat["passed"], sat["counted"]) == (1, 640, False, True)


def ids(document: Any) -> list[str]:
    return [block["id"] for week in document["weeks"] for block in week["blocks"]]


def test_a_block_is_ticked_skipped_pinned_and_moved(coach: Coach) -> None:
    coach(*FIRST)
    first, second, third, fourth, *_ = ids(coach("schedule", "--json").json)
    assert coach("block", "done", first, "--minutes", "40").code == 0
    assert coach("block", "skip", second).code == 0
    assert coach("block", "pin", third).code == 0
    assert coach("block", "move", fourth, "2026-11-29T15:00").code == 0
    weeks = coach("schedule", "--json").json["weeks"]
    blocks = {block["id"]: block for week in weeks for block in week["blocks"]}
    assert blocks[first]["status"] == "done"
    assert blocks[second]["status"] == "skipped"
    assert blocks[third]["pinned"] is True
    assert blocks[fourth]["start"] == "2026-11-29T15:00:00+01:00"
    assert coach("replan").code == 0
    weeks = coach("schedule", "--json").json["weeks"]
    again = {block["id"]: block for week in weeks for block in week["blocks"]}
    # The reasons and the parts of the material count all blocks, and the place that was left has
    # a new one.
    counted = {"why": [], "resource": None}
    for key in (first, second, third, fourth):
        assert again[key] | counted == blocks[key] | counted


def test_a_replan_without_a_new_fact_changes_nothing(coach: Coach) -> None:
    coach(*FIRST)
    before = coach("schedule", "--json").out
    dry = coach("replan", "--dry-run", "--json").json
    assert dry["plan"]["changes"] == []
    coach("replan")
    assert coach("schedule", "--json").out == before


def test_undo_takes_back_one_action_at_a_time(coach: Coach) -> None:
    coach(*FIRST)
    before = coach("schedule", "--json").out
    coach("practice", "add", "--domain", "storage", "--correct", "3", "--total", "10")
    assert coach("undo").code == 0
    assert coach("schedule", "--json").out == before
    assert coach("undo").code == 0
    assert coach("retake", "AZ-104", "--json").json["attempts_used"] == 0
    nothing = coach("undo")
    assert (nothing.code, nothing.err.count("\n")) == (1, 1)


def test_practice_shows_in_the_heatmap(coach: Coach) -> None:
    coach(*FIRST)
    coach("practice", "add", "az-104", "--domain", "2", "--correct", "7", "--total", "10",
          "--source", "[/x] quiz")  # fmt: skip
    rows = coach("heatmap", "--json").json["domains"]
    shown = [(row["practice"]["correct"], row["practice"]["total"]) for row in rows]
    assert shown == [(0, 0), (7, 10), (0, 0), (0, 0), (0, 0)]


def test_hours_are_set_and_shown(coach: Coach) -> None:
    assert coach("hours", "--json").json["minutes_per_week"] == 600
    shown = coach("hours", "--clear", "mon=18:00-19:00,20:00-21:30", "sun=22:00-24:00",
                  "--off", "2026-12-24..2026-12-26", "--json").json  # fmt: skip
    assert (
        shown
        | {
            "windows": {"mon": ["18:00-19:00", "20:00-21:30"], "sun": ["22:00-24:00"]},
            "off": ["2026-12-24", "2026-12-25", "2026-12-26"],
            "minutes_per_week": 270,
        }
        == shown
    )


def test_a_report_is_edited_and_removed(coach: Coach) -> None:
    report = coach(*FIRST, "--json").json["report"]
    assert coach("report", "edit", report, "--score", "650", "--band", "storage=near").code == 0
    heatmap = coach("heatmap", "--json").json
    assert [row["cells"][0]["band"] for row in heatmap["domains"]] == [
        "near", "near", "near", "above", "near",
    ]  # fmt: skip
    assert coach("timeline", "--json").json["attempts"][0]["score"] == 650
    assert coach("report", "remove", report).code == 0
    assert coach("retake", "AZ-104", "--json").json["attempts_used"] == 0


def test_the_target_moves_the_plan_and_has_to_be_legal(coach: Coach) -> None:
    coach(*FIRST)
    early = coach("target", "AZ-104", "2026-11-21T09:59")
    assert early.code == 1
    assert "1 minute too early" in early.err
    assert coach("target", "AZ-104", "2026-12-30T10:00").code == 0
    assert coach("schedule", "--json").json["target"] == "2026-12-30T10:00:00+01:00"
    assert coach("target", "AZ-104", "auto").code == 0
    assert coach("schedule", "--json").json["target"] == "2026-12-18"


def test_the_catalogue_is_searched_and_shown(coach: Coach) -> None:
    rows = coach("exams", "--json").json["exams"]
    assert len([row for row in rows if row["code"][2] == "-"]) >= 68
    assert [
        row["code"]
        for row in coach("exams", "microsoft", "azure", "administrator", "--json").json["exams"]
    ] == ["AZ-104"]
    shown = coach("exams", "show", "az-500", "--json").json
    assert (shown["status"], shown["retires"], shown["successor"]) == (
        "retired", "2026-08-31", "SC-500",
    )  # fmt: skip
    assert shown["outlines"][0]["id"] == "2026-01-22"
    assert "seed" in {outline["id"] for outline in shown["outlines"]}


def test_everything_is_exported(coach: Coach, tmp_path: Path) -> None:
    coach(*FIRST)
    document = coach("export", "json").json
    assert [report["score"] for report in document["reports"].values()] == [640]
    assert [a["status"] for a in document["attempts"].values()] == ["delivered"]
    file = tmp_path / "all.json"
    assert coach("export", "json", "-o", str(file)).code == 0
    assert '"score": 640' in file.read_text(encoding="utf-8")


def test_a_reading_command_makes_no_file(coach: Coach, data: Path) -> None:
    for command in ("retake", "timeline", "heatmap", "advice", "schedule"):
        assert coach(command, "AZ-104", "--json").code == 0
    assert coach("locate", "--json").json["file"] == str(data / "coach.json")
    assert not data.exists()


def test_without_a_report_the_schedule_says_why_it_is_empty(coach: Coach) -> None:
    schedule = coach("schedule", "AZ-104", "--json").json
    assert schedule["weeks"] == []
    assert "report" in schedule["reason"]


def test_a_pass_closes_the_plan(coach: Coach) -> None:
    coach(*FIRST)
    coach("report", "add", "AZ-104", "--at", "2026-12-14T10:00", "--score", "700",
          now="2026-12-14T18:00")  # fmt: skip
    schedule = coach("schedule", "--json", now="2026-12-14T18:00").json
    assert schedule["weeks"] == []
    assert "passed" in schedule["reason"]
    retake = coach("retake", "--json", now="2026-12-14T18:00").json
    assert (retake["status"], retake["rule"], retake["earliest"]) == ("passed", "passed", None)


def test_a_tracked_exam_whose_file_is_gone_is_named(
    coach: Coach, data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "XY-100.toml"
    domains = "".join(
        f'[[outline.domain]]\nname = "{name}"\nweight_low = 50\nweight_high = 50\n'
        for name in ("One", "Two")
    )
    file.write_text(f'code = "XY-100"\ntitle = "Mine"\nvendor = "Me"\n[[outline]]\n{domains}')
    coach("exams", "add", str(file))
    coach("exams", "track", "XY-100")
    (data / "catalogue" / "exams" / "XY-100.toml").unlink()
    told = coach("today")
    assert told.code == 0
    assert told.err == (
        "coach: XY-100 is tracked, but its exam file is gone; its data is kept, "
        "`coach exams add FILE.toml` brings it back.\n"
    )
