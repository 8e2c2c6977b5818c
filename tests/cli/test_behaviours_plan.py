"""The plan through the command line: the SP behaviours and the invariants of any schedule."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Coach

NOW = "2026-11-21T09:00"
WORDS = {"B": "below", "N": "near", "A": "above"}
DEFAULT = {
    **{day: [("19:00", "20:30")] for day in range(4)},
    5: [("09:00", "13:00")],
}


def report(
    coach: Coach,
    bands: str = "NBNAN",
    at: str = "2026-11-20T10:00",
    score: int = 640,
    code: str = "AZ-104",
    now: str = NOW,
) -> Any:
    given = [("--band", f"{n}={WORDS[band]}") for n, band in enumerate(bands, 1)]
    ran = coach("report", "add", code, "--at", at, "--score", str(score),
                *(word for pair in given for word in pair), "--json", now=now)  # fmt: skip
    assert ran.code == 0, ran.err
    return ran.json


def run(coach: Coach, *arguments: str, now: str = NOW) -> Any:
    ran = coach(*arguments, "--json", now=now)
    assert ran.code == 0, ran.err
    return ran.json


def blocks(schedule: Any) -> list[Any]:
    return [block for week in schedule["weeks"] for block in week["blocks"]]


def check(schedule: Any, windows: dict[int, list[tuple[str, str]]], now: str = NOW) -> None:
    """What holds for a plan that nobody has touched: hours, lengths, shares, labs and reviews."""
    every = blocks(schedule)
    assert every
    assert len({block["id"] for block in every}) == len(every)
    times = [(datetime.fromisoformat(b["start"]), datetime.fromisoformat(b["end"])) for b in every]
    assert times == sorted(times)
    for (_, end), (start, _) in pairwise(times):
        assert end <= start
    target = schedule["target"]
    for block, (start, end) in zip(every, times, strict=True):
        assert end - start == timedelta(minutes=block["minutes"])
        assert start.isoformat()[:16] >= now[:16]
        assert end.isoformat()[:16] <= target[:16] if "T" in target else start.date() < day(target)
        begin, until = f"{start:%H:%M}", f"{end:%H:%M}".replace("00:00", "24:00")
        assert any(a <= begin and until <= b for a, b in windows[start.weekday()])
        assert block["why"]
        assert all(reason["code"] and reason["text"] for reason in block["why"])
        assert block["status"] == "planned"
    check_weeks(schedule)
    check_shares(schedule)
    check_assessments(schedule)


def day(text: str) -> date:
    return date.fromisoformat(text[:10])


def check_weeks(schedule: Any) -> None:
    starts = [day(week["start"]) for week in schedule["weeks"]]
    assert all(start.weekday() == 0 for start in starts)
    assert starts == [starts[0] + timedelta(weeks=n) for n in range(len(starts))]
    for week, start in zip(schedule["weeks"], starts, strict=True):
        assert sum(block["minutes"] for block in week["blocks"]) <= week["capacity_minutes"]
        for block in week["blocks"]:
            assert start <= day(block["start"]) < start + timedelta(weeks=1)


def check_shares(schedule: Any) -> None:
    rows = schedule["allocation"]
    assert sum(row["share"] for row in rows) == pytest.approx(1)
    study = [block for block in blocks(schedule) if block["domain"] is not None]
    assert schedule["study_minutes"] == sum(block["minutes"] for block in study)
    assert schedule["shortfall_minutes"] >= 0
    for row in rows:
        own = [block["minutes"] for block in study if block["domain"] == row["domain"]]
        assert row["minutes"] == sum(own)
        assert (row["minutes"] == 0) or row["share"] > 0


def check_assessments(schedule: Any) -> None:
    every = blocks(schedule)
    first, last = (datetime.fromisoformat(every[n]["start"]) for n in (0, -1))
    for block in every:
        if block["activity"] == "assessment":
            start = datetime.fromisoformat(block["start"])
            assert block["domain"] is None
            assert start >= first + (last - first) / 2
            end = datetime.fromisoformat(block["end"])
            assert end.isoformat()[:16] <= f"{day(schedule['target']) - timedelta(days=1)}T00:00"


PLANS: dict[str, tuple[tuple[str, ...], str]] = {
    "two-tier": ((), "NBNAN"),
    "priority": (("strategy", "AZ-104", "priority"), "NBNAN"),
    "balanced": (("strategy", "AZ-104", "balanced"), "NBNAN"),
    "several-below": ((), "BBBAN"),
    "all-below": ((), "BBBBB"),
    "all-near": ((), "NNNNN"),
    "all-above": ((), "AAAAA"),
    "one-below": ((), "AAAAB"),
    "target": (("target", "AZ-104", "2027-03-01"), "NBNAN"),
    "target-with-time": (("target", "AZ-104", "2027-01-09T10:00"), "BBNAN"),
    "booked": (
        ("attempt", "add", "AZ-104", "--at", "2026-12-15T10:00", "--status", "booked"), "NBNAN",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("command", "bands"), PLANS.values(), ids=PLANS)
def test_any_plan(coach: Coach, command: tuple[str, ...], bands: str) -> None:
    report(coach, bands)
    if command:
        run(coach, *command)
    check(run(coach, "schedule"), DEFAULT)


def test_sp_14_hours_near_midnight_and_days_off(coach: Coach) -> None:
    report(coach)
    run(coach, "hours", "--clear", "mon=00:00-01:00", "sun=22:15-24:00,10:00-10:45",
        "--off", "2026-12-06")  # fmt: skip
    schedule = run(coach, "schedule")
    check(schedule, {0: [("00:00", "01:00")], 6: [("22:15", "24:00"), ("10:00", "10:45")]})
    assert "2026-12-06" not in {block["start"][:10] for block in blocks(schedule)}
    assert schedule["weeks"][2]["capacity_minutes"] == 60


def test_sp_14_fewer_hours_keep_the_shares(coach: Coach) -> None:
    report(coach)
    before = [row["share"] for row in run(coach, "schedule")["allocation"]]
    run(coach, "hours", "sat=")
    assert run(coach, "hours")["minutes_per_week"] == 360
    after = run(coach, "schedule")
    check(after, {n: DEFAULT[n] for n in range(4)})
    assert [row["share"] for row in after["allocation"]] == before


def test_a_clock_change_keeps_the_wall_time(coach: Coach) -> None:
    now = "2026-10-17T08:00"
    report(coach, at="2026-10-16T10:00", now=now)
    schedule = run(coach, "schedule", now=now)
    check(schedule, DEFAULT, now)
    offsets = {
        block["start"][:10] < "2026-10-25": block["start"][-6:] for block in blocks(schedule)
    }
    assert offsets == {True: "+02:00", False: "+01:00"}


def test_sp_07_every_weak_domain_has_a_lab_in_every_full_week(coach: Coach) -> None:
    report(coach, "BNNAN")
    schedule = run(coach, "schedule")
    weak = {row["domain"] for row in schedule["allocation"] if row["gap"]}
    assert len(weak) == 4
    for week in schedule["weeks"][1:-1]:
        labs = [block for block in week["blocks"] if block["activity"] == "lab"]
        assert weak <= {name for lab in labs for name in (lab["domain"], *lab["also"])}


def test_sp_09_10_and_12_weeks_order_and_no_work_for_above(coach: Coach) -> None:
    report(coach, "BBNAN")
    schedule = run(coach, "schedule")
    assert schedule["target"] == "2027-01-01"
    assert len(schedule["weeks"]) == 7
    first = next(block for block in blocks(schedule) if block["domain"])
    assert first["domain"] == "Manage Azure identities and governance"
    strong = "Implement and manage virtual networking"
    assert strong not in {block["domain"] for block in blocks(schedule)}


def test_fq_04_05_07_all_near_gets_work_that_combines_domains(coach: Coach) -> None:
    report(coach, "NNNNN")
    combined = [block for block in blocks(run(coach, "schedule")) if len(block["also"]) >= 1]
    assert any(block["activity"] in ("scenario", "lab") for block in combined)


def test_sp_11_ui_05_a_second_report_names_what_moved(coach: Coach) -> None:
    report(coach)
    before = {block["id"]: block for block in blocks(run(coach, "schedule"))}
    later = "2026-12-14T18:00"
    plan = report(coach, "ANNNA", "2026-12-14T10:00", 688, now=later)["plan"]
    assert plan["revision"] == 2
    assert 0 < plan["churn"] <= 1
    fallen = "Implement and manage virtual networking"
    reasons = {change["reason"] for change in plan["changes"] if change["domain"] == fallen}
    assert reasons
    assert all(f"{fallen} fell from above to near" in reason for reason in reasons)
    after = {block["id"]: block for block in blocks(run(coach, "schedule", now=later))}
    check_changes(plan["changes"], before, after)


def check_changes(changes: list[Any], before: dict[str, Any], after: dict[str, Any]) -> None:
    """Every row is a difference between the two plans, and every difference has its row."""
    named = {change["block"]: change for change in changes}
    assert len(named) == len(changes)
    for change in changes:
        old, new = before.get(change["block"]), after.get(change["block"])
        assert change["reason"]
        for side, block in ("from", old), ("to", new):
            told = change[side]
            assert told == (block and {key: block[key] for key in told})
            assert block is None or {"start", "minutes", "domain", "topic", "activity"} == set(told)
        kinds = {"added"} if old is None else {"moved", "changed"} if new else {"removed"}
        assert change["kind"] in kinds
    for key, block in after.items():
        if key not in named and key in before:
            assert work(before[key]) == work(block)
        assert key in named or key in before


def work(block: Any) -> tuple[Any, ...]:
    """When a block is and what is done in it, without the words around it."""
    return tuple(block[name] for name in ("start", "minutes", "domain", "topic", "activity"))


REPLANS = {
    "hours": (
        "hours",
        *(f"{day}=19:00-20:30" for day in ("mon", "tue", "wed", "thu")),
        "fri=18:00-20:00",
        "sat=09:00-13:00",
    ),
    "day-off": ("hours", "--off", "2026-12-05"),
    "strategy": ("strategy", "priority"),
    "target": ("target", "2027-01-20"),
    "earlier": ("target", "2026-12-10"),
    "booking": ("attempt", "add", "--at", "2026-12-12T10:00", "--status", "booked"),
    "practice": ("practice", "add", "--domain", "2", "--correct", "1", "--total", "10"),
}


@pytest.mark.parametrize("command", REPLANS.values(), ids=REPLANS)
def test_changes_lead_from_one_plan_to_the_next(coach: Coach, command: tuple[str, ...]) -> None:
    report(coach)
    before = {block["id"]: block for block in blocks(run(coach, "schedule"))}
    run(coach, *command)
    schedule = run(coach, "schedule")
    after = {block["id"]: block for block in blocks(schedule)}
    if schedule["revision"] == 1:
        assert before == after
    else:
        check_changes(schedule["changes"], before, after)
    again = run(coach, "replan")
    assert (again["plan"]["changes"], again["plan"]["churn"]) == ([], 0)
    assert run(coach, "schedule") == schedule
    assert coach("undo").code == 0
    assert {block["id"]: block for block in blocks(run(coach, "schedule"))} == before


def test_inv_27_a_day_off_moves_only_its_blocks(coach: Coach) -> None:
    report(coach)
    before = blocks(run(coach, "schedule"))
    run(coach, "hours", "--off", "2026-12-05")
    after = blocks(run(coach, "schedule"))
    lost = [block for block in before if block["start"].startswith("2026-12-05")]
    kept = {work(block) for block in before} & {work(block) for block in after}
    assert len(before) - len(kept) <= 2 * len(lost)


def test_tr_16_study_minutes_are_what_the_domains_have_after_done_and_skipped_blocks(
    coach: Coach,
) -> None:
    report(coach)
    before = run(coach, "schedule")
    first, second, third = [block for block in blocks(before) if block["domain"]][:3]
    run(coach, "block", "done", first["id"], now="2026-11-21T15:00")
    run(coach, "block", "done", second["id"], now="2026-11-21T15:00")
    run(coach, "block", "skip", third["id"], now="2026-11-21T15:00")
    # The newest revision was made before these blocks were over, the next one after.
    for now, command in (("2026-11-21T15:00", ()), ("2026-11-22T09:00", ("--off", "2026-12-05"))):
        run(coach, "hours", *command, now=now)
        after = run(coach, "schedule", "--from", "2026-11-16", now=now)
        counted = [b for b in blocks(after) if b["domain"] and b["status"] in ("planned", "done")]
        assert [b["id"] for b in counted if b["status"] == "done"] == [first["id"], second["id"]]
        assert after["study_minutes"] == sum(block["minutes"] for block in counted)
        assert after["study_minutes"] == sum(row["minutes"] for row in after["allocation"])


def test_the_same_commands_give_the_same_plan(coach: Coach) -> None:
    report(coach)
    run(coach, "target", "2027-01-20")
    first = coach("schedule", "--json").out
    coach("undo")
    coach("undo")
    report(coach)
    run(coach, "target", "2027-01-20")
    assert coach("schedule", "--json").out == first


def test_what_is_done_skipped_pinned_or_moved_stays(coach: Coach) -> None:
    report(coach)
    one, two, three, four, *_ = (block["id"] for block in blocks(run(coach, "schedule"))[4:])
    run(coach, "block", "done", one)
    run(coach, "block", "skip", two)
    run(coach, "block", "pin", three)
    run(coach, "block", "move", four, "2026-12-06T15:00", "--minutes", "90")
    before = {block["id"]: block for block in blocks(run(coach, "schedule"))}
    assert [before[key]["status"] for key in (one, two)] == ["done", "skipped"]
    assert before[three]["pinned"] is True
    assert before[four]["start"] == "2026-12-06T15:00:00+01:00"
    assert before[four]["minutes"] == 90
    report(coach, "BNBNB", "2026-11-20T18:00", 610)
    after = {block["id"]: block for block in blocks(run(coach, "schedule"))}
    for key in (one, two, three, four):
        for name in ("start", "end", "minutes", "domain", "topic", "status", "pinned"):
            assert after[key][name] == before[key][name]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        # Half an hour of check-in, then two hours from 14:00 on: no length is known of AZ-305.
        pytest.param("2026-12-06T13:00", False, id="ends-as-the-check-in-begins"),
        pytest.param("2026-12-06T13:15", True, id="in-the-check-in"),
        pytest.param("2026-12-06T15:59", True, id="in-the-exam"),
        pytest.param("2026-12-06T16:00", False, id="begins-as-it-ends"),
    ],
)
def test_a_move_onto_a_booked_exam_is_made_and_says_so(coach: Coach, when: str, said: bool) -> None:
    report(coach)
    run(coach, "attempt", "add", "AZ-305", "--at", "2026-12-06T14:00", "--status", "booked")
    block = blocks(run(coach, "schedule", "AZ-104"))[4]["id"]
    moved = coach("block", "move", block, when, "--minutes", "30")
    assert (moved.code, "AZ-305 is booked then." in moved.out) == (0, said)
    after = {each["id"]: each for each in blocks(run(coach, "schedule", "AZ-104"))}
    assert after[block]["start"] == f"{when}:00+01:00"


def test_a_move_onto_a_busy_time_of_a_calendar_says_so(coach: Coach, tmp_path: Path) -> None:
    report(coach)
    event = "BEGIN:VEVENT\nUID:1\nDTSTART:20261206T140000\nDTEND:20261206T150000\nEND:VEVENT\n"
    calendar = tmp_path / "work.ics"
    calendar.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{event}END:VCALENDAR\n", "utf-8")
    run(coach, "hours", "--busy", str(calendar))
    block = blocks(run(coach, "schedule"))[4]["id"]
    for when, said in (("15:00", False), ("14:59", True)):
        moved = coach("block", "move", block, f"2026-12-06T{when}", "--minutes", "30")
        assert (moved.code, "Your calendar is busy then." in moved.out) == (0, said)


REFUSED = {
    "past": (("move", "2026-11-20T10:00"), "has passed"),
    "overlap": (("move", "2026-11-23T19:30"), "overlaps"),
    "minutes": (("move", "--minutes", "0"), "minutes"),
    "negative": (("move", "--minutes", "-30"), "minutes"),
    "no-when": (("move",), "when"),
    "no-time": (("move", "soon"), "not a time"),
}


@pytest.mark.parametrize(("arguments", "word"), REFUSED.values(), ids=REFUSED)
def test_a_block_is_not_moved_there(coach: Coach, arguments: tuple[str, ...], word: str) -> None:
    report(coach)
    before = coach("schedule", "--json").out
    block = blocks(run(coach, "schedule"))[0]["id"]
    verb, *rest = arguments
    ran = coach("block", verb, block, *rest)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert word in ran.err
    assert coach("schedule", "--json").out == before


def test_a_missed_week_is_made_up_for(coach: Coach) -> None:
    report(coach)
    later = "2026-12-01T09:00"
    statuses = [b["status"] for b in blocks(run(coach, "schedule", now=later))]
    assert "missed" in statuses
    run(coach, "replan", now=later)
    schedule = run(coach, "schedule", "--from", "2026-11-16", now=later)
    missed = [block for block in blocks(schedule) if block["status"] == "missed"]
    assert missed
    assert all(block["end"] <= "2026-12-01T09:00:00+01:00" for block in missed)
    again = run(coach, "replan", now=later)
    assert again["plan"]["changes"] == []


def test_sp_09_weeks_and_from_cut_the_list(coach: Coach) -> None:
    report(coach)
    whole = run(coach, "schedule")
    for first, count in (("2026-12-02", 2), ("2026-11-16", 1), ("2026-11-30", 20)):
        part = run(coach, "schedule", "--from", first, "--weeks", str(count))
        monday = day(first) - timedelta(days=day(first).weekday())
        assert [week["start"] for week in part["weeks"]] == list(mondays(monday, count))
        assert [b for b in blocks(part) if b not in blocks(whole)] == []
        assert part["allocation"] == whole["allocation"]


def mondays(first: date, count: int) -> Iterator[str]:
    return ((first + timedelta(weeks=n)).isoformat() for n in range(count))


def test_two_exams_share_one_calendar(coach: Coach) -> None:
    report(coach)
    report(coach, "NBNA", code="SC-300")
    both = [run(coach, "schedule", code) for code in ("AZ-104", "SC-300")]
    every = sorted(
        (block["start"], block["end"]) for schedule in both for block in blocks(schedule)
    )
    for (_, end), (start, _) in pairwise(every):
        assert end <= start
    for schedule in both:
        check(schedule, DEFAULT)
    assert run(coach, "schedule")["exam"] == "SC-300", "the one selected"
    run(coach, "strategy", "priority")
    assert {run(coach, "schedule", s["exam"])["strategy"] for s in both} == {"priority"}


# The commands after a first report, what the schedule says, and whether it has weeks.
STATES = {
    "capped": (
        tuple(
            ("report", "add", "AZ-104", "--at", f"2026-0{month}-10T10:00", "--score", "600")
            for month in (1, 3, 5, 7)
        ),
        None,
    ),
    "interrupted": (
        (("attempt", "add", "AZ-104", "--at", "2026-11-20T18:00", "--status", "interrupted"),),
        None,
    ),
    "pending": (
        (("attempt", "add", "AZ-104", "--at", "2026-11-20T18:00", "--status", "pending"),), None,
    ),
    "passed": ((("report", "add", "AZ-104", "--at", "2026-11-20T18:00", "--score", "700"),),
               "passed"),
    "removed": ((("undo",),), "no report"),
    "no-hours": ((("hours", "--clear"),), "hours"),
}  # fmt: skip


@pytest.mark.parametrize(("commands", "reason"), STATES.values(), ids=STATES)
def test_a_plan_in_every_state(
    coach: Coach, commands: tuple[tuple[str, ...], ...], reason: str | None
) -> None:
    report(coach)
    for command in commands:
        assert coach(*command).code == 0
    schedule = run(coach, "schedule", "AZ-104")
    assert blocks(schedule) == [] if reason else blocks(schedule)
    assert (schedule["reason"] is None) is (reason is None)
    assert (reason or "") in (schedule["reason"] or "")


def test_without_hours_all_that_is_needed_is_the_shortfall(coach: Coach) -> None:
    run(coach, "hours", "--clear")
    report(coach)
    # Weight x gap is 24.3 + 37.8 + 24.3 + 13.5 = 100 points, at ten minutes each.
    assert run(coach, "schedule")["shortfall_minutes"] == 1000


@pytest.mark.parametrize("command", REPLANS.values(), ids=REPLANS)
def test_inv_25_the_next_48_hours_stay(coach: Coach, command: tuple[str, ...]) -> None:
    report(coach)
    now = "2026-11-24T08:00"
    frozen = [
        work(block)
        for block in blocks(run(coach, "schedule", now=now))
        if "2026-11-24T08" <= block["start"] < "2026-11-26T08"
    ]
    assert len(frozen) == 4
    run(coach, *command, now=now)
    assert set(frozen) <= {work(block) for block in blocks(run(coach, "schedule", now=now))}


def test_sp_11_two_revisions_side_by_side(coach: Coach) -> None:
    report(coach)
    run(coach, "target", "2027-01-20")
    run(coach, "strategy", "priority")
    compared = run(coach, "schedule", "--compare", "1", "3")
    assert [compared["from"]["number"], compared["to"]["number"]] == [1, 3]
    assert [row["trigger"] for row in compared["between"]] == [
        "target 2027-01-20", "strategy priority",
    ]  # fmt: skip
    added = {row["block"] for row in compared["changes"] if row["kind"] == "added"}
    assert added <= {block["id"] for block in blocks(run(coach, "schedule"))}
    assert len(added) > 20
    assert "version 1 to 3" in coach("schedule", "--compare", "1", "3").out
    ran = coach("schedule", "--compare", "1", "7")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)


@pytest.mark.parametrize("future", ["fresh", "later", "fewer"])
def test_after_a_gap_there_are_three_ways_on(coach: Coach, future: str) -> None:
    report(coach)
    later = "2026-12-05T08:00"
    before = run(coach, "schedule", now=later)
    assert sum(block["status"] == "missed" for block in blocks(before)) > 3
    assert "No room for" in coach("replan", now=later).out
    chosen = coach("replan", "--future", future, now=later)
    assert (chosen.code, "No room for" in chosen.out) == (0, False)
    after = run(coach, "schedule", now=later)
    if future == "later":
        assert after["target"] > before["target"]
    else:
        assert all(block["status"] != "missed" for block in blocks(after))
        assert "written off" in after["trigger"]
    assert coach("replan", now=later).out.startswith("The plan of AZ-104 stays")


def test_a_way_on_that_is_none_is_refused(coach: Coach) -> None:
    report(coach)
    ran = coach("replan", "--future", "never")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)


def test_a_preview_says_that_it_is_one_and_what_stays_is_said(coach: Coach) -> None:
    report(coach)
    assert coach("replan", "--dry-run").out == (
        "AZ-104: a preview, nothing is saved.\nThe plan of AZ-104 stays as it is.\n"
    )
    coach("hours", "--clear")
    ran = coach("replan")
    assert ran.out.startswith("No study hours are set")
    assert "Nothing changed" not in ran.out
    assert coach("hours", "--clear", "sat=09:00-13:00").code == 0


def test_a_missed_block_is_one_place_with_what_was_and_what_comes(coach: Coach) -> None:
    report(coach)
    later = "2026-11-24T08:00"
    missed = [b for b in blocks(run(coach, "schedule", now=later)) if b["status"] == "missed"]
    lines = coach("replan", "--dry-run", now=later).out.splitlines()
    assert lines[0] == "AZ-104: a preview, nothing is saved."
    changed = [line for line in lines if "Makes up for the session missed on 23 Nov 19:00." in line]
    assert (
        len(changed) == 1 == len([b for b in missed if b["start"].startswith("2026-11-23T19:00")])
    )
    assert " 45 min: catch-up -> " in changed[0]


def test_a_plan_that_another_exam_changed_names_it(coach: Coach) -> None:
    report(coach)
    report(coach, "NBNA", code="SC-300")
    trigger = run(coach, "schedule", "AZ-104")["trigger"]
    assert trigger == "SC-300: report of 2026-11-20, score 640"


def test_history_without_a_plan_says_why_nothing_follows(coach: Coach) -> None:
    report(coach)
    coach("block", "done", blocks(run(coach, "schedule"))[0]["id"])
    coach("hours", "--clear")
    assert "\nNo study hours are set" in coach("schedule").out
