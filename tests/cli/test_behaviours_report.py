"""A score report through the command line: what goes in and what comes back, RP and LM by id."""

from typing import Any

import pytest

from tests.cli.conftest import Coach

SAT = "2026-11-20T10:00"
STORAGE = "Implement and manage storage"
SOURCES = ("screen", "pdf", "profile")


def report(coach: Coach, bands: str, *more: str, code: str = "AZ-104", score: int = 640) -> Any:
    """Add a report; bands are letters in outline order, `?` leaves a domain out."""
    words = {"B": "below", "N": "near", "A": "above"}
    given = [("--band", f"{n}={words[band]}") for n, band in enumerate(bands, 1) if band != "?"]
    ran = coach("report", "add", code, "--at", SAT, "--score", str(score),
                *(word for pair in given for word in pair), *more)  # fmt: skip
    assert ran.code == 0, ran.err
    return ran


def insights(coach: Coach) -> dict[str, Any]:
    return {i["code"]: i for i in coach("advice", "--json").json["insights"]}


@pytest.mark.parametrize("source", SOURCES)
def test_rp_11_a_report_keeps_where_it_was_seen(coach: Coach, source: str) -> None:
    report(coach, "NBNAN", "--source", source.upper())
    (row,) = coach("timeline", "--json").json["attempts"]
    assert row["source"] == source
    assert coach("report", "edit", row["report"], "--score", "641").code == 0
    assert coach("timeline", "--json").json["attempts"][0]["source"] == source
    # The copy in the profile may hold more, so it is not asked to be compared with itself.
    assert ("profile-copy" in insights(coach)) is (source != "profile")


def test_rp_11_a_report_may_not_say_where_and_nowhere_else_is_accepted(coach: Coach) -> None:
    refused = coach("report", "add", "AZ-104", "--at", SAT, "--score", "640", "--source", "fax")
    assert refused.code == 1
    assert 'source: "fax" is not one of the accepted screen, pdf, profile.' in refused.err
    report(coach, "NBNAN")
    assert coach("timeline", "--json").json["attempts"][0]["source"] is None
    assert "profile-copy" not in insights(coach)


def test_tl_03_what_the_screen_showed_is_preliminary(coach: Coach) -> None:
    report(coach, "NBNAN", "--source", "screen")
    assert "preliminary" in insights(coach)["profile-copy"]["text"]
