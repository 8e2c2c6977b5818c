"""`coach report import` on every kind of file, and on what is none."""

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Coach
from tests.cli.reports import AZ104, BANDS, PASTED, Load, bands, fields, loader
from tests.exchange.report_pdfs import pdf


@pytest.fixture
def load(coach: Coach, tmp_path: Path) -> Load:
    return loader(coach, tmp_path)


def test_a_pdf_is_imported_and_its_drawn_bars_are_missing(load: Load, coach: Coach) -> None:
    document = pdf("Exam AZ-104", "Exam date: 20 Nov 2026 10:00", "Your score: 640", *AZ104)
    ran = load("report.pdf", document)
    assert ran.code == 0
    assert [note["field"] for note in ran.json["notes"]] == ["domains"]
    assert bands(coach) == ["unknown"] * 5


def test_a_wide_table_is_imported_row_by_row(load: Load, coach: Coach) -> None:
    header = ",".join(("exam", "at", "score", "flags", *AZ104))
    rows = ("AZ-104,2026-11-20T10:00,640,Conditional Access,near,below,near,above,near",
            "AZ-104,2026-12-14T10:00,1688,,above,near,near,near,above",
            "AZ-104,2026-12-28T10:00,688,,above,near,near,near,above")  # fmt: skip
    ran = load("reports.csv", "\n".join((header, *rows)), now="2026-12-29T09:00")
    assert ran.code == 1
    assert len(ran.json["reports"]) == 2
    assert fields(ran) == [(3, "score")]
    assert bands(coach) == ["above", "near", "near", "near", "above"]


def test_a_long_table_is_imported_by_report(load: Load, coach: Coach) -> None:
    rows = "\n".join(f"AZ-104,2026-11-20T10:00,640,{n},{band}" for n, band in enumerate(BANDS, 1))
    ran = load("reports.csv", f"exam,at,score,domain,value\n{rows}\n")
    assert (ran.code, len(ran.json["reports"])) == (0, 1)
    assert bands(coach) == BANDS


def test_json_is_imported_as_the_contract_shows_it(load: Load, coach: Coach) -> None:
    document = {
        "exam": "AZ-104", "at": "2026-11-20T10:00", "score": 640, "place": "online",
        "outline": None, "domains": {AZ104[0]: "below", AZ104[1]: 62},
        "flags": ["Conditional Access"],
    }  # fmt: skip
    assert load("report.json", json.dumps(document)).code == 0
    assert bands(coach)[:2] == ["below", "near"]
    assert coach("timeline", "AZ-104", "--json").json["attempts"][0]["place"] == "online"


def test_broken_json_names_its_line(load: Load) -> None:
    ran = load("report.json", '{"exam": "AZ-104",\n"at": }')
    assert (ran.code, fields(ran)) == (1, [(2, "file")])


def test_standard_input_is_a_file_too(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PASTED.encode())))
    ran = coach("report", "import", "-")
    assert ran.code == 0
    assert ran.out == (
        "AZ-104: Report of 2026-11-20 added. Weak: Implement and manage storage; Manage Azure "
        "identities and governance; Deploy and manage Azure compute resources; Monitor and "
        "maintain Azure resources.\n"
    ), "RP-09, and the heaviest of the weak first"
    assert bands(coach) == BANDS


def test_a_file_of_50_mb_is_refused_without_being_read(coach: Coach, tmp_path: Path) -> None:
    file = tmp_path / "large.pdf"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)
    ran = coach("report", "import", str(file))
    assert ran.code == 1
    assert ran.err == "coach: file: 50000000 bytes are too many; up to 5000000 are accepted.\n"


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_a_file_that_cannot_be_read_is_one_line(coach: Coach, tmp_path: Path, name: str) -> None:
    ran = coach("report", "import", str(tmp_path / name))
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)


def test_control_characters_stay_out_of_the_terminal(coach: Coach, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text(json.dumps([{"exam": "\x1b[31mAZ", "\x1b": 1}, "\x1b"]), encoding="utf-8")
    ran = coach("report", "import", str(file))
    assert ran.code == 1
    assert "\x1b" not in ran.err


def test_many_problems_are_shortened_for_people_only(load: Load) -> None:
    ran = load("reports.json", json.dumps([{"exam": "AZ-104"}] * 30))
    assert len(ran.json["problems"]) == 60
    assert "And 40 more" in ran.err
