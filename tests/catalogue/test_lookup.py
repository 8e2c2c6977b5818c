"""Finding exams and policies, and the user's own files before the packaged ones."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.catalogue import Catalogue, CatalogueError, normalise_code
from coach.catalogue.exams import is_code

OWN = """\
code = "AZ-104"
title = "My own outline"

[[outline]]
id = "mine"

[[outline.domain]]
name = "Everything"
weight_low = 100
weight_high = 100
"""
POLICY = """\
id = "{id}"
name = "House rules"
source = "the house"

[[wait]]
rule = "2-days"
days = 2

[after_pass]
retake = "any-time"
"""


def place(folder: Path, kind: str, name: str, text: str) -> None:
    (folder / kind).mkdir(parents=True, exist_ok=True)
    (folder / kind / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("AZ-104", "AZ-104"),
        ("az104", "AZ-104"),
        ("Az-104", "AZ-104"),
        ("  az 104 ", "AZ-104"),
        ("az_104", "AZ-104"),
        ("az\u2013104", "AZ-104"),
        ("pl900", "PL-900"),
        ("saa-c03", "SAA-C03"),
        ("n10-009", "N10-009"),
        ("70-480", "70-480"),
        ("cissp", "CISSP"),
        ("az1040", "AZ1040"),
        ("a104", "A104"),
        ("104", "104"),
        ("", ""),
        ("az\u0661\u0660\u0664", "AZ\u0661\u0660\u0664"),
    ],
)
def test_normalise_code(typed, code):
    assert normalise_code(typed) == code


@given(st.text(max_size=12))
def test_a_normal_code_stays_as_it_is(text):
    assert normalise_code(normalise_code(text)) == normalise_code(text)


@pytest.mark.parametrize("code", ["AZ-104", "SAA-C03", "CISSP", "70-480", "C_TS4FI_2023"])
def test_what_can_be_a_code(code):
    assert is_code(code)


@pytest.mark.parametrize("code", ["", "A", "-AZ", "AZ-", "az-104", "A/B", "..", "A.B", "A" * 21])
def test_what_cannot_be_a_code(code):
    assert not is_code(code)


@pytest.mark.parametrize("typed", ["AZ-104", "az104", " az-104 ", "Az 104"])
def test_an_exam_is_found_in_any_spelling(typed):
    exam = Catalogue().exam(typed)
    assert exam is not None
    assert exam.code == "AZ-104"


@pytest.mark.parametrize(("typed", "code"), [("saac03", "SAA-C03"), ("n10009", "N10-009")])
def test_codes_of_other_shapes_are_found_without_the_dash_too(typed, code):
    exam = Catalogue().exam(typed)
    assert exam is not None
    assert exam.code == code


@pytest.mark.parametrize("typed", ["", "XX-999", "../exams/AZ-104", "AZ-104.toml", "\0"])
def test_unknown_codes_give_none(typed):
    assert Catalogue().exam(typed) is None


@pytest.mark.parametrize("policy_id", ["", "none", "../policies/microsoft", "MICROSOFT"])
def test_unknown_policies_give_none(policy_id):
    assert Catalogue().policy(policy_id) is None


def test_an_exam_is_read_once():
    catalogue = Catalogue()
    assert catalogue.exam("AZ-104") is catalogue.exam("az104")
    assert catalogue.policy("aws") is catalogue.policy("aws")


def test_exams_are_sorted_by_code():
    codes = [exam.code for exam in Catalogue().exams()]
    assert codes == sorted(codes)
    assert len(codes) == len(set(codes)) == 140


@pytest.mark.parametrize(
    ("typed", "first"),
    [("AZ-105", "AZ-104"), ("SC-501", "SC-500"), ("ai102x", "AI-102"), ("AZ-50", "AZ-500")],
)
def test_the_closest_codes_begin_alike(typed, first):
    found = Catalogue().closest(typed)
    assert found[0] == first
    assert len(found) <= 3


def test_nothing_is_close_to_nonsense():
    assert Catalogue().closest("qqqq") == ()
    assert Catalogue().closest("") == ()


def test_a_file_of_ones_own_replaces_the_packaged_one(tmp_path):
    place(tmp_path, "exams", "az104.toml", OWN)
    catalogue = Catalogue(tmp_path)
    exam = catalogue.exam("AZ-104")
    assert exam is not None
    assert exam.title == "My own outline"
    assert [e.title for e in catalogue.exams() if e.code == "AZ-104"] == ["My own outline"]
    assert len(catalogue.exams()) == 140
    assert catalogue.problems == ()


def test_a_new_exam_and_its_policy(tmp_path):
    own = OWN.replace("AZ-104", "HX-1").replace("title", 'policy = "house"\ntitle')
    place(tmp_path, "exams", "HX-1.toml", own)
    place(tmp_path, "policies", "house.toml", POLICY.format(id="house"))
    catalogue = Catalogue(tmp_path)
    exam = catalogue.exam("hx1")
    policy = catalogue.policy("house")
    assert exam is not None
    assert policy is not None
    assert (exam.policy, policy.name) == ("house", "House rules")
    assert "HX-1" in catalogue.closest("HX-2")
    assert catalogue.problems == ()


def test_a_policy_of_ones_own_replaces_the_packaged_one(tmp_path):
    place(tmp_path, "policies", "microsoft.toml", POLICY.format(id="microsoft"))
    policy = Catalogue(tmp_path).policy("microsoft")
    assert policy is not None
    assert policy.name == "House rules"


def test_broken_files_are_listed_and_passed_over(tmp_path):
    place(tmp_path, "exams", "AZ-104.toml", 'code = "AZ-104"\ntitle = \n')
    place(tmp_path, "exams", "HX-1.toml", OWN)
    place(tmp_path, "exams", "HX-2.toml", 'code = "HX-2"\ntitle = "T"\npolicy = "nowhere"\n')
    place(tmp_path, "exams", ".hidden.toml", "broken")
    place(tmp_path, "exams", "readme.txt", "broken")
    place(tmp_path, "policies", "aws.toml", POLICY.format(id="other"))
    catalogue = Catalogue(tmp_path)
    exam = catalogue.exam("AZ-104")
    policy = catalogue.policy("aws")
    assert exam is not None
    assert policy is not None
    assert (exam.title, policy.name) == ("Microsoft Azure Administrator", "AWS Certification exams")
    syntax, wrong_name, no_policy, wrong_id = map(str, catalogue.problems)
    assert syntax.startswith("AZ-104.toml, line 2: this is not valid TOML")
    assert wrong_name == "HX-1.toml: code is AZ-104; the file's name must be AZ-104.toml."
    assert no_policy.startswith('HX-2.toml: policy is "nowhere", which is not known; known are ad')
    assert wrong_id == "aws.toml: id is other; the file's name must be other.toml."
    assert len(catalogue.exams()) == 141


def test_a_folder_that_is_not_there_or_is_a_file(tmp_path):
    assert Catalogue(tmp_path / "none").problems == ()
    (tmp_path / "exams").write_text("not a folder")
    catalogue = Catalogue(tmp_path)
    assert len(catalogue.exams()) == 140
    (problem,) = map(str, catalogue.problems)
    assert problem.startswith("exams: the folder cannot be read")


def test_importing_the_catalogue_loads_nothing_that_is_only_needed_later():
    code = "import sys, coach.catalogue; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"tomllib", "difflib", "tempfile", "textual", "tinydb"}.intersection(loaded)


def test_a_file_with_an_unknown_policy_cannot_be_added(tmp_path):
    source = tmp_path / "mine.toml"
    source.write_text(OWN.replace('code = "AZ-104"', 'code = "AZ-104"\npolicy = "none-such"'))
    with pytest.raises(CatalogueError, match=r'policy.*"none-such", which is not known; known are'):
        Catalogue(tmp_path).read_new(source)
