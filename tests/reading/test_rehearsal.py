"""A rehearsal gives the same answer for the same facts, and what study brings has its sign."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.reading.rehearsal import Road, Subject, Visit, rehearse

BANDS = ("below", "near", "above", "unknown")
TOPICS = ("one", "two", "three")


def subjects(*bands: str) -> dict[str, Subject]:
    shares = (0.5, 0.3, 0.2)
    names = zip("abc", shares, bands, strict=True)
    return {name: Subject(share, TOPICS, band) for name, share, band in names}


def road(hours: float, end: float = 28.0, domain: str = "a") -> Road:
    visits = [Visit(domain, topic, day, hours) for day, topic in enumerate(TOPICS * 4)]
    return Road(visits, end)


def chances(*roads: Road, bands: tuple[str, ...] = ("below", "near", "above"), points=-60.0):
    return [chance for chance, _ in rehearse(subjects(*bands), points, roads)]


@settings(max_examples=10, deadline=None)
@given(st.tuples(*[st.sampled_from(BANDS)] * 3), st.none() | st.floats(-400, -1))
def test_the_same_facts_give_the_same_answer_and_chances_are_chances(bands, points) -> None:
    roads = [road(1.0), road(2.0)]
    found = rehearse(subjects(*bands), points, roads)
    assert found == rehearse(subjects(*bands), points, roads)
    assert all(0 <= chance <= 1 for chance, _ in found)
    assert found[0][1] == 0


def test_more_hours_a_better_score_and_a_nearer_sitting_give_more() -> None:
    none, some, much = chances(Road((), 28.0), road(1.0), road(4.0))
    assert none < some < much
    assert chances(road(1.0), points=-200)[0] < chances(road(1.0), points=-20)[0]
    assert chances(road(1.0, end=12.0))[0] > chances(road(1.0, end=120.0))[0]


def test_hours_in_the_heavy_weak_domain_bring_more_than_in_a_light_strong_one() -> None:
    weak, strong = chances(road(2.0, domain="a"), road(2.0, domain="c"))
    assert weak > strong


def test_a_session_outside_the_outline_changes_nothing() -> None:
    lost = Road([Visit("z", "one", 1.0, 5.0), Visit("a", "seven", 1.0, 5.0)], 28.0)
    plain, with_it = chances(Road((), 28.0), lost)
    assert plain == with_it


@pytest.mark.parametrize("points", [None, -699.0, -1.0], ids=["no-score", "lowest", "one-short"])
def test_any_report_can_be_rehearsed(points) -> None:
    assert len(chances(road(1.0), bands=("unknown",) * 3, points=points)) == 1
