"""The shape of every `--json` document: fields there, null or list, times with offsets."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from coach.cli import run
from tests.cli.conftest import Coach

NOW = "2026-11-21T09:00"
FIRST = (
    "report", "add", "AZ-104", "--at", "2026-11-20T10:00", "--score", "640", "--band", "1=near",
    "--band", "2=below", "--bar", "3=60", "--flag", "Azure Files",
)  # fmt: skip
BOOKED = ("attempt", "add", "AZ-104", "--at", "2026-12-15T10:00", "--status", "booked")

# What a test types before it asks: no data, a date alone, a pass, a pending result and so on.
STATES: dict[str, tuple[tuple[str, ...], ...]] = {
    "empty": (),
    "failed": (FIRST,),
    "booked": (FIRST, BOOKED),
    "date-alone": (("report", "add", "AZ-104", "--at", "2026-11-20", "--score", "640"),),
    "passed": (("report", "add", "AZ-104", "--at", "2026-11-20", "--score", "700"),),
    "pending": (("attempt", "add", "AZ-104", "--at", "2026-11-20T10:00", "--status", "pending"),),
    "beta": (("attempt", "add", "AZ-104", "--at", "2026-11-20T10:00", "--status", "beta"),),
    "interrupted": (
        FIRST,
        ("attempt", "add", "AZ-104", "--at", "2026-11-20T18:00", "--status", "interrupted"),
    ),
    "no-hours": (FIRST, ("hours", "--clear")),
}

Shape = Any
TIME, DATE = object(), object()
NULL = type(None)


class OneOf:
    """Several shapes, any of which fits."""

    def __init__(self, *shapes: Shape) -> None:
        self.shapes = shapes


def maybe(shape: Shape) -> OneOf:
    return OneOf(shape, NULL)


def words(*accepted: str) -> OneOf:
    return OneOf(*accepted)


SOURCE = words("official", "article", "own")
BAND = words("below", "near", "above", "unknown")
NOTE = {"code": str, "text": str, "source": SOURCE}
REASON = {"code": str, "text": str}
WORK = {
    "start": TIME, "minutes": int, "domain": maybe(str), "topic": maybe(str), "activity": str,
}  # fmt: skip
CHANGE = {
    "block": str, "domain": maybe(str), "kind": words("added", "removed", "moved", "changed"),
    "from": maybe(WORK), "to": maybe(WORK), "reason": str,
}  # fmt: skip
PLAN = {"revision": maybe(int), "changes": [CHANGE], "churn": float}
SAVED = {"report": maybe(str), "attempt": maybe(str), "exam": str, "plan": PLAN}
BLOCK = {
    "id": str, "start": TIME, "end": TIME, "minutes": int, "domain": maybe(str),
    "topic": maybe(str), "also": [str], "pinned": bool, "why": [REASON],
    "activity": words("learn", "lab", "practice", "scenario", "review", "assessment", "buffer"),
    "status": words("planned", "done", "skipped", "missed"),
}  # fmt: skip
ROW = {
    "code": str, "title": str, "level": maybe(str), "retires": maybe(DATE),
    "status": words("announced", "active", "beta", "retiring", "retired"),
    "successor": maybe(str),
}  # fmt: skip
DOMAIN = {"name": str, "weight": float, "weight_low": int, "weight_high": int}
ANSWERS: dict[str, Shape] = {
    "retake": {
        "exam": str, "earliest": maybe(TIME), "certain_from": maybe(TIME), "rule": str,
        "status": words("open", "waiting", "capped", "passed", "retired", "pending"),
        "attempts_used": int, "attempts_left": maybe(int), "window_start": maybe(TIME),
        "window_end": maybe(TIME), "retires": maybe(DATE), "successor": maybe(str),
        "recommended": maybe({"from": DATE, "to": DATE, "basis": str}),
        "alternatives": [{"when": maybe(TIME), "if": str}], "notes": [NOTE],
    },
    "timeline": {
        "exam": str, "passing_score": int, "cost": float,
        "attempts": [{
            "id": str, "number": maybe(int), "at": OneOf(TIME, DATE), "status": str,
            "score": maybe(int), "passed": maybe(bool), "counted": bool, "fee": maybe(float),
            "place": maybe(str), "case": maybe(str),
        }],
        "milestones": [{"at": OneOf(TIME, DATE), "kind": str, "text": str, "source": SOURCE}],
    },
    "heatmap": {
        "exam": str, "outline": maybe(str), "reports": [str],
        "domains": [{
            **DOMAIN,
            "cells": [{
                "report": str, "band": BAND, "value": OneOf(int, str, NULL),
                "origin": OneOf("band", "bar", "word", "percent", NULL),
            }],
            "trend": words("improved", "declined", "stuck", "steady", "unknown"),
            "gap": maybe(int), "priority": maybe(float), "tier": OneOf(1, 2, NULL),
            "practice": {"correct": int, "total": int},
            "topics": [{"name": str, "flagged": bool}],
        }],
    },
    "advice": {
        "exam": str,
        "insights": [{
            "code": str, "kind": words("red-flag", "trend", "readiness", "rule", "tip"),
            "severity": words("high", "medium", "low"), "text": str, "domains": [str],
            "action": str, "source": SOURCE,
        }],
    },
    "schedule": {
        "exam": str, "revision": int, "trigger": maybe(str), "target": OneOf(TIME, DATE, NULL),
        "strategy": words("two-tier", "priority", "balanced"),
        "strategy_setting": words("auto", "two-tier", "priority", "balanced"), "study_minutes": int,
        "shortfall_minutes": int, "churn": float, "reason": maybe(str), "changes": [CHANGE],
        "allocation": [{
            "domain": str, "band": BAND, "weight": float, "gap": int, "priority": float,
            "tier": OneOf(1, 2, NULL), "share": float, "minutes": int, "topics": [str],
        }],
        "weeks": [{"start": DATE, "capacity_minutes": int, "blocks": [BLOCK]}],
    },
}  # fmt: skip


def fits(value: Any, shape: Shape, path: str = "") -> list[str]:
    """What in `value` does not have `shape`; more fields than asked for are fine."""
    if isinstance(shape, OneOf):
        tried = [fits(value, each, path) for each in shape.shapes]
        return [] if [] in tried else tried[0]
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return [f"{path}: {value!r} is no object"]
        missing = [f"{path}.{name} is missing" for name in shape if name not in value]
        return missing + [
            wrong
            for name, each in shape.items()
            if name in value
            for wrong in fits(value[name], each, f"{path}.{name}")
        ]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{path}: {value!r} is no list"]
        return [w for n, item in enumerate(value) for w in fits(item, shape[0], f"{path}[{n}]")]
    return [] if _is(value, shape) else [f"{path}: {value!r} does not fit"]


def _is(value: Any, shape: Shape) -> bool:
    if shape is DATE:
        return isinstance(value, str) and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value))
    if shape is TIME:
        offset = isinstance(value, str) and re.fullmatch(r".{10}T.*[+-]\d\d:\d\d", value)
        return bool(offset) and datetime.fromisoformat(value).tzinfo is not None
    if not isinstance(shape, type):
        return bool(value == shape)
    if shape is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, shape) and (shape is bool or not isinstance(value, bool))


@pytest.mark.parametrize("command", ANSWERS)
@pytest.mark.parametrize("typed", STATES.values(), ids=STATES)
def test_every_answer_has_its_shape(
    coach: Coach, typed: tuple[tuple[str, ...], ...], command: str
) -> None:
    for arguments in typed:
        assert coach(*arguments).code == 0
    ran = coach(command, "az104", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert fits(ran.json, ANSWERS[command]) == []
    assert ran.json["exam"] == "AZ-104"


def test_what_a_record_answers(coach: Coach) -> None:
    added = coach(*FIRST, "--json").json
    assert fits(added, SAVED) == []
    assert fits(coach(*BOOKED, "--json").json, SAVED) == []
    edited = coach("report", "edit", added["report"], "--score", "650", "--json").json
    assert fits(edited, SAVED) == []
    assert edited["report"] == added["report"]
    practice = coach("practice", "add", "--domain", "1", "--correct", "1", "--total", "2", "--json")
    assert fits(practice.json, SAVED) == []
    for command in (("target", "2027-01-20"), ("strategy", "priority"), ("replan",),
                    ("replan", "--dry-run"), ("undo",)):  # fmt: skip
        assert fits(coach(*command, "--json").json["plan"], PLAN) == []


def test_the_other_documents(coach: Coach) -> None:
    assert fits(coach("exams", "--json").json, {"exams": [ROW]}) == []
    outline = {
        "id": str, "as_of": maybe(DATE), "source": str, "confidence": str,
        "domains": [{**DOMAIN, "topics": [str]}],
    }  # fmt: skip
    detail = {
        **ROW, "certification": maybe(str), "vendor": str, "passing_score": int,
        "duration_minutes": maybe(int), "outlines": [outline],
    }  # fmt: skip
    for code in ("AZ-104", "AZ-500", "AI-102", "SAA-C03", "AZ-900"):
        assert fits(coach("exams", "show", code, "--json").json, detail) == []
    hours = {"windows": {"mon": [str]}, "off": [DATE], "minutes_per_week": int}
    assert fits(coach("hours", "--json").json, hours) == []
    coach(*FIRST)
    backups = {"backups": [{"name": str, "at": TIME, "bytes": int, "reason": str}]}
    assert fits(coach("backup", "list", "--json").json, backups) == []
    places = dict.fromkeys(("data", "file", "backups", "config", "log"), str)
    assert fits(coach("locate", "--json").json, places) == []


SPELLINGS = ("AZ-104", "az-104", "az104", "Az104", " AZ104 ")


@pytest.mark.parametrize("code", SPELLINGS)
def test_a_code_in_any_spelling(coach: Coach, code: str) -> None:
    given = ("--at", "2026-11-20T10:00", "--score", "640")
    assert coach("report", "add", code, *given, "--json").json["exam"] == "AZ-104"
    assert coach("target", code, "2027-01-20").code == 0
    for command in ("retake", "timeline", "heatmap", "advice", "schedule", "replan"):
        assert coach(command, code, "--json").json["exam"] == "AZ-104"
    assert coach("exams", "show", code, "--json").json["code"] == "AZ-104"


def test_the_code_may_be_left_out_where_an_exam_is_tracked(coach: Coach) -> None:
    given = ("--at", "2026-11-19T10:00", "--score", "640")
    assert coach("report", "add", *given).code == 1, "none is tracked"
    coach("report", "add", "AZ-104", *given)
    assert coach("report", "add", "--at", "2026-11-20T12:00", "--score", "650").code == 0
    booking = ("--at", "2026-12-20T10:00", "--status", "booked")
    assert coach("attempt", "add", *booking, "--json").json["exam"] == "AZ-104"
    assert coach("exams", "show", "--json").json["code"] == "AZ-104"
    coach("report", "add", "SC-300", *given)
    # Of several the one selected is meant, which is the one last recorded for.
    assert coach("retake").out.startswith("SC-300: ")
    assert coach("attempt", "add", *booking, "--json").json["exam"] == "SC-300"


DOMAINS = {
    "number": "2", "name": "Implement and manage storage", "part": "storage", "upper": "STORAGE",
    "spaces": "  manage  Storage ",
}  # fmt: skip


@pytest.mark.parametrize("domain", DOMAINS.values(), ids=DOMAINS)
def test_a_domain_by_number_name_or_part(coach: Coach, domain: str) -> None:
    coach("report", "add", "AZ-104", "--at", "2026-11-20", "--score", "640",
          "--band", f"{domain}=above")  # fmt: skip
    bands = [row["cells"][0]["band"] for row in coach("heatmap", "--json").json["domains"]]
    assert bands == ["unknown", "above", "unknown", "unknown", "unknown"]


REFUSED = {
    "RP-02": ("--band", "1=80 %"),
    "band-number": ("--band", "1=40"),
    "bar-word": ("--bar", "1=near"),
    "bar-101": ("--bar", "1=101"),
    "bar-negative": ("--bar", "1=-1"),
    "bar-half": ("--bar", "1=4.5"),
    "bar-unicode": ("--bar", "1=٤٠"),
    "band-empty": ("--band", "1="),
    "domain-0": ("--band", "0=near"),
    "domain-6": ("--band", "6=near"),
    "domain-none": ("--band", "zebra=near"),
    "SC-02-0": ("--score", "0"),
    "SC-02-1001": ("--score", "1001"),
    "negative": ("--score", "-5"),
    "unicode": ("--score", "٦٤٠"),
    "half": ("--score", "640.5"),
    "no-score": ("--score", ""),
    "RT-33": ("--at", "2026-12-01"),
    "one-minute-ahead": ("--at", "2026-11-21T09:01"),
    "no-day": ("--at", "2026-02-30"),
    "leap": ("--at", "2026-02-29"),
    "24:00": ("--at", "2026-11-20T24:00"),
    "far": ("--at", "0001-01-01"),
    "fee": ("--fee", "-1"),
    "fee-nan": ("--fee", "nan"),
    "long-note": ("--note", "x" * 5001),
    "place": ("--place", "moon"),
}


@pytest.mark.parametrize("given", REFUSED.values(), ids=REFUSED)
def test_bad_input_is_refused_in_one_line(coach: Coach, data: Path, given: tuple[str, str]) -> None:
    base = {"--at": "2026-11-20T10:00", "--score": "640"}
    option, value = given
    words = [word for pair in {**base, option: value}.items() for word in pair]
    ran = coach("report", "add", "AZ-104", *words)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("coach: ")
    assert ran.err.count("\n") == 1
    assert not (data / "coach.json").exists()
    asked = coach("report", "add", "AZ-104", *words, "--json")
    assert asked.code == 1
    assert fits(asked.json, {"problems": [{"field": str, "text": str}]}) == []


HOURS = {
    "midnight": ("mon=22:00-24:00", {"mon": ["22:00-24:00"]}, 120),
    "whole-day": ("mon=00:00-24:00", {"mon": ["00:00-24:00"]}, 1440),
    "one-digit": ("mon=9:00-10:00", {"mon": ["09:00-10:00"]}, 60),
    "everyday": ("mon=7–8:30pm,9am-noon", {"mon": ["09:00-12:00", "19:00-20:30"]}, 270),
    "weekday-name": ("Monday=19:00-20:00", {"mon": ["19:00-20:00"]}, 60),
    "two-spans": ("mon=20:00-21:00,07:00-07:30", {"mon": ["07:00-07:30", "20:00-21:00"]}, 90),
    "touching": ("mon=19:00-20:00,20:00-21:00", {"mon": ["19:00-20:00", "20:00-21:00"]}, 120),
    "past-midnight": ("mon=22:00-02:00", {"mon": ["22:00-02:00"]}, 240),
    "to-the-end-of-the-study-day": ("sun=20:30-04:00", {"sun": ["20:30-04:00"]}, 450),
    "none": ("mon=", {}, 0),
}


@pytest.mark.parametrize(("typed", "windows", "minutes"), HOURS.values(), ids=HOURS)
def test_hours(coach: Coach, typed: str, windows: dict[str, list[str]], minutes: int) -> None:
    shown = coach("hours", "--clear", typed, "--json").json
    told = {name: shown[name] for name in ("windows", "off", "minutes_per_week")}
    assert told == {"windows": windows, "off": [], "minutes_per_week": minutes}


@pytest.mark.parametrize("typed", ["mon=22:00-04:01", "mon=03:00-02:00", "mon=24:00-25:00",
                                   "mon=20:00-20:00", "mon=22:00-02:00,23:00-24:00",
                                   "mon=nine", "mon=19:00", "mon=9am-13am", "mon=-",
                                   "m=19:00-20:00", "monster=19:00-20:00",
                                   "wedding=19:00-20:00"])  # fmt: skip
def test_hours_that_are_none(coach: Coach, data: Path, typed: str) -> None:
    ran = coach("hours", typed)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert not (data / "coach.json").exists()


@pytest.mark.parametrize(("evening", "morning", "code"), [
    pytest.param("mon=22:00-02:00", "tue=01:30-03:00", 1, id="overlap"),
    pytest.param("sun=22:00-02:00", "mon=01:30-03:00", 1, id="overlap-across-the-week"),
    pytest.param("sun=22:00-02:00", "mon=02:00-03:00", 0, id="touch"),
])  # fmt: skip
def test_hours_past_midnight_beside_those_of_the_next_morning(
    coach: Coach, evening: str, morning: str, code: int
) -> None:
    assert coach("hours", "--clear", evening, morning).code == code


def test_folder_and_clock_come_from_the_environment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "here"))
    monkeypatch.setenv("COACH_NOW", "2026-11-21")
    assert run(["report", "add", "AZ-104", "--at", "2026-11-20T10:00", "--score", "640"]) == 0
    assert (tmp_path / "here" / "coach.json").is_file()
    capsys.readouterr()
    assert run(["retake", "--json"]) == 0
    assert '"2026-11-21T10:00:00+01:00"' in capsys.readouterr().out
    assert run(["--now", "2026-11-21T10:00", "retake", "--json"]) == 0
    assert '"open"' in capsys.readouterr().out
    assert run(["--now", "soon", "retake"]) == 2


HOSTILE = ("[AZ-104]", "[/x]", "a\u202eb", "🧪" * 40, "' OR 1=1", "{}", "%s%n", "x" * 5000)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_kept_as_typed(coach: Coach, text: str) -> None:
    ran = coach(*FIRST, "--note", text, "--flag", text)
    assert ran.code == 0, ran.err
    assert coach("timeline", "--json").json["attempts"][0]["note"] == text
    for command in ANSWERS:
        assert coach(command).code == 0
        assert fits(coach(command, "--json").json, ANSWERS[command]) == []
