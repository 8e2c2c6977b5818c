"""Priority, tiers and the order of study."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.model.attempt import Observation, Report
from coach.model.exam import Domain, Exam, Outline, Pattern
from coach.reading.priority import (
    DomainReading,
    foundations,
    read_domains,
    read_report,
    unmatched_flags,
)


def _priorities(readings: tuple[DomainReading, ...]) -> list[float]:
    return [round(float(reading.priority), 1) for reading in readings]


@pytest.mark.parametrize(
    ("bands", "priorities"),
    [
        pytest.param("B N N A", [60, 25, 25, 0], id="PR-01"),
        pytest.param("B A A N", [60, 0, 0, 20], id="PR-02"),
        pytest.param("B B N N", [60, 50, 25, 20], id="PR-03"),
        pytest.param("B B B B", [60, 50, 50, 40], id="PR-04"),
        pytest.param("N B B N", [30, 50, 50, 20], id="PR-06"),
        pytest.param("B ? N A", [60, 25, 25, 0], id="PR-07"),
        pytest.param("A A A A", [0, 0, 0, 0], id="DR-02"),
        pytest.param("B N N B", [60, 25, 25, 40], id="DR-11"),
        pytest.param("A B B A", [0, 50, 50, 0], id="DR-13"),
    ],
)
def test_priority_is_weight_times_gap(make_report, f500, bands, priorities) -> None:
    assert _priorities(read_domains(f500, make_report(bands))) == priorities


@pytest.mark.parametrize(
    ("bands", "first", "fourth"),
    [
        pytest.param("B A A N", 36.8, 34.2, id="PR-08"),
        pytest.param("B A A B", 36.8, 68.4, id="PR-09"),
    ],
)
def test_other_weights_change_the_order(make_report, last, bands, first, fourth) -> None:
    assert _priorities(read_domains(last, make_report(bands, last))) == [first, 0, 0, fourth]


@pytest.mark.parametrize(
    ("bands", "tiers"),
    [
        pytest.param("B N N A", [1, 1, 2, None], id="TR-01"),
        pytest.param("N N N N", [1, 2, 2, 2], id="TR-08"),
        pytest.param("B B N N", [1, 1, 1, 2], id="TR-09"),
        pytest.param("B A A N", [1, None, None, 1], id="TR-11"),
        pytest.param("B B B A", [1, 1, 1, None], id="TR-13"),
        pytest.param("A N N N", [None, 1, 2, 2], id="TR-14"),
        pytest.param("A A A A", [None, None, None, None], id="TR-15"),
        pytest.param("N B A N", [1, 1, None, 2], id="TR-19"),
        pytest.param("? N A A", [1, 2, None, None], id="unknown-counts-as-near"),
        pytest.param("", [1, 2, 2, 2], id="score-only"),
    ],
)
def test_tiers(make_report, f500, bands, tiers) -> None:
    assert [reading.tier for reading in read_domains(f500, make_report(bands))] == tiers


def test_flagged_topics_come_first_then_the_users_then_the_outlines(make_report, f500) -> None:
    report = make_report("A N N N", flags=("conditional access", "Quilting", "Key Vault"))
    order = {f500.domains[0].name: ("My own topic", "Microsoft Entra Connect")}
    identity, _, compute, _ = read_domains(f500, report, topic_order=order)
    assert identity.topics == (
        "Conditional Access",
        "My own topic",
        "Microsoft Entra Connect",
        "Users and groups",
    )
    assert identity.flagged == ("Conditional Access",)
    assert identity.tier is None  # NI-08: a flag gives an above domain no tier
    assert compute.topics[0] == "Azure Key Vault"
    assert unmatched_flags(f500, report) == ("Quilting",)


def test_without_flags_the_outline_order_stays(make_report, f500) -> None:
    readings = read_domains(f500, make_report("B N N A"))  # NI-06
    assert [reading.topics for reading in readings] == [d.topics for d in f500.domains]
    assert [reading.flagged for reading in readings] == [()] * 4


def test_a_flag_named_twice_counts_once(make_report, f500) -> None:
    report = make_report("N N N N", flags=("Azure Sentinel", "Microsoft Sentinel"))
    assert read_domains(f500, report)[3].flagged == ("Microsoft Sentinel",)


def test_a_bar_and_a_vendors_word_are_read(f500: Outline) -> None:
    names = [domain.name for domain in f500.domains]
    seen = (
        Observation(domain=names[0].upper(), origin="bar", value=72),
        Observation(domain=names[1], origin="word", word="Needs Improvement"),
        Observation(domain=names[2], origin="word", word="Below Target"),
    )
    report = Report(id="r", attempt="a", exam="X", outline=f500.id, observations=seen)
    assert [r.band for r in read_domains(f500, report)] == ["near", "below", "below", "unknown"]
    assert read_domains(f500, report, policy="pmi")[2].band == "near"


def test_bars_above_70_read_the_same_on_a_fail_and_a_pass(az500: Exam, f500: Outline) -> None:
    seen = tuple(Observation(domain=d.name, origin="bar", value=72) for d in f500.domains)
    for score in (690, 710):  # XC-02
        report = Report(
            id="r", attempt="a", exam="X", outline=f500.id, score=score, observations=seen
        )
        assert [reading.band for reading in read_report(az500, report)] == ["near"] * 4


def test_a_report_without_an_outline_has_no_domains(az500: Exam) -> None:
    report = Report(id="r", attempt="a", exam="AZ-500", outline=None, score=655)
    assert read_report(az500, report) == ()


LETTERS = st.sampled_from(["below", "near", "above", "unknown"])


@st.composite
def _outlines(draw: st.DrawFn) -> Outline:
    ranges = draw(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1))
    domains = tuple(
        Domain(name=f"D{n}", weight_low=min(pair), weight_high=max(pair))
        for n, pair in enumerate(ranges)
    )
    return Outline(id="o", as_of=None, source="own", confidence="own", domains=domains)


def _report(bands: list[str]) -> Report:
    seen = tuple(
        Observation(domain=f"D{n}", origin="band", word=band) for n, band in enumerate(bands)
    )
    return Report(id="r", attempt="a", exam="X", outline="o", observations=seen)


@given(st.data(), _outlines())
def test_lowering_a_band_never_lowers_its_priority(data: st.DataObject, outline: Outline) -> None:
    size = len(outline.domains)
    bands = data.draw(st.lists(LETTERS, min_size=size, max_size=size))
    chosen = data.draw(st.integers(0, size - 1))
    lower = {"above": "near", "near": "below", "unknown": "below", "below": "below"}
    worse = [*bands[:chosen], lower[bands[chosen]], *bands[chosen + 1 :]]
    before, after = (read_domains(outline, _report(each))[chosen] for each in (bands, worse))
    assert after.priority >= before.priority
    assert (after.tier or 3) <= (before.tier or 3)


@given(st.data(), _outlines())
def test_tiers_hold_their_rule(data: st.DataObject, outline: Outline) -> None:
    size = len(outline.domains)
    bands = data.draw(st.lists(LETTERS, min_size=size, max_size=size))
    readings = read_domains(outline, _report(bands))
    assert sum(reading.weight for reading in readings) == Fraction(100)
    lifted = [r for r in readings if r.tier == 1 and r.band != "below"]
    waiting = [r for r in readings if r.tier == 2]
    assert all(r.tier == 1 for r in readings if r.band == "below")
    assert all(r.tier is None for r in readings if r.band == "above")
    assert len(lifted) == (1 if lifted or waiting else 0)
    assert all(lifted[0].weight >= r.weight for r in waiting)


@given(st.data(), _outlines())
def test_the_order_of_the_observations_does_not_matter(
    data: st.DataObject, outline: Outline
) -> None:
    size = len(outline.domains)
    report = _report(data.draw(st.lists(LETTERS, min_size=size, max_size=size)))
    shuffled = tuple(data.draw(st.permutations(report.observations)))
    other = Report(id="r", attempt="a", exam="X", outline="o", observations=shuffled)
    assert read_domains(outline, report) == read_domains(outline, other)


@pytest.mark.parametrize(
    ("kind", "outline", "found"),
    [
        ("foundation", None, {"Identity"}),
        ("foundation", "2026", {"Identity"}),
        ("foundation", "2025", set()),
        ("hands-on", None, set()),
    ],
)
def test_a_pattern_says_which_domain_others_build_on(kind, outline, found) -> None:
    """The first name is the base; the others are those that a gap in it shows in."""
    domains = (Domain(name="Identity"), Domain(name="Network"))
    now = Outline(id="2026", as_of=None, source="", confidence="own", domains=domains)
    pattern = Pattern(
        kind=kind, domains=("identity", "Network"), text="", action="", source="", outline=outline
    )
    assert (
        foundations(Exam(code="X", title="X", outlines=(now,), patterns=(pattern,)), now) == found
    )
