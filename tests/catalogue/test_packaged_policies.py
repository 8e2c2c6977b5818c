"""The packaged retake policies, against the vendors' rules."""

from datetime import date

import msgspec
import pytest

from coach.catalogue import Catalogue
from coach.catalogue.lookup import DATA
from coach.catalogue.policies import read_policy_file
from coach.model.policy import AfterPass, Cap, Policy, Scoring, Wait

FILES = sorted((DATA / "policies").glob("*.toml"))
YEARLY = {"associate": 12, "expert": 12, "specialty": 12}
NO_WAIT = ("no-wait", 0, None, False)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue()


def known(catalogue: Catalogue, policy_id: str) -> Policy:
    policy = catalogue.policy(policy_id)
    assert policy is not None
    return policy


def days(rule: str, number: int, clear: bool = False) -> tuple[str, None, int, bool]:
    return (rule, None, number, clear)


def hours(rule: str, number: int) -> tuple[str, int, None, bool]:
    return (rule, number, None, False)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_packaged_policy_is_valid_and_named_after_its_id(path):
    policy = read_policy_file(path)
    assert policy.id == path.stem
    assert policy.verified or policy.note


def test_the_policies_are_complete(catalogue):
    assert [policy.id for policy in catalogue.policies()] == [
        *("adobe", "aws", "cisco-associate", "cisco-expert-lab", "cisco-expert-written"),
        *("comptia", "databricks", "ec-council", "github", "google-associate"),
        *("google-foundational", "hashicorp", "isaca", "isc2", "linux-foundation", "microsoft"),
        *("microsoft-applied-skills", "microsoft-beta", "microsoft-mos", "microsoft-renewal"),
        *("oracle", "pmi", "red-hat", "salesforce", "snowflake"),
    ]


def test_the_microsoft_policy(catalogue):
    found = known(catalogue, "microsoft")
    told = ["bring", "answer-all", "partial-credit", "unscored", "result", "notes"]
    assert [step.code for step in found.day_steps] == told
    assert msgspec.structs.replace(found, day_steps=()) == Policy(
        id="microsoft",
        name="Microsoft Certification exams",
        waits=(Wait(rule="24-hours", hours=24), Wait(rule="14-days", days=14)),
        after_pass=AfterPass(retake="after-expiry"),
        source="learn.microsoft.com/credentials/support/retake-policy",
        as_of=date(2026, 9, 26),
        verified=True,
        cap=Cap(attempts=5, rule="cap-12-months", months=12, anchor="first-attempt", after="first"),
        beta_sittings=1,
        beta_result_weeks=(8, 16),
        change_deadline_hours={"centre": 24, "online": 24},
        accommodation_days=20,
        waiver_reasons=("internet", "equipment"),
        validity_months=YEARLY,
        renewal_window_months=6,
        proctored=True,
        scoring=Scoring(
            pass_marks=(700,),
            source="learn.microsoft.com/credentials/certifications/exam-scoring-reports",
            as_of=date(2025, 5, 27),
        ),
        retirement_zone="America/Chicago",
    )


@pytest.mark.parametrize(
    ("policy_id", "waits"),
    [
        pytest.param("aws", [days("14-days", 14)], id="XC-12"),
        pytest.param("comptia", [NO_WAIT, days("14-days", 14)], id="XC-13"),
        pytest.param(
            "isc2",
            [days(f"{n}-test-free-days", n, clear=True) for n in (30, 60, 90)],
            id="XC-14",
        ),
        pytest.param(
            "google-associate",
            [days("14-days", 14), days("60-days", 60), days("365-days", 365)],
            id="XC-15",
        ),
        pytest.param("cisco-associate", [days("5-days", 5, clear=True)], id="XC-16"),
        pytest.param("linux-foundation", [NO_WAIT], id="XC-17"),
        pytest.param("microsoft-applied-skills", [hours("72-hours", 72)], id="XC-18"),
        pytest.param("microsoft-mos", [hours("24-hours", 24), hours("48-hours", 48)], id="XC-19"),
        pytest.param("microsoft-renewal", [NO_WAIT, hours("24-hours", 24)], id="renewal"),
        pytest.param("microsoft-beta", [NO_WAIT], id="beta"),
        pytest.param("cisco-expert-written", [days("15-days", 15, clear=True)], id="ccie-written"),
        pytest.param(
            "cisco-expert-lab",
            [days(f"{n}-days", n) for n in (30, 90, 90, 90, 180)],
            id="ccie-lab",
        ),
        pytest.param("google-foundational", [days("14-days", 14)], id="google-foundational"),
        pytest.param("pmi", [NO_WAIT], id="pmi"),
        pytest.param("hashicorp", [days("7-days", 7)], id="hashicorp"),
        pytest.param("ec-council", [NO_WAIT, days("14-days", 14)], id="ec-council"),
        pytest.param("adobe", [hours("24-hours", 24), days("5-days", 5)], id="adobe"),
        pytest.param("github", [hours("24-hours", 24), days("14-days", 14)], id="github"),
        pytest.param("isaca", [days("30-days", 30), days("90-days", 90)], id="isaca"),
        pytest.param("snowflake", [days("7-days", 7)], id="snowflake"),
        pytest.param("salesforce", [hours("24-hours", 24), days("14-days", 14)], id="salesforce"),
        pytest.param("oracle", [days("14-days", 14)], id="oracle"),
        pytest.param("red-hat", [], id="red-hat-not-known"),
        pytest.param("databricks", [], id="databricks-not-known"),
    ],
)
def test_waits(catalogue, policy_id, waits):
    found = known(catalogue, policy_id).waits
    assert [(w.rule, w.hours, w.days, w.clear_days) for w in found] == waits


