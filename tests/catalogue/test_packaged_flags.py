"""Where listed topics land in the packaged outlines: NI-02, NI-03, DM-11."""

import pytest

from coach.catalogue import Catalogue
from coach.reading.outlines import match_topic

CATALOGUE = Catalogue()
IAM, NET, CSD, OPS = range(4)


@pytest.mark.parametrize("outline_id", ["2026-01-22", "2023-10-31", "seed"])
@pytest.mark.parametrize(
    ("flag", "place"),
    [
        pytest.param("Azure Active Directory conditional access policies", IAM, id="NI-02"),
        pytest.param("Azure Key Vault management", CSD, id="NI-03"),
        pytest.param("Azure Sentinel", OPS, id="DM-11-sentinel"),
        pytest.param("Security Center", OPS, id="DM-11-center"),
        pytest.param("Azure AD Connect", IAM, id="DM-11-connect"),
        pytest.param("PIM", IAM, id="pim"),
        pytest.param("MFA", IAM, id="mfa"),
        pytest.param("RBAC", IAM, id="rbac"),
        pytest.param("NSGs", NET, id="nsg"),
        pytest.param("DDoS", NET, id="ddos"),
        pytest.param("WAF", NET, id="waf"),
        pytest.param("Storage accounts", CSD, id="storage"),
        pytest.param("incident response", OPS, id="incidents"),
        pytest.param("Quilting", None, id="nowhere"),
    ],
)
def test_a_listed_topic_of_az_500(outline_id: str, flag: str, place: int | None) -> None:
    exam = CATALOGUE.exam("AZ-500")
    assert exam is not None
    outline = next(one for one in exam.outlines if one.id == outline_id)
    match = match_topic(outline, flag)
    assert (match[0] if match else None) == (None if place is None else outline.domains[place].name)


@pytest.mark.parametrize(
    ("flag", "place"),
    [
        ("Azure Cognitive Search", 5),
        ("Form Recognizer", 5),
        ("Azure OpenAI", 1),
        ("custom agents", 2),
        ("2.1", 1),
    ],
)
def test_tp_06_a_listed_topic_of_ai_102(flag: str, place: int) -> None:
    exam = CATALOGUE.exam("AI-102")
    assert exam is not None
    match = match_topic(exam.outlines[0], flag)
    assert match is not None
    assert match[0] == exam.outlines[0].domains[place].name


@pytest.mark.parametrize(
    ("flag", "topic"),
    [
        ("Azure Files", "Configure Azure Files and Azure Blob Storage"),
        ("Bicep files", "Automate deployment of resources by using Azure Resource Manager (ARM)"
         " templates or Bicep files"),
    ],
)  # fmt: skip
def test_ni_04_words_side_by_side_tell_topics_apart(flag: str, topic: str) -> None:
    exam = CATALOGUE.exam("AZ-104")
    assert exam is not None
    match = match_topic(exam.outlines[0], flag)
    assert match is not None
    assert match[1] == topic


def test_a_subject_found_in_one_domain_only_tells_its_home() -> None:
    exam = CATALOGUE.exam("AZ-500")
    assert exam is not None
    last, earlier, seed = exam.outlines
    for outline in (last, earlier):
        match = match_topic(outline, "Log Analytics")
        assert match == (outline.domains[OPS].name, "Log Analytics")
    # There two domains have a topic about monitoring.
    assert match_topic(seed, "Log Analytics") is None
