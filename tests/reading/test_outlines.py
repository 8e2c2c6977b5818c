"""Which outline applies, what its domains weigh, and finding domains and topics in it."""

from datetime import date, timedelta
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.model.exam import Domain, Exam, Outline
from coach.reading.outlines import (
    age_line,
    current_name,
    match_domain,
    match_topic,
    outline_by_id,
    outline_in_force,
    point_weights,
)


def _outline(*ranges: tuple[int, int]) -> Outline:
    domains = tuple(
        Domain(name=f"D{number}", weight_low=low, weight_high=high)
        for number, (low, high) in enumerate(ranges)
    )
    return Outline(id="o", as_of=None, source="own", confidence="own", domains=domains)


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        pytest.param(
            [(20, 25), (15, 20), (5, 10), (10, 15), (15, 20), (15, 20)],
            [23.7, 18.4, 7.9, 13.2, 18.4, 18.4],
            id="PR-11",
        ),
        pytest.param(
            [(15, 20), (20, 25), (20, 25), (30, 35)], [18.4, 23.7, 23.7, 34.2], id="XC-05"
        ),
        pytest.param([(30, 30), (25, 25), (25, 25), (20, 20)], [30, 25, 25, 20], id="EX-08"),
        pytest.param([(0, 0)] * 4, [25, 25, 25, 25], id="PR-10"),
        pytest.param([], [], id="no-domains"),
    ],
)
def test_point_weights(ranges: list[tuple[int, int]], expected: list[float]) -> None:
    weights = point_weights(_outline(*ranges))
    assert [round(float(weight), 1) for weight in weights] == expected


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=12))
def test_point_weights_sum_to_exactly_100(ranges: list[tuple[int, int]]) -> None:
    weights = point_weights(_outline(*ranges))
    assert sum(weights) == Fraction(100)
    assert min(weights) >= 0


@pytest.mark.parametrize(
    ("on", "expected", "noted"),
    [
        pytest.param(date(2026, 11, 21), "az-500-2026", False, id="newest"),
        pytest.param(date(2026, 1, 22), "az-500-2026", False, id="first-day"),
        pytest.param(date(2026, 1, 21), "az-500-2023", False, id="day-before"),
        pytest.param(date(2020, 1, 1), "az-500-2023", True, id="before-all"),
    ],
)
def test_outline_in_force(az500: Exam, on: date, expected: str, noted: bool) -> None:
    outline, note = outline_in_force(az500, on)
    assert outline is not None
    assert outline.id == expected
    assert (note is not None and note.code == "outline-later") is noted


def test_an_outline_holds_on_its_last_day() -> None:
    last_day = date(2026, 11, 21)
    outline = msgspec.structs.replace(_outline((100, 100)), valid_until=last_day)
    exam = Exam(code="X", title="X", outlines=(outline,))
    assert outline_in_force(exam, last_day) == (outline, None)
    note = outline_in_force(exam, last_day + timedelta(days=1))[1]
    assert note is not None
    assert note.code == "outline-ended"


@pytest.mark.parametrize(("days", "old"), [(180, False), (181, True)])
def test_facts_are_old_after_180_days(days: int, old: bool) -> None:
    day = date(2026, 1, 5)
    assert (age_line([("outline", day, None)], day + timedelta(days=days)) is not None) == old


def test_an_outline_without_a_date_is_the_oldest(f500: Outline, last: Outline) -> None:
    undated = msgspec.structs.replace(f500, automatic=True)
    exam = Exam(code="X", title="X", outlines=(undated, last))
    assert outline_in_force(exam, date(2026, 1, 21)) == (undated, None)
    assert outline_in_force(exam, date(2026, 1, 22)) == (last, None)


def test_no_automatic_outline(f500: Outline) -> None:
    exam = Exam(code="X", title="X", outlines=(f500,))
    assert outline_in_force(exam, date(2026, 1, 1)) == (None, None)
    assert outline_by_id(exam, f500.id) is f500
    assert outline_by_id(exam, "other") is None
    assert outline_by_id(exam, None) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("4", 4),
        ("manage identity AND access", 1),
        ("Secure Compute, Storage & Databases", 3),
        ("secure compute storage and databases", 3),
        ("identity", 1),
        ("  Operations ", 4),
    ],
)
def test_match_domain(f500: Outline, text: str, number: int) -> None:
    assert match_domain(f500, text) == number


