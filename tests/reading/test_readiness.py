"""How many weeks a report speaks for."""

import pytest

from coach.reading.priority import read_domains, readiness


@pytest.mark.parametrize(
    ("bands", "weeks", "source"),
    [
        pytest.param("B B N N", (4, 6), "article", id="FQ-11"),
        pytest.param("B B B B", (4, 6), "article", id="all-below"),
        pytest.param("N N N A", (2, 3), "article", id="FQ-12"),
        pytest.param("N N N N", (2, 3), "article", id="all-near"),
        pytest.param("B N N A", (3, 4), "own", id="FQ-13"),
        pytest.param("N A A A", (2, 3), "own", id="mostly-above"),
        pytest.param("A A A A", (2, 3), "own", id="all-above"),
        pytest.param("? ? ? ?", (2, 3), "own", id="unknown-counts-as-near"),
        pytest.param("? ? ? A", (2, 3), "own", id="unknown-and-above"),
        pytest.param("", (2, 3), "own", id="score-only"),
    ],
)
def test_weeks(make_report, f500, bands, weeks, source) -> None:
    found, basis, origin = readiness(read_domains(f500, make_report(bands)))
    assert (found, origin) == (weeks, source)
    assert f"{weeks[0]} to {weeks[1]} weeks" in basis


def test_no_domains_at_all() -> None:
    weeks, basis, source = readiness(())
    assert (weeks, source) == ((2, 3), "own")
    assert "not known" in basis
