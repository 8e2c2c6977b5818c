"""Every session says what to do, in the words of its kind of topic."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.catalogue.texts import topic_kinds
from coach.model.plan import Activity
from coach.reading import guidance as module
from coach.reading.bands import BAND_MEANING, WAY
from coach.reading.guidance import kind_of
from coach.reading.outlines import subjects_of

KINDS = topic_kinds()
guidance = partial(module.guidance, kinds=KINDS)
ACTIVITIES: tuple[Activity, ...] = (
    *("learn", "lab", "practice", "scenario", "review", "assessment", "buffer"),
)
WAYS: tuple[Activity, ...] = ("learn", "lab", "scenario")


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


@pytest.mark.parametrize(
    ("topic", "kind"),
    [
        # The two articles' own examples.
        ("Conditional Access", "identity"),
        ("Azure AD Connect", "identity"),
        ("Network security group rules", "network"),
        ("Virtual network security and segmentation", "network"),
        ("Encryption and Azure Key Vault", "keys and encryption"),
        ("Azure Security Center", "security operations"),
        ("Incident response and workflow automation", "security operations"),
        ("Build generative AI solutions with Microsoft Foundry", "generative ai"),
        ("Create custom agents", "agents"),
        ("Implement custom vision models", "vision"),
        ("Analyze and translate text", "language and speech"),
        ("Implement an Azure AI Search solution", "search and extraction"),
        ("Implement AI solutions responsibly", "responsible use"),
        # Names with words of several kinds.
        ("Create and manage SQL Server Agent jobs", "databases"),
        ("Create and manage session host images", "servers and virtual machines"),
        ("Plan and implement security for private access to Azure resources", "network"),
        ("Create and configure auto attendants and call queues", "teams and calling"),
        ("Configure queues", "customer service"),
        ("Configure, collect, and report taxes", "finance"),
        ("Configure and manage subscription billing", "finance"),
        ("Deploy machine learning models for production environments", "machine learning"),
        ("Manage inventory pricing and costing", "supply chain"),
        ("Describe Power Apps capabilities and use cases", "power platform"),
        ("Lead the design process", "solution design"),
        ("Troubleshoot Active Directory", "directory"),
        ("Implement container-orchestrated solutions", "containers and app hosting"),
        ("Configure and manage Azure Files", "storage"),
        ("Quilting", "any"),
    ],
)
def test_kind(topic: str, kind: str) -> None:
    assert kind_of(KINDS, topic).name == kind


def test_a_name_that_says_little_is_read_with_what_is_around_it() -> None:
    assert kind_of(KINDS, "Configure topics", "Plan and configure agent solutions").name == "agents"
    assert kind_of(KINDS, "Azure Firewall", "Manage identity and access").name == "network"


def test_every_kind_can_be_told_by_its_own_keywords() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    texts = [text for kind in KINDS for text in (kind.read, kind.build, kind.decide)]
    assert len(set(texts)) == len(texts)
    for kind in KINDS[:-1]:
        assert kind in {kind_of(KINDS, keyword) for keyword in kind.keywords}, kind.name


def test_reading_building_and_deciding_differ() -> None:
    assert guidance("Conditional Access", "learn").startswith(
        "Conditional Access: read on Microsoft Learn about how a request is authenticated"
    )
    assert "build users, groups, a role at two scopes" in guidance("Conditional Access", "lab")
    assert "in scenarios, decide which service" in guidance("Azure Firewall", "scenario")
    assert guidance("Azure Firewall", "lab") != guidance("Azure Key Vault", "lab")


def test_sp_08_a_security_lab_sets_a_policy_investigates_and_responds() -> None:
    said = guidance("Security monitoring", "lab")
    assert "security policy" in said
    assert "investigate" in said
    assert "run the response" in said


@pytest.mark.parametrize("topic", ["Use Azure OpenAI", "AI workloads"])
def test_rs_08_an_ai_scenario_weighs_more_than_features(topic: str) -> None:
    """Service choice, security, monitoring and responsible AI, in that order."""
    said = guidance(topic, "scenario")
    weighed = [said.find(word) for word in ("which", "secured", "watch", "harm")]
    assert -1 < weighed[0] < weighed[1] < weighed[2] < weighed[3]


def test_other_vendors_are_not_sent_to_microsoft() -> None:
    said = guidance("Security Operations", "learn", vendor="ISC2")
    assert "Microsoft" not in said
    assert "vendor's documentation" in said


def test_an_overview_exam_asks_for_no_building() -> None:
    said = guidance("Describe Azure storage services", "lab", overview=True)
    assert "free trial" in said
    assert "build" not in said


def test_a_name_without_a_kind() -> None:
    assert subjects_of("Quilting") == ()
    assert "study guide" in guidance("Quilting", "learn")


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_mixed_work_has_no_topic(activity: Activity) -> None:
    said = guidance("", activity)
    assert said.endswith(".")
    assert said[0].isupper()
    assert "  " not in said


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
    assert [WAY[band] for band in ("below", "near", "above")] == ["lab", "scenario", "review"]