def test_match_domain_prefers_a_whole_name() -> None:
    names = ("Develop by using AL", "Develop by using AL objects")
    domains = tuple(Domain(name=name, weight_low=1, weight_high=1) for name in names)
    outline = Outline(id="o", as_of=None, source="own", confidence="own", domains=domains)
    assert match_domain(outline, "develop by using al") == 1


def test_match_domain_names_the_candidates(f500: Outline) -> None:
    iam, net, csd, ops = (domain.name for domain in f500.domains)
    assert match_domain(f500, "secure") == (net, csd)
    assert match_domain(f500, "manage") == (iam, ops)
    for text in ("Governance", "0", "5", "", "[/x]", "٩"):
        offered = match_domain(f500, text)
        assert not isinstance(offered, int)
        assert set(offered) == {iam, net, csd, ops}


def test_an_unknown_name_offers_the_closest_first(f500: Outline) -> None:  # RP-10
    offered = match_domain(f500, "Secure networks")
    assert not isinstance(offered, int)
    assert offered[0] == "Secure networking"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Azure AD", "Microsoft Entra ID", id="DM-11-directory"),
        pytest.param("azure active directory", "Microsoft Entra ID", id="DM-11-long"),
        pytest.param("Azure AD Connect", "Microsoft Entra Connect", id="DM-11-connect"),
        pytest.param("Azure Sentinel", "Microsoft Sentinel", id="DM-11-sentinel"),
        pytest.param("Security Center", "Microsoft Defender for Cloud", id="DM-11-center"),
        pytest.param("Azure Security Center", "Microsoft Defender for Cloud", id="DM-11-azure"),
        pytest.param("Azure Cognitive Search", "Azure AI Search", id="search"),
        pytest.param("Form Recognizer", "Azure Document Intelligence", id="form-recognizer"),
        pytest.param("Azure AI Foundry", "Microsoft Foundry", id="foundry"),
        pytest.param("Azure Cognitive Services", "Microsoft Foundry Tools", id="ai-services"),
        pytest.param("MCAS", "Microsoft Defender for Cloud Apps", id="cloud-app-security"),
        pytest.param("Windows Defender ATP", "Microsoft Defender for Endpoint", id="endpoint"),
        pytest.param("Windows Virtual Desktop", "Azure Virtual Desktop", id="desktop"),
        pytest.param("Common Data Service", "Microsoft Dataverse", id="dataverse"),
        pytest.param("Azure Firewall", "Azure Firewall", id="current-name"),
    ],
)
def test_old_product_names_become_current(text: str, expected: str) -> None:
    assert current_name(text) == expected


@pytest.mark.parametrize(
    ("text", "domain", "topic"),
    [
        pytest.param("conditional access", 0, "Conditional Access", id="NI-02"),
        pytest.param(
            "Azure Active Directory conditional access policies", 0, "Conditional Access", id="RP"
        ),
        pytest.param("Key Vault", 2, "Azure Key Vault", id="NI-03"),
        pytest.param("Azure Key Vault management", 2, "Azure Key Vault", id="NI-03-long"),
        pytest.param("Azure AD Connect", 0, "Microsoft Entra Connect", id="DM-11-connect"),
        pytest.param("Security Center", 2, "Microsoft Defender for Cloud", id="DM-11-center"),
        pytest.param("Azure Sentinel", 3, "Microsoft Sentinel", id="DM-11-sentinel"),
        pytest.param("NSG", 1, "Network Security Groups", id="abbreviation"),
        pytest.param("network security group", 1, "Network Security Groups", id="singular"),
        pytest.param("Azure AD", 0, "Microsoft Entra ID", id="DM-11-by-subject"),
    ],
)
def test_match_topic(f500: Outline, text: str, domain: int, topic: str) -> None:
    assert match_topic(f500, text) == (f500.domains[domain].name, topic)


@pytest.mark.parametrize("text", ["", "x", "Haiku", "Azure", "[AZ-500]"])
def test_a_topic_that_fits_nothing(f500: Outline, text: str) -> None:
    assert match_topic(f500, text) is None


@given(st.text(max_size=60))
def test_any_text_can_be_looked_up(text: str) -> None:
    outline = _outline((10, 20), (80, 90))
    found = match_domain(outline, text)
    assert found in (1, 2) or set(found) <= {"D0", "D1"}
    assert match_topic(outline, text) is None
