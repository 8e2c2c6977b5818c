"""`coach report import` on pasted texts: what is stored, what is named, what is missing."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Coach
from tests.cli.reports import AZ104, BANDS, PASTED, Load, bands, fields, loader

CCNA = """\
code = "200-301"
title = "Cisco Certified Network Associate"
vendor = "Cisco"
policy = "cisco-associate"
passing_score = 825
score_low = 300

[[outline]]
id = "own"
source = "own"
confidence = "own"
domain = [
  {name = "Network Fundamentals", weight_low = 50, weight_high = 50},
  {name = "Network Access", weight_low = 50, weight_high = 50},
]
"""


@pytest.fixture
def load(coach: Coach, tmp_path: Path) -> Load:
    return loader(coach, tmp_path)


def test_im_01_a_pasted_report_gives_bands_dates_and_a_plan(load: Load, coach: Coach) -> None:
    ran = load("report.txt", PASTED)
    assert (ran.code, ran.err) == (0, "")
    assert (ran.json["problems"], ran.json["notes"]) == ([], [])
    (saved,) = ran.json["reports"]
    assert (saved["exam"], saved["plan"]["revision"]) == ("AZ-104", 1)
    assert bands(coach) == BANDS
    (attempt,) = coach("timeline", "AZ-104", "--json").json["attempts"]
    assert (attempt["at"], attempt["score"]) == ("2026-11-20T10:00:00+01:00", 640)
    rows = coach("heatmap", "AZ-104", "--json").json["domains"]
    assert {row["name"] for row in rows if row["tier"]} == {*AZ104} - {AZ104[3]}


def test_im_09_no_personal_data_is_stored_or_shown(load: Load, coach: Coach, data: Path) -> None:
    shown = [load("report.txt", PASTED).out, load("again.txt", PASTED).out]
    shown.append(load("bad.txt", PASTED.replace("640", "Jane Doe 4711")).out)
    stored = "".join(path.read_text("utf-8") for path in data.rglob("*") if path.is_file())
    for text in (*shown, stored, coach("export", "json").out):
        assert "Jane" not in text
        assert "4711" not in text


@pytest.mark.parametrize("text", [PASTED, PASTED.replace(" 10:00 AM", "")], ids=["same", "no-time"])
def test_im_10_the_same_report_twice_is_already_stored(load: Load, coach: Coach, text: str) -> None:
    assert load("report.txt", PASTED).code == 0
    again = load("again.txt", text)
    assert again.code == 1
    assert again.json["reports"] == []
    assert fields(again) == [(4, "at")]
    assert "already stored" in again.json["problems"][0]["text"]
    assert len(coach("timeline", "AZ-104", "--json").json["attempts"]) == 1


def test_two_sittings_on_one_day_are_told_apart_by_their_time(load: Load, coach: Coach) -> None:
    assert load("report.txt", PASTED).code == 0
    assert load("later.txt", PASTED.replace("10:00 AM", "4:00 PM"), "2026-11-21T20:00").code == 0
    assert len(coach("timeline", "AZ-104", "--json").json["attempts"]) == 2


def test_im_08_a_problem_names_the_line_and_nothing_is_stored(load: Load, data: Path) -> None:
    ran = load("report.txt", PASTED.replace("BELOW TARGET", "Great"))
    assert ran.code == 1
    assert fields(ran) == [(9, f"domain:{AZ104[1]}")]
    assert "line 9, domain" in ran.err
    assert ran.err.startswith("coach: ")
    assert ran.err.count("\n") == 1
    assert not (data / "coach.json").exists()


def test_im_08_the_rest_of_a_list_is_kept(load: Load, coach: Coach) -> None:
    good = {"exam": "AZ-104", "at": "2026-11-20T10:00", "score": 640}
    ran = load("reports.json", json.dumps([{**good, "score": 1001}, good, {**good, "at": "soon"}]))
    assert ran.code == 1
    assert [entry["exam"] for entry in ran.json["reports"]] == ["AZ-104"]
    assert fields(ran) == [(None, "score"), (None, "at")]
    assert ran.err.startswith("coach: only 1 report saved; report 1, score: ")
    assert ran.json["problems"][0]["text"].startswith("report 1, score: ")
    assert ran.json["problems"][1]["text"].startswith("report 3, at: ")
    assert len(coach("timeline", "AZ-104", "--json").json["attempts"]) == 1


def test_many_reports_of_a_file_are_one_plan_and_one_action(load: Load, coach: Coach) -> None:
    early = {"exam": "AZ-104", "at": "2026-11-01T10:00", "score": 610}
    late = {"exam": "AZ-104", "at": "2026-11-20T10:00", "score": 640}
    other = {"exam": "AZ-305", "at": "2026-11-19T10:00", "score": 600}
    ran = load("reports.json", json.dumps([early, other, late]))
    assert (ran.code, ran.err) == (0, "")
    plans = [(entry["exam"], entry["plan"]["revision"]) for entry in ran.json["reports"]]
    assert plans == [("AZ-104", 1), ("AZ-305", 1), ("AZ-104", 1)]
    changed = [bool(entry["plan"]["changes"]) for entry in ran.json["reports"]]
    assert changed == [False, True, True]
    for code, sittings in (("AZ-104", 2), ("AZ-305", 1)):
        assert coach("schedule", code, "--json").json["trigger"] == "3 reports"
        assert len(coach("timeline", code, "--json").json["attempts"]) == sittings
    actions = coach("undo", "--list", "--json").json["actions"]
    assert [action["label"] for action in actions] == ["3 reports imported"]
    assert coach("undo").code == 0
    assert coach("timeline", "AZ-104", "--json").json["attempts"] == []


def test_the_same_report_twice_in_a_file_is_stored_once(load: Load, coach: Coach) -> None:
    one = {"exam": "AZ-104", "at": "2026-11-20T10:00", "score": 640}
    ran = load("reports.json", json.dumps([one, one, {**one, "at": "2026-11-20"}]))
    assert ran.code == 1
    assert len(ran.json["reports"]) == 1
    assert fields(ran) == [(None, "at"), (None, "at")]
    assert ran.json["problems"][0]["text"].startswith("report 2, at: ")
    assert ran.json["problems"][1]["text"].startswith("report 3, at: ")
    assert len(coach("timeline", "AZ-104", "--json").json["attempts"]) == 1


def test_all_problems_of_a_report_are_named_at_once(load: Load) -> None:
    text = "Exam: AZ-104\nDate: 11/12/2026\nScore: 1001\nGovernance Board: near\n"
    assert fields(load("report.txt", text)) == [
        (2, "at"), (3, "score"), (4, "domain:Governance Board"),
    ]  # fmt: skip


REFUSED = {
    "SC-02": ("Score: 1001", [(3, "score")], "1 to 1000"),
    "SC-15 fail": ("Score: 720\nResult: Fail", [(4, "result")], "700 passes"),
    "SC-15 pass": ("Result: Passed\nScore: 699", [(3, "result")], "700 passes"),
    "RP-03": (f"Score: 640\n{AZ104[1]}: Great", [(4, f"domain:{AZ104[1]}")], "near"),
    "RP-10": ("Score: 640\nGovernance Board: near", [(4, "domain:Governance Board")], AZ104[0]),
    "RT-33": ("Score: 640\nExam date: 2026-12-24", [(4, "at")], "differ"),
    "bar-101": (f"Score: 640\n{AZ104[1]}: 101%", [(4, f"domain:{AZ104[1]}")], "100"),
    "no-score": ("Result: Fail", [(None, "score")], "640"),
}  # fmt: skip


@pytest.mark.parametrize(("rest", "expected", "accepted"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused(
    load: Load, data: Path, rest: str, expected: list[tuple[int | None, str]], accepted: str
) -> None:
    ran = load("report.txt", f"Exam: AZ-104\nDate: 2026-11-20\n{rest}\n")
    assert ran.code == 1
    assert fields(ran) == expected
    assert accepted in ran.json["problems"][0]["text"]
    assert not (data / "coach.json").exists()


def test_a_report_without_exam_or_date_says_what_to_add(load: Load) -> None:
    assert load("first.txt", PASTED).code == 0
    ran = load("report.txt", "Score: 640\nAsset Security: near\n")
    assert fields(ran) == [(None, "exam"), (None, "at")]


KEPT = {
    "RP-04": ("Near-Target", "near", "band"),
    "NI-07": ("Needs Improvement", "below", "word"),
    "RP-15 40": ("40", "below", "bar"),
    "RP-15 60": ("60", "near", "bar"),
    "RP-15 80": ("80", "above", "bar"),
    "XC-03": ("0", "below", "bar"),
    "percent": ("62%", "near", "bar"),
}


@pytest.mark.parametrize(("value", "band", "origin"), KEPT.values(), ids=KEPT)
def test_readings_keep_their_origin(
    load: Load, coach: Coach, value: str, band: str, origin: str
) -> None:
    text = f"Exam: AZ-104\nDate: 2026-11-20 10:00\nScore: 640\n{AZ104[1]}: {value}\n"
    assert load("report.txt", text).code == 0
    cell = coach("heatmap", "--json").json["domains"][1]["cells"][0]
    assert (cell["band"], cell["origin"]) == (band, origin)


def test_rp_02_a_percentage_of_a_vendor_without_any_is_said_to_be_a_bar(load: Load) -> None:
    text = f"Exam: AZ-104\nDate: 2026-11-20 10:00\nScore: 640\n{AZ104[1]}: 62%\n"
    first, _ = load("report.txt", text).json["notes"]
    assert (first["line"], first["field"]) == (4, f"domain:{AZ104[1]}")
    assert "bar" in first["text"]


def test_rp_05_missing_domains_are_named_and_stored_as_unknown(load: Load, coach: Coach) -> None:
    text = PASTED.replace("near target\n", "\n", 1).replace("Near-Target", "")
    ran = load("report.txt", text)
    assert ran.code == 0
    (note,) = ran.json["notes"]
    assert note["field"] == "domains"
    assert AZ104[0] in note["text"]
    assert AZ104[2] in note["text"]
    assert AZ104[1] not in note["text"]
    assert bands(coach) == ["unknown", "below", "unknown", "above", "near"]


def test_rp_12_a_pass_keeps_its_domains_and_needs_no_plan(load: Load, coach: Coach) -> None:
    text = PASTED.replace("score: 640", "score: 712").replace("Fail", "Pass")
    assert load("report.txt", text).code == 0
    assert bands(coach) == BANDS
    assert coach("schedule", "--json").json["weeks"] == []


def test_rp_13_a_score_alone_is_a_report(load: Load, coach: Coach) -> None:
    ran = load("report.txt", "AZ-104\nDate: 2026-11-20\nScore: 655\n")
    assert ran.code == 0
    assert [note["field"] for note in ran.json["notes"]] == ["domains", "at"]
    assert bands(coach) == ["unknown"] * 5


def test_xc_02_high_bars_and_a_fail_are_no_contradiction(load: Load, coach: Coach) -> None:
    lines = "\n".join(f"{name}: 76" for name in AZ104)
    text = f"Exam: AZ-104\nDate: 2026-11-20\nScore: 690\nResult: Fail\n{lines}\n"
    assert load("report.txt", text).code == 0
    assert bands(coach) == ["above"] * 5


def test_ni_02_a_flagged_topic_is_marked_in_its_domain(load: Load, coach: Coach) -> None:
    text = """\
