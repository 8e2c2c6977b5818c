"""Reports on another outline: rows by the user's own mapping, or a group of their own."""

from datetime import date, datetime, timedelta, timezone

import pytest

from coach.model.exam import Exam, Outline
from coach.model.plan import Practice
from coach.model.settings import OutlineMapping
from coach.reading.heatmap import heatmap
from coach.reading.priority import suggested

ON = date(2026, 11, 21)
SAT = datetime(2026, 11, 20, 10, 0, tzinfo=timezone(timedelta(hours=1)))


def _mapping(earlier: Outline, outline: Outline, pairs: dict[int, int]) -> OutlineMapping:
    """Domains by their number in outline order."""
    domains = {
        earlier.domains[old - 1].name: outline.domains[new - 1].name for old, new in pairs.items()
    }
    return OutlineMapping(earlier=earlier.id, outline=outline.id, domains=domains)


def test_mu_20_without_a_mapping_there_are_two_groups(make_report, az500, earlier, last) -> None:
    reports = [make_report("B N N A", earlier, id="r1"), make_report("N N A B", last, id="r2")]
    shown = heatmap(az500, reports, on=ON)
    assert (shown.reports, shown.omitted) == (("r2",), ("r1",))
    (group,) = shown.groups
    assert (group.outline, group.reports) == (earlier.id, ("r1",))
    assert [row.cells[0].band for row in group.domains] == ["below", "near", "near", "above"]
    assert {row.gap for row in group.domains} == {row.tier for row in group.domains} == {None}
    assert {row.practice.status for row in group.domains} == {None}


def test_a_mapping_joins_the_rows(make_report, az500, earlier, last) -> None:
    reports = [make_report("B N N A", earlier, id="r1"), make_report("N N A B", last, id="r2")]
    mapping = _mapping(earlier, last, {1: 1, 2: 2, 3: 3, 4: 4})
    shown = heatmap(az500, reports, mappings=[mapping], on=ON)
    assert (shown.reports, shown.omitted, shown.groups) == (("r1", "r2"), (), ())
    assert [row.trend for row in shown.domains] == ["improved", "stuck", "improved", "declined"]
    assert shown.domains[0].cells[0].mapped == ("Manage identity and access",)
    assert shown.domains[0].cells[1].mapped == ()
    assert [row.gap for row in shown.domains] == [1, 1, 0, 2]
    assert "outline-mapped" in [note.code for note in shown.notes]
    assert "outline-changed" not in [note.code for note in shown.notes]


def test_a_domain_that_nothing_continues_stays_unknown(make_report, az500, earlier, last) -> None:
    reports = [make_report("B N N A", earlier, id="r1"), make_report("N N A B", last, id="r2")]
    shown = heatmap(az500, reports, mappings=[_mapping(earlier, last, {2: 2})], on=ON)
    assert [row.cells[0].band for row in shown.domains] == ["unknown", "near", "unknown", "unknown"]
    assert [row.trend for row in shown.domains] == ["unknown", "stuck", "unknown", "unknown"]


@pytest.mark.parametrize(
    ("bands", "band"),
    [
        pytest.param("B B N A", "below", id="both-below"),
        # Identity weighs 27.5, networking 22.5: gaps 2 and 0 make 1.1, gaps 0 and 2 make 0.9.
        pytest.param("B A N A", "near", id="by-weight"),
        pytest.param("A B N A", "near", id="by-weight-the-other-way"),
        pytest.param("B N N A", "below", id="1.55-is-nearer-to-below"),
        pytest.param("N A N A", "near", id="0.55-is-nearer-to-near"),
        pytest.param("A N N A", "above", id="0.45-is-nearer-to-above"),
        pytest.param("B ? N A", "unknown", id="unknown-stays-unknown"),
    ],
)
def test_two_domains_that_became_one(make_report, az500, earlier, last, bands, band) -> None:
    reports = [make_report(bands, earlier, id="r1"), make_report("N N A B", last, id="r2")]
    mapping = _mapping(earlier, last, {1: 1, 2: 1})
    cell = heatmap(az500, reports, mappings=[mapping], on=ON).domains[0].cells[0]
    assert (cell.band, cell.origin, cell.value) == (band, None, None)
    assert len(cell.mapped) == 2


def test_halves_go_to_the_worse(make_report, az500, last) -> None:
    # Domains 2 and 3 weigh the same: gaps 2 and 1 make 1.5, gaps 1 and 0 make 0.5.
    newer = Outline(
        id="newer", as_of=date(2026, 6, 1), source="s", confidence="own", domains=last.domains
    )
    exam = Exam(code="AZ-500", title="T", outlines=(*az500.outlines, newer))
    mapping = _mapping(last, newer, {2: 2, 3: 2})
    for bands, band in (("N B N N", "below"), ("N N A N", "near")):
        reports = [make_report(bands, last, id="r1"), make_report("N N N N", newer, id="r2")]
        cell = heatmap(exam, reports, mappings=[mapping], on=ON).domains[1].cells[0]
        assert cell.band == band


def test_practice_follows_the_mapping(make_report, az500, earlier, last) -> None:
    entry = Practice(
        id="p", exam="AZ-500", domain=earlier.domains[0].name, correct=3, total=4, at=SAT
    )
    reports = [make_report("N N A B", last, id="r2")]
    without = heatmap(az500, reports, [entry], on=ON, since=SAT)
    assert without.domains[0].practice.total == 0
    mapping = _mapping(earlier, last, {1: 1})
    shown = heatmap(az500, reports, [entry], mappings=[mapping], on=ON, since=SAT)
    assert (shown.domains[0].practice.correct, shown.domains[0].practice.total) == (3, 4)


def test_three_outlines_make_two_groups(make_report, az500, f500, earlier, last) -> None:
    reports = [
        make_report("B B B B", f500, id="r1"),
        make_report("N N N N", earlier, id="r2"),
        make_report("B N B N", f500, id="r3"),
        make_report("A N A B", last, id="r4"),
    ]
    shown = heatmap(az500, reports, on=ON)
    assert [(g.outline, g.reports) for g in shown.groups] == [
        (f500.id, ("r1", "r3")),
        (earlier.id, ("r2",)),
    ]
    assert [row.trend for row in shown.groups[0].domains] == ["stuck", "improved", "stuck",
                                                              "improved"]  # fmt: skip


def test_what_is_suggested(earlier, last, f500) -> None:
    assert suggested(earlier, last) == {
        "Manage identity and access": "Secure identity and access",
        "Secure networking": "Secure networking",
        "Secure compute, storage, and databases": "Secure compute, storage, and databases",
        "Manage security operations": (
            "Secure Azure using Microsoft Defender for Cloud and Microsoft Sentinel"
        ),
    }
    assert list(suggested(f500, earlier).values()) == [d.name for d in earlier.domains]
