"""The outline most examples are about, and short ways to write reports on it."""

from collections.abc import Callable
from datetime import date

import pytest

from coach.model.attempt import Observation, Report
from coach.model.exam import Domain, Exam, Outline, Pattern

WORDS = {"B": "below", "N": "near", "A": "above", "?": "unknown"}
IAM = "Manage identity and access"
NET = "Secure networking"
CSD = "Secure compute, storage, and databases"
OPS = "Manage security operations"
MakeReport = Callable[..., Report]


def _domain(name: str, low: int, high: int, *topics: str) -> Domain:
    return Domain(name=name, weight_low=low, weight_high=high, topics=topics)


F500 = Outline(
    id="az-500-article",
    as_of=None,
    source="article",
    confidence="article",
    automatic=False,
    note="The official outlines print other ranges.",
    domains=(
        _domain(IAM, 30, 30, "Users and groups", "Conditional Access", "Microsoft Entra Connect"),
        _domain(NET, 25, 25, "Network Security Groups", "Azure Firewall", "DDoS protection"),
        _domain(CSD, 25, 25, "Microsoft Defender for Cloud", "Azure Key Vault", "Storage security"),
        _domain(OPS, 20, 20, "Microsoft Sentinel", "Security monitoring", "Incident response"),
    ),
)
EARLIER = Outline(
    id="az-500-2023",
    as_of=date(2023, 10, 31),
    source="study guide",
    confidence="secondary",
    domains=(
        _domain(IAM, 25, 30, "Manage identities in Microsoft Entra ID"),
        _domain(NET, 20, 25),
        _domain(CSD, 20, 25),
        _domain(OPS, 25, 30),
    ),
)
LAST = Outline(
    id="az-500-2026",
    as_of=date(2026, 1, 22),
    source="study guide",
    confidence="official",
    domains=(
        _domain("Secure identity and access", 15, 20),
        _domain(NET, 20, 25),
        _domain(CSD, 20, 25),
        _domain("Secure Azure using Microsoft Defender for Cloud and Microsoft Sentinel", 30, 35),
    ),
)


def _pattern(kind: str, *domains: str, outline: str | None = None) -> Pattern:
    return Pattern(
        kind=kind,
        domains=domains,
        text=f"The {kind} text.",
        action=f"The {kind} action.",
        source="article",
        outline=outline,
    )


AZ500 = Exam(
    code="AZ-500",
    title="Microsoft Azure Security Technologies",
    outlines=(LAST, EARLIER, F500),
    patterns=(
        _pattern("foundation", IAM, outline=F500.id),
        _pattern("resource-level", NET, CSD),
        _pattern("operations-only", OPS),
    ),
)


@pytest.fixture
def az500() -> Exam:
    """AZ-500 with the article's outline and two official ones."""
    return AZ500


@pytest.fixture
def f500() -> Outline:
    """The article's outline: identity 30, networking 25, compute 25, operations 20."""
    return F500


@pytest.fixture
def last() -> Outline:
    """The last official AZ-500 outline, where operations is the heaviest domain."""
    return LAST


@pytest.fixture
def earlier() -> Outline:
    """The official AZ-500 outline of 2023."""
    return EARLIER


@pytest.fixture
def make_report() -> MakeReport:
    """`make_report("B N ? A", outline, score=...)`: bands in outline order."""

    def make(bands: str, outline: Outline = F500, **fields: object) -> Report:
        letters = bands.split()
        seen = tuple(
            Observation(domain=domain.name, origin="band", word=WORDS[letter])
            for domain, letter in zip(outline.domains, letters, strict=bool(letters))
        )
        given = {"id": "r1", "attempt": "a1", "exam": "AZ-500", "observations": seen, **fields}
        return Report(outline=outline.id, **given)

    return make
