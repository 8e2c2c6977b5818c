"""Bad input: one line on standard error, exit code 1, nothing stored; wrong usage is 2."""

from pathlib import Path

import pytest

from tests.cli.conftest import Coach

SAT = ("report", "add", "AZ-104", "--at", "2026-11-20T10:00")

REFUSED = {
    "SC-02-low": ((*SAT, "--score", "0"), "score"),
    "SC-02-high": ((*SAT, "--score", "1001"), "score"),
    "score-text": ((*SAT, "--score", "six"), "score"),
    "RP-03": ((*SAT, "--score", "640", "--band", "1=Great"), "below, near, above"),
    "RP-02": ((*SAT, "--score", "640", "--band", "1=80 %"), "bar"),
    "RP-10": ((*SAT, "--score", "640", "--band", "Governing=near"), "governance"),
    "bar-101": ((*SAT, "--score", "640", "--bar", "1=101"), "0 to 100"),
    "twice": ((*SAT, "--score", "640", "--band", "1=near", "--band", "1=below"), "twice"),
    "ambiguous": ((*SAT, "--score", "640", "--band", "manage=near"), "number from 1 to 5"),
    "RT-33": (("report", "add", "AZ-104", "--at", "2026-12-01", "--score", "640"), "to come"),
    "no-time": (("report", "add", "AZ-104", "--at", "soon", "--score", "640"), "2026-11-20T10:00"),
    "no-exam": (("report", "add", "AZ-1O4", "--at", "2026-11-20", "--score", "640"), "AZ-104"),
    "no-outline": ((*SAT, "--score", "640", "--outline", "1999"), "2026-04-17"),
    "fee": ((*SAT, "--score", "640", "--fee", "-1"), "fee"),
    "place": ((*SAT, "--score", "640", "--place", "moon"), "centre, online"),
    "status": (("attempt", "add", "AZ-104", "--at", "2026-11-20", "--status", "lost"), "booked"),
    "RET-03": (
        ("attempt", "add", "AZ-500", "--at", "2026-12-05T10:00", "--status", "booked"), "SC-500",
    ),
    "unknown-block": (("block", "done", "nope"), "block"),
    "unknown-report": (("report", "remove", "nope"), "report"),
    "hours": (("hours", "mon=20:00-19:00"), "19:00-20:30"),
    "hours-overlap": (("hours", "mon=19:00-20:00,19:30-21:00"), "overlap"),
    "weekday": (("hours", "someday=19:00-20:00"), "mon, tue"),
    "off": (("hours", "--off", "2026-12-26..2026-12-24"), "off"),
    "nothing-tracked": (("retake",), "none is tracked"),
    "untracked-replan": (("replan", "AZ-104"), "not tracked"),
    "strategy": (("strategy", "AZ-104", "luck"), "two-tier, priority, balanced"),
    "week-of-no-year": (("schedule", "AZ-104", "--from", "0001-01-01"), "2026-12-31"),
    "practice": (
        ("practice", "add", "AZ-104", "--domain", "1", "--correct", "11", "--total", "10"),
        "0 to 10",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "accepted"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_in_one_line(
    coach: Coach, data: Path, arguments: tuple[str, ...], accepted: str
) -> None:
    ran = coach(*arguments)
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err.startswith("coach: ")
    assert ran.err.count("\n") == 1
    assert accepted in ran.err
    assert not (data / "coach.json").exists()


def test_all_problems_are_named_at_once(coach: Coach) -> None:
    ran = coach("report", "add", "AZ-104", "--at", "never", "--score", "x", "--fee", "y", "--json")
    assert {problem["field"] for problem in ran.json["problems"]} == {"at", "score", "fee"}
    assert ran.code == 1


@pytest.mark.parametrize(
    "arguments",
    [("nonsense",), ("report", "add"), ("retake", "--nope"), ("report", "add", "AZ-104")],
    ids=" ".join,
)
def test_wrong_usage_is_two(coach: Coach, arguments: tuple[str, ...]) -> None:
    ran = coach(*arguments)
    assert ran.code == 2
    assert ran.out == ""


def test_the_same_report_twice_is_refused(coach: Coach) -> None:
    assert coach(*SAT, "--score", "640").code == 0
    again = coach(*SAT, "--score", "640")
    assert again.code == 1
    assert "already stored" in again.err


def test_control_characters_never_reach_the_terminal(coach: Coach) -> None:
    ran = coach("report", "add", "\x1b[31mAZ", "--at", "2026-11-20", "--score", "640")
    assert ran.code == 1
    assert "\x1b" not in ran.err
    coach(*SAT, "--score", "640", "--flag", "\x1b]0;title\x07 topic", "--note", "[/x]\x1b[2J")
    for command in ("retake", "timeline", "heatmap", "advice", "schedule"):
        assert "\x1b" not in coach(command).out
