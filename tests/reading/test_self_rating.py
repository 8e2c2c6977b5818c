"""A self-rating read like a report: bands, order of topics, its own column, the old report."""

from datetime import UTC, date, datetime

import pytest

from coach.model.attempt import Observation, Report
from coach.model.settings import SelfRating
from coach.reading.heatmap import heatmap
from coach.reading.priority import carried_over, rated_report, read_domains, with_rated_topics
from tests.reading.conftest import AZ500, CSD, F500, IAM, LAST, NET, OPS

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)


def rated(**fields: object) -> SelfRating:
    return SelfRating(at=AT, **fields)


@pytest.mark.parametrize(
    ("bands", "priorities"),
    [
        # Weight x gap with weights 30, 25, 25 and 20; unknown counts as near.
        ({}, [30, 25, 25, 20]),
        ({IAM: "below", OPS: "above"}, [60, 25, 25, 0]),
        ({"an older name": "below"}, [30, 25, 25, 20]),
    ],
    ids=["nothing-known", "two-rated", "not-of-this-outline"],
)
def test_priorities_follow_from_the_own_bands(bands, priorities) -> None:
    found = read_domains(F500, rated_report(AZ500, F500, rated(bands=bands)))
    assert [domain.priority for domain in found] == priorities


def test_rated_topics_order_a_domain_and_practice_stands_before_them() -> None:
    rating = rated(
        topics={"Microsoft Entra Connect": "below", "Users and groups": "above", "Azure": "below"}
    )
    levels = with_rated_topics(F500, rating, {(IAM, "Conditional Access"): 10.0})
    found = read_domains(F500, rated_report(AZ500, F500, rating), topic_levels=levels)
    assert found[0].topics == ("Conditional Access", "Microsoft Entra Connect", "Users and groups")


def test_a_rating_has_a_cell_of_its_own_without_a_trend_and_goes_with_the_first_report() -> None:
    rating = rated(bands={IAM: "below"})
    seen = heatmap(AZ500, (), on=date(2023, 12, 1), rating=rating)
    assert seen.reports == ()
    assert [[(c.report, c.band, c.origin, c.value) for c in row.cells] for row in seen.domains] == [
        [("self-rating", band, "self-rating", None)]
        for band in ("below", "unknown", "unknown", "unknown")
    ]
    assert {row.trend for row in seen.domains} == {"unknown"}
    assert [(row.gap, row.tier) for row in seen.domains] == [(2, 1), (1, 2), (1, 2), (1, 1)]
    report = Report(
        id="r1",
        attempt="a1",
        exam="AZ-500",
        outline=F500.id,
        observations=(Observation(domain=IAM, origin="band", word="above"),),
    )
    after = heatmap(AZ500, (report,), on=date(2023, 12, 1), rating=rating)
    assert after == heatmap(AZ500, (report,), on=date(2023, 12, 1))


def test_without_a_rating_no_column_stands_for_one() -> None:
    plain = heatmap(AZ500, (), on=date(2023, 12, 1))
    assert heatmap(AZ500, (), on=date(2023, 12, 1), rating=rated(topics={"x": "below"})) == plain
    assert all(row.cells == () and row.gap is None for row in plain.domains)


def test_a_report_suggests_bands_for_the_domains_that_continue_its_own(make_report) -> None:
    # Networking and compute keep their names, identity is the only other one on its subject; what
    # is unknown is left out.
    report = make_report("B N A ?", F500)
    assert carried_over(AZ500, report, LAST) == {
        "Secure identity and access": "below",
        NET: "near",
        CSD: "above",
    }