Exam: AZ-500
Date: 2026-06-20
Score: 640
Secure identity and access: near target
Conditional Access: needs improvement
"""
    assert load("report.txt", text).code == 0
    rows = coach("heatmap", "AZ-500", "--json").json["domains"]
    flagged = {row["name"]: [t["name"] for t in row["topics"] if t["flagged"]] for row in rows}
    (identity,) = [topics for topics in flagged.values() if topics]
    assert "Conditional Access" in identity[0]
    assert flagged[rows[0]["name"]] == identity


def test_a_title_stands_for_its_code(load: Load, coach: Coach) -> None:
    text = """\
AWS Certified Solutions Architect - Associate
Candidate: Jane Doe   Exam Date: November 20, 2026
Candidate Score: 690   Pass/Fail: FAIL
Domain 1: Design Secure Architectures (30%)
Needs Improvement
Domain 2: Design Resilient Architectures 26% Meets Competencies
Domain 3: Design High-Performing Architectures (24%)  Meets Competencies
Domain 4: Design Cost-Optimized Architectures (20%)  Needs Improvement
"""
    ran = load("report.txt", text)
    assert (ran.code, ran.json["reports"][0]["exam"]) == (0, "SAA-C03")
    assert bands(coach, "SAA-C03") == ["below", "above", "above", "below"]


def test_a_code_of_letters_alone_is_found_without_a_label(load: Load) -> None:
    text = "CISSP\nDate: 2026-11-20\nScore: 640\nAsset Security: Near Proficiency\n"
    assert load("report.txt", text).json["reports"][0]["exam"] == "CISSP"


def test_percentages_of_a_vendor_that_prints_them_are_kept(
    load: Load, coach: Coach, tmp_path: Path
) -> None:
    own = tmp_path / "ccna.toml"
    own.write_text(CCNA, encoding="utf-8")
    assert coach("exams", "add", str(own)).code == 0
    text = """\
