"""Outlines read from pasted text, in any layout, and compared with a stored one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.exchange.outline_text import compare, read_outline
from coach.model.exam import Domain, Outline

MICROSOFT = """\
Skills measured as of April 17, 2026
Skills at a glance
- Manage Azure identities and governance (20–25%)
- Implement and manage storage (15–20%)

Manage Azure identities and governance (20–25%)
Manage Microsoft Entra users and groups
- Create users and groups
- Manage licenses
Manage access to Azure resources
- Assign roles
Implement and manage storage (15–20%)
Configure access to storage
"""
CISCO = """\
1.0 Network Fundamentals 20%
1.1 Explain the role of network components
1.1.a Routers
1.2 Describe topologies
2.0 Network Access 17,5 %
2.1 Configure VLANs
"""
TABLE = """\
| Domain | Weight |
|--------|--------|
| 1. Security | 30 |
| 2. Cloud Concepts | 24-26 |
| Total | 100 |
"""
UNDER = """\
People
33 %
Lead a team
Process
41 %
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            MICROSOFT,
            [
                (
                    *("Manage Azure identities and governance", 20, 25),
                    ("Manage Microsoft Entra users and groups", "Manage access to Azure resources"),
                ),
                ("Implement and manage storage", 15, 20, ("Configure access to storage",)),
            ],
            id="page-with-a-glance-and-details",
        ),
        pytest.param(
            CISCO,
            [
                (
                    *("Network Fundamentals", 20, 20),
                    ("1.1 Explain the role of network components", "1.2 Describe topologies"),
                ),
                ("Network Access", 17.5, 17.5, ("2.1 Configure VLANs",)),
            ],
            id="numbered-objectives-and-a-decimal-comma",
        ),
        pytest.param(
            TABLE,
            [("Security", 30, 30, ()), ("Cloud Concepts", 24, 26, ())],
            id="table-without-percent-signs",
        ),
        pytest.param(
            "Domain 1: Security (30% of scored content)\n\u2022 Encrypt data\n",
            [("Security", 30, 30, ("Encrypt data",))],
            id="a-bracket-goes-with-its-share",
        ),
        pytest.param(
            UNDER,
            [("People", 33, 33, ("Lead a team",)), ("Process", 41, 41, ())],
            id="share-under-the-name",
        ),
    ],
)
def test_an_outline_is_read(text, expected):
    found = read_outline(text).domains
    assert [(d.name, d.weight_low, d.weight_high, d.topics) for d in found] == expected


def test_the_day_and_what_was_not_understood():
    draft = read_outline(MICROSOFT)
    assert draft.as_of == date(2026, 4, 17)
    assert [(lost.line, lost.text) for lost in draft.not_understood] == [
        (1, "Skills measured as of April 17, 2026"),
        (2, "Skills at a glance"),
    ]
    assert read_outline("nothing here").domains == ()


WORDS = st.lists(
    st.sampled_from(["identity", "network", "storage", "audit", "design", "deploy", "secure"]),
    min_size=1,
    max_size=3,
)
NAMES = WORDS.map(lambda words: " ".join(words).capitalize())
OUTLINES = st.lists(
    st.tuples(
        NAMES,
        st.integers(1, 99),
        st.integers(0, 9),
        st.lists(NAMES, max_size=4, unique_by=str.casefold),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda domain: domain[0],
)
LAYOUTS = st.sampled_from(
    [
        ("{name} ({share})", "- {topic}"),
        ("{name} \u2013 {share}", "\u2022 {topic}"),
        ("{share} {name}", "  {topic}"),
        ("## {name}: {share}", "* {topic}"),
        ("Domain {n}: {name} {share}", "\t{topic}"),
        ("| {name} | {share} |", "+ {topic}"),
        ("{n}.0 {name} [{share}]", "{topic}"),
    ]
)
DASHES = st.sampled_from(["-", "\u2013", " \u2014 ", " to "])


@given(OUTLINES, LAYOUTS, DASHES)
def test_an_outline_in_any_layout_reads_back(outline, layout, dash):
    head, line = layout
    names = {name.casefold() for name, *_ in outline}
    wanted, lines = [], []
    for number, (name, low, more, topics) in enumerate(outline, 1):
        high = min(low + more, 100)
        share = f"{low}%" if low == high else f"{low}{dash}{high}%"
        lines.append(head.format(name=name, share=share, n=number))
        kept = tuple(topic for topic in topics if topic.casefold() not in names)
        lines += [line.format(topic=topic) for topic in kept]
        wanted.append((name, low, high, kept))
    found = read_outline("\n".join(lines)).domains
    assert [(d.name, d.weight_low, d.weight_high, d.topics) for d in found] == wanted


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text):
    for domain in read_outline(text).domains:
        assert domain.name.strip()


def stored(*domains: Domain) -> Outline:
    return Outline(id="a", as_of=None, source="own", confidence="own", domains=domains)


def test_what_changed_is_named():
    old = stored(
        Domain(name="Security", weight_low=30, weight_high=30, topics=("Keys", "Roles")),
        Domain(name="Secure networking", weight_low=40, weight_high=40, topics=("VPN",)),
        Domain(name="Billing", weight_low=30, weight_high=30),
    )
    new = (
        Domain(name="security", weight_low=25, weight_high=30, topics=("Keys", "Audit")),
        Domain(name="Protect networks", weight_low=40, weight_high=40, topics=("VPN",)),
        Domain(name="Quantum", weight_low=30, weight_high=30),
    )
    assert [(c.kind, c.domain, c.before, c.after) for c in compare(old, new)] == [
        ("weight", "security", "30-30", "25-30"),
        ("topic-gone", "security", "Roles", None),
        ("topic-new", "security", None, "Audit"),
        ("domain-renamed", "Protect networks", "Secure networking", "Protect networks"),
        ("domain-gone", "Billing", "Billing", None),
        ("domain-new", "Quantum", None, "Quantum"),
    ]
    assert compare(old, old.domains) == ()
