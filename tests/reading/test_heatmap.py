"""Domains by reports: cells, trends, and what is left out."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.model.answers import Heatmap
from coach.model.attempt import Observation
from coach.model.exam import Domain, Exam, Outline
from coach.model.plan import Practice
from coach.reading.heatmap import heatmap, trend_of

ON = date(2026, 11, 21)
LETTER = {"B": "below", "N": "near", "A": "above", "?": "unknown"}


@pytest.mark.parametrize(
    ("bands", "trend"),
    [
        pytest.param("B N", "improved", id="MU-02"),
        pytest.param("N A", "improved", id="MU-04"),
        pytest.param("N B", "declined", id="MU-05"),
        pytest.param("A N", "declined", id="MU-06"),
        pytest.param("N N", "stuck", id="MU-07"),
        pytest.param("N", "unknown", id="MU-08"),
        pytest.param("", "unknown", id="no-report"),
        pytest.param("A A A", "steady", id="MU-15"),
        pytest.param("B B", "stuck", id="MU-16"),
        pytest.param("N ? N", "stuck", id="MU-21"),
        pytest.param("B ? ? A ?", "improved", id="passes-over-unknown"),
        pytest.param("? N ?", "unknown", id="one-known"),
        pytest.param("B A N", "declined", id="only-the-last-two-count"),
    ],
)
def test_trend(bands: str, trend: str) -> None:
    assert trend_of([LETTER[letter] for letter in bands.split()]) == trend


BANDS = st.sampled_from(["below", "near", "above", "unknown"])


@given(st.lists(BANDS), st.integers(0, 20))
def test_unknown_never_changes_a_trend(bands: list[str], place: int) -> None:
    assert trend_of([*bands[:place], "unknown", *bands[place:]]) == trend_of(bands)


@given(BANDS, BANDS)
def test_a_trend_turns_round_with_time(first: str, second: str) -> None:
    mirrored = {"improved": "declined", "declined": "improved"}
    there, back = trend_of([first, second]), trend_of([second, first])
    assert back == mirrored.get(there, there)


def test_two_reports_side_by_side(make_report, az500, f500) -> None:
    first = make_report("B N N A", id="r1")
    second = make_report("N B N A", id="r2")
    shown = heatmap(az500, [first, second], on=ON)
    assert (shown.outline, shown.reports) == (f500.id, ("r1", "r2"))
    assert [[cell.band for cell in row.cells] for row in shown.domains] == [
        ["below", "near"],
        ["near", "below"],
        ["near", "near"],
        ["above", "above"],
    ]
    assert [row.trend for row in shown.domains] == ["improved", "declined", "stuck", "steady"]
    assert [row.gap for row in shown.domains] == [1, 2, 1, 0]
    assert [row.priority for row in shown.domains] == [30.0, 50.0, 25.0, 0.0]
    assert [row.tier for row in shown.domains] == [1, 1, 2, None]
    assert [row.weight for row in shown.domains] == [30.0, 25.0, 25.0, 20.0]


def test_a_cell_keeps_what_was_given(make_report, az500, f500) -> None:
    names = [domain.name for domain in f500.domains]
    seen = (
        Observation(domain=names[0], origin="bar", value=0),
        Observation(domain=names[1], origin="word", word="Needs Improvement"),
        Observation(domain=names[2], origin="band", word="near"),
    )
    shown = heatmap(az500, [make_report("", observations=seen)], on=ON)
    cells = [row.cells[0] for row in shown.domains]
    assert [(cell.band, cell.origin, cell.value) for cell in cells] == [
        ("below", "bar", 0),
        ("below", "word", "Needs Improvement"),
        ("near", "band", None),
        ("unknown", None, None),
    ]
    assert "zero-bar" in [note.code for note in shown.notes]  # XC-03


def test_a_report_on_another_outline_shares_no_row(make_report, az500, earlier, last) -> None:
    old = make_report("B N N A", earlier, id="old")
    new = make_report("N N N A", last, id="new")
    shown = heatmap(az500, [old, new], on=ON)  # MU-20
    assert (shown.outline, shown.reports, shown.omitted) == (last.id, ("new",), ("old",))
    assert [note.code for note in shown.notes] == ["outline-changed"]
    assert {row.trend for row in shown.domains} == {"unknown"}


def test_after_a_pass_the_column_stays_and_the_tiers_go(make_report, az500) -> None:
    shown = heatmap(az500, [make_report("A N A A", score=720)], on=ON, failed_latest=False)
    assert [row.cells[0].band for row in shown.domains] == ["above", "near", "above", "above"]
    assert [row.tier for row in shown.domains] == [None] * 4  # RP-12, TR-18


def test_before_the_first_report(az500, last) -> None:
    shown = heatmap(az500, [], on=ON)
    assert (shown.outline, shown.reports, len(shown.domains)) == (last.id, (), 4)
    assert all(row.gap is row.priority is row.tier is None for row in shown.domains)
    assert shown.notes == ()


def test_before_the_first_outline_a_note_says_so(az500, earlier) -> None:
    shown = heatmap(az500, [], on=date(2020, 1, 1))
    assert shown.outline == earlier.id
    assert [note.code for note in shown.notes] == ["outline-later"]


def test_the_articles_outline_is_marked(make_report, az500) -> None:
    reports = [make_report("N N N N", id=key) for key in ("r1", "r2")]
    notes = heatmap(az500, reports, on=ON).notes  # XC-04
    assert [(note.code, note.source) for note in notes] == [("outline-article", "article")]


@pytest.mark.parametrize(
    ("count", "failed", "told"),
    [(1, True, True), (2, True, False), (1, False, False), (0, True, False)],
)
def test_mu_01_a_trend_needs_a_second_report(make_report, az500, count, failed, told) -> None:
    reports = [make_report("N N N N", id=f"r{number}") for number in range(count)]
    shown = heatmap(az500, reports, on=ON, failed_latest=failed)
    assert ("one-report" in {note.code for note in shown.notes}) is told


def test_an_exam_without_an_outline(make_report) -> None:
    shown = heatmap(Exam(code="X-1", title="X"), [make_report("")], on=ON)
    address = "https://learn.microsoft.com/credentials/certifications/resources/study-guides/x-1"
    assert shown == Heatmap(
        exam="X-1", outline=None, reports=("r1",), domains=(), study_guide=address
    )


def test_practice_is_added_up_for_its_domain(make_report, az500, f500) -> None:
    def practice(exam: str, domain: str, correct: int) -> Practice:
        at = datetime(2026, 11, 20, tzinfo=UTC)
        return Practice(id="p", exam=exam, domain=domain, correct=correct, total=10, at=at)

    network = f500.domains[1].name
    entries = [practice("AZ-500", network, 7), practice("AZ-500", network.lower(), 9)]
    other = practice("SC-500", network, 1)
    rows = heatmap(az500, [make_report("N N N N")], [*entries, other], on=ON).domains
    assert [(row.practice.correct, row.practice.total) for row in rows] == [
        (0, 0),
        (16, 20),
        (0, 0),
        (0, 0),
    ]


def test_flagged_topics_are_marked_and_lead(make_report, az500) -> None:
    rows = heatmap(az500, [make_report("N N N N", flags=("Key Vault",))], on=ON).domains
    assert [(topic.name, topic.flagged) for topic in rows[2].topics] == [
        ("Azure Key Vault", True),
        ("Microsoft Defender for Cloud", False),
        ("Storage security", False),
    ]


COMPTIA = Outline(
    id="objectives",
    as_of=None,
    source="objectives",
    confidence="own",
    domains=(
        Domain(name="Concepts", weight_low=40, weight_high=40),
        Domain(name="Threats", weight_low=30, weight_high=30),
        Domain(name="Operations", weight_low=30, weight_high=30),
    ),
)


@pytest.mark.parametrize(
    ("flags", "observed", "bands"),
    [
        pytest.param(("2.4 Indicators", "3.1"), None, ["above", "near", "near"], id="missed"),
        pytest.param(("2.4 Indicators",), "above", ["above", "near", "above"], id="near-at-most"),
        pytest.param(("2.4 Indicators",), "below", ["above", "below", "above"], id="below-stays"),
        pytest.param((), None, ["unknown"] * 3, id="no-list"),
        pytest.param(
            ("9.1 Elsewhere", "2.1"), None, ["unknown", "near", "unknown"], id="no-such-domain"
        ),
    ],
)
def test_missed_objectives_are_bands_where_the_vendor_prints_those(
    make_report, flags, observed, bands
) -> None:
    exam = Exam(code="SY0-701", title="T", vendor="CompTIA", policy="comptia", outlines=(COMPTIA,))
    seen = (Observation(domain="Threats", origin="band", word=observed),) if observed else ()
    report = make_report("", COMPTIA, flags=flags, observations=seen)
    shown = heatmap(exam, [report], on=ON)
    assert [row.cells[0].band for row in shown.domains] == bands
    other = Exam(code="SY0-701", title="T", vendor="Microsoft", outlines=(COMPTIA,))
    assert heatmap(other, [report], on=ON).domains[0].cells[0].band == "unknown"
