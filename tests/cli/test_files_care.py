"""`coach backup`, `coach doctor`, and what a damaged data file does to every command."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Coach

REPORT = (
    "report", "add", "az104", "--at", "2026-11-20T10:00", "--score", "640", "--note", "my secret",
    "--band", "1=near", "--band", "2=below", "--band", "3=near", "--band", "4=above",
    "--band", "5=near",
)  # fmt: skip
QUIZ = ("practice", "add", "AZ-104", "--domain", "2", "--correct", "7", "--total", "10")


def names(coach: Coach) -> list[str]:
    return [backup["name"] for backup in coach("backup", "list", "--json").json["backups"]]


def change(data: Path, edit: Any) -> None:
    """Edit the data file as a person with an editor would."""
    file = data / "coach.json"
    tables = json.loads(file.read_bytes())
    edit(tables)
    file.write_text(json.dumps(tables), encoding="utf-8")


def one(table: dict[str, Any]) -> dict[str, Any]:
    return next(iter(table.values()))


def test_backups_are_made_and_listed_newest_first(coach: Coach) -> None:
    assert coach("backup", "list", "--json").json == {"backups": []}
    assert coach("backup", "make").code == 1
    coach(*REPORT)
    made = coach("backup", "make", "--json").json
    assert set(made) == {"name", "at", "bytes", "reason"}
    assert made["reason"] == "manual"
    coach(*QUIZ, now="2026-11-21T12:00")
    listed = coach("backup", "list", "--json").json["backups"]
    assert [backup["reason"] for backup in listed] == ["automatic", "manual"]
    assert listed[1] == made
    assert listed[0]["at"] > listed[1]["at"]


def test_a_restore_is_undone_by_undo_or_by_restoring_the_state_before(coach: Coach) -> None:
    coach(*REPORT)
    first = coach("export", "json").out
    name = coach("backup", "make", "--json").json["name"]
    coach(*QUIZ, now="2026-11-21T09:01")
    second = coach("export", "json").out
    done = coach("backup", "restore", name[:15], "--json", now="2026-11-21T09:02").json
    assert (done["restored"], done["aside"]) == (name, None)
    assert coach("export", "json").out == first
    assert coach("undo").code == 0
    assert coach("export", "json").out == second
    coach("backup", "restore", name)
    assert coach("backup", "restore", done["kept"]).code == 0
    assert coach("export", "json").out == second


@pytest.mark.parametrize(
    "name",
    ["x", "../coach.json", "..", "/etc/passwd", "", " ", "2026\x1b[2J", "20261121T080000Z/../x"],
)
def test_only_a_listed_backup_is_restored(coach: Coach, data: Path, name: str) -> None:
    coach(*REPORT)
    coach("backup", "make")
    before = (data / "coach.json").read_bytes()
    ran = coach("backup", "restore", name)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert ran.err.rstrip("\n").isprintable()
    assert (data / "coach.json").read_bytes() == before


def test_a_prefix_that_fits_several_is_refused(coach: Coach) -> None:
    coach(*REPORT)
    coach("backup", "make")
    coach("backup", "make", now="2026-11-21T10:00")
    ran = coach("backup", "restore", "2026")
    assert ran.code == 1
    assert all(name in ran.err for name in names(coach))


DAMAGE = {
    "cut": lambda content: content[:-20],
    "empty": lambda content: b"",
    "rubbish": lambda content: b"\0" * 100,
    "wrong type": lambda content: content.replace(b'"score":640', b'"score":"lots"'),
    "no offset": lambda content: content.replace(b"T10:00:00+01:00", b"T10:00:00", 1),
    "end of time": lambda content: content.replace(b"2026-11-20T10", b"9999-11-20T10", 1),
}
COMMANDS = [
    ("retake",), ("timeline",), ("heatmap",), ("advice",), ("schedule", "--json"), ("hours",),
    REPORT, QUIZ, ("undo",), ("replan",), ("export", "json"), ("export", "ics"), ("select-none",),
]  # fmt: skip


@pytest.fixture(params=DAMAGE, ids=str)
def damaged(request: pytest.FixtureRequest, coach: Coach, data: Path) -> bytes:
    """A folder whose data file was damaged after a backup; the damaged content."""
    coach(*REPORT)
    coach("backup", "make")
    content: bytes = DAMAGE[request.param]((data / "coach.json").read_bytes())
    (data / "coach.json").write_bytes(content)
    return content


def test_a_damaged_file_ends_every_command_with_the_way_out(
    coach: Coach, data: Path, damaged: bytes
) -> None:
    (name,) = names(coach)
    for command in COMMANDS[:-1]:
        ran = coach(*command)
        assert ran.code == 1, command
        assert ran.err.count("\n") == 1
        assert str(data / "coach.json") in ran.err
        assert "is damaged: " in ran.err
        assert f"`coach backup restore {name}`" in ran.err
    assert coach("locate").code == 0
    assert (data / "coach.json").read_bytes() == damaged


def test_a_damaged_file_is_kept_when_a_backup_is_restored(
    coach: Coach, data: Path, damaged: bytes
) -> None:
    (name,) = names(coach)
    checkup = coach("doctor", "--json")
    assert checkup.code == 1
    assert checkup.json["ok"] is False
    assert checkup.json["problems"]

    done = coach("backup", "restore", name, "--json", now="2026-11-22T10:00").json

    aside = data / "coach.json.damaged-20261122-100000"
    assert done["aside"] == str(aside)
    assert aside.read_bytes() == damaged
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    assert coach("timeline", "--json").json["attempts"][0]["score"] == 640
    healthy = coach("doctor", "--json").json
    assert set(healthy) == {"ok", "problems", "fixed", "backup", "about"}
    assert (healthy["ok"], healthy["problems"], healthy["fixed"]) == (True, [], [])


HOPELESS = ("cut", "empty", "rubbish")


@pytest.mark.parametrize("damage", HOPELESS)
def test_doctor_says_that_it_brings_back_the_newest_good_backup_and_does(
    coach: Coach, data: Path, damage: str
) -> None:
    coach(*REPORT)
    coach("backup", "make")
    before = coach("export", "json").out
    (name,) = names(coach)
    content = DAMAGE[damage]((data / "coach.json").read_bytes())
    (data / "coach.json").write_bytes(content)
    (problem,) = coach("doctor", "--json").json["problems"]
    assert problem["fix"] == (
        "`coach doctor --fix` keeps the file under another name and brings back "
        f"{name}, the newest good backup."
    )

    mended = coach("doctor", "--fix", "--json", now="2026-11-22T10:00")

    assert (mended.code, mended.json["fixed"]) == (0, [problem])
    assert (data / "coach.json.damaged-20261122-100000").read_bytes() == content
    assert coach("export", "json").out == before


def test_doctor_begins_anew_where_there_is_no_good_backup(coach: Coach, data: Path) -> None:
    coach(*REPORT)
    (data / "coach.json").write_bytes(b"")
    assert "There is no good backup: `coach doctor`" in coach("retake").err
    (problem,) = coach("doctor", "--json").json["problems"]
    assert problem["fix"].endswith("keeps the file under another name and begins anew.")

    assert coach("doctor", "--fix", now="2026-11-22T10:00").code == 0

    assert (data / "coach.json.damaged-20261122-100000").read_bytes() == b""
    assert coach(*REPORT).code == 0


def test_a_file_that_went_away_is_missed_where_there_are_backups(coach: Coach, data: Path) -> None:
    coach(*REPORT)
    coach("backup", "make")
    (data / "coach.json").unlink()
    ran = coach("doctor", "--fix", "--json")
    (problem,) = ran.json["problems"]
    assert (ran.code, problem["record"]) == (1, "coach.json")
    assert f"`coach backup restore {names(coach)[0]}`" in problem["fix"]
    assert not (data / "coach.json").exists()


def test_a_file_of_a_newer_coach_is_left_alone(coach: Coach, data: Path) -> None:
    coach(*REPORT)
    change(data, lambda tables: tables["meta"]["file"].update(schema=99))
    (data / "coach.json").chmod(0o600)
    before = (data / "coach.json").read_bytes()
    assert "update Coach" in coach("retake").err
    assert coach("doctor", "--fix").code == 1
    (problem,) = coach("doctor", "--json").json["problems"]
    assert (problem["record"], problem["fix"]) == ("meta/file", "Update Coach.")
    assert (data / "coach.json").read_bytes() == before


def test_a_sound_folder_is_all_well(coach: Coach, data: Path) -> None:
    assert coach("doctor", "--json").json["ok"] is True
    assert not data.exists()
    coach(*REPORT)
    ran = coach("doctor")
    assert ran.code == 0
    assert ran.out.endswith("All is well.\n")


def wrong_enum(tables: Any) -> None:
    one(tables["attempts"])["place"] = "my secret place"


def wrong_type(tables: Any) -> None:
    one(tables["blocks"])["minutes"] = "my secret"


def wrong_entry(tables: Any) -> None:
    one(tables["reports"])["observations"][1]["value"] = 500


def orphan(tables: Any) -> None:
    tables["attempts"].clear()


def other_id(tables: Any) -> None:
    tables["blocks"]["zz"] = tables["blocks"].pop(next(iter(tables["blocks"])))


def stamp(tables: Any) -> None:
    one(tables["reports"])["_changed"] = "my secret yesterday"


def journal(tables: Any) -> None:
    tables["journal"] = {"x": {"label": "my secret"}}


def trace(tables: Any) -> None:
    tables["deleted"] = {"reports/r": {"at": "my secret"}}


def no_version(tables: Any) -> None:
    del tables["meta"]["file"]["schema"]


MENDED = {
    "attempts place": wrong_enum, "blocks minutes": wrong_type,
    "reports observations[1].value": wrong_entry, "reports attempt": orphan, "blocks id": other_id,
    "reports _changed": stamp, "journal None": journal, "deleted None": trace,
    "meta schema": no_version,
}  # fmt: skip


@pytest.mark.parametrize(("where", "edit"), MENDED.items(), ids=MENDED)
def test_doctor_names_a_fault_and_mends_it_after_a_backup(
    coach: Coach, data: Path, where: str, edit: Any
) -> None:
    coach(*REPORT)
    change(data, edit)
    (data / "coach.json").chmod(0o600)
    broken = (data / "coach.json").read_bytes()

    ran = coach("doctor", "--json")
    assert ran.code == 1
    found = [f"{p['record'].partition('/')[0]} {p['field']}" for p in ran.json["problems"]]
    assert found == [where]
    assert "--fix" in ran.json["problems"][0]["fix"]
    assert "secret" not in ran.out
    assert (data / "coach.json").read_bytes() == broken

    mended = coach("doctor", "--fix", "--json")
    assert (mended.code, mended.json["ok"]) == (0, True)
    assert mended.json["fixed"] == ran.json["problems"]
    assert coach("doctor").code == 0
    for command in ("retake", "timeline", "heatmap", "advice", "schedule"):
        assert coach(command, "AZ-104").code == 0
    assert mended.json["backup"] == names(coach)[0]


def test_a_record_that_cannot_be_mended_is_set_aside_within_the_file(
    coach: Coach, data: Path
) -> None:
    coach(*REPORT)
    change(data, wrong_type)
    key = next(iter(json.loads((data / "coach.json").read_bytes())["blocks"]))
    coach("doctor", "--fix")
    tables = json.loads((data / "coach.json").read_bytes())
    assert tables["set_aside"][f"blocks/{key}"]["minutes"] == "my secret"
    assert key not in tables["blocks"]


def unknown_exam(tables: Any) -> None:
    tables.setdefault("practice", {})["p"] = {
        "id": "p", "exam": "XY-999", "domain": "my secret", "correct": 1, "total": 2,
        "at": "2026-11-20T10:00:00+01:00",
    }  # fmt: skip


def impossible_score(tables: Any) -> None:
    one(tables["reports"])["score"] = 1640


def unknown_outline(tables: Any) -> None:
    one(tables["reports"])["outline"] = "my secret"


def unknown_domain(tables: Any) -> None:
    one(tables["reports"])["observations"][0]["domain"] = "my secret"


def twice(tables: Any) -> None:
    report, attempt = one(tables["reports"]), one(tables["attempts"])
    tables["attempts"]["a2"] = {**attempt, "id": "a2"}
    tables["reports"]["r2"] = {**report, "id": "r2", "attempt": "a2"}


def future(tables: Any) -> None:
    one(tables["attempts"])["at"] = "2027-11-20T10:00:00+01:00"


def overlap(tables: Any) -> None:
    last = list(tables["blocks"].values())[-1]
    tables["blocks"]["b2"] = {**last, "id": "b2"}


def more_right_than_asked(tables: Any) -> None:
    unknown_exam(tables)
    tables["practice"]["p"].update(exam="AZ-104", correct=3)
    tables["practice"]["p"]["domain"] = "Implement and manage storage"


ODD = {
    "practice exam": unknown_exam, "reports score": impossible_score,
    "reports outline": unknown_outline, "reports observations[0].domain": unknown_domain,
    "reports attempt": twice, "attempts at": future, "blocks start": overlap,
    "practice correct": more_right_than_asked,
}  # fmt: skip


@pytest.mark.parametrize(("where", "edit"), ODD.items(), ids=ODD)
def test_doctor_leaves_to_the_person_what_only_they_can_decide(
    coach: Coach, data: Path, where: str, edit: Any
) -> None:
    coach(*REPORT)
    change(data, edit)
    (data / "coach.json").chmod(0o600)
    before = (data / "coach.json").read_bytes()
    ran = coach("doctor", "--fix", "--json")
    assert ran.code == 1
    assert [f"{p['record'].partition('/')[0]} {p['field']}" for p in ran.json["problems"]] == [
        where
    ]
    assert ran.json["fixed"] == []
    assert "secret" not in ran.out + ran.err
    assert (data / "coach.json").read_bytes() == before
    for command in ("retake", "timeline", "heatmap", "advice", "schedule"):
        assert coach(command, "AZ-104").code == 0


def test_the_overall_result_of_a_practice_test_is_no_fault(coach: Coach) -> None:
    coach(*REPORT)
    coach("practice", "add", "AZ-104", "--result", "1=14/20", "--overall", "40/50")
    assert coach("doctor", "--json").json["problems"] == []


def test_doctor_sees_to_the_files_around(coach: Coach, data: Path) -> None:
    coach(*REPORT)
    made = coach("backup", "make", "--json").json["name"]
    for path in (data / "coach.json", data / "backups" / made):
        path.chmod(0o644)
    exams = data / "catalogue" / "exams"
    exams.mkdir(parents=True)
    (exams / "XY-1.toml").write_text("code = 5")
    found = {p["record"] for p in coach("doctor", "--json").json["problems"]}
    assert found == {"coach.json", made, "XY-1.toml"}

    ran = coach("doctor", "--fix", "--json")

    assert [p["record"] for p in ran.json["problems"]] == ["XY-1.toml"]
    assert {p["record"] for p in ran.json["fixed"]} == {"coach.json", made}
    for path in (data / "coach.json", data / "backups" / made):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_report_is_plain_lines_without_control_characters(coach: Coach, data: Path) -> None:
    coach(*REPORT)
    change(data, lambda tables: tables["blocks"].update({"\x1b[2J": {"id": 5}}))
    ran = coach("doctor")
    assert ran.code == 1
    assert all(line.isprintable() for line in ran.out.splitlines())


def test_redo_brings_a_report_back_and_says_when_there_is_none(coach: Coach) -> None:
    coach(*REPORT)
    before = coach("timeline", "--json").out
    refused = coach("redo")
    assert (refused.code, refused.err) == (1, "coach: Nothing to redo.\n")
    assert coach("undo").code == 0
    assert coach("redo").code == 0
    assert coach("timeline", "--json").out == before


def test_undo_lists_what_was_done_when(coach: Coach, data: Path) -> None:
    assert coach("undo", "--list").out == "Nothing to undo.\n"
    assert not data.exists()
    coach(*REPORT)
    coach(*QUIZ, now="2026-11-22T18:30")

    assert coach("undo", "--list").out.splitlines() == [
        "Sun 2026-11-22 18:30  AZ-104 practice: 7 of 10 in Implement and manage storage",
        "Sat 2026-11-21 09:00  AZ-104 report of 2026-11-20 added",
    ]
    assert coach("undo", "--list", "--json").json["actions"][1] == {
        "at": "2026-11-21T09:00:00+01:00", "label": "AZ-104 report of 2026-11-20 added",
    }  # fmt: skip
    coach("undo")
    assert coach("undo", "--list").out.count("\n") == 1


def test_a_journal_that_cannot_be_read_is_one_line(coach: Coach, data: Path) -> None:
    coach(*REPORT)
    change(data, journal)

    for command in (("undo",), ("undo", "--list")):
        ran = coach(*command)
        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
        assert "journal" in ran.err


def test_the_report_holds_what_a_bug_report_needs_and_nothing_personal(
    coach: Coach, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(data.parent))
    coach(*REPORT)
    coach(*QUIZ, "--source", "my secret")
    coach("backup", "make", now="2026-11-21T09:00")
    file, copy = data / "coach.json", data / "coach (Anna's conflicted copy).json"
    file.rename(copy)
    file.symlink_to(data.parent / "drive" / "anna.json")
    lost = coach("doctor").out
    file.unlink()
    copy.rename(file)

    found = coach("doctor", now="2026-11-21T11:00").out

    assert "records    tracked 1, attempts 1, reports 1, practice 1, blocks " in found
    assert "the newest 2.0 hours old" in found
    assert "coach.json is a link to ~/drive/anna.json, whose folder is not there" in lost
    for text in (found, lost):
        for personal in ("secret", "Anna", str(data.parent), "640", "AZ-104"):
            assert personal not in text