Exam: 200-301 CCNA
Your Score   Passing Score   Grade
780   825   Fail
Exam Date: November 20, 2026
Network Fundamentals 62%
Network Access: 80 %
"""
    ran = load("report.txt", text)
    assert ran.code == 0
    assert [note["field"] for note in ran.json["notes"]] == ["at"]
    rows = coach("heatmap", "200-301", "--json").json["domains"]
    cells = [row["cells"][0] for row in rows]
    assert [(cell["value"], cell["origin"]) for cell in cells] == [(62, "percent"), (80, "percent")]


def test_a_pass_mark_that_coach_does_not_know_is_noted(load: Load) -> None:
    ran = load("report.txt", PASTED.replace("Required score: 700", "Required score: 720"))
    assert ran.code == 0
    assert [(note["line"], note["field"]) for note in ran.json["notes"]] == [(5, "passing")]
    assert "720" in ran.json["notes"][0]["text"]


@pytest.mark.parametrize(
    ("lines", "passed"),
    [
        ("Score: 790 (825 required)", False),
        ("Score: 790\nPassing score: 825", False),
        ("Score: 830\nPassing score: 825", True),
        ("Score: 790\nResult: Fail", False),
        ("Score: 850\nResult: Pass", True),
        ("Score: 790", None),
    ],
)
def test_without_a_published_pass_mark_the_report_says_whether_it_passed(
    coach: Coach, tmp_path: Path, lines: str, passed: bool | None
) -> None:
    file = tmp_path / "report.txt"
    file.write_text(f"Exam: CCNA 200-301\nDate: 2026-11-20 09:00\n{lines}\nNetwork Access: 55%\n")
    assert coach("report", "import", str(file), now="2026-11-29T10:00").code == 0
    (attempt,) = json.loads(coach("timeline", "--json", now="2026-11-29T10:00").out)["attempts"]
    assert attempt["passed"] is passed


def test_a_report_that_leaves_the_result_open_says_how_to_add_it(coach: Coach) -> None:
    given = ("--at", "2026-11-20T10:00", "--score", "700", "--band", "1=below")
    said = coach("report", "add", "200-301", *given).out
    # It is planned for like a fail, so its tiers show too.
    assert coach("heatmap", "200-301", "--json").json["domains"][0]["tier"] == 1
    (line,) = (line for line in said.splitlines() if "not known" in line)
    assert line.startswith("Whether it was a pass is not known; add it with `coach report edit ")
    corrected = coach("report", "edit", line.split()[-3], "--result", "fail")
    assert corrected.code == 0
    assert "pass is not known" not in corrected.out


def test_a_code_without_digits_is_found_in_a_heading(coach: Coach, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(
        "PMP Examination Score Report\nExam date: 20 Nov 2026\nOverall Performance: FAIL\n"
        "People   Above Target\nProcess  Below Target\n"
    )
    told = coach("report", "import", str(file), now="2026-11-29T10:00")
    assert told.code == 0
    assert told.out.startswith("PMP: Report of 2026-11-20 added. Weak: Process.")