@pytest.mark.parametrize(
    ("policy_id", "cap"),
    [
        ("microsoft-beta", (1, None, "first-attempt", "never")),
        ("cisco-expert-written", (4, 12, "rolling", "first")),
        ("google-foundational", (10, 12, "first-attempt", "first")),
        ("google-associate", (4, 24, "first-attempt", "first")),
        ("isc2", (4, 12, "rolling", "first")),
        ("pmi", (3, 12, "eligibility", "last")),
        ("hashicorp", (4, 12, "rolling", "first")),
        ("ec-council", (5, 12, "first-attempt", "last")),
        ("github", (5, 12, "first-attempt", "first")),
        ("isaca", (4, 12, "rolling", "first")),
        ("snowflake", (4, 12, "rolling", "first")),
    ],
)
def test_caps(catalogue, policy_id, cap):
    found = known(catalogue, policy_id).cap
    assert found is not None
    assert (found.attempts, found.months, found.anchor, found.after) == cap


@pytest.mark.parametrize(
    "policy_id",
    [
        *("aws", "comptia", "cisco-associate", "cisco-expert-lab", "linux-foundation", "adobe"),
        *("microsoft-mos", "microsoft-renewal", "microsoft-applied-skills"),
        *("salesforce", "oracle", "red-hat", "databricks"),
    ],
)
def test_policies_without_a_cap(catalogue, policy_id):
    assert known(catalogue, policy_id).cap is None


@pytest.mark.parametrize(
    ("policy_id", "after"),
    [
        ("microsoft-renewal", ("before-expiry", 6, None)),
        ("microsoft-mos", ("any-time", None, None)),
        ("aws", ("after-wait", 24, None)),
        ("comptia", ("with-consent", None, None)),
        ("cisco-associate", ("after-wait", None, 180)),
        ("google-associate", ("before-expiry", None, 60)),
        ("oracle", ("unknown", None, None)),
    ],
)
def test_what_a_pass_allows(catalogue, policy_id, after):
    found = known(catalogue, policy_id).after_pass
    assert (found.retake, found.months, found.days) == after


def test_policies_that_no_vendor_page_confirms_are_marked(catalogue):
    doubtful = {policy.id for policy in catalogue.policies() if not policy.verified}
    assert doubtful == {
        *("adobe", "cisco-associate", "cisco-expert-lab", "cisco-expert-written"),
        *("microsoft-applied-skills", "microsoft-beta", "pmi"),
        *("databricks", "github", "isaca", "red-hat", "salesforce"),
    }


def test_xc_17_the_included_retake_of_the_linux_foundation(catalogue):
    policy = known(catalogue, "linux-foundation")
    assert (policy.included_retakes, policy.included_retake_months) == (1, 12)
    assert policy.no_show_forfeits_retake


def test_single_facts(catalogue):
    assert known(catalogue, "google-associate").change_deadline_hours == {
        "centre": 72,
        "online": 24,
    }
    assert known(catalogue, "microsoft-renewal").retake_fee == "free"
    assert known(catalogue, "pmi").retake_fee == "reduced"
    assert known(catalogue, "microsoft-beta").counts == ("beta", "delivered")
    assert known(catalogue, "microsoft-applied-skills").counts == (
        *("delivered", "cancelled", "interrupted"),
    )


def test_github_certificates_last_two_years_and_those_of_the_foundations_for_ever(catalogue):
    policy = known(catalogue, "github")
    assert policy.validity_months["associate"] == 24
    assert "fundamentals" not in policy.validity_months


@pytest.mark.parametrize(
    ("policy_id", "is_known"), [("oracle", True), ("red-hat", False), ("databricks", False)]
)
def test_a_policy_without_waits_says_that_its_rule_is_not_known(catalogue, policy_id, is_known):
    assert known(catalogue, policy_id).known is is_known


@pytest.mark.parametrize("level", ["fundamentals", "business"])
def test_xc_11_fundamentals_never_expire(catalogue, level):
    assert level not in known(catalogue, "microsoft").validity_months


@pytest.mark.parametrize(
    ("policy_id", "included"),
    [("linux-foundation", (1, 12, None)), ("adobe", (1, None, 60)), ("aws", (0, None, None))],
)
def test_included_retakes(catalogue, policy_id, included):
    policy = known(catalogue, policy_id)
    months, days = policy.included_retake_months, policy.included_retake_days
    assert (policy.included_retakes, months, days) == included


def test_a_pass_mark_of_every_exam_is_published_where_its_vendor_publishes_any(catalogue):
    for exam in catalogue.exams():
        scoring, mark = known(catalogue, exam.policy).scoring, exam.passing_score
        assert scoring is None or mark is None or mark in scoring.pass_marks, exam.code


def test_only_the_assessments_at_home_are_known_not_to_be_proctored(catalogue):
    assert [p.id for p in catalogue.policies() if p.proctored is False] == ["microsoft-renewal"]
