"""Reading a policy file of one's own: defaults, and how each fault is named."""

from pathlib import Path

import pytest

from coach.catalogue import CatalogueError
from coach.catalogue.policies import read_policy_file

VALID = """\
id = "own"
name = "Own exams"
source = "example.com"

[[wait]]
rule = "1-day"
days = 1

[cap]
attempts = 3
rule = "cap-6-months"
months = 6

[after_pass]
retake = "any-time"
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_valid_policy_is_unverified_unless_it_says_so(tmp_path):
    policy = read_policy_file(written(tmp_path, VALID))
    assert (policy.as_of, policy.verified) == (None, False)
    assert policy.waits[0].days == 1
    assert policy.counts == ("delivered",)


@pytest.mark.parametrize(
    ("before", "after", "field", "says"),
    [
        pytest.param('name = "Own exams"', 'name = " "', "name", "is empty", id="name"),
        pytest.param('name = "Own exams"\n', "", "name", "is missing", id="no-name"),
        pytest.param(
            "days = 1", "days = 1\nhours = 2", "wait 1", "either hours or days", id="both"
        ),
        pytest.param("days = 1", "", "wait 1", "either hours or days", id="neither"),
        pytest.param("days = 1", "days = -1", "wait 1, days", "0 to 3660", id="negative"),
        pytest.param("days = 1", "hours = 99999999", "wait 1, hours", "0 to 87840", id="huge"),
        pytest.param("days = 1", 'days = "1"', "wait 1, days", "a whole number", id="text"),
        pytest.param("days = 1", "day = 1", "wait 1, day", "did you mean days", id="unknown"),
        pytest.param("attempts = 3", "attempts = 0", "cap, attempts", "1 to 100", id="cap"),
        pytest.param(
            "[after_pass]",
            '[scoring]\nsource = "a page"\npass_marks = ["700"]\n[after_pass]',
            "scoring, pass_marks 1",
            "a list of whole numbers",
            id="pass-marks",
        ),
        pytest.param("months = 6", "months = 0", "cap, months", "1 to 120", id="cap-months"),
        pytest.param("months = 6", "", "cap, months", "is missing", id="cap-open"),
        pytest.param("months = 6", 'after = "x"', "cap, after", "first, last or never", id="after"),
        pytest.param('"any-time"', '"never"', "after_pass, retake", "any-time", id="retake"),
        pytest.param(
            '"any-time"', '"after-wait"', "after_pass, retake", "either months or days", id="timed"
        ),
        pytest.param(
            '"any-time"', '"after-wait"\ndays = 0', "after_pass, days", "1 to 3660", id="days"
        ),
        pytest.param(
            "\n\n[[wait]]",
            "\nvalidity_months = { guru = 12 }\n[[wait]]",
            "validity_months, guru",
            "associate",
            id="level",
        ),
        pytest.param(
            "\n\n[[wait]]",
            "\nvalidity_months = { expert = -1 }\n[[wait]]",
            "validity_months, expert",
            "1 to 240",
            id="validity",
        ),
        pytest.param(
            "\n\n[[wait]]",
            "\nvalidity_months = { expert = 1.5 }\n[[wait]]",
            "validity_months",
            "whole months by level",
            id="validity-type",
        ),
        pytest.param(
            "\n\n[[wait]]",
            "\nchange_deadline_hours = { home = 1 }\n[[wait]]",
            "change_deadline_hours, home",
            "centre, online",
            id="place",
        ),
        pytest.param(
            "\n\n[[wait]]",
            "\nbeta_result_weeks = [9, 8]\n[[wait]]",
            "beta_result_weeks",
            "must rise",
            id="weeks",
        ),
        pytest.param(
            "\n\n[[wait]]",
            '\nretirement_zone = "US/Nowhere"\n[[wait]]',
            "retirement_zone",
            "a time zone such as",
            id="zone",
        ),
        pytest.param(
            "\n\n[[wait]]",
            '\nretirement_zone = "../etc"\n[[wait]]',
            "retirement_zone",
            "a time zone such as",
            id="zone-path",
        ),
        pytest.param(
            "\n\n[[wait]]",
            "\nincluded_retake_months = 121\n[[wait]]",
            "included_retake_months",
            "0 to 120",
            id="included",
        ),
        pytest.param(
            "\n\n[[wait]]",
            "\naccommodation_days = 121\n[[wait]]",
            "accommodation_days",
            "0 to 120",
            id="accommodations",
        ),
        pytest.param(
            "[after_pass]",
            "[terms]\npurchased = 2026-01-01\n[after_pass]",
            "terms",
            "is not a known field",
            id="terms-are-no-part-of-a-file",
        ),
        pytest.param("[cap]", "[[cap]]", "cap", "a table is accepted", id="cap-list"),
    ],
)
def test_a_fault_is_named_with_file_and_field(tmp_path, before, after, field, says):
    assert before in VALID
    with pytest.raises(CatalogueError) as caught:
        read_policy_file(written(tmp_path, VALID.replace(before, after, 1)))
    assert (caught.value.file, caught.value.field) == ("own.toml", field)
    assert says in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_policy_needs_a_wait_and_a_rule_after_a_pass(tmp_path):
    head = VALID[: VALID.index("[[wait]]")]
    tail = VALID[VALID.index("[cap]") :]
    with pytest.raises(CatalogueError, match="wait is missing"):
        read_policy_file(written(tmp_path, head + tail))
    with pytest.raises(CatalogueError, match="wait is missing"):
        read_policy_file(written(tmp_path, head + "wait = []\n" + tail))
    with pytest.raises(CatalogueError, match="after_pass is missing"):
        read_policy_file(written(tmp_path, VALID[: VALID.index("[after_pass]")]))


def test_a_cap_that_is_never_lifted_needs_no_months(tmp_path):
    policy = read_policy_file(written(tmp_path, VALID.replace("months = 6", 'after = "never"')))
    assert policy.cap is not None
    assert (policy.cap.months, policy.cap.after) == (None, "never")
