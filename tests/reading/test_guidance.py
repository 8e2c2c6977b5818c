"""Every session says what to do, in the words of its subject."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.model.plan import Activity
from coach.reading.guidance import BAND_MEANING, guidance
from coach.reading.subjects import subjects_of

ACTIVITIES: tuple[Activity, ...] = (
    *("learn", "lab", "practice", "scenario", "review", "assessment", "buffer"),
)


@pytest.mark.parametrize(
    ("topic", "subject"),
    [
        ("Conditional Access", "identity"),
        ("Manage Azure identities and governance", "identity"),
        ("Identify AI concepts and capabilities", "ai"),
        ("Azure Firewall", "network"),
        ("Log analysis in Microsoft Sentinel", "security operations"),
        ("Azure Key Vault", "storage"),
        ("Secure compute, storage, and databases", "compute"),
        ("Data loss prevention", "governance"),
        ("Azure SQL Database", "data"),
        ("Monitor and maintain Azure resources", "monitoring"),
        ("Develop integrations", "development"),
    ],
)
def test_subject(topic: str, subject: str) -> None:
    assert subjects_of(topic)[0] == subject


def test_a_name_without_a_subject() -> None:
    assert subjects_of("Quilting") == ()
    assert "study guide" in guidance("Quilting", "learn")


def test_a_lab_builds_and_a_scenario_decides() -> None:
    assert guidance("Conditional Access", "learn").startswith("Read up on Conditional Access:")
    assert "Conditional Access policy" in guidance("Conditional Access", "lab")
    assert "decide" in guidance("Azure Firewall", "scenario")
    assert guidance("Azure Firewall", "lab") != guidance("Azure Key Vault", "lab")


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_mixed_work_has_no_topic(activity: Activity) -> None:
    assert guidance("", activity).endswith(".")
    assert "  " not in guidance("", activity)


@given(st.text(max_size=80), st.sampled_from(ACTIVITIES))
def test_any_topic_is_shown_as_typed(topic: str, activity: Activity) -> None:
    said = guidance(topic, activity)
    assert activity in ("assessment", "buffer") or topic in said


def test_each_band_asks_for_something_else() -> None:  # DR-08
    assert len({action for _, action in BAND_MEANING.values()}) == 4
    assert "not bad luck" in BAND_MEANING["below"][0]  # DR-07
    assert "fundamentals" in BAND_MEANING["below"][0]  # DR-06
    assert "details" in BAND_MEANING["near"][1]  # DR-05
    assert "light review" in BAND_MEANING["above"][1]  # DR-03
